//! Retiring a room on both engines: when it may be, where it is gone, and what still names it.

use backend::{
    Failure, RequestContext, on_both,
    paging::PageRequest,
    rooms::{
        self,
        availability::room_availability,
        blackouts::{BlackoutQuery, create_blackout, list_blackouts},
        board::{day_board, room_days},
        bookings::{cancel_booking, change_booking, create_booking, read_booking},
        retire_room,
        slots::{SlotQuery, free_slots},
    },
    search,
    testing::{self, Engine, TestOffice},
    version::{ETag, Seen},
};
use chrono::TimeDelta;
use domain::{
    accounts::Role,
    ids::RoomId,
    marking::Marking,
    problems::{FieldProblem, Problem},
    rooms::{
        blackouts::BlackoutInput,
        filter::RoomFilter,
        input::{BookingInput, RoomInput, SiteInput},
    },
    time::agreed::AgreedTime,
};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    rooms: [RoomId; 2],
}

async fn house(engine: Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: some("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let room = |name: &str| RoomInput { site_id: some(&site.to_string()), name: some(name), ..RoomInput::default() };
    let rotunda = rooms::create_room(&manager, room("Rotunda")).await.unwrap().id;
    let annex = rooms::create_room(&manager, room("Annex")).await.unwrap().id;
    House { office, manager, officer, rooms: [rotunda, annex] }
}

fn a_booking(room: RoomId, starts: &str, ends: &str, state: &str) -> BookingInput {
    BookingInput {
        room_id: some(&room.to_string()),
        starts: at(starts),
        ends: at(ends),
        purpose: some("Budget briefing"),
        state: some(state),
        ..BookingInput::default()
    }
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(problems)) => problems.into_iter().map(|FieldProblem { field, problem }| (field, problem)).next().unwrap(),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_room_that_is_used_stays_and_one_that_is_not_is_gone_everywhere(engine) {
        let House { manager, officer, rooms: [rotunda, annex], office } = house(engine).await;
        let past = create_booking(&officer, a_booking(rotunda, "2027-03-01T10:00", "2027-03-01T11:00", "firm")).await.unwrap().view;
        let firm = create_booking(&officer, a_booking(rotunda, "2027-06-01T10:00", "2027-06-01T11:00", "firm")).await.unwrap().view;
        let held = create_booking(&officer, a_booking(rotunda, "2027-06-02T10:00", "2027-06-02T11:00", "held")).await.unwrap().view;
        for booking in [&firm, &held] {
            assert_eq!(problem(retire_room(&manager, rotunda, &Seen::Any).await), ("room_id".into(), Problem::StillUsed));
            cancel_booking(&officer, booking.id, &Seen::Any).await.unwrap();
        }
        assert!(matches!(retire_room(&officer, rotunda, &Seen::Any).await, Err(Failure::Forbidden)));
        let seen = ETag::of(&rooms::read_room(&manager, rotunda).await.unwrap()).unwrap();
        let renamed = RoomInput { floor: some("3"), ..RoomInput::default() };
        rooms::change_room(&manager, rotunda, renamed, &Seen::Any).await.unwrap();
        assert!(matches!(retire_room(&manager, rotunda, &Seen::from_form(seen.as_str())).await, Err(Failure::Stale)));
        let works = BlackoutInput {
            room_id: some(&rotunda.to_string()), starts: at("2027-03-20T10:00"), ends: at("2027-03-20T18:00"), cause: some("Works"),
            ..BlackoutInput::default()
        };
        create_blackout(&manager, works).await.unwrap();
        retire_room(&manager, rotunda, &Seen::Any).await.unwrap();
        assert!(matches!(retire_room(&manager, rotunda, &Seen::Any).await, Err(Failure::NotFound)));
        // Offered nowhere.
        let left: Vec<RoomId> = rooms::list_rooms(&officer).await.unwrap().into_iter().map(|room| room.id).collect();
        assert_eq!(left, [annex]);
        let board = day_board(&officer, "2027-03-01".parse().unwrap(), &RoomFilter::default()).await.unwrap();
        assert_eq!((board.of, board.sites[0].rooms.len()), (1, 1));
        let (from, until) = (officer.now(), officer.now() + TimeDelta::days(7));
        assert_eq!(room_availability(&officer, from, until, None).await.unwrap().len(), 1);
        assert!(matches!(room_availability(&officer, from, until, Some(rotunda)).await, Err(Failure::NotFound)));
        let slot = SlotQuery { room: Some(rotunda), layout: None, people: None, person: None, minutes: 60, from, until, most: Some(1) };
        assert!(matches!(free_slots(&officer, &slot).await, Err(Failure::NotFound)));
        assert!(search::search(&officer, "Rotunda", 10).await.unwrap().is_empty());
        let query = BlackoutQuery { room: None, from, until: until + TimeDelta::days(30) };
        assert!(list_blackouts(&officer, query, &PageRequest::default()).await.unwrap().items.is_empty());
        let new = create_booking(&officer, a_booking(rotunda, "2027-06-03T10:00", "2027-06-03T11:00", "firm")).await;
        assert_eq!(problem(new), ("room_id".into(), Problem::Unknown));
        let other = create_booking(&officer, a_booking(annex, "2027-06-03T10:00", "2027-06-03T11:00", "firm")).await.unwrap().view;
        let moved = BookingInput { room_id: some(&rotunda.to_string()), ..BookingInput::default() };
        assert_eq!(problem(change_booking(&officer, other.id, moved, &Seen::Any).await), ("room_id".into(), Problem::Unknown));
        // What is past still names it.
        assert_eq!(read_booking(&officer, past.id).await.unwrap().room_id, rotunda);
        let room = rooms::read_room(&officer, rotunda).await.unwrap();
        assert_eq!((room.name.as_str(), room.is_retired), ("Rotunda", true));
        let week = room_days(&officer, rotunda, "2027-03-01".parse().unwrap(), 7).await.unwrap();
        assert_eq!((week.days[0].lane.blocks.len(), week.may_book), (1, false));
        let corrected = BookingInput { purpose: some("The budget"), ..BookingInput::default() };
        assert!(change_booking(&officer, past.id, corrected, &Seen::Any).await.is_ok());
        // Its name is free again.
        let site = room.site.id.to_string();
        let again = RoomInput { site_id: Some(site), name: some("Rotunda"), ..RoomInput::default() };
        assert_ne!(rooms::create_room(&manager, again).await.unwrap().id, rotunda);
        drop(office);
    }

    async fn of_a_booking_and_a_retirement_at_once_one_wins_and_nothing_is_half_done(engine) {
        let House { manager, officer, rooms: [rotunda, _], office } = house(engine).await;
        for (number, day) in (10..20).enumerate() {
            let room = RoomInput {
                site_id: Some(rooms::read_room(&manager, rotunda).await.unwrap().site.id.to_string()),
                name: Some(format!("Room {number}")),
                ..RoomInput::default()
            };
            let room = rooms::create_room(&manager, room).await.unwrap().id;
            let booking = a_booking(room, &format!("2027-06-{day}T10:00"), &format!("2027-06-{day}T11:00"), "firm");
            let (booked, retired) = tokio::join!(create_booking(&officer, booking), retire_room(&manager, room, &Seen::Any));
            match (booked, retired) {
                (Ok(_), refused) => assert_eq!(problem(refused), ("room_id".into(), Problem::StillUsed)),
                (refused, Ok(())) => assert_eq!(problem(refused), ("room_id".into(), Problem::Unknown)),
                other => panic!("{other:?}"),
            }
            let is_retired = rooms::read_room(&manager, room).await.unwrap().is_retired;
            let (from, until) = (manager.now(), manager.now() + TimeDelta::days(60));
            let still = if is_retired { 0 } else { 1 };
            let taken = room_availability(&manager, from + TimeDelta::days(60), until + TimeDelta::days(60), None).await.unwrap();
            let uses: usize = taken.iter().filter(|it| it.room.id == room).map(|it| it.engaged.len()).sum();
            assert_eq!(uses, still);
        }
        drop(office);
    }
}
