//! The rules by name, and how bad an office holds a breach of each to be.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How bad a clash is, from the least to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Probably wrong; may be saved.
    Warn,
    /// Saved only by the chief of protocol, with a reason, recorded.
    Override,
    /// Saved by nobody.
    Block,
}

/// A rule. Several names may belong to one numbered rule of the field, because each has a level of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// 1: a room is wanted twice, set-up and clearing included.
    RoomTwice,
    /// 1: a vehicle or a piece of equipment is wanted twice.
    EquipmentTwice,
    /// 2: a person is wanted in two things at once.
    PersonTwice,
    /// 2: a person is wanted in two things at once, in one of which they only drop by.
    PersonDropBy,
    /// 2: a person has less time between two places than the way takes.
    TravelShort,
    /// 2: a person goes from one place to another, and nobody has said how long that takes.
    TravelUnknown,
    /// 3: a room holds fewer than come.
    RoomTooSmall,
    /// 3: a room lacks the layout or a feature that is asked.
    RoomLacks,
    /// 3: a room is not open for all of its use.
    RoomClosed,
    /// 3: a room or its site is blacked out.
    RoomBlackedOut,
    /// 3: a room is cleared for less than the marking of its use.
    RoomNotCleared,
    /// 4: a line lies outside its visit's dates.
    OutsideVisit,
    /// 4: the visitor takes part in a line before arriving.
    BeforeArrival,
    /// 4: the visitor takes part in a line after leaving.
    AfterDeparture,
    /// 5: nobody interprets, or nobody who speaks the languages.
    InterpreterMissing,
    /// 5: an interpreter in a booth has no relief.
    ReliefMissing,
    /// 6: it is night in the visitor's capital, and the visitor has only just arrived.
    NightInCapital,
    /// 6: it is a weekend or rest day of either side.
    RestDay,
    /// 6: it is a public holiday or national day of either side.
    Holiday,
    /// 8: a wall time does not exist.
    TimeSkipped,
    /// 8: a wall time exists twice and nobody has said which is meant.
    TimeTwice,
    /// 9: a room is swept, and used by others before the event it was swept for.
    UnsweptUse,
}

impl Level {
    /// All, from the least to the worst.
    pub const ALL: [Self; 4] = [Self::Note, Self::Warn, Self::Override, Self::Block];

    /// The word that the API, the messages and the settings use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Override => "override",
            Self::Block => "block",
        }
    }

    /// The level of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl RuleId {
    /// All, in their order.
    pub const ALL: [Self; 22] = [
        Self::RoomTwice,
        Self::EquipmentTwice,
        Self::PersonTwice,
        Self::PersonDropBy,
        Self::TravelShort,
        Self::TravelUnknown,
        Self::RoomTooSmall,
        Self::RoomLacks,
        Self::RoomClosed,
        Self::RoomBlackedOut,
        Self::RoomNotCleared,
        Self::OutsideVisit,
        Self::BeforeArrival,
        Self::AfterDeparture,
        Self::InterpreterMissing,
        Self::ReliefMissing,
        Self::NightInCapital,
        Self::RestDay,
        Self::Holiday,
        Self::TimeSkipped,
        Self::TimeTwice,
        Self::UnsweptUse,
    ];

    /// The number of the rule in the office's list of rules.
    pub const fn number(self) -> u8 {
        match self {
            Self::RoomTwice | Self::EquipmentTwice => 1,
            Self::PersonTwice | Self::PersonDropBy | Self::TravelShort | Self::TravelUnknown => 2,
            Self::RoomTooSmall | Self::RoomLacks | Self::RoomClosed | Self::RoomBlackedOut | Self::RoomNotCleared => 3,
            Self::OutsideVisit | Self::BeforeArrival | Self::AfterDeparture => 4,
            Self::InterpreterMissing | Self::ReliefMissing => 5,
            Self::NightInCapital | Self::RestDay | Self::Holiday => 6,
            Self::TimeSkipped | Self::TimeTwice => 8,
            Self::UnsweptUse => 9,
        }
    }

    /// The word that the API, the messages and the settings use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RoomTwice => "room_twice",
            Self::EquipmentTwice => "equipment_twice",
            Self::PersonTwice => "person_twice",
            Self::PersonDropBy => "person_drop_by",
            Self::TravelShort => "travel_short",
            Self::TravelUnknown => "travel_unknown",
            Self::RoomTooSmall => "room_too_small",
            Self::RoomLacks => "room_lacks",
            Self::RoomClosed => "room_closed",
            Self::RoomBlackedOut => "room_blacked_out",
            Self::RoomNotCleared => "room_not_cleared",
            Self::OutsideVisit => "outside_visit",
            Self::BeforeArrival => "before_arrival",
            Self::AfterDeparture => "after_departure",
            Self::InterpreterMissing => "interpreter_missing",
            Self::ReliefMissing => "relief_missing",
            Self::NightInCapital => "night_in_capital",
            Self::RestDay => "rest_day",
            Self::Holiday => "holiday",
            Self::TimeSkipped => "time_skipped",
            Self::TimeTwice => "time_twice",
            Self::UnsweptUse => "unswept_use",
        }
    }

    /// The rule of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// Whether it is about one thing, no room, that is wanted in two uses at once.
    pub const fn is_of_sharing(self) -> bool {
        matches!(self, Self::EquipmentTwice | Self::PersonTwice | Self::PersonDropBy)
    }

    /// Whether its level is set by nobody: a room is never promised twice, and a time that is none cannot be kept.
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::RoomTwice | Self::TimeSkipped)
    }

    /// Whether it is about the hour or the day alone, whatever is taken then.
    pub const fn is_of_the_hour(self) -> bool {
        self.number() == 6
    }

    /// Whether it is about who was named to interpret, which neither another time nor another room mends.
    pub const fn is_of_interpreting(self) -> bool {
        self.number() == 5
    }

    /// Whether it tells how a room suits its use, whatever else takes the room.
    pub const fn is_of_a_room_alone(self) -> bool {
        self.number() == 3
    }

    /// The level an office starts with.
    ///
    /// Dates, arrival and departure warn only: flights move last and at night, and the line that tells so must be saved by
    /// whoever is on duty. A time that exists twice blocks until it is said which is meant; saying so is the way out.
    pub const fn default_level(self) -> Level {
        match self {
            Self::RoomTwice | Self::EquipmentTwice | Self::PersonTwice | Self::TimeSkipped | Self::TimeTwice => Level::Block,
            Self::PersonDropBy | Self::RoomClosed | Self::RoomBlackedOut | Self::RoomNotCleared => Level::Override,
            Self::TravelShort
            | Self::TravelUnknown
            | Self::RoomTooSmall
            | Self::RoomLacks
            | Self::OutsideVisit
            | Self::BeforeArrival
            | Self::AfterDeparture
            | Self::InterpreterMissing
            | Self::ReliefMissing
            | Self::NightInCapital
            | Self::RestDay
            | Self::Holiday
            | Self::UnsweptUse => Level::Warn,
        }
    }
}

/// The level of each rule in an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    levels: [Level; RuleId::ALL.len()],
}

impl Default for Rules {
    fn default() -> Self {
        Self { levels: RuleId::ALL.map(RuleId::default_level) }
    }
}

/// The levels that an office has set, of those rules alone for which it does not go by the usual one.
pub type SetLevels = BTreeMap<RuleId, Level>;

impl From<&SetLevels> for Rules {
    fn from(set: &SetLevels) -> Self {
        set.iter().fold(Self::default(), |rules, (rule, level)| rules.with(*rule, *level))
    }
}

impl Rules {
    /// The same rules with another level for one of them; those that are fixed stay as they are.
    #[must_use]
    pub fn with(mut self, rule: RuleId, level: Level) -> Self {
        if !rule.is_fixed() {
            self.levels[rule as usize] = level;
        }
        self
    }

    /// The level of a rule.
    pub const fn level(&self, rule: RuleId) -> Level {
        self.levels[rule as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_and_skipped_times_block_whatever_is_set() {
        let rules = RuleId::ALL.into_iter().fold(Rules::default(), |rules, rule| rules.with(rule, Level::Note));
        for rule in RuleId::ALL {
            let expected = if rule.is_fixed() { Level::Block } else { Level::Note };
            assert_eq!(rules.level(rule), expected, "{}", rule.word());
        }
    }

    #[test]
    fn words_are_those_that_travel() {
        for (position, rule) in RuleId::ALL.into_iter().enumerate() {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.word());
            assert_eq!(RuleId::from_word(rule.word()), Some(rule));
            assert_eq!(rule as usize, position);
        }
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.word());
            assert_eq!(Level::from_word(level.word()), Some(level));
        }
    }
}
