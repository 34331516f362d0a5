//! Choosing lines in a programme: a box at each, and the form that all of them belong to.

use crate::{components::BoxGroup, words::use_words};
use domain::{ids::VisitId, marking::view::ItemView};
use leptos::prelude::*;

use crate::programme::words::title_in_words;

/// The form that the boxes of a programme belong to.
pub(crate) const CHOSEN: &str = "chosen";

/// The box by which a line of a programme is chosen.
#[component]
pub(crate) fn ChooseLine(
    /// The line.
    item: ItemView,
) -> impl IntoView {
    let words = use_words();
    let says = words.shift_choose(title_in_words(words, &item));
    let id = item.id.to_string();
    view! { <input type="checkbox" class="choose" id=format!("choose-{id}") name="item" value=id form=CHOSEN aria-label=says /> }
}

/// The form of the lines that are chosen in a programme: it leads to the page on which they are moved or copied.
#[component]
pub(crate) fn ChosenLines(
    /// The visit.
    visit: VisitId,
) -> impl IntoView {
    let words = use_words();
    let button = |deed: &'static str, label: String| view! { <button type="submit" class="button" name="deed" value=deed>{label}</button> };
    view! {
        <form method="get" action=format!("/visits/{visit}/shift") id=CHOSEN class="actions chosen" aria-label=words.shift_chosen()>
            {button("move", words.shift_chosen_move())}
            {button("copy", words.shift_chosen_copy())}
        </form>
    }
}

/// The boxes of the page on which lines are moved or copied: those of a day, or of several.
#[component]
pub(super) fn ChosenBoxes(
    /// The lines.
    lines: Vec<ItemView>,
    /// The ids of those chosen, with a space between two.
    chosen: String,
) -> impl IntoView {
    let words = use_words();
    view! {
        <BoxGroup name="item" label=words.shift_which()>
            <div class="boxes">
                {lines
                    .into_iter()
                    .map(|line| {
                        let id = line.id.to_string();
                        let checked = chosen.split_whitespace().any(|chosen| chosen == id);
                        let starts = line.starts.local.to_string().replace('T', " ");
                        let label = format!("{starts} {}", title_in_words(words, &line));
                        let field = format!("shift-line-{id}");
                        view! {
                            <div class="check">
                                <input type="checkbox" id=field.clone() name="item" value=id checked=checked />
                                <label for=field dir="auto">{label}</label>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </BoxGroup>
    }
}
