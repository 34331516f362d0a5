use super::*;
use crate::{
    ids::{BookingId, VisitId},
    marking::{Marked, Scope},
    rooms::blackouts::{Blackout, BlackoutOf},
    text::Title,
    time::fixed::tests::{at, table, zone},
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

const LOS_ANGELES: &str = "America/Los_Angeles";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn named() -> Named<RoomId> {
    Named { id: RoomId(Uuid::from_u128(1)), name: "Rotunda".into() }
}

fn head() -> RoomOfBoard {
    RoomOfBoard { room: named(), floor: None, holds: None, set_up_minutes: 15, may_book: true, blackouts: Vec::new() }
}

/// A booking with a quarter of an hour before it and ten minutes after.
fn engaged(number: u128, starts: &str, ends: &str) -> EngagedView {
    let (starts, ends) = (at(starts), at(ends));
    EngagedView {
        source: Source::Booking(BookingId(Uuid::from_u128(number))),
        visit_id: None::<VisitId>,
        title: format!("Booking {number}"),
        starts: starts - TimeDelta::minutes(15),
        ends: ends + TimeDelta::minutes(10),
        use_starts: starts,
        use_ends: ends,
        state: BookingState::Firm,
        hold_until: None,
        marking: Marking::Green,
    }
}

fn taken(engaged: Vec<EngagedView>) -> RoomAvailability {
    RoomAvailability::of(named(), LOS_ANGELES.into(), engaged, Vec::new(), &Reader::public())
}

fn stretch(from: u32, until: u32) -> Stretch {
    Stretch { from, until }
}

fn hours(clocks: &[&str]) -> Vec<Hour> {
    let hour = |(index, clock): (usize, &&str)| Hour { minute: index as u32 * 60, clock: (*clock).to_owned(), is_second: false };
    clocks.iter().enumerate().map(hour).collect()
}

#[test]
fn a_clock_on_the_day_of_23_hours_leaves_the_gap_out() {
    let ruler = hours(&["00:00", "01:00", "03:00", "04:00"]);
    assert_eq!(clock_at(&ruler, 90), "01:30");
    assert_eq!(clock_at(&ruler, 120), "03:00");
    assert_eq!(clock_at(&ruler, 239), "04:59");
    assert_eq!(clock_at(&ruler, 240), "24:00");
}

#[test]
fn a_clock_that_is_put_forward_by_half_an_hour_is_read_on_across_the_hour() {
    let ruler = hours(&["00:00", "01:00", "02:30", "03:30"]);
    let shown = [119, 120, 149, 150, 210, 239].map(|minute| clock_at(&ruler, minute));
    assert_eq!(shown, ["01:59", "02:30", "02:59", "03:00", "04:00", "04:29"]);
    // The last hour of that day has half of an hour.
    assert_eq!(clock_at(&hours(&["23:30"]), 30), "24:00");
}

#[test]
fn the_ruler_shows_the_hours_that_there_are() {
    let (rules, zone) = (table(), zone(LOS_ANGELES));
    let clocks = |day: &str| {
        let day = Day::of(&rules, &zone, date(day)).unwrap();
        let ruler = day.ruler();
        assert_eq!(ruler.len() as u32 * 60, day.minutes());
        ruler.iter().take(4).map(|hour| (hour.clock.clone(), hour.is_second)).collect::<Vec<_>>()
    };
    let said = |hours: &[(&str, bool)]| hours.iter().map(|(clock, second)| ((*clock).to_owned(), *second)).collect::<Vec<_>>();
    assert_eq!(clocks("2027-03-13"), said(&[("00:00", false), ("01:00", false), ("02:00", false), ("03:00", false)]));
    assert_eq!(clocks("2027-03-14"), said(&[("00:00", false), ("01:00", false), ("03:00", false), ("04:00", false)]));
    assert_eq!(clocks("2027-11-07"), said(&[("00:00", false), ("01:00", false), ("01:00", true), ("02:00", false)]));
}

#[test]
fn a_use_lies_between_its_margins_and_says_its_own_hours() {
    let (rules, zone) = (table(), zone(LOS_ANGELES));
    let day = Day::of(&rules, &zone, date("2027-03-10")).unwrap();
    let open = [Span::new(at("2027-03-10T16:00:00Z"), at("2027-03-11T02:00:00Z")).unwrap()];
    let uses = taken(vec![engaged(1, "2027-03-10T18:00:00Z", "2027-03-10T19:00:00Z")]);
    let room = day.room(head(), &uses, Some(&open), at("2027-03-09T17:00:00Z"));
    let block = &room.blocks[0];
    assert_eq!((block.taken, block.used), (stretch(585, 670), Some(stretch(600, 660))));
    assert_eq!((block.starts.as_str(), block.ends.as_str()), ("10:00", "11:00"));
    assert_eq!(room.closed, [stretch(0, 480), stretch(1_080, 1_440)]);
    assert_eq!(room.free, [stretch(480, 585), stretch(670, 1_080)]);
    let later = day.room(head(), &uses, Some(&open), at("2027-03-10T20:30:00Z"));
    assert_eq!(later.free, [stretch(750, 1_080)], "what is past is not free");
}

/// A blackout of the room, from one wall time in Los Angeles to another.
fn blacked_out(starts: &str, ends: &str) -> BlackoutView {
    let moment = |at| wall_at(&table(), &zone(LOS_ANGELES), at).unwrap();
    let blackout = Blackout {
        id: BlackoutId(Uuid::from_u128(9)),
        revision: 1,
        of: BlackoutOf::Room(named().id),
        starts: moment(at(starts)),
        ends: moment(at(ends)),
        cause: Marked::new(Marking::Green, Scope::Office, Title::parse("The floor is laid anew").unwrap()),
    };
    BlackoutView::of(&blackout, &[], |_| Some("Rotunda".into()), &Reader::public()).unwrap()
}

#[test]
fn what_is_blacked_out_is_closed_and_not_free_on_each_of_its_days() {
    let (rules, zone) = (table(), zone(LOS_ANGELES));
    let works = blacked_out("2027-03-10T20:00:00Z", "2027-03-12T17:00:00Z");
    let room = |date: NaiveDate| {
        let day = Day::of(&rules, &zone, date).unwrap();
        let open = [Span::new(day.span().starts() + TimeDelta::hours(8), day.span().starts() + TimeDelta::hours(18)).unwrap()];
        let head = RoomOfBoard { blackouts: vec![works.clone()], ..head() };
        day.room(head, &taken(Vec::new()), Some(&open), at("2027-03-01T17:00:00Z"))
    };
    let first = room(date("2027-03-10"));
    assert_eq!((first.blackouts[0].during, first.blackouts[0].cause.as_deref()), (stretch(720, 1_440), None));
    assert_eq!((first.free, first.closed), (vec![stretch(480, 720)], vec![stretch(0, 480), stretch(720, 1_440)]));
    let second = room(date("2027-03-11"));
    assert_eq!((second.free, second.closed), (vec![], vec![stretch(0, 1_440)]));
    assert_eq!(room(date("2027-03-12")).free, [stretch(540, 1_080)]);
    assert!(room(date("2027-03-13")).blackouts.is_empty());
}

#[test]
fn a_use_over_midnight_is_on_both_days_and_one_that_is_made_ready_the_evening_before_too() {
    let (rules, zone) = (table(), zone(LOS_ANGELES));
    let uses =
        taken(vec![engaged(1, "2027-03-11T06:00:00Z", "2027-03-11T09:00:00Z"), engaged(2, "2027-03-12T08:05:00Z", "2027-03-12T09:00:00Z")]);
    let of = |day: &str| Day::of(&rules, &zone, date(day)).unwrap().room(head(), &uses, None, at("2027-03-01T00:00:00Z"));
    let first = of("2027-03-10");
    assert_eq!(
        first.blocks.iter().map(|block| (block.taken, block.used)).collect::<Vec<_>>(),
        [(stretch(1_305, 1_440), Some(stretch(1_320, 1_440)))]
    );
    assert_eq!((first.blocks[0].starts.as_str(), first.blocks[0].ends.as_str()), ("22:00", "01:00"));
    let second = of("2027-03-11");
    assert_eq!(
        second.blocks.iter().map(|block| (block.taken, block.used)).collect::<Vec<_>>(),
        [(stretch(0, 70), Some(stretch(0, 60))), (stretch(1_430, 1_440), None)]
    );
}

proptest! {
    #[test]
    fn each_use_lies_on_one_track_with_nothing_over_it_and_what_is_left_is_free_or_closed(
        uses in vec((0_i64..1_500, 1_i64..400), 0..10),
        hours in vec((0_i64..1_440, 1_i64..600), 0..3),
        day in prop_oneof![Just("2027-03-10"), Just("2027-03-14"), Just("2027-11-07")],
        now in -100_i64..1_600,
    ) {
        let (rules, zone) = (table(), zone(LOS_ANGELES));
        let day = Day::of(&rules, &zone, date(day)).unwrap();
        let instant = |minute: i64| day.span().starts() + TimeDelta::minutes(minute);
        let views = uses.iter().enumerate().map(|(number, (from, long))| EngagedView {
            starts: instant(*from),
            ends: instant(from + long),
            use_starts: instant(*from),
            use_ends: instant(from + long),
            ..engaged(number as u128, "2027-03-10T18:00:00Z", "2027-03-10T19:00:00Z")
        });
        let open: Vec<Span> = hours.iter().map(|(from, long)| Span::new(instant(*from), instant(from + long)).unwrap()).collect();
        let open = (!open.is_empty()).then_some(open);
        let room = day.room(head(), &taken(views.collect()), open.as_deref(), instant(now));
        for (index, block) in room.blocks.iter().enumerate() {
            prop_assert!(block.track < room.tracks);
            let beside = room.blocks[..index].iter().filter(|other| other.track == block.track);
            prop_assert!(beside.into_iter().all(|other| other.taken.until <= block.taken.from));
        }
        let lies_in = |stretches: &[Stretch], minute: u32| stretches.iter().any(|it| it.from <= minute && minute < it.until);
        for minute in 0..day.minutes() {
            let at = i64::from(minute);
            let is_taken = uses.iter().any(|(from, long)| *from <= at && at < from + long);
            let is_open = open.is_none() || hours.iter().any(|(from, long)| *from <= at && at < from + long);
            let blocks: Vec<Stretch> = room.blocks.iter().map(|block| block.taken).collect();
            prop_assert_eq!(lies_in(&blocks, minute), is_taken);
            prop_assert_eq!(lies_in(&room.closed, minute), !is_open);
            let is_free = lies_in(&room.free, minute);
            prop_assert!(!is_free || (is_open && !is_taken && at >= now));
        }
        // What is not offered although nothing is in its way is too short to be of use.
        prop_assert!(room.free.windows(2).all(|pair| pair[0].until <= pair[1].from));
        prop_assert!(room.free.iter().all(|it| it.until - it.from >= LEAST_FREE_MINUTES));
    }
}
