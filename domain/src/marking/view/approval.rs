//! What waits for a room, as those see it who give rooms; and what is told to who asked for one, or lost it.

use super::{BookingView, EngagedView, Hidden, ItemView, Named, ReservedView, SlotView, Viewed, ViewedBy, room_use::reserved};
use crate::{
    clash::Source,
    ids::{ApprovalId, NewsId, RoomId, VisitId},
    marking::{Marking, Reader},
    programme::kinds,
    time::agreed::MomentView,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What else is pencilled at the time of a use: what its reader may read, and that there is more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BesideView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// What the reader may read, by start.
    pub engaged: Vec<EngagedView>,
    /// What else there is, by start.
    pub reserved: Vec<ReservedView>,
}

impl BesideView {
    /// Out of what its reader may read, and all else.
    pub fn of(mut engaged: Vec<EngagedView>, hidden: Vec<Hidden>, reader: &Reader) -> Self {
        engaged.sort_by_key(|it| (it.starts, it.ends, it.source));
        Self { viewed_by: ViewedBy::of(reader), engaged, reserved: reserved(hidden) }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.engaged.is_empty() && self.reserved.is_empty()
    }
}

impl Viewed for BesideView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// A use that waits for its room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier of what waits, which is not that of the line or booking.
    pub id: ApprovalId,
    /// The version seen, for `If-Match`.
    pub version: String,
    /// The room it waits for.
    pub room: Named<RoomId>,
    /// Its site's clocks: an IANA zone.
    pub zone: String,
    /// The use, to who may read it.
    pub engaged: Option<EngagedView>,
    /// That there is one, to everybody else.
    pub reserved: Option<ReservedView>,
    /// The pencilled uses that go when it is given the room.
    pub pencilled: BesideView,
}

impl ApprovalView {
    /// A use that waits, as its reader may know it; its version is to be filled in.
    pub fn of(
        id: ApprovalId,
        room: Named<RoomId>,
        zone: String,
        what: Result<EngagedView, Hidden>,
        pencilled: BesideView,
        reader: &Reader,
    ) -> Self {
        let (engaged, reserved) = match what {
            Ok(engaged) => (Some(engaged), None),
            Err(hidden) => (None, reserved(vec![hidden]).pop()),
        };
        Self { viewed_by: ViewedBy::of(reader), id, version: String::new(), room, zone, engaged, reserved, pencilled }
    }

    /// From when the room is taken.
    pub fn starts(&self) -> Option<DateTime<Utc>> {
        self.engaged.as_ref().map(|it| it.starts).or_else(|| self.reserved.as_ref().map(|it| it.starts))
    }
}

impl Viewed for ApprovalView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by.and(self.pencilled.viewed_by())
    }
}

kinds! {
    /// What somebody is told of a use.
    NewsKind {
        /// The room was given to the use that waited for it.
        Approved = "approved",
        /// The room was not given to the use that waited for it.
        Declined = "declined",
        /// The room was given to another use over this one.
        GivenAway = "given_away",
        /// Its room was closed: it was moved to another room or time.
        Moved = "moved",
        /// It was moved with the rest of its day.
        Shifted = "shifted",
        /// The rules of its clocks changed: it is at the hour that was agreed, and so at another instant.
        ClocksChanged = "clocks_changed",
    }
}

/// What is told beside the use itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The room.
    pub room: Option<Named<RoomId>>,
    /// What the room was given to, if the reader may read that.
    pub with: Option<String>,
    /// Why the room was not given.
    pub reason: Option<String>,
    /// The nearest times and rooms that would work, while the use holds nothing.
    pub nearest: Vec<SlotView>,
}

/// Something told to an account about a use of a room: put in words when it is read, with its reader's rights of that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewsView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// Identifier.
    pub id: NewsId,
    /// What is told.
    pub kind: NewsKind,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// The line or booking.
    pub source: Source,
    /// The visit, of a line.
    pub visit_id: Option<VisitId>,
    /// Its title or purpose.
    pub title: String,
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// Marking of the title or purpose.
    pub marking: Marking,
    /// The room.
    pub room: Option<Named<RoomId>>,
    /// What the room was given to; absent to who may not read that.
    pub with: Option<String>,
    /// Why the room was not given.
    pub reason: Option<String>,
    /// The nearest times and rooms that would work, while the use holds nothing.
    pub nearest: Vec<SlotView>,
}

impl NewsView {
    /// What is told of a booking that its reader may read.
    pub fn of_booking(id: NewsId, kind: NewsKind, made_at: DateTime<Utc>, booking: &BookingView, told: Told) -> Self {
        let Told { room, with, reason, nearest } = told;
        Self {
            viewed_by: booking.viewed_by,
            id,
            kind,
            made_at,
            source: Source::Booking(booking.id),
            visit_id: None,
            title: booking.purpose.clone(),
            starts: booking.starts.clone(),
            ends: booking.ends.clone(),
            marking: booking.marking,
            room,
            with,
            reason,
            nearest,
        }
    }

    /// What is told of a line that its reader may read; none if it has no title for that reader.
    pub fn of_line(id: NewsId, kind: NewsKind, made_at: DateTime<Utc>, line: &ItemView, told: Told) -> Option<Self> {
        let Told { room, with, reason, nearest } = told;
        Some(Self {
            viewed_by: line.viewed_by,
            id,
            kind,
            made_at,
            source: Source::Item(line.id),
            visit_id: Some(line.visit_id),
            title: line.title.clone()?,
            starts: line.starts.clone(),
            ends: line.ends.clone(),
            marking: line.marking,
            room,
            with,
            reason,
            nearest,
        })
    }
}

impl Viewed for NewsView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}
