//! Boxes under one question.

use super::form_sheet::FormState;
use leptos::prelude::*;

/// Boxes that answer one question together: a legend, the boxes, and what is wrong with all of them.
#[component]
pub fn BoxGroup(
    /// The name by which a problem of theirs is found.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The boxes.
    children: Children,
) -> impl IntoView {
    let state = use_context::<FormState>();
    if let Some(state) = state {
        state.remember_label(&name, &label);
    }
    let id = state.map(|state| state.field_id(&name));
    let why_id = id.as_ref().map(|id| format!("{id}-why"));
    let described = why_id.clone();
    let problem = move || state.and_then(|state| state.problem_of(&name));
    let problem = Memo::new(move |_| problem());
    let described_by = move || described.clone().filter(|_| problem.with(Option::is_some));
    view! {
        <fieldset class="group" id=id tabindex="-1" class:wrong=move || problem.with(Option::is_some) aria-describedby=described_by>
            <legend>{label}</legend>
            {children()}
            {move || problem.get().map(|problem| view! { <span class="why" id=why_id.clone()>{problem}</span> })}
        </fieldset>
    }
    .into_any()
}
