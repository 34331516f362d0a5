//! A booking's page: what it is, what stands in its way, and cancelling it.

use super::{
    CancelBookingForm,
    server_fns::{CancelBooking, load_booking},
    view::{BookedView, BookingPageView},
    words::{moment_in_words, state_in_words, when_in_words},
};
use crate::{
    components::{Banner, Button, Chip, Fact, Facts, FormSheet, Hidden, PageHead, StandingNotice, Tone, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    programme::words::layout_in_words,
    rooms::words::feature_in_words,
    words::{place_of_zone, use_words},
};
use domain::rooms::BookingState;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// A booking.
#[component]
pub fn BookingPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_booking);
    let draft = use_draft();
    let cancel = ServerAction::<CancelBooking>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <BookingFacts view=view draft=draft cancel=cancel /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn BookingFacts(view: BookingPageView, draft: Option<Draft>, cancel: ServerAction<CancelBooking>) -> impl IntoView {
    let words = use_words();
    let BookingPageView { booked: BookedView { booking, room, site, hold_until, has_lapsed }, seen, may_change, notices, is_in_series } =
        view;
    let edit = format!("/bookings/{}/edit", booking.id);
    let day = format!("/rooms?day={}", booking.starts.local.date());
    let (state, tone) = match (booking.state, &hold_until) {
        (BookingState::Held, _) if has_lapsed => (words.bookings_hold_ended_short(), Tone::Plain),
        (BookingState::Held, Some(until)) => (words.bookings_hold_until(moment_in_words(words, until, &booking.starts)), Tone::Held),
        (BookingState::Held, None) => (state_in_words(words, BookingState::Held), Tone::Held),
        (BookingState::Firm, _) => (state_in_words(words, BookingState::Firm), Tone::Firm),
    };
    let ended = hold_until.filter(|_| has_lapsed).map(|until| moment_in_words(words, &until, &booking.starts));
    let lapsed = ended.map(|ended| view! { <p class="clash note">{words.bookings_hold_ended(ended)}</p> });
    let (when, place) = (when_in_words(words, &booking.starts, &booking.ends), place_of_zone(&booking.starts.zone));
    let room_page = format!("/rooms/{}?day={}", room.id, booking.starts.local.date());
    let eyebrow = move || {
        view! {
            <a href=day>{words.shell_menu_rooms()}</a>
            <Chip tone=tone>{state}</Chip>
        }
        .into_any()
    };
    let features: Vec<String> = booking.features.iter().map(|feature| feature_in_words(words, *feature)).collect();
    let features = (!features.is_empty()).then(|| view! { <Fact term=words.bookings_features_title()>{features.join(", ")}</Fact> });
    let series = booking.series_id.filter(|_| is_in_series);
    let shown = series.map(|id| {
        view! { <Fact term=words.series_part_of()><a href=format!("/series/{id}")>{words.series_show()}</a></Fact> }
    });
    let on = booking.series_on.map(|on| on.to_string()).unwrap_or_default();
    let following = series.filter(|_| may_change).map(|id| {
        let (change, cancel) = (format!("/series/{id}/edit?reach=following&on={on}"), format!("/series/{id}?on={on}#cancel"));
        view! {
            <a class="button" href=change>{words.series_edit_following_title()}</a>
            <a class="button" href=cancel>{words.series_cancel_title()}</a>
        }
    });
    let gone = CancelBookingForm { id: booking.id.to_string(), seen };
    let change = may_change.then(
        || view! { <div class="actions"><a class="button main" href=edit.clone()>{words.bookings_edit_title()}</a> {following}</div> },
    );
    let cancelling = may_change.then(|| view! { <Cancelling start=Start::of(&gone, draft.as_ref()) action=cancel /> });
    let said = notices.into_iter().map(|notice| view! { <StandingNotice notice=notice form=edit.clone() /> }).collect_view();
    view! {
        <Banner marking=booking.marking />
        <PageHead title=booking.purpose eyebrow=eyebrow>
            <Facts>
                <Fact term=words.bookings_column_when()>
                    {when} " " <small>{place}</small>
                </Fact>
                <Fact term=words.programme_field_room()>
                    <a href=room_page>{room.name}</a> ", " {site.name}
                </Fact>
                {booking.layout.map(|layout| view! { <Fact term=words.programme_field_layout()>{layout_in_words(words, layout)}</Fact> })}
                {booking.people.map(|people| view! { <Fact term=words.programme_field_people_count()>{people}</Fact> })}
                {features}
                {shown}
                {booking.sweep.then(|| view! { <Fact term=words.bookings_field_sweep()>{words.form_newer_yes()}</Fact> })}
            </Facts>
            {change}
        </PageHead>
        {lapsed}
        {said}
        {cancelling}
    }
    .into_any()
}

/// Cancels the booking, after asking.
#[component]
fn Cancelling(start: Start, action: ServerAction<CancelBooking>) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="cancel" open=open>
            <summary>{words.bookings_cancel_title()}</summary>
            <FormSheet action=action start=start id=CancelBookingForm::NAME>
                <p>{words.bookings_cancel_says()}</p>
                <Hidden name="id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.bookings_cancel_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
