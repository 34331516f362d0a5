//! What is to be done for a visit, by which day and by whom.

pub mod input;

use crate::{
    ids::{AccountId, TaskId, VisitId},
    marking::Marked,
    text::Title,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a task says; who may not read one part of it is told of none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDetails {
    /// What is to be done.
    pub words: Title,
    /// By which day, the day itself included: a civil date of the office.
    pub due_on: NaiveDate,
    /// Who is to do it; nobody yet, if none.
    pub account: Option<AccountId>,
}

/// That a task was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// When it was ticked off.
    pub at: DateTime<Utc>,
    /// Who ticked it off.
    pub by: Option<AccountId>,
}

/// A task of a visit.
#[derive(Debug, Clone)]
pub struct Task {
    /// Identifier.
    pub id: TaskId,
    /// Revision, from 1.
    pub revision: i64,
    /// The visit.
    pub visit: VisitId,
    /// What it says, marked.
    pub details: Marked<TaskDetails>,
    /// That it was done; none while it is open.
    pub done: Option<Done>,
}

impl Task {
    /// By which day it is to be done, whoever may read it: the store orders by it.
    pub fn due_for_rules(&self) -> NaiveDate {
        self.details.for_rules().due_on
    }

    /// Who is to do it, whoever may read it: whose task it is decides who may tick it off.
    pub fn account_for_rules(&self) -> Option<AccountId> {
        self.details.for_rules().account
    }
}
