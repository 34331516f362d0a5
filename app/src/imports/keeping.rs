//! What became of a file, kept for the page that tells it.
//!
//! A file is posted by a plain form, with scripts and without, to a route that answers 303; the report travels as a sealed form
//! draft of the same session, as it would be too long for an address and names what is in the file.

use super::view::{ImportKind, ImportOutcome};
use crate::errors::AppError;
use backend::{Failure, RequestContext, accounts::access::SignedIn, form_drafts};
use domain::imports::ImportRefusal;
use serde::{Deserialize, Serialize};

/// The most wrong lines that are named; who has more begins with these.
const MOST_LINES: usize = 500;

#[derive(Serialize, Deserialize)]
struct KeptOutcome {
    import: ImportKind,
    outcome: ImportOutcome,
}

/// Keeps what became of a file, and gives the address of the page that tells it.
///
/// # Errors
/// When it could not be kept.
pub async fn keep_outcome(
    context: &RequestContext,
    signed_in: &SignedIn,
    import: ImportKind,
    outcome: ImportOutcome,
) -> Result<String, Failure> {
    let kept = KeptOutcome { import, outcome: shortened(outcome) };
    let content = serde_json::to_string(&kept).map_err(|_| Failure::Corrupt { what: "report of an import" })?;
    let id = form_drafts::keep(context, Some(signed_in.session), &content).await?;
    Ok(format!("{}?draft={id}", import.path()))
}

/// The same with no more lines than a page shows and a draft holds.
fn shortened(outcome: ImportOutcome) -> ImportOutcome {
    match outcome {
        ImportOutcome::Refused { refusal: ImportRefusal::Rows { mut rows }, more } => {
            let beyond = rows.len().saturating_sub(MOST_LINES);
            rows.truncate(MOST_LINES);
            ImportOutcome::Refused {
                refusal: ImportRefusal::Rows { rows },
                more: more.saturating_add(u32::try_from(beyond).unwrap_or(u32::MAX)),
            }
        }
        other => other,
    }
}

/// What became of a file, as the draft says; nothing if it is of another import, or no longer there.
///
/// # Errors
/// When the store of drafts fails.
pub(super) async fn recall_outcome(
    context: &RequestContext,
    signed_in: &SignedIn,
    import: ImportKind,
    draft: &str,
) -> Result<Option<ImportOutcome>, AppError> {
    let Ok(id) = draft.parse() else { return Ok(None) };
    let content = form_drafts::recall(context, Some(signed_in.session), id).await?;
    let kept = content.and_then(|content| serde_json::from_str::<KeptOutcome>(&content).ok());
    Ok(kept.filter(|kept| kept.import == import).map(|kept| kept.outcome))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::imports::RowProblem;

    #[test]
    fn a_page_names_so_many_lines_and_counts_the_others() {
        let rows = (2..=600).map(|line| RowProblem { line, problems: Vec::new() }).collect();
        let outcome = shortened(ImportOutcome::Refused { refusal: ImportRefusal::Rows { rows }, more: 0 });
        assert!(matches!(outcome, ImportOutcome::Refused { refusal: ImportRefusal::Rows { rows }, more: 99 } if rows.len() == 500));
    }
}
