//! The sign-in page.

use super::{
    server_fns::{SignIn, load_sign_in},
    view::{SignInForm, SignInView},
};
use crate::{
    components::{Button, Field, FormSheet, Hidden, PageHead, Weight},
    errors::{AppError, ErrorPage},
    forms::{FormFields, Outcome, Start, local_path, use_draft},
    releases::code::CODE_PATH,
    words::use_words,
};
use leptos::{
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
    web_sys::FormData,
};
use leptos_router::hooks::use_query_map;
use serde::de::DeserializeOwned;

/// The sign-in page, outside the frame.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(|| (), |()| load_sign_in());
    let draft = use_draft();
    let action = ServerAction::<SignIn>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => {
                        let next = query.get_untracked().get("next").unwrap_or_default();
                        let stored = SignInForm { next: local_path(&next).to_owned(), ..SignInForm::default() };
                        view! { <SignInSheet action=action start=Start::of(&stored, draft.as_ref()) view=view /> }.into_any()
                    }
                    Err(error) => view! { <main id="main" tabindex="-1"><ErrorPage error=error /></main> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The sheet of it: address and password, and in a demonstration the accounts one can be.
///
/// The next page is loaded anew, because the frame and everything in it is another account's.
#[component]
pub fn SignInSheet<S, O>(
    /// The action of the server function that signs in.
    action: ServerAction<S>,
    /// What the form opens with.
    start: Start,
    /// What else the page shows.
    view: SignInView,
) -> impl IntoView
where
    S: DeserializeOwned + ServerFn<Protocol = Http<PostUrl, O>, Output = Outcome, Error = AppError> + Clone + Send + Sync + 'static,
    <<S::Client as Client<AppError>>::Request as ClientReq<AppError>>::FormData: From<FormData>,
    <S as ServerFn>::Client: Client<AppError>,
    O: 'static,
{
    let words = use_words();
    let lead = words.accounts_sign_in_lead(&view.office);
    view! {
        <main id="main" class="door" tabindex="-1">
            <p class="mark">"Chancery"</p>
            <PageHead title=words.accounts_sign_in_title()>
                <p class="faint">{lead}</p>
            </PageHead>
            <FormSheet action=action start=start id=SignInForm::NAME load_anew=true>
                <Field name="email" label=words.accounts_sign_in_email() kind="email" autocomplete="username" />
                <Field name="password" label=words.accounts_sign_in_password() kind="password" autocomplete="current-password" />
                <Hidden name="next" />
                <div class="actions"><Button weight=Weight::Main>{words.accounts_sign_in_do()}</Button></div>
                <p class="faint">{words.accounts_sign_in_help()}</p>
                <p class="faint"><a href=CODE_PATH rel="external">{words.releases_code_link()}</a></p>
            </FormSheet>
            {(!view.demo.is_empty()).then(|| view! { <DemoAccounts view=view /> })}
        </main>
    }
    .into_any()
}

/// The accounts of a demonstration, each of which sees something different.
#[component]
fn DemoAccounts(
    /// What the page shows.
    view: SignInView,
) -> impl IntoView {
    let words = use_words();
    let rows = view
        .demo
        .into_iter()
        .map(|account| view! { <tr><th scope="row"><code>{account.email}</code></th><td>{account.role}</td></tr> })
        .collect_view();
    view! {
        <section class="demo-accounts" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">{words.accounts_demo_title()}</h2>
            <p>{words.accounts_demo_lead(view.demo_password)}</p>
            <table class="list">
                <thead><tr><th scope="col">{words.accounts_demo_email()}</th><th scope="col">{words.accounts_demo_role()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
