//! Rule 8: a wall time that does not exist, or exists twice while nobody has said which is meant.
//!
//! What a zone makes of a wall time is decided by its rules before a line has instants; here the finding is carried, also
//! for kept lines whose time a newer tz database has made none or two.

use super::{Clash, Detail, Party, RuleId, Rules, Source};
use crate::{
    marking::Marking,
    time::{Offset, Resolution, WallTime},
};

/// An end of a line or booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// Its start.
    Starts,
    /// Its end.
    Ends,
}

/// What is wrong with a wall time in its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeProblem {
    /// It does not exist: the clocks go forward over it.
    Skipped {
        /// The last minute that exists before the gap.
        before: WallTime,
        /// The first minute that exists after the gap.
        after: WallTime,
    },
    /// It exists twice: the clocks go back over it.
    Twice {
        /// The offset of the earlier instant.
        first: Offset,
        /// The offset of the later instant.
        second: Offset,
    },
}

impl TimeProblem {
    /// What is wrong with a wall time that its zone's rules resolved so; nothing if it exists once.
    pub const fn of(resolution: Resolution) -> Option<Self> {
        match resolution {
            Resolution::Unique(_) => None,
            Resolution::Ambiguous { first, second } => Some(Self::Twice { first, second }),
            Resolution::Skipped { before, after } => Some(Self::Skipped { before, after }),
        }
    }

    /// The case of the rule.
    pub const fn rule(self) -> RuleId {
        match self {
            Self::Skipped { .. } => RuleId::TimeSkipped,
            Self::Twice { .. } => RuleId::TimeTwice,
        }
    }
}

/// A line or booking whose wall time is no instant, or not yet one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeDoubt {
    /// The line or booking.
    pub source: Source,
    /// Which end of it.
    pub edge: Edge,
    /// What is wrong.
    pub problem: TimeProblem,
    /// The marking of its time.
    pub marking: Marking,
}

/// A clash for each doubt.
pub(super) fn all(doubts: &[TimeDoubt], rules: &Rules, found: &mut Vec<Clash>) {
    found.extend(doubts.iter().map(|doubt| Clash {
        rule: doubt.problem.rule(),
        first: Party { source: doubt.source, during: None },
        second: None,
        resource: None,
        shared: None,
        level: rules.level(doubt.problem.rule()),
        until: None,
        detail: Detail::WallTime { edge: doubt.edge, problem: doubt.problem },
        marking: doubt.marking,
    }));
}
