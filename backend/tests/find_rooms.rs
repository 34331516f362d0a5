//! The finder of rooms on both engines: what it finds is what a booking gets, and it tells nothing of what takes a room.

use backend::{
    Failure, RequestContext,
    database::Statements,
    on_both,
    rooms::{self, blackouts::create_blackout, bookings::create_booking, find::find_rooms},
    testing::{
        self, TestOffice,
        inputs::{ZONE, at, text},
    },
};
use domain::{
    accounts::Role,
    ids::{RoomId, SiteId},
    marking::Marking,
    rooms::{
        blackouts::BlackoutInput,
        found::{FoundRoomsView, LackKind},
        input::{BookingInput, LayoutInput, RoomInput, SiteInput, WantedUseInput},
    },
};

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    staff: RequestContext,
    site: SiteId,
}

async fn house(engine: testing::Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("manager", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    House { office, manager, officer, staff, site }
}

impl House {
    /// A room for so many that takes 15 minutes to lay out and 10 to clear.
    async fn room(&self, name: &str, capacity: u32, more: RoomInput) -> RoomId {
        let layout =
            LayoutInput { layout: "boardroom".into(), capacity: capacity.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
        let room = RoomInput {
            site_id: Some(self.site.to_string()),
            name: text(name),
            layouts: Some(vec![layout]),
            clearance: text("TLP:AMBER"),
            ..more
        };
        rooms::create_room(&self.manager, room).await.unwrap().id
    }

    async fn book(&self, room: RoomId, starts: &str, ends: &str, marking: &str) {
        let booking = BookingInput {
            room_id: Some(room.to_string()),
            starts: at(starts),
            ends: at(ends),
            layout: text("boardroom"),
            purpose: text("CANARY talks"),
            marking: text(marking),
            state: text("firm"),
            ..BookingInput::default()
        };
        create_booking(&self.officer, booking).await.unwrap();
    }
}

fn a_use(starts: &str, ends: &str, more: WantedUseInput) -> WantedUseInput {
    WantedUseInput { starts: at(starts), ends: at(ends), layout: text("boardroom"), ..more }
}

fn names(found: &FoundRoomsView) -> (Vec<&str>, Vec<(&str, Vec<LackKind>)>) {
    let fit = found.fit.iter().map(|it| it.room.name.as_str()).collect();
    let near = found.near.iter().map(|it| (it.found.room.name.as_str(), it.lacks.iter().map(|lack| lack.kind).collect())).collect();
    (fit, near)
}

on_both! {
    async fn what_suits_stands_first_and_what_nearly_does_says_what_it_lacks(engine) {
        let house = house(engine).await;
        house.room("Rotunda", 80, RoomInput { features: Some(vec!["kitchen".into()]), ..RoomInput::default() }).await;
        house.room("Tower Room", 24, RoomInput::default()).await;
        house.room("Press Room", 12, RoomInput::default()).await;
        house.room("Cabinet", 20, RoomInput { booked_by: Some(vec!["chief_of_protocol".into()]), ..RoomInput::default() }).await;
        let (starts, ends) = ("2027-03-10T10:00", "2027-03-10T12:00");
        let for_twenty = a_use(starts, ends, WantedUseInput { people: Some(20.into()), ..WantedUseInput::default() });
        let found = find_rooms(&house.officer, for_twenty.clone()).await.unwrap();
        assert_eq!(names(&found), (vec!["Tower Room", "Rotunda"], vec![("Press Room", vec![LackKind::TooSmall])]));
        assert_eq!((found.of, found.near[0].lacks[0].say.as_str()), (4, "holds 12, and 20 are expected"));
        let picky = WantedUseInput { features: Some(vec!["kitchen".into()]), marking: text("TLP:RED"), ..WantedUseInput::default() };
        let found = find_rooms(&house.officer, a_use(starts, ends, picky)).await.unwrap();
        let lacking = [LackKind::NoFeature, LackKind::NotCleared];
        assert_eq!(names(&found), (vec![], vec![("Rotunda", vec![LackKind::NotCleared]), ("Press Room", lacking.to_vec()), ("Tower Room", lacking.to_vec())]));
    }

    async fn a_room_that_is_only_taken_or_blacked_out_says_when_it_is_free_and_nothing_of_the_cause(engine) {
        let house = house(engine).await;
        let room = house.room("Tower Room", 24, RoomInput::default()).await;
        house.book(room, "2027-03-10T11:00", "2027-03-10T12:00", "TLP:AMBER").await;
        let wanted = a_use("2027-03-10T10:00", "2027-03-10T11:00", WantedUseInput::default());
        for reader in [&house.officer, &house.staff] {
            let found = find_rooms(reader, wanted.clone()).await.unwrap();
            assert_eq!(names(&found).1, [("Tower Room", vec![LackKind::Taken])]);
            let times: Vec<String> = found.near[0].nearest.iter().map(|slot| slot.starts.local.to_string()).collect();
            assert_eq!(times, ["2027-03-10T09:30", "2027-03-10T12:30"], "set-up and clearing are real");
            assert!(!serde_json::to_string(&found).unwrap().contains("CANARY"));
        }
        let zone = || domain::time::ZoneName::parse(ZONE).unwrap();
        assert_eq!(find_rooms(&house.officer, wanted.clone()).await.unwrap().near[0].found.zone, zone());
        let works = BlackoutInput {
            room_id: Some(room.to_string()), starts: at("2027-03-11T08:00"), ends: at("2027-03-12T08:00"), cause: text("Works"), ..BlackoutInput::default()
        };
        create_blackout(&house.manager, works).await.unwrap();
        let found = find_rooms(&house.staff, a_use("2027-03-11T10:00", "2027-03-11T11:00", WantedUseInput::default())).await.unwrap();
        assert_eq!(names(&found).1, [("Tower Room", vec![LackKind::BlackedOut])]);
        assert_eq!(found.near[0].lacks[0].say, "may not be used until 08:00, 12 Mar 2027");
    }

    async fn what_is_found_is_what_a_booking_gets(engine) {
        let house = house(engine).await;
        let room = house.room("Tower Room", 24, RoomInput { sweep_minutes: Some(30.into()), ..RoomInput::default() }).await;
        house.book(room, "2027-03-10T08:00", "2027-03-10T09:00", "TLP:GREEN").await;
        let (starts, ends) = ("2027-03-10T09:30", "2027-03-10T10:00");
        let swept = |sweep: bool| WantedUseInput { sweep: Some(sweep), ..WantedUseInput::default() };
        for (sweep, is_free) in [(true, false), (false, true)] {
            let found = find_rooms(&house.officer, a_use(starts, ends, swept(sweep))).await.unwrap();
            assert_eq!(!found.fit.is_empty(), is_free, "a sweep of {sweep}");
            let booking = BookingInput {
                room_id: Some(room.to_string()), starts: at(starts), ends: at(ends), layout: text("boardroom"), sweep: Some(sweep),
                purpose: text("Talks"), state: text("firm"), ..BookingInput::default()
            };
            assert_eq!(create_booking(&house.officer, booking).await.is_ok(), is_free);
        }
    }

    async fn a_mission_finds_none_and_many_rooms_take_as_many_statements_as_one(engine) {
        let house = house(engine).await;
        let mission = house.office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        let wanted = a_use("2027-03-10T10:00", "2027-03-10T11:00", WantedUseInput::default());
        assert!(matches!(find_rooms(&mission, wanted.clone()).await, Err(Failure::Forbidden)));
        let count = async || {
            let statements = Statements::default();
            let account = house.officer.account().unwrap();
            statements.counted(async { find_rooms(&house.office.again(account).await, wanted.clone()).await.unwrap() }).await;
            statements.number()
        };
        house.room("Room 0", 10, RoomInput::default()).await;
        let of_one = count().await;
        for number in 1..8 {
            house.room(&format!("Room {number}"), 10, RoomInput::default()).await;
        }
        assert_eq!(count().await, of_one);
        assert!(of_one <= 9, "{of_one}");
        // As long as no room changes, they are not read again.
        assert_eq!(count().await, of_one - 1);
    }
}
