//! Rule 1 for what is carried about: a vehicle or a piece of equipment twice.

use super::RuleId;

/// Two uses of it that share an instant; an office may relax the level, unlike that of rooms.
pub(super) const fn rule() -> RuleId {
    RuleId::EquipmentTwice
}
