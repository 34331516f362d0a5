//! One's own bookings.

use super::{
    server_fns::load_own_bookings,
    view::{BookedView, OwnBookingsView},
    words::{standing_chip, when_in_words},
};
use crate::{
    components::{Chip, Empty, MarkingTag, PageHead},
    errors::ErrorPage,
    words::{place_of_zone, use_words},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// What one has booked oneself and is not over, a page at a time.
#[component]
pub fn OwnBookingsPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(move || query.read().get("after").unwrap_or_default(), load_own_bookings);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <OwnBookings view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn OwnBookings(view: OwnBookingsView) -> impl IntoView {
    let words = use_words();
    let OwnBookingsView { bookings, next, may_book } = view;
    let book = may_book.then(|| {
        view! {
            <a class="button main" href="/bookings/new">{words.bookings_new_title()}</a>
            <a class="button" href="/series/new">{words.series_new_title()}</a>
        }
    });
    let list = if bookings.is_empty() {
        view! {
            <Empty title=words.bookings_own_none() says=words.bookings_own_none_says()>
                <a class="button" href="/rooms">{words.bookings_own_look()}</a>
            </Empty>
        }
        .into_any()
    } else {
        let rows = bookings.into_iter().map(|booked| view! { <Row booked=booked /> }).collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.bookings_own_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.bookings_field_purpose()}</th>
                            <th scope="col">{words.bookings_column_when()}</th>
                            <th scope="col">{words.programme_field_room()}</th>
                            <th scope="col">{words.bookings_field_state()}</th>
                            <th scope="col">{words.bookings_field_marking()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let next = next.map(|next| {
        view! {
            <Form method="GET" action="/bookings">
                <input type="hidden" name="after" value=next />
                <button type="submit" class="button">{words.directory_next_page()}</button>
            </Form>
        }
    });
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> }.into_any();
    view! {
        <PageHead title=words.bookings_own_title() eyebrow=eyebrow><div class="actions">{book}</div></PageHead>
        {list}
        {next}
    }
    .into_any()
}

#[component]
fn Row(booked: BookedView) -> impl IntoView {
    let words = use_words();
    let (state, tone) = standing_chip(words, &booked);
    let BookedView { booking, room, site, .. } = booked;
    view! {
        <tr>
            <th scope="row"><a href=format!("/bookings/{}", booking.id) dir="auto">{booking.purpose}</a></th>
            <td>{when_in_words(words, &booking.starts, &booking.ends)} " " <small>{place_of_zone(&booking.starts.zone)}</small></td>
            <td><a href=format!("/rooms/{}", room.id) dir="auto">{room.name}</a> " " <small dir="auto">{site.name}</small></td>
            <td><Chip tone=tone>{state}</Chip></td>
            <td><MarkingTag marking=booking.marking /></td>
        </tr>
    }
    .into_any()
}
