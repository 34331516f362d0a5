//! The people of the directory.

use crate::{
    components::{Empty, Fact, Facts, Field, PageHead},
    errors::{AppError, ErrorPage},
    words::use_words,
};
use domain::{
    paging::Page,
    people::{Standing, view::PersonView},
};
use language::Words;
use leptos::prelude::*;
use leptos_router::{
    components::Form,
    hooks::{use_params_map, use_query_map},
};

/// A page of the people, by name; with words only those they find.
///
/// # Errors
/// When one may not read the office, or the page is not one of the list's.
#[server]
pub async fn load_people(
    /// The words, or nothing.
    text: String,
    /// What asks for the page; nothing for the first.
    after: String,
) -> Result<Page<PersonView>, AppError> {
    use crate::request::request_context;
    use backend::paging::PageRequest;
    crate::errors::answer(async {
        let context = request_context()?;
        let request = PageRequest::new(Some(&after), None)?;
        Ok(backend::people::list_people(&context, Some(&text), &request).await?)
    })
    .await
}

/// A person.
///
/// # Errors
/// When there is none, or one may not read the office.
#[server]
pub async fn load_person(
    /// The person.
    id: String,
) -> Result<PersonView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        Ok(backend::people::read_person(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
    })
    .await
}

fn standing_in_words(words: Words, standing: Standing) -> String {
    match standing {
        Standing::HostPrincipal => words.directory_standing_host_principal(),
        Standing::HostStaff => words.directory_standing_host_staff(),
        Standing::Interpreter => words.directory_standing_interpreter(),
        Standing::VisitingPrincipal => words.directory_standing_visiting_principal(),
        Standing::MissionMember => words.directory_standing_mission_member(),
        Standing::Guest => words.directory_standing_guest(),
    }
}

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
                    Ok(people) => view! { <PersonList people=people text=asked.get_untracked().0 /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn PersonList(people: Page<PersonView>, text: String) -> impl IntoView {
    let words = use_words();
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
    let list = if rows.is_empty() {
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
        <PageHead title=words.shell_menu_people() />
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
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(person) => view! { <PersonFacts person=person /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn PersonFacts(person: PersonView) -> impl IntoView {
    let words = use_words();
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
        </PageHead>
    }
    .into_any()
}
