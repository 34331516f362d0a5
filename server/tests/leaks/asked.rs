//! What each reader asks, and by which way the answer leaves.

use crate::{
    canaries::unfolded,
    support::{
        Answer, Asker, House,
        examples::{self, Example, QUERIES, Things},
    },
    world::World,
};
use axum::http::Method;
use backend::{feeds, rooms::doors::make_door_plan};
use domain::{
    accounts::Role,
    doors::DoorPlanInput,
    feeds::{FeedDetail, FeedScope},
    ids::RoomId,
    marking::Marking,
};
use serde_json::{Value, json};

/// A way by which an answer leaves; above its ceiling nothing passes, even to who may read it on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Page,
    /// A page at a glance: nothing marked TLP:RED is on it.
    Glance,
    Search,
    Print,
    File,
    Feed,
    /// What the display by a room's door shows.
    Door(Marking),
}

impl Way {
    pub fn ceiling(self) -> Marking {
        match self {
            Self::Page => Marking::Red,
            Self::Glance => Marking::AmberStrict,
            Self::Search | Self::Print | Self::File => Marking::Amber,
            Self::Feed => Marking::Green,
            Self::Door(ceiling) => ceiling,
        }
    }

    /// By which way a page or server function answers.
    fn of(example: &Example) -> Self {
        match example.of.as_str() {
            "page /" | "function load_today" | "page /calendar" | "function load_calendar" => Self::Glance,
            "page /rooms" | "function load_board" | "page /rooms/{id}" | "function load_room" | "GET /rooms/availability" => Self::Glance,
            "page /rooms/print" | "function load_board_print" | "page /rooms/{id}/print" | "function load_room_print" => Self::Print,
            "page /rooms/approvals" | "function load_approvals" | "GET /approvals" => Self::Glance,
            "page /search" | "function load_found" | "GET /search" => Self::Search,
            "page /visits/{id}/print" | "function load_print" => Self::Print,
            route if route.ends_with(".csv") => Self::File,
            _ => Self::Page,
        }
    }
}

/// Something to ask.
#[derive(Debug, Clone)]
pub struct Question {
    pub way: Way,
    pub method: Method,
    pub path: String,
    /// A body of JSON, or the fields of a form.
    pub body: Option<Value>,
    pub fields: Option<Vec<(String, String)>>,
    pub headers: Vec<(&'static str, String)>,
}

impl Question {
    pub fn get(way: Way, path: impl Into<String>) -> Self {
        Self { way, method: Method::GET, path: path.into(), body: None, fields: None, headers: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn json(method: Method, path: impl Into<String>, body: Value) -> Self {
        Self { method, body: (!body.is_null()).then_some(body), ..Self::get(Way::Page, path) }
    }

    /// What is asked, in a word: of a server function without the number that its place on the disk gives it.
    pub fn name(&self) -> String {
        let is_function = self.path.starts_with("/api/") && !self.path.starts_with("/api/v1/");
        let path = if is_function { self.path.trim_end_matches(|last: char| last.is_ascii_digit()) } else { &self.path };
        format!("{} {path}", self.method)
    }

    pub async fn ask(&self, house: &House, asker: &Asker) -> Answer {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match &self.fields {
            Some(fields) => house.post(asker, &self.path, fields, &headers).await,
            None => house.ask(asker, self.method.clone(), &self.path, self.body.as_ref(), &headers).await,
        }
    }
}

fn is_reading(example: &Example) -> bool {
    example.method == Method::GET || example.of.starts_with("function load_")
}

/// An example, asked about these things.
pub fn question(example: &Example, things: &Things) -> Question {
    let path = example.path_with(things);
    let way = Way::of(example);
    if example.of.starts_with("function ") {
        let fields = Some(example.arguments_with(things));
        return Question { method: Method::POST, fields, ..Question::get(way, path).with("accept", "application/json") };
    }
    let asked = Question { way, ..Question::json(example.method.clone(), path, example.body_with(things).unwrap_or_default()) };
    if example.of.starts_with("page ") { asked.with("accept", "text/html") } else { asked }
}

/// All that only reads, of these things: each page, each server function, each operation.
pub fn readings(things: &Things) -> Vec<Question> {
    let all = [examples::operations(), examples::functions(), examples::plain(), examples::pages()].concat();
    let with_queries = all.iter().flat_map(|example| {
        let queries = QUERIES.iter().filter(|(path, _)| *path == example.path);
        queries.map(|(_, query)| Example { path: format!("{}{query}", example.path), ..example.clone() })
    });
    all.iter().cloned().chain(with_queries).filter(is_reading).map(|example| question(&example, things)).collect()
}

/// What is asked of a world: all that reads, about each visit and some of its lines and delegates; and what is refused with
/// words in its answer.
pub fn of_world(world: &World) -> Vec<Question> {
    let mut all = readings(&world.things);
    let mut about = |things: &Things, is_meant: fn(&Example) -> bool| {
        let examples = [examples::operations(), examples::functions(), examples::plain(), examples::pages()].concat();
        let meant = examples.into_iter().filter(|example| is_reading(example) && is_meant(example));
        all.extend(meant.map(|example| question(&example, things)));
    };
    // The first visit is what the examples are about.
    for visit in &world.visits[1..] {
        let things = world.things.clone().with("visit", visit);
        about(&things, |example| {
            let names = |text: &str| text.contains("{visit}");
            let is_of_one = ["{item}", "{delegate}", "{task}"].iter().any(|one| example.path.contains(one));
            !is_of_one && (names(&example.path) || example.arguments.iter().any(|(_, value)| names(value)))
        });
    }
    // Enough of them that each part at each marking is asked for somewhere by itself.
    for item in world.items.iter().step_by(9) {
        about(&world.things.clone().with("item", item), |example| {
            example.of == "GET /items/{id}" || example.of == "function load_item_form"
        });
    }
    for delegate in &world.delegates {
        about(&world.things.clone().with("delegate", delegate), |example| example.of == "GET /delegates/{id}");
    }
    for task in &world.tasks {
        about(&world.things.clone().with("task", task), |example| {
            example.of == "GET /tasks/{id}" || matches!(example.of.as_str(), "function load_task_form" | "page /visits/{id}/tasks/{task}")
        });
    }
    for booking in &world.bookings {
        about(&world.things.clone().with("booking", booking), |example| {
            example.of.contains("/bookings/{id}") || example.of.starts_with("function load_booking")
        });
    }
    for series in &world.series {
        about(&world.things.clone().with("series", series), |example| {
            example.of.contains("/series/{id}") || matches!(example.of.as_str(), "function load_series" | "function load_series_form")
        });
    }
    for blackout in &world.blackouts {
        about(&world.things.clone().with("blackout", blackout), |example| {
            example.of.contains("/blackouts/{id}") || example.of.starts_with("function load_blackout")
        });
    }
    all.extend(refusals(world));
    all
}

/// What is refused: versions that are stale, clashes in words, texts that are wrong.
fn refusals(world: &World) -> Vec<Question> {
    let mut all = Vec::new();
    let at = |day: usize, hour: usize, minute: usize| json!({ "local": format!("2027-03-{day:02}T{hour:02}:{minute:02}"), "zone": "America/Los_Angeles" });
    for (number, visit) in world.visits.iter().enumerate() {
        let path = format!("/api/v1/visits/{visit}");
        let changed = json!({ "title": "", "starts_on": "never", "remarks": "x" });
        all.push(Question::json(Method::PATCH, path.clone(), changed).with("if-match", "\"stale\""));
        all.push(Question::json(Method::PATCH, path, json!({ "title": "Another" })));
        for line in 0..31 {
            let (day, hour) = (9 + 4 * number + line / 12, 7 + line % 12);
            // Whoever may check is told what its guest is taken by, as far as they may know.
            let item = json!({
                "kind": "bilateral", "title": "Check", "state": "firm", "place": "Elsewhere",
                "starts": at(day, hour, 30), "ends": at(day, hour, 40), "room_id": world.room.to_string(),
            });
            if line % 10 == 0 {
                all.push(Question::json(Method::POST, "/api/v1/clashes", json!({ "visit_id": visit.to_string(), "item": item })));
            }
        }
    }
    // Each day of it lies over what is in the room: the preview says why it cannot be had.
    for (day, hour) in [(9, 8), (10, 10), (12, 8)] {
        let booking = json!({
            "room_id": world.room.to_string(), "purpose": "Check", "state": "firm", "starts": at(day, hour, 0), "ends": at(day, hour + 4, 0),
        });
        let series = json!({ "booking": booking, "repeats": "weekly", "times": 2 });
        all.push(Question::json(Method::POST, "/api/v1/series/check", json!({ "series": series })));
    }
    for item in world.items.iter().step_by(13) {
        let path = format!("/api/v1/items/{item}");
        all.push(Question::json(Method::PATCH, path.clone(), json!({ "title": "Another", "notes": "x" })).with("if-match", "\"stale\""));
        all.push(Question::json(Method::DELETE, path, Value::Null).with("if-match", "\"stale\""));
    }
    for delegate in world.delegates.iter().step_by(3) {
        let path = format!("/api/v1/delegates/{delegate}");
        all.push(Question::json(Method::PATCH, path, json!({ "rank": "x" })).with("if-match", "\"stale\""));
    }
    for task in &world.tasks {
        let path = format!("/api/v1/tasks/{task}");
        all.push(Question::json(Method::PATCH, path.clone(), json!({ "words": "x" })).with("if-match", "\"stale\""));
        all.push(Question::json(Method::PATCH, path, json!({ "done": true })).with("if-match", "\"stale\""));
    }
    all
}

/// The bytes of every feed that somebody may make, each with what it is of.
pub async fn feeds_of(world: &World, asker: &Asker) -> Vec<(String, String)> {
    if asker.account.is_none() {
        return Vec::new();
    }
    let context = world.house.context(asker).await;
    let scopes = [
        FeedScope::Mine,
        FeedScope::Office,
        FeedScope::Visit(world.visits[0]),
        FeedScope::Principal(world.person),
        FeedScope::Room(world.room),
        FeedScope::Mission(world.missions.0),
        FeedScope::Mission(world.missions.1),
    ];
    let mut told = Vec::new();
    for scope in scopes {
        let is_of_one = matches!(scope, FeedScope::Office | FeedScope::Room(_) | FeedScope::Visit(_));
        let details = if is_of_one { FeedDetail::ALL } else { &[FeedDetail::Full] };
        for detail in details {
            let Ok(made) = feeds::make_feed(&context, scope, *detail).await else { continue };
            let answer = world.house.get(&House::nobody(), &format!("/feeds/{}.ics", made.token())).await;
            assert!(answer.status.is_success(), "{scope:?} {detail:?}: {} {}", answer.status, answer.text());
            told.push((format!("feed of {scope:?}, {detail:?}"), unfolded(&answer.text())));
        }
    }
    told
}

/// What the doors of a world show, each at a marking that it is allowed.
pub async fn doors_of(world: &World) -> Vec<(Marking, Answer)> {
    let keeper = world.house.account("porter", Role::RoomsManager, Marking::Green, None).await;
    let context = world.house.context(&keeper).await;
    let mut told = Vec::new();
    for ceiling in [Marking::Clear, Marking::Green] {
        let made = make_door_plan(&context, &a_door_plan(world.room, ceiling)).await.unwrap();
        let answer = world.house.get(&House::nobody(), &format!("/doors/{}", made.token())).await;
        assert!(answer.status.is_success(), "{ceiling}: {} {}", answer.status, answer.text());
        told.push((ceiling, answer));
    }
    told
}

/// A door plan of a room, at a marking.
pub fn a_door_plan(room: RoomId, ceiling: Marking) -> DoorPlanInput {
    DoorPlanInput {
        room_id: room.to_string(),
        ceiling: Some(ceiling.label().to_owned()),
        reason: Some("It hangs in the staff corridor".to_owned()),
        ..DoorPlanInput::default()
    }
}

/// Everything of an answer that leaves: its status, headers and body.
pub fn told(answer: &Answer) -> String {
    let headers = answer.headers.iter().map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    format!("{}\n{}\n{}", answer.status, headers.collect::<String>(), answer.text())
}
