//! However many press at once for one room, or for one principal, one of them gets it: over the JSON API, on SQLite and on a
//! PostgreSQL behind three servers. What was got is counted in the database, and not by what was answered.

#[path = "support/process.rs"]
mod process;

use backend::{
    database::{Connection as _, Database},
    testing::{self, Engine},
    values,
};
use process::{CHIEF, Installation, Line, Served, ask, free_address, sign_in};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Barrier},
    thread,
};

/// How many ask.
const REQUESTS: usize = 500;

/// Over how many connections.
const CONNECTIONS: usize = 50;

/// The variable that says how often the race is run, and how often it is if nothing says.
const REPETITIONS: &str = "CHANCERY_RACE_REPETITIONS";
const USUAL_REPETITIONS: usize = 20;

/// Who keeps the rooms.
const KEEPER: &str = "rooms@city.example";

fn repetitions() -> usize {
    std::env::var(REPETITIONS).map_or(USUAL_REPETITIONS, |text| text.parse().unwrap())
}

/// An office that some servers serve over one database, with something in it for which many press at once.
struct Course {
    _servers: Vec<Served>,
    addresses: Vec<SocketAddr>,
    token: String,
    /// The token of who keeps the rooms.
    keepers: String,
    database: String,
}

impl Course {
    async fn laid(engine: Engine, servers: usize) -> (Self, testing::ThrowAway) {
        let place = testing::database(engine).await;
        let installation = Installation::over(&place.url);
        installation.set_up();
        installation.account(KEEPER, "rooms_manager");
        let addresses: Vec<SocketAddr> = (0..servers).map(|_| free_address()).collect();
        let servers = addresses.iter().map(|address| installation.serve(*address)).collect();
        let [token, keepers] = [CHIEF, KEEPER].map(|email| sign_in(addresses[0], email));
        let database = place.url.clone();
        (Self { _servers: servers, addresses, token, keepers, database }, place)
    }

    fn make(&self, token: &str, path: &str, body: &Value) -> String {
        let (status, made) = ask(self.addresses[0], "POST", &format!("/api/v1{path}"), Some(token), Some(body)).unwrap();
        assert_eq!(status, 201, "{path}: {made}");
        made["id"].as_str().unwrap().to_owned()
    }

    /// A boardroom that takes 15 minutes to lay out and 10 to clear, beside another that is as good.
    fn a_room(&self) -> String {
        let site = self.make(&self.keepers, "/sites", &json!({ "name": "City Hall" }));
        let layout = json!({ "layout": "boardroom", "capacity": 24, "set_up_minutes": 15, "clearing_minutes": 10 });
        let room = |name: &str| self.make(&self.keepers, "/rooms", &json!({ "site_id": site, "name": name, "layouts": [layout] }));
        room("Tom Bradley Room");
        room("Rotunda")
    }

    /// All ask at once, each for a time of its own; the answers by their status.
    fn run(&self, path: &str, body: impl Fn(usize) -> Value) -> BTreeMap<u16, Vec<Value>> {
        let start = Arc::new(Barrier::new(CONNECTIONS));
        let runners: Vec<_> = (0..CONNECTIONS)
            .map(|connection| {
                let address = self.addresses[connection % self.addresses.len()];
                let (start, token, path) = (Arc::clone(&start), self.token.clone(), format!("/api/v1{path}"));
                let bodies: Vec<Value> = (connection..REQUESTS).step_by(CONNECTIONS).map(&body).collect();
                thread::spawn(move || {
                    let mut line = Line::open(address).unwrap();
                    start.wait();
                    let answers = bodies.iter().map(|body| line.ask("POST", &path, Some(&token), Some(body)).unwrap());
                    answers.collect::<Vec<_>>()
                })
            })
            .collect();
        let mut answers: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
        for (status, answer) in runners.into_iter().flat_map(|runner| runner.join().unwrap()) {
            answers.entry(status).or_default().push(answer);
        }
        answers
    }

    /// How many rows a question counts in the database.
    async fn count(&self, question: &'static str, day: &str) -> i64 {
        let database = Database::open(&self.database).await.unwrap();
        let (from, until) = (instant(&format!("{day}T00:00:00Z")), instant(&format!("{day}T23:59:59Z")));
        let row: Option<(i64,)> = database.read().await.unwrap().optional(question, values![from, until]).await.unwrap();
        row.unwrap().0
    }
}

fn instant(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}

/// The day of a repetition; all lie in an ordinary spring.
fn day(repetition: usize) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2027, 4, 1).unwrap();
    (first + chrono::Days::new(u64::try_from(repetition).unwrap())).to_string()
}

/// Times that all overlap: each starts within an hour, and lasts longer than that.
fn times(day: &str, number: usize) -> (Value, Value) {
    let at = |hour: usize, minute: usize| json!({ "local": format!("{day}T{hour:02}:{minute:02}"), "zone": "Etc/UTC" });
    (at(10, number % 60), at(12, number % 50))
}

/// One was told that it has it, everybody else what is free nearest.
fn exactly_one_was_answered_done(answers: &BTreeMap<u16, Vec<Value>>) {
    let counted: BTreeMap<u16, usize> = answers.iter().map(|(status, answers)| (*status, answers.len())).collect();
    assert_eq!(counted, BTreeMap::from([(201, 1), (409, REQUESTS - 1)]), "{:?}", answers.values().map(|list| &list[0]).collect::<Vec<_>>());
    for refused in &answers[&409] {
        let nearest = refused["clashes"][0]["nearest"].as_array().map_or(0, Vec::len);
        assert!(nearest > 0, "{refused}");
    }
}

async fn one_gets_the_room(engine: Engine, servers: usize) {
    let (course, _place) = Course::laid(engine, servers).await;
    let room = course.a_room();
    for repetition in 0..repetitions() {
        let day = day(repetition);
        let answers = course.run("/bookings", |number| {
            let (starts, ends) = times(&day, number);
            json!({ "room_id": room, "starts": starts, "ends": ends, "layout": "boardroom", "purpose": "Budget briefing", "state": "firm" })
        });
        exactly_one_was_answered_done(&answers);
        let bookings = "SELECT COUNT(*) FROM bookings WHERE removed_at IS NULL AND starts_at < $2 AND ends_at > $1";
        assert_eq!(course.count(bookings, &day).await, 1);
        let taken = "SELECT COUNT(*) FROM engagements WHERE exclusive AND starts_at < $2 AND ends_at > $1";
        assert_eq!(course.count(taken, &day).await, 1);
    }
}

async fn one_gets_the_principal(engine: Engine, servers: usize) {
    let (course, _place) = Course::laid(engine, servers).await;
    let person = course.make(&course.token, "/people", &json!({ "family": "Bass", "rank": "Mayor" }));
    for repetition in 0..repetitions() {
        let day = day(repetition);
        let visit = json!({
            "category": "working", "state": "confirmed", "title": "Visit of a minister", "starts_on": day, "ends_on": day,
            "capital_zone": "Asia/Ho_Chi_Minh", "capital": "Hà Nội",
        });
        let visit = course.make(&course.token, "/visits", &visit);
        let answers = course.run(&format!("/visits/{visit}/items"), |number| {
            let (starts, ends) = times(&day, number);
            let host = json!({ "person_id": person, "role": "host" });
            json!({ "kind": "bilateral", "title": "Meeting", "starts": starts, "ends": ends, "people": [host], "state": "firm" })
        });
        exactly_one_was_answered_done(&answers);
        let lines = "SELECT COUNT(*) FROM items WHERE removed_at IS NULL AND starts_at < $2 AND ends_at > $1";
        assert_eq!(course.count(lines, &day).await, 1);
        let taken = "SELECT COUNT(*) FROM engagements WHERE exclusive AND starts_at < $2 AND ends_at > $1";
        assert_eq!(course.count(taken, &day).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_press_at_once_one_gets_the_room_on_sqlite() {
    one_gets_the_room(Engine::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_press_at_once_one_gets_the_room_on_postgresql_behind_three_servers() {
    one_gets_the_room(Engine::Postgres, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_press_at_once_one_gets_the_principal_on_sqlite() {
    one_gets_the_principal(Engine::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_press_at_once_one_gets_the_principal_on_postgresql_behind_three_servers() {
    one_gets_the_principal(Engine::Postgres, 3).await;
}
