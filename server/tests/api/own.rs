//! What is one's own: sessions, tokens, feeds; and releases, which a key is not needed for.

use super::{
    office::{Api, assert_wrong, at, done, problem},
    support::{House, PASSWORD},
};
use axum::http::{Method, header};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_opened_by_a_password_and_ends_when_one_signs_out() {
    let api = Api::open().await;
    let (house, nobody) = (&api.house, House::nobody());
    let credentials = |password: &str| json!({ "email": "officer@test.chancery.example", "password": password });
    assert_eq!(
        problem(&api.post(&nobody, "/session", &credentials("wrong")).await, 401)["type"],
        "urn:problem-type:chancery:wrong-credentials"
    );
    let opened = api.post(&nobody, "/session", &credentials(PASSWORD)).await;
    let body = done(&opened, 201);
    assert!(body["expires_at"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().is_ok());
    let bearer = format!("Bearer {}", body["token"].as_str().unwrap());
    let cookie = opened.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    for borne in [("authorization", bearer.as_str()), ("cookie", cookie.as_str())] {
        assert_eq!(house.ask(&nobody, Method::GET, "/api/v1/visits", None, &[borne]).await.status, 200);
    }
    assert_eq!(house.ask(&nobody, Method::DELETE, "/api/v1/session", None, &[("authorization", &bearer)]).await.status, 204);
    for borne in [("authorization", bearer.as_str()), ("cookie", cookie.as_str())] {
        problem(&house.ask(&nobody, Method::GET, "/api/v1/visits", None, &[borne]).await, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_opens_nothing_once_it_is_revoked() {
    let api = Api::open().await;
    let nobody = House::nobody();
    let made = done(&api.post_under("one", &api.officer, "/tokens", &json!({ "label": "Script" })).await, 201);
    let again = done(&api.post_under("one", &api.officer, "/tokens", &json!({ "label": "Script" })).await, 201);
    assert_eq!(again, json!({ "id": made["id"] }), "a replay never shows a token again");
    let bearer = format!("Bearer {}", made["token"].as_str().unwrap());
    assert_eq!(api.house.ask(&nobody, Method::GET, "/api/v1/tokens", None, &[("authorization", &bearer)]).await.status, 200);
    let listed = api.list(&api.officer, "/tokens", 1).await;
    assert_eq!((listed.len(), &listed[0]["label"], &listed[0]["token"]), (1, &json!("Script"), &Value::Null));
    let address = format!("/tokens/{}", made["id"].as_str().unwrap());
    problem(&api.delete(&api.staff, &address, None).await, 404);
    assert_eq!(api.delete(&api.officer, &address, None).await.status, 204);
    problem(&api.delete(&api.officer, &address, None).await, 404);
    problem(&api.house.ask(&nobody, Method::GET, "/api/v1/tokens", None, &[("authorization", &bearer)]).await, 401);
    assert_wrong(&api.post(&api.officer, "/tokens", &json!({ "label": " " })).await, "label", "missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feeds_link_is_shown_once_and_opens_nothing_once_it_is_revoked() {
    let api = Api::open().await;
    let visit = api.a_visit().await;
    let of_visit = json!({ "scope": { "kind": "visit", "id": visit.rsplit('/').next() }, "detail": "titles" });
    let made = done(&api.post_under("one", &api.officer, "/feeds", &of_visit).await, 201);
    let again = done(&api.post_under("one", &api.officer, "/feeds", &of_visit).await, 201);
    assert_eq!(again, json!({ "id": made["id"] }), "a replay never shows a link again");
    let link = made["url"].as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
    assert_eq!(api.house.get(&House::nobody(), &link).await.status, 200);
    let listed = api.list(&api.officer, "/feeds", 1).await;
    assert_eq!((listed.len(), &listed[0]["url"]), (1, &Value::Null));
    let address = format!("/feeds/{}", made["id"].as_str().unwrap());
    problem(&api.delete(&api.staff, &address, None).await, 404);
    assert_eq!(api.delete(&api.officer, &address, None).await.status, 204);
    assert_eq!(api.house.get(&House::nobody(), &link).await.status, 404);
    done(&api.post(&api.officer, "/feeds", &json!({ "scope": { "kind": "mine" } })).await, 201);
    assert_eq!(api.delete(&api.officer, "/feeds", None).await.status, 204);
    assert!(api.list(&api.officer, "/feeds", 10).await.is_empty());
    assert_wrong(&api.post(&api.officer, "/feeds", &json!({ "scope": { "kind": "everything" } })).await, "scope", "unknown");
    problem(&api.post(&api.mission, "/feeds", &of_visit).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_is_released_by_who_may_over_what_they_saw() {
    let api = Api::open().await;
    let visit = api.a_visit().await;
    let line =
        json!({ "kind": "bilateral", "title": "Talks", "starts": at("2027-03-11T09:07"), "ends": at("2027-03-11T09:53"), "state": "held" });
    api.make(&api.officer, &format!("{visit}/items"), &line).await;
    let path = format!("{visit}/releases");
    let to = |audiences: Value| json!({ "audiences": audiences });
    problem(&api.post(&api.officer, &path, &to(json!(["office"]))).await, 428);
    let release = async |asker, seen: &str, audiences| {
        let address = format!("/api/v1{path}");
        api.house.ask(asker, Method::POST, &address, Some(&to(audiences)), &[("if-match", seen)]).await
    };
    problem(&release(&api.officer, "\"stale\"", json!(["office"])).await, 412);
    problem(&release(&api.staff, "*", json!(["office"])).await, 403);
    assert_wrong(&release(&api.officer, "*", json!([])).await, "audiences", "missing");
    problem(&release(&api.officer, "*", json!(["everybody"])).await, 400);
    let heads = done(&release(&api.officer, "*", json!(["office"])).await, 201);
    assert_eq!((&heads["items"][0]["number"], &heads["items"][0]["audience"]), (&json!(1), &json!("office")));
    // A second press makes no second version.
    assert_eq!(done(&release(&api.officer, "*", json!(["office"])).await, 201), heads);
    assert_eq!(api.list(&api.staff, &path, 1).await.len(), 1);
    assert_eq!(done(&api.get(&api.staff, &format!("{visit}/release")).await, 200)["number"], 1);
    problem(&api.get(&api.mission, &format!("{visit}/release")).await, 404);
}
