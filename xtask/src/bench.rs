//! `cargo xtask bench`: the measurements behind the speeds the documents name.

use crate::{error::Error, process, test, workspace::Workspace};

/// The name of what is no measurement but is run as they are: the race of the tests, more often.
const RACE: &str = "race";

/// Runs every benchmark of the workspace, or the one of this name.
///
/// # Errors
/// When one does not build or fails, or none has that name.
pub(crate) fn run(_: &Workspace, name: Option<&str>) -> Result<(), Error> {
    if name == Some(RACE) {
        return test::race();
    }
    // A pattern chooses benchmarks alone: the test harness of the libraries would not understand criterion's options.
    process::run(process::cargo().args(["bench", "--workspace", "--bench", name.unwrap_or("*")]))
}
