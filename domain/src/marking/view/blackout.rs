//! A blackout as those see it who look at rooms.

use super::{Named, ViewedBy};
use crate::{
    ids::{BlackoutId, RoomId, SiteId},
    marking::{Marking, Reader},
    rooms::{
        Site,
        blackouts::{Blackout, BlackoutOf},
    },
    time::{Moment, agreed::MomentView},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A time at which nobody may use a room, or any room of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BlackoutView {
    #[serde(skip)]
    pub(super) viewed_by: ViewedBy,
    /// Identifier.
    pub id: BlackoutId,
    /// The room; none of a whole site.
    pub room: Option<Named<RoomId>>,
    /// The site all rooms of which it is of; none of one room.
    pub site: Option<Named<SiteId>>,
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// Why; absent to who may not read that.
    pub cause: Option<String>,
    /// Marking of why; absent with it.
    pub marking: Option<Marking>,
}

impl BlackoutView {
    /// A blackout as a reader sees it, among the sites and with the rooms' names; none if it is of nothing that there is.
    pub fn of(blackout: &Blackout, sites: &[Site], room: impl FnOnce(RoomId) -> Option<String>, reader: &Reader) -> Option<Self> {
        let (room, site) = match blackout.of {
            BlackoutOf::Room(id) => (Some(Named { id, name: room(id)? }), None),
            BlackoutOf::Site(id) => {
                let site = sites.iter().find(|site| site.id == id)?;
                (None, Some(Named { id, name: site.details.name.to_string() }))
            }
        };
        let cause = blackout.cause.reveal_for(reader);
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: blackout.id,
            room,
            site,
            starts: MomentView::from(&blackout.starts),
            ends: MomentView::from(&blackout.ends),
            cause: cause.map(ToString::to_string),
            marking: cause.map(|_| blackout.cause.marking()),
        })
    }
}

/// That a room may not be used: “Closed”, or why, to who may read that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosedView {
    /// The blackout, of the room or its site.
    pub id: BlackoutId,
    /// From.
    pub starts: DateTime<Utc>,
    /// Until.
    pub ends: DateTime<Utc>,
    /// Why; without it, “Closed”.
    pub cause: Option<String>,
    /// Marking of why; absent with it.
    pub marking: Option<Marking>,
}

impl From<&BlackoutView> for ClosedView {
    fn from(view: &BlackoutView) -> Self {
        let [starts, ends] = [&view.starts, &view.ends].map(|moment| Moment::from(moment.clone()).at());
        Self { id: view.id, starts, ends, cause: view.cause.clone(), marking: view.marking }
    }
}
