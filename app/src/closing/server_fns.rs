//! What the pages of a closing ask of the server.

use super::{
    form::{ClosingAnswersForm, ClosingForm},
    view::{ClosingFormView, ClosingView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The form that closes a room.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn load_closing_form(
    /// The room.
    id: String,
    /// Whether it opens with a closing from now on: not empty.
    now: String,
) -> Result<ClosingFormView, AppError> {
    use crate::request::{may, request_context, zone_names};
    use domain::{ids::BlackoutId, marking::view::Named, permission::Action, time::clocks::hours_minutes};
    crate::errors::answer(async {
        let context = request_context()?;
        let room = backend::rooms::read_room(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        if room.is_retired {
            return Err(AppError::NotFound);
        }
        let mut stored = ClosingForm::new_on(room.id.to_string(), context.today(), context.new_id::<BlackoutId>().to_string());
        if let Some(wall) = gathering::now_there(&context, &room.zone).filter(|_| !now.is_empty()) {
            stored.date = wall.date().to_string();
            stored.starts = hours_minutes(wall);
        }
        let name = format!("{}, {}", room.name, room.site.name);
        Ok(ClosingFormView { room: Named { id: room.id, name }, stored, zones: zone_names(&context), ceiling: context.reader().ceiling() })
    })
    .await
}

/// Looks at what a closing hurts before anything is saved: keeps the form and leads there.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn look_at_closing(
    /// The form.
    #[server(flatten)]
    form: ClosingForm,
) -> Result<Outcome, AppError> {
    use super::reading::in_fields;
    use crate::{
        forms::{Answer, answer},
        request::{request_context, with_what_else_is_wrong},
        times::reading::skipped,
    };
    use backend::{Failure, rooms::closing::preview_closing};
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let asked = gathering::asked(&context, &form).await?;
        let checked = preview_closing(&context, asked.room, &asked.input).await.map_err(|failure| match failure {
            Failure::Invalid(problems) => Failure::Invalid(in_fields(problems)),
            other => other,
        });
        let failure = match checked {
            Err(failure @ (Failure::Forbidden | Failure::NotFound)) => return Err(failure.into()),
            checked if !asked.unread.is_empty() => with_what_else_is_wrong(asked.unread, checked)?,
            Ok(_) => {
                let kept = gathering::kept(&form, Vec::new()).await;
                return Ok(Answer::Done(format!("/rooms/{}/closing?draft={kept}", asked.room)));
            }
            Err(failure) => failure,
        };
        match failure {
            Failure::Invalid(problems) => {
                let notices = skipped(Words::new(Locale::English), &problems);
                Ok(Answer::Refused(problems, notices))
            }
            failure => Err(failure.into()),
        }
    })
    .await
}

/// What the closing hurts whose form is kept, with where each use goes.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn load_closing(
    /// The room.
    id: String,
    /// Under which the form is kept.
    draft: String,
) -> Result<ClosingView, AppError> {
    use crate::request::{may, request_context};
    use backend::{Failure, rooms::closing::preview_closing};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let room = backend::rooms::read_room(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        let form = gathering::recalled(&draft).await?.filter(|form| form.id == room.id.to_string());
        let lost = ClosingView { preview: None, reserved: Vec::new(), form: format!("/rooms/{}/close", room.id) };
        let Some(form) = form else { return Ok(lost) };
        let asked = gathering::asked(&context, &form).await?;
        match preview_closing(&context, asked.room, &asked.input).await {
            Ok(preview) => Ok(ClosingView {
                reserved: gathering::reserved(&context, &room.zone, &preview),
                form: gathering::page_of_form(&form, &draft),
                preview: Some(preview),
            }),
            Err(Failure::Invalid(_)) => Ok(lost),
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}

/// Closes the room of which the form is kept and moves what was answered for; or leads back to what is hurt now.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn close_room(
    /// The form.
    #[server(flatten)]
    form: ClosingAnswersForm,
) -> Result<Outcome, AppError> {
    use super::reading::in_fields;
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{made_once, may, refused, request_context},
    };
    use backend::{Failure, rooms::closing};
    use domain::{permission::Action, rooms::closing::ClosingInput};
    use language::{Locale, Words};
    answer(form, |answers| async move {
        let context = request_context()?;
        context.account()?;
        let room = backend::rooms::read_room(&context, answers.id.parse().map_err(|_| AppError::NotFound)?).await?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        let kept = gathering::recalled(&answers.kept).await?.filter(|form| form.id == room.id.to_string());
        let Some(form) = kept else {
            let lost = Notice::new(NoticeLevel::Block, Words::new(Locale::English).form_draft_lost());
            return Ok(Answer::Refused(Vec::new(), vec![lost]));
        };
        let form = answers.onto(form);
        let asked = gathering::asked(&context, &form).await?;
        let input = ClosingInput { seen: Some(answers.seen.clone()), ..asked.input };
        let make = |context| async move { Ok(closing::close_room(&context, room.id, &input).await?.id.uuid()) };
        match made_once(&context, &answers, &form.once, make).await {
            Ok(id) => Ok(Answer::Done(format!("/rooms/blackouts/{id}"))),
            Err(Failure::ClosingRefused(_)) => {
                let kept = gathering::kept(&form, Vec::new()).await;
                Ok(Answer::Done(format!("/rooms/{}/closing?again=yes&draft={kept}", room.id)))
            }
            Err(Failure::Invalid(problems)) => {
                let kept = gathering::kept(&form, in_fields(problems)).await;
                Ok(Answer::Done(gathering::page_of_form(&form, &kept)))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

#[cfg(feature = "ssr")]
mod gathering {
    use super::ClosingForm;
    use crate::{
        bookings::{gather::zone_of_room, words::when_in_words},
        closing::view::ReservedShown,
        errors::AppError,
        forms::{Draft, FormFields, Refusal, keep, recall_draft},
    };
    use backend::RequestContext;
    use chrono::{DateTime, Utc};
    use domain::{
        ids::RoomId,
        marking::view::ClosingPreview,
        problems::{FieldProblem, Problems},
        rooms::closing::ClosingInput,
        time::{WallTime, ZoneName, agreed::MomentView, wall_at},
    };
    use language::{Locale, Words};

    /// What a form asks for, with what is wrong with it as far as it could not be read.
    pub(super) struct Asked {
        pub(super) room: RoomId,
        pub(super) input: ClosingInput,
        pub(super) unread: Problems,
    }

    pub(super) async fn asked(context: &RequestContext, form: &ClosingForm) -> Result<Asked, AppError> {
        let room = form.id.parse().map_err(|_| AppError::NotFound)?;
        let mut unread = Problems::new();
        let zone = zone_of_room(context, &form.id).await?;
        let input = form.input(context, &zone, &mut unread);
        Ok(Asked { room, input, unread })
    }

    /// Keeps the form of a closing, with what is wrong with it, and gives the name it is kept under.
    pub(super) async fn kept(form: &ClosingForm, problems: Vec<FieldProblem>) -> String {
        let refusal =
            Refusal { form: ClosingForm::NAME.to_owned(), problems, notices: Vec::new(), typed: form.typed(), newer: None, trouble: None };
        keep(&refusal).await
    }

    /// The form of a closing that was kept, if it still is.
    pub(super) async fn recalled(draft: &str) -> Result<Option<ClosingForm>, AppError> {
        let Draft::Kept(refusal) = recall_draft(draft.to_owned()).await? else { return Ok(None) };
        let typed = serde_json::to_value(&refusal.typed).ok().filter(|_| refusal.form == ClosingForm::NAME);
        Ok(typed.and_then(|typed| serde_json::from_value(typed).ok()))
    }

    /// The page of a form that is kept.
    pub(super) fn page_of_form(form: &ClosingForm, draft: &str) -> String {
        format!("/rooms/{}/close?draft={draft}", form.id)
    }

    /// What the clocks of a zone show now.
    pub(super) fn now_there(context: &RequestContext, zone: &str) -> Option<WallTime> {
        wall_at(context.zones(), &ZoneName::parse(zone).ok()?, context.now()).ok().map(|moment| moment.local)
    }

    /// What is hidden of what is hurt, on the clocks of the room's site.
    pub(super) fn reserved(context: &RequestContext, zone: &str, preview: &ClosingPreview) -> Vec<ReservedShown> {
        let words = Words::new(Locale::English);
        let Ok(zone) = ZoneName::parse(zone) else { return Vec::new() };
        let at = |at: DateTime<Utc>| wall_at(context.zones(), &zone, at).ok().map(MomentView::from);
        let shown = preview.reserved.iter().filter_map(|it| {
            let when = when_in_words(words, &at(it.starts)?, &at(it.ends)?);
            let title = it.cover.clone().unwrap_or_else(|| words.approvals_reserved());
            Some(ReservedShown { starts: it.starts, when, title })
        });
        shown.collect()
    }
}
