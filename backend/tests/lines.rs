//! What may be said of a line and of a visit, and what becomes of it: holds and covers.

use backend::{
    Failure, RequestContext,
    clock::RandomIds,
    database::Connection,
    on_both, people, programme,
    rooms::{
        self,
        bookings::{change_booking, create_booking},
    },
    sealing::{KeyFile, OsRandom},
    testing::{
        self, Engine, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::Seen,
    visits,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    ids::{RoomId, VisitId},
    marking::Marking,
    people::input::PersonInput,
    problems::Problem,
    programme::{
        ItemState,
        input::{ItemInput, ParticipantInput},
    },
    rooms::input::{BookingInput, LayoutInput, RoomInput, SiteInput},
    visits::input::VisitInput,
};
use std::{collections::BTreeMap, sync::Arc};

fn cover_at(marking: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("cover".to_owned(), marking.to_owned())])
}

/// An office, and who leads it on the list of a visit.
async fn desk(engine: Engine) -> (TestOffice, RequestContext, VisitId) {
    desk_in(testing::office(engine).await).await
}

async fn desk_in(office: TestOffice) -> (TestOffice, RequestContext, VisitId) {
    let officer = office.signed_in("officer", Role::ChiefOfProtocol, Marking::Red).await;
    let visit = visits::create_visit(&officer, VisitInput { starts_on: text("2027-03-01"), ..a_visit() }).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    (office, officer, visit)
}

fn problem_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(mut problems)) => {
            let first = problems.remove(0);
            (first.field, first.problem)
        }
        other => panic!("{other:?}"),
    }
}

fn layouts(set_up_minutes: u32) -> Option<Vec<LayoutInput>> {
    let layout =
        LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: set_up_minutes.into(), clearing_minutes: 10.into() };
    Some(vec![layout])
}

/// From when until when a room is taken, margins included, in order: hours and minutes of the day in UTC.
async fn taken(office: &TestOffice, room: RoomId) -> Vec<(String, String)> {
    let sql = "SELECT starts_at, ends_at FROM engagements WHERE office_id = $1 AND resource_id = $2 ORDER BY starts_at";
    let values = values![office.operator.office_id(), room];
    let rows: Vec<(DateTime<Utc>, DateTime<Utc>)> = office.operator.read().await.unwrap().all(sql, values).await.unwrap();
    let clock = |at: DateTime<Utc>| at.format("%H:%M").to_string();
    rows.into_iter().map(|(starts, ends)| (clock(starts), clock(ends))).collect()
}

on_both! {
    async fn a_line_keeps_the_margins_it_was_booked_with_while_others_of_its_programme_come_and_go(engine) {
        let (office, officer, visit) = desk(engine).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: layouts(15), ..RoomInput::default() };
        let room = rooms::create_room(&manager, room).await.unwrap().id;
        let line = |starts, ends| ItemInput {
            room_id: Some(room.to_string()),
            layout: text("boardroom"),
            state: text("firm"),
            ..a_meeting(starts, ends)
        };
        programme::add_programme_item(&officer, visit, line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap();
        // Somebody else's ends where the line is begun to be laid out; a room that takes longer has no time for both any more.
        let other = BookingInput {
            room_id: Some(room.to_string()),
            starts: at("2027-03-16T08:30"),
            ends: at("2027-03-16T09:35"),
            layout: text("boardroom"),
            purpose: text("Briefing"),
            state: text("firm"),
            ..BookingInput::default()
        };
        create_booking(&officer, other).await.unwrap();
        let clocks = |all: &[(&str, &str)]| all.iter().map(|(starts, ends)| ((*starts).to_owned(), (*ends).to_owned())).collect::<Vec<_>>();
        let before = clocks(&[("15:15", "16:45"), ("16:45", "18:10")]);
        assert_eq!(taken(&office, room).await, before);
        rooms::change_room(&manager, room, RoomInput { layouts: layouts(30), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        // One that lies elsewhere leaves it as it is, one that meets it shares the margin between them.
        programme::add_programme_item(&officer, visit, line("2027-03-17T10:00", "2027-03-17T11:00")).await.unwrap();
        let next = programme::add_programme_item(&officer, visit, line("2027-03-16T11:00", "2027-03-16T12:00")).await.unwrap().view.id;
        let elsewhere = ("16:30".to_owned(), "18:10".to_owned());
        let mut beside = clocks(&[("15:15", "16:45"), ("16:45", "18:00"), ("18:00", "19:10")]);
        beside.push(elsewhere.clone());
        assert_eq!(taken(&office, room).await, beside);
        programme::remove_programme_item(&officer, next, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room).await, [before, vec![elsewhere]].concat());
    }

    async fn what_is_booked_is_mended_and_marked_although_its_room_needs_longer_by_now(engine) {
        let (office, officer, visit) = desk(engine).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: layouts(0), clearance: text("TLP:RED"), ..RoomInput::default() };
        let room = rooms::create_room(&manager, room).await.unwrap().id;
        let booking = |starts, ends| BookingInput {
            room_id: Some(room.to_string()), starts: at(starts), ends: at(ends), layout: text("boardroom"),
            purpose: text("Briefing"), marking: text("TLP:GREEN"), state: text("firm"), ..BookingInput::default()
        };
        let first = create_booking(&officer, booking("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap().view.id;
        let line = ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), state: text("firm"), ..a_meeting("2027-03-16T11:10", "2027-03-16T12:00") };
        let line = programme::add_programme_item(&officer, visit, line).await.unwrap().view.id;
        create_booking(&officer, booking("2027-03-16T12:10", "2027-03-16T13:00")).await.unwrap();
        let before = taken(&office, room).await;
        rooms::change_room(&manager, room, RoomInput { layouts: layouts(45), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        let mended = BookingInput { purpose: text("Press briefing"), people: Some(12.into()), marking: text("TLP:AMBER"), ..BookingInput::default() };
        change_booking(&officer, first, mended, &Seen::Any).await.unwrap();
        let mended = ItemInput { title: text("Signing"), markings: BTreeMap::from([("title".to_owned(), "TLP:RED".to_owned())]), ..ItemInput::default() };
        assert!(programme::check_programme_item(&officer, visit, mended.clone(), Some(line)).await.unwrap().clashes.is_empty());
        programme::change_programme_item(&officer, line, mended, &Seen::Any).await.unwrap();
        let marked = VisitInput { markings: BTreeMap::from([("existence".to_owned(), "TLP:AMBER+STRICT".to_owned())]), ..VisitInput::default() };
        visits::change_visit(&officer, visit, marked, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room).await, before, "none takes the room for longer than it was booked for");
        assert!(programme::standing::standing_clashes(&officer, visit).await.unwrap().is_empty());
        // What goes to another time is booked by what the room needs by now.
        let moved = ItemInput { starts: at("2027-03-16T11:15"), ..ItemInput::default() };
        assert!(matches!(programme::change_programme_item(&officer, line, moved, &Seen::Any).await, Err(Failure::Clash(_))));
    }

    async fn a_wish_for_a_room_that_is_retired_since_can_still_be_mended(engine) {
        let (office, officer, visit) = desk(engine).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: layouts(15), ..RoomInput::default() };
        let room = rooms::create_room(&manager, room).await.unwrap().id;
        let wish = ItemInput { room_id: Some(room.to_string()), state: text("wished"), ..a_meeting("2027-03-16T10:00", "2027-03-16T11:00") };
        let line = programme::add_programme_item(&officer, visit, wish).await.unwrap().view.id;
        rooms::retire_room(&manager, room, &Seen::Any).await.unwrap();
        let titled = ItemInput { title: text("Signing"), ..ItemInput::default() };
        programme::change_programme_item(&officer, line, titled, &Seen::Any).await.unwrap();
        let firm = ItemInput { state: text("firm"), ..ItemInput::default() };
        assert_eq!(problem_of(programme::change_programme_item(&officer, line, firm, &Seen::Any).await), ("room_id".to_owned(), Problem::Unknown));
    }

    async fn a_line_whose_neighbour_goes_has_no_time_that_somebody_booked_after_them(engine) {
        let (office, officer, visit) = desk(engine).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let layout = |layout: &str, clearing: u32| LayoutInput { layout: layout.into(), capacity: 24.into(), set_up_minutes: 0.into(), clearing_minutes: clearing.into() };
        let both = Some(vec![layout("reception", 120), layout("boardroom", 0)]);
        let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: both, ..RoomInput::default() };
        let room = rooms::create_room(&manager, room).await.unwrap().id;
        let line = |layout: &str, starts, ends| ItemInput { room_id: Some(room.to_string()), layout: text(layout), state: text("firm"), ..a_meeting(starts, ends) };
        programme::add_programme_item(&officer, visit, line("reception", "2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap();
        let next = programme::add_programme_item(&officer, visit, line("boardroom", "2027-03-16T11:00", "2027-03-16T11:30")).await.unwrap().view.id;
        let other = BookingInput {
            room_id: Some(room.to_string()), starts: at("2027-03-16T11:30"), ends: at("2027-03-16T12:30"), layout: text("boardroom"),
            purpose: text("Briefing"), state: text("firm"), ..BookingInput::default()
        };
        create_booking(&officer, other).await.unwrap();
        let wished = ItemInput { state: text("wished"), ..ItemInput::default() };
        programme::change_programme_item(&officer, next, wished, &Seen::Any).await.unwrap();
        let clocks = |all: &[(&str, &str)]| all.iter().map(|(starts, ends)| ((*starts).to_owned(), (*ends).to_owned())).collect::<Vec<_>>();
        assert_eq!(taken(&office, room).await, clocks(&[("17:00", "18:30"), ("18:30", "19:30")]), "cleared until the next use, and no longer");
        let firm = ItemInput { state: text("firm"), ..ItemInput::default() };
        programme::change_programme_item(&officer, next, firm, &Seen::Any).await.unwrap();
        programme::remove_programme_item(&officer, next, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room).await, clocks(&[("17:00", "18:30"), ("18:30", "19:30")]));
    }

    async fn a_line_is_not_held_until_an_instant_that_is_past(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let past = || ("hold_until".to_owned(), Problem::EndsBeforeStart);
        let held = |starts, ends, until| ItemInput { state: text("held"), hold_until: until, ..a_meeting(starts, ends) };
        let over = held("2027-03-16T10:00", "2027-03-16T11:00", text("2027-03-01T09:00:00Z"));
        assert_eq!(problem_of(programme::add_programme_item(&officer, visit, over.clone()).await), past());
        assert_eq!(problem_of(programme::check_programme_item(&officer, visit, over, None).await), past());
        let begun = held("2027-03-01T10:00", "2027-03-01T11:00", None);
        assert_eq!(problem_of(programme::add_programme_item(&officer, visit, begun).await), past());
        let line = programme::add_programme_item(&officer, visit, held("2027-03-16T10:00", "2027-03-16T11:00", None)).await.unwrap().view;
        let sooner = ItemInput { hold_until: text("2027-03-01T09:00:00Z"), ..ItemInput::default() };
        assert_eq!(problem_of(programme::change_programme_item(&officer, line.id, sooner.clone(), &Seen::Any).await), past());
        let wished = ItemInput { state: text("wished"), ..sooner };
        let wished = programme::change_programme_item(&officer, line.id, wished, &Seen::Any).await.unwrap().view;
        assert_eq!((wished.state, wished.hold_until), (ItemState::Wished, None));
    }

    async fn a_hold_that_has_ended_stays_as_it_was_when_something_else_is_changed(engine) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        KeyFile::create(&path, None, &OsRandom).unwrap();
        let key = || KeyFile::read(&path, None).unwrap();
        let (office, officer, visit) = desk_in(testing::office_with(engine, Box::new(RandomIds), key()).await).await;
        let held = ItemInput { state: text("held"), hold_until: text("2027-03-10T09:00:00Z"), ..a_meeting("2027-03-16T10:00", "2027-03-16T11:00") };
        let line = programme::add_programme_item(&officer, visit, held.clone()).await.unwrap().view;
        let later = testing::chancery_later(office.place.database.clone(), "2027-03-11T09:00:00Z".parse().unwrap(), key()).await;
        let later = later.context(Arc::new(officer.office().clone()), officer.actor().clone());
        let noted = ItemInput { notes: text("Bring the flags"), ..ItemInput::default() };
        assert!(programme::change_programme_item(&later, line.id, noted, &Seen::Any).await.is_ok());
        let moved = ItemInput { starts: at("2027-03-16T12:00"), ends: at("2027-03-16T13:00"), ..ItemInput::default() };
        let refused = programme::change_programme_item(&later, line.id, moved, &Seen::Any).await;
        assert_eq!(problem_of(refused), ("hold_until".to_owned(), Problem::EndsBeforeStart));
    }

    async fn a_cover_is_marked_anew_without_being_written_anew(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let covered = ItemInput { cover: text("Reception"), ..a_meeting("2027-03-16T10:00", "2027-03-16T11:00") };
        let line = programme::add_programme_item(&officer, visit, covered).await.unwrap().view;
        let store = |marking: &str| ItemInput { markings: cover_at(marking), ..ItemInput::default() };
        let change = |input| programme::change_programme_item(&officer, line.id, input, &Seen::Any);
        let raised = change(store("TLP:AMBER")).await.unwrap().view;
        assert_eq!(raised.cover.as_deref(), Some("Reception"));
        // That it was raised shows in that lowering it again needs a reason.
        assert_eq!(problem_of(change(store("TLP:GREEN")).await), ("marking_cover".to_owned(), Problem::ReasonNeeded));
        let reason = text("It was announced");
        assert!(change(ItemInput { reason, ..store("TLP:GREEN") }).await.is_ok());

        let store = |marking: &str| VisitInput { markings: cover_at(marking), ..VisitInput::default() };
        let change = |input| visits::change_visit(&officer, visit, input, &Seen::Any);
        change(VisitInput { cover: text("A guest"), ..VisitInput::default() }).await.unwrap();
        change(store("TLP:AMBER")).await.unwrap();
        assert_eq!(problem_of(change(store("TLP:GREEN")).await), ("marking_cover".to_owned(), Problem::ReasonNeeded));
        let reason = text("It was announced");
        assert!(change(VisitInput { reason, ..store("TLP:GREEN") }).await.is_ok());
    }

    async fn a_held_line_is_mended_and_marked_although_its_room_needs_longer_by_now(engine) {
        let (office, officer, visit) = desk(engine).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: layouts(0), clearance: text("TLP:RED"), ..RoomInput::default() };
        let room = rooms::create_room(&manager, room).await.unwrap().id;
        for (starts, ends) in [("2027-03-16T10:00", "2027-03-16T11:00"), ("2027-03-16T12:10", "2027-03-16T13:00")] {
            let booking = BookingInput {
                room_id: Some(room.to_string()), starts: at(starts), ends: at(ends), layout: text("boardroom"),
                purpose: text("Briefing"), state: text("firm"), ..BookingInput::default()
            };
            create_booking(&officer, booking).await.unwrap();
        }
        let line = ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), state: text("held"), ..a_meeting("2027-03-16T11:10", "2027-03-16T12:00") };
        let line = programme::add_programme_item(&officer, visit, line).await.unwrap().view.id;
        let before = taken(&office, room).await;
        rooms::change_room(&manager, room, RoomInput { layouts: layouts(45), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        let mended = ItemInput { title: text("Signing"), markings: BTreeMap::from([("title".to_owned(), "TLP:RED".to_owned())]), ..ItemInput::default() };
        assert!(programme::check_programme_item(&officer, visit, mended.clone(), Some(line)).await.unwrap().clashes.is_empty());
        programme::change_programme_item(&officer, line, mended, &Seen::Any).await.unwrap();
        let marked = VisitInput { markings: BTreeMap::from([("existence".to_owned(), "TLP:AMBER+STRICT".to_owned())]), ..VisitInput::default() };
        visits::change_visit(&officer, visit, marked, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room).await, before);
        assert!(programme::standing::standing_clashes(&officer, visit).await.unwrap().is_empty());
        let moved = ItemInput { starts: at("2027-03-16T11:15"), ..ItemInput::default() };
        assert!(matches!(programme::change_programme_item(&officer, line, moved, &Seen::Any).await, Err(Failure::Clash(_))));
        let firm = ItemInput { state: text("firm"), ..ItemInput::default() };
        programme::change_programme_item(&officer, line, firm, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room).await, before, "and is settled as it was held");
    }

    async fn a_held_line_whose_neighbour_lapsed_has_its_margins_again_as_far_as_they_are_free(engine) {
        for (is_taken, ends) in [(false, "18:10"), (true, "18:05")] {
            let (office, hands) = testing::office_by_the_clock(engine).await;
            let (office, officer, visit) = desk_in(office).await;
            let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
            let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
            let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), layouts: layouts(0), ..RoomInput::default() };
            let room = rooms::create_room(&manager, room).await.unwrap().id;
            let held = |starts, ends, until: &str| ItemInput {
                room_id: Some(room.to_string()), layout: text("boardroom"), state: text("held"), hold_until: text(until), ..a_meeting(starts, ends)
            };
            let line = held("2027-03-16T10:00", "2027-03-16T11:00", "2027-03-15T09:00:00Z");
            let line = programme::add_programme_item(&officer, visit, line).await.unwrap().view.id;
            let next = held("2027-03-16T11:00", "2027-03-16T11:05", "2027-03-10T09:00:00Z");
            let next = programme::add_programme_item(&officer, visit, next).await.unwrap().view.id;
            let titled = |title: &str| ItemInput { title: text(title), ..ItemInput::default() };
            programme::change_programme_item(&officer, line, titled("Talks"), &Seen::Any).await.unwrap();
            assert_eq!(taken(&office, room).await[0], ("17:00".to_owned(), "18:00".to_owned()), "the two are one contiguous use");
            hands.set("2027-03-11T09:00:00Z".parse().unwrap());
            let officer = office.again(officer.account().unwrap()).await;
            if is_taken {
                let other = BookingInput {
                    room_id: Some(room.to_string()), starts: at("2027-03-16T11:05"), ends: at("2027-03-16T12:00"), layout: text("boardroom"),
                    purpose: text("Briefing"), state: text("firm"), ..BookingInput::default()
                };
                create_booking(&officer, other).await.unwrap();
            }
            programme::change_programme_item(&officer, line, titled("Signing"), &Seen::Any).await.unwrap();
            assert_eq!(taken(&office, room).await[0], ("17:00".to_owned(), ends.to_owned()));
            programme::remove_programme_item(&officer, next, &Seen::Any).await.unwrap();
            programme::change_programme_item(&officer, line, titled("Talks"), &Seen::Any).await.unwrap();
            assert_eq!(taken(&office, room).await[0], ("17:00".to_owned(), ends.to_owned()));
        }
    }

    async fn who_comes_to_be_wanted_twice_by_one_change_is_refused(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let guest = people::create_person(&officer, PersonInput { family: text("Pham"), standing: text("guest"), ..PersonInput::default() }).await.unwrap().id;
        let firm = |starts, ends| ItemInput { state: text("firm"), ..a_meeting(starts, ends) };
        programme::add_programme_item(&officer, visit, firm("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap();
        let named = vec![ParticipantInput { person_id: guest.to_string(), role: "guest".into() }];
        let named = ItemInput { people: Some(named), ..firm("2027-03-16T10:30", "2027-03-16T11:30") };
        programme::add_programme_item(&officer, visit, named).await.unwrap();
        // All that the visit's lines take is given back and taken anew: the one that has the guest already finds the other there first.
        let whose = VisitInput { guest_id: Some(guest.to_string()), ..VisitInput::default() };
        assert!(matches!(visits::change_visit(&officer, visit, whose, &Seen::Any).await, Err(Failure::Clash(_))));
    }
}
