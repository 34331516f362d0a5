//! The stream by which the server says that what is open would show something else now. A browser has one page open at a time in
//! each of its documents, and so one stream; while the document is hidden it has none, for a browser has few connections to give.

use super::{CHANGED, Fingerprint, GONE, LATER, Live, PATH, keeping};
use leptos::{
    leptos_dom::helpers::TimeoutHandle,
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{Event, EventSource, MessageEvent, js_sys},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// For how long a row is marked.
const MARKED: Duration = Duration::from_secs(60);

/// The longest wait before a stream that was lost is opened anew, in seconds.
const LONGEST_WAIT: u64 = 60;

/// After how many vain tries the page says that it follows nothing.
const TRIES_UNTOLD: u32 = 2;

/// An open stream. Dropped, it is closed.
struct Open {
    source: EventSource,
    _listeners: [Closure<dyn FnMut(Event)>; 3],
}

impl Drop for Open {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// What is shown, and how it is followed.
struct Shown {
    live: Live,
    address: String,
    fingerprint: Fingerprint,
    rows: BTreeMap<String, Fingerprint>,
    /// Why it is being read anew at this moment, if it is.
    awaited: Option<Why>,
    stream: Option<Open>,
    failures: u32,
    again: Option<TimeoutHandle>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Changed,
    Later,
}

#[derive(Default)]
struct State {
    /// How many pages followed so far: the last one is open.
    pages: u32,
    is_listening: bool,
    shown: Option<Shown>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with(|state| work(&mut state.borrow_mut()))
}

fn with_shown<T>(work: impl FnOnce(&mut Shown) -> T) -> Option<T> {
    with(|state| state.shown.as_mut().map(work))
}

/// A page begins to follow; it ends when the page is left.
pub(super) fn follow() {
    let page = with(|state| {
        state.pages += 1;
        state.pages
    });
    on_cleanup(move || {
        let left = with(|state| if state.pages == page { state.shown.take() } else { None });
        if let Some(left) = left {
            left.leave();
        }
    });
    if !with(|state| std::mem::replace(&mut state.is_listening, true)) {
        let seen = Closure::<dyn FnMut(Event)>::new(|_| if document().hidden() { pause() } else { open() });
        // A document that cannot be listened to follows for as long as it is open.
        let _added = document().add_event_listener_with_callback("visibilitychange", seen.as_ref().unchecked_ref());
        // It listens for as long as the document is there.
        seen.forget();
    }
}

impl Shown {
    fn leave(mut self) {
        self.stream = None;
        if let Some(again) = self.again.take() {
            again.clear();
        }
        self.live.marks.try_update(BTreeMap::clear);
        self.live.says.try_set(None);
        self.live.is_cut_off.try_set(false);
        self.live.left_over.try_set(None);
    }
}

/// The page is about to show this.
pub(super) fn shows(live: Live, address: String, fingerprint: Fingerprint, rows: Vec<(String, Fingerprint)>) {
    let rows: BTreeMap<String, Fingerprint> = rows.into_iter().collect();
    let before = with(|state| state.shown.take());
    let (same, other) = match before {
        Some(before) if before.address == address => (Some(before), None),
        other => (None, other),
    };
    if let Some(other) = other {
        other.leave();
    }
    let shown = match same {
        None => Shown { live, address, fingerprint, rows, awaited: None, stream: None, failures: 0, again: None },
        Some(mut shown) => {
            let why = shown.awaited.take();
            if why == Some(Why::Changed) && shown.fingerprint != fingerprint {
                mark(live, &shown.rows, &rows);
            }
            if why.is_some() {
                keeping::keep_what_is_typed(live);
            }
            Shown { fingerprint, rows, ..shown }
        }
    };
    with(|state| state.shown = Some(shown));
    open();
}

fn mark(live: Live, before: &BTreeMap<String, Fingerprint>, now: &BTreeMap<String, Fingerprint>) {
    let changed: BTreeSet<String> =
        now.iter().filter(|(row, shown)| before.get(*row) != Some(*shown)).map(|(row, _)| row.clone()).collect();
    let beat = live.beats.get_untracked();
    live.says.set(Some(changed.len()));
    live.marks.update(|marks| marks.extend(changed.into_iter().map(|row| (row, beat))));
    let forget = move || {
        live.marks.try_update(|marks| marks.retain(|_, marked| *marked > beat));
        if live.marks.try_with_untracked(BTreeMap::is_empty) == Some(true) {
            live.says.try_set(None);
        }
    };
    set_timeout(forget, MARKED);
}

/// Opens the stream of what is shown, unless it is open or nobody looks.
fn open() {
    if document().hidden() {
        return;
    }
    with_shown(|shown| {
        if shown.stream.is_some() || shown.again.is_some() {
            return;
        }
        let page = js_sys::encode_uri_component(&shown.address);
        let Ok(source) = EventSource::new(&format!("{PATH}?page={page}&seen={}", shown.fingerprint)) else { return };
        let opened = Closure::<dyn FnMut(Event)>::new(|_| reached());
        let heard = Closure::<dyn FnMut(Event)>::new(|event: Event| {
            if let Some(word) = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string()) {
                hear(&word);
            }
        });
        let failed = Closure::<dyn FnMut(Event)>::new(|_| lose());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        shown.stream = Some(Open { source, _listeners: [opened, heard, failed] });
    });
}

/// Closes the stream while nobody looks. What changed meanwhile is heard of when it is opened anew.
fn pause() {
    let closed = with_shown(|shown| {
        if let Some(again) = shown.again.take() {
            again.clear();
        }
        shown.stream.take()
    });
    drop(closed);
}

fn reached() {
    let live = with_shown(|shown| {
        shown.failures = 0;
        shown.live
    });
    if let Some(live) = live {
        live.is_cut_off.set(false);
    }
}

fn hear(word: &str) {
    match word {
        CHANGED => beat(Why::Changed),
        LATER => beat(Why::Later),
        GONE => {
            pause();
            let (texts, live) = (keeping::texts_typed(), with_shown(|shown| shown.live));
            match live.filter(|_| !texts.is_empty()) {
                // What one has typed oneself is not taken away with the page.
                Some(live) => {
                    live.left_over.set(Some(keeping::joined(&texts)));
                    beat(Why::Changed);
                }
                // Loaded anew, the page is refused, or the sign-in page comes in its place.
                None => {
                    let _reloaded = window().location().reload();
                }
            }
        }
        _ => {}
    }
}

/// Has the page read anew.
fn beat(why: Why) {
    let live = with_shown(|shown| {
        // What somebody changed stays a change, though time goes by meanwhile.
        if shown.awaited != Some(Why::Changed) {
            shown.awaited = Some(why);
        }
        shown.live
    });
    if let Some(live) = live {
        live.beats.update(|beats| *beats = beats.wrapping_add(1));
    }
}

/// The stream is lost: it is opened anew after a while, which grows.
fn lose() {
    let lost = with_shown(|shown| {
        let stream = shown.stream.take();
        let is_refused = stream.as_ref().is_some_and(|stream| stream.source.ready_state() == EventSource::CLOSED);
        shown.failures = shown.failures.saturating_add(1);
        let wait = Duration::from_secs(1_u64.checked_shl(shown.failures.min(10)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT));
        let retry = || {
            with_shown(|shown| shown.again = None);
            open();
        };
        shown.again = set_timeout_with_handle(retry, wait).ok();
        (shown.live, shown.failures, is_refused, stream)
    });
    let Some((live, failures, is_refused, stream)) = lost else { return };
    // It is one of its own listeners that runs: it goes when that is done.
    set_timeout(move || drop(stream), Duration::ZERO);
    if failures >= TRIES_UNTOLD {
        live.is_cut_off.set(true);
    }
    if is_refused && failures == 1 {
        // Why it was refused is told by the page itself.
        beat(Why::Changed);
    }
}
