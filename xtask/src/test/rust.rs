//! What cargo itself checks.

use super::postgres;
use crate::{bundle::SELECTION, console, error::Error, process, requirements};

/// The tests' PostgreSQL: a superuser's URL of a cluster they may do anything to.
const POSTGRES: &str = "CHANCERY_TEST_POSTGRES";

/// Every file is as rustfmt would write it.
pub(super) fn format() -> Result<(), Error> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
}

/// What tests and benchmarks may do and the program may not: end at once when something they stand on is not there.
const ALLOWED_IN_TESTS: [&str; 14] = [
    "-A",
    "clippy::unwrap_used",
    "-A",
    "clippy::expect_used",
    "-A",
    "clippy::panic",
    "-A",
    "clippy::disallowed_methods",
    "-A",
    "missing_docs",
    "-A",
    "clippy::allow_attributes",
    "-A",
    "unreachable_pub",
];

/// No lint speaks on this machine's target.
pub(super) fn clippy() -> Result<(), Error> {
    process::run(process::cargo().args(["clippy", "--workspace", "--", "-D", "warnings"]))?;
    process::run(process::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).args(ALLOWED_IN_TESTS))
}

/// No lint speaks on the browser's half.
pub(super) fn clippy_browser() -> Result<(), Error> {
    requirements::wasm_target()?;
    process::run(process::cargo().arg("clippy").args(SELECTION).args(["--", "-D", "warnings"]))
}

/// All tests, on SQLite and on the PostgreSQL that `CHANCERY_TEST_POSTGRES` names, or else on one made for them.
pub(super) fn tests() -> Result<(), Error> {
    let mut tests = process::cargo();
    if process::version("cargo-nextest").is_some() {
        tests.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        console::say("cargo-nextest is not on PATH: cargo test runs the same tests, more slowly");
        tests.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    if std::env::var_os(POSTGRES).is_some() {
        return process::run(&mut tests);
    }
    let cluster = postgres::Cluster::start()?;
    process::run(tests.env(POSTGRES, cluster.url()))
}

/// Examples in documentation run, and its links lead somewhere.
pub(super) fn documentation() -> Result<(), Error> {
    process::run(process::cargo().args(["test", "--workspace", "--doc"]))?;
    process::run(process::cargo().env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--workspace", "--no-deps", "--document-private-items"]))
}
