//! The host.

mod host_name;

pub use host_name::HostName;

use crate::{
    clash::{Level, RuleId, SetLevels},
    ids::OfficeId,
    people::input::languages,
    problems::{FieldProblem, Problem, Problems},
    rooms::{
        input::{HolidayInput, holidays},
        terms::Holiday,
    },
    text::{EmailAddress, Title},
    time::{ZoneName, ZoneRules},
    typed::{needed, optional},
    visits::input::{country, zone},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Its mailbox, by which calendars say whose events are in them.
    #[serde(default)]
    pub mailbox: Option<EmailAddress>,
    /// The languages it works in, as IETF language tags (BCP 47).
    #[serde(default)]
    pub languages: Vec<crate::text::Label>,
    /// Days on which it is closed at all its sites, or open at other hours; by day. A site may say otherwise of a day.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// How bad it holds a breach of those rules for which it does not go by the usual level.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, Level>))]
    pub levels: SetLevels,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Identifier.
    pub id: OfficeId,
    /// The name by which requests choose it; a single office needs none.
    pub host_name: Option<HostName>,
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
    /// Its mailbox; empty for none.
    pub mailbox: Option<String>,
    /// The languages it works in, as IETF language tags (BCP 47).
    pub languages: Option<Vec<String>>,
    /// Days on which it is closed at all its sites, or open at other hours.
    pub holidays: Option<Vec<HolidayInput>>,
    /// The level of rules by their words, `note`, `warn`, `override` or `block`; of a rule that is not named the usual one.
    pub levels: Option<BTreeMap<String, String>>,
}

/// Reads the levels of rules.
fn levels(problems: &mut Problems, given: &BTreeMap<String, String>) -> SetLevels {
    let level = |(rule, level): (&String, &String)| {
        let field = format!("levels.{rule}");
        let rule = problems.take(&field, RuleId::from_word(rule).filter(|rule| !rule.is_fixed()).ok_or(Problem::Unknown))?;
        let level = problems.take(&field, Level::from_word(level).ok_or(Problem::Unknown))?;
        (level != rule.default_level()).then_some((rule, level))
    };
    given.iter().filter_map(level).collect()
}

impl OfficeInput {
    /// What was said, put onto an office as it is, or onto nothing when it is set up.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(&self, had: Option<&OfficeDetails>, rules: &dyn ZoneRules) -> Result<OfficeDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let host = needed(&mut problems, "host", self.host.as_deref(), had.map(|it| it.host.clone()), Title::parse);
        let name = needed(&mut problems, "name", self.name.as_deref(), had.map(|it| it.name.clone()), Title::parse);
        let zone = needed(&mut problems, "zone", self.zone.as_deref(), had.map(|it| it.zone.clone()), |text| zone(rules, text));
        let place = needed(&mut problems, "place", self.place.as_deref(), had.map(|it| it.place.clone()), Title::parse);
        let country = needed(&mut problems, "country", self.country.as_deref(), had.map(|it| it.country.clone()), |text| {
            country(text)?.ok_or(Problem::Missing)
        });
        let had_mailbox = had.and_then(|it| it.mailbox.clone());
        let mailbox = optional(&mut problems, "mailbox", self.mailbox.as_deref(), had_mailbox, EmailAddress::parse);
        let had_languages = || had.map(|it| it.languages.clone()).unwrap_or_default();
        let languages = match &self.languages {
            None => had_languages(),
            Some(given) => problems.take("languages", languages(given)).unwrap_or_else(had_languages),
        };
        let holidays = match &self.holidays {
            None => had.map(|it| it.holidays.clone()).unwrap_or_default(),
            Some(given) => holidays(&mut problems, given),
        };
        let levels = match &self.levels {
            None => had.map(|it| it.levels.clone()).unwrap_or_default(),
            Some(given) => levels(&mut problems, given),
        };
        let named = host.zip(name).zip(zone.zip(place)).zip(country);
        let details = named.map(|(((host, name), (zone, place)), country)| OfficeDetails {
            host,
            name,
            zone,
            place,
            country,
            mailbox,
            languages,
            holidays,
            levels,
        });
        problems.finish(details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{
        Span,
        fixed::{OffsetChanges, ZoneTable, tests},
    };

    /// One zone that was always there.
    fn table() -> ZoneTable {
        let during = Span::new(tests::at("1970-01-01T00:00:00Z"), tests::at("2030-01-01T00:00:00Z")).unwrap();
        ZoneTable::new("2026f", during, [(tests::zone("America/Los_Angeles"), OffsetChanges::always(tests::offset("-08:00")))])
    }

    fn fields(problems: Vec<FieldProblem>) -> Vec<String> {
        problems.into_iter().map(|it| it.field).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn an_office_is_set_up_with_all_it_needs_and_then_changed_in_parts() {
        let missing = OfficeInput::default().onto(None, &table()).unwrap_err();
        assert_eq!(fields(missing), ["host", "name", "zone", "place", "country"]);
        let input = OfficeInput {
            host: some("City of Los Angeles"),
            name: some("Office of International Affairs"),
            zone: some("America/Los_Angeles"),
            place: some("Los Angeles"),
            country: some("us"),
            ..OfficeInput::default()
        };
        let office = input.onto(None, &table()).unwrap();
        assert_eq!(office.country.as_str(), "US");
        let renamed = OfficeInput { name: some("Protocol"), ..OfficeInput::default() }.onto(Some(&office), &table()).unwrap();
        assert_eq!((renamed.name.as_str(), &renamed.host), ("Protocol", &office.host));
        let day = |on: &str| HolidayInput { on: on.into(), name: "Cesar Chavez Day".into(), ..HolidayInput::default() };
        let closed = OfficeInput { holidays: Some(vec![day("2027-03-31")]), ..OfficeInput::default() };
        let closed = closed.onto(Some(&renamed), &table()).unwrap();
        assert_eq!(OfficeInput::default().onto(Some(&closed), &table()).unwrap().holidays.len(), 1);
        let spoken = OfficeInput { languages: Some(vec!["en".into(), "es-MX".into()]), ..OfficeInput::default() };
        let spoken = spoken.onto(Some(&renamed), &table()).unwrap();
        assert_eq!(spoken.languages.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["en", "es-MX"]);
        let reached = OfficeInput { mailbox: some("Protocol@City.example"), ..OfficeInput::default() };
        let reached = reached.onto(Some(&renamed), &table()).unwrap();
        assert_eq!(reached.mailbox.as_ref().map(EmailAddress::as_str), Some("protocol@city.example"));
        let silent = OfficeInput { mailbox: some(""), ..OfficeInput::default() }.onto(Some(&reached), &table()).unwrap();
        assert_eq!(silent.mailbox, None);
        let wrong = OfficeInput { mailbox: some("protocol"), ..OfficeInput::default() };
        assert_eq!(fields(wrong.onto(Some(&reached), &table()).unwrap_err()), ["mailbox"]);
        let wrong = OfficeInput { languages: Some(vec!["the language of the angels".into()]), ..OfficeInput::default() };
        assert_eq!(fields(wrong.onto(Some(&spoken), &table()).unwrap_err()), ["languages"]);
        let wrong = OfficeInput { place: some(" "), country: some("USA"), holidays: Some(vec![day("31 March")]), ..OfficeInput::default() };
        assert_eq!(fields(wrong.onto(Some(&office), &table()).unwrap_err()), ["place", "country", "holidays.0.on"]);
    }

    #[test]
    fn a_rule_goes_by_its_usual_level_unless_it_is_set_and_fixed_ones_are_not() {
        let set = |rule: &str, level: &str| {
            let mut problems = Problems::new();
            let set = levels(&mut problems, &[(rule.to_owned(), level.to_owned())].into());
            problems.finish(Some(set)).map_err(fields)
        };
        assert_eq!(set("person_twice", "warn"), Ok([(RuleId::PersonTwice, Level::Warn)].into()));
        assert_eq!(set("person_twice", "block"), Ok(SetLevels::new()));
        for (rule, level) in [("room_twice", "warn"), ("time_skipped", "block"), ("person_thrice", "warn"), ("person_twice", "shout")] {
            assert_eq!(set(rule, level), Err(vec![format!("levels.{rule}")]));
        }
    }
}
