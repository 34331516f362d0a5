//! Rule 1: a room twice, set-up and clearing included. It blocks and is never relaxed.

use super::RuleId;

/// Two uses of a room that share an instant are always a room twice; how firmly both are wanted tempers the level.
pub(super) const fn rule() -> RuleId {
    RuleId::RoomTwice
}
