//! The page of a mission's form.

use super::{
    form::MissionForm,
    server_fns::{SaveMission, load_mission_form},
    view::MissionFormView,
    words::{class_in_words, kind_in_words},
};
use crate::{
    components::{Button, Checkbox, Choice, Field, FormSheet, Hidden, PageHead, Select, TextArea, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::words::word_of,
    words::use_words,
};
use domain::missions::{MissionKind, PostClass};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page that makes a mission, or changes one.
#[component]
pub fn MissionFormPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_mission_form);
    let draft = use_draft();
    let action = ServerAction::<SaveMission>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <MissionSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn MissionSheet(view: MissionFormView, draft: Option<Draft>, action: ServerAction<SaveMission>) -> impl IntoView {
    let words = use_words();
    let MissionFormView { stored, people, zones } = view;
    let start = Start::of(&stored, draft.as_ref());
    let (title, send, back) = if stored.id.is_empty() {
        (words.missions_new_title(), words.missions_new_do(), "/missions".to_owned())
    } else {
        (words.missions_edit_title(), words.missions_edit_do(), format!("/missions/{}", stored.id))
    };
    let kinds = MissionKind::ALL.iter().map(|kind| Choice::new(word_of(kind), kind_in_words(words, *kind))).collect();
    let eyebrow = move || view! { <a href="/missions">{words.shell_menu_missions()}</a> }.into_any();
    view! {
        <PageHead title=title eyebrow=eyebrow />
        <FormSheet action=action start=start id=MissionForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Field name="name" label=words.missions_field_name() hint=words.missions_field_name_hint() />
            <div class="pair">
                <Select name="kind" label=words.missions_field_kind() choices=kinds />
                <Field name="country" label=words.missions_field_country() hint=words.missions_field_country_hint() />
                <Field name="country_name" label=words.missions_field_country_name() hint=words.missions_field_country_name_hint() />
            </div>
            <div class="pair">
                <Field name="capital_zone" label=words.missions_field_capital_zone() suggestions=zones />
                <Field name="capital" label=words.missions_field_capital() hint=words.missions_field_capital_hint() optional=true />
            </div>
            <TextArea name="address" label=words.missions_field_address() optional=true rows=3 />
            <div class="pair">
                <Field name="email" label=words.missions_field_email() kind="email" optional=true />
                <Field name="national_day" label=words.missions_field_national_day() hint=words.missions_field_national_day_hint() optional=true />
            </div>
            <HeadFields people=people />
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                <a class="button" href=back>{words.missions_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// The head of post, and the dates that decide precedence.
#[component]
fn HeadFields(people: Vec<Choice>) -> impl IntoView {
    let words = use_words();
    let classes = [PostClass::ConsulGeneral, PostClass::Consul, PostClass::ViceConsul, PostClass::ConsularAgent];
    let classes = classes.iter().map(|class| Choice::new(word_of(class), class_in_words(words, *class))).collect();
    view! {
        <fieldset class="group">
            <legend>{words.missions_head_title()}</legend>
            <Select name="head_person_id" label=words.missions_field_head() hint=words.missions_field_head_hint() choices=people optional=true />
            <div class="pair">
                <Select name="head_class" label=words.missions_field_class() hint=words.missions_field_class_hint() choices=classes optional=true />
                <Checkbox name="head_honorary" label=words.missions_field_honorary() hint=words.missions_field_honorary_hint() />
            </div>
            <div class="pair">
                <Field name="head_exequatur_on" label=words.missions_field_exequatur_on() hint=words.missions_field_day_hint() optional=true />
                <Field
                    name="head_provisional_on"
                    label=words.missions_field_provisional_on()
                    hint=words.missions_field_provisional_on_hint()
                    optional=true
                />
            </div>
            <div class="pair">
                <Field
                    name="head_commission_on"
                    label=words.missions_field_commission_on()
                    hint=words.missions_field_commission_on_hint()
                    optional=true
                />
                <Field
                    name="head_acting_since"
                    label=words.missions_field_acting_since()
                    hint=words.missions_field_acting_since_hint()
                    optional=true
                />
            </div>
            <Field
                name="head_functions_at"
                label=words.missions_field_functions_at()
                hint=words.missions_field_functions_at_hint()
                optional=true
            />
        </fieldset>
    }
    .into_any()
}
