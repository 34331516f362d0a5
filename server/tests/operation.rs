//! What an operator rehearses: the key file is lost and comes back, and the log's checkpoints are held against the record.

#[path = "support/process.rs"]
mod process;

use process::{CHIEF, Installation, ask, free_address, sign_in};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    process::Stdio,
};

const SEALED: &str = "The guest arrives by the service gate";

fn a_sealed_visit() -> Value {
    json!({
        "category": "working", "title": "A minister", "starts_on": "2027-03-10", "ends_on": "2027-03-12", "capital_zone": "Asia/Ho_Chi_Minh",
        "remarks": SEALED, "markings": { "remarks": "TLP:RED" },
    })
}

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The last line of what a command said.
fn last_line(said: &str) -> String {
    said.trim_end().lines().last().unwrap().to_owned()
}

#[test]
fn a_lost_key_file_comes_back_by_the_key_that_was_kept_offline() {
    let office = Installation::on_sqlite();
    office.set_up();
    let file = |name: &str| office.path().join(name);
    let address = free_address();
    let read = |path: &str| {
        let token = sign_in(address, CHIEF);
        ask(address, "GET", path, Some(&token), None).unwrap()
    };
    let visit = {
        let _serving = office.serve(address);
        let token = sign_in(address, CHIEF);
        let (status, made) = ask(address, "POST", "/api/v1/visits", Some(&token), Some(&a_sealed_visit())).unwrap();
        assert_eq!(status, 201, "{made}");
        format!("/api/v1/visits/{}", made["id"].as_str().unwrap())
    };
    let stored = fs::read(file("data/chancery.db")).unwrap();
    assert!(!stored.windows(SEALED.len()).any(|bytes| bytes == SEALED.as_bytes()), "it is sealed");

    let public = last_line(&office.done(&["keys", "make-recovery", "private"]));
    assert_eq!(mode(&file("private")), 0o600);
    let said = office.done(&["keys", "wrap", "key", "copy", "--to", &public]);
    assert!(!fs::read(file("copy")).unwrap().windows(32).any(|bytes| bytes == fs::read(file("key")).unwrap()), "{said}");
    let whole = fs::read(file("key")).unwrap();
    fs::remove_file(file("key")).unwrap();
    assert!(office.refused(&["verify-audit"]).1.contains("does not exist"), "nothing is served without it");

    // Another private half opens nothing, and leaves nothing.
    office.done(&["keys", "make-recovery", "other"]);
    let (code, said) = office.refused(&["keys", "recover", "copy", "key", "--with", "other"]);
    assert!(code == Some(1) && said.contains("does not open copy"), "{said}");
    for (with, code) in [("copy", 2), ("none", 1)] {
        assert_eq!(office.refused(&["keys", "recover", "copy", "key", "--with", with]).0, Some(code), "{with}");
    }
    let (code, said) = office.refused(&["keys", "recover", "private", "key", "--with", "private"]);
    assert!(code == Some(1) && said.contains("private is no recovery copy"), "{said}");
    assert!(!file("key").exists());

    office.done(&["keys", "recover", "copy", "key", "--with", "private"]);
    assert_eq!((fs::read(file("key")).unwrap(), mode(&file("key"))), (whole, 0o600));
    let _serving = office.serve(address);
    let (status, found) = read(&visit);
    assert_eq!((status, &found["remarks"]), (200, &json!(SEALED)), "{found}");
}

#[test]
fn nothing_of_a_key_is_overwritten_and_a_private_half_may_be_typed_in() {
    let office = Installation::on_sqlite();
    let file = |name: &str| office.path().join(name);
    office.done(&["keys", "make", "key"]);
    // Shown once, where it is to be written down by hand.
    let printed = office.done(&["keys", "make-recovery"]);
    let word = |start: &str| printed.split_whitespace().find(|word| word.starts_with(start)).unwrap().to_owned();
    let (private, public) = (word("chancery-recovery-secret-1."), word("chancery-recovery-public-1."));
    let wrap = ["keys", "wrap", "key", "copy", "--to", public.as_str()];
    office.done(&wrap);
    for (again, path) in [(&wrap[..], "copy"), (&["keys", "make-recovery", "copy"], "copy"), (&["keys", "make", "key"], "key")] {
        let (code, said) = office.refused(again);
        assert!(code == Some(1) && said.contains(path), "{said}");
    }
    // The two halves are not taken for each other.
    assert_eq!(office.refused(&["keys", "wrap", "key", "again", "--to", &private]).0, Some(2));
    let mut command = office.command(free_address());
    let recover = |command: &mut std::process::Command, key: &str| {
        let mut typed = command.args(["keys", "recover", "copy", key]).stdin(Stdio::piped()).spawn().unwrap();
        typed.stdin.take().unwrap().write_all(format!("  {private}\n").as_bytes()).unwrap();
        typed.wait().unwrap().code()
    };
    assert_eq!(recover(&mut office.command(free_address()), "key"), Some(1), "there is a key file");
    assert_eq!(recover(&mut command, "back"), Some(0));
    assert_eq!(fs::read(file("back")).unwrap(), fs::read(file("key")).unwrap());
}

#[test]
fn the_checkpoints_of_a_log_in_json_are_held_against_the_record() {
    let office = Installation::on_sqlite();
    office.set_up();
    let (address, log) = (free_address(), office.path().join("log"));
    {
        let mut command = office.command(address);
        command.env("CHANCERY_LOG", "json").stderr(File::create(&log).unwrap());
        let _serving = Installation::served(&mut command, address);
        let token = sign_in(address, CHIEF);
        let (_, visit) = ask(address, "POST", "/api/v1/visits", Some(&token), Some(&a_sealed_visit())).unwrap();
        let tasks = format!("/api/v1/visits/{}/tasks", visit["id"].as_str().unwrap());
        for _ in 0..100 {
            let task = json!({ "words": "Order the flags", "due_on": "2027-03-01" });
            assert_eq!(ask(address, "POST", &tasks, Some(&token), Some(&task)).unwrap().0, 201);
        }
    }
    let text = fs::read_to_string(&log).unwrap();
    let (number, line) = (1..).zip(text.lines()).find(|(_, line)| line.contains("chancery-checkpoint-")).unwrap();
    assert!(number > 1 && serde_json::from_str::<Value>(line).is_ok(), "one JSON line among others: {line}");
    let verify = |lines: &str| {
        fs::write(office.path().join("kept"), lines).unwrap();
        ["verify-audit", "--checkpoints", "kept"]
    };
    // The one that is kept beside the record, and that of the log.
    assert!(office.done(&verify(&text)).contains(" 2 checkpoints, "));
    // What keeps logs may put each line into an object of its own; a line alone, as in a letter, is read as before.
    let kept = json!({ "log": line, "stream": "stderr" }).to_string();
    let said = serde_json::from_str::<Value>(line).unwrap()["fields"]["checkpoint"].as_str().unwrap().to_owned();
    assert!(office.done(&verify(&format!("{kept}\n{said}\nother\n"))).contains(" 3 checkpoints, "));
    // A line that is none is told by its number.
    let cut = line.replace("sequence=", "number=");
    let (code, said_of_bad) = office.refused(&verify(&format!("{line}\n{cut}\n{{}}\n{}\n", said.replace("hash=", ""))));
    assert!(code == Some(2) && said_of_bad.contains("by line of the file: 2, 4"), "{said_of_bad}");
    // So is one that was changed.
    let (code, said_of_changed) = office.refused(&verify(&format!("x\n{}\n", line.replace("sequence=100", "sequence=99"))));
    assert!(code == Some(1) && said_of_changed.contains("line 2"), "{said_of_changed}");
}
