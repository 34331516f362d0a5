//! The sign-in page.

use super::view::{SignInForm, SignInView};
use crate::{
    components::{Button, Field, FormSheet, Hidden, PageHead, Weight},
    errors::AppError,
    forms::{FormFields, Outcome, Start},
    words::use_words,
};
use leptos::{
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
    web_sys::FormData,
};
use serde::de::DeserializeOwned;

/// The sign-in page: address and password, and in a demonstration the accounts one can be.
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
