//! Who stands before whom, and why: a named set of rules applied to an occasion.
//!
//! Precedence follows the position, not the person. The order is total: what the rules leave equal goes by the state's
//! name in the agreed language, then by identifier, so that the same candidates always stand alike.

mod positions;
#[cfg(test)]
mod tests;

pub use positions::{Admission, ConsularOfficer, HeadOfMission, MissionClass, OfficeHolder, OfficeRank, Position};

use crate::{missions::PostClass, text::Title};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, num::NonZeroU32};

/// Compares two names of states in the agreed language; it must be a total preorder, as a collator's is.
pub type Collate<'a> = &'a dyn Fn(&str, &str) -> Ordering;

/// The rules by which an occasion is ordered. A position foreign to them stands after all that they know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleSet {
    /// Heads of state, then heads of government, then ministers.
    OfficeHolders {
        /// How those of one rank stand among themselves.
        among_equals: AmongEquals,
    },
    /// Heads of diplomatic mission (Vienna Convention on Diplomatic Relations, art. 13 to 16 and 19).
    HeadsOfMission {
        /// The host's practice for the representative of the Holy See (art. 16, paragraph 3).
        holy_see: HolySeePractice,
    },
    /// Heads of consular post and other consular officers (Vienna Convention on Consular Relations, art. 16).
    ConsularPosts,
    /// By the state's name in the agreed language alone.
    Alphabetical,
}

/// How office-holders of one rank stand among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AmongEquals {
    /// By the date of taking office, the longest in office first.
    #[default]
    DateOfOffice,
    /// By the state's name in the agreed language.
    Alphabetical,
}

/// Where the host places the representative of the Holy See (Vienna Convention on Diplomatic Relations, art. 16, paragraph 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolySeePractice {
    /// By date and time within the class, as any other.
    #[default]
    AsAnyOther,
    /// Before all others of the class.
    FirstOfClass,
}

/// Somebody to be placed, known by a key of the caller's: a mission, a person, a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<K> {
    /// By which the caller knows the candidate; unique within an occasion.
    pub key: K,
    /// The position held.
    pub position: Position,
    /// The name of the state represented, in the agreed language.
    pub state: String,
}

/// A place given by hand, against the rules; recorded under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override<K> {
    /// Who is moved; nobody if the key is not among the candidates.
    pub key: K,
    /// To which place, from 1; past the end means last.
    pub place: NonZeroU32,
    /// The name under which it was decided: “Dean of the consular corps”.
    pub name: Title,
}

/// Why a candidate stands after the one the rules put before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// The rules put nobody before.
    First,
    /// A place given by hand.
    Override {
        /// The name under which it was decided.
        name: Title,
    },
    /// The rules of the occasion do not know the position.
    ForeignToTheRules,
    /// Rank of the office: state, government, minister.
    OfficeRank,
    /// Date of taking office.
    DateOfOffice,
    /// Head in title before chargé d'affaires ad interim (Vienna Convention on Diplomatic Relations, art. 19).
    AdInterim,
    /// Class of head of mission (the same, art. 14).
    MissionClass,
    /// The host's practice for the Holy See (the same, art. 16, paragraph 3).
    HolySee,
    /// Date and time of taking up functions (the same, art. 13 and art. 16, paragraph 1).
    FunctionsTakenUp,
    /// Head of post before other consular officers (Vienna Convention on Consular Relations, art. 16, paragraph 6).
    HeadOfPost,
    /// Head before acting head (the same, art. 16, paragraph 4).
    ActingHead,
    /// Date of taking over as acting head (the same, art. 16, paragraph 4).
    ActingSince,
    /// Class of consular officer (the same, art. 9 and art. 16, paragraph 1).
    PostClass,
    /// Career before honorary within a class (the same, art. 16, paragraph 5).
    Honorary,
    /// Date of the exequatur, or of the provisional admission before it (the same, art. 16, paragraphs 1 and 2).
    Admission,
    /// Date the commission was presented, admission being of one day (the same, art. 16, paragraph 3).
    Commission,
    /// The state's name in the agreed language.
    StateName,
    /// Nothing tells the two apart: they stand in the order of their identifiers.
    Equal,
}

/// A candidate in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<K> {
    /// Who.
    pub key: K,
    /// Place, from 1.
    pub place: u32,
    /// What decided against the candidate the rules put before this one, or the override.
    pub because: Reason,
}

/// Places the candidates: by the rules, then with the overrides put in where they say, in the order of their places.
///
/// The answer does not depend on the order of the candidates. Where two overrides name one place, the first given takes
/// it and the next stands after it; where two name one candidate, the first counts.
pub fn order<K: Copy + Ord>(
    candidates: &[Candidate<K>],
    rules: &RuleSet,
    overrides: &[Override<K>],
    collate: Collate<'_>,
) -> Vec<Placed<K>> {
    let moved_by = |key: K| overrides.iter().find(|o| o.key == key);
    let (mut moved, mut ruled): (Vec<_>, Vec<_>) = candidates.iter().partition(|c| moved_by(c.key).is_some());
    ruled.sort_by(|a, b| compare(a, b, rules, collate).0);

    let mut line: Vec<(K, Reason)> = Vec::with_capacity(candidates.len());
    for (index, candidate) in ruled.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| ruled.get(i));
        let because = before.map_or(Reason::First, |before| compare(before, candidate, rules, collate).1);
        line.push((candidate.key, because));
    }
    let given = |key: K| overrides.iter().position(|o| o.key == key);
    moved.sort_by_key(|c| (moved_by(c.key).map(|o| o.place), given(c.key), c.key));
    let mut least = 0;
    for candidate in moved {
        if let Some(wanted) = moved_by(candidate.key) {
            let wanted_index = usize::try_from(wanted.place.get() - 1).unwrap_or(usize::MAX);
            let index = wanted_index.max(least).min(line.len());
            line.insert(index, (candidate.key, Reason::Override { name: wanted.name.clone() }));
            least = index + 1;
        }
    }
    (1..).zip(line).map(|(place, (key, because))| Placed { key, place, because }).collect()
}

/// Which of two stands first, and the first of the criteria that tells them apart.
fn compare<K: Ord>(a: &Candidate<K>, b: &Candidate<K>, rules: &RuleSet, collate: Collate<'_>) -> (Ordering, Reason) {
    by_position(&a.position, &b.position, rules)
        .or_else(|| told_apart(collate(&a.state, &b.state), Reason::StateName))
        .unwrap_or_else(|| (a.key.cmp(&b.key), Reason::Equal))
}

type Decided = Option<(Ordering, Reason)>;

fn told_apart(ordering: Ordering, reason: Reason) -> Decided {
    (ordering != Ordering::Equal).then_some((ordering, reason))
}

fn by_position(a: &Position, b: &Position, rules: &RuleSet) -> Decided {
    match rules {
        RuleSet::Alphabetical => None,
        RuleSet::OfficeHolders { among_equals } => of_one_kind(a.office_holder(), b.office_holder(), |a, b| by_office(a, b, *among_equals)),
        RuleSet::HeadsOfMission { holy_see } => of_one_kind(a.head_of_mission(), b.head_of_mission(), |a, b| by_mission(a, b, *holy_see)),
        RuleSet::ConsularPosts => of_one_kind(a.consular_officer(), b.consular_officer(), by_post),
    }
}

/// Positions the rules know stand before those they do not; among the latter nothing is decided.
fn of_one_kind<T>(a: Option<&T>, b: Option<&T>, decide: impl Fn(&T, &T) -> Decided) -> Decided {
    match (a, b) {
        (Some(a), Some(b)) => decide(a, b),
        (a, b) => told_apart(b.is_some().cmp(&a.is_some()), Reason::ForeignToTheRules),
    }
}

/// The earlier date first; a date that is not known (the thing has not happened yet) after all that are.
fn earliest<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn by_office(a: &OfficeHolder, b: &OfficeHolder, among_equals: AmongEquals) -> Decided {
    told_apart(a.rank.cmp(&b.rank), Reason::OfficeRank).or_else(|| match among_equals {
        AmongEquals::DateOfOffice => told_apart(earliest(a.took_office_on, b.took_office_on), Reason::DateOfOffice),
        AmongEquals::Alphabetical => None,
    })
}

fn by_mission(a: &HeadOfMission, b: &HeadOfMission, practice: HolySeePractice) -> Decided {
    use HeadOfMission::{AdInterim, InTitle};
    match (a, b) {
        (
            InTitle { class: class_a, functions_at: at_a, holy_see: holy_a },
            InTitle { class: class_b, functions_at: at_b, holy_see: holy_b },
        ) => told_apart(class_a.cmp(class_b), Reason::MissionClass)
            .or_else(|| match practice {
                HolySeePractice::FirstOfClass => told_apart(holy_b.cmp(holy_a), Reason::HolySee),
                HolySeePractice::AsAnyOther => None,
            })
            .or_else(|| told_apart(earliest(*at_a, *at_b), Reason::FunctionsTakenUp)),
        (InTitle { .. }, AdInterim { .. }) => Some((Ordering::Less, Reason::AdInterim)),
        (AdInterim { .. }, InTitle { .. }) => Some((Ordering::Greater, Reason::AdInterim)),
        (AdInterim { since: a }, AdInterim { since: b }) => told_apart(earliest(*a, *b), Reason::FunctionsTakenUp),
    }
}

fn by_post(a: &ConsularOfficer, b: &ConsularOfficer) -> Decided {
    use ConsularOfficer::{Acting, Head, Officer};
    match (a, b) {
        (
            Head { class: class_a, honorary: honorary_a, admission: admission_a },
            Head { class: class_b, honorary: honorary_b, admission: admission_b },
        ) => by_class((*class_a, *honorary_a), (*class_b, *honorary_b))
            .or_else(|| told_apart(earliest(admission_a.counts_from(), admission_b.counts_from()), Reason::Admission))
            .or_else(|| told_apart(earliest(admission_a.commission_on, admission_b.commission_on), Reason::Commission)),
        (Acting { since: a }, Acting { since: b }) => told_apart(earliest(*a, *b), Reason::ActingSince),
        (Officer { class: class_a, honorary: honorary_a }, Officer { class: class_b, honorary: honorary_b }) => {
            by_class((*class_a, *honorary_a), (*class_b, *honorary_b))
        }
        (Head { .. }, Acting { .. }) => Some((Ordering::Less, Reason::ActingHead)),
        (Acting { .. }, Head { .. }) => Some((Ordering::Greater, Reason::ActingHead)),
        (Head { .. } | Acting { .. }, Officer { .. }) => Some((Ordering::Less, Reason::HeadOfPost)),
        (Officer { .. }, Head { .. } | Acting { .. }) => Some((Ordering::Greater, Reason::HeadOfPost)),
    }
}

fn by_class(a: (PostClass, bool), b: (PostClass, bool)) -> Decided {
    told_apart(a.0.cmp(&b.0), Reason::PostClass).or_else(|| told_apart(a.1.cmp(&b.1), Reason::Honorary))
}
