//! The program as it is installed: processes of its own over one database, and the people who ask them.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it, as a module of its own")]

use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long a process may take to answer after its start.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The chief of protocol, who is there from the first.
pub const CHIEF: &str = "chief@city.example";

/// How long an answer may take.
const ANSWERED_WITHIN: Duration = Duration::from_secs(60);

/// A database, a key, and a folder to run in.
pub struct Installation {
    folder: TempDir,
    database: String,
}

impl Installation {
    /// Over a file of its own.
    pub fn on_sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let database = format!("sqlite:{}", folder.path().join("data/chancery.db").display());
        Self { folder, database }
    }

    /// Over a database that is there.
    pub fn over(database: &str) -> Self {
        Self { folder: TempDir::new().unwrap(), database: database.to_owned() }
    }

    /// The folder it runs in.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program, with its settings.
    pub fn command(&self, address: SocketAddr) -> Command {
        let folder = self.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command
            .env_clear()
            .env("DATABASE_URL", &self.database)
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

    /// What a command says.
    pub fn done(&self, arguments: &[&str]) -> String {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let output = self.command(nowhere).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What a command that is not done says on standard error, and its code.
    pub fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let output = self.command(nowhere).args(arguments).stderr(Stdio::piped()).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Makes the office, and its chief of protocol.
    pub fn set_up(&self) {
        std::fs::create_dir_all(self.path().join("site/pkg")).unwrap();
        std::fs::write(self.path().join("password"), "a long enough password").unwrap();
        self.done(&["keys", "make", "key"]);
        let office = ["--host", "City", "--name", "Office", "--zone", "America/Los_Angeles", "--place", "Los Angeles", "--country", "US"];
        self.done(&[&["office", "set-up"], &office[..]].concat());
        self.account(CHIEF, "chief_of_protocol");
    }

    /// Adds somebody who may read all, by the command line.
    pub fn account(&self, email: &str, role: &str) {
        let who = ["--email", email, "--name", "Name", "--role", role, "--ceiling", "RED"];
        self.done(&[&["account", "add"], &who[..], &["--password-file", "password"]].concat());
    }

    /// A process that serves it, ready to answer.
    pub fn serve(&self, address: SocketAddr) -> Served {
        Self::served(&mut self.command(address), address)
    }

    /// The same by a command with more settings.
    pub fn served(command: &mut Command, address: SocketAddr) -> Served {
        let process = Served(command.arg("serve").spawn().unwrap());
        let started = Instant::now();
        while !matches!(ask(address, "GET", "/readyz", None, None), Some((200, _))) {
            assert!(started.elapsed() < PATIENCE, "the server was never ready");
            thread::sleep(Duration::from_millis(20));
        }
        process
    }
}

/// A process that serves; it ends with the test.
pub struct Served(pub Child);

impl Served {
    /// Ends it at once (SIGKILL).
    pub fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that ended already is no fault.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// An address that nothing listens at.
pub fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap()
}

/// Signs somebody in: a token.
pub fn sign_in(address: SocketAddr, email: &str) -> String {
    let credentials = json!({ "email": email, "password": "a long enough password" });
    let (status, opened) = ask(address, "POST", "/api/v1/session", None, Some(&credentials)).unwrap();
    assert_eq!(status, 201, "{opened}");
    opened["token"].as_str().unwrap().to_owned()
}

/// One request on a connection of its own: its status and JSON; nothing when the connection broke.
pub fn ask(address: SocketAddr, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> Option<(u16, Value)> {
    Line::open(address)?.ask(method, path, token, body)
}

/// A connection on which one request follows another (HTTP/1.1, RFC 9112).
pub struct Line {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

impl Line {
    /// Opens it.
    pub fn open(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(ANSWERED_WITHIN)).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Self { address, stream: BufReader::new(stream) })
    }

    /// A request: its status and JSON; nothing when the connection broke.
    pub fn ask(&mut self, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> Option<(u16, Value)> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let (address, length) = (self.address, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{token}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes()).ok()?;
        let status = self.head_line()?.split(' ').nth(1)?.parse().ok()?;
        let mut length = None;
        loop {
            let line = self.head_line()?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse().ok()?);
            }
        }
        let body = match length {
            Some(length) => {
                let mut body = vec![0; length];
                self.stream.read_exact(&mut body).ok()?;
                body
            }
            None => Vec::new(),
        };
        Some((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }

    fn head_line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    }
}
