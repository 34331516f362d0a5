//! Door plans: a link for the display by a room's door, at the marking it is allowed, until a day.

use crate::{
    ids::{DoorPlanId, RoomId},
    marking::{Channel, Marking, view::Named},
    problems::{FieldProblem, Problem, Problems},
    text::Prose,
    visits::input::date,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How many days a door plan works at most.
pub const LONGEST_DAYS: u64 = 366;

/// The last day on which a door plan that is made today can work.
pub fn last_day(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(NaiveDate::MAX)
}

/// A door plan as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DoorPlanInput {
    /// The room.
    pub room_id: String,
    /// The highest marking that may be read at the door, `TLP:CLEAR` or `TLP:GREEN`; none for the former.
    pub ceiling: Option<String>,
    /// The last day on which it works, `YYYY-MM-DD`, on the office's clocks; none for as long as it may: 366 days.
    pub ends_on: Option<String>,
    /// Why more than TLP:CLEAR may be read there; needed then.
    pub reason: Option<String>,
}

/// What a door plan is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorPlanTerms {
    /// The room.
    pub room: RoomId,
    /// The highest marking that may be read at the door.
    pub ceiling: Marking,
    /// The last day on which it works.
    pub ends_on: NaiveDate,
}

impl DoorPlanInput {
    /// What was asked for, by somebody who reads up to a marking.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn read(&self, own: Marking, today: NaiveDate) -> Result<DoorPlanTerms, Vec<FieldProblem>> {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let mut problems = Problems::new();
        let room = match self.room_id.trim() {
            "" => Err(Problem::Missing),
            id => RoomId::from_str(id).map_err(|_| Problem::Unknown),
        };
        let room = problems.take("room_id", room);
        let ceiling = match given(&self.ceiling).map(|label| Marking::from_str(&label)) {
            None => Ok(Marking::Clear),
            Some(Ok(marking)) if marking > Channel::Door.ceiling() => Err(Problem::Unknown),
            Some(Ok(marking)) if marking > own => Err(Problem::AboveCeiling),
            Some(marking) => marking.map_err(|_| Problem::Unknown),
        };
        let ceiling = problems.take("ceiling", ceiling);
        let (earliest, latest) = (today, last_day(today));
        let ends_on = given(&self.ends_on).map_or(Ok(latest), |text| match date(&text) {
            Ok(day) if !(earliest..=latest).contains(&day) => Err(Problem::DateOutOfBounds { earliest, latest }),
            day => day,
        });
        let ends_on = problems.take("ends_on", ends_on);
        let reason = problems.take("reason", Prose::parse_optional(self.reason.as_deref().unwrap_or_default()).map_err(Problem::from));
        if ceiling.is_some_and(|ceiling| ceiling > Marking::Clear) && reason == Some(None) {
            problems.add("reason", Problem::ReasonNeeded);
        }
        problems.finish(room.zip(ceiling).zip(ends_on).map(|((room, ceiling), ends_on)| DoorPlanTerms { room, ceiling, ends_on }))
    }
}

/// A door plan as those see it who keep rooms. Its link is not in it: that is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoorPlanView {
    /// Identifier.
    pub id: DoorPlanId,
    /// The room, with its site.
    pub room: Named<RoomId>,
    /// The highest marking that may be read at the door.
    pub ceiling: Marking,
    /// The last day on which it works.
    pub ends_on: NaiveDate,
    /// Whether that day is over.
    pub has_ended: bool,
    /// Whether the reader made it. It works no longer than who made it may keep rooms, and read as high.
    pub is_own: bool,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When a display last asked for it.
    pub fetched_at: Option<DateTime<Utc>>,
    /// Which program asked, by what it says of itself.
    pub fetched_by: Option<String>,
}

crate::viewed_by! { DoorPlanView {} }

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: &str = "6f3f8a4e-0000-4000-8000-000000000001";

    fn today() -> NaiveDate {
        "2027-03-09".parse().unwrap()
    }

    fn asked(ceiling: &str, ends_on: &str, reason: &str) -> DoorPlanInput {
        let text = |text: &str| Some(text.to_owned());
        DoorPlanInput { room_id: ROOM.into(), ceiling: text(ceiling), ends_on: text(ends_on), reason: text(reason) }
    }

    fn problems(input: &DoorPlanInput, own: Marking) -> Vec<(String, Problem)> {
        input.read(own, today()).unwrap_err().into_iter().map(|it| (it.field, it.problem)).collect()
    }

    #[test]
    fn what_is_not_said_is_the_least_that_is_shown_and_the_longest_that_it_works() {
        let terms = asked("", "", "").read(Marking::Clear, today()).unwrap();
        assert_eq!((terms.ceiling, terms.ends_on), (Marking::Clear, "2028-03-09".parse().unwrap()));
    }

    #[test]
    fn more_than_clear_wants_a_reason_and_the_right_to_read_it() {
        assert!(asked("TLP:GREEN", "", "In the staff corridor").read(Marking::Green, today()).is_ok());
        assert_eq!(problems(&asked("TLP:GREEN", "", " "), Marking::Amber), [("reason".to_owned(), Problem::ReasonNeeded)]);
        assert_eq!(problems(&asked("TLP:GREEN", "", "x"), Marking::Clear), [("ceiling".to_owned(), Problem::AboveCeiling)]);
        for above in ["TLP:AMBER", "TLP:RED", "GREEN"] {
            assert_eq!(problems(&asked(above, "", "x"), Marking::Red), [("ceiling".to_owned(), Problem::Unknown)]);
        }
    }

    #[test]
    fn a_door_plan_ends_within_a_year_and_a_day_and_not_in_the_past() {
        let bounds = Problem::DateOutOfBounds { earliest: today(), latest: last_day(today()) };
        for day in ["2027-03-08", "2028-03-10"] {
            assert_eq!(problems(&asked("", day, ""), Marking::Red), [("ends_on".to_owned(), bounds.clone())]);
        }
        assert!(asked("", "2027-03-09", "").read(Marking::Red, today()).is_ok());
        assert_eq!(problems(&DoorPlanInput::default(), Marking::Red), [("room_id".to_owned(), Problem::Missing)]);
    }
}
