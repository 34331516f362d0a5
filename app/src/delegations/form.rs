//! The form of a delegate: what its fields hold.

use crate::{forms::FormFields, visits::words::word_of};
use domain::{
    delegations::{DelegateRole, input::DelegateInput},
    ids::VisitId,
    marking::view::DelegateView,
};
use serde::{Deserialize, Serialize};

/// The form of a delegate, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegateForm {
    /// The delegate; empty for a new one.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new delegate from another, so that two presses of its button are one.
    pub once: String,
    /// A delegation that is there.
    pub delegation_id: String,
    /// The name of a new delegation.
    pub delegation: String,
    /// The mission of a new delegation.
    pub mission_id: String,
    /// The person in the directory.
    pub person_id: String,
    /// Name as it is announced.
    pub name: String,
    /// Role.
    pub role: String,
    /// Rank or office.
    pub rank: String,
    /// Name in its own script.
    pub own_script: String,
    /// How it is said.
    pub pronunciation: String,
    /// Form of address.
    pub address: String,
    /// Languages by their tags, separated by commas.
    pub languages: String,
    /// What the kitchen must know.
    pub diet: String,
    /// Marking.
    pub marking: String,
    /// Place in the delegation's own order.
    pub position: String,
    /// Why a marking is lowered.
    pub reason: String,
    /// The alternative that was pressed.
    pub take: String,
}

impl FormFields for DelegateForm {
    const NAME: &'static str = "delegate";
}

impl DelegateForm {
    /// The form of a new delegate; the first is usually the head.
    pub fn new_in(visit: VisitId, is_first: bool) -> Self {
        let role = if is_first { DelegateRole::Head } else { DelegateRole::Official };
        Self { visit_id: visit.to_string(), role: word_of(&role), ..Self::default() }
    }

    /// The form of a delegate as its reader sees it.
    pub fn of(delegate: &DelegateView, visit: VisitId, seen: &str) -> Self {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            id: delegate.id.to_string(),
            visit_id: visit.to_string(),
            seen: seen.to_owned(),
            delegation_id: delegate.delegation_id.to_string(),
            person_id: delegate.person_id.to_string(),
            name: delegate.name.clone(),
            role: word_of(&delegate.role),
            rank: text(&delegate.rank),
            own_script: text(&delegate.own_script),
            pronunciation: text(&delegate.pronunciation),
            address: text(&delegate.address),
            languages: delegate.languages.join(", "),
            diet: text(&delegate.diet),
            position: delegate.position.to_string(),
            ..Self::default()
        }
    }

    /// What was said, for the use case. What is left empty of a new delegate is taken from the directory; of one that is there
    /// it is taken away. A name typed for a new delegation counts more than the one chosen.
    pub fn input(&self) -> DelegateInput {
        let is_new = self.id.is_empty();
        let whole = |text: &str| Some(text.to_owned());
        let part = |text: &str| (!is_new || !text.trim().is_empty()).then(|| text.to_owned());
        DelegateInput {
            delegation_id: self.delegation.trim().is_empty().then(|| self.delegation_id.clone()),
            delegation: whole(&self.delegation),
            mission_id: whole(&self.mission_id),
            person_id: whole(&self.person_id),
            name: part(&self.name),
            role: whole(&self.role),
            rank: part(&self.rank),
            own_script: part(&self.own_script),
            pronunciation: part(&self.pronunciation),
            address: part(&self.address),
            languages: part(&self.languages),
            diet: part(&self.diet),
            marking: (!self.marking.is_empty()).then(|| self.marking.clone()),
            position: whole(&self.position),
            reason: whole(&self.reason),
        }
    }
}

/// The form that takes a delegate out of the delegation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveDelegateForm {
    /// The delegate.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for RemoveDelegateForm {
    const NAME: &'static str = "remove-delegate";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_of_a_new_delegate_is_left_to_the_directory() {
        let input = DelegateForm { name: "Trần Mai".into(), ..DelegateForm::default() }.input();
        assert_eq!((input.name.as_deref(), input.rank, input.diet), (Some("Trần Mai"), None, None));
    }

    #[test]
    fn what_is_emptied_of_a_delegate_is_taken_away() {
        let input = DelegateForm { id: "1".into(), ..DelegateForm::default() }.input();
        assert_eq!((input.rank.as_deref(), input.diet.as_deref(), input.marking), (Some(""), Some(""), None));
    }

    #[test]
    fn a_new_delegation_counts_more_than_the_one_chosen() {
        let form = DelegateForm { delegation_id: "1".into(), delegation: "Viet Nam".into(), ..DelegateForm::default() };
        let input = form.input();
        assert_eq!((input.delegation_id, input.delegation.as_deref()), (None, Some("Viet Nam")));
    }
}
