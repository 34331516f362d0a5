//! A programme's file: chosen on a page, shown, imported, and taken away.

mod support;

use axum::http::{Method, header};
use backend::{
    programme,
    testing::{self, Engine},
    visits,
};
use domain::{accounts::Role, ids::VisitId, marking::Marking, visits::input::VisitInput};
use support::{Answer, Asker, House};

const STATE_VISIT: &[u8] = include_bytes!("data/programme-holy-see-usa-2015.csv");
const BOUNDARY: &str = "a-line-that-stands-nowhere-else";

async fn desk() -> (House, Asker, VisitId) {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let officer = house.account("officer", Role::ProtocolOfficer, Marking::AmberStrict, None).await;
    let text = |text: &str| Some(text.to_owned());
    let input = VisitInput {
        category: text("state"),
        title: text("Pope Francis"),
        starts_on: text("2015-09-22"),
        ends_on: text("2015-09-27"),
        zone: text("America/New_York"),
        place: text("Washington"),
        capital_zone: text("Europe/Rome"),
        capital: text("Vatican City"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&house.context(&officer).await, input).await.unwrap().id;
    (house, officer, visit)
}

async fn chosen(house: &House, asker: &Asker, visit: VisitId, file: &[u8]) -> Answer {
    let mut body = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.csv\"\r\n\r\n").into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    house.send(asker, Method::POST, &format!("/visits/{visit}/import"), body, &[("content-type", &kind)]).await
}

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers[header::LOCATION].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_shown_before_anything_is_written() {
    let (house, officer, visit) = desk().await;
    let answer = chosen(&house, &officer, visit, STATE_VISIT).await;
    let page = house.get(&officer, leads_to(&answer)).await.text();
    assert!(page.contains("24 new, 0 changed"), "{page}");
    assert!(page.contains("there is no time for the way"), "{page}");
    assert!(programme::list_items(&house.context(&officer).await, visit).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_none_is_refused_on_the_page() {
    let (house, officer, visit) = desk().await;
    let many = format!("date,start,end,kind,title\n{}", "2015-09-22,10:00,11:00,rest,Rest\n".repeat(10_001));
    let long = format!("date,start,end,kind,title,notes\n2015-09-22,10:00,11:00,rest,Rest,{}\n", "x".repeat(1 << 20));
    let files: [(&[u8], &str); 6] = [
        (b"", "Fill this in"),
        (b"date,start,end,kind,title\n", "holds no rows"),
        (b"date,start\n1,2\n", "no columns named end, kind, title"),
        (b"date,start,end,kind,title\n2015-09-22,10:00,11:00,rest,Caf\xe9\n", "not in UTF-8: row 2"),
        (many.as_bytes(), "more than"),
        (long.as_bytes(), "larger than"),
    ];
    for (file, says) in files {
        let answer = chosen(&house, &officer, visit, file).await;
        let page = house.get(&officer, leads_to(&answer)).await.text();
        assert!(page.contains(says), "{says}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_session_is_not_shown() {
    let (house, officer, visit) = desk().await;
    let other = house.account("other", Role::ProtocolOfficer, Marking::AmberStrict, None).await;
    visits::grant_access(&house.context(&officer).await, visit, other.account.unwrap(), "works on it too").await.unwrap();
    let answer = chosen(&house, &officer, visit, STATE_VISIT).await;
    let page = house.get(&other, leads_to(&answer)).await.text();
    assert!(page.contains("no longer here"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_change_the_programme_imports_and_takes_nothing() {
    let (house, officer, visit) = desk().await;
    let stranger = house.account("stranger", Role::ProtocolOfficer, Marking::Red, None).await;
    let staff = house.account("staff", Role::Staff, Marking::Green, None).await;
    for (asker, status) in [(House::nobody(), 401), (stranger, 404), (staff, 404)] {
        assert_eq!(chosen(&house, &asker, visit, STATE_VISIT).await.status, status, "{}", asker.name);
        assert_eq!(house.get(&asker, &format!("/visits/{visit}/programme.csv")).await.status, status, "{}", asker.name);
    }
    let nothing = chosen(&house, &officer, visit, b"date,start,end,kind,title\n2015-09-22,10:00,11:00,rest,Rest\n").await;
    assert_eq!(nothing.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_is_taken_away_as_a_file() {
    let (house, officer, visit) = desk().await;
    programme::import::import_programme(&house.context(&officer).await, visit, STATE_VISIT).await.unwrap();
    let answer = house.get(&officer, &format!("/visits/{visit}/programme.csv")).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8; header=present");
    assert!(answer.text().contains("Midday prayer with the bishops of the United States"), "{}", answer.text());
}
