//! The part of a room's form that says who must ask for it, and who gives it.

use crate::{
    accounts::words::role_in_words,
    components::{BoxGroup, Checkbox, Fact},
    words::use_words,
};
use domain::{
    accounts::Role,
    permission::{Action, role_allows},
    rooms::{approval::Approval, input::ApprovalInput},
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The roles that may do this, in their order.
fn roles(action: Action) -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(move |role| role_allows(*role, action))
}

fn given_field(role: Role) -> String {
    format!("approval_by_{}", role.word())
}

fn needed_field(role: Role) -> String {
    format!("approval_from_{}", role.word())
}

/// Puts what a room says into the fields of its form.
pub(super) fn put(more: &mut BTreeMap<String, String>, approval: &Approval) {
    more.extend(approval.given_by.iter().map(|role| (given_field(*role), "yes".to_owned())));
    more.extend(approval.needed_from.iter().map(|role| (needed_field(*role), "yes".to_owned())));
}

/// What was ticked, for the use case.
pub(super) fn input(more: &BTreeMap<String, String>) -> ApprovalInput {
    let ticked = |field: String| more.get(&field).is_some_and(|sent| !sent.is_empty());
    ApprovalInput {
        needed_from: roles(Action::BookRoom).filter(|role| ticked(needed_field(*role))).map(|role| role.word().to_owned()).collect(),
        given_by: roles(Action::ApproveBooking).filter(|role| ticked(given_field(*role))).map(|role| role.word().to_owned()).collect(),
    }
}

/// A box for each role that may give the room, and for each that may have to ask.
#[component]
pub fn ApprovalBoxes() -> impl IntoView {
    let words = use_words();
    let boxes = |action: Action, field: fn(Role) -> String| {
        roles(action).map(|role| view! { <Checkbox name=field(role) label=role_in_words(words, role) /> }).collect_view()
    };
    let (given, needed) = (boxes(Action::ApproveBooking, given_field), boxes(Action::BookRoom, needed_field));
    view! {
        <BoxGroup name="approval.given_by" label=words.approvals_room_title()>
            <p class="faint">{words.approvals_room_hint()}</p>
            <div class="pair">{given}</div>
        </BoxGroup>
        <BoxGroup name="approval.needed_from" label=words.approvals_room_from_title()>
            <p class="faint">{words.approvals_room_from_hint()}</p>
            <div class="pair">{needed}</div>
        </BoxGroup>
    }
    .into_any()
}

/// Who gives a room and who must ask, in words; nothing where nobody need ask.
#[component]
pub fn ApprovalFact(
    /// What the room says.
    approval: Approval,
) -> impl IntoView {
    let words = use_words();
    let named =
        move |roles: &BTreeSet<Role>| -> String { roles.iter().map(|role| role_in_words(words, *role)).collect::<Vec<_>>().join(", ") };
    (!approval.given_by.is_empty()).then(|| {
        let given = named(&approval.given_by);
        let said =
            if approval.needed_from.is_empty() { given } else { words.approvals_room_given_and_asked(named(&approval.needed_from), given) };
        view! { <Fact term=words.approvals_room_given_by()>{said}</Fact> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ticked_is_what_the_room_says() {
        let approval = Approval { needed_from: [Role::Scheduler].into(), given_by: [Role::RoomsManager, Role::SecurityLead].into() };
        let mut more = BTreeMap::new();
        put(&mut more, &approval);
        let said = input(&more);
        assert_eq!((said.needed_from, said.given_by.len()), (vec!["scheduler".to_owned()], 2));
        more.insert(given_field(Role::RoomsManager), String::new());
        assert_eq!(input(&more).given_by, ["security_lead"]);
    }
}
