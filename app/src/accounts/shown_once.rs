//! Secrets that are shown once: the link of an invitation, a token of the API.
//!
//! The form that makes one leads to a page with `?draft=…`; the secret travels as a sealed form draft of the same session,
//! never in an address, so that it is shown with scripts and without.

use crate::{forms::Draft, words::use_words};
use leptos::prelude::*;

/// The name of the draft, which no form bears.
const NAME: &str = "shown-once";
/// The field in which the secret stands.
const SECRET: &str = "secret";

/// Keeps a secret for the page that shows it, and gives that page's address.
///
/// # Errors
/// When it could not be kept.
#[cfg(feature = "ssr")]
pub(super) async fn show_once(page: &str, says: String, secret: &str) -> Result<String, crate::errors::AppError> {
    use crate::{
        errors::AppError,
        forms::{FormDrafts, Notice, NoticeLevel, Refusal, Typed},
    };
    let failed = || AppError::Failed { reference: String::new() };
    let FormDrafts(drafts) = use_context::<FormDrafts>().ok_or_else(failed)?;
    let shown = Refusal {
        form: NAME.to_owned(),
        problems: Vec::new(),
        notices: vec![Notice::new(NoticeLevel::Note, says)],
        typed: Typed::default().with(SECRET, secret),
        newer: None,
        trouble: None,
    };
    let content = serde_json::to_string(&shown).map_err(|_| failed())?;
    let id = drafts.keep(content).await?;
    Ok(format!("{page}?draft={id}"))
}

/// The secret, if the page was led to with one.
#[component]
pub fn ShownOnce(
    /// The draft that the page's address asks for.
    draft: Option<Draft>,
) -> impl IntoView {
    let words = use_words();
    match draft {
        Some(Draft::Kept(shown)) if shown.form == NAME => {
            let says = shown.notices.into_iter().map(|notice| view! { <strong>{notice.says}</strong> }).collect_view();
            let secret = shown.typed.get(SECRET).to_owned();
            Some(view! {
                <div class="clash note" role="status">
                    {says}
                    <p><code>{secret}</code></p>
                    <span class="faint">{words.accounts_shown_once()}</span>
                </div>
            })
        }
        _ => None,
    }
}
