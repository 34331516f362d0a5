//! The day board: all rooms, and the hours of a day.

use super::{
    board_fns::{BoardFilters, load_board},
    lane::{LaneMarkup, MOST_ON_BOARD, Ruler, hours_shown},
    view::BoardPageView,
    words::feature_in_words,
};
use crate::{
    components::{Chip, Choice, Empty, Field, Markup, PageHead, Select},
    errors::ErrorPage,
    live::{mark_row, marked_rows, use_live, views},
    programme::words::layout_in_words,
    visits::words::word_of,
    words::{day_in_words, place_of_zone, use_words},
};
use chrono::{Days, NaiveDate};
use domain::{
    board::{BoardRoom, BoardSite, BoardView},
    rooms::{Feature, Layout},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use std::{collections::BTreeSet, sync::Arc};

/// The board, with the day and the filters that the address keeps.
#[component]
pub fn BoardPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| BoardFilters::of_query(&query.read()));
    let live = use_live();
    let page = Resource::new_blocking(move || (filters.get(), live.beats()), |(filters, _)| load_board(filters));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Board view=view filters=filters.get_untracked() /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The same board on another day.
fn on(day: NaiveDate, filters: &BoardFilters) -> String {
    format!("/rooms{}", filters.query(day))
}

#[component]
fn Board(view: BoardPageView, filters: BoardFilters) -> impl IntoView {
    let words = use_words();
    let BoardPageView { board, sites, today, is_filtered, waiting, may_manage } = view;
    let BoardView { date, of, may_book, sites: shown, .. } = board;
    super::board_keys::listen();
    let marked = Arc::new(marked_rows());
    let places: Vec<String> = shown.iter().map(|site| place_of_zone(&site.zone)).collect();
    let is_one_clock = places.windows(2).all(|pair| pair[0] == pair[1]);
    let number: usize = shown.iter().map(|site| site.rooms.len()).sum();
    let day = day_in_words(words, date);
    let eyebrow = {
        let (day, clock) = (day.clone(), places.first().filter(|_| is_one_clock).map(|place| words.board_times_in(place.clone())));
        move || {
            view! {
                <strong>{day}</strong>
                {clock.map(|clock| view! { <span>{clock}</span> })}
                <Chip>{words.board_of(number, of)}</Chip>
            }
            .into_any()
        }
    };
    let before = date.checked_sub_days(Days::new(1)).map(|day| on(day, &filters));
    let after = date.checked_add_days(Days::new(1)).map(|day| on(day, &filters));
    let to_today = on(today, &filters);
    let to_print = format!("/rooms/print{}", filters.query(date));
    let book = may_book.then(|| {
        view! {
            <a class="button" href="/bookings">{words.bookings_own_title()}</a>
            <a class="button main" href=format!("/bookings/new?day={date}")>{words.bookings_new_title()}</a>
        }
    });
    let waiting = waiting.map(|count| view! { <a class="button" href="/rooms/approvals">{words.approvals_open(count)}</a> });
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    let features = Feature::ALL.iter().map(|feature| Choice::new(word_of(feature), feature_in_words(words, *feature))).collect();
    let none = (number == 0 && is_filtered).then(|| view! { <Empty title=words.board_none() says=words.board_none_says() /> });
    let first = (number == 0 && !is_filtered).then(|| {
        let add = may_manage.then(|| view! { <a class="button main" href="/rooms/new">{words.rooms_add()}</a> });
        view! { <Empty title=words.rooms_none_yet() says=words.rooms_none_yet_says()>{add}</Empty> }
    });
    let sections = shown
        .into_iter()
        .map(|site| view! { <SiteBoard site=site date=date is_one_clock=is_one_clock marked=Arc::clone(&marked) /> })
        .collect_view();
    view! {
        <PageHead title=words.shell_menu_rooms() eyebrow=eyebrow>
            <div class="actions">
                {before.map(|to| view! { <a class="button" id="day-before" rel="prev" href=to>{words.board_day_before()}</a> })}
                <a class="button" href=to_today>{words.board_to_today()}</a>
                {after.map(|to| view! { <a class="button" id="day-after" rel="next" href=to>{words.board_day_after()}</a> })}
                <a class="button" href="/rooms/find">{words.finder_title()}</a>
                <a class="button" href="/rooms/list">{words.board_list()}</a>
                <a class="button" href="/rooms/blackouts">{words.blackouts_title()}</a>
                <a class="button" href=to_print>{words.printing_do()}</a>
                {waiting}
                {book}
            </div>
        </PageHead>
        <Form method="GET" action="/rooms" attr:class="filters" attr:role="search" attr:aria-label=words.shell_menu_rooms()>
            <Field name="day" label=words.board_filter_day() kind="date" optional=true value=date.to_string() />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
            <details open=is_filtered>
                <summary>{words.board_filter_more()}</summary>
                <div class="filters">
                    <Select name="layout" label=words.directory_room_layout_filter() choices=layouts optional=true value=filters.layout />
                    <Field name="people" label=words.directory_room_people() kind="number" optional=true value=filters.people />
                    <Select name="feature" label=words.directory_room_features() choices=features optional=true value=filters.feature />
                    <Select name="site" label=words.board_filter_site() choices=sites optional=true value=filters.site />
                    <Field name="text" label=words.board_filter_name() optional=true value=filters.text />
                </div>
            </details>
        </Form>
        {none}
        {first}
        {sections}
    }
    .into_any()
}

#[component]
fn SiteBoard(site: BoardSite, date: NaiveDate, is_one_clock: bool, marked: Arc<BTreeSet<String>>) -> impl IntoView {
    let words = use_words();
    let BoardSite { site, zone, minutes, ruler, now, rooms } = site;
    let shown = hours_shown(rooms.iter(), minutes);
    let title = if is_one_clock { site.name } else { format!("{} · {}", site.name, words.board_times_in(place_of_zone(&zone))) };
    let label = words.board_day_of(title.clone(), day_in_words(words, date));
    let lanes = LaneMarkup { words, ruler: &ruler, date, now, most_tracks: MOST_ON_BOARD };
    let mut rows = Markup::default();
    for room in rooms {
        row(&mut rows, &lanes, room, &marked);
    }
    let rows = rows.into_ordered_list();
    view! {
        <section>
            <h2 dir="auto">{title}</h2>
            <div class=format!("lanes from-{} to-{}", shown.0, shown.1) data-from=shown.0 tabindex="0" role="region" aria-label=label>
                <Ruler ruler=ruler shown=shown says=words.board_hatched() />
                {rows}
            </div>
        </section>
    }
    .into_any()
}

/// A room, and its lane.
fn row(out: &mut Markup, lanes: &LaneMarkup<'_>, lane: BoardRoom, marked: &BTreeSet<String>) {
    let holds = lane.holds.map(|holds| format!("{} {}", layout_in_words(lanes.words, holds.layout), holds.people));
    let to = format!("/rooms/{}?day={}", lane.room.id, lanes.date);
    out.element("li", &[("class", "row")], |out| {
        out.element("div", &[("class", "thing")], |out| {
            out.element("a", &[("href", &to), ("dir", "auto")], |out| out.text(&lane.room.name));
            out.element("small", &[], |out| out.text(&holds.unwrap_or_default()));
            if marked.contains(&views::room(lane.room.id)) {
                mark_row(out, lanes.words);
            }
        });
        lanes.lane(out, lane);
    });
}
