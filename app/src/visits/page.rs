//! The list of visits.

use super::{
    head::tone_of,
    server_fns::load_visits,
    view::{VisitHead, VisitListView},
    words::{category_in_words, state_in_words, title_in_words, word_of},
};
use crate::{
    components::{Chip, Choice, Empty, Field, MarkingTag, PageHead, Select},
    errors::ErrorPage,
    live::{JustChanged, use_live, views},
    words::{dates_in_words, use_words},
};
use domain::visits::{VisitCategory, VisitState};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// What the list is narrowed to, as the address says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filters {
    state: String,
    category: String,
    text: String,
}

/// The visits one may know of, with filters that the address keeps.
#[component]
pub fn VisitsPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        Filters { state: get("state"), category: get("category"), text: get("text") }
    });
    let live = use_live();
    let page = Resource::new_blocking(
        move || (filters.get(), live.beats()),
        |(Filters { state, category, text }, _)| load_visits(state, category, text),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <VisitList view=view filters=filters.get_untracked() /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn VisitList(view: VisitListView, filters: Filters) -> impl IntoView {
    let words = use_words();
    let states = VisitState::ALL.iter().map(|state| Choice::new(word_of(state), state_in_words(words, *state))).collect();
    let categories =
        VisitCategory::ALL.iter().map(|category| Choice::new(word_of(category), category_in_words(words, *category))).collect();
    let add = move || view! { <a class="button main" href="/visits/new">{words.visits_new_title()}</a> };
    let (may_create, is_filtered) = (view.may_create, view.is_filtered);
    let list = if view.visits.is_empty() {
        let (title, says) = if is_filtered {
            (words.visits_none_match_title(), words.visits_none_match_says())
        } else {
            (words.visits_none_title(), words.visits_none_says())
        };
        view! {
            <Empty title=title says=says>
                {if is_filtered {
                    view! { <a class="button" href="/visits" rel="external">{words.visits_filter_all()}</a> }.into_any()
                } else {
                    may_create.then(add).into_any()
                }}
            </Empty>
        }
        .into_any()
    } else {
        let rows = view.visits.into_iter().map(|head| view! { <VisitRow head=head /> }).collect_view();
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.visits_list_title()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.visits_fact_dates()}</th>
                            <th scope="col">{words.visits_field_title()}</th>
                            <th scope="col">{words.visits_field_country()}</th>
                            <th scope="col">{words.visits_field_category()}</th>
                            <th scope="col">{words.visits_field_state()}</th>
                            <th scope="col">{words.visits_field_host()}</th>
                            <th scope="col">{words.visits_column_marking()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHead title=words.visits_list_title()>
            {may_create.then(|| view! { <div class="actions">{add()}</div> })}
        </PageHead>
        <Form method="GET" action="/visits" attr:class="filters" attr:role="search" attr:aria-label=words.visits_filter_label()>
            <Field name="text" label=words.visits_filter_text() kind="search" optional=true value=filters.text />
            <Select name="state" label=words.visits_field_state() choices=states optional=true value=filters.state />
            <Select name="category" label=words.visits_field_category() choices=categories optional=true value=filters.category />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
        </Form>
        {list}
    }
    .into_any()
}

#[component]
fn VisitRow(head: VisitHead) -> impl IntoView {
    let words = use_words();
    let VisitHead { visit, country, .. } = head;
    let dates = visit.starts_on.zip(visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let title = title_in_words(words, &visit);
    view! {
        <tr>
            <td>{dates}</td>
            <th scope="row"><a href=format!("/visits/{}", visit.id) dir="auto">{title}</a> " " <JustChanged of=views::visit(visit.id) /></th>
            <td dir="auto">{country}</td>
            <td>{category_in_words(words, visit.category)}</td>
            <td><Chip tone=tone_of(visit.state)>{state_in_words(words, visit.state)}</Chip></td>
            <td dir="auto">{visit.host.map(|host| host.name)}</td>
            <td><MarkingTag marking=visit.marking /></td>
        </tr>
    }
    .into_any()
}
