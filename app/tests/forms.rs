//! A form is answered alike with scripts and without: done, refused, or failed.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a test's own helpers fail loudly")]

use app::{
    errors::AppError,
    forms::{Answer, Draft, FormDrafts, FormFields, KeepsFormDrafts, Kept, Outcome, Refusal, answer},
    shell::ChooseTheme,
};
use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
    response::IntoResponse,
};
use domain::{
    ids::DraftId,
    problems::{FieldProblem, Problem},
};
use http_body_util::BodyExt;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct LineForm {
    title: String,
    password: String,
    take: String,
}

impl FormFields for LineForm {
    const NAME: &'static str = "line";
    const SECRET: &'static [&'static str] = &["password"];
}

/// Refuses a line without a title, fails for one named so, and goes to the line's page otherwise.
#[server]
async fn save_test_line(#[server(flatten)] form: LineForm) -> Result<Outcome, AppError> {
    answer(form, |form| async move {
        match form.title.as_str() {
            "" => Ok(Answer::Refused(vec![FieldProblem { field: "title".into(), problem: Problem::Missing }], Vec::new())),
            "fail" => Err(AppError::NotAllowed),
            "stranger" => Ok(Answer::Done("//evil.example".into())),
            title => Ok(Answer::Done(format!("/lines/{title}"))),
        }
    })
    .await
}

#[derive(Clone, Default)]
struct Drafts(Arc<Mutex<BTreeMap<DraftId, String>>>);

impl KeepsFormDrafts for Drafts {
    fn keep(&self, content: String) -> Kept<DraftId> {
        let id: DraftId = "6f1b6f0e-6e0b-4d0c-9c55-0d3c6d3b8a11".parse().unwrap();
        self.0.lock().unwrap().insert(id, content);
        Box::pin(async move { Ok(id) })
    }

    fn recall(&self, draft: DraftId) -> Kept<Option<String>> {
        let content = self.0.lock().unwrap().get(&draft).cloned();
        Box::pin(async move { Ok(content) })
    }
}

async fn post(drafts: &Drafts, accept: &str, body: &str) -> Response<Body> {
    let drafts = drafts.clone();
    let request = Request::post(SaveTestLine::url())
        .header(header::ACCEPT, accept)
        .header(header::REFERER, "http://127.0.0.1:3000/lines/new?day=2&draft=old")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let context = move || provide_context(FormDrafts(Arc::new(drafts.clone())));
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

fn location(response: &Response<Body>) -> &str {
    response.headers().get(header::LOCATION).unwrap().to_str().unwrap()
}

const PLAIN: &str = "text/html,application/xhtml+xml";
const SCRIPT: &str = "application/json";

async fn outcome(response: Response<Body>) -> Outcome {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn a_plain_form_that_is_done_goes_on_by_303() {
    let response = post(&Drafts::default(), PLAIN, "title=7").await;
    assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/lines/7"));
}

#[tokio::test]
async fn a_refused_plain_form_comes_back_with_what_was_typed() {
    let drafts = Drafts::default();
    let response = post(&drafts, PLAIN, "title=&password=secret").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&response), "/lines/new?day=2&draft=6f1b6f0e-6e0b-4d0c-9c55-0d3c6d3b8a11");
    let kept = drafts.0.lock().unwrap().values().next().cloned().unwrap();
    assert!(!kept.contains("secret"), "{kept}");
    let refusal: Refusal = serde_json::from_str(&kept).unwrap();
    assert_eq!((refusal.form.as_str(), refusal.problems[0].field.as_str()), ("line", "title"));
}

#[tokio::test]
async fn a_plain_form_that_fails_keeps_what_was_typed_too() {
    let drafts = Drafts::default();
    let response = post(&drafts, PLAIN, "title=fail").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let kept = drafts.0.lock().unwrap().values().next().cloned().unwrap();
    let refusal: Refusal = serde_json::from_str(&kept).unwrap();
    assert_eq!((refusal.trouble, refusal.typed.get("title")), (Some(AppError::NotAllowed), "fail"));
}

#[tokio::test]
async fn a_script_is_answered_with_the_refusal_itself() {
    let response = post(&Drafts::default(), SCRIPT, "title=").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(matches!(outcome(response).await, Outcome::Refused(refusal) if refusal.problems.len() == 1));
}

#[tokio::test]
async fn a_script_is_told_of_an_error_by_its_status() {
    let response = post(&Drafts::default(), SCRIPT, "title=fail").await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_taken_alternative_is_what_is_saved() {
    let response = post(&Drafts::default(), SCRIPT, "title=7&take=%7B%22title%22%3A%228%22%7D").await;
    assert_eq!(outcome(response).await, Outcome::Done { to: "/lines/8".into() });
}

#[tokio::test]
async fn no_form_leads_to_a_stranger() {
    let response = post(&Drafts::default(), PLAIN, "title=stranger").await;
    assert_eq!(location(&response), "/");
}

#[tokio::test]
async fn the_theme_is_kept_in_a_cookie() {
    let request = Request::post(ChooseTheme::url())
        .header(header::ACCEPT, PLAIN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("theme=dark&page=%2Fvisits"))
        .unwrap();
    let response = leptos_axum::handle_server_fns(request).await.into_response();
    assert_eq!((response.status(), location(&response)), (StatusCode::SEE_OTHER, "/visits"));
    let cookie = response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(cookie.starts_with("chancery-theme=dark; Path=/"), "{cookie}");
}

#[tokio::test]
async fn a_draft_that_is_not_there_is_lost() {
    let draft = Owner::new().with(|| app::forms::recall_draft("nonsense".into())).await;
    assert_eq!(draft, Ok(Draft::Lost));
}
