//! The server's half of the page of an import.

use super::view::{ImportForm, ImportView};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The text kept under a name, if it is this session's and its hour is not over.
#[cfg(feature = "ssr")]
async fn kept(file: &str) -> Result<Option<String>, AppError> {
    use crate::forms::FormDrafts;
    let (Ok(id), Some(FormDrafts(drafts))) = (file.parse(), use_context::<FormDrafts>()) else { return Ok(None) };
    drafts.recall(id).await
}

/// What a file that was chosen would do to a visit's programme.
///
/// # Errors
/// When there is no such visit for the requester, or its programme may not be changed.
#[server]
pub async fn load_import(
    /// The visit.
    visit: String,
    /// The name under which the file is kept, or nothing.
    file: String,
) -> Result<ImportView, AppError> {
    use super::view::FileShown;
    use crate::{
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::Failure;
    use domain::{ids::VisitId, imports::ImportRefusal};
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = visit.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, id).await?;
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        if file.is_empty() {
            return Ok(ImportView { head, file: None });
        }
        let shown = match kept(&file).await? {
            None => FileShown::Lost,
            Some(text) => match backend::programme::import::preview_import(&context, id, text.as_bytes()).await {
                Ok(preview) => FileShown::Preview(preview),
                Err(Failure::Import(ImportRefusal::File { problem })) => FileShown::Refused(problem),
                Err(failure) => return Err(failure.into()),
            },
        };
        Ok(ImportView { head, file: Some((file, shown)) })
    })
    .await
}

/// Imports a file that was chosen: all of it or nothing.
///
/// # Errors
/// When there is no such visit for the requester, or its programme may not be changed.
#[server]
pub async fn import_lines(
    /// The form.
    #[server(flatten)]
    form: ImportForm,
) -> Result<Outcome, AppError> {
    use super::view::report_in_address;
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{refused, request_context},
        visits::gather::{head_of, missions_known_to},
        words::words_of_file_problem,
    };
    use backend::Failure;
    use domain::{ids::VisitId, imports::ImportRefusal};
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let words = Words::new(Locale::English);
        let block = |says: String| Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, says)]));
        let id: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        // Whether one may is decided before anything is said of the file.
        let visit = backend::visits::read_visit(&context, id).await?;
        if !head_of(&context, visit, &missions_known_to(&context).await?).rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let Some(text) = kept(&form.file).await? else { return block(words.imports_file_lost()) };
        match backend::programme::import::import_programme(&context, id, text.as_bytes()).await {
            Ok(report) => Ok(Answer::Done(format!("/visits/{id}?{}", report_in_address(&report)))),
            Err(Failure::Import(ImportRefusal::File { problem })) => block(words_of_file_problem(words, &problem)),
            // The visit changed since the preview.
            Err(Failure::Import(ImportRefusal::Rows { rows })) => {
                block(format!("{}. {}", words.imports_rows_title(rows.len()), words.imports_rows_says()))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
