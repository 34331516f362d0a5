//! The checks by name, in the order they run: the quick ones first.

use super::{browser, deny, dependencies, python, rust};
use crate::{error::Error, workspace::Workspace};

/// One check of `cargo xtask test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepName {
    /// rustfmt.
    Format,
    /// The browser's tree of dependencies.
    Dependencies,
    /// cargo-deny.
    Deny,
    /// Clippy on this machine's target.
    Clippy,
    /// Clippy on the browser's half.
    ClippyBrowser,
    /// All tests in Rust.
    Rust,
    /// The examples in documentation.
    Documentation,
    /// The journeys, on the release bundle.
    Browser,
    /// Some of them on the development bundle.
    Development,
    /// What other people's programs make of this one.
    Python,
}

impl StepName {
    /// Every check, in order.
    pub(crate) const ALL: [Self; 10] = [
        Self::Format,
        Self::Dependencies,
        Self::Deny,
        Self::Clippy,
        Self::ClippyBrowser,
        Self::Rust,
        Self::Documentation,
        Self::Browser,
        Self::Development,
        Self::Python,
    ];

    /// The word after `--only`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Dependencies => "dependencies",
            Self::Deny => "deny",
            Self::Clippy => "clippy",
            Self::ClippyBrowser => "clippy-browser",
            Self::Rust => "rust",
            Self::Documentation => "documentation",
            Self::Browser => "browser",
            Self::Development => "development",
            Self::Python => "python",
        }
    }

    /// The check of this word.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// What it holds true.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Format => "every file is formatted",
            Self::Dependencies => "the browser's half holds nothing of the server's",
            Self::Deny => "licences, bans and sources of every dependency (cargo-deny, deny.toml)",
            Self::Clippy => "lints, all targets",
            Self::ClippyBrowser => "lints of the browser's half",
            Self::Rust => "tests in Rust, on SQLite and on a PostgreSQL made for them",
            Self::Documentation => "documentation: its examples run and its links lead somewhere",
            Self::Browser => "journeys in a browser, with and without scripts, on the release bundle",
            Self::Development => "some of the journeys on the development bundle",
            Self::Python => "the API and the feeds, read by programs that are not ours (end2end/python)",
        }
    }

    /// Checks it.
    pub(super) fn perform(self, workspace: &Workspace) -> Result<(), Error> {
        match self {
            Self::Format => rust::format(),
            Self::Dependencies => dependencies::check(),
            Self::Deny => deny::check(workspace),
            Self::Clippy => rust::clippy(),
            Self::ClippyBrowser => rust::clippy_browser(),
            Self::Rust => rust::tests(),
            Self::Documentation => rust::documentation(),
            Self::Browser => browser::journeys(workspace),
            Self::Development => browser::development_journeys(workspace),
            Self::Python => python::checks(workspace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_is_found_by_its_word() {
        for name in StepName::ALL {
            assert_eq!(StepName::from_word(name.word()), Some(name));
        }
    }
}
