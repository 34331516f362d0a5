//! The page of a person's form.

use super::{
    form::PersonForm,
    server_fns::{SavePerson, load_person_form},
    view::PersonFormView,
    words::{order_in_words, standing_in_words},
};
use crate::{
    components::{Button, Choice, Field, FormSheet, Hidden, PageHead, Select, TextArea, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::words::word_of,
    words::use_words,
};
use domain::people::{NameOrder, Standing};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page that makes a person, or changes one.
#[component]
pub fn PersonFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), query.read().get("mission").unwrap_or_default()),
        |(id, mission)| load_person_form(id, mission),
    );
    let draft = use_draft();
    let action = ServerAction::<SavePerson>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <PersonSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn PersonSheet(view: PersonFormView, draft: Option<Draft>, action: ServerAction<SavePerson>) -> impl IntoView {
    let words = use_words();
    let PersonFormView { stored, missions, countries, plans_meals } = view;
    let start = Start::of(&stored, draft.as_ref());
    let (title, send, back) = if stored.id.is_empty() {
        (words.people_new_title(), words.people_new_do(), "/people".to_owned())
    } else {
        (words.people_edit_title(), words.people_edit_do(), format!("/people/{}", stored.id))
    };
    let orders = [NameOrder::GivenFirst, NameOrder::FamilyFirst];
    let orders = orders.iter().map(|order| Choice::new(word_of(order), order_in_words(words, *order))).collect();
    let standings = Standing::ALL.iter().map(|standing| Choice::new(word_of(standing), standing_in_words(words, *standing))).collect();
    let eyebrow = move || view! { <a href="/people">{words.shell_menu_people()}</a> }.into_any();
    // Fields are made inside the form, by which they find what they open with.
    let diet = move || {
        plans_meals.then(|| {
            view! { <TextArea name="diet" label=words.people_field_diet() hint=words.people_field_diet_hint() optional=true rows=2 /> }
        })
    };
    view! {
        <PageHead title=title eyebrow=eyebrow />
        <FormSheet action=action start=start id=PersonForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="once" />
            <div class="pair">
                <Field name="given" label=words.people_field_given() hint=words.people_field_given_hint() optional=true />
                <Field name="family" label=words.people_field_family() hint=words.people_field_family_hint() />
            </div>
            <Select name="order" label=words.people_field_order() choices=orders />
            <div class="pair">
                <Field name="own_script" label=words.people_field_own_script() optional=true />
                <Field
                    name="pronunciation"
                    label=words.people_field_pronunciation()
                    hint=words.people_field_pronunciation_hint()
                    optional=true
                />
            </div>
            <Select name="standing" label=words.people_field_standing() hint=words.people_field_standing_hint() choices=standings />
            <Field name="address" label=words.people_field_address() hint=words.people_field_address_hint() optional=true />
            <div class="pair">
                <Field name="rank" label=words.people_field_rank() optional=true />
                <Field name="rank_own" label=words.people_field_rank_own() optional=true />
            </div>
            <div class="pair">
                <Select name="mission_id" label=words.people_field_mission() hint=words.people_field_mission_hint() choices=missions optional=true />
                <Field name="country" label=words.people_field_country() hint=words.people_field_country_hint() suggestions=countries optional=true />
            </div>
            <Field name="languages" label=words.people_field_languages() hint=words.people_field_languages_hint() optional=true />
            {diet()}
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                <a class="button" href=back>{words.people_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}
