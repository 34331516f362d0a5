//! Whether a printed programme is current: who holds it enters its code, signed in or not.

use super::{server_fns::load_code, view::CodeView};
use crate::{
    components::{Button, Field, PageHead, Weight},
    errors::ErrorPage,
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where a code is entered.
pub const CODE_PATH: &str = "/code";

/// The page on which a code is entered, outside the frame: whoever holds the paper may ask. A code that is right tells its number
/// and whether it is current, and nothing else.
#[component]
pub fn CodePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.read().get("code").unwrap_or_default());
    let page = Resource::new_blocking(move || asked.get(), load_code);
    let words = use_words();
    view! {
        <main id="main" class="door" tabindex="-1">
            <p class="mark">"Chancery"</p>
            <Suspense>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            view! {
                                <PageHead title=words.releases_code_title()><p class="faint">{words.releases_code_says()}</p></PageHead>
                                <Answer view=view />
                            }
                            .into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Answer(view: CodeView) -> impl IntoView {
    let words = use_words();
    let CodeView { asked, answer } = view;
    let says = match answer {
        _ if asked.is_empty() => None,
        Some(answer) if answer.is_current => {
            Some(view! { <p class="done" role="status">{words.releases_code_current(answer.number)}</p> }.into_any())
        }
        Some(answer) => Some(view! { <p class="clash" role="status">{words.releases_code_superseded(answer.number)}</p> }.into_any()),
        None => Some(view! { <p class="clash" role="status">{words.releases_code_unknown()}</p> }.into_any()),
    };
    view! {
        {says}
        <form method="get" action=CODE_PATH class="sheet">
            <Field name="code" label=words.releases_code_field() hint=words.releases_code_hint() value=asked />
            <div class="actions"><Button weight=Weight::Main>{words.releases_code_do()}</Button></div>
        </form>
    }
    .into_any()
}
