//! What is said of changes.

use super::Live;
use crate::{components::Markup, words::use_words};
use language::Words;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The class of the mark of a row that is written as text.
const ROW_MARK: &str = "fresh of-row";

/// The mark of a row that somebody else has just changed, or added.
#[component]
pub fn JustChanged(
    /// The row's name: see [`super::LiveView::rows`].
    of: String,
) -> impl IntoView {
    let words = use_words();
    let live = use_context::<Live>();
    move || live.is_some_and(|live| live.is_marked(&of)).then(|| view! { <span class="fresh">{words.live_just_changed()}</span> })
}

/// Which rows of a list that is written as one text are to be marked, while it is drawn; their marks are taken away when their time
/// is over.
pub fn marked_rows() -> BTreeSet<String> {
    let live = use_context::<Live>().unwrap_or_default();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if live.marks.with(std::collections::BTreeMap::is_empty) {
            let marked = document().get_elements_by_class_name(ROW_MARK);
            while let Some(mark) = marked.item(0) {
                mark.remove();
            }
        }
    });
    live.marks.with_untracked(|marks| marks.keys().cloned().collect())
}

/// Marks a row of a list that is written as one text.
pub fn mark_row(out: &mut Markup, words: Words) {
    out.element("span", &[("class", ROW_MARK)], |out| out.text(&words.live_just_changed()));
}

/// What is said of the page as a whole: that something on it changed, that it follows nothing for the moment, and what one was
/// writing in a form that went away.
#[component]
pub fn LiveNotes() -> impl IntoView {
    let words = use_words();
    let live = use_context::<Live>().unwrap_or_default();
    view! {
        <p class="visually-hidden" role="status">{move || live.says.get().map(|count| words.live_changed(count))}</p>
        {move || live.left_over.get().map(|text| view! { <p class="trouble" role="alert" dir="auto">{words.live_left_over(text)}</p> })}
        {move || {
            live.is_cut_off.get().then(|| {
                view! { <p class="cut-off" role="status">{words.live_cut_off()} " " <a href="" rel="external">{words.live_reload()}</a></p> }
            })
        }}
    }
    .into_any()
}
