//! A demo office for one check: fresh, alone, on a port of its own.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{bundle::Flavour, error::Error, process, serve, workspace::Workspace};

/// The demo's fixed now, the same as the browser tests': a Tuesday morning, 10:00 in Los Angeles (RFC 3339).
const NOW: &str = "2026-11-24T18:00:00Z";

/// Requests to the API that one requester may make, at once and a minute.
const UNHINDERED: &str = "1000000";

/// How long a server may take to lay out its demo office on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running demo office; it ends, and its files go, when this is dropped.
#[derive(Debug)]
pub(crate) struct DemoServer {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl DemoServer {
    /// Starts a server of this flavour and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started, or is not ready in two minutes.
    pub(crate) fn start(workspace: &Workspace, flavour: Flavour) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(|source| Error::System { what: "a temporary folder", source })?;
        let key = folder.path().join("key");
        serve::make_key(&flavour.server(workspace), &key)?;
        let log_path = folder.path().join("log");
        let log = File::create(&log_path).map_err(Error::file("write", &log_path))?;
        let errors = log.try_clone().map_err(Error::file("write", &log_path))?;
        let address = free_address()?;
        let mut command = serve::server(workspace, flavour);
        command
            .arg("serve")
            .env("CHANCERY_DEMO", "1")
            .env("CHANCERY_ADDR", address.to_string())
            .env("CHANCERY_PUBLIC_URL", format!("http://{address}"))
            .env("CHANCERY_KEY_FILE", key)
            .env("CHANCERY_CLOCK", NOW)
            // What drives a server asks it faster than any requester may.
            .env("CHANCERY_LIMITS__API__AT_ONCE", UNHINDERED)
            .env("CHANCERY_LIMITS__API__PER_MINUTE", UNHINDERED)
            .env("DATABASE_URL", format!("sqlite:{}", folder.path().join("data").join("chancery.db").display()))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors);
        let child = command.spawn().map_err(process::not_started(&command))?;
        let mut server = Self { child, address, folder };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// The URL of its root, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it has written so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn wait_until_ready(&mut self) -> Result<(), Error> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if is_ready(self.address) {
                return Ok(());
            }
            let ended = self.child.try_wait().map_err(|source| Error::System { what: "news of the server", source })?;
            if ended.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(Error::NeverReady { what: "the demo server", seconds: started.elapsed().as_secs(), wrote: self.log() })
    }
}

impl Drop for DemoServer {
    fn drop(&mut self) {
        // It may have ended by itself; its files are thrown away either way.
        self.child.kill().and_then(|()| self.child.wait().map(drop)).unwrap_or_default();
    }
}

/// An address of this machine where nobody listens.
///
/// # Errors
/// When the system gives none.
pub(crate) fn free_address() -> Result<SocketAddr, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|source| Error::System { what: "a free port", source })
}

/// Whether `GET /readyz` is answered with 200 (HTTP/1.1, RFC 9112).
fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
