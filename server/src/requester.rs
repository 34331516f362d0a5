//! Who asks, and in which office: found out once for each request, before anything else looks at it.

use crate::{
    AppState,
    problem::{Cause, Problem},
    trail::Trail,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    Failure, RequestContext, RequestedFrom,
    accounts::{
        access::{Borne, SignedIn, actor_of, actor_of_open_page, office_of, offices},
        session_cookie::SessionCookie,
        tokens::TokenKind,
    },
};
use domain::{offices::Office, permission::Actor};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

/// The layer that puts the [`RequestContext`] into the request's extensions, with [`RequestedFrom`] and, if somebody is
/// signed in, their [`SignedIn`]. What is told to somebody signed in is stored nowhere on its way.
pub async fn find_requester(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let trail = request.extensions().get::<Trail>().cloned();
    let (context, signed_in) = match requester(&state, request.headers(), trail.as_ref()).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    let is_signed_in = signed_in.is_some();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let from = state.serving.settings.trusted_proxies.requester(peer, request.headers());
    if let Some(trail) = trail {
        trail.found(context.clone());
    }
    let extensions = request.extensions_mut();
    extensions.insert(context);
    extensions.insert(RequestedFrom(from));
    if let Some(signed_in) = signed_in {
        extensions.insert(signed_in);
    }
    let mut response = next.run(request).await;
    if is_signed_in {
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    headers_vary(response.headers_mut());
    response
}

/// Answers differ by who asks: a cache that keeps them apart by address alone would mix them up (RFC 9110, 12.5.5).
fn headers_vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
}

/// The office that a request is for, with its key at hand.
///
/// # Errors
/// When there is none at that host, or the database refuses.
pub(crate) async fn office_asked_for(state: &AppState, headers: &HeaderMap) -> Result<Arc<Office>, Failure> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let office = office_of(&state.chancery, host).await?;
    if !state.chancery.keys.holds(office.id) {
        // Set up at the command line since this process began.
        state.chancery.keys.open_offices(&state.chancery.database).await?;
    }
    Ok(office)
}

async fn requester(state: &AppState, headers: &HeaderMap, trail: Option<&Trail>) -> Result<(RequestContext, Option<SignedIn>), Problem> {
    let office = match office_asked_for(state, headers).await {
        Ok(office) => office,
        Err(Failure::NotFound) if offices(&state.chancery).await?.is_empty() => return Err(Cause::NoOffice.into()),
        // Which hosts there are is told to nobody.
        Err(Failure::NotFound) => return Err(Cause::Misdirected.into()),
        Err(failure) => return Err(failure.into()),
    };
    let nobody = Actor::anonymous(office.id);
    let context = state.chancery.context(office, nobody);
    let context = trail.map_or(context.clone(), |trail| context.under(trail.id()));
    let cookie = SessionCookie::at(&state.chancery.public_url);
    let Some(borne) = bearer(headers).or_else(|| session(headers, cookie)) else { return Ok((context, None)) };
    Ok(match actor_of(&context, borne).await? {
        Some((actor, signed_in)) => (context.as_actor(actor), Some(signed_in)),
        None => (context, None),
    })
}

/// Who has a page open that came by a request with these headers, by the rights of this moment; nobody any more, if the session has
/// ended.
///
/// # Errors
/// When the database refuses, or the office is gone.
pub(crate) async fn still_open_to(state: &AppState, headers: &HeaderMap) -> Result<Option<RequestContext>, Problem> {
    let office = office_asked_for(state, headers).await?;
    let nobody = Actor::anonymous(office.id);
    let context = state.chancery.context(office, nobody);
    let Some(borne) = bearer(headers).or_else(|| session(headers, SessionCookie::at(&state.chancery.public_url))) else { return Ok(None) };
    Ok(actor_of_open_page(&context, borne).await?.map(|(actor, _)| context.as_actor(actor)))
}

/// The token of an `Authorization` header (RFC 6750, 2.1): an API token, or a session's that a program opened.
fn bearer(headers: &HeaderMap) -> Option<Borne<'_>> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let text = token.trim();
    let kind = if text.starts_with(TokenKind::Session.prefix()) { TokenKind::Session } else { TokenKind::Api };
    scheme.eq_ignore_ascii_case("bearer").then_some(Borne { kind, text })
}

fn session(headers: &HeaderMap, cookie: SessionCookie) -> Option<Borne<'_>> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.into_iter().find_map(|line| cookie.find(line)).map(|text| Borne { kind: TokenKind::Session, text })
}

/// The context of a request by somebody who is signed in; anybody else is answered 401.
///
/// `Option<Authenticated>` takes both.
#[derive(Debug, Clone)]
pub struct Authenticated(pub RequestContext);

/// The context of a request by anybody.
#[derive(Debug, Clone)]
pub struct MaybeAuthenticated(pub RequestContext);

/// The session or API token by which somebody is signed in; anybody else is answered 401.
#[derive(Debug, Clone)]
pub struct CurrentSession(pub SignedIn);

/// The network address of the requester.
#[derive(Debug, Clone, Copy)]
pub struct RequesterAddress(pub IpAddr);

fn context_of(parts: &Parts) -> Result<RequestContext, Problem> {
    // Without the layer above there is nobody to answer to: a route that was put in the wrong place.
    parts.extensions.get::<RequestContext>().cloned().ok_or_else(|| Cause::Defect.into())
}

impl<S: Sync> FromRequestParts<S> for Authenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let context = context_of(parts)?;
        context.account()?;
        Ok(Self(context))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Authenticated {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<S>>::from_request_parts(parts, state).await.ok())
    }
}

impl<S: Sync> FromRequestParts<S> for MaybeAuthenticated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        context_of(parts).map(Self)
    }
}

impl<S: Sync> FromRequestParts<S> for CurrentSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<SignedIn>().cloned().ok_or(Failure::SignIn)?))
    }
}

impl<S: Sync> FromRequestParts<S> for RequesterAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<RequestedFrom>().ok_or(Problem::from(Cause::Defect))?.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("bearer cha_x"));
        assert!(matches!(bearer(&headers), Some(Borne { kind: TokenKind::Api, text: "cha_x" })));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer chs_x"));
        assert!(matches!(bearer(&headers), Some(Borne { kind: TokenKind::Session, .. })));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic cha_x"));
        assert!(bearer(&headers).is_none());
    }
}
