//! Missions to the city: consulates, embassies, trade offices, cities and provinces.

pub mod input;
pub mod view;

use crate::{
    ids::{MissionId, PersonId},
    text::{EmailAddress, Label, Prose, Title},
    time::ZoneName,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What kind of mission it is; a sub-national partner is first class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissionKind {
    /// Consulate general.
    ConsulateGeneral,
    /// Consulate.
    Consulate,
    /// Consulate headed by an honorary consular officer.
    HonoraryConsulate,
    /// Embassy.
    Embassy,
    /// Trade office.
    TradeOffice,
    /// Cultural institute.
    CulturalInstitute,
    /// City.
    City,
    /// Province, state or region.
    Province,
}

impl MissionKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::ConsulateGeneral,
        Self::Consulate,
        Self::HonoraryConsulate,
        Self::Embassy,
        Self::TradeOffice,
        Self::CulturalInstitute,
        Self::City,
        Self::Province,
    ];
}

/// The classes of heads of consular post (Vienna Convention on Consular Relations, art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PostClass {
    /// Consul general.
    ConsulGeneral,
    /// Consul.
    Consul,
    /// Vice-consul.
    ViceConsul,
    /// Consular agent.
    ConsularAgent,
}

/// The head of a post, with the dates that decide precedence (Vienna Convention on Consular Relations, art. 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadOfPost {
    /// Who.
    pub person: PersonId,
    /// Class; none for missions that are not consular.
    pub class: Option<PostClass>,
    /// Whether honorary (art. 58 and 68): after career officers within each class.
    #[serde(default)]
    pub honorary: bool,
    /// Since when acting, if the person only acts as head (art. 15): after all heads.
    pub acting_since: Option<NaiveDate>,
    /// Date of the exequatur (art. 12).
    pub exequatur_on: Option<NaiveDate>,
    /// Date of provisional admission (art. 13), which counts and is kept.
    pub provisional_on: Option<NaiveDate>,
    /// Date the commission was presented (art. 11), the tie-break of the same day.
    pub commission_on: Option<NaiveDate>,
    /// Date and time of taking up functions, for heads of diplomatic mission (Vienna Convention on Diplomatic Relations, art. 13).
    pub functions_at: Option<DateTime<Utc>>,
}

/// What the office knows of a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionDetails {
    /// Name: “Consulate General of Viet Nam”.
    pub name: Title,
    /// Kind.
    pub kind: MissionKind,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Label,
    /// The country's name in English, by which the corps is ordered last.
    pub country_name: Title,
    /// Zone of its capital.
    pub capital_zone: ZoneName,
    /// The capital's name as it is shown beside its time: “Hà Nội”.
    pub capital: Title,
    /// Address in the city.
    pub address: Option<Prose>,
    /// Where to write.
    pub email: Option<EmailAddress>,
    /// National day, as month and day.
    pub national_day: Option<Label>,
    /// Head of post.
    pub head: Option<HeadOfPost>,
}

/// A mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mission {
    /// Identifier.
    pub id: MissionId,
    /// Revision, from 1.
    pub revision: i64,
    /// What the office knows.
    pub details: MissionDetails,
}
