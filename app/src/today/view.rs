//! What Today shows.

use crate::{approvals::view::NewsShown, programme::day::LateShown, visits::VisitHead};
use chrono::NaiveDate;
use domain::{
    marking::{
        Marking,
        view::{ItemView, TaskView, Viewed, ViewedBy},
    },
    releases::Audience,
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// The day at a glance, as one may read it. Nothing marked TLP:RED is on it: a glance may be anybody's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// The day, on the office's clocks.
    pub date: NaiveDate,
    /// Visits that are on today.
    pub visits: Vec<TodayVisit>,
    /// What wants a decision of who looks, the most pressing first.
    pub decisions: Vec<Decision>,
    /// What is to be done before long for the visits on whose list who looks is, the first due first.
    pub tasks: Vec<TodayTask>,
    /// How many uses wait for who looks to give them their room.
    pub approvals: u32,
    /// What who looks is told, the latest first.
    pub news: Vec<NewsShown>,
    /// Visits that begin in the days to come.
    pub coming: Vec<VisitHead>,
    /// Whether one may make a visit.
    pub may_create: bool,
    /// Whether one changes programmes, and so is told of what stands in their way.
    pub may_change_programmes: bool,
}

/// A visit that is on today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayVisit {
    /// The visit.
    pub head: VisitHead,
    /// The lines that are going on.
    pub now: Vec<ItemView>,
    /// The lines after them.
    pub next: Vec<ItemView>,
    /// Arrivals and departures of today.
    pub board: Vec<ItemView>,
    /// How late it runs; none where nothing was taken down.
    pub late: Option<LateShown>,
    /// The highest marking of what is shown of it.
    pub marking: Marking,
}

/// A task that is due before long, or was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayTask {
    /// The visit.
    pub head: VisitHead,
    /// The task.
    pub task: TaskView,
}

/// Something that wants a decision before long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The visit.
    pub head: VisitHead,
    /// What is to be decided.
    pub what: ToDecide,
}

/// What is to be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ToDecide {
    /// A hold ends by itself, and the line then holds nothing.
    Hold {
        /// The line.
        item: Box<ItemView>,
        /// When, on the clocks of the line's start.
        until: MomentView,
    },
    /// A line is near and only wished.
    Wish {
        /// The line.
        item: Box<ItemView>,
    },
    /// A visit is near, and the missions attached to it have nothing in hand.
    Release,
    /// Some who read a release have not acknowledged it.
    Unacknowledged {
        /// For whom it is.
        audience: Audience,
        /// Its number.
        number: u32,
        /// How many of those who are asked have not.
        missing: u32,
        /// How many are asked.
        asked: u32,
    },
    /// Who looks has not acknowledged a release.
    Acknowledge {
        /// For whom it is.
        audience: Audience,
        /// Its number.
        number: u32,
    },
}

impl Viewed for ToDecide {
    fn viewed_by(&self) -> ViewedBy {
        match self {
            Self::Hold { item, .. } | Self::Wish { item } => item.viewed_by(),
            Self::Release | Self::Unacknowledged { .. } | Self::Acknowledge { .. } => ViewedBy::Anyone,
        }
    }
}

domain::viewed_by! {
    Decision { head, what }
    TodayVisit { head, now, next, board }
    TodayTask { head, task }
    TodayView { visits, decisions, tasks, news, coming }
}
