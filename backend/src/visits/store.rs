//! The statements of visits.

use super::rows::{VisitRow, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{CreateVisit, EditVisit, Permit},
    programme::store::{LONGEST_LINE, LONGEST_USE},
    revisions, statements, values,
};
use chrono::NaiveDate;
use domain::{
    audit::ThingKind,
    ids::{RoomId, VisitId},
    time::Span,
    visits::{Visit, VisitDetails, VisitState},
};

statements! {
    ALL = "SELECT v.id, v.revision, v.body, k.wrapped FROM visits v LEFT JOIN sealing_keys k ON k.office_id = v.office_id AND k.id = v.key_id \
        WHERE v.office_id = $1 AND v.removed_at IS NULL ORDER BY v.starts_on, v.id";
    ONE = "SELECT v.id, v.revision, v.body, k.wrapped FROM visits v LEFT JOIN sealing_keys k ON k.office_id = v.office_id AND k.id = v.key_id \
        WHERE v.office_id = $1 AND v.id = $2 AND v.removed_at IS NULL";
    WITH_LINES = "SELECT v.id, v.revision, v.body, k.wrapped FROM visits v LEFT JOIN sealing_keys k ON k.office_id = v.office_id AND k.id = v.key_id \
        WHERE v.office_id = $1 AND v.removed_at IS NULL AND v.id IN (SELECT i.visit_id FROM items i \
        WHERE i.office_id = $1 AND i.ends_at > $2 AND i.starts_at < $3 AND i.starts_at > $4 AND i.removed_at IS NULL)";
    IN_ROOM = "SELECT v.id, v.revision, v.body, k.wrapped FROM visits v LEFT JOIN sealing_keys k ON k.office_id = v.office_id AND k.id = v.key_id \
        WHERE v.office_id = $1 AND v.removed_at IS NULL AND v.id IN (SELECT e.visit_id FROM engagements e \
        WHERE e.office_id = $1 AND e.resource_id = $2 AND e.source_kind = 'item' AND e.ends_at > $3 AND e.starts_at < $4 AND e.starts_at > $5)";
    WITH_TASKS = "SELECT v.id, v.revision, v.body, k.wrapped FROM visits v LEFT JOIN sealing_keys k ON k.office_id = v.office_id AND k.id = v.key_id \
        WHERE v.office_id = $1 AND v.removed_at IS NULL AND v.state NOT IN ('completed', 'declined', 'withdrawn', 'cancelled') \
        AND v.id IN (SELECT t.visit_id FROM tasks t \
        WHERE t.office_id = $1 AND t.due_on <= $2 AND t.done_at IS NULL AND t.removed_at IS NULL)";
    INSERT = "INSERT INTO visits (office_id, id, revision, state, starts_on, ends_on, body, key_id) VALUES ($1, $2, 1, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE visits SET revision = $3, state = $4, starts_on = $5, ends_on = $6, body = $7, key_id = $8 \
        WHERE office_id = $1 AND id = $2 AND revision = $9 AND removed_at IS NULL";
}

/// The word a state is stored by.
const fn state_word(state: VisitState) -> &'static str {
    match state {
        VisitState::Requested => "requested",
        VisitState::Held => "held",
        VisitState::Confirmed => "confirmed",
        VisitState::UnderWay => "under_way",
        VisitState::Completed => "completed",
        VisitState::Declined => "declined",
        VisitState::Withdrawn => "withdrawn",
        VisitState::Postponed => "postponed",
        VisitState::Cancelled => "cancelled",
    }
}

/// All visits of the office, by their first day.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Visit>> {
    let rows: Vec<VisitRow> = connection.all(ALL, values![context.office_id()]).await?;
    rows.into_iter().map(|row| row.into_visit(context)).collect()
}

/// The visits that have lines in a stretch of time.
pub(crate) async fn with_lines(context: &RequestContext, connection: &mut impl Connection, during: Span) -> Outcome<Vec<Visit>> {
    let values = values![context.office_id(), during.starts(), during.ends(), during.starts() - LONGEST_LINE];
    let rows: Vec<VisitRow> = connection.all(WITH_LINES, values).await?;
    rows.into_iter().map(|row| row.into_visit(context)).collect()
}

/// The visits that have lines in a room in a stretch of time, its margins included.
pub(crate) async fn in_room(context: &RequestContext, connection: &mut impl Connection, room: RoomId, during: Span) -> Outcome<Vec<Visit>> {
    let values = values![context.office_id(), room, during.starts(), during.ends(), during.starts() - LONGEST_USE];
    let rows: Vec<VisitRow> = connection.all(IN_ROOM, values).await?;
    rows.into_iter().map(|row| row.into_visit(context)).collect()
}

/// The visits that have tasks which are open and due on a day or before it.
pub(crate) async fn with_tasks_until(context: &RequestContext, connection: &mut impl Connection, day: NaiveDate) -> Outcome<Vec<Visit>> {
    let rows: Vec<VisitRow> = connection.all(WITH_TASKS, values![context.office_id(), day]).await?;
    rows.into_iter().map(|row| row.into_visit(context)).collect()
}

/// A visit.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: VisitId) -> Outcome<Option<Visit>> {
    let row: Option<VisitRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_visit(context)).transpose()
}

/// Writes a new visit.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<CreateVisit>,
    visit: &Visit,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(visit.id, 1));
    let body = body_of(&mut sealer, &visit.details)?;
    let key = sealer.finish(transaction).await?;
    let dates = visit.details.dates_for_rules();
    let values =
        values![context.office_id(), visit.id, state_word(visit.details.state), dates.starts_on, dates.ends_on, body.as_str(), key];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Visit, visit.id.uuid(), 1, Some(&body)).await
}

/// Writes a visit anew, if it is still the one that was seen.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditVisit>,
    seen: &Visit,
    details: &VisitDetails,
) -> Outcome<(i64, Digest)> {
    let revision = seen.revision + 1;
    let mut sealer = Sealer::new(context, row(seen.id, revision));
    let body = body_of(&mut sealer, details)?;
    let key = sealer.finish(transaction).await?;
    let dates = details.dates_for_rules();
    let values = values![
        context.office_id(),
        seen.id,
        revision,
        state_word(details.state),
        dates.starts_on,
        dates.ends_on,
        body.as_str(),
        key,
        seen.revision
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Visit, seen.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}
