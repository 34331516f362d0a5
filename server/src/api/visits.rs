//! Visits.

use super::{
    ROOT,
    body::{Body, Id, IfMatch, Listed, Versioned},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::Json;
use backend::visits;
use domain::{ids::VisitId, marking::view::VisitView, visits::input::VisitInput};

/// The visits that the requester may know of, by their first day.
#[utoipa::path(get, path = "/visits", tag = "visits", responses((status = 200, body = Listed<VisitView>)))]
pub(super) async fn list_visits(Authenticated(context): Authenticated) -> Result<Json<Listed<VisitView>>, Problem> {
    Ok(Json(Listed::whole(visits::list_visits(&context).await?)))
}

/// Makes a visit. Its access list starts with its maker, the chiefs of protocol and the security leads.
#[utoipa::path(post, path = "/visits", tag = "visits", request_body = VisitInput, responses((status = 201, body = VisitView)))]
pub(super) async fn create_visit(
    Authenticated(context): Authenticated,
    Body(input): Body<VisitInput>,
) -> Result<Versioned<VisitView>, Problem> {
    let view = visits::create_visit(&context, input).await?;
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
