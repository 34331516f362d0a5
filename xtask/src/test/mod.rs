//! `cargo xtask test`: everything that must hold before a change is kept.

mod ahead;
mod browser;
mod deny;
mod dependencies;
mod postgres;
mod python;
mod rust;
mod steps;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

pub(crate) use browser::scroll;
pub(crate) use rust::race;
pub(crate) use steps::StepName;

use crate::{console, error::Error, workspace::Workspace};
use ahead::BundleAhead;

/// Names the checks, one in a line.
pub(crate) fn list() {
    for name in StepName::ALL {
        console::say(&format!("{:15} {}", name.word(), name.meaning()));
    }
}

/// Runs the named checks, or all, each whether or not those before it held, and says in the last line how many passed.
///
/// # Errors
/// When the bundle that the journeys need cannot be built ahead; what a check finds is said as it is found, and is no error here.
pub(crate) fn run(workspace: &Workspace, only: &[StepName]) -> Result<ExitCode, Error> {
    let mut outcomes: Vec<(StepName, bool, Duration)> = Vec::new();
    let mut ahead = if only.is_empty() { Some(BundleAhead::start(workspace)?) } else { None };
    for name in StepName::ALL.into_iter().filter(|name| only.is_empty() || only.contains(name)) {
        console::say(&format!("\n== {}: {}", name.word(), name.meaning()));
        let started = Instant::now();
        if name == StepName::Browser
            && let Some(bundle) = ahead.take()
        {
            bundle.finish()?;
        }
        let result = name.perform(workspace);
        let took = started.elapsed();
        if let Err(error) = &result {
            console::complain(error);
        }
        let outcome = if result.is_ok() { "passed" } else { "FAILED" };
        console::say(&format!("== {}: {outcome} in {:.1} s", name.word(), took.as_secs_f64()));
        outcomes.push((name, result.is_ok(), took));
    }
    console::say("");
    for (name, passed, took) in &outcomes {
        console::say(&format!("{} {:15} {:7.1} s", if *passed { "passed" } else { "FAILED" }, name.word(), took.as_secs_f64()));
    }
    let passed = outcomes.iter().filter(|(_, passed, _)| *passed).count();
    let failed = outcomes.len() - passed;
    console::say(&format!("{passed} passed, {failed} failed"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
