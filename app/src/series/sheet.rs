//! The page of a series' form.

use super::{
    SeriesForm,
    form::weekday_field,
    server_fns::{LookAtSeries, load_series_form},
    view::SeriesFormView,
    words::{recurrence_in_words, repeats_in_words},
};
use crate::{
    bookings::sheet::BookingFields,
    components::{
        Banner, BoxGroup, Button, Checkbox, Choice, Empty, Field, FormSheet, FormState, Hidden, PageHead, Radios, Select, Weight,
    },
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::words::word_of,
    words::use_words,
};
use domain::{problems::Problem, rooms::series::input::Repeats};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page on which a series is planned, or a part of one changed.
#[component]
pub fn SeriesFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let (params, query) = (params.read(), query.read());
        let said = |name: &str| query.get(name).unwrap_or_default();
        (params.get("id").unwrap_or_default(), said("reach"), said("on"))
    };
    let page = Resource::new_blocking(asked, |(id, reach, on)| load_series_form(id, reach, on));
    let draft = use_draft();
    let action = ServerAction::<LookAtSeries>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <SeriesSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn SeriesSheet(view: SeriesFormView, draft: Option<Draft>, action: ServerAction<LookAtSeries>) -> impl IntoView {
    let words = use_words();
    let SeriesFormView { stored, series, rooms, zones, ceiling } = view;
    let is_change = series.is_some();
    let title = match stored.reach.as_str() {
        "" => words.series_new_title(),
        "all" => words.series_edit_all_title(),
        _ => words.series_edit_following_title(),
    };
    let back = series.as_ref().map_or_else(|| "/bookings".to_owned(), |series| format!("/series/{}", series.id));
    let is_now = series.as_ref().map(|series| words.series_is_now(recurrence_in_words(words, &series.recurrence)));
    let banner = series.map(|series| view! { <Banner marking=series.booking.marking /> });
    let eyebrow = move || view! { <a href="/bookings">{words.bookings_own_title()}</a> }.into_any();
    if rooms.is_empty() {
        return view! {
            <PageHead title=title eyebrow=eyebrow />
            <Empty title=words.bookings_rooms_none() says=words.bookings_rooms_none_says() />
        }
        .into_any();
    }
    let start = Start::of(&stored, draft.as_ref());
    let repeats = Repeats::ALL.map(|repeats| Choice::new(word_of(&repeats), repeats_in_words(words, repeats))).to_vec();
    let ticked = |day: u32| start.typed().get(&weekday_field(day)) == "yes";
    let weekdays =
        (1..=7).map(|day| view! { <Checkbox name=weekday_field(day) label=words.rooms_weekday(day) checked=ticked(day) /> }).collect_view();
    view! {
        {banner}
        <PageHead title=title eyebrow=eyebrow />
        <p class="lead">{words.series_form_says()}</p>
        {is_now.map(|is_now| view! { <p>{is_now}</p> })}
        <FormSheet action=action start=start id=SeriesForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Hidden name="once" />
            <Hidden name="reach" />
            <Hidden name="on" />
            <BookingFields rooms=rooms zones=zones ceiling=ceiling />
            <WhichOfTwoEachTime />
            <fieldset class="group">
                <legend>{words.series_repeats_title()}</legend>
                <div class="pair">
                    <Select
                        name="repeats"
                        label=words.series_field_repeats()
                        hint=if is_change { words.series_field_repeats_stays() } else { words.series_field_repeats_hint() }
                        choices=repeats
                        optional=is_change
                    />
                    <Field name="every" label=words.series_field_every() hint=words.series_field_every_hint() kind="number" optional=true />
                </div>
                <BoxGroup name="weekdays" label=words.series_field_weekdays()>
                    {weekdays}
                </BoxGroup>
                <Field name="dates" label=words.series_field_dates() hint=words.series_field_dates_hint() optional=true />
                <div class="pair">
                    <Field name="until" label=words.series_field_until() hint=words.series_field_until_hint() optional=true />
                    <Field name="times" label=words.series_field_times() kind="number" optional=true />
                </div>
                <Field name="except" label=words.series_field_except() hint=words.series_field_except_hint() optional=true />
            </fieldset>
            <div class="actions">
                <Button weight=Weight::Main>{words.series_look()}</Button>
                <a class="button" href=back>{words.bookings_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// Asks which of two equal times is meant on every day that has one; keeps what was answered.
#[component]
fn WhichOfTwoEachTime() -> impl IntoView {
    let words = use_words();
    use_context::<FormState>().map(|state| {
        move || match state.raw_problem_of("twice") {
            Some(Problem::TimeAmbiguous { first_offset, second_offset }) => {
                let choices = vec![
                    Choice::new("first", words.time_first_of_two(first_offset.to_string())),
                    Choice::new("second", words.time_second_of_two(second_offset.to_string())),
                ];
                view! { <Radios name="twice" label=words.series_which_of_two() choices=choices /> }.into_any()
            }
            _ => {
                let answered = state.typed_last("twice");
                view! { <Hidden name="twice" value=answered /> }.into_any()
            }
        }
    })
}
