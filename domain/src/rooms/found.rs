//! Rooms that were found for a use, as their reader sees them.

use super::{Room, Site, filter::RoomFilter, fit::Lack};
use crate::{
    board::Holds,
    clash::RoomProblem,
    ids::{RoomId, SiteId},
    marking::view::{Named, SlotView},
    time::ZoneName,
};
use serde::{Deserialize, Serialize};

/// What was found for a use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundRoomsView {
    /// How many rooms were looked at.
    pub of: u32,
    /// The rooms that suit and are free, the smallest that is large enough first.
    pub fit: Vec<FoundRoom>,
    /// Rooms that lack one thing or two, those that lack least first.
    pub near: Vec<NearMiss>,
}

// Rooms, and whether they are free: what stands in their way is not told.
crate::viewed_by! { FoundRoomsView {} }

/// A room that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundRoom {
    /// Room.
    pub room: Named<RoomId>,
    /// Its site.
    pub site: Named<SiteId>,
    /// Its site's clocks: an IANA zone.
    pub zone: ZoneName,
    /// Floor, as it is called there.
    pub floor: Option<String>,
    /// What it holds in the layout asked for; with none asked, in the one that holds most.
    pub holds: Option<Holds>,
}

impl FoundRoom {
    /// A room at its site, found for such a use.
    pub fn of(room: &Room, site: &Site, asked: &RoomFilter) -> Self {
        Self {
            room: Named { id: room.id, name: room.details.name.to_string() },
            site: Named { id: site.id, name: site.details.name.to_string() },
            zone: site.details.zone.clone(),
            floor: room.details.floor.as_ref().map(ToString::to_string),
            holds: asked.holds(&room.details),
        }
    }
}

/// A room that nearly suits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearMiss {
    /// The room.
    pub found: FoundRoom,
    /// What it lacks.
    pub lacks: Vec<LackView>,
    /// The nearest times at which it can be had, where its time alone is in the way; on the half hours.
    pub nearest: Vec<SlotView>,
}

/// What a room lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LackView {
    /// Of what kind it is.
    pub kind: LackKind,
    /// In words: “holds 12, and 20 are expected”.
    pub say: String,
}

/// Kinds of what keeps a room from being had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LackKind {
    /// More come than it holds.
    TooSmall,
    /// It does not take the layout.
    NoLayout,
    /// It has not what is asked for.
    NoFeature,
    /// It is closed.
    Closed,
    /// Nobody may use it for a time.
    BlackedOut,
    /// What is marked so may not be discussed there.
    NotCleared,
    /// Something else takes it.
    Taken,
    /// It is at another site.
    OtherSite,
    /// It is kept for others to book.
    NotForYou,
}

impl From<Lack> for LackKind {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::Unsuited(RoomProblem::TooSmall { .. }) => Self::TooSmall,
            Lack::Unsuited(RoomProblem::NoLayout(_)) => Self::NoLayout,
            Lack::Unsuited(RoomProblem::Lacks(_)) => Self::NoFeature,
            Lack::Unsuited(RoomProblem::Closed) => Self::Closed,
            Lack::Unsuited(RoomProblem::BlackedOut(_)) => Self::BlackedOut,
            Lack::Unsuited(RoomProblem::Cleared { .. }) => Self::NotCleared,
            Lack::Taken => Self::Taken,
            Lack::OtherSite => Self::OtherSite,
            Lack::NotForYou => Self::NotForYou,
        }
    }
}

impl LackKind {
    /// Whether another time would do.
    pub const fn is_of_time(self) -> bool {
        matches!(self, Self::Closed | Self::BlackedOut | Self::Taken)
    }
}
