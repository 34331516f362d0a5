//! A time as a form or a body says it, and what the rules of its zone make of it.

use super::{
    Moment, Offset, Resolution, UnknownZone, WallTime, ZoneName, ZoneRules,
    bounds::{out_of_bounds, within},
};
use crate::problems::{FieldProblem, Problem, Problems};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// A time as somebody gives it: wall time and zone, and, where the wall time exists twice, the offset that says which.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreedTime {
    /// The date and time on the wall.
    pub local: WallTime,
    /// Whose wall.
    pub zone: ZoneName,
    /// The offset from UTC as `±HH:MM`; needed only where the wall time exists twice, and refused where it is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "optional_offset_text")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "-07:00"))]
    pub offset: Option<Offset>,
}

impl From<&Moment> for AgreedTime {
    fn from(moment: &Moment) -> Self {
        Self { local: moment.local, zone: moment.zone.clone(), offset: Some(moment.offset) }
    }
}

/// A moment as it travels: the offset, as `±HH:MM`, is always there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MomentView {
    /// The date and time on the wall.
    pub local: WallTime,
    /// Whose wall.
    pub zone: ZoneName,
    /// The offset from UTC as `±HH:MM`.
    #[serde(with = "offset_text")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "-07:00"))]
    pub offset: Offset,
}

impl From<Moment> for MomentView {
    fn from(moment: Moment) -> Self {
        Self { local: moment.local, zone: moment.zone, offset: moment.offset }
    }
}

impl From<&Moment> for MomentView {
    fn from(moment: &Moment) -> Self {
        moment.clone().into()
    }
}

impl From<MomentView> for Moment {
    fn from(view: MomentView) -> Self {
        Self { local: view.local, zone: view.zone, offset: view.offset }
    }
}

/// An offset as text, for `#[serde(with = …)]`.
pub(crate) mod offset_text {
    use super::Offset;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(offset: &Offset, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(offset)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Offset, D::Error> {
        String::deserialize(input)?.parse().map_err(D::Error::custom)
    }
}

mod optional_offset_text {
    use super::Offset;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(offset: &Option<Offset>, out: S) -> Result<S::Ok, S::Error> {
        match offset {
            Some(offset) => out.collect_str(offset),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Offset>, D::Error> {
        let text = Option::<String>::deserialize(input)?;
        text.map(|text| text.parse()).transpose().map_err(D::Error::custom)
    }
}

/// Why a time that was agreed is not a moment, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeProblem {
    /// It lies too far from our days.
    #[error("the year is not between 1970 and 2100")]
    OutOfBounds,
    /// The zone is not in the tz database.
    #[error(transparent)]
    UnknownZone(#[from] UnknownZone),
    /// The clocks go forward over it.
    #[error("the wall time does not exist; the nearest that do are {before} and {after}")]
    Skipped {
        /// The last minute before the gap.
        before: WallTime,
        /// The first minute after the gap.
        after: WallTime,
    },
    /// The clocks go back over it, and it was not said which of the two is meant.
    #[error("the wall time exists twice, at {first} and at {second}")]
    Ambiguous {
        /// The offset of the earlier instant.
        first: Offset,
        /// The offset of the later instant.
        second: Offset,
    },
    /// The zone does not have the offset given at that wall time.
    #[error("the zone is not at {given} at that wall time")]
    WrongOffset {
        /// The offset given.
        given: Offset,
    },
}

impl From<TimeProblem> for Problem {
    fn from(problem: TimeProblem) -> Self {
        match problem {
            TimeProblem::OutOfBounds => out_of_bounds(),
            TimeProblem::UnknownZone(_) => Self::UnknownZone,
            TimeProblem::Skipped { before, after } => Self::TimeSkipped { before, after },
            TimeProblem::Ambiguous { first, second } => Self::TimeAmbiguous { first_offset: first, second_offset: second },
            TimeProblem::WrongOffset { .. } => Self::WrongOffset,
        }
    }
}

/// Makes a moment of a time that was agreed.
///
/// # Errors
/// When it lies too far away, the zone is unknown, the wall time does not exist, exists twice and it was not said which, or never had the offset
/// given.
pub fn settle(rules: &dyn ZoneRules, time: &AgreedTime) -> Result<Moment, TimeProblem> {
    within(time.local.date()).map_err(|_| TimeProblem::OutOfBounds)?;
    let offset = match (rules.resolve(&time.zone, time.local)?, time.offset) {
        (Resolution::Skipped { before, after }, _) => return Err(TimeProblem::Skipped { before, after }),
        (Resolution::Unique(offset), None) => offset,
        (Resolution::Unique(offset), Some(given)) if given == offset => offset,
        (Resolution::Ambiguous { first, second }, None) => return Err(TimeProblem::Ambiguous { first, second }),
        (Resolution::Ambiguous { first, second }, Some(given)) if given == first || given == second => given,
        (_, Some(given)) => return Err(TimeProblem::WrongOffset { given }),
    };
    Ok(Moment { local: time.local, zone: time.zone.clone(), offset })
}

/// When something starts and ends, each in its own zone: a flight has one at each end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreedSpan {
    /// When it starts.
    pub starts: AgreedTime,
    /// When it ends; not in it any more.
    pub ends: AgreedTime,
}

/// Makes two moments of a span that was agreed; compared by their instants, whatever their zones.
///
/// # Errors
/// With all that is wrong at once, under the fields `starts` and `ends`: what [`settle`] refuses, an end that is not after the
/// start, or more than `most_hours` hours between them.
pub fn settle_span(rules: &dyn ZoneRules, span: &AgreedSpan, most_hours: u32) -> Result<(Moment, Moment), Vec<FieldProblem>> {
    let mut problems = Problems::new();
    let starts = problems.take("starts", settle(rules, &span.starts));
    let ends = problems.take("ends", settle(rules, &span.ends));
    let both = starts.zip(ends);
    if let Some((starts, ends)) = &both {
        let length = ends.at() - starts.at();
        if length <= TimeDelta::zero() {
            problems.add("ends", Problem::EndsBeforeStart);
        } else if length > TimeDelta::hours(i64::from(most_hours)) {
            problems.add("ends", Problem::TooLongSpan { most_hours });
        }
    }
    problems.finish(both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::fixed::tests::{at, offset, table, wall, zone};

    fn agreed(local: &str, place: &str, given: Option<&str>) -> AgreedTime {
        AgreedTime { local: wall(local), zone: zone(place), offset: given.map(offset) }
    }

    const LOS_ANGELES: &str = "America/Los_Angeles";

    #[test]
    fn a_time_that_exists_once_needs_no_offset() {
        let moment = settle(&table(), &agreed("2026-03-14T09:15", LOS_ANGELES, None)).unwrap();
        assert_eq!(moment.at(), at("2026-03-14T16:15:00Z"));
        assert_eq!(settle(&table(), &AgreedTime::from(&moment)), Ok(moment));
    }

    #[test]
    fn a_wrong_offset_is_refused() {
        let refused = settle(&table(), &agreed("2026-03-14T09:15", LOS_ANGELES, Some("-08:00")));
        assert_eq!(refused, Err(TimeProblem::WrongOffset { given: offset("-08:00") }));
        let refused = settle(&table(), &agreed("2027-11-07T01:30", LOS_ANGELES, Some("-06:00")));
        assert_eq!(refused, Err(TimeProblem::WrongOffset { given: offset("-06:00") }));
    }

    #[test]
    fn a_time_that_exists_twice_is_asked_for_and_settled_by_its_offset() {
        let asked = settle(&table(), &agreed("2027-11-07T01:30", LOS_ANGELES, None));
        assert_eq!(asked, Err(TimeProblem::Ambiguous { first: offset("-07:00"), second: offset("-08:00") }));
        let first = settle(&table(), &agreed("2027-11-07T01:30", LOS_ANGELES, Some("-07:00"))).unwrap();
        let second = settle(&table(), &agreed("2027-11-07T01:30", LOS_ANGELES, Some("-08:00"))).unwrap();
        assert_eq!((first.at(), second.at()), (at("2027-11-07T08:30:00Z"), at("2027-11-07T09:30:00Z")));
    }

    #[test]
    fn a_time_that_does_not_exist_is_refused_with_its_neighbours() {
        for given in [None, Some("-08:00")] {
            let refused = settle(&table(), &agreed("2027-03-14T02:30", LOS_ANGELES, given)).unwrap_err();
            let neighbours = Problem::TimeSkipped { before: wall("2027-03-14T01:59"), after: wall("2027-03-14T03:00") };
            assert_eq!(Problem::from(refused), neighbours);
        }
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        let refused = settle(&table(), &agreed("2027-03-14T02:30", "Europe/Atlantis", None)).unwrap_err();
        assert_eq!(Problem::from(refused), Problem::UnknownZone);
    }

    #[test]
    fn the_offset_is_text_optional_on_the_way_in_and_there_on_the_way_out() {
        let body = r#"{"local":"2026-03-14T09:15","zone":"America/Los_Angeles"}"#;
        let time: AgreedTime = serde_json::from_str(body).unwrap();
        assert_eq!(serde_json::to_string(&time).unwrap(), body);
        let view = MomentView::from(settle(&table(), &time).unwrap());
        let full = r#"{"local":"2026-03-14T09:15","zone":"America/Los_Angeles","offset":"-07:00"}"#;
        assert_eq!(serde_json::to_string(&view).unwrap(), full);
        assert_eq!(serde_json::from_str::<MomentView>(full).unwrap(), view);
        assert_eq!(serde_json::from_str::<AgreedTime>(full).unwrap().offset, Some(view.offset));
        for wrong in ["\"\"", "\"-7\"", "\"0700\"", "\"+27:00\"", "\"+01:60\"", "\"+1:00\"", "-25200"] {
            let body = format!(r#"{{"local":"2026-03-14T09:15","zone":"UTC","offset":{wrong}}}"#);
            assert!(serde_json::from_str::<AgreedTime>(&body).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_flight_may_land_at_an_earlier_wall_time_than_it_left() {
        let flight = AgreedSpan {
            starts: agreed("2027-03-10T13:00", "Pacific/Kiritimati", None),
            ends: agreed("2027-03-09T20:00", LOS_ANGELES, None),
        };
        let (starts, ends) = settle_span(&table(), &flight, 72).unwrap();
        assert_eq!(ends.at() - starts.at(), TimeDelta::hours(5));
    }

    #[test]
    fn all_that_is_wrong_with_a_span_is_said_at_once() {
        let span =
            AgreedSpan { starts: agreed("2027-03-14T02:30", LOS_ANGELES, None), ends: agreed("2027-11-07T01:30", LOS_ANGELES, None) };
        let fields: Vec<_> = settle_span(&table(), &span, 72).unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["starts", "ends"]);
    }

    #[test]
    fn a_span_ends_after_it_starts_and_within_its_bound() {
        let with_end = |ends: &str, given| {
            let starts = agreed("2027-11-07T01:30", LOS_ANGELES, Some("-07:00"));
            let span = AgreedSpan { starts, ends: agreed(ends, LOS_ANGELES, given) };
            settle_span(&table(), &span, 24).map_err(|mut problems| problems.remove(0).problem)
        };
        assert_eq!(with_end("2027-11-07T01:30", Some("-07:00")), Err(Problem::EndsBeforeStart));
        assert!(
            with_end("2027-11-07T01:00", Some("-08:00")).is_ok(),
            "the second one o'clock is half an hour after the first half past one"
        );
        assert!(with_end("2027-11-08T00:30", None).is_ok());
        assert_eq!(with_end("2027-11-08T00:31", None), Err(Problem::TooLongSpan { most_hours: 24 }));
    }
}
