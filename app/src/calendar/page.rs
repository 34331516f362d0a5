//! The page of the calendar, whose address keeps all that is asked for.

use super::{
    asked::{CalendarAsked, PATH},
    days::Days,
    month::Month,
    server_fns::load_calendar,
    view::CalendarView,
};
use crate::{
    components::{Banner, Choice, Empty, Field, Hidden, PageHead, Select, Tab, Tabs},
    errors::ErrorPage,
    live::use_live,
    visits::words::{category_in_words, word_of},
    words::{date_in_words, dates_in_words, use_words},
};
use chrono::Datelike;
use domain::{
    calendar::{CalendarSpan, Stretch},
    visits::VisitCategory,
};
use language::Words;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

fn span_in_words(words: Words, span: CalendarSpan) -> String {
    match span {
        CalendarSpan::Month => words.calendar_span_month(),
        CalendarSpan::Week => words.calendar_span_week(),
        CalendarSpan::Day => words.calendar_span_day(),
        CalendarSpan::Agenda => words.calendar_span_agenda(),
    }
}

/// The calendar of the visits that one may know of.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| CalendarAsked::of_query(&query.read()));
    let live = use_live();
    let page = Resource::new_blocking(move || (asked.get(), live.beats()), |(asked, _)| load_calendar(asked));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Calendar view=view asked=asked.get_untracked() /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What the days that are shown are called.
fn days_in_words(words: Words, view: &CalendarView) -> String {
    match view.span {
        CalendarSpan::Month => words.board_month_of(u32::from(view.on.month() as u8), view.on.year().to_string()),
        CalendarSpan::Day => date_in_words(words, view.on),
        CalendarSpan::Week | CalendarSpan::Agenda => {
            let shown = Stretch { first: view.first, days: view.days };
            dates_in_words(words, shown.first, shown.last())
        }
    }
}

#[component]
fn Calendar(view: CalendarView, asked: CalendarAsked) -> impl IntoView {
    let words = use_words();
    let banner = view.marking().map(|marking| view! { <Banner marking=marking /> });
    let title = days_in_words(words, &view);
    let (span, on, today) = (view.span, view.on, view.today);
    let spans = CalendarSpan::ALL
        .into_iter()
        .map(|other| Tab { label: span_in_words(words, other), to: asked.address(other, on), is_current: other == span })
        .collect();
    let before = span.before(on).map(|day| asked.address(span, day));
    let after = span.after(on).map(|day| asked.address(span, day));
    let to_today = asked.address(span, today);
    let clocks = match &view.other_place {
        Some(other) => words.calendar_clocks(view.place.clone(), other.clone()),
        None => words.calendar_clock(view.place.clone()),
    };
    let is_empty = view.visits.is_empty() && view.lines.is_empty();
    let nothing = is_empty.then(|| {
        if asked.is_narrowed() {
            // Loaded anew: a list from which something was chosen shows it still when its page is only drawn anew.
            let all = CalendarAsked { zone: asked.zone.clone(), ..CalendarAsked::default() }.address(span, on);
            view! { <Empty title=words.calendar_none_match()><a class="button" href=all rel="external">{words.calendar_all()}</a></Empty> }
                .into_any()
        } else {
            view! { <Empty title=words.calendar_none() /> }.into_any()
        }
    });
    let add = view
        .may_create
        .then(|| view! { <div class="actions"><a class="button main" href="/visits/new">{words.visits_new_title()}</a></div> });
    let filters = view! { <Filters view=view.clone() asked=asked.clone() /> };
    let body = match span {
        CalendarSpan::Month | CalendarSpan::Week => view! { <Month view=view asked=asked title=title.clone() /> }.into_any(),
        CalendarSpan::Day | CalendarSpan::Agenda => view! { <Days view=view /> }.into_any(),
    };
    view! {
        {banner}
        <PageHead title=words.calendar_title()>{add}</PageHead>
        {filters}
        <Tabs label=words.calendar_spans() tabs=spans />
        <section aria-labelledby="calendar-days">
            <h2 id="calendar-days">{title}</h2>
            <div class="actions">
                {before.map(|to| view! { <a class="button" id="day-before" rel="prev" href=to>{words.calendar_before()}</a> })}
                <a class="button" href=to_today>{words.calendar_today()}</a>
                {after.map(|to| view! { <a class="button" id="day-after" rel="next" href=to>{words.calendar_after()}</a> })}
            </div>
            <p class="faint">{clocks}</p>
            {nothing}
            {body}
        </section>
    }
    .into_any()
}

/// Whose, of what kind and beside which clock; the address keeps it.
#[component]
fn Filters(view: CalendarView, asked: CalendarAsked) -> impl IntoView {
    let words = use_words();
    let categories =
        VisitCategory::ALL.iter().map(|category| Choice::new(word_of(category), category_in_words(words, *category))).collect();
    let mut people: Vec<Choice> = view.people.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
    let is_there = people.iter().any(|choice| choice.value == asked.person);
    if !asked.person.is_empty() && !is_there {
        people.push(Choice::new(asked.person.clone(), words.calendar_person_elsewhere()));
    }
    let unknown = view.is_zone_unknown.then(|| view! { <p class="clash warn" role="status">{words.calendar_zone_unknown()}</p> });
    view! {
        <Form method="GET" action=PATH attr:class="filters" attr:role="search" attr:aria-label=words.calendar_filter_label()>
            <Hidden name="show" value=view.span.word().to_owned() />
            <Hidden name="on" value=view.on.to_string() />
            <Select name="category" label=words.visits_field_category() choices=categories optional=true value=asked.category />
            <Select name="person" label=words.calendar_person() choices=people optional=true value=asked.person />
            <Field name="zone" label=words.calendar_zone() hint=words.calendar_zone_hint() optional=true value=asked.zone />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
        </Form>
        {unknown}
    }
    .into_any()
}
