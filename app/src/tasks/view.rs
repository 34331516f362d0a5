//! What the pages of tasks show.

use super::TaskForm;
use crate::{components::Choice, visits::VisitHead};
use chrono::NaiveDate;
use domain::{
    marking::{Marking, view::TaskView},
    templates::Honours,
};
use serde::{Deserialize, Serialize};

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskShown {
    /// The task.
    pub task: TaskView,
    /// Its version.
    pub seen: String,
    /// The day on which it was ticked off, on the office's clocks.
    pub done_on: Option<NaiveDate>,
    /// Whether who looks may say that it is done.
    pub may_tick: bool,
}

/// The tasks of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TasksView {
    /// The visit.
    pub head: VisitHead,
    /// Today, on the office's clocks: what was due before it is overdue.
    pub today: NaiveDate,
    /// The tasks, what is open first.
    pub tasks: Vec<TaskShown>,
    /// The ceremonial of the visit's category.
    pub honours: Honours,
}

impl TasksView {
    /// The highest marking of any task on the page.
    pub fn marking(&self) -> Marking {
        self.tasks.iter().map(|shown| shown.task.marking).max().unwrap_or(Marking::Clear)
    }
}

/// The form of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskFormView {
    /// The visit.
    pub head: VisitHead,
    /// What the form opens with.
    pub stored: TaskForm,
    /// The marking the task has; none for a new one.
    pub marking: Option<Marking>,
    /// Who is on the visit's access list.
    pub accounts: Vec<Choice>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

domain::viewed_by! {
    TaskShown { task }
    TasksView { head, tasks }
    TaskFormView { head }
}
