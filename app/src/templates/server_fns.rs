//! The server's half of the pages of templates.

use super::{
    form::TemplateForm,
    view::{TemplateFormView, TemplatesView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The templates of all categories.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn load_templates() -> Result<TemplatesView, AppError> {
    use super::gather::brings;
    use crate::request::{may, request_context};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        Ok(TemplatesView { templates: brings(&context).await? })
    })
    .await
}

/// The form of a category's template.
///
/// # Errors
/// When there is no such category, or the office may not be changed.
#[server]
pub async fn load_template_form(
    /// The word of the category.
    category: String,
) -> Result<TemplateFormView, AppError> {
    use super::gather::category_of;
    use crate::request::{may, request_context};
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        let category = category_of(&category)?;
        let template = backend::templates::read_template(&context, category).await?;
        Ok(TemplateFormView { category, stored: TemplateForm::of(category, &template, ETag::of(&template)?.as_str()) })
    })
    .await
}

/// Changes a category's template.
///
/// # Errors
/// When there is no such category, or the office may not be changed.
#[server]
pub async fn save_template(
    /// The form.
    #[server(flatten)]
    form: TemplateForm,
) -> Result<Outcome, AppError> {
    use super::gather::category_of;
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{refused, request_context},
    };
    use backend::{
        Failure,
        version::{ETag, Seen},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let category = category_of(&form.category)?;
        match backend::templates::change_template(&context, category, form.input(), &Seen::from_form(&form.seen)).await {
            Ok(_) => Ok(Answer::Done("/settings/templates".to_owned())),
            Err(Failure::Stale) => {
                let template = backend::templates::read_template(&context, category).await?;
                Ok(Answer::Newer(TemplateForm::of(category, &template, ETag::of(&template)?.as_str()).typed()))
            }
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(form.in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}
