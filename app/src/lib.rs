//! What one sees: pages, components and the functions behind them.
//!
//! Every page is complete HTML from the server and works without scripts; with scripts the same code wakes up in the
//! browser. A feature's module holds its `page.rs`, its parts and its `server_fns.rs`.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]
#![recursion_limit = "256"]

#[cfg(all(feature = "hydrate", feature = "ssr"))]
compile_error!("`hydrate` is the browser's half and `ssr` the server's: build with one of them");

pub mod accounts;
pub mod approvals;
pub mod blackouts;
pub mod bookings;
pub mod calendar;
pub mod clashes;
pub mod closing;
pub mod components;
pub mod delegations;
pub mod doors;
pub mod errors;
pub mod feeds;
pub mod forms;
pub mod holidays;
pub mod imports;
pub mod live;
pub mod missions;
pub mod people;
pub mod printing;
pub mod programme;
pub mod releases;
#[cfg(feature = "ssr")]
pub mod request;
pub mod rooms;
pub mod routes;
pub mod search;
pub mod series;
pub mod settings;
pub mod shell;
pub mod tasks;
pub mod templates;
pub mod times;
pub mod today;
pub mod visits;
pub mod words;

/// Wakes the page that the server has sent, and says so on its root element (`data-awake`) for tests that must not press a
/// button before.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(routes::App);
    leptos::task::spawn_local(async {
        leptos::task::tick().await;
        if let Some(root) = leptos::prelude::document().document_element() {
            root.set_attribute("data-awake", "").unwrap_or_default();
        }
    });
}
