//! When rooms are taken, where something is free, and checking without saving.

use super::office::{Api, a_booking, assert_wrong, at, done, id, location, problem};
use domain::{accounts::Role, marking::Marking};
use serde_json::{Value, json};

const DAY: &str = "from=2027-03-10T08:00:00Z&until=2027-03-11T08:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_taken_by_what_one_may_read_and_reserved_by_what_not() {
    let api = Api::open().await;
    let (room, _other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    let mut booking = a_booking(&room, "2027-03-10T10:07", "2027-03-10T10:33");
    booking["marking"] = json!("TLP:AMBER");
    api.make(&api.officer, "/bookings", &booking).await;
    let of_room = format!("/rooms/availability?room_id={}&{DAY}", id(&room));
    let own = &api.list(&api.officer, &of_room, 1).await[0];
    assert_eq!(own["room"]["id"], id(&room));
    assert_eq!((&own["engaged"][0]["title"], own["reserved"].as_array().unwrap().len()), (&json!("Budget briefing"), 0));
    let others = &api.list(&api.staff, &of_room, 1).await[0];
    assert_eq!(others["engaged"], json!([]));
    assert_eq!(others["reserved"], json!([{ "starts": "2027-03-10T17:45:00Z", "ends": "2027-03-10T18:45:00Z", "cover": null }]));
    assert_eq!(api.list(&api.staff, &format!("/rooms/availability?{DAY}"), 1).await.len(), 2);
    // Without a stretch, the week from now on.
    assert_eq!(api.list(&api.officer, "/rooms/availability", 2).await.iter().filter(|it| it["engaged"] != json!([])).count(), 1);
    problem(&api.get(&api.staff, &format!("/rooms/availability?room_id=6f3f8a4e-0000-4000-8000-000000000000&{DAY}")).await, 404);
    assert_wrong(&api.get(&api.staff, "/rooms/availability?until=soon").await, "until", "not_a_time");
    let long = "/rooms/availability?from=2027-03-10T08:00:00Z&until=2027-06-10T08:00:00Z";
    assert_wrong(&api.get(&api.staff, long).await, "until", "too_long_span");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_is_offered_is_accepted() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T00:00", "2027-03-10T16:00")).await;
    let slots = done(&api.get(&api.officer, &format!("/slots?minutes=60&layout=boardroom&people=20&limit=3&{DAY}")).await, 200);
    let starts: Vec<&Value> = slots["items"].as_array().unwrap().iter().map(|slot| &slot["starts"]["local"]).collect();
    assert_eq!(starts, ["2027-03-10T16:25", "2027-03-10T16:30", "2027-03-10T16:35"]);
    let slot = &slots["items"][0];
    let mut booking = a_booking(slot["room"]["id"].as_str().unwrap(), "2027-03-10T00:00", "2027-03-10T01:00");
    (booking["starts"], booking["ends"]) = (slot["starts"].clone(), slot["ends"].clone());
    api.make(&api.officer, "/bookings", &booking).await;
    let too_many = format!("/slots?minutes=60&layout=boardroom&people=25&{DAY}");
    assert_eq!(done(&api.get(&api.officer, &too_many).await, 200)["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_are_a_persons_too_and_what_is_out_of_bounds_is_named() {
    let api = Api::open().await;
    let person = api.make(&api.officer, "/people", &json!({ "family": "Bass", "standing": "host_principal" })).await;
    let of_person = format!("/slots?minutes=30&person_id={}&{DAY}&limit=1", id(&person));
    let slots = done(&api.get(&api.staff, &of_person).await, 200);
    assert_eq!(slots["items"][0]["room"], Value::Null);
    problem(&api.get(&api.staff, &format!("/slots?minutes=30&person_id=6f3f8a4e-0000-4000-8000-000000000000&{DAY}")).await, 404);
    assert_wrong(&api.get(&api.staff, "/slots").await, "minutes", "out_of_bounds");
    assert_wrong(&api.get(&api.staff, "/slots?minutes=30&limit=51").await, "limit", "out_of_bounds");
    problem(&api.get(&api.staff, "/slots?minutes=30&layout=circle").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_a_save_would_and_saves_nothing() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let first = api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let wanted = a_booking(&room, "2027-03-10T10:30", "2027-03-10T11:30");
    let checked = done(&api.post(&api.officer, "/clashes", &json!({ "booking": wanted })).await, 200);
    let refused = problem(&api.post(&api.officer, "/bookings", &wanted).await, 409);
    assert_eq!(checked["clashes"], refused["clashes"]);
    // A change does not stand in its own way, and what is free has nothing in it.
    let change = json!({ "booking_id": id(&first), "booking": { "starts": at("2027-03-10T10:30"), "ends": at("2027-03-10T11:30") } });
    assert_eq!(done(&api.post(&api.officer, "/clashes", &change).await, 200)["clashes"], json!([]));
    let free = json!({ "booking": a_booking(&room, "2027-03-11T10:30", "2027-03-11T11:30") });
    assert_eq!(done(&api.post(&api.officer, "/clashes", &free).await, 200)["clashes"], json!([]));
    assert_eq!(api.list(&api.officer, "/bookings", 50).await.len(), 1);
    let visit = api.a_visit().await;
    let line = json!({ "kind": "bilateral", "title": "Talks", "state": "held", "starts": at("2027-03-10T10:30"), "ends": at("2027-03-10T11:00"), "room_id": id(&room) });
    let checked = done(&api.post(&api.officer, "/clashes", &json!({ "visit_id": id(&visit), "item": line })).await, 200);
    assert_eq!(checked["clashes"][0]["rule"], "room_twice");
    assert_wrong(
        &api.post(&api.officer, "/clashes", &json!({ "booking": a_booking(&visit, "2027-03-11T10:30", "2027-03-11T11:30") })).await,
        "room_id",
        "unknown",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_save_may_not_check() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let booking = a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00");
    let address = location(&api.post(&api.officer, "/bookings", &booking).await);
    problem(&api.post(&api.staff, "/clashes", &json!({ "booking": booking })).await, 403);
    let other = api.house.account("scheduler", Role::Scheduler, Marking::Amber, None).await;
    problem(&api.post(&other, "/clashes", &json!({ "booking_id": id(&address), "booking": {} })).await, 403);
    let nowhere = json!({ "booking_id": "6f3f8a4e-0000-4000-8000-000000000000", "booking": {} });
    problem(&api.post(&other, "/clashes", &nowhere).await, 404);
    problem(&api.post(&api.officer, "/clashes", &json!({ "booking": booking, "item": {} })).await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn missions_have_no_availability_slots_or_clashes() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let visit = api.a_visit().await;
    for path in ["/rooms/availability", "/slots", "/slots?minutes=30", &format!("/rooms/availability?room_id={}", id(&room))] {
        problem(&api.get(&api.mission, path).await, 403);
    }
    let booking = a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00");
    problem(&api.post(&api.mission, "/clashes", &json!({ "booking": booking })).await, 403);
    for visit in [id(&visit), "6f3f8a4e-0000-4000-8000-000000000000"] {
        problem(&api.post(&api.mission, "/clashes", &json!({ "visit_id": visit, "item": {} })).await, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_a_lines_way_is_told_on_the_clocks_of_the_line() {
    let api = Api::open().await;
    let (room, visit) = (api.a_room("Rotunda").await, api.a_visit().await);
    // 18:00 to 19:00 in Seoul.
    api.make(&api.rooms, "/bookings", &a_booking(&room, "2027-03-11T01:00", "2027-03-11T02:00")).await;
    let in_seoul = |local: &str| json!({ "local": local, "zone": "Asia/Seoul" });
    let onto = json!({ "starts": in_seoul("2027-03-11T18:30"), "ends": in_seoul("2027-03-11T19:30") });
    let mut line = json!({ "kind": "bilateral", "title": "Talks", "state": "firm", "room_id": id(&room), "layout": "boardroom" });
    line.as_object_mut().unwrap().extend(onto.as_object().unwrap().clone());
    let lines = format!("{visit}/items");
    let assert_seoul = |clashes: &Value| {
        let clash = &clashes[0];
        assert_eq!(clash["until"], json!({ "local": "2027-03-11T19:10", "zone": "Asia/Seoul", "offset": "+09:00" }));
        assert!(clash["say"].as_str().unwrap().contains("19:10"), "{clash}");
        let nearest = clash["nearest"].as_array().unwrap();
        assert!(!nearest.is_empty() && nearest.iter().all(|slot| slot["starts"]["zone"] == "Asia/Seoul"), "{clash}");
    };
    let refused = problem(&api.post(&api.officer, &lines, &line).await, 409);
    assert_seoul(&refused["clashes"]);
    let checked = done(&api.post(&api.officer, "/clashes", &json!({ "visit_id": id(&visit), "item": line })).await, 200);
    assert_eq!(checked["clashes"], refused["clashes"]);
    let mut elsewhere = line.clone();
    elsewhere["room_id"] = json!("");
    elsewhere.as_object_mut().unwrap().remove("layout");
    let address = api.make(&api.officer, &lines, &elsewhere).await;
    // A change that says nothing of the time is told on the clocks that the line is on.
    for change in [json!({ "room_id": id(&room), "layout": "boardroom" }), line] {
        let changed = problem(&api.patch(&api.officer, &address, Some("*"), &change).await, 409);
        assert_seoul(&changed["clashes"]);
        let check = json!({ "visit_id": id(&visit), "item_id": id(&address), "item": change });
        assert_seoul(&done(&api.post(&api.officer, "/clashes", &check).await, 200)["clashes"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_found_for_a_use_and_near_misses_say_what_they_lack() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let find = |more: &str| format!("/rooms/find?starts=2027-03-10T18:00:00Z&ends=2027-03-10T19:00:00Z{more}");
    let found = done(&api.get(&api.staff, &find("&layout=boardroom&people=20")).await, 200);
    assert_eq!((&found["fit"][0]["room"]["id"], &found["near"]), (&json!(id(&room)), &json!([])));
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let taken = done(&api.get(&api.staff, &find("&people=25")).await, 200);
    let lacks: Vec<&Value> = taken["near"][0]["lacks"].as_array().unwrap().iter().map(|lack| &lack["kind"]).collect();
    assert_eq!((&taken["fit"], lacks), (&json!([]), vec![&json!("too_small"), &json!("taken")]));
    let lacking = done(&api.get(&api.staff, &find("&features=kitchen,%20secure")).await, 200);
    assert_eq!(lacking["near"], json!([]), "it lacks three things");
    assert_wrong(&api.get(&api.staff, "/rooms/find?ends=2027-03-10T19:00:00Z").await, "starts", "missing");
    assert_wrong(&api.get(&api.staff, "/rooms/find?starts=soon").await, "starts", "not_a_time");
    assert_wrong(&api.get(&api.staff, &find("&features=pool")).await, "features", "unknown");
    assert_wrong(&api.get(&api.staff, &find("&people=-1")).await, "people", "out_of_bounds");
    assert_wrong(&api.get(&api.staff, &find("&marking=secret")).await, "marking", "unknown");
    assert_wrong(
        &api.get(&api.staff, "/rooms/find?starts=2027-03-10T18:00:00Z&ends=2027-03-10T18:00:00Z").await,
        "ends",
        "ends_before_start",
    );
    problem(&api.get(&api.mission, &find("")).await, 403);
}
