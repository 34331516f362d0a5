//! The day board: what takes each room during one day, laid out on the clock of its site.
//!
//! A place on the board is the minutes that have passed since the day began there. So a length is true time also on the day of
//! 23 hours and on that of 25, and the ruler says what the clocks show.

mod door;

pub use door::{AtTheDoor, DoorUse, DoorView, DoorWhat, Standing};

use crate::{
    clash::Source,
    ids::{BlackoutId, RoomId, SiteId, VisitId},
    marking::{
        Marking, Reader,
        view::{BlackoutView, EngagedView, Named, ReservedView, RoomAvailability, Viewed, ViewedBy},
    },
    rooms::{BookingState, Layout, view::RoomView},
    time::{Moment, Span, ZoneName, ZoneRules, agreed::MomentView, bounds::is_shown, clocks::hours_minutes, day_starts, wall_at},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A stretch shorter than this is not offered as free.
pub const LEAST_FREE_MINUTES: u32 = 15;

/// All rooms that are asked for, on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// The day, on the clocks of each site.
    pub date: NaiveDate,
    /// How many rooms the office has.
    pub of: u32,
    /// Whether the reader may book rooms.
    pub may_book: bool,
    /// The sites that have a room which is asked for, by name.
    pub sites: Vec<BoardSite>,
}

impl BoardView {
    /// The board of a day, for one reader.
    pub fn of(date: NaiveDate, of: u32, may_book: bool, sites: Vec<BoardSite>, reader: &Reader) -> Self {
        Self { viewed_by: ViewedBy::of(reader), date, of, may_book, sites }
    }
}

impl BoardView {
    /// The highest marking of what is shown.
    pub fn marking(&self) -> Marking {
        self.sites.iter().flat_map(|site| &site.rooms).map(BoardRoom::marking).fold(Marking::Green, Marking::max)
    }
}

impl Viewed for BoardView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// One room, day by day: a week or a month of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomDaysView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// The room, with its site.
    pub room: RoomView,
    /// Whether the reader may book it.
    pub may_book: bool,
    /// The days, in order.
    pub days: Vec<RoomDay>,
}

impl RoomDaysView {
    /// Days of a room, for one reader.
    pub fn of(room: RoomView, may_book: bool, days: Vec<RoomDay>, reader: &Reader) -> Self {
        Self { viewed_by: ViewedBy::of(reader), room, may_book, days }
    }
}

impl RoomDaysView {
    /// The highest marking of what is shown.
    pub fn marking(&self) -> Marking {
        self.days.iter().map(|day| day.lane.marking()).fold(Marking::Green, Marking::max)
    }
}

impl Viewed for RoomDaysView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// A day of one room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomDay {
    /// Which day, on the clocks of its site.
    pub date: NaiveDate,
    /// How many minutes it has there.
    pub minutes: u32,
    /// Its hours, each where it begins.
    pub ruler: Vec<Hour>,
    /// Where the present moment lies, if it is that day.
    pub now: Option<u32>,
    /// What takes the room.
    pub lane: BoardRoom,
}

/// The rooms of one site, which have one clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardSite {
    /// Site.
    pub site: Named<SiteId>,
    /// Its clocks: an IANA zone.
    pub zone: ZoneName,
    /// How many minutes the day has there.
    pub minutes: u32,
    /// Its hours, each where it begins.
    pub ruler: Vec<Hour>,
    /// Where the present moment lies, if it is that day.
    pub now: Option<u32>,
    /// Its rooms, by name.
    pub rooms: Vec<BoardRoom>,
}

/// An hour of the ruler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hour {
    /// Where it begins.
    pub minute: u32,
    /// What the clock shows then: `09:00`.
    pub clock: String,
    /// Whether the clock showed the same an hour before.
    pub is_second: bool,
}

/// How many people a room holds, and how laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holds {
    /// Layout.
    pub layout: Layout,
    /// People.
    pub people: u32,
}

/// A room's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardRoom {
    /// Room.
    pub room: Named<RoomId>,
    /// Floor, as it is called there.
    pub floor: Option<String>,
    /// What it holds in the layout asked for, or at most.
    pub holds: Option<Holds>,
    /// How many minutes it takes to lay it out so.
    pub set_up_minutes: u32,
    /// Whether the reader may book it.
    pub may_book: bool,
    /// What takes it, by start.
    pub blocks: Vec<Block>,
    /// Into how many tracks its blocks are laid: more than one where holds overlap.
    pub tracks: u32,
    /// When it is closed, or blacked out.
    pub closed: Vec<Stretch>,
    /// What blacks it out, by start.
    pub blackouts: Vec<BlackedOut>,
    /// When it is open, free and to come.
    pub free: Vec<Stretch>,
}

impl BoardRoom {
    /// The highest marking of what is shown of it; what a room is, is TLP:GREEN.
    pub fn marking(&self) -> Marking {
        let blocks = self.blocks.iter().filter_map(|block| match block.what {
            BlockOf::Engaged { marking, .. } => Some(marking),
            BlockOf::Reserved { .. } => None,
        });
        blocks.chain(self.blackouts.iter().filter_map(|blackout| blackout.marking)).fold(Marking::Green, Marking::max)
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stretch {
    /// From.
    pub from: u32,
    /// Until.
    pub until: u32,
}

/// A time at which nobody may use a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlackedOut {
    /// The blackout.
    pub id: BlackoutId,
    /// When it is, that day.
    pub during: Stretch,
    /// Why; absent to who may not read that on a board.
    pub cause: Option<String>,
    /// Marking of why; absent with it.
    pub marking: Option<Marking>,
}

/// Something that takes a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Block {
    /// When it takes the room that day, set-up and clearing included.
    pub taken: Stretch,
    /// When the room is in use; the margins lie around it. Nothing if it is made ready or cleared that day, and used on another.
    pub used: Option<Stretch>,
    /// On which track it lies, from 0.
    pub track: u32,
    /// What the clock shows when the use begins: of a stand-in, when the room is taken; where it is not used that day, when it is made
    /// ready or cleared.
    pub starts: String,
    /// What the clock shows when that ends.
    pub ends: String,
    /// What it is.
    pub what: BlockOf,
}

/// What takes a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockOf {
    /// A line or booking that the reader may read.
    Engaged {
        /// Line or booking.
        source: Source,
        /// The visit, of a line.
        visit_id: Option<VisitId>,
        /// Title or purpose.
        title: String,
        /// Whether settled.
        state: BookingState,
        /// When a hold ends by itself.
        hold_until: Option<MomentView>,
        /// Marking of the title or purpose.
        marking: Marking,
    },
    /// Something else.
    Reserved {
        /// Its cover title; without one, “Reserved”.
        cover: Option<String>,
    },
}

/// A civil day on the clocks of a site.
#[derive(Clone, Copy)]
pub struct Day<'a> {
    rules: &'a dyn ZoneRules,
    zone: &'a ZoneName,
    span: Span,
}

impl<'a> Day<'a> {
    /// The day; none if the zone is unknown or the date too far from our days.
    pub fn of(rules: &'a dyn ZoneRules, zone: &'a ZoneName, date: NaiveDate) -> Option<Self> {
        if !is_shown(date) {
            return None;
        }
        let span = Span::new(day_starts(rules, zone, date)?, day_starts(rules, zone, date.succ_opt()?)?)?;
        Some(Self { rules, zone, span })
    }

    /// From its first instant to that of the next day.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// How many minutes it has.
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.span.minutes()).unwrap_or(0)
    }

    /// Where an instant lies on the board, if it is of that day.
    pub fn place(&self, at: DateTime<Utc>) -> Option<u32> {
        self.span.holds(at).then(|| self.minute(at))
    }

    /// What the clocks show when each hour has passed.
    pub fn ruler(&self) -> Vec<Hour> {
        let mut ruler: Vec<Hour> = Vec::new();
        for minute in (0..self.minutes()).step_by(60) {
            let clock = self.clock(self.span.starts() + TimeDelta::minutes(i64::from(minute)));
            let is_second = ruler.last().is_some_and(|before| before.clock == clock);
            ruler.push(Hour { minute, clock, is_second });
        }
        ruler
    }

    /// Minutes since the day began, within the day.
    fn minute(&self, at: DateTime<Utc>) -> u32 {
        let within = at.clamp(self.span.starts(), self.span.ends());
        u32::try_from((within - self.span.starts()).num_minutes()).unwrap_or(0)
    }

    fn clock(&self, at: DateTime<Utc>) -> String {
        wall_at(self.rules, self.zone, at).map_or_else(|_| String::new(), |moment| hours_minutes(moment.local))
    }

    fn stretch(&self, span: Span) -> Option<Stretch> {
        let shared = span.shared(self.span)?;
        let (from, until) = (self.minute(shared.starts()), self.minute(shared.ends()));
        (from < until).then_some(Stretch { from, until })
    }

    fn engaged(&self, view: &EngagedView) -> Option<Block> {
        let hold_until = view.hold_until.and_then(|at| wall_at(self.rules, self.zone, at).ok());
        let (taken, in_use) = (Span::new(view.starts, view.ends)?, Span::new(view.use_starts, view.use_ends)?);
        let used = self.stretch(in_use);
        let told = if used.is_some() { in_use } else { taken.shared(self.span)? };
        Some(Block {
            taken: self.stretch(taken)?,
            used,
            track: 0,
            starts: self.clock(told.starts()),
            ends: self.clock(told.ends()),
            what: BlockOf::Engaged {
                source: view.source,
                visit_id: view.visit_id,
                title: view.title.clone(),
                state: view.state,
                hold_until: hold_until.as_ref().map(MomentView::from),
                marking: view.marking,
            },
        })
    }

    fn reserved(&self, view: &ReservedView) -> Option<Block> {
        let taken = self.stretch(Span::new(view.starts, view.ends)?)?;
        Some(Block {
            taken,
            used: Some(taken),
            track: 0,
            starts: self.clock(view.starts),
            ends: self.clock(view.ends),
            what: BlockOf::Reserved { cover: view.cover.clone() },
        })
    }

    fn blacked_out(&self, view: &BlackoutView) -> Option<BlackedOut> {
        let [starts, ends] = [&view.starts, &view.ends].map(|moment| Moment::from(moment.clone()).at());
        let during = self.stretch(Span::new(starts, ends)?)?;
        Some(BlackedOut { id: view.id, during, cause: view.cause.clone(), marking: view.marking })
    }

    /// A room's day, out of what its reader knows of when it is taken. `open` are the stretches in which it is open; none given
    /// means always. What is past at `now` is not free any more.
    pub fn room(&self, room: RoomOfBoard, taken: &RoomAvailability, open: Option<&[Span]>, now: DateTime<Utc>) -> BoardRoom {
        let mut blocks: Vec<Block> = taken.engaged.iter().filter_map(|view| self.engaged(view)).collect();
        blocks.extend(taken.reserved.iter().filter_map(|view| self.reserved(view)));
        blocks.sort_by_key(|block| (block.taken, block.used));
        let tracks = lay_in_tracks(&mut blocks);
        let whole = Stretch { from: 0, until: self.minutes() };
        let open: Vec<Stretch> = open.map_or_else(|| vec![whole], |spans| spans.iter().filter_map(|span| self.stretch(*span)).collect());
        let mut blackouts: Vec<BlackedOut> = room.blackouts.iter().filter_map(|view| self.blacked_out(view)).collect();
        blackouts.sort_by_key(|blackout| (blackout.during, blackout.id));
        let open = without(&open, &blackouts.iter().map(|blackout| blackout.during).collect::<Vec<_>>());
        let closed = without(&[whole], &open);
        let past = Stretch { from: 0, until: self.minute(now) };
        let used: Vec<Stretch> = blocks.iter().map(|block| block.taken).chain([past]).collect();
        let mut free = without(&open, &used);
        free.retain(|stretch| stretch.until - stretch.from >= LEAST_FREE_MINUTES);
        let RoomOfBoard { room, floor, holds, set_up_minutes, may_book, blackouts: _ } = room;
        BoardRoom { room, floor, holds, set_up_minutes, may_book, blocks, tracks, closed, blackouts, free }
    }
}

/// What the head of a room's row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomOfBoard {
    /// Room.
    pub room: Named<RoomId>,
    /// Floor, as it is called there.
    pub floor: Option<String>,
    /// What it holds in the layout asked for, or at most.
    pub holds: Option<Holds>,
    /// How many minutes it takes to lay it out so.
    pub set_up_minutes: u32,
    /// Whether the reader may book it.
    pub may_book: bool,
    /// What blacks it out, as the reader may know it.
    pub blackouts: Vec<BlackoutView>,
}

/// What the clocks show at a place on the ruler.
pub fn clock_at(ruler: &[Hour], minute: u32) -> String {
    let hour = ruler.iter().rev().find(|hour| hour.minute <= minute).filter(|hour| minute - hour.minute < 60);
    hour.and_then(|hour| {
        let (hours, minutes) = hour.clock.split_once(':')?;
        // Where the clocks are changed by less than an hour, an hour of the ruler begins at half past.
        let shown = hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()? + minute - hour.minute;
        (shown < 24 * 60).then(|| format!("{:02}:{:02}", shown / 60, shown % 60))
    })
    .unwrap_or_else(|| "24:00".to_owned())
}

/// Lays blocks in order of their start each on the first track that is free then; the number of tracks.
fn lay_in_tracks(blocks: &mut [Block]) -> u32 {
    let mut ends: Vec<u32> = Vec::new();
    let mut number = 0;
    for block in blocks {
        let track = ends.iter().position(|end| *end <= block.taken.from).unwrap_or(ends.len());
        match ends.get_mut(track) {
            Some(end) => *end = block.taken.until,
            None => ends.push(block.taken.until),
        }
        block.track = u32::try_from(track).unwrap_or(u32::MAX);
        number = number.max(block.track.saturating_add(1));
    }
    number.max(1)
}

/// What of some stretches lies in none of others, in order.
fn without(stretches: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let mut others: Vec<Stretch> = others.to_vec();
    others.sort_unstable();
    let mut stretches = stretches.to_vec();
    stretches.sort_unstable();
    let mut left = Vec::new();
    let mut reached = 0;
    for stretch in stretches {
        let mut from = stretch.from.max(reached);
        reached = reached.max(stretch.until);
        for other in others.iter().filter(|other| other.until > stretch.from && other.from < stretch.until) {
            if from < other.from {
                left.push(Stretch { from, until: other.from });
            }
            from = from.max(other.until);
        }
        if from < stretch.until {
            left.push(Stretch { from, until: stretch.until });
        }
    }
    left
}

#[cfg(test)]
mod tests;
