//! What a form, the API or a file says of a person, and what is made of it.

use super::{NameOrder, PersonDetails, PersonName, Standing};
use crate::{
    ids::MissionId,
    problems::{FieldProblem, Problem, Problems},
    text::{Label, Prose, Title},
    typed::{needed, optional},
    visits::input::{country, word},
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The most languages kept of a person.
const MOST_LANGUAGES: usize = 30;

/// What was said of a person. What is absent stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PersonInput {
    /// Given name in Latin letters; empty for none.
    pub given: Option<String>,
    /// Family name in Latin letters, or the only name.
    pub family: Option<String>,
    /// `given_first` or `family_first`.
    pub order: Option<String>,
    /// The whole name in the person's own script; empty for none.
    pub own_script: Option<String>,
    /// How it is said; empty for unknown.
    pub pronunciation: Option<String>,
    /// Form of address; empty for none.
    pub address: Option<String>,
    /// Rank or title, in English; empty for none.
    pub rank: Option<String>,
    /// Rank or title, in the person's own language; empty for none.
    pub rank_own: Option<String>,
    /// What the person is to the office.
    pub standing: Option<String>,
    /// The mission the person belongs to, by id; empty for none.
    pub mission_id: Option<String>,
    /// Country, ISO 3166-1 alpha-2; empty for none.
    pub country: Option<String>,
    /// Languages spoken (BCP 47).
    pub languages: Option<Vec<String>>,
    /// What the kitchen must know; empty for nothing. Only who plans meals may say.
    pub diet: Option<String>,
}

/// The form of a language tag (RFC 5646, 2.1), loosely: subtags of letters and digits, the first of letters.
fn language(text: &str) -> Result<Label, Problem> {
    let text = text.trim();
    let mut subtags = text.split('-');
    let first = subtags.next().unwrap_or_default();
    let is_first = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest = subtags.all(|subtag| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_first && rest { Label::parse(text).map_err(Problem::from) } else { Err(Problem::Form) }
}

/// Language tags, each once.
///
/// # Errors
/// When one of them is none, or there are too many.
pub(crate) fn languages(given: &[String]) -> Result<Vec<Label>, Problem> {
    let mut known: Vec<Label> = Vec::with_capacity(given.len());
    for text in given.iter().filter(|text| !text.trim().is_empty()) {
        let tag = language(text)?;
        if !known.contains(&tag) {
            known.push(tag);
        }
    }
    let most = i64::try_from(MOST_LANGUAGES).unwrap_or(i64::MAX);
    if known.len() > MOST_LANGUAGES { Err(Problem::OutOfBounds { least: 0, most }) } else { Ok(known) }
}

impl PersonInput {
    /// What was said, put onto a person as they are, or onto nothing. Who does not plan meals may not say what the kitchen must
    /// know, which to them does not exist.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(&self, had: Option<&PersonDetails>, plans_meals: bool) -> Result<PersonDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let had_name = had.map(|it| &it.name);
        let mut title =
            |field: &str, given: &Option<String>, had: Option<Title>| optional(&mut problems, field, given.as_deref(), had, Title::parse);
        let given = title("given", &self.given, had_name.and_then(|it| it.given.clone()));
        let own_script = title("own_script", &self.own_script, had_name.and_then(|it| it.own_script.clone()));
        let pronunciation = title("pronunciation", &self.pronunciation, had_name.and_then(|it| it.pronunciation.clone()));
        let address = title("address", &self.address, had.and_then(|it| it.address.clone()));
        let rank = title("rank", &self.rank, had.and_then(|it| it.rank.clone()));
        let rank_own = title("rank_own", &self.rank_own, had.and_then(|it| it.rank_own.clone()));
        let family = needed(&mut problems, "family", self.family.as_deref(), had_name.map(|it| it.family.clone()), Title::parse);
        let had_order = had_name.map(|it| it.order);
        let order =
            optional(&mut problems, "order", self.order.as_deref(), had_order, |text| word::<NameOrder>(text.trim())).unwrap_or_default();
        let had_standing = had.map(|it| it.standing);
        let standing = optional(&mut problems, "standing", self.standing.as_deref(), had_standing, |text| word::<Standing>(text.trim()))
            .unwrap_or_default();
        let mission = optional(&mut problems, "mission_id", self.mission_id.as_deref(), had.and_then(|it| it.mission), |text| {
            MissionId::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let country = optional(&mut problems, "country", self.country.as_deref(), had.and_then(|it| it.country.clone()), |text| {
            country(text)?.ok_or(Problem::Missing)
        });
        let had_languages = || had.map(|it| it.languages.clone()).unwrap_or_default();
        let languages = match &self.languages {
            None => had_languages(),
            Some(given) => problems.take("languages", languages(given)).unwrap_or_else(had_languages),
        };
        let had_diet = had.and_then(|it| it.diet.clone());
        let diet = if plans_meals {
            optional(&mut problems, "diet", self.diet.as_deref(), had_diet, Prose::parse)
        } else {
            if self.diet.is_some() {
                problems.add("diet", Problem::Unknown);
            }
            had_diet
        };
        problems.finish(family.map(|family| PersonDetails {
            name: PersonName { given, family, order, own_script, pronunciation },
            address,
            rank,
            rank_own,
            standing,
            mission,
            country,
            languages,
            diet,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn one_name_alone_is_a_name() {
        let details = PersonInput { family: some("Suharto"), ..PersonInput::default() }.onto(None, false).unwrap();
        assert_eq!(details.name.in_latin(), "Suharto");
        assert_eq!(PersonInput::default().onto(None, false).unwrap_err()[0].field, "family");
    }

    #[test]
    fn what_the_kitchen_must_know_is_kept_from_who_does_not_plan_meals_and_not_lost_by_them() {
        let vegan = PersonInput { family: some("Ito"), diet: some("Vegan"), ..PersonInput::default() };
        assert_eq!(vegan.onto(None, false).unwrap_err()[0].field, "diet");
        let had = vegan.onto(None, true).unwrap();
        let renamed = PersonInput { family: some("Itō"), ..PersonInput::default() }.onto(Some(&had), false).unwrap();
        assert_eq!(renamed.diet, had.diet);
    }

    #[test]
    fn languages_are_tags() {
        assert!(languages(&["en".into(), "zh-Hant-TW".into(), "en".into(), String::new()]).is_ok_and(|tags| tags.len() == 2));
        for wrong in ["English!", "e", "en_US", "123"] {
            assert!(language(wrong).is_err(), "{wrong}");
        }
    }
}
