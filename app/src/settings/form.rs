//! The form of the office: what its fields hold.

use crate::forms::FormFields;
use domain::offices::{OfficeDetails, OfficeInput};
use serde::{Deserialize, Serialize};

/// The form of the office, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeForm {
    /// The version one saw.
    pub seen: String,
    /// The host.
    pub host: String,
    /// The office.
    pub name: String,
    /// Its clocks.
    pub zone: String,
    /// The place shown beside local time.
    pub place: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
}

impl FormFields for OfficeForm {
    const NAME: &'static str = "office";
}

impl OfficeForm {
    /// The form of the office as it is.
    pub fn of(office: &OfficeDetails, seen: &str) -> Self {
        Self {
            seen: seen.to_owned(),
            host: office.host.to_string(),
            name: office.name.to_string(),
            zone: office.zone.to_string(),
            place: office.place.to_string(),
            country: office.country.to_string(),
        }
    }

    /// What was said, for the use case.
    pub fn input(self) -> OfficeInput {
        OfficeInput {
            host: Some(self.host),
            name: Some(self.name),
            zone: Some(self.zone),
            place: Some(self.place),
            country: Some(self.country),
        }
    }
}
