//! The rules of clashes and their levels in words.

use domain::clash::{Level, RuleId};
use language::Words;

/// What a rule forbids.
pub(crate) fn rule_in_words(words: Words, rule: RuleId) -> String {
    match rule {
        RuleId::RoomTwice => words.rules_room_twice(),
        RuleId::EquipmentTwice => words.rules_equipment_twice(),
        RuleId::PersonTwice => words.rules_person_twice(),
        RuleId::PersonDropBy => words.rules_person_drop_by(),
        RuleId::TravelShort => words.rules_travel_short(),
        RuleId::TravelUnknown => words.rules_travel_unknown(),
        RuleId::RoomTooSmall => words.rules_room_too_small(),
        RuleId::RoomLacks => words.rules_room_lacks(),
        RuleId::RoomClosed => words.rules_room_closed(),
        RuleId::RoomBlackedOut => words.rules_room_blacked_out(),
        RuleId::RoomNotCleared => words.rules_room_not_cleared(),
        RuleId::OutsideVisit => words.rules_outside_visit(),
        RuleId::BeforeArrival => words.rules_before_arrival(),
        RuleId::AfterDeparture => words.rules_after_departure(),
        RuleId::InterpreterMissing => words.rules_interpreter_missing(),
        RuleId::ReliefMissing => words.rules_relief_missing(),
        RuleId::NightInCapital => words.rules_night_in_capital(),
        RuleId::RestDay => words.rules_rest_day(),
        RuleId::Holiday => words.rules_holiday(),
        RuleId::TimeSkipped => words.rules_time_skipped(),
        RuleId::TimeTwice => words.rules_time_twice(),
        RuleId::UnsweptUse => words.rules_unswept_use(),
    }
}

/// What a level does.
pub(crate) fn level_in_words(words: Words, level: Level) -> String {
    match level {
        Level::Note => words.rules_level_note(),
        Level::Warn => words.rules_level_warn(),
        Level::Override => words.rules_level_override(),
        Level::Block => words.rules_level_block(),
    }
}
