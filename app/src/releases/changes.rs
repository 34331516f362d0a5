//! What a release says otherwise than the one before it, as it is shown: each thing with a word, never by colour alone.

use super::changed_words::{counts_in_words, delegate_change_in_words, line_change_in_words, times_in_words, visit_change_in_words};
use crate::{components::Chip, programme::words::title_in_words, words::use_words};
use domain::{marking::view::ItemView, releases::Difference};
use leptos::prelude::*;

/// A thing that is said otherwise: the word, its name, and the parts.
fn row(word: String, name: String, more: Option<String>, parts: Vec<String>) -> AnyView {
    let parts = parts.into_iter().map(|part| view! { <small class="below" dir="auto">{part}</small> }).collect_view();
    view! { <li><Chip>{word}</Chip> " " <bdi>{name}</bdi> {more.map(|more| format!(", {more}"))} {parts}</li> }.into_any()
}

/// All that a difference says, as a list.
#[component]
pub fn Changes(
    /// The difference.
    told: Difference,
) -> impl IntoView {
    let words = use_words();
    let counts = counts_in_words(words, &told);
    let line = |word: String, item: &ItemView, parts: Vec<String>| {
        row(word, title_in_words(words, item), Some(times_in_words(words, item)), parts)
    };
    let visit = told
        .visit
        .iter()
        .map(|change| row(words.releases_changed(), words.releases_the_visit(), None, visit_change_in_words(words, change)));
    let added = told.added.iter().map(|item| line(words.releases_added(), item, Vec::new()));
    let changed = told.changed.iter().map(|change| line(words.releases_changed(), &change.after, line_change_in_words(words, change)));
    let removed = told.removed.iter().map(|item| line(words.releases_removed(), item, Vec::new()));
    let come =
        told.delegates_added.iter().map(|who| row(words.releases_added(), who.name.clone(), Some(who.delegation.clone()), Vec::new()));
    let other = told.delegates_changed.iter().map(|change| {
        let parts = delegate_change_in_words(words, change);
        row(words.releases_changed(), change.after.name.clone(), Some(change.after.delegation.clone()), parts)
    });
    let gone =
        told.delegates_removed.iter().map(|who| row(words.releases_removed(), who.name.clone(), Some(who.delegation.clone()), Vec::new()));
    let rows: Vec<AnyView> = visit.chain(added).chain(changed).chain(removed).chain(come).chain(other).chain(gone).collect();
    view! {
        <p>{counts}</p>
        {(!rows.is_empty()).then(|| view! { <ul class="told">{rows}</ul> })}
    }
    .into_any()
}
