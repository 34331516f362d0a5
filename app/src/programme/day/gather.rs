//! How lines went, gathered from what their reader sees.

use super::{LateShown, WentShown};
use backend::RequestContext;
use chrono::{DateTime, Utc};
use domain::{
    marking::view::{ItemView, VisitView},
    programme::day::{Deed, is_of_today, lateness_of},
    time::{agreed::MomentView, wall_at},
};

/// How late the live draft of a visit runs, to who reads all of it.
pub(crate) fn late_of(visit: &VisitView, items: &[ItemView], now: DateTime<Utc>) -> Option<LateShown> {
    let lateness = lateness_of(items, now).filter(|_| visit.is_draft)?;
    let title = items.iter().find(|item| item.id == lateness.item).and_then(|item| item.title.clone());
    Some(LateShown { lateness, title })
}

/// How a line went, and what who may change it may take down now.
pub(crate) fn went_of(context: &RequestContext, item: &ItemView, may_edit: bool) -> WentShown {
    let on_its_clocks = |at: DateTime<Utc>| wall_at(context.zones(), &item.starts.zone, at).ok().map(MomentView::from);
    let is_of_today = is_of_today(&item.starts.clone().into(), &item.ends.clone().into(), context.now());
    let may = may_edit && !item.is_stand_in && is_of_today;
    let next = match (item.begun_at, item.ended_at) {
        (None, None) => Some(Deed::Begin),
        (Some(_), None) => Some(Deed::End),
        (_, Some(_)) => None,
    };
    WentShown {
        begun: item.begun_at.and_then(on_its_clocks),
        ended: item.ended_at.and_then(on_its_clocks),
        is_of_today,
        next: next.filter(|_| may),
        may_undo: may && (item.begun_at.is_some() || item.ended_at.is_some()),
        may_move_rest: may && item.ended_at.is_none(),
    }
}
