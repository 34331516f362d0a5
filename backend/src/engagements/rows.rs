//! Engagements as they are stored.

use crate::error::{Failure, Outcome};
use chrono::{DateTime, Utc};
use domain::{
    clash::{Claim, Engagement, Margins, Occupation, Place, Source},
    ids::{BookingId, ItemId, ResourceId, SiteId},
    marking::Marking,
    time::Span,
};
use std::str::FromStr;
use uuid::Uuid;

/// An engagement's row, with the kind of its resource.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct EngagementRow {
    resource_id: Uuid,
    kind: String,
    source_kind: String,
    source_id: Uuid,
    site_id: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    core_starts_at: DateTime<Utc>,
    core_ends_at: DateTime<Utc>,
    state: String,
    hold_until: Option<DateTime<Utc>>,
    exclusive: bool,
    overridden: bool,
    drop_by: bool,
    marking: String,
}

const WHAT: &str = "engagement";

/// The source that is stored by this kind and identifier.
pub(crate) fn source_of(kind: &str, id: Uuid) -> Option<Source> {
    match kind {
        "item" => Some(Source::Item(ItemId(id))),
        "booking" => Some(Source::Booking(BookingId(id))),
        _ => None,
    }
}

impl EngagementRow {
    /// The engagement.
    pub(crate) fn into_engagement(self) -> Outcome<Engagement> {
        let core = Span::new(self.core_starts_at, self.core_ends_at).ok_or(Failure::Corrupt { what: WHAT })?;
        let minutes = |from: DateTime<Utc>, until: DateTime<Utc>| u32::try_from((until - from).num_minutes()).unwrap_or(0);
        let site = self.site_id.map(SiteId);
        let occupation = match self.kind.as_str() {
            "room" => Occupation::Room {
                site: site.ok_or(Failure::Corrupt { what: WHAT })?,
                margins: Margins { before: minutes(self.starts_at, self.core_starts_at), after: minutes(self.core_ends_at, self.ends_at) },
            },
            "person" => {
                let place = site.map(Place::Site);
                Occupation::Person { drop_by: self.drop_by, from: place, to: place }
            }
            "vehicle" => Occupation::Vehicle,
            "equipment" => Occupation::Equipment,
            _ => return Err(Failure::Corrupt { what: WHAT }),
        };
        let until = self.hold_until.unwrap_or(self.core_starts_at);
        // A promise that shares its room is not exclusive to the database; it is one all the same.
        let is_promised = self.exclusive || (self.overridden && self.kind == "room");
        let claim = match (self.state.as_str(), is_promised) {
            ("firm", _) => Claim::Firm,
            ("held", true) => Claim::Promised { until },
            ("held", false) => Claim::Pencilled { until },
            _ => return Err(Failure::Corrupt { what: WHAT }),
        };
        let source = source_of(&self.source_kind, self.source_id).ok_or(Failure::Corrupt { what: WHAT })?;
        let marking = Marking::from_str(&self.marking).map_err(|_| Failure::Corrupt { what: WHAT })?;
        Ok(Engagement { resource: ResourceId(self.resource_id), source, core, occupation, claim, marking })
    }
}
