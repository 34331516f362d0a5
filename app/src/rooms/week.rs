//! A room's week: seven days under one another, on the clocks of its site.

use super::{
    board_fns::load_room_week,
    board_keys,
    lane::{Lane, Ruler, hours_shown},
    view::RoomWeekView,
};
use crate::{
    errors::ErrorPage,
    words::{date_in_words, day_in_words, use_words},
};
use chrono::{Days, NaiveDate};
use domain::board::{RoomDay, RoomDaysView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The week of the room that the address names, in which the day lies that it names.
#[component]
pub fn RoomWeek() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let day = query.read().get("day").unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), day)
    };
    let week = Resource::new_blocking(asked, |(id, day)| load_room_week(id, day));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match week.await {
                    Ok(view) => view! { <Week view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Week(view: RoomWeekView) -> impl IntoView {
    let words = use_words();
    let RoomWeekView { days, today } = view;
    let RoomDaysView { room, may_book, days, .. } = days;
    board_keys::listen();
    let monday = days.first().map(|day| day.date)?;
    let on = |day: Option<NaiveDate>| day.map(|day| format!("/rooms/{}?day={day}", room.id));
    let before = on(monday.checked_sub_days(Days::new(7)));
    let after = on(monday.checked_add_days(Days::new(7)));
    let minutes = days.iter().map(|day| day.minutes).max().unwrap_or_default();
    let shown = hours_shown(days.iter().map(|day| &day.lane), minutes);
    let title = words.board_week_of(date_in_words(words, monday));
    // On the day of a change of clocks the ruler of the others says other hours: each such day says its own.
    let ruler = days.iter().find(|day| day.minutes == 24 * 60).or(days.first()).map(|day| day.ruler.clone()).unwrap_or_default();
    let rows = days
        .into_iter()
        .map(|day| {
            let own = (day.ruler != ruler).then(|| view! { <Ruler ruler=day.ruler.clone() shown=shown says="" /> });
            view! { {own}<Row day=day today=today may_book=may_book /> }
        })
        .collect_view();
    Some(view! {
        <section aria-labelledby="week">
            <h2 id="week">{title.clone()}</h2>
            <div class="actions">
                {before.map(|to| view! { <a class="button" id="day-before" rel="prev" href=to>{words.board_week_before()}</a> })}
                {on(Some(today)).map(|to| view! { <a class="button" href=to>{words.board_week_title()}</a> })}
                {after.map(|to| view! { <a class="button" id="day-after" rel="next" href=to>{words.board_week_after()}</a> })}
            </div>
            <div class=format!("lanes from-{} to-{}", shown.0, shown.1) data-from=shown.0 tabindex="0" role="region" aria-label=title>
                <Ruler ruler=ruler.clone() shown=shown says=words.board_hatched() />
                <ol>{rows}</ol>
            </div>
        </section>
    })
}

#[component]
fn Row(day: RoomDay, today: NaiveDate, may_book: bool) -> impl IntoView {
    let words = use_words();
    let RoomDay { date, ruler, now, lane, minutes } = day;
    let is_closed = lane.closed.iter().any(|stretch| stretch.from == 0 && stretch.until == minutes);
    let closed = is_closed.then(|| view! { <small>{words.board_closed_all_day()}</small> });
    let is_today = date == today;
    view! {
        <li class="row">
            <div class="thing" aria-current=is_today.then_some("date")>{day_in_words(words, date)} {closed}</div>
            <Lane lane=lane ruler=ruler date=date now=now may_book=may_book />
        </li>
    }
    .into_any()
}
