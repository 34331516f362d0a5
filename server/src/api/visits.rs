//! Visits.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use backend::{RequestContext, paging::page, visits};
use domain::{ids::VisitId, marking::view::VisitView, paging::Page, visits::input::VisitInput};

/// The visits that the requester may know of, by their first day.
#[utoipa::path(get, path = "/visits", tag = "visits", params(PageQuery), responses((status = 200, body = Page<VisitView>)))]
pub(super) async fn list_visits(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<VisitView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(visits::list_visits(&context).await?, |view| view.id.uuid(), &request)))
}

/// Makes a visit. Its access list starts with its maker, the chiefs of protocol and the security leads.
#[utoipa::path(post, path = "/visits", tag = "visits", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = VisitInput, responses((status = 201, body = VisitView)))]
pub(super) async fn create_visit(Authenticated(context): Authenticated, keyed: Keyed<VisitInput>) -> Result<Versioned<VisitView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = visits::create_visit(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { visits::read_visit(&context, VisitId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/visits/{}", view.id), view))
}

/// A visit.
#[utoipa::path(get, path = "/visits/{id}", tag = "visits", params(("id" = VisitId, Path)), responses((status = 200, body = VisitView)))]
pub(super) async fn read_visit(Authenticated(context): Authenticated, Id(id): Id<VisitId>) -> Result<Versioned<VisitView>, Problem> {
    Ok(Versioned::ok(visits::read_visit(&context, id).await?))
}

/// Changes a visit; what is absent stays as it is.
#[utoipa::path(patch, path = "/visits/{id}", tag = "visits", params(("id" = VisitId, Path), ("If-Match" = Option<String>, Header)),
    request_body = VisitInput, responses((status = 200, body = VisitView)))]
pub(super) async fn change_visit(
    Authenticated(context): Authenticated,
    Id(id): Id<VisitId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<VisitInput>,
) -> Result<Versioned<VisitView>, Problem> {
    Ok(Versioned::ok(visits::change_visit(&context, id, input, &seen).await?))
}
