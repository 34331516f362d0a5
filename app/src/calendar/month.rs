//! Whole weeks under one another, a column for each day.

use super::{
    asked::CalendarAsked,
    view::{CalendarLine, CalendarView},
};
use crate::{
    programme::words::{state_in_words, title_in_words as line_title},
    visits::{VisitHead, words::title_in_words},
    words::{date_in_words, use_words},
};
use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::{CalendarSpan, Stretch, WEEK},
    programme::ItemState,
    time::clocks::hours_minutes,
};
use language::Words;
use leptos::prelude::*;

/// How many lines of a day are named in a month; the day itself names all.
const NAMED: usize = 4;

/// The weeks of a month, or one.
#[component]
pub fn Month(
    /// What is shown.
    view: CalendarView,
    /// What was asked for.
    asked: CalendarAsked,
    /// What the days are called.
    title: String,
) -> impl IntoView {
    let words = use_words();
    let is_week = view.span == CalendarSpan::Week;
    let heads = (1..=WEEK).map(|day| view! { <th scope="col">{words.directory_room_weekday(day)}</th> }).collect_view();
    let days: Vec<NaiveDate> = Stretch { first: view.first, days: view.days }.each().collect();
    let weeks = days
        .chunks(WEEK as usize)
        .map(|week| {
            let cells = week.iter().map(|day| cell(words, &view, &asked, *day)).collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=words.calendar_weeks(title)>
            <table class="month" class:week=is_week>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{weeks}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(words: Words, view: &CalendarView, asked: &CalendarAsked, day: NaiveDate) -> AnyView {
    let is_month = view.span == CalendarSpan::Month;
    let is_beside = is_month && day.month() != view.on.month();
    let on_it = view.of_day(day);
    let visits = on_it.visits.iter().map(|head| view! { <li>{visit_of_day(words, head)}</li> }).collect_view();
    let named = if is_month { NAMED } else { usize::MAX };
    let more = on_it.lines.len().saturating_sub(named);
    let lines = on_it.lines.iter().take(named).map(|line| view! { <li>{line_of_day(words, line, day)}</li> }).collect_view();
    let to = asked.address(CalendarSpan::Day, day);
    let more = (more > 0).then(|| view! { <li><a class="more" href=to.clone()>{words.calendar_more(more)}</a></li> });
    view! {
        <td class:beside=is_beside aria-current=(day == view.today).then_some("date")>
            <div class="day"><a href=to aria-label=words.calendar_day_of(date_in_words(words, day))>{day.day()}</a></div>
            <ul>{visits} {lines} {more}</ul>
        </td>
    }
    .into_any()
}

/// A visit on one of its days.
fn visit_of_day(words: Words, head: &VisitHead) -> AnyView {
    let (to, title, marking) = (format!("/visits/{}", head.visit.id), title_in_words(words, &head.visit), head.visit.marking);
    view! {
        <a class="taken visit" href=to><b dir="auto">{title}</b> <span class="visually-hidden">", " {marking.label()}</span></a>
    }
    .into_any()
}

/// A line on a day: from when, and what.
fn line_of_day(words: Words, line: &CalendarLine, day: NaiveDate) -> AnyView {
    let goes_on = line.starts.local.date() < day;
    let from = if goes_on {
        view! { <span aria-hidden="true">"…"</span> <span class="visually-hidden">{words.calendar_goes_on()}</span> }.into_any()
    } else {
        hours_minutes(line.starts.local).into_any()
    };
    let other = line.on_other_clock().filter(|_| !goes_on).map(|other| format!(" · {other}"));
    let title = line_title(words, &line.item);
    let (state, marking) = (line.item.state, line.item.marking);
    let is_hold = state != ItemState::Firm;
    let held = is_hold.then(|| format!(" ({})", state_in_words(words, state)));
    view! {
        <a class="taken" class:hold=is_hold href=format!("/visits/{}#line-{}", line.visit, line.item.id)>
            <small>{from} {other}</small> " " <span dir="auto">{title}</span> {held} <span class="visually-hidden">", " {marking.label()}</span>
        </a>
    }
    .into_any()
}
