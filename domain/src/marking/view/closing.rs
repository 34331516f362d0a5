//! What the closing of a room hurts, before anything is saved.

use super::{ClashView, EngagedView, Hidden, Named, ReservedView, SlotView, Viewed, ViewedBy, room_use::reserved};
use crate::{ids::RoomId, marking::Reader, time::agreed::MomentView};
use serde::{Deserialize, Serialize};

/// A use of a room that is hurt by its closing, as a reader sees it who may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HurtView {
    /// The use.
    pub engaged: EngagedView,
    /// From when it is in use, on the clocks of the room's site.
    pub starts: MomentView,
    /// Until when it is in use.
    pub ends: MomentView,
    /// Whether the reader may move it. Else it stays, and is told of what came in its way.
    pub may_move: bool,
    /// Where it goes, as was chosen or is proposed; nowhere if it stays.
    pub goes: Option<SlotView>,
    /// Why what was chosen cannot be had.
    pub refused: Vec<ClashView>,
    /// Where it may go: rooms at its time, then other times. No two uses are in each other's way where they are to go.
    pub offered: Vec<SlotView>,
}

/// What the closing of a room would hurt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingPreview {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// What was seen, for the closing itself. It changes with what is hurt.
    pub version: String,
    /// The room.
    pub room: Named<RoomId>,
    /// From when it is closed.
    pub starts: MomentView,
    /// Until when.
    pub ends: MomentView,
    /// What the reader may read of what is hurt, by start.
    pub hurt: Vec<HurtView>,
    /// What else is hurt, by start: it stays where it is.
    pub reserved: Vec<ReservedView>,
}

impl ClosingPreview {
    /// The closing of a room, out of what its reader may read of what is hurt, and all else; its version is to be filled in.
    pub fn of(
        room: Named<RoomId>,
        (starts, ends): (MomentView, MomentView),
        hurt: Vec<HurtView>,
        hidden: Vec<Hidden>,
        reader: &Reader,
    ) -> Self {
        Self { viewed_by: ViewedBy::of(reader), version: String::new(), room, starts, ends, hurt, reserved: reserved(hidden) }
    }
}

impl Viewed for ClosingPreview {
    fn viewed_by(&self) -> ViewedBy {
        self.hurt.iter().fold(self.viewed_by, |whose, hurt| whose.and(hurt.refused.viewed_by()))
    }
}
