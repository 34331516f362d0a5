//! A door over HTTP, as the display by it asks.

use axum::http::{Method, StatusCode, header};
use backend::{
    accounts::{clearance, keep},
    rooms::{self, doors::make_door_plan, doors::revoke_door_plan},
    testing::{self, Engine},
};
use domain::{
    accounts::Role,
    doors::DoorPlanInput,
    marking::Marking,
    rooms::input::{RoomInput, SiteInput},
};
use serde_json::{Value, json};
use support::{Answer, Asker, House};

mod support;

fn text(value: impl Into<String>) -> Option<String> {
    Some(value.into())
}

struct Served {
    house: House,
    manager: Asker,
    room: String,
}

impl Served {
    async fn new() -> Self {
        let house = House::over(testing::office(Engine::Sqlite).await).await;
        let manager = house.account("manager", Role::RoomsManager, Marking::Green, None).await;
        let context = house.context(&manager).await;
        let site = rooms::create_site(&context, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: text(site.to_string()), name: text("Rotunda"), ..RoomInput::default() };
        let room = rooms::create_room(&context, room).await.unwrap().id.to_string();
        Self { house, manager, room }
    }

    /// A link, and the plan it is of.
    async fn link(&self) -> (String, domain::ids::DoorPlanId) {
        let input = DoorPlanInput { room_id: self.room.clone(), ..DoorPlanInput::default() };
        let made = make_door_plan(&self.house.context(&self.manager).await, &input).await.unwrap();
        (format!("/doors/{}", made.token()), made.view.id)
    }

    async fn get(&self, path: &str) -> Answer {
        self.house.page(&House::nobody(), path).await
    }
}

#[tokio::test]
async fn a_door_is_a_page_of_its_own_without_scripts_that_nobody_keeps() {
    let served = Served::new().await;
    let (path, _) = served.link().await;
    let answer = served.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers["x-robots-tag"], "noindex");
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    let page = answer.text();
    assert!(page.contains("Rotunda") && page.contains("Free") && page.contains("TLP:CLEAR"), "{page}");
    assert!(page.contains("http-equiv=\"refresh\"") && !page.contains("<script") && !page.contains("style=\""), "{page}");
    assert!(served.get(&format!("{path}?theme=dark")).await.text().contains("data-theme=\"dark\""));
    let head = served.house.ask(&House::nobody(), Method::HEAD, &path, None, &[]).await;
    assert_eq!((head.status, &head.headers[header::ETAG], head.body.len()), (StatusCode::OK, &answer.headers[header::ETAG], 0));
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert_eq!(served.house.ask(&House::nobody(), method, &path, None, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn a_display_that_has_these_bytes_is_not_sent_them_again() {
    let served = Served::new().await;
    let (path, _) = served.link().await;
    let first = served.get(&path).await;
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = served.house.ask(&House::nobody(), Method::GET, &path, None, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert!(tag.starts_with("W/\""), "it is the same whether the page is compressed or not: {tag}");
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        assert_eq!(again.headers[&name], first.headers[&name], "a 304 says of it what a 200 says");
    }
    let other = served.house.ask(&House::nobody(), Method::GET, &path, None, &[("if-none-match", "\"other\"")]).await;
    assert_eq!((other.status, other.body), (StatusCode::OK, first.body));
}

#[tokio::test]
async fn whatever_is_wrong_with_a_link_the_answer_is_the_same() {
    let served = Served::new().await;
    let (house, issuer) = (&served.house, served.manager.account.unwrap());
    let (revoked, plan) = served.link().await;
    let (path, _) = served.link().await;
    revoke_door_plan(&house.context(&served.manager).await, plan).await.unwrap();
    let mut refused = Vec::new();
    let (start, last) = path.split_at(path.len() - 1);
    let mistyped = format!("{start}{}", if last == "A" { "Q" } else { "A" });
    for wrong in [revoked.as_str(), "/doors/x", "/doors/chs_AAAA", &mistyped] {
        refused.push(served.get(wrong).await);
    }
    assert_eq!(served.get(&path).await.status, StatusCode::OK);
    clearance::grant_role(&house.office.operator, issuer, Role::Staff).await.unwrap();
    clearance::revoke_role(&house.office.operator, issuer, Role::RoomsManager).await.unwrap();
    refused.push(served.get(&path).await);
    keep::disable_account(&house.office.operator, issuer).await.unwrap();
    refused.push(served.get(&path).await);
    // Only the reference of the request and the nonce of its policy are drawn anew.
    let told = |answer: &Answer| {
        let headers = answer.headers.iter().filter(|(name, _)| !["x-request-id", "content-security-policy"].contains(&name.as_str()));
        (answer.status, headers.map(|(name, value)| (name.to_string(), value.clone())).collect::<Vec<_>>(), answer.body.clone())
    };
    assert_eq!(refused[0].status, StatusCode::NOT_FOUND);
    assert!(refused.iter().all(|answer| told(answer) == told(&refused[0])), "{refused:?}");
}

#[tokio::test]
async fn the_api_makes_a_door_plan_once_shows_its_link_once_and_revokes_it() {
    let served = Served::new().await;
    let body = json!({ "room_id": served.room, "ceiling": "TLP:GREEN", "reason": "Staff corridor", "ends_on": "2027-06-30" });
    let ask = async |method: Method, path: &str, body: Option<&Value>, headers: &[(&str, &str)]| {
        served.house.ask(&served.manager, method, &format!("/api/v1{path}"), body, headers).await
    };
    let key = [("idempotency-key", "one")];
    let made = ask(Method::POST, "/door-plans", Some(&body), &key).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let url = made.json()["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("http://127.0.0.1:3000").unwrap();
    assert_eq!(served.get(path).await.status, StatusCode::OK);
    let again = ask(Method::POST, "/door-plans", Some(&body), &key).await.json();
    assert_eq!((&again["id"], &again["url"]), (&made.json()["id"], &Value::Null));
    let listed = ask(Method::GET, &format!("/door-plans?room_id={}", served.room), None, &[]).await.json();
    let [plan] = &listed["items"].as_array().unwrap()[..] else { panic!("{listed}") };
    assert_eq!((&plan["ceiling"], &plan["ends_on"]), (&json!("TLP:GREEN"), &json!("2027-06-30")));
    assert!(!listed.to_string().contains("chp_"));
    for (wrong, field) in [
        (json!({ "room_id": served.room, "ceiling": "TLP:GREEN" }), "reason"),
        (json!({ "room_id": served.room, "ceiling": "TLP:AMBER", "reason": "x" }), "ceiling"),
        (json!({ "room_id": served.room, "ends_on": "2030-01-01" }), "ends_on"),
        (json!({ "room_id": "6f3f8a4e-0000-4000-8000-000000000000" }), "room_id"),
    ] {
        let refused = ask(Method::POST, "/door-plans", Some(&wrong), &[]).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["problems"][0]["field"]), (422, &json!(field)), "{}", refused.text());
    }
    let one = format!("/door-plans/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(ask(Method::DELETE, &one, None, &[]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(Method::DELETE, &one, None, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(served.get(path).await.status, StatusCode::NOT_FOUND);
}
