//! What is shown of templates, gathered from the use cases.

use crate::{errors::AppError, visits::view::TemplateBrings, visits::words::word_of};
use backend::{Outcome, RequestContext};
use domain::visits::VisitCategory;

/// How much the template of each category brings.
///
/// # Errors
/// When the requester may not read them, or the database refuses.
pub(crate) async fn brings(context: &RequestContext) -> Outcome<Vec<TemplateBrings>> {
    let count = |things: usize| u32::try_from(things).unwrap_or(u32::MAX);
    let brings = |(category, template): (VisitCategory, domain::templates::Template)| TemplateBrings {
        category,
        lines: count(template.lines.len()),
        tasks: count(template.tasks.len()),
    };
    Ok(backend::templates::list_templates(context).await?.into_iter().map(brings).collect())
}

/// The category of a word.
///
/// # Errors
/// When it is none: there is no such page.
pub(super) fn category_of(word: &str) -> Result<VisitCategory, AppError> {
    VisitCategory::ALL.into_iter().find(|category| word_of(category) == word).ok_or(AppError::NotFound)
}
