//! The stretch of time that a feed shows. Its edges move on the first of a month, so that bytes do not change from day to day.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use domain::time::{Span, ZoneName, ZoneRules, day_starts};

/// How far back a feed shows at least.
const DAYS_BACK: TimeDelta = TimeDelta::days(90);

/// How far ahead a feed shows at least: two years, whatever day of the month it is.
const MONTHS_AHEAD: Months = Months::new(25);

/// The window on a day, on the office's clocks; none beyond the years that a calendar knows.
pub(super) fn window(rules: &dyn ZoneRules, zone: &ZoneName, today: NaiveDate) -> Option<Span> {
    let first = today.with_day(1)?;
    let from = day_starts(rules, zone, first.checked_sub_signed(DAYS_BACK)?)?;
    let until = day_starts(rules, zone, first.checked_add_months(MONTHS_AHEAD)?)?;
    Span::new(from, until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::{ZoneOptions, Zones};

    fn on(day: &str) -> Span {
        let rules = Zones::newest(&ZoneOptions::default()).unwrap();
        window(&rules, &ZoneName::parse("America/Los_Angeles").unwrap(), day.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_edges_move_on_the_first_of_the_month() {
        assert_eq!(on("2027-03-01"), on("2027-03-31"));
        assert_ne!(on("2027-03-31"), on("2027-04-01"));
        assert_eq!(on("2027-03-09").starts().to_rfc3339(), "2026-12-01T08:00:00+00:00");
        assert_eq!(on("2027-03-09").ends().to_rfc3339(), "2029-04-01T07:00:00+00:00");
    }
}
