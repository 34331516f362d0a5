//! The page of a blackout's form.

use super::{
    BlackoutForm,
    form::{choice_of_room, choice_of_site},
    server_fns::{SaveBlackout, load_blackout_form},
    view::BlackoutFormView,
};
use crate::{
    components::{Banner, Button, Empty, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, Typed, use_draft},
    times::{WhichOfTwo, slot_given},
    visits::words::markings_up_to,
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page that blacks out a room or a site, or changes a blackout. Its address may name what and the day.
#[component]
pub fn BlackoutFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_blackout_form);
    let given = Memo::new(move |_| {
        let query = query.read();
        let slot = slot_given(|field| match field {
            "date" => query.get("date").or_else(|| query.get("day")),
            field => query.get(field),
        });
        let room = query.get("room").map(|room| choice_of_room(&room));
        let of = room.or_else(|| query.get("site").map(|site| choice_of_site(&site)));
        of.map_or_else(|| slot.clone(), |of| slot.clone().with("of", of))
    });
    let draft = use_draft();
    let action = ServerAction::<SaveBlackout>::new();
    view! {
        <Suspense>
            {move || {
                let given: Typed = given.get();
                Suspend::new(async move {
                    let draft = draft.await;
                    match page.await {
                        Ok(mut view) => {
                            view.stored = view.stored.with(&given);
                            view! { <BlackoutSheet view=view draft=draft action=action /> }.into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn BlackoutSheet(view: BlackoutFormView, draft: Option<Draft>, action: ServerAction<SaveBlackout>) -> impl IntoView {
    let words = use_words();
    let BlackoutFormView { blackout, stored, things, zones, ceiling } = view;
    let (title, send, back) = match &blackout {
        None => (words.blackouts_new_title(), words.blackouts_new_do(), "/rooms/blackouts".to_owned()),
        Some(blackout) => (words.blackouts_edit_title(), words.blackouts_edit_do(), format!("/rooms/blackouts/{}", blackout.id)),
    };
    let eyebrow = move || {
        view! {
            <a href="/rooms">{words.shell_menu_rooms()}</a>
            <a href="/rooms/blackouts">{words.blackouts_title()}</a>
        }
        .into_any()
    };
    if things.is_empty() {
        return view! {
            <PageHead title=title eyebrow=eyebrow />
            <Empty title=words.rooms_none_yet() says=words.rooms_none_yet_says() />
        }
        .into_any();
    }
    let banner = blackout.as_ref().and_then(|blackout| blackout.marking).map(|marking| view! { <Banner marking=marking /> });
    let is_readable = blackout.is_none_or(|blackout| blackout.cause.is_some());
    let start = Start::of(&stored, draft.as_ref());
    // Fields are made inside the form, by which they find what they open with.
    let why = move || {
        if !is_readable {
            return view! { <p class="faint">{words.blackouts_cause_hidden()}</p> }.into_any();
        }
        view! {
            <Field name="cause" label=words.blackouts_field_cause() hint=words.blackouts_field_cause_hint() />
            <div class="pair">
                <Select name="marking" label=words.bookings_field_marking() choices=markings_up_to(ceiling) />
                <Field name="reason" label=words.visits_field_reason() hint=words.blackouts_field_reason_hint() optional=true />
            </div>
        }
        .into_any()
    };
    let room = stored.of.strip_prefix(&choice_of_room("")).map(str::to_owned);
    let instead = match room {
        Some(room) => view! { <p><a href=format!("/rooms/{room}/close")>{words.closing_instead()}</a></p> }.into_any(),
        None => view! { <p class="faint">{words.closing_from_room()}</p> }.into_any(),
    };
    view! {
        {banner}
        <PageHead title=title eyebrow=eyebrow />
        {instead}
        <FormSheet action=action start=start id=BlackoutForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="once" />
            <Select name="of" label=words.blackouts_field_of() choices=things />
            <fieldset class="group">
                <legend>{words.programme_part_time()}</legend>
                <div class="pair">
                    <Field name="date" label=words.programme_field_date() hint=words.programme_field_date_hint() />
                    <Field name="starts" label=words.programme_field_starts() />
                    <Field name="ends" label=words.programme_field_ends() hint=words.blackouts_field_ends_hint() />
                </div>
                <WhichOfTwo field="starts" />
                <WhichOfTwo field="ends" />
                <Field name="zone" label=words.bookings_field_zone() hint=words.blackouts_field_zone_hint() suggestions=zones optional=true />
            </fieldset>
            {why()}
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                <a class="button" href=back>{words.bookings_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}
