//! Finding a room for a use: what suits and is free, and what those lack that nearly do.

use super::{finder_fns::load_finder, finder_form::FinderForm, sheet::Features, view::FinderView};
use crate::{
    components::{BoxGroup, Button, Checkbox, Choice, Empty, Field, PageHead, QuerySheet, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, Typed},
    programme::words::layout_in_words,
    times::{WhichOfTwo, fields_of_slot},
    visits::words::{markings_up_to, word_of},
    words::use_words,
};
use domain::{
    board::Holds,
    ids::RoomId,
    rooms::{
        Layout,
        found::{FoundRoom, FoundRoomsView, NearMiss},
    },
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The finder of rooms, with the question that its address keeps.
#[component]
pub fn FinderPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| FinderForm::asked(query.read().clone().into_iter().map(|(name, value)| (name.into_owned(), value))));
    let page = Resource::new_blocking(move || asked.get(), load_finder);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Finder view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Finder(view: FinderView) -> impl IntoView {
    let words = use_words();
    let FinderView { asked, refusal, found, booking, sites, zones, ceiling, may_book } = view;
    let start = Start::of(&asked, refusal.map(Draft::Kept).as_ref());
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> }.into_any();
    // Who may not book is shown the rooms without the way to a booking.
    let to_book = may_book.then(|| asked.needs().and(&booking));
    let found = found.map(|found| view! { <FoundRooms found=found to_book=to_book /> });
    view! {
        <PageHead title=words.finder_title() eyebrow=eyebrow />
        {found}
        <QuerySheet action="/rooms/find" start=start id=FinderForm::NAME label=words.finder_title()>
            <div class="pair">
                <Field name="date" label=words.programme_field_date() hint=words.programme_field_date_hint() />
                <Field name="starts" label=words.programme_field_starts() />
                <Field name="ends" label=words.programme_field_ends() hint=words.programme_field_ends_hint() />
            </div>
            <WhichOfTwo field="starts" />
            <WhichOfTwo field="ends" />
            <div class="pair">
                <Field name="people" label=words.programme_field_people_count() kind="number" optional=true />
                <Select name="layout" label=words.programme_field_layout() choices=layouts optional=true />
                <Select name="site_id" label=words.board_filter_site() choices=sites optional=true />
            </div>
            <fieldset class="group">
                <legend>{words.finder_needs_title()}</legend>
                <BoxGroup name="features" label=words.bookings_features_title()><Features /></BoxGroup>
                <Checkbox name="sweep" label=words.bookings_field_sweep() hint=words.bookings_field_sweep_hint() />
            </fieldset>
            <div class="pair">
                <Select name="marking" label=words.finder_marking() choices=markings_up_to(ceiling) />
                <Field name="zone" label=words.bookings_field_zone() hint=words.finder_zone_hint() suggestions=zones optional=true />
            </div>
            <div class="actions"><Button weight=Weight::Main>{words.finder_do()}</Button></div>
        </QuerySheet>
    }
    .into_any()
}

/// The form of a booking of a room, with these of its fields filled in.
fn booking_of(room: RoomId, fields: &Typed) -> String {
    format!("/bookings/new?{}", fields.clone().with("room_id", room.to_string()).as_query())
}

fn holds_said(words: Words, holds: Option<Holds>) -> Option<String> {
    holds.map(|holds| format!("{} {}", layout_in_words(words, holds.layout), holds.people))
}

#[component]
fn FoundRooms(found: FoundRoomsView, to_book: Option<Typed>) -> impl IntoView {
    let words = use_words();
    let FoundRoomsView { fit, near, .. } = found;
    let title = words.finder_fit_title(fit.len());
    let fits = if fit.is_empty() {
        let says = if near.is_empty() { words.finder_fit_none_at_all() } else { words.finder_fit_none_says() };
        view! { <div role="status"><Empty title=words.finder_fit_none() says=says /></div> }.into_any()
    } else {
        let to_book = to_book.clone();
        let rows = fit.into_iter().map(|found| view! { <FitRow found=found to_book=to_book.clone() /> }).collect_view();
        view! {
            <div role="status"><h2>{title.clone()}</h2></div>
            <div class="table" tabindex="0" role="region" aria-label=title>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.programme_field_room()}</th>
                            <th scope="col">{words.board_filter_site()}</th>
                            <th scope="col">{words.finder_column_holds()}</th>
                            <th scope="col"><span class="visually-hidden">{words.bookings_new_title()}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let near = (!near.is_empty()).then(|| {
        let rows = near.into_iter().map(|miss| view! { <NearRow miss=miss to_book=to_book.clone() /> }).collect_view();
        view! {
            <h2>{words.finder_near_title()}</h2>
            <div class="table" tabindex="0" role="region" aria-label=words.finder_near_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.programme_field_room()}</th>
                            <th scope="col">{words.board_filter_site()}</th>
                            <th scope="col">{words.finder_column_holds()}</th>
                            <th scope="col">{words.finder_column_lacks()}</th>
                            <th scope="col">{words.finder_column_other_times()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! { <section>{fits} {near}</section> }.into_any()
}

/// A room with its site and what it holds, as both tables begin.
fn room_cells(words: Words, found: &FoundRoom) -> AnyView {
    let floor = found.floor.clone().map(|floor| view! { " " <small dir="auto">{floor}</small> });
    view! {
        <th scope="row"><a href=format!("/rooms/{}", found.room.id) dir="auto">{found.room.name.clone()}</a>{floor}</th>
        <td dir="auto">{found.site.name.clone()}</td>
        <td>{holds_said(words, found.holds)}</td>
    }
    .into_any()
}

#[component]
fn FitRow(found: FoundRoom, to_book: Option<Typed>) -> impl IntoView {
    let words = use_words();
    let cells = room_cells(words, &found);
    let book = to_book.map(|fields| {
        let label = words.finder_book(found.room.name.clone());
        view! { <a class="button" href=booking_of(found.room.id, &fields) aria-label=label>{words.bookings_new_do()}</a> }
    });
    view! { <tr>{cells}<td>{book}</td></tr> }.into_any()
}

#[component]
fn NearRow(miss: NearMiss, to_book: Option<Typed>) -> impl IntoView {
    let words = use_words();
    let NearMiss { found, lacks, nearest } = miss;
    let cells = room_cells(words, &found);
    let lacks = lacks.into_iter().map(|lack| view! { <div>{lack.say}</div> }).collect_view();
    let times = nearest
        .into_iter()
        .map(|slot| match &to_book {
            None => view! { <div>{slot.say}</div> }.into_any(),
            Some(fields) => {
                let to = booking_of(found.room.id, &fields.clone().and(&fields_of_slot(&slot)));
                let label = words.finder_book_at(found.room.name.clone(), slot.say.clone());
                view! { <a class="button" href=to aria-label=label>{slot.say}</a> }.into_any()
            }
        })
        .collect_view();
    view! { <tr>{cells}<td>{lacks}</td><td>{times}</td></tr> }.into_any()
}
