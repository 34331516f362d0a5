//! The clashes of one visit, at the head of its programme.

use super::view::is_in_the_way;
use crate::{
    programme::{view::LineView, words::title_in_words},
    words::{date_in_words, use_words},
};
use domain::time::clocks::hours_minutes;
use leptos::prelude::*;

/// Which lines of a programme do not stand as they are, each with the way to it; nothing where all do.
#[component]
pub fn ClashPanel(
    /// The lines, in their order.
    lines: Vec<LineView>,
) -> impl IntoView {
    let words = use_words();
    let rows: Vec<AnyView> = lines
        .into_iter()
        .filter(is_in_the_way)
        .map(|line| {
            let starts = &line.item.starts;
            let when = format!("{}, {}", hours_minutes(starts.local), date_in_words(words, starts.local.date()));
            let to = format!("#line-{}", line.item.id);
            let title = title_in_words(words, &line.item);
            view! { <li><span>{when}</span> " " <a href=to dir="auto">{title}</a></li> }.into_any()
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="standing">
            <summary>{words.clashes_of_visit(rows.len())}</summary>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}
