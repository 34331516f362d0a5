//! What a form or the API says of a delegate, and what is made of it.
//!
//! A part that is absent stays as it was; on a new delegate it is taken from the person in the directory, if one is named.

use super::{Delegate, DelegateDetails, DelegateRole};
use crate::{
    marking::{Marked, Marking, Scope},
    people::PersonDetails,
    problems::{FieldProblem, Problem, Problems},
    programme::input::Author,
    text::{Label, Title},
    visits::{
        Visit,
        input::{Lowering, Markings, prose, title, word},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The last place in a delegation's own order.
pub const LAST_POSITION: u32 = 10_000;

/// The highest marking of somebody whose name may be put into the directory of people, which the whole office may search.
const HIGHEST_IN_DIRECTORY: Marking = Marking::Amber;

/// The field a marking is given in.
const MARKING: &str = "marking";

/// What was said of a delegate. Everything is text, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DelegateInput {
    /// The delegation, where the visit has one already; empty or absent for the first, or the one named.
    pub delegation_id: Option<String>,
    /// The name of a delegation, found by it or made with it.
    pub delegation: Option<String>,
    /// The mission a new delegation belongs to; absent, the one attached to the visit if there is one alone.
    pub mission_id: Option<String>,
    /// The person in the directory; empty or absent to put one there.
    pub person_id: Option<String>,
    /// Name as it is announced.
    pub name: Option<String>,
    /// Role in the delegation.
    pub role: Option<String>,
    /// Rank or office; empty for none.
    pub rank: Option<String>,
    /// Name in its own script; empty for none.
    pub own_script: Option<String>,
    /// How it is said; empty for none.
    pub pronunciation: Option<String>,
    /// Form of address; empty for none.
    pub address: Option<String>,
    /// Languages as IETF language tags (BCP 47), separated by commas.
    pub languages: Option<String>,
    /// What the kitchen must know; empty for nothing.
    pub diet: Option<String>,
    /// Marking of the details.
    pub marking: Option<String>,
    /// Place in the delegation's own order, from 1.
    pub position: Option<String>,
    /// Why a marking was lowered.
    pub reason: Option<String>,
}

/// What was understood of a delegate.
#[derive(Debug, Clone)]
pub struct DelegateDraft {
    /// Role.
    pub role: DelegateRole,
    /// Place in the delegation's own order; none for the next.
    pub position: Option<u32>,
    /// Details, marked.
    pub details: Marked<DelegateDetails>,
}

impl DelegateDraft {
    /// The name by which a delegate who is not in the directory yet is put there: lines name people by it.
    pub fn name_for_directory(&self) -> Title {
        self.details.for_rules().name.clone()
    }
}

impl DelegateInput {
    /// A new delegate out of what was said, and of what the directory knows of the person.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn into_new(self, person: Option<&PersonDetails>, visit: &Visit, author: Author<'_>) -> Result<DelegateDraft, Vec<FieldProblem>> {
        let known = person.and_then(|person| {
            Some(DelegateDetails {
                name: Title::parse(&person.name.in_latin()).ok()?,
                own_script: person.name.own_script.clone(),
                pronunciation: person.name.pronunciation.clone(),
                address: person.address.clone(),
                rank: person.rank.clone(),
                languages: person.languages.clone(),
                diet: person.diet.clone(),
            })
        });
        let mut problems = Problems::new();
        let is_named = self.name.as_deref().is_some_and(|name| !name.trim().is_empty());
        if known.is_none() && !is_named {
            problems.add("name", Problem::Missing);
        }
        // Until the form gives a name, the place of the visit stands where one is needed: it is never stored.
        let blank = known.unwrap_or_else(|| DelegateDetails {
            name: visit.details.place.clone(),
            own_script: None,
            pronunciation: None,
            address: None,
            rank: None,
            languages: Vec::new(),
            diet: None,
        });
        let marking = Marking::Amber.min(author.ceiling).max(visit.details.existence);
        let start =
            DelegateDraft { role: DelegateRole::Official, position: None, details: Marked::new(marking, Scope::Visit(visit.id), blank) };
        let name = self.name.clone().filter(|name| !name.trim().is_empty());
        let draft = Self { name, ..self }.put_on(start, author, None);
        if let Ok(draft) = &draft
            && person.is_none()
            && draft.details.marking().max(visit.details.existence) > HIGHEST_IN_DIRECTORY
        {
            problems.add(MARKING, Problem::AboveDirectory);
        }
        match (draft, problems.is_empty()) {
            (Ok(draft), true) => Ok(draft),
            (Ok(_), false) => Err(problems.into_vec()),
            (Err(more), _) => Err([problems.into_vec(), more].concat()),
        }
    }

    /// What was said, put onto a delegate as it is.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(self, delegate: &Delegate, author: Author<'_>) -> Result<DelegateDraft, Vec<FieldProblem>> {
        let has_reason = self.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        let start = DelegateDraft { role: delegate.role, position: Some(delegate.position), details: delegate.details.clone() };
        self.put_on(start, author, Some(Lowering { allowed: author.may_lower, has_reason }))
    }

    fn put_on(self, start: DelegateDraft, author: Author<'_>, lowering: Option<Lowering>) -> Result<DelegateDraft, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let mut draft = start;
        let mut details = draft.details.for_rules().clone();
        if let Some(text) = self.role.as_deref().filter(|text| !text.is_empty()) {
            draft.role = problems.take("role", word(text)).unwrap_or(draft.role);
        }
        if let Some(text) = self.position.as_deref().filter(|text| !text.trim().is_empty()) {
            let position = text.trim().parse::<u32>().ok().filter(|position| (1..=LAST_POSITION).contains(position));
            let bounds = Problem::OutOfBounds { least: 1, most: i64::from(LAST_POSITION) };
            draft.position = problems.take("position", position.ok_or(bounds)).or(draft.position);
        }
        if let Some(text) = &self.name {
            details.name = problems.take("name", title(text)).unwrap_or(details.name);
        }
        for (field, given, part) in [
            ("rank", &self.rank, &mut details.rank),
            ("own_script", &self.own_script, &mut details.own_script),
            ("pronunciation", &self.pronunciation, &mut details.pronunciation),
            ("address", &self.address, &mut details.address),
        ] {
            if let Some(text) = given {
                let read = if text.trim().is_empty() { Ok(None) } else { title(text).map(Some) };
                *part = problems.take(field, read).unwrap_or_else(|| part.clone());
            }
        }
        if let Some(text) = &self.languages {
            details.languages = problems.take("languages", languages(text)).unwrap_or(details.languages);
        }
        if let Some(text) = &self.diet {
            details.diet = problems.take("diet", prose(text)).unwrap_or(details.diet);
        }
        let given: BTreeMap<String, String> = self.marking.iter().map(|marking| (MARKING.to_owned(), marking.clone())).collect();
        let mut of_marking = Problems::new();
        let had = draft.details.marking();
        let marking = Markings { given: &given, ceiling: author.ceiling, lowering }.of(&mut of_marking, MARKING, had);
        for problem in of_marking.into_vec() {
            problems.add(MARKING, problem.problem);
        }
        draft.details = draft.details.rewritten(marking, Some(details)).originated_by(author.originator);
        problems.finish(Some(draft))
    }
}

/// Language tags separated by commas, each of the form of RFC 5646, 2.1: subtags of one to eight letters and digits.
fn languages(text: &str) -> Result<Vec<Label>, Problem> {
    let mut known: Vec<Label> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        let mut subtags = tag.split('-');
        let is_language =
            subtags.next().is_some_and(|first| (2..=8).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic()));
        let rest = subtags.all(|subtag| (1..=8).contains(&subtag.len()) && subtag.chars().all(|c| c.is_ascii_alphanumeric()));
        if !is_language || !rest {
            return Err(Problem::Form);
        }
        let label = Label::parse(tag).map_err(Problem::from)?;
        if !known.contains(&label) {
            known.push(label);
        }
    }
    if known.len() > 20 { Err(Problem::OutOfBounds { least: 0, most: 20 }) } else { Ok(known) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags_separated_by_commas() {
        let tags = languages("vi, en-GB ,zh-Hant-TW,vi").unwrap();
        assert_eq!(tags.iter().map(Label::as_str).collect::<Vec<_>>(), ["vi", "en-GB", "zh-Hant-TW"]);
        assert_eq!(languages(" "), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_language_tag_is_refused() {
        for wrong in ["Vietnamese language", "1a", "en_GB", "x", "en--GB", "abcdefghi"] {
            assert_eq!(languages(wrong), Err(Problem::Form), "{wrong}");
        }
    }
}
