//! Calendar feeds from the link to the file: what is in them, for whom, and how they change.

use backend::{
    Failure, RequestContext,
    accounts::directory::NewAccount,
    database::Connection,
    feeds::{self, Conditions, Fetched},
    offices, on_both, programme, releases,
    rooms::{
        availability::room_availability,
        blackouts::{create_blackout, end_blackout},
        bookings,
    },
    testing::{
        self, Engine, TestOffice,
        inputs::{ZONE, at, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    feeds::{FeedDetail, FeedScope},
    ids::{AccountId, ItemId, MissionId, RoomId, SiteId},
    marking::{
        Marking,
        view::{BlackoutView, VisitView},
    },
    programme::input::{ItemInput, ParticipantInput},
    releases::Audience,
    rooms::{blackouts::BlackoutInput, input::BookingInput},
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};
use icalendar::{Calendar, CalendarComponent, Component, Event, EventLike};
use std::{collections::BTreeMap, str::FromStr, sync::Arc};
use uuid::Uuid;

const GREEN: &str = "TLP:GREEN";

fn all(parts: &[&str], marking: &str) -> BTreeMap<String, String> {
    parts.iter().map(|part| ((*part).to_owned(), marking.to_owned())).collect()
}

/// A visit that every account of the office may know of.
fn an_open_visit() -> VisitInput {
    VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister of Viet Nam"),
        starts_on: text("2027-03-13"),
        ends_on: text("2027-03-18"),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: text("Hà Nội"),
        markings: all(&["existence", "title", "dates", "parties"], GREEN),
        ..VisitInput::default()
    }
}

/// A firm line whose parts take the visit's marking.
fn a_line(title: &str, starts: &str, ends: &str) -> ItemInput {
    ItemInput {
        kind: text("bilateral"),
        title: text(title),
        starts: at(starts),
        ends: at(ends),
        state: text("firm"),
        ..ItemInput::default()
    }
}

/// The same, with its existence and so all of it at TLP:AMBER.
fn a_closed_line(title: &str, starts: &str, ends: &str) -> ItemInput {
    ItemInput { markings: all(&["existence", "time", "title", "place"], "TLP:AMBER"), ..a_line(title, starts, ends) }
}

async fn a_room(office: &TestOffice, name: &str) -> RoomId {
    let (site, room) = (Uuid::new_v4(), Uuid::new_v4());
    let id = office.operator.office_id();
    let mut transaction = office.operator.write().await.unwrap();
    let body = format!(r#"{{"name":"City Hall","address":"200 N Spring St","zone":"{ZONE}","travel":[]}}"#);
    let sql = "INSERT INTO sites (office_id, id, revision, name, body) VALUES ($1, $2, 1, $3, $4)";
    transaction.execute(sql, values![id, SiteId(site), "City Hall", body]).await.unwrap();
    let body = format!(
        r#"{{"site":"{site}","name":"{name}","floor":null,"layouts":[{{"layout":"boardroom","capacity":24,"set_up_minutes":15,"clearing_minutes":10}}],"features":[],"hours":[],"clearance":"TLP:AMBER"}}"#
    );
    let sql = "INSERT INTO rooms (office_id, id, site_id, revision, name, folded, body) VALUES ($1, $2, $3, 1, $4, $4, $5)";
    transaction.execute(sql, values![id, RoomId(room), SiteId(site), name, body]).await.unwrap();
    transaction.execute("INSERT INTO resources (office_id, id, kind) VALUES ($1, $2, 'room')", values![id, room]).await.unwrap();
    transaction.commit().await.unwrap();
    RoomId(room)
}

/// An account of a mission, confirmed by the office.
async fn a_guest(office: &TestOffice, mission: MissionId) -> AccountId {
    let new = NewAccount {
        email: EmailAddress::parse("vietnam@test.chancery.example").unwrap(),
        name: Title::parse("Consul").unwrap(),
        person: None,
        mission: Some(mission),
        confirmed: true,
        roles: vec![Role::MissionMember],
        ceiling: Marking::Clear,
        password_hash: None,
        ends_on: None,
    };
    offices::make_account(&office.operator, new).await.unwrap()
}

struct Desk {
    office: TestOffice,
    officer: RequestContext,
    visit: VisitView,
}

async fn desk(engine: Engine) -> Desk {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let visit = visits::create_visit(&officer, an_open_visit()).await.unwrap();
    let officer = office.again(officer.account().unwrap()).await;
    Desk { office, officer, visit }
}

impl Desk {
    async fn add(&self, line: ItemInput) -> ItemId {
        programme::add_programme_item(&self.officer, self.visit.id, line).await.unwrap().view.id
    }

    async fn seen(&self, id: ItemId) -> Seen {
        Seen::from_form(ETag::of(&programme::read_item(&self.officer, id).await.unwrap()).unwrap().as_str())
    }

    async fn change(&self, id: ItemId, input: ItemInput) {
        let seen = self.seen(id).await;
        programme::change_programme_item(&self.officer, id, input, &seen).await.unwrap();
    }

    async fn release(&self, audiences: &[Audience]) {
        let version = releases::draft_version(&self.officer, self.visit.id).await.unwrap();
        let seen = Seen::from_form(version.as_str());
        releases::release_programme(&self.officer, self.visit.id, audiences, &seen).await.unwrap();
    }

    async fn feed(&self, scope: FeedScope) -> String {
        subscribe(&self.officer, scope, FeedDetail::Full).await
    }

    async fn visit_feed(&self) -> String {
        self.feed(FeedScope::Visit(self.visit.id)).await
    }

    async fn fetch(&self, token: &str) -> Fetched {
        fetch_if(&self.office, token, Conditions::default()).await
    }

    async fn read(&self, token: &str) -> String {
        let Fetched::Document { bytes, .. } = self.fetch(token).await else { panic!("no document") };
        String::from_utf8(bytes).unwrap()
    }
}

async fn subscribe(context: &RequestContext, scope: FeedScope, detail: FeedDetail) -> String {
    feeds::make_feed(context, scope, detail).await.unwrap().token().to_owned()
}

async fn fetch_if(office: &TestOffice, token: &str, conditions: Conditions<'_>) -> Fetched {
    let host = Arc::new(office.operator.office().clone());
    feeds::fetch_feed(&office.chancery, host, token, Some("Thunderbird"), conditions).await.unwrap()
}

fn events(file: &str) -> Vec<Event> {
    let calendar = Calendar::from_str(file).expect("a calendar");
    let events = calendar.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events.collect()
}

fn titles(file: &str) -> Vec<String> {
    let mut titles: Vec<String> = events(file).iter().map(|event| event.get_summary().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

fn property(event: &Event, name: &str) -> String {
    event.property_value(name).unwrap_or_default().to_owned()
}

async fn deliveries(office: &TestOffice) -> usize {
    let mut connection = office.operator.read().await.unwrap();
    let rows: Vec<(String,)> = connection.all("SELECT intent FROM audit_entries WHERE intent = 'deliver_feed'", values![]).await.unwrap();
    rows.len()
}

on_both! {
    async fn a_feed_of_a_visit_shows_its_lines(engine) {
        let desk = desk(engine).await;
        let id = desk.add(ItemInput { dress: text("Dark suit"), press: text("pool"), place: text("City Hall"), ..a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45") }).await;
        desk.add(ItemInput { state: text("wished"), ..a_line("Perhaps a tour", "2027-03-17T10:00", "2027-03-17T10:45") }).await;
        desk.add(ItemInput { state: text("held"), ..a_line("Dinner", "2027-03-17T19:00", "2027-03-17T21:00") }).await;
        let file = desk.read(&desk.visit_feed().await).await;
        assert!(file.contains("\r\nNAME:Prime Minister of Viet Nam · Office of International Affairs\r\n"), "{file}");
        let events = events(&file);
        assert_eq!(titles(&file), ["Courtesy call", "Dinner"], "what is wished for is in no feed");
        let call = events.iter().find(|event| event.get_summary() == Some("Courtesy call")).unwrap();
        assert_eq!(call.get_uid(), Some(id.to_string().as_str()));
        assert_eq!((property(call, "STATUS"), property(call, "SEQUENCE")), ("CONFIRMED".into(), "0".into()));
        assert_eq!(property(call, "DTSTART"), "20270316T100000");
        assert_eq!(call.get_location(), Some("City Hall"));
        let said = call.get_description().unwrap();
        for part in [
            "Local time: Tuesday 16 March 2027, 10:00 to 10:45 (America/Los_Angeles, UTC-07:00)",
            "In Hà Nội: Wednesday 17 March 2027, 00:00 (Asia/Ho_Chi_Minh, UTC+07:00)",
            "Dress: Dark suit",
            "Press: a pool",
        ] {
            assert!(said.contains(part), "{said}");
        }
        let dinner = events.iter().find(|event| event.get_summary() == Some("Dinner")).unwrap();
        assert_eq!(property(dinner, "STATUS"), "TENTATIVE");
    }

    async fn a_line_says_whose_it_is_who_takes_part_and_how_one_gets_there(engine) {
        let desk = desk(engine).await;
        let (mayor, room) = (desk.office.person("Mayor Testa").await, a_room(&desk.office, "Rotunda").await);
        let people = Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]);
        let in_room = ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), ..a_line("Reception", "2027-03-16T10:00", "2027-03-16T11:00") };
        desk.add(ItemInput { people: people.clone(), markings: all(&["people"], GREEN), ..in_room.clone() }).await;
        let later = ItemInput { starts: at("2027-03-17T10:00"), ends: at("2027-03-17T11:00"), title: text("Farewell"), ..in_room };
        desk.add(ItemInput { people, ..later }).await;
        let token = desk.visit_feed().await;
        let mut host = desk.office.operator.office().clone();
        host.details.mailbox = Some(EmailAddress::parse("protocol@city.example").unwrap());
        let answer = feeds::fetch_feed(&desk.office.chancery, Arc::new(host), &token, None, Conditions::default()).await.unwrap();
        let Fetched::Document { bytes, .. } = answer else { panic!("no document") };
        let file = String::from_utf8(bytes).unwrap().replace("\r\n ", "");
        let of = |title: &str| {
            let event = file.split("BEGIN:VEVENT").find(|event| event.contains(&format!("SUMMARY:{title}\r\n"))).unwrap();
            move |line: &str| event.contains(&format!("\r\n{line}\r\n"))
        };
        let (reception, farewell) = (of("Reception"), of("Farewell"));
        for line in [
            "LOCATION:Rotunda\\, City Hall\\, 200 N Spring St",
            "CATEGORIES:Prime Minister of Viet Nam",
            "ORGANIZER;CN=\"Office of International Affairs\":mailto:protocol@city.example",
        ] {
            assert!(reception(line) && farewell(line), "{line}: {file}");
        }
        let attendee = format!("ATTENDEE;CN=\"Mayor Testa\";CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED:urn:uuid:{mayor}");
        assert!(reception(&attendee) && !farewell(&attendee), "who takes part is told where the channel may carry it: {file}");
        let plain = desk.read(&subscribe(&desk.officer, FeedScope::Visit(desk.visit.id), FeedDetail::Titles).await).await;
        assert!(!plain.contains("ATTENDEE") && !plain.contains("ORGANIZER") && !plain.contains("LOCATION"), "{plain}");
    }

    async fn a_line_that_is_moved_keeps_its_identity_and_gets_a_higher_number(engine) {
        let desk = desk(engine).await;
        let id = desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let token = desk.visit_feed().await;
        let before = events(&desk.read(&token).await).remove(0);
        desk.change(id, ItemInput { starts: at("2027-03-16T11:00"), ends: at("2027-03-16T11:45"), ..ItemInput::default() }).await;
        let after = events(&desk.read(&token).await).remove(0);
        assert_eq!(before.get_uid(), after.get_uid());
        assert_eq!((property(&before, "SEQUENCE"), property(&after, "SEQUENCE")), ("0".into(), "1".into()));
        assert!(property(&before, "DTSTAMP") < property(&after, "DTSTAMP"));
        desk.change(id, ItemInput { title: text("Working meeting"), ..ItemInput::default() }).await;
        let named = events(&desk.read(&token).await).remove(0);
        assert_eq!((property(&named, "SEQUENCE"), named.get_summary()), ("1".into(), Some("Working meeting")));
    }

    async fn what_does_not_change_has_the_same_bytes_and_is_delivered_once(engine) {
        let desk = desk(engine).await;
        desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let token = desk.visit_feed().await;
        let Fetched::Document { bytes, etag, last_modified } = desk.fetch(&token).await else { panic!("no document") };
        assert_eq!(desk.fetch(&token).await, Fetched::Document { bytes, etag: etag.clone(), last_modified });
        let tags = [etag.as_str()];
        let again = fetch_if(&desk.office, &token, Conditions { if_none_match: &tags, if_modified_since: None }).await;
        assert_eq!(again, Fetched::NotModified { etag, last_modified });
        assert_eq!(deliveries(&desk.office).await, 1, "the record has the first delivery of these bytes alone");
        let [view] = feeds::list_own_feeds(&desk.officer).await.unwrap().try_into().unwrap();
        assert_eq!((view.title.as_deref(), view.fetched_by.as_deref()), (Some("Prime Minister of Viet Nam"), Some("Thunderbird")));
        assert_eq!(view.fetched_at, Some(testing::now()));
    }

    async fn a_change_that_its_reader_does_not_see_alters_no_byte(engine) {
        let desk = desk(engine).await;
        let id = desk.add(ItemInput { notes: text("Door code 4711"), ..a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45") }).await;
        let token = desk.visit_feed().await;
        let before = desk.fetch(&token).await;
        desk.change(id, ItemInput { notes: text("Door code 0815"), vehicles: text("Two vans"), ..ItemInput::default() }).await;
        assert_eq!(desk.fetch(&token).await, before);
        let file = desk.read(&token).await;
        assert!(!file.contains("4711") && !file.contains("0815") && !file.contains("vans"), "{file}");
    }

    async fn above_the_ceiling_of_feeds_a_line_shows_as_a_stand_in(engine) {
        let desk = desk(engine).await;
        let first = desk.add(a_closed_line("Talks on the canary", "2027-03-16T10:05", "2027-03-16T10:40")).await;
        desk.add(a_closed_line("More talks", "2027-03-16T10:45", "2027-03-16T11:00")).await;
        desk.add(ItemInput { cover: text("Reception"), ..a_closed_line("Signing", "2027-03-17T10:05", "2027-03-17T10:40") }).await;
        let token = desk.visit_feed().await;
        let file = desk.read(&token).await;
        assert!(!file.contains("canary") && !file.contains("Signing") && !file.contains(&first.to_string()), "{file}");
        let engaged: Vec<Event> = events(&file).into_iter().filter(|event| event.get_summary() == Some("Engaged")).collect();
        let [engaged] = engaged.as_slice() else { panic!("touching stand-ins are one: {file}") };
        assert_eq!((property(engaged, "DTSTART"), property(engaged, "DTEND")), ("20270316T100000".into(), "20270316T110000".into()));
        assert_eq!(engaged.get_location(), None);
    }

    async fn a_room_shows_what_may_be_read_and_that_it_is_taken(engine) {
        let desk = desk(engine).await;
        let room = a_room(&desk.office, "Rotunda").await;
        let in_room = |line: ItemInput| ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), ..line };
        desk.add(in_room(a_line("Reception", "2027-03-16T10:00", "2027-03-16T11:00"))).await;
        desk.add(in_room(a_closed_line("Talks on the canary", "2027-03-17T10:05", "2027-03-17T11:00"))).await;
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        let own = desk.read(&desk.feed(FeedScope::Room(room)).await).await;
        let theirs = desk.read(&subscribe(&staff, FeedScope::Room(room), FeedDetail::Full).await).await;
        assert_eq!(titles(&own), ["Reception", "Reserved"]);
        assert_eq!(titles(&theirs), ["Reserved", "Reserved"], "who is not on the list reads what was released");
        let of_talks = |file: &str| events(file).into_iter().find(|event| property(event, "DTSTART").starts_with("20270317")).unwrap();
        let (mine, others) = (of_talks(&own), of_talks(&theirs));
        // Fifteen minutes before and ten after, on the quarter of an hour outward.
        assert_eq!((property(&mine, "DTSTART"), property(&mine, "DTEND")), ("20270317T094500".into(), "20270317T111500".into()));
        assert_eq!(property(&mine, "DTSTART"), property(&others, "DTSTART"));
        assert_ne!(mine.get_uid(), others.get_uid(), "a stand-in's identity is its reader's own");
        assert!(own.contains("NAME:Rotunda\\, City Hall"), "{own}");
    }

    async fn a_room_that_is_closed_says_so_and_why_as_far_as_a_feed_may(engine) {
        let desk = desk(engine).await;
        let room = a_room(&desk.office, "Rotunda").await;
        let manager = desk.office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let works = |day: u32, cause: &str, marking: &str| BlackoutInput {
            room_id: Some(room.to_string()),
            starts: at(&format!("2027-03-{day}T08:00")),
            ends: at(&format!("2027-03-{day}T18:10")),
            cause: text(cause),
            marking: text(marking),
            ..BlackoutInput::default()
        };
        let open = create_blackout(&manager, works(16, "The floor is laid anew", GREEN)).await.unwrap();
        let closed = create_blackout(&manager, works(17, "CANARY bugs are looked for", "TLP:AMBER")).await.unwrap();
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        let tokens = [(&manager, FeedDetail::Full), (&staff, FeedDetail::Titles), (&staff, FeedDetail::Busy)];
        let mut uids = Vec::new();
        for (reader, detail) in tokens {
            let token = subscribe(reader, FeedScope::Room(room), detail).await;
            let file = desk.read(&token).await;
            assert!(!file.contains("CANARY"), "{file}");
            let expected = if detail == FeedDetail::Busy { ["Closed", "Closed"] } else { ["Closed", "The floor is laid anew"] };
            assert_eq!(titles(&file), expected, "{file}");
            let of_day = |day: &str| events(&file).into_iter().find(|event| property(event, "DTSTART").starts_with(day)).unwrap();
            assert_eq!((property(&of_day("20270317"), "DTSTART"), property(&of_day("20270317"), "DTEND")), ("20270317T080000".into(), "20270317T181000".into()));
            uids.push([of_day("20270316"), of_day("20270317")].map(|event| event.get_uid().unwrap().to_owned()));
            assert_eq!(desk.read(&token).await, file, "what did not change has the same bytes");
        }
        let id = |view: &BlackoutView| view.id.to_string();
        assert_eq!((&uids[0][0], &uids[1][0]), (&id(&open), &id(&open)), "one event in every feed that tells it");
        assert!(uids.iter().all(|[_, hidden]| *hidden != id(&closed)));
        assert_ne!(uids[0][1], uids[1][1], "a stand-in's identity is its reader's own");
        assert_ne!(uids[1][0], uids[2][0]);
        let token = subscribe(&staff, FeedScope::Room(room), FeedDetail::Full).await;
        end_blackout(&manager, open.id, &Seen::Any).await.unwrap();
        assert_eq!(titles(&desk.read(&token).await), ["Closed"], "one that was taken back is gone");
    }

    async fn the_feed_of_a_room_and_its_board_are_one_view(engine) {
        let desk = desk(engine).await;
        let room = a_room(&desk.office, "Tom Bradley Room").await;
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        let token = subscribe(&staff, FeedScope::Room(room), FeedDetail::Full).await;
        let in_room = |line: ItemInput| ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), ..line };
        let green = |line: ItemInput| ItemInput { markings: all(&["existence", "time", "title", "place"], GREEN), ..line };
        let call = desk.add(in_room(green(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")))).await;
        desk.add(in_room(a_closed_line("CANARY talks", "2027-03-16T12:00", "2027-03-16T13:00"))).await;
        let mut covered = ItemInput { cover: text("Maintenance"), ..a_closed_line("CANARY dinner", "2027-03-16T15:00", "2027-03-16T16:00") };
        covered.markings.insert("cover".into(), GREEN.into());
        desk.add(in_room(covered)).await;
        let booking = BookingInput { room_id: Some(room.to_string()), starts: at("2027-03-16T18:00"), ends: at("2027-03-16T19:00"), purpose: text("Budget briefing"), layout: text("boardroom"), state: text("firm"), ..BookingInput::default() };
        bookings::create_booking(&desk.officer, booking).await.unwrap();
        let told = async || {
            let (from, until) = ("2027-03-16T07:00:00Z".parse().unwrap(), "2027-03-18T07:00:00Z".parse().unwrap());
            let [view] = room_availability(&staff, from, until, Some(room)).await.unwrap().try_into().unwrap();
            let mut said: Vec<String> = view.engaged.into_iter().map(|it| it.title).collect();
            said.extend(view.reserved.into_iter().map(|it| it.cover.unwrap_or_else(|| "Reserved".into())));
            said.sort();
            let file = desk.read(&token).await;
            assert!(!file.contains("CANARY"));
            assert_eq!(titles(&file), said, "{file}");
            said
        };
        assert_eq!(told().await, ["Budget briefing", "Maintenance", "Reserved", "Reserved"], "of a draft nothing is told");
        desk.release(&[Audience::Office]).await;
        assert_eq!(told().await, ["Budget briefing", "Courtesy call", "Maintenance", "Reserved"]);
        let shown = async || {
            let (from, until) = ("2027-03-16T07:00:00Z".parse().unwrap(), "2027-03-18T07:00:00Z".parse().unwrap());
            let [view] = room_availability(&staff, from, until, Some(room)).await.unwrap().try_into().unwrap();
            (view.engaged.into_iter().find(|it| it.title == "Courtesy call").unwrap(), desk.read(&token).await)
        };
        let before = shown().await;
        desk.change(call, ItemInput { state: text("held"), hold_until: text("2027-03-15T18:00:00Z"), ..ItemInput::default() }).await;
        assert_eq!(shown().await, before, "that the draft has become a hold was not released");
        desk.change(call, ItemInput { state: text("firm"), ..ItemInput::default() }).await;
        desk.change(call, ItemInput { starts: at("2027-03-16T08:00"), ends: at("2027-03-16T08:45"), ..ItemInput::default() }).await;
        assert_eq!(told().await, ["Budget briefing", "Maintenance", "Reserved", "Reserved"], "that it was moved was not released");
    }

    async fn ones_own_engagements_are_there_and_those_of_a_principal_to_who_plans(engine) {
        let desk = desk(engine).await;
        let mayor = desk.office.person("Mayor Testa").await;
        let scheduler = desk.office.account("scheduler", Role::Scheduler, Marking::Green).await;
        let mut transaction = desk.office.operator.write().await.unwrap();
        let sql = "UPDATE accounts SET person_id = $2 WHERE id = $1";
        transaction.execute(sql, values![scheduler, mayor]).await.unwrap();
        transaction.commit().await.unwrap();
        let people = Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]);
        desk.add(ItemInput { people: people.clone(), ..a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45") }).await;
        desk.add(ItemInput { people, markings: all(&["people"], GREEN), ..a_line("Reception", "2027-03-17T10:00", "2027-03-17T10:45") }).await;
        let scheduler = desk.office.again(scheduler).await;
        let mine = desk.read(&subscribe(&scheduler, FeedScope::Mine, FeedDetail::Full).await).await;
        assert_eq!(titles(&mine), ["Courtesy call", "Reception"]);
        let principal = desk.read(&desk.feed(FeedScope::Principal(mayor)).await).await;
        assert_eq!(titles(&principal), ["Engaged", "Reception"], "that somebody takes part is told only where it may be read");
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        let theirs = desk.read(&subscribe(&staff, FeedScope::Principal(mayor), FeedDetail::Full).await).await;
        assert_eq!(titles(&theirs), Vec::<String>::new());
    }

    async fn who_is_not_on_the_list_reads_what_was_released(engine) {
        let desk = desk(engine).await;
        let id = desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        desk.add(a_closed_line("Talks on the canary", "2027-03-17T10:05", "2027-03-17T11:00")).await;
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        let scope = FeedScope::Visit(desk.visit.id);
        let token = subscribe(&staff, scope, FeedDetail::Full).await;
        assert_eq!(titles(&desk.read(&token).await), Vec::<String>::new());
        desk.release(&[Audience::Office]).await;
        assert_eq!(titles(&desk.read(&token).await), ["Courtesy call"]);
        desk.change(id, ItemInput { starts: at("2027-03-16T11:00"), ends: at("2027-03-16T11:45"), ..ItemInput::default() }).await;
        let [event] = events(&desk.read(&token).await).try_into().unwrap();
        assert_eq!(property(&event, "DTSTART"), "20270316T100000", "the draft's change is not released");
        desk.release(&[Audience::Office]).await;
        let [event] = events(&desk.read(&token).await).try_into().unwrap();
        assert_eq!((property(&event, "DTSTART"), property(&event, "SEQUENCE")), ("20270316T110000".into(), "1".into()));
        assert_eq!(event.get_uid(), Some(id.to_string().as_str()));
    }

    async fn a_mission_subscribes_to_what_was_released_to_it_alone(engine) {
        let desk = desk(engine).await;
        desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let mission = MissionId(Uuid::new_v4());
        let guest = a_guest(&desk.office, mission).await;
        let room = a_room(&desk.office, "Rotunda").await;
        let reader = desk.office.again(guest).await;
        for scope in [FeedScope::Visit(desk.visit.id), FeedScope::Room(room), FeedScope::Office, FeedScope::Mine] {
            let refused = feeds::make_feed(&reader, scope, FeedDetail::Full).await;
            assert!(matches!(refused, Err(Failure::NotFound)), "{scope:?}: {refused:?}");
        }
    }

    async fn the_detail_of_a_feed_is_all_it_shows(engine) {
        let desk = desk(engine).await;
        desk.add(ItemInput { dress: text("Dark suit"), place: text("City Hall"), ..a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45") }).await;
        let scope = FeedScope::Visit(desk.visit.id);
        let busy = desk.read(&subscribe(&desk.officer, scope, FeedDetail::Busy).await).await;
        assert_eq!(titles(&busy), ["Busy"]);
        let named = desk.read(&subscribe(&desk.officer, scope, FeedDetail::Titles).await).await;
        assert_eq!(titles(&named), ["Courtesy call"]);
        for file in [busy, named] {
            assert!(!file.contains("City Hall") && !file.contains("Dark suit"), "{file}");
        }
    }

    async fn a_line_that_is_taken_out_stays_as_cancelled_for_who_saw_it(engine) {
        let desk = desk(engine).await;
        let id = desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let token = desk.visit_feed().await;
        desk.read(&token).await;
        let seen = desk.seen(id).await;
        programme::remove_programme_item(&desk.officer, id, &seen).await.unwrap();
        let gone = desk.read(&token).await;
        let [event] = events(&gone).try_into().unwrap();
        assert_eq!((event.get_summary(), property(&event, "STATUS"), property(&event, "TRANSP"), property(&event, "SEQUENCE")),
            (Some("Cancelled: Courtesy call"), "CANCELLED".into(), "TRANSPARENT".into(), "1".into()));
        assert_eq!(desk.read(&token).await, gone, "and stays so");
        let new = desk.read(&desk.visit_feed().await).await;
        assert_eq!(titles(&new), Vec::<String>::new(), "a feed that never showed it does not begin to");
    }

    async fn a_booking_that_is_cancelled_stays_as_cancelled_in_the_feed_of_its_room(engine) {
        let desk = desk(engine).await;
        let room = a_room(&desk.office, "Rotunda").await;
        let booking = |purpose: &str, day: &str, marking: &str| BookingInput {
            room_id: Some(room.to_string()),
            starts: at(&format!("2027-03-{day}T10:00")),
            ends: at(&format!("2027-03-{day}T11:00")),
            purpose: text(purpose),
            marking: text(marking),
            state: text("firm"),
            ..BookingInput::default()
        };
        let keeper = desk.office.signed_in("keeper", Role::RoomsManager, Marking::Amber).await;
        let open = bookings::create_booking(&keeper, booking("Staff meeting", "16", GREEN)).await.unwrap().view.id;
        let closed = bookings::create_booking(&keeper, booking("Briefing on the canary", "17", "TLP:AMBER")).await.unwrap().view.id;
        let token = desk.feed(FeedScope::Room(room)).await;
        assert_eq!(titles(&desk.read(&token).await), ["Reserved", "Staff meeting"]);
        bookings::cancel_booking(&keeper, open, &Seen::Any).await.unwrap();
        bookings::cancel_booking(&keeper, closed, &Seen::Any).await.unwrap();
        let gone = desk.read(&token).await;
        let [event] = events(&gone).try_into().unwrap();
        assert_eq!(event.get_uid(), Some(open.to_string().as_str()), "what stood there as reserved goes without a trace");
        assert_eq!((event.get_summary(), property(&event, "STATUS"), property(&event, "TRANSP"), property(&event, "SEQUENCE")),
            (Some("Cancelled: Staff meeting"), "CANCELLED".into(), "TRANSPARENT".into(), "1".into()));
        assert_eq!(desk.read(&token).await, gone, "and stays so");
        let new = desk.read(&desk.feed(FeedScope::Room(room)).await).await;
        assert_eq!(titles(&new), Vec::<String>::new(), "a feed that never showed it does not begin to");
    }

    async fn a_visit_that_is_called_off_cancels_its_lines(engine) {
        let desk = desk(engine).await;
        desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let token = desk.visit_feed().await;
        desk.read(&token).await;
        let current = visits::read_visit(&desk.officer, desk.visit.id).await.unwrap();
        let seen = Seen::from_form(ETag::of(&current).unwrap().as_str());
        visits::change_visit(&desk.officer, desk.visit.id, VisitInput { state: text("cancelled"), ..VisitInput::default() }, &seen).await.unwrap();
        assert_eq!(titles(&desk.read(&token).await), ["Cancelled: Courtesy call"]);
    }

    async fn who_loses_the_right_to_read_loses_the_events_without_a_trace(engine) {
        let desk = desk(engine).await;
        let colleague = desk.office.account("colleague", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&desk.officer, desk.visit.id, colleague, "works on it").await.unwrap();
        desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let reader = desk.office.again(colleague).await;
        let token = subscribe(&reader, FeedScope::Visit(desk.visit.id), FeedDetail::Full).await;
        assert_eq!(titles(&desk.read(&token).await), ["Courtesy call"]);
        visits::revoke_access(&desk.officer, desk.visit.id, colleague).await.unwrap();
        let without = desk.read(&token).await;
        assert!(!without.contains("VEVENT"), "{without}");
    }

    async fn a_feed_of_what_may_no_longer_be_known_of_is_not_found(engine) {
        let desk = desk(engine).await;
        let closed = VisitInput { markings: BTreeMap::new(), ..an_open_visit() };
        let visit = visits::create_visit(&desk.officer, closed).await.unwrap();
        let stranger = desk.office.account("stranger", Role::ProtocolOfficer, Marking::Red).await;
        let unknown = feeds::make_feed(&desk.office.again(stranger).await, FeedScope::Visit(visit.id), FeedDetail::Full).await;
        assert!(matches!(unknown, Err(Failure::NotFound)), "{unknown:?}");
        let officer = desk.office.again(desk.officer.account().unwrap()).await;
        visits::grant_access(&officer, visit.id, stranger, "takes over").await.unwrap();
        let listed = desk.office.again(stranger).await;
        let token = subscribe(&listed, FeedScope::Visit(visit.id), FeedDetail::Full).await;
        let file = desk.read(&token).await;
        assert!(file.contains("NAME:A visit · Office of International Affairs"), "a title above the ceiling names no calendar: {file}");
        visits::revoke_access(&officer, visit.id, stranger).await.unwrap();
        assert_eq!(desk.fetch(&token).await, Fetched::NotFound);
    }

    async fn a_new_link_ends_the_old_one_and_keeps_the_numbers(engine) {
        let desk = desk(engine).await;
        let id = desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        let made = feeds::make_feed(&desk.officer, FeedScope::Visit(desk.visit.id), FeedDetail::Full).await.unwrap();
        assert_eq!(made.url(), format!("http://127.0.0.1:3000/feeds/{}.ics", made.token()));
        assert!(made.webcal().starts_with("webcal://127.0.0.1:3000/feeds/"));
        assert!(!format!("{made:?}").contains(made.token()));
        desk.read(made.token()).await;
        desk.change(id, ItemInput { starts: at("2027-03-16T11:00"), ends: at("2027-03-16T11:45"), ..ItemInput::default() }).await;
        let renewed = feeds::renew_feed(&desk.officer, made.view.id).await.unwrap();
        assert_eq!(desk.fetch(made.token()).await, Fetched::NotFound);
        let [event] = events(&desk.read(renewed.token()).await).try_into().unwrap();
        assert_eq!(property(&event, "SEQUENCE"), "1");
        feeds::revoke_feed(&desk.officer, made.view.id).await.unwrap();
        assert_eq!(desk.fetch(renewed.token()).await, Fetched::NotFound);
        assert!(feeds::list_own_feeds(&desk.officer).await.unwrap().is_empty());
    }

    async fn nobody_renews_or_revokes_the_feed_of_another(engine) {
        let desk = desk(engine).await;
        let made = feeds::make_feed(&desk.officer, FeedScope::Office, FeedDetail::Titles).await.unwrap();
        let stranger = desk.office.signed_in("stranger", Role::ChiefOfProtocol, Marking::Red).await;
        assert!(matches!(feeds::renew_feed(&stranger, made.view.id).await, Err(Failure::NotFound)));
        assert!(matches!(feeds::revoke_feed(&stranger, made.view.id).await, Err(Failure::NotFound)));
        desk.read(made.token()).await;
        assert_eq!(feeds::revoke_all(&desk.officer).await.unwrap(), 1);
        assert_eq!(desk.fetch(made.token()).await, Fetched::NotFound);
    }

    async fn an_auditor_subscribes_to_nothing_and_a_text_that_is_no_token_finds_nothing(engine) {
        let desk = desk(engine).await;
        let auditor = desk.office.signed_in("auditor", Role::Auditor, Marking::Green).await;
        assert!(matches!(feeds::make_feed(&auditor, FeedScope::Office, FeedDetail::Full).await, Err(Failure::Forbidden)));
        for token in ["", "chf_", "../../etc/passwd", "chs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(desk.fetch(token).await, Fetched::NotFound);
        }
    }
}

/// What is random in a file, by names given in the order of first appearance.
fn without_ids(file: &str) -> String {
    let mut names = BTreeMap::new();
    let unfolded = file.replace("\r\n ", "");
    let id = |word: &str| Uuid::try_parse(word).is_ok();
    let mut out = String::new();
    let mut rest = unfolded.as_str();
    while !rest.is_empty() {
        let length = rest.char_indices().nth(36).map_or(rest.len(), |(at, _)| at);
        let (head, tail) = rest.split_at(length);
        if head.len() == 36 && id(head) {
            let next = names.len();
            out.push_str(&format!("id{}", names.entry(head.to_owned()).or_insert(next)));
            rest = tail;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..first]);
            rest = &rest[first..];
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_give_the_same_bytes() {
    let mut files = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let desk = desk(engine).await;
        desk.add(a_line("Courtesy call", "2027-03-16T10:00", "2027-03-16T10:45")).await;
        desk.add(a_closed_line("Talks", "2027-03-17T10:00", "2027-03-17T10:45")).await;
        files.push(without_ids(&desk.read(&desk.visit_feed().await).await));
    }
    assert_eq!(files[0], files[1]);
}
