//! Days under one another, each with all that is on it.

use super::view::{CalendarLine, CalendarView, DayShown};
use crate::{
    components::{Chip, MarkingTag},
    programme::words::{place_in_words, state_in_words, title_in_words as line_title},
    visits::{
        VisitHead,
        words::{category_in_words, title_in_words},
    },
    words::{day_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{
    calendar::{CalendarSpan, Stretch},
    programme::ItemState,
    time::clocks::hours_minutes,
};
use language::Words;
use leptos::prelude::*;

/// The days; of an agenda those with something on them.
#[component]
pub fn Days(
    /// What is shown.
    view: CalendarView,
) -> impl IntoView {
    let words = use_words();
    let is_agenda = view.span == CalendarSpan::Agenda;
    let days = Stretch { first: view.first, days: view.days }
        .each()
        .filter_map(|day| {
            let on_it = view.of_day(day);
            (!on_it.is_empty()).then(|| one_day(words, &view, day, &on_it, is_agenda))
        })
        .collect_view();
    view! { <div class="stack">{days}</div> }.into_any()
}

fn one_day(words: Words, view: &CalendarView, day: NaiveDate, on_it: &DayShown<'_>, is_agenda: bool) -> AnyView {
    let id = format!("day-{day}");
    let title = is_agenda.then(|| view! { <h3 id=id.clone()>{day_in_words(words, day)}</h3> });
    let visits = on_it.visits.iter().map(|head| visit_row(words, head, day)).collect_view();
    let visits = (!on_it.visits.is_empty()).then(|| view! { <ul class="rows">{visits}</ul> });
    let other = view.other_place.clone();
    let heads = other.clone().map(|place| view! { <th scope="col">{place}</th> });
    let rows = on_it.lines.iter().map(|line| line_row(words, view, line, day)).collect_view();
    let lines = (!on_it.lines.is_empty()).then(|| {
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.calendar_lines_of(day_in_words(words, day))>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{view.place.clone()}</th>
                            {heads}
                            <th scope="col">{words.calendar_what()}</th>
                            <th scope="col">{words.calendar_visit()}</th>
                            <th scope="col">{words.calendar_where()}</th>
                            <th scope="col">{words.visits_column_marking()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! { <div>{title} {visits} {lines}</div> }.into_any()
}

/// A visit, and on which of its days it is.
fn visit_row(words: Words, head: &VisitHead, day: NaiveDate) -> AnyView {
    let visit = &head.visit;
    let (to, title) = (format!("/visits/{}", visit.id), title_in_words(words, visit));
    let which = visit
        .starts_on
        .zip(visit.ends_on)
        .map(|(from, until)| words.calendar_day_number((day - from).num_days() + 1, (until - from).num_days() + 1));
    let (category, marking) = (category_in_words(words, visit.category), visit.marking);
    view! {
        <li><a href=to dir="auto">{title}</a> " " <span class="faint">{category} " · " {which}</span> " " <MarkingTag marking=marking /></li>
    }
    .into_any()
}

fn line_row(words: Words, view: &CalendarView, line: &CalendarLine, day: NaiveDate) -> AnyView {
    let from = if line.starts.local.date() < day { words.calendar_goes_on() } else { hours_minutes(line.starts.local) };
    let until = if line.last_day() > day { words.calendar_goes_over() } else { hours_minutes(line.ends.local) };
    let other = view
        .other_place
        .is_some()
        .then(|| view! { <td class="num">{line.on_other_clock().filter(|_| line.starts.local.date() == day)}</td> });
    let (title, place) = (line_title(words, &line.item), place_in_words(words, &line.item));
    let state = line.item.state;
    let held = (state != ItemState::Firm).then(|| view! { " " <Chip>{state_in_words(words, state)}</Chip> });
    let whose = view.visit_of(line).map(|head| title_in_words(words, &head.visit));
    let to = format!("/visits/{}#line-{}", line.visit, line.item.id);
    view! {
        <tr>
            <td class="num">{from} " – " {until}</td>
            {other}
            <th scope="row"><a href=to dir="auto">{title}</a> {held}</th>
            <td dir="auto">{whose}</td>
            <td dir="auto">{place}</td>
            <td><MarkingTag marking=line.item.marking /></td>
        </tr>
    }
    .into_any()
}
