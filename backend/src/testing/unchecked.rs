//! Rooms and people taken past every rule: what the database alone refuses.

use crate::{
    context::{RequestContext, retried},
    engagements::store,
    error::Outcome,
};
use domain::{
    clash::{Claim, Engagement, Margins, Occupation, Source},
    ids::{BookingId, PersonId, ResourceId, RoomId, SiteId},
    marking::Marking,
    time::Span,
};

/// The margins of what is taken so.
const MARGINS: Margins = Margins { before: 15, after: 10 };

/// What is taken.
#[derive(Debug, Clone, Copy)]
pub enum Scarce {
    /// A room at a site.
    Room(RoomId, SiteId),
    /// A person, who is wherever they are.
    Person(PersonId),
}

impl Scarce {
    /// What takes a resource by it.
    pub const fn resource(self) -> ResourceId {
        match self {
            Self::Room(room, _) => ResourceId(room.uuid()),
            Self::Person(person) => ResourceId(person.uuid()),
        }
    }

    const fn occupation(self) -> Occupation {
        match self {
            Self::Room(_, site) => Occupation::Room { site, margins: MARGINS },
            Self::Person(_) => Occupation::person_at(None),
        }
    }
}

/// Takes a room or a person for a settled use straight in the storage layer: nobody asked whether they are free, and nothing else is
/// locked.
///
/// # Errors
/// When the database refuses, as it does if the room or the person is taken.
pub async fn take_unchecked(context: &RequestContext, scarce: Scarce, core: Span) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let taken = Engagement {
            resource: scarce.resource(),
            source: Source::Booking(context.new_id::<BookingId>()),
            core,
            occupation: scarce.occupation(),
            claim: Claim::Firm,
            marking: Marking::Green,
        };
        store::insert(context, &mut transaction, None, &taken, true, false).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
