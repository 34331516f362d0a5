//! Twin worlds: alike but for what a reader may not read, they answer the same commands with the same bytes, but for what
//! `declared.txt` names.

use crate::{
    asked::{Question, Way, a_door_plan, question, readings},
    support::{
        Answer, Asker, House,
        examples::{self, Things},
    },
    world::{a_mission, a_room, a_room_to_ask_for, a_room_with, at, boardroom, text},
};
use axum::http::{Method, header};
use backend::{
    RequestContext, delegations, feeds,
    paging::PageRequest,
    people,
    programme::{self, import::preview_import},
    releases,
    rooms::{approvals, bookings, doors::make_door_plan, series},
    sealing::{KeyFile, OsRandom},
    tasks,
    testing::{self, CountOfIds, CountedIds, Engine},
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    delegations::input::DelegateInput,
    feeds::{FeedDetail, FeedScope},
    ids::{BookingId, ItemId, MissionId, RoomId, VisitId},
    marking::Marking,
    people::input::PersonInput,
    programme::input::ItemInput,
    releases::Audience,
    rooms::{input::BookingInput, series::input::SeriesInput},
    tasks::input::TaskInput,
    visits::input::VisitInput,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};
use uuid::Uuid;

/// Who reads in both worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Eyes {
    /// A protocol officer on the visit's list, cleared to TLP:AMBER.
    Office,
    /// The mission attached to the visit.
    Mission,
    /// A rooms manager, cleared to TLP:AMBER and not on the visit's list.
    Manager,
    /// Staff, cleared to TLP:GREEN and on no list.
    Staff,
    /// A mission that no visit concerns.
    Stranger,
}

struct Twin {
    house: House,
    reader: Asker,
    /// Who keeps rooms and makes the plans of their doors.
    keeper: Asker,
    things: Things,
    visit: VisitId,
    item: ItemId,
    mission: MissionId,
    /// The last is taken by what nobody but its maker reads, in both.
    rooms: [RoomId; 3],
    /// A booking that the reader reads.
    booking: BookingId,
    count: CountOfIds,
    /// What is random by design: codes of releases.
    random: Vec<String>,
}

fn markings(of: &[(&str, Marking)]) -> std::collections::BTreeMap<String, String> {
    of.iter().map(|(part, marking)| ((*part).to_owned(), marking.label().to_owned())).collect()
}

fn a_visit(title: &str, existence: Marking) -> VisitInput {
    VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text(title),
        cover: text("A visitor"),
        starts_on: text("2027-03-09"),
        ends_on: text("2027-03-13"),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: text("Hà Nội"),
        remarks: text("Remarks"),
        markings: markings(&[("existence", existence), ("title", Marking::AmberStrict), ("remarks", Marking::Red)]),
        ..VisitInput::default()
    }
}

fn a_line(title: &str, day: u32, hour: u32, room: Option<RoomId>, of: &[(&str, Marking)]) -> ItemInput {
    ItemInput {
        kind: text("bilateral"),
        title: text(title),
        starts: at(&format!("2027-03-{day:02}T{hour:02}:10")),
        ends: at(&format!("2027-03-{day:02}T{hour:02}:40")),
        room_id: room.map(|room| room.to_string()),
        notes: text("Notes"),
        route: text("By the park"),
        state: text("firm"),
        markings: markings(of),
        ..ItemInput::default()
    }
}

/// A booking that nobody but the chief reads waits for a room, beside one that nobody but the chief reads and one of the reader's
/// own. In the other world the two are of something else, and not to the same minute.
async fn waiting_in_secret(differs: bool, house: &House, (chief, reader): (&RequestContext, &Asker)) -> Uuid {
    let (giver, room) = a_room_to_ask_for(house, "giver").await;
    let booking = |(starts, ends): (&str, &str), purpose: &str, marking: Marking, state: &str| BookingInput {
        room_id: text(room.to_string()),
        starts: at(&format!("2027-03-13T{starts}")),
        ends: at(&format!("2027-03-13T{ends}")),
        layout: text("boardroom"),
        purpose: text(purpose),
        marking: text(marking.label()),
        state: text(state),
        ..BookingInput::default()
    };
    let (minutes, purpose) = if differs { (("10:05", "10:35"), "Interrogation") } else { (("10:07", "10:33"), "Interview") };
    for state in ["firm", "held"] {
        bookings::create_booking(chief, booking(minutes, purpose, Marking::Red, state)).await.unwrap();
    }
    bookings::create_booking(&house.context(reader).await, booking(("10:15", "11:15"), "Choir", Marking::Green, "held")).await.unwrap();
    let waiting = approvals::list_approvals(&house.context(&giver).await, &PageRequest::default()).await.unwrap().items;
    waiting[0].id.uuid()
}

/// A world, and one that differs from it by what the reader may not read.
async fn twin(differs: bool, eyes: Eyes, key: &Path) -> Twin {
    let (ids, count) = CountedIds::new();
    let house = House::over(testing::office_with(Engine::Sqlite, Box::new(ids), KeyFile::read(key, None).unwrap()).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let (site, cabinet) = a_room_with(&house, "Cabinet", vec![boardroom()]).await;
    let rooms = [a_room(&house, "Rotunda").await, a_room(&house, "Garden").await, cabinet];
    let by_chief = house.context(&chief).await;
    let (mission, other) = (a_mission(&by_chief, "Viet Nam", "VN").await, a_mission(&by_chief, "Mexico", "MX").await);
    let third = a_mission(&by_chief, "Chile", "CL").await;
    let reader = match eyes {
        Eyes::Office => house.account("reader", Role::ProtocolOfficer, Marking::Amber, None).await,
        Eyes::Mission => house.account("reader", Role::MissionHead, Marking::Clear, Some(mission)).await,
        Eyes::Manager => house.account("reader", Role::RoomsManager, Marking::Amber, None).await,
        Eyes::Staff => house.account("reader", Role::Staff, Marking::Green, None).await,
        Eyes::Stranger => house.account("reader", Role::MissionHead, Marking::Clear, Some(third)).await,
    };
    let keeper = house.account("porter", Role::RoomsManager, Marking::Green, None).await;
    let mut people = Vec::new();
    for family in ["Nguyen", "Tran", "Le"] {
        let person = PersonInput { family: text(family), standing: text("guest"), ..PersonInput::default() };
        people.push(people::create_person(&by_chief, person).await.unwrap().id);
    }
    let attached = VisitInput { mission_ids: Some(vec![mission.to_string()]), ..a_visit("Prime Minister", Marking::Green) };
    let visit = visits::create_visit(&by_chief, attached).await.unwrap().id;
    let by_chief = house.context(&chief).await;
    if eyes == Eyes::Office {
        visits::grant_access(&by_chief, visit, reader.account.unwrap(), "takes part").await.unwrap();
    }
    let notes = [("notes", Marking::AmberStrict), ("movement", Marking::AmberStrict)];
    let item = programme::add_programme_item(&by_chief, visit, a_line("Meeting", 10, 9, Some(rooms[0]), &notes)).await.unwrap().view.id;
    programme::add_programme_item(&by_chief, visit, a_line("Dinner", 10, 19, None, &[])).await.unwrap();
    let delegate = |person: usize, marking: Marking| DelegateInput {
        person_id: text(people[person].to_string()),
        delegation: text("Viet Nam"),
        role: text("official"),
        marking: text(marking.label()),
        ..DelegateInput::default()
    };
    let delegates = delegations::add_delegate(&by_chief, visit, delegate(0, Marking::Amber)).await.unwrap().id;
    let task = |words: &str, marking: Marking| TaskInput {
        words: text(words),
        due_on: text("2027-03-08"),
        marking: text(marking.label()),
        ..TaskInput::default()
    };
    let seen_task = tasks::add_task(&by_chief, visit, task("Order the flags", Marking::Amber)).await.unwrap().id;
    let booking = |room: usize, (starts, ends): (&str, &str), purpose: &str, marking: Marking| BookingInput {
        room_id: text(rooms[room].to_string()),
        starts: at(&format!("2027-03-{starts}")),
        ends: at(&format!("2027-03-{ends}")),
        layout: (room == 2).then(|| "boardroom".to_owned()),
        purpose: text(purpose),
        marking: text(marking.label()),
        state: text("firm"),
        ..BookingInput::default()
    };
    bookings::create_booking(&by_chief, booking(1, ("10T08:00", "10T08:30"), "Briefing", Marking::Green)).await.unwrap();
    let read = booking(2, ("13T14:00", "13T15:00"), "Rehearsal", Marking::Green);
    let read = bookings::create_booking(&by_chief, read).await.unwrap().view.id;
    let weekly = |booking| SeriesInput { booking, repeats: text("weekly"), times: Some(2.into()), ..SeriesInput::default() };
    let repeated = weekly(booking(2, ("20T14:00", "20T15:00"), "Rehearsals", Marking::Green));
    let repeated = series::create_series(&by_chief, repeated).await.unwrap().id;
    // In the other world it is of something else, and not to the same minute.
    let (minutes, purpose) = if differs { (("13T10:05", "13T10:35"), "Interrogation") } else { (("13T10:07", "13T10:33"), "Interview") };
    bookings::create_booking(&by_chief, booking(2, minutes, purpose, Marking::Red)).await.unwrap();
    let today = if differs { ("09T12:05", "09T12:35") } else { ("09T12:07", "09T12:33") };
    bookings::create_booking(&by_chief, booking(2, today, purpose, Marking::Red)).await.unwrap();
    let approval = if eyes == Eyes::Manager { waiting_in_secret(differs, &house, (&by_chief, &reader)).await } else { Uuid::nil() };
    use Audience::{Corps, Office, Security, VisitingMission};
    releases::release_programme(&by_chief, visit, &[VisitingMission, Corps], &Seen::Any).await.unwrap();
    // A second release tells a difference. In the other world more is said otherwise, of which the reader may be told nothing.
    if differs {
        let change = ItemInput { notes: text("Other notes between"), route: text("By the harbour"), ..ItemInput::default() };
        programme::change_programme_item(&by_chief, item, change, &Seen::Any).await.unwrap();
        let hidden = a_line("Reconnaissance", 11, 8, None, &[("existence", Marking::AmberStrict)]);
        let hidden = programme::add_programme_item(&by_chief, visit, hidden).await.unwrap().view.id;
        programme::remove_programme_item(&by_chief, hidden, &Seen::Any).await.unwrap();
        let change = VisitInput { title: text("Nobody else"), ..VisitInput::default() };
        visits::change_visit(&by_chief, visit, change, &Seen::Any).await.unwrap();
        delegations::add_delegate(&by_chief, visit, delegate(1, Marking::AmberStrict)).await.unwrap();
    }
    // What is made from here on bears the same identifiers in both, however many were used up unseen before.
    count.set(900_000);
    let change = ItemInput { title: text("Meeting at ten"), ..ItemInput::default() };
    programme::change_programme_item(&by_chief, item, change, &Seen::Any).await.unwrap();
    let release = releases::release_programme(&by_chief, visit, &[VisitingMission, Corps], &Seen::Any).await.unwrap()[0].id;
    if differs {
        // A visit the reader does not know of, with a line that takes a room, a mission of its own, and a release.
        let unknown = VisitInput { mission_ids: Some(vec![other.to_string()]), ..a_visit("President", Marking::AmberStrict) };
        let unknown = visits::create_visit(&by_chief, unknown).await.unwrap().id;
        let by_chief = house.context(&chief).await;
        programme::add_programme_item(&by_chief, unknown, a_line("Talks", 12, 10, Some(rooms[1]), &[])).await.unwrap();
        releases::release_programme(&by_chief, unknown, &[Security], &Seen::Any).await.unwrap();
        // Parts, lines and delegates above the reader's right, in the visit the reader knows.
        let hidden = a_line("Motorcade", 11, 9, None, &[("existence", Marking::AmberStrict)]);
        programme::add_programme_item(&by_chief, visit, hidden).await.unwrap();
        // By when the guest arrives it is judged whether it is night for them.
        let arrival = a_line("Landing", 9, 20, None, &[("existence", Marking::AmberStrict)]);
        programme::add_programme_item(&by_chief, visit, ItemInput { kind: text("arrival"), ..arrival }).await.unwrap();
        let sealed = a_line("Call", 11, 12, None, &[("time", Marking::Red)]);
        programme::add_programme_item(&by_chief, visit, sealed).await.unwrap();
        let change = ItemInput { notes: text("Quite other notes"), route: text("By the river"), ..ItemInput::default() };
        programme::change_programme_item(&by_chief, item, change, &Seen::Any).await.unwrap();
        let change = VisitInput { title: text("Somebody else"), remarks: text("Other remarks"), ..VisitInput::default() };
        visits::change_visit(&by_chief, visit, change, &Seen::Any).await.unwrap();
        // One of them is called as the template of the category has it: who takes that in is not told that it is there.
        for words in ["Walk the route", "Have the gifts approved"] {
            tasks::add_task(&by_chief, visit, task(words, Marking::AmberStrict)).await.unwrap();
        }
        tasks::add_task(&by_chief, unknown, task("Brief the guard", Marking::Amber)).await.unwrap();
        bookings::create_booking(&by_chief, booking(1, ("10T15:00", "10T15:30"), "Interrogation", Marking::AmberStrict)).await.unwrap();
        feeds::make_feed(&by_chief, FeedScope::Visit(visit), FeedDetail::Full).await.unwrap();
        house.account("other", Role::MissionHead, Marking::Clear, Some(other)).await;
        if eyes == Eyes::Mission {
            // The draft goes on, and is released to others.
            let change = ItemInput { title: text("Breakfast"), starts: at("2027-03-10T08:10"), ..ItemInput::default() };
            programme::change_programme_item(&by_chief, item, change, &Seen::Any).await.unwrap();
            programme::add_programme_item(&by_chief, visit, a_line("Lunch", 10, 12, None, &[])).await.unwrap();
            delegations::add_delegate(&by_chief, visit, delegate(2, Marking::Amber)).await.unwrap();
            releases::release_programme(&by_chief, visit, &[Office, Security], &Seen::Any).await.unwrap();
        }
    }
    let codes = releases::list_releases(&by_chief, visit).await.unwrap().into_iter().map(|head| head.code).collect();
    let things = Things::default()
        .with("visit", visit)
        .with("item", item)
        .with("delegate", delegates)
        .with("task", seen_task)
        .with("own_day", "6f3f8a4e-0000-4000-8000-000000000009")
        .with("person", people[0])
        .with("room", rooms[0])
        .with("mission", mission)
        .with("account", chief.account.unwrap())
        .with("booking", read)
        .with("series", repeated)
        .with("blackout", "6f3f8a4e-0000-4000-8000-000000000004")
        .with("approval", approval)
        .with("news", "6f3f8a4e-0000-4000-8000-000000000006")
        .with("release", release)
        .with("door_plan", "6f3f8a4e-0000-4000-8000-000000000008")
        .with("feed", "6f3f8a4e-0000-4000-8000-000000000002")
        .with("token", "6f3f8a4e-0000-4000-8000-000000000003")
        .with("site", site)
        .with("any", "6f3f8a4e-0000-4000-8000-000000000000")
        .with("word", "e");
    Twin { house, reader, keeper, things, visit, item, mission, rooms, booking: read, count, random: codes }
}

impl Twin {
    /// What must be the same: all but the request's reference, the nonce of a page and other things that are random by design.
    fn comparable(&self, answer: &Answer) -> (u16, Vec<(String, String)>, String) {
        let mut random = self.random.clone();
        if let Some(policy) = answer.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok()) {
            random.extend(policy.split("'nonce-").skip(1).filter_map(|rest| rest.split('\'').next()).map(str::to_owned));
        }
        random.extend(answer.headers.get("x-request-id").and_then(|value| value.to_str().ok()).map(str::to_owned));
        let text = answer.text();
        // A secret is shown in the one answer that makes it.
        for prefix in ["chf_", "cha_", "chs_", "chp_"] {
            let secrets =
                text.split(prefix).skip(1).map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-".contains(letter)));
            random.extend(secrets.filter_map(|mut rest| rest.next()).map(|rest| format!("{prefix}{rest}")));
        }
        random.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let without = |text: &str| random.iter().fold(text.to_owned(), |text, random| text.replace(random, "RANDOM"));
        let mut headers: Vec<(String, String)> =
            answer.headers.iter().map(|(name, value)| (name.to_string(), without(&String::from_utf8_lossy(value.as_bytes())))).collect();
        headers.sort();
        (answer.status.as_u16(), headers, without(&text))
    }
}

/// The answers that are declared to differ for these eyes.
fn declared(eyes: Eyes) -> BTreeSet<String> {
    let name = match eyes {
        Eyes::Office => "office",
        Eyes::Mission => "mission",
        Eyes::Manager => "manager",
        Eyes::Staff => "staff",
        Eyes::Stranger => "stranger",
    };
    let lines = include_str!("declared.txt").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let known = lines.map(|line| line.split_once(": ").unwrap_or_else(|| panic!("no line of the form `who: what`: {line}")));
    known.filter(|(who, _)| *who == name).map(|(_, what)| what.to_owned()).collect()
}

/// Two worlds that are asked the same.
struct Both {
    one: Twin,
    two: Twin,
    step: u64,
    declared: BTreeSet<String>,
    differed: BTreeSet<String>,
}

impl Both {
    async fn with(eyes: Eyes) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let key = folder.path().join("key");
        KeyFile::create(&key, None, &OsRandom).unwrap();
        let (one, two) = (twin(false, eyes, &key).await, twin(true, eyes, &key).await);
        assert_eq!((one.visit, one.item), (two.visit, two.item), "the worlds are twins");
        Self { one, two, step: 1, declared: declared(eyes), differed: BTreeSet::new() }
    }

    /// What is made bears the same identifier in both, however many were used up unseen before.
    fn next_step(&mut self) {
        self.step += 1;
        self.one.count.set(self.step * 1_000_000);
        self.two.count.set(self.step * 1_000_000);
    }

    fn compare(&mut self, what: &str, one: &Answer, two: &Answer) {
        assert!(!one.status.is_server_error(), "{what}: {} {}", one.status, one.text());
        let (first, second) = (self.one.comparable(one), self.two.comparable(two));
        if self.declared.contains(what) {
            if first != second {
                self.differed.insert(what.to_owned());
            }
        } else {
            assert_eq!((first.0, &first.1), (second.0, &second.1), "{what}");
            assert!(first.2 == second.2, "{what}: {}", difference(&first.2, &second.2));
        }
    }

    /// Asks both, and gives the first one's answer.
    async fn ask(&mut self, what: &str, question: &Question) -> Answer {
        self.next_step();
        let one = question.ask(&self.one.house, &self.one.reader).await;
        let two = question.ask(&self.two.house, &self.two.reader).await;
        self.compare(what, &one, &two);
        one
    }

    async fn json(&mut self, method: Method, path: &str, body: Value, headers: &[(&'static str, &str)]) -> Answer {
        let asked = headers.iter().fold(Question::json(method, path, body), |asked, (name, value)| asked.with(name, *value));
        self.ask(&format!("{} {}", asked.method, asked.path), &asked).await
    }

    /// A server function by its example, with other arguments in place of some.
    async fn call(&mut self, name: &str, others: &[(&str, &str)], accept: &'static str) -> Answer {
        let function = examples::functions().into_iter().find(|example| example.of == format!("function {name}")).unwrap();
        let mut asked = question(&function, &self.one.things);
        let fields = asked.fields.get_or_insert_default();
        for (name, value) in others {
            fields.retain(|(field, _)| field != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        asked.headers = vec![("accept", accept.to_owned()), ("referer", "http://127.0.0.1:3000/visits".to_owned())];
        self.ask(&asked.path.clone(), &asked).await
    }

    async fn read_everything(&mut self) {
        for question in readings(&self.one.things.clone()) {
            self.ask(&question.name(), &question).await;
        }
    }

    /// What is asked of a room that is taken by what the reader may not read.
    async fn ask_about_a_room_taken_by_what_is_hidden(&mut self) {
        let ([.., cabinet], booking, visit) = (self.one.rooms, self.one.booking, self.one.visit);
        let stretch = "from=2027-03-13T08:00:00Z&until=2027-03-14T08:00:00Z";
        for path in [
            format!("rooms/{cabinet}"),
            format!("rooms/availability?room_id={cabinet}&{stretch}"),
            format!("slots?minutes=60&room_id={cabinet}&{stretch}"),
            format!("slots?minutes=60&layout=boardroom&limit=50&{stretch}"),
            format!("bookings?room_id={cabinet}&{stretch}"),
            format!("bookings?room_id={cabinet}&limit=1"),
            "search?q=inter".to_owned(),
        ] {
            self.json(Method::GET, &format!("/api/v1/{path}"), Value::Null, &[]).await;
        }
        let at = |time: &str| json!({ "local": format!("2027-03-13T{time}"), "zone": "America/Los_Angeles" });
        let wanted = |from: &str, until: &str| json!({ "room_id": cabinet.to_string(), "starts": at(from), "ends": at(until), "layout": "boardroom", "purpose": "Briefing", "state": "firm" });
        let line = json!({ "kind": "bilateral", "title": "Talks", "state": "held", "room_id": cabinet.to_string(), "starts": at("10:00"), "ends": at("11:00") });
        for booking in [wanted("10:00", "11:00"), wanted("10:40", "11:00"), wanted("14:30", "15:30")] {
            let refused = self.json(Method::POST, "/api/v1/bookings", booking.clone(), &[]).await;
            assert_eq!(refused.status, 409, "{}", refused.text());
            self.json(Method::POST, "/api/v1/clashes", json!({ "booking": booking }), &[]).await;
        }
        self.json(Method::POST, "/api/v1/clashes", json!({ "visit_id": visit.to_string(), "item": line.clone() }), &[]).await;
        let refused = self.json(Method::POST, &format!("/api/v1/visits/{visit}/items"), line, &[]).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        // A series of which one day is taken by it: looked at, refused, and answered for.
        let weekly = |from: &str, until: &str| json!({ "booking": wanted(from, until), "repeats": "weekly", "times": 3 });
        for series in [weekly("10:00", "11:00"), weekly("10:40", "11:00"), weekly("14:30", "15:30")] {
            let looked = self.json(Method::POST, "/api/v1/series/check", json!({ "series": series.clone() }), &[]).await;
            assert_ne!(looked.json()["refused"], 0, "{}", looked.text());
            assert_eq!(self.json(Method::POST, "/api/v1/series", series, &[]).await.status, 409);
        }
        let mut answered = weekly("10:00", "11:00");
        answered["answers"] = json!([{ "on": "2027-03-13" }]);
        assert_eq!(self.json(Method::POST, "/api/v1/series", answered, &[]).await.status, 201);
        assert_eq!(self.json(Method::POST, "/api/v1/bookings", wanted("12:00", "13:00"), &[]).await.status, 201);
        let one = format!("/api/v1/bookings/{booking}");
        self.json(Method::PATCH, &one, wanted("10:00", "11:00"), &[("if-match", "*")]).await;
        self.json(Method::DELETE, &one, Value::Null, &[("if-match", "\"stale\"")]).await;
        self.json(Method::DELETE, "/api/v1/bookings/6f3f8a4e-0000-4000-8000-000000000000", Value::Null, &[("if-match", "*")]).await;
    }

    /// Makes a feed of the same thing in both, fetches it, and fetches it again by its validators.
    async fn feed(&mut self, what: &str, scope: FeedScope) {
        for detail in FeedDetail::ALL {
            self.next_step();
            let mut fetched = Vec::new();
            for twin in [&self.one, &self.two] {
                let made = feeds::make_feed(&twin.house.context(&twin.reader).await, scope, *detail).await;
                let path = format!("/feeds/{}.ics", made.as_ref().map_or("chf_none", |made| made.token()));
                let first = twin.house.get(&House::nobody(), &path).await;
                let tag = first.headers.get(header::ETAG).map_or("\"none\"", |tag| tag.to_str().unwrap()).to_owned();
                let again = twin.house.ask(&House::nobody(), Method::GET, &path, None, &[("if-none-match", tag.as_str())]).await;
                fetched.push((first, again));
            }
            let [one, two] = fetched.try_into().unwrap();
            self.compare(what, &one.0, &two.0);
            self.compare(what, &one.1, &two.1);
        }
    }

    /// What the door of the same room shows in both, at each marking that a door may have, and shows again.
    async fn door(&mut self, what: &str, room: RoomId) {
        for ceiling in [Marking::Clear, Marking::Green] {
            self.next_step();
            let mut shown = Vec::new();
            for twin in [&self.one, &self.two] {
                let keeper = twin.house.context(&twin.keeper).await;
                let made = make_door_plan(&keeper, &a_door_plan(room, ceiling)).await.unwrap();
                let path = format!("/doors/{}", made.token());
                let first = twin.house.page(&House::nobody(), &path).await;
                let tag = first.headers[header::ETAG].to_str().unwrap();
                let again = twin.house.ask(&House::nobody(), Method::GET, &path, None, &[("if-none-match", tag)]).await;
                shown.push((first.clone(), again));
            }
            let [one, two] = shown.try_into().unwrap();
            assert!(one.0.text().contains("Reserved"), "{}", one.0.text());
            self.compare(what, &one.0, &two.0);
            self.compare(what, &one.1, &two.1);
        }
    }

    /// What a file would do whose rows are lines that one world alone has, hidden from the reader, and one that both have.
    async fn preview_a_file_of_hidden_lines(&mut self) {
        self.next_step();
        let file = b"date,start,end,kind,title\n2027-03-11,09:10,09:40,bilateral,Motorcade\n2027-03-11,12:10,12:40,bilateral,Call\n2027-03-10,19:10,19:40,bilateral,Dinner\n";
        let mut shown = Vec::new();
        for twin in [&self.one, &self.two] {
            let preview = preview_import(&twin.house.context(&twin.reader).await, twin.visit, file).await.unwrap();
            assert_eq!(preview.rows.len(), 3);
            shown.push(serde_json::to_string(&preview).unwrap());
        }
        assert!(shown[0] == shown[1], "{}", difference(&shown[0], &shown[1]));
    }

    fn all_that_is_declared_differed(&self) {
        assert_eq!(self.declared, self.differed, "declared.txt names what no longer differs");
    }
}

/// Where two texts part, with what stands around it in each.
fn difference(one: &str, two: &str) -> String {
    let same = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(200)..(same + 300).min(text.len())]).into_owned();
    format!("\n{}\n--- and ---\n{}", around(one), around(two))
}

fn tag_of(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_an_officer_as_one_without() {
    let mut both = Both::with(Eyes::Office).await;
    let (visit, item) = (both.one.visit, both.one.item);
    let [rotunda, garden, cabinet] = both.one.rooms;
    both.read_everything().await;
    both.ask_about_a_room_taken_by_what_is_hidden().await;
    both.preview_a_file_of_hidden_lines().await;
    let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    // Lines: what is seen is changed, what is not there is not found, a stale version is stale.
    let path = format!("/api/v1/items/{item}");
    let tag = tag_of(&both.json(Method::GET, &path, Value::Null, &[]).await);
    both.json(Method::PATCH, &path, json!({ "title": "Renamed" }), &[("if-match", &tag)]).await;
    both.json(Method::PATCH, &path, json!({ "title": "Again" }), &[("if-match", &tag)]).await;
    both.json(Method::PATCH, &path, json!({ "title": "Again" }), &[]).await;
    for hidden in [
        json!({ "notes": "mine" }),
        json!({ "markings": { "notes": "TLP:AMBER" } }),
        json!({ "markings": { "notes": "TLP:AMBER+STRICT" } }),
    ] {
        both.json(Method::PATCH, &path, hidden, &[("if-match", "*")]).await;
    }
    both.json(Method::GET, "/api/v1/items/6f3f8a4e-0000-4000-8000-000000000000", Value::Null, &[]).await;
    both.json(Method::DELETE, "/api/v1/items/6f3f8a4e-0000-4000-8000-000000000000", Value::Null, &[]).await;
    let items = format!("/api/v1/visits/{visit}/items");
    both.json(Method::POST, &items, json!({ "kind": "bilateral", "title": "", "starts": null, "ends": null }), &[]).await;
    let rest =
        json!({ "kind": "rest", "title": "Rest", "starts": at("2027-03-12T10:00"), "ends": at("2027-03-12T11:00"), "state": "firm" });
    let made = both.json(Method::POST, &items, rest.clone(), &[("idempotency-key", "one")]).await;
    assert_eq!(made.status, 201, "{}", made.text());
    both.json(Method::POST, &items, rest, &[("idempotency-key", "one")]).await;
    let taken = json!({ "kind": "bilateral", "title": "Taken", "state": "firm", "room_id": rotunda.to_string(), "starts": at("2027-03-10T09:20"), "ends": at("2027-03-10T09:50") });
    assert_eq!(both.json(Method::POST, &items, taken, &[]).await.status, 409);
    // At the times of hidden lines of the same visit nothing is in the way.
    for hour in ["09", "12"] {
        let line = json!({ "kind": "rest", "title": "Rest", "state": "firm", "starts": at(&format!("2027-03-11T{hour}:15")), "ends": at(&format!("2027-03-11T{hour}:30")) });
        assert_eq!(both.json(Method::POST, &items, line, &[]).await.status, 201);
    }
    let made = format!("/api/v1/items/{}", made.json()["id"].as_str().unwrap());
    both.json(Method::DELETE, &made, Value::Null, &[("if-match", "\"stale\"")]).await;
    assert_eq!(both.json(Method::DELETE, &made, Value::Null, &[("if-match", "*")]).await.status, 204);
    let line = json!({ "kind": "bilateral", "title": "Check", "state": "firm", "room_id": garden.to_string(), "starts": at("2027-03-12T10:20"), "ends": at("2027-03-12T10:30") });
    let check = Question::json(Method::POST, "/api/v1/clashes", json!({ "visit_id": visit.to_string(), "item": line }));
    both.ask("check of a line in the garden room", &check).await;
    let booking = json!({ "room_id": garden.to_string(), "purpose": "Check", "state": "firm", "starts": at("2027-03-10T15:10"), "ends": at("2027-03-10T15:20") });
    let series = json!({ "series": { "booking": booking, "repeats": "weekly", "times": 2 } });
    both.ask("check of a series in the garden room", &Question::json(Method::POST, "/api/v1/series/check", series)).await;
    // Visits.
    let visit_path = format!("/api/v1/visits/{visit}");
    let tag = tag_of(&both.json(Method::GET, &visit_path, Value::Null, &[]).await);
    both.json(Method::PATCH, &visit_path, json!({ "place": "Pasadena" }), &[("if-match", &tag)]).await;
    both.json(Method::PATCH, &visit_path, json!({ "place": "Burbank" }), &[("if-match", &tag)]).await;
    for hidden in
        [json!({ "title": "Mine" }), json!({ "cover": "Mine" }), json!({ "remarks": "" }), json!({ "markings": { "remarks": "TLP:RED" } })]
    {
        both.json(Method::PATCH, &visit_path, hidden, &[("if-match", "*")]).await;
    }
    let own = json!({ "category": "working", "title": "Own", "starts_on": "2027-03-20", "ends_on": "2027-03-21", "capital_zone": "Asia/Ho_Chi_Minh" });
    assert_eq!(both.json(Method::POST, "/api/v1/visits", own.clone(), &[]).await.status, 201);
    both.json(Method::POST, "/api/v1/visits", json!({ "title": "Own" }), &[]).await;
    // Delegates: the person of a hidden delegate is nobody yet.
    let delegates = format!("{visit_path}/delegates");
    let made = both.json(Method::POST, &delegates, json!({ "name": "Vo Thi Sau", "role": "official" }), &[]).await;
    let delegate = format!("/api/v1/delegates/{}", made.json()["id"].as_str().unwrap());
    let tag = tag_of(&made);
    both.json(Method::PATCH, &delegate, json!({ "rank": "Attaché" }), &[("if-match", &tag)]).await;
    both.json(Method::PATCH, &delegate, json!({ "rank": "Counsellor" }), &[("if-match", &tag)]).await;
    assert_eq!(both.json(Method::DELETE, &delegate, Value::Null, &[("if-match", "*")]).await.status, 204);
    // Tasks, and what the template brings.
    let tasks = format!("{visit_path}/tasks");
    let made = both.json(Method::POST, &tasks, json!({ "words": "Order flowers", "due_on": "2027-03-09" }), &[]).await;
    let task = format!("/api/v1/tasks/{}", made.json()["id"].as_str().unwrap());
    let tag = tag_of(&made);
    both.json(Method::PATCH, &task, json!({ "done": true }), &[("if-match", &tag)]).await;
    both.json(Method::PATCH, &task, json!({ "words": "Order roses" }), &[("if-match", &tag)]).await;
    both.json(Method::DELETE, "/api/v1/tasks/6f3f8a4e-0000-4000-8000-000000000000", Value::Null, &[("if-match", "*")]).await;
    assert_eq!(both.json(Method::DELETE, &task, Value::Null, &[("if-match", "*")]).await.status, 204);
    for expected in [true, false] {
        let brought = both.json(Method::POST, &format!("{visit_path}/template"), Value::Null, &[]).await;
        assert_eq!(brought.json()["tasks"].as_u64().unwrap() > 0, expected, "{}", brought.text());
    }
    // Forms, with scripts and without.
    for accept in ["application/json", "text/html"] {
        both.call("save_item", &[], accept).await;
        both.call("save_item", &[("title", ""), ("starts", "noon")], accept).await;
        both.call("save_visit", &[("title", "Mine")], accept).await;
        both.call("remove_item", &[], accept).await;
        both.call("save_delegate", &[("name", "")], accept).await;
        both.call("save_task", &[("words", "")], accept).await;
        both.call("tick_task", &[], accept).await;
        both.call("take_template", &[], accept).await;
        both.call("release_visit", &[], accept).await;
        both.call("make_feed", &[], accept).await;
        both.call("load_found", &[("asked", "mo")], accept).await;
        both.call("load_visits", &[("text", "pres")], accept).await;
    }
    // Releases: what each audience would be told, what each was, and who has acknowledged it.
    let releases = format!("/api/v1/visits/{visit}/releases");
    let audiences = json!({ "audiences": ["office", "visiting_mission", "corps", "security", "press", "public"] });
    let looked = both.json(Method::POST, &format!("{releases}/check"), audiences, &[]).await;
    assert_eq!(looked.status, 200, "{}", looked.text());
    for path in ["acknowledgements", "difference", "difference?audience=visiting_mission", "difference?audience=security"] {
        both.json(Method::GET, &format!("{releases}/{path}"), Value::Null, &[]).await;
    }
    // The day: hidden lines of the same visit neither move nor are told of, and nothing of them is in the way.
    let actual = format!("/api/v1/items/{item}/actual");
    for headers in [&[][..], &[("if-match", "\"stale\"")], &[("if-match", "*")]] {
        both.json(Method::POST, &actual, json!({ "deed": "begin" }), headers).await;
    }
    assert_eq!(both.json(Method::POST, &actual, json!({ "deed": "undo" }), &[("if-match", "*")]).await.status, 200);
    both.json(Method::POST, "/api/v1/items/6f3f8a4e-0000-4000-8000-000000000000/actual", json!({ "deed": "begin" }), &[]).await;
    let asked = json!({ "item_id": item.to_string(), "minutes": 20 });
    let looked = both.json(Method::POST, &format!("/api/v1/visits/{visit}/rest/check"), asked.clone(), &[]).await;
    assert_eq!(looked.status, 200, "{}", looked.text());
    for seen in [Value::Null, json!("stale"), looked.json()["version"].clone()] {
        let mut accepted = asked.clone();
        accepted["seen"] = seen;
        both.json(Method::POST, &format!("/api/v1/visits/{visit}/rest"), accepted, &[]).await;
    }
    for accept in ["application/json", "text/html"] {
        for function in ["take_actual", "load_rest", "move_rest"] {
            both.call(function, &[], accept).await;
        }
    }
    // Lines moved and copied together: what is hidden is neither moved, copied nor told of, and nothing of it is in the way. Where
    // something is in the way, no room is taken by what is hidden: that one is, may be told.
    let items = format!("/api/v1/visits/{visit}/items");
    for (deed, day, to_day) in [("move", "2027-03-10", "2027-03-11"), ("copy", "2027-03-11", "2027-03-12")] {
        for asked in [json!({ "item_ids": [item.to_string()], "minutes": 20 }), json!({ "day": "2027-03-11", "days": 1 })] {
            both.json(Method::POST, &format!("{items}/{deed}/check"), asked.clone(), &[]).await;
            both.json(Method::POST, &format!("{items}/{deed}"), asked, &[]).await;
        }
        let asked = json!({ "day": day, "to_day": to_day });
        let looked = both.json(Method::POST, &format!("{items}/{deed}/check"), asked.clone(), &[]).await;
        assert_eq!(looked.status, 200, "{}", looked.text());
        for seen in [json!("stale"), looked.json()["version"].clone()] {
            let mut accepted = asked.clone();
            accepted["seen"] = seen;
            both.json(Method::POST, &format!("{items}/{deed}"), accepted, &[]).await;
        }
    }
    for accept in ["application/json", "text/html"] {
        for function in ["load_shift", "shift_lines", "turn_change", "load_programme"] {
            both.call(function, &[], accept).await;
        }
    }
    both.feed("feed of one's own", FeedScope::Mine).await;
    both.feed("feed of the office", FeedScope::Office).await;
    both.feed("feed of the visit", FeedScope::Visit(visit)).await;
    both.feed("feed of the rotunda", FeedScope::Room(rotunda)).await;
    both.feed("feed of the garden room", FeedScope::Room(garden)).await;
    both.feed("feed of the cabinet room", FeedScope::Room(cabinet)).await;
    both.feed("feed of the mission", FeedScope::Mission(both.one.mission)).await;
    both.door("door of the cabinet room", cabinet).await;
    both.read_everything().await;
    both.all_that_is_declared_differed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_a_mission_as_one_without() {
    let mut both = Both::with(Eyes::Mission).await;
    let (visit, item) = (both.one.visit, both.one.item);
    both.read_everything().await;
    let page = both.ask("the programme", &Question::get(Way::Page, format!("/visits/{visit}")).with("accept", "text/html")).await;
    assert!(page.text().contains("Meeting"), "the mission reads what was released to it: {}", page.text());
    let paths = [format!("/api/v1/visits/{visit}"), format!("/api/v1/items/{item}"), format!("/api/v1/visits/{visit}/items")];
    for path in &paths {
        for method in [Method::GET, Method::PATCH, Method::DELETE, Method::POST] {
            for headers in [&[][..], &[("if-match", "*")], &[("if-match", "\"stale\"")]] {
                both.json(method.clone(), path, json!({ "title": "Mine" }), headers).await;
            }
        }
    }
    let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    let line =
        json!({ "kind": "rest", "title": "Rest", "starts": at("2027-03-10T08:15"), "ends": at("2027-03-10T08:20"), "state": "firm" });
    both.json(Method::POST, "/api/v1/clashes", json!({ "visit_id": visit.to_string(), "item": line }), &[]).await;
    both.json(Method::POST, &format!("/api/v1/visits/{visit}/releases"), json!({ "audiences": ["corps"] }), &[]).await;
    // What is new is told alike, and acknowledged alike.
    let told = both.json(Method::GET, &format!("/api/v1/visits/{visit}/releases/difference"), Value::Null, &[]).await.json();
    assert_eq!((&told["since"], &told["difference"]["changed"][0]["parts"]), (&json!(1), &json!(["title"])), "{told}");
    let release = told["id"].as_str().unwrap().to_owned();
    for path in ["acknowledgements", "difference?audience=corps", "difference?audience=security"] {
        both.json(Method::GET, &format!("/api/v1/visits/{visit}/releases/{path}"), Value::Null, &[]).await;
    }
    for id in ["6f3f8a4e-0000-4000-8000-000000000000", "none", &release, &release] {
        both.json(Method::POST, &format!("/api/v1/releases/{id}/acknowledgement"), Value::Null, &[]).await;
    }
    let told = both.json(Method::GET, &format!("/api/v1/visits/{visit}/releases/difference"), Value::Null, &[]).await.json();
    assert!(told["acknowledged_at"].is_string(), "{told}");
    for accept in ["application/json", "text/html"] {
        both.call("acknowledge_release", &[("id", &release)], accept).await;
    }
    for accept in ["application/json", "text/html"] {
        for function in [
            "save_item",
            "save_visit",
            "save_delegate",
            "save_task",
            "tick_task",
            "take_template",
            "release_visit",
            "make_feed",
            "load_found",
        ] {
            both.call(function, &[], accept).await;
        }
        both.call("load_visits", &[("text", "a")], accept).await;
    }
    for scope in [FeedScope::Mission(both.one.mission), FeedScope::Visit(visit), FeedScope::Mine, FeedScope::Office] {
        both.feed("feed", scope).await;
    }
    both.read_everything().await;
    both.all_that_is_declared_differed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_who_gives_rooms_as_one_without() {
    let mut both = Both::with(Eyes::Manager).await;
    both.read_everything().await;
    let waiting = both.json(Method::GET, "/api/v1/approvals", Value::Null, &[]).await.json();
    let waiting = &waiting["items"][0];
    assert!(
        waiting["engaged"].is_null() && waiting["pencilled"]["reserved"].as_array().is_some_and(|hidden| hidden.len() == 1),
        "{waiting}"
    );
    let (id, version) = (waiting["id"].as_str().unwrap().to_owned(), format!("\"{}\"", waiting["version"].as_str().unwrap()));
    let at = format!("/api/v1/approvals/{id}");
    for headers in [&[][..], &[("if-match", "\"stale\"")]] {
        both.json(Method::POST, &format!("{at}/approve"), Value::Null, headers).await;
        both.json(Method::POST, &format!("{at}/decline"), json!({ "reason": "Works" }), headers).await;
    }
    both.json(Method::POST, &format!("{at}/decline"), json!({ "reason": "" }), &[("if-match", "*")]).await;
    both.json(Method::POST, "/api/v1/bookings/6f3f8a4e-0000-4000-8000-000000000000/approve", Value::Null, &[("if-match", "*")]).await;
    let cabinet = both.one.rooms[2];
    both.door("door of the cabinet room", cabinet).await;
    let made = both.json(Method::POST, "/api/v1/door-plans", json!({ "room_id": cabinet.to_string() }), &[]).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let plan = format!("/api/v1/door-plans/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(both.json(Method::DELETE, &plan, Value::Null, &[]).await.status, 204);
    for accept in ["application/json", "text/html"] {
        both.call("make_door_plan", &[], accept).await;
        both.call("approve_room", &[("id", &id), ("seen", "stale")], accept).await;
        both.call("decline_room", &[("id", &id), ("seen", "stale")], accept).await;
    }
    let given = both.json(Method::POST, &format!("{at}/approve"), Value::Null, &[("if-match", &version)]).await;
    assert_eq!(given.status, 204, "{}", given.text());
    let told = both.json(Method::GET, "/api/v1/news", Value::Null, &[]).await.json();
    assert_eq!((&told["items"][0]["kind"], &told["items"][0]["with"]), (&json!("given_away"), &Value::Null), "{told}");
    both.read_everything().await;
    let news = told["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(both.json(Method::POST, &format!("/api/v1/news/{news}/read"), Value::Null, &[]).await.status, 204);
    both.read_everything().await;
    let [_, garden, cabinet] = both.one.rooms;
    let on = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    let works = |from: &str, until: &str| json!({ "starts": on(from), "ends": on(until), "cause": "Works" });
    let check = json!({ "blackout": works("2027-03-10T06:00", "2027-03-14T06:00") });
    let check = Question::json(Method::POST, format!("/api/v1/rooms/{garden}/closing/check"), check);
    both.ask("check of a closing of the garden room", &check).await;
    // Beside a use that the manager reads lies one that the manager does not: it stays, and is told of alike.
    let closed = works("2027-03-13T06:00", "2027-03-13T20:00");
    let path = format!("/api/v1/rooms/{cabinet}/closing");
    let looked = both.json(Method::POST, &format!("{path}/check"), json!({ "blackout": closed }), &[]).await.json();
    assert_eq!((looked["hurt"].as_array().unwrap().len(), looked["reserved"].as_array().unwrap().len()), (1, 1), "{looked}");
    let (hurt, version) = (&looked["hurt"][0], &looked["version"]);
    let to = |source: Value| json!({ "source": source, "starts": hurt["goes"]["starts"], "ends": hurt["goes"]["ends"], "room_id": hurt["goes"]["room"]["id"] });
    let nobodys = json!({ "kind": "booking", "id": "6f3f8a4e-0000-4000-8000-000000000000" });
    for (source, seen) in [(nobodys, version.clone()), (hurt["engaged"]["source"].clone(), json!("stale"))] {
        both.json(Method::POST, &path, json!({ "blackout": closed, "moves": [to(source)], "seen": seen }), &[]).await;
    }
    let accepted = json!({ "blackout": closed, "moves": [to(hurt["engaged"]["source"].clone())], "seen": version });
    let done = both.json(Method::POST, &path, accepted, &[]).await;
    assert_eq!(done.status, 201, "{}", done.text());
    both.read_everything().await;
    both.all_that_is_declared_differed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_staff_on_no_list_as_one_without() {
    let mut both = Both::with(Eyes::Staff).await;
    both.read_everything().await;
    let visit = both.one.visit;
    for scope in [FeedScope::Visit(visit), FeedScope::Mine, FeedScope::Office, FeedScope::Room(both.one.rooms[2])] {
        both.feed("feed", scope).await;
    }
    for accept in ["application/json", "text/html"] {
        for function in ["save_item", "save_visit", "save_delegate", "save_task", "release_visit", "load_found"] {
            both.call(function, &[], accept).await;
        }
    }
    both.all_that_is_declared_differed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_a_mission_of_no_visit_as_one_without() {
    let mut both = Both::with(Eyes::Stranger).await;
    both.read_everything().await;
    for scope in [FeedScope::Mission(both.one.mission), FeedScope::Mine] {
        both.feed("feed", scope).await;
    }
    both.all_that_is_declared_differed();
}
