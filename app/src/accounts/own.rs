//! One's own account: password, sessions, and tokens of the API.

use super::{shown_once::ShownOnce, words::role_in_words};
use crate::{
    components::{Button, Fact, Facts, Field, FormSheet, Hidden, MarkingTag, PageHead, Weight},
    errors::{AppError, ErrorPage},
    forms::{Draft, FormFields, Outcome, Start, use_draft},
    words::use_words,
};
use domain::marking::view::AccountView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where one's own account is.
pub const OWN_ACCOUNT_PATH: &str = "/account";

/// A session or a token of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKey {
    /// Identifier.
    pub id: String,
    /// The network of a session, or what the token is called.
    pub label: String,
    /// When it was made, on the office's clock.
    pub made: String,
    /// When it was last used.
    pub seen: String,
    /// When it ends.
    pub ends: String,
    /// Whether it is the session that asks.
    pub is_current: bool,
}

/// One's own account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnAccountView {
    /// The account.
    pub account: AccountView,
    /// The sessions that are open.
    pub sessions: Vec<OwnKey>,
    /// The tokens of the API.
    pub tokens: Vec<OwnKey>,
}

domain::viewed_by! { OwnAccountView { account } }

/// The form that changes one's own password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnPasswordForm {
    /// The present password.
    pub present: String,
    /// The new one.
    pub password: String,
}

impl FormFields for OwnPasswordForm {
    const NAME: &'static str = "own-password";
    const SECRET: &'static [&'static str] = &["present", "password"];
}

impl std::fmt::Debug for OwnPasswordForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("OwnPasswordForm").finish_non_exhaustive()
    }
}

/// The form that ends a session, or all others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndSessionForm {
    /// The session; empty for all but the one that asks.
    pub session: String,
}

impl FormFields for EndSessionForm {
    const NAME: &'static str = "end-session";
}

/// The form that makes a token, or revokes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// What the new token is called.
    pub label: String,
    /// The token to revoke instead, or nothing.
    pub revoked: String,
}

impl FormFields for TokenForm {
    const NAME: &'static str = "own-token";
}

/// One's own account.
///
/// # Errors
/// When nobody is signed in.
#[server]
pub async fn load_own_account() -> Result<OwnAccountView, AppError> {
    use super::keeping_fns::on_office_clock;
    use crate::request::{request_context, signed_in};
    use backend::accounts::{api_tokens, keep, sessions};
    crate::errors::answer(async {
        let context = request_context()?;
        let current = signed_in()?;
        let clock = |instant| on_office_clock(&context, instant);
        let listing = keep::read_own_account(&context).await?;
        let own_sessions = sessions::list_own_sessions(&context, &current).await?.into_iter().map(|session| OwnKey {
            id: session.id.to_string(),
            label: session.client.unwrap_or_default(),
            made: clock(session.made_at),
            seen: clock(session.seen_at),
            ends: clock(session.ends_at),
            is_current: session.is_current,
        });
        let tokens = api_tokens::list_tokens(&context).await?.into_iter().map(|token| OwnKey {
            id: token.id.to_string(),
            label: token.label,
            made: clock(token.made_at),
            seen: clock(token.seen_at),
            ends: clock(token.ends_at),
            is_current: false,
        });
        Ok(OwnAccountView { account: listing.account, sessions: own_sessions.collect(), tokens: tokens.collect() })
    })
    .await
}

/// Changes one's own password.
///
/// # Errors
/// When nobody is signed in, or it was tried too often.
#[server]
pub async fn change_password(
    /// The present password and the new one.
    #[server(flatten)]
    form: OwnPasswordForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context, requested_from, signed_in},
    };
    use backend::accounts::own_password::{PasswordChange, change_own_password};
    answer(form, |form| async move {
        let context = request_context()?;
        let change = PasswordChange { present: &form.present, chosen: &form.password, from: requested_from() };
        match change_own_password(&context, &signed_in()?, change).await {
            Ok(()) => Ok(Answer::Done(OWN_ACCOUNT_PATH.to_owned())),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Ends a session of one's own, or all but the one that asks.
///
/// # Errors
/// When it is not one's own, or has ended already.
#[server]
pub async fn end_own_session(
    /// Which.
    #[server(flatten)]
    form: EndSessionForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{request_context, signed_in},
    };
    use backend::accounts::sessions;
    answer(form, |form| async move {
        let context = request_context()?;
        if form.session.is_empty() {
            sessions::end_other_sessions(&context, &signed_in()?).await?;
        } else {
            sessions::end_session(&context, form.session.parse().map_err(|_| AppError::NotFound)?).await?;
        }
        Ok(Answer::Done(OWN_ACCOUNT_PATH.to_owned()))
    })
    .await
}

/// Makes a token of the API, which is shown once, or revokes one.
///
/// # Errors
/// When nobody is signed in, or the token to revoke is not one's own.
#[server]
pub async fn change_own_tokens(
    /// What it is called, or which to revoke.
    #[server(flatten)]
    form: TokenForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::accounts::api_tokens;
    answer(form, |form| async move {
        let context = request_context()?;
        if !form.revoked.is_empty() {
            api_tokens::revoke_token(&context, form.revoked.parse().map_err(|_| AppError::NotFound)?).await?;
            return Ok(Answer::Done(OWN_ACCOUNT_PATH.to_owned()));
        }
        match api_tokens::make_token(&context, &form.label).await {
            Ok(made) => {
                let says = language::Words::new(language::Locale::English).accounts_token_made(&made.view.label);
                Ok(Answer::Done(super::shown_once::show_once(OWN_ACCOUNT_PATH, says, made.token.expose()).await?))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// One's own account.
#[component]
pub fn OwnAccountPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_own_account());
    let draft = use_draft();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <OwnAccount view=view draft=draft /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn OwnAccount(view: OwnAccountView, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let account = view.account;
    let roles: Vec<String> = account.roles.iter().map(|role| role_in_words(words, *role)).collect();
    let password = ServerAction::<ChangePassword>::new();
    let start = Start::of(&OwnPasswordForm::default(), draft.as_ref());
    view! {
        <PageHead title=words.accounts_own_title()>
            <Facts>
                <Fact term=words.accounts_name()>{account.name.to_string()}</Fact>
                <Fact term=words.accounts_sign_in_email()>{account.email.to_string()}</Fact>
                <Fact term=words.accounts_roles()>{roles.join(", ")}</Fact>
                {account.ceiling.map(|marking| view! { <Fact term=words.accounts_ceiling()><MarkingTag marking=marking /></Fact> })}
            </Facts>
        </PageHead>
        <ShownOnce draft=draft.clone() />
        <section aria-labelledby="password">
            <h2 id="password">{words.accounts_password_title()}</h2>
            <FormSheet action=password start=start id="password-form" load_anew=true>
                <Field name="present" label=words.accounts_password_present() kind="password" autocomplete="current-password" />
                <Field
                    name="password"
                    label=words.accounts_password_new()
                    hint=words.accounts_password_hint()
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="actions"><Button weight=Weight::Main>{words.accounts_password_change()}</Button></div>
            </FormSheet>
        </section>
        <OwnSessions sessions=view.sessions draft=draft.clone() />
        <OwnTokens tokens=view.tokens draft=draft />
    }
    .into_any()
}

/// A table of sessions or tokens, each with what ends it.
#[component]
fn OwnKeys(keys: Vec<OwnKey>, called: String, field: &'static str) -> impl IntoView {
    let words = use_words();
    let rows = keys
        .into_iter()
        .map(|key| {
            let end = if key.is_current {
                words.accounts_session_this().into_any()
            } else {
                view! { <Button name=field value=key.id weight=Weight::Grave>{words.accounts_key_end()}</Button> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row" dir="auto">{key.label}</th>
                    <td class="num">{key.made}</td>
                    <td class="num">{key.seen}</td>
                    <td class="num">{key.ends}</td>
                    <td>{end}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table">
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{called}</th>
                        <th scope="col">{words.accounts_key_made()}</th>
                        <th scope="col">{words.accounts_last_seen()}</th>
                        <th scope="col">{words.accounts_key_ends()}</th>
                        <th scope="col">{words.accounts_key_end()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn OwnSessions(sessions: Vec<OwnKey>, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<EndOwnSession>::new();
    let start = Start::of(&EndSessionForm::default(), draft.as_ref());
    let others = (sessions.len() > 1)
        .then(|| view! { <div class="actions"><Button name="session" value="">{words.accounts_sessions_end_others()}</Button></div> });
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{words.accounts_sessions()}</h2>
            <FormSheet action=action start=start id="sessions-form" load_anew=true bare=true>
                <OwnKeys keys=sessions called=words.accounts_session_network() field="session" />
                {others}
            </FormSheet>
        </section>
    }
    .into_any()
}

#[component]
fn OwnTokens(tokens: Vec<OwnKey>, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let (make, revoke) = (ServerAction::<ChangeOwnTokens>::new(), ServerAction::<ChangeOwnTokens>::new());
    let start = Start::of(&TokenForm::default(), draft.as_ref());
    let list = (!tokens.is_empty()).then(|| {
        view! {
            <FormSheet action=revoke start=Start::default() id="tokens-form" load_anew=true bare=true>
                <Hidden name="label" />
                <OwnKeys keys=tokens called=words.accounts_token_label() field="revoked" />
            </FormSheet>
        }
    });
    view! {
        <section aria-labelledby="tokens">
            <h2 id="tokens">{words.accounts_tokens_title()}</h2>
            <p class="faint">{words.accounts_tokens_says()}</p>
            {list}
            <FormSheet action=make start=start id="token-form" load_anew=true>
                <Field name="label" label=words.accounts_token_label() hint=words.accounts_token_hint() />
                <div class="actions"><Button>{words.accounts_token_make()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}
