//! Engagements: what takes a room, a person or another scarce thing for a time.

use super::Level;
use crate::{
    ids::{BookingId, ItemId, ResourceId, SiteId},
    marking::Marking,
    time::Span,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What takes a scarce thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Source {
    /// A line of a programme; of a meeting in segments, the first of them.
    Item(ItemId),
    /// A booking beside any programme.
    Booking(BookingId),
}

/// The kinds of scarce things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// A room of ours.
    Room,
    /// A person.
    Person,
    /// A vehicle.
    Vehicle,
    /// A piece of equipment.
    Equipment,
}

/// Where somebody is, as far as the way to the next place goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A site of ours: between its rooms no time is lost.
    Site(SiteId),
    /// A place that is not ours, by a number that the maker of the plan gives to each such place.
    Outside(u32),
}

/// Minutes that a room is taken before and after its use: set-up and sweep, clearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Margins {
    /// Minutes before.
    pub before: u32,
    /// Minutes after.
    pub after: u32,
}

/// How a thing is taken, which differs with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Occupation {
    /// A room, with the time it takes to make ready and to clear.
    Room {
        /// Where it is.
        site: SiteId,
        /// Set-up and clearing.
        margins: Margins,
    },
    /// A person.
    Person {
        /// Whether they only drop by, or are pulled aside.
        drop_by: bool,
        /// Where they must be at the start, if known.
        from: Option<Place>,
        /// Where they are at the end, if known; a movement ends elsewhere than it starts.
        to: Option<Place>,
    },
    /// A vehicle.
    Vehicle,
    /// A piece of equipment.
    Equipment,
}

impl Occupation {
    /// A person who stays at one place.
    pub const fn person_at(place: Option<Place>) -> Self {
        Self::Person { drop_by: false, from: place, to: place }
    }

    /// What is taken.
    pub const fn kind(self) -> ResourceKind {
        match self {
            Self::Room { .. } => ResourceKind::Room,
            Self::Person { .. } => ResourceKind::Person,
            Self::Vehicle => ResourceKind::Vehicle,
            Self::Equipment => ResourceKind::Equipment,
        }
    }
}

/// How firmly a thing is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Claim {
    /// It is wished for: it holds nothing and may stand with clashes.
    Wished,
    /// The office keeps it for itself until then; such holds may lie over one another.
    Pencilled {
        /// When the hold ends by itself, unless its use starts earlier.
        until: DateTime<Utc>,
    },
    /// It is held for somebody who was told so; nobody else's hold or use may lie over it.
    Promised {
        /// When the hold ends by itself, unless its use starts earlier.
        until: DateTime<Utc>,
    },
    /// It is settled.
    Firm,
}

impl Claim {
    /// The worst that two claims on one thing at one time can be, whatever the rule says.
    pub(super) const fn worst_with(self, other: Self) -> Level {
        use Claim::{Firm, Pencilled, Promised, Wished};
        match (self, other) {
            (Firm | Promised { .. }, Firm | Promised { .. } | Pencilled { .. }) | (Pencilled { .. }, Firm | Promised { .. }) => {
                Level::Block
            }
            (Wished, Firm | Promised { .. }) | (Firm | Promised { .. }, Wished) => Level::Warn,
            (Wished | Pencilled { .. }, Wished | Pencilled { .. }) => Level::Note,
        }
    }

    /// Whether it holds nothing.
    pub const fn is_wished(self) -> bool {
        matches!(self, Self::Wished)
    }
}

/// One contiguous use of one scarce thing.
///
/// The time of the use itself is kept apart from a room's margins: the margins belong to the room and the layout, and a slot
/// in another room has others. [`Engagement::during`] puts the two together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Engagement {
    /// The thing taken.
    pub resource: ResourceId,
    /// What takes it.
    pub source: Source,
    /// The use itself, without margins.
    pub core: Span,
    /// How it is taken.
    pub occupation: Occupation,
    /// How firmly.
    pub claim: Claim,
    /// The marking of what one learns by knowing of it.
    pub marking: Marking,
}

impl Engagement {
    /// The time for which the thing is taken: the use, with a room's margins at its outer edges.
    pub fn during(&self) -> Span {
        match self.occupation {
            Occupation::Room { margins, .. } => self.core.widened(margins.before, margins.after),
            Occupation::Person { .. } | Occupation::Vehicle | Occupation::Equipment => self.core,
        }
    }

    /// When it ends by itself because it is a hold: at its stated time, and at the latest when its use starts.
    pub fn lapses_at(&self) -> Option<DateTime<Utc>> {
        match self.claim {
            Claim::Pencilled { until } | Claim::Promised { until } => Some(until.min(self.core.starts())),
            Claim::Wished | Claim::Firm => None,
        }
    }

    /// Whether it counts: a hold is dead when its time has come, whether or not anything has tidied it away.
    pub fn is_alive(&self, now: DateTime<Utc>) -> bool {
        self.lapses_at().is_none_or(|end| now < end)
    }

    /// Whether the store lets no other exclusive engagement of the thing lie over it: settled uses and promised holds,
    /// but for a person who drops by. An override that was granted makes it shared too, which the store knows.
    pub const fn is_exclusive(&self) -> bool {
        matches!(self.claim, Claim::Firm | Claim::Promised { .. }) && !self.is_drop_by()
    }

    /// Whether a person only drops by.
    pub const fn is_drop_by(&self) -> bool {
        matches!(self.occupation, Occupation::Person { drop_by: true, .. })
    }
}
