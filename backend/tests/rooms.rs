//! Sites, rooms and bookings on both engines: who may do what, what is refused, and that a room is never promised twice.

use backend::{
    Failure, RequestContext, clashes,
    database::Connection,
    on_both,
    paging::PageRequest,
    rooms::{
        self,
        availability::room_availability,
        bookings::{BookingQuery, cancel_booking, change_booking, create_booking, list_bookings, list_own_bookings, read_booking},
        slots::{SlotQuery, free_slots},
    },
    testing::{self, TestOffice},
    values,
    version::{ETag, Seen},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::Role,
    clash::RuleId,
    ids::RoomId,
    marking::Marking,
    problems::{FieldProblem, Problem},
    rooms::input::{BookingInput, HoursInput, LayoutInput, RoomInput, SiteInput, TravelInput},
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

/// A room for 24 that takes 15 minutes to lay out and 10 to clear, open from eight to six on weekdays, and cleared for everything.
async fn a_room(manager: &RequestContext, name: &str) -> RoomId {
    let site = SiteInput { name: Some(format!("Site of {name}")), ..SiteInput::default() };
    let site = rooms::create_site(manager, site).await.unwrap();
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let hours = (1..=5).map(|day| HoursInput { weekday: day.into(), opens: "08:00".into(), closes: "18:00".into() }).collect();
    let room = RoomInput {
        site_id: Some(site.id.to_string()),
        name: some(name),
        layouts: Some(vec![layout]),
        hours: Some(hours),
        clearance: some("TLP:RED"),
        ..RoomInput::default()
    };
    rooms::create_room(manager, room).await.unwrap().id
}

fn a_booking(room: RoomId, starts: &str, ends: &str) -> BookingInput {
    BookingInput {
        room_id: Some(room.to_string()),
        starts: at(starts),
        ends: at(ends),
        layout: some("boardroom"),
        people: Some(12.into()),
        purpose: some("Budget briefing"),
        state: some("firm"),
        ..BookingInput::default()
    }
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    room: RoomId,
}

async fn house(engine: testing::Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let room = a_room(&manager, "Rotunda").await;
    House { office, manager, officer, room }
}

fn problems<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldProblem> {
    match outcome {
        Err(Failure::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_name_is_borne_once(engine) {
        let House { manager, room, .. } = house(engine).await;
        let taken = vec![FieldProblem { field: "name".into(), problem: Problem::AlreadyTaken }];
        let site = SiteInput { name: some("Site of Rotunda"), ..SiteInput::default() };
        assert_eq!(problems(rooms::create_site(&manager, site).await), taken);
        let view = rooms::read_room(&manager, room).await.unwrap();
        let again = RoomInput { site_id: Some(view.site.id.to_string()), name: some("Rotunda"), ..RoomInput::default() };
        assert_eq!(problems(rooms::create_room(&manager, again).await), taken);
    }

    async fn a_room_and_a_site_are_changed_as_they_were_seen_or_not_at_all(engine) {
        let House { manager, officer, room, .. } = house(engine).await;
        let view = rooms::read_room(&manager, room).await.unwrap();
        let seen = Seen::Tags(vec![ETag::of(&view).unwrap().as_str().to_owned()]);
        let input = || RoomInput { floor: some("27"), ..RoomInput::default() };
        assert!(matches!(rooms::change_room(&officer, room, input(), &seen).await, Err(Failure::Forbidden)));
        let changed = rooms::change_room(&manager, room, input(), &seen).await.unwrap();
        assert_eq!((changed.floor.as_deref(), changed.layouts.len(), changed.hours.len()), (Some("27"), 1, 5));
        assert!(matches!(rooms::change_room(&manager, room, input(), &seen).await, Err(Failure::Stale)));
        assert!(matches!(rooms::change_room(&manager, room, input(), &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
        let other = rooms::create_site(&manager, SiteInput { name: some("Getty House"), ..SiteInput::default() }).await.unwrap();
        let way = |to: String| SiteInput { travel: Some(vec![TravelInput { to, minutes: 22.into() }]), ..SiteInput::default() };
        let site = rooms::change_site(&manager, view.site.id, way(other.id.to_string()), &Seen::Any).await.unwrap();
        assert_eq!(site.travel.iter().map(|way| (way.to, way.minutes)).collect::<Vec<_>>(), [(other.id, 22)]);
        let nowhere = rooms::change_site(&manager, view.site.id, way(room.to_string()), &Seen::Any).await;
        assert_eq!(problems(nowhere)[0].field, "travel");
        assert_eq!(rooms::list_rooms(&officer).await.unwrap().len(), 1);
    }

    async fn a_clash_names_the_nearest_times_that_work(engine) {
        let House { officer, room, .. } = house(engine).await;
        create_booking(&officer, a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00")).await.unwrap();
        let refusal = match create_booking(&officer, a_booking(room, "2027-03-10T10:30", "2027-03-10T11:30")).await {
            Err(Failure::Clash(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal.clashes.len(), 1);
        let said = clashes::in_words(&officer, &refusal, &ZoneName::parse(ZONE).unwrap()).await.unwrap();
        // 10 minutes to clear the one and 15 to lay out the other.
        let local = "2027-03-10T11:25";
        assert_eq!(said[0].nearest.first().map(|slot| slot.starts.local.to_string()).as_deref(), Some(local));
        assert!(create_booking(&officer, a_booking(room, local, "2027-03-10T12:25")).await.is_ok());
    }

    async fn of_fifty_who_press_at_once_one_gets_the_room(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let mut tasks = tokio::task::JoinSet::new();
        for minute in 0..50 {
            let officer = officer.clone();
            let (starts, ends) = (format!("2027-03-10T10:{minute:02}"), format!("2027-03-10T11:{minute:02}"));
            tasks.spawn(async move { create_booking(&officer, a_booking(room, &starts, &ends)).await });
        }
        let (mut done, mut clashes) = (0, 0);
        while let Some(outcome) = tasks.join_next().await {
            match outcome.unwrap() {
                Ok(_) => done += 1,
                Err(Failure::Clash(_)) => clashes += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((done, clashes), (1, 49));
        #[derive(sqlx_macros::FromRow)]
        struct Count {
            firm: i64,
            booked: i64,
        }
        let sql = "SELECT COUNT(*) AS firm, (SELECT COUNT(*) FROM bookings WHERE office_id = $1) AS booked FROM engagements WHERE office_id = $1 AND state = 'firm'";
        let count: Vec<Count> = office.operator.read().await.unwrap().all(sql, values![office.operator.office_id()]).await.unwrap();
        assert_eq!((count[0].firm, count[0].booked), (1, 1));
    }

    async fn a_booking_is_its_makers_and_the_rooms_managers_to_change(engine) {
        let House { office, manager, officer, room } = house(engine).await;
        let other = office.signed_in("scheduler", Role::Scheduler, Marking::Amber).await;
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let booking = create_booking(&officer, a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00")).await.unwrap().view;
        assert!(booking.is_own);
        assert!(!read_booking(&staff, booking.id).await.unwrap().is_own);
        assert!(matches!(create_booking(&staff, a_booking(room, "2027-03-11T10:00", "2027-03-11T11:00")).await, Err(Failure::Forbidden)));
        let later = || BookingInput { starts: at("2027-03-10T10:15"), ends: at("2027-03-10T11:15"), ..BookingInput::default() };
        assert!(matches!(change_booking(&other, booking.id, later(), &Seen::Any).await, Err(Failure::Forbidden)));
        let own = Seen::Tags(vec![ETag::of(&booking).unwrap().as_str().to_owned()]);
        let moved = change_booking(&officer, booking.id, later(), &own).await.unwrap().view;
        assert_eq!(moved.purpose, "Budget briefing");
        assert!(matches!(cancel_booking(&officer, booking.id, &own).await, Err(Failure::Stale)));
        cancel_booking(&manager, booking.id, &Seen::Any).await.unwrap();
        assert!(matches!(read_booking(&officer, booking.id).await, Err(Failure::NotFound)));
        assert!(create_booking(&officer, a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00")).await.is_ok());
    }

    async fn what_one_may_not_read_is_a_rounded_block_and_nothing_else(engine) {
        let House { office, manager, officer, room } = house(engine).await;
        let secret = BookingInput { marking: some("TLP:RED"), purpose: some("CANARY briefing"), ..a_booking(room, "2027-03-10T10:07", "2027-03-10T10:33") };
        let booking = create_booking(&officer, secret).await.unwrap().view;
        let (from, until) = (instant("2027-03-10T00:00:00Z"), instant("2027-03-12T00:00:00Z"));
        // Nothing marked TLP:RED is on a board, not for its originator either: who else looks at it is not known.
        let strict = BookingInput { marking: some("TLP:AMBER+STRICT"), ..a_booking(room, "2027-03-10T12:00", "2027-03-10T13:00") };
        let strict = create_booking(&officer, strict).await.unwrap().view;
        let own = room_availability(&officer, from, until, None).await.unwrap();
        assert_eq!((own[0].engaged.len(), own[0].reserved.len()), (1, 1));
        assert!(!serde_json::to_string(&own).unwrap().contains("CANARY"));
        cancel_booking(&officer, strict.id, &Seen::Any).await.unwrap();
        let others = room_availability(&manager, from, until, Some(room)).await.unwrap();
        assert!(!serde_json::to_string(&others).unwrap().contains("CANARY"));
        // From 09:52 with set-up to 10:43 with clearing, rounded outward.
        let reserved: Vec<_> = others[0].reserved.iter().map(|it| (it.starts, it.ends)).collect();
        assert_eq!(reserved, [(instant("2027-03-10T17:45:00Z"), instant("2027-03-10T18:45:00Z"))]);
        assert!(others[0].engaged.is_empty());
        assert!(matches!(read_booking(&manager, booking.id).await, Err(Failure::NotFound)));
        assert!(matches!(cancel_booking(&manager, booking.id, &Seen::Any).await, Err(Failure::NotFound)));
        let query = BookingQuery { room: None, from, until };
        assert!(list_bookings(&manager, query, &PageRequest::default()).await.unwrap().items.is_empty());
        assert_eq!(list_bookings(&officer, query, &PageRequest::default()).await.unwrap().items.len(), 1);
        let slot = SlotQuery { room: Some(room), layout: None, people: None, person: None, minutes: 60, from, until, most: None };
        let slots = free_slots(&manager, &slot).await.unwrap();
        assert!(slots.iter().all(|slot| slot.starts.local.to_string().ends_with(":00") || slot.starts.local.to_string().ends_with(":30")));
        let fine = free_slots(&officer, &SlotQuery { most: Some(50), ..slot }).await.unwrap();
        assert!(fine.iter().any(|slot| slot.starts.local.to_string().ends_with(":05")));
        drop(office);
    }

    async fn ones_own_bookings_are_listed_until_they_are_over_or_cancelled(engine) {
        let House { office, manager, officer, room } = house(engine).await;
        let book = async |by: &RequestContext, starts: &str, ends: &str| {
            create_booking(by, a_booking(room, starts, ends)).await.unwrap().view.id
        };
        let over = book(&officer, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let later = book(&officer, "2027-03-11T10:00", "2027-03-11T11:00").await;
        let sooner = book(&officer, "2027-03-10T10:00", "2027-03-10T11:00").await;
        let others = book(&manager, "2027-03-10T14:00", "2027-03-10T15:00").await;
        let own = async |of: &RequestContext| {
            let page = list_own_bookings(of, &PageRequest::default()).await.unwrap();
            page.items.into_iter().map(|booking| booking.id).collect::<Vec<_>>()
        };
        assert_eq!(own(&officer).await, [sooner, later]);
        assert_eq!(own(&manager).await, [others]);
        assert!(read_booking(&officer, over).await.is_ok());
        cancel_booking(&officer, sooner, &Seen::Any).await.unwrap();
        assert_eq!(own(&officer).await, [later]);
        drop(office);
    }

    async fn a_room_that_does_not_suit_is_warned_of_or_refused_and_the_chief_may_overrule_that(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let crowded = BookingInput { people: Some(25.into()), ..a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00") };
        let warnings = create_booking(&officer, crowded).await.unwrap().warnings;
        assert_eq!(warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::RoomTooSmall]);
        let late = |reason: Option<&str>| BookingInput {
            reason: reason.map(str::to_owned),
            ..a_booking(room, "2027-03-10T18:00", "2027-03-10T19:00")
        };
        let Err(Failure::Clash(refusal)) = create_booking(&officer, late(Some("It is urgent"))).await else { panic!("closed") };
        let said = clashes::in_words(&officer, &refusal, &ZoneName::parse(ZONE).unwrap()).await.unwrap();
        assert_eq!(said[0].rule.as_deref(), Some("room_closed"));
        assert!(said[0].say.contains("is closed for at least a part"), "{}", said[0].say);
        let offered: Vec<String> = said[0].nearest.iter().map(|slot| slot.starts.local.to_string()).collect();
        assert_eq!(offered, ["2027-03-10T17:00", "2027-03-10T16:55", "2027-03-10T16:50", "2027-03-11T08:00", "2027-03-11T08:05", "2027-03-11T08:10"]);
        assert!(matches!(create_booking(&chief, late(None)).await, Err(Failure::Clash(_))));
        let kept = create_booking(&chief, late(Some("The minister lands at six"))).await.unwrap().view;
        // What was allowed goes on while its time and room stay; elsewhere it needs a reason anew.
        let renamed = BookingInput { purpose: some("Late briefing"), ..BookingInput::default() };
        assert!(change_booking(&chief, kept.id, renamed, &Seen::Any).await.is_ok());
        let later = BookingInput { starts: at("2027-03-10T18:30"), ends: at("2027-03-10T19:30"), ..BookingInput::default() };
        assert!(matches!(change_booking(&chief, kept.id, later, &Seen::Any).await, Err(Failure::Clash(_))));
    }

    async fn what_is_offered_as_free_is_accepted(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        create_booking(&officer, a_booking(room, "2027-03-10T09:00", "2027-03-10T16:00")).await.unwrap();
        let (from, until) = (instant("2027-03-10T08:00:00Z"), instant("2027-03-11T08:00:00Z"));
        let query = SlotQuery { room: None, layout: Some(domain::rooms::Layout::Boardroom), people: Some(20), person: None, minutes: 60, from, until, most: Some(3) };
        let slots = free_slots(&officer, &query).await.unwrap();
        // Open from eight to six: nothing before nine, and 25 minutes between the two uses.
        let starts: Vec<String> = slots.iter().map(|slot| slot.starts.local.to_string()).collect();
        assert_eq!(starts, ["2027-03-10T16:25", "2027-03-10T16:30", "2027-03-10T16:35"]);
        assert_eq!(slots[0].room.as_ref().map(|room| room.id), Some(room));
        let taken = BookingInput {
            starts: Some(AgreedTime { local: slots[0].starts.local, zone: slots[0].starts.zone.clone(), offset: None }),
            ends: Some(AgreedTime { local: slots[0].ends.local, zone: slots[0].ends.zone.clone(), offset: None }),
            ..a_booking(room, "2027-03-10T09:00", "2027-03-10T16:00")
        };
        assert!(create_booking(&officer, taken).await.is_ok());
        assert!(free_slots(&officer, &SlotQuery { people: Some(25), ..query }).await.unwrap().is_empty(), "too small");
        assert!(matches!(free_slots(&officer, &SlotQuery { minutes: 0, ..query }).await, Err(Failure::Invalid(_))));
        drop(office);
    }

    async fn missions_and_accounts_without_a_ceiling_have_no_availability(engine) {
        let House { office, room, .. } = house(engine).await;
        let mission = office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        let uncleared = office.signed_in("uncleared", Role::Staff, Marking::Clear).await;
        let (from, until) = (testing::now(), testing::now() + TimeDelta::days(1));
        for context in [&mission, &uncleared] {
            assert!(matches!(room_availability(context, from, until, None).await, Err(Failure::Forbidden)));
            let query = SlotQuery { room: Some(room), layout: None, people: None, person: None, minutes: 30, from, until, most: None };
            assert!(matches!(free_slots(context, &query).await, Err(Failure::Forbidden)));
            assert!(matches!(rooms::list_rooms(context).await, Err(Failure::Forbidden)));
            let bookings = BookingQuery { room: None, from, until };
            assert!(matches!(list_bookings(context, bookings, &PageRequest::default()).await, Err(Failure::Forbidden)));
        }
    }

    async fn a_hold_whose_time_has_come_is_dead(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let held = BookingInput { state: some("held"), hold_until: some("2027-03-09T17:30:00Z"), ..a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00") };
        create_booking(&officer, held).await.unwrap();
        let firm = || a_booking(room, "2027-03-10T10:00", "2027-03-10T11:00");
        assert!(matches!(create_booking(&officer, firm()).await, Err(Failure::Clash(_))));
        // The clock of a test stands still: the hold's end comes to it instead.
        let mut transaction = office.operator.write().await.unwrap();
        let sql = "UPDATE engagements SET hold_until = $2 WHERE office_id = $1";
        transaction.execute(sql, values![office.operator.office_id(), testing::now()]).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(create_booking(&officer, firm()).await.is_ok());
    }
}
