//! What the display by a room's door shows, by the secret in its address: no cookie is asked for, and none is set.

use crate::{
    AppState,
    feeds::{ROBOTS, VARIES, tag_of_any_encoding, text},
    problem::Problem,
    requester::office_asked_for,
};
use app::{doors::door_document, shell::Theme};
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use backend::{
    Failure,
    feeds::conditional::{EntityTag, Freshness, freshness},
    rooms::doors::fetch_door,
};
use language::Locale;
use serde::Deserialize;

/// What a browser does by itself with an answer that is no page of ours (HTML, 3.1.4): a display is not left standing there.
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// Seconds after which a display asks again whose question could not be answered.
const AGAIN_AFTER: HeaderValue = HeaderValue::from_static("60");

/// The route of doors, for GET and HEAD. Its template and not the address stands in the log.
pub fn router() -> Router<AppState> {
    Router::new().route("/doors/{token}", get(door))
}

/// How the display looks, where it can't be set itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Look {
    theme: String,
}

/// A door. Every token that opens nothing is answered alike.
async fn door(State(state): State<AppState>, Path(token): Path<String>, Query(look): Query<Look>, headers: HeaderMap) -> Response {
    let answer = answer(&state, &token, &look, &headers).await;
    answer.unwrap_or_else(|problem| {
        let is_passing = problem.status().is_server_error();
        let mut response = problem.into_response();
        if is_passing {
            response.headers_mut().insert(REFRESH, AGAIN_AFTER);
        }
        response
    })
}

async fn answer(state: &AppState, token: &str, look: &Look, headers: &HeaderMap) -> Result<Response, Problem> {
    let office = office_asked_for(state, headers).await?;
    let client = text(headers, header::USER_AGENT);
    let view = fetch_door(&state.chancery, office, token, client).await?.ok_or(Failure::NotFound)?;
    let document = door_document(&view, Theme::from_name(&look.theme), Locale::English);
    let etag = EntityTag::of(document.as_bytes());
    let held: Vec<&str> = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).collect();
    let mut said = HeaderMap::new();
    said.insert(header::ETAG, tag_of_any_encoding(&etag).map_err(|_| Failure::Corrupt { what: "door plan" })?);
    said.insert(header::VARY, VARIES);
    said.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    said.insert(ROBOTS, HeaderValue::from_static("noindex"));
    Ok(match freshness(&held, None, &etag, state.chancery.clock.now()) {
        Freshness::NotModified => (StatusCode::NOT_MODIFIED, said).into_response(),
        Freshness::Modified => (said, Html(document)).into_response(),
    })
}
