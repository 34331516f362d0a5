//! Bookings of rooms beside any programme.

use crate::{
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    parts::{Opener, Row, StoredPart},
    programme::rows::StoredMoment,
    statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{BookingId, RoomId},
    marking::Scope,
    rooms::{Booking, BookingState, Layout},
    text::Title,
    time::Span,
};
use serde::{Deserialize, Serialize};

statements! {
    ONE = "SELECT b.id, b.revision, b.room_id, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.id = $2 AND b.removed_at IS NULL";
    OF_ROOM = "SELECT b.id, b.revision, b.room_id, b.body, k.wrapped FROM bookings b LEFT JOIN sealing_keys k ON k.office_id = b.office_id AND k.id = b.key_id \
        WHERE b.office_id = $1 AND b.room_id = $2 AND b.ends_at > $3 AND b.starts_at < $4 AND b.removed_at IS NULL ORDER BY b.starts_at, b.ends_at, b.id";
}

/// A booking's row, with its sealing key.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct BookingRow {
    id: uuid::Uuid,
    revision: i64,
    room_id: uuid::Uuid,
    body: String,
    wrapped: Option<String>,
}

/// A booking's body.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BookingBody {
    starts: StoredMoment,
    ends: StoredMoment,
    layout: Option<Layout>,
    people: Option<u32>,
    state: BookingState,
    hold_until: Option<DateTime<Utc>>,
    purpose: StoredPart<Title>,
}

const TABLE: &str = "bookings";

impl BookingRow {
    fn into_booking(self, context: &RequestContext) -> Outcome<Booking> {
        let body: BookingBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "booking" })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        Ok(Booking {
            id: BookingId(self.id),
            revision: self.revision,
            room: RoomId(self.room_id),
            starts: body.starts.try_into()?,
            ends: body.ends.try_into()?,
            layout: body.layout,
            people: body.people,
            state: body.state,
            hold_until: body.hold_until,
            purpose: opener.part("purpose", Scope::Office, body.purpose)?,
        })
    }
}

/// A booking.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: BookingId) -> Outcome<Option<Booking>> {
    let row: Option<BookingRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_booking(context)).transpose()
}

/// The bookings of a room that share an instant with a span.
pub(crate) async fn of_room(
    context: &RequestContext,
    connection: &mut impl Connection,
    room: RoomId,
    during: Span,
) -> Outcome<Vec<Booking>> {
    let values = values![context.office_id(), room, during.starts(), during.ends()];
    let rows: Vec<BookingRow> = connection.all(OF_ROOM, values).await?;
    rows.into_iter().map(|row| row.into_booking(context)).collect()
}
