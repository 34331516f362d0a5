//! What the page of a room's door plans shows.

use super::MakeDoorPlanForm;
use crate::components::QrView;
use domain::{
    doors::DoorPlanView,
    ids::RoomId,
    marking::{Marking, view::Named},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// The door plans of a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoorsView {
    /// The room.
    pub room: Named<RoomId>,
    /// Whether it is retired: nothing is made for its door any more.
    pub is_retired: bool,
    /// The plans, in the order in which they were made.
    pub plans: Vec<DoorLine>,
    /// What the form of a new one opens with.
    pub stored: MakeDoorPlanForm,
    /// What may be chosen for a door.
    pub markings: Vec<Marking>,
    /// The link of the plan that was just made.
    pub link: Option<DoorLinkView>,
}

/// A door plan, with its times on the office's clocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoorLine {
    /// The plan.
    pub plan: DoorPlanView,
    /// When it was made.
    pub made: MomentView,
    /// When a display last asked for it.
    pub fetched: Option<MomentView>,
}

/// A door plan's link, a secret. It is not printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorLinkView {
    /// The link.
    pub url: String,
    /// The link as a QR code; none if it is too long for one.
    pub code: Option<QrView>,
}

impl std::fmt::Debug for DoorLinkView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("DoorLinkView").finish_non_exhaustive()
    }
}

domain::viewed_by! { DoorsView {} }
