//! The release bundle, built while other checks run: for minutes it keeps one core busy and leaves the others idle.

use std::{
    env,
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{console, error::Error, process, requirements, workspace::Workspace};

/// A build of the release bundle that gives way to whatever else runs, and writes to a file what it has to say.
#[derive(Debug)]
pub(super) struct BundleAhead {
    child: Child,
    log: PathBuf,
}

impl BundleAhead {
    /// Begins it.
    ///
    /// # Errors
    /// When the WebAssembly target cannot be had, or the build cannot be started.
    pub(super) fn start(workspace: &Workspace) -> Result<Self, Error> {
        // Two builds that both miss it would both fetch it.
        requirements::wasm_target()?;
        let this = env::current_exe().map_err(Error::file("find", "the running binary"))?;
        let path = workspace.target_folder("xtask")?.join("bundle-ahead.log");
        let log = File::create(&path).map_err(Error::file("write", &path))?;
        let errors = log.try_clone().map_err(Error::file("write", &path))?;
        let mut command = gently(&this);
        command.args(["build", "--bundle", "--release"]).stdin(Stdio::null()).stdout(log).stderr(errors);
        let child = command.spawn().map_err(process::not_started(&command))?;
        console::say(&format!("The release bundle is built meanwhile; what is said of it is in {}", path.display()));
        Ok(Self { child, log: path })
    }

    /// Waits for its end. Whether it went well is for who builds the bundle next: that build does what is left to do and says what is
    /// wrong.
    ///
    /// # Errors
    /// When the system cannot tell how it ended.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.child.wait().map(|_| ()).map_err(Error::file("wait for what writes to", &self.log))
    }
}

/// A program that yields to others, where the system knows how.
fn gently(program: &Path) -> Command {
    if process::version("nice").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("nice");
    command.args(["-n", "15"]).arg(program);
    command
}
