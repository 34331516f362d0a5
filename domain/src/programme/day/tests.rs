//! How late a programme runs, and what of a day moves with the rest of it.

use super::{
    rest::{DayLine, Fate, Nearing, Stays, meetings, moved_rest},
    *,
};
use crate::{
    ids::RoomId,
    time::{
        Span,
        fixed::tests::{offset, table, wall, zone},
    },
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn item(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(number))
}

fn run(number: u128, starts: i64, ends: i64, begun: Option<i64>, ended: Option<i64>) -> Run {
    let actual = Actual { begun_at: begun.map(at), ended_at: ended.map(at) };
    Run { item: item(number), starts: at(starts), ends: at(ends), actual, is_awaited: true }
}

fn late(runs: &[Run], now: i64) -> Option<(i64, Because, u128)> {
    lateness(runs, at(now)).map(|late| (late.minutes, late.because, late.item.uuid().as_u128()))
}

#[test]
fn a_programme_of_which_nothing_was_taken_down_is_neither_late_nor_early() {
    assert_eq!(late(&[], 10), None);
    assert_eq!(late(&[run(1, 0, 30, None, None)], 10), None);
}

#[test]
fn it_runs_as_late_as_the_last_line_of_which_something_was_taken_down() {
    let first = run(1, 0, 30, Some(20), Some(50));
    assert_eq!(late(&[first], 55), Some((20, Because::Ended, 1)));
    assert_eq!(late(&[first, run(2, 40, 70, Some(45), None)], 55), Some((5, Because::Begun, 2)));
    assert_eq!(late(&[run(2, 40, 70, Some(38), None), first], 55), Some((-2, Because::Begun, 2)), "whatever order they come in");
    assert_eq!(late(&[run(1, 0, 30, Some(0), Some(30))], 31), Some((0, Because::Ended, 1)));
}

#[test]
fn a_line_that_should_have_ended_or_begun_makes_it_later_by_the_minute() {
    let going = run(1, 0, 30, Some(2), None);
    assert_eq!(late(&[going], 32), Some((2, Because::Begun, 1)));
    assert_eq!(late(&[going], 45), Some((15, Because::NotEnded, 1)));
    let ended = run(1, 0, 30, Some(0), Some(30));
    assert_eq!(late(&[ended, run(2, 40, 70, None, None)], 39), Some((0, Because::Ended, 1)));
    assert_eq!(late(&[ended, run(2, 40, 70, None, None)], 52), Some((12, Because::NotBegun, 2)));
    let wish = Run { is_awaited: false, ..run(2, 40, 70, None, None) };
    assert_eq!(late(&[ended, wish], 52), Some((0, Because::Ended, 1)), "nobody waits for a wish");
    let skipped = [run(1, 0, 30, None, None), run(2, 40, 70, Some(40), None)];
    assert_eq!(late(&skipped, 41), Some((0, Because::Begun, 2)), "what was not pressed before it is forgotten");
}

fn moment(text: &str) -> Moment {
    Moment { local: wall(text), zone: zone("America/Los_Angeles"), offset: offset("-08:00") }
}

fn planned() -> ItemTime {
    ItemTime::new(moment("2027-03-09T10:00"), moment("2027-03-09T11:00")).unwrap()
}

fn said(deed: Deed) -> ActualInput {
    ActualInput { deed, at: None }
}

#[test]
fn what_is_taken_down_is_in_order_and_can_be_taken_back_step_by_step() {
    let (time, starts) = (planned(), planned().starts().at());
    let minute = |number| starts + TimeDelta::minutes(number);
    let begun = said(Deed::Begin).onto(&time, minute(12), &table()).unwrap();
    assert_eq!(begun, Actual { begun_at: Some(minute(12)), ended_at: None });
    let time = time.with_actual(begun);
    let ended = said(Deed::End).onto(&time, minute(70), &table()).unwrap();
    assert_eq!(ended.ended_at, Some(minute(70)));
    let problem = |input: ActualInput, time: &ItemTime, now| input.onto(time, now, &table()).unwrap_err().remove(0).problem;
    assert_eq!(problem(said(Deed::End), &time, minute(11)), Problem::EndsBeforeStart);
    let time = time.with_actual(ended);
    let undone = said(Deed::Undo).onto(&time, minute(71), &table()).unwrap();
    assert_eq!(undone, begun);
    assert_eq!(said(Deed::Undo).onto(&time.with_actual(undone), minute(71), &table()).unwrap(), Actual::default());
    let to_come = ActualInput { deed: Deed::Begin, at: Some(AgreedTime::from(&moment("2027-03-09T10:30"))) };
    assert_eq!(problem(to_come.clone(), &planned(), minute(20)), Problem::NotYet);
    assert_eq!(to_come.onto(&planned(), minute(30), &table()).unwrap().begun_at, Some(minute(30)));
    assert_eq!(problem(said(Deed::Begin), &planned(), starts - TimeDelta::hours(25)), Problem::NotYet);
}

#[test]
fn a_line_is_of_today_on_its_own_clocks() {
    let (starts, ends) = (moment("2027-03-09T22:00"), moment("2027-03-10T01:00"));
    let now = |text: &str| moment(text).at();
    assert!(is_of_today(&starts, &ends, now("2027-03-09T00:00")) && is_of_today(&starts, &ends, now("2027-03-10T09:00")));
    assert!(!is_of_today(&starts, &ends, now("2027-03-08T23:59")) && !is_of_today(&starts, &ends, now("2027-03-11T00:00")));
}

#[test]
fn a_move_over_the_change_of_clocks_is_by_time_that_passes() {
    // The clocks of Los Angeles go forward at two in the morning of 14 March 2027.
    let before = Moment { local: wall("2027-03-14T01:30"), zone: zone("America/Los_Angeles"), offset: offset("-08:00") };
    let after = moved_by(&table(), &before, TimeDelta::minutes(40)).unwrap();
    assert_eq!((after.local, after.offset), (wall("2027-03-14T03:10"), offset("-07:00")));
    assert_eq!(moved_by(&table(), &after, TimeDelta::minutes(-40)).unwrap(), before);
}

fn line(number: u128, starts: i64, ends: i64) -> DayLine {
    DayLine {
        item: item(number),
        during: Span::new(at(starts), at(ends)).unwrap(),
        room: None,
        is_of_rest: true,
        is_fixed: false,
        has_lapsed: false,
        is_read: true,
        actual: Actual::default(),
    }
}

#[test]
fn what_has_begun_is_fixed_or_may_not_be_read_stays_and_segments_stay_with_what_is_fixed() {
    let room = Some(RoomId(Uuid::from_u128(9)));
    let lines = [
        DayLine { is_of_rest: false, ..line(1, 0, 10) },
        DayLine { actual: Actual { begun_at: Some(at(12)), ended_at: None }, ..line(2, 10, 20) },
        line(3, 20, 30),
        DayLine { room, ..line(4, 40, 50) },
        DayLine { room, is_fixed: true, ..line(5, 50, 60) },
        DayLine { room, ..line(6, 60, 70) },
        DayLine { room, ..line(7, 75, 80) },
        DayLine { is_read: false, is_fixed: true, ..line(8, 80, 90) },
        DayLine { has_lapsed: true, ..line(9, 90, 95) },
    ];
    let fates = moved_rest(&lines, 15);
    let moves = |place: usize| Fate::Moves(lines[place].during.moved(15));
    let stays = Fate::Stays;
    let expected = [
        stays(Stays::Before),
        stays(Stays::Begun),
        moves(2),
        stays(Stays::WithFixed),
        stays(Stays::Fixed),
        stays(Stays::WithFixed),
        moves(6),
        stays(Stays::Hidden),
        stays(Stays::Lapsed),
    ];
    assert_eq!(fates, expected);
    let met: Vec<_> = meetings(&lines, &fates).iter().map(|it| (it.moved, it.other, it.how, it.minutes)).collect();
    assert_eq!(met, [(item(3), item(4), Nearing::Overlaps, 5), (item(7), item(9), Nearing::Overlaps, 5)]);
}

#[test]
fn a_line_that_moves_touches_or_passes_what_stays() {
    let lines = [line(1, 0, 10), DayLine { is_fixed: true, ..line(2, 30, 40) }];
    let how = |minutes| meetings(&lines, &moved_rest(&lines, minutes)).first().map(|it| it.how);
    assert_eq!((how(10), how(20), how(25), how(45)), (None, Some(Nearing::Touches), Some(Nearing::Overlaps), Some(Nearing::Passes)));
    assert_eq!(how(-10), None);
}

fn any_line() -> impl Strategy<Value = DayLine> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), 0..8_u8, proptest::option::of(0..3_u128));
    (0..600_i64, 1..120_i64, flags).prop_map(|(starts, lasts, (is_of_rest, is_fixed, has_lapsed, other, room))| DayLine {
        room: room.map(|room| RoomId(Uuid::from_u128(room))),
        is_of_rest,
        is_fixed,
        has_lapsed,
        is_read: other != 0,
        actual: Actual { begun_at: (other == 1).then(|| at(starts)), ended_at: None },
        ..line(0, starts, starts + lasts)
    })
}

fn any_day() -> impl Strategy<Value = Vec<DayLine>> {
    let numbered = |lines: Vec<DayLine>| (1..).zip(lines).map(|(number, line)| DayLine { item: item(number), ..line }).collect();
    vec(any_line(), 0..14).prop_map(numbered)
}

proptest! {
    #[test]
    fn what_moves_goes_by_as_much_and_keeps_its_length_and_order(day in any_day(), minutes in -720..720_i64) {
        let fates = moved_rest(&day, minutes);
        let moved: Vec<(Span, Span)> = day.iter().zip(&fates).filter_map(|(line, fate)| match fate {
            Fate::Moves(to) => Some((line.during, *to)),
            Fate::Stays(_) => None,
        }).collect();
        for (from, to) in &moved {
            prop_assert_eq!(*to, from.moved(minutes));
            prop_assert_eq!(from.minutes(), to.minutes());
        }
        for (a, b) in moved.iter().flat_map(|a| moved.iter().map(move |b| (a, b))) {
            prop_assert_eq!(a.0.cmp(&b.0), a.1.cmp(&b.1));
        }
    }

    #[test]
    fn what_is_fixed_has_begun_or_comes_before_never_moves(day in any_day(), minutes in -720..720_i64) {
        for (line, fate) in day.iter().zip(moved_rest(&day, minutes)) {
            if line.is_fixed || line.actual.is_taken() || !line.is_of_rest || !line.is_read || line.has_lapsed {
                prop_assert!(matches!(fate, Fate::Stays(_)));
            }
        }
    }

    #[test]
    fn no_two_segments_of_a_meeting_are_torn_apart_by_what_is_fixed(day in any_day(), minutes in -720..720_i64) {
        let fates = moved_rest(&day, minutes);
        for (a, b) in day.iter().zip(&fates).flat_map(|a| day.iter().zip(&fates).map(move |b| (a, b))) {
            let joined = a.0.room.is_some() && a.0.room == b.0.room && a.0.during.ends() == b.0.during.starts();
            if joined && matches!(a.1, Fate::Stays(Stays::Fixed | Stays::WithFixed)) {
                prop_assert!(matches!(b.1, Fate::Stays(_)));
            }
        }
    }

    #[test]
    fn there_and_back_is_where_it_was(day in any_day(), minutes in -720..720_i64) {
        // Rooms apart: what has come beside a fixed segment is one with it.
        let day: Vec<DayLine> = day.into_iter().map(|line| DayLine { room: None, ..line }).collect();
        let there: Vec<DayLine> = day.iter().zip(moved_rest(&day, minutes)).map(|(line, fate)| match fate {
            Fate::Moves(during) => DayLine { during, ..*line },
            Fate::Stays(_) => *line,
        }).collect();
        for ((line, went), fate) in day.iter().zip(&there).zip(moved_rest(&there, -minutes)) {
            let back = match fate {
                Fate::Moves(during) => during,
                Fate::Stays(_) => went.during,
            };
            prop_assert_eq!(back, line.during);
        }
    }

    #[test]
    fn whoever_meets_met_nobody_before(day in any_day(), minutes in -720..720_i64) {
        let of = |id: ItemId| day.iter().find(|line| line.item == id).unwrap().during;
        for met in meetings(&day, &moved_rest(&day, minutes)) {
            let (from, stays) = (of(met.moved), of(met.other));
            prop_assert!(!from.overlaps(stays));
            prop_assert_eq!(met.minutes > 0, met.how == Nearing::Overlaps);
            prop_assert_eq!(from.moved(minutes).overlaps(stays), met.how == Nearing::Overlaps);
        }
    }

    #[test]
    fn a_programme_is_as_late_as_something_says(
        lines in vec((0..600_i64, 1..90_i64, proptest::option::of(-30..60_i64), any::<bool>()), 1..10),
        now in 0..900_i64,
    ) {
        let runs: Vec<Run> = (1..).zip(&lines).map(|(number, (starts, lasts, late, ended))| {
            let begun = late.map(|late| starts + late);
            run(number, *starts, starts + lasts, begun, begun.filter(|_| *ended).map(|begun| begun + lasts))
        }).collect();
        let found = lateness(&runs, at(now));
        prop_assert_eq!(found.is_some(), runs.iter().any(|run| run.actual.is_taken()));
        if let Some(found) = found {
            let run = runs.iter().find(|run| run.item == found.item).unwrap();
            let by = match found.because {
                Because::Begun => run.actual.begun_at.unwrap() - run.starts,
                Because::Ended => run.actual.ended_at.unwrap() - run.ends,
                Because::NotBegun => at(now) - run.starts,
                Because::NotEnded => at(now) - run.ends,
            };
            prop_assert_eq!(by.num_minutes(), found.minutes);
        }
    }
}
