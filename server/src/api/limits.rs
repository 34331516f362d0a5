//! How often the API may be asked.

use crate::{AppState, problem::Problem};
use axum::{
    extract::{Request, State},
    http::Extensions,
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    Failure, RequestedFrom,
    accounts::{access::SignedIn, limits::Requester},
};

/// The layer that answers who asks too often with 429 (RFC 6585, 4): by account, in whatever session and by whatever token;
/// by network, who is not signed in.
pub(super) async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let too_fast = requester(request.extensions()).and_then(|requester| state.chancery.limits.api.check(&requester).err());
    match too_fast {
        None => next.run(request).await,
        Some(too_fast) => Problem::from(Failure::TooMany { after_seconds: too_fast.retry_after_seconds() }).into_response(),
    }
}

fn requester(found: &Extensions) -> Option<Requester> {
    let account = found.get::<SignedIn>().map(|signed_in| Requester::Account(signed_in.account));
    account.or_else(|| found.get::<RequestedFrom>().map(|from| Requester::Anonymous(from.0.into())))
}
