//! The server's half of the page of clashes.

use super::view::ClashesView;
use crate::errors::AppError;
use leptos::prelude::*;

/// What stands in the way of the programmes that the requester may change, of visits that are not over.
///
/// # Errors
/// When the requester changes no programmes.
#[server]
pub async fn load_clashes() -> Result<ClashesView, AppError> {
    crate::errors::answer(async {
        let context = crate::request::request_context()?;
        super::gather::clashes_of_office(&context).await
    })
    .await
}
