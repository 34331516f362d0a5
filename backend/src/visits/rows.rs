//! Visits as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
};
use domain::{
    ids::{AccountId, MissionId, VisitId},
    marking::{Marking, Scope, Sealing},
    text::{Prose, Title},
    time::ZoneName,
    visits::{Direction, Parties, Visit, VisitCategory, VisitDates, VisitDetails, VisitState},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A visit's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct VisitRow {
    id: Uuid,
    revision: i64,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct VisitBody {
    direction: Direction,
    category: VisitCategory,
    state: VisitState,
    existence: Marking,
    title: StoredPart<Title>,
    cover: Option<StoredPart<Title>>,
    dates: StoredPart<VisitDates>,
    parties: StoredPart<Parties>,
    zone: ZoneName,
    place: Title,
    capital_zone: ZoneName,
    capital: Title,
    remarks: StoredPart<Option<Prose>>,
    missions: Vec<MissionId>,
    made_by: Option<AccountId>,
}

const TABLE: &str = "visits";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl VisitRow {
    /// The visit.
    pub(crate) fn into_visit(self, context: &RequestContext) -> Outcome<Visit> {
        let body: VisitBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "visit" })?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let id = VisitId(self.id);
        let scope = || Scope::Visit(id);
        Ok(Visit {
            id,
            revision: self.revision,
            details: VisitDetails {
                direction: body.direction,
                category: body.category,
                state: body.state,
                existence: body.existence,
                title: opener.part("title", scope(), body.title)?,
                cover: body.cover.map(|cover| opener.part("cover", Scope::Office, cover)).transpose()?,
                dates: opener.part("dates", scope(), body.dates)?,
                parties: opener.part("parties", scope(), body.parties)?,
                zone: body.zone,
                place: body.place,
                capital_zone: body.capital_zone,
                capital: body.capital,
                remarks: opener.part("remarks", scope(), body.remarks)?,
                missions: body.missions,
                made_by: body.made_by,
            },
        })
    }
}

/// The stored form of a visit's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, details: &VisitDetails) -> Outcome<String> {
    let body = VisitBody {
        direction: details.direction,
        category: details.category,
        state: details.state,
        existence: details.existence,
        title: sealer.part("title", &details.title, &PROOF)?,
        cover: details.cover.as_ref().map(|cover| sealer.part("cover", cover, &PROOF)).transpose()?,
        dates: Sealer::clear_part(&details.dates, &PROOF),
        parties: Sealer::clear_part(&details.parties, &PROOF),
        zone: details.zone.clone(),
        place: details.place.clone(),
        capital_zone: details.capital_zone.clone(),
        capital: details.capital.clone(),
        remarks: sealer.part("remarks", &details.remarks, &PROOF)?,
        missions: details.missions.clone(),
        made_by: details.made_by,
    };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "visit" })
}

/// The row of a visit, for its sealer.
pub(crate) const fn row(id: VisitId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
