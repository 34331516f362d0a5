//! Delegates.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{RequestContext, delegations, paging::page};
use domain::{
    delegations::input::DelegateInput,
    ids::{DelegateId, VisitId},
    marking::view::DelegateView,
    paging::Page,
};

/// The delegates of a visit that the requester may read, by delegation and their own order.
#[utoipa::path(get, path = "/visits/{id}/delegates", tag = "delegations", params(("id" = VisitId, Path), PageQuery), responses((status = 200, body = Page<DelegateView>)))]
pub(super) async fn list_delegates(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<DelegateView>>, Problem> {
    let delegates = delegations::list_delegates(&context, visit).await?;
    Ok(Sent(page(delegates, |view| view.id.uuid(), &query.request()?)))
}

/// Adds a delegate; the first of a delegation makes it.
#[utoipa::path(post, path = "/visits/{id}/delegates", tag = "delegations", params(("id" = VisitId, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = DelegateInput, responses((status = 201, body = DelegateView)))]
pub(super) async fn add_delegate(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    keyed: Keyed<DelegateInput>,
) -> Result<Versioned<DelegateView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = delegations::add_delegate(&context, visit, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { delegations::read_delegate(&context, DelegateId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/delegates/{}", view.id), view))
}

/// A delegate.
#[utoipa::path(get, path = "/delegates/{id}", tag = "delegations", params(("id" = DelegateId, Path)), responses((status = 200, body = DelegateView)))]
pub(super) async fn read_delegate(
    Authenticated(context): Authenticated,
    Id(id): Id<DelegateId>,
) -> Result<Versioned<DelegateView>, Problem> {
    Ok(Versioned::ok(delegations::read_delegate(&context, id).await?))
}

/// Changes a delegate; what is absent stays as it is.
#[utoipa::path(patch, path = "/delegates/{id}", tag = "delegations", params(("id" = DelegateId, Path), ("If-Match" = Option<String>, Header)),
    request_body = DelegateInput, responses((status = 200, body = DelegateView)))]
pub(super) async fn change_delegate(
    Authenticated(context): Authenticated,
    Id(id): Id<DelegateId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<DelegateInput>,
) -> Result<Versioned<DelegateView>, Problem> {
    Ok(Versioned::ok(delegations::change_delegate(&context, id, input, &seen).await?))
}

/// Takes a delegate out of the delegation.
#[utoipa::path(delete, path = "/delegates/{id}", tag = "delegations", params(("id" = DelegateId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn remove_delegate(
    Authenticated(context): Authenticated,
    Id(id): Id<DelegateId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    delegations::remove_delegate(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
