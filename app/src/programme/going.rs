//! A line that goes together with others: from when to when, on both clocks, or why it stays; and what stands in its way there.

use super::{
    day::words::{met_in_words, stays_in_words},
    words::title_in_words,
};
use crate::{
    bookings::words::when_in_words,
    components::{Chip, MarkingTag},
    words::{place_of_zone, use_words, words_of_problem},
};
use domain::{
    marking::view::{ClashView, RestLineView},
    problems::FieldProblem,
    time::{agreed::MomentView, clocks::hours_minutes},
};
use language::Words;
use leptos::prelude::*;

/// From when until when, without the day.
fn clocks(starts: &MomentView, ends: &MomentView) -> String {
    format!("{}–{}", hours_minutes(starts.local), hours_minutes(ends.local))
}

/// Where a line goes, or its copy; with the days where it leaves its own.
fn goes_in_words(words: Words, line: &RestLineView, copies: bool) -> Option<String> {
    let (starts, ends) = line.starts.as_ref().zip(line.ends.as_ref())?;
    let leaves_its_day = starts.local.date() != line.item.starts.local.date();
    let after = if leaves_its_day { when_in_words(words, starts, ends) } else { clocks(starts, ends) };
    Some(if copies { words.shift_copied_to(after) } else { words.day_rest_moves(clocks(&line.item.starts, &line.item.ends), after) })
}

/// The start where it goes on the clocks of the capital: “00:15 +1 Hà Nội”. Where they stand as the local ones do, one says it all.
fn capital_in_words(line: &RestLineView, place: Option<&str>) -> Option<String> {
    let (starts, capital) = line.starts.as_ref().zip(line.capital.as_ref())?;
    if capital.moment.zone == starts.zone {
        return None;
    }
    let place = place.map_or_else(|| place_of_zone(&capital.moment.zone), str::to_owned);
    let marker = match capital.day_marker {
        0 => String::new(),
        days @ 1.. => format!(" +{days}"),
        days => format!(" −{}", i32::from(days).abs()),
    };
    Some(format!("{}{marker} {place}", hours_minutes(capital.moment.local)))
}

/// What is wrong with where a line would go: with its start, or with its end.
fn problem_in_words(words: Words, problem: &FieldProblem) -> String {
    let says = words_of_problem(words, &problem.problem);
    let part = if problem.field == "ends" { words.programme_field_ends() } else { words.programme_field_starts() };
    format!("{part}: {says}")
}

#[component]
fn InTheWay(clash: ClashView) -> impl IntoView {
    let words = use_words();
    let class = match clash.level.as_deref() {
        Some("warn") => "clash warn",
        Some("note") => "clash note",
        _ => "clash",
    };
    let nearest: Vec<String> = clash.nearest.iter().map(|slot| slot.say.clone()).collect();
    let nearest = (!nearest.is_empty()).then(|| {
        view! { <span class="faint" dir="auto">{words.form_alternatives_title()} " " {nearest.join(" · ")}</span> }
    });
    view! { <p class=class dir="auto"><span>{clash.say}</span> {nearest}</p> }
}

/// A line that goes together with others, before anything is saved.
#[component]
pub(crate) fn GoingLine(
    /// The line.
    line: RestLineView,
    /// What the place of the visitor's capital is called.
    capital: Option<String>,
    /// Whether it is its copy that goes there.
    #[prop(optional)]
    copies: bool,
) -> impl IntoView {
    let words = use_words();
    let goes = goes_in_words(words, &line, copies);
    let capital = capital_in_words(&line, capital.as_deref());
    let title = title_in_words(words, &line.item);
    let when = clocks(&line.item.starts, &line.item.ends);
    let problems: Vec<String> = line.problems.iter().map(|problem| problem_in_words(words, problem)).collect();
    let stays = line.stays.map(|stays| view! { <p>{when.clone()} " " <Chip>{stays_in_words(words, stays)}</Chip></p> });
    let wrong = problems.into_iter().map(|says| view! { <p class="clash" dir="auto">{says}</p> }).collect_view();
    let met = line.meets.iter().map(|met| view! { <p class="clash warn" dir="auto">{met_in_words(words, met)}</p> }).collect_view();
    let asks = line.asks_again.then(|| view! { <p class="clash note">{words.day_rest_asks_again()}</p> });
    let last = line.clashes.len().saturating_sub(1);
    // What would work is said once, after all that is in the way.
    let in_the_way = line.clashes.into_iter().enumerate().map(|(place, mut clash)| {
        if place != last {
            clash.nearest.clear();
        }
        view! { <InTheWay clash=clash /> }
    });
    let in_the_way = in_the_way.collect_view();
    view! {
        <h3 class="title"><span dir="auto">{title}</span> " " <MarkingTag marking=line.item.marking /></h3>
        {goes.map(|goes| view! { <p>{goes} {capital.map(|capital| view! { " " <span class="faint" dir="auto">{capital}</span> })}</p> })}
        {stays}
        {wrong}
        {met}
        {asks}
        {in_the_way}
    }
    .into_any()
}
