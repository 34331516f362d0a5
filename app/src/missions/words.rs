//! What is said of missions.

use domain::{
    missions::{MissionKind, PostClass},
    precedence::Reason,
};
use language::Words;

/// What a kind of mission is called.
pub fn kind_in_words(words: Words, kind: MissionKind) -> String {
    match kind {
        MissionKind::ConsulateGeneral => words.directory_mission_consulate_general(),
        MissionKind::Consulate => words.directory_mission_consulate(),
        MissionKind::HonoraryConsulate => words.directory_mission_honorary_consulate(),
        MissionKind::Embassy => words.directory_mission_embassy(),
        MissionKind::TradeOffice => words.directory_mission_trade_office(),
        MissionKind::CulturalInstitute => words.directory_mission_cultural_institute(),
        MissionKind::City => words.directory_mission_city(),
        MissionKind::Province => words.directory_mission_province(),
    }
}

/// What a class of heads of consular post is called.
pub fn class_in_words(words: Words, class: PostClass) -> String {
    match class {
        PostClass::ConsulGeneral => words.missions_class_consul_general(),
        PostClass::Consul => words.missions_class_consul(),
        PostClass::ViceConsul => words.missions_class_vice_consul(),
        PostClass::ConsularAgent => words.missions_class_consular_agent(),
    }
}

/// What decided a place in the order of precedence.
pub fn reason_in_words(words: Words, reason: &Reason) -> String {
    match reason {
        Reason::First => words.directory_because_first(),
        Reason::Override { name } => words.directory_because_override(name.to_string()),
        Reason::ForeignToTheRules => words.directory_because_foreign_to_the_rules(),
        Reason::OfficeRank => words.directory_because_office_rank(),
        Reason::DateOfOffice => words.directory_because_date_of_office(),
        Reason::AdInterim => words.directory_because_ad_interim(),
        Reason::MissionClass => words.directory_because_mission_class(),
        Reason::HolySee => words.directory_because_holy_see(),
        Reason::FunctionsTakenUp => words.directory_because_functions_taken_up(),
        Reason::HeadOfPost => words.directory_because_head_of_post(),
        Reason::ActingHead => words.directory_because_acting_head(),
        Reason::ActingSince => words.directory_because_acting_since(),
        Reason::PostClass => words.directory_because_post_class(),
        Reason::Honorary => words.directory_because_honorary(),
        Reason::Admission => words.directory_because_admission(),
        Reason::Commission => words.directory_because_commission(),
        Reason::StateName => words.directory_because_state_name(),
        Reason::Equal => words.directory_because_equal(),
    }
}
