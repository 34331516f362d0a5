//! The way out of the API: what was made for one reader is not sent to another.

use crate::problem::{Cause, Problem};
use axum::{
    body::HttpBody as _,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::RequestContext;
use domain::{
    audit::Way,
    marking::{Reader, view::ViewedBy},
};

/// The layer round all of the API. What its handlers read is delivered by the API, and reaches who asked for it or nobody:
/// a view made for somebody else is our own fault, as is an answer that does not say for whom it was made.
pub(super) async fn compare(mut request: Request, next: Next) -> Response {
    let reader = request.extensions_mut().get_mut::<RequestContext>().map(|context| {
        *context = context.by(Way::Api);
        context.reader().clone()
    });
    let response = next.run(request).await;
    if may_leave(&response, reader.as_ref()) { response } else { Problem::from(Cause::OtherReader).into_response() }
}

fn may_leave(response: &Response, reader: Option<&Reader>) -> bool {
    match (response.extensions().get::<ViewedBy>(), reader) {
        (Some(viewed_by), Some(reader)) => viewed_by.is_for(reader),
        (Some(_), None) => false,
        // A refusal holds no view of the handler's, and what is empty holds nothing.
        (None, _) => !response.status().is_success() || response.body().is_end_stream(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::body::{Sent, Versioned};
    use axum::{
        Json, Router,
        body::Body,
        http::{StatusCode, header},
        middleware::from_fn,
        routing::get,
    };
    use backend::testing::{self, Engine};
    use domain::{
        accounts::Role,
        marking::{Marking, view::AccountView},
    };
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    /// What the API answers `reader` when a handler sends the view of one's own account that was made for `owner`.
    async fn sent(owner: &RequestContext, reader: &RequestContext, path: &str) -> (StatusCode, String) {
        let listing = backend::accounts::keep::read_own_account(owner).await.unwrap();
        let (view, listed, raw): (AccountView, _, _) = (listing.account.clone(), listing.account.clone(), listing.account);
        let router = Router::new()
            .route("/one", get(move || async move { Versioned::ok(view) }))
            .route("/list", get(move || async move { Sent(vec![listed]) }))
            .route("/raw", get(move || async move { Json(raw) }))
            .route("/nothing", get(|| async { StatusCode::NO_CONTENT }))
            .layer(from_fn(compare));
        let request = Request::builder().uri(path).extension(reader.clone()).body(Body::empty()).unwrap();
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        assert!(parts.status.is_success() || !parts.headers.contains_key(header::ETAG));
        (parts.status, String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_view_made_for_one_reader_is_not_sent_to_another() {
        let office = testing::office(Engine::Sqlite).await;
        let owner = office.signed_in("owner", Role::Staff, Marking::Green).await;
        let other = office.signed_in("other", Role::ChiefOfProtocol, Marking::Red).await;
        for path in ["/one", "/list"] {
            let (status, body) = sent(&owner, &owner, path).await;
            assert!(status.is_success() && body.contains("owner@test"), "{status} {body}");
            for reader in [&other, &office.operator] {
                let (status, body) = sent(&owner, reader, path).await;
                assert!(status == StatusCode::INTERNAL_SERVER_ERROR && !body.contains("owner@test"), "{status} {body}");
            }
        }
    }

    #[tokio::test]
    async fn what_does_not_say_for_whom_it_was_made_is_not_sent() {
        let office = testing::office(Engine::Sqlite).await;
        let owner = office.signed_in("owner", Role::Staff, Marking::Green).await;
        let (status, body) = sent(&owner, &owner, "/raw").await;
        assert!(status == StatusCode::INTERNAL_SERVER_ERROR && !body.contains("owner@test"), "{status} {body}");
        assert_eq!(sent(&owner, &owner, "/nothing").await.0, StatusCode::NO_CONTENT);
    }
}
