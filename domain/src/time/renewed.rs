//! What becomes of agreed times when the tz database changes: the wall time was agreed and stays, the instant follows.

use super::{Moment, Resolution, ZoneRules, wall_at};

/// The same agreed times by rules that may have changed since they were settled; none where they stay the instants they were.
///
/// A wall time that the clocks now go forward over cannot stay: it becomes the one that is as long after the gap's beginning. One that
/// comes twice now is the earlier of the two, unless it was one of them already. What would no longer end after it starts keeps its
/// length. A zone that the rules do not know any more changes nothing.
pub fn renewed(rules: &dyn ZoneRules, starts: &Moment, ends: &Moment) -> Option<(Moment, Moment)> {
    let (first, last) = (moment(rules, starts)?, moment(rules, ends)?);
    if (&first, &last) == (starts, ends) {
        return None;
    }
    if first.at() < last.at() {
        return Some((first, last));
    }
    let last = wall_at(rules, &ends.zone, first.at() + (ends.at() - starts.at())).ok()?;
    Some((first, last))
}

fn moment(rules: &dyn ZoneRules, was: &Moment) -> Option<Moment> {
    let at = |offset| Moment { offset, ..was.clone() };
    match rules.resolve(&was.zone, was.local).ok()? {
        Resolution::Unique(offset) => Some(at(offset)),
        Resolution::Ambiguous { first, second } => Some(at(if was.offset == second { second } else { first })),
        Resolution::Skipped { before, .. } => {
            // As RFC 5545, 3.3.5 has it: by the offset that holds before the gap.
            let offset = match rules.resolve(&was.zone, before).ok()? {
                Resolution::Unique(offset) | Resolution::Ambiguous { second: offset, .. } => offset,
                Resolution::Skipped { .. } => return None,
            };
            wall_at(rules, &was.zone, at(offset).at()).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{
        Offset, Span, WallTime,
        agreed::{AgreedTime, settle},
        fixed::{
            OffsetChanges, ZoneTable,
            tests::{at, offset, table, wall, zone},
        },
    };
    use chrono::TimeDelta;
    use proptest::prelude::*;

    const LOS_ANGELES: &str = "America/Los_Angeles";

    fn settled(rules: &dyn ZoneRules, local: &str, given: Option<&str>) -> Moment {
        settle(rules, &AgreedTime { local: wall(local), zone: zone(LOS_ANGELES), offset: given.map(offset) }).unwrap()
    }

    /// Los Angeles without its changes of clocks.
    fn all_year(offset: Offset) -> ZoneTable {
        let during = Span::new(at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")).unwrap();
        ZoneTable::new("later", during, [(zone(LOS_ANGELES), OffsetChanges::always(offset))])
    }

    #[test]
    fn nine_o_clock_stays_nine_o_clock() {
        let (starts, ends) = (settled(&table(), "2027-12-01T09:00", None), settled(&table(), "2027-12-01T10:00", None));
        let (first, last) = renewed(&all_year(offset("-07:00")), &starts, &ends).unwrap();
        assert_eq!((first.local, last.local), (starts.local, ends.local));
        assert_eq!((first.at(), last.at()), (at("2027-12-01T16:00:00Z"), at("2027-12-01T17:00:00Z")));
        assert_eq!(renewed(&all_year(offset("-08:00")), &starts, &ends), None, "what has its offset already is left alone");
    }

    #[test]
    fn a_time_that_the_clocks_now_skip_comes_after_the_gap() {
        let without = all_year(offset("-08:00"));
        let (starts, ends) = (settled(&without, "2027-03-14T02:30", None), settled(&without, "2027-03-14T02:45", None));
        let (first, last) = renewed(&table(), &starts, &ends).unwrap();
        assert_eq!([first.local, last.local], [wall("2027-03-14T03:30"), wall("2027-03-14T03:45")]);
        assert_eq!(first.at(), at("2027-03-14T10:30:00Z"));
    }

    #[test]
    fn a_time_that_comes_twice_now_is_the_one_it_was_or_the_first() {
        let (starts, ends) = (settled(&table(), "2027-11-07T01:30", Some("-08:00")), settled(&table(), "2027-11-07T04:00", None));
        assert_eq!(renewed(&table(), &starts, &ends), None);
        let elsewhere = all_year(offset("-06:00"));
        let (starts, ends) = (settled(&elsewhere, "2027-11-07T01:30", None), settled(&elsewhere, "2027-11-07T04:00", None));
        assert_eq!(renewed(&table(), &starts, &ends).unwrap().0.offset, offset("-07:00"));
    }

    #[test]
    fn what_would_end_before_it_starts_keeps_its_length() {
        // From a quarter to two until a quarter past: by the new rules the first o'clock comes twice, and both are the first.
        let (starts, ends) = (settled(&table(), "2027-11-07T01:45", Some("-07:00")), settled(&table(), "2027-11-07T01:15", Some("-08:00")));
        let (first, last) = renewed(&all_year(offset("-08:00")), &starts, &ends).unwrap();
        assert_eq!(last.at() - first.at(), TimeDelta::minutes(30));
    }

    proptest! {
        #[test]
        fn the_wall_time_stays_wherever_it_exists(minutes in 0_i64..600_000, length in 1_i64..3_000, hours in -11_i32..14) {
            let rules = all_year(offset("-08:00"));
            let now = all_year(Offset::from_seconds(hours * 3600).unwrap());
            let local = |minutes: i64| wall("2027-01-01T00:00").plus_minutes(minutes).unwrap();
            let of = |local: WallTime| settle(&rules, &AgreedTime { local, zone: zone(LOS_ANGELES), offset: None }).unwrap();
            let (starts, ends) = (of(local(minutes)), of(local(minutes + length)));
            match renewed(&now, &starts, &ends) {
                None => prop_assert_eq!(hours, -8),
                Some((first, last)) => {
                    prop_assert_eq!((first.local, last.local), (starts.local, ends.local));
                    prop_assert_eq!(last.at() - first.at(), ends.at() - starts.at());
                }
            }
            // By rules with gaps and repeated hours too it ends after it starts, and asked again it stays.
            let (first, last) = renewed(&table(), &starts, &ends).unwrap_or((starts, ends));
            prop_assert!(first.at() < last.at());
            prop_assert_eq!(renewed(&table(), &first, &last), None);
        }
    }
}
