//! The form of a site: what its fields hold, and what is made of them.

use super::holidays::{field_of_holiday, holidays_of, put_holidays};
use crate::forms::{FormFields, renamed};
use domain::{
    problems::FieldProblem,
    rooms::{
        input::{SiteInput, TravelInput},
        view::SiteView,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the fields of ways; the other site's id follows.
const TRAVEL: &str = "travel_";

/// The form of a site, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteForm {
    /// The site; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Its clocks.
    pub zone: String,
    /// Minutes by car to other sites (`travel_ID`) and holidays by row (`holiday_1_on` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for SiteForm {
    const NAME: &'static str = "site";
}

/// The name of the field of the way to a site.
pub(super) fn travel_field(site: &str) -> String {
    format!("{TRAVEL}{site}")
}

impl SiteForm {
    /// The form of a new site, on the office's clocks.
    pub fn new_in(zone: String) -> Self {
        Self { zone, ..Self::default() }
    }

    /// The form of a site as it is.
    pub fn of(site: &SiteView, seen: &str) -> Self {
        let mut more: BTreeMap<String, String> =
            site.travel.iter().map(|way| (travel_field(&way.to.to_string()), way.minutes.to_string())).collect();
        put_holidays(&mut more, site.holidays.iter().map(|holiday| (holiday.on, holiday.name.as_str(), holiday.hours)));
        Self {
            id: site.id.to_string(),
            seen: seen.to_owned(),
            name: site.name.clone(),
            address: site.address.clone().unwrap_or_default(),
            zone: site.zone.clone(),
            more,
        }
    }

    /// The other sites and the minutes to them, in the order in which problems count them.
    fn ways(&self) -> impl Iterator<Item = (&str, &str)> {
        self.more.iter().filter_map(|(name, minutes)| Some((name.strip_prefix(TRAVEL)?, minutes.as_str())))
    }

    /// What was said, for the use case.
    pub fn input(&self) -> SiteInput {
        let travel = self.ways().map(|(site, minutes)| TravelInput { to: site.to_owned(), minutes: minutes.into() });
        SiteInput {
            name: Some(self.name.clone()),
            address: Some(self.address.clone()),
            zone: Some(self.zone.clone()),
            travel: Some(travel.collect()),
            holidays: Some(holidays_of(&self.more)),
        }
    }

    /// The problems by the names of the form's fields.
    pub fn in_fields(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        let ways: Vec<&str> = self.ways().map(|(site, _)| site).collect();
        renamed(problems, |field| {
            let Some(way) = field.strip_prefix("travel.") else { return field_of_holiday(&self.more, field) };
            let (index, _) = way.split_once('.')?;
            ways.get(index.parse::<usize>().ok()?).map(|site| travel_field(site))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::problems::Problem;

    #[test]
    fn a_wrong_number_of_minutes_is_told_beside_its_site() {
        let more = BTreeMap::from([("travel_a".to_owned(), String::new()), ("travel_b".to_owned(), "soon".to_owned())]);
        let form = SiteForm { more, ..SiteForm::default() };
        assert_eq!(form.input().travel.map(|travel| travel.len()), Some(2));
        let problem = FieldProblem { field: "travel.1.minutes".into(), problem: Problem::Missing };
        assert_eq!(form.in_fields(vec![problem])[0].field, "travel_b");
    }

    #[test]
    fn a_wrong_holiday_is_told_beside_its_row() {
        let more = BTreeMap::from([("travel_a".to_owned(), String::new()), ("holiday_2_on".to_owned(), "Christmas".to_owned())]);
        let form = SiteForm { more, ..SiteForm::default() };
        assert_eq!(form.input().holidays.map(|holidays| holidays.len()), Some(1));
        let problem = FieldProblem { field: "holidays.0.on".into(), problem: Problem::NotATime };
        assert_eq!(form.in_fields(vec![problem])[0].field, "holiday_2_on");
    }
}
