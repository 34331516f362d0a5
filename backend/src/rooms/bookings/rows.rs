//! Bookings as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
    programme::rows::StoredMoment,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, BookingId, RoomId},
    marking::{Scope, Sealing},
    rooms::{Booking, BookingState, Feature, HoldKind, Layout, terms::RoomNeeds},
    text::Title,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A booking's row, with its sealing key.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct BookingRow {
    id: Uuid,
    revision: i64,
    room_id: Uuid,
    made_by: Option<Uuid>,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct BookingBody {
    starts: StoredMoment,
    ends: StoredMoment,
    layout: Option<Layout>,
    people: Option<u32>,
    #[serde(default)]
    features: Vec<Feature>,
    #[serde(default)]
    sweep: bool,
    state: BookingState,
    #[serde(default)]
    hold: HoldKind,
    hold_until: Option<DateTime<Utc>>,
    purpose: StoredPart<Title>,
}

const TABLE: &str = "bookings";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl BookingRow {
    /// The booking.
    pub(crate) fn into_booking(self, context: &RequestContext) -> Outcome<Booking> {
        let body: BookingBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "booking" })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let booking = Booking {
            id: BookingId(self.id),
            revision: self.revision,
            room: RoomId(self.room_id),
            starts: body.starts.try_into()?,
            ends: body.ends.try_into()?,
            needs: RoomNeeds { layout: body.layout, people: body.people, features: body.features, sweep: body.sweep },
            state: body.state,
            hold: body.hold,
            hold_until: body.hold_until,
            approval: None,
            has_lapsed: false,
            purpose: opener.part("purpose", Scope::Office, body.purpose)?,
            made_by: self.made_by.map(AccountId),
        };
        Ok(Booking { has_lapsed: booking.lapses_by(context.now()), ..booking })
    }
}

/// The stored form of a booking's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, booking: &Booking) -> Outcome<String> {
    let body = BookingBody {
        starts: (&booking.starts).into(),
        ends: (&booking.ends).into(),
        layout: booking.needs.layout,
        people: booking.needs.people,
        features: booking.needs.features.clone(),
        sweep: booking.needs.sweep,
        state: booking.state,
        hold: booking.hold,
        hold_until: booking.hold_until,
        purpose: sealer.part("purpose", &booking.purpose, &PROOF)?,
    };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "booking" })
}

/// The row of a booking, for its sealer.
pub(crate) const fn row(id: BookingId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
