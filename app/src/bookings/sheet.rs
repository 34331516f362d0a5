//! The page of a booking's form.

use super::{
    BookingForm,
    form::needs_given,
    server_fns::{SaveBooking, load_booking_form},
    view::BookingFormView,
    words::{hold_in_words, state_in_words},
};
use crate::{
    components::{Banner, BoxGroup, Button, Checkbox, Choice, Empty, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    programme::words::layout_in_words,
    rooms::sheet::Features,
    times::{WhichOfTwo, slot_given},
    visits::words::{markings_up_to, word_of},
    words::use_words,
};
use domain::{
    marking::Marking,
    rooms::{BookingState, HoldKind, Layout},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page that books a room, or changes a booking. Its address may name the room, the day and the time.
#[component]
pub fn BookingFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_booking_form);
    let given = Memo::new(move |_| {
        let query = query.read();
        let slot = slot_given(|field| match field {
            "room_id" => query.get("room_id").or_else(|| query.get("room")),
            "date" => query.get("date").or_else(|| query.get("day")),
            field => query.get(field),
        });
        slot.and(&needs_given(|field| query.get(field)))
    });
    let draft = use_draft();
    let action = ServerAction::<SaveBooking>::new();
    view! {
        <Suspense>
            {move || {
                let given = given.get();
                Suspend::new(async move {
                    let draft = draft.await;
                    match page.await {
                        Ok(mut view) => {
                            view.stored = view.stored.given(&given);
                            view! { <BookingSheet view=view draft=draft action=action /> }.into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn BookingSheet(view: BookingFormView, draft: Option<Draft>, action: ServerAction<SaveBooking>) -> impl IntoView {
    let words = use_words();
    let BookingFormView { booking, stored, rooms, zones, ceiling } = view;
    let (title, send, back) = match &booking {
        None => (words.bookings_new_title(), words.bookings_new_do(), format!("/rooms?day={}", stored.date)),
        Some(booking) => (words.bookings_edit_title(), words.bookings_edit_do(), format!("/bookings/{}", booking.id)),
    };
    let banner = booking.map(|booking| view! { <Banner marking=booking.marking /> });
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> }.into_any();
    if rooms.is_empty() {
        return view! {
            <PageHead title=title eyebrow=eyebrow />
            <Empty title=words.bookings_rooms_none() says=words.bookings_rooms_none_says() />
        }
        .into_any();
    }
    let start = Start::of(&stored, draft.as_ref());
    let repeat = stored.id.is_empty().then(|| view! { <Button name="repeat" value="yes">{words.series_repeat()}</Button> });
    view! {
        {banner}
        <PageHead title=title eyebrow=eyebrow />
        <FormSheet action=action start=start id=BookingForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="once" />
            <BookingFields rooms=rooms zones=zones ceiling=ceiling />
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                {repeat}
                <a class="button" href=back>{words.bookings_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// The fields that say what a booking is: of one, and of a series.
#[component]
pub(crate) fn BookingFields(
    /// The rooms that may be chosen.
    rooms: Vec<Choice>,
    /// Names of zones.
    zones: Vec<String>,
    /// The highest marking one may give.
    ceiling: Marking,
) -> impl IntoView {
    let words = use_words();
    let states = [BookingState::Firm, BookingState::Held].map(|state| Choice::new(word_of(&state), state_in_words(words, state)));
    let holds = [HoldKind::Pencilled, HoldKind::Promised].map(|hold| Choice::new(word_of(&hold), hold_in_words(words, hold)));
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    view! {
        <div class="pair">
            <Field name="purpose" label=words.bookings_field_purpose() hint=words.bookings_field_purpose_hint() />
            <Select name="room_id" label=words.programme_field_room() choices=rooms />
        </div>
        <fieldset class="group">
            <legend>{words.programme_part_time()}</legend>
            <div class="pair">
                <Field name="date" label=words.programme_field_date() hint=words.programme_field_date_hint() />
                <Field name="starts" label=words.programme_field_starts() />
                <Field name="ends" label=words.programme_field_ends() hint=words.programme_field_ends_hint() />
            </div>
            <WhichOfTwo field="starts" />
            <WhichOfTwo field="ends" />
            <Field name="zone" label=words.bookings_field_zone() hint=words.bookings_field_zone_hint() suggestions=zones optional=true />
        </fieldset>
        <div class="pair">
            <Select name="state" label=words.bookings_field_state() choices=states.to_vec() />
            <Select name="hold" label=words.bookings_field_hold() choices=holds.to_vec() />
            <Field name="hold_until" label=words.programme_field_hold_until() hint=words.programme_field_hold_until_hint() optional=true />
        </div>
        <WhichOfTwo field="hold_until" />
        <fieldset class="group">
            <legend>{words.bookings_needs_title()}</legend>
            <div class="pair">
                <Select name="layout" label=words.programme_field_layout() choices=layouts optional=true />
                <Field name="people" label=words.programme_field_people_count() kind="number" optional=true />
            </div>
            <Checkbox name="sweep" label=words.bookings_field_sweep() hint=words.bookings_field_sweep_hint() />
            <BoxGroup name="features" label=words.bookings_features_title()><Features /></BoxGroup>
        </fieldset>
        <div class="pair">
            <Select name="marking" label=words.bookings_field_marking() choices=markings_up_to(ceiling) />
            <Field name="reason" label=words.visits_field_reason() hint=words.programme_field_reason_hint() optional=true />
        </div>
    }
    .into_any()
}
