//! What was answered “done” is there after the process was killed (`kill -9`), and the record verifies. What is in flight when it
//! is told to stop (SIGTERM) is answered before it ends.

use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How many writes are answered in all.
const WRITES: usize = 1_000;

/// How many are answered before the process is killed, each time.
const BETWEEN_DEATHS: usize = 250;

/// How many write at once.
const WRITERS: usize = 4;

/// How long a process may take to answer after its start.
const PATIENCE: Duration = Duration::from_secs(60);

fn chancery(folder: &Path, address: SocketAddr) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command
        .env_clear()
        .env("DATABASE_URL", format!("sqlite:{}", folder.join("data/chancery.db").display()))
        .env("CHANCERY_KEY_FILE", folder.join("key"))
        .env("CHANCERY_ADDR", address.to_string())
        .env("CHANCERY_PUBLIC_URL", format!("http://{address}"))
        .env("LEPTOS_SITE_ROOT", folder.join("site"))
        .env("CHANCERY_LIMITS__API__AT_ONCE", "1000000")
        .env("CHANCERY_LIMITS__API__PER_MINUTE", "1000000")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn done(folder: &Path, address: SocketAddr, arguments: &[&str]) -> String {
    let output = chancery(folder, address).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn set_up(folder: &Path, address: SocketAddr) {
    std::fs::create_dir_all(folder.join("site/pkg")).unwrap();
    std::fs::write(folder.join("password"), "a long enough password").unwrap();
    done(folder, address, &["keys", "make", "key"]);
    let office = ["--host", "City", "--name", "Office", "--zone", "America/Los_Angeles", "--place", "Los Angeles", "--country", "US"];
    done(folder, address, &[&["office", "set-up"], &office[..]].concat());
    let chief = ["--email", "chief@city.example", "--name", "Chief", "--role", "chief_of_protocol", "--ceiling", "RED"];
    done(folder, address, &[&["account", "add"], &chief[..], &["--password-file", "password"]].concat());
}

/// One request on a connection of its own (HTTP/1.1, RFC 9112): its status and JSON; nothing when the connection broke.
fn ask(address: SocketAddr, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{token}Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, rest) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(rest).unwrap_or(Value::Null)))
}

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

fn serve(folder: &Path, address: SocketAddr) -> Child {
    let process = chancery(folder, address).arg("serve").spawn().unwrap();
    let started = Instant::now();
    while !matches!(ask(address, "GET", "/readyz", None, None), Some((200, _))) {
        assert!(started.elapsed() < PATIENCE, "the server was never ready");
        thread::sleep(Duration::from_millis(20));
    }
    process
}

fn sign_in(address: SocketAddr) -> String {
    let credentials = json!({ "email": "chief@city.example", "password": "a long enough password" });
    let (status, opened) = ask(address, "POST", "/api/v1/session", None, Some(&credentials)).unwrap();
    assert_eq!(status, 201, "{opened}");
    opened["token"].as_str().unwrap().to_owned()
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
    let folder = TempDir::new().unwrap();
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap();
    set_up(folder.path(), address);
    let mut made: Vec<String> = Vec::new();
    let mut token = None;
    while made.len() < WRITES {
        let mut process = serve(folder.path(), address);
        // A session is a write too: it outlives the process that opened it.
        let token = token.get_or_insert_with(|| sign_in(address)).clone();
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
        process.kill().unwrap();
        process.wait().unwrap();
        stop.store(true, Ordering::Relaxed);
        made.extend(answers.iter());
        writers.into_iter().for_each(|writer| writer.join().unwrap());
    }
    let mut process = serve(folder.path(), address);
    for visit in &made {
        let (status, _) = ask(address, "GET", &format!("/api/v1/visits/{visit}"), token.as_deref(), None).unwrap();
        assert_eq!(status, 200, "visit {visit} was answered “made” and is not there");
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let verified = done(folder.path(), address, &["verify-audit"]);
    assert!(verified.contains("entries"), "{verified}");
}

#[test]
fn a_request_in_flight_is_finished_before_a_process_ends_that_is_told_to_stop() {
    let folder = TempDir::new().unwrap();
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap();
    set_up(folder.path(), address);
    let mut process = serve(folder.path(), address);
    let token = sign_in(address);
    let body = a_visit().to_string();
    let (first, rest) = body.as_bytes().split_at(body.len() / 2);
    let mut in_flight = begin(address, &token, body.len());
    in_flight.write_all(first).unwrap();
    let told = Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap();
    assert!(told.success());
    let since = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(since.elapsed() < PATIENCE, "it goes on taking requests");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(process.try_wait().unwrap().is_none(), "it ended with a request in flight");
    in_flight.write_all(rest).unwrap();
    let mut answer = String::new();
    in_flight.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(process.wait().unwrap().success());
    let (_, made) = answer.split_once("\r\n\r\n").unwrap();
    let made: Value = serde_json::from_str(made).unwrap();
    let mut process = serve(folder.path(), address);
    let there = ask(address, "GET", &format!("/api/v1/visits/{}", made["id"].as_str().unwrap()), Some(&token), None);
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(matches!(there, Some((200, _))), "{there:?}");
}
