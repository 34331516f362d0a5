//! The days of a series before it is saved: what would become of each, and what is to become of those that cannot be had.

use super::{
    SeriesDaysForm,
    form::{LEAVE, answer_field, answer_of_slot},
    server_fns::{SaveSeries, load_series_days},
    view::SeriesDaysView,
    words::{day_of_series, recurrence_in_words},
};
use crate::{
    bookings::words::when_in_words,
    components::{Banner, Button, Chip, Choice, Empty, Fact, Facts, FormSheet, Hidden, PageHead, Radios, Tone, Weight},
    errors::ErrorPage,
    forms::{FormFields, Start},
    words::{place_of_zone, use_words},
};
use domain::{
    rooms::{
        approval::Approving,
        series::view::{PlannedView, SeriesPreview, Verdict},
    },
    time::ZoneName,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The days of a series whose form is kept.
#[component]
pub fn SeriesDaysPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(
        move || query.read().get("draft").unwrap_or_default(),
        async |draft: String| (draft.clone(), load_series_days(draft).await),
    );
    let is_again = Memo::new(move |_| query.read().get("again").is_some());
    let action = ServerAction::<SaveSeries>::new();
    view! {
        <Suspense>
            {move || {
                let is_again = is_again.get();
                Suspend::new(async move {
                    match page.await {
                        (draft, Ok(view)) => view! { <Days view=view draft=draft is_again=is_again action=action /> }.into_any(),
                        (_, Err(error)) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Days(view: SeriesDaysView, draft: String, is_again: bool, action: ServerAction<SaveSeries>) -> impl IntoView {
    let words = use_words();
    let SeriesDaysView { preview, room, form, is_change } = view;
    let eyebrow = move || view! { <a href="/bookings">{words.bookings_own_title()}</a> }.into_any();
    let Some(SeriesPreview { booking, recurrence, occurrences, refused }) = preview else {
        return view! {
            <PageHead title=words.series_days_title() eyebrow=eyebrow />
            <Empty title=words.series_days_lost() says=words.series_days_lost_says()>
                <a class="button" href=form>{words.series_new_title()}</a>
            </Empty>
        }
        .into_any();
    };
    let waits = (booking.approval == Some(Approving::Awaited)).then(|| view! { <p class="clash note">{words.series_days_wait()}</p> });
    let says = if refused == 0 { words.series_days_all_free() } else { words.series_days_refused(refused) };
    let again = (is_again && refused > 0).then(|| view! { <p class="clash" role="alert">{words.series_days_again()}</p> });
    let asked = occurrences.iter().filter(|it| it.verdict == Verdict::Refused).cloned();
    let asked = asked.map(|it| view! { <WhatBecomes day=it /> }).collect_view();
    let rest = (refused > 1).then(|| view! { <Button name="rest" value=LEAVE>{words.series_days_leave_rest()}</Button> });
    let rows = occurrences.into_iter().map(|it| view! { <Row day=it /> }).collect_view();
    let place = ZoneName::parse(&recurrence.zone).map(|zone| place_of_zone(&zone)).unwrap_or_default();
    let start = Start::of(&SeriesDaysForm { kept: draft, ..SeriesDaysForm::default() }, None);
    let send = if is_change { words.series_edit_do() } else { words.series_new_do() };
    view! {
        <Banner marking=booking.marking />
        <PageHead title=words.series_days_title() eyebrow=eyebrow>
            <Facts>
                <Fact term=words.bookings_field_purpose()>{booking.purpose}</Fact>
                <Fact term=words.programme_field_room()>{room}</Fact>
                <Fact term=words.series_repeats_title()>{recurrence_in_words(words, &recurrence)}</Fact>
                <Fact term=words.bookings_field_zone()>{place}</Fact>
            </Facts>
        </PageHead>
        {waits} {again}
        <p>{says}</p>
        <FormSheet action=action start=start id=SeriesDaysForm::NAME>
            <Hidden name="kept" />
            {asked}
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                {rest}
                <a class="button" href=form>{words.series_days_back()}</a>
            </div>
        </FormSheet>
        <div class="table" tabindex="0" role="region" aria-label=words.series_days_title()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.series_column_day()}</th>
                        <th scope="col">{words.bookings_column_when()}</th>
                        <th scope="col">{words.series_column_verdict()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Asks what is to become of a day that cannot be had.
#[component]
fn WhatBecomes(day: PlannedView) -> impl IntoView {
    let words = use_words();
    let why: Vec<String> = day.clashes.iter().map(|clash| clash.say.clone()).collect();
    let leave = Choice::new(LEAVE, words.series_answer_leave());
    let take = day.nearest.iter().map(|slot| Choice::new(answer_of_slot(slot), words.series_answer_take(slot.say.clone())));
    let choices = std::iter::once(leave).chain(take).collect();
    view! { <Radios name=answer_field(day.on) label=day_of_series(words, day.on) hint=why.join(" ") choices=choices /> }.into_any()
}

#[component]
fn Row(day: PlannedView) -> impl IntoView {
    let words = use_words();
    let (verdict, tone) = match day.verdict {
        Verdict::Free => (words.series_verdict_free(), Tone::Firm),
        Verdict::Elsewhere => (words.series_verdict_elsewhere(), Tone::Firm),
        Verdict::Refused => (words.series_verdict_refused(), Tone::Held),
        Verdict::LeftOut => (words.series_verdict_left_out(), Tone::Plain),
        Verdict::Stays => (words.series_verdict_stays(), Tone::Plain),
    };
    let when = day.starts.as_ref().zip(day.ends.as_ref()).map(|(starts, ends)| when_in_words(words, starts, ends));
    let says = day.clashes.into_iter().map(|clash| view! { <p><small dir="auto">{clash.say}</small></p> }).collect_view();
    view! {
        <tr>
            <th scope="row">{day_of_series(words, day.on)}</th>
            <td>{when.unwrap_or_else(|| "–".to_owned())} {day.room.map(|room| view! { " " <small dir="auto">{room.name}</small> })}</td>
            <td><Chip tone=tone>{verdict}</Chip> {says}</td>
        </tr>
    }
    .into_any()
}
