//! Series: a booking that comes again, on days that follow a pattern, always at the same time on the same clocks.
//!
//! Each occurrence is a booking of its own. What is here says on which days they are, and what becomes of those days.

pub mod input;
mod pattern;
mod settled;
#[cfg(test)]
mod tests;
pub mod view;

pub use pattern::{Nth, Pattern, Recurrence, RecurrenceProblem, Until};
pub use settled::{Settled, Twice, lie_over};

use super::Booking;
use crate::ids::SeriesId;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The most occurrences a series has.
pub const MOST_OCCURRENCES: u32 = 400;

/// The most days from a series' first day to its last: three years.
pub const LONGEST_SERIES_DAYS: u32 = 3 * 366;

/// The day for which an occurrence was made; it never changes, wherever the occurrence goes. It may be one that its month lacks,
/// such as 31 April: the occurrence then is nowhere, until it is given another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "2027-03-17"))]
#[serde(try_from = "String", into = "String")]
pub struct SeriesDay((i32, u32, u32));

/// The text was not `YYYY-MM-DD` with a day from 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the form YYYY-MM-DD")]
pub struct NotASeriesDay;

impl SeriesDay {
    /// A day of a month, which the month may lack.
    pub(super) const fn new(year: i32, month: u32, day: u32) -> Self {
        Self((year, month, day))
    }

    /// The date, if its month has it.
    pub fn date(self) -> Option<NaiveDate> {
        let (year, month, day) = self.0;
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// The date, or the last that its month has.
    pub fn nearest_date(self) -> Option<NaiveDate> {
        let (year, month, day) = self.0;
        (day.min(28)..=day).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
    }

    /// The first day of its month.
    pub fn first_of_month(self) -> Option<NaiveDate> {
        let (year, month, _) = self.0;
        NaiveDate::from_ymd_opt(year, month, 1)
    }

    /// Which day of its month it would be.
    pub const fn day_of_month(self) -> u32 {
        self.0.2
    }
}

impl From<NaiveDate> for SeriesDay {
    fn from(date: NaiveDate) -> Self {
        Self((date.year(), date.month(), date.day()))
    }
}

impl fmt::Display for SeriesDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0;
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for SeriesDay {
    type Err = NotASeriesDay;

    fn from_str(text: &str) -> Result<Self, NotASeriesDay> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let [year, month, day] = parts.as_slice() else { return Err(NotASeriesDay) };
        let number = |text: &str, digits: usize| {
            let right = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            if right { text.parse::<u32>().map_err(|_| NotASeriesDay) } else { Err(NotASeriesDay) }
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(NotASeriesDay);
        }
        Ok(Self((i32::try_from(year).map_err(|_| NotASeriesDay)?, month, day)))
    }
}

impl TryFrom<String> for SeriesDay {
    type Error = NotASeriesDay;
    fn try_from(text: String) -> Result<Self, NotASeriesDay> {
        text.parse()
    }
}

impl From<SeriesDay> for String {
    fn from(day: SeriesDay) -> Self {
        day.to_string()
    }
}

/// What joins a booking to its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InSeries {
    /// The series.
    pub series: SeriesId,
    /// The day for which the booking was made.
    pub on: SeriesDay,
    /// Whether it was changed by itself, or put elsewhere from the first: what is changed of the series leaves it alone.
    pub is_detached: bool,
}

/// How many occurrences of a series one change or cancellation reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// One.
    This,
    /// One and all that follow.
    Following,
    /// All that have not begun; what is past stays.
    All,
}

/// A series of bookings.
#[derive(Debug, Clone)]
pub struct Series {
    /// Identifier.
    pub id: SeriesId,
    /// Revision, from 1.
    pub revision: i64,
    /// On which days it is, and when.
    pub recurrence: Recurrence,
    /// What each occurrence is, its time apart. It is no booking itself, and bears the time of the first that could be settled.
    pub model: Booking,
}
