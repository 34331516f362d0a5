//! Rooms at the size of a large city: 500 of them, and a million bookings over ten years, on SQLite, as the process answers, rights
//! included. Run it by `cargo xtask bench rooms`; it ends with a failure when a figure is beyond its limit.
//!
//! Each figure stands beside that of the same rooms with ten thousand bookings: over ten years too, which leaves a day nearly empty,
//! and over so few days that a day has as many as with a million, which tells what the others cost.
//!
//! `CHANCERY_BENCH_ROOMS`, `CHANCERY_BENCH_BOOKINGS` and `CHANCERY_BENCH_TIMES` make it smaller. Limits are for what is built as it is
//! shipped: a build for development is measured, and not judged.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "figures are for who runs it")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up fails")]

#[path = "../tests/support/mod.rs"]
mod support;

use axum::http::{Method, header};
use backend::testing::{
    self, Engine,
    load::{self, Spread},
};
use chrono::{Days, NaiveDate};
use domain::{accounts::Role, ids::RoomId, marking::Marking};
use serde_json::json;
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};
use support::{Asker, House};

const FEW: u32 = 10_000;

/// How much slower a figure may be than with ten thousand bookings.
const MOST_TIMES: f64 = 1.5;

/// The most that a page of the board may weigh as it is sent.
const MOST_BYTES: usize = 150_000;

/// How many answers are given before any is measured.
const WARM_UP: usize = 10;

const TEN_YEARS: Spread = Spread { first: NaiveDate::from_ymd_opt(2022, 1, 1).unwrap(), days: 3_652 };

/// The day of the board.
const DAY: NaiveDate = NaiveDate::from_ymd_opt(2027, 3, 10).unwrap();

fn said(variable: &str, usual: u32) -> u32 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

/// What was measured, and the most it may take.
struct Timing {
    what: &'static str,
    most: Duration,
    median: Duration,
    of_twenty_the_slowest: Duration,
}

impl Timing {
    fn of(what: &'static str, most_milliseconds: u64, mut taken: Vec<Duration>) -> Self {
        taken.sort_unstable();
        let at = |hundredth: usize| taken[(taken.len() * hundredth / 100).min(taken.len() - 1)];
        Self { what, most: Duration::from_millis(most_milliseconds), median: at(50), of_twenty_the_slowest: at(95) }
    }
}

/// All that is measured of an office.
struct Figures {
    timings: Vec<Timing>,
    bytes: usize,
    /// How many uses the board shows.
    shown: usize,
}

struct Desk {
    house: House,
    officer: Asker,
    rooms: Vec<RoomId>,
    times: usize,
}

impl Desk {
    async fn open(rooms: u32, bookings: u32, spread: Spread, times: u32) -> Self {
        let office = testing::office(Engine::Sqlite).await;
        let rooms = load::fill(&office, rooms, bookings, spread).await;
        let house = House::over(office).await;
        let officer = house.account("officer", Role::ProtocolOfficer, Marking::Red, None).await;
        Self { house, officer, rooms, times: times as usize }
    }

    /// Asks again and again; the answers of the warm-up are thrown away.
    async fn timed(&self, mut ask: impl AsyncFnMut(usize) -> Duration) -> Vec<Duration> {
        let mut taken = Vec::with_capacity(self.times);
        for number in 0..WARM_UP + self.times {
            let one = ask(number).await;
            if number >= WARM_UP {
                taken.push(one);
            }
        }
        taken
    }

    async fn figures(&self) -> Figures {
        let (house, officer) = (&self.house, &self.officer);
        let (mut bytes, mut shown) = (0, 0);
        let board_path = format!("/rooms?day={DAY}");
        shown += house.page(officer, &board_path).await.text().matches("class=\"block").count();
        let board = self
            .timed(async |_| {
                let started = Instant::now();
                let headers = [("accept", "text/html"), ("accept-encoding", "br")];
                let page = house.ask(officer, Method::GET, &board_path, None, &headers).await;
                let taken = started.elapsed();
                assert_eq!((page.status.as_u16(), page.headers[header::CONTENT_ENCODING].to_str().unwrap()), (200, "br"));
                bytes = page.body.len();
                taken
            })
            .await;
        let find_path = format!("/api/v1/rooms/find?starts={DAY}T10:00:00Z&ends={DAY}T12:00:00Z");
        let find = self
            .timed(async |_| {
                let started = Instant::now();
                let found = house.get(officer, &find_path).await;
                let taken = started.elapsed();
                assert_eq!(found.json()["of"], self.rooms.len());
                taken
            })
            .await;
        let booking = self.timed(async |number| self.book(number).await).await;
        let timings = vec![
            Timing::of("the board of a day", 25, board),
            Timing::of("rooms free for two hours", 10, find),
            Timing::of("a booking", 5, booking),
        ];
        Figures { timings, bytes, shown }
    }

    /// A booking at night, when nobody else has one; it is cancelled again, unmeasured.
    async fn book(&self, number: usize) -> Duration {
        let day = DAY + Days::new(u64::try_from(number).unwrap() % 1_000 + 1);
        let at = |clock: &str| json!({ "local": format!("{day}T{clock}"), "zone": "Etc/UTC" });
        let body = json!({
            "room_id": self.rooms[number % self.rooms.len()], "starts": at("02:00"), "ends": at("03:00"), "layout": "boardroom",
            "purpose": "Night watch", "state": "firm",
        });
        let started = Instant::now();
        let made = self.house.ask(&self.officer, Method::POST, "/api/v1/bookings", Some(&body), &[]).await;
        let taken = started.elapsed();
        assert_eq!(made.status, 201, "{}", made.text());
        let address = made.headers[header::LOCATION].to_str().unwrap().to_owned();
        let cancelled = self.house.ask(&self.officer, Method::DELETE, &address, None, &[("if-match", "*")]).await;
        assert_eq!(cancelled.status, 204);
        taken
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// Prints the figures, and says what is beyond its limit.
fn told(bookings: u32, many: &Figures, few: &Figures, few_as_dense: &Figures) -> Vec<String> {
    let mut beyond = Vec::new();
    println!("{:<26} {:>9} {:>9} {:>10} {:>7} {:>10} {:>7}", "ms, median", bookings, "limit", "10,000", "times", "as dense", "times");
    for ((timing, before), dense) in many.timings.iter().zip(&few.timings).zip(&few_as_dense.timings) {
        let times = |other: &Timing| timing.median.as_secs_f64() / other.median.as_secs_f64();
        println!(
            "{:<26} {:>9.2} {:>9.2} {:>10.2} {:>7.2} {:>10.2} {:>7.2}   (95 of 100 within {:.2})",
            timing.what,
            milliseconds(timing.median),
            milliseconds(timing.most),
            milliseconds(before.median),
            times(before),
            milliseconds(dense.median),
            times(dense),
            milliseconds(timing.of_twenty_the_slowest),
        );
        if timing.median > timing.most {
            beyond.push(format!(
                "{} takes {:.2} ms, and may take {:.2}",
                timing.what,
                milliseconds(timing.median),
                milliseconds(timing.most)
            ));
        }
        for (beside, other) in [("over ten years", before), ("as dense", dense)] {
            if times(other) > MOST_TIMES {
                beyond.push(format!(
                    "{} takes {:.2} times as long as with 10,000 bookings {beside}, and may take {MOST_TIMES} times",
                    timing.what,
                    times(other)
                ));
            }
        }
    }
    println!(
        "the board's page: {} bytes as it is sent (limit {MOST_BYTES}), with {} uses; with 10,000 bookings {} bytes, {} uses",
        many.bytes, many.shown, few.bytes, few.shown
    );
    if many.bytes > MOST_BYTES {
        beyond.push(format!("the board's page weighs {} bytes, and may weigh {MOST_BYTES}", many.bytes));
    }
    beyond
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_writer(std::io::stderr).init();
    let (rooms, bookings) = (said("CHANCERY_BENCH_ROOMS", 500), said("CHANCERY_BENCH_BOOKINGS", 1_000_000));
    let times = said("CHANCERY_BENCH_TIMES", 100);
    let figures = async |bookings: u32, spread: Spread| Desk::open(rooms, bookings, spread, times).await.figures().await;
    let few = figures(FEW.min(bookings), TEN_YEARS).await;
    // As many on each day as a million has.
    let days = (u64::from(TEN_YEARS.days) * u64::from(FEW.min(bookings)) / u64::from(bookings)).max(2);
    let dense = Spread { first: DAY - Days::new(days / 2), days: u32::try_from(days).unwrap() };
    let few_as_dense = figures(FEW.min(bookings), dense).await;
    let many = figures(bookings, TEN_YEARS).await;
    assert!(many.shown > 0, "the board shows what is booked");
    let beyond = told(bookings, &many, &few, &few_as_dense);
    for word in &beyond {
        eprintln!("beyond its limit: {word}");
    }
    if beyond.is_empty() || cfg!(debug_assertions) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
