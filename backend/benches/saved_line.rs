//! A line saved through the whole use case on SQLite: permission, check, write, revision and entry in the record, with ten
//! thousand and with a million engagements stored. Run it by `cargo xtask bench saved_line`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up fails")]

use backend::{
    RequestContext,
    database::Connection,
    programme,
    testing::{self, Engine, TestOffice},
    values, visits,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use domain::{
    accounts::Role,
    ids::VisitId,
    marking::Marking,
    programme::input::{ItemInput, ParticipantInput},
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use std::{
    cell::Cell,
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// Rooms over which the stored engagements lie.
const ROOMS: u32 = 200;

struct Desk {
    _office: TestOffice,
    officer: RequestContext,
    visit: VisitId,
    room: Uuid,
    person: Uuid,
}

fn room_id(number: u32) -> Uuid {
    Uuid::from_u128(0x4000_0000_0000_0000_0000_0000_0000 + u128::from(number))
}

async fn desk(engagements: u32) -> Desk {
    let office = testing::office(Engine::Sqlite).await;
    let id = office.operator.office_id();
    let site = Uuid::from_u128(1);
    let person = office.person("Mayor").await.uuid();
    let mut transaction = office.operator.write().await.unwrap();
    let site_body = r#"{"name":"City Hall","address":null,"zone":"America/Los_Angeles","travel":[]}"#;
    transaction
        .execute(
            "INSERT INTO sites (office_id, id, revision, name, body) VALUES ($1, $2, 1, 'City Hall', $3)",
            values![id, site, site_body],
        )
        .await
        .unwrap();
    for number in 0..ROOMS {
        let room = room_id(number);
        let body = format!(
            r#"{{"site":"{site}","name":"Room {number}","floor":null,"layouts":[{{"layout":"boardroom","capacity":24,"set_up_minutes":15,"clearing_minutes":10}}],"clearance":"TLP:AMBER"}}"#
        );
        let insert = "INSERT INTO rooms (office_id, id, site_id, revision, name, folded, body) VALUES ($1, $2, $3, 1, $4, $4, $5)";
        transaction.execute(insert, values![id, room, site, format!("Room {number}"), body]).await.unwrap();
        transaction.execute("INSERT INTO resources (office_id, id, kind) VALUES ($1, $2, 'room')", values![id, room]).await.unwrap();
    }
    // An hour in every two, from 2010 on, in each room: all before 2027 or after it, so that the saved lines stay free.
    let rows = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $3) \
        INSERT INTO engagements (office_id, id, resource_id, source_kind, source_id, starts_at, ends_at, core_starts_at, core_ends_at, state, exclusive, drop_by, marking) \
        SELECT $1, randomblob(16), r.id, 'booking', randomblob(16), \
          strftime('%Y-%m-%dT%H:00:00+00:00', '2010-01-01', (i * 2) || ' hours'), strftime('%Y-%m-%dT%H:00:00+00:00', '2010-01-01', (i * 2 + 1) || ' hours'), \
          strftime('%Y-%m-%dT%H:00:00+00:00', '2010-01-01', (i * 2) || ' hours'), strftime('%Y-%m-%dT%H:00:00+00:00', '2010-01-01', (i * 2 + 1) || ' hours'), \
          'firm', 1, 0, 'TLP:GREEN' FROM n CROSS JOIN resources r WHERE r.office_id = $1 AND r.kind = $2";
    transaction.execute(rows, values![id, "room", engagements / ROOMS]).await.unwrap();
    transaction.commit().await.unwrap();
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let text = |value: &str| Some(value.to_owned());
    let visit = VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister of Viet Nam"),
        starts_on: text("2027-03-01"),
        ends_on: text("2027-06-20"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&officer, visit).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    Desk { _office: office, officer, visit, room: room_id(0), person }
}

/// A line of half an hour; each number has a place of its own.
fn line(desk: &Desk, number: i64) -> ItemInput {
    let text = |value: &str| Some(value.to_owned());
    let first = chrono::NaiveDate::from_ymd_opt(2027, 3, 15).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let at = |minutes: i64| {
        let local = domain::time::WallTime::new(first).plus_minutes(number * 60 + minutes).unwrap();
        Some(AgreedTime { local, zone: "Etc/UTC".to_owned().try_into().unwrap(), offset: None })
    };
    ItemInput {
        kind: text("bilateral"),
        title: text("Meeting with the Mayor"),
        starts: at(0),
        ends: at(30),
        room_id: Some(desk.room.to_string()),
        layout: text("boardroom"),
        people: Some(vec![ParticipantInput { person_id: desk.person.to_string(), role: "host".into() }]),
        state: text("firm"),
        ..ItemInput::default()
    }
}

fn saved_line(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut group = criterion.benchmark_group("saved_line");
    group.sample_size(60);
    for engagements in [10_000, 1_000_000] {
        let desk = runtime.block_on(desk(engagements));
        let number = Cell::new(0);
        group.bench_function(BenchmarkId::from_parameter(engagements), |bencher| {
            // The line is taken out again, unmeasured, so that the visit stays as small as it was.
            bencher.iter_custom(|times| {
                let mut measured = Duration::ZERO;
                for _ in 0..times {
                    let n = number.replace((number.get() + 1) % 2_000);
                    let started = Instant::now();
                    let saved = runtime.block_on(programme::add_programme_item(&desk.officer, desk.visit, line(&desk, n))).unwrap();
                    measured += started.elapsed();
                    runtime.block_on(programme::remove_programme_item(&desk.officer, saved.view.id, &backend::version::Seen::Any)).unwrap();
                }
                measured
            });
        });
    }
    group.finish();
}

criterion_group!(benches, saved_line);
criterion_main!(benches);
