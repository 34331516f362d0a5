//! An account as those see it who may keep it, and as its owner does.

use super::{Named, ViewedBy};
use crate::{
    accounts::{Account, Role},
    ids::{AccountId, MissionId, PersonId},
    marking::Marking,
    permission::{Action, Actor, Decision, Facts, decide},
    text::{EmailAddress, Title},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The names behind an account's identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountNames {
    /// Its person's.
    pub person: Option<String>,
    /// Its mission's.
    pub mission: Option<String>,
}

/// An account. How high it reads is shown to those alone who keep accounts or ceilings, and to its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    #[serde(skip)]
    pub(super) viewed_by: ViewedBy,
    /// Identifier.
    pub id: AccountId,
    /// Address it signs in with.
    pub email: EmailAddress,
    /// Name.
    pub name: Title,
    /// Roles in force, in the order of the list of roles.
    pub roles: Vec<Role>,
    /// Ceiling in force, before any suspension; none for a mission's account.
    pub ceiling: Option<Marking>,
    /// Its person.
    pub person: Option<Named<PersonId>>,
    /// Its mission.
    pub mission: Option<Named<MissionId>>,
    /// Whether a mission's account is confirmed up to TLP:AMBER.
    pub confirmed: bool,
    /// Whether everything above TLP:GREEN waits for the security lead.
    pub suspended_above_green: bool,
    /// Whether it is disabled.
    pub disabled: bool,
    /// The day after which it can't sign in.
    pub ends_on: Option<NaiveDate>,
    /// Whether somebody chose its password.
    pub accepted: bool,
    /// When the link last made for it ends, if it was neither used nor cancelled.
    pub invited_until: Option<DateTime<Utc>>,
}

impl AccountView {
    /// The account, for somebody who may keep accounts or ceilings, or whose own it is; otherwise none.
    pub fn of(account: &Account, names: &AccountNames, actor: &Actor) -> Option<Self> {
        let is_own = actor.account() == Some(account.id);
        let may = |action| decide(actor, action, Facts::NONE) == Decision::Allowed;
        if !is_own && !may(Action::ManageAccounts) && !may(Action::GrantCeiling) {
            return None;
        }
        let named = |name: &Option<String>| name.clone().unwrap_or_default();
        let mut roles = account.roles.clone();
        roles.sort_unstable();
        Some(Self {
            viewed_by: ViewedBy::of(actor.reader()),
            id: account.id,
            email: account.email.clone(),
            name: account.name.clone(),
            roles,
            ceiling: account.mission.is_none().then_some(account.ceiling),
            person: account.person.map(|id| Named { id, name: named(&names.person) }),
            mission: account.mission.map(|id| Named { id, name: named(&names.mission) }),
            confirmed: account.confirmed,
            suspended_above_green: account.suspended_above_green,
            disabled: account.disabled_at.is_some(),
            ends_on: account.ends_on,
            accepted: account.accepted,
            invited_until: account.invited_until,
        })
    }
}
