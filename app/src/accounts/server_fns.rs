//! Signing in.

use super::view::{SignInForm, SignInView};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// What the sign-in page shows.
///
/// # Errors
/// When the demonstration's accounts cannot be read.
#[server]
pub async fn load_sign_in() -> Result<SignInView, AppError> {
    use super::view::DemoAccount;
    use crate::request::request_context;
    use backend::demo;
    crate::errors::answer(async {
        let context = request_context()?;
        let office = context.office().details.host.to_string();
        if !context.chancery().is_demo {
            return Ok(SignInView { office, ..SignInView::default() });
        }
        let words = language::Words::new(language::Locale::English);
        let data = demo::DemoData::load().map_err(|error| {
            let reference = context.request_id().to_string();
            tracing::error!(reference, %error, "the demonstration cannot be read");
            AppError::Failed { reference }
        })?;
        let demo = data
            .accounts
            .iter()
            .map(|account| {
                let roles: Vec<String> = account.roles.iter().map(|role| super::words::role_in_words(words, *role)).collect();
                let ceiling = account.ceiling.map(|marking| format!(" · {marking}")).unwrap_or_default();
                DemoAccount { email: demo::email_of(&account.local), role: format!("{}: {}{ceiling}", account.name, roles.join(", ")) }
            })
            .collect();
        Ok(SignInView { office, demo, demo_password: demo::PASSWORD.to_owned() })
    })
    .await
}

/// Signs in: opens a session and hands it to the browser in a cookie.
///
/// # Errors
/// When it was tried too often, or the database fails. Credentials that are not right refuse the form.
#[server]
pub async fn sign_in(
    /// Address and password.
    #[server(flatten)]
    form: SignInForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{request_context, requested_from},
    };
    use backend::{
        Failure,
        accounts::{
            session_cookie::SessionCookie,
            sign_in::{Credentials, sign_in},
        },
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let credentials = Credentials { email: &form.email, password: &form.password, from: requested_from() };
        let session = match sign_in(&context, credentials).await {
            Ok(session) => session,
            Err(Failure::WrongCredentials) => {
                let says = language::Words::new(language::Locale::English).accounts_sign_in_refused();
                return Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, says)]));
            }
            Err(failure) => return Err(failure.into()),
        };
        let cookie = SessionCookie::at(&context.chancery().public_url).set(&session.token, context.now(), session.ends_at);
        let cookie = http::HeaderValue::from_str(&cookie).map_err(|_| Failure::Corrupt { what: "session cookie" })?;
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.append_header(http::header::SET_COOKIE, cookie);
        }
        Ok(Answer::Done(form.next))
    })
    .await
}
