//! What is said of a day.

use super::{LateShown, WentShown};
use domain::{
    marking::view::RestMetView,
    programme::day::{
        Because,
        rest::{Nearing, Stays},
    },
    time::clocks::hours_minutes,
};
use language::Words;

/// How late a programme runs, and by what that is known: “Running 12 min late: “Arrival” has not begun”.
pub fn late_in_words(words: Words, late: &LateShown) -> String {
    let minutes = late.lateness.minutes;
    let said = match minutes {
        0 => words.day_on_time(),
        1.. => words.day_late(minutes),
        _ => words.day_early(-minutes),
    };
    let Some(title) = late.title.clone() else { return said };
    let because = match late.lateness.because {
        Because::Begun => words.day_because_begun(title),
        Because::Ended => words.day_because_ended(title),
        Because::NotBegun => words.day_because_not_begun(title),
        Because::NotEnded => words.day_because_not_ended(title),
    };
    words.day_because(said, because)
}

/// How it looks: what is late is to be seen.
pub const fn late_class(late: &LateShown) -> &'static str {
    if late.lateness.minutes > 0 { "late" } else { "faint" }
}

/// When a line began and ended in truth.
pub fn went_in_words(words: Words, went: &WentShown) -> Option<String> {
    let begun = went.begun.as_ref().map(|begun| words.day_began_at(hours_minutes(begun.local)));
    let ended = went.ended.as_ref().map(|ended| words.day_ended_at(hours_minutes(ended.local)));
    let said: Vec<String> = begun.into_iter().chain(ended).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// Why a line stays where it is.
pub fn stays_in_words(words: Words, stays: Stays) -> String {
    match stays {
        Stays::Begun | Stays::Before => words.day_rest_stays_begun(),
        Stays::Fixed => words.day_rest_stays_fixed(),
        Stays::WithFixed => words.day_rest_stays_with_fixed(),
        Stays::Lapsed => words.day_rest_stays_lapsed(),
        Stays::Hidden => words.day_rest_stays_hidden(),
    }
}

/// How a line that moves comes near one that stays.
pub fn met_in_words(words: Words, met: &RestMetView) -> String {
    match met.how {
        Nearing::Touches => words.day_rest_touches(&met.title),
        Nearing::Overlaps => words.day_rest_overlaps(met.minutes, &met.title),
        Nearing::Passes => words.day_rest_passes(&met.title),
    }
}

/// That the rest of a day was moved.
pub fn shifted_in_words(words: Words, minutes: i64) -> String {
    if minutes < 0 { words.day_rest_done_earlier(-minutes) } else { words.day_rest_done_later(minutes) }
}
