//! The page of the form that closes a room.

use super::{
    ClosingForm,
    server_fns::{LookAtClosing, load_closing_form},
    view::ClosingFormView,
};
use crate::{
    components::{Button, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    times::WhichOfTwo,
    visits::words::markings_up_to,
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page on which it is said when a room is closed and why. Its address may ask for a closing from now on.
#[component]
pub fn ClosingFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || (params.read().get("id").unwrap_or_default(), query.read().get("now").unwrap_or_default());
    let page = Resource::new_blocking(asked, |(id, now)| load_closing_form(id, now));
    let draft = use_draft();
    let action = ServerAction::<LookAtClosing>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <ClosingSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn ClosingSheet(view: ClosingFormView, draft: Option<Draft>, action: ServerAction<LookAtClosing>) -> impl IntoView {
    let words = use_words();
    let ClosingFormView { room, stored, zones, ceiling } = view;
    let back = format!("/rooms/{}", room.id);
    let eyebrow = {
        let back = back.clone();
        move || {
            view! {
                <a href="/rooms">{words.shell_menu_rooms()}</a>
                <a href=back dir="auto">{room.name}</a>
            }
            .into_any()
        }
    };
    let start = Start::of(&stored, draft.as_ref());
    // What was answered of the uses goes along, so that it is there again when one comes back to them.
    let answered = match &draft {
        Some(Draft::Kept(refusal)) if refusal.form == ClosingForm::NAME => {
            let typed = serde_json::to_value(&refusal.typed).ok();
            typed.and_then(|typed| serde_json::from_value::<ClosingForm>(typed).ok()).map(|form| form.more).unwrap_or_default()
        }
        _ => Default::default(),
    };
    let answered = move || answered.into_keys().map(|field| view! { <Hidden name=field /> }).collect_view();
    view! {
        <PageHead title=words.closing_title() eyebrow=eyebrow />
        <p class="lead">{words.closing_form_says()}</p>
        <FormSheet action=action start=start id=ClosingForm::NAME>
            <Hidden name="id" />
            <Hidden name="once" />
            {answered()}
            <fieldset class="group">
                <legend>{words.programme_part_time()}</legend>
                <div class="pair">
                    <Field name="date" label=words.programme_field_date() hint=words.programme_field_date_hint() />
                    <Field name="starts" label=words.closing_field_starts() />
                    <Field name="ends" label=words.closing_field_ends() hint=words.closing_field_ends_hint() optional=true />
                </div>
                <WhichOfTwo field="starts" />
                <WhichOfTwo field="ends" />
                <Field name="zone" label=words.bookings_field_zone() hint=words.blackouts_field_zone_hint() suggestions=zones optional=true />
            </fieldset>
            <Field name="cause" label=words.blackouts_field_cause() hint=words.closing_field_cause_hint() />
            <Select name="marking" label=words.bookings_field_marking() choices=markings_up_to(ceiling) />
            <div class="actions">
                <Button weight=Weight::Main>{words.closing_look()}</Button>
                <a class="button" href=back>{words.bookings_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}
