//! The server's half of the pages of the settings.

use super::{
    OfficeForm, RulesForm,
    view::{OfficeFormView, RulesFormView, SettingsView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// What one may set.
///
/// # Errors
/// When one may set nothing.
#[server]
pub async fn load_settings() -> Result<SettingsView, AppError> {
    use super::view::SettingsRights;
    use crate::request::{may, request_context};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        let rights = SettingsRights {
            office: may(&context, Action::ManageOffice),
            rooms: may(&context, Action::ManageRooms),
            missions: may(&context, Action::ManageMissions),
            people: may(&context, Action::ManagePeople),
            accounts: may(&context, Action::ManageAccounts),
        };
        if !rights.any() {
            return Err(AppError::NotAllowed);
        }
        let tz_version = context.zones().version().to_owned();
        Ok(SettingsView { office: context.office().details.clone(), rights, tz_version })
    })
    .await
}

/// The form of the office.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn load_office_form() -> Result<OfficeFormView, AppError> {
    use crate::request::{may, request_context, zone_names};
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let office = backend::offices::read_office(&context).await?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        Ok(OfficeFormView { stored: OfficeForm::of(&office, ETag::of(&office)?.as_str()), zones: zone_names(&context) })
    })
    .await
}

/// Changes the office.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn save_office(
    /// The form.
    #[server(flatten)]
    form: OfficeForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let seen = Seen::from_form(&form.seen);
        match backend::offices::change_office(&context, form.input(), &seen).await {
            Ok(_) => Ok(Answer::Done("/settings".to_owned())),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(form.in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}

/// The form of the levels of rules.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn load_rules_form() -> Result<RulesFormView, AppError> {
    use crate::request::{may, request_context};
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let office = backend::offices::read_office(&context).await?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        Ok(RulesFormView { stored: RulesForm::of(&office, ETag::of(&office)?.as_str()) })
    })
    .await
}

/// Says how bad a breach of each rule is.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn save_rules(
    /// The form.
    #[server(flatten)]
    form: RulesForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let seen = Seen::from_form(&form.seen);
        match backend::offices::change_office(&context, form.input(), &seen).await {
            Ok(_) => Ok(Answer::Done("/settings".to_owned())),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(RulesForm::in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}
