//! Moving a line by some minutes, from the programme itself. Without scripts the line's own form does the same.

use super::view::LineView;
use crate::{
    errors::AppError,
    forms::{FormFields, Notice, Outcome},
};
use domain::ids::ItemId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How far one press moves a line, in minutes.
#[cfg(feature = "hydrate")]
pub(super) const STEP_MINUTES: i64 = 5;

/// The form that moves a line: all of it earlier or later, as long as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// The line.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// By how many minutes; less than nothing is earlier.
    pub minutes: String,
}

impl FormFields for MoveForm {
    const NAME: &'static str = "move-line";
}

/// Moves a line. What clashes refuses it, with what would work.
///
/// # Errors
/// When there is no such line for the requester, or the programme may not be changed.
#[server]
pub async fn move_item(
    /// The form.
    #[server(flatten)]
    form: MoveForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, NoticeLevel, answer},
        request::{ClashesInForm, request_context, standing_notices},
        times::fields_of_slot,
        words::words_of_problem,
    };
    use backend::{Failure, clashes, database::DatabaseError, version::Seen};
    use chrono::TimeDelta;
    use domain::{
        programme::{day::moved_by, input::ItemInput},
        time::agreed::{AgreedTime, MomentView},
    };
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let words = Words::new(Locale::English);
        let id: ItemId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let minutes: i64 = form.minutes.parse().map_err(|_| AppError::Unreadable)?;
        let by = TimeDelta::try_minutes(minutes).ok_or(AppError::Unreadable)?;
        let item = backend::programme::read_item(&context, id).await?;
        let zone = item.starts.zone.clone();
        // So many minutes of time that passes, whatever the clocks do meanwhile.
        let moved = |moment: MomentView| moved_by(context.zones(), &moment.into(), by).map(|moment| AgreedTime::from(&moment));
        let (Some(starts), Some(ends)) = (moved(item.starts), moved(item.ends)) else { return Err(AppError::Unreadable) };
        let input = ItemInput { starts: Some(starts), ends: Some(ends), ..ItemInput::default() };
        let block = |says: String| Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, says)]));
        match backend::programme::change_programme_item(&context, id, input, &Seen::from_form(&form.seen)).await {
            Ok(saved) => Ok(Answer::Done(format!("/visits/{}#line-{id}", saved.view.visit_id))),
            Err(Failure::Clash(refusal)) => {
                let views = clashes::in_words(&context, &refusal, &zone).await?;
                Ok(Answer::Refused(Vec::new(), standing_notices(views, &ClashesInForm { zone, fields: fields_of_slot })))
            }
            Err(Failure::Stale | Failure::VersionNeeded) => block(words.programme_move_stale()),
            Err(Failure::Database(DatabaseError::Engaged)) => block(words.clashes_not_available()),
            Err(Failure::Invalid(problems)) => {
                block(problems.iter().map(|found| words_of_problem(words, &found.problem)).collect::<Vec<_>>().join(" "))
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// The moving of lines on a page: which line was moved last, and what came of it.
#[derive(Clone, Copy)]
pub struct Moving {
    action: ServerAction<MoveItem>,
    line: RwSignal<Option<ItemId>>,
    is_under_way: StoredValue<bool>,
}

impl Moving {
    /// Where nothing was moved yet.
    pub(super) fn new() -> Self {
        Self { action: ServerAction::new(), line: RwSignal::new(None), is_under_way: StoredValue::new(false) }
    }

    /// How many answers came; the page is read again after each.
    pub(super) fn answers(self) -> usize {
        self.action.version().get()
    }

    /// Moves a line. Nothing happens while another press is still under way: the version it would send is no longer the line's.
    #[cfg(feature = "hydrate")]
    pub(super) fn press(self, form: MoveForm) {
        let Ok(id) = form.id.parse() else { return };
        if self.is_under_way.get_value() {
            return;
        }
        self.is_under_way.set_value(true);
        self.line.set(Some(id));
        self.action.dispatch(MoveItem { form });
    }

    /// The line that was moved, once the page shows what came of it; then the next press counts.
    pub(super) fn settle(self) -> Option<ItemId> {
        if self.action.pending().get_untracked() || !self.is_under_way.get_value() {
            return None;
        }
        self.is_under_way.set_value(false);
        self.line.get_untracked()
    }

    /// Why a line was not moved.
    pub(super) fn refusal_of(self, line: ItemId) -> Option<Result<Vec<Notice>, AppError>> {
        if self.line.get() != Some(line) {
            return None;
        }
        match self.action.value().get()? {
            Ok(Outcome::Refused(refusal)) => Some(Ok(refusal.notices)),
            Ok(Outcome::Done { .. }) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// The line that was moved, among those shown.
    pub(super) fn moved_among(self, lines: &[LineView]) -> Option<LineView> {
        let line = self.line.get_untracked()?;
        let is_done = self.action.value().with_untracked(|value| matches!(value, Some(Ok(Outcome::Done { .. }))));
        lines.iter().find(|shown| is_done && shown.item.id == line).cloned()
    }
}
