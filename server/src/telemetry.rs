//! What is told of a request: one line in the log and a few numbers. Neither holds an address, as feed links are secrets.

use crate::{AppState, trail::Trail};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode},
    middleware::Next,
    response::Response,
};
use backend::database::Statements;
use domain::ids::{AccountId, RequestId};
use std::{io::IsTerminal as _, time::Instant};
use tracing::Instrument;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// What is logged while serving, unless `RUST_LOG` says otherwise.
pub const OF_SERVING: &str = "info,sqlx=warn,hyper=warn";

/// What is logged of a command that answers and ends, unless `RUST_LOG` says otherwise.
pub const OF_COMMANDS: &str = "warn";

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// What no setting logs: layers of others that write down whole addresses, as feed links are secrets.
const NEVER: &str = "tower_http::csrf=off";

/// What a filter lets through, but for what is never logged.
pub fn without_addresses(filter: EnvFilter) -> EnvFilter {
    match NEVER.parse() {
        Ok(never) => filter.add_directive(never),
        // It is always a directive; one that were none would silence everything rather than tell.
        Err(_) => EnvFilter::new("off"),
    }
}

/// Sends the log to standard error. A second call changes nothing.
pub fn begin(format: LogFormat, filter: &str) {
    let filter = without_addresses(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(filter)));
    let registry = tracing_subscriber::registry().with(filter);
    let begun = match format {
        LogFormat::Text => registry
            .with(tracing_subscriber::fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr))
            .try_init(),
        LogFormat::Json => registry.with(tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr)).try_init(),
    };
    if begun.is_ok() {
        // A panic's message may hold what was being worked on: its place is told, and nothing else.
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "a defect ended a piece of work");
        }));
    }
}

/// The outermost layer: gives the request its identifier, and tells of it when its answer begins.
pub async fn tell_of_requests(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = RequestId(state.chancery.ids.next());
    let trail = Trail::new(id);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(trail.clone());
    let span = tracing::info_span!("request", %id);
    let statements = Statements::at_hand();
    let mut response = statements.counted(next.run(request)).instrument(span.clone()).await;
    let template = route.as_ref().map_or("none", MatchedPath::as_str);
    let duration = began.elapsed();
    let status = response.status();
    span.in_scope(|| {
        let actor = trail.context().and_then(|context| context.actor().account()).as_ref().map(AccountId::to_string);
        let milliseconds = duration.as_secs_f64() * 1000.0;
        tracing::info!(route = template, %method, status = status.as_u16(), actor, milliseconds, statements = statements.number(), "request");
    });
    count(template, method.as_str(), status, duration.as_secs_f64());
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

fn count(route: &str, method: &str, status: StatusCode, seconds: f64) {
    // A method one made up would be a label of its own for ever.
    let method = if matches!(method, "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") { method } else { "other" };
    let labels = [("route", route.to_owned()), ("method", method.to_owned()), ("status", status.as_u16().to_string())];
    metrics::counter!("chancery_requests_total", &labels).increment(1);
    metrics::histogram!("chancery_request_seconds", &labels[..2]).record(seconds);
}
