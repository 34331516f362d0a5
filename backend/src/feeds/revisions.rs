//! When an event changed, as one reader of one feed sees it (`DTSTAMP`, `LAST-MODIFIED`, `SEQUENCE`).
//!
//! A feed keeps what it last showed under each identity. A change that its reader cannot see alters no hash kept here, and
//! so no byte of the feed and no validator (RFC 9110 section 8.8).

use super::{
    calendar::{EventContent, EventUid, Extent, Revision},
    serialiser::content_bytes,
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::time::Moment;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The SHA-256 of something that a reader sees. It can be compared, and tells nothing back in practice only where what it
/// covers cannot be guessed: it is stored beside the feed and never shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Fingerprint(…)")
    }
}

/// An event as its reader sees it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenEvent {
    /// Its identity.
    pub uid: EventUid,
    /// Of all that the reader sees.
    pub seen: Fingerprint,
    /// Of what a new number is due for: times (wall times, zones and instants) and status.
    pub significant: Fingerprint,
}

impl SeenEvent {
    /// Takes the fingerprints of an event.
    pub fn of(uid: EventUid, content: &EventContent) -> Self {
        let mut significant = Sha256::new();
        match content.times.extent() {
            Extent::Timed { starts, ends } => {
                significant.update(b"timed\0");
                for Moment { local, zone, offset } in [starts, ends] {
                    // Lengths are fixed or closed by a byte that cannot stand within: no two events run into one.
                    significant.update(format!("{local}\0{zone}\0{}\0", offset.seconds()));
                }
            }
            Extent::AllDay { from, until_exclusive } => significant.update(format!("days\0{from}\0{until_exclusive}\0")),
        }
        significant.update([content.status as u8]);
        let significant: [u8; 32] = significant.finalize().into();

        let seen = Sha256::new().chain_update(significant).chain_update(content_bytes(content)).finalize();
        Self { uid, seen: Fingerprint(seen.into()), significant: Fingerprint(significant) }
    }
}

/// What a feed keeps of an event that it showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its identity.
    pub uid: EventUid,
    /// Of all that the reader saw.
    pub seen: Fingerprint,
    /// Of its times and status.
    pub significant: Fingerprint,
    /// What the feed said of its history.
    pub revision: Revision,
    /// Whether it was in the feed at the last look. What has gone is kept as long as the feed, without a trace in its bytes:
    /// should it come back, its number must not fall.
    pub is_shown: bool,
}

/// What a look at a feed found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// The revision of each event now seen.
    pub revisions: BTreeMap<EventUid, Revision>,
    /// The rows to write, new or changed, those that have gone (`is_shown` false) included. When there is none, the feed has
    /// the same bytes as before, as far as its events make them.
    pub to_store: Vec<StoredEvent>,
}

/// Compares what a reader sees with what the feed last showed.
///
/// The number (`SEQUENCE`) starts at 0, rises by one with times or status, and never falls. The stamp moves only when
/// something that the reader sees changed, and then by a second at least. Each identity is seen once; of several only the
/// first counts.
pub fn reconcile(stored: &[StoredEvent], seen: &[SeenEvent], now: DateTime<Utc>) -> Reconciled {
    let known: BTreeMap<EventUid, &StoredEvent> = stored.iter().map(|event| (event.uid, event)).collect();
    let mut reconciled = Reconciled { revisions: BTreeMap::new(), to_store: Vec::new() };
    for event in seen {
        if reconciled.revisions.contains_key(&event.uid) {
            continue;
        }
        let before = known.get(&event.uid).copied();
        let revision = match before {
            Some(before) if before.is_shown && before.seen == event.seen => before.revision,
            before => {
                let rise = u32::from(before.is_some_and(|before| before.significant != event.significant));
                let sequence = before.map_or(0, |before| before.revision.sequence.saturating_add(rise));
                let changed_at = later_than(before.map(|before| before.revision.changed_at), now);
                let revision = Revision { changed_at, sequence };
                let SeenEvent { uid, seen, significant } = *event;
                reconciled.to_store.push(StoredEvent { uid, seen, significant, revision, is_shown: true });
                revision
            }
        };
        reconciled.revisions.insert(event.uid, revision);
    }
    let gone = known.into_values().filter(|event| event.is_shown && !reconciled.revisions.contains_key(&event.uid));
    reconciled.to_store.extend(gone.map(|event| StoredEvent { is_shown: false, ..*event }));
    reconciled
}

/// Now, in whole seconds (calendars and HTTP know no smaller part), or the second after what was said before.
pub(super) fn later_than(before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    let now = now.trunc_subsecs(0);
    before.map_or(now, |before| now.max(before.trunc_subsecs(0) + TimeDelta::seconds(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::calendar::{EventStatus, EventTimes};
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(second: u32) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + i64::from(second), 500_000_000).unwrap()
    }

    fn uid(number: u8) -> EventUid {
        EventUid(Uuid::from_u128(u128::from(number)))
    }

    fn content(summary: &str, day: u32) -> EventContent {
        let from = NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        EventContent::new(summary, EventTimes::all_day(from, from.succ_opt().unwrap()).unwrap())
    }

    fn seen(number: u8, summary: &str, day: u32) -> SeenEvent {
        SeenEvent::of(uid(number), &content(summary, day))
    }

    /// The table after the rows of a look were written.
    fn kept(stored: &[StoredEvent], reconciled: &Reconciled) -> Vec<StoredEvent> {
        let mut rows: BTreeMap<EventUid, StoredEvent> = stored.iter().map(|row| (row.uid, *row)).collect();
        rows.extend(reconciled.to_store.iter().map(|row| (row.uid, *row)));
        rows.into_values().collect()
    }

    #[test]
    fn a_new_event_starts_at_nought_now() {
        let first = reconcile(&[], &[seen(1, "Call", 4)], at(0));
        assert_eq!(first.revisions[&uid(1)], Revision { changed_at: at(0).trunc_subsecs(0), sequence: 0 });
    }

    #[test]
    fn what_did_not_change_keeps_its_stamp() {
        let first = reconcile(&[], &[seen(1, "Call", 4)], at(0));
        let stored = kept(&[], &first);
        let second = reconcile(&stored, &[seen(1, "Call", 4)], at(99));
        assert_eq!(second.to_store, []);
        assert_eq!(second.revisions, first.revisions);
    }

    #[test]
    fn a_new_title_moves_the_stamp_and_a_new_time_the_number_too() {
        let stored = kept(&[], &reconcile(&[], &[seen(1, "Call", 4)], at(0)));
        let titled = reconcile(&stored, &[seen(1, "Courtesy call", 4)], at(10));
        assert_eq!(titled.revisions[&uid(1)], Revision { changed_at: at(10).trunc_subsecs(0), sequence: 0 });
        let moved = reconcile(&kept(&stored, &titled), &[seen(1, "Courtesy call", 5)], at(20));
        assert_eq!(moved.revisions[&uid(1)], Revision { changed_at: at(20).trunc_subsecs(0), sequence: 1 });
        let cancelled = EventContent { status: EventStatus::Cancelled, ..content("Courtesy call", 5) };
        let off = reconcile(&kept(&kept(&stored, &titled), &moved), &[SeenEvent::of(uid(1), &cancelled)], at(30));
        assert_eq!(off.revisions[&uid(1)].sequence, 2);
    }

    #[test]
    fn what_goes_leaves_the_feed_and_comes_back_with_its_number() {
        let stored = kept(&[], &reconcile(&[], &[seen(1, "Call", 4), seen(2, "Lunch", 4)], at(0)));
        let stored = kept(&stored, &reconcile(&stored, &[seen(1, "Call", 5), seen(2, "Lunch", 4)], at(10)));
        let without = reconcile(&stored, &[seen(2, "Lunch", 4)], at(20));
        assert_eq!(without.revisions.keys().collect::<Vec<_>>(), [&uid(2)]);
        assert_ne!(without.to_store, []);
        let stored = kept(&stored, &without);
        assert_eq!(reconcile(&stored, &[seen(2, "Lunch", 4)], at(25)).to_store, [], "it goes once");
        let back = reconcile(&stored, &[seen(1, "Call", 5), seen(2, "Lunch", 4)], at(30));
        assert_eq!(back.revisions[&uid(1)], Revision { changed_at: at(30).trunc_subsecs(0), sequence: 1 });
    }

    #[test]
    fn two_changes_in_one_second_have_two_stamps() {
        let stored = kept(&[], &reconcile(&[], &[seen(1, "Call", 4)], at(0)));
        let again = reconcile(&stored, &[seen(1, "Courtesy call", 4)], at(0));
        assert_eq!(again.revisions[&uid(1)].changed_at, at(1).trunc_subsecs(0));
    }

    proptest! {
        #[test]
        fn numbers_and_stamps_never_fall_and_a_second_look_changes_nothing(
            looks in prop::collection::vec((prop::collection::btree_map(0u8..4, (0u8..3, 1u32..4), 0..4), 0u32..50), 1..12)
        ) {
            let mut stored: Vec<StoredEvent> = Vec::new();
            let mut highest: BTreeMap<EventUid, Revision> = BTreeMap::new();
            for (view, second) in looks {
                let view: Vec<SeenEvent> = view.into_iter().map(|(number, (title, day))| seen(number, &title.to_string(), day)).collect();
                let reconciled = reconcile(&stored, &view, at(second));
                prop_assert_eq!(reconciled.revisions.len(), view.len());
                for (uid, revision) in &reconciled.revisions {
                    if let Some(before) = highest.insert(*uid, *revision) {
                        prop_assert!(revision.sequence >= before.sequence);
                        prop_assert!(revision.changed_at >= before.changed_at);
                    }
                }
                stored = kept(&stored, &reconciled);
                prop_assert_eq!(reconcile(&stored, &view, at(second + 1)).to_store, []);
            }
        }
    }
}
