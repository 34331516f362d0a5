//! Closing a room: what it hurts is listed with a place for each use, and moved in the step that closes the room, or not at all.

mod hurt;
mod movable;
mod place;
mod take;

use super::{blackouts, store};
use crate::{
    audit,
    context::{RequestContext, retried},
    database::DatabaseError,
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, MoveUses, ReadRooms, authorise},
    version::Seen,
};
use domain::{
    ids::RoomId,
    marking::view::{BlackoutView, ClosingPreview},
    permission::Facts,
    rooms::closing::ClosingInput,
};

/// What the closing of a room would hurt: each use that the reader may read, with where it would go as was chosen or is proposed, all
/// of them together; and that there is more. For who keeps the rooms.
///
/// # Errors
/// When the actor may not, there is no such room, or something given is wrong. What cannot be had is no error here.
pub async fn preview_closing(context: &RequestContext, room: RoomId, input: &ClosingInput) -> Outcome<ClosingPreview> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let found = store::find(context, &mut connection, room).await?;
    authorise::<ManageRooms>(context, Facts { known: Some(found.is_some()), ..Facts::NONE })?;
    let closing = hurt::gather(context, &mut connection, found.ok_or(Failure::NotFound)?, input).await?;
    place::preview(context, connection, closing, &input.moves).await
}

/// Closes a room and moves what that hurts as was said, if what is hurt is still as its author saw it: all of it, or nothing. What
/// the author may not read stays where it is, and so does what was not named.
///
/// # Errors
/// [`Failure::ClosingRefused`] when what is hurt changed, or some of it cannot go where it was to go; when the actor may not, there
/// is no such room, or something given is wrong.
pub async fn close_room(context: &RequestContext, room: RoomId, input: &ClosingInput) -> Outcome<BlackoutView> {
    authorise_reading::<ReadRooms>(context)?;
    let seen = Seen::from_form(input.seen.as_deref().unwrap_or_default());
    let attempt = retried(|| async {
        let mut transaction = context.write().await?;
        let found = store::find(context, &mut transaction, room).await?;
        let close = authorise::<ManageRooms>(context, Facts { known: Some(found.is_some()), ..Facts::NONE })?;
        let closing = hurt::gather(context, &mut transaction, found.ok_or(Failure::NotFound)?, input).await?;
        seen.check(&closing.version()?)?;
        let moves = closing.moves(context, &mut transaction, &input.moves).await?;
        let rights = match moves.is_empty() {
            true => take::Rights { close, moving: None },
            false => take::Rights { close, moving: Some(authorise::<MoveUses>(context, Facts::NONE)?) },
        };
        let entry = take::take(context, &mut transaction, rights, &closing, moves).await?;
        audit::record(context, &mut transaction, entry).await?;
        let view = blackouts::view_of(context, &mut transaction, &closing.blackout).await?;
        transaction.commit().await?;
        Ok(view)
    })
    .await;
    match attempt {
        Err(Failure::Clash(_) | Failure::Stale | Failure::Database(DatabaseError::Engaged)) => {
            Err(Failure::ClosingRefused(Box::new(preview_closing(context, room, input).await?)))
        }
        other => other,
    }
}
