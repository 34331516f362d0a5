//! What the pages of the settings show.

use super::{OfficeForm, RulesForm};
use domain::offices::OfficeDetails;
use serde::{Deserialize, Serialize};

/// Which parts of the settings one may use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsRights {
    /// The office itself.
    pub office: bool,
    /// Sites and rooms.
    pub rooms: bool,
    /// Missions.
    pub missions: bool,
    /// People.
    pub people: bool,
    /// Accounts, by which somebody else is given the right to a part.
    pub accounts: bool,
}

impl SettingsRights {
    /// Whether one may use any of them.
    pub const fn any(self) -> bool {
        self.office || self.rooms || self.missions || self.people
    }
}

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The office.
    pub office: OfficeDetails,
    /// What one may use.
    pub rights: SettingsRights,
    /// The release of the tz database in use, as `2026f`.
    pub tz_version: String,
}

/// The form of the office, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFormView {
    /// What the form opens with.
    pub stored: OfficeForm,
    /// Names of zones.
    pub zones: Vec<String>,
}

/// The form of the levels of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesFormView {
    /// What the form opens with.
    pub stored: RulesForm,
}

domain::viewed_by! {
    SettingsView {}
    OfficeFormView {}
    RulesFormView {}
}
