//! The server's half of the pages of missions.

use super::{
    MissionForm,
    view::{MissionFormView, MissionListView, MissionPageView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// When the head took up functions, on the office's clocks, as a field shows it.
#[cfg(feature = "ssr")]
fn functions_at(context: &backend::RequestContext, mission: &domain::missions::view::MissionView) -> Option<String> {
    let at = mission.head.as_ref()?.functions_at?;
    let moment = domain::time::wall_at(context.zones(), &context.office().details.zone, at).ok()?;
    Some(moment.local.to_string().replace('T', " "))
}

/// The missions in the order of the consular corps (Vienna Convention on Consular Relations, art. 16).
///
/// # Errors
/// When one may not read the office.
#[server]
pub async fn load_missions() -> Result<MissionListView, AppError> {
    use crate::request::{may, request_context};
    use backend::paging::PageRequest;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let mut missions = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let request = PageRequest::new(next.as_deref(), Some(domain::paging::MOST_ON_A_PAGE))?;
            let page = backend::missions::list_missions(&context, None, &request).await?;
            missions.extend(page.items);
            next = page.next;
            if next.is_none() {
                return Ok(MissionListView { missions, may_manage: may(&context, Action::ManageMissions) });
            }
        }
    })
    .await
}

/// A mission.
///
/// # Errors
/// When there is none, or one may not read the office.
#[server]
pub async fn load_mission(
    /// The mission.
    id: String,
) -> Result<MissionPageView, AppError> {
    use crate::request::{may, request_context};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let mission = backend::missions::read_mission(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        let functions_at = functions_at(&context, &mission);
        Ok(MissionPageView { mission, functions_at, may_manage: may(&context, Action::ManageMissions) })
    })
    .await
}

/// The form of a mission; of a new one without an id.
///
/// # Errors
/// When there is no such mission, or missions may not be changed.
#[server]
pub async fn load_mission_form(
    /// The mission, or nothing.
    id: String,
) -> Result<MissionFormView, AppError> {
    use crate::{
        request::{may, request_context, zone_names},
        visits::gather::choices,
    };
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let stored = if id.is_empty() {
            MissionForm::default()
        } else {
            let mission = backend::missions::read_mission(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
            MissionForm::of(&mission, functions_at(&context, &mission), ETag::of(&mission)?.as_str())
        };
        let names = backend::directory::read_names(&context).await?;
        if !may(&context, Action::ManageMissions) {
            return Err(AppError::NotAllowed);
        }
        Ok(MissionFormView { stored, people: choices(&names.people), zones: zone_names(&context) })
    })
    .await
}

/// Makes a mission, or changes one.
///
/// # Errors
/// When there is no such mission, or missions may not be changed.
#[server]
pub async fn save_mission(
    /// The form.
    #[server(flatten)]
    form: MissionForm,
) -> Result<Outcome, AppError> {
    use super::form::in_fields;
    use crate::{
        forms::{Answer, answer},
        request::{may, refused, request_context},
    };
    use backend::version::Seen;
    use domain::permission::Action;
    answer(form, |form| async move {
        let context = request_context()?;
        let input = match form.read(context.today(), &context.office().details.zone, context.zones()) {
            Ok(input) => input,
            // Who may not save is told nothing of what they typed.
            Err(problems) if may(&context, Action::ManageMissions) => return Ok(Answer::Refused(problems, Vec::new())),
            Err(_) => return Err(AppError::NotAllowed),
        };
        let saved = if form.id.is_empty() {
            backend::missions::create_mission(&context, input).await
        } else {
            let id = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::missions::change_mission(&context, id, input, &Seen::from_form(&form.seen)).await
        };
        match saved {
            Ok(mission) => Ok(Answer::Done(format!("/missions/{}", mission.id))),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}
