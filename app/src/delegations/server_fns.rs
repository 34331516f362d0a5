//! The server's half of the pages of delegations.

use super::{
    form::{DelegateForm, RemoveDelegateForm},
    view::{DelegateFormView, DelegationView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The delegates of a visit: as they are today to who is on its list, and to others as the last release to them has them.
///
/// # Errors
/// When there is no such visit for the requester.
#[server]
pub async fn load_delegation(
    /// The visit.
    id: String,
) -> Result<DelegationView, AppError> {
    use crate::{
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::Failure;
    use domain::ids::VisitId;
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let (visit, delegates) = if context.reader().is_on(id) {
            (backend::visits::read_visit(&context, id).await?, backend::delegations::list_delegates(&context, id).await?)
        } else {
            match backend::releases::read_release(&context, id, None).await {
                Ok(release) => (release.visit, release.delegates),
                Err(Failure::Forbidden) => return Err(AppError::NotFound),
                Err(failure) => return Err(failure.into()),
            }
        };
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        Ok(DelegationView { head, delegates })
    })
    .await
}

/// The form of a delegate; of a new one without an id.
///
/// # Errors
/// When there is no such visit or delegate for the requester, or the delegation may not be changed.
#[server]
pub async fn load_delegate_form(
    /// The visit.
    visit: String,
    /// The delegate, or nothing.
    delegate: String,
) -> Result<DelegateFormView, AppError> {
    use crate::{
        components::Choice,
        request::request_context,
        visits::gather::{choices, head_of},
    };
    use backend::version::ETag;
    use domain::ids::{DelegateId, VisitId};
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = visit.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, id).await?;
        let names = backend::directory::read_names(&context).await?;
        let head = head_of(&context, visit, &names.missions);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let delegates = backend::delegations::list_delegates(&context, id).await?;
        let (stored, marking) = if delegate.is_empty() {
            let once = context.new_id::<DelegateId>().to_string();
            (DelegateForm { once, ..DelegateForm::new_in(id, delegates.is_empty()) }, None)
        } else {
            let delegate: DelegateId = delegate.parse().map_err(|_| AppError::NotFound)?;
            let delegate = delegates.iter().find(|one| one.id == delegate).ok_or(AppError::NotFound)?;
            (DelegateForm::of(delegate, id, ETag::of(delegate)?.as_str()), Some(delegate.marking))
        };
        let attached = |id| head.visit.mission_ids.iter().flatten().any(|mission| *mission == id);
        let missions = names.missions.iter().filter(|mission| attached(mission.id));
        Ok(DelegateFormView {
            missions: missions.map(|mission| Choice::new(mission.id.to_string(), mission.details.name.to_string())).collect(),
            delegations: choices(&backend::delegations::list_delegations(&context, id).await?),
            people: choices(&names.people),
            ceiling: context.reader().ceiling(),
            head,
            stored,
            marking,
        })
    })
    .await
}

/// Adds a delegate, or changes one.
///
/// # Errors
/// When there is no such visit or delegate for the requester, or the delegation may not be changed.
#[server]
pub async fn save_delegate(
    /// The form.
    #[server(flatten)]
    form: DelegateForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{made_once, refused_for_lines, request_context},
    };
    use backend::{
        Failure,
        version::{ETag, Seen},
    };
    use domain::ids::{DelegateId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let seen = Seen::from_form(&form.seen);
        let saved = if form.id.is_empty() {
            let input = form.input();
            made_once(&context, &form, &form.once, |context| async move {
                Ok(backend::delegations::add_delegate(&context, visit, input).await?.id.uuid())
            })
            .await
        } else {
            let id: DelegateId = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::delegations::change_delegate(&context, id, form.input(), &seen).await.map(|delegate| delegate.id.uuid())
        };
        match saved {
            Ok(_) => Ok(Answer::Done(format!("/visits/{visit}/delegation"))),
            Err(Failure::Stale) => {
                let id: DelegateId = form.id.parse().map_err(|_| AppError::NotFound)?;
                let delegates = backend::delegations::list_delegates(&context, visit).await?;
                let delegate = delegates.iter().find(|one| one.id == id).ok_or(AppError::NotFound)?;
                Ok(Answer::Newer(DelegateForm::of(delegate, visit, ETag::of(delegate)?.as_str()).typed()))
            }
            // A head of delegation becomes the guest of the visit's lines, and may be engaged elsewhere.
            Err(failure) => refused_for_lines(&context, failure).await,
        }
    })
    .await
}

/// Takes a delegate out of the delegation.
///
/// # Errors
/// When there is no such delegate for the requester, or the delegation may not be changed.
#[server]
pub async fn remove_delegate(
    /// The form.
    #[server(flatten)]
    form: RemoveDelegateForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    use domain::ids::{DelegateId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let delegate: DelegateId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::delegations::remove_delegate(&context, delegate, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(format!("/visits/{visit}/delegation"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
