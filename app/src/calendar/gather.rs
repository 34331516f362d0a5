//! What the calendar shows, gathered from the use cases.

use super::{
    asked::CalendarAsked,
    view::{CalendarLine, CalendarView},
};
use crate::{
    programme::gather::lines_of,
    rooms::server_fns::day_asked,
    today::glance::{line_at_a_glance, visit_at_a_glance},
    visits::{
        gather::{head_of, missions_known_to, visits_of},
        words::word_of,
    },
    words::place_of_zone,
};
use backend::{Outcome, RequestContext};
use chrono::Days;
use domain::{
    calendar::Stretch,
    ids::PersonId,
    marking::{
        Marking,
        view::{ItemView, Named, VisitView},
    },
    permission::{Action, Decision, Facts, decide},
    programme::ItemPart,
    text::folded,
    time::{Moment, ZoneName, agreed::MomentView, wall_at},
    visits::VisitState,
};
use std::collections::BTreeMap;

/// How many days before and after a visit lines of it may lie: what is prepared, and what is cleared away.
const AROUND: Days = Days::new(14);

/// Whether what is prepared for a visit, it itself, or what comes after it may be on these days.
fn may_touch(stretch: Stretch, visit: &VisitView) -> bool {
    visit.starts_on.zip(visit.ends_on).is_some_and(|(from, to)| {
        let (from, to) = (from.checked_sub_days(AROUND).unwrap_or(from), to.checked_add_days(AROUND).unwrap_or(to));
        stretch.touches(from, to)
    })
}

/// Whether a visit takes place, or did, or may.
fn is_planned(visit: &VisitView) -> bool {
    match visit.state {
        VisitState::Requested | VisitState::Held | VisitState::Confirmed | VisitState::UnderWay | VisitState::Completed => true,
        VisitState::Declined | VisitState::Withdrawn | VisitState::Postponed | VisitState::Cancelled => false,
    }
}

/// Who takes part in a line, as far as a calendar may tell.
fn named_on(item: &ItemView) -> Vec<Named<PersonId>> {
    if item.markings.get(&ItemPart::People) == Some(&Marking::Red) {
        return Vec::new();
    }
    item.people.iter().flatten().map(|person| Named { id: person.person_id, name: person.name.clone() }).collect()
}

/// The clocks that a calendar shows.
struct Clocks<'a> {
    context: &'a RequestContext,
    own: &'a ZoneName,
    other: Option<ZoneName>,
}

impl Clocks<'_> {
    fn on(&self, zone: &ZoneName, moment: &MomentView) -> Option<MomentView> {
        let at = Moment::from(moment.clone()).at();
        wall_at(self.context.zones(), zone, at).ok().map(MomentView::from)
    }

    /// A line on these clocks; none that is not on these days.
    fn line(&self, visit: &VisitView, item: ItemView, stretch: Stretch) -> Option<CalendarLine> {
        let (starts, ends) = self.on(self.own, &item.starts).zip(self.on(self.own, &item.ends))?;
        let other = self.other.as_ref().and_then(|zone| self.on(zone, &item.starts));
        let line = CalendarLine { visit: visit.id, item, starts, ends, other };
        stretch.touches(line.starts.local.date(), line.last_day()).then_some(line)
    }
}

/// A stretch of days of the visits that one may know of.
pub(crate) async fn calendar_of(context: &RequestContext, asked: &CalendarAsked) -> Outcome<CalendarView> {
    let today = context.today();
    let (span, on) = (asked.span(), day_asked(&asked.on).unwrap_or(today));
    let stretch = span.around(on);
    let office = &context.office().details;
    let other = ZoneName::parse(asked.zone.trim()).ok().filter(|zone| wall_at(context.zones(), zone, context.now()).is_ok());
    let is_zone_unknown = other.is_none() && !asked.zone.trim().is_empty();
    let clocks = Clocks { context, own: &office.zone, other };
    let person: Option<PersonId> = asked.person.trim().parse().ok();
    let missions = missions_known_to(context).await?;
    let (mut visits, mut lines, mut people) = (Vec::new(), Vec::new(), BTreeMap::new());
    for visit in visits_of(context).await?.into_iter().filter(is_planned).filter_map(visit_at_a_glance) {
        let is_of_category = asked.category.is_empty() || word_of(&visit.category) == asked.category;
        if !is_of_category || !may_touch(stretch, &visit) {
            continue;
        }
        let found = lines_of(context, visit.id).await?;
        let Some(visit) = visit_at_a_glance(found.visit) else { continue };
        let is_on = visit.starts_on.zip(visit.ends_on).is_some_and(|(from, to)| stretch.touches(from, to));
        let hosts: Vec<Named<PersonId>> = [&visit.guest, &visit.host].into_iter().flatten().filter(|_| is_on).cloned().collect();
        let is_of_person = person.is_none_or(|person| hosts.iter().any(|host| host.id == person));
        people.extend(hosts.into_iter().map(|host| (host.id, host.name)));
        let mut shown = Vec::new();
        for item in found.items {
            let named = named_on(&item);
            let is_meant = person.is_none_or(|person| named.iter().any(|named| named.id == person));
            let Some(line) = line_at_a_glance(item, &visit).and_then(|item| clocks.line(&visit, item, stretch)) else { continue };
            people.extend(named.into_iter().map(|named| (named.id, named.name)));
            shown.extend(is_meant.then_some(line));
        }
        if (is_on && is_of_person) || !shown.is_empty() {
            visits.push(head_of(context, visit, &missions));
            lines.extend(shown);
        }
    }
    lines.sort_by_key(|line| (Moment::from(line.starts.clone()).at(), line.item.id));
    let mut people: Vec<Named<PersonId>> = people.into_iter().map(|(id, name)| Named { id, name }).collect();
    people.sort_by_key(|person| (folded(&person.name), person.id));
    Ok(CalendarView {
        span,
        on,
        first: stretch.first,
        days: stretch.days,
        today,
        place: office.place.to_string(),
        other_place: clocks.other.as_ref().map(place_of_zone),
        is_zone_unknown,
        visits,
        lines,
        people,
        may_create: decide(context.actor(), Action::CreateVisit, Facts::NONE) == Decision::Allowed,
    })
}
