//! Bookings that changed rules of the clocks moved: at the hour that was agreed, and so at another instant.

use super::{BookingPermit, candidate_in, store};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements,
    error::Outcome,
    permits::by_other_proof,
    rooms::{self, approvals},
};
use domain::{
    clash::{Plan, Source, clashes_of},
    marking::Marking,
    rooms::Booking,
    time::Span,
};

/// A booking that the rules of its clocks moved, as it was and as it is.
#[derive(Debug, Clone)]
pub(crate) struct RenewedBooking {
    pub(crate) was: Booking,
    pub(crate) is: Booking,
}

/// Those among the bookings that start in a stretch of time and have not started yet.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, stretch: Span) -> Outcome<Vec<RenewedBooking>> {
    let mut bookings = store::during(context, connection, None, stretch).await?;
    bookings.retain(|booking| booking.starts.at() > context.now() && stretch.holds(booking.starts.at()));
    bookings.retain(|booking| booking.renewed(context.zones()).is_some());
    approvals::put_into(context, connection, &mut bookings).await?;
    let renewed = bookings.into_iter().filter_map(|was| Some(RenewedBooking { is: was.renewed(context.zones())?, was }));
    Ok(renewed.collect())
}

impl RenewedBooking {
    /// Writes it at its new instants, and takes its room there, whoever else has it then. What it held is given back already.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn take(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        before: &[engagements::TakenBefore],
    ) -> Outcome<(i64, Digest)> {
        let permit = BookingPermit::Anybodys { _permit: by_other_proof() };
        let written = store::update(context, transaction, &permit, &self.is).await?;
        if let Some((room, _)) = rooms::find_any(context, transaction, self.is.room).await? {
            let candidate = candidate_in(&self.is, &room)?;
            if let Some(used) = candidate.engagements().first() {
                approvals::store::moved(context, transaction, Source::Booking(self.is.id), used.during()).await?;
            }
            engagements::take_renewed(context, transaction, None, &candidate, before).await?;
        }
        Ok(written)
    }

    /// The marking of what one learns by knowing that its room is in another use too at its new instants; none where it is not.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn shares(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<Marking>> {
        let Some((room, _)) = rooms::find_any(context, connection, self.is.room).await? else { return Ok(None) };
        let candidate = candidate_in(&self.is, &room)?;
        let find = |plan: &Plan| clashes_of(plan, &engagements::rules(context), &candidate);
        engagements::shares(context, connection, &candidate, find).await
    }
}
