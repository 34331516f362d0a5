//! What Today shows.

use crate::visits::VisitHead;
use chrono::NaiveDate;
use domain::marking::{Marking, view::ItemView};
use serde::{Deserialize, Serialize};

/// The day at a glance, as one may read it. Nothing marked TLP:RED is on it: a glance may be anybody's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// The day, on the office's clocks.
    pub date: NaiveDate,
    /// Visits that are on today.
    pub visits: Vec<TodayVisit>,
    /// Visits that begin in the days to come.
    pub coming: Vec<VisitHead>,
    /// Whether one may make a visit.
    pub may_create: bool,
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
    /// The highest marking of what is shown of it.
    pub marking: Marking,
}

domain::viewed_by! {
    TodayVisit { head, now, next, board }
    TodayView { visits, coming }
}
