//! What was typed after `cargo xtask`.

use thiserror::Error;

use crate::bundle::Flavour;
use crate::test::StepName;

/// The answer to `cargo xtask help`.
pub(crate) const USAGE: &str = "\
cargo xtask run                       build Chancery and serve its demo office at http://127.0.0.1:3000
cargo xtask build [--release] [--bundle]
                                      build the browser's half and the server (--bundle: the browser's half alone)
cargo xtask bench [NAME]              run the benchmarks, or the one of that name
cargo xtask test [--only STEP]...     run every check, or the named ones
cargo xtask test --list               name the checks";

/// One understood command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Invocation {
    /// Say what can be typed.
    Help,
    /// Build and serve the demo office.
    Run,
    /// Build without starting anything.
    Build {
        /// For development or for release.
        flavour: Flavour,
        /// Which halves.
        part: Part,
    },
    /// Run the benchmarks.
    Bench {
        /// The one benchmark to run; all of them without it.
        name: Option<String>,
    },
    /// Name the checks of `cargo xtask test`.
    ListSteps,
    /// Run the checks.
    Test {
        /// The checks to run, in their own order; all of them when empty.
        only: Vec<StepName>,
    },
}

/// Which half of Chancery to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The browser's half and the server.
    Everything,
    /// The browser's half alone.
    Bundle,
}

/// Why a command line was not understood.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum ArgumentError {
    /// The first word is no command.
    #[error("there is no command `{0}`")]
    UnknownCommand(String),
    /// A later word means nothing to the command.
    #[error("`{command}` does not know `{given}`")]
    UnknownArgument {
        /// The command.
        command: &'static str,
        /// The word.
        given: String,
    },
    /// `--only` stands last.
    #[error("`--only` needs the name of a check (`cargo xtask test --list` names them)")]
    OnlyWithoutStep,
    /// `--only` names no check.
    #[error("there is no check `{0}` (`cargo xtask test --list` names them)")]
    UnknownStep(String),
}

impl Invocation {
    /// Understands the words after `cargo xtask`.
    ///
    /// # Errors
    /// The first word that means nothing.
    pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, ArgumentError> {
        let mut words = words.into_iter();
        match words.next().as_deref() {
            None | Some("help" | "--help" | "-h") => Ok(Self::Help),
            Some("run") => nothing_more("run", words).map(|()| Self::Run),
            Some("build") => parse_build(words),
            Some("bench") => {
                let name = words.next();
                nothing_more("bench", words).map(|()| Self::Bench { name })
            }
            Some("test") => parse_test(words),
            Some(other) => Err(ArgumentError::UnknownCommand(other.to_owned())),
        }
    }
}

fn parse_build(words: impl Iterator<Item = String>) -> Result<Invocation, ArgumentError> {
    let (mut flavour, mut part) = (Flavour::Development, Part::Everything);
    for word in words {
        match word.as_str() {
            "--release" => flavour = Flavour::Release,
            "--bundle" => part = Part::Bundle,
            _ => return Err(ArgumentError::UnknownArgument { command: "build", given: word }),
        }
    }
    Ok(Invocation::Build { flavour, part })
}

fn parse_test(mut words: impl Iterator<Item = String>) -> Result<Invocation, ArgumentError> {
    let mut only = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => return nothing_more("test --list", words).map(|()| Invocation::ListSteps),
            "--only" => {
                let name = words.next().ok_or(ArgumentError::OnlyWithoutStep)?;
                only.push(StepName::from_word(&name).ok_or(ArgumentError::UnknownStep(name))?);
            }
            _ => return Err(ArgumentError::UnknownArgument { command: "test", given: word }),
        }
    }
    Ok(Invocation::Test { only })
}

fn nothing_more(command: &'static str, mut words: impl Iterator<Item = String>) -> Result<(), ArgumentError> {
    words.next().map_or(Ok(()), |given| Err(ArgumentError::UnknownArgument { command, given }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Invocation, ArgumentError> {
        Invocation::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn no_word_asks_for_help() {
        assert_eq!(parse(""), Ok(Invocation::Help));
    }

    #[test]
    fn a_release_of_the_browsers_half_alone_can_be_asked_for() {
        assert_eq!(parse("build --bundle --release"), Ok(Invocation::Build { flavour: Flavour::Release, part: Part::Bundle }));
    }

    #[test]
    fn several_checks_can_be_named() {
        assert_eq!(parse("test --only format --only deny"), Ok(Invocation::Test { only: vec![StepName::Format, StepName::Deny] }));
    }

    #[test]
    fn a_word_without_meaning_is_refused_by_name() {
        assert_eq!(parse("walk"), Err(ArgumentError::UnknownCommand("walk".to_owned())));
        assert_eq!(parse("run fast"), Err(ArgumentError::UnknownArgument { command: "run", given: "fast".to_owned() }));
        assert_eq!(parse("test --only"), Err(ArgumentError::OnlyWithoutStep));
        assert_eq!(parse("test --only tea"), Err(ArgumentError::UnknownStep("tea".to_owned())));
    }
}
