//! Erasing a person: asked about on their page, and refused while something needs them.

use crate::{
    components::{Button, FormSheet, Hidden, Weight},
    errors::AppError,
    forms::{FormFields, Outcome, Start},
    words::use_words,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The form that erases a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErasePersonForm {
    /// The person.
    pub id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for ErasePersonForm {
    const NAME: &'static str = "erase-person";
}

/// Erases a person whom nothing needs any more.
///
/// # Errors
/// When there is no such person, or one may not erase people.
#[server]
pub async fn erase_person(
    /// The form.
    #[server(flatten)]
    form: ErasePersonForm,
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
        match backend::people::erasure::erase_person(&context, id, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done("/people".to_owned())),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, mut notices) if problems.iter().any(|it| it.problem == Problem::StillUsed) => {
                    notices.push(Notice::new(NoticeLevel::Block, Words::new(Locale::English).people_erase_still_used()));
                    Answer::Refused(Vec::new(), notices)
                }
                other => other,
            }),
        }
    })
    .await
}

/// Erases a person, after asking.
#[component]
pub(super) fn Erasing(
    /// The form.
    start: Start,
    /// What sends it.
    action: ServerAction<ErasePerson>,
) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="erase" open=open>
            <summary>{words.people_erase_title()}</summary>
            <FormSheet action=action start=start id=ErasePersonForm::NAME>
                <p>{words.people_erase_says()}</p>
                <Hidden name="id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.people_erase_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
