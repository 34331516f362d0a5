//! What the calendar shows.

use crate::visits::VisitHead;
use chrono::NaiveDate;
use domain::{
    calendar::CalendarSpan,
    ids::{PersonId, VisitId},
    marking::{
        Marking,
        view::{ItemView, Named},
    },
    time::{agreed::MomentView, clocks::hours_minutes},
};
use serde::{Deserialize, Serialize};

/// A stretch of days, as one may read it. Nothing marked TLP:RED is on it: a calendar may be anybody's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarView {
    /// How much is shown.
    pub span: CalendarSpan,
    /// The day that was asked for.
    pub on: NaiveDate,
    /// The first day that is shown.
    pub first: NaiveDate,
    /// How many days are shown.
    pub days: u32,
    /// Today, on the office's clocks.
    pub today: NaiveDate,
    /// The place of the office's clocks.
    pub place: String,
    /// The place of the other clock, where one was asked for.
    pub other_place: Option<String>,
    /// Whether another zone was asked for that there is not.
    pub is_zone_unknown: bool,
    /// The visits that are on, by their first day.
    pub visits: Vec<VisitHead>,
    /// Their lines, by their start.
    pub lines: Vec<CalendarLine>,
    /// Who is named on a line or visit of these days, by name.
    pub people: Vec<Named<PersonId>>,
    /// The highest marking of what tells who they are.
    pub named: Marking,
    /// Whether one may make a visit.
    pub may_create: bool,
}

/// A line in the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarLine {
    /// Its visit.
    pub visit: VisitId,
    /// The line.
    pub item: ItemView,
    /// When it starts on the office's clocks.
    pub starts: MomentView,
    /// When it ends on the office's clocks.
    pub ends: MomentView,
    /// When it starts on the other clock.
    pub other: Option<MomentView>,
}

impl CalendarView {
    /// The highest marking of what is shown.
    pub fn marking(&self) -> Option<Marking> {
        let visits = self.visits.iter().map(|head| head.visit.marking);
        let named = (!self.people.is_empty()).then_some(self.named);
        visits.chain(self.lines.iter().map(|line| line.item.marking)).chain(named).max()
    }

    /// What is on one day: the visits, and the lines that begin on it, or go on from the day before.
    pub fn of_day(&self, day: NaiveDate) -> DayShown<'_> {
        let is_on = |head: &&VisitHead| head.visit.starts_on.zip(head.visit.ends_on).is_some_and(|(from, to)| from <= day && day <= to);
        let touches = |line: &&CalendarLine| line.starts.local.date() <= day && day <= line.last_day();
        DayShown { visits: self.visits.iter().filter(is_on).collect(), lines: self.lines.iter().filter(touches).collect() }
    }

    /// The visit of a line.
    pub fn visit_of(&self, line: &CalendarLine) -> Option<&VisitHead> {
        self.visits.iter().find(|head| head.visit.id == line.visit)
    }
}

impl CalendarLine {
    /// The last day it is on; one that ends at midnight is not on the day that begins then.
    pub fn last_day(&self) -> NaiveDate {
        let ends = self.ends.local.naive();
        let is_midnight = ends.time() == chrono::NaiveTime::MIN;
        let day = ends.date();
        if is_midnight && day > self.starts.local.date() { day.pred_opt().unwrap_or(day) } else { day }
    }

    /// Its start on the other clock, with the days by which that is ahead of the office's: “01:00 +1”.
    pub fn on_other_clock(&self) -> Option<String> {
        let other = self.other.as_ref()?;
        let marker = match (other.local.date() - self.starts.local.date()).num_days() {
            0 => String::new(),
            days @ 1.. => format!(" +{days}"),
            days => format!(" −{}", days.abs()),
        };
        Some(format!("{}{marker}", hours_minutes(other.local)))
    }
}

/// What is on one day.
#[derive(Debug, Clone)]
pub struct DayShown<'a> {
    /// The visits that are on.
    pub visits: Vec<&'a VisitHead>,
    /// The lines, by their start.
    pub lines: Vec<&'a CalendarLine>,
}

impl DayShown<'_> {
    /// Whether nothing is on.
    pub fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.lines.is_empty()
    }
}

domain::viewed_by! {
    CalendarLine { item }
    CalendarView { visits, lines }
}
