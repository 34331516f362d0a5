//! Bad input over the API: a clear answer with the right status each, and nothing is stored.

use super::{
    office::{Api, ROOT, a_booking, a_visit, assert_wrong, at, done, etag, id, problem, wrong_fields},
    support::{Answer, House, examples},
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use backend::{database::Connection, values};
use serde_json::{Value, json};

/// How many revisions, entries of the record and keys there are: whatever is stored leaves one.
async fn stored(api: &Api) -> Vec<(i64,)> {
    let sql = "SELECT COUNT(*) FROM revisions WHERE office_id = $1 UNION ALL SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 \
        UNION ALL SELECT COUNT(*) FROM idempotency_keys WHERE office_id = $1 UNION ALL SELECT COUNT(*) FROM engagements WHERE office_id = $1";
    let operator = &api.house.office.operator;
    operator.read().await.unwrap().all(sql, values![operator.office_id()]).await.unwrap()
}

/// Bytes as they are, under the officer's name.
async fn raw(api: &Api, path: &str, media_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{ROOT}{path}"))
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::AUTHORIZATION, api.officer.authorization())
        .header(header::CONTENT_TYPE, media_type);
    api.house.answer(request.body(body.into()).unwrap()).await
}

/// A body of each kind, and the field in which people write a name.
struct Kind {
    path: String,
    body: Value,
    name: &'static str,
}

impl Kind {
    fn with(&self, field: &str, value: Value) -> Value {
        let mut body = self.body.clone();
        body[field] = value;
        body
    }
}

fn kinds(site: &str, room: &str, visit: &str) -> [Kind; 9] {
    let kind = |path: &str, name, body| Kind { path: path.to_owned(), body, name };
    let line = json!({ "kind": "bilateral", "title": "Talks", "starts": at("2027-03-11T09:07"), "ends": at("2027-03-11T09:53"), "state": "wished" });
    [
        kind("/sites", "name", json!({ "name": "Port" })),
        kind("/rooms", "name", json!({ "site_id": id(site), "name": "Rotunda" })),
        kind("/bookings", "purpose", a_booking(room, "2027-03-11T09:07", "2027-03-11T09:53")),
        kind(
            "/missions",
            "name",
            json!({ "name": "Mission", "kind": "consulate", "country": "MX", "country_name": "Mexico", "capital_zone": "America/Mexico_City" }),
        ),
        kind("/people", "family", json!({ "family": "Trần" })),
        kind("/visits", "title", a_visit(1)),
        kind(&format!("{visit}/items"), "title", line),
        kind(&format!("{visit}/tasks"), "words", json!({ "words": "Order the flags", "due_on": "2027-03-01" })),
        kind(&format!("{visit}/delegates"), "name", json!({ "delegation": "Viet Nam", "name": "Delegate" })),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_a_clear_answer_and_nothing_is_stored() {
    let api = Api::open().await;
    let (room, visit) = (api.a_room("Rotunda").await, api.a_visit().await);
    let site = api.make(&api.rooms, "/sites", &json!({ "name": "City Hall" })).await;
    let before = stored(&api).await;
    let kinds = kinds(&site, &room, &visit);
    for kind in &kinds {
        let asker = if ["/sites", "/rooms"].contains(&kind.path.as_str()) { &api.rooms } else { &api.officer };
        let long = "名".repeat(10_000);
        assert_wrong(&api.post(asker, &kind.path, &kind.with(kind.name, json!(long))).await, kind.name, "too_long");
        for turned in ["Bell\u{7}", "Two\nlines", "\u{202E}gnp.exe", "Null\0"] {
            assert_wrong(&api.post(asker, &kind.path, &kind.with(kind.name, json!(turned))).await, kind.name, "control_characters");
        }
        assert_wrong(&api.post(asker, &kind.path, &kind.with(kind.name, json!("  "))).await, kind.name, "missing");
        for wrong in [kind.with(kind.name, json!(5)), kind.with("nmae", json!("x")), json!([kind.body]), json!("x"), Value::Null] {
            problem(&api.post(asker, &kind.path, &wrong).await, 400);
        }
        for text in ["", "{", "{\"name\":", "{} {}", "\u{feff}{}"] {
            problem(&raw(&api, &kind.path, "application/json", text).await, 400);
        }
        problem(&raw(&api, &kind.path, "application/json", vec![b'"', 0xff, b'"']).await, 400);
        problem(&raw(&api, &kind.path, "text/plain", "{}").await, 415);
        problem(&raw(&api, &kind.path, "application/json", format!("{{\"name\":\"{}\"}}", "a".repeat(2_000_000))).await, 413);
    }
    let [sites, _, bookings, missions, _, visits, items, ..] = &kinds;
    for (kind, asker, field) in [(sites, &api.rooms, "zone"), (missions, &api.officer, "capital_zone"), (visits, &api.officer, "zone")] {
        for unknown in ["Europe/Atlantis", "not a zone!"] {
            assert_wrong(&api.post(asker, &kind.path, &kind.with(field, json!(unknown))).await, field, "unknown_zone");
        }
    }
    for (kind, days) in [(bookings, "2027-03-26T09:07"), (items, "2027-03-16T09:07")] {
        let with = async |field: &str, value: Value| api.post(&api.officer, &kind.path, &kind.with(field, value)).await;
        assert_wrong(&with("starts", json!({ "local": "2027-03-11T09:07", "zone": "Europe/Atlantis" })).await, "starts", "unknown_zone");
        assert_wrong(&with("ends", at("2027-03-11T09:07")).await, "ends", "ends_before_start");
        assert_wrong(&with("ends", at("2027-03-11T08:00")).await, "ends", "ends_before_start");
        assert_wrong(&with("ends", at(days)).await, "ends", "too_long_span");
        assert_wrong(&with("ends", at("2028-03-11T09:07")).await, "ends", "too_long_span");
        assert_wrong(&with("ends", Value::Null).await, "ends", "missing");
        for unreadable in ["2027-03-11", "2027-13-45T99:99", "11/03/2027 9:53", "2027-03-11T09:53:00Z"] {
            let told = problem(&with("ends", at(unreadable)).await, 400);
            assert!(told["detail"].as_str().unwrap().contains("ends.local"), "{told}");
        }
    }
    assert_wrong(&api.post(&api.officer, "/visits", &visits.with("ends_on", json!("2027-03-09"))).await, "ends_on", "ends_before_start");
    assert_wrong(&api.post(&api.officer, "/visits", &visits.with("starts_on", json!("2027-02-30"))).await, "starts_on", "not_a_time");
    for people in [json!(0), json!(-1), json!(1.5), json!("many"), json!(1e12)] {
        assert_wrong(&api.post(&api.officer, "/bookings", &bookings.with("people", people)).await, "people", "out_of_bounds");
    }
    assert_wrong(&api.post(&api.officer, "/bookings", &bookings.with("marking", json!("TLP:RED"))).await, "marking", "above_ceiling");
    assert_eq!(stored(&api).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_room_or_what_closes_it_is_said_and_nothing_is_stored() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let site = done(&api.get(&api.rooms, &room).await, 200)["site"]["id"].clone();
    let before = stored(&api).await;
    for number in [json!(-1), json!(0), json!(1.5), json!("many"), json!(1e12)] {
        let layouts = json!([{ "layout": "boardroom", "capacity": number }]);
        let body = json!({ "site_id": site, "name": "Annex", "layouts": layouts });
        assert_wrong(&api.post(&api.rooms, "/rooms", &body).await, "layouts.0.capacity", "out_of_bounds");
        assert_wrong(&api.patch(&api.rooms, &room, Some("*"), &json!({ "layouts": layouts })).await, "layouts.0.capacity", "out_of_bounds");
    }
    for (field, value, wrong, kind) in [
        ("features", json!(["swimming_pool"]), "features", "unknown"),
        ("sweep_minutes", json!(-5), "sweep_minutes", "out_of_bounds"),
        ("clearance", json!("SECRET"), "clearance", "unknown"),
        ("booked_by", json!(["everybody"]), "booked_by", "unknown"),
        ("hours", json!([{ "weekday": 8, "opens": "08:00", "closes": "18:00" }]), "hours.0.weekday", "out_of_bounds"),
        ("hours", json!([{ "weekday": 1, "opens": "18:00", "closes": "08:00" }]), "hours.0.closes", "ends_before_start"),
        ("seasons", json!([{ "name": "Winter", "from": "11-01", "until": "02-30" }]), "seasons.0.until", "not_a_time"),
    ] {
        assert_wrong(&api.patch(&api.rooms, &room, Some("*"), &json!({ field: value })).await, wrong, kind);
    }
    let closed = json!({ "room_id": id(&room), "starts": at("2027-03-11T10:00"), "ends": at("2027-03-11T09:00"), "cause": "Works" });
    assert_wrong(&api.post(&api.rooms, "/blackouts", &closed).await, "ends", "ends_before_start");
    let nobodys = json!({ "starts": at("2027-03-11T10:00"), "ends": at("2027-03-11T11:00"), "cause": "Works" });
    problem(&api.post(&api.rooms, "/blackouts", &nobodys).await, 422);
    let booking = a_booking(&room, "2027-03-11T09:00", "2027-03-11T10:00");
    for (field, value) in [("until", json!("2054-07-27")), ("until", json!("9999-12-31"))] {
        let mut series = json!({ "booking": booking, "repeats": "weekly", "weekdays": [1, 2, 3, 4, 5, 6, 7] });
        series[field] = value;
        assert_wrong(&api.post(&api.officer, "/series", &series).await, field, "date_out_of_bounds");
    }
    assert_eq!(stored(&api).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_nobody_plans_for_is_refused_by_its_field_and_shows_no_page_amiss() {
    let api = Api::open().await;
    let (room, visit) = (api.a_room("Rotunda").await, api.a_visit().await);
    let site = done(&api.get(&api.rooms, &room).await, 200)["site"]["id"].as_str().unwrap().to_owned();
    // Of a visit the first look is recorded.
    assert_eq!(api.house.get(&api.officer, "/calendar").await.status, 200);
    let before = stored(&api).await;
    let far = ["-262143-01-02", "-0001-03-01", "0001-03-01", "1969-12-31", "2101-01-01", "9999-12-30", "+10000-01-02", "+262142-12-30"];
    let lists = ["bookings", "blackouts", "slots", "rooms/availability"];
    let pages = ["/rooms?".to_owned(), format!("{room}?"), "/calendar?".to_owned()];
    for day in far {
        let (starts, ends) = (format!("{day}T09:00"), format!("{day}T10:00"));
        let line = json!({ "kind": "bilateral", "title": "Talks", "starts": at(&starts), "ends": at(&ends), "state": "wished" });
        let closed = json!({ "room_id": id(&room), "starts": at(&starts), "ends": at(&ends), "cause": "Works" });
        let both = [("starts".to_owned(), "date_out_of_bounds".to_owned()), ("ends".to_owned(), "date_out_of_bounds".to_owned())];
        assert_eq!(wrong_fields(&api.post(&api.officer, "/bookings", &a_booking(&room, &starts, &ends)).await), both, "{day}");
        assert_eq!(wrong_fields(&api.post(&api.officer, &format!("{visit}/items"), &line).await), both, "{day}");
        assert_eq!(wrong_fields(&api.post(&api.rooms, "/blackouts", &closed).await), both, "{day}");
        let weekly = json!({ "booking": a_booking(&room, &starts, &ends), "repeats": "weekly", "times": 3 });
        assert_wrong(&api.post(&api.officer, "/series", &weekly).await, "booking.starts", "date_out_of_bounds");
        let mut chosen = json!({ "booking": a_booking(&room, "2027-03-11T09:00", "2027-03-11T10:00"), "repeats": "dates" });
        chosen["dates"] = json!([day]);
        assert_wrong(&api.post(&api.officer, "/series", &chosen).await, "dates", "date_out_of_bounds");
        let mut held = a_booking(&room, "2027-03-11T09:00", "2027-03-11T10:00");
        (held["state"], held["hold_until"]) = (json!("held"), json!(format!("{day}T08:00:00Z")));
        let kind = if day.starts_with('+') || day.starts_with('-') { "not_a_time" } else { "date_out_of_bounds" };
        assert_wrong(&api.post(&api.officer, "/bookings", &held).await, "hold_until", kind);
        let mut early = a_visit(1);
        early["starts_on"] = json!(day);
        assert!(
            wrong_fields(&api.post(&api.officer, "/visits", &early).await).contains(&("starts_on".into(), "date_out_of_bounds".into()))
        );
        let holidays = json!({ "holidays": [{ "on": day, "name": "Founding day", "opens": "", "closes": "" }] });
        let answer = api.patch(&api.rooms, &format!("/sites/{site}"), Some("*"), &holidays).await;
        assert_wrong(&answer, "holidays.0.on", "date_out_of_bounds");
        let from = format!("{day}T08:00:00Z").replace('+', "%2B");
        for list in lists {
            let answer = api.get(&api.officer, &format!("/{list}?from={from}")).await;
            let fields = wrong_fields(&answer);
            assert!(fields.contains(&("from".into(), kind.into())), "{list} {day}: {fields:?}");
        }
        for page in &pages {
            for asked in ["day", "on", "month"] {
                let answer = api.house.get(&api.officer, &format!("{page}{asked}={}", day.replace('+', "%2B"))).await;
                assert_eq!(answer.status, 200, "{page}{asked}={day}");
            }
        }
    }
    for (first, until) in [("2100-12-20", "2101-02-01"), ("2100-12-20", "+10000-01-01")] {
        let mut series = json!({ "booking": a_booking(&room, &format!("{first}T09:00"), &format!("{first}T10:00")), "repeats": "weekly" });
        series["until"] = json!(until);
        assert_wrong(&api.post(&api.officer, "/series", &series).await, "until", "date_out_of_bounds");
    }
    let over = json!({ "booking": a_booking(&room, "2100-12-20T09:00", "2100-12-20T10:00"), "repeats": "weekly", "times": 5 });
    assert_wrong(&api.post(&api.officer, "/series", &over).await, "times", "date_out_of_bounds");
    assert_eq!(stored(&api).await, before);
    // What is printed is recorded.
    for day in far {
        for page in ["/rooms/print", &format!("{room}/print")] {
            let answer = api.house.get(&api.officer, &format!("{page}?day={}", day.replace('+', "%2B"))).await;
            assert_eq!(answer.status, 200, "{page} {day}");
        }
    }
    let last = api.post(&api.officer, "/bookings", &a_booking(&room, "2100-12-31T09:00", "2100-12-31T10:00")).await;
    assert_eq!(last.status, 201, "{}", last.text());
    for page in ["/rooms?day=2100-12-31", "/rooms?day=1900-01-01"] {
        assert_eq!(api.house.get(&api.officer, page).await.status, 200, "{page}");
    }
    for asked in ["day=2100-12-31", "day=1900-01-01", "month=2100-12", "month=1900-01"] {
        assert_eq!(api.house.get(&api.officer, &format!("{room}?{asked}")).await.status, 200, "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_a_room_says_what_is_wrong_with_it_and_keeps_nothing() {
    let api = Api::open().await;
    let room = api.a_room("Rotunda").await;
    let read = api.get(&api.rooms, &room).await;
    let (view, seen) = (done(&read, 200), etag(&read));
    let before = stored(&api).await;
    let path = examples::functions().into_iter().find(|example| example.of == "function save_room").unwrap().path;
    let fields = [
        ("id", id(&room)),
        ("seen", seen.as_str()),
        ("site_id", view["site"]["id"].as_str().unwrap()),
        ("name", "Rotunda"),
        ("clearance", "TLP:AMBER"),
        ("layout_boardroom_capacity", "-1"),
        ("layout_boardroom_set_up_minutes", "15"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = api.house.call(&api.rooms, &path, &fields).await;
    assert!(answer.text().contains("layout_boardroom_capacity"), "{} {}", answer.status, answer.text());
    assert_eq!(stored(&api).await, before);
    assert_eq!(done(&api.get(&api.rooms, &room).await, 200), view);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_none_is_nobodys() {
    let api = Api::open().await;
    let nobody = House::nobody();
    let own = api.officer.authorization();
    let altered = format!("{}{}", &own[..own.len() - 1], if own.ends_with('A') { 'Q' } else { 'A' });
    for given in ["Bearer nonsense", "Bearer chs_AAAA", "Bearer cha_", "Bearer", "Basic b2ZmaWNlcjpwYXNzd29yZA==", "", &altered] {
        let answer = api.house.ask(&nobody, Method::GET, "/api/v1/visits", None, &[("authorization", given)]).await;
        assert_eq!(problem(&answer, 401)["type"], "urn:problem-type:chancery:sign-in", "{given}");
        assert!(answer.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Bearer"));
    }
    let cookie = [("cookie", "chancery=chs_AAAA")];
    problem(&api.house.ask(&nobody, Method::GET, "/api/v1/visits", None, &cookie).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_cannot_be_read_are_refused() {
    let api = Api::open().await;
    let body = json!({ "family": "Trần" });
    let before = stored(&api).await;
    assert_wrong(&api.post_under("two words", &api.officer, "/people", &body).await, "Idempotency-Key", "form");
    assert_wrong(&api.post_under(&"k".repeat(256), &api.officer, "/people", &body).await, "Idempotency-Key", "too_long");
    assert_wrong(&api.post_under(" ", &api.officer, "/people", &body).await, "Idempotency-Key", "missing");
    problem(&api.post_under("schlüssel", &api.officer, "/people", &body).await, 400);
    let person = "/people/6f3f8a4e-0000-4000-8000-000000000000";
    problem(&api.patch(&api.officer, person, Some("\"ä\""), &body).await, 400);
    assert_eq!(stored(&api).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_kept_and_given_back_as_it_was_written() {
    let api = Api::open().await;
    for hostile in ["</textarea><script>alert(1)</script>", "'; DROP TABLE people; --", "{{7*7}} ${7*7} %00 \\u0000"] {
        let address = api.make(&api.officer, "/people", &json!({ "family": hostile })).await;
        let read = api.get(&api.officer, &address).await;
        assert_eq!(super::office::done(&read, 200)["family"], hostile);
    }
}
