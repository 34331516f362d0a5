//! Bookings as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
    programme::rows::StoredMoment,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, BookingId, RoomId, SeriesId},
    marking::{Scope, Sealing},
    rooms::{
        Booking, BookingState, Feature, HoldKind, Layout,
        series::{InSeries, SeriesDay},
        terms::RoomNeeds,
    },
    text::Title,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A booking's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct BookingRow {
    id: Uuid,
    revision: i64,
    room_id: Uuid,
    made_by: Option<Uuid>,
    series_id: Option<Uuid>,
    series_on: Option<String>,
    body: String,
    wrapped: Option<String>,
}

/// What is stored of a booking beside its columns; of a series too, as what each of its bookings is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BookingBody {
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_detached: bool,
}

/// What the columns say of a booking.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) id: BookingId,
    pub(crate) revision: i64,
    pub(crate) room: RoomId,
    pub(crate) made_by: Option<AccountId>,
    pub(crate) series: Option<(SeriesId, SeriesDay)>,
}

const TABLE: &str = "bookings";
const WHAT: &str = "booking";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl BookingRow {
    /// The booking.
    pub(crate) fn into_booking(self, context: &RequestContext) -> Outcome<Booking> {
        let body: BookingBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: WHAT })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let on = self.series_on.map(|on| on.parse::<SeriesDay>().map_err(|_| Failure::Corrupt { what: WHAT })).transpose()?;
        let booking = body.into_booking(
            &opener,
            Columns {
                id: BookingId(self.id),
                revision: self.revision,
                room: RoomId(self.room_id),
                made_by: self.made_by.map(AccountId),
                series: self.series_id.map(SeriesId).zip(on),
            },
        )?;
        Ok(Booking { has_lapsed: booking.lapses_by(context.now()), ..booking })
    }
}

impl BookingBody {
    /// The stored form of a booking; the sealer keeps the key that was needed.
    pub(crate) fn of(sealer: &mut Sealer<'_>, booking: &Booking) -> Outcome<Self> {
        Ok(Self {
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
            is_detached: booking.series.is_some_and(|of| of.is_detached),
        })
    }

    /// The booking of which this is stored.
    pub(crate) fn into_booking(self, opener: &Opener, columns: Columns) -> Outcome<Booking> {
        let is_detached = self.is_detached;
        Ok(Booking {
            id: columns.id,
            revision: columns.revision,
            room: columns.room,
            starts: self.starts.try_into()?,
            ends: self.ends.try_into()?,
            needs: RoomNeeds { layout: self.layout, people: self.people, features: self.features, sweep: self.sweep },
            state: self.state,
            hold: self.hold,
            hold_until: self.hold_until,
            approval: None,
            has_lapsed: false,
            purpose: opener.part("purpose", Scope::Office, self.purpose)?,
            made_by: columns.made_by,
            series: columns.series.map(|(series, on)| InSeries { series, on, is_detached }),
        })
    }
}

/// The stored form of a booking's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, booking: &Booking) -> Outcome<String> {
    serde_json::to_string(&BookingBody::of(sealer, booking)?).map_err(|_| Failure::Corrupt { what: WHAT })
}

/// The row of a booking, for its sealer.
pub(crate) const fn row(id: BookingId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
