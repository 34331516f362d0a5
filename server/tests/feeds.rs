//! Feeds over HTTP, as a calendar program asks for them (RFC 9110).

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
};
use backend::{
    feeds::{self, FeedMade},
    testing::{self, Engine, TestOffice},
};
use domain::{
    accounts::Role,
    feeds::{FeedDetail, FeedScope},
    marking::Marking,
};
use http_body_util::BodyExt;
use server::{AppState, build_router, config::Settings};
use tower::ServiceExt;

struct Served {
    _office: TestOffice,
    router: Router,
    made: FeedMade,
}

impl Served {
    async fn new() -> Self {
        let office = testing::office(Engine::Sqlite).await;
        let site = office.place.directory.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        let state = AppState::new(office.chancery.clone(), Settings { site_root: site, ..Settings::default() }, None).unwrap();
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let made = feeds::make_feed(&officer, FeedScope::Office, FeedDetail::Full).await.unwrap();
        Self { _office: office, router: build_router(state), made }
    }

    fn path(&self) -> String {
        format!("/feeds/{}.ics", self.made.token())
    }

    async fn ask(&self, request: Builder) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request: Request<Body> = request.header(header::HOST, "127.0.0.1:3000").body(Body::empty()).unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    async fn method(&self, method: Method, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        self.ask(Request::builder().method(method).uri(path)).await
    }
}

#[tokio::test]
async fn a_feed_is_a_calendar_whatever_is_asked_for() {
    let served = Served::new().await;
    let (status, headers, body) = served.ask(Request::builder().uri(served.path()).header(header::ACCEPT, "text/html")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers["x-robots-tag"], "noindex");
    assert!(!headers.contains_key(header::SET_COOKIE) && !headers.contains_key(header::CONTENT_DISPOSITION));
    assert!(body.starts_with(b"BEGIN:VCALENDAR\r\n"));
}

#[tokio::test]
async fn head_says_what_get_says_and_other_methods_are_refused() {
    let served = Served::new().await;
    let (_, of_get, _) = served.method(Method::GET, &served.path()).await;
    let (status, of_head, body) = served.method(Method::HEAD, &served.path()).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    for name in [header::ETAG, header::LAST_MODIFIED, header::CONTENT_TYPE, header::CACHE_CONTROL] {
        assert_eq!(of_get[&name], of_head[&name]);
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        assert_eq!(served.method(method, &served.path()).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn who_has_these_bytes_is_not_sent_them_again() {
    let served = Served::new().await;
    let (_, headers, _) = served.method(Method::GET, &served.path()).await;
    let (etag, since) = (headers[header::ETAG].clone(), headers[header::LAST_MODIFIED].clone());
    let asked = |name: header::HeaderName, value: &header::HeaderValue| Request::builder().uri(served.path()).header(name, value);
    let (status, again, body) = served.ask(asked(header::IF_NONE_MATCH, &etag)).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        assert_eq!(again[&name], headers[&name], "a 304 says of it what a 200 says");
    }
    assert_eq!(again.get_all(header::VARY).iter().count(), 1);
    assert_eq!(served.ask(asked(header::IF_MODIFIED_SINCE, &since)).await.0, StatusCode::NOT_MODIFIED);
    let other = asked(header::IF_NONE_MATCH, &header::HeaderValue::from_static("\"other\"")).header(header::IF_MODIFIED_SINCE, &since);
    assert_eq!(served.ask(other).await.0, StatusCode::OK, "If-None-Match alone decides");
}

#[tokio::test]
async fn whatever_the_bytes_are_encoded_by_their_tag_is_weak_and_finds_them_in_either_form() {
    let served = Served::new().await;
    for encoding in [None, Some("gzip"), Some("br")] {
        let asked = || match encoding {
            Some(encoding) => Request::builder().uri(served.path()).header(header::ACCEPT_ENCODING, encoding),
            None => Request::builder().uri(served.path()),
        };
        let (status, headers, _) = served.ask(asked()).await;
        assert_eq!((status, headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap())), (StatusCode::OK, encoding));
        assert_eq!(headers.get_all(header::VARY).iter().collect::<Vec<_>>(), ["accept-encoding"]);
        let weak = headers[header::ETAG].to_str().unwrap();
        let strong = weak.strip_prefix("W/").expect("one tag for bytes that differ is weak");
        for tag in [weak, strong, &format!("\"other\", {strong}")] {
            let (status, again, body) = served.ask(asked().header(header::IF_NONE_MATCH, tag)).await;
            assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{tag}");
            assert_eq!((&again[header::ETAG], &again[header::VARY]), (&headers[header::ETAG], &headers[header::VARY]));
        }
    }
}

#[tokio::test]
async fn what_opens_nothing_is_answered_alike() {
    let served = Served::new().await;
    let unknown = served.path().replace("chf_", "chf_A").replace(".ics", "");
    let altered = format!("{}A.ics", &unknown[..unknown.len() - 2]);
    let mut answers = Vec::new();
    for path in [altered.as_str(), "/feeds/x.ics", "/feeds/chs_AAAA.ics"] {
        let (status, headers, body) = served.method(Method::GET, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let body = String::from_utf8(body).unwrap();
        answers.push((headers.len(), body.len()));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}
