//! The forms of a closing: what their fields hold.

use crate::forms::FormFields;
use chrono::NaiveDate;
use domain::{
    clash::Source,
    marking::{Marking, view::SlotView},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an answer says that leaves a use where it is.
pub const STAY: &str = "stay";

/// What the field begins with that says what becomes of a use; its kind and id follow.
pub(super) const MOVE: &str = "move_";

/// The form that says when a room is closed and why, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosingForm {
    /// The room.
    pub id: String,
    /// What tells one opening of the form from another, so that two presses of the last button are one.
    pub once: String,
    /// The day it is closed from, as people type days.
    pub date: String,
    /// The time it is closed from.
    pub starts: String,
    /// Until when, with its day where that is another, or for how long; empty for good.
    pub ends: String,
    /// The clocks on which both are; empty for those of the site.
    pub zone: String,
    /// Which of two equal times is meant, by its offset.
    pub starts_offset: String,
    /// The same of the end.
    pub ends_offset: String,
    /// Why.
    pub cause: String,
    /// Marking of why.
    pub marking: String,
    /// The alternative that was pressed.
    pub take: String,
    /// What was answered of each use (`move_booking_…`, `move_item_…`).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for ClosingForm {
    const NAME: &'static str = "closing";
}

impl ClosingForm {
    /// The form with which a room is closed.
    pub fn new_on(room: String, today: NaiveDate, once: String) -> Self {
        Self { id: room, once, date: today.to_string(), marking: Marking::Green.label().to_owned(), ..Self::default() }
    }
}

/// The form under what a closing hurts, which says what becomes of each use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosingAnswersForm {
    /// The room.
    pub id: String,
    /// Under which the form of the closing is kept.
    pub kept: String,
    /// The version of what one saw to be hurt.
    pub seen: String,
    /// The answers (`move_booking_…`, `move_item_…`).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for ClosingAnswersForm {
    const NAME: &'static str = "closing-answers";
}

/// The field that says what becomes of a use.
pub fn move_field(source: Source) -> String {
    match source {
        Source::Booking(id) => format!("{MOVE}booking_{id}"),
        Source::Item(id) => format!("{MOVE}item_{id}"),
    }
}

/// The answer that takes a slot; none stays.
pub fn answer_of(slot: Option<&SlotView>) -> String {
    slot.map_or_else(|| STAY.to_owned(), crate::series::form::answer_of_slot)
}
