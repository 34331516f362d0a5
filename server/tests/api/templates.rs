//! Tasks, and what a visit starts from: in the same request that makes it, or afterwards.

use super::office::{Api, a_visit, assert_wrong, done, etag, id, problem};
use backend::visits;
use domain::{accounts::Role, ids::VisitId, marking::Marking};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_made_with_what_its_template_brings_and_a_retry_brings_nothing_twice() {
    let api = Api::open().await;
    let mut body = a_visit(1);
    body["from_template"] = json!(true);
    let made = done(&api.post_under("one", &api.officer, "/visits", &body).await, 201);
    let again = done(&api.post_under("one", &api.officer, "/visits", &body).await, 201);
    assert_eq!(made["id"], again["id"]);
    let visit = format!("/visits/{}", made["id"].as_str().unwrap());
    let lines = api.list(&api.officer, &format!("{visit}/items"), 50).await;
    assert!(lines.len() > 2 && lines.iter().all(|line| line["state"] == "wished"), "{lines:?}");
    let tasks = api.list(&api.officer, &format!("{visit}/tasks"), 2).await;
    assert!(tasks.len() > 2, "{tasks:?}");
    // Ten working days before Wednesday the 10th of March 2027.
    let first = &tasks[0];
    assert_eq!(
        (first["due_on"].as_str(), &first["done_at"], first["marking"].as_str()),
        (Some("2027-02-24"), &Value::Null, Some("TLP:AMBER"))
    );
    let brought = done(&api.post(&api.officer, &format!("{visit}/template"), &Value::Null).await, 200);
    assert_eq!(brought, json!({ "lines": 0, "tasks": 0 }));
    let change = json!({ "from_template": true });
    assert_wrong(&api.patch(&api.officer, &visit, Some("*"), &change).await, "from_template", "unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_made_without_it_takes_in_its_template_afterwards() {
    let api = Api::open().await;
    let visit = api.a_visit().await;
    assert!(api.list(&api.officer, &format!("{visit}/tasks"), 50).await.is_empty());
    let template = format!("{visit}/template");
    problem(&api.post(&api.staff, &template, &Value::Null).await, 403);
    problem(&api.post(&api.mission, &template, &Value::Null).await, 404);
    let brought = done(&api.post(&api.officer, &template, &Value::Null).await, 200);
    let (lines, tasks) = (brought["lines"].as_u64().unwrap(), brought["tasks"].as_u64().unwrap());
    assert!(lines > 2 && tasks > 2, "{brought}");
    assert_eq!(api.list(&api.officer, &format!("{visit}/items"), 50).await.len() as u64, lines);
    assert_eq!(api.list(&api.officer, &format!("{visit}/tasks"), 50).await.len() as u64, tasks);
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_task_it_is_says_that_it_is_done_and_no_more() {
    let api = Api::open().await;
    let visit = api.a_visit().await;
    let scheduler = api.house.account("scheduler", Role::Scheduler, Marking::Amber, None).await;
    let account = scheduler.account.unwrap();
    let of: VisitId = id(&visit).parse().unwrap();
    let task = json!({ "words": "Book the car", "due_on": "2027-03-08", "account_id": account.to_string() });
    let tasks = format!("{visit}/tasks");
    assert_wrong(&api.post(&api.officer, &tasks, &task).await, "account_id", "unknown");
    visits::grant_access(&api.house.context(&api.officer).await, of, account, "drives").await.unwrap();
    let made = api.post(&api.officer, &tasks, &task).await;
    let (view, seen) = (done(&made, 201), etag(&made));
    assert_eq!(view["account"], json!({ "id": account.to_string(), "name": "scheduler" }));
    let path = format!("/tasks/{}", view["id"].as_str().unwrap());
    problem(&api.patch(&scheduler, &path, Some("*"), &json!({ "words": "Nothing" })).await, 403);
    problem(&api.patch(&scheduler, &path, None, &json!({ "done": true })).await, 428);
    let ticked = api.patch(&scheduler, &path, Some(&seen), &json!({ "done": true })).await;
    let view = done(&ticked, 200);
    assert_eq!(view["done_by"]["id"], json!(account.to_string()));
    problem(&api.patch(&scheduler, &path, Some(&seen), &json!({ "done": false })).await, 412);
    let open = done(&api.patch(&api.officer, &path, Some(&etag(&ticked)), &json!({ "done": false })).await, 200);
    assert_eq!((&open["done_at"], &open["done_by"]), (&Value::Null, &Value::Null));
    problem(&api.get(&api.staff, &path).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_task_is_said_all_at_once() {
    let api = Api::open().await;
    let tasks = format!("{}/tasks", api.a_visit().await);
    let wrong = json!({ "words": " ", "due_on": "soon", "account_id": "nobody", "marking": "TLP:PURPLE" });
    let answer = api.post(&api.officer, &tasks, &wrong).await;
    for (field, kind) in [("words", "missing"), ("due_on", "not_a_time"), ("account_id", "unknown"), ("marking", "unknown")] {
        let problems = answer.json()["problems"].as_array().unwrap().clone();
        assert!(problems.iter().any(|it| it["field"] == field && it["problem"]["kind"] == kind), "{field}: {}", answer.text());
    }
    problem(&api.post(&api.officer, &tasks, &json!({ "word": "Order the flags" })).await, 400);
}
