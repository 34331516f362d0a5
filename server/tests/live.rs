//! Open pages are told of what others change, each by its reader's own rights and within a second.

mod support;

use app::live::{CHANGED, GONE, LivePage, look};
use axum::http::{Method, StatusCode, header};
use backend::{
    RequestContext, accounts,
    database::{Connection as _, Database},
    programme, rooms,
    sealing::{KeyFile, OsRandom},
    testing::{self, Engine},
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    ids::{ItemId, VisitId},
    marking::Marking,
    programme::input::ItemInput,
    rooms::{
        blackouts::BlackoutInput,
        input::{BookingInput, RoomInput, SiteInput},
    },
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use server::{AppState, build_router, config::Settings};
use std::{collections::BTreeMap, time::Duration};
use support::{Asker, House, Stream};
use uuid::Uuid;

/// How soon an open page is told.
const SOON: Duration = Duration::from_secs(1);

/// How long is waited for what must not come.
const NEVER: Duration = Duration::from_millis(1_500);

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

fn red(part: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(part.to_owned(), Marking::Red.label().to_owned())])
}

async fn a_visit(context: &RequestContext, title: &str) -> VisitId {
    let input = VisitInput {
        category: text("working"),
        state: text("confirmed"),
        title: text(title),
        starts_on: text("2027-03-09"),
        ends_on: text("2027-03-12"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        ..VisitInput::default()
    };
    visits::create_visit(context, input).await.unwrap().id
}

fn a_line(title: &str, day: u32, markings: BTreeMap<String, String>) -> ItemInput {
    ItemInput {
        kind: text("rest"),
        title: text(title),
        starts: at(&format!("2027-03-{day:02}T10:00")),
        ends: at(&format!("2027-03-{day:02}T11:00")),
        notes: text("Notes"),
        state: text("firm"),
        markings,
        ..ItemInput::default()
    }
}

/// A visit with a line whose notes its maker alone reads, and two officers on its list.
struct Desk {
    house: House,
    chief: Asker,
    officers: [Asker; 2],
    visit: VisitId,
    item: ItemId,
}

impl Desk {
    async fn over(house: House) -> Self {
        let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
        let officers = [
            house.account("officer", Role::ProtocolOfficer, Marking::AmberStrict, None).await,
            house.account("officer2", Role::ProtocolOfficer, Marking::AmberStrict, None).await,
        ];
        let visit = a_visit(&house.context(&chief).await, "Prime Minister").await;
        let by_chief = house.context(&chief).await;
        for officer in &officers {
            visits::grant_access(&by_chief, visit, officer.account.unwrap(), "takes part").await.unwrap();
        }
        let item = programme::add_programme_item(&by_chief, visit, a_line("Meeting", 10, red("notes"))).await.unwrap().view.id;
        Self { house, chief, officers, visit, item }
    }

    async fn new() -> Self {
        Self::over(House::over(testing::office(Engine::Sqlite).await).await).await
    }

    async fn change(&self, by: &Asker, input: ItemInput) {
        let context = self.house.context(by).await;
        programme::change_programme_item(&context, self.item, input, &Seen::Any).await.unwrap();
    }

    fn programme(&self) -> String {
        format!("/visits/{}", self.visit)
    }

    /// Opens the stream of a page that shows what it would show now.
    async fn follow(&self, asker: &Asker, page: &str) -> Stream {
        let shown = look(&self.house.context(asker).await, &LivePage::at(page).unwrap()).await.unwrap();
        let page = page.replace('?', "%3F");
        self.house.stream(asker, &format!("/live?page={page}&seen={shown}")).await
    }
}

fn titled(title: &str) -> ItemInput {
    ItemInput { title: text(title), ..ItemInput::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_has_a_page_open_is_told_within_a_second_of_what_they_may_see() {
    let desk = Desk::new().await;
    let [officer, officer2] = &desk.officers;
    let line = format!("/visits/{}/items/{}", desk.visit, desk.item);
    let mut open = vec![desk.follow(&desk.chief, &desk.programme()).await];
    for page in [desk.programme().as_str(), line.as_str(), "/rooms", "/visits"] {
        open.push(desk.follow(officer, page).await);
    }
    for title in ["Breakfast", "Lunch"] {
        desk.change(officer2, titled(title)).await;
        for stream in &mut open[..3] {
            assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
        }
    }
    // A line is on no board of rooms that takes none, nor on the list.
    for stream in &mut open[3..] {
        assert_eq!(stream.word(Duration::from_millis(500)).await, None);
    }
    let input = VisitInput { title: text("The Prime Minister"), ..VisitInput::default() };
    visits::change_visit(&desk.house.context(officer2).await, desk.visit, input, &Seen::Any).await.unwrap();
    assert_eq!(open[4].word(SOON).await.as_deref(), Some(CHANGED));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rooms_week_and_month_follow_what_takes_and_closes_it() {
    let desk = Desk::new().await;
    let manager = desk.house.account("rooms", Role::RoomsManager, Marking::Green, None).await;
    let by_manager = desk.house.context(&manager).await;
    let site = SiteInput { name: text("City Hall"), ..SiteInput::default() };
    let site = rooms::create_site(&by_manager, site).await.unwrap().id;
    let room = |name: &str| RoomInput { site_id: Some(site.to_string()), name: text(name), ..RoomInput::default() };
    let of = rooms::create_room(&by_manager, room("Rotunda")).await.unwrap().id;
    let beside = rooms::create_room(&by_manager, room("Annex")).await.unwrap().id;
    let [officer, officer2] = &desk.officers;
    let (mut open, mut others) = (Vec::new(), Vec::new());
    for shown in ["", "?day=2027-03-10", "?month=2027-03"] {
        open.push(desk.follow(officer, &format!("/rooms/{of}{shown}")).await);
    }
    for page in [format!("/rooms/{beside}"), format!("/rooms/{of}?day=2027-03-17")] {
        others.push(desk.follow(officer, &page).await);
    }
    let booking = BookingInput {
        room_id: text(&of.to_string()),
        starts: at("2027-03-10T10:00"),
        ends: at("2027-03-10T11:00"),
        purpose: text("Choir"),
        state: text("firm"),
        ..BookingInput::default()
    };
    rooms::bookings::create_booking(&desk.house.context(officer2).await, booking).await.unwrap();
    for stream in &mut open {
        assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
    }
    let works = BlackoutInput {
        room_id: text(&of.to_string()),
        starts: at("2027-03-11T08:00"),
        ends: at("2027-03-11T18:00"),
        cause: text("The floor is laid anew"),
        ..BlackoutInput::default()
    };
    rooms::blackouts::create_blackout(&desk.house.context(&manager).await, works).await.unwrap();
    for stream in &mut open {
        assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
    }
    for stream in &mut others {
        assert_eq!(stream.word(Duration::from_millis(500)).await, None, "another room, and another week");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_what_they_may_not_see() {
    let desk = Desk::new().await;
    let officer = &desk.officers[0];
    let mut open = Vec::new();
    for page in [&desk.programme(), "/", "/visits", "/rooms", "/rooms?day=2027-03-10"] {
        open.push(desk.follow(officer, page).await);
    }
    let mut by_chief = desk.follow(&desk.chief, &desk.programme()).await;
    // A part above the reader's right, a line nobody but its maker knows of, and a visit the reader does not know of.
    desk.change(&desk.chief, ItemInput { notes: text("Other notes"), ..ItemInput::default() }).await;
    assert_eq!(by_chief.word(SOON).await.as_deref(), Some(CHANGED), "it did change");
    let context = desk.house.context(&desk.chief).await;
    let secret = ["existence", "time", "title"].map(|part| (part.to_owned(), Marking::Red.label().to_owned())).into();
    programme::add_programme_item(&context, desk.visit, a_line("Secret", 11, secret)).await.unwrap();
    let other = a_visit(&context, "President").await;
    let context = desk.house.context(&desk.chief).await;
    programme::add_programme_item(&context, other, a_line("Talks", 9, BTreeMap::new())).await.unwrap();
    let mut waits = tokio::task::JoinSet::new();
    for mut stream in open {
        waits.spawn(async move { stream.word(NEVER).await });
    }
    while let Some(word) = waits.join_next().await {
        assert_eq!(word.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_reader_loses_the_right_is_told_to_go_within_a_second() {
    let desk = Desk::new().await;
    let [officer, officer2] = &desk.officers;
    let (mut programme, mut list) = (desk.follow(officer, &desk.programme()).await, desk.follow(officer, "/visits").await);
    let mut others = desk.follow(officer2, &desk.programme()).await;
    visits::revoke_access(&desk.house.context(&desk.chief).await, desk.visit, officer.account.unwrap()).await.unwrap();
    assert_eq!(programme.word(SOON).await.as_deref(), Some(GONE));
    assert_eq!(programme.word(SOON).await.as_deref(), Some(""), "it was its last word");
    assert_eq!(list.word(SOON).await.as_deref(), Some(CHANGED), "the list goes on without it");
    assert_eq!(others.word(Duration::from_millis(500)).await, None);
    let refused = desk.house.get(officer, &format!("/live?page={}", desk.programme())).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    // A session that ends takes its pages along.
    accounts::sessions::end_sessions_of(&admin(&desk).await, officer2.account.unwrap()).await.unwrap();
    assert_eq!(others.word(SOON).await.as_deref(), Some(GONE));
}

async fn admin(desk: &Desk) -> RequestContext {
    desk.house.office.signed_in("admin", Role::Administrator, Marking::Green).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_before_the_stream_was_open_is_told_at_once() {
    let desk = Desk::new().await;
    let officer = &desk.officers[0];
    let page = LivePage::at(&desk.programme()).unwrap();
    let shown = look(&desk.house.context(officer).await, &page).await.unwrap();
    desk.change(&desk.officers[1], titled("Breakfast")).await;
    let mut stream = desk.house.stream(officer, &format!("/live?page={}&seen={shown}", desk.programme())).await;
    assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
    assert_eq!(stream.word(Duration::from_millis(500)).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_refused_as_its_page_is() {
    let desk = Desk::new().await;
    let stranger = desk.house.account("stranger", Role::ProtocolOfficer, Marking::Red, None).await;
    let status = async |asker: &Asker, page: &str| desk.house.get(asker, &format!("/live?page={page}")).await.status;
    assert_eq!(status(&House::nobody(), "/").await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&stranger, &desk.programme()).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&stranger, "/visits/6f3f8a4e-0000-4000-8000-000000000000").await, StatusCode::NOT_FOUND);
    for page in ["", "/settings", "/visits/new", "/nothing-here"] {
        assert_eq!(status(&desk.chief, page).await, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(desk.house.get(&desk.chief, "/live").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_neither_stored_nor_held_back_on_its_way() {
    let desk = Desk::new().await;
    let answer = desk.house.ask(&desk.chief, Method::GET, "/live?page=/visits", None, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers["x-accel-buffering"], "no");
    assert!(!answer.headers.contains_key(header::CONTENT_ENCODING) && !answer.headers.contains_key(header::CONTENT_LENGTH));
    assert_eq!(answer.text(), format!("data: {CHANGED}\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_so_many_pages_open_and_no_more() {
    let desk = Desk::new().await;
    let [officer, officer2] = &desk.officers;
    let mut open = Vec::new();
    for _ in 0..Settings::default().live_pages.get() {
        open.push(desk.follow(officer, "/visits").await);
    }
    let refused = desk.house.get(officer, "/live?page=/visits").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(desk.house.get(officer2, "/live?page=/visits").await.status, StatusCode::OK);
    open.pop();
    assert_eq!(desk.house.get(officer, "/live?page=/visits").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_for_changes_is_no_reading() {
    let desk = Desk::new().await;
    let officer = &desk.officers[0];
    let account = officer.account.unwrap();
    let delivered = async || {
        let mut connection = desk.house.office.operator.read().await.unwrap();
        let sql = "SELECT thing_id FROM deliveries WHERE office_id = $1 AND account_id = $2";
        let rows: Vec<(Uuid,)> = connection.all(sql, values![desk.house.office.operator.office_id(), account]).await.unwrap();
        rows.len()
    };
    let mut stream = desk.follow(officer, &desk.programme()).await;
    desk.change(&desk.officers[1], titled("Breakfast")).await;
    assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
    assert_eq!(delivered().await, 0);
    assert_eq!(desk.house.page(officer, &desk.programme()).await.status, StatusCode::OK);
    assert_ne!(delivered().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_by_one_server_is_told_by_another_and_so_is_a_right_that_is_removed() {
    let folder = tempfile::TempDir::new().unwrap();
    let key = folder.path().join("key");
    KeyFile::create(&key, None, &OsRandom).unwrap();
    let file = || KeyFile::read(&key, None).unwrap();
    let office = testing::office_with(Engine::Postgres, Box::new(backend::clock::RandomIds), file()).await;
    let url = office.place.url.clone();
    let desk = Desk::over(House::over(office).await).await;
    let other = testing::chancery_later(Database::open(&url).await.unwrap(), testing::now(), file()).await;
    let settings = Settings { site_root: folder.path().to_owned(), ..Settings::default() };
    std::fs::create_dir_all(folder.path().join("pkg")).unwrap();
    let elsewhere = build_router(AppState::new(other, settings, None).unwrap());
    let officer = &desk.officers[0];
    let page = desk.programme();
    let shown = look(&desk.house.context(officer).await, &LivePage::at(&page).unwrap()).await.unwrap();
    let mut stream = support::stream_of(&elsewhere, officer, &format!("/live?page={page}&seen={shown}")).await;
    desk.change(&desk.officers[1], titled("Breakfast")).await;
    assert_eq!(stream.word(SOON).await.as_deref(), Some(CHANGED));
    visits::revoke_access(&desk.house.context(&desk.chief).await, desk.visit, officer.account.unwrap()).await.unwrap();
    assert_eq!(stream.word(SOON).await.as_deref(), Some(GONE));
}
