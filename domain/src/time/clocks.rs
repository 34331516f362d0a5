//! The two clocks of a programme, what is worth noting about them, and how times are written in figures.

use super::{Moment, Span, UnknownZone, WallTime, ZoneName, ZoneRules, agreed::MomentView, wall_at};
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// How long before a line a change of the difference is still worth a note: people remember the old one.
const FRESH: TimeDelta = TimeDelta::days(14);

/// The longest that a difference may last to count as passing, because only one side has changed its clocks: North America and
/// Chile change up to eight weeks apart, and the shortest summer time lasts four months.
const PASSING: TimeDelta = TimeDelta::days(63);

/// How much later one zone's clocks are than another's, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Difference(i32);

impl Difference {
    /// What to add to the time in zone `here`, at an instant, to have the time in zone `there`.
    ///
    /// # Errors
    /// When a zone is unknown.
    pub fn between(rules: &dyn ZoneRules, here: &ZoneName, there: &ZoneName, at: DateTime<Utc>) -> Result<Self, UnknownZone> {
        Ok(Self(rules.offset_at(there, at)?.seconds() - rules.offset_at(here, at)?.seconds()))
    }

    /// Seconds by which the other clock is ahead.
    pub const fn seconds(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Difference {
    /// `+14 h`, `+5:30 h`, `−9 h`, `0 h`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => "",
            ..0 => "\u{2212}",
            _ => "+",
        };
        let minutes = self.0.unsigned_abs() / 60;
        match minutes % 60 {
            0 => write!(out, "{sign}{} h", minutes / 60),
            rest => write!(out, "{sign}{}:{rest:02} h", minutes / 60),
        }
    }
}

/// The time in the visitor's capital beside a local time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapitalTime {
    /// What the clocks of the capital show.
    pub moment: MomentView,
    /// How many days later the date is there: −1, 0 or +1, and at most 2 either way across the date line.
    pub day_marker: i8,
    /// How much later the clocks are there.
    pub difference: Difference,
}

/// What the clocks of the capital show at an instant, and how that differs from the local zone's.
///
/// # Errors
/// When a zone is unknown.
pub fn capital_time(rules: &dyn ZoneRules, at: DateTime<Utc>, local: &ZoneName, capital: &ZoneName) -> Result<CapitalTime, UnknownZone> {
    let (here, there) = (wall_at(rules, local, at)?, wall_at(rules, capital, at)?);
    let days = (there.local.date() - here.local.date()).num_days();
    Ok(CapitalTime {
        day_marker: i8::try_from(days).unwrap_or_default(),
        difference: Difference(there.offset.seconds() - here.offset.seconds()),
        moment: there.into(),
    })
}

/// Another difference than the one at the line, and the date on which the clocks change, in the local zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shift {
    /// The difference on the other side of the change.
    pub difference: Difference,
    /// The local date of the change.
    pub on: NaiveDate,
}

/// A warning that the difference between two zones is not what somebody may have in mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShiftNote {
    /// The difference at the line.
    pub now: Difference,
    /// The difference before, until its date.
    pub was: Option<Shift>,
    /// The difference after, from its date.
    pub will_be: Option<Shift>,
    /// Whether this difference holds for some weeks only, because one side has changed its clocks and the other has not yet.
    pub passing: bool,
}

/// Whether a line needs a note on the difference between the local zone and the capital's: it changed in the fortnight before,
/// will change before the visit ends, or holds for some weeks only.
///
/// # Errors
/// When a zone is unknown.
pub fn shift_note(
    rules: &dyn ZoneRules,
    local: &ZoneName,
    capital: &ZoneName,
    at: DateTime<Utc>,
    visit_ends: DateTime<Utc>,
) -> Result<Option<ShiftNote>, UnknownZone> {
    let until = visit_ends.max(at + PASSING) + TimeDelta::seconds(1);
    let Some(window) = Span::new(at - PASSING, until) else { return Ok(None) };
    let (mut last, mut next) = (None, None);
    let changes: BTreeSet<_> =
        rules.transitions(local, window)?.into_iter().chain(rules.transitions(capital, window)?).map(|change| change.at).collect();
    let now = Difference::between(rules, local, capital, at)?;
    for change in changes {
        let before = Difference::between(rules, local, capital, change - TimeDelta::seconds(1))?;
        let after = Difference::between(rules, local, capital, change)?;
        // Two zones that change together keep their difference.
        if before == after {
            continue;
        }
        if change <= at {
            last = Some((change, before));
        } else if next.is_none() {
            next = Some((change, after));
        }
    }
    let passing = matches!((last, next), (Some((since, _)), Some((until, _))) if until - since <= PASSING);
    let on = |(change, difference): (DateTime<Utc>, Difference)| {
        wall_at(rules, local, change).map(|moment| Shift { difference, on: moment.local.date() })
    };
    let was = last.filter(|(change, _)| passing || at - *change <= FRESH).map(on).transpose()?;
    let will_be = next.filter(|(change, _)| passing || *change < visit_ends).map(on).transpose()?;
    Ok((was.is_some() || will_be.is_some()).then_some(ShiftNote { now, was, will_be, passing }))
}

/// The time of day as `09:15` (ISO 8601-1, 5.3.1.3).
pub fn hours_minutes(local: WallTime) -> String {
    local.naive().format("%H:%M").to_string()
}

/// A moment with its offset, as `2026-03-14T09:15:00-07:00` (RFC 3339).
///
/// RFC 3339 has no seconds in an offset: a moment of a local mean time before 1972 is written in UTC.
pub fn rfc3339(moment: &Moment) -> String {
    if moment.offset.seconds() % 60 == 0 {
        format!("{}:00{}", moment.local, moment.offset)
    } else {
        moment.at().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::fixed::tests::{at, offset, table, wall, zone};
    use rstest::rstest;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours(hours: i32) -> Difference {
        Difference(hours * 3600)
    }

    fn note(capital: &str, line: &str, visit_ends: &str) -> Option<ShiftNote> {
        shift_note(&table(), &zone("America/Los_Angeles"), &zone(capital), at(line), at(visit_ends)).unwrap()
    }

    #[test]
    fn nine_in_los_angeles_is_the_next_day_in_ho_chi_minh_city_in_winter_and_the_same_day_in_summer() {
        let (here, there) = (zone("America/Los_Angeles"), zone("Asia/Ho_Chi_Minh"));
        let winter = capital_time(&table(), at("2026-01-15T17:00:00Z"), &here, &there).unwrap();
        assert_eq!((winter.moment.local, winter.day_marker, winter.difference), (wall("2026-01-16T00:00"), 1, hours(15)));
        let summer = capital_time(&table(), at("2026-07-15T16:00:00Z"), &here, &there).unwrap();
        assert_eq!((summer.moment.local, summer.day_marker, summer.difference), (wall("2026-07-15T23:00"), 0, hours(14)));
    }

    #[test]
    fn the_day_marker_counts_back_and_over_the_date_line() {
        let back = capital_time(&table(), at("2026-01-15T05:00:00Z"), &zone("Europe/Paris"), &zone("America/Los_Angeles")).unwrap();
        assert_eq!(back.day_marker, -1);
        let far = capital_time(&table(), at("2026-01-15T10:30:00Z"), &zone("Pacific/Pago_Pago"), &zone("Pacific/Kiritimati")).unwrap();
        assert_eq!((far.day_marker, far.moment.local), (2, wall("2026-01-16T00:30")));
    }

    #[test]
    fn the_difference_that_was_fifteen_hours_until_14_march_is_noted_for_a_fortnight() {
        let was = Some(Shift { difference: hours(15), on: date("2027-03-14") });
        let expected = Some(ShiftNote { now: hours(14), was, will_be: None, passing: false });
        assert_eq!(note("Asia/Ho_Chi_Minh", "2027-03-14T16:00:00Z", "2027-03-20T00:00:00Z"), expected);
        assert_eq!(note("Asia/Ho_Chi_Minh", "2027-03-28T10:00:00Z", "2027-03-29T00:00:00Z"), expected);
        assert_eq!(note("Asia/Ho_Chi_Minh", "2027-03-28T10:00:01Z", "2027-03-29T00:00:00Z"), None);
    }

    #[test]
    fn a_change_before_the_visit_ends_is_noted_and_one_after_it_is_not() {
        let will_be = Some(Shift { difference: hours(14), on: date("2027-03-14") });
        let expected = Some(ShiftNote { now: hours(15), was: None, will_be, passing: false });
        assert_eq!(note("Asia/Ho_Chi_Minh", "2027-03-12T17:00:00Z", "2027-03-15T00:00:00Z"), expected);
        assert_eq!(note("Asia/Ho_Chi_Minh", "2027-03-12T17:00:00Z", "2027-03-14T10:00:00Z"), None);
    }

    #[rstest]
    #[case("2026-03-08T10:00:00Z")]
    #[case("2026-03-14T16:00:00Z")]
    #[case("2026-03-27T16:00:00Z")]
    #[case("2026-03-29T00:59:59Z")]
    fn paris_is_eight_hours_ahead_of_los_angeles_and_not_nine_from_8_to_28_march_2026(#[case] line: &str) {
        let expected = ShiftNote {
            now: hours(8),
            was: Some(Shift { difference: hours(9), on: date("2026-03-08") }),
            will_be: Some(Shift { difference: hours(9), on: date("2026-03-28") }),
            passing: true,
        };
        assert_eq!(note("Europe/Paris", line, line), Some(expected));
    }

    #[test]
    fn no_note_stands_while_the_difference_is_the_usual_one() {
        assert_eq!(note("Europe/Paris", "2026-03-07T16:00:00Z", "2026-03-07T20:00:00Z"), None);
        assert_eq!(note("Europe/Paris", "2026-06-15T16:00:00Z", "2026-06-20T20:00:00Z"), None);
        assert_eq!(note("America/Los_Angeles", "2026-03-08T16:00:00Z", "2026-03-20T20:00:00Z"), None);
    }

    #[test]
    fn a_difference_is_written_in_hours_and_the_minutes_it_has() {
        let written = [15 * 3600, 5 * 3600 + 1800, -9 * 3600, -(3 * 3600 + 1800), 0, 1800].map(|seconds| Difference(seconds).to_string());
        assert_eq!(written, ["+15 h", "+5:30 h", "\u{2212}9 h", "\u{2212}3:30 h", "0 h", "+0:30 h"]);
    }

    #[test]
    fn a_time_of_day_is_written_with_two_figures_each() {
        assert_eq!(["09:15", "21:05"].map(|time| hours_minutes(wall(&format!("2026-03-14T{time}")))), ["09:15", "21:05"]);
    }

    #[test]
    fn a_moment_is_written_with_its_offset() {
        let moment = wall_at(&table(), &zone("America/Los_Angeles"), at("2026-03-14T16:15:00Z")).unwrap();
        assert_eq!(rfc3339(&moment), "2026-03-14T09:15:00-07:00");
        let old = Moment { local: wall("1900-01-01T00:00"), zone: zone("Europe/Amsterdam"), offset: offset("+00:19:32") };
        assert_eq!(rfc3339(&old), "1899-12-31T23:40:28Z");
    }
}
