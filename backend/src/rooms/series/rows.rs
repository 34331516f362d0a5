//! Series as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer},
    rooms::bookings::rows::{BookingBody, Columns},
};
use domain::{
    ids::{AccountId, BookingId, RoomId, SeriesId},
    rooms::series::{Recurrence, Series},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A series' row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct SeriesRow {
    id: Uuid,
    revision: i64,
    room_id: Uuid,
    made_by: Option<Uuid>,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SeriesBody {
    recurrence: Recurrence,
    booking: BookingBody,
}

const TABLE: &str = "series";
const WHAT: &str = "series";

impl SeriesRow {
    /// The series.
    pub(crate) fn into_series(self, context: &RequestContext) -> Outcome<Series> {
        let body: SeriesBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: WHAT })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let columns = Columns {
            id: BookingId(self.id),
            revision: self.revision,
            room: RoomId(self.room_id),
            made_by: self.made_by.map(AccountId),
            series: None,
        };
        let model = body.booking.into_booking(&opener, columns)?;
        Ok(Series { id: SeriesId(self.id), revision: self.revision, recurrence: body.recurrence, model })
    }
}

/// The stored form of a series' revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, series: &Series) -> Outcome<String> {
    let body = SeriesBody { recurrence: series.recurrence.clone(), booking: BookingBody::of(sealer, &series.model)? };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: WHAT })
}

/// The row of a series, for its sealer.
pub(crate) const fn row(id: SeriesId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
