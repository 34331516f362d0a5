//! What was answered “done” is there after the process was killed (`kill -9`), and the record verifies. What is in flight when it
//! is told to stop (SIGTERM) is answered before it ends.

#[path = "support/process.rs"]
mod process;

use process::{CHIEF, Installation, PATIENCE, ask, free_address, sign_in};
use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How many writes are answered in all.
const WRITES: usize = 1_000;

/// How many are answered before the process is killed, each time.
const BETWEEN_DEATHS: usize = 250;

/// How many write at once.
const WRITERS: usize = 4;

/// A request of which the body is awaited: its head is sent, and the server has asked for the rest (RFC 9110, 10.1.1).
fn begin(address: SocketAddr, token: &str, length: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = format!(
        "POST /api/v1/visits HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let expected = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut go_on = vec![0; expected.len()];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(go_on, expected, "{}", String::from_utf8_lossy(&go_on));
    stream
}

/// Opens the stream of a page, and waits until it has begun.
fn follow(address: SocketAddr, token: &str, page: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = format!(
        "GET /live?page={page} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\nAccept-Encoding: gzip, br\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut begun = Vec::new();
    while !begun.ends_with(b"data: changed\n\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        begun.extend(byte);
    }
    let begun = String::from_utf8(begun).unwrap();
    assert!(begun.starts_with("HTTP/1.1 200 "), "{begun}");
    assert!(!begun.to_lowercase().contains("content-encoding"), "what is compressed is held back: {begun}");
    stream
}

fn a_visit() -> Value {
    json!({
        "category": "working", "title": "A minister", "starts_on": "2027-03-10", "ends_on": "2027-03-12",
        "capital_zone": "Asia/Ho_Chi_Minh",
    })
}

/// Makes visits until told to stop or until the server dies; the identifiers of those that were answered “made”.
fn write(address: SocketAddr, token: &str, stop: &AtomicBool, answered: &std::sync::mpsc::Sender<String>) {
    while !stop.load(Ordering::Relaxed) {
        match ask(address, "POST", "/api/v1/visits", Some(token), Some(&a_visit())) {
            // An answer that was cut off was not given.
            Some((201, made)) => match made["id"].as_str() {
                Some(id) => answered.send(id.to_owned()).unwrap(),
                None => return,
            },
            Some((status, problem)) => panic!("{status}: {problem}"),
            None => return,
        }
    }
}

#[test]
fn what_was_answered_done_outlives_a_killed_process() {
    let (installation, address) = (Installation::on_sqlite(), free_address());
    installation.set_up();
    let mut made: Vec<String> = Vec::new();
    let mut token = None;
    while made.len() < WRITES {
        let mut process = installation.serve(address);
        // A session is a write too: it outlives the process that opened it.
        let token = token.get_or_insert_with(|| sign_in(address, CHIEF)).clone();
        let stop = Arc::new(AtomicBool::new(false));
        let (answered, answers) = std::sync::mpsc::channel();
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (token, stop, answered) = (token.clone(), Arc::clone(&stop), answered.clone());
                thread::spawn(move || write(address, &token, &stop, &answered))
            })
            .collect();
        drop(answered);
        made.extend(answers.iter().take(BETWEEN_DEATHS));
        // SIGKILL, in the middle of what the writers have under way.
        process.kill();
        stop.store(true, Ordering::Relaxed);
        made.extend(answers.iter());
        writers.into_iter().for_each(|writer| writer.join().unwrap());
    }
    let mut process = installation.serve(address);
    for visit in &made {
        let (status, _) = ask(address, "GET", &format!("/api/v1/visits/{visit}"), token.as_deref(), None).unwrap();
        assert_eq!(status, 200, "visit {visit} was answered “made” and is not there");
    }
    process.kill();
    let verified = installation.done(&["verify-audit"]);
    assert!(verified.contains("entries"), "{verified}");
}

#[test]
fn pages_that_are_open_do_not_hold_up_a_process_that_is_told_to_stop() {
    let (installation, address) = (Installation::on_sqlite(), free_address());
    installation.set_up();
    let mut process = installation.serve(address);
    let token = sign_in(address, CHIEF);
    let mut open: Vec<TcpStream> = ["/", "/visits", "/rooms"].iter().map(|page| follow(address, &token, page)).collect();
    let told = Command::new("kill").args(["-TERM", &process.0.id().to_string()]).status().unwrap();
    assert!(told.success());
    let since = Instant::now();
    assert!(process.0.wait().unwrap().success());
    assert!(since.elapsed() < Duration::from_secs(10), "it waited for pages that are only open: {:?}", since.elapsed());
    for stream in &mut open {
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("0\r\n\r\n"), "a stream was cut off: {rest}");
    }
}

#[test]
fn a_request_in_flight_is_finished_before_a_process_ends_that_is_told_to_stop() {
    let (installation, address) = (Installation::on_sqlite(), free_address());
    installation.set_up();
    let mut process = installation.serve(address);
    let token = sign_in(address, CHIEF);
    let body = a_visit().to_string();
    let (first, rest) = body.as_bytes().split_at(body.len() / 2);
    let mut in_flight = begin(address, &token, body.len());
    in_flight.write_all(first).unwrap();
    let told = Command::new("kill").args(["-TERM", &process.0.id().to_string()]).status().unwrap();
    assert!(told.success());
    let since = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(since.elapsed() < PATIENCE, "it goes on taking requests");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(process.0.try_wait().unwrap().is_none(), "it ended with a request in flight");
    in_flight.write_all(rest).unwrap();
    let mut answer = String::new();
    in_flight.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(process.0.wait().unwrap().success());
    let (_, made) = answer.split_once("\r\n\r\n").unwrap();
    let made: Value = serde_json::from_str(made).unwrap();
    let mut process = installation.serve(address);
    let there = ask(address, "GET", &format!("/api/v1/visits/{}", made["id"].as_str().unwrap()), Some(&token), None);
    process.kill();
    assert!(matches!(there, Some((200, _))), "{there:?}");
}
