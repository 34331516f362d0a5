//! A room's week: seven days under one another, on the clocks of its site.

use super::{
    board_keys,
    lane::{Lane, Ruler, hours_shown},
};
use crate::{
    live::{JustChanged, views},
    words::{date_in_words, day_in_words, use_words},
};
use chrono::{Days, NaiveDate};
use domain::board::{RoomDay, RoomDaysView};
use leptos::prelude::*;

/// A week of a room.
#[component]
pub fn RoomWeek(
    /// The room and its days.
    days: RoomDaysView,
    /// Today, on the office's clocks.
    today: NaiveDate,
) -> impl IntoView {
    let words = use_words();
    let RoomDaysView { room, days, .. } = days;
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
            let own = (day.ruler != ruler).then(|| view! { <li><Ruler ruler=day.ruler.clone() shown=shown says="" /></li> });
            view! { {own}<Row day=day today=today /> }
        })
        .collect_view();
    Some(view! {
        <section>
            <h2>{title.clone()}</h2>
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
fn Row(day: RoomDay, today: NaiveDate) -> impl IntoView {
    let words = use_words();
    let RoomDay { date, ruler, now, lane, minutes } = day;
    let is_closed = lane.closed.iter().any(|stretch| stretch.from == 0 && stretch.until == minutes);
    let closed = is_closed.then(|| view! { <small>{words.board_closed_all_day()}</small> });
    let is_today = date == today;
    view! {
        <li class="row">
            <div class="thing" aria-current=is_today.then_some("date")>
                {day_in_words(words, date)} {closed} <JustChanged of=views::day(date) />
            </div>
            <Lane lane=lane ruler=ruler date=date now=now />
        </li>
    }
    .into_any()
}
