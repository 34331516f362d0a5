use super::*;
use crate::{
    ids::SiteId,
    marking::Marking,
    time::fixed::tests::{at, table, zone},
};
use chrono::TimeDelta;
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

const LOS_ANGELES: &str = "America/Los_Angeles";

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn hours(weekday: u8, opens: &str, closes: &str) -> OpeningHours {
    OpeningHours { weekday, opens: time(opens), closes: time(closes) }
}

fn season(from: &str, until: &str, hours: Vec<OpeningHours>) -> Season {
    Season { name: Label::parse("Season").unwrap(), from: from.parse().unwrap(), until: until.parse().unwrap(), hours }
}

fn holiday(on: &str, hours: Option<(&str, &str)>) -> Holiday {
    let hours = hours.map(|(opens, closes)| DayHours { opens: time(opens), closes: time(closes) });
    Holiday { on: on.parse().unwrap(), name: Title::parse("Holiday").unwrap(), hours }
}

fn room(hours: Vec<OpeningHours>, seasons: Vec<Season>) -> RoomDetails {
    RoomDetails {
        site: SiteId(Uuid::from_u128(1)),
        name: Title::parse("Rotunda").unwrap(),
        floor: None,
        layouts: Vec::new(),
        features: Vec::new(),
        hours,
        seasons,
        sweep_minutes: 0,
        booked_by: BookedBy::default(),
        approval: crate::rooms::approval::Approval::default(),
        clearance: Marking::Amber,
    }
}

fn days(from: &str, until: &str) -> Span {
    Span::new(at(&format!("{from}T08:00:00Z")), at(&format!("{until}T08:00:00Z"))).unwrap()
}

fn open(room: &RoomDetails, holidays: &[Holiday], within: Span) -> Option<Vec<(String, String)>> {
    let spans = open_spans(room, holidays, &zone(LOS_ANGELES), within, &table())?;
    let local = |at| wall_at(&table(), &zone(LOS_ANGELES), at).unwrap().local.to_string();
    Some(spans.into_iter().map(|span| (local(span.starts()), local(span.ends()))).collect())
}

fn runs(expected: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
    Some(expected.iter().map(|(from, until)| ((*from).to_owned(), (*until).to_owned())).collect())
}

#[test]
fn a_room_without_hours_is_always_open_but_for_holidays() {
    let anywhen = room(Vec::new(), Vec::new());
    let closed = [holiday("2026-07-04", None)];
    assert_eq!(open(&anywhen, &[], days("2026-07-03", "2026-07-06")), None);
    assert_eq!(open(&anywhen, &closed, days("2026-08-03", "2026-08-06")), None);
    let around = open(&anywhen, &closed, days("2026-07-03", "2026-07-06"));
    assert_eq!(around, runs(&[("2026-07-02T00:00", "2026-07-04T00:00"), ("2026-07-05T00:00", "2026-07-08T00:00")]));
}

#[test]
fn hours_that_touch_are_one_run_over_midnight_too() {
    let late = room(vec![hours(1, "22:00", "00:00"), hours(2, "00:00", "02:00"), hours(2, "02:00", "04:00")], Vec::new());
    assert_eq!(open(&late, &[], days("2026-06-08", "2026-06-11")), runs(&[("2026-06-08T22:00", "2026-06-09T04:00")]));
}

#[test]
fn a_season_has_hours_of_its_own_and_runs_over_new_year() {
    let all_week: Vec<OpeningHours> = (1..=7).map(|day| hours(day, "09:00", "17:00")).collect();
    let winter = season("12-31", "01-01", vec![hours(4, "12:00", "13:00")]);
    let seasonal = room(all_week, vec![winter]);
    // 31 December 2026 is a Thursday; on the Friday the season knows no hours.
    assert_eq!(
        open(&seasonal, &[], days("2026-12-30", "2027-01-03")),
        runs(&[
            ("2026-12-30T09:00", "2026-12-30T17:00"),
            ("2026-12-31T12:00", "2026-12-31T13:00"),
            ("2027-01-02T09:00", "2027-01-02T17:00")
        ])
    );
}

#[test]
fn a_holiday_goes_before_everything() {
    let weekdays: Vec<OpeningHours> = (1..=5).map(|day| hours(day, "09:00", "17:00")).collect();
    let summer = season("06-01", "08-31", vec![hours(5, "10:00", "11:00")]);
    let special = [holiday("2026-07-03", Some(("06:00", "07:00"))), holiday("2026-07-10", None)];
    let here = open(&room(weekdays, vec![summer]), &special, days("2026-07-02", "2026-07-12"));
    assert_eq!(here, runs(&[("2026-07-03T06:00", "2026-07-03T07:00")]));
}

#[test]
fn an_edge_in_a_gap_moves_to_the_first_minute_after_it() {
    let night = room(vec![hours(7, "02:30", "05:00")], Vec::new());
    assert_eq!(open(&night, &[], days("2027-03-13", "2027-03-15")), runs(&[("2027-03-14T03:00", "2027-03-14T05:00")]));
    let inside = room(vec![hours(7, "02:10", "02:50")], Vec::new());
    assert_eq!(open(&inside, &[], days("2027-03-13", "2027-03-15")), runs(&[]));
}

#[test]
fn nothing_is_open_in_an_unknown_zone() {
    let within = days("2026-07-03", "2026-07-06");
    let atlantis = zone("Europe/Atlantis");
    let some = room(vec![hours(1, "08:00", "18:00")], Vec::new());
    assert_eq!(open_spans(&some, &[], &atlantis, within, &table()), Some(Vec::new()));
    assert_eq!(open_spans(&room(Vec::new(), Vec::new()), &[], &atlantis, within, &table()), None);
}

#[test]
fn a_day_of_the_year_is_one_that_some_year_has() {
    assert_eq!("02-29".parse::<MonthDay>().unwrap().to_string(), "02-29");
    for wrong in ["02-30", "13-01", "00-10", "1 July", "", "2026-07-01"] {
        assert_eq!(wrong.parse::<MonthDay>(), Err(NotADayOfTheYear), "{wrong}");
    }
}

#[test]
fn who_may_book_is_narrowed_by_naming_roles() {
    let scheduler = BTreeSet::from([Role::Scheduler]);
    assert!(BookedBy::default().admits(&scheduler));
    assert!(!BookedBy { roles: BTreeSet::from([Role::ChiefOfProtocol]) }.admits(&scheduler));
    assert!(BookedBy { roles: BTreeSet::from([Role::Scheduler]) }.admits(&BTreeSet::from([Role::RoomsManager])));
    assert!(BookedBy { roles: BTreeSet::from([Role::ChiefOfProtocol, Role::Scheduler]) }.admits(&scheduler));
}

/// Times of day at which no zone of the table changes its clocks, so that every wall time means itself.
fn any_edge() -> impl Strategy<Value = NaiveTime> {
    select(vec!["00:00", "00:30", "01:00", "03:00", "07:15", "12:00", "17:45", "23:30"]).prop_map(time)
}

fn any_day_hours() -> impl Strategy<Value = DayHours> {
    (any_edge(), any_edge()).prop_map(|(one, other)| {
        let in_order = DayHours { opens: one, closes: other };
        if in_order.is_in_order() { in_order } else { DayHours { opens: other, closes: NaiveTime::MIN } }
    })
}

fn any_hours() -> impl Strategy<Value = Vec<OpeningHours>> {
    let one = (1_u8..=7, any_day_hours()).prop_map(|(weekday, hours)| OpeningHours { weekday, opens: hours.opens, closes: hours.closes });
    vec(one, 0..12)
}

fn any_month_day() -> impl Strategy<Value = MonthDay> {
    (1_u8..=12, 1_u8..=28).prop_map(|(month, day)| MonthDay { month, day })
}

fn any_season() -> impl Strategy<Value = Season> {
    (any_month_day(), any_month_day(), any_hours()).prop_map(|(from, until, hours)| Season {
        from,
        until,
        ..season("01-01", "01-01", hours)
    })
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    // Around the changes of the clocks, and anywhere else.
    let changes = select(vec!["2026-03-07", "2026-10-31", "2027-03-13", "2027-11-06", "2026-03-28", "2026-10-24"]);
    let changing = changes.prop_map(|day| day.parse::<NaiveDate>().unwrap());
    let any = (0_i64..700).prop_map(|days| "2026-01-05".parse::<NaiveDate>().unwrap() + TimeDelta::days(days));
    prop_oneof![changing, any]
}

/// Whether a room is open at an instant, by looking at the clock on its wall.
fn is_open(room: &RoomDetails, holidays: &[Holiday], place: &ZoneName, at: DateTime<Utc>) -> bool {
    let wall = wall_at(&table(), place, at).unwrap().local.naive();
    let within = |opens: NaiveTime, closes: NaiveTime| opens <= wall.time() && (closes == NaiveTime::MIN || wall.time() < closes);
    for holiday in holidays {
        if holiday.on == wall.date() {
            return holiday.hours.is_some_and(|hours| within(hours.opens, hours.closes));
        }
    }
    let today = MonthDay::of(wall.date());
    let weekday = u8::try_from(wall.date().weekday().number_from_monday()).unwrap();
    let among = |hours: &[OpeningHours]| hours.iter().any(|it| it.weekday == weekday && within(it.opens, it.closes));
    for season in &room.seasons {
        let in_it = if season.from > season.until {
            today >= season.from || today <= season.until
        } else {
            today >= season.from && today <= season.until
        };
        if in_it {
            return among(&season.hours);
        }
    }
    room.hours.is_empty() || among(&room.hours)
}

proptest! {
    #[test]
    fn open_is_what_the_clock_on_the_wall_says(
        week in any_hours(), season in option::of(any_season()), first in any_date(), length in 1_i64..6,
        special in vec((0_i64..6, option::of((any_edge(), any_edge()))), 0..3), place in select(vec![LOS_ANGELES, "Europe/Paris", "Asia/Kolkata"]),
    ) {
        let place = zone(place);
        let holidays: Vec<Holiday> = special.into_iter().map(|(day, hours)| Holiday {
            on: first + TimeDelta::days(day),
            hours: hours.map(|(opens, closes)| DayHours { opens, closes }).filter(|hours| hours.is_in_order()),
            ..holiday("2026-01-01", None)
        }).collect();
        let room = room(week, season.into_iter().collect());
        let starts = day_starts(&table(), &place, first).unwrap();
        let within = Span::new(starts, starts + TimeDelta::days(length)).unwrap();
        let spans = open_spans(&room, &holidays, &place, within, &table());
        for step in 0..length * 96 {
            let at = starts + TimeDelta::minutes(step * 15);
            let said = spans.as_ref().is_none_or(|spans| spans.iter().any(|span| span.holds(at)));
            prop_assert_eq!(said, is_open(&room, &holidays, &place, at), "{}", at);
        }
        for pair in spans.unwrap_or_default().windows(2) {
            prop_assert!(pair[0].ends() < pair[1].starts(), "runs are whole and in order");
        }
    }

    #[test]
    fn seasons_overlap_when_a_day_lies_in_both(a in any_season(), b in any_season()) {
        let year = "2028-01-01".parse::<NaiveDate>().unwrap();
        let shared = year.iter_days().take(366).map(MonthDay::of).any(|day| a.holds(day) && b.holds(day));
        prop_assert_eq!(a.overlaps(&b), shared);
    }

    #[test]
    fn hours_overlap_when_a_minute_lies_in_both(a in any_day_hours(), b in any_day_hours()) {
        let holds = |hours: DayHours, minute: i64| {
            let time = NaiveTime::MIN + TimeDelta::minutes(minute);
            hours.opens <= time && (hours.closes == NaiveTime::MIN || time < hours.closes)
        };
        prop_assert_eq!(a.overlaps(b), (0..1440).any(|minute| holds(a, minute) && holds(b, minute)));
    }
}
