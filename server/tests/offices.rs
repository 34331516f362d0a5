//! Two offices in one program, each at its own host, as browsers and programs reach them.

mod support;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use backend::{
    clock::RandomIds,
    offices::{set_host_name, set_up_office},
    rooms,
    sealing::{KeyFile, OsRandom},
    testing::{self, Engine},
};
use domain::{
    accounts::Role,
    ids::OfficeId,
    marking::Marking,
    offices::HostName,
    rooms::input::{RoomInput, SiteInput},
};
use serde_json::{Value, json};
use server::{AppState, build_router, config::Settings};
use support::{Answer, Asker, House, PASSWORD, encoded, examples};
use tower::ServiceExt;

const HOSTS: [&str; 2] = ["one.example", "two.example"];

/// By what a request shows whose it is.
#[derive(Debug, Clone, Copy)]
enum By<'a> {
    Nobody,
    Cookie(&'a Asker),
    Bearer(&'a str),
}

async fn ask(house: &House, host: &str, by: By<'_>, method: Method, path: &str, body: Option<(&str, String)>) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, host).header("sec-fetch-site", "same-origin");
    request = match by {
        By::Nobody => request,
        By::Cookie(asker) => request.header(header::COOKIE, format!("chancery={}", asker.cookie())),
        By::Bearer(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
    };
    request = if path.starts_with("/api/v1") {
        // Whichever version there is.
        request.header(header::IF_MATCH, "*")
    } else {
        request.header(header::ACCEPT, "text/html")
    };
    let (kind, body) = body.unwrap_or(("text/plain", String::new()));
    house.answer(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
}

/// An office, and all by which one gets into it or that has an id in it.
struct Desk {
    host: &'static str,
    chief: Asker,
    token: String,
    feed: String,
    door: String,
    invitation: String,
    /// Addresses below `/api/v1` of what is the office's own.
    things: Vec<String>,
}

impl Desk {
    /// Fills the office that the house is set to.
    async fn new(house: &House, host: &'static str) -> Self {
        // The same addresses in both offices: they are unique within one.
        let chief = house.account("chief", Role::ChiefOfProtocol, Marking::AmberStrict, None).await;
        let manager = house.account("manager", Role::RoomsManager, Marking::Green, None).await;
        let post = async |asker: &Asker, path: &str, body: Value| {
            let body = Some(("application/json", body.to_string()));
            let answer = ask(house, host, By::Bearer(asker.cookie()), Method::POST, &format!("/api/v1{path}"), body).await;
            assert_eq!(answer.status, 201, "{path}: {}", answer.text());
            answer.json()
        };
        let all = |parts: &[&str]| parts.iter().map(|part| ((*part).to_owned(), json!("TLP:GREEN"))).collect::<Value>();
        let visit = json!({
            "category": "working", "title": format!("A call at {host}"), "starts_on": "2027-03-20", "ends_on": "2027-03-21",
            "capital_zone": "Asia/Ho_Chi_Minh", "state": "confirmed", "markings": all(&["existence", "title", "dates", "parties"]),
        });
        let visit = id(&post(&chief, "/visits", visit).await);
        let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
        let line = json!({
            "kind": "bilateral", "title": "Words of welcome", "state": "firm",
            "starts": at("2027-03-20T09:00"), "ends": at("2027-03-20T09:30"),
        });
        let line = id(&post(&chief, &format!("/visits/{visit}/items"), line).await);
        post(&chief, &format!("/visits/{visit}/releases"), json!({ "audiences": ["office"] })).await;
        let feed = post(&chief, "/feeds", json!({ "scope": { "kind": "visit", "id": visit }, "detail": "full" })).await;
        let context = house.context(&manager).await;
        let site = rooms::create_site(&context, SiteInput { name: Some("City Hall".into()), ..SiteInput::default() }).await.unwrap().id;
        let room = RoomInput { site_id: Some(site.to_string()), name: Some("Rotunda".into()), ..RoomInput::default() };
        let room = rooms::create_room(&context, room).await.unwrap().id;
        let door = post(&manager, "/door-plans", json!({ "room_id": room })).await;
        let token = post(&chief, "/tokens", json!({ "label": "Script" })).await;
        let things = [
            format!("/visits/{visit}"),
            format!("/visits/{visit}/items"),
            format!("/visits/{visit}/release"),
            format!("/items/{line}"),
            format!("/rooms/{room}"),
            format!("/sites/{site}"),
        ];
        let own = |url: &Value, kind: &str| {
            let url = url.as_str().unwrap().to_owned();
            let path = url.strip_prefix(&format!("http://{host}:3000")).unwrap_or_else(|| panic!("{url}"));
            assert!(path.starts_with(kind), "{url}");
            path.to_owned()
        };
        Self {
            host,
            token: token["token"].as_str().unwrap().to_owned(),
            feed: own(&feed["url"], "/feeds/"),
            door: own(&door["url"], "/doors/"),
            invitation: own(&invited(house, host, &chief).await.into(), "/invitation/"),
            things: things.into(),
            chief,
        }
    }

    /// What is answered at a host to all by which one gets into this office: to links, to tokens and to a session.
    async fn at(&self, house: &House, host: &str) -> Vec<u16> {
        let get = async |by: By<'_>, path: &str| ask(house, host, by, Method::GET, path, None).await.status.as_u16();
        vec![
            get(By::Nobody, &self.feed).await,
            get(By::Nobody, &self.door).await,
            get(By::Nobody, &self.invitation).await,
            get(By::Bearer(&self.token), "/api/v1/visits").await,
            get(By::Bearer(self.chief.cookie()), "/api/v1/visits").await,
            get(By::Cookie(&self.chief), "/api/v1/visits").await,
            get(By::Cookie(&self.chief), "/visits").await,
        ]
    }
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

fn function(name: &str) -> String {
    examples::functions().into_iter().find(|example| example.of == format!("function {name}")).unwrap().path
}

async fn call(house: &House, host: &str, by: By<'_>, name: &str, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let body = Some(("application/x-www-form-urlencoded", encoded(&fields)));
    ask(house, host, by, Method::POST, &function(name), body).await
}

/// Invites somebody, and gives the link that is shown once.
async fn invited(house: &House, host: &str, chief: &Asker) -> String {
    let fields = [("email", "new@test.chancery.example"), ("name", "New"), ("role_staff", "yes")];
    let answer = call(house, host, By::Cookie(chief), "invite", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
    let page = ask(house, host, By::Cookie(chief), Method::GET, &page, None).await.text();
    let (_, rest) = page.split_once("http://").unwrap_or_else(|| panic!("{page}"));
    let end = rest.find(|letter: char| "\"<& ".contains(letter)).unwrap();
    format!("http://{}", &rest[..end])
}

/// The house with two offices, each at its host.
async fn two_offices() -> (House, [Desk; 2]) {
    let mut house = House::over(testing::office(Engine::Sqlite).await).await;
    let [one, two] = HOSTS;
    set_host_name(&house.office.operator, HostName::parse(one).unwrap()).await.unwrap();
    let first = Desk::new(&house, one).await;
    house.office.operator = another(&house, two).await;
    let second = Desk::new(&house, two).await;
    (house, [first, second])
}

async fn another(house: &House, host: &str) -> backend::RequestContext {
    let chancery = &house.office.chancery;
    let details = house.office.operator.office().details.clone();
    set_up_office(chancery, OfficeId(chancery.ids.next()), HostName::parse(host).ok(), details).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_one_office_opens_nothing_at_the_others_host() {
    let (house, [first, second]) = two_offices().await;
    for (own, other) in [(&first, &second), (&second, &first)] {
        assert_eq!(own.at(&house, own.host).await, [200; 7], "{}", own.host);
        // Feeds, doors and invitations are not known there, tokens and sessions are nobody's, and pages lead to its sign-in.
        assert_eq!(own.at(&house, other.host).await, [404, 404, 404, 401, 401, 401, 303], "{}", own.host);
        // At a name of no office links open nothing, as anywhere, and whatever else is asked for is asked of nobody.
        assert_eq!(own.at(&house, "elsewhere.example").await, [404, 404, 421, 421, 421, 421, 421]);
        assert_eq!(own.at(&house, &format!("{}:8443", own.host.to_uppercase())).await, [200; 7]);
        for thing in &own.things {
            let path = format!("/api/v1{thing}");
            let at_own = ask(&house, own.host, By::Bearer(own.chief.cookie()), Method::GET, &path, None).await;
            assert_eq!(at_own.status, 200, "{path}: {}", at_own.text());
            let at_other = ask(&house, other.host, By::Bearer(other.chief.cookie()), Method::GET, &path, None).await;
            assert_eq!(at_other.status, 404, "{path}: {}", at_other.text());
        }
        let listed = ask(&house, own.host, By::Bearer(&own.token), Method::GET, "/api/v1/visits", None).await.text();
        assert!(listed.contains(&format!("A call at {}", own.host)) && !listed.contains(other.host), "{listed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_no_office_is_answered_as_such_and_no_name_is_told() {
    let (house, [first, _]) = two_offices().await;
    for host in ["elsewhere.example", "127.0.0.1:3000", "one.example.elsewhere", "two", "not a host"] {
        for by in [By::Nobody, By::Cookie(&first.chief), By::Bearer(&first.token)] {
            let api = ask(&house, host, by, Method::GET, "/api/v1/visits", None).await;
            assert_eq!(
                (api.status.as_u16(), &api.headers[header::CONTENT_TYPE]),
                (421, &"application/problem+json".parse().unwrap()),
                "{host}"
            );
            let problem = api.json();
            assert_eq!(problem["type"], "urn:problem-type:chancery:misdirected");
            assert!(problem["title"].as_str().unwrap().contains("ask your office under which name it is reached"), "{problem}");
            let page = ask(&house, host, by, Method::GET, "/visits", None).await;
            assert_eq!(page.status, 421, "{host}");
            assert!(page.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
            assert!(page.text().contains("No office under this name"), "{}", page.text());
            for answer in [api, page] {
                let told = format!("{:?} {}", answer.headers, answer.text());
                assert!(HOSTS.iter().all(|host| !told.contains(host)) && !told.contains("City of Los Angeles"), "{told}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_and_an_invitation_are_taken_in_their_own_office_alone() {
    let (house, [first, second]) = two_offices().await;
    let token = first.invitation.rsplit('/').next().unwrap();
    let fields = [("token", token), ("password", "another long enough one")];
    let elsewhere = call(&house, second.host, By::Nobody, "take_up_invitation", &fields).await;
    assert!(!elsewhere.headers.contains_key(header::SET_COOKIE), "{}", elsewhere.text());
    let sign_in = async |host: &str, email: &str, password: &str| {
        let body = json!({ "email": email, "password": password }).to_string();
        ask(&house, host, By::Nobody, Method::POST, "/api/v1/session", Some(("application/json", body))).await
    };
    let taken = call(&house, first.host, By::Nobody, "take_up_invitation", &fields).await;
    assert!(taken.headers.contains_key(header::SET_COOKIE), "the link still works where it is of: {}", taken.text());
    let new = "new@test.chancery.example";
    assert_eq!(sign_in(first.host, new, "another long enough one").await.status, 201);
    assert_eq!(sign_in(second.host, new, "another long enough one").await.status, 401);
    // One address, an account in each office: what is signed in to one is nobody in the other.
    for desk in [&first, &second] {
        let opened = sign_in(desk.host, "chief@test.chancery.example", PASSWORD).await.json();
        let session = opened["token"].as_str().unwrap();
        for (host, status) in HOSTS.map(|host| (host, if host == desk.host { 200 } else { 401 })) {
            assert_eq!(ask(&house, host, By::Bearer(session), Method::GET, "/api/v1/tokens", None).await.status, status, "{host}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_office_writes_leads_to_its_own_host() {
    let (house, desks) = two_offices().await;
    for desk in &desks {
        let address = format!("http://{}:3000/", desk.host);
        let feed = ask(&house, desk.host, By::Nobody, Method::GET, &desk.feed, None).await.text().replace("\r\n ", "");
        assert!(feed.contains(&format!("\r\nURL:{address}visits/")), "{feed}");
        let print = desk.things[0].clone() + "/print?audience=office";
        let printed = ask(&house, desk.host, By::Cookie(&desk.chief), Method::GET, &print, None).await.text();
        assert!(printed.contains(&format!("{address}code")), "{printed}");
        for page in [&feed, &printed] {
            assert!(!page.contains("127.0.0.1:3000") && HOSTS.iter().all(|host| *host == desk.host || !page.contains(host)), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_office_without_a_host_keeps_answering_until_it_has_one() {
    let mut house = House::over(testing::office(Engine::Sqlite).await).await;
    let first = house.office.operator.clone();
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Green, None).await;
    house.office.operator = another(&house, "two.example").await;
    let visits =
        async |host: &str| ask(&house, host, By::Bearer(chief.cookie()), Method::GET, "/api/v1/visits", None).await.status.as_u16();
    let asked = ["127.0.0.1:3000", "[::1]:3000", "one.example", "two.example"];
    let mut answers = Vec::new();
    for host in asked {
        answers.push(visits(host).await);
    }
    assert_eq!(answers, [200, 200, 200, 401]);
    set_host_name(&first, HostName::parse("one.example").unwrap()).await.unwrap();
    answers.clear();
    for host in asked {
        answers.push(visits(host).await);
    }
    assert_eq!(answers, [421, 421, 200, 401]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_began_before_an_office_was_set_up_answers_to_its_links() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    KeyFile::create(&path, None, &OsRandom).unwrap();
    let key = || KeyFile::read(&path, None).unwrap();
    let mut house = House::over(testing::office_with(Engine::Sqlite, Box::new(RandomIds), key()).await).await;
    let began_before = testing::chancery_later(house.office.chancery.database.clone(), testing::now(), key()).await;
    house.office.operator = another(&house, "two.example").await;
    let second = house.office.operator.office_id();
    let desk = Desk::new(&house, "two.example").await;
    let site = house.office.place.directory.path().join("site");
    assert!(!began_before.keys.holds(second));
    let state = AppState::new(began_before.clone(), Settings { site_root: site, ..Settings::default() }, None).unwrap();
    let request = Request::builder().uri(&desk.feed).header(header::HOST, "two.example").body(Body::empty()).unwrap();
    assert_eq!(build_router(state).oneshot(request).await.unwrap().status(), 200);
    assert!(began_before.keys.holds(second));
}
