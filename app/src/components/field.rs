//! What one types or chooses in a form.

use super::form_sheet::FormState;
use crate::words::use_words;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value sent.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A value and what is shown for it.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// What every kind of field has in common: ids, the value it opens with, and what is wrong.
#[derive(Clone)]
pub(super) struct FieldParts {
    pub(super) id: String,
    pub(super) hint_id: String,
    pub(super) why_id: String,
    pub(super) value: String,
    hint: Option<String>,
    name: String,
    state: Option<FormState>,
}

impl FieldParts {
    /// Inside a form the value is what the form opens with; outside (a filter) it is given.
    pub(super) fn of(name: &str, label: &str, value: Option<String>, hint: Option<String>) -> Self {
        let state = use_context::<FormState>();
        let id = state.map_or_else(|| format!("filter-{name}"), |state| state.field_id(name));
        if let Some(state) = state {
            state.remember_label(name, label);
        }
        let value = value.unwrap_or_else(|| state.map(|state| state.value_of(name)).unwrap_or_default());
        Self { hint_id: format!("{id}-hint"), why_id: format!("{id}-why"), id, value, hint, name: name.to_owned(), state }
    }

    /// Keeps what one of its values is called.
    fn remember_choice(&self, choice: &Choice) {
        if let Some(state) = self.state {
            state.remember_choice(&self.name, &choice.value, &choice.label);
        }
    }

    fn problem(&self) -> Option<String> {
        self.state.and_then(|state| state.problem_of(&self.name))
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.problem().is_some()
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.is_wrong().then_some("true")
    }

    /// The ids of what describes the field, the problem first.
    pub(super) fn described_by(&self) -> Option<String> {
        let why = self.is_wrong().then(|| self.why_id.clone());
        let hint = self.hint.is_some().then(|| self.hint_id.clone());
        let ids: Vec<String> = why.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn hint_view(&self) -> impl IntoView + use<> {
        let id = self.hint_id.clone();
        self.hint.clone().map(|hint| view! { <span class="hint" id=id>{hint}</span> })
    }

    pub(super) fn why_view(&self) -> impl IntoView + use<> {
        let parts = self.clone();
        move || parts.problem().map(|problem| view! { <span class="why" id=parts.why_id.clone()>{problem}</span> })
    }
}

/// The label's text, with “optional” beside it where nothing need be filled in.
pub(super) fn label_view(label: String, optional: bool) -> impl IntoView {
    let words = use_words();
    view! {
        {label}
        {optional.then(|| view! { " " <span class="optional">{words.form_field_optional()}</span> })}
    }
}

/// A line to type into: label, hint, input, and beside it what is wrong. It keeps what was typed.
#[component]
pub fn Field(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What it is called on the page.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The input's type (HTML, 4.10.5): `text`, `email`, `password`, `date`, `number`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in by itself (HTML, 4.10.18.7).
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// The value it opens with, instead of the form's.
    #[prop(optional, into)]
    value: Option<String>,
    /// What is offered while one types.
    #[prop(optional)]
    suggestions: Vec<String>,
    /// Whether its label is for the ear alone: in a table, whose headings say it to the eye.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, value, hint);
    let list_id = (!suggestions.is_empty()).then(|| format!("{}-list", parts.id));
    let list = list_id.clone().map(|id| {
        let options = suggestions.into_iter().map(|value| view! { <option value=value></option> }).collect_view();
        view! { <datalist id=id>{options}</datalist> }
    });
    // A secret is never sent back, whatever the form was given.
    let shown = if kind == "password" { String::new() } else { parts.value.clone() };
    let (wrong, invalid, described) = (parts.clone(), parts.clone(), parts.clone());
    view! {
        <div class="field" class:wrong=move || wrong.is_wrong()>
            <label for=parts.id.clone() class=bare.then_some("visually-hidden")>{label_view(label, optional)}</label>
            {parts.hint_view()}
            <input
                id=parts.id.clone()
                name=name
                type=kind
                value=shown
                dir="auto"
                autocomplete=autocomplete
                list=list_id
                aria-required=(!optional).then_some("true")
                aria-invalid=move || invalid.invalid()
                aria-describedby=move || described.described_by()
            />
            {list}
            {parts.why_view()}
        </div>
    }
    .into_any()
}

/// A file to choose, in an [`super::UploadSheet`]. A browser never fills it in by itself: a refused form asks for it again.
#[component]
pub fn FileField(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What it is called on the page.
    #[prop(into)]
    label: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The kinds of file offered first (HTML, 4.10.5.1.17): `.csv,text/csv`.
    accept: &'static str,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, None, hint);
    let (wrong, invalid, described) = (parts.clone(), parts.clone(), parts.clone());
    view! {
        <div class="field" class:wrong=move || wrong.is_wrong()>
            <label for=parts.id.clone()>{label}</label>
            {parts.hint_view()}
            <input
                id=parts.id.clone()
                name=name
                type="file"
                accept=accept
                aria-required="true"
                aria-invalid=move || invalid.invalid()
                aria-describedby=move || described.described_by()
            />
            {parts.why_view()}
        </div>
    }
    .into_any()
}

/// A value that travels with the form unseen: the version one saw, the id of the thing.
#[component]
pub fn Hidden(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// The value, instead of the form's.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let value = value.unwrap_or_else(|| state.map(|state| state.value_of(&name)).unwrap_or_default());
    view! { <input type="hidden" name=name value=value /> }
}

/// One value out of a list.
#[component]
pub fn Select(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What it is called on the page.
    #[prop(into)]
    label: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether an empty choice stands first and may be kept.
    #[prop(optional)]
    optional: bool,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// The value it opens with, instead of the form's.
    #[prop(optional, into)]
    value: Option<String>,
    /// Whether its label is for the ear alone: in a table, whose headings say it to the eye.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, value, hint);
    let blank = optional || !choices.iter().any(|choice| choice.value == parts.value);
    let options = choices
        .into_iter()
        .map(|choice| {
            parts.remember_choice(&choice);
            let selected = choice.value == parts.value;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    let (wrong, invalid, described) = (parts.clone(), parts.clone(), parts.clone());
    view! {
        <div class="field" class:wrong=move || wrong.is_wrong()>
            <label for=parts.id.clone() class=bare.then_some("visually-hidden")>{label_view(label, optional)}</label>
            {parts.hint_view()}
            <select
                id=parts.id.clone()
                name=name
                aria-required=(!optional).then_some("true")
                aria-invalid=move || invalid.invalid()
                aria-describedby=move || described.described_by()
            >
                {blank.then(|| view! { <option value="">"–"</option> })}
                {options}
            </select>
            {parts.why_view()}
        </div>
    }
    .into_any()
}

/// One value out of a few that are all seen: the first or the second of two equal times.
#[component]
pub fn Radios(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What can be chosen.
    choices: Vec<Choice>,
    /// The value it opens with, instead of the form's.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, value, hint);
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            parts.remember_choice(&choice);
            let checked = choice.value == parts.value;
            // The first bears the field's own id, so that the list of problems leads to it.
            let id = if index == 0 { parts.id.clone() } else { format!("{}-{index}", parts.id) };
            view! {
                <div class="check">
                    <input type="radio" id=id.clone() name=name.clone() value=choice.value checked=checked />
                    <label for=id>{choice.label}</label>
                </div>
            }
        })
        .collect_view();
    let (wrong, described) = (parts.clone(), parts.clone());
    view! {
        <fieldset class="field" class:wrong=move || wrong.is_wrong() aria-describedby=move || described.described_by()>
            <legend>{label}</legend>
            {parts.hint_view()}
            {options}
            {parts.why_view()}
        </fieldset>
    }
    .into_any()
}

/// A thing that is so or not. It sends `yes`, or nothing at all.
#[component]
pub fn Checkbox(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is so when it is ticked.
    #[prop(into)]
    label: String,
    /// What helps to decide.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The value it sends when ticked.
    #[prop(default = "yes".to_owned(), into)]
    sends: String,
    /// Whether it opens ticked, instead of as the form says.
    #[prop(optional, into)]
    checked: Option<bool>,
) -> impl IntoView {
    let parts = FieldParts::of(&name, &label, None, hint);
    parts.remember_choice(&Choice::new(sends.clone(), use_words().form_newer_yes()));
    let checked = checked.unwrap_or(parts.value == sends);
    let (wrong, invalid, described) = (parts.clone(), parts.clone(), parts.clone());
    view! {
        <div class="field" class:wrong=move || wrong.is_wrong()>
            <div class="check">
                <input
                    type="checkbox"
                    id=parts.id.clone()
                    name=name
                    value=sends
                    checked=checked
                    aria-invalid=move || invalid.invalid()
                    aria-describedby=move || described.described_by()
                />
                <label for=parts.id.clone()>{label}</label>
            </div>
            {parts.hint_view()}
            {parts.why_view()}
        </div>
    }
    .into_any()
}
