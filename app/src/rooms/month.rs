//! A room's month: its weeks under one another, each day with what takes the room, on the clocks of its site.

use super::lane::page_of;
use crate::{
    live::{JustChanged, views},
    words::{date_in_words, use_words},
};
use chrono::{Datelike, Months, NaiveDate};
use domain::{
    board::{BlackedOut, Block, BlockOf, RoomDay, RoomDaysView},
    rooms::BookingState,
};
use language::Words;
use leptos::prelude::*;

/// How many days a week has.
const WEEK: usize = 7;

/// A month of a room.
#[component]
pub fn RoomMonth(
    /// The room, and the days of the whole weeks that the month touches.
    days: RoomDaysView,
    /// The first of the month.
    first: NaiveDate,
    /// Today, on the office's clocks.
    today: NaiveDate,
) -> impl IntoView {
    let words = use_words();
    let RoomDaysView { room, days, may_book, .. } = days;
    let room = room.id.to_string();
    let on = |month: Option<NaiveDate>| month.map(|month| format!("/rooms/{room}?month={}", month.format("%Y-%m")));
    let before = on(first.checked_sub_months(Months::new(1)));
    let after = on(first.checked_add_months(Months::new(1)));
    let title = words.board_month_of(u32::from(first.month() as u8), first.year().to_string());
    let heads = (1..=7_u32).map(|day| view! { <th scope="col">{words.directory_room_weekday(day)}</th> }).collect_view();
    let weeks = days
        .chunks(WEEK)
        .map(|week| {
            let cells = week
                .iter()
                .map(|day| {
                    let is_beside = day.date.month() != first.month();
                    view! { <Day day=day.clone() room=room.clone() may_book=may_book is_beside=is_beside today=today /> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <section>
            <h2>{title.clone()}</h2>
            <div class="actions">
                {before.map(|to| view! { <a class="button" id="day-before" rel="prev" href=to>{words.board_month_before()}</a> })}
                <a class="button" href=format!("/rooms/{room}")>{words.board_week_title()}</a>
                {after.map(|to| view! { <a class="button" id="day-after" rel="next" href=to>{words.board_month_after()}</a> })}
            </div>
            <div class="table" tabindex="0" role="region" aria-label=title>
                <table class="month">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{weeks}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Day(day: RoomDay, room: String, may_book: bool, is_beside: bool, today: NaiveDate) -> impl IntoView {
    let words = use_words();
    let RoomDay { date, lane, minutes, .. } = day;
    let is_closed = lane.closed.iter().any(|stretch| stretch.from == 0 && stretch.until == minutes);
    let closed = is_closed.then(|| view! { <small>{words.board_closed_all_day()}</small> });
    let blackouts = lane.blackouts.into_iter().map(|blackout| view! { <li>{blackout_view(words, blackout)}</li> }).collect_view();
    let blocks = lane.blocks.into_iter().map(|block| view! { <li>{taken_view(words, block)}</li> }).collect_view();
    // Where it is closed all day, a booking is the exception that the booking's own form lets one ask for.
    let book = (may_book && !is_closed && date >= today).then(|| {
        let label = words.board_book_on(date_in_words(words, date));
        view! { <a class="free" href=format!("/bookings/new?room={room}&day={date}") aria-label=label>"+"</a> }
    });
    let week = words.board_week_of(date_in_words(words, date));
    view! {
        <td class:beside=is_beside aria-current=(date == today).then_some("date")>
            <div class="day"><a href=format!("/rooms/{room}?day={date}") aria-label=week>{date.day()}</a> {closed} {book}</div>
            <JustChanged of=views::day(date) />
            <ul>{blackouts} {blocks}</ul>
        </td>
    }
    .into_any()
}

/// That nobody may use the room: why, to who may read that.
fn blackout_view(words: Words, blackout: BlackedOut) -> AnyView {
    let BlackedOut { id, cause, marking, .. } = blackout;
    let marking = marking.map(|marking| view! { <span class="visually-hidden">", " {marking.label()}</span> });
    view! {
        <a class="taken sealed" href=format!("/rooms/blackouts/{id}")>
            <span dir="auto">{cause.unwrap_or_else(|| words.board_closed())}</span> {marking}
        </a>
    }
    .into_any()
}

/// What takes the room: from when, and by what.
fn taken_view(words: Words, block: Block) -> AnyView {
    let Block { starts, ends, what, used, .. } = block;
    let times = words.board_from_to(starts, ends);
    match what {
        BlockOf::Reserved { cover } => {
            let title = cover.unwrap_or_else(|| words.board_reserved());
            view! { <span class="taken sealed"><small>{times}</small> " " <span dir="auto">{title}</span></span> }.into_any()
        }
        BlockOf::Engaged { source, visit_id, title, state, marking, .. } => {
            let title = if used.is_some() { title } else { words.board_made_ready(title) };
            let is_hold = state == BookingState::Held;
            let hold = is_hold.then(|| format!(" ({})", words.board_hold()));
            view! {
                <a class="taken" class:hold=is_hold href=page_of(source, visit_id)>
                    <small>{times}</small> " " <span dir="auto">{title}</span> {hold}
                    <span class="visually-hidden">", " {marking.label()}</span>
                </a>
            }
            .into_any()
        }
    }
}
