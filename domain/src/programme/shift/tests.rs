//! Where lines are that were moved together: on the clocks of each.

use super::*;
use crate::time::{
    ZoneName,
    fixed::tests::{table, wall, zone},
    typed::NotUnderstood,
};
use proptest::prelude::*;

const LOS_ANGELES: &str = "America/Los_Angeles";

fn moment(local: &str, zone: &ZoneName) -> Moment {
    let local = wall(local);
    let offset = match table().resolve(zone, local).unwrap() {
        Resolution::Unique(offset) | Resolution::Ambiguous { first: offset, .. } => offset,
        Resolution::Skipped { .. } => panic!("{local} does not exist"),
    };
    Moment { local, zone: zone.clone(), offset }
}

fn time(starts: &str, ends: &str) -> ItemTime {
    let zone = zone(LOS_ANGELES);
    ItemTime::new(moment(starts, &zone), moment(ends, &zone)).unwrap()
}

fn said(time: &Result<ItemTime, Vec<FieldProblem>>) -> (String, String) {
    let time = time.as_ref().unwrap();
    (time.starts().local.to_string(), time.ends().local.to_string())
}

#[test]
fn what_moves_is_the_time_on_the_wall_over_a_change_of_clocks_too() {
    // The clocks of Los Angeles go forward on 14 March 2027.
    let call = time("2027-03-13T09:15", "2027-03-13T10:00");
    let moved = shifted(&call, 2 * MINUTES_OF_DAY, None, &table());
    assert_eq!(said(&moved), ("2027-03-15T09:15".into(), "2027-03-15T10:00".into()));
    assert_eq!((moved.as_ref().unwrap().starts().at() - call.starts().at()).num_hours(), 47);
    assert_eq!(
        said(&shifted(&moved.unwrap(), -2 * MINUTES_OF_DAY, None, &table())),
        ("2027-03-13T09:15".into(), "2027-03-13T10:00".into())
    );
}

#[test]
fn a_time_that_does_not_exist_is_told_with_the_nearest_that_do() {
    let night = time("2027-03-13T02:30", "2027-03-13T03:30");
    let skipped = Problem::TimeSkipped { before: wall("2027-03-14T01:59"), after: wall("2027-03-14T03:00") };
    let problems = shifted(&night, MINUTES_OF_DAY, None, &table()).unwrap_err();
    assert_eq!(problems, [FieldProblem { field: "starts".into(), problem: skipped }]);
}

#[test]
fn a_time_that_comes_twice_is_asked_for_and_told_once_for_all() {
    let night = time("2027-11-06T01:30", "2027-11-06T03:00");
    let problems = shifted(&night, MINUTES_OF_DAY, None, &table()).unwrap_err();
    assert!(matches!(problems[..], [FieldProblem { problem: Problem::TimeAmbiguous { .. }, .. }]), "{problems:?}");
    let hours = |twice| {
        let time = shifted(&night, MINUTES_OF_DAY, Some(twice), &table()).unwrap();
        (time.ends().at() - time.starts().at()).num_minutes()
    };
    assert_eq!((hours(Twice::First), hours(Twice::Second)), (150, 90));
    // Where nothing comes twice, nothing is made of it.
    assert!(shifted(&night, -MINUTES_OF_DAY, Some(Twice::Second), &table()).is_ok());
}

#[test]
fn no_line_leaves_the_years_or_ends_before_it_starts() {
    let night = time("2027-03-14T01:50", "2027-03-14T03:10");
    let problem = |minutes, twice| shifted(&night, minutes, twice, &table()).unwrap_err().remove(0).problem;
    assert_eq!(problem(i64::MAX, None), Problem::NotUnderstood { reason: NotUnderstood::YearOutOfBounds });
    assert_eq!(problem(200 * 366 * MINUTES_OF_DAY, None), Problem::NotUnderstood { reason: NotUnderstood::YearOutOfBounds });
    // From one clock to two in the hour that comes twice.
    let short = time("2027-11-06T01:10", "2027-11-06T01:50");
    assert!(shifted(&short, MINUTES_OF_DAY, Some(Twice::First), &table()).is_ok());
}

#[test]
fn how_far_is_said_in_one_way() {
    let lines = vec!["6f3f8a4e-0000-4000-8000-000000000000".to_owned()];
    let input = ShiftInput { item_ids: lines, ..ShiftInput::default() };
    let field = |input: &ShiftInput| input.read().unwrap_err().remove(0).field;
    assert_eq!(field(&input), "minutes");
    assert_eq!(field(&ShiftInput { minutes: Some(0), ..input.clone() }), "minutes");
    assert_eq!(field(&ShiftInput { days: Some(i64::MIN), ..input.clone() }), "days");
    assert_eq!(field(&ShiftInput { minutes: Some(5), days: Some(1), ..input.clone() }), "to_day");
    assert_eq!(field(&ShiftInput { to_day: Some("soon".into()), ..input.clone() }), "to_day");
    assert_eq!(field(&ShiftInput { day: Some("2027-03-14".into()), minutes: Some(5), ..input.clone() }), "item_ids");
    assert_eq!(field(&ShiftInput { minutes: Some(5), ..ShiftInput::default() }), "item_ids");
    let by = |input: ShiftInput| input.read().unwrap().by;
    assert_eq!(by(ShiftInput { days: Some(-2), ..input.clone() }), By::Minutes(-2_880));
    let to = by(ShiftInput { to_day: Some("2027-03-16".into()), ..input });
    assert_eq!(to.minutes(wall("2027-03-14T23:00").date()), 2_880);
}

proptest! {
    #[test]
    fn each_end_goes_as_far_on_its_own_clock_or_it_is_told_why_not(
        // Within the two years that the table of the tests has.
        start in 0..400_000_i64, lasts in 1..2_000_i64, minutes in -100_000..200_000_i64, is_flight in any::<bool>(),
    ) {
        let (here, there) = (zone(LOS_ANGELES), zone(if is_flight { "Asia/Ho_Chi_Minh" } else { LOS_ANGELES }));
        let at = |zone: &ZoneName, minute: i64| {
            let at = chrono::DateTime::from_timestamp(1_790_000_040 + minute * 60, 0).unwrap();
            crate::time::wall_at(&table(), zone, at).unwrap()
        };
        let time = ItemTime::new(at(&here, start), at(&there, start + lasts)).unwrap();
        match shifted(&time, minutes, Some(Twice::First), &table()) {
            Ok(moved) => {
                prop_assert_eq!(Some(moved.starts().local), time.starts().local.plus_minutes(minutes));
                prop_assert_eq!(Some(moved.ends().local), time.ends().local.plus_minutes(minutes));
                prop_assert_eq!((&moved.starts().zone, &moved.ends().zone), (&here, &there));
                prop_assert!(moved.starts().at() < moved.ends().at());
                // Back again is where it was, but where the clocks showed a time twice.
                if let Ok(back) = shifted(&moved, -minutes, Some(Twice::First), &table()) {
                    prop_assert_eq!(back.starts().local, time.starts().local);
                    prop_assert_eq!(back.ends().local, time.ends().local);
                }
            }
            Err(problems) => prop_assert!(problems.iter().all(|problem| matches!(
                problem.problem,
                Problem::TimeSkipped { .. } | Problem::EndsBeforeStart | Problem::TooLongSpan { .. }
            )), "{:?}", problems),
        }
    }
}
