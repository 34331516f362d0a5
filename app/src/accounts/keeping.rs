//! What the pages that keep accounts show and send.

use crate::{components::Choice, forms::FormFields};
use domain::{
    accounts::{AccountActivity, Role},
    marking::{Marking, view::AccountView},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the boxes that give roles; the role's word follows.
const ROLE: &str = "role_";

/// An account with how it is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountLine {
    /// The account.
    pub account: AccountView,
    /// How it is used.
    pub activity: AccountActivity,
    /// When it was last seen, on the office's clock.
    pub last_seen: Option<String>,
}

/// What one may do with accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepingRights {
    /// Invite, change, disable and enable.
    pub manage: bool,
    /// Say how high they read.
    pub grant_ceiling: bool,
}

/// The list of accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountListView {
    /// The accounts, by name.
    pub accounts: Vec<AccountLine>,
    /// The missions to which an account may belong.
    pub missions: Vec<Choice>,
    /// The people whom an account may belong to.
    pub people: Vec<Choice>,
    /// What one may do.
    pub rights: KeepingRights,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountPageView {
    /// The account.
    pub line: AccountLine,
    /// Its version: a change of another one is refused.
    pub seen: String,
    /// The people whom it may belong to.
    pub people: Vec<Choice>,
    /// What one may do.
    pub rights: KeepingRights,
}

impl AccountPageView {
    /// The roles it could be given.
    pub fn other_roles(&self) -> Vec<Role> {
        let of_a_mission = self.line.account.mission.is_some();
        let fits = |role: &Role| role.is_of_a_mission() == of_a_mission && !self.line.account.roles.contains(role);
        Role::ALL.iter().copied().filter(fits).collect()
    }
}

/// The name of the box that gives a role.
pub fn role_field(role: Role) -> String {
    format!("{ROLE}{}", crate::visits::words::word_of(&role))
}

/// The form that invites somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    /// Address to sign in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// The person it belongs to; empty for none.
    pub person_id: String,
    /// Its mission; empty for an account of the office.
    pub mission_id: String,
    /// The last day; empty for none.
    pub ends_on: String,
    /// Ceiling; empty for TLP:CLEAR.
    pub ceiling: String,
    /// Why it is given that ceiling.
    pub reason: String,
    /// The roles (`role_staff` …).
    #[serde(flatten)]
    pub roles: BTreeMap<String, String>,
}

impl InviteForm {
    /// The words of the roles that are ticked.
    pub fn ticked(&self) -> Vec<String> {
        let ticked = self.roles.iter().filter(|(_, value)| !value.is_empty());
        ticked.filter_map(|(name, _)| name.strip_prefix(ROLE).map(str::to_owned)).collect()
    }
}

impl FormFields for InviteForm {
    const NAME: &'static str = "invite";
}

/// The form of the buttons that change whether and how an account signs in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeedForm {
    /// The account.
    pub id: String,
    /// What to do: a word of [`Deed`].
    pub deed: String,
}

impl FormFields for DeedForm {
    const NAME: &'static str = "account-deed";
}

/// What is done with an account by one button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// It can't sign in any more.
    Disable,
    /// It can again.
    Enable,
    /// All its sessions end.
    EndSessions,
    /// A new link is made, in place of any before.
    NewLink,
    /// The link that is open is cancelled.
    CancelLink,
    /// A mission's account is confirmed up to TLP:AMBER.
    Confirm,
    /// That is taken back.
    WithdrawConfirmation,
}

impl Deed {
    /// The deed of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
    }
}

/// The form that says whose an account is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    /// The account.
    pub account_id: String,
    /// The version that was shown.
    pub seen: String,
    /// Name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// The person it belongs to; empty for none.
    pub person_id: String,
    /// The last day; empty for none.
    pub ends_on: String,
}

impl AccountForm {
    /// The form of an account as it is.
    pub fn of(account: &AccountView, seen: &str) -> Self {
        Self {
            account_id: account.id.to_string(),
            seen: seen.to_owned(),
            name: account.name.to_string(),
            email: account.email.to_string(),
            person_id: account.person.as_ref().map(|person| person.id.to_string()).unwrap_or_default(),
            ends_on: account.ends_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

impl FormFields for AccountForm {
    const NAME: &'static str = "account";
}

/// The form that grants or revokes a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    /// The account.
    pub account_id: String,
    /// The role to grant, or nothing.
    pub roles: String,
    /// The role to revoke, or nothing.
    pub revoked: String,
}

impl FormFields for RoleForm {
    const NAME: &'static str = "account-role";
}

/// The form that says how high an account reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CeilingForm {
    /// The account.
    pub account_id: String,
    /// The ceiling.
    pub ceiling: String,
    /// Why.
    pub reason: String,
}

impl CeilingForm {
    /// The form of an account that reads so high.
    pub fn of(account: &AccountView) -> Self {
        let ceiling = account.ceiling.map(Marking::label).unwrap_or_default();
        Self { account_id: account.id.to_string(), ceiling: ceiling.to_owned(), reason: String::new() }
    }
}

impl FormFields for CeilingForm {
    const NAME: &'static str = "account-ceiling";
}

/// The form that ends a suspension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    /// The account.
    pub account_id: String,
    /// Why.
    pub reason: String,
}

impl FormFields for LiftForm {
    const NAME: &'static str = "account-suspension";
}

domain::viewed_by! {
    AccountLine { account }
    AccountListView { accounts }
    AccountPageView { line }
}
