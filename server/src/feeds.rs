//! Calendar feeds, by the secret in their address: no cookie is asked for, and none is set.

use crate::{AppState, problem::Problem, requester::office_asked_for};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, header::InvalidHeaderValue},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{
    Failure,
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
    let office = office_asked_for(&state, &headers).await?;
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

/// A tag as an answer says it that is compressed for who can read it so, and is not for others: weak, as it stands for all of these
/// bytes alike (RFC 9110, 8.8.1 and 8.8.3.3). `If-None-Match` compares weakly, so it finds the tag in either form.
pub(crate) fn tag_of_any_encoding(etag: &EntityTag) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_str(&format!("W/{etag}"))
}

/// By what else than its address an answer differs that is compressed. A 304 says so too (RFC 9110, 15.4.5).
pub(crate) const VARIES: HeaderValue = HeaderValue::from_static("accept-encoding");

/// What a 200 and a 304 both say (RFC 9110, 15.4.5).
fn validators(state: &AppState, etag: &EntityTag, last_modified: DateTime<Utc>) -> Result<HeaderMap, Problem> {
    let unsayable = || Problem::from(Failure::Corrupt { what: "feed" });
    let since = last_modified_header(last_modified, state.chancery.clock.now());
    let since = HeaderValue::from_str(&since).map_err(|_| unsayable())?;
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, tag_of_any_encoding(etag).map_err(|_| unsayable())?);
    headers.insert(header::VARY, VARIES);
    headers.insert(header::LAST_MODIFIED, since);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    Ok(headers)
}
