//! Signing out: a plain route, so that it works before a page has woken.

use crate::{AppState, problem::Problem, requester::MaybeAuthenticated};
use axum::{
    Extension,
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use backend::accounts::{access::SignedIn, session_cookie::SessionCookie, sign_in};

/// Where the form posts to.
pub const PATH: &str = "/sign-out";

/// Ends the session and forgets its cookie. Who has none is let go just the same.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(
    State(state): State<AppState>,
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
) -> Result<Response, Problem> {
    if let Some(Extension(signed_in)) = signed_in {
        sign_in::sign_out(&context, signed_in.session).await?;
    }
    let cleared = SessionCookie::at(&state.chancery.public_url).clear();
    // What the browser kept of the pages goes with the session (Clear Site Data, 3.1).
    Ok((
        [(header::SET_COOKIE, cleared), (header::HeaderName::from_static("clear-site-data"), "\"cache\"".to_owned())],
        Redirect::to("/sign-in"),
    )
        .into_response())
}
