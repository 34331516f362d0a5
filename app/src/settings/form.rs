//! The form of the office: what its fields hold.

use crate::{
    forms::{FormFields, renamed, tags_of},
    rooms::holidays::{field_of_holiday, holidays_of, put_holidays},
};
use domain::{
    offices::{OfficeDetails, OfficeInput},
    problems::FieldProblem,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// The office's mailbox.
    pub mailbox: String,
    /// Language tags (BCP 47), with commas between them.
    pub languages: String,
    /// Holidays by row (`holiday_1_on` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for OfficeForm {
    const NAME: &'static str = "office";
}

impl OfficeForm {
    /// The form of the office as it is.
    pub fn of(office: &OfficeDetails, seen: &str) -> Self {
        let mut more = BTreeMap::new();
        put_holidays(&mut more, office.holidays.iter().map(|holiday| (holiday.on, holiday.name.as_str(), holiday.hours)));
        Self {
            more,
            seen: seen.to_owned(),
            host: office.host.to_string(),
            name: office.name.to_string(),
            zone: office.zone.to_string(),
            place: office.place.to_string(),
            country: office.country.to_string(),
            mailbox: office.mailbox.as_ref().map(ToString::to_string).unwrap_or_default(),
            languages: office.languages.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(", "),
        }
    }

    /// What was said, for the use case.
    pub fn input(&self) -> OfficeInput {
        OfficeInput {
            holidays: Some(holidays_of(&self.more)),
            levels: None,
            host: Some(self.host.clone()),
            name: Some(self.name.clone()),
            zone: Some(self.zone.clone()),
            place: Some(self.place.clone()),
            country: Some(self.country.clone()),
            mailbox: Some(self.mailbox.clone()),
            languages: Some(tags_of(&self.languages)),
        }
    }

    /// The problems by the names of the form's fields.
    pub fn in_fields(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        renamed(problems, |field| field_of_holiday(&self.more, field))
    }
}
