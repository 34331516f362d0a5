//! The one source of zone rules for the whole program: the newest tz database at hand.
//!
//! Stored instants are worked out here and nowhere else: neither the database engine nor the machine's zone has a say.

mod disagreement;
mod history;
mod source;
mod version;

pub use disagreement::Disagreement;
pub use source::{ZoneOptions, ZoneSource, ZonesError};
pub use version::DatabaseVersion;

use chrono::{DateTime, Utc};
use domain::time::{Offset, Resolution, Span, Transition, UnknownZone, WallTime, ZoneName, ZoneRules, fixed::OffsetChanges};
use history::Zone;
use source::Candidate;
use std::{collections::HashMap, fmt, path::Path, sync::Arc};

/// The rules of the world's zones, read once; cheap to clone and to share.
///
/// Rules are worked out for the years 1900 to 2101; before and after, a zone keeps the first or last offset it has there.
#[derive(Clone)]
pub struct Zones(Arc<Loaded>);

struct Loaded {
    version: DatabaseVersion,
    source: ZoneSource,
    passed_over: Vec<ZonesError>,
    zones: HashMap<ZoneName, Zone>,
    names: Vec<ZoneName>,
}

impl Zones {
    /// Reads the newest of the tz databases at hand: the directory given, the system's, the one bundled with jiff, and
    /// chrono-tz's. Among equals the first of these.
    ///
    /// The system's files count only where they state their version. Where they are damaged the next database is used, and
    /// [`Zones::passed_over`] says so.
    ///
    /// # Errors
    /// When the directory given by the operator cannot be read, does not state its version, or holds damaged files.
    pub fn newest(options: &ZoneOptions) -> Result<Self, ZonesError> {
        let mut passed_over = Vec::new();
        for candidate in source::candidates(options)? {
            match candidate.load() {
                Ok(zones) => return Ok(Self::of(candidate, zones, passed_over)),
                Err(error) if matches!(candidate.source, ZoneSource::Directory(_)) => return Err(error),
                Err(error) => passed_over.push(error),
            }
        }
        Err(ZonesError::NoneUsable)
    }

    /// Reads the tz database in this directory, whichever others there are.
    ///
    /// # Errors
    /// When it cannot be read, does not state its version, or holds damaged files.
    pub fn in_directory(path: &Path) -> Result<Self, ZonesError> {
        let candidate = source::in_directory(path)?;
        let zones = candidate.load()?;
        Ok(Self::of(candidate, zones, Vec::new()))
    }

    fn of(candidate: Candidate, zones: HashMap<ZoneName, Zone>, passed_over: Vec<ZonesError>) -> Self {
        let mut names: Vec<_> = zones.keys().filter(|name| history::is_for_pick_lists(name)).cloned().collect();
        names.sort();
        let Candidate { version, source } = candidate;
        Self(Arc::new(Loaded { version, source, passed_over, zones, names }))
    }

    /// The release in use, and which came before which.
    pub fn database_version(&self) -> &DatabaseVersion {
        &self.0.version
    }

    /// Where the rules in use come from.
    pub fn source(&self) -> &ZoneSource {
        &self.0.source
    }

    /// Newer databases that could not be used, for the log.
    pub fn passed_over(&self) -> &[ZonesError] {
        &self.0.passed_over
    }

    /// The names to offer in lists, sorted: at least one for each country, without aliases (ECMA-402, 6.5), and `UTC`.
    ///
    /// Aliases such as `Asia/Saigon` or `US/Pacific` are understood wherever a zone is given.
    pub fn names(&self) -> &[ZoneName] {
        &self.0.names
    }

    /// The name to show for a zone: that of which the given one is an alias, or itself.
    ///
    /// # Errors
    /// When the zone is unknown.
    pub fn canonical(&self, zone: &ZoneName) -> Result<ZoneName, UnknownZone> {
        self.zone(zone)?;
        let primary = history::primary(zone).and_then(|name| ZoneName::parse(name).ok());
        Ok(primary.filter(|name| self.0.zones.contains_key(name)).unwrap_or_else(|| zone.clone()))
    }

    /// Where chrono-tz, a second opinion, gives another offset than these rules during the span: for each zone of
    /// [`Zones::names`] the first such instant, sorted by zone.
    pub fn disagreements_with_chrono_tz(&self, during: Span) -> Vec<Disagreement> {
        disagreement::with_chrono_tz(self, during)
    }

    /// Where other rules give another offset than these during the span: for each zone of [`Zones::names`] the first such instant, sorted
    /// by zone.
    pub fn disagreements_with(&self, others: &Self, during: Span) -> Vec<Disagreement> {
        disagreement::between(self, others, during)
    }

    fn zone(&self, zone: &ZoneName) -> Result<&OffsetChanges, UnknownZone> {
        self.0.zones.get(zone).map(Zone::changes).ok_or_else(|| UnknownZone(zone.clone()))
    }
}

impl ZoneRules for Zones {
    fn resolve(&self, zone: &ZoneName, local: WallTime) -> Result<Resolution, UnknownZone> {
        Ok(self.zone(zone)?.resolve(local))
    }

    fn offset_at(&self, zone: &ZoneName, at: DateTime<Utc>) -> Result<Offset, UnknownZone> {
        Ok(self.zone(zone)?.offset_at(at))
    }

    fn transitions(&self, zone: &ZoneName, during: Span) -> Result<Vec<Transition>, UnknownZone> {
        Ok(self.zone(zone)?.transitions(during))
    }

    fn version(&self) -> &str {
        self.0.version.as_str()
    }
}

impl fmt::Debug for Zones {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Zones({} from {})", self.0.version, self.0.source)
    }
}

#[cfg(test)]
mod tests;
