//! The `chancery` command.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(server::commands::run())
}
