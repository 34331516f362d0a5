//! Lines as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{ItemId, VisitId},
    marking::{Marked, Marking, Scope, Sealing},
    programme::{ItemDetails, ItemKind, ItemState, ItemTime, Movement, Participant, PressTerms, ProgrammeItem, Whereabouts, day::Actual},
    text::{Label, Prose, Title},
    time::{Moment, Offset, WallTime, ZoneName},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A line's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct ItemRow {
    id: Uuid,
    revision: i64,
    visit_id: Uuid,
    body: String,
    wrapped: Option<String>,
}

/// A line's body.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ItemBody {
    kind: ItemKind,
    state: ItemState,
    hold_until: Option<DateTime<Utc>>,
    existence: Marking,
    time: StoredPart<StoredTime>,
    title: StoredPart<Title>,
    cover: Option<StoredPart<Title>>,
    place: StoredPart<Whereabouts>,
    people: StoredPart<Vec<Participant>>,
    movement: StoredPart<Option<Movement>>,
    press: StoredPart<PressTerms>,
    dress: Option<Label>,
    notes: StoredPart<Option<Prose>>,
    drop_by: bool,
    #[serde(default)]
    fixed: bool,
}

/// A moment as it is stored: as agreed, with the offset that was computed or chosen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredMoment {
    local: WallTime,
    zone: ZoneName,
    offset: i32,
}

impl From<&Moment> for StoredMoment {
    fn from(moment: &Moment) -> Self {
        Self { local: moment.local, zone: moment.zone.clone(), offset: moment.offset.seconds() }
    }
}

impl TryFrom<StoredMoment> for Moment {
    type Error = Failure;

    fn try_from(stored: StoredMoment) -> Outcome<Self> {
        let offset = Offset::from_seconds(stored.offset).ok_or(Failure::Corrupt { what: "offset" })?;
        Ok(Self { local: stored.local, zone: stored.zone, offset })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct StoredTime {
    starts: StoredMoment,
    ends: StoredMoment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    begun_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
}

const TABLE: &str = "items";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl ItemRow {
    /// A line's row as one of its revisions has it.
    pub(crate) fn of_revision((id, visit): (ItemId, VisitId), revision: i64, body: String, wrapped: Option<String>) -> Self {
        Self { id: id.uuid(), revision, visit_id: visit.uuid(), body, wrapped }
    }

    /// The line.
    pub(crate) fn into_item(self, context: &RequestContext) -> Outcome<ProgrammeItem> {
        let body: ItemBody = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "programme line" })?;
        let row = Row { table: TABLE, id: self.id, revision: self.revision };
        let opener = Opener::new(context, row, self.wrapped.as_deref())?;
        let (id, visit) = (ItemId(self.id), VisitId(self.visit_id));
        let line = || Scope::Line(visit, id);
        let whole = || Scope::Visit(visit);
        let stored_time = opener.part("time", line(), body.time)?;
        let mut broken = None;
        let time = stored_time.clone().map(|stored| {
            let read = Moment::try_from(stored.starts).and_then(|starts| Ok((starts, Moment::try_from(stored.ends)?)));
            let actual = Actual { begun_at: stored.begun_at, ended_at: stored.ended_at };
            read.map(|(starts, ends)| Some(ItemTime::new(starts, ends)?.with_actual(actual))).unwrap_or_else(|failure| {
                broken = Some(failure);
                None
            })
        });
        let time = transposed(time).ok_or_else(|| broken.unwrap_or(Failure::Corrupt { what: "programme line" }))?;
        Ok(ProgrammeItem {
            id,
            revision: self.revision,
            visit,
            details: ItemDetails {
                kind: body.kind,
                state: body.state,
                hold_until: body.hold_until,
                existence: body.existence,
                time,
                title: opener.part("title", line(), body.title)?,
                cover: body.cover.map(|cover| opener.part("cover", Scope::Office, cover)).transpose()?,
                place: opener.part("place", line(), body.place)?,
                people: opener.part("people", line(), body.people)?,
                movement: opener.part("movement", whole(), body.movement)?,
                press: opener.part("press", line(), body.press)?,
                dress: body.dress,
                notes: opener.part("notes", whole(), body.notes)?,
                drop_by: body.drop_by,
                fixed: body.fixed,
            },
        })
    }
}

/// The key that a revision's sealed parts are under, if it has any: one for all of them.
pub(crate) fn key_of(body: &str) -> Outcome<Option<Uuid>> {
    let body: ItemBody = serde_json::from_str(body).map_err(|_| Failure::Corrupt { what: "programme line" })?;
    let keys = [
        body.title.key(),
        body.cover.as_ref().and_then(StoredPart::key),
        body.place.key(),
        body.movement.key(),
        body.press.key(),
        body.notes.key(),
    ];
    Ok(keys.into_iter().flatten().next().map(|key| key.uuid()))
}

fn transposed<T>(marked: Marked<Option<T>>) -> Option<Marked<T>> {
    let (marking, scope, named) = (marked.marking(), marked.scope().clone(), marked.named().clone());
    let mut inner = None;
    let _emptied = marked.map(|value| inner = value);
    inner.map(|value| Marked::with_list(marking, scope, named, value))
}

/// The stored form of a line's revision; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, details: &ItemDetails) -> Outcome<String> {
    let time = details.time.clone().map(|time| {
        let Actual { begun_at, ended_at } = time.actual();
        StoredTime { starts: time.starts().into(), ends: time.ends().into(), begun_at, ended_at }
    });
    let body = ItemBody {
        kind: details.kind,
        state: details.state,
        hold_until: details.hold_until,
        existence: details.existence,
        time: Sealer::clear_part(&time, &PROOF),
        title: sealer.part("title", &details.title, &PROOF)?,
        cover: details.cover.as_ref().map(|cover| sealer.part("cover", cover, &PROOF)).transpose()?,
        place: sealer.part("place", &details.place, &PROOF)?,
        people: Sealer::clear_part(&details.people, &PROOF),
        movement: sealer.part("movement", &details.movement, &PROOF)?,
        press: sealer.part("press", &details.press, &PROOF)?,
        dress: details.dress.clone(),
        notes: sealer.part("notes", &details.notes, &PROOF)?,
        drop_by: details.drop_by,
        fixed: details.fixed,
    };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "programme line" })
}

/// The row of a line, for its sealer.
pub(crate) const fn row(id: ItemId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
