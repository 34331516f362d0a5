//! The page on which the rest of a day is moved: by how many minutes, where each line goes and what stays, and one press to accept it.

use super::{
    RestAskedForm, RestForm, RestPageView,
    server_fns::{MoveRest, load_rest},
};
use crate::{
    bookings::words::when_in_words,
    components::{Button, Field, FormSheet, Hidden, QuerySheet, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Outcome, Refusal, Start, use_draft},
    programme::{going::GoingLine, words::title_in_words},
    visits::{VisitHeading, VisitTab},
    words::use_words,
};
use domain::marking::{Marking, view::RestView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page on which the rest of a day is moved.
#[component]
pub fn RestPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let action = ServerAction::<MoveRest>::new();
    // After a refusal all of it is looked at anew.
    let refusals = move || match action.value().get() {
        Some(Ok(Outcome::Refused(_))) => action.version().get_untracked(),
        _ => 0,
    };
    let page = Resource::new_blocking(
        move || {
            let query = query.read();
            let get = |name: &str| query.get(name).unwrap_or_default();
            (params.read().get("id").unwrap_or_default(), get("item"), get("minutes"), refusals())
        },
        |(id, item, minutes, _)| load_rest(id, item, minutes),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Sheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(view: RestPageView, draft: Option<Draft>, action: ServerAction<MoveRest>) -> impl IntoView {
    let words = use_words();
    let RestPageView { head, line, asked, problems, rest, once } = view;
    let path = format!("/visits/{}", head.visit.id);
    let marking = rest.iter().flat_map(|rest| &rest.lines).map(|line| line.item.marking).chain([line.item.marking]).max();
    let from = words.day_rest_from(title_in_words(words, &line.item), when_in_words(words, &line.item.starts, &line.item.ends));
    let refusal = (!problems.is_empty()).then(|| {
        Draft::Kept(Refusal {
            form: RestAskedForm::NAME.to_owned(),
            problems,
            notices: Vec::new(),
            typed: asked.typed(),
            newer: None,
            trouble: None,
        })
    });
    let start = Start::of(&asked, refusal.as_ref());
    let (back, capital) = (path.clone(), head.visit.capital.clone());
    let found = rest.map(|rest| {
        view! {
            <Found rest=rest capital=capital minutes=asked.minutes.clone() once=once draft=draft action=action back=back.clone() />
        }
    });
    view! {
        <VisitHeading head=head tab=VisitTab::None marking=marking.unwrap_or(Marking::Clear) />
        <section aria-labelledby="rest-title">
            <h2 id="rest-title">{words.day_rest_title()}</h2>
            <p dir="auto">{from}</p>
            <QuerySheet action=format!("{path}/rest") start=start id=RestAskedForm::NAME label=words.day_rest_title()>
                <Hidden name="item" />
                <Field name="minutes" label=words.day_rest_minutes() hint=words.day_rest_minutes_hint() />
                <div class="actions">
                    <Button weight=Weight::Main>{words.day_rest_look()}</Button>
                    <a class="button" href=back>{words.day_rest_back()}</a>
                </div>
            </QuerySheet>
        </section>
        {found}
    }
    .into_any()
}

#[component]
fn Found(
    rest: RestView,
    capital: Option<String>,
    minutes: String,
    once: String,
    draft: Option<Draft>,
    action: ServerAction<MoveRest>,
    back: String,
) -> impl IntoView {
    let words = use_words();
    let RestView { version, visit_id, item_id, lines, people, rooms, .. } = rest;
    let moved = lines.iter().filter(|line| line.stays.is_none()).count();
    let stored = RestForm {
        id: visit_id.to_string(),
        item: item_id.to_string(),
        minutes: minutes.clone(),
        seen: version.clone(),
        once: once.clone(),
        reason: String::new(),
    };
    let start = Start::of(&stored, draft.as_ref());
    let names: Vec<String> = people.into_iter().map(|person| person.name).chain(rooms.into_iter().map(|room| room.name)).collect();
    let whom = if names.is_empty() { words.day_rest_nobody() } else { words.day_rest_whom(names.join("; ")) };
    let listed = lines.into_iter().map(|line| view! { <li><GoingLine line=line capital=capital.clone() /></li> }).collect_view();
    let accept = (moved > 0).then(|| {
        view! {
            <FormSheet action=action start=start id=RestForm::NAME>
                <Hidden name="id" />
                <Hidden name="item" />
                // What was looked at just now, and not what a refused press had seen.
                <Hidden name="minutes" value=minutes />
                <Hidden name="seen" value=version />
                <Hidden name="once" value=once />
                <p dir="auto">{whom}</p>
                <p class="faint">{words.day_rest_released()}</p>
                <Field name="reason" label=words.visits_field_reason() hint=words.day_rest_reason_hint() optional=true />
                <div class="actions">
                    <Button weight=Weight::Main>{words.day_rest_do()}</Button>
                    <a class="button" href=back>{words.day_rest_back()}</a>
                </div>
            </FormSheet>
        }
    });
    view! {
        <section aria-labelledby="rest-lines">
            <div role="status"><h2 id="rest-lines">{words.day_rest_lines(moved)}</h2></div>
            <ol class="hurt">{listed}</ol>
            {accept}
        </section>
    }
    .into_any()
}
