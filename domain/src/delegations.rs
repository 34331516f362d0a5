//! Who comes.

pub mod input;

use crate::{
    ids::{DelegateId, DelegationId, MissionId, PersonId, VisitId},
    marking::Marked,
    text::{Label, Prose, Title},
};
use serde::{Deserialize, Serialize};

/// What a delegate is in the delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DelegateRole {
    /// Head of delegation.
    Head,
    /// Spouse or companion of the head.
    Spouse,
    /// Member of the official suite.
    Official,
    /// Business member.
    Business,
    /// Interpreter.
    Interpreter,
    /// Security.
    Security,
    /// Press.
    Press,
    /// Support.
    Support,
}

impl DelegateRole {
    /// All roles, in the order of a delegation list.
    pub const ALL: [Self; 8] =
        [Self::Head, Self::Spouse, Self::Official, Self::Business, Self::Interpreter, Self::Security, Self::Press, Self::Support];
}

/// A delegation: at a summit, one of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Identifier.
    pub id: DelegationId,
    /// The visit.
    pub visit: VisitId,
    /// Its name, usually the country's.
    pub name: Title,
    /// The mission attached to the visit for it.
    pub mission: Option<MissionId>,
}

/// What is known of a delegate; personal, so it bears a marking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegateDetails {
    /// Name as it is announced.
    pub name: Title,
    /// Name in its own script.
    pub own_script: Option<Title>,
    /// How it is said.
    pub pronunciation: Option<Title>,
    /// Form of address.
    pub address: Option<Title>,
    /// Rank or office.
    pub rank: Option<Title>,
    /// Languages (BCP 47).
    #[serde(default)]
    pub languages: Vec<Label>,
    /// What the kitchen must know.
    pub diet: Option<Prose>,
}

/// A member of a delegation.
#[derive(Debug, Clone)]
pub struct Delegate {
    /// Identifier.
    pub id: DelegateId,
    /// Revision, from 1.
    pub revision: i64,
    /// The visit.
    pub visit: VisitId,
    /// The delegation.
    pub delegation: DelegationId,
    /// The person in the directory: what a programme's lines name and engage.
    pub person: PersonId,
    /// Role.
    pub role: DelegateRole,
    /// Place in the delegation's own order, from 1.
    pub position: u32,
    /// Details, marked.
    pub details: Marked<DelegateDetails>,
}
