//! The forms by which a room is given or not, and by which one takes note.

use crate::forms::FormFields;
use serde::{Deserialize, Serialize};

/// The form that gives a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApproveForm {
    /// What waits.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// The page it leads back to.
    pub back: String,
}

impl FormFields for ApproveForm {
    const NAME: &'static str = "approve";
}

/// The form that does not give a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeclineForm {
    /// What waits.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// The page it leads back to.
    pub back: String,
    /// Why not.
    pub reason: String,
}

impl FormFields for DeclineForm {
    const NAME: &'static str = "decline";
}

/// The form that takes note of something one was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotedForm {
    /// What one was told.
    pub id: String,
}

impl FormFields for NotedForm {
    const NAME: &'static str = "noted";
}
