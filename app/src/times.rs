//! Times in a form, as people type them: a day, a start, an end or how long it lasts, and which of two is meant where the clocks
//! show one twice.

#[cfg(feature = "ssr")]
pub mod reading;

use crate::{
    components::{Choice, FormState, Hidden, Radios},
    forms::Typed,
    words::use_words,
};
use chrono::NaiveDate;
use domain::{
    problems::Problem,
    time::{WallTime, agreed::MomentView, clocks::hours_minutes},
};
use leptos::prelude::*;

/// A wall time as a field shows it, with its date where it is another than the one given.
pub fn typed_time(local: WallTime, on: NaiveDate) -> String {
    if local.date() == on { hours_minutes(local) } else { typed_moment(local) }
}

/// A wall time with its date, as a field shows it.
pub fn typed_moment(local: WallTime) -> String {
    local.to_string().replace('T', " ")
}

/// The fields that a time or room which would work sets.
const OF_SLOT: [&str; 8] = ["date", "starts", "ends", "zone", "end_zone", "starts_offset", "ends_offset", "room_id"];

/// A time or room that would work, as the address of a form's page says it; nothing else is taken from there.
pub fn slot_given(given: impl Fn(&str) -> Option<String>) -> Typed {
    let said = OF_SLOT.iter().filter_map(|field| Some((field, given(field)?)));
    said.fold(Typed::default(), |fields, (field, value)| fields.with(field, value))
}

/// The fields in which a time stands.
pub(crate) fn fields_of_time(starts: &MomentView, ends: &MomentView) -> Typed {
    let on = starts.local.date();
    Typed::default()
        .with("date", on.to_string())
        .with("starts", hours_minutes(starts.local))
        .with("ends", typed_time(ends.local, on))
        .with("zone", starts.zone.to_string())
        .with("end_zone", "")
        .with("starts_offset", starts.offset.to_string())
        .with("ends_offset", ends.offset.to_string())
}

/// The fields that a time or room which would work sets; [`slot_given`] reads them.
pub(crate) fn fields_of_slot(slot: &domain::marking::view::SlotView) -> Typed {
    let fields = fields_of_time(&slot.starts, &slot.ends);
    match &slot.room {
        Some(room) => fields.with("room_id", room.id.to_string()),
        None => fields,
    }
}

/// Asks which of two equal times is meant, once a time has turned out to come twice; keeps what was answered.
#[component]
pub fn WhichOfTwo(
    /// The field of the time: `starts`, `ends` or `hold_until`.
    field: &'static str,
) -> impl IntoView {
    let words = use_words();
    let name = format!("{field}_offset");
    use_context::<FormState>().map(|state| {
        move || match state.raw_problem_of(field) {
            Some(Problem::TimeAmbiguous { first_offset, second_offset }) => {
                let (first, second) = (first_offset.to_string(), second_offset.to_string());
                let choices = vec![
                    Choice::new(first.clone(), words.time_first_of_two(first)),
                    Choice::new(second.clone(), words.time_second_of_two(second)),
                ];
                let asked = match field {
                    "starts" => words.time_which_start(),
                    "ends" => words.time_which_end(),
                    _ => words.time_which_hold(),
                };
                view! { <Radios name=name.clone() label=asked choices=choices /> }.into_any()
            }
            _ => {
                let answered = state.typed_last(&name);
                view! { <Hidden name=name.clone() value=answered /> }.into_any()
            }
        }
    })
}
