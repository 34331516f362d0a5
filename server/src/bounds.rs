//! How large and how slow a request may be.

use crate::{
    AppState,
    problem::{Cause, Problem},
};
use axum::{
    body::{Body, HttpBody},
    extract::{DefaultBodyLimit, Request, State},
    http::Uri,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;
use std::time::Duration;

/// The layer that refuses larger bodies, before they are read where their length is said, and ends slower requests.
pub async fn bound(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let settings = &state.serving.settings;
    let most = if is_import(request.uri()) { settings.import_bytes } else { settings.body_bytes };
    if request.body().size_hint().lower() > most as u64 {
        return Problem::from(Cause::TooLarge).into_response();
    }
    // This bound takes the place of axum's own.
    DefaultBodyLimit::disable().apply(&mut request);
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    match tokio::time::timeout(Duration::from_secs(settings.request_seconds), next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::from(Cause::TooSlow).into_response(),
    }
}

/// Whether files are imported at this address: its last part begins with the word.
fn is_import(uri: &Uri) -> bool {
    uri.path().rsplit('/').next().is_some_and(|last| last.starts_with("import"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_imports_may_be_large() {
        assert!(is_import(&Uri::from_static("/api/fn/import_programme123")));
        assert!(is_import(&Uri::from_static("/api/v1/visits/1/import")));
        assert!(!is_import(&Uri::from_static("/import/visits")));
    }
}
