//! The server's half of the pages of imports.

use super::view::{ImportKind, ImportView};
use crate::errors::AppError;
use leptos::prelude::*;

/// The page that takes in a file, with what became of the one that was sent.
///
/// # Errors
/// When one may not take in such files.
#[server]
pub async fn load_import(
    /// What the file is of.
    import: ImportKind,
    /// The draft that holds the report, or nothing.
    draft: String,
) -> Result<ImportView, AppError> {
    use super::keeping::recall_outcome;
    use crate::request::{may, request_context, signed_in};
    use backend::csv_file::Columns;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let signed_in = signed_in()?;
        let (action, columns) = match import {
            ImportKind::Missions => (Action::ManageMissions, backend::missions::file::COLUMNS),
            ImportKind::People => (Action::ManagePeople, backend::people::file::columns(&context)),
            ImportKind::Rooms => (Action::ManageRooms, backend::rooms::files::ROOM_COLUMNS),
            ImportKind::Sites => (Action::ManageRooms, backend::rooms::files::SITE_COLUMNS),
            ImportKind::Blackouts => (Action::ManageRooms, backend::rooms::files::BLACKOUT_COLUMNS),
            ImportKind::Holidays => (Action::ManageOffice, Columns { needed: &[], optional: &[] }),
        };
        if !may(&context, action) {
            return Err(AppError::NotAllowed);
        }
        let outcome = if draft.is_empty() { None } else { recall_outcome(&context, &signed_in, import, &draft).await? };
        let names = |columns: &[&str]| columns.iter().map(|column| (*column).to_owned()).collect();
        Ok(ImportView {
            is_lost: outcome.is_none() && !draft.is_empty(),
            outcome,
            needed: names(columns.needed),
            optional: names(columns.optional),
        })
    })
    .await
}
