//! The day itself: a line taken down in one request, and the rest of its day looked at and moved.

use super::office::{Api, assert_wrong, at, done, etag, id, problem};
use axum::http::Method;
use serde_json::{Value, json};

fn line(title: &str, starts: &str, ends: &str) -> Value {
    // The clock of the tests stands at nine in the morning of 9 March.
    let on = |time: &str| at(&format!("2027-03-09T{time}"));
    json!({ "kind": "bilateral", "title": title, "state": "firm", "starts": on(starts), "ends": on(ends) })
}

/// A visit that is on today.
async fn a_visit(api: &Api) -> String {
    let visit = json!({
        "category": "working", "state": "confirmed", "title": "A call", "starts_on": "2027-03-08", "ends_on": "2027-03-11",
        "capital_zone": "Asia/Ho_Chi_Minh", "capital": "Hà Nội",
    });
    api.make(&api.officer, "/visits", &visit).await
}

impl Api {
    async fn take(&self, item: &str, seen: Option<&str>, body: &Value) -> super::support::Answer {
        let headers: Vec<(&str, &str)> = seen.map(|seen| ("if-match", seen)).into_iter().collect();
        self.house.ask(&self.officer, Method::POST, &format!("/api/v1{item}/actual"), Some(body), &headers).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_taken_down_as_it_begins_and_ends() {
    let api = Api::open().await;
    let visit = a_visit(&api).await;
    let item = api.make(&api.officer, &format!("{visit}/items"), &line("Signing", "08:50", "09:30")).await;
    let tag = etag(&api.get(&api.officer, &item).await);
    problem(&api.take(&item, None, &json!({ "deed": "begin" })).await, 428);
    problem(&api.take(&item, Some("\"stale\""), &json!({ "deed": "begin" })).await, 412);
    problem(&api.take(&item, Some(&tag), &json!({ "deed": "sing" })).await, 400);
    let begun = api.take(&item, Some(&tag), &json!({ "deed": "begin" })).await;
    let view = done(&begun, 200);
    assert_eq!(
        (&view["begun_at"], &view["ended_at"], &view["starts"]["local"]),
        (&json!("2027-03-09T17:00:00Z"), &Value::Null, &json!("2027-03-09T08:50"))
    );
    let tag = etag(&begun);
    assert_eq!(tag, etag(&api.get(&api.officer, &item).await));
    assert_wrong(&api.take(&item, Some(&tag), &json!({ "deed": "end", "at": at("2027-03-09T09:10") })).await, "at", "not_yet");
    problem(&api.take(&item, Some(&tag), &json!({ "deed": "begin", "at": at("2027-03-09T24:10") })).await, 400);
    let undone = done(&api.take(&item, Some(&tag), &json!({ "deed": "undo" })).await, 200);
    assert_eq!(undone["begun_at"], Value::Null);
    let typed = json!({ "deed": "begin", "at": at("2027-03-09T08:55") });
    assert_eq!(done(&api.take(&item, Some("*"), &typed).await, 200)["begun_at"], "2027-03-09T16:55:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_of_a_day_is_looked_at_and_moved_once() {
    let api = Api::open().await;
    let visit = a_visit(&api).await;
    let items = format!("{visit}/items");
    let first = api.make(&api.officer, &items, &line("Signing", "10:00", "10:30")).await;
    let mut live = line("Broadcast", "10:40", "11:00");
    live["fixed"] = json!(true);
    let live = api.make(&api.officer, &items, &live).await;
    let last = api.make(&api.officer, &items, &line("Dinner", "19:00", "21:00")).await;
    let (check, rest) = (format!("{visit}/rest/check"), format!("{visit}/rest"));
    let asked = json!({ "item_id": id(&first), "minutes": 20 });
    let looked = done(&api.post(&api.officer, &check, &asked).await, 200);
    let of = |place: usize| {
        (&looked["lines"][place]["item"]["id"], &looked["lines"][place]["starts"]["local"], &looked["lines"][place]["stays"])
    };
    assert_eq!(of(0), (&json!(id(&first)), &json!("2027-03-09T10:20"), &Value::Null));
    assert_eq!(of(1), (&json!(id(&live)), &Value::Null, &json!("fixed")));
    assert_eq!(of(2), (&json!(id(&last)), &json!("2027-03-09T19:20"), &Value::Null));
    let met = &looked["lines"][0]["meets"][0];
    assert_eq!((&met["title"], &met["how"], &met["minutes"]), (&json!("Broadcast"), &json!("overlaps"), &json!(10)));
    problem(&api.post(&api.officer, &rest, &asked).await, 428);
    let mut accepted = asked.clone();
    accepted["seen"] = looked["version"].clone();
    problem(&api.post(&api.staff, &rest, &accepted).await, 404);
    problem(&api.post(&api.mission, &check, &asked).await, 404);
    let moved = done(&api.post(&api.officer, &rest, &accepted).await, 200);
    assert_eq!(moved["items"].as_array().unwrap().len(), 2);
    assert_eq!(done(&api.get(&api.officer, &last).await, 200)["starts"]["local"], "2027-03-09T19:20");
    // A second press finds a day that is another: nothing is done twice, and the answer has it anew.
    let refused = problem(&api.post(&api.officer, &rest, &accepted).await, 409);
    assert_eq!(refused["rest"]["lines"][0]["starts"]["local"], "2027-03-09T10:40");
    assert_eq!(done(&api.get(&api.officer, &last).await, 200)["starts"]["local"], "2027-03-09T19:20");
    assert_wrong(&api.post(&api.officer, &check, &json!({ "item_id": id(&first), "minutes": 721 })).await, "minutes", "out_of_bounds");
    assert_wrong(&api.post(&api.officer, &check, &json!({ "item_id": "x", "minutes": 5 })).await, "item_id", "unknown");
}
