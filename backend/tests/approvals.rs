//! Holds, and rooms that have to be asked for: what waits holds no more than a pencil, giving it ends the pencils over it alone, and
//! nobody is told more than they may read.

use backend::{
    Failure, RequestContext,
    accounts::clearance,
    clock::RandomIds,
    database::Connection,
    news::{list_news, read_news},
    on_both,
    paging::PageRequest,
    programme,
    rooms::{
        self,
        approvals::{Waiting, approve, count_waiting, decline, list_approvals, standing_of_booking, standing_of_lines},
        availability::room_availability,
        bookings::{SavedBooking, cancel_booking, change_booking, check_booking, create_booking, list_own_bookings, read_booking},
        series::{Part, cancel_series, change_series, check_series, create_series},
    },
    sealing::{KeyFile, OsRandom},
    testing::{
        self, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    clash::{Level, Source},
    ids::{AccountId, BookingId, ItemId, RoomId, VisitId},
    marking::{
        Channel, Marking,
        view::{ApprovalView, NewsKind},
    },
    problems::Problem,
    programme::input::ItemInput,
    rooms::{
        BookingState, HoldKind,
        approval::Approving,
        input::{ApprovalInput, BookingInput, LayoutInput, RoomInput, SiteInput},
        series::{Reach, input::SeriesInput, view::SeriesView},
    },
    visits::input::VisitInput,
};
use std::sync::Arc;

/// A room for 24 that takes 15 minutes to lay out and 10 to clear, is cleared for everything, and is given by its manager alone.
async fn a_room(manager: &RequestContext, name: &str) -> RoomId {
    let site = SiteInput { name: Some(format!("Site of {name}")), ..SiteInput::default() };
    let site = rooms::create_site(manager, site).await.unwrap();
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let room = RoomInput {
        site_id: Some(site.id.to_string()),
        name: text(name),
        layouts: Some(vec![layout]),
        approval: Some(ApprovalInput { needed_from: Vec::new(), given_by: vec!["rooms_manager".into()] }),
        clearance: text("TLP:RED"),
        ..RoomInput::default()
    };
    rooms::create_room(manager, room).await.unwrap().id
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    scheduler: RequestContext,
    room: RoomId,
}

async fn house_in(office: TestOffice) -> House {
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let scheduler = office.signed_in("scheduler", Role::Scheduler, Marking::Amber).await;
    let room = a_room(&manager, "Rotunda").await;
    House { office, manager, officer, scheduler, room }
}

async fn house(engine: testing::Engine) -> House {
    house_in(testing::office(engine).await).await
}

impl House {
    fn asked(&self, starts: &str, ends: &str, purpose: &str) -> BookingInput {
        BookingInput {
            room_id: Some(self.room.to_string()),
            starts: at(&format!("2027-03-10T{starts}")),
            ends: at(&format!("2027-03-10T{ends}")),
            layout: text("boardroom"),
            purpose: text(purpose),
            state: text("firm"),
            ..BookingInput::default()
        }
    }

    fn pencilled(&self, starts: &str, ends: &str, purpose: &str) -> BookingInput {
        BookingInput { state: text("held"), ..self.asked(starts, ends, purpose) }
    }

    async fn waiting(&self) -> Vec<ApprovalView> {
        list_approvals(&self.manager, &PageRequest::default()).await.unwrap().items
    }

    async fn standing(&self, reader: &RequestContext, id: BookingId) -> Option<Approving> {
        read_booking(reader, id).await.unwrap().approval
    }

    /// How many uses take the room, and how many of those exclusively, as the database has it.
    async fn taken(&self) -> (usize, usize) {
        let sql = "SELECT source_id, exclusive FROM engagements WHERE office_id = $1 AND resource_id = $2";
        let mut connection = self.manager.read().await.unwrap();
        let rows: Vec<(uuid::Uuid, bool)> = connection.all(sql, values![self.manager.office_id(), self.room]).await.unwrap();
        (rows.len(), rows.iter().filter(|(_, exclusive)| *exclusive).count())
    }
}

async fn saved(by: &RequestContext, input: BookingInput) -> BookingId {
    create_booking(by, input).await.unwrap().view.id
}

async fn told(to: &RequestContext) -> Vec<(NewsKind, Source)> {
    list_news(to, Channel::Page).await.unwrap().into_iter().map(|news| (news.kind, news.source)).collect()
}

fn is_taken<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> bool {
    matches!(outcome, Err(Failure::Clash(_)))
}

/// A visit with an officer on its list, who is told anew of that.
async fn a_visit_of(office: &TestOffice, officer: &RequestContext) -> (RequestContext, VisitId) {
    let visit = visits::create_visit(officer, a_visit()).await.unwrap().id;
    (office.again(officer.account().unwrap()).await, visit)
}

fn a_line(room: RoomId, starts: &str, ends: &str) -> ItemInput {
    let input = a_meeting(&format!("2027-03-15T{starts}"), &format!("2027-03-15T{ends}"));
    ItemInput { state: text("firm"), room_id: Some(room.to_string()), layout: text("boardroom"), ..input }
}

on_both! {
    async fn what_waits_is_given_the_room_and_who_loses_it_is_told_in_the_same_step(engine) {
        let house = house(engine).await;
        let asked = create_booking(&house.officer, house.asked("10:00", "11:00", "Signing")).await.unwrap().view;
        assert_eq!((asked.approval, asked.state, asked.has_lapsed), (Some(Approving::Awaited), BookingState::Firm, false));
        let over = saved(&house.scheduler, house.pencilled("10:30", "11:30", "Choir")).await;
        // Touches by its set-up alone; the one after it by nothing.
        let margin = saved(&house.scheduler, house.pencilled("11:20", "11:40", "Rehearsal")).await;
        let after = saved(&house.scheduler, house.pencilled("12:00", "12:30", "Lunch")).await;
        assert_eq!(house.taken().await, (4, 0));
        assert_eq!(count_waiting(&house.manager).await.unwrap(), 1);
        let [waiting] = &house.waiting().await[..] else { panic!("one waits") };
        let ends: Vec<&str> = waiting.pencilled.engaged.iter().map(|it| it.title.as_str()).collect();
        assert_eq!((waiting.engaged.as_ref().unwrap().title.as_str(), ends), ("Signing", vec!["Choir", "Rehearsal"]));
        let seen = read_booking(&house.manager, asked.id).await.unwrap();
        let seen = Seen::Tags(vec![ETag::of(&seen).unwrap().as_str().to_owned()]);
        approve(&house.manager, Waiting::Booking(asked.id), &seen).await.unwrap();
        assert_eq!(house.taken().await, (2, 1));
        assert_eq!(house.standing(&house.officer, asked.id).await, Some(Approving::Given));
        for lost in [over, margin] {
            assert_eq!(house.standing(&house.scheduler, lost).await, Some(Approving::GivenAway));
            assert_eq!(standing_of_booking(&house.scheduler, lost).await.unwrap().given_to.as_deref(), Some("Signing"));
        }
        assert_eq!(house.standing(&house.scheduler, after).await, None);
        assert_eq!(count_waiting(&house.manager).await.unwrap(), 0);
        assert_eq!(told(&house.officer).await, [(NewsKind::Approved, Source::Booking(asked.id))]);
        let news = list_news(&house.scheduler, Channel::Page).await.unwrap();
        assert_eq!(news.len(), 2);
        assert!(news.iter().all(|news| news.kind == NewsKind::GivenAway && news.with.as_deref() == Some("Signing")));
        assert!(news.iter().all(|news| !news.nearest.is_empty()), "{news:?}");
        // An alternative that was told is to be had.
        let slot = news.iter().find(|news| news.source == Source::Booking(over)).unwrap().nearest[0].clone();
        let moved = BookingInput {
            starts: Some((&domain::time::Moment::from(slot.starts)).into()),
            ends: Some((&domain::time::Moment::from(slot.ends)).into()),
            ..BookingInput::default()
        };
        let moved = change_booking(&house.scheduler, over, moved, &Seen::Any).await.unwrap().view;
        assert_eq!((moved.approval, moved.hold), (None, Some(HoldKind::Pencilled)));
        // What was told of it is settled with that; the other is noted.
        let [left] = &list_news(&house.scheduler, Channel::Page).await.unwrap()[..] else { panic!("one is left") };
        read_news(&house.scheduler, left.id).await.unwrap();
        read_news(&house.scheduler, left.id).await.unwrap();
        assert!(told(&house.scheduler).await.is_empty());
        assert!(matches!(read_news(&house.officer, left.id).await, Err(Failure::NotFound)));
    }

    async fn two_that_wait_for_one_time_are_given_it_once(engine) {
        let house = house(engine).await;
        let mut both = Vec::new();
        for (by, purpose) in [(&house.officer, "Signing"), (&house.scheduler, "Choir")] {
            both.push(saved(by, house.asked("10:00", "11:00", purpose)).await);
        }
        let other = house.office.signed_in("other", Role::RoomsManager, Marking::Amber).await;
        for round in 0..4 {
            let (one, two) = tokio::join!(
                approve(&house.manager, Waiting::Booking(both[0]), &Seen::Any),
                approve(&other, Waiting::Booking(both[1]), &Seen::Any)
            );
            let given = [&one, &two].iter().filter(|outcome| outcome.is_ok()).count();
            assert_eq!(given, usize::from(round == 0), "{one:?} {two:?}");
            assert!([one, two].into_iter().all(|outcome| matches!(outcome, Ok(()) | Err(Failure::Stale))));
            assert_eq!(house.taken().await, (1, 1));
        }
    }

    async fn a_promised_hold_is_nobody_elses_and_ends_when_it_starts(engine) {
        let house = house(engine).await;
        let promised = BookingInput { hold: text("promised"), ..house.pencilled("10:00", "11:00", "For the governor") };
        // Whoever must ask for the room must ask before it is promised.
        let asked = create_booking(&house.officer, promised.clone()).await.unwrap().view;
        assert_eq!(asked.approval, Some(Approving::Awaited));
        assert_eq!(house.taken().await, (1, 0));
        cancel_booking(&house.officer, asked.id, &Seen::Any).await.unwrap();
        assert!(house.waiting().await.is_empty());
        let late = BookingInput { hold_until: text("2027-03-10T23:00:00Z"), ..promised.clone() };
        let held = create_booking(&house.manager, late).await.unwrap().view;
        assert_eq!((held.hold, held.approval), (Some(HoldKind::Promised), None));
        assert_eq!(held.hold_until.unwrap().to_rfc3339(), "2027-03-10T18:00:00+00:00");
        assert_eq!(house.taken().await, (1, 1));
        for refused in [house.asked("10:30", "11:30", "Choir"), house.pencilled("10:30", "11:30", "Choir"), BookingInput { hold: text("promised"), ..house.pencilled("09:00", "09:50", "Choir") }] {
            assert!(is_taken(create_booking(&house.manager, refused).await));
        }
        let pencil = change_booking(&house.manager, held.id, BookingInput { hold: text("pencilled"), ..BookingInput::default() }, &Seen::Any).await.unwrap();
        assert_eq!(pencil.view.hold, Some(HoldKind::Pencilled));
        saved(&house.scheduler, house.pencilled("10:30", "11:30", "Choir")).await;
        // A pencil is in the way of what is settled, and not the other way round.
        assert!(is_taken(create_booking(&house.manager, house.asked("10:30", "11:30", "Settled")).await));
    }

    async fn who_confirms_a_pencilled_hold_ends_those_over_it_that_they_read_and_tells(engine) {
        let house = house(engine).await;
        let own = saved(&house.manager, house.pencilled("10:00", "11:00", "For the governor")).await;
        let choir = saved(&house.scheduler, house.pencilled("10:30", "11:30", "Choir")).await;
        let (officer, visit) = a_visit_of(&house.office, &house.officer).await;
        let held = ItemInput { state: text("held"), starts: at("2027-03-10T10:15"), ends: at("2027-03-10T10:45"), ..a_line(house.room, "10:00", "11:00") };
        let line = programme::add_programme_item(&officer, visit, held).await.unwrap().view.id;
        let firm = BookingInput { state: text("firm"), ..BookingInput::default() };
        // What the manager may not read stays in the way; so does what is asked for at another time than it was held for.
        assert!(is_taken(change_booking(&house.manager, own, firm.clone(), &Seen::Any).await));
        programme::remove_programme_item(&officer, line, &Seen::Any).await.unwrap();
        let later = BookingInput { starts: at("2027-03-10T10:05"), ..firm.clone() };
        assert!(is_taken(change_booking(&house.manager, own, later, &Seen::Any).await));
        assert!(check_booking(&house.manager, firm.clone(), Some(own)).await.unwrap().clashes.is_empty());
        change_booking(&house.manager, own, firm, &Seen::Any).await.unwrap();
        assert_eq!(house.taken().await, (1, 1));
        assert_eq!(house.standing(&house.scheduler, choir).await, Some(Approving::GivenAway));
        let news = list_news(&house.scheduler, Channel::Page).await.unwrap();
        assert_eq!(news.iter().map(|news| (news.kind, news.source)).collect::<Vec<_>>(), [(NewsKind::GivenAway, Source::Booking(choir))]);
        assert!(!news[0].nearest.is_empty(), "with the nearest times that would work");
    }

    async fn a_held_line_that_is_confirmed_leaves_the_next_of_its_visit_its_room(engine) {
        let house = house(engine).await;
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let free = RoomInput { approval: Some(ApprovalInput::default()), ..RoomInput::default() };
        rooms::change_room(&house.manager, house.room, free, &Seen::Any).await.unwrap();
        let (officer, visit) = a_visit_of(&house.office, &chief).await;
        let held = |starts: &str, ends: &str| ItemInput { state: text("held"), ..a_line(house.room, starts, ends) };
        let first = programme::add_programme_item(&officer, visit, held("10:00", "11:00")).await.unwrap().view.id;
        programme::add_programme_item(&officer, visit, held("11:05", "12:00")).await.unwrap();
        let firm = ItemInput { state: text("firm"), ..ItemInput::default() };
        assert!(programme::check_programme_item(&officer, visit, firm.clone(), Some(first)).await.unwrap().clashes.iter().all(|clash| clash.level < Level::Block));
        programme::change_programme_item(&officer, first, firm, &Seen::Any).await.unwrap();
        assert_eq!(house.taken().await, (2, 1), "the next one holds the room still");
        assert!(told(&officer).await.is_empty());
    }

    async fn a_room_is_given_with_the_margins_it_was_asked_for_with_whatever_it_needs_by_now(engine) {
        let house = house(engine).await;
        let asked = saved(&house.officer, house.asked("12:00", "13:00", "Signing")).await;
        // It touches what is laid out before the signing, and so stands beside it.
        let before = saved(&house.scheduler, house.pencilled("11:00", "11:35", "Choir")).await;
        let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 30.into(), clearing_minutes: 10.into() };
        let longer = RoomInput { layouts: Some(vec![layout]), ..RoomInput::default() };
        rooms::change_room(&house.manager, house.room, longer, &Seen::Any).await.unwrap();
        approve(&house.manager, Waiting::Booking(asked), &Seen::Any).await.unwrap();
        assert_eq!(house.standing(&house.scheduler, before).await, None);
        assert_eq!(house.taken().await, (2, 1));
        let sql = "SELECT a.starts_at FROM engagements a JOIN engagements b ON b.office_id = a.office_id AND b.resource_id = a.resource_id \
            AND b.id <> a.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.office_id = $1";
        let over: Vec<(chrono::DateTime<chrono::Utc>,)> =
            house.manager.read().await.unwrap().all(sql, values![house.manager.office_id()]).await.unwrap();
        assert!(over.is_empty(), "{over:?}");
    }

    async fn what_waits_and_what_is_held_ends_by_itself_and_says_so(engine) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("key");
        KeyFile::create(&path, None, &OsRandom).unwrap();
        let key = || KeyFile::read(&path, None).unwrap();
        let house = house_in(testing::office_with(engine, Box::new(RandomIds), key()).await).await;
        let asked = saved(&house.officer, house.asked("10:00", "11:00", "Signing")).await;
        let held = BookingInput { hold_until: text("2027-03-09T20:00:00Z"), ..house.pencilled("13:00", "14:00", "Choir") };
        let held = saved(&house.officer, held).await;
        assert!(!read_booking(&house.officer, held).await.unwrap().has_lapsed);
        let at = |now: &str| testing::chancery_later(house.office.place.database.clone(), now.parse().unwrap(), key());
        let again = async |now: &str, account: AccountId| {
            let office = Arc::new(house.officer.office().clone());
            let context = at(now).await.context(office, house.officer.actor().clone());
            let (actor, _) = backend::accounts::access::actor_of_account(&context, account).await.unwrap().unwrap();
            context.as_actor(actor)
        };
        let later = again("2027-03-09T21:00:00Z", house.officer.account().unwrap()).await;
        assert!(read_booking(&later, held).await.unwrap().has_lapsed && !read_booking(&later, asked).await.unwrap().has_lapsed);
        let own = list_own_bookings(&later, &PageRequest::default()).await.unwrap().items;
        assert_eq!(own.iter().map(|view| (view.id, view.has_lapsed)).collect::<Vec<_>>(), [(asked, false), (held, true)]);
        let begun = again("2027-03-10T18:00:00Z", house.manager.account().unwrap()).await;
        assert!(read_booking(&begun, asked).await.unwrap().has_lapsed);
        assert_eq!(count_waiting(&begun).await.unwrap(), 0);
        assert!(list_approvals(&begun, &PageRequest::default()).await.unwrap().items.is_empty());
        assert!(matches!(approve(&begun, Waiting::Booking(asked), &Seen::Any).await, Err(Failure::Stale)));
        assert!(matches!(decline(&begun, Waiting::Booking(asked), "Too late", &Seen::Any).await, Err(Failure::Stale)));
    }

    async fn a_change_of_room_or_time_asks_again_and_nothing_else_does(engine) {
        let house = house(engine).await;
        let booked = saved(&house.officer, house.asked("10:00", "11:00", "Signing")).await;
        approve(&house.manager, Waiting::Booking(booked), &Seen::Any).await.unwrap();
        let change = async |by: &RequestContext, input: BookingInput| -> SavedBooking { change_booking(by, booked, input, &Seen::Any).await.unwrap() };
        let renamed = change(&house.officer, BookingInput { purpose: text("Great signing"), people: Some(8.into()), ..BookingInput::default() }).await;
        assert_eq!(renamed.view.approval, Some(Approving::Given));
        let moved = change(&house.officer, BookingInput { ends: at("2027-03-10T11:05"), ..BookingInput::default() }).await;
        assert_eq!(moved.view.approval, Some(Approving::Awaited));
        assert_eq!(house.taken().await, (1, 0));
        // The chief corrects a word in it, and does not thereby give the room.
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        assert_eq!(change(&chief, BookingInput { purpose: text("Signing"), ..BookingInput::default() }).await.view.approval, Some(Approving::Awaited));
        // Who gives the room takes it without asking.
        let by_manager = change(&house.manager, BookingInput { ends: at("2027-03-10T11:10"), ..BookingInput::default() }).await;
        assert_eq!((by_manager.view.approval, house.taken().await), (None, (1, 1)));
        let elsewhere = a_room(&house.manager, "Garden").await;
        let moved = change(&house.officer, BookingInput { room_id: Some(elsewhere.to_string()), ..BookingInput::default() }).await;
        assert_eq!(moved.view.approval, Some(Approving::Awaited));
        // A room of which nobody says so any more is anybody's.
        let open = RoomInput { approval: Some(ApprovalInput::default()), ..RoomInput::default() };
        rooms::change_room(&house.manager, house.room, open, &Seen::Any).await.unwrap();
        let moved = change(&house.officer, BookingInput { room_id: Some(house.room.to_string()), ..BookingInput::default() }).await;
        assert_eq!(moved.view.approval, None);
    }

    async fn what_is_declined_holds_nothing_and_asks_again_when_it_is_saved(engine) {
        let house = house(engine).await;
        let booked = saved(&house.officer, house.asked("10:00", "11:00", "Signing")).await;
        let version = house.waiting().await[0].version.clone();
        let id = house.waiting().await[0].id;
        let Err(Failure::Invalid(problems)) = decline(&house.manager, Waiting::Any(id), "  ", &Seen::Any).await else { panic!("a reason is needed") };
        assert_eq!((problems[0].field.as_str(), &problems[0].problem), ("reason", &Problem::Missing));
        assert!(matches!(decline(&house.manager, Waiting::Any(id), "Works", &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
        assert!(matches!(decline(&house.manager, Waiting::Any(id), "Works", &Seen::Tags(vec!["old".into()])).await, Err(Failure::Stale)));
        decline(&house.manager, Waiting::Any(id), "The floor is being laid", &Seen::Tags(vec![version])).await.unwrap();
        assert_eq!(house.taken().await, (0, 0));
        assert!(matches!(approve(&house.manager, Waiting::Any(id), &Seen::Any).await, Err(Failure::Stale)));
        assert_eq!(standing_of_booking(&house.officer, booked).await.unwrap().reason.as_deref(), Some("The floor is being laid"));
        let [news] = &list_news(&house.officer, Channel::Page).await.unwrap()[..] else { panic!("one is told") };
        assert_eq!((news.kind, news.reason.as_deref()), (NewsKind::Declined, Some("The floor is being laid")));
        // Another takes the room meanwhile.
        let other = saved(&house.scheduler, house.asked("10:00", "11:00", "Choir")).await;
        let again = change_booking(&house.officer, booked, BookingInput::default(), &Seen::Any).await.unwrap().view;
        assert_eq!(again.approval, Some(Approving::Awaited));
        assert!(told(&house.officer).await.is_empty());
        approve(&house.manager, Waiting::Booking(other), &Seen::Any).await.unwrap();
        assert_eq!(house.standing(&house.officer, booked).await, Some(Approving::GivenAway));
        assert!(is_taken(change_booking(&house.officer, booked, BookingInput::default(), &Seen::Any).await));
        cancel_booking(&house.officer, booked, &Seen::Any).await.unwrap();
        assert!(told(&house.officer).await.is_empty());
    }

    async fn who_does_not_give_a_room_decides_nothing_and_who_lost_the_right_neither(engine) {
        let house = house(engine).await;
        let booked = saved(&house.officer, house.asked("10:00", "11:00", "Signing")).await;
        let id = house.waiting().await[0].id;
        // The chief gives rooms, and not this one.
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let staff = house.office.signed_in("staff", Role::Staff, Marking::Green).await;
        for who in [&chief, &house.scheduler, &staff, &house.officer] {
            assert!(matches!(approve(who, Waiting::Booking(booked), &Seen::Any).await, Err(Failure::Forbidden)));
            assert!(matches!(decline(who, Waiting::Booking(booked), "No", &Seen::Any).await, Err(Failure::Forbidden)));
            assert!(matches!(approve(who, Waiting::Any(id), &Seen::Any).await, Err(Failure::NotFound)));
            assert_eq!(count_waiting(who).await.unwrap(), 0);
        }
        assert!(list_approvals(&chief, &PageRequest::default()).await.unwrap().items.is_empty());
        assert!(matches!(list_approvals(&house.officer, &PageRequest::default()).await, Err(Failure::Forbidden)));
        clearance::revoke_role(&house.office.operator, house.manager.account().unwrap(), Role::RoomsManager).await.unwrap();
        let was = house.office.again(house.manager.account().unwrap()).await;
        assert!(matches!(list_approvals(&was, &PageRequest::default()).await, Err(Failure::Forbidden)));
        assert!(approve(&was, Waiting::Any(id), &Seen::Any).await.is_err());
        assert_eq!(house.standing(&house.officer, booked).await, Some(Approving::Awaited));
    }

    async fn what_may_not_be_read_is_reserved_in_the_inbox_and_absent_from_the_news(engine) {
        let house = house(engine).await;
        let sealed = BookingInput { marking: text("TLP:RED"), ..house.asked("10:05", "10:50", "CANARY succession") };
        let sealed = saved(&house.officer, sealed).await;
        let amber = BookingInput { marking: text("TLP:AMBER"), ..house.pencilled("10:30", "11:30", "Private lunch") };
        let amber = saved(&house.scheduler, amber).await;
        let waiting = house.waiting().await;
        assert!(!serde_json::to_string(&waiting).unwrap().contains("CANARY"));
        let reserved = waiting[0].reserved.as_ref().unwrap();
        assert_eq!(reserved.starts.to_rfc3339(), "2027-03-10T17:45:00+00:00");
        assert_eq!((waiting[0].engaged.is_none(), waiting[0].pencilled.engaged.len()), (true, 1));
        assert!(!serde_json::to_string(&waiting).unwrap().contains(&sealed.to_string()));
        assert!(matches!(approve(&house.manager, Waiting::Booking(sealed), &Seen::Any).await, Err(Failure::NotFound)));
        // Beside the pencil it is no more than reserved either.
        let beside = standing_of_booking(&house.scheduler, amber).await.unwrap().beside;
        assert_eq!((beside.engaged.len(), beside.reserved.len()), (0, 1));
        approve(&house.manager, Waiting::Any(waiting[0].id), &Seen::Tags(vec![waiting[0].version.clone()])).await.unwrap();
        let news = list_news(&house.scheduler, Channel::Page).await.unwrap();
        assert_eq!((news.len(), news[0].with.as_deref(), news[0].title.as_str()), (1, None, "Private lunch"));
        assert!(!serde_json::to_string(&news).unwrap().contains("CANARY"));
        // Alternatives lie on the half-hour, and tell nothing of when it ends.
        let local = |slot: &domain::marking::view::SlotView| slot.starts.local.to_string();
        assert!(news[0].nearest.iter().filter(|slot| slot.room.is_none()).all(|slot| local(slot).ends_with(":00") || local(slot).ends_with(":30")));
        assert!(list_news(&house.officer, Channel::Board).await.unwrap().is_empty(), "what is TLP:RED is on no glance");
        assert_eq!(told(&house.officer).await.len(), 1);
        // Who may not read it any more is told nothing any more.
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        clearance::grant_ceiling(&chief, house.scheduler.account().unwrap(), "TLP:GREEN", "asked for").await.unwrap();
        let lowered = house.office.again(house.scheduler.account().unwrap()).await;
        assert!(list_news(&lowered, Channel::Page).await.unwrap().is_empty());
    }

    async fn each_day_of_a_series_waits_by_itself_and_what_is_given_stays_given(engine) {
        let house = house(engine).await;
        let weekly = SeriesInput { repeats: text("weekly"), times: Some(3.into()), booking: house.asked("10:00", "11:00", "Choir"), ..SeriesInput::default() };
        let preview = check_series(&house.officer, &weekly, None).await.unwrap();
        assert_eq!(preview.booking.approval, Some(Approving::Awaited), "it is said before it is saved");
        let series = create_series(&house.officer, weekly).await.unwrap();
        let standings = |series: &SeriesView| series.occurrences.iter().map(|it| it.approval).collect::<Vec<_>>();
        assert_eq!(standings(&series), [Some(Approving::Awaited); 3]);
        assert_eq!(house.taken().await, (3, 0));
        let [given, declined, _] = &series.occurrences[..] else { panic!("three days") };
        approve(&house.manager, Waiting::Booking(given.booking_id), &Seen::Any).await.unwrap();
        decline(&house.manager, Waiting::Booking(declined.booking_id), "Closed", &Seen::Any).await.unwrap();
        assert_eq!(house.taken().await, (2, 1));
        // Another purpose is no other use of the room.
        let renamed = SeriesInput { booking: BookingInput { purpose: text("The choir"), ..BookingInput::default() }, ..SeriesInput::default() };
        let part = Part { reach: Reach::All, on: None };
        let changed = change_series(&house.officer, series.id, part, renamed, &Seen::Any).await.unwrap();
        assert_eq!(standings(&changed), [Some(Approving::Given), Some(Approving::Awaited), Some(Approving::Awaited)], "what was declined asks again");
        assert_eq!(house.taken().await, (3, 1));
        cancel_series(&house.officer, series.id, part, &Seen::Any).await.unwrap();
        assert_eq!((house.taken().await, house.waiting().await.len()), ((0, 0), 0));
    }

    async fn a_visit_goes_on_when_a_room_that_a_line_only_wished_for_is_retired(engine) {
        let house = house(engine).await;
        let (officer, visit) = a_visit_of(&house.office, &house.officer).await;
        let wished = ItemInput { state: text("wished"), ..a_line(house.room, "10:00", "11:00") };
        programme::add_programme_item(&officer, visit, wished).await.unwrap();
        let asked = programme::add_programme_item(&officer, visit, a_line(house.room, "14:00", "15:00")).await.unwrap().view;
        decline(&house.manager, Waiting::Any(house.waiting().await[0].id), "Closed", &Seen::Any).await.unwrap();
        rooms::retire_room(&house.manager, house.room, &Seen::Any).await.unwrap();
        for state in ["postponed", "confirmed"] {
            let state = VisitInput { state: text(state), ..VisitInput::default() };
            visits::change_visit(&officer, visit, state, &Seen::Any).await.unwrap();
        }
        // Who changes the line itself is told that its room is gone.
        let Err(Failure::Invalid(problems)) = programme::change_programme_item(&officer, asked.id, ItemInput { title: text("Talks"), ..ItemInput::default() }, &Seen::Any).await else {
            panic!("the room is gone")
        };
        assert_eq!((problems[0].field.as_str(), &problems[0].problem), ("room_id", &Problem::Unknown));
    }

    async fn the_room_of_a_line_waits_while_its_people_are_settled(engine) {
        let house = house(engine).await;
        let (officer, visit) = a_visit_of(&house.office, &house.officer).await;
        let line = programme::add_programme_item(&officer, visit, a_line(house.room, "10:00", "11:00")).await.unwrap().view;
        assert_eq!(house.taken().await, (1, 0));
        let standings = standing_of_lines(&officer, visit).await.unwrap();
        assert_eq!(standings.get(&line.id), Some(&(Approving::Awaited, None)));
        let pencil = BookingInput { starts: at("2027-03-15T10:30"), ends: at("2027-03-15T11:30"), ..house.pencilled("10:30", "11:30", "Choir") };
        let pencil = saved(&house.scheduler, pencil).await;
        // The manager is not on the visit's list, and gives the room all the same.
        let [waiting] = &house.waiting().await[..] else { panic!("one waits") };
        assert!(waiting.engaged.is_none() && waiting.reserved.is_some());
        assert!(matches!(approve(&house.manager, Waiting::Line(line.id), &Seen::Any).await, Err(Failure::NotFound)));
        approve(&house.manager, Waiting::Any(waiting.id), &Seen::Any).await.unwrap();
        assert_eq!(house.taken().await, (1, 1));
        assert_eq!(house.standing(&house.scheduler, pencil).await, Some(Approving::GivenAway));
        assert_eq!(standing_of_booking(&house.scheduler, pencil).await.unwrap().given_to, None);
        assert_eq!(told(&officer).await, [(NewsKind::Approved, Source::Item(line.id))]);
        let change = async |input: ItemInput| programme::change_programme_item(&officer, line.id, input, &Seen::Any).await.unwrap();
        change(ItemInput { title: text("Great meeting"), ..ItemInput::default() }).await;
        assert_eq!(house.taken().await, (1, 1));
        change(ItemInput { starts: at("2027-03-15T10:05"), ..ItemInput::default() }).await;
        assert_eq!(house.taken().await, (1, 0));
        // A visit that is called off holds nothing, and what waits for it is nobody's to decide; it asks again when it is on.
        let state = |word: &str| VisitInput { state: text(word), ..VisitInput::default() };
        visits::change_visit(&officer, visit, state("postponed"), &Seen::Any).await.unwrap();
        assert_eq!((house.taken().await, house.waiting().await.len()), ((0, 0), 0));
        visits::change_visit(&officer, visit, state("confirmed"), &Seen::Any).await.unwrap();
        assert_eq!((house.taken().await, house.waiting().await.len()), ((1, 0), 1));
        decline(&house.manager, Waiting::Any(house.waiting().await[0].id), "Closed", &Seen::Any).await.unwrap();
        assert_eq!(standing_of_lines(&officer, visit).await.unwrap()[&line.id], (Approving::Declined, Some("Closed".into())));
        programme::remove_programme_item(&officer, line.id, &Seen::Any).await.unwrap();
        assert!(standing_of_lines(&officer, visit).await.unwrap().is_empty());
    }

    async fn a_line_that_loses_its_room_keeps_its_people_and_its_editors_are_told(engine) {
        let house = house(engine).await;
        let (officer, visit) = a_visit_of(&house.office, &house.officer).await;
        let line = programme::add_programme_item(&officer, visit, a_line(house.room, "10:00", "11:00")).await.unwrap().view.id;
        let asked = BookingInput { starts: at("2027-03-15T10:30"), ends: at("2027-03-15T11:30"), ..house.asked("10:30", "11:30", "Choir") };
        let asked = saved(&house.scheduler, asked).await;
        approve(&house.manager, Waiting::Booking(asked), &Seen::Any).await.unwrap();
        assert_eq!(house.taken().await, (1, 1));
        assert_eq!(told(&officer).await, [(NewsKind::GivenAway, Source::Item(line))]);
        let [news] = &list_news(&officer, Channel::Page).await.unwrap()[..] else { panic!("one is told") };
        assert!(!news.nearest.is_empty() && news.with.as_deref() == Some("Choir"));
        // A visit that is taken up again takes its other things anew, and not the room.
        for state in ["postponed", "confirmed"] {
            visits::change_visit(&officer, visit, VisitInput { state: text(state), ..VisitInput::default() }, &Seen::Any).await.unwrap();
        }
        assert_eq!(house.taken().await, (1, 1));
        let standing = standing_of_lines(&officer, visit).await.unwrap();
        assert_eq!(standing[&line].0, Approving::GivenAway);
        let elsewhere = ItemInput { starts: at("2027-03-15T14:00"), ends: at("2027-03-15T15:00"), ..ItemInput::default() };
        programme::change_programme_item(&officer, line, elsewhere, &Seen::Any).await.unwrap();
        assert_eq!((house.taken().await, told(&officer).await.len()), ((2, 1), 0));
    }

    async fn lines_of_one_visit_that_meet_do_not_take_the_room_from_one_another(engine) {
        let house = house(engine).await;
        let (officer, visit) = a_visit_of(&house.office, &house.officer).await;
        let mut lines: Vec<ItemId> = Vec::new();
        for (starts, ends) in [("10:00", "11:00"), ("11:05", "12:00")] {
            lines.push(programme::add_programme_item(&officer, visit, a_line(house.room, starts, ends)).await.unwrap().view.id);
        }
        let waiting = house.waiting().await;
        assert_eq!((waiting.len(), waiting[0].pencilled.is_empty()), (2, true));
        for waiting in &waiting {
            approve(&house.manager, Waiting::Any(waiting.id), &Seen::Any).await.unwrap();
        }
        assert_eq!(house.taken().await, (2, 2));
        let standings = standing_of_lines(&officer, visit).await.unwrap();
        assert!(lines.iter().all(|line| standings[line].0 == Approving::Given));
        let window = ("2027-03-15T00:00:00Z".parse().unwrap(), "2027-03-16T00:00:00Z".parse().unwrap());
        let taken = room_availability(&officer, window.0, window.1, Some(house.room)).await.unwrap();
        assert_eq!(taken[0].engaged.iter().filter(|it| it.state == BookingState::Firm).count(), 2);
    }
}
