//! The server's half of the page of releases.

use super::{
    acknowledging::AcknowledgeForm,
    form::ReleaseForm,
    view::{CodeView, ReleasesView},
};
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
    use super::{
        gather::{on_office_clocks, standing_shown},
        view::{DraftShown, ReleaseLine},
    };
    use crate::{
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::{Failure, releases};
    use domain::{
        ids::VisitId,
        permission::{Action, Decision, Facts, decide},
        releases::Audience,
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let is_on = context.reader().is_on(id);
        let visit = if is_on {
            backend::visits::read_visit(&context, id).await?
        } else {
            match releases::read_release(&context, id, None).await {
                Ok(release) => release.visit,
                Err(Failure::Forbidden) => return Err(AppError::NotFound),
                Err(failure) => return Err(failure.into()),
            }
        };
        let may_release = decide(context.actor(), Action::ReleaseProgramme, Facts::visit(true, is_on)) == Decision::Allowed;
        let (draft, standings) = if may_release {
            let seen = releases::draft_version(&context, id).await?.as_str().to_owned();
            let audiences: Vec<Audience> = Audience::releasable_by(context.reader()).collect();
            let previews = releases::preview_release(&context, id, &audiences).await?;
            let standings = releases::acknowledgements::list_acknowledgements(&context, id).await?;
            let standings = standings.into_iter().map(|standing| standing_shown(&context, standing)).collect();
            (Some(DraftShown { seen, previews }), Some(standings))
        } else {
            (None, None)
        };
        let heads = releases::list_releases(&context, id).await?;
        let lines = heads.into_iter().filter_map(|head| {
            let at = on_office_clocks(&context, head.released_at)?;
            Some(ReleaseLine { audience: head.audience, number: head.number, at, code: head.code })
        });
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        Ok(ReleasesView { releases: lines.collect(), head, standings, draft })
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

/// Acknowledges a release that the requester reads.
///
/// # Errors
/// When there is no such release for the requester, or the requester is not asked to acknowledge it.
#[server]
pub async fn acknowledge_release(
    /// The form.
    #[server(flatten)]
    form: AcknowledgeForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::ids::VisitId;
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        let visit: VisitId = form.visit.parse().map_err(|_| AppError::NotFound)?;
        match backend::releases::acknowledgements::acknowledge_release(&context, id).await {
            Ok(()) => Ok(Answer::Done(format!("/visits/{visit}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Whether the release that bears a code is current. It is for whoever holds a printed programme, signed in or not.
///
/// # Errors
/// When too many codes were tried from where the requester is.
#[server]
pub async fn load_code(
    /// The code as it was typed; nothing before one is.
    #[server(default)]
    code: String,
) -> Result<CodeView, AppError> {
    use crate::request::{request_context, requested_from};
    use backend::Failure;
    crate::errors::answer(async {
        let context = request_context()?;
        let asked: String = code.trim().chars().take(20).collect();
        if asked.is_empty() {
            return Ok(CodeView { asked, answer: None });
        }
        let answer = match backend::releases::is_current(&context, requested_from().into(), &asked).await {
            Ok(answer) => Some(answer),
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure.into()),
        };
        Ok(CodeView { asked, answer })
    })
    .await
}
