//! Bookings: refused with what is free nearest, and the two days on which a clock can't be trusted.

use super::office::{Api, a_booking, assert_wrong, at, done, etag, id, location, problem, wrong_fields};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn holds_that_overlap_are_all_on_the_board_or_counted_and_all_in_the_rooms_week() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    for number in 1..=9 {
        let mut hold = a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00");
        (hold["state"], hold["purpose"]) = (json!("held"), json!(format!("Choir {number}")));
        api.make(&api.officer, "/bookings", &hold).await;
    }
    let shown = |page: &str| (1..=9).filter(|number| page.contains(&format!("Choir {number}<"))).count();
    let board = api.house.get(&api.officer, "/rooms?day=2027-03-10").await.text();
    assert_eq!(shown(&board), 5);
    assert!(board.contains("lane tracks-6") && board.contains("track-5") && !board.contains("track-6"), "each on a track of its own");
    let more = format!("class=\"block more on-board ah-9 am-45 fh-1 fm-25 track-5\" href=\"{room}?day=2027-03-10\"");
    assert!(board.contains("and 4 more") && board.contains(&more), "{board}");
    let week = api.house.get(&api.officer, &format!("{room}?day=2027-03-10")).await.text();
    assert_eq!(shown(&week), 9);
    assert!(week.contains("lane tracks-9") && !week.contains(" more<"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_taken_is_refused_with_times_and_rooms_of_which_each_is_accepted() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    api.make(&api.rooms, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let wanted = a_booking(&room, "2027-03-10T10:30", "2027-03-10T11:30");
    let refused = problem(&api.post(&api.officer, "/bookings", &wanted).await, 409);
    let clash = &refused["clashes"][0];
    assert_eq!((&clash["rule"], &clash["level"], &clash["with"]), (&json!("room_twice"), &json!("block"), &json!("Budget briefing")));
    assert_eq!(clash["until"]["local"], "2027-03-10T11:10", "clearing included");
    assert!(clash["say"].as_str().unwrap().contains("Rotunda"), "{clash}");
    let nearest = clash["nearest"].as_array().unwrap();
    let time = nearest.iter().find(|slot| slot["room"].is_null()).unwrap();
    assert_eq!(time["starts"], json!({ "local": "2027-03-10T11:25", "zone": "America/Los_Angeles", "offset": "-08:00" }));
    let elsewhere = nearest.iter().find(|slot| !slot["room"].is_null()).unwrap();
    assert_eq!(elsewhere["room"]["id"], id(&other));
    for slot in [time, elsewhere] {
        let mut accepted = wanted.clone();
        (accepted["starts"], accepted["ends"]) = (slot["starts"].clone(), slot["ends"].clone());
        if let Some(id) = slot["room"]["id"].as_str() {
            accepted["room_id"] = json!(id);
        }
        api.make(&api.officer, "/bookings", &accepted).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_read_says_not_available_and_offers_half_hours() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let mut secret = a_booking(&room, "2027-03-10T10:07", "2027-03-10T10:33");
    secret["purpose"] = json!("CANARY");
    secret["marking"] = json!("TLP:AMBER");
    let address = api.make(&api.officer, "/bookings", &secret).await;
    let uncleared = api.house.account("scheduler", domain::accounts::Role::Scheduler, domain::marking::Marking::Green, None).await;
    let refused = api.post(&uncleared, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    assert!(!refused.text().contains("CANARY"));
    let clash = problem(&refused, 409)["clashes"][0].clone();
    assert!(["rule", "level", "with", "until"].iter().all(|part| clash[part].is_null()), "{clash}");
    let starts = clash["nearest"].as_array().unwrap().iter().map(|slot| slot["starts"]["local"].as_str().unwrap().to_owned());
    assert!(starts.clone().all(|start| start.ends_with(":00") || start.ends_with(":30")), "{:?}", starts.collect::<Vec<_>>());
    // To who may not read it there is no such booking, whatever is asked of it.
    problem(&api.get(&uncleared, &address).await, 404);
    problem(&api.patch(&uncleared, &address, None, &json!({})).await, 404);
    problem(&api.delete(&uncleared, &address, Some("\"stale\"")).await, 404);
    assert!(api.list(&uncleared, "/bookings", 50).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_its_makers_and_the_rooms_managers_to_change() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let made = api.post(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    let (address, seen) = (location(&made), etag(&made));
    assert_eq!(done(&made, 201)["is_own"], true);
    let other = api.house.account("officer2", domain::accounts::Role::ProtocolOfficer, domain::marking::Marking::Amber, None).await;
    problem(&api.patch(&other, &address, Some("*"), &json!({ "people": 3 })).await, 403);
    problem(&api.delete(&other, &address, Some("*")).await, 403);
    let moved = json!({ "starts": at("2027-03-10T10:30"), "ends": at("2027-03-10T11:30") });
    let changed = done(&api.patch(&api.officer, &address, Some(&seen), &moved).await, 200);
    assert_eq!((&changed["purpose"], &changed["starts"]["local"]), (&json!("Budget briefing"), &json!("2027-03-10T10:30")));
    // A change meets what others took meanwhile.
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T14:00", "2027-03-10T15:00")).await;
    let onto = json!({ "starts": at("2027-03-10T14:30"), "ends": at("2027-03-10T15:30") });
    let refused = problem(&api.patch(&api.officer, &address, Some("*"), &onto).await, 409);
    assert!(!refused["clashes"][0]["nearest"].as_array().unwrap().is_empty());
    assert_eq!(api.delete(&api.rooms, &address, Some("*")).await.status, 204);
    assert_eq!(api.list(&api.officer, &format!("/bookings?room_id={}", id(&room)), 50).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_are_listed_by_room_and_stretch() {
    let api = Api::open().await;
    let (room, other) = (api.a_room("Rotunda").await, api.a_room("Library").await);
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-10T10:00", "2027-03-10T11:00")).await;
    api.make(&api.officer, "/bookings", &a_booking(&room, "2027-03-12T10:00", "2027-03-12T11:00")).await;
    api.make(&api.officer, "/bookings", &a_booking(&other, "2027-03-11T10:00", "2027-03-11T11:00")).await;
    let starts = |list: &[Value]| list.iter().map(|it| it["starts"]["local"].as_str().unwrap()[8..10].to_owned()).collect::<Vec<_>>();
    assert_eq!(starts(&api.list(&api.staff, "/bookings", 2).await), ["10", "11", "12"]);
    assert_eq!(starts(&api.list(&api.staff, &format!("/bookings?room_id={}", id(&room)), 2).await), ["10", "12"]);
    // Half-open: what ends when the stretch begins is not in it.
    let stretch = "/bookings?from=2027-03-10T11:00:00-08:00&until=2027-03-12T18:00:01Z";
    assert_eq!(starts(&api.list(&api.staff, stretch, 2).await), ["11", "12"]);
    assert_wrong(&api.get(&api.staff, "/bookings?from=2027-03-10T11:00:00").await, "from", "not_a_time");
    assert_wrong(
        &api.get(&api.staff, "/bookings?from=2027-03-10T11:00:00Z&until=2027-03-10T11:00:00Z").await,
        "until",
        "ends_before_start",
    );
    problem(&api.get(&api.staff, "/bookings?room_id=rotunda").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_does_not_exist_is_refused_with_the_two_nearest_that_do() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let refused = problem(&api.post(&api.officer, "/bookings", &a_booking(&room, "2027-03-14T02:30", "2027-03-14T04:00")).await, 422);
    let skipped = json!({ "kind": "time_skipped", "before": "2027-03-14T01:59", "after": "2027-03-14T03:00" });
    assert_eq!(refused["problems"], json!([{ "field": "starts", "problem": skipped }]));
    // Across the gap it is an hour by the clock less.
    let made = done(&api.post(&api.officer, "/bookings", &a_booking(&room, "2027-03-14T01:30", "2027-03-14T03:30")).await, 201);
    assert_eq!((&made["starts"]["offset"], &made["ends"]["offset"]), (&json!("-08:00"), &json!("-07:00")));
    let taken = &api.list(&api.officer, "/rooms/availability?from=2027-03-14T00:00:00-08:00&until=2027-03-15T00:00:00-07:00", 9).await[0];
    assert_eq!(
        (&taken["engaged"][0]["use_starts"], &taken["engaged"][0]["use_ends"]),
        (&json!("2027-03-14T09:30:00Z"), &json!("2027-03-14T10:30:00Z"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_exists_twice_is_asked_about_and_taken_by_its_offset() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let mut booking = a_booking(&room, "2027-11-07T01:30", "2027-11-07T04:00");
    let asked = problem(&api.post(&api.officer, "/bookings", &booking).await, 422);
    let twice = json!({ "kind": "time_ambiguous", "first_offset": "-07:00", "second_offset": "-08:00" });
    assert_eq!(asked["problems"], json!([{ "field": "starts", "problem": twice }]));
    booking["starts"]["offset"] = json!("-06:00");
    assert_eq!(wrong_fields(&api.post(&api.officer, "/bookings", &booking).await), [("starts".to_owned(), "wrong_offset".to_owned())]);
    for offset in ["-08:00", "-07:00"] {
        booking["starts"]["offset"] = json!(offset);
        let made = api.post(&api.officer, "/bookings", &booking).await;
        assert_eq!(done(&made, 201)["starts"], json!({ "local": "2027-11-07T01:30", "zone": "America/Los_Angeles", "offset": offset }));
        assert_eq!(api.delete(&api.officer, &location(&made), Some(&etag(&made))).await.status, 204);
    }
}
