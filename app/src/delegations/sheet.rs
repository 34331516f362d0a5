//! The page of one delegate: its form, and taking it out.

use super::{
    form::RemoveDelegateForm,
    server_fns::{RemoveDelegate, SaveDelegate, load_delegate_form},
    view::DelegateFormView,
    words::role_in_words,
};
use crate::{
    components::{Button, Choice, Field, FormSheet, Hidden, Select, TextArea, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::{
        VisitHeading, VisitTab,
        words::{markings_up_to, word_of},
    },
    words::use_words,
};
use domain::{delegations::DelegateRole, marking::Marking};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page that adds a delegate, or changes one.
#[component]
pub fn DelegatePage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(
        move || {
            let params = params.read();
            (params.get("id").unwrap_or_default(), params.get("delegate").unwrap_or_default())
        },
        |(visit, delegate)| load_delegate_form(visit, delegate),
    );
    let draft = use_draft();
    let (save, remove) = (ServerAction::<SaveDelegate>::new(), ServerAction::<RemoveDelegate>::new());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <DelegateSheet view=view draft=draft save=save remove=remove /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn DelegateSheet(
    view: DelegateFormView,
    draft: Option<Draft>,
    save: ServerAction<SaveDelegate>,
    remove: ServerAction<RemoveDelegate>,
) -> impl IntoView {
    let words = use_words();
    let start = Start::of(&view.stored, draft.as_ref());
    let is_new = view.stored.id.is_empty();
    let gone = RemoveDelegateForm { id: view.stored.id.clone(), visit_id: view.stored.visit_id.clone(), seen: view.stored.seen.clone() };
    let removal = (!is_new).then(|| view! { <Removal start=Start::of(&gone, draft.as_ref()) action=remove /> });
    let back = format!("/visits/{}/delegation", view.head.visit.id);
    let roles = DelegateRole::ALL.into_iter().map(|role| Choice::new(word_of(&role), role_in_words(words, role))).collect();
    let (title, send) = if is_new {
        (words.delegations_new_title(), words.delegations_new_do())
    } else {
        (words.delegations_edit_title(), words.delegations_edit_do())
    };
    let people = view.people;
    // Fields are made inside the form, by which they find what they open with.
    let person = move || {
        if is_new {
            view! {
            <Select name="person_id" label=words.delegations_field_person() hint=words.delegations_field_person_hint() optional=true choices=people />
            <Field name="name" label=words.delegations_field_name() hint=words.delegations_field_name_hint() optional=true />
        }
        .into_any()
        } else {
            view! {
                <Hidden name="person_id" />
                <Field name="name" label=words.delegations_field_name() />
            }
            .into_any()
        }
    };
    let marked = view.marking.map_or_else(|| words.visits_marking_usual(), |now: Marking| words.visits_marking_now(now.label()));
    let several = view.missions.len() > 1;
    view! {
        <VisitHeading head=view.head tab=VisitTab::Delegation marking=view.marking.unwrap_or(Marking::Clear) />
        <section aria-labelledby="delegate-title">
            <h2 id="delegate-title">{title}</h2>
            <FormSheet action=save start=start id="delegate">
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <Hidden name="once" />
                {person()}
                <Select name="role" label=words.delegations_field_role() choices=roles />
                <Field name="rank" label=words.delegations_field_rank() optional=true />
                <Field name="address" label=words.delegations_field_address() optional=true />
                <Field name="own_script" label=words.delegations_field_own_script() optional=true />
                <Field name="pronunciation" label=words.delegations_field_pronunciation() optional=true />
                <Field name="languages" label=words.delegations_field_languages() hint=words.delegations_field_languages_hint() optional=true />
                <TextArea name="diet" label=words.delegations_field_diet() optional=true rows=2 />
                <Field name="position" label=words.delegations_field_position() hint=words.delegations_field_position_hint() optional=true />
                {(!view.delegations.is_empty()).then(|| view! {
                    <Select name="delegation_id" label=words.delegations_field_delegation() optional=true choices=view.delegations />
                })}
                <Field name="delegation" label=words.delegations_field_new_delegation() hint=words.delegations_field_new_delegation_hint() optional=true />
                {several.then(|| view! {
                    <Select name="mission_id" label=words.delegations_field_mission() hint=words.delegations_field_mission_hint() optional=true choices=view.missions />
                })}
                <Select name="marking" label=words.delegations_field_marking() hint=marked optional=true choices=markings_up_to(view.ceiling) />
                {(!is_new).then(|| view! { <Field name="reason" label=words.visits_field_reason() hint=words.visits_field_reason_hint() optional=true /> })}
                <div class="actions">
                    <Button weight=Weight::Main>{send}</Button>
                    <a class="button" href=back>{words.delegations_leave()}</a>
                </div>
            </FormSheet>
        </section>
        {removal}
    }
    .into_any()
}

/// Takes a delegate out, after asking.
#[component]
fn Removal(start: Start, action: ServerAction<RemoveDelegate>) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="remove" open=open>
            <summary>{words.delegations_remove_title()}</summary>
            <FormSheet action=action start=start id=RemoveDelegateForm::NAME>
                <p>{words.delegations_remove_says()}</p>
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.delegations_remove_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
