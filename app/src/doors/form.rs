//! The forms of door plans.

use crate::forms::FormFields;
use domain::doors::DoorPlanInput;
use serde::{Deserialize, Serialize};

/// The form that makes a door plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MakeDoorPlanForm {
    /// The room.
    pub room_id: String,
    /// The highest marking that may be read at the door.
    pub ceiling: String,
    /// The last day on which it works.
    pub ends_on: String,
    /// Why more than TLP:CLEAR may be read there.
    pub reason: String,
    /// What tells a second press of its button from another wish.
    pub once: String,
}

impl FormFields for MakeDoorPlanForm {
    const NAME: &'static str = "make-door-plan";
}

impl MakeDoorPlanForm {
    /// What was said, for the use case.
    pub fn input(&self) -> DoorPlanInput {
        DoorPlanInput {
            room_id: self.room_id.clone(),
            ceiling: Some(self.ceiling.clone()),
            ends_on: Some(self.ends_on.clone()),
            reason: Some(self.reason.clone()),
        }
    }
}

/// The form that revokes a door plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeDoorPlanForm {
    /// The plan.
    pub id: String,
    /// The room, to whose page one comes back.
    pub room_id: String,
}

impl FormFields for RevokeDoorPlanForm {
    const NAME: &'static str = "door-plan";
}
