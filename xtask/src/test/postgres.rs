//! A PostgreSQL for the tests, made for them and thrown away.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    console,
    demo_server::free_address,
    error::Error,
    process,
    requirements::{self, Provided},
};

/// How long a new cluster may take to answer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running cluster; it ends, and its files go, when this is dropped.
#[derive(Debug)]
pub(super) struct Cluster {
    server: Child,
    programs: PathBuf,
    owner: Option<Owner>,
    address: SocketAddr,
    folder: TempDir,
}

/// The system's account that runs PostgreSQL when this runs as root, whom it refuses to serve.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Cluster {
    /// Makes a cluster in a temporary folder and waits until it answers on a free port of this machine.
    ///
    /// # Errors
    /// When PostgreSQL is missing and may not be installed, or does not start.
    pub(super) fn start() -> Result<Self, Error> {
        let started = Instant::now();
        let programs = Provided { what: "PostgreSQL's server (`initdb`, `postgres`, `pg_ctl`, `pg_isready`)", packages: &["postgresql"] }
            .find_or_install(find_programs)?;
        let folder = tempfile::Builder::new()
            .prefix("chancery-postgres-")
            .tempdir()
            .map_err(|source| Error::System { what: "a temporary folder", source })?;
        let owner = Owner::if_root()?;
        if let Some(owner) = owner {
            owner.take(folder.path())?;
        }
        let data = folder.path().join("data");
        let log_path = folder.path().join("log");
        let log = || File::options().append(true).create(true).open(&log_path).map_err(Error::file("write", &log_path));
        let mut initdb = command(&programs, "initdb", owner, folder.path());
        initdb.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]).stdout(log()?);
        process::run(&mut initdb)?;
        let address = free_address()?;
        let mut postgres = command(&programs, "postgres", owner, folder.path());
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-h", "127.0.0.1", "-p"]).arg(address.port().to_string());
        // What is thrown away need not survive a power cut.
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"] {
            postgres.args(["-c", setting]);
        }
        let server = postgres.stdin(Stdio::null()).stdout(log()?).stderr(log()?).spawn().map_err(process::not_started(&postgres))?;
        let mut cluster = Self { server, programs, owner, address, folder };
        cluster.wait_until_ready(&log_path)?;
        console::say(&format!("A PostgreSQL for the tests answers at {} ({:.1} s)", cluster.url(), started.elapsed().as_secs_f64()));
        Ok(cluster)
    }

    /// The URL of its superuser, who needs no password.
    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres", self.address)
    }

    fn wait_until_ready(&mut self, log: &Path) -> Result<(), Error> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let mut ask = command(&self.programs, "pg_isready", self.owner, self.folder.path());
            ask.args(["--quiet", "-h", "127.0.0.1", "-p"]).arg(self.address.port().to_string());
            if process::run(&mut ask).is_ok() {
                return Ok(());
            }
            if self.server.try_wait().map_err(|source| Error::System { what: "news of PostgreSQL", source })?.is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Error::NeverReady {
            what: "PostgreSQL",
            seconds: started.elapsed().as_secs(),
            wrote: fs::read_to_string(log).unwrap_or_default(),
        })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = command(&self.programs, "pg_ctl", self.owner, self.folder.path());
        stop.arg("-D").arg(self.folder.path().join("data")).args(["-m", "immediate", "stop"]).stdout(Stdio::null()).stderr(Stdio::null());
        if process::run(&mut stop).is_err() {
            self.server.kill().unwrap_or_default();
        }
        // Its shared memory is gone only when it is.
        self.server.wait().map(drop).unwrap_or_default();
    }
}

impl Owner {
    /// The account `postgres`, when this runs as root.
    fn if_root() -> Result<Option<Self>, Error> {
        if !requirements::is_root() {
            return Ok(None);
        }
        let id = |which: &str| -> Result<u32, Error> {
            process::read(Command::new("id").args([which, "postgres"]))?.parse().map_err(|_| Error::Missing {
                what: "The system's account `postgres`",
                remedy: "PostgreSQL refuses to run as root: make the account, or run the tests as another user.".to_owned(),
            })
        };
        Ok(Some(Self { user: id("-u")?, group: id("-g")? }))
    }

    /// Gives a folder to this account.
    #[cfg(unix)]
    fn take(self, folder: &Path) -> Result<(), Error> {
        std::os::unix::fs::chown(folder, Some(self.user), Some(self.group)).map_err(Error::file("give away", folder))
    }

    #[cfg(not(unix))]
    fn take(self, _: &Path) -> Result<(), Error> {
        Ok(())
    }

    /// Has this account run a program.
    #[cfg(unix)]
    fn run(self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        command.uid(self.user).gid(self.group);
    }

    #[cfg(not(unix))]
    fn run(self, _: &mut Command) {}
}

/// The folder of PostgreSQL's programs: the one named by `PG_BIN`, the one on PATH, or Debian's newest; it must hold all that
/// are used here.
fn find_programs() -> Option<PathBuf> {
    let named = std::env::var_os("PG_BIN").map(PathBuf::from);
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let is_whole = |folder: &PathBuf| ["initdb", "postgres", "pg_ctl", "pg_isready"].iter().all(|name| folder.join(name).is_file());
    named.into_iter().chain(on_path).chain(debians_newest_first()).find(is_whole)
}

fn debians_newest_first() -> Vec<PathBuf> {
    let Ok(versions) = fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut versions: Vec<(u32, PathBuf)> =
        versions.flatten().filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))).collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

/// One of PostgreSQL's programs, in a folder its account may enter.
fn command(programs: &Path, name: &str, owner: Option<Owner>, folder: &Path) -> Command {
    let mut command = Command::new(programs.join(name));
    command.current_dir(folder);
    if let Some(owner) = owner {
        owner.run(&mut command);
    }
    command
}
