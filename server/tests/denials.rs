//! Every way in refuses who has not signed in and who has the wrong role: each operation of the API, each page, each server
//! function. What is open to anybody is said to be so in the list of examples, and is nothing else.

mod support;

use app::errors::AppError;
use axum::http::{Method, StatusCode, header};
use backend::{
    accounts::{api_tokens, keep},
    delegations, feeds, holidays, missions, news,
    paging::PageRequest,
    people, programme, releases,
    rooms::{
        self,
        approvals::{Waiting, decline, list_approvals},
        blackouts::create_blackout,
        bookings::create_booking,
        series::create_series,
    },
    tasks,
    testing::{self, Engine},
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    delegations::input::DelegateInput,
    doors::DoorPlanInput,
    feeds::{FeedDetail, FeedScope},
    holidays::input::OwnDayInput,
    ids::RoomId,
    marking::{Channel, Marking},
    missions::input::MissionInput,
    people::input::PersonInput,
    programme::input::ItemInput,
    releases::Audience,
    rooms::{
        blackouts::BlackoutInput,
        input::{ApprovalInput, BookingInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    tasks::input::TaskInput,
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use leptos::{
    prelude::{Owner, provide_context},
    reactive::computed::ScopedFuture,
};
use std::collections::BTreeMap;
use support::{
    Answer, Asker, House,
    examples::{self, Example, Refuses, Things},
};

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

fn a_booking(room: RoomId, starts: &str, ends: &str) -> BookingInput {
    BookingInput {
        room_id: Some(room.to_string()),
        starts: at(starts),
        ends: at(ends),
        purpose: text("Quill briefing"),
        state: text("firm"),
        ..BookingInput::default()
    }
}

/// An office with one of everything, all of it the chief's, and the people who are refused.
struct Guarded {
    house: House,
    things: Things,
    askers: BTreeMap<&'static str, Asker>,
}

async fn guarded() -> Guarded {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let manager = house.account("rooms", Role::RoomsManager, Marking::Amber, None).await;
    let by_chief = house.context(&chief).await;
    let by_manager = house.context(&manager).await;
    let site = rooms::create_site(&by_manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Quill room"),
        clearance: text("TLP:RED"),
        approval: Some(ApprovalInput { needed_from: Vec::new(), given_by: vec!["rooms_manager".into()] }),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&by_manager, room).await.unwrap().id;
    let person = PersonInput { family: text("Quillan"), standing: text("guest"), ..PersonInput::default() };
    let person = people::create_person(&by_chief, person).await.unwrap().id;
    let mission = MissionInput {
        name: text("Consulate General of Mexico"),
        kind: text("consulate_general"),
        country: text("MX"),
        country_name: text("Mexico"),
        capital_zone: text("America/Mexico_City"),
        ..MissionInput::default()
    };
    let mission = missions::create_mission(&by_chief, mission).await.unwrap().id;
    let visit = VisitInput {
        category: text("working"),
        state: text("confirmed"),
        title: text("Quill guest"),
        starts_on: text("2027-03-10"),
        ends_on: text("2027-03-12"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        markings: BTreeMap::from([("existence".to_owned(), "TLP:GREEN".to_owned())]),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&by_chief, visit).await.unwrap().id;
    let by_chief = house.context(&chief).await;
    let line = ItemInput {
        kind: text("bilateral"),
        title: text("Quill meeting"),
        starts: at("2027-03-10T10:00"),
        ends: at("2027-03-10T11:00"),
        room_id: Some(room.to_string()),
        state: text("firm"),
        ..ItemInput::default()
    };
    let item = programme::add_programme_item(&by_chief, visit, line).await.unwrap().view.id;
    let delegate =
        DelegateInput { name: text("Quill Van Minh"), role: text("official"), delegation: text("Viet Nam"), ..DelegateInput::default() };
    let delegate = delegations::add_delegate(&by_chief, visit, delegate).await.unwrap().id;
    let task = TaskInput { words: text("Quill flags"), due_on: text("2027-03-01"), ..TaskInput::default() };
    let task = tasks::add_task(&by_chief, visit, task).await.unwrap().id;
    let quill_day = OwnDayInput { country: text("US"), on: text("2027-03-31"), name: text("Quill day"), kind: text("holiday") };
    let own_day = holidays::add_own_day(&by_chief, quill_day).await.unwrap().id;
    let feed = feeds::make_feed(&by_chief, FeedScope::Office, FeedDetail::Full).await.unwrap().view.id;
    let token = api_tokens::make_token(&by_chief, "A script").await.unwrap().view.id;
    // What of it has to be asked for waits: the line, the booking and the days of the series.
    let booking = create_booking(&by_chief, a_booking(room, "2027-03-10T14:00", "2027-03-10T15:00")).await.unwrap().view.id;
    let weekly = SeriesInput {
        booking: a_booking(room, "2027-08-03T09:00", "2027-08-03T10:00"),
        repeats: text("weekly"),
        times: Some(2.into()),
        ..SeriesInput::default()
    };
    let series = create_series(&by_chief, weekly).await.unwrap().id;
    let declined = create_booking(&by_chief, a_booking(room, "2027-03-11T14:00", "2027-03-11T15:00")).await.unwrap().view.id;
    decline(&by_manager, Waiting::Booking(declined), "Quill works", &Seen::Any).await.unwrap();
    let told = news::list_news(&by_chief, Channel::Page).await.unwrap()[0].id;
    let waiting = list_approvals(&by_manager, &PageRequest::default()).await.unwrap().items;
    assert_eq!(waiting.len(), 4);
    let works = BlackoutInput {
        room_id: Some(room.to_string()),
        starts: at("2027-05-10T10:00"),
        ends: at("2027-05-12T18:00"),
        cause: text("Quill works"),
        ..BlackoutInput::default()
    };
    let release = releases::release_programme(&by_chief, visit, &[Audience::Security], &Seen::Any).await.unwrap()[0].id;
    let blackout = create_blackout(&by_manager, works).await.unwrap().id;
    let door_plan = DoorPlanInput { room_id: room.to_string(), ..DoorPlanInput::default() };
    let door_plan = rooms::doors::make_door_plan(&by_manager, &door_plan).await.unwrap().view.id;
    let things = Things::default()
        .with("visit", visit)
        .with("item", item)
        .with("delegate", delegate)
        .with("task", task)
        .with("own_day", own_day)
        .with("person", person)
        .with("room", room)
        .with("site", site)
        .with("mission", mission)
        .with("account", chief.account.unwrap())
        .with("feed", feed)
        .with("token", token)
        .with("booking", booking)
        .with("approval", waiting[0].id)
        .with("news", told)
        .with("release", release)
        .with("series", series)
        .with("blackout", blackout)
        .with("door_plan", door_plan)
        .with("any", "6f3f8a4e-0000-4000-8000-000000000000")
        .with("word", "quill");
    let askers = BTreeMap::from([
        ("staff", house.account("staff", Role::Staff, Marking::Green, None).await),
        ("auditor", house.account("auditor", Role::Auditor, Marking::Green, None).await),
        ("mission", house.account("mission", Role::MissionHead, Marking::Clear, Some(mission)).await),
    ]);
    Guarded { house, things, askers }
}

impl Guarded {
    /// Asks as a script does, and makes changes without having seen a version.
    async fn ask(&self, asker: &Asker, example: &Example) -> Answer {
        let path = example.path_with(&self.things);
        if example.of.starts_with("function ") {
            return self.house.call(asker, &path, &example.arguments_with(&self.things)).await;
        }
        if example.of.starts_with("route ") && example.method == Method::POST {
            return self.send_file(asker, &path).await;
        }
        let body = example.body_with(&self.things);
        self.house.ask(asker, example.method.clone(), &path, body.as_ref(), &[("if-match", "*")]).await
    }

    /// Posts a form with a file in it, as a browser does.
    async fn send_file(&self, asker: &Asker, path: &str) -> Answer {
        let form = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname\r\n\r\n--x--\r\n";
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
        self.house.send(asker, Method::POST, path, form.into(), &headers).await
    }

    fn holds_nothing(answer: &Answer) -> bool {
        let text = answer.text();
        !text.contains("Quill") && !text.contains("chief@test")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_signed_in_is_refused_everywhere() {
    let guarded = guarded().await;
    let nobody = House::nobody();
    let mut let_in = Vec::new();
    for example in [examples::operations(), examples::functions()].concat() {
        let answer = guarded.ask(&nobody, &example).await;
        let is_refused = match example.refuses {
            Refuses::NotEvenStrangers => !answer.status.is_server_error(),
            // What is asked of one visit may be answered as if there were none.
            Refuses::Strangers | Refuses::Also(_) => matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND),
        };
        if !is_refused || !Guarded::holds_nothing(&answer) {
            let_in.push(format!("{}: {} {}", example.of, answer.status, answer.text()));
        }
    }
    for example in [examples::pages(), examples::plain()].concat() {
        let path = example.path_with(&guarded.things);
        // A browser is led to the sign-in page; whoever asks for no page is sent none.
        let answer =
            if example.method == Method::POST { guarded.send_file(&nobody, &path).await } else { guarded.house.page(&nobody, &path).await };
        let led = answer.headers.get(header::LOCATION).is_some_and(|to| to.to_str().unwrap().starts_with("/sign-in"));
        let raw = guarded.house.ask(&nobody, example.method.clone(), &path, None, &[]).await;
        let is_refused = match example.refuses {
            Refuses::NotEvenStrangers => !answer.status.is_server_error(),
            Refuses::Strangers | Refuses::Also(_) => (led || answer.status == StatusCode::UNAUTHORIZED) && !raw.status.is_success(),
        };
        if !is_refused || !Guarded::holds_nothing(&answer) || !Guarded::holds_nothing(&raw) {
            let_in.push(format!("{}: {} {} {}", example.of, answer.status, raw.status, raw.text()));
        }
    }
    assert!(let_in.is_empty(), "{}", let_in.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_role_is_refused_everywhere() {
    let guarded = guarded().await;
    let mut let_in = Vec::new();
    for example in [examples::operations(), examples::functions(), examples::pages(), examples::plain()].concat() {
        let Refuses::Also(name) = example.refuses else { continue };
        let asker = &guarded.askers[name];
        let answer = if example.of.starts_with("page ") {
            guarded.house.page(asker, &example.path_with(&guarded.things)).await
        } else {
            guarded.ask(asker, &example).await
        };
        if !matches!(answer.status.as_u16(), 403 | 404)
            || ["Quill meeting", "Quill briefing", "Quill works"].iter().any(|told| answer.text().contains(told))
        {
            let_in.push(format!("{} by {name}: {} {}", example.of, answer.status, answer.text()));
        }
    }
    assert!(let_in.is_empty(), "{}", let_in.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_one_that_these_tests_know() {
    let guarded = guarded().await;
    examples::all_routes_are_registered(&guarded.house.router);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_function_sends_no_view_that_was_made_for_another() {
    let office = testing::office(Engine::Sqlite).await;
    let owner = office.signed_in("owner", Role::Staff, Marking::Green).await;
    let other = office.signed_in("other", Role::ChiefOfProtocol, Marking::Red).await;
    let view = keep::read_own_account(&owner).await.unwrap().account;
    for (reader, is_sent) in [(&owner, true), (&other, false)] {
        let (mut parts, ()) = axum::http::Request::new(()).into_parts();
        parts.extensions.insert(reader.clone());
        let view = view.clone();
        let answer = Owner::new().with(|| {
            provide_context(parts);
            ScopedFuture::new(app::errors::answer(async { Ok(view) }))
        });
        let reference = reader.request_id().to_string();
        match answer.await {
            Ok(view) => assert!(is_sent && view.email.as_str().starts_with("owner@")),
            Err(error) => assert!(!is_sent && error == AppError::Failed { reference }, "{error:?}"),
        }
    }
}
