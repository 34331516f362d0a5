//! Rooms and the clocks, on both engines: hours that come twice, hours that are none, midnight, days of 23 and of 25 hours, and a site
//! whose clocks become others. In Los Angeles they go forward on 14 March 2027 and back on 7 November 2027, both at two.

use backend::{
    Failure, RequestContext, on_both,
    rooms::{
        self,
        board::{day_board, room_days},
        bookings::{change_booking, create_booking, read_booking},
        series::{create_series, read_series},
        slots::{SlotQuery, free_slots},
    },
    testing::{
        self, Engine, Hands, TestOffice,
        inputs::{ZONE, at, text},
    },
    version::Seen,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    board::{BlockOf, BoardSite, Stretch},
    clash::RuleId,
    ids::{BookingId, RoomId, SiteId},
    marking::{Marking, view::BookingView},
    problems::Problem,
    rooms::{
        filter::RoomFilter,
        input::{BookingInput, HoursInput, LayoutInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    time::agreed::AgreedTime,
};

struct House {
    office: TestOffice,
    hands: Hands,
    manager: RequestContext,
    officer: RequestContext,
    site: SiteId,
    /// Takes 15 minutes to lay out and 10 to clear, in the boardroom's layout; in the theatre's none.
    room: RoomId,
}

async fn house(engine: Engine) -> House {
    let (office, hands) = testing::office_by_the_clock(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let layout = |name: &str, before: u32, after: u32| LayoutInput {
        layout: name.to_owned(),
        capacity: 24.into(),
        set_up_minutes: before.into(),
        clearing_minutes: after.into(),
    };
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Rotunda"),
        layouts: Some(vec![layout("boardroom", 15, 10), layout("theatre", 0, 0)]),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    House { office, hands, manager, officer, site, room }
}

/// A time on the office's clocks, of which is said which is meant.
fn which(local: &str, offset: &str) -> Option<AgreedTime> {
    at(local).map(|time| AgreedTime { offset: Some(offset.parse().unwrap()), ..time })
}

impl House {
    fn wanted(&self, layout: &str, starts: Option<AgreedTime>, ends: Option<AgreedTime>) -> BookingInput {
        BookingInput {
            room_id: Some(self.room.to_string()),
            starts,
            ends,
            layout: text(layout),
            purpose: text("Briefing"),
            state: text("firm"),
            ..BookingInput::default()
        }
    }

    async fn book(&self, layout: &str, starts: Option<AgreedTime>, ends: Option<AgreedTime>) -> Result<BookingView, Failure> {
        create_booking(&self.officer, self.wanted(layout, starts, ends)).await.map(|saved| saved.view)
    }

    async fn board(&self, day: &str) -> BoardSite {
        let board = day_board(&self.officer, day.parse().unwrap(), &RoomFilter::default()).await.unwrap();
        board.sites.into_iter().next().unwrap()
    }
}

fn instants(view: &BookingView) -> (DateTime<Utc>, DateTime<Utc>) {
    let at = |moment: &domain::time::agreed::MomentView| domain::time::Moment::from(moment.clone()).at();
    (at(&view.starts), at(&view.ends))
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn wrong<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<(String, Problem)> {
    match outcome {
        Err(Failure::Invalid(problems)) => problems.into_iter().map(|it| (it.field, it.problem)).collect(),
        other => panic!("{other:?}"),
    }
}

fn broken<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<RuleId> {
    match outcome {
        Err(Failure::Clash(refusal)) => refusal.clashes.iter().map(|clash| clash.rule).collect(),
        other => panic!("{other:?}"),
    }
}

fn taken(site: &BoardSite) -> Vec<Stretch> {
    site.rooms[0].blocks.iter().map(|block| block.taken).collect()
}

const fn stretch(from: u32, until: u32) -> Stretch {
    Stretch { from, until }
}

on_both! {
    async fn an_hour_that_comes_twice_is_two_hours_of_a_room(engine) {
        let house = house(engine).await;
        let (one, two) = ("2027-11-07T01:00", "2027-11-07T01:45");
        let asked = wrong(house.book("theatre", at(one), at(two)).await);
        assert!(matches!(&asked[..], [(starts, Problem::TimeAmbiguous { .. }), (ends, Problem::TimeAmbiguous { .. })] if starts == "starts" && ends == "ends"), "{asked:?}");
        let first = house.book("theatre", which(one, "-07:00"), which(two, "-07:00")).await.unwrap();
        assert_eq!(instants(&first), (instant("2027-11-07T08:00:00Z"), instant("2027-11-07T08:45:00Z")));
        assert_eq!(broken(house.book("theatre", which(one, "-07:00"), which(two, "-07:00")).await), [RuleId::RoomTwice]);
        let second = house.book("theatre", which(one, "-08:00"), which(two, "-08:00")).await.unwrap();
        assert_eq!(instants(&second), (instant("2027-11-07T09:00:00Z"), instant("2027-11-07T09:45:00Z")));
        // From the first into the second, in between; and the other way round it ends before it starts.
        let between = house.book("theatre", which("2027-11-07T01:45", "-07:00"), which("2027-11-07T01:00", "-08:00")).await.unwrap();
        assert_eq!(instants(&between), (instant("2027-11-07T08:45:00Z"), instant("2027-11-07T09:00:00Z")));
        let back = wrong(house.book("theatre", which("2027-11-07T01:15", "-08:00"), which("2027-11-07T01:45", "-07:00")).await);
        assert_eq!(back, [("ends".to_owned(), Problem::EndsBeforeStart)]);
        // A time of which it was said which it is keeps that while other things of it change.
        let renamed = BookingInput { purpose: text("Farewell"), ..BookingInput::default() };
        let kept = change_booking(&house.officer, second.id, renamed, &Seen::Any).await.unwrap().view;
        assert_eq!(instants(&kept), instants(&second));
        // Where there is no such offset it is said.
        assert_eq!(wrong(house.book("theatre", which("2027-11-07T03:00", "-07:00"), which("2027-11-07T04:00", "-08:00")).await)[0].0, "starts");
    }

    async fn a_time_over_which_the_clocks_go_forward_is_none_and_a_use_over_it_is_an_hour_shorter(engine) {
        let house = house(engine).await;
        let skipped = Problem::TimeSkipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() };
        let from = wrong(house.book("theatre", at("2027-03-14T02:30"), at("2027-03-14T04:00")).await);
        let until = wrong(house.book("theatre", at("2027-03-14T01:00"), at("2027-03-14T02:30")).await);
        assert_eq!((from, until), (vec![("starts".to_owned(), skipped.clone())], vec![("ends".to_owned(), skipped)]));
        let over = house.book("theatre", at("2027-03-14T01:30"), at("2027-03-14T03:30")).await.unwrap();
        assert_eq!(instants(&over), (instant("2027-03-14T09:30:00Z"), instant("2027-03-14T10:30:00Z")));
        assert_eq!(broken(house.book("theatre", at("2027-03-14T03:00"), at("2027-03-14T04:00")).await), [RuleId::RoomTwice]);
        assert!(house.book("theatre", at("2027-03-14T03:30"), at("2027-03-14T04:00")).await.is_ok());
        assert!(house.book("theatre", at("2027-03-14T01:00"), at("2027-03-14T01:30")).await.is_ok());
    }

    async fn margins_reach_over_a_gap_by_as_many_minutes_as_ever(engine) {
        let house = house(engine).await;
        // Ten past three is ten minutes after two: what is laid out for it is begun at five to two.
        house.book("boardroom", at("2027-03-14T03:10"), at("2027-03-14T04:00")).await.unwrap();
        assert_eq!(broken(house.book("boardroom", at("2027-03-14T01:00"), at("2027-03-14T01:46")).await), [RuleId::RoomTwice]);
        house.book("boardroom", at("2027-03-14T01:00"), at("2027-03-14T01:45")).await.unwrap();
        // In autumn the clearing goes on into the hour that comes again.
        house.book("boardroom", which("2027-11-07T01:15", "-07:00"), which("2027-11-07T01:55", "-07:00")).await.unwrap();
        assert_eq!(broken(house.book("theatre", which("2027-11-07T01:04", "-08:00"), which("2027-11-07T01:30", "-08:00")).await), [RuleId::RoomTwice]);
        assert!(house.book("theatre", which("2027-11-07T01:05", "-08:00"), which("2027-11-07T01:30", "-08:00")).await.is_ok());
    }

    async fn a_use_over_midnight_is_on_the_boards_of_both_days(engine) {
        let house = house(engine).await;
        let night = house.book("boardroom", at("2027-03-10T23:00"), at("2027-03-11T01:00")).await.unwrap();
        assert_eq!(taken(&house.board("2027-03-10").await), [stretch(22 * 60 + 45, 1_440)]);
        assert_eq!(taken(&house.board("2027-03-11").await), [stretch(0, 70)]);
        assert_eq!(broken(house.book("boardroom", at("2027-03-11T00:30"), at("2027-03-11T02:00")).await), [RuleId::RoomTwice]);
        // By its margins alone it reaches into the next day.
        house.book("boardroom", at("2027-03-12T23:00"), at("2027-03-12T23:55")).await.unwrap();
        assert_eq!(taken(&house.board("2027-03-13").await), [stretch(0, 5)]);
        let days = room_days(&house.officer, house.room, "2027-03-10".parse().unwrap(), 2).await.unwrap().days;
        let source = |day: usize| match &days[day].lane.blocks[0].what {
            BlockOf::Engaged { source, .. } => *source,
            other => panic!("{other:?}"),
        };
        assert_eq!((source(0), source(1)), (source(1), domain::clash::Source::Booking(night.id)));
    }

    async fn a_day_of_23_hours_and_one_of_25_are_as_long_on_the_board(engine) {
        let house = house(engine).await;
        house.book("theatre", at("2027-03-14T01:00"), at("2027-03-14T04:00")).await.unwrap();
        let short = house.board("2027-03-14").await;
        let clocks = |site: &BoardSite| site.ruler.iter().map(|hour| (hour.minute / 60, hour.clock.clone(), hour.is_second)).collect::<Vec<_>>();
        assert_eq!((short.minutes, short.ruler.len(), taken(&short)), (23 * 60, 23, vec![stretch(60, 180)]));
        assert_eq!(clocks(&short)[1..3], [(1, "01:00".to_owned(), false), (2, "03:00".to_owned(), false)]);
        house.book("theatre", which("2027-11-07T01:00", "-08:00"), at("2027-11-07T04:00")).await.unwrap();
        let long = house.board("2027-11-07").await;
        assert_eq!((long.minutes, long.ruler.len(), taken(&long)), (25 * 60, 25, vec![stretch(120, 300)]));
        assert_eq!(clocks(&long)[1..4], [(1, "01:00".to_owned(), false), (2, "01:00".to_owned(), true), (3, "02:00".to_owned(), false)]);
        let free: u32 = long.rooms[0].free.iter().map(|free| free.until - free.from).sum();
        assert_eq!(free, 25 * 60 - 180, "what is not taken is free");
    }

    /// A site's clocks are said anew: it moved, or it was told wrong. What was booked is kept as it was agreed, wall time and zone, and
    /// so at the same instant: nobody's meeting is moved by a word in another's form. Rooms are open by the clocks their site has now; a
    /// booking that lies outside of that stays, is told so, and is not moved to where it is closed. A series goes on at the hour and on
    /// the clocks on which it was agreed, of which its page says that they are not its room's; whoever wants it on the new ones changes it.
    async fn a_site_that_changes_its_clocks_keeps_what_was_agreed_and_opens_by_the_new_ones(engine) {
        let house = house(engine).await;
        let hours = (1..=7).map(|day| HoursInput { weekday: day.into(), opens: "08:00".into(), closes: "18:00".into() }).collect();
        rooms::change_room(&house.manager, house.room, RoomInput { hours: Some(hours), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        let morning = house.book("theatre", at("2027-03-17T09:00"), at("2027-03-17T10:00")).await.unwrap();
        let evening = house.book("theatre", at("2027-03-17T16:30"), at("2027-03-17T17:30")).await.unwrap();
        let weekly = SeriesInput {
            booking: house.wanted("theatre", at("2027-03-18T09:00"), at("2027-03-18T10:00")),
            repeats: text("weekly"),
            times: Some(3.into()),
            ..SeriesInput::default()
        };
        let series = create_series(&house.officer, weekly).await.unwrap();
        assert_eq!(house.board("2027-03-17").await.rooms[0].closed, [stretch(0, 480), stretch(1_080, 1_440)]);
        let east = SiteInput { zone: text("America/New_York"), ..SiteInput::default() };
        rooms::change_site(&house.manager, house.site, east, &Seen::Any).await.unwrap();
        // Three hours later on the wall, at the same instants.
        for had in [&morning, &evening] {
            let now = read_booking(&house.officer, had.id).await.unwrap();
            assert_eq!((&now.starts, &now.ends, now.starts.zone.as_str()), (&had.starts, &had.ends, ZONE));
        }
        let board = house.board("2027-03-17").await;
        assert_eq!((board.zone.as_str(), taken(&board)), ("America/New_York", vec![stretch(12 * 60, 13 * 60), stretch(19 * 60 + 30, 20 * 60 + 30)]));
        assert_eq!(board.rooms[0].blocks.iter().map(|block| block.starts.as_str()).collect::<Vec<_>>(), ["12:00", "19:30"]);
        assert_eq!(board.rooms[0].closed, [stretch(0, 480), stretch(1_080, 1_440)]);
        // Half past seven in the evening is closed now: it stays, and is told so; nobody else gets that hour, whatever clocks they say it by.
        let renamed = || BookingInput { purpose: text("Reception"), ..BookingInput::default() };
        let kept = change_booking(&house.officer, evening.id, renamed(), &Seen::Any).await.unwrap();
        assert_eq!(kept.warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::RoomClosed]);
        let later = BookingInput { starts: at("2027-03-17T17:00"), ends: at("2027-03-17T18:00"), ..BookingInput::default() };
        assert_eq!(broken(change_booking(&house.officer, evening.id, later, &Seen::Any).await), [RuleId::RoomClosed]);
        assert_eq!(broken(house.book("theatre", at("2027-03-19T16:00"), at("2027-03-19T17:00")).await), [RuleId::RoomClosed]);
        let eastern = |local: &str| at(local).map(|time| AgreedTime { zone: "America/New_York".to_owned().try_into().unwrap(), ..time });
        assert_eq!(broken(house.book("theatre", eastern("2027-03-19T18:00"), eastern("2027-03-19T19:00")).await), [RuleId::RoomClosed]);
        house.book("theatre", eastern("2027-03-19T08:00"), eastern("2027-03-19T09:00")).await.unwrap();
        let query = SlotQuery {
            room: Some(house.room), layout: None, people: None, person: None, minutes: 60,
            from: instant("2027-03-22T00:00:00Z"), until: instant("2027-03-23T00:00:00Z"), most: Some(1),
        };
        assert_eq!(free_slots(&house.officer, &query).await.unwrap()[0].starts.local.to_string(), "2027-03-22T08:00");
        // The series is at nine in Los Angeles still, which its room calls twelve.
        let now = read_series(&house.officer, series.id).await.unwrap();
        assert_eq!((now.recurrence.zone.as_str(), &now.occurrences), (ZONE, &series.occurrences));
        let board = house.board("2027-03-25").await;
        assert_eq!(board.rooms[0].blocks[0].starts, "12:00");
    }

    async fn a_hold_ends_in_the_hour_that_was_said_of_two(engine) {
        let house = house(engine).await;
        let held = |until: &str| BookingInput { state: text("held"), hold: text("promised"), hold_until: text(until), ..house.wanted("theatre", at("2027-11-07T12:00"), at("2027-11-07T13:00")) };
        let id: BookingId = create_booking(&house.officer, held("2027-11-07T01:30:00-08:00")).await.unwrap().view.id;
        let board = house.board("2027-11-07").await;
        let BlockOf::Engaged { hold_until: Some(until), .. } = &board.rooms[0].blocks[0].what else { panic!("{board:?}") };
        assert_eq!((until.local.to_string(), until.offset.to_string()), ("2027-11-07T01:30".to_owned(), "-08:00".to_owned()));
        let account = house.officer.account().unwrap();
        let wanted = || house.wanted("theatre", at("2027-11-07T12:30"), at("2027-11-07T13:30"));
        for (now, has_lapsed) in [("2027-11-07T08:31:00Z", false), ("2027-11-07T09:29:00Z", false), ("2027-11-07T09:30:00Z", true)] {
            house.hands.set(instant(now));
            let officer = house.office.again(account).await;
            assert_eq!(read_booking(&officer, id).await.unwrap().has_lapsed, has_lapsed, "{now}");
            assert_eq!(create_booking(&officer, wanted()).await.is_ok(), has_lapsed, "{now}");
        }
    }
}
