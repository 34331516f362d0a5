//! Today leaves out what is marked TLP:RED, and nothing else.

use crate::{
    support::{Asker, House, examples},
    world::{a_room_with, at, boardroom, text},
};
use backend::{
    programme,
    testing::{self, Engine},
    visits,
};
use domain::{accounts::Role, ids::VisitId, marking::Marking, programme::input::ItemInput, visits::input::VisitInput};
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
