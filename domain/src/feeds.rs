//! Subscriptions to calendars: what each is of, and in which detail.

use crate::{
    ids::{MissionId, PersonId, RoomId, VisitId},
    programme::kinds,
};
use serde::{Deserialize, Serialize};

/// What a feed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum FeedScope {
    /// The engagements of the person whose account it is.
    Mine,
    /// A visit.
    Visit(VisitId),
    /// A principal.
    Principal(PersonId),
    /// A room.
    Room(RoomId),
    /// The visits of a mission.
    Mission(MissionId),
    /// All visits of the office.
    Office,
}

kinds! {
    /// How much of each event a feed shows, never more than its reader's right.
    FeedDetail {
        /// Times alone.
        Busy = "busy",
        /// Times and titles.
        Titles = "titles",
        /// All that the reader may read.
        Full = "full",
    }
}
