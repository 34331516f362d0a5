//! Everything that can go wrong here, in words that say what to do.

use std::{io, path::PathBuf, process::ExitStatus};

use thiserror::Error;

use crate::arguments::{ArgumentError, USAGE};

/// Why a task did not get done.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The command line made no sense.
    #[error("{0}\n\n{USAGE}")]
    WrongUse(#[source] ArgumentError),
    /// The binary was started by itself rather than by cargo.
    #[error("start this as `cargo xtask …`: cargo says which toolchain and which workspace to use")]
    NotUnderCargo,
    /// The machine lacks something that may not or cannot be installed from here.
    #[error("{what} is missing. {remedy}")]
    Missing {
        /// The thing, as its users call it.
        what: &'static str,
        /// How to get it: a full sentence.
        remedy: String,
    },
    /// A program is there but too old.
    #[error("{what} is {found}, and {needed} or newer is needed")]
    TooOld {
        /// The program.
        what: &'static str,
        /// What it answered when asked for its version.
        found: String,
        /// The oldest version that works.
        needed: &'static str,
    },
    /// A program could not be started at all.
    #[error("`{program}` could not be started")]
    NotStarted {
        /// The program's name or path.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program ran and reported failure.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A file or folder could not be read or written.
    #[error("could not {doing} {}", path.display())]
    File {
        /// What was being done, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No free port, or no thread, or no time could be had from the system.
    #[error("the system refused {what}")]
    System {
        /// What was asked for.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The compiled browser's half could not be turned into its bundle.
    #[error("wasm-bindgen could not read {}", input.display())]
    Bindgen {
        /// The compiled module.
        input: PathBuf,
        /// What wasm-bindgen said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A style sheet is wrong.
    #[error("{place}: {reason}")]
    Style {
        /// File, line and column.
        place: String,
        /// What lightningcss said.
        reason: String,
    },
    /// A server that was started for a check never became ready.
    #[error("{what} was not ready after {seconds} s; it wrote:\n{wrote}")]
    NeverReady {
        /// The server.
        what: &'static str,
        /// How long it was given.
        seconds: u64,
        /// Its log.
        wrote: String,
    },
    /// The browser's half reaches something that belongs to the server.
    #[error("the browser's half depends on {}: see `cargo tree -p app --no-default-features --features hydrate -i {}`", .0.join(", "), .0.join(" -i "))]
    ForbiddenDependencies(Vec<String>),
    /// The browser's tree was read, but it is not the tree of this product.
    #[error("the browser's dependency tree does not even hold `{0}`: it was not read rightly")]
    ImplausibleTree(&'static str),
    /// A folder of checks holds none.
    #[error("{} holds no check", .0.display())]
    NoChecks(PathBuf),
    /// The server panicked while it was being checked.
    #[error("the server panicked: its log is above")]
    ServerPanicked,
    /// Some checks of one step failed; each said why.
    #[error("failed: {}", .0.join(", "))]
    ChecksFailed(Vec<String>),
}

impl Error {
    /// Names what was being done to which file when the system refused.
    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { doing, path, source }
    }
}
