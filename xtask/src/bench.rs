//! `cargo xtask bench`: the measurements behind the speeds the documents name.

use crate::{error::Error, process, workspace::Workspace};

/// Runs every benchmark of the workspace, or the one of this name.
///
/// # Errors
/// When one does not build or fails, or none has that name.
pub(crate) fn run(_: &Workspace, name: Option<&str>) -> Result<(), Error> {
    // A pattern chooses benchmarks alone: the test harness of the libraries would not understand criterion's options.
    process::run(process::cargo().args(["bench", "--workspace", "--bench", name.unwrap_or("*")]))
}
