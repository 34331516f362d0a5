//! What the pages of missions show.

use super::MissionForm;
use crate::components::Choice;
use domain::missions::view::{MissionView, PlacedMission};
use serde::{Deserialize, Serialize};

/// The missions in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionListView {
    /// The missions, each with what decided its place.
    pub missions: Vec<PlacedMission>,
    /// Whether one may make and change them.
    pub may_manage: bool,
}

/// A mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionPageView {
    /// The mission.
    pub mission: MissionView,
    /// When its head took up functions, on the office's clocks.
    pub functions_at: Option<String>,
    /// Whether one may change it.
    pub may_manage: bool,
}

/// The form of a mission, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionFormView {
    /// What the form opens with.
    pub stored: MissionForm,
    /// People.
    pub people: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
}

domain::viewed_by! {
    MissionListView { missions }
    MissionPageView { mission }
    MissionFormView {}
}
