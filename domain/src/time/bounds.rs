//! How far a date may lie from our days: where one is read that nobody typed by hand, it is read here.
//!
//! Zones have rules for these years alone, and beyond four figures a date as text does not sort as a date any more.

use crate::problems::Problem;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::ops::RangeInclusive;

/// The years that a date or an instant may be in.
const YEARS: RangeInclusive<i32> = 1970..=2100;

/// The years of which a day may be shown: the week or month of the first and last day that may be said laps over.
const SHOWN: RangeInclusive<i32> = 1969..=2101;

/// Why a text is no day or instant that may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BoundsProblem {
    /// Nothing was said.
    #[error("no date was given")]
    Empty,
    /// It is not written as ISO 8601-1 or RFC 3339 write it.
    #[error("not a date that can be read")]
    Unreadable,
    /// It lies too far from our days.
    #[error("the year is not between 1970 and 2100")]
    OutOfBounds,
}

impl From<BoundsProblem> for Problem {
    fn from(problem: BoundsProblem) -> Self {
        match problem {
            BoundsProblem::Empty => Self::Missing,
            BoundsProblem::Unreadable => Self::NotATime,
            BoundsProblem::OutOfBounds => out_of_bounds(),
        }
    }
}

/// What is said of a date that lies too far away: between which days it may be.
pub fn out_of_bounds() -> Problem {
    let day = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Problem::DateOutOfBounds { earliest: day(*YEARS.start(), 1, 1), latest: day(*YEARS.end(), 12, 31) }
}

/// The day itself, if it may be said.
///
/// # Errors
/// When it lies too far away.
pub fn within(day: NaiveDate) -> Result<NaiveDate, BoundsProblem> {
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(BoundsProblem::OutOfBounds) }
}

/// Whether a day may be shown: those that may be said, and a little beyond.
pub fn is_shown(day: NaiveDate) -> bool {
    SHOWN.contains(&day.year())
}

/// Reads a day as `2027-03-14`.
///
/// # Errors
/// When it is none, or lies too far away.
pub fn read_day(text: &str) -> Result<NaiveDate, BoundsProblem> {
    match text.trim() {
        "" => Err(BoundsProblem::Empty),
        text => within(text.parse().map_err(|_| BoundsProblem::Unreadable)?),
    }
}

/// Reads an instant as RFC 3339 writes it.
///
/// # Errors
/// When it is none, or lies too far away.
pub fn read_instant(text: &str) -> Result<DateTime<Utc>, BoundsProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BoundsProblem::Empty);
    }
    let at = DateTime::parse_from_rfc3339(text).map_err(|_| BoundsProblem::Unreadable)?.with_timezone(&Utc);
    within(at.date_naive()).map(|_| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::Day,
        calendar::CalendarSpan,
        time::{
            Offset, Span, WallTime, ZoneName,
            agreed::{AgreedTime, TimeProblem, settle},
            day_starts,
            fixed::{
                OffsetChanges, ZoneTable,
                tests::{at, offset, zone},
            },
        },
    };
    use chrono::{Days, NaiveDateTime, NaiveTime};
    use proptest::prelude::*;

    /// Any day that there can be at all, and often one at an edge.
    fn any_day() -> impl Strategy<Value = NaiveDate> {
        let (first, last) = (NaiveDate::MIN.num_days_from_ce(), NaiveDate::MAX.num_days_from_ce());
        let edges = [NaiveDate::MIN, NaiveDate::MAX].into_iter().chain(
            [-1, 0, 1, 1969, 1970, 2100, 2101, 9_999, 10_000]
                .into_iter()
                .flat_map(|year| [NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)].into_iter().flatten()),
        );
        let edges: Vec<NaiveDate> = edges.collect();
        prop_oneof![
            3 => (first..=last).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap()),
            1 => proptest::sample::select(edges),
            1 => (0..47_000_u64).prop_map(|days| NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Days::new(days)),
        ]
    }

    /// Zones that are known for as long as there are days.
    fn rules() -> ZoneTable {
        let zones = [("America/Los_Angeles", "-08:00"), ("Pacific/Kiritimati", "+14:00")];
        let always = Span::new(NaiveDateTime::MIN.and_utc(), NaiveDateTime::MAX.and_utc()).unwrap();
        ZoneTable::new("2026f", always, zones.map(|(name, at)| (zone(name), OffsetChanges::always(offset(at)))))
    }

    fn any_zone() -> impl Strategy<Value = ZoneName> {
        proptest::sample::select(vec!["America/Los_Angeles", "Pacific/Kiritimati", "Europe/Atlantis"]).prop_map(zone)
    }

    proptest! {
        #[test]
        fn no_day_there_can_be_makes_a_time_or_a_board_stumble(
            day in any_day(), minute in 0..1_440_u32, zone in any_zone(), given in proptest::option::of(-93_599..=93_599_i32)
        ) {
            let rules = rules();
            let clock = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
            let local = WallTime::new(day.and_time(clock));
            let given = given.and_then(Offset::from_seconds);
            let settled = settle(&rules, &AgreedTime { local, zone: zone.clone(), offset: given });
            if within(day).is_err() {
                prop_assert_eq!(settled, Err(TimeProblem::OutOfBounds));
            } else {
                prop_assert_ne!(settled, Err(TimeProblem::OutOfBounds));
            }
            let board = Day::of(&rules, &zone, day);
            prop_assert!(board.is_none() || is_shown(day));
            if let Some(board) = board {
                prop_assert_eq!(board.ruler().len(), board.minutes().div_ceil(60) as usize);
            }
            for span in CalendarSpan::ALL {
                span.around(day).span(&rules, &zone);
                let _ = (span.before(day), span.after(day));
            }
            day_starts(&rules, &zone, day);
            local.at_offset(given.unwrap_or(Offset::UTC));
        }

        #[test]
        fn what_is_read_is_within_its_bounds(day in any_day()) {
            prop_assert_eq!(read_day(&day.to_string()), within(day));
            let midnight = format!("{day}T00:00:00Z");
            prop_assert_eq!(read_instant(&midnight).ok(), within(day).ok().map(|day| day.and_time(NaiveTime::MIN).and_utc()));
        }
    }

    #[test]
    fn the_first_and_the_last_day_are_said_and_shown_with_their_weeks() {
        for text in ["1970-01-01", "2100-12-31"] {
            let day = read_day(text).unwrap();
            let shown = CalendarSpan::Month.around(day);
            assert!(shown.each().all(is_shown), "{text}");
        }
        assert_eq!(Problem::from(read_day("+10000-01-01").unwrap_err()), out_of_bounds());
        assert_eq!(read_day(" "), Err(BoundsProblem::Empty));
        assert_eq!(read_day("2027-02-30"), Err(BoundsProblem::Unreadable));
        assert_eq!(read_instant("2100-12-31T23:59:00-08:00"), Err(BoundsProblem::OutOfBounds));
        assert_eq!(read_instant("2027-03-14T10:00:00+01:00"), Ok(at("2027-03-14T09:00:00Z")));
    }

    #[test]
    fn a_wall_time_at_the_end_of_the_calendar_is_the_last_instant_there_is() {
        let last = WallTime::new(NaiveDate::MAX.and_time(NaiveTime::MIN));
        let first = WallTime::new(NaiveDate::MIN.and_time(NaiveTime::MIN));
        assert!(Span::new(first.at_offset(offset("+14:00")), last.at_offset(offset("-12:00"))).is_some());
    }
}
