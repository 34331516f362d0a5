//! What the page of holidays shows.

use super::OwnDayForm;
use crate::components::Choice;
use chrono::NaiveDate;
use domain::{
    holidays::DayKind,
    ids::{MissionId, OwnDayId},
};
use serde::{Deserialize, Serialize};

/// From where a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// From the bundled table.
    Bundled {
        /// Whether the day itself lies on a weekend, and this is the day on which it is observed.
        is_moved: bool,
    },
    /// The office has set it.
    Own {
        /// Which of its days.
        id: OwnDayId,
    },
    /// The office is closed at all its sites.
    Closed,
    /// A mission of that country says so in the directory.
    Mission {
        /// Which.
        id: MissionId,
    },
}

/// A day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayShown {
    /// Which day.
    pub on: NaiveDate,
    /// What it is called.
    pub name: String,
    /// What kind of day it is.
    pub kind: DayKind,
    /// From where it is known.
    pub origin: Origin,
}

/// The days of a country in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidaysView {
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The countries that can be looked at.
    pub countries: Vec<Choice>,
    /// The year.
    pub year: i32,
    /// The days of its weekend, 1 for Monday to 7 for Sunday (ISO 8601).
    pub weekend: Vec<u32>,
    /// The days, in their order.
    pub days: Vec<DayShown>,
    /// The date of the bundled table.
    pub dated: String,
    /// What the form of a new day opens with.
    pub stored: OwnDayForm,
}

domain::viewed_by! { HolidaysView {} }
