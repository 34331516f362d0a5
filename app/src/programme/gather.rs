//! A visit's lines, as the requester may read them: the live draft, or the last release to them.

use super::{
    day::gather::{late_of, went_of},
    turns::TurnsShown,
    view::{LineView, ProgrammeView},
};
use crate::{
    errors::AppError,
    forms::{Notice, NoticeLevel},
    releases::gather::release_shown,
    request::{ClashesInForm, standing_notices},
    times::fields_of_slot,
    visits::gather::{head_of, missions_known_to},
};
use backend::{Failure, Outcome, RequestContext, version::ETag};
use domain::{
    ids::{ItemId, VisitId},
    marking::view::{ClashView, ItemView, VisitView},
    releases::ReleaseHead,
    rooms::approval::Approving,
    time::{agreed::MomentView, wall_at},
};
use language::{Locale, Words};
use std::collections::BTreeMap;

/// A visit with the lines of it that the requester may read, and what is said of each: of what stands in its way, as much as `says`.
///
/// # Errors
/// When there is no such visit for the requester, or the database refuses.
pub(crate) async fn programme_of(
    context: &RequestContext,
    id: VisitId,
    says: impl Fn(&ClashView) -> bool,
) -> Result<ProgrammeView, AppError> {
    let shown = lines_of(context, id).await?;
    let head = head_of(context, shown.visit, &missions_known_to(context).await?);
    let may_edit = head.rights.edit_programme && shown.release.is_none();
    let mut standing = if may_edit { backend::programme::standing::standing_clashes(context, id).await? } else { BTreeMap::new() };
    let mut rooms = if may_edit { backend::rooms::approvals::standing_of_lines(context, id).await? } else { BTreeMap::new() };
    let late = late_of(&head.visit, &shown.items, context.now());
    let mut lines = Vec::new();
    for item in shown.items {
        let told = ClashesInForm { zone: item.starts.zone.clone(), fields: fields_of_slot };
        // Of a line that is not shown as it is, nothing more is said.
        let mut clashes = standing.remove(&item.id).filter(|_| !item.is_stand_in).unwrap_or_default();
        clashes.retain(&says);
        let hold_until = item.hold_until.and_then(|until| wall_at(context.zones(), &item.starts.zone, until).ok());
        lines.push(LineView {
            seen: if may_edit && !item.is_stand_in { ETag::of(&item)?.as_str().to_owned() } else { String::new() },
            hold_until: hold_until.map(MomentView::from),
            went: went_of(context, &item, may_edit),
            notices: of_room(rooms.remove(&item.id).filter(|_| !item.is_stand_in), standing_notices(clashes, &told)),
            item,
        });
    }
    let release = release_shown(context, id, shown.release.as_ref()).await?;
    let turns = if may_edit { backend::programme::undo::read_turns(context, id).await?.into() } else { TurnsShown::default() };
    Ok(ProgrammeView { head, lines, release, turns, late })
}

/// The version of a line, for who may change it.
///
/// # Errors
/// When there is no such line of that visit for the requester, or the programme may not be changed.
pub(crate) async fn version_of_line(context: &RequestContext, visit: VisitId, item: ItemId) -> Result<String, AppError> {
    let head = head_of(context, backend::visits::read_visit(context, visit).await?, &[]);
    if !head.rights.edit_programme {
        return Err(AppError::NotAllowed);
    }
    let item = backend::programme::read_item(context, item).await?;
    if item.visit_id != visit {
        return Err(AppError::NotFound);
    }
    Ok(ETag::of(&item)?.as_str().to_owned())
}

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
