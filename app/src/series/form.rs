//! The forms of a series: what their fields hold.

use crate::{bookings::BookingForm, forms::FormFields};
use domain::{marking::view::SlotView, rooms::series::SeriesDay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an answer says that leaves an occurrence out.
pub const LEAVE: &str = "leave";

/// The form of a series: that of the booking which comes again, and how it does. Its `id` and version are those of the series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesForm {
    /// How many of its bookings are changed; empty for a new series.
    pub reach: String,
    /// From which day on.
    pub on: String,
    /// How it comes again; empty for as it is.
    pub repeats: String,
    /// Every so many weeks or months.
    pub every: String,
    /// Chosen dates, as people type days, with commas between them.
    pub dates: String,
    /// The last day on which it may be.
    pub until: String,
    /// How many times it is.
    pub times: String,
    /// Days that are left out, with commas between them.
    pub except: String,
    /// Which of two equal times is meant.
    pub twice: String,
    /// The booking, and among its further fields the weekdays (`weekday_1` …) and the answers (`answer_2027-03-17` …).
    #[serde(flatten)]
    pub booking: BookingForm,
}

impl FormFields for SeriesForm {
    const NAME: &'static str = "series";
}

/// The field of a weekday, 1 for Monday to 7 for Sunday.
pub fn weekday_field(weekday: u32) -> String {
    format!("weekday_{weekday}")
}

/// What the field begins with that says what is to become of a day.
pub(super) const ANSWER: &str = "answer_";

/// The field that says what is to become of a day.
pub fn answer_field(on: SeriesDay) -> String {
    format!("{ANSWER}{on}")
}

/// The answer that takes a slot.
pub fn answer_of_slot(slot: &SlotView) -> String {
    let (starts, ends) = (&slot.starts, &slot.ends);
    let room = slot.room.as_ref().map(|room| format!(" {}", room.id)).unwrap_or_default();
    format!("{} {} {} {} {}{room}", starts.local, starts.offset, ends.local, ends.offset, starts.zone)
}

/// The form under the days of a series, which answers for those that cannot be had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesDaysForm {
    /// Under which the form of the series is kept.
    pub kept: String,
    /// [`LEAVE`] where all days not answered for are left out.
    pub rest: String,
    /// The answers (`answer_2027-03-17` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for SeriesDaysForm {
    const NAME: &'static str = "series-days";
}

/// The form that cancels a series, or a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelSeriesForm {
    /// The series.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// How many of its bookings.
    pub reach: String,
    /// Which, or from which on.
    pub on: String,
}

impl FormFields for CancelSeriesForm {
    const NAME: &'static str = "cancel-series";
}
