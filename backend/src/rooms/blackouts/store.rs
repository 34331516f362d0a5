//! The statements of blackouts.

use super::rows::{BlackoutRow, blackout_of, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{ManageRooms, Permit},
    revisions, statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    audit::ThingKind,
    ids::{BlackoutId, RoomId, SiteId},
    rooms::blackouts::{Blackout, BlackoutOf},
    time::Span,
};
use uuid::Uuid;

statements! {
    LATEST = "SELECT starts_at FROM blackouts WHERE office_id = $1 AND starts_at > $2 AND removed_at IS NULL ORDER BY starts_at DESC LIMIT 1";
    ONE = "SELECT b.id, b.revision, b.room_id, b.site_id, b.body, k.wrapped FROM blackouts b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.id = $2 AND b.removed_at IS NULL";
    DURING = "SELECT b.id, b.revision, b.room_id, b.site_id, b.body, k.wrapped FROM blackouts b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.ends_at > $2 AND b.starts_at < $3 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
    SPANS = "SELECT room_id, site_id, starts_at, ends_at FROM blackouts \
        WHERE office_id = $1 AND ends_at > $2 AND starts_at < $3 AND removed_at IS NULL ORDER BY starts_at, ends_at, id";
    INSERT = "INSERT INTO blackouts (office_id, id, revision, room_id, site_id, starts_at, ends_at, body, key_id) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8)";
    UPDATE = "UPDATE blackouts SET revision = $3, room_id = $4, site_id = $5, starts_at = $6, ends_at = $7, body = $8, key_id = $9 \
        WHERE office_id = $1 AND id = $2 AND revision = $10 AND removed_at IS NULL";
    REMOVE = "UPDATE blackouts SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
}

const fn columns_of(of: BlackoutOf) -> (Option<RoomId>, Option<SiteId>) {
    match of {
        BlackoutOf::Room(room) => (Some(room), None),
        BlackoutOf::Site(site) => (None, Some(site)),
    }
}

/// When the last blackout starts that has not started yet.
pub(crate) async fn latest(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<DateTime<Utc>>> {
    let latest: Option<(DateTime<Utc>,)> = connection.optional(LATEST, values![context.office_id(), context.now()]).await?;
    Ok(latest.map(|(starts,)| starts))
}

/// A blackout.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: BlackoutId) -> Outcome<Option<Blackout>> {
    let row: Option<BlackoutRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_blackout(context)).transpose()
}

/// The blackouts that share an instant with a window, by start.
pub(crate) async fn during(context: &RequestContext, connection: &mut impl Connection, window: Span) -> Outcome<Vec<Blackout>> {
    let rows: Vec<BlackoutRow> = connection.all(DURING, values![context.office_id(), window.starts(), window.ends()]).await?;
    rows.into_iter().map(|row| row.into_blackout(context)).collect()
}

#[derive(sqlx_macros::FromRow)]
struct SpanRow {
    room_id: Option<Uuid>,
    site_id: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// What is blacked out within a window, and when; why is left alone.
pub(crate) async fn spans(context: &RequestContext, connection: &mut impl Connection, window: Span) -> Outcome<Vec<(BlackoutOf, Span)>> {
    let rows: Vec<SpanRow> = connection.all(SPANS, values![context.office_id(), window.starts(), window.ends()]).await?;
    let spans = rows.into_iter().map(|row| {
        let span = Span::new(row.starts_at, row.ends_at).ok_or(Failure::Corrupt { what: "blackout" })?;
        Ok((blackout_of(row.room_id, row.site_id)?, span))
    });
    spans.collect()
}

/// Writes a new blackout.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    blackout: &Blackout,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(blackout.id, 1));
    let body = body_of(&mut sealer, blackout)?;
    let key = sealer.finish(transaction).await?;
    let (room, site) = columns_of(blackout.of);
    let values = values![context.office_id(), blackout.id, room, site, blackout.starts.at(), blackout.ends.at(), body.as_str(), key];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Blackout, blackout.id.uuid(), 1, Some(&body)).await
}

/// Writes a blackout anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    changed: &Blackout,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let mut sealer = Sealer::new(context, row(changed.id, revision));
    let body = body_of(&mut sealer, changed)?;
    let key = sealer.finish(transaction).await?;
    let (room, site) = columns_of(changed.of);
    let values = values![
        context.office_id(),
        changed.id,
        revision,
        room,
        site,
        changed.starts.at(),
        changed.ends.at(),
        body.as_str(),
        key,
        changed.revision
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Blackout, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Takes a blackout back; its revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    seen: &Blackout,
) -> Outcome<Digest> {
    let values = values![context.office_id(), seen.id, context.now(), seen.revision];
    if transaction.execute(REMOVE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Blackout, seen.id.uuid(), seen.revision + 1, None).await
}
