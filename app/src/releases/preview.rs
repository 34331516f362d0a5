//! What each audience would be told, before a programme is released to it.

use super::{changes::Changes, words::audience_in_words};
use crate::words::use_words;
use domain::releases::ReleasePreview;
use leptos::prelude::*;

/// What an audience would be told: that nothing has changed for it, that it is its first version, or what is new.
#[component]
pub fn Preview(
    /// What it would be told.
    preview: ReleasePreview,
) -> impl IntoView {
    let words = use_words();
    let ReleasePreview { audience, may_know, since, is_new, lines, difference, marking: _ } = preview;
    let audience = audience_in_words(words, audience);
    match (may_know, since) {
        (false, _) => view! { <p class="faint told">{words.releases_preview_may_not_know()}</p> }.into_any(),
        (true, None) => view! { <p class="faint told">{words.releases_preview_first(lines)}</p> }.into_any(),
        (true, Some(since)) if !is_new => {
            view! { <p class="faint told">{words.releases_preview_unchanged(audience, since)}</p> }.into_any()
        }
        (true, Some(since)) => view! {
            <details class="told" open=true>
                <summary>{words.releases_preview_since(since)}</summary>
                <Changes told=difference />
            </details>
        }
        .into_any(),
    }
}
