//! What the machine must have, and how it is got: by rustup, apt-get, npm or pip where they may, else in words.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{bundle::TARGET, console, error::Error, process};

/// A program that Debian's packages provide.
#[derive(Debug)]
pub(crate) struct Provided {
    /// What it is, as the start of a sentence that ends in “is missing”.
    pub(crate) what: &'static str,
    /// Debian's packages that bring it.
    pub(crate) packages: &'static [&'static str],
}

impl Provided {
    /// Returns what `find` finds, after installing the packages if it finds nothing and this is root on Debian.
    ///
    /// # Errors
    /// When it is missing and may not be installed from here, or its installation brought nothing.
    pub(crate) fn find_or_install<T>(&self, find: impl Fn() -> Option<T>) -> Result<T, Error> {
        if let Some(found) = find() {
            return Ok(found);
        }
        let install = format!("apt-get install {}", self.packages.join(" "));
        let missing = |remedy: String| Error::Missing { what: self.what, remedy };
        if process::version("apt-get").is_none() {
            return Err(missing(format!("Install it so that it is on PATH (Debian: `{install}`).")));
        }
        if !is_root() {
            return Err(missing(format!("Run `sudo {install}`, or run this as root to have it done.")));
        }
        console::say(&format!("{} is missing: {install}", self.what));
        process::run(apt_get().arg("update"))?;
        process::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(self.packages))?;
        find().ok_or_else(|| missing(format!("`{install}` did not bring it; is there another apt source to add?")))
    }
}

/// Makes sure that pages can be compiled for the browser.
///
/// # Errors
/// When the target is not installed and rustup cannot add it.
pub(crate) fn wasm_target() -> Result<(), Error> {
    let sysroot = process::read(Command::new("rustc").args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    if process::version("rustup").is_none() {
        return Err(Error::Missing {
            what: "Rust's target wasm32-unknown-unknown",
            remedy: "Install it beside rustc, or install Rust by rustup (https://rustup.rs), which adds it from here.".to_owned(),
        });
    }
    process::run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Makes sure that Node.js and npm are there, new enough for the browser tests.
///
/// # Errors
/// When they are missing and may not be installed, or too old.
pub(crate) fn node() -> Result<(), Error> {
    const OLDEST: u32 = 20;
    let found = Provided { what: "Node.js with npm", packages: &["nodejs", "npm"] }
        .find_or_install(|| process::version("npm").and_then(|_| process::version("node")))?;
    let major = found.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_some_and(|major| major >= OLDEST) { Ok(()) } else { Err(Error::TooOld { what: "Node.js", found, needed: "20" }) }
}

/// Installs exactly what `package-lock.json` in this folder pins. No package's own script runs.
///
/// # Errors
/// When npm fails.
pub(crate) fn npm_ci(folder: &Path) -> Result<(), Error> {
    process::run(Command::new("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Whether this runs as root, who alone may install packages.
pub(crate) fn is_root() -> bool {
    cfg!(unix) && process::read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300", "--quiet=2"]);
    command
}
