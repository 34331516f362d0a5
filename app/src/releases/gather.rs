//! Releases as pages show them, gathered from the use cases.

use super::view::{ReaderShown, ReleaseShown, StandingShown};
use backend::{Outcome, RequestContext, releases};
use chrono::{DateTime, Utc};
use domain::{
    ids::VisitId,
    releases::{DifferenceView, ReleaseHead, ReleaseStanding},
    time::{agreed::MomentView, wall_at},
};

/// A moment on the office's clocks.
pub(super) fn on_office_clocks(context: &RequestContext, at: DateTime<Utc>) -> Option<MomentView> {
    wall_at(context.zones(), &context.office().details.zone, at).ok().map(MomentView::from)
}

/// The release that a programme's page shows, or, beside the live draft, the one that the requester is asked to acknowledge.
///
/// # Errors
/// When nothing was released to the requester, or the database refuses.
pub(crate) async fn release_shown(context: &RequestContext, visit: VisitId, shown: Option<&ReleaseHead>) -> Outcome<Option<ReleaseShown>> {
    let read = match shown {
        Some(head) => Some(releases::differences::read_difference(context, visit, Some(head.audience)).await?),
        None => releases::differences::read_asked_difference(context, visit).await?,
    };
    Ok(read.and_then(|read| of_difference(context, read)))
}

fn of_difference(context: &RequestContext, read: DifferenceView) -> Option<ReleaseShown> {
    let DifferenceView { head, since, difference, is_asked, acknowledged_at, marking: _ } = read;
    Some(ReleaseShown {
        id: head.id,
        visit_id: head.visit_id,
        audience: head.audience,
        number: head.number,
        on: on_office_clocks(context, head.released_at)?.local.date(),
        code: head.code,
        since,
        told: difference,
        is_asked,
        acknowledged: acknowledged_at.and_then(|at| on_office_clocks(context, at)),
    })
}

/// Who has acknowledged a release, and who has not.
pub(super) fn standing_shown(context: &RequestContext, standing: ReleaseStanding) -> StandingShown {
    let readers = standing.readers.into_iter().map(|reader| ReaderShown {
        name: reader.name,
        mission: reader.mission,
        acknowledged: reader.acknowledged_at.and_then(|at| on_office_clocks(context, at)),
        earlier: reader.earlier.and_then(|earlier| Some((earlier.number, on_office_clocks(context, earlier.at)?))),
    });
    StandingShown { audience: standing.head.audience, number: standing.head.number, readers: readers.collect() }
}
