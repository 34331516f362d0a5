//! What the clocks make of the days of a series, and whether its occurrences lie over one another.

use super::{Recurrence, SeriesDay};
use crate::time::{
    Moment, Offset, Resolution, Span, UnknownZone, WallTime, ZoneRules,
    agreed::{AgreedTime, TimeProblem, settle},
    wall_at,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of two is meant where the clocks show a time twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Twice {
    /// The earlier.
    First,
    /// The later.
    Second,
}

/// What became of an occurrence's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is then.
    At {
        /// From.
        starts: Moment,
        /// Until.
        ends: Moment,
    },
    /// The clocks go forward over its start or its end.
    Skipped {
        /// Whether over its start; else over its end alone.
        at_start: bool,
        /// When it could start instead: as agreed, or the first minute after the gap.
        starts: WallTime,
        /// When it would end then, as long as it is.
        ends: WallTime,
    },
    /// The clocks show its start or its end twice, and it was not said which is meant.
    Twice {
        /// The offset of the earlier.
        first: Offset,
        /// The offset of the later.
        second: Offset,
    },
    /// Its month lacks the day.
    NoSuchDay,
}

impl Recurrence {
    /// From when until when on the wall something is that starts on a day.
    pub fn wall_on(&self, day: NaiveDate) -> Option<(WallTime, WallTime)> {
        let starts = WallTime::new(day.and_time(self.starts));
        Some((starts, starts.plus_minutes(self.minutes)?))
    }

    /// What the clocks make of a day.
    ///
    /// # Errors
    /// When the zone is unknown.
    pub fn settle(&self, day: SeriesDay, rules: &dyn ZoneRules) -> Result<Settled, UnknownZone> {
        let Some((from, until)) = day.date().and_then(|date| self.wall_on(date)) else { return Ok(Settled::NoSuchDay) };
        let (starts, ends) = (self.resolve(from, rules)?, self.resolve(until, rules)?);
        Ok(match (starts, ends) {
            (Ok(starts), Ok(ends)) => Settled::At { starts, ends },
            (Err(TimeProblem::Skipped { after, .. }), _) => {
                let ends = after.plus_minutes(self.minutes).unwrap_or(until);
                Settled::Skipped { at_start: true, starts: after, ends }
            }
            (Ok(starts), Err(TimeProblem::Skipped { .. })) => {
                let ends = wall_at(rules, &self.zone, starts.at() + TimeDelta::minutes(self.minutes))?;
                Settled::Skipped { at_start: false, starts: from, ends: ends.local }
            }
            (Err(TimeProblem::Ambiguous { first, second }), _) | (_, Err(TimeProblem::Ambiguous { first, second })) => {
                Settled::Twice { first, second }
            }
            (Err(_), _) | (_, Err(_)) => return Err(UnknownZone(self.zone.clone())),
        })
    }

    /// The moment of a wall time, by what was said of times that come twice.
    fn resolve(&self, local: WallTime, rules: &dyn ZoneRules) -> Result<Result<Moment, TimeProblem>, UnknownZone> {
        let offset = match (rules.resolve(&self.zone, local)?, self.twice) {
            (Resolution::Ambiguous { first, .. }, Some(Twice::First)) => Some(first),
            (Resolution::Ambiguous { second, .. }, Some(Twice::Second)) => Some(second),
            _ => None,
        };
        Ok(settle(rules, &AgreedTime { local, zone: self.zone.clone(), offset }))
    }
}

/// Which of these lie over one that stands before them, and over which: one that does is left out of what the next are compared
/// with. None of those that are left lie over one another.
pub fn lie_over(spans: &[Span]) -> Vec<Option<usize>> {
    // None of what is in here overlaps, so that only its neighbours can be in a span's way.
    let mut kept: BTreeMap<DateTime<Utc>, (DateTime<Utc>, usize)> = BTreeMap::new();
    let mut found = Vec::with_capacity(spans.len());
    for (index, span) in spans.iter().enumerate() {
        let before = kept.range(..span.ends()).next_back().filter(|(_, (ends, _))| *ends > span.starts());
        let over = before.map(|(_, (_, other))| *other);
        if over.is_none() {
            kept.insert(span.starts(), (span.ends(), index));
        }
        found.push(over);
    }
    found
}
