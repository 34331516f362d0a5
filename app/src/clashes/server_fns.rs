//! The server's half of the page of clashes.

use super::view::ClashesView;
use crate::errors::AppError;
use leptos::prelude::*;

/// What stands in the way of the programmes that the requester may change, of visits that are not over.
///
/// # Errors
/// When the requester changes no programmes.
#[server]
pub async fn load_clashes(
    /// The word of a rule; empty for all.
    rule: String,
    /// The word of a level; empty for all that want to be mended.
    level: String,
) -> Result<ClashesView, AppError> {
    crate::errors::answer(async {
        use super::view::ClashFilters;
        let context = crate::request::request_context()?;
        super::gather::clashes_of_office(&context, &ClashFilters { rule, level }).await
    })
    .await
}
