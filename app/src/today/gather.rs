//! What Today shows, gathered from the use cases.

use super::{
    glance::{line_at_a_glance, visit_at_a_glance},
    view::{Decision, ToDecide, TodayTask, TodayView, TodayVisit},
};
use crate::{
    approvals::gather::news_at_a_glance,
    programme::{day::gather::late_of, gather::lines_of},
    visits::{
        VisitHead,
        gather::{head_of, missions_known_to, visits_of},
    },
};
use backend::{Failure, Outcome, RequestContext, releases::acknowledgements};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    missions::Mission,
    permission::{Action, Decision as Decided, Facts, decide, role_allows},
    programme::{ItemKind, ItemState, day::is_of_today},
    releases::Audience,
    time::{Moment, agreed::MomentView, wall_at},
    visits::VisitState,
};

/// How many lines to come are shown of a visit.
const NEXT: usize = 2;
/// How many decisions are asked for at once.
const DECISIONS: usize = 8;
/// How many tasks are named at once.
const TASKS: usize = 8;
/// How many days ahead tasks are named.
const TASKS_AHEAD: TimeDelta = TimeDelta::days(3);
/// How many days ahead visits are announced.
const AHEAD: TimeDelta = TimeDelta::days(14);
/// How far ahead a line counts as next.
const SOON: TimeDelta = TimeDelta::hours(24);
/// How far ahead the end of a hold is announced.
const HOLD_ENDS: TimeDelta = TimeDelta::days(7);
/// How far ahead a line that is only wished wants to be settled.
const WISH_NEAR: TimeDelta = TimeDelta::days(2);

fn at(moment: &MomentView) -> DateTime<Utc> {
    Moment::from(moment.clone()).at()
}

/// Whether a visit goes on.
fn lives(visit: &VisitView) -> bool {
    matches!(visit.state, VisitState::Requested | VisitState::Held | VisitState::Confirmed | VisitState::UnderWay)
}

fn of_today(head: VisitHead, items: Vec<ItemView>, now: DateTime<Utc>, today: NaiveDate) -> TodayVisit {
    // What has begun goes on until it has ended, whatever was planned; the rest goes by what was planned.
    let going = |item: &&ItemView| match (item.begun_at, item.ended_at) {
        (_, Some(_)) => false,
        (Some(_), None) => is_of_today(&item.starts.clone().into(), &item.ends.clone().into(), now),
        (None, None) => at(&item.starts) <= now && now < at(&item.ends),
    };
    let coming = |item: &&ItemView| {
        let is_to_come = item.begun_at.is_none() && item.ended_at.is_none();
        is_to_come && now < at(&item.starts) && at(&item.starts) <= now + SOON
    };
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
    let late = late_of(&head.visit, &items, now);
    let is_told = |item: &&ItemView| late.as_ref().is_some_and(|late| late.lateness.item == item.id);
    let told = items.iter().filter(is_told);
    let marking = now_lines.iter().chain(&next).chain(&board).chain(told).map(|item| item.marking).max().unwrap_or(Marking::Clear);
    TodayVisit { marking: marking.max(head.visit.marking), head, now: now_lines, next, board, late }
}

/// What of a line is to be decided, and by when. Who may not change the programme is asked nothing.
fn decision_of(context: &RequestContext, item: &ItemView, now: DateTime<Utc>) -> Option<(DateTime<Utc>, ToDecide)> {
    let starts = at(&item.starts);
    let is_near = |by: DateTime<Utc>, ahead: TimeDelta| now < by && by <= now + ahead;
    match (item.state, item.hold_until) {
        (ItemState::Held, Some(ends)) if is_near(ends, HOLD_ENDS) => {
            let until = wall_at(context.zones(), &item.starts.zone, ends).ok()?.into();
            Some((ends, ToDecide::Hold { item: Box::new(item.clone()), until }))
        }
        (ItemState::Wished, _) if is_near(starts, WISH_NEAR) => Some((starts, ToDecide::Wish { item: Box::new(item.clone()) })),
        _ => None,
    }
}

/// What is to be decided of a visit's releases: that its missions have none, that some have not acknowledged one, or that the
/// requester has not.
async fn of_releases(context: &RequestContext, visit: &VisitView) -> Outcome<Vec<ToDecide>> {
    let facts = Facts::visit(true, context.reader().is_on(visit.id));
    if decide(context.actor(), Action::ReleaseProgramme, facts) != Decided::Allowed {
        let asked = acknowledgements::release_to_acknowledge(context, visit.id).await?;
        return Ok(asked.map(|head| ToDecide::Acknowledge { audience: head.audience, number: head.number }).into_iter().collect());
    }
    let standings = match acknowledgements::list_acknowledgements(context, visit.id).await {
        Ok(standings) => standings,
        Err(Failure::NotFound | Failure::Forbidden) => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    let has_missions = visit.mission_ids.as_ref().is_some_and(|missions| !missions.is_empty());
    let is_released = standings.iter().any(|standing| standing.head.audience == Audience::VisitingMission);
    let missing = standings.iter().filter(|standing| standing.missing() > 0).map(|standing| ToDecide::Unacknowledged {
        audience: standing.head.audience,
        number: standing.head.number,
        missing: standing.missing(),
        asked: u32::try_from(standing.readers.len()).unwrap_or(u32::MAX),
    });
    Ok((has_missions && !is_released).then_some(ToDecide::Release).into_iter().chain(missing).collect())
}

/// What wants a decision of the requester in one visit, each with the time by which it does.
async fn decisions_of(
    context: &RequestContext,
    head: &VisitHead,
    items: &[ItemView],
    begins_at: DateTime<Utc>,
) -> Outcome<Vec<(DateTime<Utc>, Decision)>> {
    let mut found = Vec::new();
    if head.rights.edit_programme {
        let lines = items.iter().filter(|item| !item.is_stand_in);
        found.extend(lines.filter_map(|item| decision_of(context, item, context.now())));
    }
    found.extend(of_releases(context, &head.visit).await?.into_iter().map(|what| (begins_at, what)));
    Ok(found.into_iter().map(|(by, what)| (by, Decision { head: head.clone(), what })).collect())
}

/// What is overdue and what is due before long. A glance may be anybody's: nothing marked TLP:RED is in it.
async fn tasks_due(context: &RequestContext, today: NaiveDate, missions: &[Mission]) -> Outcome<Vec<TodayTask>> {
    if context.actor().mission().is_some() {
        return Ok(Vec::new());
    }
    let due = backend::tasks::list_due(context, today + TASKS_AHEAD, TASKS).await?;
    let shown = due.into_iter().filter_map(|due| {
        let visit = visit_at_a_glance(due.visit)?;
        Some(TodayTask { head: head_of(context, visit, missions), task: due.task })
    });
    Ok(shown.collect())
}

/// The day at a glance.
pub(crate) async fn today_of(context: &RequestContext) -> Outcome<TodayView> {
    let (today, now) = (context.today(), context.now());
    let missions = missions_known_to(context).await?;
    let (mut visits, mut coming, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
    for visit in visits_of(context).await?.into_iter().filter(lives).filter_map(visit_at_a_glance) {
        let Some((from, to)) = visit.starts_on.zip(visit.ends_on) else { continue };
        let is_on = from <= today && today <= to;
        let is_coming = today < from && from <= today + AHEAD;
        if !is_on && !is_coming {
            continue;
        }
        let lines = lines_of(context, visit.id).await?;
        let Some(visit) = visit_at_a_glance(lines.visit) else { continue };
        let items: Vec<ItemView> = lines.items.into_iter().filter_map(|item| line_at_a_glance(item, &visit)).collect();
        let begins_at = items.first().map_or(now, |line| at(&line.starts));
        let head = head_of(context, visit, &missions);
        decisions.extend(decisions_of(context, &head, &items, begins_at).await?);
        if is_on {
            visits.push(of_today(head, items, now, today));
        } else {
            coming.push(head);
        }
    }
    decisions.sort_by_key(|(by, _)| *by);
    let decisions = decisions.into_iter().map(|(_, decision)| decision).take(DECISIONS).collect();
    let may_create = decide(context.actor(), Action::CreateVisit, Facts::NONE) == Decided::Allowed;
    let may_change_programmes = context.actor().roles().iter().any(|role| role_allows(*role, Action::EditProgramme));
    let approvals = backend::rooms::approvals::count_waiting(context).await?;
    let news = news_at_a_glance(context).await?;
    let tasks = tasks_due(context, today, &missions).await?;
    Ok(TodayView { date: today, visits, decisions, tasks, approvals, news, coming, may_create, may_change_programmes })
}
