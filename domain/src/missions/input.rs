//! What a form, the API or a file says of a mission, and what is made of it.

use super::{HeadOfPost, MissionDetails, MissionKind, PostClass};
use crate::{
    ids::PersonId,
    problems::{FieldProblem, Problem, Problems},
    text::{EmailAddress, Label, Prose, Title},
    time::{ZoneRules, bounds::read_instant},
    typed::{needed, optional},
    visits::input::{country, date, word, zone},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What was said of a mission. What is absent stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MissionInput {
    /// Name, unique within the office.
    pub name: Option<String>,
    /// Kind.
    pub kind: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The country's name in English.
    pub country_name: Option<String>,
    /// Zone of its capital.
    pub capital_zone: Option<String>,
    /// The capital's name; on a new mission it may be left to the zone's.
    pub capital: Option<String>,
    /// Address in the city; empty for none.
    pub address: Option<String>,
    /// Where to write; empty for none.
    pub email: Option<String>,
    /// National day, `MM-DD`; empty for none.
    pub national_day: Option<String>,
    /// The head's person, by id; empty for no head. Another person starts without class and dates.
    pub head_person_id: Option<String>,
    /// Class; empty for none.
    pub head_class: Option<String>,
    /// Whether honorary.
    pub head_honorary: Option<bool>,
    /// Since when acting, `YYYY-MM-DD`; empty if not acting.
    pub head_acting_since: Option<String>,
    /// Date of the exequatur; empty for none.
    pub head_exequatur_on: Option<String>,
    /// Date of provisional admission; empty for none.
    pub head_provisional_on: Option<String>,
    /// Date the commission was presented; empty for none.
    pub head_commission_on: Option<String>,
    /// Date and time of taking up functions, RFC 3339; empty for none.
    pub head_functions_at: Option<String>,
}

/// A month and a day that exist in some year.
fn national_day(text: &str) -> Result<Label, Problem> {
    let text = text.trim();
    // A leap year: 29 February is somebody's day too.
    let exists = text.len() == 5 && NaiveDate::parse_from_str(&format!("2024-{text}"), "%Y-%m-%d").is_ok();
    if exists { Label::parse(text).map_err(Problem::from) } else { Err(Problem::NotATime) }
}

impl MissionInput {
    /// What was said, put onto a mission as it is, or onto nothing.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(&self, had: Option<&MissionDetails>, rules: &dyn ZoneRules) -> Result<MissionDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let name = needed(&mut problems, "name", self.name.as_deref(), had.map(|it| it.name.clone()), Title::parse);
        let kind = needed(&mut problems, "kind", self.kind.as_deref(), had.map(|it| it.kind), |text| word::<MissionKind>(text.trim()));
        let state = needed(&mut problems, "country", self.country.as_deref(), had.map(|it| it.country.clone()), |text| {
            country(text)?.ok_or(Problem::Missing)
        });
        let country_name =
            needed(&mut problems, "country_name", self.country_name.as_deref(), had.map(|it| it.country_name.clone()), Title::parse);
        let had_zone = had.map(|it| it.capital_zone.clone());
        let capital_zone = needed(&mut problems, "capital_zone", self.capital_zone.as_deref(), had_zone, |text| zone(rules, text));
        // The last part of the zone's name, until somebody writes the place as it is called there.
        let by_zone = capital_zone
            .as_ref()
            .and_then(|zone| Title::parse(&zone.as_str().rsplit('/').next().unwrap_or_default().replace('_', " ")).ok());
        let had_capital = had.map(|it| it.capital.clone()).or(by_zone);
        let given_capital = self.capital.as_deref().filter(|text| !text.trim().is_empty());
        let capital = match (given_capital, had_capital) {
            (Some(text), _) => problems.take("capital", Title::parse(text)),
            (None, had) => had,
        };
        let address = optional(&mut problems, "address", self.address.as_deref(), had.and_then(|it| it.address.clone()), Prose::parse);
        let email = optional(&mut problems, "email", self.email.as_deref(), had.and_then(|it| it.email.clone()), EmailAddress::parse);
        let had_day = had.and_then(|it| it.national_day.clone());
        let national_day = optional(&mut problems, "national_day", self.national_day.as_deref(), had_day, national_day);
        let head = self.head(had.and_then(|it| it.head.as_ref()), &mut problems);
        let named = name.zip(kind).zip(state.zip(country_name)).zip(capital_zone.zip(capital));
        problems.finish(named.map(|(((name, kind), (country, country_name)), (capital_zone, capital))| MissionDetails {
            name,
            kind,
            country,
            country_name,
            capital_zone,
            capital,
            address,
            email,
            national_day,
            head,
        }))
    }

    fn head(&self, had: Option<&HeadOfPost>, problems: &mut Problems) -> Option<HeadOfPost> {
        let person = match self.head_person_id.as_deref().map(str::trim) {
            None => had.map(|head| head.person),
            Some("") => None,
            Some(text) => problems.take("head_person_id", PersonId::from_str(text).map_err(|_| Problem::Unknown)),
        };
        let fields = [
            &self.head_class,
            &self.head_acting_since,
            &self.head_exequatur_on,
            &self.head_provisional_on,
            &self.head_commission_on,
            &self.head_functions_at,
        ];
        let says_more = fields.into_iter().flatten().any(|text| !text.trim().is_empty()) || self.head_honorary == Some(true);
        let Some(person) = person else {
            if says_more && problems.is_empty() {
                problems.add("head_person_id", Problem::Missing);
            }
            return None;
        };
        // Precedence follows the position as this person holds it: a successor starts anew.
        let had = had.filter(|head| head.person == person);
        let mut on = |field: &str, given: &Option<String>, had: Option<NaiveDate>| optional(problems, field, given.as_deref(), had, date);
        let acting_since = on("head_acting_since", &self.head_acting_since, had.and_then(|it| it.acting_since));
        let exequatur_on = on("head_exequatur_on", &self.head_exequatur_on, had.and_then(|it| it.exequatur_on));
        let provisional_on = on("head_provisional_on", &self.head_provisional_on, had.and_then(|it| it.provisional_on));
        let commission_on = on("head_commission_on", &self.head_commission_on, had.and_then(|it| it.commission_on));
        let class = optional(problems, "head_class", self.head_class.as_deref(), had.and_then(|it| it.class), |text| {
            word::<PostClass>(text.trim())
        });
        let had_functions = had.and_then(|it| it.functions_at);
        let functions_at = optional(problems, "head_functions_at", self.head_functions_at.as_deref(), had_functions, read_instant);
        let honorary = self.head_honorary.unwrap_or_else(|| had.is_some_and(|it| it.honorary));
        Some(HeadOfPost { person, class, honorary, acting_since, exequatur_on, provisional_on, commission_on, functions_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{
        Span,
        fixed::{
            OffsetChanges, ZoneTable,
            tests::{at, offset, zone},
        },
    };
    use uuid::Uuid;

    fn table() -> ZoneTable {
        let always = [(zone("Asia/Ho_Chi_Minh"), OffsetChanges::always(offset("+07:00")))];
        ZoneTable::new("2026f", Span::new(at("1970-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")).unwrap(), always)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn mission() -> MissionInput {
        MissionInput {
            name: some("Consulate General of Viet Nam"),
            kind: some("consulate_general"),
            country: some("vn"),
            country_name: some("Viet Nam"),
            capital_zone: some("Asia/Ho_Chi_Minh"),
            ..MissionInput::default()
        }
    }

    #[test]
    fn a_capital_nobody_named_is_called_as_its_zone() {
        let details = mission().onto(None, &table()).unwrap();
        assert_eq!((details.capital.as_str(), details.country.as_str()), ("Ho Chi Minh", "VN"));
    }

    #[test]
    fn all_that_is_missing_is_said_at_once() {
        let fields: Vec<String> = MissionInput::default().onto(None, &table()).unwrap_err().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["name", "kind", "country", "country_name", "capital_zone"]);
    }

    #[test]
    fn a_national_day_is_a_day_of_some_year() {
        assert!(national_day("02-29").is_ok());
        for wrong in ["02-30", "13-01", "2-3", "national", "+2-01"] {
            assert!(national_day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_new_head_does_not_inherit_the_dates_of_the_last() {
        let first = PersonId(Uuid::from_u128(1));
        let input = MissionInput {
            head_person_id: Some(first.to_string()),
            head_class: some("consul_general"),
            head_exequatur_on: some("2020-05-01"),
            ..mission()
        };
        let had = input.onto(None, &table()).unwrap();
        let second = MissionInput { head_person_id: Some(Uuid::from_u128(2).to_string()), ..MissionInput::default() };
        let head = second.onto(Some(&had), &table()).unwrap().head.unwrap();
        assert_eq!((head.class, head.exequatur_on), (None, None));
        let same = MissionInput { head_class: some(""), ..MissionInput::default() };
        let head = same.onto(Some(&had), &table()).unwrap().head.unwrap();
        assert_eq!((head.class, head.exequatur_on), (None, NaiveDate::from_ymd_opt(2020, 5, 1)));
    }

    #[test]
    fn dates_of_a_head_need_a_head() {
        let input = MissionInput { head_exequatur_on: some("2020-05-01"), ..mission() };
        assert_eq!(input.onto(None, &table()).unwrap_err()[0].field, "head_person_id");
    }
}
