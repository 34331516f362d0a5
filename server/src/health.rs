//! Whether the process lives, whether it can serve, and what it has counted.

use crate::{
    AppState,
    problem::{Cause, Problem},
};
use axum::{
    Json,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::{
    Failure,
    accounts::access::is_reachable,
    installation::{TzStanding, tz_standing},
};
use serde::Serialize;
use std::net::SocketAddr;

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether each thing that serving needs is there, and which tz database is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The database answers.
    pub database: bool,
    /// The tz database is no older than the one the database was written by.
    pub zones: bool,
    /// The key file is the one the offices' keys are wrapped under.
    pub keys: bool,
    /// The release of the tz database in use, as `2026f`.
    pub tz_version: String,
}

impl Readiness {
    /// Finds out.
    pub async fn of(state: &AppState) -> Self {
        let chancery = &state.chancery;
        Self {
            database: is_reachable(chancery).await.is_ok(),
            zones: matches!(tz_standing(chancery).await, Ok(TzStanding::Current)),
            keys: chancery.keys.open_offices(&chancery.database).await.is_ok(),
            tz_version: chancery.zones.database_version().to_string(),
        }
    }

    /// Whether requests can be served.
    pub const fn is_ready(&self) -> bool {
        self.database && self.zones && self.keys
    }
}

/// `GET /readyz`: 200 if requests can be served, else 503; the body says what is missing, and which tz database is in use.
pub async fn readyz(State(state): State<AppState>) -> Response {
    let readiness = Readiness::of(&state).await;
    let status = if readiness.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(readiness)).into_response()
}

/// `GET /metrics`, in Prometheus's text format: for who bears the token set, or without one for loopback past no proxy. To
/// anybody else there is nothing here.
pub async fn metrics(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(metrics) = &state.serving.metrics else { return Err(Failure::NotFound.into()) };
    let may = match &state.serving.settings.metrics_token {
        Some(token) => bearer(request.headers()).is_some_and(|given| token.is(given)),
        None => {
            let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
            peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) && !came_by_proxy(request.headers())
        }
    };
    if !may {
        return Err(Cause::Failure(Failure::NotFound).into());
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics.render()).into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn came_by_proxy(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "forwarded", "via"].iter().any(|name| headers.contains_key(*name))
}
