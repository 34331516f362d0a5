//! The forms of tasks: what their fields hold.

use crate::forms::FormFields;
use domain::{ids::VisitId, marking::view::TaskView};
use serde::{Deserialize, Serialize};

/// The form of a task, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    /// The task; empty for a new one.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new task from another, so that two presses of its button are one.
    pub once: String,
    /// What is to be done.
    pub words: String,
    /// By which day, as people type days.
    pub due_on: String,
    /// Who is to do it.
    pub account_id: String,
    /// Marking.
    pub marking: String,
    /// Why a marking is lowered.
    pub reason: String,
}

impl FormFields for TaskForm {
    const NAME: &'static str = "task";
}

impl TaskForm {
    /// The form of a new task.
    pub fn new_in(visit: VisitId, once: String) -> Self {
        Self { visit_id: visit.to_string(), once, ..Self::default() }
    }

    /// The form of a task as its reader sees it.
    pub fn of(task: &TaskView, seen: &str) -> Self {
        Self {
            id: task.id.to_string(),
            visit_id: task.visit_id.to_string(),
            seen: seen.to_owned(),
            words: task.words.clone(),
            due_on: task.due_on.to_string(),
            account_id: task.account.as_ref().map(|account| account.id.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }
}

#[cfg(feature = "ssr")]
mod reading {
    use super::TaskForm;
    use chrono::NaiveDate;
    use domain::{
        problems::{FieldProblem, Problems},
        tasks::input::TaskInput,
        time::typed::{Base, read_date},
    };

    impl TaskForm {
        /// What was said, for the use case. The day is read as people type days, from this day on.
        ///
        /// # Errors
        /// When the day cannot be read.
        pub(in crate::tasks) fn read(&self, today: NaiveDate) -> Result<TaskInput, Vec<FieldProblem>> {
            let mut problems = Problems::new();
            let due_on = problems.take("due_on", read_date(&self.due_on, &Base { today, from: None }));
            problems.finish(Some(TaskInput {
                words: Some(self.words.clone()),
                due_on: due_on.map(|day| day.to_string()),
                account_id: Some(self.account_id.clone()),
                done: None,
                marking: (!self.marking.is_empty()).then(|| self.marking.clone()),
                reason: Some(self.reason.clone()),
            }))
        }
    }
}

/// The form that says that a task is done, or is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TickTaskForm {
    /// The task.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
    /// `yes` if it is done.
    pub done: String,
}

impl FormFields for TickTaskForm {
    const NAME: &'static str = "tick-task";
}

/// The form that takes a task away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveTaskForm {
    /// The task.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for RemoveTaskForm {
    const NAME: &'static str = "remove-task";
}

/// The form that takes in what a visit lacks of its category's template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeTemplateForm {
    /// The visit.
    pub id: String,
}

impl FormFields for TakeTemplateForm {
    const NAME: &'static str = "take-template";
}
