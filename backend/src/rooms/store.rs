//! The statements of sites and rooms.

use crate::{
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    statements, values,
};
use domain::{ids::RoomId, rooms::Room};

statements! {
    ONE_ROOM = "SELECT id, revision, body FROM rooms WHERE office_id = $1 AND id = $2";
}

#[derive(sqlx::FromRow)]
struct RoomRow {
    id: uuid::Uuid,
    revision: i64,
    body: String,
}

impl RoomRow {
    fn into_room(self) -> Outcome<Room> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "room" })?;
        Ok(Room { id: RoomId(self.id), revision: self.revision, details })
    }
}

/// A room.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: RoomId) -> Outcome<Option<Room>> {
    let row: Option<RoomRow> = connection.optional(ONE_ROOM, values![context.office_id(), id]).await?;
    row.map(RoomRow::into_room).transpose()
}
