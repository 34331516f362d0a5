//! Closing a room on both engines: what it hurts is listed as its reader may know it, goes elsewhere all together or not at all, and
//! what may not be read stays where it is.

use backend::{
    Failure, RequestContext,
    database::Connection,
    news::list_news,
    on_both, people,
    programme::{self, read_item},
    rooms::{
        self,
        availability::room_availability,
        bookings::{change_booking, create_booking, read_booking},
        closing::{close_room, preview_closing},
        series::{create_series, read_series},
    },
    testing::{
        self, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    clash::Source,
    ids::{BookingId, RoomId},
    marking::{
        Channel, Marking,
        view::{ClosingPreview, HurtView, NewsKind, SlotView},
    },
    people::input::PersonInput,
    problems::{FieldProblem, Problem},
    programme::input::{ItemInput, ParticipantInput},
    rooms::{
        BookingState,
        blackouts::BlackoutInput,
        closing::{ClosingInput, MoveInput},
        input::{ApprovalInput, BookingInput, LayoutInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    time::agreed::{AgreedTime, MomentView},
};

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    /// The one that is closed, and two others.
    rooms: [RoomId; 3],
}

fn a_room(site: &str, name: &str, holds: u32, set_up: u32) -> RoomInput {
    let layout =
        LayoutInput { layout: "boardroom".into(), capacity: holds.into(), set_up_minutes: set_up.into(), clearing_minutes: 0.into() };
    RoomInput { site_id: text(site), name: text(name), layouts: Some(vec![layout]), clearance: text("TLP:RED"), ..RoomInput::default() }
}

/// Three rooms of one site: the second takes an hour to set up, the third holds six alone.
async fn house(engine: testing::Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id.to_string();
    let mut made = Vec::new();
    for (name, holds, set_up) in [("Rotunda", 24, 0), ("Annex", 24, 60), ("Closet", 6, 0)] {
        made.push(rooms::create_room(&manager, a_room(&site, name, holds, set_up)).await.unwrap().id);
    }
    House { office, manager, officer, rooms: [made[0], made[1], made[2]] }
}

impl House {
    fn wanted(&self, starts: &str, ends: &str, purpose: &str) -> BookingInput {
        BookingInput {
            room_id: text(&self.rooms[0].to_string()),
            starts: at(&format!("2027-03-15T{starts}")),
            ends: at(&format!("2027-03-15T{ends}")),
            layout: text("boardroom"),
            people: Some(12.into()),
            purpose: text(purpose),
            state: text("firm"),
            ..BookingInput::default()
        }
    }

    async fn booked(&self, starts: &str, ends: &str, purpose: &str) -> BookingId {
        create_booking(&self.officer, self.wanted(starts, ends, purpose)).await.unwrap().view.id
    }

    async fn preview(&self, by: &RequestContext, input: &ClosingInput) -> ClosingPreview {
        preview_closing(by, self.rooms[0], input).await.unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.manager.read().await.unwrap();
        let rows: Vec<(i64,)> = connection.all(sql, values![self.manager.office_id()]).await.unwrap();
        rows[0].0
    }

    /// All that a closing may write: blackouts, bookings' and lines' revisions, entries, news.
    async fn written(&self) -> Vec<i64> {
        let mut counts = Vec::new();
        for sql in [
            "SELECT COUNT(*) FROM blackouts WHERE office_id = $1",
            "SELECT COUNT(*) FROM revisions WHERE office_id = $1",
            "SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent <> 'deliver_page'",
            "SELECT COUNT(*) FROM news WHERE office_id = $1",
        ] {
            counts.push(self.count(sql).await);
        }
        counts
    }
}

/// The whole of the day, for works.
fn closed() -> ClosingInput {
    let blackout = BlackoutInput {
        starts: at("2027-03-15T08:00"),
        ends: at("2027-03-15T20:00"),
        cause: text("The floor is laid anew"),
        ..BlackoutInput::default()
    };
    ClosingInput { blackout, ..ClosingInput::default() }
}

fn agreed(moment: &MomentView) -> Option<AgreedTime> {
    Some(AgreedTime { local: moment.local, zone: moment.zone.clone(), offset: Some(moment.offset) })
}

fn to(source: Source, slot: Option<&SlotView>) -> MoveInput {
    MoveInput {
        source,
        room_id: slot.and_then(|slot| slot.room.as_ref()).map(|room| room.id.to_string()),
        starts: slot.and_then(|slot| agreed(&slot.starts)),
        ends: slot.and_then(|slot| agreed(&slot.ends)),
    }
}

fn to_room(source: Source, room: RoomId) -> MoveInput {
    MoveInput { source, room_id: Some(room.to_string()), starts: None, ends: None }
}

/// What is accepted in one press: everything goes where it was proposed.
fn accepted(preview: &ClosingPreview) -> ClosingInput {
    let moves = preview.hurt.iter().filter(|it| it.may_move).map(|it| to(it.engaged.source, it.goes.as_ref()));
    ClosingInput { moves: moves.collect(), seen: Some(preview.version.clone()), ..closed() }
}

fn room_of(hurt: &HurtView) -> Option<RoomId> {
    hurt.goes.as_ref().and_then(|slot| slot.room.as_ref()).map(|room| room.id)
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> ClosingPreview {
    match outcome {
        Err(Failure::ClosingRefused(preview)) => *preview,
        other => panic!("{other:?}"),
    }
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldProblem {
    match outcome {
        Err(Failure::Invalid(problems)) => problems[0].clone(),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn what_is_proposed_is_accepted_in_one_step_with_one_entry_and_its_makers_are_told(engine) {
        let house = house(engine).await;
        let [rotunda, annex, closet] = house.rooms;
        let first = house.booked("10:00", "11:00", "Signing").await;
        let second = house.booked("11:00", "12:00", "Choir").await;
        let small = BookingInput { people: Some(4.into()), state: text("held"), hold: text("promised"), ..house.wanted("13:00", "14:00", "Talk") };
        let small = create_booking(&house.officer, small).await.unwrap().view.id;
        let over = house.booked("20:00", "21:00", "Reception").await;
        let preview = house.preview(&house.manager, &closed()).await;
        let sources: Vec<Source> = preview.hurt.iter().map(|it| it.engaged.source).collect();
        assert_eq!(sources, [first, second, small].map(Source::Booking), "what touches the closing is not hurt");
        assert!(preview.hurt.iter().all(|it| it.may_move && it.refused.is_empty()) && preview.reserved.is_empty());
        // The annex is set up for an hour: both have no room in it, one after the other.
        assert_eq!(room_of(&preview.hurt[0]), Some(annex));
        let later = preview.hurt[1].goes.as_ref().unwrap();
        assert_eq!((room_of(&preview.hurt[1]), later.starts.local.to_string()), (Some(annex), "2027-03-15T12:00".to_owned()));
        assert_eq!(preview.hurt[2].engaged.state, BookingState::Held);
        let before = house.written().await;
        let blackout = close_room(&house.manager, rotunda, &accepted(&preview)).await.unwrap();
        assert_eq!(blackout.room.map(|room| room.id), Some(rotunda));
        let after = house.written().await;
        let moved = preview.hurt.iter().filter(|it| it.goes.is_some()).count() as i64;
        assert_eq!(after.iter().zip(&before).map(|(after, before)| after - before).collect::<Vec<_>>(), [1, moved + 1, 1, moved]);
        let one = read_booking(&house.officer, first).await.unwrap();
        assert_eq!((one.room_id, one.starts.local.to_string()), (annex, "2027-03-15T10:00".to_owned()));
        let kept = read_booking(&house.officer, small).await.unwrap();
        assert_eq!(kept.state, BookingState::Held);
        assert!([annex, closet].contains(&kept.room_id));
        assert_eq!(read_booking(&house.officer, over).await.unwrap().room_id, rotunda);
        let news = list_news(&house.officer, Channel::Page).await.unwrap();
        assert_eq!(news.len() as i64, moved);
        assert!(news.iter().all(|news| news.kind == NewsKind::Moved && news.room.is_some()));
        // Nobody can book it meanwhile, and the day is free in it otherwise.
        assert!(create_booking(&house.officer, house.wanted("15:00", "16:00", "Late")).await.is_err());
        let again = house.preview(&house.manager, &closed()).await;
        assert_eq!(again.hurt.len() as i64, 3 - moved);
    }

    async fn two_uses_are_never_moved_onto_one_another_and_a_refusal_leaves_nothing_done(engine) {
        let house = house(engine).await;
        let [rotunda, annex, closet] = house.rooms;
        let first = Source::Booking(house.booked("10:00", "11:00", "Signing").await);
        let second = Source::Booking(house.booked("11:00", "12:00", "Choir").await);
        let preview = house.preview(&house.manager, &closed()).await;
        let both = vec![to_room(second, annex), to_room(first, annex)];
        let input = ClosingInput { moves: both.clone(), seen: Some(preview.version.clone()), ..closed() };
        let before = house.written().await;
        let fresh = refused(close_room(&house.manager, rotunda, &input).await);
        assert_eq!(house.written().await, before);
        assert!(room_availability(&house.officer, "2027-03-15T00:00:00Z".parse().unwrap(), "2027-03-16T12:00:00Z".parse().unwrap(), Some(rotunda)).await.unwrap()[0].engaged.len() == 2);
        // What was chosen is kept, and what of it cannot be had is said.
        assert!(fresh.hurt.iter().all(|it| room_of(it) == Some(annex)));
        assert_eq!(fresh.hurt.iter().filter(|it| !it.refused.is_empty()).count(), 1);
        assert_eq!(fresh.version, preview.version);
        let looked = house.preview(&house.manager, &ClosingInput { moves: both, ..closed() }).await;
        assert_eq!(looked, fresh);
        // A room that holds too few is offered to none, and may be chosen.
        assert!(looked.hurt.iter().flat_map(|it| &it.offered).filter_map(|slot| slot.room.as_ref()).all(|room| room.id != closet));
        let chosen = ClosingInput { moves: vec![to_room(first, annex), to_room(second, closet)], ..input };
        close_room(&house.manager, rotunda, &chosen).await.unwrap();
    }

    async fn one_may_take_the_place_of_another_that_goes_too(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let early = Source::Booking(house.booked("06:00", "08:30", "Watch").await);
        let late = Source::Booking(house.booked("09:00", "10:00", "Signing").await);
        let preview = house.preview(&house.manager, &closed()).await;
        let there = MoveInput { source: late, room_id: None, starts: at("2027-03-15T06:30"), ends: at("2027-03-15T07:30") };
        let input = ClosingInput { moves: vec![there, to_room(early, annex)], seen: Some(preview.version), ..closed() };
        let looked = house.preview(&house.manager, &input).await;
        assert!(looked.hurt.iter().all(|it| it.refused.is_empty() && it.goes.is_some()), "{looked:?}");
        close_room(&house.manager, rotunda, &input).await.unwrap();
    }

    async fn what_may_not_be_read_is_reserved_and_stays_and_its_id_is_nobodys(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let secret = BookingInput { marking: text("TLP:RED"), ..house.wanted("10:05", "10:55", "CANARY interview") };
        let secret = create_booking(&house.officer, secret).await.unwrap().view.id;
        let open = house.booked("13:00", "14:00", "Choir").await;
        let preview = house.preview(&house.manager, &closed()).await;
        assert_eq!((preview.hurt.len(), preview.reserved.len()), (1, 1));
        assert_eq!(preview.reserved[0].starts, "2027-03-15T17:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let said = serde_json::to_string(&preview).unwrap();
        assert!(!said.contains("CANARY") && !said.contains(&secret.to_string()), "{said}");
        let nobody: BookingId = house.manager.new_id();
        let ask = async |id: BookingId| {
            let input = ClosingInput { moves: vec![to_room(Source::Booking(id), annex)], seen: Some(preview.version.clone()), ..closed() };
            problem(close_room(&house.manager, rotunda, &input).await)
        };
        assert_eq!(ask(secret).await, ask(nobody).await);
        assert_eq!(ask(secret).await, FieldProblem { field: "moves.0.source".into(), problem: Problem::Unknown });
        // A change behind the stand-in is not noticed.
        let later = BookingInput { starts: at("2027-03-15T10:10"), purpose: text("CANARY talk"), ..BookingInput::default() };
        change_booking(&house.officer, secret, later, &Seen::Any).await.unwrap();
        assert_eq!(house.preview(&house.manager, &closed()).await, preview);
        close_room(&house.manager, rotunda, &accepted(&preview)).await.unwrap();
        assert_eq!(read_booking(&house.officer, secret).await.unwrap().room_id, rotunda);
        assert_ne!(read_booking(&house.officer, open).await.unwrap().room_id, rotunda);
    }

    async fn what_changed_since_it_was_seen_is_shown_anew_with_what_was_chosen(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let first = Source::Booking(house.booked("10:00", "11:00", "Signing").await);
        let seen = house.preview(&house.manager, &closed()).await;
        house.booked("14:00", "15:00", "Choir").await;
        let stays = to(first, None);
        let input = ClosingInput { moves: vec![stays], ..accepted(&seen) };
        let before = house.written().await;
        let fresh = refused(close_room(&house.manager, rotunda, &input).await);
        assert_eq!(house.written().await, before);
        assert_eq!((fresh.hurt.len(), &fresh.hurt[0].goes, room_of(&fresh.hurt[1])), (2, &None, Some(annex)));
        assert_ne!(fresh.version, seen.version);
        let unseen = ClosingInput { seen: None, ..accepted(&fresh) };
        assert!(matches!(close_room(&house.manager, rotunda, &unseen).await, Err(Failure::VersionNeeded)));
        // One is left where it is: it stands, and its page says so.
        close_room(&house.manager, rotunda, &accepted(&fresh)).await.unwrap();
        let Source::Booking(first) = first else { panic!("a booking") };
        assert_eq!(read_booking(&house.officer, first).await.unwrap().room_id, rotunda);
    }

    async fn a_line_goes_with_its_people_where_its_reader_is_on_the_list(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let visit = visits::create_visit(&house.officer, a_visit()).await.unwrap().id;
        let officer = house.office.again(house.officer.account().unwrap()).await;
        let mayor = PersonInput { family: text("Testa"), ..PersonInput::default() };
        let mayor = people::create_person(&officer, mayor).await.unwrap().id;
        let line = ItemInput {
            state: text("firm"),
            room_id: text(&rotunda.to_string()),
            layout: text("boardroom"),
            people: Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]),
            ..a_meeting("2027-03-15T10:00", "2027-03-15T11:00")
        };
        let line = programme::add_programme_item(&officer, visit, line).await.unwrap().view.id;
        let hidden = house.preview(&house.manager, &closed()).await;
        assert_eq!((hidden.hurt.len(), hidden.reserved.len()), (0, 1), "who is not on the list reads no draft");
        visits::grant_access(&officer, visit, house.manager.account().unwrap(), "keeps the rooms").await.unwrap();
        let manager = house.office.again(house.manager.account().unwrap()).await;
        let preview = house.preview(&manager, &closed()).await;
        assert_eq!((preview.hurt[0].may_move, room_of(&preview.hurt[0])), (true, Some(annex)));
        close_room(&manager, rotunda, &accepted(&preview)).await.unwrap();
        let moved = read_item(&officer, line).await.unwrap();
        assert_eq!((moved.room.map(|room| room.id), moved.starts.local.to_string()), (Some(annex), "2027-03-15T10:00".to_owned()));
        let told = list_news(&officer, Channel::Page).await.unwrap();
        assert_eq!(told.iter().map(|news| (news.kind, news.source)).collect::<Vec<_>>(), [(NewsKind::Moved, Source::Item(line))]);
        assert!(list_news(&manager, Channel::Page).await.unwrap().is_empty());
        assert_eq!(house.count("SELECT COUNT(*) FROM engagements WHERE office_id = $1 AND source_kind = 'item'").await, 2);
        assert_eq!(moved.people.unwrap()[0].person_id, mayor);
    }

    async fn the_segments_of_one_meeting_go_to_one_room_and_are_set_up_for_once(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let visit = visits::create_visit(&house.officer, a_visit()).await.unwrap().id;
        let officer = house.office.again(house.officer.account().unwrap()).await;
        let mut lines = Vec::new();
        for (starts, ends) in [("10:00", "10:30"), ("10:30", "11:30")] {
            let line = ItemInput {
                state: text("firm"),
                room_id: text(&rotunda.to_string()),
                layout: text("boardroom"),
                ..a_meeting(&format!("2027-03-15T{starts}"), &format!("2027-03-15T{ends}"))
            };
            lines.push(programme::add_programme_item(&officer, visit, line).await.unwrap().view.id);
        }
        visits::grant_access(&officer, visit, house.manager.account().unwrap(), "keeps the rooms").await.unwrap();
        let manager = house.office.again(house.manager.account().unwrap()).await;
        let preview = house.preview(&manager, &closed()).await;
        assert_eq!(preview.hurt.iter().map(room_of).collect::<Vec<_>>(), [Some(annex), Some(annex)]);
        // What was proposed is still so when it is chosen.
        let chosen = house.preview(&manager, &accepted(&preview)).await;
        assert!(chosen.hurt.iter().all(|it| it.refused.is_empty()), "{chosen:?}");
        close_room(&manager, rotunda, &accepted(&preview)).await.unwrap();
        let ids = ["2027-03-15T00:00:00Z", "2027-03-16T08:00:00Z"].map(|at| at.parse().unwrap());
        let [there] = room_availability(&officer, ids[0], ids[1], Some(annex)).await.unwrap().try_into().unwrap();
        let taken: Vec<String> = there.engaged.iter().map(|it| format!("{} {}", it.starts.format("%H:%M"), it.ends.format("%H:%M"))).collect();
        assert_eq!(taken, ["16:00 17:30", "17:30 18:30"], "laid out an hour before the first of them, and not between them");
        for line in lines {
            assert_eq!(read_item(&officer, line).await.unwrap().room.map(|room| room.id), Some(annex));
        }
    }

    async fn a_day_of_a_series_goes_by_itself(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let weekly = SeriesInput { booking: house.wanted("10:00", "11:00", "Rehearsal"), repeats: text("weekly"), times: Some(3.into()), ..SeriesInput::default() };
        let series = create_series(&house.officer, weekly).await.unwrap();
        let preview = house.preview(&house.manager, &closed()).await;
        assert_eq!(preview.hurt.len(), 1);
        close_room(&house.manager, rotunda, &accepted(&preview)).await.unwrap();
        let days = read_series(&house.officer, series.id).await.unwrap().occurrences;
        let moved: Vec<(RoomId, bool)> = days.iter().map(|day| (day.room_id, day.is_detached)).collect();
        assert_eq!(moved, [(annex, true), (rotunda, false), (rotunda, false)]);
    }

    async fn rooms_that_are_kept_for_others_or_must_be_asked_for_are_not_offered(engine) {
        let house = house(engine).await;
        let [_, annex, _] = house.rooms;
        house.booked("10:00", "11:00", "Signing").await;
        let theirs = RoomInput { booked_by: Some(vec!["scheduler".to_owned()]), ..RoomInput::default() };
        rooms::change_room(&house.manager, annex, theirs, &Seen::Any).await.unwrap();
        let rooms_offered = async || {
            let preview = house.preview(&house.manager, &closed()).await;
            preview.hurt[0].offered.iter().filter_map(|slot| slot.room.as_ref().map(|room| room.id)).collect::<Vec<_>>()
        };
        assert!(rooms_offered().await.is_empty());
        let given = ApprovalInput { needed_from: Vec::new(), given_by: vec!["security_lead".into()] };
        let given = RoomInput { booked_by: Some(Vec::new()), approval: Some(given), ..RoomInput::default() };
        rooms::change_room(&house.manager, annex, given, &Seen::Any).await.unwrap();
        assert!(rooms_offered().await.is_empty());
        let own = ApprovalInput { needed_from: Vec::new(), given_by: vec!["rooms_manager".into()] };
        rooms::change_room(&house.manager, annex, RoomInput { approval: Some(own), ..RoomInput::default() }, &Seen::Any).await.unwrap();
        assert!(rooms_offered().await.contains(&annex));
    }

    async fn who_keeps_rooms_closes_them_and_who_may_move_uses_moves_them(engine) {
        let house = house(engine).await;
        let [rotunda, annex, _] = house.rooms;
        let first = Source::Booking(house.booked("10:00", "11:00", "Signing").await);
        assert!(matches!(preview_closing(&house.officer, rotunda, &closed()).await, Err(Failure::Forbidden)));
        assert!(matches!(close_room(&house.officer, rotunda, &closed()).await, Err(Failure::Forbidden)));
        let administrator = house.office.signed_in("administrator", Role::Administrator, Marking::Green).await;
        let preview = house.preview(&administrator, &closed()).await;
        assert_eq!((preview.hurt.len(), preview.hurt[0].may_move, preview.hurt[0].offered.len()), (1, false, 0));
        let moving = ClosingInput { moves: vec![to_room(first, annex)], seen: Some(preview.version.clone()), ..closed() };
        assert_eq!(problem(close_room(&administrator, rotunda, &moving).await).problem, Problem::Unknown);
        close_room(&administrator, rotunda, &accepted(&preview)).await.unwrap();
        let nowhere: RoomId = house.manager.new_id();
        assert!(matches!(preview_closing(&house.manager, nowhere, &closed()).await, Err(Failure::NotFound)));
    }

    async fn what_is_wrong_is_said_and_nothing_is_done(engine) {
        let house = house(engine).await;
        let [rotunda, ..] = house.rooms;
        let first = Source::Booking(house.booked("10:00", "11:00", "Signing").await);
        let blackout = BlackoutInput { ends: at("2027-03-15T07:00"), ..closed().blackout };
        let wrong = problem(close_room(&house.manager, rotunda, &ClosingInput { blackout, ..closed() }).await);
        assert_eq!((wrong.field.as_str(), wrong.problem), ("blackout.ends", Problem::EndsBeforeStart));
        let seen = Some(house.preview(&house.manager, &closed()).await.version);
        for (field, said) in [
            ("moves.0.room_id", MoveInput { room_id: text("nonsense"), ..to(first, None) }),
            ("moves.0.ends", MoveInput { starts: at("2027-03-15T21:00"), ..to(first, None) }),
            ("moves.0.starts", MoveInput { starts: at("2020-03-15T21:00"), ends: at("2020-03-15T22:00"), ..to(first, None) }),
        ] {
            let input = ClosingInput { moves: vec![said], seen: seen.clone(), ..closed() };
            assert_eq!(problem(close_room(&house.manager, rotunda, &input).await).field, field);
        }
        assert_eq!(house.count("SELECT COUNT(*) FROM blackouts WHERE office_id = $1").await, 0);
    }

    async fn a_room_is_retired_once_all_of_it_has_gone_elsewhere(engine) {
        let house = house(engine).await;
        let [rotunda, ..] = house.rooms;
        house.booked("10:00", "11:00", "Signing").await;
        let used = problem(rooms::retire_room(&house.manager, rotunda, &Seen::Any).await);
        assert_eq!(used.problem, Problem::StillUsed);
        let for_good = || ClosingInput { blackout: BlackoutInput { starts: at("2027-03-09T12:00"), ends: at("2037-03-09T12:00"), ..closed().blackout }, ..closed() };
        let preview = preview_closing(&house.manager, rotunda, &for_good()).await.unwrap();
        let moves = accepted(&preview);
        close_room(&house.manager, rotunda, &ClosingInput { blackout: for_good().blackout, ..moves }).await.unwrap();
        rooms::retire_room(&house.manager, rotunda, &Seen::Any).await.unwrap();
    }
}
