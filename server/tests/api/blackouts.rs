//! Blackouts: kept by rooms managers, seen by the office, and in the way of whoever books.

use super::office::{Api, a_booking, assert_wrong, at, done, etag, id, location, problem, wrong_fields};
use serde_json::{Value, json};

fn works(room: &str) -> Value {
    json!({ "room_id": id(room), "starts": at("2027-03-10T08:00"), "ends": at("2027-03-12T18:00"), "cause": "The floor is laid anew" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blackout_is_made_once_changed_as_it_was_seen_and_taken_back() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let made = api.post_under("once", &api.rooms, "/blackouts", &works(&room)).await;
    let again = api.post_under("once", &api.rooms, "/blackouts", &works(&room)).await;
    assert_eq!(location(&made), location(&again));
    let (address, seen) = (location(&made), etag(&made));
    let view = done(&made, 201);
    assert_eq!((&view["room"]["id"], &view["site"], &view["marking"]), (&json!(id(&room)), &Value::Null, &json!("TLP:GREEN")));
    problem(&api.patch(&api.rooms, &address, None, &json!({})).await, 428);
    let longer = json!({ "ends": at("2027-03-13T18:00") });
    assert_eq!(done(&api.patch(&api.rooms, &address, Some(&seen), &longer).await, 200)["ends"]["local"], "2027-03-13T18:00");
    problem(&api.delete(&api.rooms, &address, Some(&seen)).await, 412);
    problem(&api.delete(&api.officer, &address, Some("*")).await, 403);
    assert_eq!(api.list(&api.staff, &format!("/blackouts?room_id={}", id(&room)), 9).await.len(), 1);
    assert_eq!(api.delete(&api.rooms, &address, Some("*")).await.status, 204);
    problem(&api.get(&api.staff, &address).await, 404);
    assert!(api.list(&api.staff, "/blackouts", 9).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_into_it_is_told_until_when_and_offered_what_is_open() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    api.make(&api.rooms, "/blackouts", &works(&room)).await;
    let refused = api.post(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let clash = problem(&refused, 409)["clashes"][0].clone();
    assert_eq!((&clash["rule"], &clash["level"]), (&json!("room_blacked_out"), &json!("override")));
    assert_eq!(clash["until"]["local"], "2027-03-12T18:00");
    let rooms: Vec<&Value> =
        clash["nearest"].as_array().unwrap().iter().map(|slot| &slot["room"]["id"]).filter(|id| !id.is_null()).collect();
    assert_eq!(rooms, [id(&other)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_retired_once_nothing_uses_it() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let booked = api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    assert_wrong(&api.delete(&api.rooms, &room, Some("*")).await, "room_id", "still_used");
    assert_eq!(api.delete(&api.officer, &booked, Some("*")).await.status, 204);
    problem(&api.delete(&api.officer, &room, Some("*")).await, 403);
    problem(&api.delete(&api.rooms, &room, Some("\"another\"")).await, 412);
    assert_eq!(api.delete(&api.rooms, &room, Some("*")).await.status, 204);
    problem(&api.delete(&api.rooms, &room, Some("*")).await, 404);
    assert!(api.list(&api.staff, "/rooms", 9).await.is_empty());
    assert_eq!(done(&api.get(&api.staff, &room).await, 200)["is_retired"], true);
    let again = api.post(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    assert_wrong(&again, "room_id", "unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_one_is_said_field_by_field() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let mut wrong = works(&room);
    (wrong["ends"], wrong["cause"]) = (at("2027-03-10T08:00"), json!(""));
    let fields: Vec<String> = wrong_fields(&api.post(&api.rooms, "/blackouts", &wrong).await).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["ends", "cause"]);
    let mut gap = works(&room);
    gap["starts"] = at("2027-03-14T02:30");
    assert_wrong(&api.post(&api.rooms, "/blackouts", &gap).await, "starts", "time_skipped");
    let mut nowhere = works(&room);
    nowhere["room_id"] = json!("6f3f8a4e-0000-4000-8000-000000000000");
    assert_wrong(&api.post(&api.rooms, "/blackouts", &nowhere).await, "room_id", "unknown");
}
