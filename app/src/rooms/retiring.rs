//! Retiring a room: asked about on its page, and refused while something uses it now or later.

use crate::{
    components::{Button, FormSheet, Hidden, Weight},
    errors::AppError,
    forms::{FormFields, Outcome, Start},
    words::use_words,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form that retires a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RetireRoomForm {
    /// The room.
    pub id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for RetireRoomForm {
    const NAME: &'static str = "retire-room";
}

/// Retires a room that nothing uses any more.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn retire_room(
    /// The form.
    #[server(flatten)]
    form: RetireRoomForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    use domain::problems::Problem;
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::rooms::retire_room(&context, id, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done("/rooms/list".to_owned())),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, mut notices) if problems.iter().any(|it| it.problem == Problem::StillUsed) => {
                    notices.push(Notice::new(NoticeLevel::Block, Words::new(Locale::English).rooms_retire_still_used()));
                    Answer::Refused(Vec::new(), notices)
                }
                other => other,
            }),
        }
    })
    .await
}

/// Retires a room, after asking.
#[component]
pub(super) fn Retiring(
    /// The form.
    start: Start,
    /// What sends it.
    action: ServerAction<RetireRoom>,
) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    let close = format!("/rooms/{}/close?now=yes", start.typed().get("id"));
    view! {
        <details id="retire" open=open>
            <summary>{words.rooms_retire_title()}</summary>
            <FormSheet action=action start=start id=RetireRoomForm::NAME>
                <p>{words.rooms_retire_says()}</p>
                <p><a href=close>{words.closing_retire_first()}</a></p>
                <Hidden name="id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.rooms_retire_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
