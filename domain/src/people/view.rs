//! People as they travel: facts of the office, marked TLP:GREEN, but for what is personal.

use super::{NameOrder, Person, Standing};
use crate::{
    ids::{MissionId, PersonId},
    marking::view::Named,
};
use serde::{Deserialize, Serialize};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonView {
    /// Identifier.
    pub id: PersonId,
    /// The name in Latin letters, in its owner's order.
    pub name: String,
    /// Given name in Latin letters.
    pub given: Option<String>,
    /// Family name in Latin letters.
    pub family: String,
    /// Order of the parts.
    pub order: NameOrder,
    /// The whole name in the person's own script.
    pub own_script: Option<String>,
    /// How it is said.
    pub pronunciation: Option<String>,
    /// Form of address.
    pub address: Option<String>,
    /// Rank or title, in English.
    pub rank: Option<String>,
    /// Rank or title, in the person's own language.
    pub rank_own: Option<String>,
    /// What the person is to the office.
    pub standing: Standing,
    /// The mission the person belongs to.
    pub mission: Option<Named<MissionId>>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Languages spoken (BCP 47).
    pub languages: Vec<String>,
    /// What the kitchen must know; to who plans the meal.
    pub diet: Option<String>,
}

impl PersonView {
    /// A person, with the mission's name; with what the kitchen must know for who plans meals.
    pub fn of(person: &Person, mission: Option<String>, plans_meals: bool) -> Self {
        let details = &person.details;
        let text = |text: &Option<crate::text::Title>| text.as_ref().map(ToString::to_string);
        Self {
            id: person.id,
            name: details.name.in_latin(),
            given: text(&details.name.given),
            family: details.name.family.to_string(),
            order: details.name.order,
            own_script: text(&details.name.own_script),
            pronunciation: text(&details.name.pronunciation),
            address: text(&details.address),
            rank: text(&details.rank),
            rank_own: text(&details.rank_own),
            standing: details.standing,
            mission: details.mission.zip(mission).map(|(id, name)| Named { id, name }),
            country: details.country.as_ref().map(ToString::to_string),
            languages: details.languages.iter().map(ToString::to_string).collect(),
            diet: details.diet.as_ref().filter(|_| plans_meals).map(ToString::to_string),
        }
    }
}

crate::viewed_by! { PersonView {} }
