//! An office with a few people in it, and the ways in which they ask.

use super::support::{Answer, Asker, House};
use axum::http::{Method, header};
use backend::{missions, testing::TestOffice};
use domain::{accounts::Role, marking::Marking, missions::input::MissionInput};
use serde_json::{Value, json};

pub const ROOT: &str = "/api/v1";

/// An office, a protocol officer, the rooms manager, staff, and the account of a mission.
pub struct Api {
    pub house: House,
    pub officer: Asker,
    pub rooms: Asker,
    pub staff: Asker,
    pub mission: Asker,
}

impl Api {
    pub async fn of(office: TestOffice) -> Self {
        let house = House::over(office).await;
        let some = |text: &str| Some(text.to_owned());
        let of_viet_nam = MissionInput {
            name: some("Consulate General of Viet Nam"),
            kind: some("consulate_general"),
            country: some("VN"),
            country_name: some("Viet Nam"),
            capital_zone: some("Asia/Ho_Chi_Minh"),
            capital: some("Hà Nội"),
            ..MissionInput::default()
        };
        let mission = missions::create_mission(&house.office.operator, of_viet_nam).await.unwrap().id;
        Self {
            officer: house.account("officer", Role::ProtocolOfficer, Marking::Amber, None).await,
            rooms: house.account("rooms", Role::RoomsManager, Marking::Amber, None).await,
            staff: house.account("staff", Role::Staff, Marking::Green, None).await,
            mission: house.account("mission", Role::MissionMember, Marking::Clear, Some(mission)).await,
            house,
        }
    }

    pub async fn open() -> Self {
        Self::of(backend::testing::office(backend::testing::Engine::Sqlite).await).await
    }

    pub async fn get(&self, asker: &Asker, path: &str) -> Answer {
        self.house.get(asker, &format!("{ROOT}{path}")).await
    }

    pub async fn post(&self, asker: &Asker, path: &str, body: &Value) -> Answer {
        self.house.ask(asker, Method::POST, &format!("{ROOT}{path}"), Some(body), &[]).await
    }

    pub async fn post_under(&self, key: &str, asker: &Asker, path: &str, body: &Value) -> Answer {
        self.house.ask(asker, Method::POST, &format!("{ROOT}{path}"), Some(body), &[("idempotency-key", key)]).await
    }

    pub async fn patch(&self, asker: &Asker, path: &str, seen: Option<&str>, body: &Value) -> Answer {
        let headers: Vec<(&str, &str)> = seen.map(|seen| ("if-match", seen)).into_iter().collect();
        self.house.ask(asker, Method::PATCH, &format!("{ROOT}{path}"), Some(body), &headers).await
    }

    pub async fn delete(&self, asker: &Asker, path: &str, seen: Option<&str>) -> Answer {
        let headers: Vec<(&str, &str)> = seen.map(|seen| ("if-match", seen)).into_iter().collect();
        self.house.ask(asker, Method::DELETE, &format!("{ROOT}{path}"), None, &headers).await
    }

    /// Makes something, and says where it is from below the root: `/rooms/…`.
    pub async fn make(&self, asker: &Asker, path: &str, body: &Value) -> String {
        let made = self.post(asker, path, body).await;
        assert_eq!(made.status, 201, "{path}: {}", made.text());
        location(&made)
    }

    /// All that a list holds, asked for in pages of so many.
    pub async fn list(&self, asker: &Asker, path: &str, on_a_page: usize) -> Vec<Value> {
        let (mut all, mut cursor) = (Vec::new(), None);
        let query = if path.contains('?') { '&' } else { '?' };
        loop {
            let after = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page = done(&self.get(asker, &format!("{path}{query}limit={on_a_page}{after}")).await, 200);
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= on_a_page);
            all.extend(items.iter().cloned());
            match page["next"].as_str() {
                None => return all,
                Some(_) if items.len() < on_a_page => panic!("a page that is not the last is full"),
                Some(next) => cursor = Some(next.to_owned()),
            }
        }
    }

    /// A site, and in it a boardroom for 24 that takes 15 minutes to lay out and 10 to clear: where it is from below the root.
    pub async fn a_room(&self, name: &str) -> String {
        let site = self.make(&self.rooms, "/sites", &json!({ "name": format!("Site of {name}") })).await;
        let layout = json!({ "layout": "boardroom", "capacity": 24, "set_up_minutes": 15, "clearing_minutes": 10 });
        self.make(&self.rooms, "/rooms", &json!({ "site_id": id(&site), "name": name, "layouts": [layout] })).await
    }

    /// A visit in March 2027 of which all accounts may know.
    pub async fn a_visit(&self) -> String {
        self.make(&self.officer, "/visits", &a_visit(0)).await
    }
}

/// A visit that all accounts of the office may know of.
pub fn a_visit(number: usize) -> Value {
    json!({
        "category": "working", "state": "confirmed", "title": format!("Visit {number}"), "starts_on": "2027-03-10", "ends_on": "2027-03-20",
        "capital_zone": "Asia/Ho_Chi_Minh", "capital": "Hà Nội", "markings": { "existence": "TLP:GREEN", "title": "TLP:GREEN" },
    })
}

/// A wall time in Los Angeles.
pub fn at(local: &str) -> Value {
    json!({ "local": local, "zone": "America/Los_Angeles" })
}

/// A firm booking of a room, by where it is.
pub fn a_booking(room: &str, starts: &str, ends: &str) -> Value {
    json!({
        "room_id": id(room), "starts": at(starts), "ends": at(ends), "layout": "boardroom", "people": 12, "purpose": "Budget briefing",
        "state": "firm",
    })
}

/// The identifier at the end of an address.
pub fn id(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// Where what was made is, from below the root.
pub fn location(answer: &Answer) -> String {
    answer.headers[header::LOCATION].to_str().unwrap().strip_prefix(ROOT).unwrap().to_owned()
}

pub fn etag(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

/// The body of an answer that was to have this status.
#[track_caller]
pub fn done(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    answer.json()
}

/// The problem of an answer that was to have this status (RFC 9457).
#[track_caller]
pub fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    let body = answer.json();
    assert_eq!(body["status"], status);
    assert!(body["type"].as_str().unwrap().starts_with("urn:problem-type:chancery:"), "{body}");
    assert!(!body["title"].as_str().unwrap().is_empty());
    let reference = answer.headers["x-request-id"].to_str().unwrap();
    assert_eq!(body["instance"], format!("urn:uuid:{reference}"));
    body
}

/// The fields that are wrong, each with what is wrong with it.
#[track_caller]
pub fn wrong_fields(answer: &Answer) -> Vec<(String, String)> {
    let body = problem(answer, 422);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    body["problems"].as_array().unwrap().iter().map(|it| (word(&it["field"]), word(&it["problem"]["kind"]))).collect()
}

#[track_caller]
pub fn assert_wrong(answer: &Answer, field: &str, kind: &str) {
    assert_eq!(wrong_fields(answer), [(field.to_owned(), kind.to_owned())]);
}
