//! Visits: inbound, and outbound missions abroad.

pub mod input;

use crate::{
    ids::{AccountId, MissionId, PersonId, VisitId},
    marking::{Marked, Marking, Scope},
    text::{Label, Prose, Title},
    time::ZoneName,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether the guest comes to us or we go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The guest comes to us.
    #[default]
    Inbound,
    /// We go: a mission abroad.
    Outbound,
}

/// The categories of visits; category and rank decide the ceremonial, not the wish of the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitCategory {
    /// State visit: a head of state, with all honours.
    State,
    /// Official visit.
    Official,
    /// Official working visit.
    OfficialWorking,
    /// Working visit.
    Working,
    /// Guest of government.
    GuestOfGovernment,
    /// Private visit.
    Private,
    /// Courtesy call.
    CourtesyCall,
    /// Transit.
    Transit,
    /// Summit of several delegations.
    Summit,
    /// Consular event: a mission hosts it, often outside our rooms.
    ConsularEvent,
}

impl VisitCategory {
    /// All categories, in descending order.
    pub const ALL: [Self; 10] = [
        Self::State,
        Self::Official,
        Self::OfficialWorking,
        Self::Working,
        Self::GuestOfGovernment,
        Self::Private,
        Self::CourtesyCall,
        Self::Transit,
        Self::Summit,
        Self::ConsularEvent,
    ];

    /// Whether the visiting principal takes part in every line without being named on it.
    pub fn has_one_principal(self) -> bool {
        !matches!(self, Self::Summit | Self::ConsularEvent)
    }
}

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    /// Asked for.
    Requested,
    /// Dates are pencilled.
    Held,
    /// Settled.
    Confirmed,
    /// The guest is here.
    UnderWay,
    /// Over.
    Completed,
    /// We said no.
    Declined,
    /// The guest took it back.
    Withdrawn,
    /// Put off: keeps its lines, frees what they held.
    Postponed,
    /// Called off.
    Cancelled,
}

impl VisitState {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Requested,
        Self::Held,
        Self::Confirmed,
        Self::UnderWay,
        Self::Completed,
        Self::Declined,
        Self::Withdrawn,
        Self::Postponed,
        Self::Cancelled,
    ];

    /// The states that may follow.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Requested => &[Self::Held, Self::Confirmed, Self::Declined, Self::Withdrawn],
            Self::Held => &[Self::Confirmed, Self::Declined, Self::Withdrawn, Self::Postponed, Self::Cancelled],
            Self::Confirmed => &[Self::UnderWay, Self::Withdrawn, Self::Postponed, Self::Cancelled],
            Self::UnderWay => &[Self::Completed, Self::Cancelled],
            Self::Postponed => &[Self::Held, Self::Confirmed, Self::Withdrawn, Self::Cancelled],
            Self::Completed | Self::Declined | Self::Withdrawn | Self::Cancelled => &[],
        }
    }

    /// Whether a visit may go from here to there.
    pub fn may_become(self, next: Self) -> bool {
        self == next || self.next().contains(&next)
    }

    /// Whether lines of such a visit may be firm.
    pub const fn allows_firm_lines(self) -> bool {
        matches!(self, Self::Confirmed | Self::UnderWay)
    }

    /// Whether lines of such a visit hold what they name.
    pub const fn holds_things(self) -> bool {
        matches!(self, Self::Requested | Self::Held | Self::Confirmed | Self::UnderWay)
    }

    /// Whether the visit takes place, may, or did.
    pub const fn takes_place(self) -> bool {
        self.holds_things() || matches!(self, Self::Completed)
    }
}

/// A visit.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Identifier.
    pub id: VisitId,
    /// Revision, from 1.
    pub revision: i64,
    /// What was said of it.
    pub details: VisitDetails,
}

/// What is said of a visit, part by part.
#[derive(Debug, Clone)]
pub struct VisitDetails {
    /// Inbound or outbound.
    pub direction: Direction,
    /// Category.
    pub category: VisitCategory,
    /// Where it stands.
    pub state: VisitState,
    /// The marking of its existence: the floor of every part of it.
    pub existence: Marking,
    /// Title: “Prime Minister of Viet Nam”.
    pub title: Marked<Title>,
    /// A title that may be shown to who may not read the true one.
    pub cover: Option<Marked<Title>>,
    /// First and last day, on the local calendar.
    pub dates: Marked<VisitDates>,
    /// Guest and host.
    pub parties: Marked<Parties>,
    /// The zone of its lines, unless they say otherwise.
    pub zone: ZoneName,
    /// The place shown beside local time.
    pub place: Title,
    /// The zone of the visitor's capital (outbound: of home).
    pub capital_zone: ZoneName,
    /// The place shown beside capital time: “Hà Nội”.
    pub capital: Title,
    /// Purpose and remarks.
    pub remarks: Marked<Option<Prose>>,
    /// The missions attached to it, one by one.
    pub missions: Vec<MissionId>,
    /// Who made it.
    pub made_by: Option<AccountId>,
}

/// First and last day of a visit: civil dates, never instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VisitDates {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, included.
    pub ends_on: NaiveDate,
}

/// Who visits whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The guest's country, ISO 3166-1 alpha-2; for an outbound mission the country visited.
    pub country: Option<Label>,
    /// The visiting principal.
    pub guest: Option<PersonId>,
    /// The host's principal.
    pub host: Option<PersonId>,
}

impl VisitDetails {
    /// The visiting principal, whoever may read who it is: a rule must know.
    pub fn guest_for_rules(&self) -> Option<PersonId> {
        self.parties.for_rules().guest
    }

    /// Whether nothing of it is to come: it ended by its days or by its state. What was put off may be taken up again whenever that was.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        match self.state {
            VisitState::Completed | VisitState::Declined | VisitState::Withdrawn | VisitState::Cancelled => true,
            VisitState::Postponed => false,
            VisitState::Requested | VisitState::Held | VisitState::Confirmed | VisitState::UnderWay => {
                self.dates_for_rules().ends_on < today
            }
        }
    }

    /// Guest and host, whoever may read who they are.
    pub fn parties_for_rules(&self) -> &Parties {
        self.parties.for_rules()
    }

    /// First and last day, whoever may read them.
    pub fn dates_for_rules(&self) -> VisitDates {
        *self.dates.for_rules()
    }

    /// What one needs to know of, to read the visit.
    pub fn scope(id: VisitId) -> Scope {
        Scope::Visit(id)
    }

    /// The highest marking of any part.
    pub fn highest_marking(&self) -> Marking {
        [self.title.marking(), self.dates.marking(), self.parties.marking(), self.remarks.marking()]
            .into_iter()
            .fold(self.existence, Marking::max)
    }
}
