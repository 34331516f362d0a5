//! What is said of people.

use domain::people::{NameOrder, Standing};
use language::Words;

/// What somebody is to the office.
pub fn standing_in_words(words: Words, standing: Standing) -> String {
    match standing {
        Standing::HostPrincipal => words.directory_standing_host_principal(),
        Standing::HostStaff => words.directory_standing_host_staff(),
        Standing::Interpreter => words.directory_standing_interpreter(),
        Standing::VisitingPrincipal => words.directory_standing_visiting_principal(),
        Standing::MissionMember => words.directory_standing_mission_member(),
        Standing::Guest => words.directory_standing_guest(),
    }
}

/// In which order the parts of a name stand.
pub fn order_in_words(words: Words, order: NameOrder) -> String {
    match order {
        NameOrder::GivenFirst => words.people_order_given_first(),
        NameOrder::FamilyFirst => words.people_order_family_first(),
    }
}
