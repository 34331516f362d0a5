//! The host.

use crate::{
    ids::OfficeId,
    problems::{FieldProblem, Problem, Problems},
    text::Title,
    time::{ZoneName, ZoneRules},
    visits::input::{country, zone},
};
use serde::{Deserialize, Serialize};

/// What is said of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficeDetails {
    /// The host: “City of Los Angeles”.
    pub host: Title,
    /// The office: “Office of International Affairs”.
    pub name: Title,
    /// Its clocks.
    pub zone: ZoneName,
    /// The place shown beside a time: “Los Angeles”.
    pub place: Title,
    /// Country, ISO 3166-1 alpha-2.
    pub country: crate::text::Label,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Identifier.
    pub id: OfficeId,
    /// Revision, from 1.
    pub revision: i64,
    /// What is said of it.
    pub details: OfficeDetails,
}

/// What was said of an office, as it was typed. What is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct OfficeInput {
    /// The host.
    pub host: Option<String>,
    /// The office.
    pub name: Option<String>,
    /// Its clocks' zone.
    pub zone: Option<String>,
    /// The place shown beside a time.
    pub place: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

impl OfficeInput {
    /// The details with what was said put in.
    ///
    /// # Errors
    /// With all that is wrong.
    pub fn onto(self, present: &OfficeDetails, rules: &dyn ZoneRules) -> Result<OfficeDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let mut new = present.clone();
        for (field, text, title) in
            [("host", &self.host, &mut new.host), ("name", &self.name, &mut new.name), ("place", &self.place, &mut new.place)]
        {
            if let Some(text) = text
                && let Some(parsed) = problems.take(field, Title::parse(text))
            {
                *title = parsed;
            }
        }
        if let Some(text) = &self.zone
            && let Some(parsed) = problems.take("zone", zone(rules, text))
        {
            new.zone = parsed;
        }
        if let Some(text) = &self.country
            && let Some(parsed) = problems.take("country", country(text).and_then(|country| country.ok_or(Problem::Missing)))
        {
            new.country = parsed;
        }
        problems.finish(Some(new))
    }
}
