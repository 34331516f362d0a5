//! The form of a person: what its fields hold.

use crate::{
    forms::{FormFields, tags_of},
    visits::words::word_of,
};
use domain::people::{NameOrder, Standing, input::PersonInput, view::PersonView};
use serde::{Deserialize, Serialize};

/// The form of a person, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// The person; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells a second press of its button from another wish.
    pub once: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Order of the name's parts.
    pub order: String,
    /// Name in its own script.
    pub own_script: String,
    /// How it is said.
    pub pronunciation: String,
    /// Form of address.
    pub address: String,
    /// Rank, in English.
    pub rank: String,
    /// Rank, in the person's own language.
    pub rank_own: String,
    /// Standing.
    pub standing: String,
    /// The person's mission.
    pub mission_id: String,
    /// Country, by name or code.
    pub country: String,
    /// Languages by their tags, separated by commas.
    pub languages: String,
    /// What the kitchen must know.
    pub diet: String,
}

impl FormFields for PersonForm {
    const NAME: &'static str = "person";
}

impl PersonForm {
    /// The form of a new person, of a mission if it is known.
    pub fn new_of(mission: String, once: String) -> Self {
        let standing = if mission.is_empty() { Standing::default() } else { Standing::MissionMember };
        Self { once, order: word_of(&NameOrder::default()), standing: word_of(&standing), mission_id: mission, ..Self::default() }
    }

    /// The form of a person as the reader sees them.
    pub fn of(person: &PersonView, seen: &str) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            id: person.id.to_string(),
            seen: seen.to_owned(),
            once: String::new(),
            given: text(&person.given),
            family: person.family.clone(),
            order: word_of(&person.order),
            own_script: text(&person.own_script),
            pronunciation: text(&person.pronunciation),
            address: text(&person.address),
            rank: text(&person.rank),
            rank_own: text(&person.rank_own),
            standing: word_of(&person.standing),
            mission_id: person.mission.as_ref().map(|mission| mission.id.to_string()).unwrap_or_default(),
            country: text(&person.country),
            languages: person.languages.join(", "),
            diet: text(&person.diet),
        }
    }

    /// What was said, for the use case. What the kitchen must know is said by who plans meals alone; `country` is its code.
    pub fn input(&self, country: String, plans_meals: bool) -> PersonInput {
        let whole = |text: &str| Some(text.to_owned());
        PersonInput {
            given: whole(&self.given),
            family: whole(&self.family),
            order: whole(&self.order),
            own_script: whole(&self.own_script),
            pronunciation: whole(&self.pronunciation),
            address: whole(&self.address),
            rank: whole(&self.rank),
            rank_own: whole(&self.rank_own),
            standing: whole(&self.standing),
            mission_id: whole(&self.mission_id),
            country: Some(country),
            languages: Some(tags_of(&self.languages)),
            diet: plans_meals.then(|| self.diet.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_with_commas_or_spaces_between_them() {
        let form = PersonForm { languages: "vi, en;fr  zh-Hant".into(), ..PersonForm::default() };
        assert_eq!(form.input(String::new(), true).languages.unwrap(), ["vi", "en", "fr", "zh-Hant"]);
    }

    #[test]
    fn who_does_not_plan_meals_says_nothing_of_them() {
        assert_eq!(PersonForm::default().input(String::new(), false).diet, None);
        assert_eq!(PersonForm::default().input(String::new(), true).diet.as_deref(), Some(""));
    }

    #[test]
    fn who_is_added_from_a_mission_is_a_member_of_it() {
        let form = PersonForm::new_of("1".into(), String::new());
        assert_eq!((form.standing.as_str(), form.mission_id.as_str()), ("mission_member", "1"));
        assert_eq!(PersonForm::new_of(String::new(), String::new()).standing, "guest");
    }
}
