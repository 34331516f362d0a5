//! The `chancery` command as one types it.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
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
    // A second office without a host name could not be told from the first, and a second account of one address neither.
    assert_eq!(code(&run(folder.path(), "data/one.db", &SET_UP)), Some(1));
    let password = folder.path().join("password");
    std::fs::write(&password, "a long enough password").unwrap();
    let again = run(folder.path(), "data/one.db", &[&ADD[..], &["--password-file", "password"]].concat());
    assert_eq!(code(&again), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("email"));
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
