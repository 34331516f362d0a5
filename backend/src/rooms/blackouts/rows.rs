//! Blackouts as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
    programme::rows::StoredMoment,
};
use domain::{
    ids::{BlackoutId, RoomId, SiteId},
    marking::{Scope, Sealing},
    rooms::blackouts::{Blackout, BlackoutOf},
    text::Title,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A blackout's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct BlackoutRow {
    id: Uuid,
    revision: i64,
    room_id: Option<Uuid>,
    site_id: Option<Uuid>,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct BlackoutBody {
    starts: StoredMoment,
    ends: StoredMoment,
    cause: StoredPart<Title>,
}

const TABLE: &str = "blackouts";
const WHAT: &str = "blackout";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

/// What is blacked out, out of the two columns of which one is filled.
pub(super) fn blackout_of(room: Option<Uuid>, site: Option<Uuid>) -> Outcome<BlackoutOf> {
    match (room, site) {
        (Some(room), None) => Ok(BlackoutOf::Room(RoomId(room))),
        (None, Some(site)) => Ok(BlackoutOf::Site(SiteId(site))),
        (None, None) | (Some(_), Some(_)) => Err(Failure::Corrupt { what: WHAT }),
    }
}

impl BlackoutRow {
    /// The blackout.
    pub(crate) fn into_blackout(self, context: &RequestContext) -> Outcome<Blackout> {
        let body: BlackoutBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: WHAT })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        Ok(Blackout {
            id: BlackoutId(self.id),
            revision: self.revision,
            of: blackout_of(self.room_id, self.site_id)?,
            starts: body.starts.try_into()?,
            ends: body.ends.try_into()?,
            cause: opener.part("cause", Scope::Office, body.cause)?,
        })
    }
}

/// The stored form of a blackout's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, blackout: &Blackout) -> Outcome<String> {
    let body = BlackoutBody {
        starts: (&blackout.starts).into(),
        ends: (&blackout.ends).into(),
        cause: sealer.part("cause", &blackout.cause, &PROOF)?,
    };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: WHAT })
}

/// The row of a blackout, for its sealer.
pub(crate) const fn row(id: BlackoutId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
