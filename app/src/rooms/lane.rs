//! A lane of the board: what takes a room during a day, and where it is free, laid out to the minute.

use crate::words::{date_in_words, use_words};
use chrono::NaiveDate;
use domain::{
    board::{BlackedOut, Block, BlockOf, BoardRoom, Hour, Stretch, clock_at},
    clash::Source,
    ids::VisitId,
    rooms::BookingState,
    time::{agreed::MomentView, clocks::hours_minutes},
};
use language::Words;
use leptos::prelude::*;
use std::sync::Arc;

/// The hours that a board shows though nothing is in them.
const USUAL: Stretch = Stretch { from: 7 * 60, until: 21 * 60 };

/// The tracks for which there is room; what overlaps still more lies on the last.
const MOST_TRACKS: u32 = 4;

/// The shortest free stretch that can be pressed, in minutes: what is shorter is narrower than the 24 px that WCAG 2.2, 2.5.8, asks of
/// a target. It is booked on the form, as everything can be.
const SHORTEST_PRESSED: u32 = 30;

/// The classes of a stretch: where it lies, and how long it is.
fn places(stretch: Stretch) -> String {
    let long = stretch.until.saturating_sub(stretch.from);
    let parts = [("ah", stretch.from / 60), ("am", stretch.from % 60), ("fh", long / 60), ("fm", long % 60)];
    let said = parts.into_iter().filter(|(_, number)| *number > 0).map(|(part, number)| format!(" {part}-{number}"));
    said.fold("on-board".to_owned(), |classes, class| classes + &class)
}

/// The hours to show of some lanes: the usual ones, and those in which something is.
pub(super) fn hours_shown<'a>(lanes: impl Iterator<Item = &'a BoardRoom>, minutes: u32) -> (u32, u32) {
    let mut shown = USUAL;
    // A blackout of the whole day shows wherever the board begins and ends.
    let is_part = |stretch: &Stretch| stretch.from > 0 && stretch.until < minutes;
    for lane in lanes {
        let taken = lane.blocks.iter().map(|block| block.taken);
        for stretch in taken.chain(lane.blackouts.iter().map(|blackout| blackout.during).filter(is_part)) {
            shown.from = shown.from.min(stretch.from);
            shown.until = shown.until.max(stretch.until);
        }
    }
    (shown.from / 60, shown.until.min(minutes).div_ceil(60))
}

/// The ruler of some lanes.
#[component]
pub fn Ruler(
    /// The hours of the day.
    ruler: Vec<Hour>,
    /// The first hour that is shown, and the one at which the board ends.
    shown: (u32, u32),
    /// What stands at its head.
    #[prop(into)]
    says: String,
) -> impl IntoView {
    let words = use_words();
    let hours = ruler.into_iter().filter(|hour| (shown.0..shown.1).contains(&(hour.minute / 60))).map(|hour| {
        let clock = if hour.is_second { words.board_hour_again(hour.clock) } else { hour.clock };
        view! { <li>{clock}</li> }
    });
    view! { <div class="row ruler"><div class="thing"><small>{says}</small></div><ol>{hours.collect_view()}</ol></div> }.into_any()
}

/// A room's lane.
#[component]
pub fn Lane(
    /// What takes the room.
    lane: BoardRoom,
    /// The hours of the day, which the lanes of a board share.
    ruler: Arc<[Hour]>,
    /// The day.
    date: NaiveDate,
    /// Where the present moment lies.
    now: Option<u32>,
) -> impl IntoView {
    let words = use_words();
    let BoardRoom { room, blocks, tracks, closed, blackouts, free, set_up_minutes, may_book, .. } = lane;
    let class = if tracks > 1 { format!("lane tracks-{}", tracks.min(MOST_TRACKS)) } else { "lane".to_owned() };
    let closed =
        closed.into_iter().map(|stretch| view! { <li class=format!("closed {}", places(stretch)) aria-hidden="true"></li> }).collect_view();
    // In the order of the day, so that the keys go through it as the eye does.
    let mut things: Vec<(Stretch, AnyView)> = blocks.into_iter().map(|block| (block.taken, block_view(words, block, date))).collect();
    things.extend(blackouts.into_iter().map(|blackout| (blackout.during, blackout_view(words, blackout, &ruler))));
    if may_book {
        let pressed = free.into_iter().filter(|stretch| stretch.until - stretch.from >= SHORTEST_PRESSED);
        things.extend(pressed.map(|stretch| {
            let (from, until) = (clock_at(&ruler, stretch.from), clock_at(&ruler, stretch.until));
            let label = words.board_free(room.name.clone(), from, until);
            let to = booking_of(&room.id.to_string(), date, &clock_at(&ruler, first_start(stretch, set_up_minutes)));
            let class = format!("free {}", places(stretch));
            let link = view! { <li><a class=class href=to aria-label=label data-from=stretch.from data-until=stretch.until></a></li> };
            (stretch, link.into_any())
        }));
    }
    things.sort_by_key(|(stretch, _)| *stretch);
    let things: Vec<AnyView> = things.into_iter().map(|(_, view)| view).collect();
    let now =
        now.map(|minute| view! { <li class=format!("now {}", places(Stretch { from: minute, until: minute })) aria-hidden="true"></li> });
    view! { <ul class=class>{closed}{things}{now}</ul> }.into_any()
}

/// The first quarter of an hour in a free stretch at which a use can begin, the room laid out.
fn first_start(free: Stretch, set_up_minutes: u32) -> u32 {
    let ready = (free.from + set_up_minutes).next_multiple_of(15);
    if ready < free.until { ready } else { free.from }
}

/// Where a room is booked from a clock time of a day on.
pub(super) fn booking_of(room: &str, date: NaiveDate, starts: &str) -> String {
    format!("/bookings/new?room={room}&day={date}&starts={starts}")
}

/// The page of what takes a room.
pub(super) fn page_of(source: Source, visit: Option<VisitId>) -> String {
    match (source, visit) {
        (Source::Item(line), Some(visit)) => format!("/visits/{visit}#line-{line}"),
        (Source::Item(line), None) => format!("/items/{line}"),
        (Source::Booking(booking), _) => format!("/bookings/{booking}"),
    }
}

/// A time at which nobody may use the room: why, to who may read that, otherwise that it is closed.
fn blackout_view(words: Words, blackout: BlackedOut, ruler: &[Hour]) -> AnyView {
    let BlackedOut { id, during, cause, marking } = blackout;
    let times = words.board_from_to(clock_at(ruler, during.from), clock_at(ruler, during.until));
    let marking = marking.map(|marking| view! { <span class="visually-hidden">", " {marking.label()}</span> });
    view! {
        <li>
            <a class=format!("blackout {}", places(during)) href=format!("/rooms/blackouts/{id}")>
                <b dir="auto">{cause.unwrap_or_else(|| words.board_closed())}</b>
                <span>{times}</span>
                {marking}
            </a>
        </li>
    }
    .into_any()
}

fn until_said(words: Words, until: &MomentView, under: NaiveDate) -> String {
    let clock = hours_minutes(until.local);
    let day = until.local.date();
    words.board_hold_until(if day == under { clock } else { format!("{clock}, {}", date_in_words(words, day)) })
}

fn block_view(words: Words, block: Block, date: NaiveDate) -> AnyView {
    let Block { taken, used, track, starts, ends, what } = block;
    let track = match track.min(MOST_TRACKS - 1) {
        0 => String::new(),
        track => format!(" track-{track}"),
    };
    let times = words.board_from_to(starts, ends);
    let margin = (used != Some(taken)).then(|| view! { <li class=format!("margin {}{track}", places(taken)) aria-hidden="true"></li> });
    // What is used on another day is made ready or cleared on this one.
    let Some(shown) = used else { return margin.into_any() };
    let block = match what {
        BlockOf::Reserved { cover } => {
            let title = cover.unwrap_or_else(|| words.board_reserved());
            let class = format!("block sealed {}{track}", places(shown));
            view! { <li><div class=class><b dir="auto">{title}</b><span>{times}</span></div></li> }.into_any()
        }
        BlockOf::Engaged { source, visit_id, title, state, hold_until, marking } => {
            let to = page_of(source, visit_id);
            let is_hold = state == BookingState::Held;
            let class = format!("block{} {}{track}", if is_hold { " hold" } else { "" }, places(shown));
            let held = is_hold.then(|| hold_until.as_ref().map_or_else(|| words.board_hold(), |until| until_said(words, until, date)));
            view! {
                <li>
                    <a class=class href=to>
                        <b dir="auto">{title}</b>
                        <span>{times} {held.map(|held| format!(", {held}"))}</span>
                        <span class="visually-hidden">", " {marking.label()}</span>
                    </a>
                </li>
            }
            .into_any()
        }
    };
    view! { {margin}{block} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_by_its_hours_and_minutes() {
        assert_eq!(places(Stretch { from: 465, until: 555 }), "on-board ah-7 am-45 fh-1 fm-30");
        assert_eq!(places(Stretch { from: 0, until: 1_440 }), "on-board fh-24");
    }

    #[test]
    fn a_use_begins_when_the_room_is_laid_out() {
        assert_eq!(first_start(Stretch { from: 670, until: 1_080 }, 15), 690);
        assert_eq!(first_start(Stretch { from: 480, until: 490 }, 15), 480);
    }
}
