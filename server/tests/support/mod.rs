//! The real router over an office in a throw-away database, and people signed in to it.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it, as a module of its own")]

pub mod examples;
pub mod guarded;
pub mod rights;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use backend::{
    RequestContext,
    accounts::{directory::NewAccount, passwords::NewPassword, sign_in},
    offices,
    testing::TestOffice,
};
use domain::{
    accounts::Role,
    ids::{AccountId, MissionId},
    marking::Marking,
    text::{EmailAddress, Title},
};
use http_body_util::BodyExt;
use server::{AppState, build_router, config::Settings};
use std::{path::PathBuf, time::Duration};
use tower::ServiceExt;

pub const PASSWORD: &str = "a long enough password";

/// An answer, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Somebody who asks.
#[derive(Debug, Clone)]
pub struct Asker {
    pub name: &'static str,
    pub account: Option<AccountId>,
    token: Option<String>,
}

impl Asker {
    /// What the cookie of somebody signed in holds.
    pub fn cookie(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// The `Authorization` header of somebody signed in.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.token.as_deref().unwrap())
    }
}

/// The router, the office behind it, and the hash of everybody's password.
pub struct House {
    pub office: TestOffice,
    pub router: Router,
    hash: String,
}

impl House {
    pub async fn over(office: TestOffice) -> Self {
        let site = office.place.directory.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        Self::with_site(office, site).await
    }

    /// The same with the files of the browser's half that lie there.
    pub async fn with_site(office: TestOffice, site: PathBuf) -> Self {
        // On a machine that does much else besides, an answer takes long, and is no worse for that.
        let settings = Settings { site_root: site, request_seconds: 600, ..Settings::default() };
        let router = build_router(AppState::new(office.chancery.clone(), settings, None).unwrap());
        let hash = office.chancery.passwords.hash(NewPassword::parse(PASSWORD).unwrap()).await.unwrap().as_str().to_owned();
        Self { office, router, hash }
    }

    pub const fn nobody() -> Asker {
        Asker { name: "nobody", account: None, token: None }
    }

    /// An account that signs in, and the context it acts in.
    pub async fn account(&self, name: &'static str, role: Role, ceiling: Marking, mission: Option<MissionId>) -> Asker {
        let email = EmailAddress::parse(&format!("{name}@test.chancery.example")).unwrap();
        let new = NewAccount {
            email: email.clone(),
            name: Title::parse(name).unwrap(),
            person: None,
            mission,
            confirmed: mission.is_some(),
            roles: vec![role],
            ceiling,
            password_hash: Some(self.hash.clone()),
            ends_on: mission.map(|_| self.office.operator.today() + chrono::TimeDelta::days(100)),
        };
        let account = offices::make_account(&self.office.operator, new).await.unwrap();
        let credentials = sign_in::Credentials { email: email.as_str(), password: PASSWORD, from: [127, 0, 0, 1].into() };
        let session = sign_in::sign_in(&self.office.operator, credentials).await.unwrap();
        Asker { name, account: Some(account), token: Some(session.token.expose().to_owned()) }
    }

    pub async fn context(&self, asker: &Asker) -> RequestContext {
        self.office.again(asker.account.unwrap()).await
    }

    pub async fn get(&self, asker: &Asker, path: &str) -> Answer {
        self.ask(asker, Method::GET, path, None, &[]).await
    }

    pub async fn ask(
        &self,
        asker: &Asker,
        method: Method,
        path: &str,
        body: Option<&serde_json::Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut all = headers.to_vec();
        if body.is_some() {
            all.insert(0, ("content-type", "application/json"));
        }
        self.send(asker, method, path, body.map(|body| body.to_string().into_bytes()).unwrap_or_default(), &all).await
    }

    /// The same with a body of any kind.
    pub async fn send(&self, asker: &Asker, method: Method, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        if let Some(token) = &asker.token {
            // Pages take the cookie, programs the header; both bear the same session.
            request = if path.starts_with("/api/v1") {
                request.header(header::AUTHORIZATION, format!("Bearer {token}"))
            } else {
                request.header(header::COOKIE, format!("chancery={token}"))
            };
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    /// Asks for a page as a browser does.
    pub async fn page(&self, asker: &Asker, path: &str) -> Answer {
        self.ask(asker, Method::GET, path, None, &[("accept", "text/html")]).await
    }

    /// Calls a server function as the page's script does.
    pub async fn call(&self, asker: &Asker, path: &str, arguments: &[(String, String)]) -> Answer {
        self.post(asker, path, arguments, &[("accept", "application/json")]).await
    }

    /// Posts a form.
    pub async fn post(&self, asker: &Asker, path: &str, fields: &[(String, String)], headers: &[(&str, &str)]) -> Answer {
        let mut all = headers.to_vec();
        all.extend([("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")]);
        self.send(asker, Method::POST, path, encoded(fields).into_bytes(), &all).await
    }

    /// Sends a file as a browser sends a form with one.
    pub async fn send_file(&self, asker: &Asker, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(asker, Method::POST, path, body.into(), &[("accept", "text/html"), ("content-type", content_type)]).await
    }

    /// What the router answers to a request as it stands.
    pub async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = if is_stream {
            // It never ends by itself: its first word is waited for.
            Stream::over(body).first_frame().await
        } else {
            body.collect().await.unwrap().to_bytes().to_vec()
        };
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Opens a stream of events.
    pub async fn stream(&self, asker: &Asker, path: &str) -> Stream {
        stream_of(&self.router, asker, path).await
    }
}

/// Opens a stream of events of a server.
pub async fn stream_of(router: &Router, asker: &Asker, path: &str) -> Stream {
    let request = Request::builder().uri(path).header(header::HOST, "127.0.0.1:3000");
    let request = request.header(header::COOKIE, format!("chancery={}", asker.cookie()));
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    Stream::over(response.into_body())
}

/// A stream of events as it comes in (HTML, 9.2).
pub struct Stream(Body);

impl Stream {
    /// What comes in a body.
    pub const fn over(body: Body) -> Self {
        Self(body)
    }

    async fn first_frame(mut self) -> Vec<u8> {
        let frame = tokio::time::timeout(Duration::from_secs(10), self.0.frame()).await;
        frame.ok().flatten().and_then(|frame| frame.unwrap().into_data().ok()).map(|data| data.to_vec()).unwrap_or_default()
    }

    /// The next word, if one comes within so long; the empty word when the stream has ended.
    pub async fn word(&mut self, within: Duration) -> Option<String> {
        let wait = async {
            loop {
                let Some(frame) = self.0.frame().await else { return String::new() };
                let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
                if let Some(word) = text.trim().strip_prefix("data:") {
                    return word.trim().to_owned();
                }
            }
        };
        tokio::time::timeout(within, wait).await.ok()
    }
}

/// Fields as a form posts them.
pub fn encoded(fields: &[(String, String)]) -> String {
    let one = |text: &str| -> String {
        text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect::<Vec<_>>().join("&")
}
