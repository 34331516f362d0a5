//! Undoing one's own last changes of a programme, and doing them again.

use crate::{
    components::{ClashNotice, FormSheet, Hidden},
    errors::AppError,
    forms::{Draft, FormFields, Outcome, Start},
    words::use_words,
};
use domain::{
    ids::{ChangeId, VisitId},
    programme::undo::{ChangeKind, Turn},
};
use language::Words;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The ids of the two buttons, which the keys press.
#[cfg(feature = "hydrate")]
pub(super) const UNDO_ID: &str = "undo";
#[cfg(feature = "hydrate")]
pub(super) const REDO_ID: &str = "redo";

/// An own change that can be undone, or done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnChangeShown {
    /// Which.
    pub id: ChangeId,
    /// What it was.
    pub kind: ChangeKind,
    /// How many lines it is of.
    pub lines: u32,
}

/// What of one's own changes of a programme can be undone next, and done again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnsShown {
    /// The last change that was not undone.
    pub undo: Option<OwnChangeShown>,
    /// What was undone last.
    pub redo: Option<OwnChangeShown>,
}

#[cfg(feature = "ssr")]
impl From<backend::programme::undo::Turns> for TurnsShown {
    fn from(turns: backend::programme::undo::Turns) -> Self {
        let shown = |change: backend::programme::changes::OwnChange| OwnChangeShown {
            id: change.id,
            kind: change.kind,
            lines: u32::try_from(change.lines).unwrap_or(u32::MAX),
        };
        Self { undo: turns.undo.map(shown), redo: turns.redo.map(shown) }
    }
}

/// The form that undoes a change, or does it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TurnForm {
    /// The change.
    pub id: String,
    /// Its visit.
    pub visit: String,
    /// `undo` or `redo`.
    pub turn: String,
}

impl FormFields for TurnForm {
    const NAME: &'static str = "turn";
}

/// Undoes an own change of a programme, or does again what was undone last.
///
/// # Errors
/// When there is no such visit for the requester, or the programme may not be changed.
#[server]
pub async fn turn_change(
    /// The form.
    #[server(flatten)]
    form: TurnForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{refused_for_lines, request_context},
    };
    use backend::{Failure, programme::undo};
    use domain::problems::Problem;
    use language::Locale;
    answer(form, |form| async move {
        let context = request_context()?;
        let words = Words::new(Locale::English);
        let visit: VisitId = form.visit.parse().map_err(|_| AppError::NotFound)?;
        let change: ChangeId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let turn = Turn::from_word(&form.turn).ok_or(AppError::Unreadable)?;
        let block = |says: String| Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, says)]));
        match undo::turn_change(&context, visit, change, turn).await {
            Ok(turned) => Ok(Answer::Done(format!("/visits/{visit}?turned={}&kept={}", turn.word(), turned.kept))),
            Err(Failure::Stale) if turn == Turn::Redo => block(words.turns_stale_redo()),
            Err(Failure::Stale) => block(words.turns_stale()),
            Err(Failure::Invalid(problems)) => match problems.first().map(|problem| (problem.field.as_str(), &problem.problem)) {
                Some((undo::BEGUN, _)) => block(words.turns_begun()),
                Some((undo::CHANGE, Problem::StateRefused)) => block(words.turns_state_refused()),
                Some((undo::CHANGE, Problem::EndsBeforeStart)) => block(words.turns_hold_ended()),
                Some((undo::CHANGE, _)) | None => block(words.turns_not_next()),
                Some(_) => block(words.turns_no_room()),
            },
            Err(failure) => refused_for_lines(&context, failure).await,
        }
    })
    .await
}

/// The undoing and doing again on a page: each has an action of its own, so that each form shows what came of itself.
#[derive(Clone, Copy)]
pub struct Turning {
    undo: ServerAction<TurnChange>,
    redo: ServerAction<TurnChange>,
}

impl Turning {
    /// Where nothing was undone yet.
    pub(crate) fn new() -> Self {
        Self { undo: ServerAction::new(), redo: ServerAction::new() }
    }

    /// How many answers came; the page is read again after each.
    pub(crate) fn answers(self) -> usize {
        self.undo.version().get() + self.redo.version().get()
    }
}

fn change_in_words(words: Words, change: &OwnChangeShown) -> String {
    let lines = change.lines;
    match change.kind {
        ChangeKind::Added => words.turns_added(),
        ChangeKind::Changed => words.turns_changed(),
        ChangeKind::Removed => words.turns_removed(),
        ChangeKind::Moved => words.turns_moved(lines),
        ChangeKind::Copied => words.turns_copied(lines),
    }
}

/// That something was undone, or done again; and that a marking stays raised.
pub(super) fn turned_in_words(words: Words, turn: Turn, kept: u32) -> String {
    let said = match turn {
        Turn::Undo => words.turns_undone(),
        Turn::Redo => words.turns_redone(),
    };
    if kept == 0 { said } else { format!("{said} {}", words.turns_kept(kept)) }
}

/// The buttons by which one undoes one's last change of a programme, and does again what one undid.
#[component]
pub(super) fn Turns(
    /// The visit.
    visit: VisitId,
    /// What can be undone, and done again.
    turns: TurnsShown,
    /// What was refused before the page opened.
    draft: Option<Draft>,
    /// The actions of the two forms.
    turning: Turning,
) -> impl IntoView {
    let words = use_words();
    let of_turn = |turn: Turn| {
        draft.as_ref().filter(|draft| match draft {
            Draft::Kept(refusal) => refusal.typed.get("turn") == turn.word(),
            Draft::Lost => false,
        })
    };
    let form = |turn: Turn, change: OwnChangeShown| {
        let stored = TurnForm { id: change.id.to_string(), visit: visit.to_string(), turn: turn.word().to_owned() };
        let start = Start::of(&stored, of_turn(turn));
        let said = change_in_words(words, &change);
        let (label, keys, action) = match turn {
            Turn::Undo => (words.turns_undo(said), "Control+Z", turning.undo),
            Turn::Redo => (words.turns_redo(said), "Control+Shift+Z", turning.redo),
        };
        view! {
            <FormSheet action=action start=start id=format!("{}-{}", TurnForm::NAME, turn.word()) bare=true>
                <Hidden name="id" value=stored.id />
                <Hidden name="visit" value=stored.visit />
                <Hidden name="turn" value=stored.turn />
                <button type="submit" class="button" id=turn.word() aria-keyshortcuts=keys>{label}</button>
            </FormSheet>
        }
        .into_any()
    };
    // A change that can be undone no longer has no form: what its last press was answered is told all the same.
    let told = |turn: Turn, action: ServerAction<TurnChange>| {
        let answered = action.value().with_untracked(|answer| match answer {
            Some(Ok(Outcome::Refused(refusal))) => Some(refusal.notices.clone()),
            _ => None,
        });
        let kept = of_turn(turn).and_then(|draft| match draft {
            Draft::Kept(refusal) => Some(refusal.notices.clone()),
            Draft::Lost => None,
        });
        let notices = answered.or(kept)?;
        Some(notices.into_iter().map(|notice| view! { <ClashNotice notice=notice /> }).collect_view().into_any())
    };
    let undo = turns.undo.map(|change| form(Turn::Undo, change)).or_else(|| told(Turn::Undo, turning.undo));
    let redo = turns.redo.map(|change| form(Turn::Redo, change)).or_else(|| told(Turn::Redo, turning.redo));
    (undo.is_some() || redo.is_some())
        .then(|| view! { <div class="actions" role="group" aria-label=words.turns_title()>{undo} {redo}</div> })
}
