//! A lane of the board: what takes a room during a day, and where it is free, laid out to the minute.

use super::tracks::{More, folded};
use crate::{
    components::Markup,
    words::{date_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{
    board::{BlackedOut, Block, BlockOf, BoardRoom, Hour, Stretch, clock_at},
    clash::Source,
    ids::{RoomId, VisitId},
    marking::{Marking, view::Named},
    rooms::BookingState,
    time::{agreed::MomentView, clocks::hours_minutes},
};
use language::Words;
use leptos::prelude::*;

/// The hours that a board shows though nothing is in them.
const USUAL: Stretch = Stretch { from: 7 * 60, until: 21 * 60 };

/// The tracks for which there is room on a board of many rooms; what overlaps still more is in the room's week.
pub(super) const MOST_ON_BOARD: u32 = 6;

/// The tracks of a day where a room is shown by itself; what overlaps still more is in its month, where all stands in a list.
pub(super) const MOST_OF_ONE: u32 = 24;

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

/// A lane, as its row puts it: one by itself, and many on a board.
pub(super) struct LaneMarkup<'a> {
    /// What the words are said in.
    pub(super) words: Words,
    /// The hours of the day.
    pub(super) ruler: &'a [Hour],
    /// The day.
    pub(super) date: NaiveDate,
    /// Where the present moment lies.
    pub(super) now: Option<u32>,
    /// The most tracks for which there is room.
    pub(super) most_tracks: u32,
}

/// The lane of a room that is shown by itself.
#[component]
pub fn Lane(
    /// What takes the room.
    lane: BoardRoom,
    /// The hours of the day.
    ruler: Vec<Hour>,
    /// The day.
    date: NaiveDate,
    /// Where the present moment lies.
    now: Option<u32>,
) -> impl IntoView {
    let markup = LaneMarkup { words: use_words(), ruler: &ruler, date, now, most_tracks: MOST_OF_ONE };
    let class = markup.class_of(&lane);
    let mut out = Markup::default();
    markup.things(&mut out, lane);
    out.into_list(class)
}

/// The class of a track: where on the lane it lies.
fn track_class(track: u32) -> String {
    if track == 0 { String::new() } else { format!(" track-{track}") }
}

/// Something in a lane, in the order of the day.
enum Thing {
    Block(Block),
    More(More),
    Blackout(BlackedOut),
    Free(Stretch),
}

impl Thing {
    fn stretch(&self) -> Stretch {
        match self {
            Self::Block(block) => block.taken,
            Self::More(more) => more.during,
            Self::Blackout(blackout) => blackout.during,
            Self::Free(stretch) => *stretch,
        }
    }
}

const HIDDEN: (&str, &str) = ("aria-hidden", "true");

impl LaneMarkup<'_> {
    /// Writes a lane.
    pub(super) fn lane(&self, out: &mut Markup, lane: BoardRoom) {
        let class = self.class_of(&lane);
        out.element("ul", &[("class", &class)], |out| self.things(out, lane));
    }

    /// The class of a room's lane.
    fn class_of(&self, lane: &BoardRoom) -> String {
        if lane.tracks > 1 { format!("lane tracks-{}", lane.tracks.min(self.most_tracks)) } else { "lane".to_owned() }
    }

    fn things(&self, out: &mut Markup, lane: BoardRoom) {
        let BoardRoom { room, blocks, tracks, closed, blackouts, free, set_up_minutes, may_book, .. } = lane;
        let (blocks, more) = folded(blocks, tracks, self.most_tracks);
        for stretch in closed {
            out.element("li", &[("class", &format!("closed {}", places(stretch))), HIDDEN], |_| ());
        }
        // In the order of the day, so that the keys go through it as the eye does.
        let mut things: Vec<Thing> = blocks.into_iter().map(Thing::Block).collect();
        things.extend(more.into_iter().map(Thing::More));
        things.extend(blackouts.into_iter().map(Thing::Blackout));
        if may_book {
            let pressed = free.into_iter().filter(|stretch| stretch.until - stretch.from >= SHORTEST_PRESSED);
            things.extend(pressed.map(Thing::Free));
        }
        things.sort_by_key(Thing::stretch);
        for thing in things {
            match thing {
                Thing::Block(block) => self.block(out, block),
                Thing::More(more) => self.more(out, room.id, more),
                Thing::Blackout(blackout) => self.blackout(out, blackout),
                Thing::Free(stretch) => self.free(out, &room, set_up_minutes, stretch),
            }
        }
        if let Some(minute) = self.now {
            let class = format!("now {}", places(Stretch { from: minute, until: minute }));
            out.element("li", &[("class", &class), HIDDEN], |_| ());
        }
    }

    /// A stretch that is free: a press on it books the room.
    fn free(&self, out: &mut Markup, room: &Named<RoomId>, set_up_minutes: u32, stretch: Stretch) {
        let (from, until) = (clock_at(self.ruler, stretch.from), clock_at(self.ruler, stretch.until));
        let label = self.words.board_free(room.name.as_str(), from, until);
        let to = booking_of(&room.id.to_string(), self.date, &clock_at(self.ruler, first_start(stretch, set_up_minutes)));
        let class = format!("free {}", places(stretch));
        let (from, until) = (stretch.from.to_string(), stretch.until.to_string());
        let link = [("class", class.as_str()), ("href", &to), ("aria-label", &label), ("data-from", &from), ("data-until", &until)];
        out.element("li", &[], |out| out.element("a", &link, |_| ()));
    }

    /// A time at which nobody may use the room: why, to who may read that, otherwise that it is closed.
    fn blackout(&self, out: &mut Markup, blackout: BlackedOut) {
        let BlackedOut { id, during, cause, marking } = blackout;
        let words = self.words;
        let times = words.board_from_to(clock_at(self.ruler, during.from), clock_at(self.ruler, during.until));
        let (class, to) = (format!("blackout {}", places(during)), format!("/rooms/blackouts/{id}"));
        out.element("li", &[], |out| {
            out.element("a", &[("class", &class), ("href", &to)], |out| {
                titled(out, &cause.unwrap_or_else(|| words.board_closed()), &times);
                if let Some(marking) = marking {
                    marked(out, marking);
                }
            });
        });
    }

    /// What there is no track for: how many there are, and where they all stand.
    fn more(&self, out: &mut Markup, room: RoomId, More { during, count }: More) {
        let times = self.words.board_from_to(clock_at(self.ruler, during.from), clock_at(self.ruler, during.until));
        let class = format!("block more {}{}", places(during), track_class(self.most_tracks - 1));
        let to = if self.most_tracks < MOST_OF_ONE {
            format!("/rooms/{room}?day={}", self.date)
        } else {
            format!("/rooms/{room}?month={}", self.date.format("%Y-%m"))
        };
        out.element("li", &[], |out| {
            out.element("a", &[("class", &class), ("href", &to)], |out| titled(out, &self.words.board_more(count), &times));
        });
    }

    fn block(&self, out: &mut Markup, block: Block) {
        let Block { taken, used, track, starts, ends, what } = block;
        let words = self.words;
        let track = track_class(track);
        if used != Some(taken) {
            out.element("li", &[("class", &format!("margin {}{track}", places(taken))), HIDDEN], |_| ());
        }
        // What is used on another day is made ready or cleared on this one.
        let Some(shown) = used else { return };
        let times = words.board_from_to(starts, ends);
        out.element("li", &[], |out| match what {
            BlockOf::Reserved { cover } => {
                let class = format!("block sealed {}{track}", places(shown));
                out.element("div", &[("class", &class)], |out| titled(out, &cover.unwrap_or_else(|| words.board_reserved()), &times));
            }
            BlockOf::Engaged { source, visit_id, title, state, hold_until, marking } => {
                let is_hold = state == BookingState::Held;
                let class = format!("block{} {}{track}", if is_hold { " hold" } else { "" }, places(shown));
                let until = || hold_until.as_ref().map_or_else(|| words.board_hold(), |until| until_said(words, until, self.date));
                let times = if is_hold { format!("{times}, {}", until()) } else { times };
                out.element("a", &[("class", &class), ("href", &page_of(source, visit_id))], |out| {
                    titled(out, &title, &times);
                    marked(out, marking);
                });
            }
        });
    }
}

/// What something is, and when.
fn titled(out: &mut Markup, title: &str, times: &str) {
    out.element("b", &[("dir", "auto")], |out| out.text(title));
    out.element("span", &[], |out| out.text(times));
}

/// The marking of what stands there, for who hears the page.
fn marked(out: &mut Markup, marking: Marking) {
    out.element("span", &[("class", "visually-hidden")], |out| {
        out.text(", ");
        out.text(marking.label());
    });
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

fn until_said(words: Words, until: &MomentView, under: NaiveDate) -> String {
    let clock = hours_minutes(until.local);
    let day = until.local.date();
    words.board_hold_until(if day == under { clock } else { format!("{clock}, {}", date_in_words(words, day)) })
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
