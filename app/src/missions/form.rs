//! The form of a mission: what its fields hold.

use crate::{forms::FormFields, visits::words::word_of};
use chrono::NaiveDate;
use domain::missions::view::MissionView;
use serde::{Deserialize, Serialize};

/// The form of a mission, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MissionForm {
    /// The mission; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The country's name.
    pub country_name: String,
    /// Zone of the capital.
    pub capital_zone: String,
    /// The capital.
    pub capital: String,
    /// Address.
    pub address: String,
    /// Where to write.
    pub email: String,
    /// National day, as people type days, or month and day.
    pub national_day: String,
    /// The head's person.
    pub head_person_id: String,
    /// Class.
    pub head_class: String,
    /// `yes` if honorary.
    pub head_honorary: String,
    /// Since when acting, as people type days.
    pub head_acting_since: String,
    /// Date of the exequatur.
    pub head_exequatur_on: String,
    /// Date of provisional admission.
    pub head_provisional_on: String,
    /// Date the commission was presented.
    pub head_commission_on: String,
    /// Day and time of taking up functions, on the office's clocks.
    pub head_functions_at: String,
}

impl FormFields for MissionForm {
    const NAME: &'static str = "mission";
}

impl MissionForm {
    /// The form of a mission as it is. `functions_at` is on the office's clocks.
    pub fn of(mission: &MissionView, functions_at: Option<String>, seen: &str) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let head = mission.head.as_ref();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            id: mission.id.to_string(),
            seen: seen.to_owned(),
            name: mission.name.clone(),
            kind: word_of(&mission.kind),
            country: mission.country.clone(),
            country_name: mission.country_name.clone(),
            capital_zone: mission.capital_zone.clone(),
            capital: mission.capital.clone(),
            address: text(&mission.address),
            email: text(&mission.email),
            national_day: text(&mission.national_day),
            head_person_id: head.map(|head| head.person.id.to_string()).unwrap_or_default(),
            head_class: head.and_then(|head| head.class).map(|class| word_of(&class)).unwrap_or_default(),
            head_honorary: if head.is_some_and(|head| head.honorary) { "yes".to_owned() } else { String::new() },
            head_acting_since: day(head.and_then(|head| head.acting_since)),
            head_exequatur_on: day(head.and_then(|head| head.exequatur_on)),
            head_provisional_on: day(head.and_then(|head| head.provisional_on)),
            head_commission_on: day(head.and_then(|head| head.commission_on)),
            head_functions_at: text(&functions_at),
        }
    }
}

#[cfg(feature = "ssr")]
mod reading {
    use super::MissionForm;
    use chrono::NaiveDate;
    use domain::{
        missions::input::MissionInput,
        problems::{FieldProblem, Problem, Problems},
        time::{
            ZoneName, ZoneRules,
            agreed::{AgreedTime, settle},
            clocks::rfc3339,
            typed::{Base, read_date, read_moment},
        },
    };

    impl MissionForm {
        /// What was said, for the use case. Days are read as people type them, times on the clocks of the office's zone.
        ///
        /// # Errors
        /// When a day or time cannot be read: then with all that is wrong with the form.
        pub(in crate::missions) fn read(
            &self,
            today: NaiveDate,
            zone: &ZoneName,
            rules: &dyn ZoneRules,
        ) -> Result<MissionInput, Vec<FieldProblem>> {
            let mut problems = Problems::new();
            let base = Base { today, from: None };
            let day = |problems: &mut Problems, field: &str, text: &str| {
                let read = (!text.trim().is_empty()).then(|| problems.take(field, read_date(text, &base))).flatten();
                Some(read.map(|day| day.to_string()).unwrap_or_default())
            };
            let head_acting_since = day(&mut problems, "head_acting_since", &self.head_acting_since);
            let head_exequatur_on = day(&mut problems, "head_exequatur_on", &self.head_exequatur_on);
            let head_provisional_on = day(&mut problems, "head_provisional_on", &self.head_provisional_on);
            let head_commission_on = day(&mut problems, "head_commission_on", &self.head_commission_on);
            let functions_at = if self.head_functions_at.trim().is_empty() {
                None
            } else {
                let local = problems.take("head_functions_at", read_moment(&self.head_functions_at, &base));
                let agreed = local.map(|local| AgreedTime { local, zone: zone.clone(), offset: None });
                agreed.and_then(|agreed| problems.take("head_functions_at", settle(rules, &agreed)))
            };
            // “2 Sep” is said of every year; what is no such day may be month and day in figures.
            let national_day =
                read_date(&self.national_day, &base).map_or_else(|_| self.national_day.clone(), |day| day.format("%m-%d").to_string());
            let whole = |text: &str| Some(text.to_owned());
            let input = MissionInput {
                name: whole(&self.name),
                kind: whole(&self.kind),
                country: whole(&self.country),
                country_name: whole(&self.country_name),
                capital_zone: whole(&self.capital_zone),
                capital: whole(&self.capital),
                address: whole(&self.address),
                email: whole(&self.email),
                national_day: Some(national_day),
                head_person_id: whole(&self.head_person_id),
                head_class: whole(&self.head_class),
                head_honorary: Some(!self.head_honorary.is_empty()),
                head_acting_since,
                head_exequatur_on,
                head_provisional_on,
                head_commission_on,
                head_functions_at: Some(functions_at.map(|moment| rfc3339(&moment)).unwrap_or_default()),
            };
            if problems.is_empty() {
                return Ok(input);
            }
            // Everything wrong is said at once, also when a day cannot be read.
            let mut all = problems.into_vec();
            all.extend(in_fields(input.onto(None, rules).err().unwrap_or_default()));
            Err(all)
        }
    }

    /// The problems as the form says them: a national day has no year and no time.
    pub(in crate::missions) fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        let said = |problem: FieldProblem| match problem.field.as_str() {
            "national_day" if problem.problem == Problem::NotATime => FieldProblem { problem: Problem::Form, ..problem },
            _ => problem,
        };
        problems.into_iter().map(said).collect()
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use backend::zones::{ZoneOptions, Zones};

        fn read(form: &MissionForm) -> Result<MissionInput, Vec<String>> {
            let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            let zone = ZoneName::parse("America/Los_Angeles").unwrap();
            let read = form.read(today, &zone, &Zones::newest(&ZoneOptions::default()).unwrap());
            read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
        }

        #[test]
        fn days_are_read_as_people_type_them() {
            let form = MissionForm {
                national_day: "2 Sep".into(),
                head_exequatur_on: "14 Mar 2021".into(),
                head_functions_at: "14 Mar 2025 10.30".into(),
                ..MissionForm::default()
            };
            let input = read(&form).unwrap();
            assert_eq!(input.national_day.as_deref(), Some("09-02"));
            assert_eq!(input.head_exequatur_on.as_deref(), Some("2021-03-14"));
            assert_eq!(input.head_functions_at.as_deref(), Some("2025-03-14T10:30:00-07:00"));
            assert_eq!(input.head_commission_on.as_deref(), Some(""));
        }

        #[test]
        fn a_national_day_may_be_month_and_day_and_one_of_leap_years() {
            for day in ["09-02", "02-29"] {
                assert_eq!(
                    read(&MissionForm { national_day: day.into(), ..MissionForm::default() }).unwrap().national_day.as_deref(),
                    Some(day)
                );
            }
        }

        #[test]
        fn all_that_is_wrong_is_said_at_once() {
            let form = MissionForm { head_exequatur_on: "yesteryear".into(), national_day: "never".into(), ..MissionForm::default() };
            let fields = read(&form).unwrap_err();
            assert_eq!(fields, ["head_exequatur_on", "name", "kind", "country", "country_name", "capital_zone", "national_day"]);
        }
    }
}

#[cfg(feature = "ssr")]
pub(super) use reading::in_fields;
