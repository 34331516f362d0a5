//! Roles in words.

use domain::{accounts::Role, marking::view::AccountView};
use language::Words;

/// What a role is called.
pub fn role_in_words(words: Words, role: Role) -> String {
    match role {
        Role::ChiefOfProtocol => words.accounts_role_chief_of_protocol(),
        Role::ProtocolOfficer => words.accounts_role_protocol_officer(),
        Role::SecurityLead => words.accounts_role_security_lead(),
        Role::RoomsManager => words.accounts_role_rooms_manager(),
        Role::Scheduler => words.accounts_role_scheduler(),
        Role::Staff => words.accounts_role_staff(),
        Role::Press => words.accounts_role_press(),
        Role::Auditor => words.accounts_role_auditor(),
        Role::Administrator => words.accounts_role_administrator(),
        Role::MissionHead => words.accounts_role_mission_head(),
        Role::MissionMember => words.accounts_role_mission_member(),
    }
}

/// Whether an account signs in.
pub fn state_in_words(words: Words, account: &AccountView) -> String {
    if account.disabled {
        words.accounts_state_disabled()
    } else if !account.accepted {
        words.accounts_state_invited()
    } else if account.suspended_above_green {
        words.accounts_state_suspended()
    } else {
        words.accounts_state_active()
    }
}
