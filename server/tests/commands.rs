//! The `chancery` command as one types it.

use backend::{
    Chancery, RequestContext,
    accounts::{
        access,
        directory::{self, NewAccount},
    },
    database::Connection,
    installation,
    offices::{self, set_up_office},
    people, programme, testing, values, visits,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    ids::{ItemId, OfficeId, PersonId, VisitId},
    marking::Marking,
    offices::HostName,
    people::input::PersonInput,
    permission::Actor,
    programme::{
        ItemPart,
        input::{ItemInput, ParticipantInput},
    },
    text::{EmailAddress, Title},
    time::{ZoneName, agreed::AgreedTime},
    visits::input::VisitInput,
};
use server::{config::Settings, start};
use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};
use tempfile::TempDir;

fn chancery(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command
        .env_clear()
        .env("DATABASE_URL", format!("sqlite:{}", folder.join(database).display()))
        .env("CHANCERY_KEY_FILE", folder.join("key"))
        .current_dir(folder);
    command
}

fn run(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    chancery(folder, database).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert_eq!(code(output), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const SET_UP: [&str; 12] = [
    "office",
    "set-up",
    "--host",
    "City of Los Angeles",
    "--name",
    "Office of International Affairs",
    "--zone",
    "America/Los_Angeles",
    "--place",
    "Los Angeles",
    "--country",
    "US",
];

const ADD: [&str; 10] =
    ["account", "add", "--email", "chief@city.example", "--name", "Chief", "--role", "chief_of_protocol", "--ceiling", "RED"];

fn set_up(folder: &Path) {
    done(&run(folder, "data/one.db", &["keys", "make", "key"]));
    done(&run(folder, "data/one.db", &SET_UP));
    let mut adding = chancery(folder, "data/one.db").args(ADD).stdin(Stdio::piped()).spawn().unwrap();
    adding.stdin.take().unwrap().write_all(b"a long enough password\n").unwrap();
    assert!(adding.wait().unwrap().success());
}

#[test]
fn a_real_office_begins_at_the_command_line() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let verified = done(&run(folder.path(), "data/one.db", &["verify-audit"]));
    assert!(verified.contains("2 entries"), "{verified}");
    // A second account of one address could not be told from the first.
    let password = folder.path().join("password");
    std::fs::write(&password, "a long enough password").unwrap();
    let again = run(folder.path(), "data/one.db", &[&ADD[..], &["--password-file", "password"]].concat());
    assert_eq!(code(&again), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("email"));
}

#[track_caller]
fn refused(output: &Output, with: i32) -> String {
    assert_eq!(code(output), Some(with), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_first_office_gets_its_host_before_a_second_is_set_up() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    std::fs::write(folder.path().join("password"), "a long enough password").unwrap();
    let run = |arguments: &[&str]| run(folder.path(), "data/one.db", arguments);
    let second = |host: &str| run(&[&SET_UP[..], &["--host-name", host]].concat());
    assert!(refused(&run(&SET_UP), 1).contains("a host name of its own, by --host-name"));
    assert!(refused(&second("two.example"), 1).contains("chancery office set-host HOST"), "the first would answer to nothing by name");
    for wrong in ["https://one.example", "one.example:3000", "one example", ""] {
        refused(&run(&["office", "set-host", wrong]), 2);
        assert!(refused(&second(wrong), 2).contains("--host-name"), "{wrong}");
    }
    assert!(done(&run(&["office", "set-host", "One.Example"])).contains(" is reached at http://one.example:3000"));
    assert!(refused(&second("ONE.example"), 1).contains("another office has the host name one.example already"));
    assert!(done(&second("Two.example")).contains("chancery account add --office two.example"));
    let at = |host: &str, arguments: &[&str]| run(&[&["--office", host], arguments].concat());
    let add = [&ADD[..], &["--password-file", "password"]].concat();
    // Which office is meant is said, and a name that is mistyped is none of them.
    assert!(refused(&run(&add), 2).contains("--office HOST"));
    assert!(refused(&at("three.example", &add), 1).contains("no office has the host name"));
    assert!(done(&at("TWO.example", &add)).contains("chief@city.example can sign in at http://two.example:3000"));
    refused(&at("one.example", &add), 1);
    // With both at a host, neither is the one that has none.
    refused(&run(&["office", "set-host", "three.example"]), 2);
    assert!(refused(&at("two.example", &["office", "set-host", "one.example"]), 1).contains("another office has the host name"));
    done(&at("two.example", &["--as", "chief@city.example", "office", "set-host", "three.example"]));
    refused(&at("two.example", &["verify-audit"]), 1);
    assert!(done(&at("one.example", &["verify-audit"])).contains("3 entries"));
    assert!(done(&at("three.example", &["verify-audit"])).contains("3 entries"));
}

/// As it was before a first office had to have a host.
async fn a_second_office(folder: &Path) {
    let chancery = start::start(&settings_of(folder)).await.unwrap();
    let details = access::offices(&chancery).await.unwrap().remove(0).details;
    let host = HostName::parse("two.example").ok();
    set_up_office(&chancery, OfficeId(chancery.ids.next()), host, details).await.unwrap();
    chancery.database.close().await;
}

#[test]
fn an_office_that_a_second_one_came_beside_gets_its_host_afterwards() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(a_second_office(folder.path()));
    let run = |arguments: &[&str]| run(folder.path(), "data/one.db", arguments);
    let asked = refused(&run(&["verify-audit"]), 2);
    assert!(asked.contains("chancery office set-host HOST") && asked.contains("two.example ("), "{asked}");
    // One without a host is chosen by its identifier.
    let nameless = asked.split_once("there are several offices, ").unwrap().1.split([',', ':', ' ']).find(|id| id.len() == 36).unwrap();
    assert!(done(&run(&["--office", nameless, "verify-audit"])).contains("2 entries"));
    assert!(refused(&run(&["office", "set-host", "two.example"]), 1).contains("another office has the host name two.example"));
    done(&run(&["office", "set-host", "one.example"]));
    assert!(done(&run(&["--office", "one.example", "verify-audit"])).contains("3 entries"));
    assert!(done(&run(&["--office", "two.example", "verify-audit"])).contains("1 entries"));
}

#[test]
fn no_host_is_given_where_no_office_is() {
    let folder = TempDir::new().unwrap();
    done(&run(folder.path(), "data/one.db", &["keys", "make", "key"]));
    assert!(refused(&run(folder.path(), "data/one.db", &["office", "set-host", "one.example"]), 1).contains("chancery office set-up"));
}

#[test]
fn an_office_that_cannot_be_is_not_set_up() {
    let folder = TempDir::new().unwrap();
    done(&run(folder.path(), "data/one.db", &["keys", "make", "key"]));
    for (argument, wrong) in [("--zone", "America/Nowhere"), ("--country", "USA"), ("--place", " ")] {
        let mut arguments = SET_UP;
        let position = arguments.iter().position(|it| *it == argument).unwrap();
        arguments[position + 1] = wrong;
        let refused = run(folder.path(), "data/one.db", &arguments);
        assert_eq!(code(&refused), Some(2), "{argument} {wrong}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(argument), "{refused:?}");
    }
}

#[test]
fn a_copy_is_taken_back_into_an_empty_database_alone() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    done(&run(folder.path(), "data/one.db", &["backup", "copy"]));
    assert_eq!(code(&run(folder.path(), "data/one.db", &["backup", "copy"])), Some(1), "no copy is overwritten");
    assert_eq!(code(&run(folder.path(), "data/one.db", &["restore", "copy"])), Some(1));
    done(&run(folder.path(), "data/two.db", &["restore", "copy"]));
    let (one, two) = ["data/one.db", "data/two.db"].map(|database| done(&run(folder.path(), database, &["verify-audit"]))).into();
    assert_eq!(one, two);
    // With the head written down, a record that was begun anew does not verify.
    let head = one.trim().rsplit(' ').next().unwrap().to_owned();
    done(&run(folder.path(), "data/two.db", &["verify-audit", "--head", &head]));
    assert_eq!(code(&run(folder.path(), "data/two.db", &["verify-audit", "--head", &head.replace(&head[..4], "0000")])), Some(1));
}

#[test]
fn wrong_use_is_told_from_failure() {
    let folder = TempDir::new().unwrap();
    assert_eq!(code(&run(folder.path(), "data/one.db", &["nonsense"])), Some(2));
    assert_eq!(code(&run(folder.path(), "data/one.db", &["verify-audit"])), Some(1), "there is no key");
    assert_eq!(
        code(&chancery(folder.path(), "data/one.db").env("CHANCERY_CLOCK", "2026-11-24T18:00:00Z").arg("migrate").output().unwrap()),
        Some(2)
    );
    let help = done(&run(folder.path(), "data/one.db", &["serve", "--help"]));
    assert!(help.contains("CHANCERY_TRUSTED_PROXIES") && help.contains("sqlite:data/chancery.db"), "{help}");
    assert!(done(&run(folder.path(), "data/one.db", &["zones", "version"])).contains("tz database 20"));
}

#[test]
fn missions_and_people_go_out_as_files_and_come_back_the_same() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let chief = |arguments: &[&str]| run(folder.path(), "data/one.db", &[&["--as", "chief@city.example"], arguments].concat());
    let header = "name,kind,country,country_name,capital_zone,head_family,head_given,head_class,head_exequatur_on,colour";
    let good = "Consulate General of Viet Nam,consulate_general,VN,Viet Nam,Asia/Ho_Chi_Minh,Trần,Thị Mai,consul_general,2024-05-02,red";
    let wrong = "Consulate of Nowhere,consulate,XX,Nowhere,Mars/Olympus,,,,,";
    write("wrong.csv", &format!("{header}\n{good}\n{wrong}\n"));
    let refused = chief(&["import", "missions", "wrong.csv"]);
    assert_eq!(code(&refused), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("nothing was taken") && said.contains("line 3: ") && said.contains("capital_zone: "), "{said}");
    assert!(!said.contains("UnknownZone"), "reasons are said in words: {said}");
    write("good.csv", &format!("{header}\n{good}\n"));
    let taken = done(&chief(&["import", "missions", "good.csv"]));
    assert!(taken.contains("colour") && taken.contains("1 added, 0 changed, 0 unchanged"), "{taken}");
    assert!(done(&chief(&["import", "missions", "good.csv"])).contains("0 added, 0 changed, 1 unchanged"));
    for kind in ["missions", "people"] {
        let file = format!("{kind}.csv");
        done(&chief(&["export", kind, &file]));
        let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(text.contains("Trần"), "{text}");
        let again = done(&chief(&["import", kind, &file]));
        assert!(again.contains("0 added, 0 changed"), "{again}");
        assert_eq!(code(&chief(&["export", kind, &file])), Some(1), "no file is overwritten");
    }
    assert_eq!(code(&chief(&["export", "programme", "programme.csv", "--visit", "nonsense"])), Some(2));
}

#[test]
fn sites_rooms_and_blackouts_go_out_as_files_and_come_back_the_same() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("password", "a long enough password");
    let who = ["--email", "rooms@city.example", "--name", "Rooms", "--role", "rooms_manager", "--ceiling", "AMBER"];
    done(&run(folder.path(), "data/one.db", &[&["account", "add"], &who[..], &["--password-file", "password"]].concat()));
    let manager = |arguments: &[&str]| run(folder.path(), "data/one.db", &[&["--as", "rooms@city.example"], arguments].concat());
    let files = [
        ("sites", "name,holiday,holiday_name\nPort,2027-12-25,Christmas Day\n"),
        ("rooms", "site,name,features,sweep_minutes\nPort,Pier,kitchen,20\n"),
        ("blackouts", "site,starts,ends,cause\nPort,2099-01-01T08:00,2099-01-02T08:00,Works\n"),
    ];
    for (kind, text) in files {
        write("in.csv", text);
        assert!(done(&manager(&["import", kind, "in.csv"])).contains("1 added, 0 changed, 0 unchanged"), "{kind}");
        let file = format!("{kind}.csv");
        done(&manager(&["export", kind, &file]));
        assert!(done(&manager(&["import", kind, &file])).contains("0 added, 0 changed, 1 unchanged"), "{kind}");
    }
    write("wrong.csv", "site,name,features,theatre\nPort,Loft,jacuzzi,-1\n");
    let refused = manager(&["import", "rooms", "wrong.csv"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(code(&refused), Some(1));
    assert!(said.contains("line 2: ") && said.contains("features: ") && said.contains("theatre: "), "{said}");
}

const STATE_VISIT: &str = include_str!("data/programme-holy-see-usa-2015.csv");

fn settings_of(folder: &Path) -> Settings {
    Settings {
        database_url: format!("sqlite:{}", folder.join("data/one.db").display()),
        key_file: Some(folder.join("key")),
        ..Settings::default()
    }
}

/// A state visit of the chief's. No command makes one: they are made on the pages.
async fn a_state_visit(folder: &Path) -> VisitId {
    let chancery = start::start(&settings_of(folder)).await.unwrap();
    let office = Arc::new(access::offices(&chancery).await.unwrap().remove(0));
    let operator = chancery.context(Arc::clone(&office), Actor::operator(office.id));
    let chief = directory::by_email(&operator, &EmailAddress::parse("chief@city.example").unwrap()).await.unwrap().unwrap();
    let (actor, _) = access::actor_of_account(&operator, chief).await.unwrap().unwrap();
    let text = |text: &str| Some(text.to_owned());
    let input = VisitInput {
        category: text("state"),
        title: text("A head of state"),
        starts_on: text("2015-09-22"),
        ends_on: text("2015-09-27"),
        capital_zone: text("Europe/Rome"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&operator.as_actor(actor), input).await.unwrap().id;
    chancery.database.close().await;
    visit
}

#[test]
fn a_programme_is_shown_refused_for_each_bad_row_and_taken_once_however_often() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let visit = runtime.block_on(a_state_visit(folder.path())).to_string();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let chief = |arguments: &[&str]| run(folder.path(), "data/one.db", &[&["--as", "chief@city.example"], arguments].concat());
    let import = |file: &str, how: &[&str]| chief(&[&["import", "programme", file, "--visit", &visit], how].concat());
    let recorded = || done(&run(folder.path(), "data/one.db", &["verify-audit"]));
    let stored = |file: &str| {
        done(&chief(&["export", "programme", file, "--visit", &visit]));
        std::fs::read_to_string(folder.path().join(file)).unwrap().lines().count() - 1
    };
    write("programme.csv", STATE_VISIT);
    let bad = STATE_VISIT.replacen("2015-09-23,09:15", "2015-09-31,09:15", 1).replacen("movement,Parade", "procession,Parade", 1);
    write("bad.csv", &bad);
    let before = recorded();
    let shown = done(&import("programme.csv", &["--preview"]));
    assert_eq!(shown.lines().filter(|line| line.starts_with("line ")).count(), 24, "{shown}");
    assert!(shown.contains("line 3: 2015-09-23T09:15 America/New_York (15:15 +0) Welcoming ceremony"), "{shown}");
    for how in [&["--preview"][..], &[]] {
        let refused = import("bad.csv", how);
        assert_eq!(code(&refused), Some(1), "{how:?}");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("nothing was taken\nline 3: date: ") && said.contains("\nline 5: kind: "), "{said}");
        let shown = String::from_utf8_lossy(&refused.stdout).into_owned();
        assert!(shown.contains("line 4: ") && !shown.contains("line 3: "), "{shown}");
    }
    assert_eq!(recorded(), before, "nothing was written");
    assert_eq!(stored("none.csv"), 0);
    assert!(done(&import("programme.csv", &[])).contains("24 added, 0 changed, 0 unchanged"));
    // What is marked above the ceiling of files is not in this one.
    let once = stored("once.csv");
    assert!(once > 0);
    assert!(done(&import("programme.csv", &[])).contains("0 added, 0 changed, 24 unchanged"));
    assert_eq!(stored("again.csv"), once);
    assert_eq!(code(&chief(&["import", "programme", "programme.csv", "--visit", "nonsense"])), Some(2));
}

#[test]
fn a_demonstration_is_loaded_into_an_empty_database_alone() {
    let folder = TempDir::new().unwrap();
    done(&run(folder.path(), "data/one.db", &["keys", "make", "key"]));
    assert_eq!(code(&run(folder.path(), "data/one.db", &["demo"])), Some(2), "not without CHANCERY_DEMO=1");
    let demo = |arguments: &[&str]| {
        chancery(folder.path(), "data/demo.db").env("CHANCERY_DEMO", "1").args(arguments).stdin(Stdio::null()).output().unwrap()
    };
    done(&demo(&["demo"]));
    assert_eq!(code(&demo(&["demo"])), Some(1));
    // A demonstration is never taken for an office.
    assert_eq!(code(&run(folder.path(), "data/demo.db", &["verify-audit"])), Some(1));
    assert!(done(&demo(&["verify-audit"])).contains("entries"));
}

/// Where Los Angeles keeps the clocks of Tokyo, by a later release of the tz database than any.
fn later_zones(folder: &Path) -> PathBuf {
    let zoneinfo = folder.join("zoneinfo");
    testing::write_zones(&zoneinfo, "2099z", &[("America/Los_Angeles", "Asia/Tokyo")]);
    zoneinfo
}

fn check_zones(folder: &Path) -> Output {
    let mut command = chancery(folder, "data/one.db");
    command.env("CHANCERY_TZDIR", folder.join("zoneinfo")).args(["zones", "check"]).stdin(Stdio::null()).output().unwrap()
}

/// Who leads an office by this address, and a visit of theirs, which everybody in the office may know of.
async fn a_visit_of(operator: &RequestContext, email: &str) -> (RequestContext, VisitId) {
    let account = directory::by_email(operator, &EmailAddress::parse(email).unwrap()).await.unwrap().unwrap();
    let as_chief = async || operator.as_actor(access::actor_of_account(operator, account).await.unwrap().unwrap().0);
    let input = VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("A visitor of note"),
        starts_on: text("2099-03-09"),
        ends_on: text("2099-03-13"),
        capital_zone: text("Europe/Rome"),
        markings: ["existence", "title", "dates", "parties"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into(),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&as_chief().await, input).await.unwrap().id;
    (as_chief().await, visit)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A line at an hour of 11 March 2099 on the clocks of a zone, all of it so marked, in which these take part.
fn a_line(title: &str, zone: &str, hour: u32, marking: &str, person: Option<PersonId>) -> ItemInput {
    let zone: ZoneName = zone.to_owned().try_into().unwrap();
    let at = |hour: u32| Some(AgreedTime { local: format!("2099-03-11T{hour:02}:30").parse().unwrap(), zone: zone.clone(), offset: None });
    ItemInput {
        kind: text("cultural"),
        title: text(title),
        state: text("firm"),
        starts: at(hour),
        ends: at(hour + 1),
        people: person.map(|person| vec![ParticipantInput { person_id: person.to_string(), role: "guest".into() }]),
        markings: ItemPart::ALL.iter().map(|part| (part.word().to_owned(), marking.to_owned())).collect(),
        ..ItemInput::default()
    }
}

/// Lines of the chief's, of which newer rules of the clocks move some onto others; each with where it is listed.
async fn what_will_move(folder: &Path) -> BTreeMap<&'static str, String> {
    let chancery = start::start(&settings_of(folder)).await.unwrap();
    let office = Arc::new(access::offices(&chancery).await.unwrap().remove(0));
    let (chief, visit) = a_visit_of(&chancery.context(Arc::clone(&office), Actor::operator(office.id)), "chief@city.example").await;
    let mut people = Vec::new();
    for family in ["Pham", "Tran"] {
        let person = PersonInput { family: text(family), standing: text("guest"), ..PersonInput::default() };
        people.push(people::create_person(&chief, person).await.unwrap().id);
    }
    let here = "America/Los_Angeles";
    let mut listed = BTreeMap::new();
    for (title, zone, hour, marking, person) in [
        ("Sealed beside", "Etc/UTC", 0, "TLP:RED", Some(people[0])),
        ("Open beside sealed", here, 9, "TLP:GREEN", Some(people[0])),
        ("Open beside", "Etc/UTC", 3, "TLP:GREEN", Some(people[1])),
        ("Open beside open", here, 12, "TLP:GREEN", Some(people[1])),
        ("Restricted", here, 14, "TLP:AMBER", None),
        ("Sealed", here, 16, "TLP:RED", None),
    ] {
        let line = programme::add_programme_item(&chief, visit, a_line(title, zone, hour, marking, person)).await.unwrap().view.id;
        listed.insert(title, format!("/visits/{visit}#line-{line} "));
    }
    chancery.database.close().await;
    listed
}

#[test]
fn what_a_newer_tz_database_moves_is_listed_as_far_as_an_operator_reads() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listed = runtime.block_on(what_will_move(folder.path()));
    later_zones(folder.path());
    let checked = check_zones(folder.path());
    let said = done(&checked);
    assert!(said.contains(": 4 moved, 1 of them share something\n"), "{said}");
    let of = |title: &str| said.lines().find_map(|line| Some(line.split_once(listed[title].as_str())?.1.to_owned()));
    let when = |from: &str, to: &str| format!("America/Los_Angeles: from 2099-03-11T{from}:00+00:00 to 2099-03-11T{to}:00+00:00");
    assert_eq!(
        of("Open beside sealed").unwrap(),
        format!("({}) chief@city.example", when("16:30", "00:30")),
        "what is sealed shares nothing with it"
    );
    assert_eq!(of("Open beside open").unwrap(), format!("({}, shares what it takes) chief@city.example", when("19:30", "03:30")));
    assert_eq!(of("Restricted").unwrap(), "(TLP:AMBER) ");
    assert_eq!(of("Sealed").unwrap(), "(TLP:RED) ");
    assert_eq!((of("Open beside"), of("Sealed beside")), (None, None), "what stays is not listed");
    let all = format!("{said}{}", String::from_utf8_lossy(&checked.stderr));
    for word in ["Restricted", "Sealed", "Open", "note", "Pham", "Tran"] {
        assert!(!all.contains(word), "{word}: {all}");
    }
    assert!(done(&check_zones(folder.path())).contains(": 0 moved, 0 of them share something\n"));
}

/// A line in the first office, which cannot be read any more, and one in a second: in their contexts, with what was stored.
async fn of_two_offices(chancery: &Chancery) -> [(RequestContext, ItemId); 2] {
    let mut lines = Vec::new();
    for (office, name) in access::offices(chancery).await.unwrap().into_iter().zip(["first", "second"]) {
        let operator = chancery.context(Arc::new(office.clone()), Actor::operator(office.id));
        let email = format!("{name}@city.example");
        let new = NewAccount {
            email: EmailAddress::parse(&email).unwrap(),
            name: Title::parse(name).unwrap(),
            person: None,
            mission: None,
            confirmed: true,
            roles: vec![Role::ChiefOfProtocol],
            ceiling: Marking::Red,
            password_hash: None,
            ends_on: None,
        };
        offices::make_account(&operator, new).await.unwrap();
        let (chief, visit) = a_visit_of(&operator, &email).await;
        let line = a_line("Call", "America/Los_Angeles", 9, "TLP:GREEN", None);
        lines.push((operator, programme::add_programme_item(&chief, visit, line).await.unwrap().view.id));
    }
    lines.try_into().unwrap()
}

async fn starts_at(operator: &RequestContext, line: ItemId) -> String {
    let sql = "SELECT starts_at FROM items WHERE office_id = $1 AND id = $2";
    let (at,): (DateTime<Utc>,) = operator.read().await.unwrap().optional(sql, values![operator.office_id(), line]).await.unwrap().unwrap();
    at.format("%H:%M").to_string()
}

/// Writes another body for a line, and gives the one it had.
async fn with_body(operator: &RequestContext, line: ItemId, body: &str) -> String {
    let mut transaction = operator.write().await.unwrap();
    let read = "SELECT body FROM items WHERE office_id = $1 AND id = $2";
    let (had,): (String,) = transaction.optional(read, values![operator.office_id(), line]).await.unwrap().unwrap();
    let write = "UPDATE items SET body = $3 WHERE office_id = $1 AND id = $2";
    transaction.execute(write, values![operator.office_id(), line, body]).await.unwrap();
    transaction.commit().await.unwrap();
    had
}

#[test]
fn a_start_goes_on_where_an_office_cannot_be_renewed_and_tries_again() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(a_second_office(folder.path()));
    let later = Settings { tzdir: Some(later_zones(folder.path())), ..settings_of(folder.path()) };
    let recorded = async |chancery: &Chancery| installation::installation(&chancery.database).await.unwrap().unwrap().tz_version;
    let (broken, body) = runtime.block_on(async {
        let chancery = start::start(&settings_of(folder.path())).await.unwrap();
        let [(first, broken), (second, line)] = of_two_offices(&chancery).await;
        let body = with_body(&first, broken, "{}").await;
        let before = recorded(&chancery).await;
        let started = start::start(&later).await.unwrap();
        assert_eq!((starts_at(&first, broken).await, starts_at(&second, line).await), ("16:30".to_owned(), "00:30".to_owned()));
        assert_eq!(recorded(&started).await, before, "the next start tries again");
        chancery.database.close().await;
        started.database.close().await;
        ((first.office_id(), broken), body)
    });
    let failed = check_zones(folder.path());
    let said = refused(&failed, 1);
    assert!(said.contains("could not be written: it is tried again at the next start") && said.contains(&broken.0.to_string()), "{said}");
    let shown = String::from_utf8_lossy(&failed.stdout).into_owned();
    assert!(shown.contains(&format!("({}): nothing is moved: ", broken.0)) && shown.contains(": 0 moved, 0 of them"), "{shown}");
    runtime.block_on(async {
        let chancery = start::open(&settings_of(folder.path())).await.unwrap();
        let office = access::offices(&chancery).await.unwrap().into_iter().find(|office| office.id == broken.0).unwrap();
        let first = chancery.context(Arc::new(office), Actor::operator(broken.0));
        with_body(&first, broken.1, &body).await;
        let started = start::start(&later).await.unwrap();
        assert_eq!((starts_at(&first, broken.1).await.as_str(), recorded(&started).await.as_str()), ("00:30", "2099z"));
        chancery.database.close().await;
        started.database.close().await;
    });
}

#[test]
fn another_key_file_opens_nothing() {
    let folder = TempDir::new().unwrap();
    set_up(folder.path());
    std::fs::remove_file(folder.path().join("key")).unwrap();
    done(&run(folder.path(), "data/one.db", &["keys", "make", "key"]));
    let refused = run(folder.path(), "data/one.db", &["verify-audit"]);
    assert_eq!(code(&refused), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("key file"));
}
