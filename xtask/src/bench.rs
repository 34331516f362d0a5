//! `cargo xtask bench`: the measurements behind the speeds the documents name.

use crate::{error::Error, process, test, workspace::Workspace};

/// The name of what is no measurement but is run as they are: the race of the tests, more often.
const RACE: &str = "race";

/// The name of what is measured in a browser: how smoothly a long board is scrolled.
const SCROLL: &str = "scroll";

/// Runs every benchmark of the workspace, or the one of this name.
///
/// # Errors
/// When one does not build or fails, or none has that name.
pub(crate) fn run(workspace: &Workspace, name: Option<&str>) -> Result<(), Error> {
    match name {
        Some(RACE) => return test::race(),
        Some(SCROLL) => return test::scroll(workspace),
        _ => {}
    }
    // A pattern chooses benchmarks alone: the test harness of the libraries would not understand criterion's options.
    process::run(process::cargo().args(["bench", "--workspace", "--bench", name.unwrap_or("*")]))
}
