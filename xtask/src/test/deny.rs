//! cargo-deny: what may be depended on, under which licence, from where.

use std::{ffi::OsString, process::Command};

use crate::{console, error::Error, process, workspace::Workspace};

/// The version built when the machine has none.
const VERSION: &str = "0.20.2";

/// Checks licences, bans and sources. Advisories are left out: their database is cloned from a host that a CI machine may
/// not reach.
pub(super) fn check(workspace: &Workspace) -> Result<(), Error> {
    let program = program(workspace)?;
    process::run(Command::new(program).args(["--all-features", "check", "licenses", "bans", "sources"]))
}

/// cargo-deny of the machine if it is of the pinned version, else one built once into the target directory. Without the
/// optimiser that takes about a minute on two cores, and the check itself is over in a second anyway.
fn program(workspace: &Workspace) -> Result<OsString, Error> {
    let is_ours = |version: String| version.split_whitespace().nth(1) == Some(VERSION);
    let built = workspace.target("tools/bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    for candidate in [OsString::from("cargo-deny"), built.clone().into_os_string()] {
        if process::version(&candidate).is_some_and(is_ours) {
            return Ok(candidate);
        }
    }
    console::say(&format!("cargo-deny {VERSION} is not on PATH: building it once into {}", workspace.target("tools").display()));
    process::run(
        process::cargo()
            .args(["install", "cargo-deny", "--version", VERSION, "--locked", "--no-default-features", "--debug", "--quiet", "--force"])
            .arg("--root")
            .arg(workspace.target("tools"))
            .arg("--target-dir")
            .arg(workspace.target("tools/build"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_INCREMENTAL", "false"),
    )?;
    Ok(built.into_os_string())
}
