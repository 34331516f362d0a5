//! The page of a room's form.

use super::{
    approval_part::ApprovalBoxes,
    form::{RoomForm, booked_by_field, feature_field, hours_field, layout_field, rows_of_hours},
    seasons::{Seasons, number_of_seasons},
    server_fns::{SaveRoom, load_room_form},
    view::RoomFormView,
    words::feature_in_words,
};
use crate::{
    accounts::words::role_in_words,
    components::{BoxGroup, Button, Checkbox, Choice, Empty, Entries, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    programme::words::layout_in_words,
    visits::words::markings_up_to,
    words::use_words,
};
use domain::{
    marking::Marking,
    rooms::{Feature, Layout, terms::BookedBy},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page that makes a room, or changes one.
#[component]
pub fn RoomFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), query.read().get("site").unwrap_or_default()),
        |(id, site)| load_room_form(id, site),
    );
    let draft = use_draft();
    let action = ServerAction::<SaveRoom>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <RoomSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn RoomSheet(view: RoomFormView, draft: Option<Draft>, action: ServerAction<SaveRoom>) -> impl IntoView {
    let words = use_words();
    let RoomFormView { stored, sites } = view;
    let is_new = stored.id.is_empty();
    let (title, send, back) = if is_new {
        (words.rooms_new_title(), words.rooms_new_do(), "/rooms/list".to_owned())
    } else {
        (words.rooms_edit_title(), words.rooms_edit_do(), format!("/rooms/{}", stored.id))
    };
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> }.into_any();
    if sites.is_empty() {
        return view! {
            <PageHead title=title eyebrow=eyebrow />
            <Empty title=words.rooms_site_first() says=words.rooms_site_first_says()>
                <a class="button main" href="/settings/sites/new">{words.rooms_site_add()}</a>
            </Empty>
        }
        .into_any();
    }
    let start = Start::of(&stored, draft.as_ref());
    let rows = rows_of_hours(start.typed());
    let seasons = number_of_seasons(start.typed());
    view! {
        <PageHead title=title eyebrow=eyebrow />
        <FormSheet action=action start=start id=RoomForm::NAME>
            <Hidden name="id" />
            <Hidden name="seen" />
            <Select name="site_id" label=words.rooms_field_site() choices=sites />
            <div class="pair">
                <Field name="name" label=words.rooms_field_name() />
                <Field name="floor" label=words.rooms_field_floor() hint=words.rooms_field_floor_hint() optional=true />
            </div>
            <LayoutRows />
            <fieldset class="group">
                <legend>{words.rooms_features_title()}</legend>
                <Features />
            </fieldset>
            <HoursRows rows=rows />
            <Seasons number=seasons />
            <div class="pair">
                <Select
                    name="clearance"
                    label=words.rooms_field_clearance()
                    hint=words.rooms_field_clearance_hint()
                    choices=markings_up_to(Marking::Red)
                />
                <Field
                    name="sweep_minutes"
                    label=words.rooms_field_sweep()
                    hint=words.rooms_field_sweep_hint()
                    kind="number"
                    optional=true
                />
            </div>
            <BoxGroup name="booked_by" label=words.rooms_booked_by_title()><WhoMayBook /></BoxGroup>
            <ApprovalBoxes />
            <div class="actions">
                <Button weight=Weight::Main>{send}</Button>
                <a class="button" href=back>{words.rooms_site_leave()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// A row for each layout there is: empty where the room can't take it.
#[component]
fn LayoutRows() -> impl IntoView {
    let words = use_words();
    let rows = Layout::ALL
        .iter()
        .map(|layout| {
            let name = layout_in_words(words, *layout);
            let field = |part: &str| layout_field(*layout, part);
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td><Field name=field("capacity") label=words.rooms_layout_capacity_of(&name) kind="number" optional=true bare=true /></td>
                    <td><Field name=field("set_up_minutes") label=words.rooms_layout_set_up_of(&name) kind="number" optional=true bare=true /></td>
                    <td><Field name=field("clearing_minutes") label=words.rooms_layout_clearing_of(&name) kind="number" optional=true bare=true /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [words.rooms_layout_column(), words.rooms_layout_capacity(), words.rooms_layout_set_up(), words.rooms_layout_clearing()];
    view! {
        <Entries title=words.rooms_layouts_title() hint=words.rooms_layouts_hint() columns=columns>
            {rows}
        </Entries>
    }
    .into_any()
}

/// A box for each feature that a room may have.
#[component]
pub(crate) fn Features() -> impl IntoView {
    let words = use_words();
    let boxes = Feature::ALL
        .iter()
        .map(|feature| view! { <Checkbox name=feature_field(*feature) label=feature_in_words(words, *feature) /> })
        .collect_view();
    view! { <div class="pair">{boxes}</div> }
}

/// A box for each role that the room may be kept for.
#[component]
fn WhoMayBook() -> impl IntoView {
    let words = use_words();
    let boxes =
        BookedBy::offered().map(|role| view! { <Checkbox name=booked_by_field(role) label=role_in_words(words, role) /> }).collect_view();
    view! {
        <p class="faint">{words.rooms_booked_by_hint()}</p>
        <div class="boxes">{boxes}</div>
    }
}

/// Rows of opening hours: those of the week, and some more for days that stand twice.
#[component]
fn HoursRows(rows: u32) -> impl IntoView {
    let words = use_words();
    let days: Vec<Choice> = (1..=7_u32).map(|day| Choice::new(day.to_string(), words.rooms_weekday(day))).collect();
    let rows = (1..=rows)
        .map(|row| {
            let field = |part: &str| hours_field(row, part);
            view! {
                <tr>
                    <td><Select name=field("weekday") label=words.rooms_hours_weekday_of(row) choices=days.clone() optional=true bare=true /></td>
                    <td><Field name=field("opens") label=words.rooms_hours_opens_of(row) optional=true bare=true /></td>
                    <td><Field name=field("closes") label=words.rooms_hours_closes_of(row) optional=true bare=true /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [words.rooms_hours_weekday(), words.rooms_hours_opens(), words.rooms_hours_closes()];
    view! {
        <Entries title=words.rooms_hours_title() hint=words.rooms_hours_hint() columns=columns>
            {rows}
        </Entries>
    }
    .into_any()
}
