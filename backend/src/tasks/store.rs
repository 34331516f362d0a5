//! The statements of tasks.

use super::rows::{TaskRow, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{EditProgramme, Permit, Permitted, TickTask},
    revisions, statements, values,
};
use chrono::NaiveDate;
use domain::{
    audit::ThingKind,
    ids::{AccountId, TaskId, VisitId},
    tasks::Task,
};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    OF_VISIT = "SELECT t.id, t.revision, t.visit_id, t.body, k.wrapped \
        FROM tasks t LEFT JOIN sealing_keys k ON k.office_id = t.office_id AND k.id = t.key_id \
        WHERE t.office_id = $1 AND t.visit_id = $2 AND t.removed_at IS NULL ORDER BY t.due_on, t.id";
    /// What is open and due up to a day, with what is overdue, of visits that are not over.
    OPEN_UNTIL = "SELECT t.id, t.revision, t.visit_id, t.body, k.wrapped \
        FROM tasks t JOIN visits v ON v.office_id = t.office_id AND v.id = t.visit_id \
        AND v.state NOT IN ('completed', 'declined', 'withdrawn', 'cancelled') \
        LEFT JOIN sealing_keys k ON k.office_id = t.office_id AND k.id = t.key_id \
        WHERE t.office_id = $1 AND t.due_on <= $2 AND t.done_at IS NULL AND t.removed_at IS NULL ORDER BY t.due_on, t.id";
    ONE = "SELECT t.id, t.revision, t.visit_id, t.body, k.wrapped \
        FROM tasks t LEFT JOIN sealing_keys k ON k.office_id = t.office_id AND k.id = t.key_id \
        WHERE t.office_id = $1 AND t.id = $2 AND t.removed_at IS NULL";
    INSERT = "INSERT INTO tasks (office_id, id, revision, visit_id, due_on, done_at, body, key_id) VALUES ($1, $2, 1, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE tasks SET revision = $3, due_on = $4, done_at = $5, body = $6, key_id = $7 \
        WHERE office_id = $1 AND id = $2 AND revision = $8 AND removed_at IS NULL";
    REMOVE = "UPDATE tasks SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
    NAMES = "SELECT id, name FROM accounts WHERE office_id = $1";
}

/// What lets one write a task that there is.
pub(crate) trait WritesTasks: Permitted {}

impl WritesTasks for EditProgramme {}
impl WritesTasks for TickTask {}

/// The tasks of a visit, by the day they are due.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Task>> {
    let rows: Vec<TaskRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    rows.into_iter().map(|row| row.into_task(context)).collect()
}

/// All tasks of the office that are open and due on a day or before it.
pub(crate) async fn open_until(context: &RequestContext, connection: &mut impl Connection, day: NaiveDate) -> Outcome<Vec<Task>> {
    let rows: Vec<TaskRow> = connection.all(OPEN_UNTIL, values![context.office_id(), day]).await?;
    rows.into_iter().map(|row| row.into_task(context)).collect()
}

/// A task.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: TaskId) -> Outcome<Option<Task>> {
    let row: Option<TaskRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_task(context)).transpose()
}

/// The names of the office's accounts, of those that are disabled too: what was done by one stays done by them.
pub(crate) async fn names(context: &RequestContext, connection: &mut impl Connection) -> Outcome<HashMap<AccountId, String>> {
    let rows: Vec<(Uuid, String)> = connection.all(NAMES, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}

/// Writes a new task.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    task: &Task,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(task.id, 1));
    let body = body_of(&mut sealer, &task.details, task.done)?;
    let key = sealer.finish(transaction).await?;
    let done_at = task.done.map(|done| done.at);
    let values = values![context.office_id(), task.id, task.visit, task.due_for_rules(), done_at, body.as_str(), key];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Task, task.id.uuid(), 1, Some(&body)).await
}

/// Writes a task anew, if it is still in the revision before.
pub(crate) async fn update<A: WritesTasks>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    changed: &Task,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(changed.id, changed.revision));
    let body = body_of(&mut sealer, &changed.details, changed.done)?;
    let key = sealer.finish(transaction).await?;
    let done_at = changed.done.map(|done| done.at);
    let values = values![
        context.office_id(),
        changed.id,
        changed.revision,
        changed.due_for_rules(),
        done_at,
        body.as_str(),
        key,
        changed.revision - 1
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Task, changed.id.uuid(), changed.revision, Some(&body)).await
}

/// Takes a task away; the revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    seen: &Task,
) -> Outcome<Digest> {
    if transaction.execute(REMOVE, values![context.office_id(), seen.id, context.now(), seen.revision]).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Task, seen.id.uuid(), seen.revision + 1, None).await
}
