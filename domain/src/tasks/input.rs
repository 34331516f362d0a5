//! What a form or the API says of a task, and what is made of it. A part that is absent stays as it was.

use super::{Task, TaskDetails};
use crate::{
    ids::AccountId,
    marking::{Marked, Marking, Scope},
    problems::{FieldProblem, Problems},
    programme::input::Author,
    typed::needed,
    visits::{
        Visit,
        input::{Lowering, Markings, date, optional_id, title},
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The field a marking is given in.
const MARKING: &str = "marking";

/// What was said of a task. All but whether it is done is text, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TaskInput {
    /// What is to be done.
    pub words: Option<String>,
    /// By which day, `YYYY-MM-DD`.
    pub due_on: Option<String>,
    /// The account that is to do it, which must be on the visit's access list; empty for nobody yet.
    pub account_id: Option<String>,
    /// Whether it is done.
    pub done: Option<bool>,
    /// Marking.
    pub marking: Option<String>,
    /// Why a marking was lowered.
    pub reason: Option<String>,
}

/// The marking of a new task by somebody who reads up to this ceiling.
pub fn default_marking(visit: &Visit, ceiling: Marking) -> Marking {
    Marking::Amber.min(ceiling).max(visit.details.existence)
}

impl TaskInput {
    /// Whether nothing is said but that the task is done, or is not.
    pub fn only_ticks(&self) -> bool {
        self.done.is_some() && Self { done: None, ..self.clone() } == Self::default()
    }

    /// A new task out of what was said.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn into_new(self, visit: &Visit, author: Author<'_>) -> Result<Marked<TaskDetails>, Vec<FieldProblem>> {
        let marking = default_marking(visit, author.ceiling);
        // Until the form gives words and a day, those of the visit stand where some are needed: they are never stored.
        let blank = TaskDetails { words: visit.details.place.clone(), due_on: NaiveDate::default(), account: None };
        let start = Marked::new(marking, Scope::Visit(visit.id), blank);
        self.put_on(start, visit, true, author, None)
    }

    /// What was said, put onto a task as it is.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(self, task: &Task, visit: &Visit, author: Author<'_>) -> Result<Marked<TaskDetails>, Vec<FieldProblem>> {
        let has_reason = self.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        let lowering = Lowering { allowed: author.may_lower, has_reason };
        self.put_on(task.details.clone(), visit, false, author, Some(lowering))
    }

    fn put_on(
        self,
        start: Marked<TaskDetails>,
        visit: &Visit,
        is_new: bool,
        author: Author<'_>,
        lowering: Option<Lowering>,
    ) -> Result<Marked<TaskDetails>, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let had = start.for_rules().clone();
        let kept = (!is_new).then(|| had.clone());
        let words = needed(&mut problems, "words", self.words.as_deref(), kept.as_ref().map(|it| it.words.clone()), title);
        let due_on = needed(&mut problems, "due_on", self.due_on.as_deref(), kept.as_ref().map(|it| it.due_on), date);
        let account = match self.account_id.as_deref() {
            None => had.account,
            Some(text) => problems.take("account_id", optional_id::<AccountId>(text)).unwrap_or(had.account),
        };
        let given: BTreeMap<String, String> = self.marking.iter().map(|marking| (MARKING.to_owned(), marking.clone())).collect();
        let mut of_marking = Problems::new();
        let marking = Markings { given: &given, ceiling: author.ceiling, lowering }.of(&mut of_marking, MARKING, start.marking());
        for problem in of_marking.into_vec() {
            problems.add(MARKING, problem.problem);
        }
        let details = words.zip(due_on).map(|(words, due_on)| TaskDetails { words, due_on, account });
        // Whoever may not know of the visit reads none of its tasks: it is kept no wider than that.
        let marking = marking.max(visit.details.existence);
        problems.finish(details.map(|details| start.rewritten(marking, Some(details)).originated_by(author.originator)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_that_ticks_says_nothing_else() {
        assert!(TaskInput { done: Some(true), ..TaskInput::default() }.only_ticks());
        assert!(!TaskInput { done: Some(true), words: Some("Order flowers".into()), ..TaskInput::default() }.only_ticks());
        assert!(!TaskInput { words: Some("Order flowers".into()), ..TaskInput::default() }.only_ticks());
    }
}
