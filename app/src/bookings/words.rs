//! What is said of bookings.

use super::view::BookedView;
use crate::{components::Tone, words::date_in_words};
use domain::{
    rooms::{BookingState, HoldKind, approval::Approving},
    time::{agreed::MomentView, clocks::hours_minutes},
};
use language::Words;

/// What a state of a booking is called.
pub fn state_in_words(words: Words, state: BookingState) -> String {
    match state {
        BookingState::Firm => words.bookings_state_firm(),
        BookingState::Held => words.bookings_state_held(),
    }
}

/// What the two kinds of a hold are called.
pub fn hold_in_words(words: Words, hold: HoldKind) -> String {
    match hold {
        HoldKind::Pencilled => words.bookings_hold_pencilled(),
        HoldKind::Promised => words.bookings_hold_promised(),
    }
}

/// How firmly a booking has its room, in a word, and the tone of that.
pub fn standing_chip(words: Words, booked: &BookedView) -> (String, Tone) {
    let booking = &booked.booking;
    let until = || booked.hold_until.as_ref().map(|until| moment_in_words(words, until, &booking.starts));
    match (booking.approval, booking.state, booking.hold) {
        (Some(Approving::Declined), _, _) => (words.approvals_chip_declined(), Tone::Plain),
        (Some(Approving::GivenAway), _, _) => (words.approvals_chip_given_away(), Tone::Plain),
        _ if booking.has_lapsed => (words.bookings_hold_ended_short(), Tone::Plain),
        (Some(Approving::Awaited), _, _) => (words.approvals_chip_awaited(), Tone::Held),
        (_, BookingState::Firm, _) => (state_in_words(words, BookingState::Firm), Tone::Firm),
        (_, BookingState::Held, Some(HoldKind::Promised)) => {
            (until().map_or_else(|| words.bookings_hold_promised(), |until| words.bookings_promised_until(until)), Tone::Held)
        }
        (_, BookingState::Held, _) => {
            (until().map_or_else(|| state_in_words(words, BookingState::Held), |until| words.bookings_hold_until(until)), Tone::Held)
        }
    }
}

/// From when until when: “Wed 17 March 2027, 10:00 to 11:00”.
pub fn when_in_words(words: Words, starts: &MomentView, ends: &MomentView) -> String {
    let (first, last) = (starts.local.date(), ends.local.date());
    let (from, until) = (hours_minutes(starts.local), hours_minutes(ends.local));
    if first == last {
        words.bookings_when(date_in_words(words, first), from, until)
    } else {
        words.bookings_when_days(date_in_words(words, first), from, date_in_words(words, last), until)
    }
}

/// A moment, under a day of its own: the time alone where it is the same day.
pub fn moment_in_words(words: Words, moment: &MomentView, under: &MomentView) -> String {
    let clock = hours_minutes(moment.local);
    let day = moment.local.date();
    if day == under.local.date() { clock } else { format!("{clock}, {}", date_in_words(words, day)) }
}
