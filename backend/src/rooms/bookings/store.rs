//! The statements of bookings.

use super::{
    BookingPermit,
    rows::{BookingRow, body_of, row},
};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{BookRoom, Permit},
    revisions, statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::ThingKind,
    ids::{AccountId, BookingId, RoomId, SeriesId},
    rooms::{Booking, BookingState, LONGEST_BOOKING_HOURS},
    time::Span,
};

statements! {
    LATEST = "SELECT starts_at FROM bookings WHERE office_id = $1 AND starts_at > $2 AND removed_at IS NULL ORDER BY starts_at DESC LIMIT 1";
    ONE = "SELECT b.id, b.revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.id = $2 AND b.removed_at IS NULL";
    DURING = "SELECT b.id, b.revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.ends_at > $2 AND b.starts_at < $3 AND b.starts_at > $4 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
    OF_ROOM = "SELECT b.id, b.revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.room_id = $2 AND b.ends_at > $3 AND b.starts_at < $4 AND b.starts_at > $5 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
    OF_MAKER = "SELECT b.id, b.revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.made_by = $2 AND b.ends_at > $3 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
    REMOVED = "SELECT b.id, b.revision - 1 AS revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b \
        LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id WHERE b.office_id = $1 AND b.id = $2 AND b.removed_at > $3";
    OF_SERIES = "SELECT b.id, b.revision, b.room_id, b.made_by, b.series_id, b.series_on, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.series_id = $2 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
    INSERT = "INSERT INTO bookings (office_id, id, revision, room_id, starts_at, ends_at, state, made_by, body, key_id, series_id, series_on) \
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UPDATE = "UPDATE bookings SET revision = $3, room_id = $4, starts_at = $5, ends_at = $6, state = $7, body = $8, key_id = $9, series_id = $11, series_on = $12 \
        WHERE office_id = $1 AND id = $2 AND revision = $10 AND removed_at IS NULL";
    REMOVE = "UPDATE bookings SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
}

/// No booking is longer: the index is searched no further back.
const LONGEST: TimeDelta = TimeDelta::hours(LONGEST_BOOKING_HOURS as i64);

const fn state_word(state: BookingState) -> &'static str {
    match state {
        BookingState::Firm => "firm",
        BookingState::Held => "held",
    }
}

/// When the last booking starts that has not started yet.
pub(crate) async fn latest(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<DateTime<Utc>>> {
    let latest: Option<(DateTime<Utc>,)> = connection.optional(LATEST, values![context.office_id(), context.now()]).await?;
    Ok(latest.map(|(starts,)| starts))
}

/// A booking.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: BookingId) -> Outcome<Option<Booking>> {
    let row: Option<BookingRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_booking(context)).transpose()
}

/// The bookings that share an instant with a window, of one room or of all, by start.
pub(crate) async fn during(
    context: &RequestContext,
    connection: &mut impl Connection,
    room: Option<RoomId>,
    window: Span,
) -> Outcome<Vec<Booking>> {
    let (starts, ends) = (window.starts(), window.ends());
    let rows: Vec<BookingRow> = match room {
        None => connection.all(DURING, values![context.office_id(), starts, ends, starts - LONGEST]).await?,
        Some(room) => connection.all(OF_ROOM, values![context.office_id(), room, starts, ends, starts - LONGEST]).await?,
    };
    rows.into_iter().map(|row| row.into_booking(context)).collect()
}

/// The bookings somebody has made that end after an instant, by start.
pub(crate) async fn of_maker(
    context: &RequestContext,
    connection: &mut impl Connection,
    account: AccountId,
    after: DateTime<Utc>,
) -> Outcome<Vec<Booking>> {
    let rows: Vec<BookingRow> = connection.all(OF_MAKER, values![context.office_id(), account, after]).await?;
    rows.into_iter().map(|row| row.into_booking(context)).collect()
}

/// The bookings of a series, by start.
pub(crate) async fn of_series(context: &RequestContext, connection: &mut impl Connection, series: SeriesId) -> Outcome<Vec<Booking>> {
    let rows: Vec<BookingRow> = connection.all(OF_SERIES, values![context.office_id(), series]).await?;
    rows.into_iter().map(|row| row.into_booking(context)).collect()
}

/// A booking that was cancelled after an instant, as it last was.
pub(crate) async fn removed(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: BookingId,
    since: DateTime<Utc>,
) -> Outcome<Option<Booking>> {
    let row: Option<BookingRow> = connection.optional(REMOVED, values![context.office_id(), id, since]).await?;
    row.map(|row| row.into_booking(context)).transpose()
}

/// Writes a new booking.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<BookRoom>,
    booking: &Booking,
) -> Outcome<Digest> {
    let mut sealer = Sealer::new(context, row(booking.id, 1));
    let body = body_of(&mut sealer, booking)?;
    let key = sealer.finish(transaction).await?;
    let values = values![
        context.office_id(),
        booking.id,
        booking.room,
        booking.starts.at(),
        booking.ends.at(),
        state_word(booking.state),
        booking.made_by,
        body.as_str(),
        key,
        booking.series.map(|of| of.series),
        booking.series.map(|of| of.on.to_string())
    ];
    transaction.execute(INSERT, values).await?;
    revisions::append(transaction, context, ThingKind::Booking, booking.id.uuid(), 1, Some(&body)).await
}

/// Writes a booking anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &BookingPermit,
    changed: &Booking,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let mut sealer = Sealer::new(context, row(changed.id, revision));
    let body = body_of(&mut sealer, changed)?;
    let key = sealer.finish(transaction).await?;
    let values = values![
        context.office_id(),
        changed.id,
        revision,
        changed.room,
        changed.starts.at(),
        changed.ends.at(),
        state_word(changed.state),
        body.as_str(),
        key,
        changed.revision,
        changed.series.map(|of| of.series),
        changed.series.map(|of| of.on.to_string())
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Booking, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Cancels a booking; its revisions stay.
pub(crate) async fn remove(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &BookingPermit,
    seen: &Booking,
) -> Outcome<Digest> {
    let values = values![context.office_id(), seen.id, context.now(), seen.revision];
    if transaction.execute(REMOVE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Booking, seen.id.uuid(), seen.revision + 1, None).await
}
