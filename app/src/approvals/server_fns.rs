//! The server's half of the pages of approvals.

use super::{
    form::{ApproveForm, DeclineForm, NotedForm},
    view::ApprovalsView,
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// What waits for the requester, who gives rooms.
///
/// # Errors
/// When the requester gives none.
#[server]
pub async fn load_approvals(
    /// What asks for the page; nothing for the first.
    after: String,
) -> Result<ApprovalsView, AppError> {
    use super::gather::approvals_of;
    use crate::request::request_context;
    crate::errors::answer(async { Ok(approvals_of(&request_context()?, &after).await?) }).await
}

/// Where a decision leads: back, under an address that says it was made.
#[cfg(feature = "ssr")]
fn back_to(back: &str, id: &str) -> String {
    let path = crate::forms::local_path(back);
    let path = if path == "/" { "/rooms/approvals" } else { path };
    format!("{path}?decided={id}")
}

/// What a decision answers that could not be made.
#[cfg(feature = "ssr")]
async fn undecided(context: &backend::RequestContext, failure: backend::Failure) -> Result<crate::forms::Answer, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel},
        request::{ClashesInForm, refused},
        times::fields_of_slot,
    };
    use backend::Failure;
    let words = language::Words::new(language::Locale::English);
    match failure {
        Failure::Stale | Failure::VersionNeeded => {
            Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, words.approvals_gone())]))
        }
        other => {
            let told = ClashesInForm { zone: context.office().details.zone.clone(), fields: fields_of_slot };
            refused(context, other, Some(told)).await
        }
    }
}

/// Gives a room to a use that waits for it, and tells who loses it.
///
/// # Errors
/// When nothing of the kind waits for the requester.
#[server]
pub async fn approve_room(
    /// The form.
    #[server(flatten)]
    form: ApproveForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::request_context,
    };
    use backend::{
        rooms::approvals::{Waiting, approve},
        version::Seen,
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        match approve(&context, Waiting::Any(id), &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(back_to(&form.back, &form.id))),
            Err(failure) => undecided(&context, failure).await,
        }
    })
    .await
}

/// Does not give a room to a use that waits for it, and tells who asked why.
///
/// # Errors
/// When nothing of the kind waits for the requester.
#[server]
pub async fn decline_room(
    /// The form.
    #[server(flatten)]
    form: DeclineForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::request_context,
    };
    use backend::{
        rooms::approvals::{Waiting, decline},
        version::Seen,
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        match decline(&context, Waiting::Any(id), &form.reason, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(back_to(&form.back, &form.id))),
            Err(failure) => undecided(&context, failure).await,
        }
    })
    .await
}

/// Takes note of something one was told.
///
/// # Errors
/// When one was told nothing of the kind.
#[server]
pub async fn note_news(
    /// The form.
    #[server(flatten)]
    form: NotedForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::news::read_news(&context, id).await {
            Ok(()) => Ok(Answer::Done(format!("/?noted={}", form.id))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
