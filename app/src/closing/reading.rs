//! Reading the forms of a closing.

use super::{
    ClosingAnswersForm, ClosingForm,
    form::{MOVE, STAY},
};
use crate::{series::reading::taken_slot, times::reading::TypedTimes};
use backend::RequestContext;
use chrono::Months;
use domain::{
    clash::Source,
    problems::{FieldProblem, Problems},
    rooms::{
        blackouts::BlackoutInput,
        closing::{ClosingInput, MoveInput},
    },
    time::{WallTime, agreed::AgreedTime},
};

/// For how long a room is closed that is closed for good: as long as a blackout may be, in whole years.
const FOR_GOOD: Months = Months::new(120);

/// What ends a stretch of which no end is said, until its start is known.
const SOME_END: &str = "+1h";

/// The use that a field answers for.
fn source_of(field: &str) -> Option<Source> {
    let (kind, id) = field.strip_prefix(MOVE)?.split_once('_')?;
    match kind {
        "booking" => Some(Source::Booking(id.parse().ok()?)),
        "item" => Some(Source::Item(id.parse().ok()?)),
        _ => None,
    }
}

/// What becomes of a use, as was answered; nothing where that says nothing that is an answer.
fn moved(field: &str, text: &str) -> Option<MoveInput> {
    let stays = MoveInput { source: source_of(field)?, room_id: None, starts: None, ends: None };
    if text == STAY {
        return Some(stays);
    }
    let slot = taken_slot(text)?;
    Some(MoveInput { room_id: slot.room_id, starts: Some(slot.starts), ends: Some(slot.ends), ..stays })
}

/// At noon, when no clocks are changed: nobody is to be asked about an end that nobody typed.
fn in_ten_years(starts: &AgreedTime) -> Option<AgreedTime> {
    let day = starts.local.naive().date().checked_add_months(FOR_GOOD)?.pred_opt()?;
    let local = WallTime::new(day.and_hms_opt(12, 0, 0)?);
    Some(AgreedTime { local, zone: starts.zone.clone(), offset: None })
}

impl ClosingForm {
    /// What was said, for the use case; `zone` names the clocks where the form names none.
    pub(super) fn input(&self, context: &RequestContext, zone: &str, problems: &mut Problems) -> ClosingInput {
        let is_for_good = self.ends.trim().is_empty();
        let typed = TypedTimes {
            date: &self.date,
            starts: &self.starts,
            ends: if is_for_good { SOME_END } else { &self.ends },
            zone: if self.zone.trim().is_empty() { zone } else { &self.zone },
            starts_offset: &self.starts_offset,
            ends_offset: &self.ends_offset,
            ..TypedTimes::default()
        };
        let mut times = typed.read(problems, context.today(), context.zones());
        if is_for_good {
            times.ends = times.starts.as_ref().and_then(in_ten_years);
        }
        ClosingInput {
            blackout: BlackoutInput {
                starts: times.starts,
                ends: times.ends,
                cause: Some(self.cause.clone()),
                marking: Some(self.marking.clone()).filter(|marking| !marking.trim().is_empty()),
                ..BlackoutInput::default()
            },
            moves: self.more.iter().filter_map(|(field, text)| moved(field, text)).collect(),
            seen: None,
        }
    }
}

impl ClosingAnswersForm {
    /// The form of the closing with these answers.
    pub(super) fn onto(&self, mut form: ClosingForm) -> ClosingForm {
        form.more = self.more.clone();
        form
    }
}

/// The problems under the names of the form's fields.
pub(super) fn in_fields(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    crate::forms::renamed(problems, |field| field.strip_prefix("blackout.").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::BookingId;

    #[test]
    fn what_becomes_of_a_use_is_read_as_it_was_answered() {
        let id = "00000000-0000-4000-8000-000000000007";
        let booking: BookingId = id.parse().unwrap();
        let field = super::super::form::move_field(Source::Booking(booking));
        assert!(moved(&field, STAY).unwrap().stays());
        let there = format!("2027-03-24T10:30 -07:00 2027-03-24T11:30 -07:00 America/Los_Angeles {id}");
        let taken = moved(&field, &there).unwrap();
        assert_eq!((taken.source, taken.room_id.as_deref()), (Source::Booking(booking), Some(id)));
        assert_eq!(taken.starts.map(|starts| starts.local.to_string()), Some("2027-03-24T10:30".to_owned()));
        assert_eq!((moved(&field, "nonsense"), moved("move_room_7", STAY)), (None, None));
    }

    #[test]
    fn for_good_ends_at_an_hour_that_comes_once_whatever_hour_it_begins() {
        for local in ["2026-11-02T01:30", "2026-03-09T02:30", "2028-02-29T00:00"] {
            let starts =
                AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None };
            let ends = in_ten_years(&starts).unwrap().local.to_string();
            assert!(ends.ends_with("T12:00"), "{ends}");
        }
    }
}
