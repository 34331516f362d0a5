//! The server's half of the pages of sites.

use super::{
    SiteForm,
    view::{SiteFormView, SiteListView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The sites, to who keeps them.
///
/// # Errors
/// When sites may not be changed.
#[server]
pub async fn load_sites() -> Result<SiteListView, AppError> {
    use crate::request::{may, request_context};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let sites = backend::rooms::list_sites(&context).await?;
        if may(&context, Action::ManageRooms) { Ok(SiteListView { sites, today: context.today() }) } else { Err(AppError::NotAllowed) }
    })
    .await
}

/// The form of a site; of a new one without an id.
///
/// # Errors
/// When there is no such site, or sites may not be changed.
#[server]
pub async fn load_site_form(
    /// The site, or nothing.
    id: String,
) -> Result<SiteFormView, AppError> {
    use crate::{
        components::Choice,
        request::{may, request_context, zone_names},
    };
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let stored = if id.is_empty() {
            SiteForm::new_in(context.office().details.zone.to_string())
        } else {
            let site = backend::rooms::read_site(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
            SiteForm::of(&site, ETag::of(&site)?.as_str())
        };
        let sites = backend::rooms::list_sites(&context).await?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        let others = sites.into_iter().map(|site| Choice::new(site.id.to_string(), site.name)).filter(|site| site.value != stored.id);
        Ok(SiteFormView { others: others.collect(), stored, zones: zone_names(&context) })
    })
    .await
}

/// Makes a site, or changes one.
///
/// # Errors
/// When there is no such site, or sites may not be changed.
#[server]
pub async fn save_site(
    /// The form.
    #[server(flatten)]
    form: SiteForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let saved = if form.id.is_empty() {
            backend::rooms::create_site(&context, form.input()).await
        } else {
            let id = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::rooms::change_site(&context, id, form.input(), &Seen::from_form(&form.seen)).await
        };
        match saved {
            Ok(_) => Ok(Answer::Done("/settings/sites".to_owned())),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(form.in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}
