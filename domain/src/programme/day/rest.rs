//! The rest of a day, moved by some minutes: what goes, what stays where it is and why, and where the two now meet.

use super::Actual;
use crate::{
    ids::{ItemId, RoomId},
    problems::{FieldProblem, Problem, Problems},
    programme::kinds,
    time::Span,
};
use serde::{Deserialize, Serialize};

/// The most minutes by which the rest of a day is moved, either way.
pub const MOST_MINUTES: i64 = 12 * 60;

/// The most lines that are moved in one step.
pub const MOST_MOVED: usize = 200;

/// What was said of the rest of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RestInput {
    /// The line with which the rest begins.
    pub item_id: String,
    /// By how many minutes it is moved; earlier, if less than nothing.
    pub minutes: i64,
    /// Why a clash is overridden.
    pub reason: Option<String>,
    /// The version of what was looked at.
    pub seen: Option<String>,
}

impl RestInput {
    /// The line with which the rest begins.
    ///
    /// # Errors
    /// When it is none, or the minutes are none or too many.
    pub fn read(&self) -> Result<ItemId, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let item = problems.take("item_id", self.item_id.trim().parse().map_err(|_| Problem::Unknown));
        if self.minutes == 0 || !(-MOST_MINUTES..=MOST_MINUTES).contains(&self.minutes) {
            problems.add("minutes", Problem::OutOfBounds { least: -MOST_MINUTES, most: MOST_MINUTES });
        }
        problems.finish(item)
    }
}

kinds! {
    /// Why a line stays where it is.
    Stays {
        /// It comes before the rest.
        Before = "before",
        /// It has begun.
        Begun = "begun",
        /// It is fixed: a broadcast, a runway, a prayer.
        Fixed = "fixed",
        /// It is a segment of a meeting of which another is fixed.
        WithFixed = "with_fixed",
        /// It was held, and its hold has ended.
        Lapsed = "lapsed",
        /// Who moves the rest may not read it.
        Hidden = "hidden",
    }
}

/// A line of the day, as far as it matters to whether it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLine {
    /// The line.
    pub item: ItemId,
    /// When it is planned.
    pub during: Span,
    /// Its room, where one of ours may be told of.
    pub room: Option<RoomId>,
    /// Whether it is of the rest.
    pub is_of_rest: bool,
    /// Whether it is fixed.
    pub is_fixed: bool,
    /// Whether it was held and its hold has ended.
    pub has_lapsed: bool,
    /// Whether who moves the rest reads it.
    pub is_read: bool,
    /// How it went.
    pub actual: Actual,
}

impl DayLine {
    /// What keeps it where it is by itself.
    fn stays(&self) -> Option<Stays> {
        match self {
            Self { is_of_rest: false, .. } => Some(Stays::Before),
            Self { is_read: false, .. } => Some(Stays::Hidden),
            Self { actual, .. } if actual.is_taken() => Some(Stays::Begun),
            Self { is_fixed: true, .. } => Some(Stays::Fixed),
            Self { has_lapsed: true, .. } => Some(Stays::Lapsed),
            _ => None,
        }
    }

    /// Whether another takes up its room where it leaves it: both are segments of one meeting.
    fn is_followed_by(&self, next: &Self) -> bool {
        self.room.is_some() && self.room == next.room && self.during.ends() == next.during.starts()
    }
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes there.
    Moves(Span),
    /// It stays where it is.
    Stays(Stays),
}

/// Why each line that is to go stays where it is, if it does: what has begun stays, and what is fixed, with the other segments of its
/// meeting.
pub fn stays(lines: &[DayLine]) -> Vec<Option<Stays>> {
    let mut stays: Vec<Option<Stays>> = lines.iter().map(DayLine::stays).collect();
    // What is fixed holds its neighbours, these theirs, until nothing more is held.
    loop {
        let is_held = |place: usize| matches!(stays[place], Some(Stays::Fixed | Stays::WithFixed));
        let joins = |a: &DayLine, b: &DayLine| a.is_followed_by(b) || b.is_followed_by(a);
        let next = (0..lines.len())
            .find(|place| stays[*place].is_none() && (0..lines.len()).any(|other| is_held(other) && joins(&lines[*place], &lines[other])));
        match next {
            Some(place) => stays[place] = Some(Stays::WithFixed),
            None => break,
        }
    }
    stays
}

/// What becomes of each line of a day when the rest of it is moved by so many minutes.
pub fn moved_rest(lines: &[DayLine], minutes: i64) -> Vec<Fate> {
    let fate = |(line, stays): (&DayLine, Option<Stays>)| stays.map_or_else(|| Fate::Moves(line.during.moved(minutes)), Fate::Stays);
    lines.iter().zip(stays(lines)).map(fate).collect()
}

kinds! {
    /// How a line that moves comes near one that stays.
    Nearing {
        /// The gap between them is gone.
        Touches = "touches",
        /// Both now go on at once.
        Overlaps = "overlaps",
        /// They have changed places.
        Passes = "passes",
    }
}

/// A line that moves and now comes near one that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// The line that moves.
    pub moved: ItemId,
    /// The line that stays.
    pub other: ItemId,
    /// How.
    pub how: Nearing,
    /// For how many minutes both go on at once.
    pub minutes: i64,
}

/// How a line that goes from one time to another comes near one that stays, if it did not before.
fn nearing(from: Span, to: Span, stays: Span) -> Option<Nearing> {
    if from.overlaps(stays) {
        return None;
    }
    if to.overlaps(stays) {
        return Some(Nearing::Overlaps);
    }
    let was_before = from.ends() <= stays.starts();
    let is_before = to.ends() <= stays.starts();
    if was_before != is_before {
        return Some(Nearing::Passes);
    }
    let gap = |it: Span| if was_before { stays.starts() - it.ends() } else { it.starts() - stays.ends() };
    (gap(from) > chrono::TimeDelta::zero() && gap(to) == chrono::TimeDelta::zero()).then_some(Nearing::Touches)
}

/// Where lines that move now come near lines that stay, as far as who moves them reads these.
pub fn meetings(lines: &[DayLine], fates: &[Fate]) -> Vec<Meeting> {
    let mut met = Vec::new();
    for (line, fate) in lines.iter().zip(fates) {
        let Fate::Moves(to) = *fate else { continue };
        let staying = lines.iter().zip(fates).filter(|(other, fate)| other.is_read && matches!(fate, Fate::Stays(_)));
        met.extend(staying.filter_map(|(other, _)| {
            let how = nearing(line.during, to, other.during)?;
            let minutes = to.shared(other.during).map_or(0, Span::minutes);
            Some(Meeting { moved: line.item, other: other.item, how, minutes })
        }));
    }
    met
}
