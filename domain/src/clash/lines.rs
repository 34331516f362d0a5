//! Lines of programmes and the visits that frame them, as far as the rules ask.

use crate::{
    ids::{ItemId, VisitId},
    marking::Marking,
    time::Span,
};

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
