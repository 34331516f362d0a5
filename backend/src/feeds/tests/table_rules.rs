//! Zone rules from a short table, so that a test shows the changes it is about.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use domain::time::{Offset, Resolution, Span, Transition, UnknownZone, WallTime, ZoneName, ZoneRules};
use std::collections::BTreeMap;

/// The first offset of a zone, and each later one with the instant from which it holds.
type Offsets = (Offset, Vec<(DateTime<Utc>, Offset)>);

/// A few zones, real and made up, with their changes from 2007 to 2060.
pub(super) struct TableRules {
    zones: BTreeMap<ZoneName, Offsets>,
}

/// The name of a zone.
pub(super) fn zone(name: &str) -> ZoneName {
    ZoneName::parse(name).unwrap()
}

/// So many minutes east of UTC.
pub(super) fn minutes_east(minutes: i32) -> Offset {
    Offset::from_seconds(minutes * 60).unwrap()
}

fn nth(year: i32, month: u32, weekday: Weekday, nth: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth).unwrap()
}

fn last(year: i32, month: u32, weekday: Weekday) -> NaiveDate {
    (22..=31).rev().filter_map(|day| NaiveDate::from_ymd_opt(year, month, day)).find(|date| date.weekday() == weekday).unwrap()
}

/// The instant at which a clock with this offset shows so many minutes after a day's midnight.
fn instant(day: NaiveDate, minutes: i64, offset: i32) -> DateTime<Utc> {
    day.and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::minutes(minutes - i64::from(offset))
}

impl TableRules {
    pub(super) fn new() -> Self {
        use Weekday::{Fri, Sun, Thu};
        let mut rules = Self { zones: BTreeMap::new() };
        let years = 2007..=2060;
        rules.add("America/Los_Angeles", -480, years.clone(), |year| {
            vec![(instant(nth(year, 3, Sun, 2), 120, -480), -420), (instant(nth(year, 11, Sun, 1), 120, -420), -480)]
        });
        rules.add("Europe/Paris", 60, years.clone(), |year| {
            vec![(instant(last(year, 3, Sun), 60, 0), 120), (instant(last(year, 10, Sun), 60, 0), 60)]
        });
        rules.add("Asia/Ho_Chi_Minh", 420, years.clone(), |_| Vec::new());
        rules.add("Etc/UTC", 0, years.clone(), |_| Vec::new());
        rules.add("Australia/Lord_Howe", 660, years.clone(), |year| {
            vec![(instant(nth(year, 4, Sun, 1), 120, 660), 630), (instant(nth(year, 10, Sun, 1), 120, 630), 660)]
        });
        // The night after the last Thursday of October: mostly in October, now and then on 1 November.
        rules.add("Africa/Cairo", 120, years.clone(), |year| {
            vec![(instant(last(year, 4, Fri), 0, 120), 180), (instant(last(year, 10, Thu), 24 * 60, 180), 120)]
        });
        // The first Sunday from the second of the month on.
        rules.add("America/Santiago", -180, years.clone(), |year| {
            let from_second = |month| nth(year, month, Sun, if nth(year, month, Sun, 1).day() == 1 { 2 } else { 1 });
            vec![(instant(from_second(4), 180, 0), -240), (instant(from_second(9), 240, 0), -180)]
        });
        // Made up: summer time that was given up in 2029, and with it the ordinary offset a year later.
        rules.add("Test/Given_Up", 60, 2007..=2030, |year| match year {
            2030 => vec![(instant(nth(year, 6, Sun, 1), 0, 60), 180)],
            _ => vec![(instant(last(year, 3, Sun), 60, 0), 120), (instant(last(year, 10, Sun), 60, 0), 60)],
        });
        // Made up: the same date every year, and a week that no counting of Sundays gives.
        rules.add("Test/Dates", 0, years, |year| {
            let in_february = (20..=26).filter_map(|day| NaiveDate::from_ymd_opt(year, 2, day)).find(|date| date.weekday() == Sun).unwrap();
            vec![(instant(in_february, 0, 0), 45), (instant(NaiveDate::from_ymd_opt(year, 9, 15).unwrap(), 0, 45), 0)]
        });
        rules
    }

    fn add(&mut self, name: &str, first: i32, years: std::ops::RangeInclusive<i32>, of: impl Fn(i32) -> Vec<(DateTime<Utc>, i32)>) {
        let changes = years.flat_map(of).map(|(at, offset)| (at, minutes_east(offset))).collect();
        self.zones.insert(zone(name), (minutes_east(first), changes));
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &ZoneName> {
        self.zones.keys()
    }

    fn all(&self, zone: &ZoneName) -> Result<Vec<Transition>, UnknownZone> {
        let (first, changes) = self.zones.get(zone).ok_or_else(|| UnknownZone(zone.clone()))?;
        let befores = std::iter::once(*first).chain(changes.iter().map(|change| change.1));
        Ok(changes.iter().zip(befores).map(|(&(at, after), before)| Transition { at, before, after }).collect())
    }
}

impl ZoneRules for TableRules {
    fn resolve(&self, zone: &ZoneName, local: WallTime) -> Result<Resolution, UnknownZone> {
        let changes = self.all(zone)?;
        for Transition { at, before, after } in changes {
            let on_clock = |offset: Offset| at.naive_utc() + TimeDelta::seconds(i64::from(offset.seconds()));
            let (old, new) = (on_clock(before), on_clock(after));
            if old <= local.naive() && local.naive() < new {
                return Ok(Resolution::Skipped { before: WallTime::new(old - TimeDelta::minutes(1)), after: WallTime::new(new) });
            }
            if new <= local.naive() && local.naive() < old {
                return Ok(Resolution::Ambiguous { first: before, second: after });
            }
        }
        // Neither skipped nor repeated: the one offset that gives itself back.
        let (first, changes) = self.zones.get(zone).ok_or_else(|| UnknownZone(zone.clone()))?;
        let mut offsets = std::iter::once(*first).chain(changes.iter().map(|change| change.1));
        Ok(Resolution::Unique(offsets.find(|offset| self.offset_at(zone, local.at_offset(*offset)) == Ok(*offset)).unwrap()))
    }

    fn offset_at(&self, zone: &ZoneName, at: DateTime<Utc>) -> Result<Offset, UnknownZone> {
        let (first, changes) = self.zones.get(zone).ok_or_else(|| UnknownZone(zone.clone()))?;
        Ok(changes.iter().take_while(|change| change.0 <= at).last().map_or(*first, |change| change.1))
    }

    fn transitions(&self, zone: &ZoneName, during: Span) -> Result<Vec<Transition>, UnknownZone> {
        Ok(self.all(zone)?.into_iter().filter(|change| during.holds(change.at)).collect())
    }

    fn version(&self) -> &str {
        "table"
    }
}
