//! Identifiers, one type for each kind of thing, so that none is taken for another.
//!
//! All are random (UUID version 4, RFC 9562 section 5.4): they tell neither order nor time of making. They are made in
//! one place, the request context of `backend`; here they are only carried.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The text was not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The identifier as it is stored.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

ids! {
    /// A host: an office of protocol. Nothing crosses between two.
    OfficeId;
    /// Somebody who signs in.
    AccountId;
    /// A grant of a role, ceiling, list entry or affiliation.
    GrantId;
    /// A signed-in session.
    SessionId;
    /// A token of the API.
    TokenId;
    /// A one-time invitation to an account.
    InvitationId;
    /// A consulate, embassy, trade office, city or province.
    MissionId;
    /// A human being, with or without an account.
    PersonId;
    /// A group of rooms at one address.
    SiteId;
    /// A room of ours.
    RoomId;
    /// Anything that only one may have at a time: a room, a person, a vehicle.
    ResourceId;
    /// An interval during which a resource is taken.
    EngagementId;
    /// A visit, inbound or outbound.
    VisitId;
    /// A delegation of a visit.
    DelegationId;
    /// A member of a delegation.
    DelegateId;
    /// A line of a programme.
    ItemId;
    /// Something to be done for a visit.
    TaskId;
    /// What a visit of one category starts from.
    TemplateId;
    /// A day that an office has put on its calendar of holidays itself.
    OwnDayId;
    /// A use of a room beside any programme.
    BookingId;
    /// A room that somebody had to ask for.
    ApprovalId;
    /// Something told to an account.
    NewsId;
    /// A time at which nobody may use a room.
    BlackoutId;
    /// A series of bookings.
    SeriesId;
    /// A frozen version of a programme for one audience.
    ReleaseId;
    /// A subscription to a calendar.
    FeedId;
    /// A link by which the display at a room's door shows what the room is used for.
    DoorPlanId;
    /// A change of a programme that its author may undo.
    ChangeId;
    /// A form kept because it was refused.
    DraftId;
    /// One request to the server, quoted in errors and in the log.
    RequestId;
}
