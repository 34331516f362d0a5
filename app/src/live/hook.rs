//! How a page follows what others change.

use super::LiveView;
#[cfg(feature = "hydrate")]
use super::stream;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::collections::BTreeMap;

/// What is told, wherever one is, of the page that is open: provided once, round all pages.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    /// How often the page was to be read anew.
    pub(super) beats: RwSignal<u32>,
    /// The rows that changed just now, each with the beat it changed at.
    pub(super) marks: RwSignal<BTreeMap<String, u32>>,
    /// How many rows changed at the last beat, if it brought anything.
    pub(super) says: RwSignal<Option<usize>>,
    /// Whether the stream is lost.
    pub(super) is_cut_off: RwSignal<bool>,
    /// What somebody was writing in a form that went away.
    pub(super) left_over: RwSignal<Option<String>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            beats: RwSignal::new(0),
            marks: RwSignal::default(),
            says: RwSignal::new(None),
            is_cut_off: RwSignal::new(false),
            left_over: RwSignal::new(None),
        }
    }
}

impl Live {
    /// Whether a row changed just now.
    pub(super) fn is_marked(self, row: &str) -> bool {
        self.marks.with(|marks| marks.contains_key(row))
    }
}

/// The page that is open, as it follows what others change.
#[derive(Debug, Clone, Copy)]
pub struct LiveHere {
    live: Live,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the server follows no page"))]
    address: Memo<String>,
}

/// Follows what others change on the page that calls it, for as long as it is open.
pub fn use_live() -> LiveHere {
    let live = use_context::<Live>().unwrap_or_default();
    let location = use_location();
    let address = Memo::new(move |_| {
        let (path, query) = (location.pathname.get(), location.search.get());
        let query = query.trim_start_matches('?');
        if query.is_empty() { path } else { format!("{path}?{query}") }
    });
    #[cfg(feature = "hydrate")]
    stream::follow();
    LiveHere { live, address }
}

impl LiveHere {
    /// How often the page was to be read anew; whoever tracks it reads anew.
    pub fn beats(self) -> u32 {
        self.live.beats.get()
    }

    /// The page is about to show this.
    #[cfg(feature = "hydrate")]
    pub fn shows(self, view: &impl LiveView) {
        // What was asked for may arrive when the page has been left.
        if let Some(address) = self.address.try_get_untracked() {
            stream::shows(self.live, address, view.fingerprint(), view.rows());
        }
    }

    /// The page is about to show this. The server shows it once and follows nothing.
    #[cfg(not(feature = "hydrate"))]
    pub fn shows(self, _view: &impl LiveView) {}
}
