//! The people of the directory.

use super::{
    erasing::{ErasePerson, ErasePersonForm, Erasing},
    server_fns::{load_people, load_person},
    view::{PersonListView, PersonPageView},
    words::standing_in_words,
};
use crate::{
    components::{Empty, Fact, Facts, Field, PageHead},
    errors::ErrorPage,
    forms::{Draft, Start, use_draft},
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::{
    components::Form,
    hooks::{use_params_map, use_query_map},
};

/// The people, a page at a time, with a search that the address keeps.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("text").unwrap_or_default(), query.get("after").unwrap_or_default())
    });
    let page = Resource::new_blocking(move || asked.get(), |(text, after)| load_people(text, after));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <PersonList view=view text=asked.get_untracked().0 /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn PersonList(view: PersonListView, text: String) -> impl IntoView {
    let words = use_words();
    let PersonListView { people, may_manage } = view;
    let add = move || {
        may_manage.then(|| {
            view! {
                <a class="button main" href="/people/new">{words.people_add()}</a>
                <a class="button" href="/people/import">{words.imports_take_in()}</a>
            }
        })
    };
    let out = may_manage.then(|| view! { <a class="button" href="/people.csv" rel="external" download="">{words.imports_give_out()}</a> });
    let rows = people
        .items
        .into_iter()
        .map(|person| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/people/{}", person.id) dir="auto">{person.name}</a></th>
                    <td dir="auto">{person.own_script}</td>
                    <td dir="auto">{person.rank}</td>
                    <td>{standing_in_words(words, person.standing)}</td>
                    <td dir="auto">{person.mission.map(|mission| mission.name)}</td>
                </tr>
            }
        })
        .collect_view();
    let list = if rows.is_empty() && text.is_empty() && may_manage {
        view! { <Empty title=words.directory_people_none() says=words.people_none_says()>{add()}</Empty> }.into_any()
    } else if rows.is_empty() {
        view! { <Empty title=words.directory_people_none() /> }.into_any()
    } else {
        view! {
            <div class="table" tabindex="0" role="region" aria-label=words.shell_menu_people()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.accounts_name()}</th>
                            <th scope="col">{words.directory_own_script()}</th>
                            <th scope="col">{words.directory_rank()}</th>
                            <th scope="col">{words.directory_standing()}</th>
                            <th scope="col">{words.accounts_mission()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    // A form, not a link: its fields are written into the address by the browser, whatever was searched for.
    let searched = text.clone();
    let next = people.next.map(|next| {
        view! {
            <Form method="GET" action="/people">
                <input type="hidden" name="text" value=searched />
                <input type="hidden" name="after" value=next />
                <button type="submit" class="button">{words.directory_next_page()}</button>
            </Form>
        }
    });
    view! {
        <PageHead title=words.shell_menu_people()><div class="actions">{add()}{out}</div></PageHead>
        <Form method="GET" action="/people" attr:class="filters" attr:role="search" attr:aria-label=words.shell_menu_people()>
            <Field name="text" label=words.visits_filter_text() kind="search" optional=true value=text />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
        </Form>
        {list}
        {next}
    }
    .into_any()
}

/// A person.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_person);
    let draft = use_draft();
    let erase = ServerAction::<ErasePerson>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <PersonFacts view=view draft=draft erase=erase /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn PersonFacts(view: PersonPageView, draft: Option<Draft>, erase: ServerAction<ErasePerson>) -> impl IntoView {
    let words = use_words();
    let PersonPageView { person, may_manage, may_erase, seen } = view;
    let gone = ErasePersonForm { id: person.id.to_string(), seen };
    let erasing = may_erase.then(|| view! { <Erasing start=Start::of(&gone, draft.as_ref()) action=erase /> });
    let change = may_manage.then(|| {
        view! { <div class="actions"><a class="button" href=format!("/people/{}/edit", person.id)>{words.people_change()}</a></div> }
    });
    let standing = standing_in_words(words, person.standing);
    let eyebrow = move || view! { <a href="/people">{words.shell_menu_people()}</a> <span>{standing}</span> }.into_any();
    let languages = person.languages.join(", ");
    view! {
        <PageHead title=person.name eyebrow=eyebrow>
            <Facts>
                {person.own_script.map(|name| view! { <Fact term=words.directory_own_script()>{name}</Fact> })}
                {person.pronunciation.map(|said| view! { <Fact term=words.directory_pronunciation()>{said}</Fact> })}
                {person.address.map(|address| view! { <Fact term=words.directory_form_of_address()>{address}</Fact> })}
                {person.rank.map(|rank| view! { <Fact term=words.directory_rank()>{rank}</Fact> })}
                {person.rank_own.map(|rank| view! { <Fact term=words.directory_rank_own()>{rank}</Fact> })}
                {person.mission.map(|mission| {
                    view! { <Fact term=words.accounts_mission()><a href=format!("/missions/{}", mission.id)>{mission.name}</a></Fact> }
                })}
                {(!languages.is_empty()).then(|| view! { <Fact term=words.directory_languages()>{languages}</Fact> })}
                {person.diet.map(|diet| view! { <Fact term=words.directory_diet()>{diet}</Fact> })}
            </Facts>
            {change}
        </PageHead>
        {erasing}
    }
    .into_any()
}
