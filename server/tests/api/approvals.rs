//! Rooms that have to be asked for, over the API: what waits, its decision, and what is told.

use super::office::{Api, a_booking, assert_wrong, at, done, etag, id, problem};
use crate::support::{Answer, Asker};
use axum::http::Method;
use serde_json::{Value, json};

/// A room that is given by the rooms managers.
async fn a_room_to_ask_for(api: &Api, name: &str) -> String {
    let room = api.a_room(name).await;
    let approval = json!({ "approval": { "given_by": ["rooms_manager"] } });
    let changed = done(&api.patch(&api.rooms, &room, Some("*"), &approval).await, 200);
    assert_eq!(changed["approval"], json!({ "needed_from": [], "given_by": ["rooms_manager"] }));
    room
}

async fn decide(api: &Api, asker: &Asker, path: &str, seen: Option<&str>, body: Option<&Value>) -> Answer {
    let headers: Vec<(&str, &str)> = seen.map(|seen| ("if-match", seen)).into_iter().collect();
    api.house.ask(asker, Method::POST, &format!("{}{path}", super::office::ROOT), body, &headers).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_waits_in_the_inbox_until_it_is_given_the_room_and_the_loser_is_told() {
    let api = Api::open().await;
    let room = a_room_to_ask_for(&api, "Rotunda").await;
    let booking = api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let made = api.get(&api.officer, &booking).await;
    assert_eq!((&done(&made, 200)["approval"], &made.json()["state"]), (&json!("awaited"), &json!("firm")));
    let other = api.house.account("scheduler", domain::accounts::Role::Scheduler, domain::marking::Marking::Amber, None).await;
    let mut pencil = a_booking(&room, "2027-03-10T10:30", "2027-03-10T11:30");
    (pencil["state"], pencil["purpose"]) = (json!("held"), json!("Choir"));
    let pencil = api.make(&other, "/bookings", &pencil).await;
    let waiting = api.list(&api.rooms, "/approvals", 10).await;
    assert_eq!((waiting.len(), &waiting[0]["engaged"]["title"]), (1, &json!("Budget briefing")));
    assert_eq!(waiting[0]["pencilled"]["engaged"][0]["title"], "Choir");
    let seen = etag(&api.get(&api.rooms, &booking).await);
    let approve = format!("{booking}/approve");
    problem(&decide(&api, &api.officer, &approve, Some(&seen), None).await, 403);
    problem(&decide(&api, &api.mission, &approve, Some(&seen), None).await, 403);
    problem(&decide(&api, &api.rooms, &approve, None, None).await, 428);
    problem(&decide(&api, &api.rooms, &approve, Some("\"stale\""), None).await, 412);
    assert_eq!(decide(&api, &api.rooms, &approve, Some(&seen), None).await.status, 204);
    problem(&decide(&api, &api.rooms, &approve, Some("*"), None).await, 412);
    assert_eq!(done(&api.get(&api.officer, &booking).await, 200)["approval"], "given");
    assert_eq!(done(&api.get(&other, &pencil).await, 200)["approval"], "given_away");
    let told = done(&api.get(&api.officer, "/news").await, 200);
    assert_eq!((&told["items"][0]["kind"], &told["items"][0]["title"]), (&json!("approved"), &json!("Budget briefing")));
    let told = done(&api.get(&other, "/news").await, 200);
    let news = &told["items"][0];
    assert_eq!(
        (&news["kind"], &news["with"], &news["source"]["id"]),
        (&json!("given_away"), &json!("Budget briefing"), &json!(id(&pencil)))
    );
    // What would work instead is accepted as it is told.
    let slot = &news["nearest"][0];
    let moved = json!({ "starts": slot["starts"], "ends": slot["ends"] });
    assert_eq!(done(&api.patch(&other, &pencil, Some("*"), &moved).await, 200)["approval"], Value::Null);
    let read = format!("/news/{}/read", told["items"][0]["id"].as_str().unwrap());
    problem(&api.post(&api.officer, &read, &Value::Null).await, 404);
    assert_eq!(api.post(&other, &read, &Value::Null).await.status, 204);
    assert!(done(&api.get(&other, "/news").await, 200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_waits_for_its_room_and_is_told_why_it_does_not_get_it() {
    let api = Api::open().await;
    let (room, visit) = (a_room_to_ask_for(&api, "Rotunda").await, api.a_visit().await);
    let line = json!({
        "kind": "bilateral", "title": "Talks", "state": "firm", "room_id": id(&room), "layout": "boardroom",
        "starts": at("2027-03-12T10:00"), "ends": at("2027-03-12T11:00"),
    });
    let item = api.make(&api.officer, &format!("{visit}/items"), &line).await;
    let waiting = api.list(&api.rooms, "/approvals", 10).await;
    assert!(waiting[0]["engaged"].is_null(), "who is not on the visit's list sees that something waits: {waiting:?}");
    assert_eq!(waiting[0]["reserved"]["starts"], "2027-03-12T17:45:00Z");
    let reason = json!({ "reason": "The floor is being laid" });
    problem(&decide(&api, &api.rooms, &format!("{item}/room/decline"), Some("*"), Some(&reason)).await, 404);
    let decline = format!("/approvals/{}/decline", waiting[0]["id"].as_str().unwrap());
    assert_wrong(&decide(&api, &api.rooms, &decline, Some("*"), Some(&json!({ "reason": "" }))).await, "reason", "missing");
    let seen = format!("\"{}\"", waiting[0]["version"].as_str().unwrap());
    assert_eq!(decide(&api, &api.rooms, &decline, Some(&seen), Some(&reason)).await.status, 204);
    let told = done(&api.get(&api.officer, "/news").await, 200)["items"][0].clone();
    assert_eq!((&told["kind"], &told["reason"], &told["visit_id"]), (&json!("declined"), &reason["reason"], &json!(id(&visit))));
    // A manager who is on the list decides by the line itself.
    let account = api.rooms.account.unwrap();
    backend::visits::grant_access(&api.house.context(&api.officer).await, id(&visit).parse().unwrap(), account, "gives rooms")
        .await
        .unwrap();
    done(&api.patch(&api.officer, &item, Some("*"), &json!({ "title": "Great talks" })).await, 200);
    let seen = etag(&api.get(&api.rooms, &item).await);
    assert_eq!(decide(&api, &api.rooms, &format!("{item}/room/approve"), Some(&seen), None).await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promised_hold_is_told_as_such_and_is_in_everybodys_way() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let mut held = a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00");
    (held["state"], held["hold"]) = (json!("held"), json!("promised"));
    let made = api.make(&api.officer, "/bookings", &held).await;
    let view = done(&api.get(&api.officer, &made).await, 200);
    assert_eq!(
        (&view["hold"], &view["has_lapsed"], &view["hold_until"]),
        (&json!("promised"), &json!(false), &json!("2027-03-10T18:00:00Z"))
    );
    held["hold"] = json!("pencilled");
    problem(&api.post(&api.rooms, "/bookings", &held).await, 409);
    held["hold"] = json!("sworn");
    assert_wrong(&api.post(&api.rooms, "/bookings", &held).await, "hold", "unknown");
    let nobody = json!({ "approval": { "given_by": ["scheduler"] } });
    assert_wrong(&api.patch(&api.rooms, &room, Some("*"), &nobody).await, "approval.given_by", "unknown");
}
