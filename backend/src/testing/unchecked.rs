//! Rooms taken past every rule: what the database alone refuses.

use crate::{
    context::{RequestContext, retried},
    engagements::store,
    error::Outcome,
};
use domain::{
    clash::{Claim, Engagement, Margins, Occupation, Source},
    ids::{BookingId, ResourceId, RoomId, SiteId},
    marking::Marking,
    time::Span,
};

/// The margins of what is taken so.
const MARGINS: Margins = Margins { before: 15, after: 10 };

/// Takes a room for a settled use straight in the storage layer: nobody asked whether it is free, and nothing else is locked.
///
/// # Errors
/// When the database refuses, as it does if the room is taken.
pub async fn take_unchecked(context: &RequestContext, room: RoomId, site: SiteId, core: Span) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let taken = Engagement {
            resource: ResourceId(room.uuid()),
            source: Source::Booking(context.new_id::<BookingId>()),
            core,
            occupation: Occupation::Room { site, margins: MARGINS },
            claim: Claim::Firm,
            marking: Marking::Green,
        };
        store::insert(context, &mut transaction, None, &taken, true, false).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
