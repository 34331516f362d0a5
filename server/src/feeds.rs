//! Calendar feeds, by the secret in their address: no cookie is asked for, and none is set.

use crate::{AppState, problem::Problem};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{
    Failure,
    accounts::access::office_of,
    feeds::{
        Conditions, Fetched,
        conditional::{EntityTag, last_modified_header},
        fetch_feed,
    },
};
use chrono::{DateTime, Utc};

pub(crate) const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// What is answered whatever kind of content is asked for (RFC 5545, 8.1).
const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// How an address ends after its token.
const ENDING: &str = ".ics";

/// The route of feeds, for GET and HEAD. Its template and not the address stands in the log.
pub fn router() -> Router<AppState> {
    Router::new().route("/feeds/{file}", get(feed))
}

/// A feed. Every token that opens nothing is answered alike.
async fn feed(State(state): State<AppState>, Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = file.strip_suffix(ENDING).ok_or(Failure::NotFound)?;
    let office = office_of(&state.chancery, text(&headers, header::HOST)).await?;
    let if_none_match: Vec<&str> = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).collect();
    let conditions = Conditions { if_none_match: &if_none_match, if_modified_since: text(&headers, header::IF_MODIFIED_SINCE) };
    let client = text(&headers, header::USER_AGENT);
    Ok(match fetch_feed(&state.chancery, office, token, client, conditions).await? {
        Fetched::NotFound => return Err(Failure::NotFound.into()),
        Fetched::NotModified { etag, last_modified } => {
            (StatusCode::NOT_MODIFIED, validators(&state, &etag, last_modified)?).into_response()
        }
        Fetched::Document { bytes, etag, last_modified } => {
            let mut headers = validators(&state, &etag, last_modified)?;
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            (headers, bytes).into_response()
        }
    })
}

pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// What a 200 and a 304 both say (RFC 9110, 15.4.5).
fn validators(state: &AppState, etag: &EntityTag, last_modified: DateTime<Utc>) -> Result<HeaderMap, Problem> {
    let unsayable = || Problem::from(Failure::Corrupt { what: "feed" });
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| unsayable());
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, value(etag.as_str())?);
    headers.insert(header::LAST_MODIFIED, value(&last_modified_header(last_modified, state.chancery.clock.now()))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    Ok(headers)
}
