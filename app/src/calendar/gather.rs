//! What the calendar shows, gathered from the use cases.

use super::{
    asked::CalendarAsked,
    view::{CalendarLine, CalendarView},
};
use crate::{
    rooms::server_fns::day_asked,
    today::glance::{line_at_a_glance, visit_at_a_glance},
    visits::{
        gather::{head_of, missions_known_to},
        words::word_of,
    },
    words::place_of_zone,
};
use backend::{
    Outcome, RequestContext,
    programme::glimpse::{GlimpsedLine, glimpses},
};
use domain::{
    ids::PersonId,
    marking::{
        Marking,
        view::{ItemView, Named, VisitView},
    },
    permission::{Action, Decision, Facts, decide},
    programme::ItemKind,
    text::folded,
    time::{Moment, ZoneName, agreed::MomentView, wall_at},
    visits::VisitCategory,
};
use std::collections::BTreeMap;

/// Whose engagements are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Everybodys,
    Theirs(PersonId),
    /// Of somebody there is not.
    Nobodys,
}

impl Whose {
    fn of(text: &str) -> Self {
        match text.trim() {
            "" => Self::Everybodys,
            text => text.parse().map_or(Self::Nobodys, Self::Theirs),
        }
    }

    fn holds(self, mut people: impl Iterator<Item = PersonId>) -> bool {
        match self {
            Self::Everybodys => true,
            Self::Theirs(person) => people.any(|named| named == person),
            Self::Nobodys => false,
        }
    }
}

/// The guest of a visit as far as a reader may know, if the line is one of those in which every guest takes part unnamed.
fn guest_of(visit: &VisitView, item: &ItemView) -> Option<PersonId> {
    let is_engaged = visit.category.has_one_principal() && item.kind.is_some_and(ItemKind::engages_the_guest);
    visit.guest.as_ref().filter(|_| is_engaged).map(|guest| guest.id)
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

    fn line(&self, visit: &VisitView, item: ItemView) -> Option<CalendarLine> {
        let (starts, ends) = self.on(self.own, &item.starts).zip(self.on(self.own, &item.ends))?;
        let other = self.other.as_ref().and_then(|zone| self.on(zone, &item.starts));
        Some(CalendarLine { visit: visit.id, item, starts, ends, other })
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
    let whose = Whose::of(&asked.person);
    let missions = missions_known_to(context).await?;
    let (mut visits, mut lines, mut people, mut named) = (Vec::new(), Vec::new(), BTreeMap::new(), Marking::Clear);
    let category = VisitCategory::ALL.into_iter().find(|category| word_of(category) == asked.category);
    let found = match category {
        // A category there is not has no visits.
        None if !asked.category.is_empty() => Vec::new(),
        category => glimpses(context, stretch, category).await?,
    };
    for glimpse in found {
        let Some(visit) = visit_at_a_glance(glimpse.visit) else { continue };
        let is_on = visit.starts_on.zip(visit.ends_on).is_some_and(|(from, to)| stretch.touches(from, to));
        let hosts = || [&visit.guest, &visit.host].into_iter().flatten();
        let mut shown = Vec::new();
        for GlimpsedLine { item, people: on_it, marking } in glimpse.lines {
            let guest = guest_of(&visit, &item);
            let is_meant = whose.holds(on_it.iter().map(|person| person.id).chain(guest));
            let Some(line) = line_at_a_glance(item, &visit).and_then(|item| clocks.line(&visit, item)) else { continue };
            named = named.max(marking);
            people.extend(on_it.into_iter().map(|person| (person.id, person.name)));
            shown.extend(is_meant.then_some(line));
        }
        people.extend(hosts().map(|host| (host.id, host.name.clone())));
        if hosts().next().is_some() {
            named = named.max(visit.marking);
        }
        if !shown.is_empty() || (is_on && whose.holds(hosts().map(|host| host.id))) {
            visits.push(head_of(context, visit, &missions));
            lines.extend(shown);
        }
    }
    visits.sort_by_key(|head| (head.visit.starts_on.is_none(), head.visit.starts_on, head.visit.id));
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
        named,
        may_create: decide(context.actor(), Action::CreateVisit, Facts::NONE) == Decision::Allowed,
    })
}
