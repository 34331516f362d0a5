//! Human beings: names in two scripts, form of address, rank; not the same as accounts.

pub mod input;
pub mod view;

use crate::{
    ids::{MissionId, PersonId},
    text::{Label, Prose, Title},
};
use serde::{Deserialize, Serialize};

/// The order in which a name's parts are said and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// Given name first.
    #[default]
    GivenFirst,
    /// Family name first.
    FamilyFirst,
}

/// A name as it is written in Latin letters and in its owner's script, and how it is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Given name in Latin letters; some people have one name alone.
    pub given: Option<Title>,
    /// Family name in Latin letters.
    pub family: Title,
    /// Order of the parts.
    #[serde(default)]
    pub order: NameOrder,
    /// The whole name in the person's own script.
    pub own_script: Option<Title>,
    /// How it is said, in plain syllables.
    pub pronunciation: Option<Title>,
}

impl PersonName {
    /// The name in Latin letters, in its owner's order.
    pub fn in_latin(&self) -> String {
        match (&self.given, self.order) {
            (None, _) => self.family.to_string(),
            (Some(given), NameOrder::GivenFirst) => format!("{given} {}", self.family),
            (Some(given), NameOrder::FamilyFirst) => format!("{} {given}", self.family),
        }
    }
}

/// What a person is to the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A principal of the host: the mayor, a deputy mayor, a minister.
    HostPrincipal,
    /// A member of the host's staff.
    HostStaff,
    /// An interpreter.
    Interpreter,
    /// A principal of a guest: the visiting president or minister.
    VisitingPrincipal,
    /// A member of a mission.
    MissionMember,
    /// Anybody else.
    #[default]
    Guest,
}

impl Standing {
    /// All standings.
    pub const ALL: [Self; 6] =
        [Self::HostPrincipal, Self::HostStaff, Self::Interpreter, Self::VisitingPrincipal, Self::MissionMember, Self::Guest];
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// Revision, from 1.
    pub revision: i64,
    /// What the office knows of the person.
    pub details: PersonDetails,
}

/// What the office knows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetails {
    /// Name.
    pub name: PersonName,
    /// Form of address: “Your Excellency”, “Madam Mayor”.
    pub address: Option<Title>,
    /// Rank or title, in English.
    pub rank: Option<Title>,
    /// Rank or title, in the person's own language.
    pub rank_own: Option<Title>,
    /// What the person is to the office.
    #[serde(default)]
    pub standing: Standing,
    /// The mission the person belongs to.
    pub mission: Option<MissionId>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<Label>,
    /// Languages spoken, as IETF language tags (BCP 47).
    #[serde(default)]
    pub languages: Vec<Label>,
    /// What the kitchen must know. Personal: shown to who plans the meal.
    pub diet: Option<Prose>,
}
