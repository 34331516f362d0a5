//! Where one tz database differs from another, or a second opinion from ours.

use super::{Zones, history::chrono_tz_history};
use chrono::{DateTime, TimeDelta, Utc};
use domain::time::{Offset, Span, Transition, ZoneName, ZoneRules};

/// A zone that has other offsets by others' rules than by these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The zone.
    pub zone: ZoneName,
    /// The first instant of difference.
    pub from: DateTime<Utc>,
    /// The offset by these rules.
    pub ours: Offset,
    /// The offset by the others.
    pub theirs: Offset,
}

pub(super) fn with_chrono_tz(zones: &Zones, during: Span) -> Vec<Disagreement> {
    let differing = zones.names().iter().filter_map(|zone| {
        let theirs = chrono_tz_history(zone.as_str().parse().ok()?, during.starts() - TimeDelta::days(1), during.ends());
        first_difference(zones, zone, during, theirs.transitions(during), |at| Some(theirs.offset_at(at)))
    });
    differing.collect()
}

/// Zones that only one of the two knows are left out.
pub(super) fn between(ours: &Zones, theirs: &Zones, during: Span) -> Vec<Disagreement> {
    let differing = ours.names().iter().filter_map(|zone| {
        let changes = theirs.transitions(zone, during).ok()?;
        first_difference(ours, zone, during, changes, |at| theirs.offset_at(zone, at).ok())
    });
    differing.collect()
}

fn first_difference(
    zones: &Zones,
    zone: &ZoneName,
    during: Span,
    their_changes: Vec<Transition>,
    their_offset: impl Fn(DateTime<Utc>) -> Option<Offset>,
) -> Option<Disagreement> {
    // Two histories that agree at the start and after each change of either agree throughout.
    let changes = zones.transitions(zone, during).ok()?.into_iter().chain(their_changes);
    let mut looked_at: Vec<_> = std::iter::once(during.starts()).chain(changes.map(|change| change.at)).collect();
    looked_at.sort_unstable();
    looked_at.into_iter().find_map(|at| {
        let (ours, theirs) = (zones.offset_at(zone, at).ok()?, their_offset(at)?);
        (ours != theirs).then(|| Disagreement { zone: zone.clone(), from: at, ours, theirs })
    })
}
