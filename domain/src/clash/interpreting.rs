//! Rule 5: a needed interpreter missing, or one who speaks the languages, or the relief of one.
//!
//! An interpreter is needed where the host and the guest share no language, and where a booth is asked for. Whose languages nobody
//! has noted is taken to manage. In a booth interpreters change every 20 to 30 minutes, so that longer talk needs two.

use super::{Candidate, Clash, Detail, Level, Line, Party, Plan, RuleId, Rules, Source};
use crate::{marking::Marking, text::Label};

/// How long one interpreter works in a booth without relief, in minutes.
pub const RELIEF_AFTER_MINUTES: i64 = 30;

/// The interpretation that a line needs, and who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interpreting {
    /// How many interpreters take part.
    pub interpreters: u32,
    /// Whether one of them speaks a language of each side, as far as is known.
    pub bridges: bool,
    /// Whether it is simultaneous, from a booth.
    pub simultaneous: bool,
    /// The marking of what one learns by knowing who the guest is; clear where that enters by no more than who takes part.
    pub marking: Marking,
}

/// What is wrong with the interpretation of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InterpretingProblem {
    /// The sides share no language, and nobody interprets.
    Missing,
    /// A booth is asked for, and nobody interprets.
    EmptyBooth,
    /// Nobody who interprets speaks a language of each side.
    OtherLanguages,
    /// One interpreter alone works longer than anybody can.
    NoRelief,
}

impl InterpretingProblem {
    /// The case of the rule.
    pub const fn rule(self) -> RuleId {
        match self {
            Self::Missing | Self::EmptyBooth | Self::OtherLanguages => RuleId::InterpreterMissing,
            Self::NoRelief => RuleId::ReliefMissing,
        }
    }
}

/// Whether two language tags are of one language, whatever their script and region: `zh-Hant` and `zh` (BCP 47).
fn is_same(one: &Label, other: &Label) -> bool {
    let primary = |tag: &Label| tag.as_str().split('-').next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

fn share(one: &[Label], other: &[Label]) -> bool {
    one.iter().any(|tag| other.iter().any(|it| is_same(tag, it)))
}

impl Interpreting {
    /// What talk between two sides needs; nothing where they understand each other, or nobody has noted what they speak, and no
    /// booth is asked for. Languages are BCP 47 tags.
    pub fn between(host: &[Label], guest: &[Label], interpreters: &[&[Label]], booth: bool) -> Option<Self> {
        let apart = !host.is_empty() && !guest.is_empty() && !share(host, guest);
        if !apart && !booth {
            return None;
        }
        let manages = |speaks: &&[Label]| speaks.is_empty() || (share(speaks, host) && share(speaks, guest));
        Some(Self {
            interpreters: u32::try_from(interpreters.len()).unwrap_or(u32::MAX),
            bridges: !apart || interpreters.iter().any(manages),
            simultaneous: booth,
            marking: Marking::Clear,
        })
    }

    fn problem(self, minutes: i64) -> Option<InterpretingProblem> {
        match self {
            Self { interpreters: 0, simultaneous: true, .. } => Some(InterpretingProblem::EmptyBooth),
            Self { interpreters: 0, .. } => Some(InterpretingProblem::Missing),
            Self { bridges: false, .. } => Some(InterpretingProblem::OtherLanguages),
            Self { interpreters: 1, simultaneous: true, .. } if minutes > RELIEF_AFTER_MINUTES => Some(InterpretingProblem::NoRelief),
            _ => None,
        }
    }
}

/// All such lines of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    found.extend(plan.visits().flatten().filter_map(|line| judge(rules, line)));
}

/// A candidate's lines.
pub(super) fn of(rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    found.extend(candidate.lines().iter().filter_map(|line| judge(rules, line)));
}

fn judge(rules: &Rules, line: &Line) -> Option<Clash> {
    let interpreting = line.interpreting?;
    let problem = interpreting.problem(line.during.minutes())?;
    Some(Clash {
        rule: problem.rule(),
        first: Party { source: Source::Item(line.item), during: Some(line.during) },
        second: None,
        resource: None,
        shared: None,
        level: rules.level(problem.rule()).min(if line.wished { Level::Warn } else { Level::Block }),
        until: None,
        detail: Detail::Interpreting { visit: line.visit, problem },
        marking: line.marking.max(interpreting.marking),
    })
}
