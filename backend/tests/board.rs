//! The day board and a room's week on both engines: one view of what takes a room, whatever shows it.

use backend::{
    Chancery, Failure, RequestContext,
    clock::RandomIds,
    database::Statements,
    on_both,
    rooms::{
        self,
        availability::room_availability,
        board::{day_board, room_days},
        bookings::create_booking,
        retire_room,
    },
    sealing::{KeyFile, OsRandom},
    testing::{
        self, TestOffice,
        inputs::{at, text},
    },
    version::Seen,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    accounts::Role,
    board::{BlockOf, BoardRoom, Stretch},
    ids::{RoomId, SiteId},
    marking::Marking,
    rooms::{
        filter::RoomFilter,
        input::{BookingInput, HoursInput, LayoutInput, RoomInput, SiteInput},
    },
};
use std::sync::Arc;

const DAY: &str = "2027-03-10";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    staff: RequestContext,
    site: SiteId,
}

async fn house(engine: testing::Engine) -> House {
    house_in(testing::office(engine).await).await
}

async fn house_in(office: TestOffice) -> House {
    let manager = office.signed_in("manager", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    House { office, manager, officer, staff, site }
}

impl House {
    /// A room for so many that takes 15 minutes to lay out and 10 to clear, open from eight to six on weekdays.
    async fn room(&self, name: &str, capacity: u32) -> RoomId {
        let layout =
            LayoutInput { layout: "boardroom".into(), capacity: capacity.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
        let hours = (1..=5).map(|day| HoursInput { weekday: day.into(), opens: "08:00".into(), closes: "18:00".into() }).collect();
        let room = RoomInput {
            site_id: Some(self.site.to_string()),
            name: text(name),
            layouts: Some(vec![layout]),
            hours: Some(hours),
            clearance: text("TLP:RED"),
            ..RoomInput::default()
        };
        rooms::create_room(&self.manager, room).await.unwrap().id
    }

    async fn book(&self, room: RoomId, starts: &str, ends: &str, input: BookingInput) {
        let booking = BookingInput {
            room_id: Some(room.to_string()),
            starts: at(starts),
            ends: at(ends),
            layout: text("boardroom"),
            purpose: input.purpose.or_else(|| text("Budget briefing")),
            state: input.state.or_else(|| text("firm")),
            ..input
        };
        create_booking(&self.officer, booking).await.unwrap();
    }
}

fn said(room: &BoardRoom) -> Vec<(Stretch, String)> {
    let of = |what: &BlockOf| match what {
        BlockOf::Engaged { title, .. } => title.clone(),
        BlockOf::Reserved { cover } => cover.clone().unwrap_or_else(|| "Reserved".into()),
    };
    room.blocks.iter().map(|block| (block.taken, of(&block.what))).collect()
}

on_both! {
    async fn a_board_shows_each_reader_what_may_be_read_and_that_the_rest_is_taken(engine) {
        let house = house(engine).await;
        let room = house.room("Tom Bradley Room", 24).await;
        house.book(room, "2027-03-10T10:00", "2027-03-10T11:00", BookingInput::default()).await;
        let strict = BookingInput { purpose: text("CANARY talks"), marking: text("TLP:AMBER+STRICT"), ..BookingInput::default() };
        house.book(room, "2027-03-10T13:07", "2027-03-10T14:00", strict).await;
        let own = day_board(&house.officer, date(DAY), &RoomFilter::default()).await.unwrap();
        let [site] = &own.sites[..] else { panic!("{own:?}") };
        assert_eq!((own.of, own.may_book, site.minutes, site.ruler.len()), (1, true, 1_440, 24));
        let stretch = |from, until| Stretch { from, until };
        assert_eq!(said(&site.rooms[0]), [(stretch(585, 670), "Budget briefing".into()), (stretch(772, 850), "CANARY talks".into())]);
        assert_eq!(site.rooms[0].closed, [stretch(0, 480), stretch(1_080, 1_440)]);
        let theirs = day_board(&house.staff, date(DAY), &RoomFilter::default()).await.unwrap();
        assert!(!serde_json::to_string(&theirs).unwrap().contains("CANARY"));
        assert!(!theirs.may_book);
        assert_eq!(said(&theirs.sites[0].rooms[0]), [(stretch(585, 670), "Budget briefing".into()), (stretch(765, 855), "Reserved".into())]);
    }

    async fn rooms_kept_at_hand_are_those_that_are_stored_whoever_changed_them(engine) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        KeyFile::create(&path, None, &OsRandom).unwrap();
        let key = || KeyFile::read(&path, None).unwrap();
        let house = house_in(testing::office_with(engine, Box::new(RandomIds), key()).await).await;
        let names = async |chancery: &Chancery| {
            let reader = chancery.context(Arc::new(house.officer.office().clone()), house.officer.actor().clone());
            let board = day_board(&reader, date(DAY), &RoomFilter::default()).await.unwrap();
            board.sites.iter().flat_map(|site| &site.rooms).map(|room| room.room.name.clone()).collect::<Vec<_>>()
        };
        // Another program at the same database keeps rooms of its own.
        let other = testing::chancery_later(house.office.place.database.clone(), house.officer.now(), key()).await;
        let programs = [house.office.chancery.clone(), other];
        let mut expected: Vec<&str> = Vec::new();
        let mut ids = Vec::new();
        for name in ["Rotunda", "Gallery"] {
            ids.push(house.room(name, 10).await);
            expected.insert(0, name);
            for program in programs.iter().chain(&programs) {
                assert_eq!(names(program).await, expected);
            }
        }
        rooms::change_room(&house.manager, ids[1], RoomInput { name: text("Atrium"), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        for program in &programs {
            assert_eq!(names(program).await, ["Atrium", "Rotunda"]);
        }
        retire_room(&house.manager, ids[0], &Seen::Any).await.unwrap();
        for program in &programs {
            assert_eq!(names(program).await, ["Atrium"]);
        }
        // One more and one less are not the same as none.
        house.room("Rotunda", 10).await;
        for program in &programs {
            assert_eq!(names(program).await, ["Atrium", "Rotunda"]);
        }
        // What a transaction sees of its own is kept by nobody, and comes to nothing with it.
        rooms::files::import_rooms(&house.manager, b"site,name\nCity Hall,Cellar\nNowhere,Attic\n").await.unwrap_err();
        for program in &programs {
            assert_eq!(names(program).await, ["Atrium", "Rotunda"]);
        }
    }

    async fn a_rooms_week_its_board_and_its_availability_are_one_view(engine) {
        let house = house(engine).await;
        let room = house.room("Tom Bradley Room", 24).await;
        for (day, hour) in [(9, 9), (10, 10), (12, 16)] {
            let time = |hour: u32| format!("2027-03-{day:02}T{hour:02}:00");
            house.book(room, &time(hour), &time(hour + 1), BookingInput { marking: text("TLP:AMBER"), ..BookingInput::default() }).await;
        }
        for reader in [&house.officer, &house.staff, &house.manager] {
            let week = room_days(reader, room, date("2027-03-08"), 7).await.unwrap();
            assert_eq!(week.days.len(), 7);
            for day in &week.days {
                let board = day_board(reader, day.date, &RoomFilter::default()).await.unwrap();
                assert_eq!(board.sites[0].rooms[0], day.lane);
            }
            let (from, until) = (instant("2027-03-08T08:00:00Z"), instant("2027-03-15T07:00:00Z"));
            let taken = room_availability(reader, from, until, Some(room)).await.unwrap();
            let shown: usize = week.days.iter().map(|day| day.lane.blocks.len()).sum();
            assert_eq!(taken[0].engaged.len() + taken[0].reserved.len(), shown);
        }
        assert!(matches!(room_days(&house.officer, room, date(DAY), 0).await, Err(Failure::Invalid(_))));
        assert!(matches!(room_days(&house.officer, room, date(DAY), 43).await, Err(Failure::Invalid(_))));
        assert!(matches!(room_days(&house.officer, RoomId(uuid::Uuid::nil()), date(DAY), 7).await, Err(Failure::NotFound)));
    }

    async fn overlapping_holds_lie_side_by_side_and_say_until_when(engine) {
        let house = house(engine).await;
        let room = house.room("Rotunda", 24).await;
        let held = |purpose: &str| BookingInput { state: text("held"), purpose: text(purpose), hold_until: text("2027-03-10T16:00:00Z"), ..BookingInput::default() };
        house.book(room, "2027-03-10T10:00", "2027-03-10T11:00", held("One")).await;
        house.book(room, "2027-03-10T10:30", "2027-03-10T11:30", held("Other")).await;
        let board = day_board(&house.officer, date(DAY), &RoomFilter::default()).await.unwrap();
        let lane = &board.sites[0].rooms[0];
        assert_eq!((lane.tracks, lane.blocks[0].track, lane.blocks[1].track), (2, 0, 1));
        let BlockOf::Engaged { hold_until: Some(until), .. } = &lane.blocks[0].what else { panic!("{lane:?}") };
        assert_eq!(until.local.to_string(), "2027-03-10T08:00");
    }

    async fn the_rooms_asked_for_are_shown_and_a_mission_has_no_board(engine) {
        let house = house(engine).await;
        house.room("Rotunda", 80).await;
        house.room("Press Room", 12).await;
        let large = RoomFilter { people: Some(50), ..RoomFilter::default() };
        let board = day_board(&house.staff, date(DAY), &large).await.unwrap();
        assert_eq!((board.of, board.sites[0].rooms.len(), board.sites[0].rooms[0].room.name.as_str()), (2, 1, "Rotunda"));
        let none = day_board(&house.staff, date(DAY), &RoomFilter { people: Some(500), ..RoomFilter::default() }).await.unwrap();
        assert!(none.sites.is_empty());
        let mission = house.office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        assert!(matches!(day_board(&mission, date(DAY), &large).await, Err(Failure::Forbidden)));
        assert!(matches!(day_board(&house.staff, NaiveDate::MAX, &large).await, Err(Failure::Invalid(_))));
    }

    async fn a_board_takes_as_many_statements_for_many_rooms_as_for_one(engine) {
        let house = house(engine).await;
        let count = async || {
            let statements = Statements::default();
            let account = house.officer.account().unwrap();
            // A context counts what is run in the scope in which it was made.
            statements.counted(async { day_board(&house.office.again(account).await, date(DAY), &RoomFilter::default()).await.unwrap() }).await;
            statements.number()
        };
        let room = house.room("Room 0", 10).await;
        house.book(room, "2027-03-10T10:00", "2027-03-10T11:00", BookingInput::default()).await;
        let of_one = count().await;
        for number in 1..12 {
            let room = house.room(&format!("Room {number}"), 10).await;
            house.book(room, "2027-03-10T10:00", "2027-03-10T11:00", BookingInput::default()).await;
        }
        assert_eq!(count().await, of_one);
        assert!(of_one <= 10, "{of_one}");
    }
}
