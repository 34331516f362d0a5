//! Where a second opinion on the world's zones differs from ours.

use super::{Zones, history::chrono_tz_history};
use chrono::{DateTime, TimeDelta, Utc};
use domain::time::{Offset, Span, ZoneName, ZoneRules};

/// A zone for which chrono-tz has another offset than the rules in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The zone.
    pub zone: ZoneName,
    /// The first instant of difference.
    pub from: DateTime<Utc>,
    /// The offset by the rules in use.
    pub ours: Offset,
    /// The offset by chrono-tz.
    pub chrono_tz: Offset,
}

pub(super) fn with_chrono_tz(zones: &Zones, during: Span) -> Vec<Disagreement> {
    zones.names().iter().filter_map(|zone| first_difference(zones, zone, during)).collect()
}

fn first_difference(zones: &Zones, zone: &ZoneName, during: Span) -> Option<Disagreement> {
    let theirs = chrono_tz_history(zone.as_str().parse().ok()?, during.starts() - TimeDelta::days(1), during.ends());
    // Two histories that agree at the start and after each change of either agree throughout.
    let changes = zones.transitions(zone, during).ok()?.into_iter().chain(theirs.transitions(during));
    let mut looked_at: Vec<_> = std::iter::once(during.starts()).chain(changes.map(|change| change.at)).collect();
    looked_at.sort_unstable();
    looked_at.into_iter().find_map(|at| {
        let (ours, chrono_tz) = (zones.offset_at(zone, at).ok()?, theirs.offset_at(at));
        (ours != chrono_tz).then(|| Disagreement { zone: zone.clone(), from: at, ours, chrono_tz })
    })
}
