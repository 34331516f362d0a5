//! The form of a booking: what its fields hold.

use crate::{
    forms::{FormFields, Typed},
    rooms::form::feature_field,
    times::{typed_moment, typed_time},
    visits::words::word_of,
};
use chrono::NaiveDate;
use domain::{
    marking::{Marking, view::BookingView},
    rooms::{BookingState, Feature, HoldKind},
    time::{agreed::MomentView, clocks::hours_minutes},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long a new booking lasts if nobody says.
const USUAL_LENGTH: &str = "+1h";

/// The form of a booking, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingForm {
    /// The booking; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new booking from another, so that two presses of its button are one.
    pub once: String,
    /// Room.
    pub room_id: String,
    /// The day it starts, as people type days.
    pub date: String,
    /// The time it starts.
    pub starts: String,
    /// The time it ends, or how long it lasts (`+1h`).
    pub ends: String,
    /// The clocks on which both are; empty for those of the room's site.
    pub zone: String,
    /// Which of two equal times is meant, by its offset.
    pub starts_offset: String,
    /// The same of the end.
    pub ends_offset: String,
    /// Layout.
    pub layout: String,
    /// How many people.
    pub people: String,
    /// `yes` if the room is swept before.
    pub sweep: String,
    /// What for.
    pub purpose: String,
    /// Marking of the purpose.
    pub marking: String,
    /// State.
    pub state: String,
    /// Of a hold: whether others may hold the room too.
    pub hold: String,
    /// When a hold ends by itself.
    pub hold_until: String,
    /// Which of two equal ends of the hold is meant, by its offset.
    pub hold_until_offset: String,
    /// Why the marking is lowered, or a clash overridden.
    pub reason: String,
    /// The alternative that was pressed.
    pub take: String,
    /// `yes` where the booking is to come again: it is not saved, its form goes on as that of a series.
    pub repeat: String,
    /// What the room must have (`feature_kitchen` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for BookingForm {
    const NAME: &'static str = "booking";
}

/// What a use asks of its room, as the address of the form's page says it; nothing else is taken from there.
pub(super) fn needs_given(given: impl Fn(&str) -> Option<String>) -> Typed {
    let features = Feature::ALL.iter().map(|feature| feature_field(*feature));
    let names = ["layout", "people", "sweep", "marking"].map(str::to_owned).into_iter().chain(features);
    names.fold(Typed::default(), |fields, name| match given(&name) {
        Some(value) => fields.with(&name, value),
        None => fields,
    })
}

impl BookingForm {
    /// The form with what its page's address says: a time and room, and what is asked of the room.
    #[must_use]
    pub(super) fn given(self, given: &Typed) -> Self {
        let mut form = self.with(given);
        let ticked = Feature::ALL.iter().map(|feature| feature_field(*feature)).filter(|name| !given.get(name).is_empty());
        form.more.extend(ticked.map(|name| (name, "yes".to_owned())));
        form
    }

    /// The form of a new booking.
    pub fn new_on(today: NaiveDate, once: String) -> Self {
        Self {
            once,
            date: today.to_string(),
            ends: USUAL_LENGTH.to_owned(),
            marking: Marking::Green.label().to_owned(),
            state: word_of(&BookingState::Firm),
            hold: word_of(&HoldKind::default()),
            ..Self::default()
        }
    }

    /// The form of a booking as its reader sees it. Its end and the end of its hold are on the clocks of its start; a zone that
    /// is its room's own is left out, so that another room brings its own.
    pub fn of(booking: &BookingView, ends: &MomentView, hold_until: Option<&MomentView>, site_zone: &str, seen: &str) -> Self {
        let on = booking.starts.local.date();
        let zone = booking.starts.zone.to_string();
        Self {
            id: booking.id.to_string(),
            seen: seen.to_owned(),
            once: String::new(),
            room_id: booking.room_id.to_string(),
            date: on.to_string(),
            starts: hours_minutes(booking.starts.local),
            ends: typed_time(ends.local, on),
            zone: if zone == site_zone { String::new() } else { zone },
            starts_offset: booking.starts.offset.to_string(),
            ends_offset: ends.offset.to_string(),
            layout: booking.layout.map(|layout| word_of(&layout)).unwrap_or_default(),
            people: booking.people.map(|people| people.to_string()).unwrap_or_default(),
            sweep: if booking.sweep { "yes".to_owned() } else { String::new() },
            purpose: booking.purpose.clone(),
            marking: booking.marking.label().to_owned(),
            state: word_of(&booking.state),
            hold: word_of(&booking.hold.unwrap_or_default()),
            hold_until: hold_until.map(|until| typed_moment(until.local)).unwrap_or_default(),
            hold_until_offset: hold_until.map(|until| until.offset.to_string()).unwrap_or_default(),
            reason: String::new(),
            take: String::new(),
            repeat: String::new(),
            more: booking.features.iter().map(|feature| (feature_field(*feature), "yes".to_owned())).collect(),
        }
    }
}

/// The form that cancels a booking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelBookingForm {
    /// The booking.
    pub id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for CancelBookingForm {
    const NAME: &'static str = "cancel-booking";
}
