//! Blackouts on both engines: who makes them, what they keep out, and what of them each reader is told.

use backend::{
    Failure, RequestContext, clashes, on_both,
    paging::PageRequest,
    rooms::{
        self,
        blackouts::{BlackoutQuery, change_blackout, create_blackout, end_blackout, list_blackouts, read_blackout},
        bookings::{change_booking, create_booking},
        slots::{SlotQuery, free_slots},
    },
    testing::{self, TestOffice},
    version::{ETag, Seen},
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    clash::RuleId,
    ids::{RoomId, SiteId},
    marking::Marking,
    problems::{FieldProblem, Problem},
    rooms::{
        blackouts::BlackoutInput,
        input::{BookingInput, HolidayInput, RoomInput, SeasonInput, SiteInput},
    },
    time::{WallTime, ZoneName, agreed::AgreedTime},
};

const ZONE: &str = "America/Los_Angeles";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse::<WallTime>().unwrap(), zone: ZoneName::parse(ZONE).unwrap(), offset: None })
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    site: SiteId,
    rooms: [RoomId; 2],
}

async fn house(engine: testing::Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: some("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let room = |name: &str| RoomInput { site_id: some(&site.to_string()), name: some(name), ..RoomInput::default() };
    let rotunda = rooms::create_room(&manager, room("Rotunda")).await.unwrap().id;
    let annex = rooms::create_room(&manager, room("Annex")).await.unwrap().id;
    House { office, manager, officer, site, rooms: [rotunda, annex] }
}

fn works(room: RoomId) -> BlackoutInput {
    BlackoutInput {
        room_id: some(&room.to_string()),
        starts: at("2027-03-10T10:00"),
        ends: at("2027-03-12T18:00"),
        cause: some("The floor is laid anew"),
        ..BlackoutInput::default()
    }
}

fn a_booking(room: RoomId, starts: &str, ends: &str) -> BookingInput {
    BookingInput {
        room_id: some(&room.to_string()),
        starts: at(starts),
        ends: at(ends),
        purpose: some("Budget briefing"),
        state: some("firm"),
        ..BookingInput::default()
    }
}

fn broken<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<RuleId> {
    match outcome {
        Err(Failure::Clash(refusal)) => refusal.clashes.iter().map(|clash| clash.rule).collect(),
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_blacked_out_room_is_told_until_when_and_what_else_would_do(engine) {
        let House { office, manager, officer, rooms: [rotunda, annex], .. } = house(engine).await;
        let blackout = create_blackout(&manager, works(rotunda)).await.unwrap();
        let wanted = || a_booking(rotunda, "2027-03-10T09:30", "2027-03-10T10:15");
        let refusal = match create_booking(&officer, wanted()).await {
            Err(Failure::Clash(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        let said = clashes::in_words(&officer, &refusal, &ZoneName::parse(ZONE).unwrap()).await.unwrap();
        assert_eq!(said[0].rule.as_deref(), Some("room_blacked_out"));
        assert!(said[0].say.contains("may not be used until 18:00, 12 Mar 2027"), "{}", said[0].say);
        assert!(!said[0].say.contains("floor"));
        let others: Vec<RoomId> = said[0].nearest.iter().filter_map(|slot| slot.room.as_ref().map(|room| room.id)).collect();
        assert_eq!(others, [annex]);
        assert!(create_booking(&officer, a_booking(rotunda, "2027-03-10T09:00", "2027-03-10T10:00")).await.is_ok(), "touching is free");
        let slot = SlotQuery {
            room: Some(rotunda), layout: None, people: None, person: None, minutes: 60,
            from: instant("2027-03-10T18:00:00Z"), until: instant("2027-03-14T18:00:00Z"), most: Some(1),
        };
        let free = free_slots(&officer, &slot).await.unwrap();
        assert_eq!(free[0].starts.local.to_string(), "2027-03-12T18:00");
        end_blackout(&manager, blackout.id, &Seen::Any).await.unwrap();
        assert!(matches!(read_blackout(&officer, blackout.id).await, Err(Failure::NotFound)));
        let early = BookingInput { starts: at("2027-03-10T10:00"), ends: at("2027-03-10T10:45"), ..wanted() };
        assert!(create_booking(&officer, early).await.is_ok());
        drop(office);
    }

    async fn what_was_booked_before_stays_and_is_not_moved_into_it(engine) {
        let House { manager, officer, site, rooms: [rotunda, _], .. } = house(engine).await;
        let booked = create_booking(&officer, a_booking(rotunda, "2027-03-10T11:00", "2027-03-10T12:00")).await.unwrap().view;
        let whole = BlackoutInput { room_id: None, site_id: some(&site.to_string()), ..works(rotunda) };
        create_blackout(&manager, whole).await.unwrap();
        let renamed = BookingInput { purpose: some("Another briefing"), ..BookingInput::default() };
        let warnings = change_booking(&officer, booked.id, renamed, &Seen::Any).await.unwrap().warnings;
        assert_eq!(warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::RoomBlackedOut]);
        let moved = BookingInput { starts: at("2027-03-10T12:00"), ends: at("2027-03-10T13:00"), ..BookingInput::default() };
        assert_eq!(broken(change_booking(&officer, booked.id, moved, &Seen::Any).await), [RuleId::RoomBlackedOut]);
        let out_of_it = BookingInput { starts: at("2027-03-13T12:00"), ends: at("2027-03-13T13:00"), ..BookingInput::default() };
        assert!(change_booking(&officer, booked.id, out_of_it, &Seen::Any).await.is_ok());
    }

    async fn why_it_is_is_told_to_who_may_read_that(engine) {
        let House { office, manager, officer, rooms: [rotunda, annex], .. } = house(engine).await;
        let secret = BlackoutInput { marking: some("TLP:AMBER"), cause: some("CANARY is installed"), ..works(rotunda) };
        let made = create_blackout(&manager, secret).await.unwrap();
        create_blackout(&manager, works(annex)).await.unwrap();
        let query = BlackoutQuery { room: Some(rotunda), from: instant("2027-03-01T00:00:00Z"), until: instant("2027-04-01T00:00:00Z") };
        let seen = list_blackouts(&officer, query, &PageRequest::default()).await.unwrap().items;
        assert_eq!((seen.len(), seen[0].cause.as_deref(), seen[0].marking), (1, None, None));
        assert_eq!(seen[0].room.as_ref().map(|room| room.id), Some(rotunda));
        let all = list_blackouts(&manager, BlackoutQuery { room: None, ..query }, &PageRequest::default()).await.unwrap().items;
        assert_eq!((all.len(), read_blackout(&manager, made.id).await.unwrap().cause.as_deref()), (2, Some("CANARY is installed")));
        // A change of what is hidden alters nothing for who may not read it, its version included.
        let before = ETag::of(&read_blackout(&officer, made.id).await.unwrap()).unwrap();
        let other = BlackoutInput { cause: some("CANARY is taken out"), ..BlackoutInput::default() };
        change_blackout(&manager, made.id, other, &Seen::Any).await.unwrap();
        assert_eq!(ETag::of(&read_blackout(&officer, made.id).await.unwrap()).unwrap().as_str(), before.as_str());
        let low = office.signed_in("rooms2", Role::RoomsManager, Marking::Green).await;
        let overwriting = BlackoutInput { cause: some("Something else"), ..BlackoutInput::default() };
        let refused = change_blackout(&low, made.id, overwriting, &Seen::Any).await;
        let hidden = vec![FieldProblem { field: "cause".into(), problem: Problem::Unknown }];
        assert!(matches!(refused, Err(Failure::Invalid(problems)) if problems == hidden));
        let longer = BlackoutInput { ends: at("2027-03-13T18:00"), ..BlackoutInput::default() };
        assert_eq!(change_blackout(&low, made.id, longer, &Seen::Any).await.unwrap().cause, None);
        assert_eq!(read_blackout(&manager, made.id).await.unwrap().cause.as_deref(), Some("CANARY is taken out"));
    }

    async fn rooms_managers_make_them_as_they_saw_them_or_not_at_all(engine) {
        let House { manager, officer, rooms: [rotunda, _], .. } = house(engine).await;
        assert!(matches!(create_blackout(&officer, works(rotunda)).await, Err(Failure::Forbidden)));
        let nowhere = works(RoomId(manager.new_id::<RoomId>().uuid()));
        let unknown = vec![FieldProblem { field: "room_id".into(), problem: Problem::Unknown }];
        assert!(matches!(create_blackout(&manager, nowhere).await, Err(Failure::Invalid(problems)) if problems == unknown));
        let made = create_blackout(&manager, works(rotunda)).await.unwrap();
        let seen = Seen::Tags(vec![ETag::of(&made).unwrap().as_str().to_owned()]);
        let longer = || BlackoutInput { ends: at("2027-03-13T18:00"), ..BlackoutInput::default() };
        change_blackout(&manager, made.id, longer(), &seen).await.unwrap();
        assert!(matches!(change_blackout(&manager, made.id, longer(), &seen).await, Err(Failure::Stale)));
        assert!(matches!(end_blackout(&manager, made.id, &seen).await, Err(Failure::Stale)));
        assert!(matches!(end_blackout(&officer, made.id, &Seen::Any).await, Err(Failure::Forbidden)));
    }

    async fn seasons_holidays_and_roles_are_kept_and_hold(engine) {
        let House { office, manager, officer, site, rooms: [rotunda, annex] } = house(engine).await;
        let summer = SeasonInput { name: "Summer".into(), from: "06-01".into(), until: "08-31".into(), hours: Vec::new() };
        let closed = RoomInput { seasons: Some(vec![summer]), sweep_minutes: Some(20.into()), ..RoomInput::default() };
        rooms::change_room(&manager, rotunda, closed, &Seen::Any).await.unwrap();
        let holiday = HolidayInput { on: "2027-05-31".into(), name: "Memorial Day".into(), ..HolidayInput::default() };
        rooms::change_site(&manager, site, SiteInput { holidays: Some(vec![holiday]), ..SiteInput::default() }, &Seen::Any).await.unwrap();
        let kept = rooms::read_room(&manager, rotunda).await.unwrap();
        assert_eq!((kept.seasons[0].from.to_string(), kept.sweep_minutes), ("06-01".to_owned(), 20));
        assert_eq!(broken(create_booking(&officer, a_booking(rotunda, "2027-06-15T10:00", "2027-06-15T11:00")).await), [RuleId::RoomClosed]);
        assert_eq!(broken(create_booking(&officer, a_booking(annex, "2027-05-31T10:00", "2027-05-31T11:00")).await), [RuleId::RoomClosed]);
        let swept = BookingInput { sweep: Some(true), ..a_booking(rotunda, "2027-05-28T10:00", "2027-05-28T11:00") };
        assert!(create_booking(&officer, swept).await.unwrap().view.sweep);
        assert_eq!(broken(create_booking(&officer, a_booking(rotunda, "2027-05-28T09:00", "2027-05-28T09:45")).await), [RuleId::RoomTwice]);
        let theirs = RoomInput { booked_by: Some(vec!["scheduler".to_owned()]), ..RoomInput::default() };
        rooms::change_room(&manager, annex, theirs, &Seen::Any).await.unwrap();
        let wanted = || a_booking(annex, "2027-05-28T10:00", "2027-05-28T11:00");
        assert!(matches!(create_booking(&officer, wanted()).await, Err(Failure::Forbidden)));
        let scheduler = office.signed_in("scheduler", Role::Scheduler, Marking::Green).await;
        assert!(create_booking(&scheduler, wanted()).await.is_ok());
    }
}
