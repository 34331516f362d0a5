//! Retiring a room: it is offered no more, and what is past still names it.

use super::{store, view};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    engagements,
    error::{Failure, Outcome},
    permits::{ManageRooms, authorise},
    version::{ETag, Seen},
};
use chrono::TimeDelta;
use domain::{
    audit::{Intent, ThingKind},
    ids::{ResourceId, RoomId},
    permission::Facts,
    problems::Problem,
    time::Span,
};

/// How far ahead uses are looked for: as far as anybody plans.
const AHEAD: TimeDelta = TimeDelta::days(100 * 366);

/// Retires a room that nothing uses any more, if it is still as its author saw it. A booking that comes at the same moment is either
/// first, and then the room stays, or finds no such room.
///
/// # Errors
/// When the actor may not, there is no such room, it changed meanwhile, or something uses it now or later.
pub async fn retire_room(context: &RequestContext, id: RoomId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let room = store::find(context, &mut transaction, id).await?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(room.is_some()), ..Facts::NONE })?;
        let room = room.ok_or(Failure::NotFound)?;
        seen.check(&ETag::of(&view(context, &mut transaction, &room).await?)?)?;
        if is_used_from_now_on(context, &mut transaction, id).await? {
            return Err(Failure::field("room_id", Problem::StillUsed));
        }
        let digest = store::retire_room(context, &mut transaction, &permit, &room).await?;
        let entry = Entry::done(Intent::RetireRoom).digest(digest).thing(ThingKind::Room, id.uuid(), room.revision + 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Whether something takes a room now or later; holds that have ended take nothing.
async fn is_used_from_now_on(context: &RequestContext, connection: &mut impl Connection, id: RoomId) -> Outcome<bool> {
    let Some(ahead) = Span::new(context.now(), context.now() + AHEAD) else { return Ok(false) };
    let uses = engagements::store::of_resource(context, connection, ResourceId(id.uuid()), ahead).await?;
    Ok(uses.iter().any(|engagement| engagement.is_alive(context.now())))
}
