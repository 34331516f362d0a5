//! A task as a reader sees it: all of it, or nothing.

use super::{Named, ViewedBy};
use crate::{
    ids::{AccountId, TaskId, VisitId},
    marking::{Marking, Reader},
    tasks::Task,
    visits::Visit,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A task as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskView {
    #[serde(skip)]
    pub(super) viewed_by: ViewedBy,
    /// Identifier.
    pub id: TaskId,
    /// The visit.
    pub visit_id: VisitId,
    /// What is to be done.
    pub words: String,
    /// By which day, the day itself included.
    pub due_on: NaiveDate,
    /// Who is to do it.
    pub account: Option<Named<AccountId>>,
    /// When it was ticked off; none while it is open.
    pub done_at: Option<DateTime<Utc>>,
    /// Who ticked it off.
    pub done_by: Option<Named<AccountId>>,
    /// Marking.
    pub marking: Marking,
}

impl TaskView {
    /// A task as a reader sees it, with the names of accounts; none if the reader may not know that there is one.
    pub fn of(task: &Task, visit: &Visit, reader: &Reader, name: &dyn Fn(AccountId) -> Option<String>) -> Option<Self> {
        let marked = task.details.clone().at_least(visit.details.existence);
        let details = marked.reveal_for(reader)?;
        let named = |id: AccountId| Some(Named { id, name: name(id)? });
        Some(Self {
            viewed_by: ViewedBy::of(reader),
            id: task.id,
            visit_id: task.visit,
            words: details.words.to_string(),
            due_on: details.due_on,
            account: details.account.and_then(named),
            done_at: task.done.map(|done| done.at),
            done_by: task.done.and_then(|done| done.by).and_then(named),
            marking: marked.marking(),
        })
    }
}
