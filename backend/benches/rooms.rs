//! The board of a day, and a booking, in an office of 500 rooms, with ten thousand and with a million bookings over ten years, on
//! SQLite. Run it by `cargo xtask bench rooms`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up fails")]

use backend::{
    RequestContext,
    rooms::{
        board::day_board,
        bookings::{cancel_booking, create_booking},
    },
    testing::{self, Engine, TestOffice, inputs::text, load},
    version::Seen,
};
use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use domain::{
    accounts::Role,
    ids::RoomId,
    marking::Marking,
    rooms::{filter::RoomFilter, input::BookingInput},
    time::agreed::AgreedTime,
};
use std::{
    cell::Cell,
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const ROOMS: u32 = 500;

struct Desk {
    _office: TestOffice,
    officer: RequestContext,
    rooms: Vec<RoomId>,
}

async fn desk(bookings: u32) -> Desk {
    let office = testing::office(Engine::Sqlite).await;
    let rooms = load::fill(&office, ROOMS, bookings).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    Desk { _office: office, officer, rooms }
}

/// A booking at night, when nobody else has one; each number has a day of its own.
fn at_night(room: RoomId, number: u64) -> BookingInput {
    let day = NaiveDate::from_ymd_opt(2027, 4, 1).unwrap() + chrono::Days::new(number);
    let at = |clock: &str| {
        let local = format!("{day}T{clock}").parse().unwrap();
        Some(AgreedTime { local, zone: "Etc/UTC".to_owned().try_into().unwrap(), offset: None })
    };
    BookingInput {
        room_id: Some(room.to_string()),
        starts: at("02:00"),
        ends: at("03:00"),
        layout: text("boardroom"),
        purpose: text("Budget briefing"),
        state: text("firm"),
        ..BookingInput::default()
    }
}

fn rooms(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let day = NaiveDate::from_ymd_opt(2027, 3, 10).unwrap();
    for bookings in [10_000, 1_000_000] {
        let desk = runtime.block_on(desk(bookings));
        let mut group = criterion.benchmark_group("rooms");
        group.sample_size(40);
        group.bench_function(BenchmarkId::new("board", bookings), |bencher| {
            bencher.iter(|| runtime.block_on(day_board(&desk.officer, day, &RoomFilter::default())).unwrap());
        });
        let number = Cell::new(0);
        group.bench_function(BenchmarkId::new("booking", bookings), |bencher| {
            // The booking is cancelled again, unmeasured.
            bencher.iter_custom(|times| {
                let mut measured = Duration::ZERO;
                for _ in 0..times {
                    let n = number.replace((number.get() + 1) % 1_000);
                    let started = Instant::now();
                    let saved = runtime.block_on(create_booking(&desk.officer, at_night(desk.rooms[0], n))).unwrap();
                    measured += started.elapsed();
                    runtime.block_on(cancel_booking(&desk.officer, saved.view.id, &Seen::Any)).unwrap();
                }
                measured
            });
        });
        group.finish();
    }
}

criterion_group!(benches, rooms);
criterion_main!(benches);
