//! The forms of the calendar of holidays: what their fields hold.

use crate::forms::FormFields;
use domain::holidays::{DayKind, input::OwnDayInput};
use serde::{Deserialize, Serialize};

/// The form of a day, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnDayForm {
    /// What tells one opening of the form from another, so that two presses of its button are one.
    pub once: String,
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The day, as people type days.
    pub on: String,
    /// What it is called.
    pub name: String,
    /// The word of its kind.
    pub kind: String,
}

impl FormFields for OwnDayForm {
    const NAME: &'static str = "own-day";
}

impl OwnDayForm {
    /// The form of a new day of a country.
    pub fn new_in(country: &str, once: String) -> Self {
        Self { once, country: country.to_owned(), kind: DayKind::Holiday.word().to_owned(), ..Self::default() }
    }

    /// What was said, for the use case; the day as it was read.
    pub fn input(&self, on: String) -> OwnDayInput {
        OwnDayInput { country: Some(self.country.clone()), on: Some(on), name: Some(self.name.clone()), kind: Some(self.kind.clone()) }
    }
}

/// The form that takes a day off the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveOwnDayForm {
    /// The day.
    pub id: String,
    /// The country the page shows.
    pub country: String,
    /// The year the page shows.
    pub year: String,
}

impl FormFields for RemoveOwnDayForm {
    const NAME: &'static str = "remove-own-day";
}
