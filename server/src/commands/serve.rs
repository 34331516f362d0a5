//! `chancery serve`.

use super::{CommandError, say};
use crate::{AppState, build_router, config::Settings, start};
use backend::{accounts::access::offices, demo};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{collections::BTreeSet, net::SocketAddr, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Bounds in seconds of the histogram of requests.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// How often the numbers are tidied up and limits forgotten.
const UPKEEP: Duration = Duration::from_secs(60);

/// Serves until SIGTERM or SIGINT; then takes no more requests and lets those in flight end.
pub(super) async fn serve(settings: Settings) -> Result<(), CommandError> {
    let chancery = start::start(&settings).await?;
    if settings.demo && offices(&chancery).await?.is_empty() {
        say("Loading the demonstration office …")?;
        demo::load(&chancery).await?;
    }
    let stop_within = Duration::from_secs(settings.stop_seconds);
    let metrics = numbers();
    let listener = TcpListener::bind(settings.addr).await?;
    let address = listener.local_addr()?;
    let state = AppState::new(chancery.clone(), settings, metrics.clone())?;
    if state.serving.assets.addresses().next().is_none() {
        tracing::warn!(folder = %state.serving.settings.site_root.display(), "no files of the browser's half: pages are served without scripts and style");
    }
    let (stopping, stopped) = watch::channel(false);
    let upkeep = tokio::spawn(keep_up(chancery.clone(), metrics));
    let live = state.live.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping: requests in flight are finished");
        stopping.send_replace(true);
        // An open page is no request in flight: it asks the server that comes after this one.
        live.end();
    });
    say(format_args!("Chancery serves at {} ({address})", reached_at(&chancery).await?))?;
    let service = build_router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(until(stopped.clone()));
    let late = async {
        until(stopped).await;
        tokio::time::sleep(stop_within).await;
    };
    tokio::select! {
        ended = serving => ended?,
        () = late => tracing::warn!("requests that did not end in time are given up"),
    }
    upkeep.abort();
    chancery.database.close().await;
    Ok(())
}

/// Where the pages of all offices are reached.
async fn reached_at(chancery: &backend::Chancery) -> Result<String, CommandError> {
    let addresses: BTreeSet<String> = offices(chancery).await?.iter().map(|office| chancery.public_address_of(office)).collect();
    if addresses.is_empty() { Ok(chancery.public_url.clone()) } else { Ok(Vec::from_iter(addresses).join(", ")) }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone will never stop anything.
    let _told = stopped.wait_for(|stopped| *stopped).await;
}

/// Until SIGTERM or SIGINT comes.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals can't be heard: only killing ends this process");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// What gathers the numbers; none if another gathers them already.
fn numbers() -> Option<PrometheusHandle> {
    let name = Matcher::Full("chancery_request_seconds".to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(name, &BUCKETS);
    match builder.and_then(PrometheusBuilder::install_recorder) {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::warn!(%error, "no numbers are gathered");
            None
        }
    }
}

/// Keeps memory from growing with every network that ever called.
async fn keep_up(chancery: backend::Chancery, metrics: Option<PrometheusHandle>) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        if let Some(metrics) = &metrics {
            metrics.run_upkeep();
        }
        chancery.limits.forget_idle();
    }
}
