//! The inbox of who gives rooms.

use super::{
    deciding::Deciding,
    server_fns::load_approvals,
    view::{ApprovalsView, WaitingShown},
    words::when_said,
};
use crate::{
    components::{Empty, MarkingTag, PageHead},
    errors::ErrorPage,
    forms::{Draft, use_draft},
    live::{JustChanged, use_live},
    words::{place_of_zone, use_words},
};
use domain::clash::Source;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

const ADDRESS: &str = "/rooms/approvals";

/// What waits for who looks at it, a page at a time.
#[component]
pub fn ApprovalsPage() -> impl IntoView {
    let query = use_query_map();
    let live = use_live();
    let page = Resource::new_blocking(
        move || {
            let query = query.read();
            (query.get("after").unwrap_or_default(), query.get("decided"), live.beats())
        },
        |(after, ..)| load_approvals(after),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                let decided = query.read_untracked().get("decided").is_some();
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Approvals view=view draft=draft decided=decided /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Approvals(view: ApprovalsView, draft: Option<Draft>, decided: bool) -> impl IntoView {
    let words = use_words();
    let ApprovalsView { waiting, next } = view;
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> }.into_any();
    let done = decided.then(|| view! { <p class="done" role="status">{words.approvals_decided()}</p> });
    let list = if waiting.is_empty() {
        view! { <Empty title=words.approvals_none() says=words.approvals_none_says() /> }.into_any()
    } else {
        let cards = waiting.into_iter().map(|waiting| view! { <Card waiting=waiting draft=draft.clone() /> }).collect_view();
        view! {
            <p class="prose faint">{words.approvals_says()}</p>
            <div class="cards">{cards}</div>
        }
        .into_any()
    };
    let next = next.map(|next| {
        view! {
            <Form method="GET" action=ADDRESS>
                <input type="hidden" name="after" value=next />
                <button type="submit" class="button">{words.directory_next_page()}</button>
            </Form>
        }
    });
    view! {
        <PageHead title=words.approvals_title() eyebrow=eyebrow />
        {done}
        {list}
        {next}
    }
    .into_any()
}

#[component]
fn Card(waiting: WaitingShown, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let room = waiting.view.room.clone();
    let when = when_said(words, &waiting.when);
    let place = place_of_zone(&waiting.when.0.zone);
    let name = format!("approval-{}", waiting.view.id);
    let marking = waiting.view.engaged.as_ref().map(|engaged| engaged.marking);
    let title = match &waiting.view.engaged {
        None => {
            let cover = waiting.view.reserved.as_ref().and_then(|reserved| reserved.cover.clone());
            view! { <span dir="auto">{cover.unwrap_or_else(|| words.approvals_reserved())}</span> }.into_any()
        }
        Some(engaged) => {
            let to = match (engaged.source, engaged.visit_id) {
                (Source::Item(item), Some(visit)) => format!("/visits/{visit}#line-{item}"),
                (Source::Booking(booking), _) => format!("/bookings/{booking}"),
                (Source::Item(_), None) => "/visits".to_owned(),
            };
            view! { <a href=to dir="auto">{engaged.title.clone()}</a> }.into_any()
        }
    };
    view! {
        <article class="card">
            {marking.map(|marking| view! { <div class="banner"><MarkingTag marking=marking /></div> })}
            <JustChanged of=name />
            <h2 class="title">{title}</h2>
            <p>{when} " " <small>{place}</small></p>
            <p><a href=format!("/rooms/{}", room.id) dir="auto">{room.name}</a></p>
            <Deciding waiting=waiting draft=draft back=ADDRESS.to_owned() />
        </article>
    }
    .into_any()
}
