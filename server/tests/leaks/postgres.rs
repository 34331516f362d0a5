//! What PostgreSQL says of a refusal quotes what others wrote: it reaches neither the answer nor the log.

use crate::{
    canaries::{Canaries, Canary, SENTINEL},
    log::traced,
    support::House,
    world::{a_room, at, text},
};
use axum::http::Method;
use backend::{
    database::Connection,
    rooms::bookings,
    testing::{self, Engine},
    values, visits,
};
use domain::{accounts::Role, marking::Marking, rooms::input::BookingInput, visits::input::VisitInput};
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_says_of_another_booking_is_told_to_nobody() {
    let kept = traced();
    let house = House::over(testing::office(Engine::Postgres).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let officer = house.account("officer", Role::ProtocolOfficer, Marking::Amber, None).await;
    let room = a_room(&house, "keeper").await;
    let by_chief = house.context(&chief).await;
    let mut canaries = Canaries::default();
    let purpose = canaries.word(Canary {
        field: "booking purpose".into(),
        marking: Marking::Red,
        visit: None,
        by: chief.account.unwrap(),
        is_released: false,
        is_of_the_past: false,
        is_of_the_kitchen: false,
    });
    let hidden = BookingInput {
        room_id: text(room.to_string()),
        starts: at("2027-03-11T10:00"),
        ends: at("2027-03-11T11:00"),
        purpose: text(purpose),
        marking: text("TLP:RED"),
        state: text("firm"),
        ..BookingInput::default()
    };
    let hidden = bookings::create_booking(&by_chief, hidden).await.unwrap().view.id;
    // A use that the rules take for dead and the constraint does not, as if somebody had been quicker by a moment.
    let sql = "INSERT INTO engagements (office_id, id, resource_id, source_kind, source_id, site_id, starts_at, ends_at, core_starts_at, core_ends_at, state, exclusive, drop_by, marking) \
        VALUES ($1, $2, $3, 'booking', $4, $2, $5, $6, $5, $6, 'held', TRUE, FALSE, 'TLP:RED')";
    let (from, until) = (testing::now() - chrono::TimeDelta::minutes(90), testing::now() - chrono::TimeDelta::minutes(1));
    let mut transaction = house.office.operator.write().await.unwrap();
    let values = values![house.office.operator.office_id(), Uuid::from_u128(9), room, hidden, from, until];
    transaction.execute(sql, values).await.unwrap();
    transaction.commit().await.unwrap();

    let visit = VisitInput {
        category: text("working"),
        state: text("confirmed"),
        title: text("A guest"),
        starts_on: text("2027-03-09"),
        ends_on: text("2027-03-12"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&house.context(&officer).await, visit).await.unwrap().id;
    let when = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    let line = json!({
        "kind": "bilateral", "title": "A meeting", "state": "firm", "room_id": room.to_string(),
        "starts": when("2027-03-09T08:00"), "ends": when("2027-03-09T08:30"),
    });
    let answer = house.ask(&officer, Method::POST, &format!("/api/v1/visits/{visit}/items"), Some(&line), &[]).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    let clash = &answer.json()["clashes"][0];
    assert_eq!((&clash["rule"], &clash["with"], &clash["until"]), (&json!(null), &json!(null), &json!(null)));
    assert_eq!(answer.json()["clashes"].as_array().unwrap().len(), 1);
    let log = kept.text();
    assert!(log.contains("INSERT INTO engagements") || log.contains("sqlx::query"), "the statement itself is traced");
    for told in [answer.text(), log] {
        for word in ["conflicts with existing key", "tstzrange(starts_at, ends_at, '[)'::text))=(", SENTINEL] {
            assert!(!told.contains(word), "{word} is told");
        }
    }
}
