//! The days of a series: a pattern on the calendar, without any zone.

use super::{LONGEST_SERIES_DAYS, MOST_OCCURRENCES, SeriesDay, Twice};
use crate::time::ZoneName;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which of the same weekdays of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// The first to the fourth, which every month has.
    From(u8),
    /// The last.
    Last,
}

/// On which days something comes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pattern {
    /// On some weekdays, every so many weeks.
    Weekly {
        /// Every so many weeks, counted from that of the first day.
        every: u32,
        /// Weekdays, 1 for Monday to 7 for Sunday.
        on: BTreeSet<u8>,
    },
    /// On a day of the month, every so many months. A month may lack it.
    MonthlyOn {
        /// Every so many months, counted from that of the first day.
        every: u32,
        /// The day of the month.
        day: u32,
    },
    /// On a weekday of the month, every so many months.
    MonthlyNth {
        /// Every so many months, counted from that of the first day.
        every: u32,
        /// Which of them.
        nth: Nth,
        /// The weekday.
        weekday: u8,
    },
    /// On chosen dates.
    Dates {
        /// The dates.
        days: BTreeSet<NaiveDate>,
    },
}

/// Where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// On this day at the latest.
    On(NaiveDate),
    /// After so many occurrences; one that is left out counts.
    Times(u32),
}

/// On which days a series is, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// On which days.
    pub pattern: Pattern,
    /// The day from which the pattern counts.
    pub first: NaiveDate,
    /// Where it ends.
    pub until: Until,
    /// Days that are left out.
    pub except: BTreeSet<SeriesDay>,
    /// The time of day at which each starts.
    pub starts: NaiveTime,
    /// How many minutes later on the wall each ends.
    pub minutes: i64,
    /// Whose wall.
    pub zone: ZoneName,
    /// Which of two is meant where the clocks show a time twice, once it was asked.
    pub twice: Option<Twice>,
}

/// What is wrong with a recurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceProblem {
    /// More occurrences than a series may have.
    #[error("it has more occurrences than may be; the last that may be is on {last}")]
    TooMany {
        /// The day of the last that may be.
        last: NaiveDate,
    },
    /// Fewer occurrences fit into the longest a series may be than were asked for.
    #[error("only {fit} occurrences fit into three years")]
    TooLong {
        /// How many do.
        fit: u32,
    },
    /// It ends before the first day, or later than a series may.
    #[error("it ends before {earliest} or after {latest}")]
    EndsElsewhere {
        /// The first day on which it may end.
        earliest: NaiveDate,
        /// The last.
        latest: NaiveDate,
    },
}

impl Recurrence {
    /// The days of its pattern, left out or not; never more than one beyond [`MOST_OCCURRENCES`], and within
    /// [`LONGEST_SERIES_DAYS`].
    pub fn pattern_days(&self) -> Vec<SeriesDay> {
        let (last, most) = match self.until {
            Until::On(last) => (last.min(self.latest()), MOST_OCCURRENCES + 1),
            Until::Times(times) => (self.latest(), times.min(MOST_OCCURRENCES + 1)),
        };
        let (first, last) = (SeriesDay::from(self.first), SeriesDay::from(last));
        let fits = move |day: &SeriesDay| (first..=last).contains(day);
        // A month's or week's days may lie before the first; beyond the last nothing follows.
        let within = |all: &mut dyn Iterator<Item = SeriesDay>| {
            all.take_while(|day| *day <= last).filter(fits).take(most as usize).collect::<Vec<_>>()
        };
        match &self.pattern {
            Pattern::Weekly { every, on } => within(&mut weeks(self.first, *every).flat_map(|monday| {
                on.iter().filter_map(move |weekday| monday.checked_add_days(Days::new(u64::from(*weekday) - 1)).map(SeriesDay::from))
            })),
            Pattern::MonthlyOn { every, day } => {
                within(&mut months(self.first, *every).map(|(year, month)| SeriesDay::new(year, month, *day)))
            }
            Pattern::MonthlyNth { every, nth, weekday } => within(
                &mut months(self.first, *every).filter_map(|(year, month)| nth_weekday(year, month, *nth, *weekday)).map(SeriesDay::from),
            ),
            Pattern::Dates { days } => within(&mut days.iter().copied().map(SeriesDay::from)),
        }
    }

    /// The days on which it is to be.
    pub fn days(&self) -> Vec<SeriesDay> {
        self.pattern_days().into_iter().filter(|day| !self.except.contains(day)).collect()
    }

    /// The last day on which it may end.
    pub fn latest(&self) -> NaiveDate {
        self.first.checked_add_days(Days::new(u64::from(LONGEST_SERIES_DAYS))).unwrap_or(NaiveDate::MAX)
    }

    /// Whether it is no longer than a series may be, and as long as was asked.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn check(&self) -> Result<(), RecurrenceProblem> {
        let latest = self.latest();
        if let Until::On(last) = self.until
            && !(self.first..=latest).contains(&last)
        {
            return Err(RecurrenceProblem::EndsElsewhere { earliest: self.first, latest });
        }
        let days = self.pattern_days();
        let most = MOST_OCCURRENCES as usize;
        match self.until {
            _ if days.len() > most => {
                let last = days.get(most - 1).and_then(|day| day.nearest_date()).unwrap_or(latest);
                Err(RecurrenceProblem::TooMany { last })
            }
            Until::Times(times) if days.len() < times as usize => {
                Err(RecurrenceProblem::TooLong { fit: u32::try_from(days.len()).unwrap_or(MOST_OCCURRENCES) })
            }
            Until::On(_) if days.is_empty() => {
                Err(RecurrenceProblem::EndsElsewhere { earliest: self.first_hit().unwrap_or(latest), latest })
            }
            Until::On(_) | Until::Times(_) => Ok(()),
        }
    }

    /// The first day of the pattern, wherever it ends.
    fn first_hit(&self) -> Option<NaiveDate> {
        Self { until: Until::Times(1), ..self.clone() }.pattern_days().first().and_then(|day| day.nearest_date())
    }

    /// What is before a day of the pattern, if anything is, and what is from it on. Together they have the same days.
    pub fn split(&self, at: SeriesDay) -> (Option<Self>, Self) {
        let all = self.pattern_days();
        let before = all.iter().take_while(|day| **day < at).count();
        let of = |except: &dyn Fn(&SeriesDay) -> bool| self.except.iter().copied().filter(|day| except(day)).collect();
        let times = |count: usize| Until::Times(u32::try_from(count).unwrap_or(MOST_OCCURRENCES));
        let tail = Self {
            first: at.date().or(at.first_of_month()).unwrap_or(self.first),
            until: match self.until {
                Until::On(last) => Until::On(last),
                Until::Times(_) => times(all.len() - before),
            },
            except: of(&|day| *day >= at),
            ..self.clone()
        };
        let head = (before > 0).then(|| Self { until: times(before), except: of(&|day| *day < at), ..self.clone() });
        (head, tail)
    }
}

/// The Mondays of every so many weeks, from the first day's on.
fn weeks(first: NaiveDate, every: u32) -> impl Iterator<Item = NaiveDate> {
    let monday = first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())));
    let step = Days::new(7 * u64::from(every.max(1)));
    std::iter::successors(monday, move |monday| monday.checked_add_days(step))
}

/// Every so many months, from the first day's on.
fn months(first: NaiveDate, every: u32) -> impl Iterator<Item = (i32, u32)> {
    let start = i64::from(first.year()) * 12 + i64::from(first.month0());
    let last = i64::from(first.year() + 4) * 12;
    let numbers = std::iter::successors(Some(start), move |month| Some(month + i64::from(every.max(1))));
    numbers.take_while(move |month| *month <= last).filter_map(|month| {
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        Some((year, u32::try_from(month.rem_euclid(12)).ok()? + 1))
    })
}

fn nth_weekday(year: i32, month: u32, nth: Nth, weekday: u8) -> Option<NaiveDate> {
    let is_it = |date: &NaiveDate| date.weekday().number_from_monday() == u32::from(weekday);
    let mut days = (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day)).filter(is_it);
    match nth {
        Nth::From(number) => days.nth(usize::from(number.max(1)) - 1),
        Nth::Last => days.next_back(),
    }
}
