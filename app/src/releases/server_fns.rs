//! The server's half of the page of releases.

use super::{form::ReleaseForm, view::ReleasesView};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The releases of a visit that the requester may know of.
///
/// # Errors
/// When there is no such visit for the requester, or nothing of it was released to them.
#[server]
pub async fn load_releases(
    /// The visit.
    id: String,
) -> Result<ReleasesView, AppError> {
    use super::view::ReleaseLine;
    use crate::{
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::Failure;
    use domain::{
        ids::VisitId,
        permission::{Action, Decision, Facts, decide},
        time::{agreed::MomentView, wall_at},
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let is_on = context.reader().is_on(id);
        let visit = if is_on {
            backend::visits::read_visit(&context, id).await?
        } else {
            match backend::releases::read_release(&context, id, None).await {
                Ok(release) => release.visit,
                Err(Failure::Forbidden) => return Err(AppError::NotFound),
                Err(failure) => return Err(failure.into()),
            }
        };
        let may_release = decide(context.actor(), Action::ReleaseProgramme, Facts::visit(true, is_on)) == Decision::Allowed;
        let draft = if may_release { Some(backend::releases::draft_version(&context, id).await?.as_str().to_owned()) } else { None };
        let zone = &context.office().details.zone;
        let heads = backend::releases::list_releases(&context, id).await?;
        let releases = heads.into_iter().filter_map(|head| {
            let at = MomentView::from(wall_at(context.zones(), zone, head.released_at).ok()?);
            Some(ReleaseLine { audience: head.audience, number: head.number, at, code: head.code })
        });
        Ok(ReleasesView { releases: releases.collect(), head: head_of(&context, visit, &missions_known_to(&context).await?), draft })
    })
    .await
}

/// Releases a visit's programme to audiences, as the requester saw it.
///
/// # Errors
/// When there is no such visit for the requester, or it may not be released.
#[server]
pub async fn release_visit(
    /// The form.
    #[server(flatten)]
    form: ReleaseForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    use domain::ids::VisitId;
    answer(form, |form| async move {
        let context = request_context()?;
        let id: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::releases::release_programme(&context, id, &form.audiences(), &Seen::from_form(&form.seen)).await {
            Ok(_) => Ok(Answer::Done(format!("/visits/{id}/releases"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
