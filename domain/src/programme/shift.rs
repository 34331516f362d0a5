//! Lines that are moved or copied together: which, by how much, and where each of them then is.
//!
//! What was agreed is a wall time in a zone, and that is what moves: each end of a line on its own clocks.

#[cfg(test)]
mod tests;

use super::{ItemTime, LONGEST_LINE_HOURS, kinds};
use crate::{
    ids::ItemId,
    problems::{FieldProblem, Problem, Problems},
    time::{
        Moment, Resolution, WallTime, ZoneRules,
        agreed::{AgreedSpan, AgreedTime, settle_span},
        bounds::read_day,
        typed::{NotUnderstood, YEARS},
    },
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most days by which lines are moved or copied, either way.
pub const MOST_DAYS: i64 = 3_660;

const MINUTES_OF_DAY: i64 = 24 * 60;

kinds! {
    /// What is done with lines that were chosen.
    Shifting {
        /// They go there.
        Move = "move",
        /// They stay, and as many wishes like them are put there.
        Copy = "copy",
    }
}

kinds! {
    /// Which of two equal wall times is meant where the clocks go back over one.
    Twice {
        /// The earlier.
        First = "first",
        /// The later.
        Second = "second",
    }
}

/// What was said of lines that are to be moved or copied together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ShiftInput {
    /// The lines; none where a day is given.
    pub item_ids: Vec<String>,
    /// All lines that start on this day, instead.
    pub day: Option<String>,
    /// By how many minutes on their clocks; earlier, if less than nothing. This, days, or a day to go to.
    pub minutes: Option<i64>,
    /// By how many days.
    pub days: Option<i64>,
    /// The day to which the first of them goes; the others keep their distance from it.
    pub to_day: Option<String>,
    /// Which of two equal times is meant where one comes twice: `first` or `second`.
    pub twice: Option<String>,
    /// Why a clash is overridden.
    pub reason: Option<String>,
    /// The version of what was looked at.
    pub seen: Option<String>,
}

/// Which lines are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    Lines(BTreeSet<ItemId>),
    /// Those that start on this day.
    Day(NaiveDate),
}

impl Chosen {
    /// Whether a line is among them.
    pub fn has(&self, item: ItemId, starts_on: NaiveDate) -> bool {
        match self {
            Self::Lines(lines) => lines.contains(&item),
            Self::Day(day) => *day == starts_on,
        }
    }
}

/// How far lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// So many minutes on the clocks of each; earlier, if less than nothing.
    Minutes(i64),
    /// So that the first of them starts on this day.
    To(NaiveDate),
}

impl By {
    /// By how many minutes on the clocks, if the first line that goes starts on this day.
    pub fn minutes(self, first: NaiveDate) -> i64 {
        match self {
            Self::Minutes(minutes) => minutes,
            Self::To(day) => (day - first).num_days() * MINUTES_OF_DAY,
        }
    }
}

/// What was said of lines that are to be moved or copied together, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Which lines.
    pub chosen: Chosen,
    /// How far.
    pub by: By,
    /// Which of two equal times is meant.
    pub twice: Option<Twice>,
}

/// A day as the API and our own forms write it.
fn day(text: &str) -> Result<NaiveDate, Problem> {
    Ok(read_day(text)?)
}

impl ShiftInput {
    /// Which lines are meant, and how far they go.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn read(&self) -> Result<Shift, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let chosen = self.chosen(&mut problems);
        let by = self.by(&mut problems);
        let twice = match self.twice.as_deref().map(str::trim).filter(|word| !word.is_empty()) {
            None => None,
            Some(word) => problems.take("twice", Twice::from_word(word).ok_or(Problem::Unknown)),
        };
        let shift = chosen.zip(by).map(|(chosen, by)| Shift { chosen, by, twice });
        problems.finish(shift)
    }

    fn chosen(&self, problems: &mut Problems) -> Option<Chosen> {
        if let Some(text) = self.day.as_deref().filter(|text| !text.trim().is_empty()) {
            if !self.item_ids.is_empty() {
                problems.add("item_ids", Problem::Form);
            }
            return problems.take("day", day(text)).map(Chosen::Day);
        }
        if self.item_ids.is_empty() {
            problems.add("item_ids", Problem::Missing);
            return None;
        }
        let lines: Option<BTreeSet<ItemId>> = self.item_ids.iter().map(|text| text.trim().parse().ok()).collect();
        problems.take("item_ids", lines.ok_or(Problem::Unknown)).map(Chosen::Lines)
    }

    /// How far: said in exactly one of three ways.
    fn by(&self, problems: &mut Problems) -> Option<By> {
        let to_day = self.to_day.as_deref().filter(|text| !text.trim().is_empty());
        let bounded = |problems: &mut Problems, field: &str, count: i64, most: i64| {
            if count == 0 || !(-most..=most).contains(&count) {
                problems.add(field, Problem::OutOfBounds { least: -most, most });
                return None;
            }
            Some(count)
        };
        match (self.minutes, self.days, to_day) {
            (Some(minutes), None, None) => bounded(problems, "minutes", minutes, MOST_DAYS * MINUTES_OF_DAY).map(By::Minutes),
            (None, Some(days), None) => bounded(problems, "days", days, MOST_DAYS).map(|days| By::Minutes(days * MINUTES_OF_DAY)),
            (None, None, Some(text)) => problems.take("to_day", day(text)).map(By::To),
            (None, None, None) => {
                problems.add("minutes", Problem::Missing);
                None
            }
            _ => {
                problems.add("to_day", Problem::Form);
                None
            }
        }
    }
}

/// One end of a line, so many minutes further on its own clock.
fn end(from: &Moment, minutes: i64, twice: Option<Twice>, rules: &dyn ZoneRules) -> Result<AgreedTime, Problem> {
    let beyond = Problem::NotUnderstood { reason: NotUnderstood::YearOutOfBounds };
    let local: WallTime = from.local.plus_minutes(minutes).filter(|local| YEARS.contains(&local.date().year())).ok_or(beyond)?;
    // Where a time comes twice it is said once for all lines; where it does not, nothing is said of it.
    let offset = match (rules.resolve(&from.zone, local), twice) {
        (Ok(Resolution::Ambiguous { first, .. }), Some(Twice::First)) => Some(first),
        (Ok(Resolution::Ambiguous { second, .. }), Some(Twice::Second)) => Some(second),
        _ => None,
    };
    Ok(AgreedTime { local, zone: from.zone.clone(), offset })
}

/// The time of a line whose both ends go so many minutes further on their own clocks.
///
/// # Errors
/// By `starts` and `ends`: when a wall time does not exist there, or exists twice and nobody said which; when the line would end
/// before it starts, or last too long, because the clocks change in between.
pub fn shifted(time: &ItemTime, minutes: i64, twice: Option<Twice>, rules: &dyn ZoneRules) -> Result<ItemTime, Vec<FieldProblem>> {
    let mut problems = Problems::new();
    let starts = problems.take("starts", end(time.starts(), minutes, twice, rules));
    let ends = problems.take("ends", end(time.ends(), minutes, twice, rules));
    let span = problems.finish(starts.zip(ends).map(|(starts, ends)| AgreedSpan { starts, ends }))?;
    let (starts, ends) = settle_span(rules, &span, LONGEST_LINE_HOURS)?;
    let before_it_starts = || vec![FieldProblem { field: "ends".to_owned(), problem: Problem::EndsBeforeStart }];
    ItemTime::new(starts, ends).ok_or_else(before_it_starts)
}
