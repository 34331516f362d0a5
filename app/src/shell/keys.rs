//! The keys and the list of them.

use crate::{components::Dialog, words::use_words};
use leptos::prelude::*;

/// The id of the dialog of keys.
pub(super) const KEYS_ID: &str = "keys";
/// The id of the search field in the bar.
pub(super) const SEARCH_ID: &str = "search";

/// The dialog that lists the keys; `?` opens it and `/` goes to the search field, wherever one does not type.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let words = use_words();
    #[cfg(feature = "hydrate")]
    listen();
    let rows = [
        ("/".to_owned(), words.shell_keys_search()),
        ("?".to_owned(), words.shell_keys_help()),
        (words.shell_keys_arrows(), words.shell_keys_move()),
        (words.shell_keys_enter(), words.shell_keys_edit()),
        (words.shell_keys_alt_arrows(), words.shell_keys_shift()),
        ("n".to_owned(), words.shell_keys_add()),
        ("x".to_owned(), words.shell_keys_choose()),
        ("Ctrl Z".to_owned(), words.shell_keys_undo()),
        ("Ctrl Shift Z".to_owned(), words.shell_keys_redo()),
    ]
    .map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> });
    view! {
        <Dialog id=KEYS_ID title=words.shell_keys_title()>
            <dl class="keys">{rows.into_iter().collect_view()}</dl>
        </Dialog>
    }
}

#[cfg(feature = "hydrate")]
fn listen() {
    use leptos::{ev, wasm_bindgen::JsCast, web_sys};
    let handle = window_event_listener(ev::keydown, |event| {
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| element.closest("input, select, textarea, [contenteditable]").is_ok_and(|found| found.is_some()));
        if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let element = |id| document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        // An element that is not on this page, or is open already, is left as it is.
        match event.key().as_str() {
            "/" => {
                if let Some(search) = element(SEARCH_ID) {
                    event.prevent_default();
                    let _ = search.focus();
                }
            }
            "?" => {
                if let Some(keys) = element(KEYS_ID) {
                    let _ = keys.show_popover();
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}
