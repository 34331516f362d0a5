//! Who has acknowledged the last releases of a visit, and who has not.

use super::{
    view::{ReaderShown, StandingShown},
    words::audience_in_words,
};
use crate::{
    components::{Chip, Tone},
    words::{moment_in_words, use_words},
};
use leptos::prelude::*;

/// Who has acknowledged each last release, and who has not.
#[component]
pub fn Standings(
    /// The releases, each with who is asked.
    standings: Vec<StandingShown>,
) -> impl IntoView {
    let words = use_words();
    let all = standings.into_iter().map(|standing| view! { <OfRelease standing=standing /> }).collect_view();
    view! {
        <section aria-labelledby="acknowledged">
            <h2 id="acknowledged">{words.releases_acknowledged_title()}</h2>
            {all}
        </section>
    }
    .into_any()
}

#[component]
fn OfRelease(standing: StandingShown) -> impl IntoView {
    let words = use_words();
    let StandingShown { audience, number, readers } = standing;
    let done = readers.iter().filter(|reader| reader.acknowledged.is_some()).count();
    let title = words.releases_shown_title(number, audience_in_words(words, audience));
    let says =
        if readers.is_empty() { words.releases_acknowledged_nobody() } else { words.releases_acknowledged_count(done, readers.len()) };
    let rows = readers.into_iter().map(|reader| view! { <Reader reader=reader number=number /> }).collect_view();
    let list = view! { <ul class="rows">{rows}</ul> };
    view! {
        <details open=true>
            <summary>{title} ": " {says}</summary>
            {list}
        </details>
    }
    .into_any()
}

#[component]
fn Reader(reader: ReaderShown, number: u32) -> impl IntoView {
    let words = use_words();
    let ReaderShown { name, mission, acknowledged, earlier } = reader;
    let (tone, word, says) = match (acknowledged, earlier) {
        (Some(at), _) => (Tone::Firm, words.releases_standing_done(), words.releases_standing_done_at(number, moment_in_words(words, &at))),
        (None, Some((earlier, at))) => {
            (Tone::Held, words.releases_standing_missing(), words.releases_standing_earlier(earlier, moment_in_words(words, &at)))
        }
        (None, None) => (Tone::Held, words.releases_standing_missing(), words.releases_standing_nothing()),
    };
    view! {
        <li>
            <Chip tone=tone>{word}</Chip>
            <span>
                <bdi>{name}</bdi> {mission.map(|mission| view! { ", " <bdi>{mission}</bdi> })}
                <small class="below">{says}</small>
            </span>
        </li>
    }
    .into_any()
}
