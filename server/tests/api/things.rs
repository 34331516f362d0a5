//! What every kind of thing has in common: it is made, listed, read and changed alike.

use super::{
    office::{Api, a_booking, a_visit, at, done, etag, id, location, problem, wrong_fields},
    support::{Answer, Asker, House},
};
use axum::http::header;
use serde_json::{Value, json};

const NOWHERE: &str = "6f3f8a4e-0000-4000-8000-000000000000";

/// A kind of thing: how one is made, changed, and who may not.
struct Thing {
    /// Where all of them are.
    list: String,
    /// Where one of them is, before its identifier.
    one: &'static str,
    maker: Asker,
    body: Box<dyn Fn(usize) -> Value>,
    change: Value,
    /// Where in a list's element the thing itself is.
    within: &'static str,
    /// What staff, who may read and not write, are answered to a change.
    to_staff: u16,
    /// What a mission is answered to the list.
    to_mission: u16,
    /// Whether one can be taken away.
    goes: bool,
}

async fn things(api: &Api) -> Vec<Thing> {
    let site = api.make(&api.rooms, "/sites", &json!({ "name": "City Hall" })).await;
    let site_id = id(&site).to_owned();
    let room = api.a_room("Rotunda").await;
    let visit = api.a_visit().await;
    let thing = |list: &str, one, maker: &Asker, body: Box<dyn Fn(usize) -> Value>, change| Thing {
        list: list.to_owned(),
        one,
        maker: maker.clone(),
        body,
        change,
        within: "",
        to_staff: 403,
        to_mission: 403,
        goes: false,
    };
    let (officer, rooms) = (&api.officer, &api.rooms);
    let named = |n: usize| json!({ "name": format!("Site {n}"), "address": "200 N Spring St" });
    let room_of = move |n: usize| json!({ "site_id": site_id, "name": format!("Room {n}"), "clearance": "TLP:AMBER" });
    let booked = move |n: usize| a_booking(&room, &format!("2027-03-{}T09:00", 10 + n), &format!("2027-03-{}T10:00", 10 + n));
    let mission = |n: usize| json!({ "name": format!("Mission {n}"), "kind": "consulate", "country": "MX", "country_name": "Mexico", "capital_zone": "America/Mexico_City" });
    let person = |n: usize| json!({ "family": format!("Trần {n}"), "given": "Hoa", "order": "family_first", "languages": ["vi", "en"] });
    let line = |n: usize| json!({ "kind": "bilateral", "title": format!("Line {n}"), "starts": at(&format!("2027-03-1{n}T09:07")), "ends": at(&format!("2027-03-1{n}T09:53")), "state": "wished" });
    let task = |n: usize| json!({ "words": format!("Task {n}"), "due_on": format!("2027-03-0{n}") });
    let delegate = |n: usize| json!({ "delegation": "Viet Nam", "name": format!("Delegate {n}"), "role": "official" });
    vec![
        thing("/sites", "/sites", rooms, Box::new(named), json!({ "address": "" })),
        thing("/rooms", "/rooms", rooms, Box::new(room_of), json!({ "floor": "27" })),
        Thing { goes: true, ..thing("/bookings", "/bookings", officer, Box::new(booked), json!({ "people": 5 })) },
        Thing { within: "/mission", ..thing("/missions", "/missions", officer, Box::new(mission), json!({ "national_day": "09-16" })) },
        thing("/people", "/people", officer, Box::new(person), json!({ "rank": "Consul General" })),
        thing("/visits", "/visits", officer, Box::new(a_visit), json!({ "title": "Renamed" })),
        Thing {
            to_staff: 404,
            to_mission: 404,
            goes: true,
            ..thing(&format!("{visit}/items"), "/items", officer, Box::new(line), json!({ "title": "Renamed" }))
        },
        Thing {
            to_staff: 404,
            to_mission: 404,
            goes: true,
            ..thing(&format!("{visit}/tasks"), "/tasks", officer, Box::new(task), json!({ "words": "Order the flowers" }))
        },
        Thing {
            to_staff: 404,
            to_mission: 404,
            goes: true,
            ..thing(&format!("{visit}/delegates"), "/delegates", officer, Box::new(delegate), json!({ "rank": "Minister" }))
        },
    ]
}

/// An answer without what is of its request alone.
fn comparable(answer: &Answer) -> (u16, Option<String>, Option<String>, Value) {
    let text = |name| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    (answer.status.as_u16(), text(header::LOCATION), text(header::ETAG), answer.json())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_is_found_at_its_address_and_in_its_list() {
    let api = Api::open().await;
    for thing in things(&api).await {
        let made = api.post(&thing.maker, &thing.list, &(thing.body)(1)).await;
        let view = done(&made, 201);
        let address = location(&made);
        assert_eq!(address, format!("{}/{}", thing.one, view["id"].as_str().unwrap()));
        let read = api.get(&thing.maker, &address).await;
        assert_eq!((done(&read, 200), etag(&read)), (view.clone(), etag(&made)), "{address}");
        let listed = api.list(&thing.maker, &thing.list, 50).await;
        let own = listed.iter().filter_map(|it| it.pointer(thing.within)).find(|it| it["id"] == view["id"]);
        assert_eq!(own, Some(&view), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_needs_the_version_that_was_seen() {
    let api = Api::open().await;
    for thing in things(&api).await {
        let made = api.post(&thing.maker, &thing.list, &(thing.body)(1)).await;
        let (address, seen) = (location(&made), etag(&made));
        let maker = &thing.maker;
        assert_eq!(
            problem(&api.patch(maker, &address, None, &thing.change).await, 428)["type"],
            "urn:problem-type:chancery:version-needed"
        );
        problem(&api.patch(maker, &address, Some("\"another\""), &thing.change).await, 412);
        let changed = api.patch(maker, &address, Some(&seen), &thing.change).await;
        let view = done(&changed, 200);
        assert_ne!(etag(&changed), seen, "{address}");
        problem(&api.patch(maker, &address, Some(&seen), &thing.change).await, 412);
        let read = api.get(maker, &address).await;
        assert_eq!((done(&read, 200), etag(&read)), (view, etag(&changed)), "{address}");
        if !thing.goes {
            continue;
        }
        problem(&api.delete(maker, &address, None).await, 428);
        problem(&api.delete(maker, &address, Some(&seen)).await, 412);
        assert_eq!(api.delete(maker, &address, Some(&etag(&changed))).await.status, 204, "{address}");
        problem(&api.get(maker, &address).await, 404);
        problem(&api.delete(maker, &address, Some("*")).await, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_under_its_key_makes_nothing_twice() {
    let api = Api::open().await;
    for (number, thing) in things(&api).await.into_iter().enumerate() {
        let key = format!("key-{number}");
        let before = api.list(&thing.maker, &thing.list, 50).await.len();
        let first = api.post_under(&key, &thing.maker, &thing.list, &(thing.body)(1)).await;
        done(&first, 201);
        let again = api.post_under(&key, &thing.maker, &thing.list, &(thing.body)(1)).await;
        assert_eq!(comparable(&first), comparable(&again), "{}", thing.list);
        assert_eq!(api.list(&thing.maker, &thing.list, 50).await.len(), before + 1, "{}", thing.list);
        let other = api.post_under(&key, &thing.maker, &thing.list, &(thing.body)(2)).await;
        assert_eq!(problem(&other, 422)["type"], "urn:problem-type:chancery:key-reused", "{}", thing.list);
        // What was refused may be sent again, mended.
        let key = format!("other-{number}");
        problem(&api.post_under(&key, &thing.maker, &thing.list, &json!({})).await, 422);
        done(&api.post_under(&key, &thing.maker, &thing.list, &(thing.body)(2)).await, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_to_its_end_a_page_at_a_time() {
    let api = Api::open().await;
    for thing in things(&api).await {
        for number in 1..=5 {
            api.make(&thing.maker, &thing.list, &(thing.body)(number)).await;
        }
        let whole = api.list(&thing.maker, &thing.list, 200).await;
        assert!(whole.len() >= 5, "{}", thing.list);
        for on_a_page in [1, 2, 5] {
            assert_eq!(api.list(&thing.maker, &thing.list, on_a_page).await, whole, "{}", thing.list);
        }
        for (query, field, kind) in [("cursor=x", "cursor", "unknown"), ("limit=0", "limit", "out_of_bounds")] {
            let refused = api.get(&thing.maker, &format!("{}?{query}", thing.list)).await;
            assert_eq!(wrong_fields(&refused), [(field.to_owned(), kind.to_owned())], "{}", thing.list);
        }
        problem(&api.get(&thing.maker, &format!("{}?limit=many", thing.list)).await, 400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_refused_and_told_no_more_than_they_may_know() {
    let api = Api::open().await;
    for thing in things(&api).await {
        let made = api.post(&thing.maker, &thing.list, &(thing.body)(1)).await;
        let (address, seen) = (location(&made), etag(&made));
        for path in [&thing.list, &address] {
            problem(&api.get(&House::nobody(), path).await, 401);
        }
        problem(&api.post(&House::nobody(), &thing.list, &(thing.body)(2)).await, 401);
        problem(&api.patch(&House::nobody(), &address, Some(&seen), &thing.change).await, 401);
        problem(&api.post(&api.staff, &thing.list, &(thing.body)(2)).await, 403);
        problem(&api.patch(&api.staff, &address, Some("*"), &thing.change).await, thing.to_staff);
        problem(&api.get(&api.mission, &thing.list).await, thing.to_mission);
        problem(&api.post(&api.mission, &thing.list, &(thing.body)(2)).await, thing.to_mission);
        assert!([403, 404].contains(&api.get(&api.mission, &address).await.status.as_u16()), "{address}");
        assert!([403, 404].contains(&api.patch(&api.mission, &address, Some("*"), &thing.change).await.status.as_u16()), "{address}");
        if thing.goes {
            problem(&api.delete(&api.staff, &address, Some("*")).await, thing.to_staff);
        }
        let read = api.get(&thing.maker, &address).await;
        assert_eq!(etag(&read), seen, "{address} is as it was");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found_before_anything_else_is_said() {
    let api = Api::open().await;
    for thing in things(&api).await {
        for name in [NOWHERE, "no-identifier"] {
            let address = format!("{}/{name}", thing.one);
            problem(&api.get(&thing.maker, &address).await, 404);
            // Neither the version, nor what is wrong with the body, nor the right is asked about.
            problem(&api.patch(&thing.maker, &address, None, &thing.change).await, 404);
            problem(&api.patch(&api.staff, &address, None, &thing.change).await, 404);
            if thing.goes {
                problem(&api.delete(&thing.maker, &address, None).await, 404);
            }
        }
        problem(&api.house.ask(&thing.maker, axum::http::Method::PUT, &format!("/api/v1{}", thing.list), None, &[]).await, 405);
    }
    problem(&api.get(&api.officer, "/nothing").await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_looked_for_is_found_whatever_its_marks() {
    let api = Api::open().await;
    let person = json!({ "family": "Trần", "given": "Hoa", "order": "family_first", "own_script": "Trần Hoa" });
    api.make(&api.officer, "/people", &person).await;
    api.make(&api.officer, "/people", &json!({ "family": "Arrieta" })).await;
    let found = api.list(&api.staff, "/people?q=tran%20hoa", 10).await;
    assert_eq!(found.iter().map(|it| it["name"].as_str().unwrap()).collect::<Vec<_>>(), ["Trần Hoa"]);
    let found = api.list(&api.staff, "/missions?q=ha%20noi", 10).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["place"], 1);
    assert!(api.list(&api.staff, "/missions?q=nowhere", 10).await.is_empty());
    let hits = done(&api.get(&api.staff, "/search?q=Ha%20Noi").await, 200);
    assert_eq!(hits["items"][0]["kind"], "mission");
    let hits = done(&api.get(&api.officer, "/search?q=tran&limit=1").await, 200);
    assert_eq!(hits["items"][0]["title"], "Trần Hoa");
    assert_eq!(done(&api.get(&api.staff, "/search").await, 200)["items"], json!([]));
    problem(&api.get(&api.mission, "/search?q=Ha%20Noi").await, 403);
    assert_eq!(wrong_fields(&api.get(&api.staff, "/search?q=a&limit=51").await), [("limit".to_owned(), "out_of_bounds".to_owned())]);
    let long = "a".repeat(201);
    assert_eq!(wrong_fields(&api.get(&api.staff, &format!("/search?q={long}")).await), [("q".to_owned(), "too_long".to_owned())]);
}
