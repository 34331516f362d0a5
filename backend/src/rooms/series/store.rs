//! The statements of series.

use super::rows::{SeriesRow, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{BookRoom, Permit},
    revisions,
    rooms::bookings::BookingPermit,
    statements, values,
};
use domain::{audit::ThingKind, ids::SeriesId, rooms::series::Series};

statements! {
    ONE = "SELECT s.id, s.revision, s.room_id, s.made_by, s.body, k.wrapped FROM series s LEFT JOIN sealing_keys k ON k.office_id = s.office_id AND k.id = s.key_id \
        WHERE s.office_id = $1 AND s.id = $2 AND s.removed_at IS NULL";
    INSERT = "INSERT INTO series (office_id, id, revision, room_id, made_by, body, key_id) VALUES ($1, $2, 1, $3, $4, $5, $6)";
    UPDATE = "UPDATE series SET revision = $3, room_id = $4, body = $5, key_id = $6 WHERE office_id = $1 AND id = $2 AND revision = $7 AND removed_at IS NULL";
    REMOVE = "UPDATE series SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
}

/// A series.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: SeriesId) -> Outcome<Option<Series>> {
    let row: Option<SeriesRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_series(context)).transpose()
}

/// Writes a new series.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<BookRoom>,
    series: &Series,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(series.id, 1));
    let body = body_of(&mut sealer, series)?;
    let key = sealer.finish(transaction).await?;
    let values = values![context.office_id(), series.id, series.model.room, series.model.made_by, body.as_str(), key];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Series, series.id.uuid(), 1, Some(&body)).await
}

/// Writes a series anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &BookingPermit,
    changed: &Series,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let mut sealer = Sealer::new(context, row(changed.id, revision));
    let body = body_of(&mut sealer, changed)?;
    let key = sealer.finish(transaction).await?;
    let values = values![context.office_id(), changed.id, revision, changed.model.room, body.as_str(), key, changed.revision];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Series, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Ends a series of which nothing is left; its revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &BookingPermit,
    seen: &Series,
) -> Outcome<Digest> {
    let values = values![context.office_id(), seen.id, context.now(), seen.revision];
    if transaction.execute(REMOVE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Series, seen.id.uuid(), seen.revision + 1, None).await
}
