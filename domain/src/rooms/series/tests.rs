//! Days of series against a walk through the calendar, their times over any history of a zone, and one over another.

use super::{input::*, *};
use crate::{
    ids::AccountId,
    marking::Marking,
    problems::{FieldProblem, Problem},
    rooms::input::{BookingAuthor, BookingInput},
    time::{
        Offset, Span, ZoneName,
        agreed::AgreedTime,
        fixed::{
            OffsetChanges, ZoneTable,
            tests::{at, table, wall, zone},
        },
    },
    typed::TypedNumber,
};
use chrono::{Days, NaiveTime, TimeDelta, Weekday};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const LOS_ANGELES: &str = "America/Los_Angeles";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn recurrence(pattern: Pattern, first: NaiveDate, until: Until) -> Recurrence {
    let starts = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    Recurrence { pattern, first, until, except: BTreeSet::new(), starts, minutes: 60, zone: zone(LOS_ANGELES), twice: None }
}

/// Whether the pattern holds a date, asked of the date alone.
fn holds(recurrence: &Recurrence, date: NaiveDate) -> bool {
    let first = recurrence.first;
    let months = |date: NaiveDate| date.year() * 12 + date.month0() as i32;
    let in_turn = |every: &u32| (months(date) - months(first)) % *every as i32 == 0;
    match &recurrence.pattern {
        Pattern::Weekly { every, on } => {
            let weeks = (date.week(Weekday::Mon).first_day() - first.week(Weekday::Mon).first_day()).num_days() / 7;
            weeks % i64::from(*every) == 0 && on.contains(&(date.weekday().number_from_monday() as u8))
        }
        Pattern::MonthlyOn { every, day } => in_turn(every) && date.day() == *day,
        Pattern::MonthlyNth { every, nth, weekday } => {
            let is_last = (date + Days::new(7)).month() != date.month();
            let is_nth = match nth {
                Nth::From(number) => (date.day() - 1) / 7 + 1 == u32::from(*number),
                Nth::Last => is_last,
            };
            in_turn(every) && date.weekday().number_from_monday() == u32::from(*weekday) && is_nth
        }
        Pattern::Dates { days } => days.contains(&date),
    }
}

/// The dates of a pattern, found day by day.
fn day_by_day(recurrence: &Recurrence) -> Vec<NaiveDate> {
    let last = match recurrence.until {
        Until::On(last) => last.min(recurrence.latest()),
        Until::Times(_) => recurrence.latest(),
    };
    recurrence.first.iter_days().take_while(|day| *day <= last).filter(|day| holds(recurrence, *day)).collect()
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..4000u64).prop_map(|days| date("2024-01-01") + Days::new(days))
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    let on = proptest::collection::btree_set(1..=7u8, 1..=7);
    prop_oneof![
        (1..=6u32, on).prop_map(|(every, on)| Pattern::Weekly { every, on }),
        (1..=12u32, 1..=31u32).prop_map(|(every, day)| Pattern::MonthlyOn { every, day }),
        (1..=12u32, prop_oneof![(1..=4u8).prop_map(Nth::From), Just(Nth::Last)], 1..=7u8)
            .prop_map(|(every, nth, weekday)| Pattern::MonthlyNth { every, nth, weekday }),
        proptest::collection::btree_set(any_date(), 1..40).prop_map(|days| Pattern::Dates { days }),
    ]
}

fn any_recurrence() -> impl Strategy<Value = Recurrence> {
    let until = prop_oneof![(0..1200u64).prop_map(Ok), (1..500u32).prop_map(Err)];
    (any_pattern(), any_date(), until).prop_map(|(pattern, first, until)| {
        let until = match until {
            Ok(days) => Until::On(first + Days::new(days)),
            Err(times) => Until::Times(times),
        };
        recurrence(pattern, first, until)
    })
}

proptest! {
    #[test]
    fn the_days_are_those_that_a_walk_through_the_calendar_finds(recurrence in any_recurrence()) {
        let days = recurrence.pattern_days();
        let most = match recurrence.until {
            Until::On(_) => MOST_OCCURRENCES as usize + 1,
            Until::Times(times) => (times as usize).min(MOST_OCCURRENCES as usize + 1),
        };
        prop_assert!(days.len() <= most);
        prop_assert!(days.is_sorted() && days.iter().all(|day| *day <= SeriesDay::from(recurrence.latest())));
        let existing: Vec<NaiveDate> = days.iter().filter_map(|day| day.date()).collect();
        let walked = day_by_day(&recurrence);
        // What a month lacks takes a place too, so that there may be fewer than a walk finds.
        prop_assert!(walked.starts_with(&existing));
        if days.len() < most {
            prop_assert_eq!(existing.len(), walked.len());
        }
        let lacking = days.iter().filter(|day| day.date().is_none());
        for day in lacking {
            let is_monthly = matches!(recurrence.pattern, Pattern::MonthlyOn { .. });
            prop_assert!(day.day_of_month() > 28 && is_monthly);
        }
    }

    #[test]
    fn a_checked_series_is_within_its_bounds(recurrence in any_recurrence()) {
        if recurrence.check().is_ok() {
            let days = recurrence.pattern_days();
            prop_assert!((1..=MOST_OCCURRENCES as usize).contains(&days.len()));
            if let Until::Times(times) = recurrence.until {
                prop_assert_eq!(days.len(), times as usize);
            }
        }
    }

    #[test]
    fn a_split_loses_no_day_and_adds_none(recurrence in any_recurrence(), at in 0..400usize, left_out in 0..400usize) {
        prop_assume!(recurrence.check().is_ok());
        let days = recurrence.pattern_days();
        let except = BTreeSet::from([days[left_out % days.len()]]);
        let whole = Recurrence { except, ..recurrence };
        let (head, tail) = whole.split(days[at % days.len()]);
        let before = head.iter().flat_map(Recurrence::pattern_days);
        prop_assert_eq!(before.chain(tail.pattern_days()).collect::<Vec<_>>(), whole.pattern_days());
        let before = head.iter().flat_map(Recurrence::days);
        prop_assert_eq!(before.chain(tail.days()).collect::<Vec<_>>(), whole.days());
        prop_assert!(tail.check().is_ok() && head.is_none_or(|head| head.check().is_ok()));
    }

    #[test]
    fn the_time_on_the_wall_stays_over_any_history_of_a_zone(
        first in -12 * 60..12 * 60i32,
        steps in proptest::collection::vec((1..20_000_000i64, -12 * 60..12 * 60i32), 0..6),
        minute in 0..24 * 60u32,
        minutes in 1..3000i64,
        second in any::<bool>(),
    ) {
        let mut instant = at("2026-01-01T00:00:00Z");
        let offset = |minutes: i32| Offset::from_seconds(minutes * 60).unwrap();
        let changes: Vec<_> = steps.into_iter().map(|(gap, minutes)| {
            instant += TimeDelta::seconds(gap);
            (instant, offset(minutes))
        }).collect();
        let history = OffsetChanges::new(offset(first), changes).unwrap();
        let whole = Span::new(at("2025-01-01T00:00:00Z"), at("2032-01-01T00:00:00Z")).unwrap();
        let rules = ZoneTable::new("test", whole, [(zone(LOS_ANGELES), history)]);
        let starts = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        let twice = Some(if second { Twice::Second } else { Twice::First });
        let daily = Pattern::Weekly { every: 1, on: (1..=7).collect() };
        let recurrence = Recurrence { starts, minutes, twice, ..recurrence(daily, date("2026-01-02"), Until::Times(400)) };
        for day in recurrence.days() {
            let (from, until) = recurrence.wall_on(day.date().unwrap()).unwrap();
            prop_assert_eq!((from.date(), from.naive().time()), (day.date().unwrap(), starts));
            match recurrence.settle(day, &rules).unwrap() {
                Settled::At { starts, ends } => prop_assert_eq!((starts.local, ends.local), (from, until)),
                Settled::Skipped { at_start: true, starts, ends } => prop_assert!(from < starts && until < ends),
                // It ends when it has lasted as long as it is: earlier on the wall, if the clocks go back meanwhile.
                Settled::Skipped { at_start: false, starts, .. } => prop_assert_eq!(from, starts),
                Settled::Twice { .. } | Settled::NoSuchDay => prop_assert!(false, "it was said which"),
            }
        }
    }

    #[test]
    fn what_lies_over_another_is_what_comparing_all_pairs_finds(given in proptest::collection::vec((0..500i64, 1..40i64), 0..60)) {
        let start = at("2027-03-01T00:00:00Z");
        let spans: Vec<Span> = given
            .iter()
            .map(|(from, minutes)| {
                let starts = start + TimeDelta::minutes(*from);
                Span::new(starts, starts + TimeDelta::minutes(*minutes)).unwrap()
            })
            .collect();
        let mut kept: Vec<usize> = Vec::new();
        for (index, over) in lie_over(&spans).into_iter().enumerate() {
            let clashing = kept.iter().any(|other| spans[*other].overlaps(spans[index]));
            prop_assert_eq!(over.is_some(), clashing);
            prop_assert!(over.is_none_or(|other| kept.contains(&other) && spans[other].overlaps(spans[index])));
            if over.is_none() {
                kept.push(index);
            }
        }
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn agreed(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: wall(local), zone: ZoneName::parse(LOS_ANGELES).unwrap(), offset: None })
}

fn weekly(starts: &str, ends: &str) -> SeriesInput {
    SeriesInput {
        booking: BookingInput {
            room_id: some(&Uuid::from_u128(1).to_string()),
            starts: agreed(starts),
            ends: agreed(ends),
            purpose: some("Weekly briefing"),
            state: some("firm"),
            ..BookingInput::default()
        },
        repeats: some("weekly"),
        times: Some(4.into()),
        ..SeriesInput::default()
    }
}

fn made(input: &SeriesInput, had: Option<&Series>) -> Result<Series, Vec<FieldProblem>> {
    let account = Some(AccountId(Uuid::from_u128(7)));
    let author = BookingAuthor { account, ceiling: Marking::Amber, may_lower: false, now: at("2027-01-01T00:00:00Z") };
    input.onto(SeriesId(Uuid::from_u128(9)), had, author, &table())
}

fn wrong(input: &SeriesInput) -> Vec<FieldProblem> {
    made(input, None).unwrap_err()
}

#[test]
fn nine_stays_nine_over_a_change_of_clocks() {
    let series = made(&weekly("2027-03-03T09:00", "2027-03-03T10:00"), None).unwrap();
    let starts: Vec<String> = series
        .recurrence
        .days()
        .into_iter()
        .map(|day| match series.recurrence.settle(day, &table()).unwrap() {
            Settled::At { starts, .. } => format!("{} {}", starts.local, starts.offset),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(starts, ["2027-03-03T09:00 -08:00", "2027-03-10T09:00 -08:00", "2027-03-17T09:00 -07:00", "2027-03-24T09:00 -07:00"]);
}

#[test]
fn ten_thousand_occurrences_are_refused_on_their_field() {
    let times = SeriesInput { times: Some(10_000.into()), ..weekly("2027-03-03T09:00", "2027-03-03T10:00") };
    let bounds = |most| Problem::OutOfBounds { least: 1, most };
    assert_eq!(wrong(&times), [FieldProblem { field: "times".into(), problem: bounds(400) }]);
    let daily = Some((1..=7).map(TypedNumber::from).collect());
    let until = SeriesInput { times: None, until: some("2030-02-28"), weekdays: daily, ..times.clone() };
    let latest = date("2027-03-03") + Days::new(399);
    let expected = Problem::DateOutOfBounds { earliest: date("2027-03-03"), latest };
    assert_eq!(wrong(&until), [FieldProblem { field: "until".into(), problem: expected }]);
    let rare = SeriesInput { times: Some(400.into()), ..times.clone() };
    assert_eq!(wrong(&rare), [FieldProblem { field: "times".into(), problem: bounds(157) }]);
    let dates = SeriesInput { repeats: some("dates"), dates: Some(vec!["2027-03-04".into(); 10_000]), times: None, ..times };
    assert_eq!(wrong(&dates), [FieldProblem { field: "dates".into(), problem: bounds(400) }]);
}

#[test]
fn a_repeated_hour_is_asked_once_and_settled_by_the_answer() {
    let autumn = weekly("2027-10-31T01:30", "2027-10-31T02:30");
    let problem = Problem::TimeAmbiguous { first_offset: "-07:00".parse().unwrap(), second_offset: "-08:00".parse().unwrap() };
    assert_eq!(wrong(&autumn), [FieldProblem { field: "twice".into(), problem }]);
    let second = made(&SeriesInput { twice: some("second"), ..autumn }, None).unwrap();
    let on = SeriesDay::from(date("2027-11-07"));
    let Settled::At { starts, .. } = second.recurrence.settle(on, &table()).unwrap() else { panic!("it was said which") };
    assert_eq!(starts.at(), at("2027-11-07T09:30:00Z"));
}

#[test]
fn a_gap_and_a_day_that_its_month_lacks_are_nowhere() {
    let spring = made(&weekly("2027-03-07T02:30", "2027-03-07T03:30"), None).unwrap();
    let skipped = Settled::Skipped { at_start: true, starts: wall("2027-03-14T03:00"), ends: wall("2027-03-14T04:00") };
    assert_eq!(spring.recurrence.settle(SeriesDay::from(date("2027-03-14")), &table()), Ok(skipped));
    let end = made(&weekly("2027-03-07T01:30", "2027-03-07T02:30"), None).unwrap();
    let skipped = Settled::Skipped { at_start: false, starts: wall("2027-03-14T01:30"), ends: wall("2027-03-14T03:30") };
    assert_eq!(end.recurrence.settle(SeriesDay::from(date("2027-03-14")), &table()), Ok(skipped));
    let monthly = SeriesInput { repeats: some("monthly_on_day"), ..weekly("2027-01-31T09:00", "2027-01-31T10:00") };
    let days: Vec<String> = made(&monthly, None).unwrap().recurrence.days().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2027-01-31", "2027-02-31", "2027-03-31", "2027-04-31"]);
    assert_eq!("2027-02-31".parse::<SeriesDay>().unwrap().nearest_date(), Some(date("2027-02-28")));
    for text in ["2027-13-01", "2027-02-32", "2027-2-3", "+027-02-03", "2027-02-31-1", ""] {
        assert!(text.parse::<SeriesDay>().is_err(), "{text}");
    }
}

#[test]
fn the_fifth_weekday_of_a_month_counts_as_its_last() {
    let days = |first: &str, repeats: &str| -> Vec<String> {
        let input = SeriesInput { repeats: some(repeats), ..weekly(&format!("{first}T09:00"), &format!("{first}T10:00")) };
        made(&input, None).unwrap().recurrence.days().iter().map(ToString::to_string).collect()
    };
    assert_eq!(days("2027-03-31", "monthly_on_weekday"), ["2027-03-31", "2027-04-28", "2027-05-26", "2027-06-30"]);
    assert_eq!(days("2027-03-10", "monthly_on_weekday"), ["2027-03-10", "2027-04-14", "2027-05-12", "2027-06-09"]);
    assert_eq!(days("2027-03-10", "monthly_on_last_weekday"), ["2027-03-31", "2027-04-28", "2027-05-26", "2027-06-30"]);
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_a_day_left_out_must_be_one() {
    let fields = |input: &SeriesInput| wrong(input).into_iter().map(|it| it.field).collect::<Vec<_>>();
    assert_eq!(fields(&SeriesInput::default()), ["booking.starts", "booking.ends", "booking.room_id", "booking.state", "booking.purpose"]);
    let backwards = SeriesInput { twice: some("third"), ..weekly("2027-03-03T09:00", "2027-03-03T08:00") };
    assert_eq!(fields(&backwards), ["booking.ends", "twice"]);
    let input = || weekly("2027-03-03T09:00", "2027-03-03T10:00");
    assert_eq!(fields(&SeriesInput { except: Some(vec!["2027-03-11".into()]), ..input() }), ["except"]);
    assert_eq!(fields(&SeriesInput { times: None, ..input() }), ["until"]);
    assert_eq!(fields(&SeriesInput { until: some("2027-04-01"), ..input() }), ["times"]);
    let left_out = made(&SeriesInput { except: Some(vec!["2027-03-10".into()]), ..input() }, None).unwrap();
    assert_eq!(left_out.recurrence.days().len(), 3);
    let none = (0..4).map(|week| (date("2027-03-03") + Days::new(7 * week)).to_string()).collect();
    assert_eq!(fields(&SeriesInput { except: Some(none), ..input() }), ["except"]);
}

#[test]
fn what_is_absent_stays_as_it_was() {
    let had = made(&weekly("2027-03-03T09:00", "2027-03-03T10:30"), None).unwrap();
    let later =
        SeriesInput { booking: BookingInput { starts: agreed("2027-03-03T11:00"), ..BookingInput::default() }, ..SeriesInput::default() };
    let changed = made(&later, Some(&had)).unwrap();
    assert_eq!((changed.recurrence.days(), changed.recurrence.minutes), (had.recurrence.days(), 90));
    assert_eq!(changed.recurrence.starts, NaiveTime::from_hms_opt(11, 0, 0).unwrap());
    assert_eq!(changed.model.starts.at(), at("2027-03-03T19:00:00Z"));
}
