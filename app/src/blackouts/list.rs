//! The blackouts that are not over: of all rooms and sites, or of one room and its site.

use super::{server_fns::load_blackouts, view::BlackoutListView};
use crate::{
    bookings::words::when_in_words,
    components::{Empty, MarkingTag, PageHead},
    errors::ErrorPage,
    words::{place_of_zone, use_words},
};
use domain::marking::view::BlackoutView;
use language::Words;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// The blackouts that are not over, a page at a time.
#[component]
pub fn BlackoutsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("room").unwrap_or_default(), query.get("after").unwrap_or_default())
    });
    let page = Resource::new_blocking(move || asked.get(), |(room, after)| load_blackouts(room, after));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Blackouts view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What a blackout is of: a room, or all rooms of a site.
pub(super) fn of_in_words(words: Words, blackout: &BlackoutView) -> String {
    match (&blackout.room, &blackout.site) {
        (Some(room), _) => room.name.clone(),
        (None, Some(site)) => words.blackouts_all_rooms_of(site.name.clone()),
        (None, None) => String::new(),
    }
}

#[component]
fn Blackouts(view: BlackoutListView) -> impl IntoView {
    let words = use_words();
    let BlackoutListView { blackouts, next, room, may_manage } = view;
    let query = room.as_ref().map(|room| format!("?room={}", room.id)).unwrap_or_default();
    let new = format!("/rooms/blackouts/new{query}");
    let add = move || view! { <a class="button main" href=new>{words.blackouts_new_title()}</a> };
    let eyebrow = {
        let room = room.clone();
        move || {
            let room = room.map(|room| view! { <a href=format!("/rooms/{}", room.id) dir="auto">{room.name}</a> });
            view! { <a href="/rooms">{words.shell_menu_rooms()}</a> {room} }.into_any()
        }
    };
    let list = if blackouts.is_empty() {
        view! { <Empty title=words.blackouts_none() says=words.blackouts_none_says() /> }.into_any()
    } else {
        let rows = blackouts.into_iter().map(|blackout| view! { <Row blackout=blackout /> }).collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.blackouts_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.blackouts_field_of()}</th>
                            <th scope="col">{words.bookings_column_when()}</th>
                            <th scope="col">{words.blackouts_field_cause()}</th>
                            <th scope="col">{words.bookings_field_marking()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let room = room.map(|room| view! { <input type="hidden" name="room" value=room.id.to_string() /> });
    let next = next.map(|next| {
        view! {
            <Form method="GET" action="/rooms/blackouts">
                {room}
                <input type="hidden" name="after" value=next />
                <button type="submit" class="button">{words.directory_next_page()}</button>
            </Form>
        }
    });
    view! {
        <PageHead title=words.blackouts_title() eyebrow=eyebrow>
            {may_manage.then(|| {
                view! {
                    <div class="actions">
                        {add()}
                        <a class="button" href="/rooms/blackouts/import">{words.imports_take_in()}</a>
                        <a class="button" href="/blackouts.csv" rel="external" download="">{words.imports_give_out()}</a>
                    </div>
                }
            })}
        </PageHead>
        {list}
        {next}
    }
    .into_any()
}

#[component]
fn Row(blackout: BlackoutView) -> impl IntoView {
    let words = use_words();
    let of = of_in_words(words, &blackout);
    let (when, place) = (when_in_words(words, &blackout.starts, &blackout.ends), place_of_zone(&blackout.starts.zone));
    view! {
        <tr>
            <th scope="row"><a href=format!("/rooms/blackouts/{}", blackout.id) dir="auto">{of}</a></th>
            <td>{when} " " <small>{place}</small></td>
            <td dir="auto">{blackout.cause}</td>
            <td>{blackout.marking.map(|marking| view! { <MarkingTag marking=marking /> })}</td>
        </tr>
    }
    .into_any()
}
