//! Releases: what each audience would be told and was, who acknowledged it, and the code on paper.

use super::{
    office::{Api, at, done, etag, id, problem},
    support::House,
};
use axum::http::Method;
use serde_json::{Value, json};

impl Api {
    /// A visit that the missions of the corps may know of, with one line.
    async fn a_released_visit(&self) -> (String, String) {
        let visit = self.a_visit().await;
        let line = json!({
            "kind": "cultural", "title": "Concert", "state": "firm", "starts": at("2027-03-12T19:00"), "ends": at("2027-03-12T21:00"),
            "markings": { "existence": "TLP:GREEN", "time": "TLP:GREEN", "title": "TLP:GREEN" },
        });
        let item = self.make(&self.officer, &format!("{visit}/items"), &line).await;
        (visit, item)
    }

    async fn release(&self, visit: &str, audiences: &[&str]) -> Value {
        let body = json!({ "audiences": audiences });
        let path = format!("/api/v1{visit}/releases");
        done(&self.house.ask(&self.officer, Method::POST, &path, Some(&body), &[("if-match", "*")]).await, 201)["items"].clone()
    }

    async fn check(&self, visit: &str, audiences: &[&str]) -> Value {
        done(&self.post(&self.officer, &format!("{visit}/releases/check"), &json!({ "audiences": audiences })).await, 200)["previews"]
            .clone()
    }

    async fn rename(&self, item: &str, title: &str) {
        let tag = etag(&self.get(&self.officer, item).await);
        done(&self.patch(&self.officer, item, Some(&tag), &json!({ "title": title })).await, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_seen_before_and_acknowledged_after() {
    let api = Api::open().await;
    let (visit, item) = api.a_released_visit().await;
    let looked = api.check(&visit, &["corps", "public"]).await;
    assert_eq!((&looked[0]["may_know"], &looked[0]["is_new"], &looked[0]["lines"]), (&json!(true), &json!(true), &json!(1)));
    assert_eq!(looked[1]["may_know"], false, "the public may not know of it");
    let first = api.release(&visit, &["corps"]).await[0].clone();
    let looked = api.check(&visit, &["corps"]).await;
    assert_eq!((&looked[0]["since"], &looked[0]["is_new"]), (&json!(1), &json!(false)), "nothing has changed for the corps");
    let difference = format!("{visit}/releases/difference");
    let told = done(&api.get(&api.mission, &difference).await, 200);
    assert_eq!(
        (&told["number"], &told["since"], &told["is_asked"], &told["acknowledged_at"]),
        (&json!(1), &Value::Null, &json!(true), &Value::Null)
    );
    let acknowledge = |release: &Value| format!("/releases/{}/acknowledgement", release["id"].as_str().unwrap());
    problem(&api.post(&House::nobody(), &acknowledge(&first), &Value::Null).await, 401);
    problem(&api.post(&api.staff, &acknowledge(&first), &Value::Null).await, 404);
    problem(&api.post(&api.officer, &acknowledge(&first), &Value::Null).await, 403);
    problem(&api.post(&api.mission, "/releases/6f3f8a4e-0000-4000-8000-000000000000/acknowledgement", &Value::Null).await, 404);
    for _ in 0..2 {
        assert_eq!(api.post(&api.mission, &acknowledge(&first), &Value::Null).await.status, 204);
    }
    assert!(done(&api.get(&api.mission, &difference).await, 200)["acknowledged_at"].is_string());

    api.rename(&item, "Opera").await;
    let looked = api.check(&visit, &["corps"]).await;
    let change = &looked[0]["difference"]["changed"][0];
    assert_eq!(
        (&change["parts"], &change["before"]["title"], &change["after"]["title"]),
        (&json!(["title"]), &json!("Concert"), &json!("Opera"))
    );
    assert_eq!(done(&api.get(&api.mission, &difference).await, 200)["number"], 1, "it was only looked at");
    let second = api.release(&visit, &["corps"]).await[0].clone();
    let told = done(&api.get(&api.mission, &difference).await, 200);
    assert_eq!((&told["number"], &told["since"], &told["acknowledged_at"]), (&json!(2), &json!(1), &Value::Null), "a later one asks again");
    assert_eq!(told["difference"]["changed"][0]["parts"], json!(["title"]));

    let standing = format!("{visit}/releases/acknowledgements");
    for refused in [&api.mission, &api.staff] {
        assert!([403, 404].contains(&api.get(refused, &standing).await.status.as_u16()));
    }
    let reader = done(&api.get(&api.officer, &standing).await, 200)["items"][0]["readers"][0].clone();
    assert_eq!((&reader["name"], &reader["acknowledged_at"], &reader["earlier"]["number"]), (&json!("mission"), &Value::Null, &json!(1)));
    assert_eq!(api.post(&api.mission, &acknowledge(&second), &Value::Null).await.status, 204);
    let reader = done(&api.get(&api.officer, &standing).await, 200)["items"][0]["readers"][0].clone();
    assert!(reader["acknowledged_at"].is_string() && reader["earlier"].is_null(), "{reader}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_paper_asks_whether_it_is_current() {
    let api = Api::open().await;
    let (visit, item) = api.a_released_visit().await;
    for audience in ["corps", "office", "visiting_mission"] {
        let code = api.release(&visit, &[audience]).await[0]["code"].as_str().unwrap().to_owned();
        let ask = format!("/release-code?code={}", code.to_lowercase());
        for asker in [&House::nobody(), &api.mission, &api.officer] {
            assert_eq!(done(&api.get(asker, &ask).await, 200), json!({ "number": 1, "is_current": true }));
        }
        api.rename(&item, &format!("Concert for {audience}")).await;
        api.release(&visit, &[audience]).await;
        assert_eq!(done(&api.get(&House::nobody(), &ask).await, 200), json!({ "number": 1, "is_current": false }));
        let page = api.house.page(&House::nobody(), &format!("/code?code={code}")).await;
        assert!(page.status.is_success() && page.text().contains("is no longer current"), "{}", page.text());
        assert!(!page.text().contains("Concert") && !page.text().contains("Visit 0"), "{}", page.text());
    }
    problem(&api.get(&House::nobody(), "/release-code?code=22222222").await, 404);
    problem(&api.get(&House::nobody(), "/release-code").await, 404);
    assert!(api.house.page(&House::nobody(), "/code?code=22222222").await.text().contains("No programme bears this code"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_what_is_new_and_one_press_acknowledges_it() {
    let api = Api::open().await;
    let (visit, item) = api.a_released_visit().await;
    api.release(&visit, &["corps"]).await;
    api.rename(&item, "Opera").await;
    let release = api.release(&visit, &["corps"]).await[0].clone();
    let page = api.house.page(&api.mission, &visit).await.text();
    for said in ["What is new since version 1", "What: Opera; was Concert", "changed", "I have read version 2"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let path = super::support::examples::functions().into_iter().find(|example| example.of == "function acknowledge_release").unwrap().path;
    let fields = [("id".to_owned(), release["id"].as_str().unwrap().to_owned()), ("visit".to_owned(), id(&visit).to_owned())];
    let headers = [("accept", "text/html"), ("referer", "http://127.0.0.1:3000/")];
    let answer = api.house.post(&api.mission, &path, &fields, &headers).await;
    assert!(answer.status.is_redirection() && answer.headers["location"].to_str().unwrap() == visit, "{}", answer.text());
    let page = api.house.page(&api.mission, &visit).await.text();
    assert!(page.contains("You acknowledged version 2 on") && !page.contains("I have read version"), "{page}");
    let releases = api.house.page(&api.officer, &format!("{visit}/releases")).await.text();
    for said in ["1 of 1 have", "Nothing has changed for The consular corps since version 2"] {
        assert!(releases.contains(said), "{said}: {releases}");
    }
}
