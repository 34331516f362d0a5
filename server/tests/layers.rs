//! What every answer of the real router has in common.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{Method, Request, Response, StatusCode, header},
    routing::{get, post},
};
use backend::{
    accounts::{
        directory::{NewAccount, by_email},
        passwords::NewPassword,
        sign_in,
    },
    database::Statements,
    offices,
    testing::{self, Engine, TestOffice},
};
use domain::{
    accounts::Role,
    marking::Marking,
    text::{EmailAddress, Title},
};
use http_body_util::BodyExt;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::{Value, json};
use server::{
    AppState, build_router,
    config::{MetricsToken, Settings},
    problem::ProblemBody,
    telemetry, within_layers,
};
use std::{fs::File, net::SocketAddr, sync::Arc, time::Duration};
use tower::ServiceExt;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

const PASSWORD: &str = "a long enough password";
const OFFICER: &str = "officer@test.chancery.example";

async fn office() -> (TestOffice, AppState) {
    let office = testing::office(Engine::Sqlite).await;
    let site = office.place.directory.path().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    std::fs::write(site.join("pkg/chancery.css"), "body {}\n".repeat(200)).unwrap();
    std::fs::write(site.join("robots.txt"), "User-agent: *\nDisallow: /\n").unwrap();
    let settings = Settings { site_root: site, request_seconds: 1, ..Settings::default() };
    let state = AppState::new(office.chancery.clone(), settings, None).unwrap();
    (office, state)
}

async fn session(office: &TestOffice) -> String {
    let hash = office.chancery.passwords.hash(NewPassword::parse(PASSWORD).unwrap()).await.unwrap();
    let new = NewAccount {
        email: EmailAddress::parse(OFFICER).unwrap(),
        name: Title::parse("Officer").unwrap(),
        person: None,
        mission: None,
        confirmed: false,
        roles: vec![Role::ProtocolOfficer],
        ceiling: Marking::Amber,
        password_hash: Some(hash.as_str().to_owned()),
        ends_on: None,
    };
    offices::make_account(&office.operator, new).await.unwrap();
    let credentials = sign_in::Credentials { email: OFFICER, password: PASSWORD, from: [127, 0, 0, 1].into() };
    sign_in::sign_in(&office.operator, credentials).await.unwrap().token.expose().to_owned()
}

fn ask(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000")
}

async fn answer(router: &Router, request: Request<Body>) -> Response<Body> {
    router.clone().oneshot(request).await.unwrap()
}

async fn get_at(router: &Router, path: &str) -> Response<Body> {
    answer(router, ask(Method::GET, path).body(Body::empty()).unwrap()).await
}

async fn problem(response: Response<Body>) -> ProblemBody {
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn every_answer_keeps_pages_apart_from_strangers() {
    let (_office, state) = office().await;
    let router = build_router(state);
    for path in ["/", "/healthz", "/pkg/chancery.css", "/nothing/here"] {
        let response = get_at(&router, path).await;
        let headers = response.headers();
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
        assert!(policy.contains("style-src-attr 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "same-origin");
        assert!(headers.contains_key("x-request-id"));
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}

#[tokio::test]
async fn scripts_of_a_page_bear_the_nonce_of_its_headers() {
    let (_office, state) = office().await;
    let router = build_router(state);
    let nonce = |response: &Response<Body>| {
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
    };
    let (one, two) = (get_at(&router, "/sign-in").await, get_at(&router, "/sign-in").await);
    assert_ne!(nonce(&one), nonce(&two));
    let expected = format!("nonce=\"{}\"", nonce(&one));
    let page = String::from_utf8(one.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(page.contains(&expected), "{page}");
    assert!(!page.contains(" style="), "{page}");
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let (_office, state) = office().await;
    let router = build_router(state);
    let from = |site: &str| ask(Method::POST, "/sign-out").header("sec-fetch-site", site.to_owned()).body(Body::empty()).unwrap();
    let refused = answer(&router, from("cross-site")).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(problem(refused).await.kind, "urn:problem-type:chancery:cross-origin");
    assert_eq!(answer(&router, from("same-origin")).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_is_no_get() {
    let (office, state) = office().await;
    let router = build_router(state);
    let token = session(&office).await;
    let with = |method, path| ask(method, path).header(header::COOKIE, format!("chancery={token}")).header(header::ACCEPT, "text/html");
    let page = |path| with(Method::GET, path).body(Body::empty()).unwrap();
    assert_ne!(answer(&router, page("/")).await.status(), StatusCode::SEE_OTHER);
    // A GET at the same address is a page that is not there.
    assert_eq!(answer(&router, page("/sign-out")).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let response = answer(&router, with(Method::POST, "/sign-out").body(Body::empty()).unwrap()).await;
    assert!(response.headers()[header::SET_COOKIE].to_str().unwrap().starts_with("chancery=; "));
    let response = answer(&router, page("/visits?day=2")).await;
    assert_eq!(response.headers()[header::LOCATION], "/sign-in?next=/visits%3Fday%3D2");
}

#[tokio::test]
async fn what_is_told_to_somebody_signed_in_is_stored_nowhere() {
    let (office, state) = office().await;
    let router = build_router(state);
    let token = session(&office).await;
    for (name, value) in [(header::COOKIE, format!("chancery={token}")), (header::AUTHORIZATION, format!("Bearer {token}"))] {
        let response = answer(&router, ask(Method::GET, "/").header(name, value).body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let (office, state) = office().await;
    let cookie = format!("chancery={}", session(&office).await);
    let request = ask(Method::GET, "/nothing/here").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    assert_eq!(answer(&build_router(state), request).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unknown_host_has_no_office_and_an_empty_database_says_what_to_do() {
    let place = testing::database(Engine::Sqlite).await;
    let chancery = testing::chancery(place.database.clone(), testing::now()).await;
    let state = AppState::new(chancery, Settings::default(), None).unwrap();
    let response = get_at(&build_router(state), "/sign-in").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(problem(response).await.kind, "urn:problem-type:chancery:no-office");
}

#[tokio::test]
async fn a_body_too_large_is_refused_before_it_is_read() {
    let (_office, state) = office().await;
    let takes = Router::new().route("/takes", post(|body: Bytes| async move { body.len().to_string() }));
    let router = within_layers(takes, &state);
    let claimed = ask(Method::POST, "/takes").header(header::CONTENT_LENGTH, "1000000000").body(Body::from(vec![0; 2_000_001])).unwrap();
    let response = answer(&router, claimed).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(problem(response).await.status, 413);
    // One that does not say how long it is ends where the bound is.
    let chunks = (0..40).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![0_u8; 100_000])));
    let streamed = ask(Method::POST, "/takes").body(Body::from_stream(futures_util::stream::iter(chunks))).unwrap();
    assert_eq!(answer(&router, streamed).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let small = ask(Method::POST, "/takes").body(Body::from(vec![0; 1_999_999])).unwrap();
    assert_eq!(answer(&router, small).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_defect_in_one_request_ends_nothing_else() {
    let (_office, state) = office().await;
    let broken = Router::new().route(
        "/broken",
        get(|| async {
            if true {
                panic!("the reason is nobody's business")
            }
        }),
    );
    let router = within_layers(broken.route("/well", get(|| async { "well" })), &state);
    let response = get_at(&router, "/broken").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let told = problem(response).await;
    assert_eq!(told.instance, Some(format!("urn:uuid:{id}")));
    assert!(!told.title.contains("business"));
    assert_eq!(get_at(&router, "/well").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_browser_is_told_of_a_defect_by_a_page_with_the_reference() {
    let (_office, state) = office().await;
    let broken = Router::new().route(
        "/broken",
        get(|| async {
            if true {
                panic!("the reason is nobody's business")
            }
        }),
    );
    let request = ask(Method::GET, "/broken").header(header::ACCEPT, "text/html,*/*;q=0.8").body(Body::empty()).unwrap();
    let response = answer(&within_layers(broken, &state), request).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let page = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("lang=\"en-GB\""), "{page}");
    assert!(page.contains(&id), "{page}");
    assert!(!page.contains("business"));
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let (_office, state) = office().await;
    let slow = Router::new().route("/slow", get(|| tokio::time::sleep(Duration::from_secs(30))));
    let response = get_at(&within_layers(slow, &state), "/slow").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn files_are_compressed_and_not_sent_twice() {
    let (_office, state) = office().await;
    let router = build_router(state);
    let wanted = || ask(Method::GET, "/pkg/chancery.css").header(header::ACCEPT_ENCODING, "br, gzip");
    let first = answer(&router, wanted().body(Body::empty()).unwrap()).await;
    assert_eq!(first.headers()[header::CONTENT_ENCODING], "br");
    let tag = first.headers()[header::ETAG].clone();
    let again = answer(&router, wanted().header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap()).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(get_at(&router, "/robots.txt").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn health_says_whether_requests_can_be_served() {
    let (office, state) = office().await;
    let router = build_router(state);
    assert_eq!(get_at(&router, "/healthz").await.status(), StatusCode::OK);
    assert_eq!(get_at(&router, "/readyz").await.status(), StatusCode::OK);
    assert_eq!(get_at(&router, "/metrics").await.status(), StatusCode::NOT_FOUND);
    office.chancery.database.close().await;
    assert_eq!(get_at(&router, "/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get_at(&router, "/healthz").await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_counted_on_whatever_task_they_run() {
    let office = testing::office(Engine::Sqlite).await;
    let statements = Statements::default();
    let context = statements.counted(async { office.again(office.account("reader", Role::Staff, Marking::Green).await).await }).await;
    let before = statements.number();
    assert!(before > 0);
    let elsewhere = tokio::spawn(async move { backend::visits::list_visits(&context).await.unwrap() });
    assert!(elsewhere.await.unwrap().is_empty());
    assert!(statements.number() > before);
}

#[tokio::test]
async fn which_tz_database_is_in_use_is_told_by_readyz_and_in_the_settings() {
    let (office, state) = office().await;
    let router = build_router(state);
    let version = office.chancery.zones.database_version().as_str();
    let told: Value = serde_json::from_slice(&get_at(&router, "/readyz").await.into_body().collect().await.unwrap().to_bytes()).unwrap();
    assert_eq!(told, json!({ "database": true, "zones": true, "keys": true, "tz_version": version }));
    let cookie = format!("chancery={}", session(&office).await);
    let request = ask(Method::GET, "/settings").header(header::COOKIE, cookie).header(header::ACCEPT, "text/html");
    let response = answer(&router, request.body(Body::empty()).unwrap()).await;
    let page = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    assert!(page.contains(&format!("Clocks go by release {version} of the tz database.")), "{page}");
}

#[tokio::test]
async fn a_request_is_one_line_of_the_log_with_its_template_who_asked_and_what_it_cost() {
    let (office, state) = office().await;
    let router = build_router(state);
    let token = session(&office).await;
    let officer = by_email(&office.operator, &EmailAddress::parse(OFFICER).unwrap()).await.unwrap().unwrap();
    let kept = office.place.directory.path().join("log");
    let lines = tracing_subscriber::fmt::layer().json().with_writer(Arc::new(File::create(&kept).unwrap()));
    let traced = tracing_subscriber::registry().with(EnvFilter::new(telemetry::OF_SERVING)).with(lines).set_default();
    let nowhere = "6f3f8a4e-0000-4000-8000-000000000000";
    let request = ask(Method::GET, &format!("/api/v1/visits/{nowhere}?of=nobody")).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let response = answer(&router, request.body(Body::empty()).unwrap()).await;
    drop(traced);
    let text = std::fs::read_to_string(kept).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told: Vec<Value> = lines.filter(|line| line["fields"]["message"] == "request").collect();
    assert_eq!(told.len(), 1, "{text}");
    let fields = &told[0]["fields"];
    assert_eq!((&fields["route"], &fields["method"], &fields["status"]), (&json!("/api/v1/visits/{id}"), &json!("GET"), &json!(404)));
    assert_eq!(fields["actor"], officer.to_string());
    assert!(fields["milliseconds"].as_f64().unwrap() > 0.0, "{fields}");
    assert!(fields["statements"].as_u64().unwrap() > 0, "{fields}");
    assert_eq!(told[0]["span"]["id"], response.headers()["x-request-id"].to_str().unwrap());
    // An address may be a secret, and so may what is asked at it.
    assert!(!text.contains(nowhere) && !text.contains("nobody") && !text.contains(&token), "{text}");
}

/// Asks for the numbers, from there and with this header.
async fn numbers(router: &Router, from: Option<&str>, with: Option<(&str, &str)>) -> Response<Body> {
    let mut request = ask(Method::GET, "/metrics");
    if let Some((name, value)) = with {
        request = request.header(name, value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    if let Some(from) = from {
        request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().unwrap()));
    }
    answer(router, request).await
}

fn counting(office: &TestOffice, state: &AppState, token: Option<&str>, handle: PrometheusHandle) -> Router {
    let metrics_token: Option<MetricsToken> = token.map(|token| serde_json::from_value(json!(token)).unwrap());
    let settings = Settings { metrics_token, ..state.serving.settings.clone() };
    build_router(AppState::new(office.chancery.clone(), settings, Some(handle)).unwrap())
}

#[tokio::test]
async fn without_a_token_the_numbers_are_told_to_loopback_past_no_proxy() {
    let (office, state) = office().await;
    let recorder = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&recorder);
    let router = counting(&office, &state, None, recorder.handle());
    get_at(&router, "/healthz").await;
    get_at(&router, "/feeds/chf_a-secret.ics").await;
    for from in ["127.0.0.1:50000", "[::1]:50000", "[::ffff:127.0.0.1]:50000"] {
        let response = numbers(&router, Some(from), None).await;
        assert_eq!(response.status(), StatusCode::OK, "{from}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/plain; version=0.0.4; charset=utf-8");
        let text = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let requests = text.lines().find(|line| line.starts_with("chancery_requests_total{") && line.contains("route=\"/healthz\""));
        assert!(requests.is_some_and(|line| line.contains("status=\"200\"") && line.ends_with(" 1")), "{text}");
        assert!(text.contains("chancery_request_seconds"), "{text}");
        assert!(!text.contains("a-secret"), "{text}");
    }
    for proxy in ["x-forwarded-for", "forwarded", "via"] {
        assert_eq!(numbers(&router, Some("127.0.0.1:50000"), Some((proxy, "192.0.2.1"))).await.status(), StatusCode::NOT_FOUND, "{proxy}");
    }
    assert_eq!(numbers(&router, Some("192.0.2.1:50000"), None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(numbers(&router, None, None).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn with_a_token_the_numbers_are_told_to_who_bears_it() {
    let (office, state) = office().await;
    let handle = PrometheusBuilder::new().build_recorder().handle();
    let router = counting(&office, &state, Some("of the watch"), handle);
    let bearing = |token: &'static str| Some(("authorization", token));
    for from in ["127.0.0.1:50000", "192.0.2.1:50000"] {
        assert_eq!(numbers(&router, Some(from), bearing("Bearer of the watch")).await.status(), StatusCode::OK);
        for wrong in ["Bearer of the watcH", "Bearer of the watch!", "Bearer ", "of the watch", "Basic of the watch"] {
            assert_eq!(numbers(&router, Some(from), bearing(wrong)).await.status(), StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(numbers(&router, Some(from), None).await.status(), StatusCode::NOT_FOUND, "{from}");
    }
}
