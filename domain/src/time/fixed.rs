//! Zone rules as a table of offset changes: what the tz database comes to once it is worked out.
//!
//! The server keeps such a history for each zone and sends the browser a cut of it, so that one piece of code resolves wall
//! times everywhere.

use super::{Offset, Resolution, Span, Transition, UnknownZone, WallTime, ZoneName, ZoneRules};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// No clock on earth is further than this from UTC, in seconds: the bound of [`Offset`].
const REACH: i64 = 26 * 3600;

/// How far beyond the days asked for a cut reaches: far enough for the shift notes at its edges.
const MARGIN: TimeDelta = TimeDelta::days(70);

/// The offsets of one zone: the first, and each later one with the instant from which it holds.
///
/// Before the first change the first offset holds, after the last change the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct OffsetChanges {
    first: Offset,
    /// Unix seconds, ascending; no two neighbouring offsets are the same.
    changes: Vec<(i64, Offset)>,
}

/// The form in which a history travels.
#[derive(Serialize, Deserialize)]
struct Written {
    first: Offset,
    changes: Vec<(i64, Offset)>,
}

impl TryFrom<Written> for OffsetChanges {
    type Error = ChangesOutOfOrder;
    fn try_from(written: Written) -> Result<Self, ChangesOutOfOrder> {
        Self::from_seconds(written.first, written.changes)
    }
}

impl From<OffsetChanges> for Written {
    fn from(zone: OffsetChanges) -> Self {
        Self { first: zone.first, changes: zone.changes }
    }
}

/// The changes of an offset were not given in the order in which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the changes of an offset are not in order")]
pub struct ChangesOutOfOrder;

impl OffsetChanges {
    /// A zone that never changes its clocks.
    pub const fn always(offset: Offset) -> Self {
        Self { first: offset, changes: Vec::new() }
    }

    /// A history from its first offset and each change with the offset that holds from then on, to the second.
    ///
    /// A change to the same offset (another name for it, or summer time in name only) is no change and left out.
    ///
    /// # Errors
    /// When the instants do not ascend.
    pub fn new(first: Offset, changes: impl IntoIterator<Item = (DateTime<Utc>, Offset)>) -> Result<Self, ChangesOutOfOrder> {
        Self::from_seconds(first, changes.into_iter().map(|(at, offset)| (at.timestamp(), offset)))
    }

    fn from_seconds(first: Offset, changes: impl IntoIterator<Item = (i64, Offset)>) -> Result<Self, ChangesOutOfOrder> {
        let mut zone = Self::always(first);
        let (mut latest, mut current) = (None, first);
        for (at, offset) in changes {
            if latest.is_some_and(|latest| at <= latest) {
                return Err(ChangesOutOfOrder);
            }
            latest = Some(at);
            if offset != current {
                zone.changes.push((at, offset));
                current = offset;
            }
        }
        Ok(zone)
    }

    /// The offset between change `index - 1` and change `index`.
    fn offset(&self, index: usize) -> Offset {
        match index.checked_sub(1).and_then(|previous| self.changes.get(previous)) {
            Some((_, offset)) => *offset,
            None => self.first,
        }
    }

    /// How many changes have happened by an instant.
    fn changes_by(&self, at: i64) -> usize {
        self.changes.partition_point(|(change, _)| *change <= at)
    }

    /// The offset at an instant.
    pub fn offset_at(&self, at: DateTime<Utc>) -> Offset {
        self.offset(self.changes_by(at.timestamp()))
    }

    /// What a wall time means in this zone.
    pub fn resolve(&self, local: WallTime) -> Resolution {
        let wall = local.naive().and_utc().timestamp();
        // Whatever the offset, the instant meant lies in one of these stretches between two changes.
        let (earliest, latest) = (self.changes_by(wall - REACH), self.changes_by(wall + REACH));
        let mut meant = (earliest..=latest)
            .filter(|&index| self.changes_by(wall - i64::from(self.offset(index).seconds())) == index)
            .map(|index| self.offset(index));
        match (meant.next(), meant.next()) {
            (Some(offset), None) => Resolution::Unique(offset),
            (Some(first), Some(second)) => Resolution::Ambiguous { first, second },
            // A time that is in no stretch is after the end of one and before the start of the next: a gap always holds it.
            (None, _) => self.gap(earliest..latest, wall).unwrap_or(Resolution::Unique(self.offset(latest))),
        }
    }

    /// The gap among these changes over which a wall time was skipped, and the whole minutes next to it.
    fn gap(&self, mut among: std::ops::Range<usize>, wall: i64) -> Option<Resolution> {
        among.find_map(|index| {
            let (at, after) = self.changes.get(index)?;
            let opens = at + i64::from(self.offset(index).seconds());
            let closes = at + i64::from(after.seconds());
            let skipped = opens <= wall && wall < closes;
            let before = DateTime::from_timestamp((opens - 1).div_euclid(60) * 60, 0)?;
            let after = DateTime::from_timestamp((closes + 59).div_euclid(60) * 60, 0)?;
            skipped.then(|| Resolution::Skipped { before: WallTime::new(before.naive_utc()), after: WallTime::new(after.naive_utc()) })
        })
    }

    /// The changes whose instant lies in the span, in order.
    pub fn transitions(&self, during: Span) -> Vec<Transition> {
        let from = self.changes_by(during.starts().timestamp() - 1);
        let until = self.changes_by(during.ends().timestamp() - 1);
        (from..until)
            .filter_map(|index| {
                let (at, after) = self.changes.get(index)?;
                Some(Transition { at: DateTime::from_timestamp(*at, 0)?, before: self.offset(index), after: *after })
            })
            .collect()
    }
}

/// The rules of some zones over some days: a [`ZoneRules`] that can be sent, and that knows where its knowledge ends.
///
/// Outside its days and zones it refuses to answer, with [`UnknownZone`]: no answer is better than a wrong one. A caller that
/// can ask a fuller source looks at [`ZoneTable::knows`] first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneTable {
    version: String,
    during: Span,
    zones: BTreeMap<ZoneName, OffsetChanges>,
}

impl ZoneTable {
    /// A table of zones, right during the span given, from a release of the tz database such as `2026f`.
    pub fn new(version: &str, during: Span, zones: impl IntoIterator<Item = (ZoneName, OffsetChanges)>) -> Self {
        Self { version: version.to_owned(), during, zones: zones.into_iter().collect() }
    }

    /// Cuts from fuller rules what some zones do during some days and the ten weeks on either side, which shift notes look at.
    ///
    /// # Errors
    /// When a zone is unknown.
    pub fn cut<'a>(rules: &dyn ZoneRules, zones: impl IntoIterator<Item = &'a ZoneName>, during: Span) -> Result<Self, UnknownZone> {
        let wide = Span::new(during.starts() - MARGIN, during.ends() + MARGIN).unwrap_or(during);
        let cut = zones.into_iter().map(|zone| {
            let changes = rules.transitions(zone, wide)?.into_iter().map(|change| (change.at.timestamp(), change.after));
            let first = rules.offset_at(zone, wide.starts() - TimeDelta::seconds(1))?;
            // Rules give their changes in order; if some did not, the zone would rightly count as one that is not known.
            let changes = OffsetChanges::from_seconds(first, changes).map_err(|_| UnknownZone(zone.clone()))?;
            Ok((zone.clone(), changes))
        });
        Ok(Self { version: rules.version().to_owned(), during: wide, zones: cut.collect::<Result<_, _>>()? })
    }

    /// Whether the table can say what this wall time means in this zone.
    pub fn knows(&self, zone: &ZoneName, local: WallTime) -> bool {
        let reach = TimeDelta::seconds(REACH);
        let wall = local.naive().and_utc();
        let from = wall.checked_sub_signed(reach).is_some_and(|from| self.during.starts() <= from);
        self.zones.contains_key(zone) && from && wall.checked_add_signed(reach).is_some_and(|until| until < self.during.ends())
    }

    fn zone(&self, zone: &ZoneName, known: impl FnOnce(&Span) -> bool) -> Result<&OffsetChanges, UnknownZone> {
        self.zones.get(zone).filter(|_| known(&self.during)).ok_or_else(|| UnknownZone(zone.clone()))
    }
}

impl ZoneRules for ZoneTable {
    fn resolve(&self, zone: &ZoneName, local: WallTime) -> Result<Resolution, UnknownZone> {
        Ok(self.zone(zone, |_| self.knows(zone, local))?.resolve(local))
    }

    fn offset_at(&self, zone: &ZoneName, at: DateTime<Utc>) -> Result<Offset, UnknownZone> {
        Ok(self.zone(zone, |during| during.holds(at))?.offset_at(at))
    }

    fn transitions(&self, zone: &ZoneName, during: Span) -> Result<Vec<Transition>, UnknownZone> {
        let known = |ours: &Span| ours.starts() <= during.starts() && during.ends() <= ours.ends();
        Ok(self.zone(zone, known)?.transitions(during))
    }

    fn version(&self) -> &str {
        &self.version
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn zone(name: &str) -> ZoneName {
        ZoneName::parse(name).unwrap()
    }

    pub(crate) fn wall(text: &str) -> WallTime {
        text.parse().unwrap()
    }

    pub(crate) fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    pub(crate) fn offset(text: &str) -> Offset {
        text.parse().unwrap()
    }

    fn history(first: &str, changes: &[(&str, &str)]) -> OffsetChanges {
        OffsetChanges::new(offset(first), changes.iter().map(|(instant, after)| (at(instant), offset(after)))).unwrap()
    }

    /// Some zones of 2026 and 2027, as the tz database 2026f has them.
    pub(crate) fn table() -> ZoneTable {
        let zones = [
            (
                "America/Los_Angeles",
                history(
                    "-08:00",
                    &[
                        ("2026-03-08T10:00:00Z", "-07:00"),
                        ("2026-11-01T09:00:00Z", "-08:00"),
                        ("2027-03-14T10:00:00Z", "-07:00"),
                        ("2027-11-07T09:00:00Z", "-08:00"),
                    ],
                ),
            ),
            (
                "Europe/Paris",
                history(
                    "+01:00",
                    &[
                        ("2026-03-29T01:00:00Z", "+02:00"),
                        ("2026-10-25T01:00:00Z", "+01:00"),
                        ("2027-03-28T01:00:00Z", "+02:00"),
                        ("2027-10-31T01:00:00Z", "+01:00"),
                    ],
                ),
            ),
            ("Asia/Ho_Chi_Minh", OffsetChanges::always(offset("+07:00"))),
            ("Asia/Kolkata", OffsetChanges::always(offset("+05:30"))),
            ("Pacific/Kiritimati", OffsetChanges::always(offset("+14:00"))),
            ("Pacific/Pago_Pago", OffsetChanges::always(offset("-11:00"))),
        ];
        let during = Span::new(at("2025-12-01T00:00:00Z"), at("2028-01-31T00:00:00Z")).unwrap();
        ZoneTable::new("2026f", during, zones.map(|(name, changes)| (zone(name), changes)))
    }

    #[test]
    fn a_time_the_clocks_go_forward_over_is_skipped_with_its_neighbours() {
        let resolved = table().resolve(&zone("America/Los_Angeles"), wall("2027-03-14T02:30"));
        assert_eq!(resolved, Ok(Resolution::Skipped { before: wall("2027-03-14T01:59"), after: wall("2027-03-14T03:00") }));
    }

    #[test]
    fn a_time_the_clocks_go_back_over_is_ambiguous_with_the_earlier_instant_first() {
        let resolved = table().resolve(&zone("America/Los_Angeles"), wall("2027-11-07T01:30"));
        assert_eq!(resolved, Ok(Resolution::Ambiguous { first: offset("-07:00"), second: offset("-08:00") }));
        assert_eq!(table().resolve(&zone("America/Los_Angeles"), wall("2027-11-07T02:00")), Ok(Resolution::Unique(offset("-08:00"))));
    }

    #[test]
    fn a_day_left_out_at_the_date_line_is_skipped_whole() {
        let apia = history("-10:00", &[("2011-12-30T10:00:00Z", "+14:00")]);
        let skipped = Resolution::Skipped { before: wall("2011-12-29T23:59"), after: wall("2011-12-31T00:00") };
        assert_eq!(apia.resolve(wall("2011-12-30T12:00")), skipped);
    }

    #[test]
    fn a_table_does_not_guess_beyond_its_days() {
        let table = table();
        let paris = zone("Europe/Paris");
        assert!(!table.knows(&paris, wall("2028-03-01T09:00")));
        assert_eq!(table.resolve(&paris, wall("2028-03-01T09:00")), Err(UnknownZone(paris.clone())));
        assert_eq!(table.offset_at(&paris, at("2020-01-01T00:00:00Z")), Err(UnknownZone(paris)));
    }

    #[test]
    fn a_cut_answers_like_what_it_was_cut_from() {
        let whole = table();
        let zones = [zone("America/Los_Angeles"), zone("Europe/Paris")];
        let cut = ZoneTable::cut(&whole, &zones, Span::new(at("2027-03-01T00:00:00Z"), at("2027-04-01T00:00:00Z")).unwrap()).unwrap();
        for name in &zones {
            for hour in 0..31 * 24 {
                let local = wall("2027-03-01T00:30").plus_minutes(hour * 60).unwrap();
                assert_eq!(cut.resolve(name, local), whole.resolve(name, local), "{name} {local}");
            }
        }
        let sent: ZoneTable = serde_json::from_str(&serde_json::to_string(&cut).unwrap()).unwrap();
        assert_eq!(sent, cut);
    }

    #[test]
    fn changes_out_of_order_are_refused() {
        let changes = [(at("2026-03-29T01:00:00Z"), offset("+02:00")), (at("2026-03-28T01:00:00Z"), offset("+01:00"))];
        assert_eq!(OffsetChanges::new(offset("+01:00"), changes), Err(ChangesOutOfOrder));
        assert!(serde_json::from_str::<OffsetChanges>(r#"{"first":3600,"changes":[[20,7200],[10,3600]]}"#).is_err());
        assert!(serde_json::from_str::<OffsetChanges>(r#"{"first":360000,"changes":[]}"#).is_err());
    }

    proptest! {
        #[test]
        fn every_wall_time_of_any_history_is_unique_ambiguous_or_skipped(
            first in -14 * 60..14 * 60i32,
            steps in proptest::collection::vec((1..400_000i64, -14 * 60..14 * 60i32), 0..6),
            minutes in -3000..30_000i64,
        ) {
            let mut instant = at("2026-01-01T00:00:00Z").timestamp();
            let changes: Vec<_> = steps.into_iter().map(|(gap, minutes)| {
                instant += gap;
                (instant, Offset::from_seconds(minutes * 60).unwrap())
            }).collect();
            let history = OffsetChanges::from_seconds(Offset::from_seconds(first * 60).unwrap(), changes).unwrap();
            let local = wall("2026-01-01T00:00").plus_minutes(minutes).unwrap();
            let hits = |offset: Offset| history.offset_at(local.at_offset(offset)) == offset;
            match history.resolve(local) {
                Resolution::Unique(offset) => prop_assert!(hits(offset)),
                Resolution::Ambiguous { first, second } => {
                    prop_assert!(hits(first) && hits(second));
                    prop_assert!(local.at_offset(first) < local.at_offset(second));
                }
                Resolution::Skipped { before, after } => prop_assert!(before < local && local < after),
            }
        }
    }
}
