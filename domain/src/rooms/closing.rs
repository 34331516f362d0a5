//! Closing a room: what is said of when and why, and of what becomes of each use that it hurts.

use super::blackouts::BlackoutInput;
use crate::{clash::Source, time::agreed::AgreedTime};
use serde::{Deserialize, Serialize};

/// The most uses that are moved in one step.
pub const MOST_MOVED: usize = 200;

/// What was said of the closing of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ClosingInput {
    /// When it is closed and why. Its room is the one that is closed.
    pub blackout: BlackoutInput,
    /// What becomes of the uses that are hurt. One that is not named stays where it is; before it is closed, a place is proposed
    /// for it.
    pub moves: Vec<MoveInput>,
    /// The version of what was seen to be hurt.
    pub seen: Option<String>,
}

/// What becomes of a use that is hurt: it goes to another room, to another time, or to both. With neither it stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveInput {
    /// The line or booking.
    pub source: Source,
    /// The room it goes to, by id; absent for the same.
    #[serde(default)]
    pub room_id: Option<String>,
    /// From; absent for the same time.
    #[serde(default)]
    pub starts: Option<AgreedTime>,
    /// Until.
    #[serde(default)]
    pub ends: Option<AgreedTime>,
}

impl MoveInput {
    /// Whether it stays where it is.
    pub const fn stays(&self) -> bool {
        self.room_id.is_none() && self.starts.is_none() && self.ends.is_none()
    }
}
