//! The `chancery` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(server::commands::run())
}
