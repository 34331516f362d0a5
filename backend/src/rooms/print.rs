//! What takes rooms, on paper: a day of all of them, or a day or week of one.

use super::board::{board_of, days_of};
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, taken_away},
    },
    context::{RequestContext, retried},
    directory::authorise_reading,
    error::Outcome,
    permits::ReadRooms,
};
use chrono::NaiveDate;
use domain::{
    audit::{Intent, ThingKind, Way},
    board::{BoardView, RoomDaysView},
    ids::RoomId,
    marking::Channel,
    rooms::filter::RoomFilter,
};

/// The board of a day to be printed: what [`day_board`](super::board::day_board) shows, with what is above TLP:AMBER as “Reserved”,
/// also to who may read it on the board. That it was printed is recorded.
///
/// # Errors
/// When the actor may not, or no clock has such a day.
pub async fn print_board(context: &RequestContext, date: NaiveDate, filter: &RoomFilter) -> Outcome<BoardView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (board, things) = board_of(context, &mut connection, date, filter, Channel::Print).await?;
    drop(connection);
    printed(context, &things, None).await?;
    Ok(board)
}

/// Days of a room to be printed, from the first: what [`room_days`](super::board::room_days) shows, as far as it may be on paper.
///
/// # Errors
/// When the actor may not, there is no such room, no clock has such days, or they are too many.
pub async fn print_room(context: &RequestContext, id: RoomId, first: NaiveDate, days: u32) -> Outcome<RoomDaysView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (view, things) = days_of(context, &mut connection, id, first, days, Channel::Print).await?;
    drop(connection);
    printed(context, &things, Some(id)).await?;
    Ok(view)
}

/// Records that something was printed, with what of it the actor takes away on paper for the first time.
async fn printed(context: &RequestContext, things: &[Delivered], room: Option<RoomId>) -> Outcome<()> {
    // What is shown is not what an idempotency key is for.
    let context = &context.beside_key();
    retried(|| async {
        let mut transaction = context.write().await?;
        let entry = Entry::done(Intent::PrintRooms);
        let entry = room.into_iter().fold(entry, |entry, room| entry.thing(ThingKind::Room, room.uuid(), 0));
        let entry = taken_away(context, &mut transaction, Way::Print, things, entry).await?;
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
