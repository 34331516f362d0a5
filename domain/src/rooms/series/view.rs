//! Series as they travel.

use super::{Nth, Pattern, Recurrence, Series, SeriesDay, Twice, Until, input::Repeats};
use crate::{
    ids::{BookingId, RoomId, SeriesId},
    marking::{
        Reader,
        view::{BookingView, ClashView, Named, SlotView},
    },
    rooms::approval::Approving,
    time::agreed::MomentView,
};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// On which days a series is, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecurrenceView {
    /// How it comes again.
    pub repeats: Repeats,
    /// Every so many weeks or months.
    pub every: u32,
    /// The weekdays, Monday 1 to Sunday 7; of a series on a weekday of the month the one.
    pub weekdays: Vec<u8>,
    /// The day of the month, if it is on one.
    pub day_of_month: Option<u32>,
    /// Which of the month's weekdays it is on, 1 to 4; none where it is the last, or on none.
    pub nth: Option<u8>,
    /// The chosen dates.
    pub dates: Vec<NaiveDate>,
    /// The day from which it counts.
    pub first: NaiveDate,
    /// The last day on which it may be, if it was agreed so.
    pub until: Option<NaiveDate>,
    /// How many occurrences it has, if it was agreed so; those left out counted.
    pub times: Option<u32>,
    /// Days that are left out.
    pub except: Vec<SeriesDay>,
    /// The time of day at which each starts.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub starts: NaiveTime,
    /// How many minutes later on the wall each ends.
    pub minutes: i64,
    /// Whose wall: an IANA zone.
    pub zone: String,
    /// Which of two is meant where the clocks show a time twice, once it was asked.
    pub twice: Option<Twice>,
}

impl RecurrenceView {
    /// Of a recurrence.
    pub fn of(recurrence: &Recurrence) -> Self {
        let (until, times) = match recurrence.until {
            Until::On(last) => (Some(last), None),
            Until::Times(times) => (None, Some(times)),
        };
        let view = Self {
            repeats: Repeats::Dates,
            every: 1,
            weekdays: Vec::new(),
            day_of_month: None,
            nth: None,
            dates: Vec::new(),
            first: recurrence.first,
            until,
            times,
            except: recurrence.except.iter().copied().collect(),
            starts: recurrence.starts,
            minutes: recurrence.minutes,
            zone: recurrence.zone.to_string(),
            twice: recurrence.twice,
        };
        match &recurrence.pattern {
            Pattern::Weekly { every, on } => {
                Self { repeats: Repeats::Weekly, every: *every, weekdays: on.iter().copied().collect(), ..view }
            }
            Pattern::MonthlyOn { every, day } => Self { repeats: Repeats::MonthlyOnDay, every: *every, day_of_month: Some(*day), ..view },
            Pattern::MonthlyNth { every, nth, weekday } => {
                let (repeats, nth) = match nth {
                    Nth::From(number) => (Repeats::MonthlyOnWeekday, Some(*number)),
                    Nth::Last => (Repeats::MonthlyOnLastWeekday, None),
                };
                Self { repeats, every: *every, weekdays: vec![*weekday], nth, ..view }
            }
            Pattern::Dates { days } => Self { dates: days.iter().copied().collect(), ..view },
        }
    }
}

/// A booking of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OccurrenceView {
    /// The day for which it was made.
    pub on: SeriesDay,
    /// The booking.
    pub booking_id: BookingId,
    /// Its room.
    pub room_id: RoomId,
    /// From.
    pub starts: MomentView,
    /// Until.
    pub ends: MomentView,
    /// Whether it was changed by itself: what is changed of the series leaves it alone.
    pub is_detached: bool,
    /// How it stands where its room had to be asked for, or was given to another.
    #[serde(default)]
    pub approval: Option<Approving>,
}

/// A series as a reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesView {
    /// Identifier.
    pub id: SeriesId,
    /// What each occurrence is: a booking with the series' id and the time of the first.
    pub booking: BookingView,
    /// On which days it is, and when.
    pub recurrence: RecurrenceView,
    /// Its bookings that the reader may read, by start.
    pub occurrences: Vec<OccurrenceView>,
}

impl SeriesView {
    /// A series as a reader sees it, with those of its bookings that the reader sees, by start; none if the reader may not read what
    /// it is for.
    pub fn of(series: &Series, occurrences: Vec<OccurrenceView>, reader: &Reader) -> Option<Self> {
        let booking = BookingView::of(&series.model, reader)?;
        Some(Self { id: series.id, booking, recurrence: RecurrenceView::of(&series.recurrence), occurrences })
    }
}

/// What would become of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It can be had.
    Free,
    /// It can be had elsewhere, as was answered.
    Elsewhere,
    /// It cannot be had.
    Refused,
    /// It is left out.
    LeftOut,
    /// It was changed by itself, and stays as it is.
    Stays,
}

/// An occurrence before anything is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedView {
    /// The day for which it is; its month may lack it.
    pub on: SeriesDay,
    /// What would become of it.
    pub verdict: Verdict,
    /// From; absent where there is no such time.
    pub starts: Option<MomentView>,
    /// Until.
    pub ends: Option<MomentView>,
    /// The room, where it is another than the series'.
    pub room: Option<Named<RoomId>>,
    /// Why it cannot be had, or what should be looked at; what would work instead stands in `nearest`.
    pub clashes: Vec<ClashView>,
    /// The nearest times and rooms that would work for one that cannot be had.
    pub nearest: Vec<SlotView>,
}

/// A series before anything is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesPreview {
    /// What each occurrence would be.
    pub booking: BookingView,
    /// On which days it would be, and when.
    pub recurrence: RecurrenceView,
    /// Its occurrences, by the days for which they are.
    pub occurrences: Vec<PlannedView>,
    /// How many cannot be had; while there is one, nothing is saved.
    pub refused: u32,
}

crate::viewed_by! {
    OccurrenceView {}
    SeriesView { booking }
    PlannedView { clashes }
    SeriesPreview { booking, occurrences }
}
