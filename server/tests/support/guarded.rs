//! An office with one of everything, all of it the chief's, in words that stand nowhere else.

use super::{
    Answer, Asker, House,
    examples::{Example, Things},
};
use axum::http::Method;
use backend::{
    accounts::api_tokens,
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
    ids::{MissionId, RoomId, VisitId},
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
use std::collections::BTreeMap;

pub fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

pub fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

fn a_booking(marking: Marking, room: RoomId, starts: &str, ends: &str) -> BookingInput {
    BookingInput {
        room_id: Some(room.to_string()),
        starts: at(starts),
        ends: at(ends),
        purpose: text("Quill briefing"),
        marking: text(marking.label()),
        state: text("firm"),
        ..BookingInput::default()
    }
}

/// An office with one of everything.
pub struct Guarded {
    pub house: House,
    pub things: Things,
    pub chief: Asker,
    pub visit: VisitId,
    pub mission: MissionId,
}

/// The office, where it has this marking that there is a visit, a booking, a series and a blackout.
pub async fn guarded(marking: Marking) -> Guarded {
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
        markings: BTreeMap::from([("existence".to_owned(), marking.label().to_owned())]),
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
    let booking = create_booking(&by_chief, a_booking(marking, room, "2027-03-10T14:00", "2027-03-10T15:00")).await.unwrap().view.id;
    let weekly = SeriesInput {
        booking: a_booking(marking, room, "2027-08-03T09:00", "2027-08-03T10:00"),
        repeats: text("weekly"),
        times: Some(2.into()),
        ..SeriesInput::default()
    };
    let series = create_series(&by_chief, weekly).await.unwrap().id;
    let declined = create_booking(&by_chief, a_booking(marking, room, "2027-03-11T14:00", "2027-03-11T15:00")).await.unwrap().view.id;
    decline(&by_manager, Waiting::Booking(declined), "Quill works", &Seen::Any).await.unwrap();
    let told = news::list_news(&by_chief, Channel::Page).await.unwrap()[0].id;
    let waiting = list_approvals(&by_manager, &PageRequest::default()).await.unwrap().items;
    assert_eq!(waiting.len(), 4);
    let works = BlackoutInput {
        room_id: Some(room.to_string()),
        starts: at("2027-05-10T10:00"),
        ends: at("2027-05-12T18:00"),
        cause: text("Quill works"),
        marking: text(marking.label()),
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
    Guarded { house, things, chief, visit, mission }
}

impl Guarded {
    /// Asks as a script does, and makes changes without having seen a version.
    pub async fn ask(&self, asker: &Asker, example: &Example) -> Answer {
        self.ask_about(asker, example, &self.things).await
    }

    /// The same about other things, and for a page as a browser does.
    pub async fn ask_about(&self, asker: &Asker, example: &Example, things: &Things) -> Answer {
        let path = example.path_with(things);
        if example.of.starts_with("page ") {
            return self.house.page(asker, &path).await;
        }
        if example.of.starts_with("function ") {
            return self.house.call(asker, &path, &example.arguments_with(things)).await;
        }
        if example.of.starts_with("route ") && example.method == Method::POST {
            return self.send_file(asker, &path).await;
        }
        let body = example.body_with(things);
        self.house.ask(asker, example.method.clone(), &path, body.as_ref(), &[("if-match", "*")]).await
    }

    /// Posts a form with a file in it, as a browser does.
    pub async fn send_file(&self, asker: &Asker, path: &str) -> Answer {
        let form = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname\r\n\r\n--x--\r\n";
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
        self.house.send(asker, Method::POST, path, form.into(), &headers).await
    }

    /// Whether an answer holds nothing of it.
    pub fn holds_nothing(answer: &Answer) -> bool {
        let text = answer.text();
        !text.contains("Quill") && !text.contains("chief@test")
    }
}
