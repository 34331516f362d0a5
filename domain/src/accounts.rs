//! Accounts: who signs in, with which roles, and how high each may read.

pub mod input;

use crate::{
    ids::{AccountId, MissionId, PersonId, SessionId, TokenId},
    marking::Marking,
    permission::{Action, role_allows},
    programme::kinds,
    text::{EmailAddress, Title},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

kinds! {
    /// What an account does in the office, or in its mission.
    Role {
        /// Chief of protocol.
        ChiefOfProtocol = "chief_of_protocol",
        /// Protocol officer.
        ProtocolOfficer = "protocol_officer",
        /// Security lead.
        SecurityLead = "security_lead",
        /// Rooms manager.
        RoomsManager = "rooms_manager",
        /// A principal's scheduler.
        Scheduler = "scheduler",
        /// Staff.
        Staff = "staff",
        /// Press office.
        Press = "press",
        /// Auditor.
        Auditor = "auditor",
        /// Administrator.
        Administrator = "administrator",
        /// Head of a mission, who proposes its accounts.
        MissionHead = "mission_head",
        /// Member of a mission.
        MissionMember = "mission_member",
    }
}

impl Role {
    /// Whether it is a role in a mission, not in the office.
    pub const fn is_of_a_mission(self) -> bool {
        matches!(self, Self::MissionHead | Self::MissionMember)
    }

    /// Whether it decides how high others read. Who may not decide that, may not give such a role either.
    pub const fn grants_ceilings(self) -> bool {
        role_allows(self, Action::GrantCeiling)
    }

    /// Whether an office always keeps somebody who has it: without, nobody could let anybody in.
    pub const fn is_never_vacant(self) -> bool {
        matches!(self, Self::ChiefOfProtocol | Self::Administrator)
    }
}

/// An account as the office keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Revision, from 1.
    pub revision: i64,
    /// Address it signs in with, unique within the office.
    pub email: EmailAddress,
    /// Name as others see it.
    pub name: Title,
    /// The person it belongs to, whose lines are its own engagements.
    pub person: Option<PersonId>,
    /// Its mission, if it belongs to one; then it has no ceiling.
    pub mission: Option<MissionId>,
    /// Whether the office confirmed a mission's account up to TLP:AMBER.
    pub confirmed: bool,
    /// Roles in force.
    pub roles: Vec<Role>,
    /// Ceiling in force.
    pub ceiling: Marking,
    /// Whether everything above TLP:GREEN waits for the security lead, because somebody else changed its credential or address.
    pub suspended_above_green: bool,
    /// The day after which it can't sign in.
    pub ends_on: Option<NaiveDate>,
    /// When it was disabled.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Whether somebody chose its password: until then it can't sign in.
    pub accepted: bool,
    /// When the link that was last made for it ends, if it was neither used nor cancelled.
    pub invited_until: Option<DateTime<Utc>>,
}

impl Account {
    /// How high it reads, all considered.
    pub fn effective_ceiling(&self) -> Marking {
        if self.suspended_above_green { self.ceiling.min(Marking::Green) } else { self.ceiling }
    }

    /// Whether it may sign in on a day.
    pub fn is_in_force(&self, today: NaiveDate) -> bool {
        self.accepted && self.disabled_at.is_none() && self.ends_on.is_none_or(|last| today <= last)
    }
}

/// How an account is used: beside its view, because it changes without anybody's change and belongs to no version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountActivity {
    /// When it was last seen, to five minutes.
    pub seen_at: Option<DateTime<Utc>>,
    /// How many sessions it has open.
    pub sessions: u32,
    /// How many tokens of the API it has.
    pub tokens: u32,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Identifier.
    pub id: SessionId,
    /// The network it was opened from.
    pub client: Option<String>,
    /// When it was opened.
    pub made_at: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub ends_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// A token of the API as its owner sees it; the token itself was shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenView {
    /// Identifier.
    pub id: TokenId,
    /// What its owner calls it.
    pub label: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it was last used, to five minutes.
    pub seen_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// What an invitation says to whoever holds its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// The address the account signs in with.
    pub email: EmailAddress,
    /// Name of the account.
    pub name: Title,
    /// When the link ends.
    pub ends_at: DateTime<Utc>,
    /// Whether the account had a password, which the new one replaces.
    pub replaces_password: bool,
}

crate::viewed_by! { SessionView {} TokenView {} InvitationView {} }
