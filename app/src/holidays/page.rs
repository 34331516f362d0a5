//! The calendar of holidays: the days of a country in a year, and the forms that add one and take one off.

use super::{
    form::{OwnDayForm, RemoveOwnDayForm},
    server_fns::{AddOwnDay, RemoveOwnDay, load_holidays},
    view::{DayShown, HolidaysView, Origin},
};
use crate::{
    components::{Button, Choice, Empty, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::{date_in_words, use_words},
};
use domain::holidays::DayKind;
use language::Words;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// What a kind of day is called.
fn kind_in_words(words: Words, kind: DayKind) -> String {
    match kind {
        DayKind::Holiday => words.holidays_kind_holiday(),
        DayKind::RestDay => words.holidays_kind_rest_day(),
        DayKind::NationalDay => words.holidays_kind_national_day(),
        DayKind::WorkingDay => words.holidays_kind_working_day(),
    }
}

/// The calendar of holidays.
#[component]
pub fn HolidaysPage() -> impl IntoView {
    let query = use_query_map();
    // What was added or taken off changes the address.
    let asked = Memo::new(move |_| ["country", "year", "added", "removed"].map(|name| query.read().get(name).unwrap_or_default()));
    let page = Resource::new_blocking(move || asked.get(), |[country, year, ..]| load_holidays(country, year));
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Holidays view=view draft=draft /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Holidays(view: HolidaysView, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let HolidaysView { country, countries, year, weekend, days, dated, stored } = view;
    let eyebrow = move || view! { <a href="/settings">{words.shell_menu_settings()}</a> }.into_any();
    let name = countries.iter().find(|choice| choice.value == country).map_or_else(|| country.clone(), |choice| choice.label.clone());
    let weekend = weekend.into_iter().map(|day| words.rooms_weekday(day)).collect::<Vec<_>>().join(", ");
    let title = words.holidays_of_year(name, year.to_string());
    let is_empty = days.is_empty();
    let rows = days.into_iter().map(|day| view! { <Row day=day country=country.clone() year=year draft=draft.clone() /> }).collect_view();
    let list = if is_empty {
        view! { <Empty title=words.holidays_none_title() says=words.holidays_none_says() /> }.into_any()
    } else {
        view! {
            <div class="table" tabindex="0" role="region" aria-label=title.clone()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.holidays_field_on()}</th>
                            <th scope="col">{words.holidays_field_name()}</th>
                            <th scope="col">{words.holidays_field_kind()}</th>
                            <th scope="col">{words.holidays_column_origin()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHead title=words.holidays_title() eyebrow=eyebrow>
            <p class="prose">{words.holidays_says()}</p>
            <div class="actions"><a class="button" href="/settings/holidays/import">{words.imports_take_in()}</a></div>
        </PageHead>
        <Form method="GET" action="/settings/holidays" attr:class="filters" attr:role="search" attr:aria-label=words.holidays_title()>
            <Select name="country" label=words.holidays_field_country() choices=countries.clone() value=country.clone() />
            <Field name="year" label=words.holidays_field_year() value=year.to_string() />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
        </Form>
        <section>
            <h2 dir="auto">{title.clone()}</h2>
            <p>{words.holidays_weekend(weekend)}</p>
            {list}
            <p class="faint">{words.holidays_source(dated)}</p>
        </section>
        <NewDay start=Start::of(&stored, draft.as_ref()) />
    }
    .into_any()
}

#[component]
fn Row(day: DayShown, country: String, year: i32, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let DayShown { on, name, kind, origin } = day;
    let from = match origin {
        Origin::Bundled { is_moved: false } => words.holidays_from_table().into_any(),
        Origin::Bundled { is_moved: true } => words.holidays_from_table_moved().into_any(),
        Origin::Closed => view! { <a href="/settings/office">{words.holidays_from_office()}</a> }.into_any(),
        Origin::Mission { id } => view! { <a href=format!("/missions/{id}")>{words.holidays_from_mission()}</a> }.into_any(),
        Origin::Own { id } => {
            let form = RemoveOwnDayForm { id: id.to_string(), country, year: year.to_string() };
            view! { <Remove form=form name=name.clone() draft=draft /> }.into_any()
        }
    };
    view! {
        <tr>
            <td><time datetime=on.to_string()>{date_in_words(words, on)}</time></td>
            <th scope="row" dir="auto">{name}</th>
            <td>{kind_in_words(words, kind)}</td>
            <td>{from}</td>
        </tr>
    }
    .into_any()
}

/// One press that takes a day of the office's own off the calendar; it can be added again.
#[component]
fn Remove(form: RemoveOwnDayForm, name: String, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<RemoveOwnDay>::new();
    let start = Start::of(&form, draft.as_ref());
    view! {
        <FormSheet action=action start=start id=format!("remove-{}", form.id) bare=true>
            <Hidden name="id" />
            <Hidden name="country" />
            <Hidden name="year" />
            <button type="submit" class="button" aria-label=words.holidays_remove_of(name)>{words.holidays_remove()}</button>
        </FormSheet>
    }
    .into_any()
}

#[component]
fn NewDay(start: Start) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<AddOwnDay>::new();
    let kinds = DayKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind_in_words(words, *kind))).collect();
    view! {
        <section aria-labelledby="new-day">
            <h2 id="new-day">{words.holidays_new_title()}</h2>
            <FormSheet action=action start=start id=OwnDayForm::NAME>
                <Hidden name="once" />
                <div class="pair">
                    <Field name="on" label=words.holidays_field_on() hint=words.visits_field_day_hint() />
                    <Field name="country" label=words.holidays_field_country() hint=words.settings_field_country_hint() />
                </div>
                <Field name="name" label=words.holidays_field_name() />
                <Select name="kind" label=words.holidays_field_kind() choices=kinds />
                <div class="actions"><Button weight=Weight::Main>{words.holidays_new_do()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}
