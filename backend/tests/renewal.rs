//! A newer tz database: what was agreed stays at its hour on the wall, and so moves to another instant, with all it takes.

use backend::{
    Chancery, RequestContext,
    audit::verification::{Known, verify_record},
    clock::RandomIds,
    database::Connection,
    feeds::{self, Conditions, Fetched},
    installation, news, on_both, people,
    programme::{
        self, change_programme_item, read_item,
        undo::{read_turns, turn_change},
    },
    releases,
    renewal::{MovedThing, MovedTime, renew_times, renew_times_of_all},
    rooms::{self, availability::room_availability, bookings},
    sealing::{KeyFile, OsRandom},
    testing::{
        self, Engine, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::Seen,
    visits,
    zones::{ZoneOptions, Zones},
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    feeds::{FeedDetail, FeedScope},
    ids::{ItemId, RoomId, VisitId},
    marking::{
        Channel, Marking,
        view::{LinePart, NewsKind},
    },
    people::input::PersonInput,
    programme::{
        input::{ItemInput, ParticipantInput},
        undo::Turn,
    },
    releases::Audience,
    rooms::{
        blackouts::BlackoutInput,
        input::{BookingInput, LayoutInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use std::sync::Arc;
use tempfile::TempDir;

struct House {
    office: TestOffice,
    officer: RequestContext,
    manager: RequestContext,
    visit: VisitId,
    room: RoomId,
    folder: TempDir,
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn house(engine: Engine) -> House {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    KeyFile::create(&path, None, &OsRandom).unwrap();
    let office = testing::office_with(engine, Box::new(RandomIds), KeyFile::read(&path, None).unwrap()).await;
    installation::record_tz_version(&office.chancery).await.unwrap();
    let manager = office.signed_in("manager", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    // A feed shows no more than TLP:GREEN.
    let green = ["existence", "title", "dates", "parties"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned()));
    let visit = visits::create_visit(&officer, VisitInput { markings: green.into(), ..a_visit() }).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    let site = SiteInput { name: text("City Hall"), zone: text("America/Los_Angeles"), ..SiteInput::default() };
    let site = rooms::create_site(&manager, site).await.unwrap().id;
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 15.into() };
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Rotunda"),
        layouts: Some(vec![layout]),
        clearance: text("TLP:RED"),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    House { office, officer, manager, visit, room, folder }
}

impl House {
    /// A later start of the program with a newer database, by which Los Angeles keeps the clocks of Phoenix: an hour ahead of its winter.
    async fn later(&self) -> Chancery {
        let folder = self.folder.path().join("zoneinfo");
        testing::write_zones(&folder, "2099z", &[("America/Los_Angeles", "America/Phoenix")]);
        let zones = Zones::newest(&ZoneOptions { directory: Some(folder), system: None }).unwrap();
        let key = KeyFile::read(&self.folder.path().join("key"), None).unwrap();
        testing::chancery_with_zones(self.office.place.database.clone(), testing::now(), key, zones).await
    }

    fn at_later(&self, chancery: &Chancery, by: &RequestContext) -> RequestContext {
        chancery.context(Arc::new(by.office().clone()), by.actor().clone())
    }

    async fn line(&self, title: &str, starts: &str, ends: &str) -> ItemId {
        let input = ItemInput {
            title: text(title),
            state: text("firm"),
            room_id: Some(self.room.to_string()),
            layout: text("boardroom"),
            ..a_meeting(starts, ends)
        };
        programme::add_programme_item(&self.officer, self.visit, input).await.unwrap().view.id
    }

    fn booking(&self, purpose: &str, starts: Option<AgreedTime>, ends: Option<AgreedTime>) -> BookingInput {
        BookingInput {
            room_id: Some(self.room.to_string()),
            purpose: text(purpose),
            starts,
            ends,
            layout: text("boardroom"),
            state: text("firm"),
            ..BookingInput::default()
        }
    }
}

fn utc(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "Etc/UTC".to_owned().try_into().unwrap(), offset: None })
}

/// By what each line and booking moved, its room shared or not.
fn moves(moved: &[MovedTime]) -> Vec<(String, i64, bool)> {
    let said = moved.iter().map(|it| {
        let what = match it.what {
            MovedThing::Line { item, .. } => item.to_string(),
            MovedThing::Booking(booking) => booking.to_string(),
            MovedThing::Blackout(blackout) => blackout.to_string(),
        };
        (what, (it.is - it.was).num_minutes(), it.shares.is_some())
    });
    let mut said: Vec<_> = said.collect();
    said.sort();
    said
}

/// What is written of the uses of rooms and people that lie over one another: how many pairs there are, and of how many of them both are
/// for themselves alone.
async fn over_one_another(context: &RequestContext) -> (usize, usize) {
    let sql = "SELECT a.exclusive, b.exclusive FROM engagements a JOIN engagements b ON b.office_id = a.office_id AND b.resource_id = a.resource_id \
        AND b.id > a.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.office_id = $1";
    let pairs: Vec<(bool, bool)> = context.read().await.unwrap().all(sql, values![context.office_id()]).await.unwrap();
    (pairs.len(), pairs.iter().filter(|(one, other)| *one && *other).count())
}

/// How many uses are for themselves alone.
async fn exclusive(context: &RequestContext) -> i64 {
    let sql = "SELECT COUNT(*) FROM engagements WHERE office_id = $1 AND exclusive";
    let count: Vec<(i64,)> = context.read().await.unwrap().all(sql, values![context.office_id()]).await.unwrap();
    count[0].0
}

async fn a_person(context: &RequestContext, family: &str) -> String {
    let person = PersonInput { family: text(family), standing: text("guest"), ..PersonInput::default() };
    people::create_person(context, person).await.unwrap().id.to_string()
}

/// A line in nobody's room, in which somebody takes part.
fn with(person: &str, starts: Option<AgreedTime>, ends: Option<AgreedTime>) -> ItemInput {
    let people = Some(vec![ParticipantInput { person_id: person.to_owned(), role: "guest".into() }]);
    ItemInput { kind: text("cultural"), title: text("Tour"), state: text("firm"), people, starts, ends, ..ItemInput::default() }
}

async fn taken(context: &RequestContext, room: RoomId, day: &str) -> Vec<(String, String)> {
    let (from, until) = (instant(&format!("{day}T00:00:00Z")), instant(&format!("{day}T23:59:00Z")));
    let shown = room_availability(context, from, until, Some(room)).await.unwrap();
    let mut said: Vec<_> = shown[0].engaged.iter().map(|use_| (use_.title.clone(), use_.use_starts.format("%H:%M").to_string())).collect();
    said.sort();
    said
}

on_both! {
    async fn what_was_agreed_stays_at_its_hour_and_takes_what_it_names_at_the_new_instant(engine) {
        let house = house(engine).await;
        // On the eve of the visit; the clocks go forward on the 14th, and then both rules agree.
        let first = house.line("First", "2027-03-13T09:00", "2027-03-13T10:00").await;
        let second = house.line("Second", "2027-03-13T10:30", "2027-03-13T11:00").await;
        let summer = house.line("Summer", "2027-03-16T09:00", "2027-03-16T10:00").await;
        // Free until now: at the instant that the first line is moved to.
        let guest = house.booking("Guest", utc("2027-03-13T15:30"), utc("2027-03-13T16:30"));
        bookings::create_booking(&house.officer, guest).await.unwrap();
        let beside = house.booking("Beside", at("2027-03-13T14:00"), at("2027-03-13T15:00"));
        let beside = bookings::create_booking(&house.officer, beside).await.unwrap().view.id;
        let closing = BlackoutInput {
            room_id: Some(house.room.to_string()), starts: at("2027-03-13T20:00"), ends: at("2027-03-13T21:00"), cause: text("Paint"), ..BlackoutInput::default()
        };
        let closing = rooms::blackouts::create_blackout(&house.manager, closing).await.unwrap().id;
        let feed = feeds::make_feed(&house.officer, FeedScope::Visit(house.visit), FeedDetail::Full).await.unwrap().token().to_owned();
        let read = async |chancery: &Chancery| {
            let office = Arc::new(house.officer.office().clone());
            let Fetched::Document { bytes, etag, .. } = feeds::fetch_feed(chancery, office, &feed, None, Conditions::default()).await.unwrap() else { panic!("no document") };
            (String::from_utf8(bytes).unwrap(), etag)
        };
        let (before, tag) = read(&house.office.chancery).await;

        let later = house.later().await;
        assert!(installation::has_newer_rules(&later).await.unwrap());
        let renewed = renew_times_of_all(&later).await.unwrap();
        let moved = renewed[0].outcome.as_ref().unwrap();
        let mut expected = vec![(first.to_string(), -60, true), (second.to_string(), -60, false), (beside.to_string(), -60, false), (closing.to_string(), -60, false)];
        expected.sort();
        assert_eq!(moves(moved), expected, "the summer's line and what was agreed by other clocks stay");
        let of = |id: ItemId| moved.iter().find(|it| matches!(it.what, MovedThing::Line { item, .. } if item == id)).unwrap();
        assert_eq!((of(first).was, of(first).is), (instant("2027-03-13T17:00:00Z"), instant("2027-03-13T16:00:00Z")));
        assert_eq!(of(first).owners, [house.officer.account().unwrap()].into());
        installation::record_tz_version(&later).await.unwrap();
        assert!(!installation::has_newer_rules(&later).await.unwrap());

        let officer = house.at_later(&later, &house.officer);
        let line = read_item(&officer, first).await.unwrap();
        assert_eq!((line.starts.local.to_string().as_str(), line.starts.offset.to_string().as_str()), ("2027-03-13T09:00", "-07:00"));
        assert_eq!(read_item(&officer, summer).await.unwrap().starts, read_item(&house.officer, summer).await.unwrap().starts);
        let named = |title: &str, at: &str| (title.to_owned(), at.to_owned());
        assert_eq!(taken(&officer, house.room, "2027-03-13").await, [named("Beside", "21:00"), named("First", "16:00"), named("Guest", "15:30"), named("Second", "17:30")]);
        let standing = programme::standing::standing_clashes(&officer, house.visit).await.unwrap();
        assert!(standing[&first].iter().any(|clash| clash.level.as_deref() == Some("block")), "that two are in one room is told: {standing:?}");
        // Nobody else gets the room at the new instants, and everybody does at the old ones.
        let over = house.booking("Over", at("2027-03-13T14:15"), at("2027-03-13T14:30"));
        assert!(bookings::create_booking(&officer, over).await.is_err());
        let freed = house.booking("Freed", utc("2027-03-13T22:30"), utc("2027-03-13T22:50"));
        bookings::create_booking(&officer, freed).await.unwrap();

        // What shares its room by now is mended and marked where it is.
        let mended = ItemInput { title: text("First of all"), ..ItemInput::default() };
        change_programme_item(&officer, first, mended, &Seen::Any).await.unwrap();
        change_programme_item(&officer, first, ItemInput { title: text("First"), ..ItemInput::default() }, &Seen::Any).await.unwrap();
        let longer = ItemInput { ends: at("2027-03-13T10:15"), ..ItemInput::default() };
        assert!(change_programme_item(&officer, first, longer, &Seen::Any).await.is_err(), "for no longer than it shares it");

        // A feed shows the same event at the same hour, with a higher number.
        let (after, new_tag) = read(&later).await;
        let event = |file: &str, id: ItemId| file.split("BEGIN:VEVENT").find(|event| event.contains(&format!("UID:{id}\r\n"))).unwrap().to_owned();
        for (id, number) in [(first, 1), (second, 1), (summer, 0)] {
            let (was, is) = (event(&before, id), event(&after, id));
            let starts = |event: &str| event.lines().find(|line| line.starts_with("DTSTART")).unwrap().to_owned();
            assert_eq!(starts(&was), starts(&is));
            assert!(was.contains("\r\nSEQUENCE:0\r\n") && is.contains(&format!("\r\nSEQUENCE:{number}\r\n")), "{is}");
        }
        assert_ne!(tag, new_tag);

        // It is told once of the visit, and of the booking; it is on the record, once; asked again nothing is left to do.
        let told = news::list_news(&officer, Channel::Page).await.unwrap();
        let mut told: Vec<_> = told.iter().map(|news| (news.kind, news.title.as_str())).collect();
        told.sort_by_key(|(_, title)| *title);
        assert_eq!(told, [(NewsKind::ClocksChanged, "Beside"), (NewsKind::ClocksChanged, "First")]);
        let operator = house.at_later(&later, &house.office.operator);
        assert_eq!(renew_times(&operator).await.unwrap(), []);
        let entries: Vec<(i64,)> = operator.read().await.unwrap().all("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent = 'renew_times'", values![operator.office_id()]).await.unwrap();
        assert_eq!(entries[0].0, 1);
        verify_record(&operator, &Known::default()).await.unwrap().unwrap();
    }

    async fn holds_series_and_what_was_released_keep_to_the_clocks_too(engine) {
        let house = house(engine).await;
        let green = ["existence", "time", "title"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned()));
        let held = ItemInput { state: text("held"), markings: green.into(), ..a_meeting("2027-03-13T09:00", "2027-03-13T10:00") };
        let held = programme::add_programme_item(&house.officer, house.visit, held).await.unwrap().view;
        let pencil = BookingInput { state: text("held"), hold_until: text("2027-03-13T21:30:00Z"), ..house.booking("Pencil", at("2027-03-13T14:00"), at("2027-03-13T15:00")) };
        let pencil = bookings::create_booking(&house.officer, pencil).await.unwrap().view;
        let weekly = SeriesInput { booking: house.booking("Choir", at("2027-11-08T10:00"), at("2027-11-08T11:00")), repeats: text("weekly"), times: Some(2.into()), ..SeriesInput::default() };
        rooms::series::create_series(&house.officer, weekly).await.unwrap();
        let seen = Seen::from_form(releases::draft_version(&house.officer, house.visit).await.unwrap().as_str());
        releases::release_programme(&house.officer, house.visit, &[Audience::Office], &seen).await.unwrap();
        let staff = house.office.signed_in("staff", Role::Staff, Marking::Amber).await;
        let released = async |chancery: &Chancery| {
            let staff = house.at_later(chancery, &staff);
            let release = releases::read_release(&staff, house.visit, None).await.unwrap();
            let line = release.items.iter().find(|line| line.id == held.id).unwrap().clone();
            (line.starts.local.to_string(), line.starts.offset.to_string(), line.capital.map(|capital| capital.moment.local.to_string()))
        };
        assert_eq!(released(&house.office.chancery).await.1, "-08:00");
        let later = house.later().await;
        let operator = house.at_later(&later, &house.office.operator);
        let moved = renew_times(&operator).await.unwrap();
        assert_eq!(moved.len(), 4, "the held line, the pencil, and both days of the series: {moved:?}");
        let officer = house.at_later(&later, &house.officer);
        let held = read_item(&officer, held.id).await.unwrap();
        assert_eq!(held.hold_until, Some(instant("2027-03-13T16:00:00Z")), "a hold that ends when its line starts goes with it");
        let pencil = bookings::read_booking(&officer, pencil.id).await.unwrap();
        assert_eq!(pencil.hold_until, Some(instant("2027-03-13T21:00:00Z")), "and is never held until later than it starts");
        let capital = Some("2027-03-13T23:00".to_owned());
        assert_eq!(released(&later).await, ("2027-03-13T09:00".to_owned(), "-07:00".to_owned(), capital), "what was released is read by the clocks of today");
    }

    async fn what_has_begun_and_what_is_undone_keep_to_the_clocks(engine) {
        let house = house(engine).await;
        // It is nine o'clock on the 9th: one is going on, one is over.
        let on = house.line("Going on", "2027-03-09T08:30", "2027-03-09T09:30").await;
        let line = house.line("Call", "2027-03-13T09:00", "2027-03-13T10:00").await;
        change_programme_item(&house.officer, line, ItemInput { starts: at("2027-03-13T11:00"), ends: at("2027-03-13T12:00"), ..ItemInput::default() }, &Seen::Any).await.unwrap();
        let later = house.later().await;
        let operator = house.at_later(&later, &house.office.operator);
        let officer = house.at_later(&later, &house.officer);
        let before = read_item(&officer, on).await.unwrap().starts;
        // Who undoes before the clocks were renewed goes back to the hour, not to the instant.
        let turns = read_turns(&officer, house.visit).await.unwrap();
        turn_change(&officer, house.visit, turns.undo.unwrap().id, Turn::Undo).await.unwrap();
        let back = read_item(&officer, line).await.unwrap().starts;
        assert_eq!((back.local.to_string().as_str(), back.offset.to_string().as_str()), ("2027-03-13T09:00", "-07:00"));
        assert_eq!(renew_times(&operator).await.unwrap(), []);
        assert_eq!(read_item(&officer, on).await.unwrap().starts, before);
        // Nobody but the operator, and who keeps the office, has the times worked out anew.
        assert!(matches!(renew_times(&officer).await, Err(backend::Failure::Forbidden)));
    }

    async fn whatever_came_to_share_a_room_is_mended_on_either_side(engine) {
        let house = house(engine).await;
        let first = house.line("First", "2027-03-13T09:00", "2027-03-13T10:00").await;
        let guest = house.booking("Guest", utc("2027-03-13T15:30"), utc("2027-03-13T16:30"));
        let guest = bookings::create_booking(&house.officer, guest).await.unwrap().view.id;
        bookings::create_booking(&house.officer, house.booking("Early", utc("2027-03-13T13:00"), utc("2027-03-13T14:30"))).await.unwrap();
        house.line("Second", "2027-03-13T12:00", "2027-03-13T13:00").await;
        let pencil = BookingInput { state: text("held"), hold_until: text("2027-03-13T17:00:00Z"), ..house.booking("Pencil", utc("2027-03-13T18:30"), utc("2027-03-13T19:30")) };
        let pencil = bookings::create_booking(&house.officer, pencil).await.unwrap().view.id;
        let later = house.later().await;
        renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
        let officer = house.at_later(&later, &house.officer);
        assert_eq!((over_one_another(&officer).await, exclusive(&officer).await), ((2, 0), 3));
        let change = |booking, input: BookingInput| bookings::change_booking(&officer, booking, input, &Seen::Any);
        let named = |purpose: &str| BookingInput { purpose: text(purpose), ..BookingInput::default() };
        let at_utc = |starts: &str, ends: &str| BookingInput { starts: utc(&format!("2027-03-13T{starts}")), ends: utc(&format!("2027-03-13T{ends}")), ..BookingInput::default() };
        let raised = BookingInput { marking: text("TLP:AMBER"), ..BookingInput::default() };

        // The guest was there first, and has the room for itself: so it stays.
        change(guest, named("Delegation")).await.unwrap();
        change(guest, raised.clone()).await.unwrap();
        for (starts, ends) in [("15:30", "16:45"), ("15:45", "16:45"), ("16:00", "17:00"), ("14:30", "15:30"), ("13:30", "14:30")] {
            assert!(matches!(change(guest, at_utc(starts, ends)).await, Err(backend::Failure::Clash(_))), "{starts}");
        }
        change(guest, at_utc("15:30", "16:15")).await.unwrap();
        assert_eq!((over_one_another(&officer).await, exclusive(&officer).await), ((2, 0), 3));
        let over = house.booking("Over", utc("2027-03-13T15:40"), utc("2027-03-13T15:50"));
        assert!(bookings::create_booking(&officer, over).await.is_err(), "nobody else gets it");

        // A pencil that a settled use came over is mended, and never settled beside it.
        change(pencil, named("Rehearsal")).await.unwrap();
        change(pencil, raised).await.unwrap();
        let settled = BookingInput { state: text("firm"), ..BookingInput::default() };
        assert!(matches!(change(pencil, settled).await, Err(backend::Failure::Clash(_))));
        let promised = BookingInput { hold: text("promised"), ..BookingInput::default() };
        assert!(matches!(change(pencil, promised).await, Err(backend::Failure::Clash(_))));
        assert!(matches!(change(pencil, at_utc("18:30", "19:45")).await, Err(backend::Failure::Clash(_))));
        change(pencil, at_utc("18:30", "19:15")).await.unwrap();

        // What goes out of the way of the other has the room for itself again.
        let noon = ItemInput { starts: at("2027-03-13T10:00"), ends: at("2027-03-13T11:00"), ..ItemInput::default() };
        change_programme_item(&officer, first, noon, &Seen::Any).await.unwrap();
        assert_eq!((over_one_another(&officer).await, exclusive(&officer).await), ((1, 0), 4));
        assert!(change(guest, at_utc("15:30", "16:30")).await.is_ok());
    }

    async fn whoever_came_to_be_wanted_twice_is_mended_in_either_line(engine) {
        let house = house(engine).await;
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let person = a_person(&chief, "Pham").await;
        let add = async |input: ItemInput| programme::add_programme_item(&house.officer, house.visit, input).await.unwrap().view.id;
        let moved = add(with(&person, at("2027-03-13T14:00"), at("2027-03-13T15:00"))).await;
        let stays = add(with(&person, utc("2027-03-13T20:30"), utc("2027-03-13T21:30"))).await;
        let drops_by = add(ItemInput { drop_by: Some(true), ..with(&person, at("2027-03-13T18:00"), at("2027-03-13T19:00")) }).await;
        let dinner = add(with(&person, utc("2027-03-14T00:30"), utc("2027-03-14T01:30"))).await;
        let later = house.later().await;
        renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
        let officer = house.at_later(&later, &house.officer);
        assert_eq!(over_one_another(&officer).await, (2, 0));
        let change = |line, input: ItemInput| change_programme_item(&officer, line, input, &Seen::Any);
        for line in [moved, stays, drops_by, dinner] {
            change(line, ItemInput { title: text("Visit"), ..ItemInput::default() }).await.unwrap();
            change(line, ItemInput { markings: [("title".to_owned(), "TLP:AMBER+STRICT".to_owned())].into(), ..ItemInput::default() }).await.unwrap();
        }
        let until = |ends| ItemInput { ends, ..ItemInput::default() };
        assert!(matches!(change(stays, until(utc("2027-03-13T21:45"))).await, Err(backend::Failure::Clash(_))), "for no longer");
        let onto = ItemInput { starts: utc("2027-03-13T20:45"), ends: utc("2027-03-13T21:45"), ..ItemInput::default() };
        assert!(matches!(change(stays, onto).await, Err(backend::Failure::Clash(_))), "and no more of it");
        let takes_part = ItemInput { drop_by: Some(false), ..ItemInput::default() };
        assert!(matches!(change(drops_by, takes_part).await, Err(backend::Failure::Clash(_))), "who drops by is not wanted for all of it");
        change(stays, until(utc("2027-03-13T21:15"))).await.unwrap();
        change(moved, until(at("2027-03-13T14:45"))).await.unwrap();
        assert_eq!(over_one_another(&officer).await, (2, 0));
        change(stays, ItemInput { starts: utc("2027-03-13T20:00"), ends: utc("2027-03-13T20:45"), ..ItemInput::default() }).await.unwrap();
        assert_eq!(over_one_another(&officer).await, (1, 0));
    }

    async fn what_meets_within_its_visit_and_who_drops_by_share_nothing(engine) {
        let house = house(engine).await;
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let person = a_person(&chief, "Pham").await;
        let add = async |input: ItemInput| programme::add_programme_item(&house.officer, house.visit, input).await.unwrap().view.id;
        house.line("Talks", "2027-03-13T09:00", "2027-03-13T10:00").await;
        // Held at the instant at which the talks begin from now on: each is made ready while the other is on.
        let in_room = |input: ItemInput| ItemInput { room_id: Some(house.room.to_string()), layout: text("boardroom"), state: text("held"), ..input };
        add(in_room(ItemInput { starts: utc("2027-03-13T15:00"), ends: utc("2027-03-13T16:00"), ..a_meeting("2027-03-13T07:00", "2027-03-13T08:00") })).await;
        add(with(&person, at("2027-03-13T14:00"), at("2027-03-13T15:00"))).await;
        add(ItemInput { drop_by: Some(true), ..with(&person, utc("2027-03-13T21:15"), utc("2027-03-13T21:30")) }).await;
        add(ItemInput { state: text("wished"), ..with(&person, at("2027-03-13T18:00"), at("2027-03-13T19:00")) }).await;
        add(with(&person, utc("2027-03-14T01:15"), utc("2027-03-14T01:45"))).await;
        let later = house.later().await;
        let moved = renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
        assert_eq!(moves(&moved).iter().map(|(_, by, shares)| (*by, *shares)).collect::<Vec<_>>(), [(-60, false); 3]);
    }

    async fn what_is_shared_is_told_up_to_the_marking_of_both(engine) {
        let house = house(engine).await;
        let open = BookingInput { marking: text("TLP:GREEN"), ..house.booking("Beside", at("2027-03-13T14:00"), at("2027-03-13T15:00")) };
        bookings::create_booking(&house.officer, open).await.unwrap();
        let secret = BookingInput { marking: text("TLP:RED"), ..house.booking("Secret", utc("2027-03-13T20:30"), utc("2027-03-13T21:30")) };
        bookings::create_booking(&house.officer, secret).await.unwrap();
        let later = house.later().await;
        let moved = renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
        assert_eq!((moved.len(), moved[0].marking, moved[0].shares), (1, Marking::Green, Some(Marking::Red)));
        assert!(moved[0].shares_for(Marking::Red) && !moved[0].shares_for(Marking::Green));
    }

    async fn what_the_clocks_alone_moved_is_no_new_release(engine) {
        let house = house(engine).await;
        let green = || ["existence", "time", "title"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into();
        let held = ItemInput { state: text("held"), markings: green(), ..a_meeting("2027-03-13T09:00", "2027-03-13T10:00") };
        programme::add_programme_item(&house.officer, house.visit, held).await.unwrap();
        let firm = ItemInput { state: text("firm"), markings: green(), ..a_meeting("2027-03-13T14:00", "2027-03-13T15:00") };
        let firm = programme::add_programme_item(&house.officer, house.visit, firm).await.unwrap().view.id;
        let release = async |officer: &RequestContext| {
            let seen = Seen::from_form(releases::draft_version(officer, house.visit).await.unwrap().as_str());
            releases::release_programme(officer, house.visit, &[Audience::Office], &seen).await.unwrap()[0].number
        };
        assert_eq!(release(&house.officer).await, 1);
        let later = house.later().await;
        let officer = house.at_later(&later, &house.officer);
        let staff = house.office.signed_in("staff", Role::Staff, Marking::Amber).await;
        let shown = releases::read_release(&house.at_later(&later, &staff), house.visit, None).await.unwrap();
        // Also before anything is written anew.
        for is_renewed in [false, true] {
            if is_renewed {
                renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
            }
            let preview = releases::preview_release(&officer, house.visit, &[Audience::Office]).await.unwrap().remove(0);
            assert!(!preview.is_new && preview.difference.is_empty(), "{preview:?}");
            assert_eq!(release(&officer).await, 1);
        }
        let line = read_item(&officer, firm).await.unwrap();
        let frozen = shown.items.iter().find(|line| line.id == firm).unwrap();
        assert_eq!((&frozen.starts, &frozen.capital, &frozen.shift), (&line.starts, &line.capital, &line.shift));
        // What is said otherwise is told, and what the clocks moved beside it is not.
        change_programme_item(&officer, firm, ItemInput { title: text("Signing"), ..ItemInput::default() }, &Seen::Any).await.unwrap();
        let preview = releases::preview_release(&officer, house.visit, &[Audience::Office]).await.unwrap().remove(0);
        let changed: Vec<_> = preview.difference.changed.iter().map(|change| (change.after.id, change.parts.clone())).collect();
        assert_eq!(changed, [(firm, vec![LinePart::Title])]);
        assert_eq!(release(&officer).await, 2);
    }

    async fn an_office_that_cannot_be_renewed_keeps_no_other_from_it(engine) {
        let mut house = house(engine).await;
        let line = house.line("First", "2027-03-13T09:00", "2027-03-13T10:00").await;
        let (operator, officer) = (house.office.operator.clone(), house.officer.clone());
        house.office.begin_anew().await;
        let other = house.office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let visit = visits::create_visit(&other, a_visit()).await.unwrap().id;
        let other = house.office.again(other.account().unwrap()).await;
        programme::add_programme_item(&other, visit, a_meeting("2027-03-13T09:00", "2027-03-13T10:00")).await.unwrap();
        let set_body = async |body: String| {
            let mut transaction = operator.write().await.unwrap();
            transaction.execute("UPDATE items SET body = $3 WHERE office_id = $1 AND id = $2", values![operator.office_id(), line, body]).await.unwrap();
            transaction.commit().await.unwrap();
        };
        let body: Vec<(String,)> = operator.read().await.unwrap().all("SELECT body FROM items WHERE office_id = $1 AND id = $2", values![operator.office_id(), line]).await.unwrap();
        set_body("{}".to_owned()).await;
        let later = house.later().await;
        let outcomes = async || {
            let renewed = renew_times_of_all(&later).await.unwrap();
            let of = |office: &RequestContext| renewed.iter().find(|it| it.context.office_id() == office.office_id()).unwrap().outcome.as_ref().map(Vec::len);
            (of(&operator).ok(), of(&other).ok())
        };
        assert_eq!(outcomes().await, (None, Some(1)));
        set_body(body[0].0.clone()).await;
        assert_eq!(outcomes().await, (Some(1), Some(0)));
        assert_eq!(read_item(&house.at_later(&later, &officer), line).await.unwrap().starts.offset.to_string(), "-07:00");
    }

    async fn who_is_told_reads_of_it_what_they_may_read_and_no_more(engine) {
        let house = house(engine).await;
        let chief = house.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let officers = async |name: &str, ceiling: Marking| {
            let account = house.office.account(name, Role::ProtocolOfficer, ceiling).await;
            visits::grant_access(&house.officer, house.visit, account, "takes part").await.unwrap();
            account
        };
        let (cleared, other, gone) = (officers("cleared", Marking::AmberStrict).await, officers("other", Marking::Amber).await, officers("gone", Marking::AmberStrict).await);
        let line = ItemInput { state: text("firm"), ..a_meeting("2027-03-13T09:00", "2027-03-13T10:00") };
        let markings = ["existence", "time", "title"].map(|part| (part.to_owned(), "TLP:AMBER+STRICT".to_owned()));
        let secret = ItemInput { title: text("Call on the dissident"), cover: text("Private meeting"), markings: markings.into(), ..line };
        programme::add_programme_item(&house.officer, house.visit, secret).await.unwrap();
        let booked = BookingInput { marking: text("TLP:AMBER"), ..house.booking("Interrogation", at("2027-03-13T14:00"), at("2027-03-13T15:00")) };
        bookings::create_booking(&chief, booked).await.unwrap();
        let later = house.later().await;
        renew_times(&house.at_later(&later, &house.office.operator)).await.unwrap();
        visits::revoke_access(&house.officer, house.visit, gone).await.unwrap();
        let told = async |account, channel: Channel| {
            let reader = house.at_later(&later, &house.office.again(account).await);
            let news = news::list_news(&reader, channel).await.unwrap();
            news.into_iter().map(|news| (news.kind, news.title, news.marking)).collect::<Vec<_>>()
        };
        let line = (NewsKind::ClocksChanged, "Call on the dissident".to_owned(), Marking::AmberStrict);
        assert_eq!(told(cleared, Channel::Page).await, std::slice::from_ref(&line));
        assert_eq!(told(cleared, Channel::File).await, []);
        assert_eq!(told(other, Channel::Page).await, [], "not even that there is something");
        assert_eq!(told(gone, Channel::Page).await, [], "what was told is read with the rights of today");
        let booking = (NewsKind::ClocksChanged, "Interrogation".to_owned(), Marking::Amber);
        assert_eq!(told(chief.account().unwrap(), Channel::Page).await, std::slice::from_ref(&booking), "who is not on the list is told of the booking alone");
        assert_eq!(told(chief.account().unwrap(), Channel::Mail).await, []);
    }
}
