//! The door plans of a room.

use super::{
    form::{MakeDoorPlanForm, RevokeDoorPlanForm},
    server_fns::{MakeDoorPlan, RevokeDoorPlan, load_doors},
    view::{DoorLine, DoorLinkView, DoorsView},
};
use crate::{
    components::{Button, Choice, Empty, Field, FormSheet, Hidden, MarkingTag, PageHead, QrCode, Radios, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::{date_in_words, moment_in_words, use_words},
};
use domain::{ids::RoomId, marking::Marking};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A room's door plans, and making one.
#[component]
pub fn DoorsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || {
            let query = query.read();
            let room = params.read().get("id").unwrap_or_default();
            (room, query.get("made").unwrap_or_default(), query.get("revoked"))
        },
        |(room, made, _)| load_doors(room, made),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Doors view=view draft=draft /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Doors(view: DoorsView, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let DoorsView { room, is_retired, plans, stored, markings, link } = view;
    let (id, name) = (room.id, room.name.clone());
    let eyebrow = move || {
        view! {
            <a href="/rooms">{words.shell_menu_rooms()}</a>
            <a href=format!("/rooms/{id}") dir="auto">{name}</a>
        }
        .into_any()
    };
    let list = if plans.is_empty() {
        view! { <Empty title=words.doors_none() /> }.into_any()
    } else {
        let rows = plans.into_iter().map(|line| view! { <Row line=line room=id draft=draft.clone() /> }).collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.doors_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.doors_field_ceiling()}</th>
                            <th scope="col">{words.doors_field_ends_on()}</th>
                            <th scope="col">{words.feeds_page_made()}</th>
                            <th scope="col">{words.doors_fetched()}</th>
                            <th scope="col">{words.feeds_page_change()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let make = if is_retired {
        view! { <p class="clash note">{words.doors_retired()}</p> }.into_any()
    } else {
        view! { <MakeSheet stored=stored markings=markings draft=draft /> }.into_any()
    };
    view! {
        <PageHead title=words.doors_title_of(room.name) eyebrow=eyebrow><p class="prose">{words.doors_explain()}</p></PageHead>
        {link.map(|link| view! { <LinkSheet link=link /> })}
        {list}
        {make}
    }
    .into_any()
}

/// A door plan's link: to copy, to open, and to point a display's camera at.
#[component]
fn LinkSheet(link: DoorLinkView) -> impl IntoView {
    let words = use_words();
    let DoorLinkView { url, code } = link;
    view! {
        <section class="sheet" aria-labelledby="door-link" role="status">
            <h2 id="door-link">{words.doors_link_title()}</h2>
            <p>{words.doors_link_once()}</p>
            <div class="field">
                <label for="door-url">{words.feeds_link_label()}</label>
                <input id="door-url" type="text" readonly=true value=url.clone() dir="ltr" translate="no" autocomplete="off" />
            </div>
            <div class="actions"><a class="button main" href=url rel="external">{words.doors_link_open()}</a></div>
            {code.map(|code| view! { <QrCode code=code label=words.doors_link_code() /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Row(line: DoorLine, room: RoomId, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let DoorLine { plan, made, fetched } = line;
    let action = ServerAction::<RevokeDoorPlan>::new();
    let start = Start::of(&RevokeDoorPlanForm { id: plan.id.to_string(), room_id: room.to_string() }, draft.as_ref());
    let fetched = match (fetched, plan.fetched_by) {
        (None, _) => words.doors_never_fetched(),
        (Some(at), None) => moment_in_words(words, &at),
        (Some(at), Some(client)) => words.feeds_page_fetched_by(moment_in_words(words, &at), client),
    };
    let made = moment_in_words(words, &made);
    let made = if plan.is_own { words.doors_made_by_you(made) } else { made };
    let ended = plan.has_ended.then(|| view! { " " <strong>{words.doors_ended()}</strong> });
    view! {
        <tr>
            <th scope="row"><MarkingTag marking=plan.ceiling /></th>
            <td>{date_in_words(words, plan.ends_on)} {ended}</td>
            <td>{made}</td>
            <td dir="auto">{fetched}</td>
            <td>
                <FormSheet action=action start=start id=format!("revoke-{}", plan.id) bare=true>
                    <Hidden name="id" />
                    <Hidden name="room_id" />
                    <div class="actions"><Button weight=Weight::Grave>{words.feeds_button_revoke()}</Button></div>
                </FormSheet>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn MakeSheet(stored: MakeDoorPlanForm, markings: Vec<Marking>, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<MakeDoorPlan>::new();
    let start = Start::of(&stored, draft.as_ref());
    let markings = markings.into_iter().map(|marking| Choice::new(marking.label(), marking.label())).collect();
    view! {
        <section aria-labelledby="make-door-plan-title">
            <h2 id="make-door-plan-title">{words.doors_make()}</h2>
            <FormSheet action=action start=start id=MakeDoorPlanForm::NAME>
                <Hidden name="room_id" />
                <Hidden name="once" />
                <Radios name="ceiling" label=words.doors_field_ceiling() choices=markings />
                <Field name="reason" label=words.visits_field_reason() hint=words.doors_field_reason_hint() optional=true />
                <Field name="ends_on" label=words.doors_field_ends_on() hint=words.doors_field_ends_on_hint() kind="date" />
                <div class="actions"><Button weight=Weight::Main>{words.doors_make()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}
