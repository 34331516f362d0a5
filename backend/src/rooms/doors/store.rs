//! The statements of door plans.

use crate::{
    accounts::tokens::TokenHash,
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{ManageRooms, Permit},
    revisions, statements, values,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::ThingKind,
    ids::{AccountId, DoorPlanId, RoomId},
    marking::Marking,
};
use serde::Serialize;
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO door_plans (office_id, id, room_id, token_hash, ceiling, ends_on, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ALL = "SELECT id, room_id, ceiling, ends_on, made_by, made_at, fetched_at, fetched_by FROM door_plans \
        WHERE office_id = $1 AND revoked_at IS NULL ORDER BY made_at, id";
    OF_ROOM = "SELECT id, room_id, ceiling, ends_on, made_by, made_at, fetched_at, fetched_by FROM door_plans \
        WHERE office_id = $1 AND room_id = $2 AND revoked_at IS NULL ORDER BY made_at, id";
    ONE = "SELECT id, room_id, ceiling, ends_on, made_by, made_at, fetched_at, fetched_by FROM door_plans \
        WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    BY_TOKEN = "SELECT id, room_id, ceiling, ends_on, made_by, made_at, fetched_at, fetched_by FROM door_plans \
        WHERE office_id = $1 AND token_hash = $2 AND revoked_at IS NULL";
    REVOKE = "UPDATE door_plans SET revoked_at = $3 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    FETCHED = "UPDATE door_plans SET fetched_at = $3, fetched_by = $4 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
}

/// A door plan.
#[derive(Debug, Clone)]
pub(super) struct DoorPlan {
    pub(super) id: DoorPlanId,
    pub(super) room: RoomId,
    /// The highest marking that may be read at the door.
    pub(super) ceiling: Marking,
    /// The last day on which it works, on the office's clocks.
    pub(super) ends_on: NaiveDate,
    pub(super) made_by: AccountId,
    pub(super) made_at: DateTime<Utc>,
    pub(super) fetched_at: Option<DateTime<Utc>>,
    pub(super) fetched_by: Option<String>,
}

#[derive(sqlx_macros::FromRow)]
struct DoorPlanRow {
    id: Uuid,
    room_id: Uuid,
    ceiling: String,
    ends_on: String,
    made_by: Uuid,
    made_at: DateTime<Utc>,
    fetched_at: Option<DateTime<Utc>>,
    fetched_by: Option<String>,
}

impl TryFrom<DoorPlanRow> for DoorPlan {
    type Error = Failure;

    fn try_from(row: DoorPlanRow) -> Outcome<Self> {
        let broken = || Failure::Corrupt { what: "door plan" };
        Ok(Self {
            id: DoorPlanId(row.id),
            room: RoomId(row.room_id),
            ceiling: row.ceiling.parse().map_err(|_| broken())?,
            ends_on: row.ends_on.parse().map_err(|_| broken())?,
            made_by: AccountId(row.made_by),
            made_at: row.made_at,
            fetched_at: row.fetched_at,
            fetched_by: row.fetched_by,
        })
    }
}

/// Writes a new door plan.
pub(super) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    plan: &DoorPlan,
    token: &TokenHash,
) -> Outcome<Digest> {
    let values = values![
        context.office_id(),
        plan.id,
        plan.room,
        token.as_bytes().to_vec(),
        plan.ceiling.label(),
        plan.ends_on.to_string(),
        plan.made_by,
        plan.made_at,
    ];
    transaction.execute(INSERT, values).await?;
    let terms = Terms { room: plan.room, ceiling: plan.ceiling, ends_on: plan.ends_on };
    let body = serde_json::to_string(&terms).map_err(|_| Failure::Corrupt { what: "door plan" })?;
    revisions::append(transaction, context, ThingKind::DoorPlan, plan.id.uuid(), 1, Some(&body)).await
}

/// What its revision keeps of a door plan: all that is said of it, and nothing of its link.
#[derive(Serialize)]
struct Terms {
    room: RoomId,
    ceiling: Marking,
    ends_on: NaiveDate,
}

/// The door plans that were not revoked, of a room or of all, in the order in which they were made.
pub(super) async fn list(context: &RequestContext, connection: &mut impl Connection, room: Option<RoomId>) -> Outcome<Vec<DoorPlan>> {
    let rows: Vec<DoorPlanRow> = match room {
        None => connection.all(ALL, values![context.office_id()]).await?,
        Some(room) => connection.all(OF_ROOM, values![context.office_id(), room]).await?,
    };
    rows.into_iter().map(DoorPlan::try_from).collect()
}

/// A door plan that was not revoked.
pub(super) async fn one(context: &RequestContext, connection: &mut impl Connection, id: DoorPlanId) -> Outcome<Option<DoorPlan>> {
    let row: Option<DoorPlanRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(DoorPlan::try_from).transpose()
}

/// The door plan that a token opens.
pub(super) async fn by_token(context: &RequestContext, connection: &mut impl Connection, token: &TokenHash) -> Outcome<Option<DoorPlan>> {
    let values = values![context.office_id(), token.as_bytes().to_vec()];
    let row: Option<DoorPlanRow> = connection.optional(BY_TOKEN, values).await?;
    row.map(DoorPlan::try_from).transpose()
}

/// Ends a door plan.
pub(super) async fn revoke(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    id: DoorPlanId,
) -> Outcome<Digest> {
    transaction.execute(REVOKE, values![context.office_id(), id, context.now()]).await?;
    revisions::append(transaction, context, ThingKind::DoorPlan, id.uuid(), 2, None).await
}

/// Notes that a display asked, and what it says of itself.
pub(super) async fn fetched(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: DoorPlanId,
    client: Option<&str>,
) -> Outcome<()> {
    transaction.execute(FETCHED, values![context.office_id(), id, context.now(), client]).await?;
    Ok(())
}
