//! The process: router, settings, telemetry and the commands of `chancery`.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

pub mod api;
pub mod assets;
pub mod bounds;
pub mod commands;
pub mod config;
pub mod doors;
mod even_refusals;
pub mod feeds;
pub mod files;
pub mod health;
pub mod live;
pub mod pages;
pub mod problem;
mod problem_page;
pub mod programme_files;
pub mod proxies;
pub mod requester;
pub mod security_headers;
pub mod sign_out;
pub mod start;
pub mod telemetry;
pub mod trail;
pub mod uploads;

use axum::{
    Router,
    body::HttpBody,
    extract::FromRef,
    http::Response,
    middleware,
    response::IntoResponse,
    routing::{get, post},
};
use backend::Chancery;
use config::Settings;
use leptos::config::LeptosOptions;
use live::LiveStreams;
use metrics_exporter_prometheus::PrometheusHandle;
use mimalloc::MiMalloc;
use problem::{Cause, Problem};
use std::sync::Arc;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate},
    csrf::{CsrfLayer, ProtectionError},
};

/// A page is made of many small pieces: the system's allocator takes a quarter of the time in which a long one is drawn.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The most bytes that are compressed on their way: the browser's half of a development build, more than ten times as large as
/// that of a release, takes longer to compress than to send.
const MOST_COMPRESSED_BYTES: u64 = 8_000_000;

/// How thoroughly what is made for one answer is compressed: as fast as Brotli can. A page is made once for one reader, and a board of five
/// hundred rooms still weighs a third of what it may.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(1);

/// Whether a body is of a size that is compressed.
#[derive(Debug, Clone, Copy)]
struct IsCompressed;

impl Predicate for IsCompressed {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        response.body().size_hint().exact().is_none_or(|bytes| bytes <= MOST_COMPRESSED_BYTES)
    }
}

/// What all handlers share.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The program.
    pub chancery: Chancery,
    /// How it is served.
    pub serving: Arc<Serving>,
    /// The open pages that are told of changes.
    pub live: Arc<LiveStreams>,
}

/// How the program is served.
#[derive(Debug)]
pub struct Serving {
    /// Settings.
    pub settings: Settings,
    /// Where the browser's half lies, as the pages name it.
    pub leptos: LeptosOptions,
    /// The browser's half and the public files.
    pub assets: assets::Assets,
    /// The numbers gathered; none where nobody gathers them.
    pub metrics: Option<PrometheusHandle>,
}

impl AppState {
    /// The state of a server with these settings.
    ///
    /// # Errors
    /// When the folder of the browser's half can't be read.
    pub fn new(chancery: Chancery, settings: Settings, metrics: Option<PrometheusHandle>) -> std::io::Result<Self> {
        let assets = assets::Assets::read(&settings.site_root)?;
        let leptos = LeptosOptions::builder()
            .output_name(pages::OUTPUT_NAME)
            .site_root(settings.site_root.display().to_string())
            .site_pkg_dir(assets::PACKAGE_FOLDER)
            .site_addr(settings.addr)
            .build();
        let live = Arc::new(LiveStreams::new(settings.live_pages));
        Ok(Self { chancery, serving: Arc::new(Serving { settings, leptos, assets, metrics }), live })
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.serving.leptos.clone()
    }
}

/// The router with all its layers: what the process serves and what tests drive.
pub fn build_router(state: AppState) -> Router {
    let of_offices = Router::new()
        .route(sign_out::PATH, post(sign_out::sign_out))
        .route(app::live::PATH, get(live::live))
        .merge(api::router(&state))
        .merge(programme_files::router())
        .merge(pages::router(&state))
        .layer(middleware::from_fn_with_state(state.clone(), requester::find_requester))
        .layer(middleware::from_fn(even_refusals::even_out));
    let of_the_process = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .merge(feeds::router())
        .merge(doors::router())
        .merge(assets::router(&state));
    let router = of_the_process.merge(of_offices).method_not_allowed_fallback(problem::other_method);
    within_layers(router, &state)
}

/// Puts the layers round a router that every request passes, the first named here the innermost.
///
/// Public for the tests of the layers themselves.
pub fn within_layers(router: Router<AppState>, state: &AppState) -> Router {
    let refuse = |_: ProtectionError| Problem::from(Cause::CrossOrigin).into_response();
    let defect = |_: Box<dyn std::any::Any + Send>| Problem::from(Cause::Defect).into_response();
    router
        .layer(middleware::from_fn_with_state(state.clone(), bounds::bound))
        .layer(CsrfLayer::new().with_rejection_response(refuse))
        .layer(CatchPanicLayer::custom(defect))
        .layer(middleware::from_fn_with_state(state.clone(), problem::answer_problems))
        .layer(middleware::from_fn_with_state(state.clone(), security_headers::secure))
        .layer(CompressionLayer::new().quality(COMPRESSION).compress_when(DefaultPredicate::new().and(IsCompressed)))
        .layer(middleware::from_fn_with_state(state.clone(), telemetry::tell_of_requests))
        .with_state(state.clone())
}
