//! Words for whoever sits before the terminal, or reads the record of a CI run.

use std::{
    error::Error,
    io::{self, Write},
};

/// Writes a line. A closed terminal is no reason to stop building.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).unwrap_or_default();
}

/// Writes an error with everything beneath it.
pub(crate) fn complain(error: &dyn Error) {
    let mut out = io::stderr().lock();
    let mut text = format!("error: {error}");
    let mut beneath = error.source();
    while let Some(cause) = beneath {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str("\n  because: ");
            text.push_str(&cause_text);
        }
        beneath = cause.source();
    }
    writeln!(out, "{text}").unwrap_or_default();
}
