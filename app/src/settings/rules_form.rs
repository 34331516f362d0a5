//! The form of the levels of the rules of clashes: what its fields hold.

use crate::forms::{FormFields, renamed};
use domain::{
    clash::{RuleId, Rules},
    offices::{OfficeDetails, OfficeInput},
    problems::FieldProblem,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the fields; the rule's word follows.
const LEVEL: &str = "level_";

/// The field of a rule's level.
pub(super) fn level_field(rule: RuleId) -> String {
    format!("{LEVEL}{}", rule.word())
}

/// The form of the levels of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    /// The version one saw.
    pub seen: String,
    /// Levels by rule (`level_person_twice` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for RulesForm {
    const NAME: &'static str = "rules";
}

impl RulesForm {
    /// The form of the office as it is.
    pub fn of(office: &OfficeDetails, seen: &str) -> Self {
        let rules = Rules::from(&office.levels);
        let set = RuleId::ALL.into_iter().filter(|rule| !rule.is_fixed());
        let more = set.map(|rule| (level_field(rule), rules.level(rule).word().to_owned())).collect();
        Self { seen: seen.to_owned(), more }
    }

    /// What was said, for the use case.
    pub fn input(&self) -> OfficeInput {
        let said = self.more.iter().filter_map(|(field, level)| Some((field.strip_prefix(LEVEL)?.to_owned(), level.clone())));
        OfficeInput { levels: Some(said.collect()), ..OfficeInput::default() }
    }

    /// The problems by the names of the form's fields.
    pub fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        renamed(problems, |field| field.strip_prefix("levels.").map(|rule| format!("{LEVEL}{rule}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_each_rule_that_may_be_set() {
        let form = RulesForm::of(&serde_json::from_value(office()).unwrap(), "seen");
        let said = form.input().levels.unwrap();
        assert_eq!(said.len(), RuleId::ALL.into_iter().filter(|rule| !rule.is_fixed()).count());
        assert_eq!((said["person_twice"].as_str(), said["room_closed"].as_str()), ("warn", "override"));
        assert!(!said.contains_key("room_twice"));
    }

    fn office() -> serde_json::Value {
        serde_json::json!({
            "host": "City of Los Angeles", "name": "Office of International Affairs", "zone": "America/Los_Angeles",
            "place": "Los Angeles", "country": "US", "levels": { "person_twice": "warn" }
        })
    }
}
