//! Taking up an invitation: its owner chooses a password.

use crate::{
    components::{Button, Field, FormSheet, Hidden, PageHead, Weight},
    errors::{AppError, ErrorPage},
    forms::{Draft, FormFields, Outcome, Start, use_draft},
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

/// What the page of an invitation shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationShown {
    /// The office's name.
    pub office: String,
    /// The address the account signs in with.
    pub email: String,
    /// Its owner's name.
    pub name: String,
    /// Whether the account has a password, which is replaced.
    pub replaces_password: bool,
}

/// The form that takes up an invitation.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    /// The token of the link. It is never kept or printed.
    pub token: String,
    /// The password chosen. It is never kept, shown again or printed.
    pub password: String,
}

impl FormFields for InvitationForm {
    const NAME: &'static str = "invitation";
    const SECRET: &'static [&'static str] = &["token", "password"];
}

impl std::fmt::Debug for InvitationForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("InvitationForm").finish_non_exhaustive()
    }
}

domain::viewed_by! { InvitationShown {} }

/// What an invitation says to whoever holds its link.
///
/// # Errors
/// When there is none that still works.
#[server]
pub async fn load_invitation(
    /// The token of the link.
    token: String,
) -> Result<InvitationShown, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        let view = backend::accounts::invitations::read_invitation(&context, &token).await?;
        Ok(InvitationShown {
            office: context.office().details.host.to_string(),
            email: view.email.to_string(),
            name: view.name.to_string(),
            replaces_password: view.replaces_password,
        })
    })
    .await
}

/// Takes up an invitation: sets the password and opens a session.
///
/// # Errors
/// When there is no invitation that still works.
#[server]
pub async fn take_up_invitation(
    /// The token and the password.
    #[server(flatten)]
    form: InvitationForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context, requested_from},
    };
    use backend::{
        Failure,
        accounts::{invitations::accept_invitation, session_cookie::SessionCookie},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let session = match accept_invitation(&context, &form.token, &form.password, requested_from()).await {
            Ok(session) => session,
            Err(failure) => return refused(&context, failure, None).await,
        };
        let cookie = SessionCookie::at(&context.chancery().public_url).set(&session.token, context.now(), session.ends_at);
        let cookie = http::HeaderValue::from_str(&cookie).map_err(|_| Failure::Corrupt { what: "session cookie" })?;
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.append_header(http::header::SET_COOKIE, cookie);
        }
        Ok(Answer::Done("/".to_owned()))
    })
    .await
}

/// The page of an invitation, outside the frame.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let page = Resource::new_blocking(token, load_invitation);
    let draft = use_draft();
    view! {
        <main id="main" class="door" tabindex="-1">
            <p class="mark">"Chancery"</p>
            <Suspense>
                {move || Suspend::new(async move {
                    let draft = draft.await;
                    match page.await {
                        Ok(view) => view! { <InvitationSheet view=view token=params.read_untracked().get("token").unwrap_or_default() draft=draft /> }.into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn InvitationSheet(view: InvitationShown, token: String, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<TakeUpInvitation>::new();
    let start = Start::of(&InvitationForm::default(), draft.as_ref());
    let replaces = view.replaces_password.then(|| view! { <p class="prose">{words.accounts_invitation_replaces()}</p> });
    view! {
        <PageHead title=words.accounts_invitation_title(&view.name)>
            <p class="faint">{words.accounts_invitation_lead(&view.office, &view.email)}</p>
        </PageHead>
        {replaces}
        <FormSheet action=action start=start id=InvitationForm::NAME load_anew=true>
            <Hidden name="token" value=token />
            <Field
                name="password"
                label=words.accounts_password_new()
                hint=words.accounts_password_hint()
                kind="password"
                autocomplete="new-password"
            />
            <div class="actions"><Button weight=Weight::Main>{words.accounts_invitation_do()}</Button></div>
        </FormSheet>
    }
    .into_any()
}
