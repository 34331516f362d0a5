//! The statements of approvals.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::{rows::source_of, store::source_parts},
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer},
    sealing::SealedText,
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clash::Source,
    ids::{AccountId, ApprovalId, BookingId, ItemId, RoomId, VisitId},
    marking::Marking,
    rooms::approval::Approving,
    text::Prose,
    time::Span,
};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    ONE = "SELECT a.id, a.source_kind, a.source_id, a.room_id, a.starts_at, a.ends_at, a.standing, a.asked_by, a.other_kind, a.other_id, a.sealed, k.wrapped \
        FROM approvals a LEFT JOIN sealing_keys k ON k.office_id = a.office_id AND k.id = a.key_id WHERE a.office_id = $1 AND a.id = $2";
    OF_SOURCE = "SELECT a.id, a.source_kind, a.source_id, a.room_id, a.starts_at, a.ends_at, a.standing, a.asked_by, a.other_kind, a.other_id, a.sealed, k.wrapped \
        FROM approvals a LEFT JOIN sealing_keys k ON k.office_id = a.office_id AND k.id = a.key_id WHERE a.office_id = $1 AND a.source_kind = $2 AND a.source_id = $3";
    OF_VISIT = "SELECT a.id, a.source_kind, a.source_id, a.room_id, a.starts_at, a.ends_at, a.standing, a.asked_by, a.other_kind, a.other_id, a.sealed, k.wrapped \
        FROM approvals a LEFT JOIN sealing_keys k ON k.office_id = a.office_id AND k.id = a.key_id WHERE a.office_id = $1 AND a.visit_id = $2 AND a.source_kind = 'item'";
    AWAITED = "SELECT a.id, a.source_kind, a.source_id, a.room_id, a.starts_at, a.ends_at, a.standing, a.asked_by, a.other_kind, a.other_id, a.sealed, k.wrapped \
        FROM approvals a JOIN engagements e ON e.office_id = a.office_id AND e.source_id = a.source_id AND e.source_kind = a.source_kind AND e.resource_id = a.room_id \
        LEFT JOIN sealing_keys k ON k.office_id = a.office_id AND k.id = a.key_id \
        WHERE a.office_id = $1 AND a.standing = 'awaited' AND e.hold_until > $2 ORDER BY a.starts_at, a.id";
    AWAITED_BY_ROOM = "SELECT a.room_id, COUNT(*) AS awaited \
        FROM approvals a JOIN engagements e ON e.office_id = a.office_id AND e.source_id = a.source_id AND e.source_kind = a.source_kind AND e.resource_id = a.room_id \
        WHERE a.office_id = $1 AND a.standing = 'awaited' AND e.hold_until > $2 GROUP BY a.room_id";
    STANDINGS = "SELECT source_id, standing FROM approvals WHERE office_id = $1 AND source_kind = 'booking' AND starts_at < $2 AND starts_at > $3 AND ends_at > $4";
    INSERT = "INSERT INTO approvals (office_id, id, source_kind, source_id, visit_id, room_id, starts_at, ends_at, standing, asked_by, made_at, other_kind, other_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    DECIDE = "UPDATE approvals SET standing = $3, decided_by = $4, decided_at = $5, sealed = $6, key_id = $7 WHERE office_id = $1 AND id = $2 AND standing = 'awaited'";
    MOVE = "UPDATE approvals SET starts_at = $4, ends_at = $5 WHERE office_id = $1 AND source_kind = $2 AND source_id = $3";
    FORGET = "DELETE FROM approvals WHERE office_id = $1 AND source_kind = $2 AND source_id = $3";
}

/// No use is longer, with its margins.
const LONGEST: TimeDelta = TimeDelta::days(15);

/// How a reason is sealed, whatever it is about.
const SEALED_AS: Marking = Marking::AmberStrict;

#[derive(sqlx_macros::FromRow)]
struct ApprovalRow {
    id: Uuid,
    source_kind: String,
    source_id: Uuid,
    room_id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    standing: String,
    asked_by: Option<Uuid>,
    other_kind: Option<String>,
    other_id: Option<Uuid>,
    sealed: Option<String>,
    wrapped: Option<String>,
}

/// How a line or booking stands with its room.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) id: ApprovalId,
    pub(crate) source: Source,
    pub(crate) room: RoomId,
    /// For when it was asked for, margins included.
    pub(crate) during: Span,
    pub(crate) standing: Approving,
    pub(crate) asked_by: Option<AccountId>,
    /// What the room was given to.
    pub(crate) other: Option<Source>,
    /// Why it was not given.
    pub(crate) reason: Option<String>,
}

const fn row(id: ApprovalId) -> Row {
    Row { table: "approvals", id: id.uuid(), revision: 1 }
}

impl ApprovalRow {
    fn into_kept(self, context: &RequestContext) -> Outcome<Kept> {
        let broken = || Failure::Corrupt { what: "approval" };
        let id = ApprovalId(self.id);
        let reason = match self.sealed {
            None => None,
            Some(text) => {
                let sealed: SealedText = serde_json::from_str(&text).map_err(|_| broken())?;
                Some(Opener::new(context, row(id), self.wrapped.as_deref())?.text("reason", SEALED_AS, &sealed)?.to_string())
            }
        };
        Ok(Kept {
            id,
            source: source_of(&self.source_kind, self.source_id).ok_or_else(broken)?,
            room: RoomId(self.room_id),
            during: Span::new(self.starts_at, self.ends_at).ok_or_else(broken)?,
            standing: Approving::from_word(&self.standing).ok_or_else(broken)?,
            asked_by: self.asked_by.map(AccountId),
            other: self.other_kind.as_deref().zip(self.other_id).and_then(|(kind, id)| source_of(kind, id)),
            reason,
        })
    }
}

fn kept(context: &RequestContext, rows: Vec<ApprovalRow>) -> Outcome<Vec<Kept>> {
    rows.into_iter().map(|row| row.into_kept(context)).collect()
}

/// By its own identifier.
pub(super) async fn one(context: &RequestContext, connection: &mut impl Connection, id: ApprovalId) -> Outcome<Option<Kept>> {
    let row: Option<ApprovalRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_kept(context)).transpose()
}

/// Of a line or booking.
pub(crate) async fn of_source(context: &RequestContext, connection: &mut impl Connection, source: Source) -> Outcome<Option<Kept>> {
    let (kind, id) = source_parts(source);
    let row: Option<ApprovalRow> = connection.optional(OF_SOURCE, values![context.office_id(), kind, id]).await?;
    row.map(|row| row.into_kept(context)).transpose()
}

/// Of the lines of a visit.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<HashMap<ItemId, Kept>> {
    let rows: Vec<ApprovalRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    let of_lines = kept(context, rows)?.into_iter().filter_map(|kept| match kept.source {
        Source::Item(id) => Some((id, kept)),
        Source::Booking(_) => None,
    });
    Ok(of_lines.collect())
}

/// What waits and holds its room still, by start.
pub(super) async fn awaited(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Kept>> {
    let rows: Vec<ApprovalRow> = connection.all(AWAITED, values![context.office_id(), context.now()]).await?;
    kept(context, rows)
}

#[derive(sqlx_macros::FromRow)]
struct AwaitedRow {
    room_id: Uuid,
    awaited: i64,
}

/// How many uses wait for each room and hold it still.
pub(super) async fn awaited_by_room(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<(RoomId, u32)>> {
    let rows: Vec<AwaitedRow> = connection.all(AWAITED_BY_ROOM, values![context.office_id(), context.now()]).await?;
    Ok(rows.into_iter().map(|row| (RoomId(row.room_id), u32::try_from(row.awaited).unwrap_or(u32::MAX))).collect())
}

#[derive(sqlx_macros::FromRow)]
struct StandingRow {
    source_id: Uuid,
    standing: String,
}

/// How the bookings stand that share an instant with a stretch of time, where they had to ask or lost their room.
pub(super) async fn of_bookings(
    context: &RequestContext,
    connection: &mut impl Connection,
    during: Span,
) -> Outcome<HashMap<BookingId, Approving>> {
    let values = values![context.office_id(), during.ends(), during.starts() - LONGEST, during.starts()];
    let rows: Vec<StandingRow> = connection.all(STANDINGS, values).await?;
    let known = rows.into_iter().map(|row| {
        let standing = Approving::from_word(&row.standing).ok_or(Failure::Corrupt { what: "approval" })?;
        Ok((BookingId(row.source_id), standing))
    });
    known.collect()
}

/// How something stands from now on.
#[derive(Debug, Clone, Copy)]
pub(super) struct New {
    pub(super) source: Source,
    pub(super) visit: Option<VisitId>,
    pub(super) room: RoomId,
    pub(super) during: Span,
    pub(super) standing: Approving,
    pub(super) asked_by: Option<AccountId>,
    pub(super) other: Option<Source>,
}

/// Puts how something stands in place of what there was.
pub(super) async fn put(context: &RequestContext, transaction: &mut WriteTransaction, new: New) -> Outcome<()> {
    forget(context, transaction, new.source).await?;
    let (kind, id) = source_parts(new.source);
    let other = new.other.map(source_parts);
    let values = values![
        context.office_id(),
        context.new_id::<ApprovalId>(),
        kind,
        id,
        new.visit,
        new.room,
        new.during.starts(),
        new.during.ends(),
        new.standing.word(),
        new.asked_by,
        context.now(),
        other.map(|(kind, _)| kind),
        other.map(|(_, id)| id)
    ];
    transaction.execute(INSERT, values).await?;
    Ok(())
}

/// Decides what waits, if it still does; the reason is sealed.
pub(super) async fn decide(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: ApprovalId,
    standing: Approving,
    reason: Option<&Prose>,
) -> Outcome<()> {
    let mut sealer = Sealer::new(context, row(id));
    let sealed = reason.map(|reason| sealer.text("reason", SEALED_AS, reason.as_str())).transpose()?;
    let key = sealer.finish(transaction).await?;
    let sealed = sealed.map(|sealed| serde_json::to_string(&sealed).map_err(|_| Failure::Sealing)).transpose()?;
    let values = values![context.office_id(), id, standing.word(), context.actor().account(), context.now(), sealed, key];
    if transaction.execute(DECIDE, values).await? == 1 { Ok(()) } else { Err(Failure::Stale) }
}

/// What a use asked of its room, it asks for another time.
pub(crate) async fn moved(context: &RequestContext, transaction: &mut WriteTransaction, source: Source, during: Span) -> Outcome<()> {
    let (kind, id) = source_parts(source);
    transaction.execute(MOVE, values![context.office_id(), kind, id, during.starts(), during.ends()]).await?;
    Ok(())
}

/// Forgets how something stood, because it is settled otherwise or gone.
pub(super) async fn forget(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<()> {
    let (kind, id) = source_parts(source);
    transaction.execute(FORGET, values![context.office_id(), kind, id]).await?;
    Ok(())
}
