//! What each account changed last in a programme, so that it can be undone: which lines, by their revisions before and after.

use super::together::LineWritten;
use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
};
use domain::{
    ids::{AccountId, ChangeId, ItemId, VisitId},
    programme::undo::{ChangeKind, Turn},
};
use uuid::Uuid;

statements! {
    LAST_NUMBER = "SELECT COALESCE(MAX(number), 0) FROM own_changes WHERE office_id = $1 AND account_id = $2 AND visit_id = $3";
    INSERT = "INSERT INTO own_changes (office_id, id, account_id, visit_id, number, kind, standing, made_at) VALUES ($1, $2, $3, $4, $5, $6, 'done', $7)";
    INSERT_LINE = "INSERT INTO own_change_lines (office_id, change_id, item_id, before_revision, after_revision) VALUES ($1, $2, $3, $4, $5)";
    DROP_LINES_BEYOND = "DELETE FROM own_change_lines WHERE office_id = $1 AND change_id IN \
        (SELECT id FROM own_changes WHERE office_id = $1 AND account_id = $2 AND visit_id = $3 AND (standing = 'undone' OR number <= $4))";
    DROP_BEYOND = "DELETE FROM own_changes WHERE office_id = $1 AND account_id = $2 AND visit_id = $3 AND (standing = 'undone' OR number <= $4)";
    LAST_DONE = "SELECT c.id, c.kind, (SELECT COUNT(*) FROM own_change_lines l WHERE l.office_id = c.office_id AND l.change_id = c.id) AS lines FROM own_changes c \
        WHERE c.office_id = $1 AND c.account_id = $2 AND c.visit_id = $3 AND c.standing = 'done' ORDER BY c.number DESC LIMIT 1";
    FIRST_UNDONE = "SELECT c.id, c.kind, (SELECT COUNT(*) FROM own_change_lines l WHERE l.office_id = c.office_id AND l.change_id = c.id) AS lines FROM own_changes c \
        WHERE c.office_id = $1 AND c.account_id = $2 AND c.visit_id = $3 AND c.standing = 'undone' ORDER BY c.number LIMIT 1";
    LINES = "SELECT item_id, before_revision, after_revision FROM own_change_lines WHERE office_id = $1 AND change_id = $2 ORDER BY item_id";
    TURN = "UPDATE own_changes SET standing = $3 WHERE office_id = $1 AND id = $2";
    STAND_BEFORE = "UPDATE own_change_lines SET before_revision = $4 WHERE office_id = $1 AND change_id = $2 AND item_id = $3";
    STAND_AFTER = "UPDATE own_change_lines SET after_revision = $4 WHERE office_id = $1 AND change_id = $2 AND item_id = $3";
    OTHERS_AFTER = "UPDATE own_change_lines SET after_revision = $5 WHERE office_id = $1 AND item_id = $3 AND after_revision = $4 AND change_id IN \
        (SELECT id FROM own_changes WHERE office_id = $1 AND account_id = $2 AND standing = 'done')";
    OTHERS_BEFORE = "UPDATE own_change_lines SET before_revision = $5 WHERE office_id = $1 AND item_id = $3 AND before_revision = $4 AND change_id IN \
        (SELECT id FROM own_changes WHERE office_id = $1 AND account_id = $2 AND standing = 'undone')";
    FORGET_LINES = "DELETE FROM own_change_lines WHERE office_id = $1 AND change_id = $2";
    FORGET = "DELETE FROM own_changes WHERE office_id = $1 AND id = $2";
}

/// How many changes of one account to one programme can be undone one after the other.
const MOST_KEPT: i64 = 100;

/// A change of one's own that can be undone, or done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnChange {
    /// Which.
    pub id: ChangeId,
    /// What it was.
    pub kind: ChangeKind,
    /// How many lines it is of.
    pub lines: i64,
}

/// A line of a change: the revisions that say the same as it did before and after; none where there was no such line before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ChangedLine {
    pub(super) item: ItemId,
    pub(super) before: Option<i64>,
    pub(super) after: i64,
}

#[derive(sqlx_macros::FromRow)]
struct ChangeRow {
    id: Uuid,
    kind: String,
    lines: i64,
}

#[derive(sqlx_macros::FromRow)]
struct LineRow {
    item_id: Uuid,
    before_revision: Option<i64>,
    after_revision: i64,
}

/// Keeps that an account changed lines of a programme. What it had undone before can't be done again.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: VisitId,
    kind: ChangeKind,
    written: &[LineWritten],
) -> Outcome<()> {
    // What the operator does on the command line is nobody's to undo.
    let Some(account) = context.actor().account() else { return Ok(()) };
    let office = context.office_id();
    let last: Option<(i64,)> = transaction.optional(LAST_NUMBER, values![office, account, visit]).await?;
    let number = last.map_or(1, |(last,)| last + 1);
    for statement in [DROP_LINES_BEYOND, DROP_BEYOND] {
        transaction.execute(statement, values![office, account, visit, number - MOST_KEPT]).await?;
    }
    let id = context.new_id::<ChangeId>();
    transaction.execute(INSERT, values![office, id, account, visit, number, kind.word(), context.now()]).await?;
    for line in written {
        transaction.execute(INSERT_LINE, values![office, id, line.item, line.before, line.after]).await?;
    }
    Ok(())
}

/// The change that an account would undo next in a programme, or do again.
///
/// # Errors
/// When the database refuses.
pub(super) async fn next(
    context: &RequestContext,
    connection: &mut impl Connection,
    (account, visit): (AccountId, VisitId),
    turn: Turn,
) -> Outcome<Option<OwnChange>> {
    let statement = match turn {
        Turn::Undo => LAST_DONE,
        Turn::Redo => FIRST_UNDONE,
    };
    let row: Option<ChangeRow> = connection.optional(statement, values![context.office_id(), account, visit]).await?;
    let Some(row) = row else { return Ok(None) };
    let kind = ChangeKind::from_word(&row.kind).ok_or(Failure::Corrupt { what: "change of a programme" })?;
    Ok(Some(OwnChange { id: ChangeId(row.id), kind, lines: row.lines }))
}

/// The lines of a change.
///
/// # Errors
/// When the database refuses.
pub(super) async fn lines_of(context: &RequestContext, connection: &mut impl Connection, change: ChangeId) -> Outcome<Vec<ChangedLine>> {
    let rows: Vec<LineRow> = connection.all(LINES, values![context.office_id(), change]).await?;
    let line = |row: LineRow| ChangedLine { item: ItemId(row.item_id), before: row.before_revision, after: row.after_revision };
    Ok(rows.into_iter().map(line).collect())
}

/// Notes that a change was undone, or done again, and which revisions now say what its lines, and those of the account's other
/// changes, said then.
///
/// # Errors
/// When the database refuses.
pub(super) async fn turned(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    (account, change): (AccountId, ChangeId),
    turn: Turn,
    (lines, written): (&[ChangedLine], &[LineWritten]),
) -> Outcome<()> {
    let office = context.office_id();
    let (standing, own, others) = match turn {
        Turn::Undo => ("undone", STAND_BEFORE, OTHERS_AFTER),
        Turn::Redo => ("done", STAND_AFTER, OTHERS_BEFORE),
    };
    for line in lines {
        let Some(now) = written.iter().find(|written| written.item == line.item).map(|written| written.after) else { continue };
        let said = match turn {
            Turn::Undo => line.before,
            Turn::Redo => Some(line.after),
        };
        if let Some(said) = said {
            transaction.execute(others, values![office, account, line.item, said, now]).await?;
        }
        transaction.execute(own, values![office, change, line.item, now]).await?;
    }
    transaction.execute(TURN, values![office, change, standing]).await?;
    Ok(())
}

/// Forgets a change that can no longer be undone, so that the one before it can.
///
/// # Errors
/// When the database refuses.
pub(super) async fn forget(context: &RequestContext, transaction: &mut WriteTransaction, change: ChangeId) -> Outcome<()> {
    for statement in [FORGET_LINES, FORGET] {
        transaction.execute(statement, values![context.office_id(), change]).await?;
    }
    Ok(())
}
