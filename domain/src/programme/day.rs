//! The day itself: when lines begin and end in truth, and how late a programme runs by that.

pub mod rest;
#[cfg(test)]
mod tests;

use super::{ItemState, ItemTime, kinds};
use crate::{
    ids::ItemId,
    marking::view::ItemView,
    problems::{FieldProblem, Problem, Problems},
    time::{
        Moment, WallTime, ZoneRules,
        agreed::{AgreedTime, settle},
        wall_at,
    },
};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

/// How long before its planned start a line may begin.
const EARLIEST: TimeDelta = TimeDelta::hours(24);

kinds! {
    /// What is taken down of a line on its day.
    Deed {
        /// That it began.
        Begin = "begin",
        /// That it ended.
        End = "end",
        /// That what was taken down last is not so.
        Undo = "undo",
    }
}

/// When a line began and ended in truth, as far as that was taken down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Actual {
    /// When it began.
    pub begun_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Actual {
    /// Whether anything was taken down.
    pub const fn is_taken(&self) -> bool {
        self.begun_at.is_some() || self.ended_at.is_some()
    }

    /// It once something more was taken down; none where the line would end before it began.
    pub fn after(self, deed: Deed, at: DateTime<Utc>) -> Option<Self> {
        let after = match deed {
            Deed::Begin => Self { begun_at: Some(at), ..self },
            Deed::End => Self { ended_at: Some(at), ..self },
            Deed::Undo if self.ended_at.is_some() => Self { ended_at: None, ..self },
            Deed::Undo => Self::default(),
        };
        let is_in_order = after.begun_at.zip(after.ended_at).is_none_or(|(begun, ended)| begun <= ended);
        is_in_order.then_some(after)
    }
}

/// What was said of a line on its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActualInput {
    /// What is taken down.
    pub deed: Deed,
    /// When it was so; now, if nothing is said.
    #[serde(default)]
    pub at: Option<AgreedTime>,
}

impl ActualInput {
    /// What is known of a line once this was taken down.
    ///
    /// # Errors
    /// When the time cannot be read, is still to come or much too early, or the line would end before it began.
    pub fn onto(&self, line: &ItemTime, now: DateTime<Utc>, rules: &dyn ZoneRules) -> Result<Actual, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let at = match &self.at {
            None => Some(now.with_nanosecond(0).unwrap_or(now)),
            Some(given) => problems.take("at", settle(rules, given)).map(|moment| moment.at()),
        };
        let Some(at) = at else { return Err(problems.into_vec()) };
        let is_too_early = at < line.starts().at() - EARLIEST;
        if self.deed != Deed::Undo && (at > now || is_too_early) {
            problems.add("at", Problem::NotYet);
        }
        let after = line.actual().after(self.deed, at);
        if after.is_none() {
            problems.add("at", Problem::EndsBeforeStart);
        }
        problems.finish(after)
    }
}

/// A moment so much later, or earlier: by time that passes, whatever the clocks do meanwhile.
pub fn moved_by(rules: &dyn ZoneRules, moment: &Moment, by: TimeDelta) -> Option<Moment> {
    wall_at(rules, &moment.zone, moment.at().checked_add_signed(by)?).ok()
}

/// Whether a line is of the day that it is now on its own clocks.
pub fn is_of_today(starts: &Moment, ends: &Moment, now: DateTime<Utc>) -> bool {
    let day_at = |moment: &Moment| WallTime::new((now + TimeDelta::seconds(i64::from(moment.offset.seconds()))).naive_utc()).date();
    let is_going_on = starts.at() <= now && now < ends.at();
    is_going_on || starts.local.date() == day_at(starts) || ends.local.date() == day_at(ends)
}

kinds! {
    /// By what a programme is known to be late or early.
    Because {
        /// By when a line began.
        Begun = "begun",
        /// By when a line ended.
        Ended = "ended",
        /// By a line that should have begun.
        NotBegun = "not_begun",
        /// By a line that should have ended.
        NotEnded = "not_ended",
    }
}

/// How late a programme runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lateness {
    /// Minutes late; early, if less than nothing.
    pub minutes: i64,
    /// By what that is known.
    pub because: Because,
    /// Of which line.
    pub item: ItemId,
}

/// A line as it was planned, and how it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The line.
    pub item: ItemId,
    /// When it was to start.
    pub starts: DateTime<Utc>,
    /// When it was to end.
    pub ends: DateTime<Utc>,
    /// How it went.
    pub actual: Actual,
    /// Whether it is waited for: a wish is not, nor what goes on without the guest.
    pub is_awaited: bool,
}

/// How late a programme runs, by the last line of which anything was taken down, and by the one after it if that is due. None while
/// nothing was taken down: then nobody knows.
pub fn lateness(runs: &[Run], now: DateTime<Utc>) -> Option<Lateness> {
    let mut runs = runs.to_vec();
    runs.sort_unstable_by_key(|run| (run.starts, run.ends, run.item));
    let place = runs.iter().rposition(|run| run.actual.is_taken())?;
    let last = runs.get(place)?;
    let late = |by: TimeDelta, because, item| Lateness { minutes: by.num_minutes(), because, item };
    let mut all = vec![match (last.actual.begun_at, last.actual.ended_at) {
        (_, Some(ended)) => late(ended - last.ends, Because::Ended, last.item),
        (Some(begun), None) => late(begun - last.starts, Because::Begun, last.item),
        (None, None) => return None,
    }];
    if last.actual.ended_at.is_none() && last.ends < now {
        all.push(late(now - last.ends, Because::NotEnded, last.item));
    }
    let next = runs.iter().skip(place + 1).find(|run| run.is_awaited && run.starts < now);
    all.extend(next.map(|run| late(now - run.starts, Because::NotBegun, run.item)));
    // Of those equally late the first: what was taken down.
    all.into_iter().rev().max_by_key(|late| late.minutes)
}

/// How late a programme runs today, by what its reader sees of it.
pub fn lateness_of(items: &[ItemView], now: DateTime<Utc>) -> Option<Lateness> {
    let runs = items.iter().filter(|item| !item.is_stand_in).filter_map(|item| {
        let (starts, ends) = (Moment::from(item.starts.clone()), Moment::from(item.ends.clone()));
        is_of_today(&starts, &ends, now).then(|| Run {
            item: item.id,
            starts: starts.at(),
            ends: ends.at(),
            actual: Actual { begun_at: item.begun_at, ended_at: item.ended_at },
            is_awaited: item.state != ItemState::Wished && item.kind.is_some_and(super::ItemKind::engages_the_guest),
        })
    });
    lateness(&runs.collect::<Vec<_>>(), now)
}
