//! What is said of rooms that have to be asked for.

use super::view::{StandingShown, When};
use crate::bookings::words::when_in_words;
use domain::{marking::view::BookingView, rooms::approval::Approving};
use language::Words;

/// From when until when.
pub fn when_said(words: Words, when: &When) -> String {
    when_in_words(words, &when.0, &when.1)
}

/// How a booking stands with its room, where that is worth a sentence.
pub fn standing_in_words(words: Words, booking: &BookingView, standing: &StandingShown) -> Option<String> {
    match booking.approval? {
        Approving::Given => None,
        Approving::Awaited => (!booking.has_lapsed).then(|| words.approvals_awaited()),
        Approving::Declined => Some(match &standing.reason {
            Some(reason) => words.approvals_declined_because(reason.clone()),
            None => words.approvals_declined(),
        }),
        Approving::GivenAway => Some(match &standing.given_to {
            Some(title) => words.approvals_given_away_to(title.clone()),
            None => words.approvals_given_away(),
        }),
    }
}
