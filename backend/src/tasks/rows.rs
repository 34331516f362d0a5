//! Tasks as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
};
use domain::{
    ids::{TaskId, VisitId},
    marking::{Marked, Scope, Sealing},
    tasks::{Done, Task, TaskDetails},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A task's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct TaskRow {
    id: Uuid,
    revision: i64,
    visit_id: Uuid,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct TaskBody {
    details: StoredPart<TaskDetails>,
    done: Option<Done>,
}

const TABLE: &str = "tasks";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl TaskRow {
    /// The task.
    pub(crate) fn into_task(self, context: &RequestContext) -> Outcome<Task> {
        let body: TaskBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "task" })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let visit = VisitId(self.visit_id);
        let details = opener.part("details", Scope::Visit(visit), body.details)?;
        Ok(Task { id: TaskId(self.id), revision: self.revision, visit, details, done: body.done })
    }
}

/// The stored form of a task's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, details: &Marked<TaskDetails>, done: Option<Done>) -> Outcome<String> {
    let body = TaskBody { details: sealer.part("details", details, &PROOF)?, done };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "task" })
}

/// The row of a task, for its sealer.
pub(crate) const fn row(id: TaskId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
