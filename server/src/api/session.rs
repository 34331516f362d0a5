//! Signing in and out by the API.

use super::body::{Body, Sent};
use crate::{
    problem::Problem,
    requester::{Authenticated, CurrentSession, MaybeAuthenticated, RequesterAddress},
};
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use backend::accounts::{
    session_cookie::SessionCookie,
    sign_in::{self, Credentials},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// Address.
    email: String,
    /// Password.
    password: String,
}

/// A session just opened.
#[derive(Serialize, ToSchema)]
pub(super) struct Opened {
    /// The token, for `Authorization: Bearer`; the cookie bears it too. It is shown once.
    token: String,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
}

domain::viewed_by! { Opened {} }

/// Signs in.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, security(()), responses((status = 201, body = Opened)))]
pub(super) async fn sign_in(
    MaybeAuthenticated(context): MaybeAuthenticated,
    RequesterAddress(from): RequesterAddress,
    Body(credentials): Body<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    let credentials = Credentials { email: &credentials.email, password: &credentials.password, from };
    let session = sign_in::sign_in(&context, credentials).await?;
    let cookie = SessionCookie::at(&context.chancery().public_url).set(&session.token, context.now(), session.ends_at);
    let opened = Opened { token: session.token.expose().to_owned(), expires_at: session.ends_at };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Sent(opened)))
}

/// Signs out: the session or token at hand ends.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
pub(super) async fn sign_out(
    Authenticated(context): Authenticated,
    CurrentSession(signed_in): CurrentSession,
) -> Result<impl IntoResponse, Problem> {
    sign_in::sign_out(&context, signed_in.session).await?;
    let cookie = SessionCookie::at(&context.chancery().public_url).clear();
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}
