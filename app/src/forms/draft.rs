//! Keeping a refused form for the page that shows it again.

use super::Draft;
use crate::errors::AppError;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[cfg(feature = "ssr")]
use {
    domain::ids::DraftId,
    std::{pin::Pin, sync::Arc},
};

/// What keeping and recalling answer with, in time.
#[cfg(feature = "ssr")]
pub type Kept<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// Where refused forms are kept: sealed, bound to the session (or, before sign-in, to nothing but their random id), for an
/// hour.
#[cfg(feature = "ssr")]
pub trait KeepsFormDrafts: Send + Sync {
    /// Keeps a form's content.
    fn keep(&self, content: String) -> Kept<DraftId>;

    /// The content kept under the id, if it is this requester's and its hour is not over.
    fn recall(&self, draft: DraftId) -> Kept<Option<String>>;
}

/// The requester's form drafts, provided as a context by the process for every request.
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct FormDrafts(pub Arc<dyn KeepsFormDrafts>);

/// Keeps something that the next page shows and no address may hold, as a form draft is kept: sealed, for this session alone. What
/// comes back is what that page's address names it by.
///
/// # Errors
/// When it could not be kept.
#[cfg(feature = "ssr")]
pub async fn keep_for_next_page<T: serde::Serialize>(shown: &T) -> Result<DraftId, AppError> {
    let failed = || AppError::Failed { reference: String::new() };
    let FormDrafts(drafts) = use_context::<FormDrafts>().ok_or_else(failed)?;
    drafts.keep(serde_json::to_string(shown).map_err(|_| failed())?).await
}

/// What [`keep_for_next_page`] kept under what an address names it by; none if there is no such thing, or no longer.
///
/// # Errors
/// When the store of drafts fails.
#[cfg(feature = "ssr")]
pub async fn kept_for_this_page<T: serde::de::DeserializeOwned>(named: &str) -> Result<Option<T>, AppError> {
    let (Ok(id), Some(FormDrafts(drafts))) = (named.parse(), use_context::<FormDrafts>()) else { return Ok(None) };
    Ok(drafts.recall(id).await?.and_then(|kept| serde_json::from_str(&kept).ok()))
}

domain::viewed_by! { Draft {} }

/// The refused form that the address names.
///
/// # Errors
/// When the store of drafts fails. A draft that is unknown, over or somebody else's is [`Draft::Lost`].
#[server]
pub async fn recall_draft(
    /// The draft's id, as the address has it.
    draft: String,
) -> Result<Draft, AppError> {
    crate::errors::answer(async {
        let (Ok(id), Some(FormDrafts(drafts))) = (draft.parse(), use_context::<FormDrafts>()) else { return Ok(Draft::Lost) };
        let content = drafts.recall(id).await?;
        Ok(content.and_then(|content| serde_json::from_str(&content).ok()).map_or(Draft::Lost, Draft::Kept))
    })
    .await
}

/// The draft that the page's address asks for, if any. Called at the top of a page with a form; the value goes to
/// [`super::Start::of`].
pub fn use_draft() -> Resource<Option<Draft>> {
    let query = use_query_map();
    Resource::new_blocking(
        move || query.read().get("draft"),
        async |draft| match draft {
            Some(draft) => Some(recall_draft(draft).await.unwrap_or(Draft::Lost)),
            None => None,
        },
    )
}
