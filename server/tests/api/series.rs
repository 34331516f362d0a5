//! Series: looked at, booked once, answered with every day where one cannot be had, changed and cancelled as far as one says.

use super::office::{Api, a_booking, assert_wrong, at, done, etag, id, location, problem, wrong_fields};
use serde_json::{Value, json};

fn weekly(room: &str, starts: &str, ends: &str, times: u32) -> Value {
    json!({ "booking": a_booking(room, starts, ends), "repeats": "weekly", "times": times })
}

fn starts(series: &Value) -> Vec<&str> {
    series["occurrences"].as_array().unwrap().iter().map(|it| it["starts"]["local"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_is_made_once_and_changed_and_cancelled_as_it_was_seen() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let series = weekly(&room, "2027-03-10T09:00", "2027-03-10T10:00", 3);
    let looked = done(&api.post(&api.officer, "/series/check", &json!({ "series": series })).await, 200);
    assert_eq!((&looked["refused"], &looked["occurrences"][1]["verdict"]), (&json!(0), &json!("free")));
    let made = api.post_under("once", &api.officer, "/series", &series).await;
    let again = api.post_under("once", &api.officer, "/series", &series).await;
    assert_eq!(location(&made), location(&again));
    let (address, seen) = (location(&made), etag(&made));
    assert_eq!(seen, etag(&api.get(&api.officer, &address).await));
    let view = done(&made, 201);
    // Over the change of clocks.
    assert_eq!(starts(&view), ["2027-03-10T09:00", "2027-03-17T09:00", "2027-03-24T09:00"]);
    assert_eq!(
        (&view["occurrences"][0]["starts"]["offset"], &view["occurrences"][1]["starts"]["offset"]),
        (&json!("-08:00"), &json!("-07:00"))
    );
    let booking = done(&api.get(&api.staff, &format!("/bookings/{}", view["occurrences"][1]["booking_id"].as_str().unwrap())).await, 200);
    assert_eq!((&booking["series_id"], &booking["series_on"]), (&view["id"], &json!("2027-03-17")));

    let later = json!({ "booking": { "starts": at("2027-03-17T09:30"), "ends": at("2027-03-17T10:30") } });
    let following = format!("{address}?reach=following&on=2027-03-17");
    problem(&api.patch(&api.officer, &following, None, &later).await, 428);
    assert_wrong(&api.patch(&api.officer, &address, Some(&seen), &later).await, "reach", "missing");
    assert_wrong(&api.patch(&api.officer, &format!("{address}?reach=following"), Some(&seen), &later).await, "on", "missing");
    problem(&api.patch(&api.staff, &address, Some(&seen), &later).await, 403);
    problem(&api.patch(&api.mission, &following, Some(&seen), &later).await, 403);
    let changed = api.patch(&api.officer, &following, Some(&seen), &later).await;
    let tail = done(&changed, 200);
    assert_eq!(starts(&tail), ["2027-03-17T09:30", "2027-03-24T09:30"]);
    assert_eq!(starts(&done(&api.get(&api.officer, &address).await, 200)), ["2027-03-10T09:00"]);
    problem(&api.patch(&api.officer, &following, Some(&seen), &later).await, 412);

    let tail_address = format!("/series/{}", tail["id"].as_str().unwrap());
    problem(&api.delete(&api.officer, &format!("{tail_address}?reach=all"), Some(&seen)).await, 412);
    let one = format!("{tail_address}?reach=this&on=2027-03-24");
    assert_eq!(api.delete(&api.officer, &one, Some(&etag(&changed))).await.status, 204);
    assert_eq!(api.delete(&api.rooms, &format!("{tail_address}?reach=all"), Some("*")).await.status, 204);
    problem(&api.get(&api.officer, &tail_address).await, 404);
    problem(&api.delete(&api.officer, &format!("{tail_address}?reach=all"), Some("*")).await, 404);
    problem(&api.delete(&api.officer, &tail_address, Some("*")).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_cannot_be_had_is_answered_with_all_of_them_and_what_would_work() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-17T09:30", "2027-03-17T10:30")).await;
    let mut series = weekly(&room, "2027-03-10T09:00", "2027-03-10T10:00", 3);
    let refused = problem(&api.post(&api.officer, "/series", &series).await, 409)["series"].clone();
    assert_eq!((&refused["refused"], refused["occurrences"].as_array().unwrap().len()), (&json!(1), 3));
    let taken = &refused["occurrences"][1];
    assert_eq!(
        (&taken["on"], &taken["verdict"], &taken["clashes"][0]["rule"]),
        (&json!("2027-03-17"), &json!("refused"), &json!("room_twice"))
    );
    let nearest = taken["nearest"].as_array().unwrap();
    let slot = nearest.iter().find(|slot| slot["room"]["id"] == id(&other)).unwrap();
    assert!(api.list(&api.officer, "/bookings", 9).await.len() == 1, "nothing is half done");
    series["answers"] = json!([{ "on": "2027-03-17", "take": { "starts": slot["starts"], "ends": slot["ends"], "room_id": id(&other) } }]);
    let made = done(&api.post(&api.officer, "/series", &series).await, 201);
    assert_eq!((&made["occurrences"][1]["room_id"], &made["occurrences"][1]["is_detached"]), (&json!(id(&other)), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_one_is_said_field_by_field() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let mut series = weekly(&room, "2027-03-10T09:00", "2027-03-10T10:00", 10_000);
    assert_wrong(&api.post(&api.officer, "/series", &series).await, "times", "out_of_bounds");
    series["times"] = Value::Null;
    series["until"] = json!("2027-03-01");
    assert_wrong(&api.post(&api.officer, "/series", &series).await, "until", "date_out_of_bounds");
    series["until"] = json!("2027-04-10");
    series["booking"]["ends"] = at("2027-03-10T08:00");
    series["booking"]["purpose"] = json!("");
    let wrong = wrong_fields(&api.post(&api.officer, "/series", &series).await);
    let fields: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["booking.ends", "booking.purpose"]);
    assert_eq!(api.post(&api.officer, "/series", &json!({ "nonsense": 1 })).await.status, 400);
    let mut dates = weekly(&room, "2027-03-10T09:00", "2027-03-10T10:00", 1);
    dates["repeats"] = json!("dates");
    dates["dates"] = json!(vec!["2027-03-11"; 10_000]);
    dates["times"] = Value::Null;
    assert_wrong(&api.post(&api.officer, "/series", &dates).await, "dates", "out_of_bounds");
}
