//! What a search finds.

use crate::{
    components::{Empty, PageHead},
    errors::{AppError, ErrorPage},
    words::use_words,
};
use domain::search::{SearchHit, SearchKind};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The most things a search shows.
#[cfg(feature = "ssr")]
const MOST_FOUND: u32 = 50;

/// What is found by words, over what the requester sees.
///
/// # Errors
/// When one may not read the office, or the words are too many.
#[server]
pub async fn load_found(
    /// The words.
    asked: String,
) -> Result<Vec<SearchHit>, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        Ok(backend::search::search(&context, &asked, MOST_FOUND).await?)
    })
    .await
}

fn kind_in_words(words: Words, kind: SearchKind) -> String {
    match kind {
        SearchKind::Visit => words.shell_menu_visits(),
        SearchKind::Person => words.shell_menu_people(),
        SearchKind::Mission => words.shell_menu_missions(),
        SearchKind::Room => words.shell_menu_rooms(),
    }
}

/// The page of what a search finds, by kind.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(move || query.read().get("q").unwrap_or_default(), load_found);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(hits) => view! { <Found hits=hits asked=query.get_untracked().get("q").unwrap_or_default() /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Found(hits: Vec<SearchHit>, asked: String) -> impl IntoView {
    let words = use_words();
    let (count, has_asked) = (hits.len(), !asked.trim().is_empty());
    let found = if hits.is_empty() {
        let title = if has_asked { words.directory_found_none() } else { words.directory_found_ask() };
        view! { <Empty title=title says=words.directory_found_none_says() /> }.into_any()
    } else {
        let kinds = SearchKind::ALL.iter().map(|kind| (*kind, hits.iter().filter(|hit| hit.kind == *kind).cloned().collect::<Vec<_>>()));
        kinds.filter(|(_, hits)| !hits.is_empty()).map(|(kind, hits)| view! { <OfKind kind=kind hits=hits /> }).collect_view().into_any()
    };
    view! {
        <PageHead title=words.shell_search_label()>
            {has_asked.then(|| view! { <p class="faint" dir="auto">{words.directory_found_count(count, asked)}</p> })}
        </PageHead>
        {found}
    }
    .into_any()
}

/// The things of one kind that were found.
#[component]
fn OfKind(kind: SearchKind, hits: Vec<SearchHit>) -> impl IntoView {
    let words = use_words();
    let items = hits
        .into_iter()
        .map(|hit| {
            let detail = hit.detail.map(|detail| view! { <small class="below" dir="auto">{detail}</small> });
            view! { <li><span><a href=hit.link dir="auto">{hit.title}</a>{detail}</span></li> }
        })
        .collect_view();
    let id = format!("found-{}", kind.word());
    let title_id = id.clone();
    view! {
        <section aria-labelledby=id>
            <h2 id=title_id>{kind_in_words(words, kind)}</h2>
            <ul class="rows of-one">{items}</ul>
        </section>
    }
    .into_any()
}
