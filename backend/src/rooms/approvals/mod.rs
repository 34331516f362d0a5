//! Rooms that have to be asked for: how each use stands with its room, kept in the transaction that saves it.

mod case;
mod decide;
mod inbox;
pub(crate) mod store;

pub use decide::{Waiting, approve, decline};
pub(crate) use decide::{confirmed, editors_of, make_way_for, title_of};
pub use inbox::{StandingView, count_waiting, list_approvals, standing_of_booking, standing_of_lines};
pub(crate) use store::Kept;

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::Outcome,
    news,
};
use domain::{
    clash::{Engagement, Source},
    ids::{RoomId, VisitId},
    rooms::{Booking, Room, approval::Approving},
    time::Span,
};

/// Whether the actor must ask for a room. The operator sets up what is already settled.
pub(crate) fn must_ask(context: &RequestContext, room: &Room) -> bool {
    !context.actor().is_operator() && room.details.approval.is_needed_from(context.actor().roles())
}

/// How bookings stand with their rooms, put into them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn put_into(context: &RequestContext, connection: &mut impl Connection, bookings: &mut [Booking]) -> Outcome<()> {
    let from = bookings.iter().map(|booking| booking.starts.at()).min();
    let until = bookings.iter().map(|booking| booking.ends.at()).max();
    let Some(during) = from.zip(until).and_then(|(from, until)| Span::new(from, until)) else { return Ok(()) };
    let standings = store::of_bookings(context, connection, during).await?;
    for booking in bookings {
        booking.approval = standings.get(&booking.id).copied();
        booking.has_lapsed = booking.lapses_by(context.now());
    }
    Ok(())
}

/// Keeps how a use stands with its room once it is saved; what was told of how it stood before needs no answer any more.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn keep(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    source: Source,
    visit: Option<VisitId>,
    in_room: Option<&Engagement>,
    standing: Option<Approving>,
) -> Outcome<()> {
    let was = store::of_source(context, transaction, source).await?;
    let Some((taken, standing)) = in_room.zip(standing) else {
        if was.is_some() {
            forget(context, transaction, source).await?;
        }
        return Ok(());
    };
    let room = RoomId(taken.resource.uuid());
    if was.as_ref().is_some_and(|was| was.standing == standing && was.room == room && was.during == taken.during()) {
        return Ok(());
    }
    news::settled(context, transaction, source).await?;
    // Who asked goes on asking, whoever else mends what was asked for: the answer is theirs.
    let before = was.filter(|was| was.standing == standing && was.room == room);
    let asked_by = before.and_then(|was| was.asked_by).or_else(|| context.actor().account());
    store::put(context, transaction, store::New { source, visit, room, during: taken.during(), standing, asked_by, other: None }).await
}

/// Forgets how a use stood with its room, because it needs none any more.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<()> {
    news::settled(context, transaction, source).await?;
    store::forget(context, transaction, source).await
}
