//! What is said of changes.

use super::Live;
use crate::words::use_words;
use leptos::prelude::*;

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

/// Marks the rows of lists that are written as one text, each of which has its name for its id. The server marks none.
#[cfg(not(feature = "hydrate"))]
pub fn mark_rows() {}

/// Marks the rows of lists that are written as one text, each of which has its name for its id.
#[cfg(feature = "hydrate")]
pub fn mark_rows() {
    const MARK: &str = "fresh of-row";
    let (words, live) = (use_words(), use_context::<Live>().unwrap_or_default());
    Effect::new(move || {
        let marks = live.marks.get();
        let before = document().get_elements_by_class_name(MARK);
        while let Some(mark) = before.item(0) {
            mark.remove();
        }
        for row in marks.keys().filter_map(|name| document().get_element_by_id(name)) {
            let (Ok(Some(head)), Ok(mark)) = (row.query_selector(".thing"), document().create_element("span")) else { continue };
            mark.set_class_name(MARK);
            mark.set_text_content(Some(&words.live_just_changed()));
            // A row that cannot be marked is still there, and as it is now.
            let _ = head.append_child(&mark);
        }
    });
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
