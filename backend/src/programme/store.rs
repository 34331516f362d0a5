//! The statements of programmes.

use super::rows::{ItemRow, body_of, key_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{ChangesLines, EditProgramme, Permit},
    revisions, statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::ThingKind,
    ids::{ItemId, PersonId, RoomId, VisitId},
    programme::{ItemDetails, LONGEST_LINE_HOURS, ProgrammeItem},
    rooms::LONGEST_MARGIN_MINUTES,
    time::Span,
};
use std::collections::BTreeSet;

statements! {
    LATEST = "SELECT starts_at FROM items WHERE office_id = $1 AND starts_at > $2 AND removed_at IS NULL ORDER BY starts_at DESC LIMIT 1";
    OF_VISIT = "SELECT i.id, i.revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.visit_id = $2 AND i.removed_at IS NULL ORDER BY i.starts_at, i.ends_at, i.id";
    ONE = "SELECT i.id, i.revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.id = $2 AND i.removed_at IS NULL";
    OF_PERSON = "SELECT i.id, i.revision, i.visit_id, i.body, k.wrapped FROM item_people p JOIN items i ON i.office_id = p.office_id AND i.id = p.item_id \
        LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE p.office_id = $1 AND p.person_id = $2 AND i.ends_at > $3 AND i.starts_at < $4 AND i.removed_at IS NULL ORDER BY i.starts_at, i.ends_at, i.id";
    DURING = "SELECT i.id, i.revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.ends_at > $2 AND i.starts_at < $3 AND i.starts_at > $4 AND i.removed_at IS NULL ORDER BY i.starts_at, i.ends_at, i.id";
    IN_ROOM = "SELECT i.id, i.revision, i.visit_id, i.body, k.wrapped FROM engagements e JOIN items i ON i.office_id = e.office_id AND i.id = e.source_id \
        LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE e.office_id = $1 AND e.resource_id = $2 AND e.source_kind = 'item' AND e.ends_at > $3 AND e.starts_at < $4 AND e.starts_at > $5 \
        AND i.removed_at IS NULL ORDER BY i.starts_at, i.ends_at, i.id";
    TAKEN_OUT = "SELECT i.id, i.revision - 1 AS revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.visit_id = $2 AND i.removed_at IS NOT NULL ORDER BY i.id";
    REMOVED = "SELECT i.id, i.revision - 1 AS revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.id = $2 AND i.removed_at > $3";
    INSERT = "INSERT INTO items (office_id, id, revision, visit_id, starts_at, ends_at, state, tz_version, body, key_id) \
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "UPDATE items SET revision = $3, starts_at = $4, ends_at = $5, state = $6, tz_version = $7, body = $8, key_id = $9 \
        WHERE office_id = $1 AND id = $2 AND revision = $10 AND removed_at IS NULL";
    PUT_BACK = "UPDATE items SET removed_at = NULL, revision = $3, starts_at = $4, ends_at = $5, state = $6, tz_version = $7, body = $8, key_id = $9 \
        WHERE office_id = $1 AND id = $2 AND revision = $10 AND removed_at IS NOT NULL";
    LAST_OF_REMOVED = "SELECT i.id, i.revision - 1 AS revision, i.visit_id, i.body, k.wrapped FROM items i LEFT JOIN sealing_keys k ON k.office_id = i.office_id AND k.id = i.key_id \
        WHERE i.office_id = $1 AND i.id = $2 AND i.removed_at IS NOT NULL";
    OF_REVISION = "SELECT body FROM revisions WHERE office_id = $1 AND kind = 'item' AND thing_id = $2 AND revision = $3";
    KEY = "SELECT wrapped FROM sealing_keys WHERE office_id = $1 AND id = $2";
    REMOVE = "UPDATE items SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
    CLEAR_PEOPLE = "DELETE FROM item_people WHERE office_id = $1 AND item_id = $2";
    ADD_PERSON = "INSERT INTO item_people (office_id, item_id, person_id) VALUES ($1, $2, $3)";
}

/// No line is longer: the index is searched no further back.
pub(crate) const LONGEST_LINE: TimeDelta = TimeDelta::hours(LONGEST_LINE_HOURS as i64);

/// No line takes a room longer, with its margins.
pub(crate) const LONGEST_USE: TimeDelta = TimeDelta::minutes(LONGEST_LINE_HOURS as i64 * 60 + 2 * LONGEST_MARGIN_MINUTES as i64);

fn items(context: &RequestContext, rows: Vec<ItemRow>) -> Outcome<Vec<ProgrammeItem>> {
    rows.into_iter().map(|row| row.into_item(context)).collect()
}

/// When the last line starts that has not started yet.
pub(crate) async fn latest(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<DateTime<Utc>>> {
    let latest: Option<(DateTime<Utc>,)> = connection.optional(LATEST, values![context.office_id(), context.now()]).await?;
    Ok(latest.map(|(starts,)| starts))
}

/// The lines of a visit, in their order.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<ProgrammeItem>> {
    items(context, connection.all(OF_VISIT, values![context.office_id(), visit]).await?)
}

/// A line.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: ItemId) -> Outcome<Option<ProgrammeItem>> {
    let row: Option<ItemRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_item(context)).transpose()
}

/// The lines that name a person, between two instants.
pub(crate) async fn of_person(
    context: &RequestContext,
    connection: &mut impl Connection,
    person: PersonId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Outcome<Vec<ProgrammeItem>> {
    items(context, connection.all(OF_PERSON, values![context.office_id(), person, from, until]).await?)
}

/// All lines between two instants.
pub(crate) async fn during(
    context: &RequestContext,
    connection: &mut impl Connection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Outcome<Vec<ProgrammeItem>> {
    items(context, connection.all(DURING, values![context.office_id(), from, until, from - LONGEST_LINE]).await?)
}

/// The lines that take a room between two instants, its margins included.
pub(crate) async fn in_room(
    context: &RequestContext,
    connection: &mut impl Connection,
    room: RoomId,
    during: Span,
) -> Outcome<Vec<ProgrammeItem>> {
    let (from, until) = (during.starts(), during.ends());
    let values = values![context.office_id(), room, from, until, from - LONGEST_USE];
    items(context, connection.all(IN_ROOM, values).await?)
}

/// A line that was taken out of its programme after an instant, as it was then: the removal's own revision has no body.
pub(crate) async fn removed(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: ItemId,
    since: DateTime<Utc>,
) -> Outcome<Option<ProgrammeItem>> {
    let row: Option<ItemRow> = connection.optional(REMOVED, values![context.office_id(), id, since]).await?;
    row.map(|row| row.into_item(context)).transpose()
}

/// A line that was taken out of its programme, as it last was; it has one revision more since.
pub(crate) async fn last_of_removed(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: ItemId,
) -> Outcome<Option<ProgrammeItem>> {
    let row: Option<ItemRow> = connection.optional(LAST_OF_REMOVED, values![context.office_id(), id]).await?;
    row.map(|row| row.into_item(context)).transpose()
}

/// A line as one of its revisions has it; none if it is that of a removal.
///
/// # Errors
/// When there is no such revision, its key was destroyed, or the database refuses.
pub(crate) async fn at_revision(
    context: &RequestContext,
    connection: &mut impl Connection,
    (id, visit): (ItemId, VisitId),
    revision: i64,
) -> Outcome<Option<ProgrammeItem>> {
    let row: Option<(Option<String>,)> = connection.optional(OF_REVISION, values![context.office_id(), id, revision]).await?;
    let Some((body,)) = row else { return Err(Failure::Corrupt { what: "revision of a programme line" }) };
    let Some(body) = body else { return Ok(None) };
    let wrapped: Option<(String,)> = match key_of(&body)? {
        Some(key) => connection.optional(KEY, values![context.office_id(), key]).await?,
        None => None,
    };
    ItemRow::of_revision((id, visit), revision, body, wrapped.map(|(wrapped,)| wrapped)).into_item(context).map(Some)
}

/// The lines that were taken out of a visit's programme, each as it last was.
pub(crate) async fn taken_out(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<ProgrammeItem>> {
    items(context, connection.all(TAKEN_OUT, values![context.office_id(), visit]).await?)
}

/// Writes whom a line takes, named or not: whose own engagements it is among.
pub(crate) async fn set_people(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: ItemId,
    engaged: &BTreeSet<PersonId>,
) -> Outcome<()> {
    transaction.execute(CLEAR_PEOPLE, values![context.office_id(), id]).await?;
    for person in engaged {
        transaction.execute(ADD_PERSON, values![context.office_id(), id, *person]).await?;
    }
    Ok(())
}

/// Writes a new line. `engaged` are all the people it takes, named or not.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    item: &ProgrammeItem,
    engaged: &BTreeSet<PersonId>,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(item.id, 1));
    let body = body_of(&mut sealer, &item.details)?;
    let key = sealer.finish(transaction).await?;
    let span = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?;
    let version = context.zones().version();
    let state = item.details.state.word();
    let values = values![context.office_id(), item.id, item.visit, span.starts(), span.ends(), state, version, body.as_str(), key];
    transaction.execute(INSERT, values).await?;
    set_people(context, transaction, item.id, engaged).await?;
    revisions::append(transaction, context, ThingKind::Item, item.id.uuid(), 1, Some(&body)).await
}

/// Writes a line anew, if it is still the one that was seen.
pub(crate) async fn update<A: ChangesLines>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    seen: &ProgrammeItem,
    details: &ItemDetails,
    engaged: &BTreeSet<PersonId>,
) -> Outcome<(i64, Digest)> {
    rewrite(context, transaction, UPDATE, (seen.id, seen.revision), details, engaged).await
}

/// Puts a line that was taken out back into its programme, if nobody did since. It bears the revision of its removal.
pub(crate) async fn put_back(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    gone: &ProgrammeItem,
    engaged: &BTreeSet<PersonId>,
) -> Outcome<(i64, Digest)> {
    rewrite(context, transaction, PUT_BACK, (gone.id, gone.revision), &gone.details, engaged).await
}

/// Writes the next revision of a line by one of the two statements that do.
async fn rewrite(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    statement: &'static str,
    (id, seen): (ItemId, i64),
    details: &ItemDetails,
    engaged: &BTreeSet<PersonId>,
) -> Outcome<(i64, Digest)> {
    let revision = seen + 1;
    let mut sealer = Sealer::new(context, row(id, revision));
    let body = body_of(&mut sealer, details)?;
    let key = sealer.finish(transaction).await?;
    let span = details.span().ok_or(Failure::Corrupt { what: "programme line" })?;
    let version = context.zones().version();
    let state = details.state.word();
    let values = values![context.office_id(), id, revision, span.starts(), span.ends(), state, version, body.as_str(), key, seen];
    if transaction.execute(statement, values).await? != 1 {
        return Err(Failure::Stale);
    }
    set_people(context, transaction, id, engaged).await?;
    let digest = revisions::append(transaction, context, ThingKind::Item, id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Takes a line out of its programme; its revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<EditProgramme>,
    seen: &ProgrammeItem,
) -> Outcome<Digest> {
    let values = values![context.office_id(), seen.id, context.now(), seen.revision];
    if transaction.execute(REMOVE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    transaction.execute(CLEAR_PEOPLE, values![context.office_id(), seen.id]).await?;
    revisions::append(transaction, context, ThingKind::Item, seen.id.uuid(), seen.revision + 1, None).await
}
