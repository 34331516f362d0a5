//! A visit's lines, as the requester may read them: the live draft, or the last release to them.

use crate::forms::{Notice, NoticeLevel};
use backend::{Failure, Outcome, RequestContext};
use domain::{
    ids::VisitId,
    marking::view::{ItemView, VisitView},
    releases::ReleaseHead,
    rooms::approval::Approving,
};
use language::{Locale, Words};

/// What is said of a line, and before it how it stands with its room.
pub(crate) fn of_room(standing: Option<(Approving, Option<String>)>, mut said: Vec<Notice>) -> Vec<Notice> {
    let words = Words::new(Locale::English);
    let standing = standing.and_then(|(standing, reason)| match (standing, reason) {
        (Approving::Given, _) => None,
        (Approving::Awaited, _) => Some((NoticeLevel::Note, words.approvals_line_awaited())),
        (Approving::Declined, None) => Some((NoticeLevel::Warn, words.approvals_declined())),
        (Approving::Declined, Some(reason)) => Some((NoticeLevel::Warn, words.approvals_declined_because(reason))),
        (Approving::GivenAway, _) => Some((NoticeLevel::Warn, words.approvals_given_away())),
    });
    if let Some((level, says)) = standing {
        said.insert(0, Notice::new(level, says));
    }
    said
}

/// A visit with its lines.
pub(crate) struct Lines {
    /// The visit.
    pub(crate) visit: VisitView,
    /// The lines, in their order.
    pub(crate) items: Vec<ItemView>,
    /// The release they are of; none for the live draft.
    pub(crate) release: Option<ReleaseHead>,
}

/// The visit and its lines. Who is on its list reads the draft; everybody else the last release to them, or, if nothing was
/// released, the lines they are named on.
///
/// # Errors
/// When there is no such visit for the requester, or the database refuses.
pub(crate) async fn lines_of(context: &RequestContext, id: VisitId) -> Outcome<Lines> {
    let live = if context.actor().mission().is_some() { Err(Failure::NotFound) } else { backend::visits::read_visit(context, id).await };
    let known = match live {
        Ok(visit) if visit.is_draft => {
            let items = backend::programme::list_items(context, id).await?;
            return Ok(Lines { visit, items, release: None });
        }
        Ok(visit) => Some(visit),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    match (backend::releases::read_release(context, id, None).await, known) {
        (Ok(release), _) => Ok(Lines { visit: release.visit, items: release.items, release: Some(release.head) }),
        (Err(Failure::NotFound | Failure::Forbidden), Some(visit)) => {
            let items = backend::programme::list_items(context, id).await?;
            Ok(Lines { visit, items, release: None })
        }
        (Err(Failure::Forbidden), None) => Err(Failure::NotFound),
        (Err(failure), _) => Err(failure),
    }
}
