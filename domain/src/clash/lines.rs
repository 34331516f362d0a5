//! Lines of programmes and the visits that frame them, as far as the rules ask.

use super::{Interpreting, RuleId};
use crate::{
    holidays::RestKind,
    ids::{ItemId, VisitId},
    marking::Marking,
    programme::ItemKind,
    time::Span,
};
use chrono::NaiveDate;

/// What a line is to the visitor's coming and going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinePart {
    /// The visitor arrives.
    Arrival,
    /// The visitor leaves.
    Departure,
    /// The visitor takes part.
    Attended,
    /// The visitor does not take part: a sweep, an advance, a hold. It may lie before arrival, and days before the visit.
    Unattended,
}

impl LinePart {
    /// What a line of a kind is.
    pub const fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Arrival => Self::Arrival,
            ItemKind::Departure => Self::Departure,
            kind if kind.engages_the_guest() => Self::Attended,
            _ => Self::Unattended,
        }
    }
}

/// What a line asks of those who take part: by that it matters at which hour and on which day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effort {
    /// Nothing that another hour or day would make easier: rest and overnight are what a night is for, a movement is when it is
    /// because of what it leads to, and sweeps, advances and holds ask nothing of the guest.
    None,
    /// To come or to go: somebody must turn out on a day off, while the hour is that of a flight.
    Travel,
    /// To be there, awake and at work: whatever else a programme has.
    Presence,
}

impl Effort {
    /// What a line of a kind asks.
    pub const fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Arrival | ItemKind::Departure => Self::Travel,
            ItemKind::Movement | ItemKind::Rest | ItemKind::Overnight | ItemKind::Sweep | ItemKind::Advance | ItemKind::Hold => Self::None,
            ItemKind::Ceremony
            | ItemKind::CourtesyCall
            | ItemKind::Bilateral
            | ItemKind::Plenary
            | ItemKind::WorkingMeal
            | ItemKind::Banquet
            | ItemKind::Reception
            | ItemKind::Signing
            | ItemKind::WreathLaying
            | ItemKind::Address
            | ItemKind::Press
            | ItemKind::SiteVisit
            | ItemKind::Cultural
            | ItemKind::Religious => Self::Presence,
        }
    }
}

/// A line of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line {
    /// Its visit.
    pub visit: VisitId,
    /// Its time, without any room's margins.
    pub during: Span,
    /// Which line.
    pub item: ItemId,
    /// What it is to the visitor's coming and going.
    pub part: LinePart,
    /// What it asks of those who take part.
    pub effort: Effort,
    /// The interpretation it needs, if it needs any.
    pub interpreting: Option<Interpreting>,
    /// Whether it is only wished for.
    pub wished: bool,
    /// The marking of its time.
    pub marking: Marking,
}

/// The dates of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Frame {
    /// The visit.
    pub visit: VisitId,
    /// From the first instant of its first day to the last of its last, on the clocks where it is.
    pub during: Span,
    /// The marking of its dates.
    pub marking: Marking,
}

/// A night on the clocks of a visitor's capital: 22:00 to 06:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Night {
    /// The visit.
    pub visit: VisitId,
    /// From when until when.
    pub during: Span,
    /// The marking of what one learns by knowing which capital it is.
    pub marking: Marking,
}

/// Whose calendar a day is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The office's country.
    Ours,
    /// The guest's country; of an outbound mission the country visited.
    Theirs,
}

/// A day on which one side of a visit does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DayOff {
    /// The visit.
    pub visit: VisitId,
    /// From midnight to midnight on the clocks where the visit is.
    pub during: Span,
    /// Which day.
    pub on: NaiveDate,
    /// Whose.
    pub side: Side,
    /// Why nobody works.
    pub kind: RestKind,
    /// The marking of what one learns by knowing which country it is.
    pub marking: Marking,
}

impl DayOff {
    /// The case of the rule: a weekend or rest day comes round each week, a holiday or national day is marked.
    pub const fn rule(&self) -> RuleId {
        match self.kind {
            RestKind::Weekend | RestKind::RestDay => RuleId::RestDay,
            RestKind::Holiday | RestKind::NationalDay => RuleId::Holiday,
        }
    }
}
