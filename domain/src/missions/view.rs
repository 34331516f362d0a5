//! Missions as they travel: facts of the office, marked TLP:GREEN throughout.

use super::{Mission, MissionKind, PostClass};
use crate::{
    ids::{MissionId, PersonId},
    marking::view::Named,
    precedence::Reason,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The head of a post, with the dates that decide precedence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeadOfPostView {
    /// Who.
    pub person: Named<PersonId>,
    /// Class; none for missions that are not consular.
    pub class: Option<PostClass>,
    /// Whether honorary.
    pub honorary: bool,
    /// Since when acting, if only acting.
    pub acting_since: Option<NaiveDate>,
    /// Date of the exequatur.
    pub exequatur_on: Option<NaiveDate>,
    /// Date of provisional admission.
    pub provisional_on: Option<NaiveDate>,
    /// Date the commission was presented.
    pub commission_on: Option<NaiveDate>,
    /// Date and time of taking up functions.
    pub functions_at: Option<DateTime<Utc>>,
}

/// A mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissionView {
    /// Identifier.
    pub id: MissionId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: MissionKind,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The country's name in English.
    pub country_name: String,
    /// Zone of its capital.
    pub capital_zone: String,
    /// The capital's name as it is shown beside its time.
    pub capital: String,
    /// Address in the city.
    pub address: Option<String>,
    /// Where to write.
    pub email: Option<String>,
    /// National day, `MM-DD`.
    pub national_day: Option<String>,
    /// Head of post.
    pub head: Option<HeadOfPostView>,
}

impl MissionView {
    /// A mission, with its head's name.
    pub fn of(mission: &Mission, head: Option<String>) -> Self {
        let details = &mission.details;
        let head = details.head.as_ref().map(|post| HeadOfPostView {
            person: Named { id: post.person, name: head.unwrap_or_default() },
            class: post.class,
            honorary: post.honorary,
            acting_since: post.acting_since,
            exequatur_on: post.exequatur_on,
            provisional_on: post.provisional_on,
            commission_on: post.commission_on,
            functions_at: post.functions_at,
        });
        Self {
            id: mission.id,
            name: details.name.to_string(),
            kind: details.kind,
            country: details.country.to_string(),
            country_name: details.country_name.to_string(),
            capital_zone: details.capital_zone.to_string(),
            capital: details.capital.to_string(),
            address: details.address.as_ref().map(ToString::to_string),
            email: details.email.as_ref().map(ToString::to_string),
            national_day: details.national_day.as_ref().map(ToString::to_string),
            head,
        }
    }
}

/// A mission in its place in the consular corps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlacedMission {
    /// Its place, from 1, among all missions of the office.
    pub place: u32,
    /// What decided against the one before it.
    pub because: Reason,
    /// The mission.
    pub mission: MissionView,
}

crate::viewed_by! { MissionView {} PlacedMission {} }
