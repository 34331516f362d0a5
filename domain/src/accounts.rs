//! Accounts: who signs in, with which roles, and how high each may read.

use crate::{
    ids::{AccountId, MissionId, PersonId},
    marking::Marking,
    programme::kinds,
    text::{EmailAddress, Title},
};
use chrono::{DateTime, NaiveDate, Utc};

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
}

/// An account as the office keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
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
}

impl Account {
    /// How high it reads, all considered.
    pub fn effective_ceiling(&self) -> Marking {
        if self.suspended_above_green { self.ceiling.min(Marking::Green) } else { self.ceiling }
    }
}
