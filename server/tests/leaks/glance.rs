//! Today leaves out what is marked TLP:RED, and nothing else.

use crate::{
    support::{Asker, House, examples},
    world::{a_room_with, at, boardroom, text},
};
use backend::{
    database::Connection,
    people, programme,
    testing::{self, Engine},
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::Role, ids::VisitId, marking::Marking, people::input::PersonInput, programme::input::ItemInput, visits::input::VisitInput,
};
use serde_json::Value;
use std::collections::BTreeMap;

fn red(parts: &[&str]) -> BTreeMap<String, String> {
    parts.iter().map(|part| ((*part).to_owned(), Marking::Red.label().to_owned())).collect()
}

async fn a_visit(house: &House, chief: &Asker, days: (&str, &str), hidden: &[&str]) -> VisitId {
    let input = VisitInput {
        category: text("transit"),
        state: text("confirmed"),
        title: text("A stop on the way"),
        starts_on: text(days.0),
        ends_on: text(days.1),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: text("Hà Nội"),
        remarks: text("Nobody is to hear of this"),
        markings: red(hidden),
        ..VisitInput::default()
    };
    visits::create_visit(&house.context(chief).await, input).await.unwrap().id
}

async fn today(house: &House, asker: &Asker) -> Value {
    let path = examples::functions().into_iter().find(|example| example.of == "function load_today").unwrap().path;
    let answer = house.call(asker, &path, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let view = answer.json();
    assert!(!answer.text().contains(Marking::Red.label()), "{view}");
    view
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_with_a_red_part_is_on_today_without_that_part() {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let (_, room) = a_room_with(&house, "keeper", vec![boardroom()]).await;
    let visit = a_visit(&house, &chief, ("2027-03-09", "2027-03-10"), &["remarks"]).await;
    let line = ItemInput {
        kind: text("bilateral"),
        title: text("Talks at the airport"),
        starts: at("2027-03-09T08:30"),
        ends: at("2027-03-09T10:00"),
        room_id: text(room.to_string()),
        layout: text("boardroom"),
        people_count: text("12"),
        press: text("pool"),
        state: text("firm"),
        markings: red(&["place", "press"]),
        ..ItemInput::default()
    };
    programme::add_programme_item(&house.context(&chief).await, visit, line).await.unwrap();
    let view = today(&house, &chief).await;
    let shown = &view["visits"][0];
    assert_eq!(shown["head"]["visit"]["id"], visit.to_string(), "{view}");
    assert_eq!(shown["head"]["visit"]["title"], "A stop on the way");
    assert!(shown["head"]["visit"]["remarks"].is_null());
    let line = &shown["now"][0];
    assert_eq!(line["title"], "Talks at the airport", "{view}");
    assert!(["room", "layout", "people_count", "place", "press"].iter().all(|part| line[*part].is_null()), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_comes_is_announced_without_its_red_parts_and_not_where_its_dates_are_red() {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let visit = a_visit(&house, &chief, ("2027-03-15", "2027-03-16"), &["title", "parties"]).await;
    a_visit(&house, &chief, ("2027-03-12", "2027-03-13"), &["dates"]).await;
    let view = today(&house, &chief).await;
    let coming = view["coming"].as_array().unwrap();
    assert_eq!(coming.len(), 1, "{view}");
    let shown = &coming[0]["visit"];
    assert_eq!((&shown["id"], &shown["starts_on"]), (&visit.to_string().into(), &"2027-03-15".into()));
    for part in ["title", "country", "guest", "host", "capital", "capital_zone", "mission_ids"] {
        assert!(shown[part].is_null(), "{part}: {shown}");
    }
    assert!(coming[0]["country"].is_null());
}

async fn calendar(house: &House, asker: &Asker, person: &str) -> Value {
    let path = examples::functions().into_iter().find(|example| example.of == "function load_calendar").unwrap().path;
    let asked = [("show", "month"), ("on", "2027-03-10"), ("category", ""), ("person", person), ("zone", "")];
    let answer = house.call(asker, &path, &asked.map(|(name, value)| (name.to_owned(), value.to_owned()))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!answer.text().contains(Marking::Red.label()), "{}", answer.text());
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_shows_even_to_who_reads_a_red_title_what_stands_in_for_it() {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let visit = a_visit(&house, &chief, ("2027-03-09", "2027-03-10"), &[]).await;
    let hidden = a_visit(&house, &chief, ("2027-03-16", "2027-03-17"), &["dates"]).await;
    let line = |starts: &str, ends: &str, hidden: &[&str]| ItemInput {
        kind: text("bilateral"),
        title: text("Talks that nobody is to hear of"),
        cover: text("Private meeting"),
        starts: at(starts),
        ends: at(ends),
        notes: text("Nor of this"),
        state: text("firm"),
        markings: red(hidden),
        ..ItemInput::default()
    };
    let context = house.context(&chief).await;
    programme::add_programme_item(&context, visit, line("2027-03-09T08:30", "2027-03-09T10:00", &["title", "notes"])).await.unwrap();
    programme::add_programme_item(&context, hidden, line("2027-03-16T08:30", "2027-03-16T10:00", &[])).await.unwrap();
    let view = calendar(&house, &chief, "").await;
    assert_eq!(view["visits"].as_array().unwrap().len(), 1, "whose dates may not stand there is not there: {view}");
    let lines = view["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{view}");
    assert_eq!((&lines[0]["item"]["is_stand_in"], &lines[0]["item"]["title"]), (&true.into(), &"Private meeting".into()), "{view}");
    assert!(!view.to_string().contains("nobody is to hear") && !view.to_string().contains("Nor of this"), "{view}");
    let mut connection = house.office.operator.read().await.unwrap();
    let red: Vec<(String,)> = connection.all("SELECT marking FROM deliveries WHERE marking = 'TLP:RED'", values![]).await.unwrap();
    assert!(red.is_empty(), "what is not shown is not delivered");
    let shown: Vec<(String,)> = connection.all("SELECT marking FROM deliveries", values![]).await.unwrap();
    assert!(!shown.is_empty(), "what is shown is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_engaged_in_a_calendar_by_lines_that_do_not_name_them() {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let guest = people::create_person(&house.context(&chief).await, PersonInput { family: text("Pham"), ..PersonInput::default() })
        .await
        .unwrap()
        .id;
    let visit = a_visit(&house, &chief, ("2027-03-09", "2027-03-10"), &[]).await;
    let context = house.context(&chief).await;
    let seen = Seen::Any;
    let named = VisitInput { guest_id: text(guest.to_string()), ..VisitInput::default() };
    visits::change_visit(&context, visit, named, &seen).await.unwrap();
    let line = |kind: &str, hour: u8| ItemInput {
        kind: text(kind),
        title: text(format!("A {kind}")),
        starts: at(&format!("2027-03-09T{hour:02}:00")),
        ends: at(&format!("2027-03-09T{hour:02}:30")),
        state: text("firm"),
        ..ItemInput::default()
    };
    programme::add_programme_item(&context, visit, line("bilateral", 9)).await.unwrap();
    programme::add_programme_item(&context, visit, line("advance", 8)).await.unwrap();
    let titles = |view: &Value| view["lines"].as_array().unwrap().iter().map(|line| line["item"]["title"].to_string()).collect::<Vec<_>>();
    assert_eq!(titles(&calendar(&house, &chief, &guest.to_string()).await), ["\"A bilateral\""]);
    assert_eq!(titles(&calendar(&house, &chief, "").await).len(), 2);
    let nobody = calendar(&house, &chief, "nobody").await;
    assert_eq!((titles(&nobody).len(), nobody["visits"].as_array().unwrap().len()), (0, 0), "{nobody}");
}
