//! Closing a room: looked at, closed once with all it moves, and answered anew where something of it cannot be had.

use super::office::{Api, a_booking, assert_wrong, at, done, id, location, problem};
use serde_json::{Value, json};

fn works() -> Value {
    json!({ "starts": at("2027-03-10T08:00"), "ends": at("2027-03-12T18:00"), "cause": "The floor is laid anew" })
}

/// Everything goes where it was proposed.
fn accepted(looked: &Value) -> Value {
    let to = |hurt: &Value| {
        let slot = &hurt["goes"];
        let mut to = json!({ "source": hurt["engaged"]["source"], "starts": slot["starts"], "ends": slot["ends"] });
        if slot["room"].is_object() {
            to["room_id"] = slot["room"]["id"].clone();
        }
        to
    };
    let moves: Vec<Value> = looked["hurt"].as_array().unwrap().iter().map(to).collect();
    json!({ "blackout": works(), "moves": moves, "seen": looked["version"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_closed_once_with_all_that_it_moves() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    let booked = api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let (check, close) = (format!("{room}/closing/check"), format!("{room}/closing"));
    let looked = done(&api.post(&api.rooms, &check, &json!({ "blackout": works() })).await, 200);
    assert_eq!((&looked["hurt"][0]["goes"]["room"]["id"], &looked["hurt"][0]["may_move"]), (&json!(id(&other)), &json!(true)));
    problem(&api.post(&api.officer, &close, &accepted(&looked)).await, 403);
    let mut unseen = accepted(&looked);
    unseen["seen"] = Value::Null;
    problem(&api.post(&api.rooms, &close, &unseen).await, 428);
    let made = api.post_under("once", &api.rooms, &close, &accepted(&looked)).await;
    let again = api.post_under("once", &api.rooms, &close, &accepted(&looked)).await;
    assert_eq!(location(&made), location(&again));
    assert_eq!(done(&made, 201)["room"]["id"], id(&room));
    let moved = done(&api.get(&api.staff, &booked).await, 200);
    assert_eq!((&moved["room_id"], &moved["starts"]["local"]), (&json!(id(&other)), &json!("2027-03-10T10:00")));
    let news = done(&api.get(&api.officer, "/news").await, 200);
    assert_eq!((&news["items"][0]["kind"], &news["items"][0]["room"]["id"]), (&json!("moved"), &json!(id(&other))));
    assert_eq!(api.list(&api.staff, "/blackouts", 9).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_or_is_taken_is_answered_with_all_of_it_anew() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let (check, close) = (format!("{room}/closing/check"), format!("{room}/closing"));
    let looked = done(&api.post(&api.rooms, &check, &json!({ "blackout": works() })).await, 200);
    // Somebody else was quicker.
    api.make(&api.officer, "/bookings", &a_booking(&other, "2027-03-10T10:30", "2027-03-10T11:30")).await;
    let refused = problem(&api.post(&api.rooms, &close, &accepted(&looked)).await, 409)["closing"].clone();
    let hurt = &refused["hurt"][0];
    assert_eq!((&hurt["goes"]["room"]["id"], &hurt["refused"][0]["rule"]), (&json!(id(&other)), &json!("room_twice")));
    assert!(
        hurt["offered"].as_array().unwrap().iter().all(|slot| slot["room"]["id"] != id(&other) || slot["starts"] != hurt["goes"]["starts"])
    );
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-11T10:00", "2027-03-11T11:00")).await;
    let refused = problem(&api.post(&api.rooms, &close, &accepted(&looked)).await, 409)["closing"].clone();
    assert_eq!(refused["hurt"].as_array().unwrap().len(), 2);
    assert!(api.list(&api.staff, "/blackouts", 9).await.is_empty(), "nothing is half done");
    let blackout = json!({ "starts": at("2027-03-10T08:00"), "ends": at("2027-03-10T07:00"), "cause": "" });
    assert_wrong(
        &api.post(
            &api.rooms,
            &check,
            &json!({ "blackout": { "starts": at("2027-03-10T08:00"), "ends": at("2027-03-10T07:00"), "cause": "Works" } }),
        )
        .await,
        "blackout.ends",
        "ends_before_start",
    );
    problem(&api.post(&api.rooms, &check, &json!({ "blackout": blackout })).await, 422);
    problem(&api.post(&api.rooms, "/rooms/6f3f8a4e-0000-4000-8000-000000000000/closing", &json!({ "blackout": works() })).await, 404);
}
