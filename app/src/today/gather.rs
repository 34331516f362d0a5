//! What Today shows, gathered from the use cases.

use super::view::{TodayView, TodayVisit};
use crate::{
    programme::gather::lines_of,
    visits::{
        VisitHead,
        gather::{head_of, missions_known_to, visits_of},
    },
};
use backend::{Outcome, RequestContext};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    permission::{Action, Decision, Facts, decide},
    programme::{ItemKind, ItemPart},
    time::{Moment, agreed::MomentView},
    visits::VisitState,
};

/// How many lines to come are shown of a visit.
const NEXT: usize = 2;
/// How many days ahead visits are announced.
const AHEAD: TimeDelta = TimeDelta::days(14);
/// How far ahead a line counts as next.
const SOON: TimeDelta = TimeDelta::hours(24);

fn at(moment: &MomentView) -> DateTime<Utc> {
    Moment::from(moment.clone()).at()
}

/// Whether a visit goes on and may be shown at a glance.
fn is_shown(visit: &VisitView) -> bool {
    let lives = matches!(visit.state, VisitState::Requested | VisitState::Held | VisitState::Confirmed | VisitState::UnderWay);
    lives && visit.marking < Marking::Red
}

/// A line as a glance may show it: a part marked TLP:RED is on no board; a line whose title is so marked is not either.
fn at_a_glance(mut item: ItemView) -> Option<ItemView> {
    let red = |item: &ItemView, part: ItemPart| item.markings.get(&part).is_some_and(|marking| *marking == Marking::Red);
    if [ItemPart::Existence, ItemPart::Time, ItemPart::Title].into_iter().any(|part| red(&item, part)) {
        return None;
    }
    if red(&item, ItemPart::Place) {
        item.room = None;
        item.place = None;
    }
    // Who, how and with which notes is read on the programme itself.
    item.people = None;
    item.movement = None;
    item.notes = None;
    let shown = [ItemPart::Existence, ItemPart::Time, ItemPart::Title, ItemPart::Place];
    item.markings.retain(|part, marking| shown.contains(part) && *marking < Marking::Red);
    item.marking = item.markings.values().copied().chain(item.cover_marking).max().unwrap_or(item.marking);
    Some(item)
}

fn of_today(head: VisitHead, items: Vec<ItemView>, now: DateTime<Utc>, today: NaiveDate) -> TodayVisit {
    let items: Vec<ItemView> = items.into_iter().filter_map(at_a_glance).collect();
    let going = |item: &&ItemView| at(&item.starts) <= now && now < at(&item.ends);
    let coming = |item: &&ItemView| now < at(&item.starts) && at(&item.starts) <= now + SOON;
    let on_board = |item: &&ItemView| {
        let today_of = match item.kind {
            Some(ItemKind::Arrival) => Some(&item.ends),
            Some(ItemKind::Departure) => Some(&item.starts),
            _ => None,
        };
        today_of.is_some_and(|moment| moment.local.date() == today)
    };
    let now_lines: Vec<ItemView> = items.iter().filter(going).cloned().collect();
    let next: Vec<ItemView> = items.iter().filter(coming).take(NEXT).cloned().collect();
    let board: Vec<ItemView> = items.iter().filter(on_board).cloned().collect();
    let marking = now_lines.iter().chain(&next).chain(&board).map(|item| item.marking).max().unwrap_or(Marking::Clear);
    TodayVisit { marking: marking.max(head.visit.marking), head, now: now_lines, next, board }
}

/// The day at a glance.
pub(super) async fn today_of(context: &RequestContext) -> Outcome<TodayView> {
    let (today, now) = (context.today(), context.now());
    let missions = missions_known_to(context).await?;
    let (mut visits, mut coming) = (Vec::new(), Vec::new());
    for visit in visits_of(context).await?.into_iter().filter(is_shown) {
        let Some((from, to)) = visit.starts_on.zip(visit.ends_on) else { continue };
        if from <= today && today <= to {
            let lines = lines_of(context, visit.id).await?;
            visits.push(of_today(head_of(context, lines.visit, &missions), lines.items, now, today));
        } else if today < from && from <= today + AHEAD {
            coming.push(head_of(context, visit, &missions));
        }
    }
    let may_create = decide(context.actor(), Action::CreateVisit, Facts::NONE) == Decision::Allowed;
    Ok(TodayView { date: today, visits, coming, may_create })
}
