//! Lines moved and copied together in one request each, after they were looked at.

use super::office::{Api, assert_wrong, at, done, id, problem};
use serde_json::{Value, json};

fn line(title: &str, starts: &str, ends: &str) -> Value {
    let on = |time: &str| at(&format!("2027-03-09T{time}"));
    json!({ "kind": "bilateral", "title": title, "state": "firm", "starts": on(starts), "ends": on(ends) })
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_looked_at_moved_once_and_copied_as_wishes() {
    let api = Api::open().await;
    let visit = json!({
        "category": "working", "state": "confirmed", "title": "A call", "starts_on": "2027-03-08", "ends_on": "2027-03-11",
        "capital_zone": "Asia/Ho_Chi_Minh", "capital": "Hà Nội",
    });
    let items = format!("{}/items", api.make(&api.officer, "/visits", &visit).await);
    let first = api.make(&api.officer, &items, &line("Signing", "10:00", "10:30")).await;
    let last = api.make(&api.officer, &items, &line("Dinner", "19:00", "21:00")).await;
    let asked = json!({ "item_ids": [id(&first), id(&last)], "minutes": 25 });
    let looked = done(&api.post(&api.officer, &format!("{items}/move/check"), &asked).await, 200);
    assert_eq!(looked["lines"][1]["starts"]["local"], "2027-03-09T19:25");
    assert_eq!(looked["lines"][1]["capital"]["moment"]["local"], "2027-03-10T10:25");
    problem(&api.post(&api.officer, &format!("{items}/move"), &asked).await, 428);
    let mut accepted = asked.clone();
    accepted["seen"] = looked["version"].clone();
    problem(&api.post(&api.staff, &format!("{items}/move"), &accepted).await, 404);
    problem(&api.post(&api.mission, &format!("{items}/move/check"), &asked).await, 404);
    let moved = done(&api.post(&api.officer, &format!("{items}/move"), &accepted).await, 200);
    assert_eq!(moved["items"].as_array().unwrap().len(), 2);
    let refused = problem(&api.post(&api.officer, &format!("{items}/move"), &accepted).await, 409);
    assert_eq!(refused["shift"]["lines"][0]["starts"]["local"], "2027-03-09T10:50");
    let asked = json!({ "day": "2027-03-09", "to_day": "2027-03-10" });
    let looked = done(&api.post(&api.officer, &format!("{items}/copy/check"), &asked).await, 200);
    let mut accepted = asked.clone();
    accepted["seen"] = looked["version"].clone();
    let copied = done(&api.post(&api.officer, &format!("{items}/copy"), &accepted).await, 200);
    let of = |place: usize| (&copied["items"][place]["state"], &copied["items"][place]["starts"]["local"]);
    assert_eq!(of(0), (&json!("wished"), &json!("2027-03-10T10:25")));
    assert_eq!(done(&api.get(&api.officer, &last).await, 200)["starts"]["local"], "2027-03-09T19:25");
    assert_wrong(
        &api.post(&api.officer, &format!("{items}/move/check"), &json!({ "item_ids": ["x"], "minutes": 5 })).await,
        "item_ids",
        "unknown",
    );
    assert_wrong(&api.post(&api.officer, &format!("{items}/move/check"), &json!({ "day": "2027-03-09" })).await, "minutes", "missing");
}
