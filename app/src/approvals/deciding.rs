//! Giving a room to what waits for it, or not.

use super::{
    form::{ApproveForm, DeclineForm},
    server_fns::{ApproveRoom, DeclineRoom},
    standing::Pencils,
    view::WaitingShown,
    words::when_said,
};
use crate::{
    components::{Button, Field, FormSheet, Hidden, Weight},
    forms::{Draft, Start},
    words::use_words,
};
use leptos::prelude::*;

/// What the decision ends, and the two forms that make it.
#[component]
pub(super) fn Deciding(
    /// What waits.
    waiting: WaitingShown,
    /// The refused form that the address names.
    draft: Option<Draft>,
    /// The page the decision leads back to.
    back: String,
) -> impl IntoView {
    let words = use_words();
    let (approve, decline) = (ServerAction::<ApproveRoom>::new(), ServerAction::<DeclineRoom>::new());
    let WaitingShown { view, when, pencils } = waiting;
    let (id, seen) = (view.id.to_string(), view.version);
    let title = view.engaged.map_or_else(|| words.approvals_reserved(), |engaged| engaged.title);
    let when = when_said(words, &when);
    let giving = Start::of(&ApproveForm { id: id.clone(), seen: seen.clone(), back: back.clone() }, draft.as_ref());
    let declining = Start::of(&DeclineForm { id: id.clone(), seen, back, reason: String::new() }, draft.as_ref());
    let open = declining.refusal().is_some();
    let of = words.approvals_decline_of(title.clone(), when.clone());
    view! {
        <Pencils title=words.approvals_ends_title() pencils=pencils />
        <FormSheet action=approve start=giving id=format!("approve-{id}") bare=true>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="back" />
            <div class="actions">
                <button type="submit" class="button main" aria-label=words.approvals_give_to(title, when)>{words.approvals_give()}</button>
            </div>
        </FormSheet>
        <details open=open>
            <summary aria-label=of>{words.approvals_decline_title()}</summary>
            <FormSheet action=decline start=declining id=format!("decline-{id}")>
                <Hidden name="id" />
                <Hidden name="seen" />
                <Hidden name="back" />
                <Field name="reason" label=words.approvals_field_reason() hint=words.approvals_field_reason_hint() />
                <div class="actions"><Button weight=Weight::Grave>{words.approvals_decline_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
