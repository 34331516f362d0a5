//! Clashes: what cannot, should not or need not stand together, found by rules over spans and ids.
//!
//! No text enters here and none leaves: a clash is put in words for its reader elsewhere, as far as that reader may know.
//! The same functions answer while somebody types and while the office saves.

mod candidate;
mod day_off;
mod engagement;
mod equipment_twice;
mod interpreting;
mod lines;
mod night;
mod outside_visit;
mod overlap;
mod person_twice;
mod plan;
mod room_fit;
mod room_twice;
mod rules;
mod swept;
mod travel;
mod wall_time;

pub use candidate::Candidate;
pub use engagement::{Claim, Engagement, Margins, Occupation, Place, ResourceKind, Source};
pub use interpreting::{Interpreting, InterpretingProblem, RELIEF_AFTER_MINUTES};
pub use lines::{DayOff, Effort, Frame, Line, LinePart, Night, Side};
pub use night::UNACCUSTOMED_HOURS;
pub use plan::{Plan, PlanParts};
pub use room_fit::{RoomProblem, RoomTerms};
pub use rules::{Level, RuleId, Rules, SetLevels};
pub use swept::{SWEPT_HOURS, Sweep};
pub use travel::{TravelTimes, UNKNOWN_TRAVEL_HORIZON_HOURS};
pub use wall_time::{Edge, TimeDoubt, TimeProblem};

use crate::{
    holidays::RestKind,
    ids::{ItemId, ResourceId, VisitId},
    marking::Marking,
    time::Span,
};
use chrono::{DateTime, NaiveDate, Utc};

/// One of the things in a clash, and the time it takes, margins included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Party {
    /// The line or booking.
    pub source: Source,
    /// Its time; none if its wall time is no instant, or not yet one.
    pub during: Option<Span>,
}

/// What a rule measured, beyond the two things and their spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    /// Nothing more to say.
    Plain,
    /// Somebody has to get from one place to another in less time than that takes.
    Travel {
        /// Whole minutes needed.
        needed_minutes: u32,
        /// Whole minutes between the two things.
        given_minutes: u32,
    },
    /// A wall time is no instant or two.
    WallTime {
        /// Which end of the line or booking.
        edge: Edge,
        /// What is wrong with it.
        problem: TimeProblem,
    },
    /// A room does not suit its use.
    Room(RoomProblem),
    /// Who takes part does not understand one another, or not for so long.
    Interpreting {
        /// The visit, by which one knows the guest.
        visit: VisitId,
        /// What is wrong.
        problem: InterpretingProblem,
    },
    /// It is night in the visitor's capital.
    Night {
        /// The visit, by which one knows the capital.
        visit: VisitId,
        /// The line by which the visitor arrived not long before.
        arrival: ItemId,
        /// The night, as far as it counts.
        during: Span,
    },
    /// The room was swept before, and is used by others between.
    Swept {
        /// The line by which it was.
        sweep: ItemId,
        /// When the sweep ended.
        until: DateTime<Utc>,
    },
    /// One side does not work on that day.
    DayOff {
        /// The visit, by which one knows the countries.
        visit: VisitId,
        /// Which day.
        on: NaiveDate,
        /// From when until when.
        during: Span,
        /// Whose.
        side: Side,
        /// Why nobody works.
        kind: RestKind,
    },
}

/// A finding of a rule. It bears the highest marking of all that entered it, so it is shown by what may be read, not as it is.
///
/// The two things stand in the order of their ids, so that the same clash is the same value whichever of them is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clash {
    /// The rule.
    pub rule: RuleId,
    /// One thing.
    pub first: Party,
    /// The other; none where a thing clashes with its visit's dates, its room's terms or the clock.
    pub second: Option<Party>,
    /// The scarce thing both want; none where none is scarce.
    pub resource: Option<ResourceId>,
    /// The time both want; for travel the time between them, if there is any; for a blackout what it covers.
    pub shared: Option<Span>,
    /// How bad.
    pub level: Level,
    /// When a hold in it ends and the clash with it; none if it stands until somebody changes something.
    pub until: Option<DateTime<Utc>>,
    /// What was measured.
    pub detail: Detail,
    /// The highest marking of all that entered.
    pub marking: Marking,
}

impl Clash {
    /// Whether this line or booking is one of the two.
    pub fn involves(&self, source: Source) -> bool {
        self.parties().any(|party| party.source == source)
    }

    /// The thing in the way of `source`, if there is another.
    pub fn other_than(&self, source: Source) -> Option<Party> {
        self.parties().find(|party| party.source != source)
    }

    /// The end of what stands in the way of `source`, margins included: “taken until”.
    pub fn taken_until(&self, source: Source) -> Option<DateTime<Utc>> {
        self.other_than(source)?.during.map(Span::ends)
    }

    fn parties(&self) -> impl Iterator<Item = Party> {
        std::iter::once(self.first).chain(self.second)
    }

    /// Two things in the order in which a clash keeps them.
    fn ordered(a: Party, b: Party) -> (Party, Option<Party>) {
        (a.min(b), Some(a.max(b)))
    }
}

/// All clashes of a plan, in an order that does not depend on that in which the plan was given.
pub fn find_clashes(plan: &Plan, rules: &Rules) -> Vec<Clash> {
    let mut found = Vec::new();
    overlap::all(plan, rules, &mut found);
    travel::all(plan, rules, &mut found);
    room_fit::all(plan, rules, &mut found);
    outside_visit::all(plan, rules, &mut found);
    interpreting::all(plan, rules, &mut found);
    night::all(plan, rules, &mut found);
    day_off::all(plan, rules, &mut found);
    swept::all(plan, rules, &mut found);
    wall_time::all(plan.doubts(), rules, &mut found);
    settled(found)
}

/// The clashes that one more line or booking has with a plan; what the plan knows under the same id is left out.
///
/// These are the clashes of the plan with the candidate put in, as far as they involve it.
pub fn clashes_of(plan: &Plan, rules: &Rules, candidate: &Candidate) -> Vec<Clash> {
    let mut found = Vec::new();
    overlap::of(plan, rules, candidate, &mut found);
    travel::of(plan, rules, candidate, &mut found);
    room_fit::of(plan, rules, candidate, &mut found);
    outside_visit::of(plan, rules, candidate, &mut found);
    interpreting::of(rules, candidate, &mut found);
    night::of(plan, rules, candidate, &mut found);
    day_off::of(plan, rules, candidate, &mut found);
    swept::of(plan, rules, candidate, &mut found);
    wall_time::all(candidate.doubts(), rules, &mut found);
    settled(found)
}

/// The worst level found, if anything was.
pub fn worst(clashes: &[Clash]) -> Option<Level> {
    clashes.iter().map(|clash| clash.level).max()
}

fn settled(mut found: Vec<Clash>) -> Vec<Clash> {
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
pub(crate) mod tests;
