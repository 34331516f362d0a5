//! Nothing leaks: canaries in every marked field looked for in every answer to each of twelve readers, and two worlds that
//! differ only in what a reader may not read, whose answers must be the same byte for byte.
//!
//! What is asked is taken from the API's own description: a route without a registered example fails.

mod support;

use axum::http::{Method, header};
use backend::{
    RequestContext, programme, rooms,
    testing::{self, CountOfIds, CountedIds, Engine},
    version::Seen,
    visits,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    accounts::Role,
    ids::{BookingId, ItemId, RoomId, VisitId},
    marking::Marking,
    programme::{ItemPart, input::ItemInput},
    rooms::input::{BookingInput, LayoutInput, RoomInput, SiteInput},
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{Answer, Asker, House};

/// Pages that a signed-in person may open, beside those of one visit.
const PAGES: [&str; 22] = [
    "/",
    "/visits",
    "/visits/new",
    "/rooms",
    "/missions",
    "/people",
    "/calendars",
    "/settings",
    "/settings/office",
    "/settings/sites",
    "/settings/sites/new",
    "/rooms/new",
    "/missions/new",
    "/missions/import",
    "/missions.csv",
    "/people/new",
    "/people/import",
    "/people.csv",
    "/accounts",
    "/search?q=canary",
    "/sign-in",
    "/visits?q=canary",
];

/// Pages of one visit.
const PAGES_OF_A_VISIT: [&str; 6] = ["", "/delegation", "/releases", "/import", "/items/new", "/programme.csv"];

fn text(value: impl Into<String>) -> Option<String> {
    Some(value.into())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

/// A word that stands nowhere else, and who may read it.
#[derive(Debug, Clone)]
struct Canary {
    word: String,
    marking: Marking,
    /// The visit whose list it is for; none where it is for all of the office that are cleared.
    visit: Option<VisitId>,
    /// The marking of the visit's existence, below which nothing of it is read.
    floor: Marking,
    /// Who made it: the list of what is marked TLP:RED.
    by: domain::ids::AccountId,
}

struct World {
    house: House,
    chief: Asker,
    visits: Vec<VisitId>,
    items: Vec<ItemId>,
    room: RoomId,
    bookings: Vec<BookingId>,
    canaries: Vec<Canary>,
}

fn a_visit(number: usize, existence: Marking, canary: &mut impl FnMut(Marking) -> String) -> VisitInput {
    let day = 10 + number;
    let marking = |m: Marking| m.label().to_owned();
    VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text(canary(Marking::AmberStrict.max(existence))),
        cover: text(format!("Visitor {number}")),
        starts_on: text(format!("2027-03-{day}")),
        ends_on: text(format!("2027-03-{}", day + 3)),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: text(canary(Marking::Amber.max(existence))),
        remarks: text(canary(Marking::Red)),
        markings: BTreeMap::from([
            ("existence".to_owned(), marking(existence)),
            ("title".to_owned(), marking(Marking::AmberStrict)),
            ("dates".to_owned(), marking(Marking::Green)),
            ("parties".to_owned(), marking(Marking::Amber)),
            ("remarks".to_owned(), marking(Marking::Red)),
        ]),
        ..VisitInput::default()
    }
}

/// A line of a visit, with one part at a marking and a canary in each text.
fn a_line(number: usize, part: ItemPart, marking: Marking, floor: Marking, canary: &mut impl FnMut(Marking) -> String) -> ItemInput {
    let hour = 7 + number % 12;
    let mut markings: BTreeMap<String, String> =
        ItemPart::ALL.iter().map(|p| (p.word().to_owned(), Marking::Amber.label().to_owned())).collect();
    markings.insert(part.word().to_owned(), marking.label().to_owned());
    let existence = if part == ItemPart::Existence { marking } else { Marking::Amber };
    let of = |p: ItemPart| if p == part { marking } else { Marking::Amber }.max(existence).max(floor);
    // Who may not read when a line is, is not shown the line; who may not read its title is shown nothing that the title covers.
    let within = |p: ItemPart| of(p).max(of(ItemPart::Time)).max(of(ItemPart::Title));
    ItemInput {
        kind: text("bilateral"),
        title: text(canary(of(ItemPart::Title).max(of(ItemPart::Time)))),
        starts: at(&format!("2027-03-{}T{hour:02}:0{}", 11 + number / 12, number % 10)),
        ends: at(&format!("2027-03-{}T{hour:02}:45", 11 + number / 12)),
        place: text(canary(within(ItemPart::Place))),
        route: text(canary(within(ItemPart::Movement))),
        notes: text(canary(within(ItemPart::Notes))),
        state: text("wished"),
        markings,
        ..ItemInput::default()
    }
}

/// A boardroom that takes 15 minutes to lay out and 10 to clear.
async fn a_room(house: &House) -> RoomId {
    let operator = &house.office.operator;
    let site = rooms::create_site(operator, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let input = RoomInput { site_id: text(site.to_string()), name: text("Rotunda"), layouts: Some(vec![layout]), ..RoomInput::default() };
    rooms::create_room(operator, input).await.unwrap().id
}

/// A firm booking on 12 March 2027, from a time of day until another.
async fn booked(context: &RequestContext, room: RoomId, from: &str, until: &str, marking: Marking, purpose: String) -> BookingId {
    let input = BookingInput {
        room_id: text(room.to_string()),
        starts: at(&format!("2027-03-12T{from}")),
        ends: at(&format!("2027-03-12T{until}")),
        layout: text("boardroom"),
        purpose: Some(purpose),
        marking: text(marking.label()),
        state: text("firm"),
        ..BookingInput::default()
    };
    rooms::bookings::create_booking(context, input).await.unwrap().view.id
}

/// What is asked about rooms beside the addresses that need no example: the stretch in which they are booked, and searches.
fn addresses_with_queries(room: &str, bookings: &[String]) -> Vec<String> {
    let stretch = "from=2027-03-12T08:00:00Z&until=2027-03-13T08:00:00Z";
    let mut all: Vec<String> = [
        format!("rooms/{room}"),
        format!("rooms/availability?{stretch}"),
        format!("rooms/availability?room_id={room}&{stretch}"),
        format!("slots?minutes=60&room_id={room}&{stretch}"),
        format!("slots?minutes=60&layout=boardroom&limit=50&{stretch}"),
        format!("bookings?{stretch}"),
        format!("bookings?room_id={room}&limit=1"),
    ]
    .into();
    all.extend(["search", "missions", "people"].map(|list| format!("{list}?q=canary")));
    all.extend(bookings.iter().map(|booking| format!("bookings/{booking}")));
    all.into_iter().map(|path| format!("/api/v1/{path}")).collect()
}

async fn listed(context: &RequestContext, visit: VisitId, asker: &Asker) {
    visits::grant_access(context, visit, asker.account.unwrap(), "takes part").await.unwrap();
}

async fn world() -> World {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let room = a_room(&house).await;
    let mut made = World { house, chief, visits: Vec::new(), items: Vec::new(), room, bookings: Vec::new(), canaries: Vec::new() };
    for (number, floor) in [Marking::Green, Marking::Amber].into_iter().enumerate() {
        let context = made.house.context(&made.chief).await;
        let by = made.chief.account.unwrap();
        let mut words: Vec<(String, Marking)> = Vec::new();
        let count = made.canaries.len();
        let mut canary = |marking: Marking| {
            let word = format!("canary{}x{}z", marking.label().replace(['+', ':'], ""), count + words.len());
            words.push((word.clone(), marking));
            word
        };
        let input = a_visit(number, floor, &mut canary);
        let visit = visits::create_visit(&context, input).await.unwrap().id;
        let context = made.house.context(&made.chief).await;
        let mut line = 0;
        for part in ItemPart::ALL {
            for marking in [Marking::Amber, Marking::AmberStrict, Marking::Red] {
                // Nobody at all reads what exists for a list only and has none.
                if (*part, marking) == (ItemPart::Existence, Marking::Red) {
                    continue;
                }
                let input = a_line(line, *part, marking, floor, &mut canary);
                let saved = programme::add_programme_item(&context, visit, input).await;
                made.items.push(saved.unwrap_or_else(|failure| panic!("{part:?} {marking}: {failure:?}")).view.id);
                line += 1;
            }
        }
        made.canaries.extend(words.into_iter().map(|(word, marking)| Canary { word, marking, visit: Some(visit), floor, by }));
        made.visits.push(visit);
    }
    let context = made.house.context(&made.chief).await;
    for (number, marking) in [Marking::Clear, Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red].into_iter().enumerate() {
        let word = format!("canarybooking{number}z");
        let (from, until) = (format!("{:02}:07", 8 + 2 * number), format!("{:02}:53", 8 + 2 * number));
        made.bookings.push(booked(&context, room, &from, &until, marking, word.clone()).await);
        // Bookings are the office's own: to anybody outside even one that is TLP:CLEAR is not shown.
        let by = made.chief.account.unwrap();
        made.canaries.push(Canary { word, marking, visit: None, floor: Marking::Green, by });
    }
    made
}

/// The readers, each with the visits on whose list it is.
async fn readers(world: &World) -> Vec<(Asker, Marking, BTreeSet<VisitId>)> {
    let house = &world.house;
    let context = house.context(&world.chief).await;
    let all: BTreeSet<VisitId> = world.visits.iter().copied().collect();
    let first = BTreeSet::from([world.visits[0]]);
    let mut readers = vec![(House::nobody(), Marking::Clear, BTreeSet::new()), (world.chief.clone(), Marking::Red, all.clone())];
    let people = [
        ("officer", Role::ProtocolOfficer, Marking::AmberStrict, true),
        ("officer2", Role::ProtocolOfficer, Marking::Amber, true),
        ("stranger", Role::ProtocolOfficer, Marking::Red, false),
        ("security", Role::SecurityLead, Marking::Red, true),
        ("rooms", Role::RoomsManager, Marking::Amber, false),
        ("scheduler", Role::Scheduler, Marking::AmberStrict, true),
        ("staff", Role::Staff, Marking::Green, true),
        ("press", Role::Press, Marking::Green, false),
        ("auditor", Role::Auditor, Marking::Green, false),
        ("admin", Role::Administrator, Marking::Green, false),
    ];
    for (name, role, ceiling, is_listed) in people {
        let asker = house.account(name, role, ceiling, None).await;
        if is_listed {
            listed(&context, world.visits[0], &asker).await;
        }
        readers.push((asker, ceiling, if is_listed { first.clone() } else { BTreeSet::new() }));
    }
    let removed = house.account("removed", Role::ProtocolOfficer, Marking::Red, None).await;
    listed(&context, world.visits[0], &removed).await;
    visits::revoke_access(&context, world.visits[0], removed.account.unwrap()).await.unwrap();
    readers.push((removed, Marking::Red, BTreeSet::new()));
    readers
}

/// The rule, said again in the plainest way.
fn may_read(canary: &Canary, reader: &Asker, ceiling: Marking, listed: &BTreeSet<VisitId>) -> bool {
    let marking = canary.marking.max(canary.floor);
    marking <= ceiling
        && match marking {
            Marking::Clear => true,
            Marking::Green => reader.account.is_some(),
            Marking::Amber | Marking::AmberStrict => canary.visit.is_none_or(|visit| listed.contains(&visit)),
            Marking::Red => reader.account == Some(canary.by),
        }
}

/// A word as it may be written: as it is, in base64 at each of its three phases, and in UTF-16.
fn written(word: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![word.as_bytes().to_vec()];
    for phase in 0..3 {
        let padded = [&b"xxx"[..phase], word.as_bytes()].concat();
        let encoded = STANDARD.encode(&padded);
        // The first and last letters depend on what stands beside the word.
        forms.push(encoded.as_bytes()[4..encoded.len() - 6].to_vec());
    }
    forms.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    forms.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    forms
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut rest = haystack;
    while let Some(start) = rest.iter().position(|byte| byte == first) {
        rest = &rest[start..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// Every address to read, from the API's description and the pages.
///
/// An address with a parameter needs an example here.
fn addresses(visits: &[VisitId], items: &[ItemId]) -> Vec<String> {
    let mut all = Vec::new();
    let description = serde_json::to_value(server::api::description()).unwrap();
    for (path, operations) in description["paths"].as_object().unwrap() {
        if operations.get("get").is_none() {
            continue;
        }
        let examples: Vec<String> = match path.split('/').nth(3).unwrap_or_default() {
            "visits" if path.contains('{') => visits.iter().map(ToString::to_string).collect(),
            // Enough of them that each part at each marking is asked for through one of the visits' lists, and some alone.
            "items" => items.iter().step_by(5).map(ToString::to_string).collect(),
            _ if !path.contains('{') => vec![String::new()],
            // Things that hold nothing of a visit: any identifier will do to see that nothing is told.
            "rooms" | "bookings" | "missions" | "people" | "sites" | "feeds" | "tokens" | "delegates" | "releases" | "accounts" => {
                visits.iter().map(ToString::to_string).collect()
            }
            other => panic!("{path}: register an example of what {other} takes"),
        };
        for example in examples {
            let start = path.find('{').unwrap_or(path.len());
            let end = path.find('}').map_or(path.len(), |end| end + 1);
            all.push(format!("{}{example}{}", &path[..start], &path[end..]));
        }
    }
    all.extend(PAGES.iter().map(ToString::to_string));
    for visit in visits {
        all.extend(PAGES_OF_A_VISIT.iter().map(|page| format!("/visits/{visit}{page}")));
    }
    for (item, visit) in items.iter().take(6).zip(visits.iter().cycle()) {
        all.push(format!("/visits/{visit}/items/{item}"));
    }
    all
}

fn bytes_of(answer: &Answer) -> Vec<u8> {
    let mut bytes = answer.body.clone();
    for (name, value) in &answer.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(value.as_bytes());
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_is_sent_a_canary_above_their_right() {
    let world = world().await;
    let readers = readers(&world).await;
    let mut leaks = Vec::new();
    let mut read_by_the_chief = BTreeSet::new();
    for (reader, ceiling, listed) in &readers {
        let forbidden: Vec<(&Canary, Vec<Vec<u8>>)> = world
            .canaries
            .iter()
            .filter(|canary| !may_read(canary, reader, *ceiling, listed))
            .map(|canary| (canary, written(&canary.word)))
            .collect();
        let bookings: Vec<String> = world.bookings.iter().map(ToString::to_string).collect();
        let asked = addresses_with_queries(&world.room.to_string(), &bookings);
        for address in addresses(&world.visits, &world.items).into_iter().chain(asked) {
            let answer = world.house.get(reader, &address).await;
            assert!(!answer.status.is_server_error(), "{} {address}: {} {}", reader.name, answer.status, answer.text());
            let bytes = bytes_of(&answer);
            for (canary, forms) in &forbidden {
                if forms.iter().any(|form| holds(&bytes, form)) {
                    leaks.push(format!("{} read {} at {address}", reader.name, canary.word));
                }
            }
            if reader.name == "chief" {
                let seen = world.canaries.iter().filter(|canary| holds(&bytes, canary.word.as_bytes()));
                read_by_the_chief.extend(seen.map(|canary| canary.word.clone()));
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    // A test that finds nothing because nothing is shown would not be one.
    let unseen: Vec<&String> = world.canaries.iter().map(|canary| &canary.word).filter(|word| !read_by_the_chief.contains(*word)).collect();
    assert!(unseen.is_empty(), "the chief, who may read all of it, was not shown {unseen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_is_not_signed_in_is_told_anything() {
    let world = world().await;
    let description = serde_json::to_value(server::api::description()).unwrap();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|key| ["get", "post", "patch", "put", "delete"].contains(&key.as_str()))
        {
            if path.ends_with("/session") && method == "post" {
                continue;
            }
            let address = path.replace("{id}", &world.visits[0].to_string());
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = world.house.ask(&House::nobody(), method.clone(), &address, Some(&json!({})), &[]).await;
            assert_eq!(answer.status, 401, "{method} {address}: {}", answer.text());
        }
    }
}

/// A world, and one that differs from it by a visit and lines that `staff` may not read.
async fn twin(differs: bool) -> (House, Asker, VisitId, ItemId, CountOfIds) {
    let (ids, count) = CountedIds::new();
    let house = House::over(testing::office_with_ids(Engine::Sqlite, Box::new(ids)).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let reader = house.account("reader", Role::ProtocolOfficer, Marking::Amber, None).await;
    let context = house.context(&chief).await;
    let mut plain = |marking: Marking| format!("plain {}", marking.label());
    let open = VisitInput {
        markings: BTreeMap::from([
            ("existence".to_owned(), Marking::Green.label().to_owned()),
            ("remarks".to_owned(), Marking::Red.label().to_owned()),
        ]),
        ..a_visit(0, Marking::Green, &mut plain)
    };
    let visit = visits::create_visit(&context, open).await.unwrap().id;
    let context = house.context(&chief).await;
    listed(&context, visit, &reader).await;
    let line = a_line(0, ItemPart::Notes, Marking::AmberStrict, Marking::Green, &mut plain);
    let item = programme::add_programme_item(&context, visit, line).await.unwrap().view.id;
    let room = a_room(&house).await;
    booked(&context, room, "14:00", "15:00", Marking::Green, plain(Marking::Green)).await;
    // One that only its maker reads; in the other world it is of something else, and not to the same minute.
    let (from, until, purpose) = if differs { ("10:05", "10:35", "quite another purpose") } else { ("10:07", "10:33", "a purpose") };
    booked(&context, room, from, until, Marking::Red, purpose.to_owned()).await;
    if differs {
        // A visit nobody else knows of; a line above the reader's ceiling; other notes where the reader sees none.
        visits::create_visit(&context, a_visit(1, Marking::Amber, &mut plain)).await.unwrap();
        let context = house.context(&chief).await;
        let hidden = a_line(3, ItemPart::Existence, Marking::AmberStrict, Marking::Green, &mut plain);
        programme::add_programme_item(&context, visit, hidden).await.unwrap();
        let change = ItemInput { notes: text("quite other notes"), ..ItemInput::default() };
        programme::change_programme_item(&context, item, change, &Seen::Any).await.unwrap();
    }
    count.set(1_000_000);
    (house, reader, visit, item, count)
}

/// A method, an address, a body and headers.
type Command<'a> = (Method, String, Value, Vec<(&'a str, &'a str)>);

/// What is asked of a room that is taken by what one may not read.
fn commands_about_rooms<'a>(room: &str, booking: &str, visit: VisitId) -> Vec<Command<'a>> {
    let moment = |time: &str| json!({ "local": format!("2027-03-12T{time}"), "zone": "America/Los_Angeles" });
    let wanted = |from: &str, until: &str| json!({ "room_id": room, "starts": moment(from), "ends": moment(until), "layout": "boardroom", "purpose": "Briefing", "state": "firm" });
    let line = json!({ "kind": "bilateral", "title": "Talks", "state": "held", "room_id": room, "starts": moment("10:00"), "ends": moment("11:00") });
    let one = format!("/api/v1/bookings/{booking}");
    let post = |path: &str, body: Value| (Method::POST, format!("/api/v1/{path}"), body, vec![]);
    vec![
        post("bookings", wanted("10:00", "11:00")),
        post("clashes", json!({ "booking": wanted("10:00", "11:00") })),
        post("clashes", json!({ "visit_id": visit, "item": line })),
        post(&format!("visits/{visit}/items"), line),
        post("bookings", wanted("12:00", "13:00")),
        (Method::PATCH, one.clone(), wanted("10:00", "11:00"), vec![("if-match", "*")]),
        (Method::DELETE, one, json!({}), vec![]),
        (Method::DELETE, "/api/v1/bookings/6f3f8a4e-0000-4000-8000-000000000000".into(), json!({}), vec![]),
    ]
}

/// What must be the same: all but the request's reference and the nonce of a page, which are random by design.
fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let mut nonces: Vec<String> = Vec::new();
    if let Some(policy) = answer.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok()) {
        nonces.extend(policy.split("'nonce-").skip(1).filter_map(|rest| rest.split('\'').next()).map(str::to_owned));
    }
    nonces.extend(answer.headers.get("x-request-id").and_then(|value| value.to_str().ok()).map(str::to_owned));
    let without = |text: &str| nonces.iter().fold(text.to_owned(), |text, nonce| text.replace(nonce, "NONCE"));
    let mut headers: Vec<(String, String)> =
        answer.headers.iter().map(|(name, value)| (name.to_string(), without(&String::from_utf8_lossy(value.as_bytes())))).collect();
    headers.sort();
    (answer.status.as_u16(), headers, without(&answer.text()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_world_with_hidden_things_answers_as_one_without() {
    let (one, reader_one, visit, item, count_one) = twin(false).await;
    let (two, reader_two, visit_two, item_two, count_two) = twin(true).await;
    assert_eq!((visit, item), (visit_two, item_two), "the worlds are twins");
    let first_of = async |list: &str| one.get(&reader_one, list).await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let (room, booking) = (first_of("/api/v1/rooms").await, first_of("/api/v1/bookings").await);
    for address in addresses(&[visit], &[item]).into_iter().chain(addresses_with_queries(&room, std::slice::from_ref(&booking))) {
        let first = one.get(&reader_one, &address).await;
        let second = two.get(&reader_two, &address).await;
        assert_eq!(comparable(&first), comparable(&second), "{address}");
    }
    // The same commands: what is seen is changed, what is not there is not found, a stale version is stale.
    let etag = one.get(&reader_one, &format!("/api/v1/items/{item}")).await.headers[header::ETAG].to_str().unwrap().to_owned();
    let commands: [Command<'_>; 6] = [
        (Method::PATCH, format!("/api/v1/items/{item}"), json!({ "title": "Renamed" }), vec![("if-match", etag.as_str())]),
        (Method::PATCH, format!("/api/v1/items/{item}"), json!({ "title": "Again" }), vec![("if-match", etag.as_str())]),
        (Method::PATCH, format!("/api/v1/items/{item}"), json!({ "title": "Again" }), vec![]),
        (Method::GET, "/api/v1/visits/6f3f8a4e-0000-4000-8000-000000000000".into(), json!({}), vec![]),
        (
            Method::POST,
            format!("/api/v1/visits/{visit}/items"),
            json!({ "kind": "bilateral", "title": "", "starts": null, "ends": null }),
            vec![],
        ),
        (
            Method::POST,
            format!("/api/v1/visits/{visit}/items"),
            json!({ "kind": "rest", "title": "Rest", "starts": { "local": "2027-03-12T10:00", "zone": "America/Los_Angeles" }, "ends": { "local": "2027-03-12T11:00", "zone": "America/Los_Angeles" } }),
            vec![],
        ),
    ];
    let commands = commands.into_iter().chain(commands_about_rooms(&room, &booking, visit));
    for (number, (method, path, body, headers)) in (2_u64..).zip(commands) {
        // What is made bears the same identifier in both, however many were used up unseen before.
        count_one.set(number * 1_000_000);
        count_two.set(number * 1_000_000);
        let body = (method != Method::GET).then_some(&body);
        let first = one.ask(&reader_one, method.clone(), &path, body, &headers).await;
        let second = two.ask(&reader_two, method.clone(), &path, body, &headers).await;
        assert_eq!(comparable(&first), comparable(&second), "{method} {path}");
    }
}
