//! What is said of visits.

use domain::{
    marking::{Marking, view::VisitView},
    visits::{Direction, VisitCategory, VisitState},
};
use language::Words;

/// What a category is called.
pub fn category_in_words(words: Words, category: VisitCategory) -> String {
    match category {
        VisitCategory::State => words.visits_category_state(),
        VisitCategory::Official => words.visits_category_official(),
        VisitCategory::OfficialWorking => words.visits_category_official_working(),
        VisitCategory::Working => words.visits_category_working(),
        VisitCategory::GuestOfGovernment => words.visits_category_guest_of_government(),
        VisitCategory::Private => words.visits_category_private(),
        VisitCategory::CourtesyCall => words.visits_category_courtesy_call(),
        VisitCategory::Transit => words.visits_category_transit(),
        VisitCategory::Summit => words.visits_category_summit(),
        VisitCategory::ConsularEvent => words.visits_category_consular_event(),
    }
}

/// What a state is called.
pub fn state_in_words(words: Words, state: VisitState) -> String {
    match state {
        VisitState::Requested => words.visits_state_requested(),
        VisitState::Held => words.visits_state_held(),
        VisitState::Confirmed => words.visits_state_confirmed(),
        VisitState::UnderWay => words.visits_state_under_way(),
        VisitState::Completed => words.visits_state_completed(),
        VisitState::Declined => words.visits_state_declined(),
        VisitState::Withdrawn => words.visits_state_withdrawn(),
        VisitState::Postponed => words.visits_state_postponed(),
        VisitState::Cancelled => words.visits_state_cancelled(),
    }
}

/// What a direction is called.
pub fn direction_in_words(words: Words, direction: Direction) -> String {
    match direction {
        Direction::Inbound => words.visits_direction_inbound(),
        Direction::Outbound => words.visits_direction_outbound(),
    }
}

/// What a part of a visit that bears a marking is called.
pub fn part_in_words(words: Words, part: &str) -> String {
    match part {
        "existence" => words.visits_part_existence(),
        "title" => words.visits_field_title(),
        "dates" => words.visits_part_dates(),
        "parties" => words.visits_part_parties(),
        "remarks" => words.visits_field_remarks(),
        _ => words.visits_field_cover(),
    }
}

/// The title a reader sees: the true one, its cover, or that there is a visit.
pub fn title_in_words(words: Words, visit: &VisitView) -> String {
    visit.title.clone().unwrap_or_else(|| words.visits_untitled())
}

/// The word by which forms and addresses name a value of the domain.
pub fn word_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The markings one may give, as choices.
pub fn markings_up_to(ceiling: Marking) -> Vec<crate::components::Choice> {
    let given = Marking::ALL.into_iter().filter(|marking| *marking <= ceiling);
    given.map(|marking| crate::components::Choice::new(marking.label(), marking.label())).collect()
}
