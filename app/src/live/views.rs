//! What of each page is told apart, and by which names its rows are marked.

use super::{Fingerprint, LiveView};
use crate::{
    approvals::view::ApprovalsView,
    calendar::view::CalendarView,
    clashes::view::{ClashesView, VisitClashes},
    programme::{ItemFormView, ProgrammeView},
    rooms::view::{BoardPageView, RoomPageView},
    tasks::TasksView,
    today::{
        TodayView,
        view::{Decision, ToDecide},
    },
    visits::{VisitHead, VisitListView},
};
use chrono::NaiveDate;
use domain::ids::{ItemId, RoomId, TaskId, VisitId};

/// The name of a visit.
pub fn visit(id: VisitId) -> String {
    format!("visit-{id}")
}

/// The name of a line.
pub fn line(id: ItemId) -> String {
    format!("line-{id}")
}

/// The name of a task.
pub fn task(id: TaskId) -> String {
    format!("task-{id}")
}

/// The name of a room.
pub fn room(id: RoomId) -> String {
    format!("room-{id}")
}

/// The name of a day.
pub fn day(date: NaiveDate) -> String {
    format!("day-{date}")
}

/// The name of something that wants a decision.
pub fn decision(decision: &Decision) -> String {
    match &decision.what {
        ToDecide::Hold { item, .. } | ToDecide::Wish { item } => format!("decision-{}", item.id),
        ToDecide::Release => format!("decision-{}", decision.head.visit.id),
        ToDecide::Unacknowledged { audience, .. } | ToDecide::Acknowledge { audience, .. } => {
            format!("decision-{}-{}", audience.word(), decision.head.visit.id)
        }
    }
}

fn head(head: &VisitHead) -> (String, Fingerprint) {
    (visit(head.visit.id), Fingerprint::of(head))
}

impl LiveView for ProgrammeView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let lines = self.lines.iter().map(|shown| (line(shown.item.id), Fingerprint::of(shown)));
        std::iter::once(head(&self.head)).chain(lines).collect()
    }
}

impl LiveView for ItemFormView {
    /// What is chosen from changes without touching the line.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.stored.seen)
    }
}

impl LiveView for TodayView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let visits = self.visits.iter().map(|shown| (visit(shown.head.visit.id), Fingerprint::of(shown)));
        let coming = self.coming.iter().map(head);
        let decisions = self.decisions.iter().map(|shown| (decision(shown), Fingerprint::of(shown)));
        let news = self.news.iter().map(|shown| (format!("news-{}", shown.news.id), Fingerprint::of(shown)));
        let tasks = self.tasks.iter().map(|due| (task(due.task.id), Fingerprint::of(due)));
        visits.chain(coming).chain(decisions).chain(news).chain(tasks).collect()
    }
}

impl LiveView for CalendarView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let lines = self.lines.iter().map(|shown| (line(shown.item.id), Fingerprint::of(shown)));
        self.visits.iter().map(head).chain(lines).collect()
    }
}

impl LiveView for TasksView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let tasks = self.tasks.iter().map(|shown| (task(shown.task.id), Fingerprint::of(shown)));
        std::iter::once(head(&self.head)).chain(tasks).collect()
    }
}

impl LiveView for ClashesView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let of_visit = |visit: &VisitClashes| {
            let lines = visit.lines.iter().map(|shown| (line(shown.item.id), Fingerprint::of(shown)));
            std::iter::once(head(&visit.head)).chain(lines).collect::<Vec<_>>()
        };
        self.visits.iter().flat_map(of_visit).collect()
    }
}

impl LiveView for VisitListView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        self.visits.iter().map(head).collect()
    }
}

impl LiveView for BoardPageView {
    /// The present moment goes on by itself, and what is free of a room ends at it.
    fn fingerprint(&self) -> Fingerprint {
        let rooms: Vec<_> = self.rows().into_iter().map(|(name, row)| (name, row.to_string())).collect();
        let sites: Vec<_> = self.board.sites.iter().map(|site| (&site.site, &site.zone, site.minutes)).collect();
        Fingerprint::of(&(
            (self.board.date, self.board.of, self.board.may_book),
            (rooms, sites, &self.sites),
            (self.today, self.is_filtered, self.waiting, self.may_manage),
        ))
    }

    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let lanes = self.board.sites.iter().flat_map(|site| &site.rooms);
        lanes
            .map(|lane| {
                let shown = (&lane.room, &lane.floor, &lane.holds, lane.set_up_minutes, lane.may_book);
                (room(lane.room.id), Fingerprint::of(&(shown, &lane.blocks, lane.tracks, &lane.closed, &lane.blackouts)))
            })
            .collect()
    }
}

impl LiveView for RoomPageView {
    /// The present moment goes on by itself, as on the board.
    fn fingerprint(&self) -> Fingerprint {
        let days: Vec<_> = self.rows().into_iter().map(|(name, row)| (name, row.to_string())).collect();
        Fingerprint::of(&(
            (&self.days.room, self.days.may_book, days),
            (self.month, &self.holidays, self.today),
            (self.may_manage, self.may_see_doors, &self.seen),
        ))
    }

    fn rows(&self) -> Vec<(String, Fingerprint)> {
        let days = self.days.days.iter();
        days.map(|shown| {
            let lane = &shown.lane;
            (day(shown.date), Fingerprint::of(&(shown.minutes, &lane.blocks, lane.tracks, &lane.closed, &lane.blackouts)))
        })
        .collect()
    }
}

impl LiveView for ApprovalsView {
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        self.waiting.iter().map(|shown| (format!("approval-{}", shown.view.id), Fingerprint::of(shown))).collect()
    }
}
