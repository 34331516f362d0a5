//! Sites and their rooms, and bookings beside any programme.

pub mod approval;
pub mod blackouts;
pub mod closing;
pub mod filter;
pub mod fit;
pub mod found;
pub mod input;
pub mod series;
pub mod terms;
pub mod view;
pub mod written;

use crate::{
    clash::{Claim, Margins},
    ids::{AccountId, BookingId, RoomId, SiteId},
    marking::{Marked, Marking},
    text::{Label, Title},
    time::{Moment, ZoneName, ZoneRules, renewed::renewed},
};
use approval::{Approval, Approving, held_as};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use terms::{BookedBy, Holiday, OpeningHours, RoomNeeds, Season};

/// The longest a booking may be, in hours: fourteen days. It keeps the database's search for overlaps short.
pub const LONGEST_BOOKING_HOURS: u32 = 14 * 24;

/// The longest a room may take to be swept and laid out, or to be cleared, in minutes. With two of them the longest booking still fits the
/// fifteen days by which the database searches.
pub const LONGEST_MARGIN_MINUTES: u32 = 12 * 60;

/// How a room is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Rows of chairs.
    Theatre,
    /// Rows of tables.
    Classroom,
    /// One table.
    Boardroom,
    /// Round tables, all seats taken.
    Banquet,
    /// Round tables, seats to the stage alone.
    Cabaret,
    /// Standing.
    Reception,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 6] = [Self::Theatre, Self::Classroom, Self::Boardroom, Self::Banquet, Self::Cabaret, Self::Reception];
}

/// What a room has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Booths for simultaneous interpretation.
    InterpretationBooths,
    /// Video link.
    VideoLink,
    /// No step from the street to the seat.
    StepFree,
    /// Hearing loop.
    HearingLoop,
    /// Built to keep what is said inside.
    Secure,
    /// Prayer room.
    PrayerRoom,
    /// Kitchen.
    Kitchen,
}

impl Feature {
    /// All features.
    pub const ALL: [Self; 7] =
        [Self::InterpretationBooths, Self::VideoLink, Self::StepFree, Self::HearingLoop, Self::Secure, Self::PrayerRoom, Self::Kitchen];
}

/// How many a room holds in a layout, and the minutes it takes to lay it out and to clear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LayoutCapacity {
    /// Layout.
    pub layout: Layout,
    /// Seats, or people standing.
    pub capacity: u32,
    /// Minutes before use.
    pub set_up_minutes: u32,
    /// Minutes after use.
    pub clearing_minutes: u32,
}

/// What the office knows of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDetails {
    /// Name.
    pub name: Title,
    /// Address.
    pub address: Option<Title>,
    /// Its clocks.
    pub zone: ZoneName,
    /// Minutes by car to other sites.
    #[serde(default)]
    pub travel: Vec<Travel>,
    /// Days on which its rooms are closed, or open at other hours; by day.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// Minutes by car from one site to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Travel {
    /// To which site.
    pub to: SiteId,
    /// Minutes.
    pub minutes: u32,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Identifier.
    pub id: SiteId,
    /// Revision, from 1.
    pub revision: i64,
    /// What the office knows.
    pub details: SiteDetails,
}

/// What the office knows of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomDetails {
    /// Its site.
    pub site: SiteId,
    /// Name.
    pub name: Title,
    /// Floor, as it is called there.
    pub floor: Option<Label>,
    /// Layouts it can take.
    #[serde(default)]
    pub layouts: Vec<LayoutCapacity>,
    /// What it has.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// Opening hours; none given means always open.
    #[serde(default)]
    pub hours: Vec<OpeningHours>,
    /// Parts of the year in which other hours hold; no two share a day.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// Minutes a sweep takes, before the room is laid out.
    #[serde(default)]
    pub sweep_minutes: u32,
    /// Who may book it.
    #[serde(default)]
    pub booked_by: BookedBy,
    /// Who must ask for it, and who gives it.
    #[serde(default)]
    pub approval: Approval,
    /// The highest marking that may be discussed there.
    pub clearance: Marking,
}

impl RoomDetails {
    /// The margins of a use in a layout; without a layout, or in one that the room is not said to have, the longest of any. A use that is
    /// swept has its sweep before the set-up.
    pub fn margins(&self, layout: Option<Layout>, swept: bool) -> Margins {
        let layout = layout.filter(|wanted| self.layouts.iter().any(|l| l.layout == *wanted));
        let fitting = self.layouts.iter().filter(|l| layout.is_none_or(|wanted| l.layout == wanted));
        let laid_out = fitting.fold(Margins::default(), |margins, l| Margins {
            before: margins.before.max(l.set_up_minutes),
            after: margins.after.max(l.clearing_minutes),
        });
        let sweep = if swept { self.sweep_minutes } else { 0 };
        Margins { before: laid_out.before + sweep, ..laid_out }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Identifier.
    pub id: RoomId,
    /// Revision, from 1.
    pub revision: i64,
    /// What the office knows.
    pub details: RoomDetails,
}

/// Whether a use of something scarce is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// Settled.
    Firm,
    /// Pencilled; it ends by itself.
    Held,
}

/// Whether others may hold a room at the time of a hold too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// The office keeps it for itself: such holds may lie over one another.
    #[default]
    Pencilled,
    /// It is promised to somebody: nobody else's hold or use may lie over it.
    Promised,
}

/// A use of a room beside any programme.
#[derive(Debug, Clone)]
pub struct Booking {
    /// Identifier.
    pub id: BookingId,
    /// Revision, from 1.
    pub revision: i64,
    /// Which room.
    pub room: RoomId,
    /// From.
    pub starts: Moment,
    /// Until.
    pub ends: Moment,
    /// What it asks of its room.
    pub needs: RoomNeeds,
    /// Whether settled.
    pub state: BookingState,
    /// Of a hold: whether others may hold the room too.
    pub hold: HoldKind,
    /// When a hold ends by itself.
    pub hold_until: Option<DateTime<Utc>>,
    /// How it stands where the room had to be asked for, or was given to another.
    pub approval: Option<Approving>,
    /// Whether, when this was read, it had ended by itself and held nothing any more.
    pub has_lapsed: bool,
    /// What for.
    pub purpose: Marked<Title>,
    /// Who made it, and so may change it.
    pub made_by: Option<AccountId>,
    /// The series it is one of.
    pub series: Option<series::InSeries>,
}

impl Booking {
    /// The same booking by rules of time that changed, where that moves it: a hold that ends when it starts goes with it.
    pub fn renewed(&self, rules: &dyn ZoneRules) -> Option<Self> {
        let (starts, ends) = renewed(rules, &self.starts, &self.ends)?;
        let hold_until = self.hold_until.map(|until| if until >= self.starts.at() { starts.at() } else { until.min(starts.at()) });
        Some(Self { starts, ends, hold_until, ..self.clone() })
    }

    /// How firmly its author wants the room.
    pub fn wanted(&self) -> Claim {
        let until = self.hold_until.unwrap_or_else(|| self.starts.at());
        match (self.state, self.hold) {
            (BookingState::Firm, _) => Claim::Firm,
            (BookingState::Held, HoldKind::Pencilled) => Claim::Pencilled { until },
            (BookingState::Held, HoldKind::Promised) => Claim::Promised { until },
        }
    }

    /// How firmly it takes the room: a use that waits for it is pencilled.
    pub fn claim(&self) -> Claim {
        held_as(self.wanted(), self.approval, self.starts.at())
    }

    /// Whether what it holds has ended by itself at `now`. What holds nothing has nothing that could end.
    pub fn lapses_by(&self, now: DateTime<Utc>) -> bool {
        match self.claim() {
            Claim::Pencilled { until } | Claim::Promised { until } => until.min(self.starts.at()) <= now,
            Claim::Firm | Claim::Wished => false,
        }
    }
}
