//! What is said of bookings.

use crate::words::date_in_words;
use domain::{
    rooms::BookingState,
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
