//! The host.

use crate::{
    ids::OfficeId,
    problems::{FieldProblem, Problem, Problems},
    rooms::{
        input::{HolidayInput, holidays},
        terms::Holiday,
    },
    text::Title,
    time::{ZoneName, ZoneRules},
    typed::needed,
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
    /// Days on which it is closed at all its sites, or open at other hours; by day. A site may say otherwise of a day.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
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
    /// Days on which it is closed at all its sites, or open at other hours.
    pub holidays: Option<Vec<HolidayInput>>,
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
        let holidays = match &self.holidays {
            None => had.map(|it| it.holidays.clone()).unwrap_or_default(),
            Some(given) => holidays(&mut problems, given),
        };
        let named = host.zip(name).zip(zone.zip(place)).zip(country);
        let details = named.map(|(((host, name), (zone, place)), country)| OfficeDetails { host, name, zone, place, country, holidays });
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

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn an_office_is_set_up_with_all_it_needs_and_then_changed_in_parts() {
        let fields = |problems: Vec<FieldProblem>| problems.into_iter().map(|it| it.field).collect::<Vec<_>>();
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
        let wrong = OfficeInput { place: some(" "), country: some("USA"), holidays: Some(vec![day("31 March")]), ..OfficeInput::default() };
        assert_eq!(fields(wrong.onto(Some(&office), &table()).unwrap_err()), ["place", "country", "holidays.0.on"]);
    }
}
