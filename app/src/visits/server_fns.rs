//! The server's half of the pages of visits.

use super::{
    VisitForm,
    view::{AccessView, GrantForm, RevokeForm, VisitFormView, VisitListView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The visits one may know of, narrowed by filters; an empty filter lets all pass.
///
/// # Errors
/// When one may not read the list.
#[server]
pub async fn load_visits(
    /// Word of a state.
    state: String,
    /// Word of a category.
    category: String,
    /// Text in the title, the country's name or the guest's.
    text: String,
) -> Result<VisitListView, AppError> {
    use super::gather::list_of;
    use crate::request::request_context;
    crate::errors::answer(async { Ok(list_of(&request_context()?, &state, &category, &text).await?) }).await
}

/// The form of a visit; of a new one without an id.
///
/// # Errors
/// When there is no such visit for the requester, or it may not be changed.
#[server]
pub async fn load_visit_form(
    /// The visit, or nothing.
    id: String,
) -> Result<VisitFormView, AppError> {
    use super::gather::{choices, head_of};
    use crate::{components::Choice, request::request_context, templates::gather::brings};
    use backend::version::ETag;
    use domain::{
        ids::VisitId,
        permission::{Action, Decision, Facts, decide},
        visits::VisitState,
    };
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        let names = backend::directory::read_names(&context).await?;
        let mut countries: Vec<String> = names.missions.iter().map(|mission| mission.details.country_name.to_string()).collect();
        countries.dedup();
        let (head, stored, states) = if id.is_empty() {
            if decide(context.actor(), Action::CreateVisit, Facts::NONE) != Decision::Allowed {
                return Err(AppError::NotAllowed);
            }
            let office = &context.office().details;
            let once = context.new_id::<VisitId>().to_string();
            let stored = VisitForm { once, ..VisitForm::new_in(&office.zone, &office.place) };
            (None, stored, vec![VisitState::Requested, VisitState::Held, VisitState::Confirmed])
        } else {
            let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
            let visit = backend::visits::read_visit(&context, id).await?;
            let seen = ETag::of(&visit)?;
            let head = head_of(&context, visit, &names.missions);
            if !head.rights.edit {
                return Err(AppError::NotAllowed);
            }
            let states = std::iter::once(head.visit.state).chain(head.visit.state.next().iter().copied()).collect();
            let stored = VisitForm::of(&head.visit, head.country.as_deref().unwrap_or_default(), seen.as_str());
            (Some(head), stored, states)
        };
        let templates = if head.is_none() { brings(&context).await? } else { Vec::new() };
        Ok(VisitFormView {
            templates,
            head,
            stored,
            states,
            people: choices(&names.people),
            missions: names.missions.iter().map(|mission| Choice::new(mission.id.to_string(), mission.details.name.to_string())).collect(),
            countries,
            zones: context.chancery().zones.names().iter().map(ToString::to_string).collect(),
            ceiling: context.reader().ceiling(),
        })
    })
    .await
}

/// Makes a visit, or changes one.
///
/// # Errors
/// When there is no such visit for the requester, or it may not be changed.
#[server]
pub async fn save_visit(
    /// The form.
    #[server(flatten)]
    form: VisitForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{made_once, refused_for_lines, request_context},
        visits::gather::head_of,
    };
    use backend::{
        Failure,
        version::{ETag, Seen},
    };
    use domain::ids::VisitId;
    answer(form, |form| async move {
        let context = request_context()?;
        let names = backend::directory::read_names(&context).await?;
        let input = match form.read(context.today(), &names) {
            Ok(input) => input,
            Err(problems) => return Ok(Answer::Refused(problems, Vec::new())),
        };
        let saved =
            if form.id.is_empty() {
                made_once(&context, &form, &form.once, |context| async move {
                    Ok(backend::visits::create_visit(&context, input).await?.id.uuid())
                })
                .await
            } else {
                let id: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
                backend::visits::change_visit(&context, id, input, &Seen::from_form(&form.seen)).await.map(|visit| visit.id.uuid())
            };
        match saved {
            Ok(visit) => Ok(Answer::Done(format!("/visits/{visit}"))),
            Err(Failure::Stale) => {
                let visit = backend::visits::read_visit(&context, form.id.parse().map_err(|_| AppError::NotFound)?).await?;
                let seen = ETag::of(&visit)?;
                let head = head_of(&context, visit, &names.missions);
                Ok(Answer::Newer(VisitForm::of(&head.visit, head.country.as_deref().unwrap_or_default(), seen.as_str()).typed()))
            }
            // Its lines take other people, or take again what they held.
            Err(failure) => refused_for_lines(&context, failure).await,
        }
    })
    .await
}

/// Who is on a visit's access list.
///
/// # Errors
/// When there is no such visit for the requester, or the requester is not on its list.
#[server]
pub async fn load_access(
    /// The visit.
    id: String,
) -> Result<AccessView, AppError> {
    use super::gather::head_of;
    use crate::{components::Choice, request::request_context};
    use backend::visits::ListEntry;
    use domain::ids::VisitId;
    crate::errors::answer(async {
        let context = request_context()?;
        let id: VisitId = id.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, id).await?;
        let missions = backend::directory::read_names(&context).await?.missions;
        let head = head_of(&context, visit, &missions);
        let choice = |entry: ListEntry| Choice::new(entry.account.to_string(), entry.name);
        let listed = backend::visits::read_access_list(&context, id).await?.into_iter().map(choice).collect();
        let others = if head.rights.manage_list {
            backend::visits::accounts_not_listed(&context, id).await?.into_iter().map(choice).collect()
        } else {
            Vec::new()
        };
        Ok(AccessView { head, listed, others })
    })
    .await
}

/// Puts somebody on a visit's access list.
///
/// # Errors
/// When there is no such visit for the requester, or its list may not be changed.
#[server]
pub async fn grant_access(
    /// The form.
    #[server(flatten)]
    form: GrantForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::{
        ids::{AccountId, VisitId},
        problems::{FieldProblem, Problem},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let id: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let Ok(account) = form.account_id.parse::<AccountId>() else {
            let problem = if form.account_id.is_empty() { Problem::Missing } else { Problem::Unknown };
            return Ok(Answer::Refused(vec![FieldProblem { field: "account_id".to_owned(), problem }], Vec::new()));
        };
        match backend::visits::grant_access(&context, id, account, &form.reason).await {
            Ok(()) => Ok(Answer::Done(format!("/visits/{id}/access"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Takes somebody off a visit's access list.
///
/// # Errors
/// When there is no such visit for the requester, or its list may not be changed.
#[server]
pub async fn revoke_access(
    /// The form.
    #[server(flatten)]
    form: RevokeForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context, signed_in},
    };
    use domain::ids::{AccountId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        let id: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let account: AccountId = form.account_id.parse().map_err(|_| AppError::NotFound)?;
        match backend::visits::revoke_access(&context, id, account).await {
            // Who takes oneself off can no longer see the list.
            Ok(()) if signed_in()?.account == account => Ok(Answer::Done("/visits".to_owned())),
            Ok(()) => Ok(Answer::Done(format!("/visits/{id}/access"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
