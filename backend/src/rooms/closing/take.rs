//! Saving the closing of a room with all that it moves, in one transaction.

use super::{
    hurt::Closing,
    movable::{Movable, Moved},
};
use crate::{
    audit::{Entry, chain::Digest},
    context::RequestContext,
    database::{WriteTransaction, dialect},
    engagements::{self, GivenBack, Overriding},
    error::{Failure, Outcome},
    news,
    permits::{ManageRooms, MoveUses, Permit, authorise},
    rooms::{
        approvals::editors_of,
        blackouts,
        bookings::{self, BookingPermit, claim_room},
    },
};
use domain::{
    audit::{Intent, ThingKind},
    clash::Source,
    ids::AccountId,
    marking::view::NewsKind,
    permission::Facts,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The rights to close a room, and to move what that hurts.
pub(super) struct Rights {
    pub(super) close: Permit<ManageRooms>,
    /// None where nothing is moved.
    pub(super) moving: Option<Permit<MoveUses>>,
}

/// Blacks the room out, gives back all that moves, and takes it anew, one after the other: each finds those before it where they
/// went. Gives the entry of all of it.
///
/// # Errors
/// [`Failure::Clash`] when one of them cannot go where it is to go; when the database refuses.
pub(super) async fn take(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    rights: Rights,
    closing: &Closing,
    moves: Vec<(usize, Moved)>,
) -> Outcome<Entry> {
    lock(context, transaction, closing, &moves).await?;
    let blackout = &closing.blackout;
    let mut digests = vec![blackouts::store::insert(context, transaction, &rights.close, blackout).await?];
    let mut entry =
        Entry::done(Intent::CloseRoom).thing(ThingKind::Blackout, blackout.id.uuid(), 1).thing(ThingKind::Room, closing.room.id.uuid(), 0);
    let Some(permit) = &rights.moving else { return Ok(entry.digests(&digests)) };
    let mut all_hurt = Vec::with_capacity(moves.len());
    let mut given_back = GivenBack::default();
    for (place, _) in &moves {
        let hurt = closing.uses.get(*place).ok_or(Failure::Corrupt { what: "closing" })?;
        given_back.note(hurt.engagement.source, engagements::release(context, transaction, hurt.engagement.source).await?);
        all_hurt.push(hurt);
    }
    let of_bookings = BookingPermit::Hurt { _permit: authorise::<MoveUses>(context, Facts::NONE)? };
    for (hurt, (_, moved)) in all_hurt.into_iter().zip(&moves) {
        let source = hurt.engagement.source;
        let (told, (revision, digest)): (BTreeSet<AccountId>, (i64, Digest)) = match (&hurt.movable, moved) {
            (_, Moved::Booking(booking)) => {
                claim_room(context, transaction, booking, &Overriding { reason: None, given_back: &given_back }).await?;
                let written = bookings::store::update(context, transaction, &of_bookings, booking).await?;
                (booking.made_by.into_iter().collect(), written)
            }
            (Some(Movable::Line(line)), Moved::Line(changed)) => {
                let written = line.save(context, transaction, permit, changed, &given_back).await?;
                (editors_of(context, transaction, line.visit.id).await?, written)
            }
            (None | Some(Movable::Booking(_)), Moved::Line(_)) => return Err(Failure::Corrupt { what: "closing" }),
        };
        digests.push(digest);
        entry = match source {
            Source::Booking(id) => entry.thing(ThingKind::Booking, id.uuid(), revision),
            Source::Item(id) => entry.thing(ThingKind::Item, id.uuid(), revision),
        };
        for account in told.into_iter().filter(|account| Some(*account) != context.actor().account()) {
            news::tell(context, transaction, account, NewsKind::Moved, source).await?;
        }
    }
    Ok(entry.digests(&digests))
}

/// Locks all that is concerned at once, and so in one order whoever else does so.
async fn lock(context: &RequestContext, transaction: &mut WriteTransaction, closing: &Closing, moves: &[(usize, Moved)]) -> Outcome<()> {
    let mut resources: BTreeSet<Uuid> = BTreeSet::from([closing.room.id.uuid()]);
    for (_, moved) in moves {
        match moved {
            Moved::Booking(booking) => {
                resources.insert(booking.room.uuid());
            }
            Moved::Line(line) => {
                resources.extend(line.details.room_for_rules().map(|(room, _)| room.uuid()));
                resources.extend(line.details.people_for_rules().map(|person| person.uuid()));
            }
        }
    }
    let resources: Vec<Uuid> = resources.into_iter().collect();
    Ok(dialect::lock_resources(transaction, context.office_id(), &resources).await?)
}
