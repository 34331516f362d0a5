//! Files of missions, people, rooms, sites and blackouts: taken in by who may, refused with a page that says why, and given out.

mod support;

use axum::http::{StatusCode, header};
use backend::testing::{self, Engine};
use domain::{accounts::Role, marking::Marking};
use support::{Answer, Asker, House};

const FORM: &str = "multipart/form-data; boundary=edge";

fn form(field: &str, content: &str) -> String {
    format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--edge--\r\n"
    )
}

const PEOPLE: &str = "family,given,standing\nIto,Aiko,guest\nQuispe,Inés,guest\n";

fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

async fn house() -> (House, Asker) {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let officer = house.account("officer", Role::ProtocolOfficer, Marking::Amber, None).await;
    (house, officer)
}

#[tokio::test]
async fn a_file_is_taken_in_and_given_out_again() {
    let (house, officer) = house().await;
    let page = led_to(&house.send_file(&officer, "/people/import", FORM, form("file", PEOPLE)).await);
    assert!(house.get(&officer, &page).await.text().contains("2 lines were added, 0 changed, 0 stayed as they were."));
    let file = house.get(&officer, "/people.csv").await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"people.csv\"");
    assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
    assert!(file.text().contains("Quispe,Inés"), "{}", file.text());
}

#[tokio::test]
async fn a_wrong_line_is_named_to_who_sent_it_and_to_nobody_else() {
    let (house, officer) = house().await;
    let page =
        led_to(&house.send_file(&officer, "/people/import", FORM, form("file", &PEOPLE.replace("Aiko,guest", "Aiko,captain"))).await);
    let told = house.get(&officer, &page).await.text();
    assert!(told.contains("Nothing was written") && told.contains("<code>standing<"), "{told}");
    assert!(!house.get(&officer, "/people").await.text().contains("Quispe"));
    let other = house.account("officer2", Role::ProtocolOfficer, Marking::Amber, None).await;
    let lost = house.get(&other, &page).await.text();
    assert!(!lost.contains("<code>standing<") && lost.contains("can no longer be shown"), "{lost}");
    // The report of one file is not that of another.
    assert!(house.get(&officer, &page.replace("people", "missions")).await.text().contains("can no longer be shown"));
}

#[tokio::test]
async fn who_may_not_take_files_in_or_out_is_refused() {
    let (house, _) = house().await;
    let staff = house.account("staff", Role::Staff, Marking::Green, None).await;
    for path in ["/people/import", "/missions/import"] {
        assert_eq!(house.send_file(&staff, path, FORM, form("file", PEOPLE)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(led_to(&house.send_file(&House::nobody(), path, FORM, form("file", PEOPLE)).await), format!("/sign-in?next={path}"));
    }
    for path in ["/people.csv", "/missions.csv"] {
        assert_eq!(house.get(&staff, path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(house.get(&House::nobody(), path).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn rooms_sites_and_blackouts_go_both_ways_for_who_keeps_them() {
    let (house, officer) = house().await;
    let manager = house.account("rooms", Role::RoomsManager, Marking::Amber, None).await;
    let sites = "name,travel_to,travel_minutes,holiday,holiday_name\nCity Hall,Port,35,2027-12-25,Christmas Day\nPort,,,,\n";
    let rooms = "site,name,theatre,mon,season,season_from,season_until\n\
        Port,Pier,40,08:00-18:00,,,\nPort,Pier,,10:00-16:00,Winter,11-01,02-28\n";
    let blackouts = "site,room,starts,ends,cause\nPort,Pier,2027-03-20T08:00,2027-03-21T18:00,The roof leaks\n";
    let files = [
        ("/settings/sites/import", "/sites.csv", sites, "sites.csv", "Christmas Day", 2),
        ("/rooms/import", "/rooms.csv", rooms, "rooms.csv", "Winter", 1),
        ("/rooms/blackouts/import", "/blackouts.csv", blackouts, "blackouts.csv", "The roof leaks", 1),
    ];
    for (path, file, content, name, says, added) in files {
        assert_eq!(house.send_file(&officer, path, FORM, form("file", content)).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(house.get(&officer, file).await.status, StatusCode::FORBIDDEN, "{file}");
        let page = led_to(&house.send_file(&manager, path, FORM, form("file", content)).await);
        let told = house.get(&manager, &page).await.text();
        assert!(told.contains(&format!("{added} line{} added, 0 changed", if added == 1 { " was" } else { "s were" })), "{told}");
        let given = house.get(&manager, file).await;
        assert_eq!(given.headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"{name}\"").as_str());
        assert!(given.text().contains(says), "{}", given.text());
        let page = led_to(&house.send_file(&manager, path, FORM, form("file", &given.text())).await);
        let told = house.get(&manager, &page).await.text();
        assert!(told.contains(&format!("0 lines were added, 0 changed, {added} stayed as they were.")), "{told}");
    }
    let wrong = rooms.replace(",40,", ",-1,").replace("02-28", "02-30");
    let page = led_to(&house.send_file(&manager, "/rooms/import", FORM, form("file", &wrong)).await);
    let told = house.get(&manager, &page).await.text();
    assert!(told.contains("<code>theatre<") && told.contains("<code>season_until<") && told.contains("2 rows are wrong"), "{told}");
    let board = house.get(&officer, "/rooms?day=2027-03-20").await.text();
    assert!(board.contains("The roof leaks"), "a blackout is on the board");
    let room = board
        .split("/rooms/")
        .filter_map(|rest| rest.get(..36))
        .find(|id| id.chars().all(|it| it.is_ascii_hexdigit() || it == '-'))
        .unwrap();
    let facts = house.get(&officer, &format!("/rooms/{room}?day=2027-03-20")).await.text();
    assert!(facts.contains("Winter, 1 November to 28 February") && facts.contains("The roof leaks"), "{facts}");
}

#[tokio::test]
async fn what_is_no_form_with_a_file_gets_a_clear_answer() {
    let (house, officer) = house().await;
    for (content_type, body) in [("text/plain", "family"), ("multipart/form-data", "family"), (FORM, "--edge\r\nnonsense")] {
        let page = led_to(&house.send_file(&officer, "/people/import", content_type, body).await);
        let answer = house.get(&officer, &page).await;
        assert_eq!(answer.status, StatusCode::OK, "{content_type}");
        assert!(answer.text().contains("class=\"trouble\""), "{content_type}");
    }
    let page = led_to(&house.send_file(&officer, "/people/import", FORM, form("other", PEOPLE)).await);
    assert!(house.get(&officer, &page).await.text().contains("The file holds no rows"));
    let vast = form("file", &"x".repeat(26_000_000));
    assert_eq!(house.send_file(&officer, "/people/import", FORM, vast).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
