//! What the page of clashes shows, gathered from the use cases.

use super::view::{ClashesView, VisitClashes, is_in_the_way};
use crate::{errors::AppError, forms::NoticeLevel, programme::gather::programme_of};
use backend::{Failure, RequestContext};
use chrono::NaiveDate;
use domain::{
    clash::Level,
    marking::view::VisitView,
    permission::{Action, role_allows},
};

/// Whether a programme can still be mended: its visit holds things, and is not over. One whose dates may not be read may be on.
fn can_be_mended(visit: &VisitView, today: NaiveDate) -> bool {
    visit.state.holds_things() && visit.ends_on.is_none_or(|last| today <= last)
}

/// What stands in the way of the programmes that the requester may change.
///
/// # Errors
/// When the requester changes no programmes, or the database refuses.
pub(crate) async fn clashes_of_office(context: &RequestContext) -> Result<ClashesView, AppError> {
    // Whoever has not signed in is told so first.
    context.account()?;
    if !context.actor().roles().iter().any(|role| role_allows(*role, Action::EditProgramme)) {
        return Err(Failure::Forbidden.into());
    }
    let today = context.today();
    let mut listed: Vec<VisitView> = backend::visits::list_visits(context).await?;
    listed.retain(|visit| context.reader().is_on(visit.id) && can_be_mended(visit, today));
    listed.sort_by_key(|visit| (visit.starts_on.is_none(), visit.starts_on, visit.id));
    let of = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    let mut visits = Vec::new();
    for visit in listed {
        let programme = programme_of(context, visit.id, |clash| clash.level.as_deref() != Some(Level::Note.word())).await?;
        let mut lines = programme.lines;
        lines.retain(is_in_the_way);
        for line in &mut lines {
            line.notices.retain(|notice| notice.level != NoticeLevel::Note);
        }
        if !lines.is_empty() {
            visits.push(VisitClashes { head: programme.head, lines });
        }
    }
    Ok(ClashesView { visits, of })
}
