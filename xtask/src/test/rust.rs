//! What cargo itself checks.

use std::{path::PathBuf, process::Command};

use super::postgres;
use crate::{bundle::SELECTION, console, error::Error, process, requirements, workspace::Workspace};

/// The tests' PostgreSQL: a superuser's URL of a cluster they may do anything to.
const POSTGRES: &str = "CHANCERY_TEST_POSTGRES";

/// What the tests are built of: all but this program, with which other crates would have other features than in the server
/// they go into. Whatever runs the server of the tests names the same, so that it is built once.
const TESTED: [&str; 2] = ["--workspace", "--exclude=xtask"];

/// Every file is as rustfmt would write it.
pub(super) fn format() -> Result<(), Error> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
}

/// No lint speaks on this machine's target.
pub(super) fn clippy() -> Result<(), Error> {
    process::run(process::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// No lint speaks on the browser's half.
pub(super) fn clippy_browser() -> Result<(), Error> {
    requirements::wasm_target()?;
    process::run(process::cargo().arg("clippy").args(SELECTION).args(["--", "-D", "warnings"]))
}

/// All tests, on SQLite and on the PostgreSQL that `CHANCERY_TEST_POSTGRES` names, or else on one made for them.
pub(super) fn tests() -> Result<(), Error> {
    process::run(runner(&["--package=xtask"]).arg("--no-fail-fast"))?;
    on_postgres(runner(&TESTED).arg("--no-fail-fast"))
}

/// Runs tests on the PostgreSQL that `CHANCERY_TEST_POSTGRES` names, or else on one made for them.
fn on_postgres(tests: &mut Command) -> Result<(), Error> {
    if std::env::var_os(POSTGRES).is_some() {
        return process::run(tests);
    }
    let cluster = postgres::Cluster::start()?;
    process::run(tests.env(POSTGRES, cluster.url()))
}

/// How often the race for a room and for a principal is run when it is run by itself; the tests run it twenty times.
const RACES: &str = "200";

/// The race of the tests, ten times as often: five hundred ask at once for one room, and for one principal, or take the room past
/// the rules.
pub(crate) fn race() -> Result<(), Error> {
    on_postgres(runner(&TESTED).args(["--test", "race", "--test", "rooms_race", "--no-fail-fast"]).env("CHANCERY_RACE_REPETITIONS", RACES))
}

/// The command that runs the tests of a selection.
fn runner(selection: &[&str]) -> Command {
    let mut tests = process::cargo();
    if process::version("cargo-nextest").is_some() {
        tests.args(["nextest", "run"]).args(selection);
    } else {
        console::say("cargo-nextest is not on PATH: cargo test runs the same tests, more slowly");
        tests.arg("test").args(selection).arg("--tests");
    }
    tests
}

/// Builds the server that journeys and other people's programs try: the one that the tests were built with.
pub(super) fn build_server() -> Result<(), Error> {
    process::run(process::cargo().arg("build").args(TESTED).args(["--tests", "--bin=chancery"]))
}

/// Builds the program that serves a large office, as it is shipped; returns where it lies.
pub(super) fn build_large_office(workspace: &Workspace) -> Result<PathBuf, Error> {
    process::run(process::cargo().args(["build", "--release"]).args(TESTED).args(["--example", "large_office"]))?;
    Ok(workspace.target("release/examples/large_office"))
}

/// Examples in documentation run, and its links lead somewhere.
pub(super) fn documentation() -> Result<(), Error> {
    process::run(process::cargo().arg("test").args(TESTED).arg("--doc"))?;
    process::run(process::cargo().env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--workspace", "--no-deps", "--document-private-items"]))
}
