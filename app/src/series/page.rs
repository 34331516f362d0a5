//! A series' page: what it is, its bookings, and changing or cancelling as much of it as one says.

use super::{
    CancelSeriesForm,
    server_fns::{CancelSeries, load_series},
    view::SeriesPageView,
    words::{day_of_series, recurrence_in_words},
};
use crate::{
    bookings::words::{state_in_words, when_in_words},
    components::{Banner, Button, Chip, Choice, Fact, Facts, FormSheet, Hidden, PageHead, Radios, Select, Tone, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Outcome, Start, use_draft},
    words::{place_of_zone, use_words},
};
use domain::{
    ids::{RoomId, SeriesId},
    marking::view::Named,
    rooms::{approval::Approving, series::view::OccurrenceView},
    time::ZoneName,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A series. Its address may name a day, from which on it is offered to be cancelled.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let on = Memo::new(move |_| query.read().get("on").unwrap_or_default());
    let draft = use_draft();
    let cancel = ServerAction::<CancelSeries>::new();
    // What is left after a part was cancelled stands on the same page.
    let is_cancelled = move || cancel.value().with(|value| matches!(value, Some(Ok(Outcome::Done { .. }))));
    let asked = move || (params.read().get("id").unwrap_or_default(), is_cancelled().then(|| cancel.version().get()));
    let page = Resource::new_blocking(asked, |(id, _)| load_series(id));
    view! {
        <Suspense>
            {move || {
                let on = on.get();
                Suspend::new(async move {
                    let draft = draft.await;
                    match page.await {
                        Ok(view) => view! { <SeriesFacts view=view on=on draft=draft cancel=cancel /> }.into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn SeriesFacts(view: SeriesPageView, on: String, draft: Option<Draft>, cancel: ServerAction<CancelSeries>) -> impl IntoView {
    let words = use_words();
    let SeriesPageView { series, rooms, site, has_other_clocks, seen, begun, may_change } = view;
    let (booking, recurrence, id) = (series.booking, series.recurrence, series.id);
    let own = rooms.iter().find(|room| room.id == booking.room_id).map(|room| room.name.clone()).unwrap_or_default();
    let place = ZoneName::parse(&recurrence.zone).map(|zone| place_of_zone(&zone)).unwrap_or_default();
    let to_come: Vec<OccurrenceView> = series.occurrences.iter().skip(begun as usize).cloned().collect();
    let may_change = may_change && !to_come.is_empty();
    let tone = if booking.state == domain::rooms::BookingState::Held { Tone::Held } else { Tone::Firm };
    let state = state_in_words(words, booking.state);
    let eyebrow = move || view! { <a href="/bookings">{words.bookings_own_title()}</a> <Chip tone=tone>{state}</Chip> }.into_any();
    let left_out: Vec<String> = recurrence.except.iter().map(|day| day_of_series(words, *day)).collect();
    let left_out = (!left_out.is_empty()).then(|| view! { <Fact term=words.series_verdict_left_out()>{left_out.join(", ")}</Fact> });
    let clocks = has_other_clocks.then(|| view! { <p class="clash note">{words.series_other_clocks(place.clone())}</p> });
    let change = may_change.then(|| {
        let all = format!("/series/{id}/edit?reach=all");
        view! { <div class="actions"><a class="button main" href=all>{words.series_edit_all_title()}</a></div> }
    });
    let gone = CancelSeriesForm { id: id.to_string(), seen, reach: if on.is_empty() { String::new() } else { "following".to_owned() }, on };
    let cancelling = may_change
        .then(|| view! { <Cancelling start=Start::of(&gone, draft.as_ref()) opens=!gone.on.is_empty() days=to_come action=cancel /> });
    let rows = series
        .occurrences
        .into_iter()
        .enumerate()
        .map(|(index, it)| {
            let may_change = may_change && index >= begun as usize;
            view! { <Row series=id occurrence=it rooms=rooms.clone() own=booking.room_id may_change=may_change /> }
        })
        .collect_view();
    view! {
        <Banner marking=booking.marking />
        <PageHead title=booking.purpose eyebrow=eyebrow>
            <Facts>
                <Fact term=words.series_repeats_title()>{recurrence_in_words(words, &recurrence)}</Fact>
                <Fact term=words.bookings_field_zone()>{place}</Fact>
                <Fact term=words.programme_field_room()>
                    <a href=format!("/rooms/{}", booking.room_id)>{own}</a> ", " {site.name}
                </Fact>
                {left_out}
            </Facts>
            {change}
        </PageHead>
        {clocks}
        <div class="table" tabindex="0" role="region" aria-label=words.series_bookings_title()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.bookings_column_when()}</th>
                        <th scope="col">{words.programme_field_room()}</th>
                        <th scope="col">{words.series_column_change()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {cancelling}
    }
    .into_any()
}

#[component]
fn Row(series: SeriesId, occurrence: OccurrenceView, rooms: Vec<Named<RoomId>>, own: RoomId, may_change: bool) -> impl IntoView {
    let words = use_words();
    let when = when_in_words(words, &occurrence.starts, &occurrence.ends);
    let room = rooms.into_iter().find(|room| room.id == occurrence.room_id).map(|room| room.name).unwrap_or_default();
    let elsewhere = (occurrence.room_id != own).then(|| view! { <Chip>{words.series_verdict_elsewhere()}</Chip> });
    let alone = occurrence.is_detached.then(|| view! { " " <Chip>{words.series_changed_alone()}</Chip> });
    let stands = occurrence.approval.and_then(|approval| match approval {
        Approving::Awaited => Some((words.approvals_chip_awaited(), Tone::Held)),
        Approving::Declined => Some((words.approvals_chip_declined(), Tone::Plain)),
        Approving::GivenAway => Some((words.approvals_chip_given_away(), Tone::Plain)),
        Approving::Given => None,
    });
    let stands = stands.map(|(says, tone)| view! { " " <Chip tone=tone>{says}</Chip> });
    let following = may_change.then(|| {
        let to = format!("/series/{series}/edit?reach=following&on={}", occurrence.on);
        let label = words.series_edit_following_from(day_of_series(words, occurrence.on));
        view! { <a href=to aria-label=label>{words.series_edit_following()}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/bookings/{}", occurrence.booking_id)>{when}</a> {alone} {stands}</th>
            <td dir="auto">{room} " " {elsewhere}</td>
            <td>{following}</td>
        </tr>
    }
    .into_any()
}

/// Cancels as much of the series as one says, after asking.
#[component]
fn Cancelling(start: Start, opens: bool, days: Vec<OccurrenceView>, action: ServerAction<CancelSeries>) -> impl IntoView {
    let words = use_words();
    let open = opens || start.refusal().is_some();
    let reaches = vec![
        Choice::new("this", words.series_reach_this()),
        Choice::new("following", words.series_reach_following()),
        Choice::new("all", words.series_reach_all()),
    ];
    let days = days.into_iter().map(|it| Choice::new(it.on.to_string(), day_of_series(words, it.on))).collect();
    view! {
        <details id="cancel" open=open>
            <summary>{words.series_cancel_title()}</summary>
            <FormSheet action=action start=start id=CancelSeriesForm::NAME>
                <p>{words.series_cancel_says()}</p>
                <Hidden name="id" />
                <Hidden name="seen" />
                <Radios name="reach" label=words.series_field_reach() choices=reaches />
                <Select name="on" label=words.series_field_on() choices=days optional=true />
                <div class="actions"><Button weight=Weight::Grave>{words.series_cancel_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
