//! The statements of sites and rooms.

use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, DatabaseError, WriteTransaction},
    engagements,
    error::{Failure, Outcome},
    permits::{ManageRooms, Permit},
    revisions, statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    audit::ThingKind,
    ids::{RoomId, SiteId},
    problems::Problem,
    rooms::{Room, Site},
    text::folded,
};
use std::sync::Arc;
use uuid::Uuid;

statements! {
    SITES = "SELECT id, revision, body FROM sites WHERE office_id = $1 ORDER BY name, id";
    ONE_SITE = "SELECT id, revision, body FROM sites WHERE office_id = $1 AND id = $2";
    INSERT_SITE = "INSERT INTO sites (office_id, id, revision, name, body) VALUES ($1, $2, 1, $3, $4)";
    UPDATE_SITE = "UPDATE sites SET revision = $3, name = $4, body = $5 WHERE office_id = $1 AND id = $2 AND revision = $6";
    ROOMS = "SELECT id, revision, body, removed_at FROM rooms WHERE office_id = $1 ORDER BY name, id";
    REVISIONS_OF_ROOMS = "SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM rooms WHERE office_id = $1";
    ONE_ROOM = "SELECT id, revision, body FROM rooms WHERE office_id = $1 AND id = $2 AND removed_at IS NULL";
    ANY_ROOM = "SELECT id, revision, body, removed_at FROM rooms WHERE office_id = $1 AND id = $2";
    INSERT_ROOM = "INSERT INTO rooms (office_id, id, site_id, revision, name, folded, body) VALUES ($1, $2, $3, 1, $4, $5, $6)";
    UPDATE_ROOM = "UPDATE rooms SET revision = $3, site_id = $4, name = $5, folded = $6, body = $7 WHERE office_id = $1 AND id = $2 AND revision = $8 AND removed_at IS NULL";
    RETIRE_ROOM = "UPDATE rooms SET removed_at = $3, revision = revision + 1 WHERE office_id = $1 AND id = $2 AND revision = $4 AND removed_at IS NULL";
}

#[derive(sqlx_macros::FromRow)]
struct BodyRow {
    id: Uuid,
    revision: i64,
    body: String,
}

impl BodyRow {
    fn into_room(self) -> Outcome<Room> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "room" })?;
        Ok(Room { id: RoomId(self.id), revision: self.revision, details })
    }

    fn into_site(self) -> Outcome<Site> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "site" })?;
        Ok(Site { id: SiteId(self.id), revision: self.revision, details })
    }
}

#[derive(sqlx_macros::FromRow)]
struct AnyRoomRow {
    #[sqlx(flatten)]
    room: BodyRow,
    removed_at: Option<DateTime<Utc>>,
}

fn name_taken(error: DatabaseError) -> Failure {
    match error {
        DatabaseError::Duplicate => Failure::field("name", Problem::AlreadyTaken),
        other => other.into(),
    }
}

/// All sites, by name.
pub(crate) async fn sites(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Site>> {
    let rows: Vec<BodyRow> = connection.all(SITES, values![context.office_id()]).await?;
    rows.into_iter().map(BodyRow::into_site).collect()
}

/// A site.
pub(crate) async fn site(context: &RequestContext, connection: &mut impl Connection, id: SiteId) -> Outcome<Option<Site>> {
    let row: Option<BodyRow> = connection.optional(ONE_SITE, values![context.office_id(), id]).await?;
    row.map(BodyRow::into_site).transpose()
}

/// All rooms that are not retired, by name: as they are kept, if nothing has changed since.
pub(crate) async fn rooms(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Arc<[Room]>> {
    let (office, kept) = (context.office_id(), &context.chancery().rooms);
    // A transaction sees its own changes, which may yet come to nothing: it keeps nothing, and is told nothing of what is kept.
    if connection.is_writing() {
        return Ok(read_rooms(context, connection).await?.1);
    }
    let revisions: Option<(i64,)> = connection.optional(REVISIONS_OF_ROOMS, values![office]).await?;
    if let Some(rooms) = revisions.and_then(|(revisions,)| kept.at(office, revisions)) {
        return Ok(rooms);
    }
    let (revisions, rooms) = read_rooms(context, connection).await?;
    kept.keep(office, revisions, &rooms);
    Ok(rooms)
}

/// The rooms as they are stored, and the sum of the revisions of all there are, told by one statement.
async fn read_rooms(context: &RequestContext, connection: &mut impl Connection) -> Outcome<(i64, Arc<[Room]>)> {
    let rows: Vec<AnyRoomRow> = connection.all(ROOMS, values![context.office_id()]).await?;
    let revisions = rows.iter().map(|row| row.room.revision).sum();
    let standing = rows.into_iter().filter(|row| row.removed_at.is_none());
    Ok((revisions, standing.map(|row| row.room.into_room()).collect::<Outcome<_>>()?))
}

/// A room that is not retired.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: RoomId) -> Outcome<Option<Room>> {
    let row: Option<BodyRow> = connection.optional(ONE_ROOM, values![context.office_id(), id]).await?;
    row.map(BodyRow::into_room).transpose()
}

/// A room, and whether it is retired.
pub(crate) async fn find_any(context: &RequestContext, connection: &mut impl Connection, id: RoomId) -> Outcome<Option<(Room, bool)>> {
    let row: Option<AnyRoomRow> = connection.optional(ANY_ROOM, values![context.office_id(), id]).await?;
    row.map(|AnyRoomRow { room, removed_at }| Ok((room.into_room()?, removed_at.is_some()))).transpose()
}

/// A room for a use that ends then: what is over may have been in a room that is retired since.
pub(crate) async fn find_for(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: RoomId,
    ends: DateTime<Utc>,
) -> Outcome<Option<Room>> {
    let found = find_any(context, connection, id).await?;
    Ok(found.filter(|(_, is_retired)| !is_retired || ends <= context.now()).map(|(room, _)| room))
}

/// Writes a new site.
pub(crate) async fn insert_site(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    site: &Site,
) -> Outcome<Digest> {
    let body = serde_json::to_string(&site.details).map_err(|_| Failure::Corrupt { what: "site" })?;
    let values = values![context.office_id(), site.id, site.details.name.as_str(), body.as_str()];
    transaction.execute(INSERT_SITE, values).await.map_err(name_taken)?;
    revisions::append(transaction, context, ThingKind::Site, site.id.uuid(), 1, Some(&body)).await
}

/// Writes a site anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update_site(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    changed: &Site,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let body = serde_json::to_string(&changed.details).map_err(|_| Failure::Corrupt { what: "site" })?;
    let values = values![context.office_id(), changed.id, revision, changed.details.name.as_str(), body.as_str(), changed.revision];
    if transaction.execute(UPDATE_SITE, values).await.map_err(name_taken)? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Site, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Writes a new room, which only one may have at a time.
pub(crate) async fn insert_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    room: &Room,
) -> Outcome<Digest> {
    let body = serde_json::to_string(&room.details).map_err(|_| Failure::Corrupt { what: "room" })?;
    let name = room.details.name.as_str();
    let values = values![context.office_id(), room.id, room.details.site, name, folded(name), body.as_str()];
    transaction.execute(INSERT_ROOM, values).await.map_err(name_taken)?;
    engagements::store::add_resource(context, transaction, room.id.uuid(), "room").await?;
    revisions::append(transaction, context, ThingKind::Room, room.id.uuid(), 1, Some(&body)).await
}

/// Writes a room anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    changed: &Room,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let body = serde_json::to_string(&changed.details).map_err(|_| Failure::Corrupt { what: "room" })?;
    let name = changed.details.name.as_str();
    let values =
        values![context.office_id(), changed.id, revision, changed.details.site, name, folded(name), body.as_str(), changed.revision];
    if transaction.execute(UPDATE_ROOM, values).await.map_err(name_taken)? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Room, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// Takes a room out of what is offered, if it is still the one that was seen; its revisions stay.
pub(crate) async fn retire_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageRooms>,
    seen: &Room,
) -> Outcome<Digest> {
    let values = values![context.office_id(), seen.id, context.now(), seen.revision];
    if transaction.execute(RETIRE_ROOM, values).await? != 1 {
        return Err(Failure::Stale);
    }
    revisions::append(transaction, context, ThingKind::Room, seen.id.uuid(), seen.revision + 1, None).await
}
