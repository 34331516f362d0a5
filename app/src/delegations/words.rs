//! What is said of delegates.

use domain::delegations::DelegateRole;
use language::Words;

/// What a role is called.
pub fn role_in_words(words: Words, role: DelegateRole) -> String {
    match role {
        DelegateRole::Head => words.delegations_role_head(),
        DelegateRole::Spouse => words.delegations_role_spouse(),
        DelegateRole::Official => words.delegations_role_official(),
        DelegateRole::Business => words.delegations_role_business(),
        DelegateRole::Interpreter => words.delegations_role_interpreter(),
        DelegateRole::Security => words.delegations_role_security(),
        DelegateRole::Press => words.delegations_role_press(),
        DelegateRole::Support => words.delegations_role_support(),
    }
}
