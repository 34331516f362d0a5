//! Lines of programmes.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{RequestContext, paging::page, programme};
use domain::{
    ids::{ItemId, VisitId},
    marking::view::ItemView,
    paging::Page,
    programme::input::ItemInput,
};

/// The live lines of a visit that the requester may read, in their order.
#[utoipa::path(get, path = "/visits/{id}/items", tag = "programme", params(("id" = VisitId, Path), PageQuery), responses((status = 200, body = Page<ItemView>)))]
pub(super) async fn list_items(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<ItemView>>, Problem> {
    let items = programme::list_items(&context, visit).await?;
    Ok(Sent(page(items, |view| view.id.uuid(), &query.request()?)))
}

/// Adds a line. Something needed that is taken answers 409 with what is free nearest.
#[utoipa::path(post, path = "/visits/{id}/items", tag = "programme", params(("id" = VisitId, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ItemInput, responses((status = 201, body = ItemView)))]
pub(super) async fn add_item(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    keyed: Keyed<ItemInput>,
) -> Result<Versioned<ItemView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let saved = programme::add_programme_item(&context, visit, input).await?;
        Ok((saved.view.id.uuid(), saved.view))
    };
    let again = |context: RequestContext, id| async move { programme::read_item(&context, ItemId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/items/{}", view.id), view))
}

/// A line.
#[utoipa::path(get, path = "/items/{id}", tag = "programme", params(("id" = ItemId, Path)), responses((status = 200, body = ItemView)))]
pub(super) async fn read_item(Authenticated(context): Authenticated, Id(id): Id<ItemId>) -> Result<Versioned<ItemView>, Problem> {
    Ok(Versioned::ok(programme::read_item(&context, id).await?))
}

/// Changes a line; what is absent stays as it is.
#[utoipa::path(patch, path = "/items/{id}", tag = "programme", params(("id" = ItemId, Path), ("If-Match" = Option<String>, Header)),
    request_body = ItemInput, responses((status = 200, body = ItemView)))]
pub(super) async fn change_item(
    Authenticated(context): Authenticated,
    Id(id): Id<ItemId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<ItemInput>,
) -> Result<Versioned<ItemView>, Problem> {
    Ok(Versioned::ok(programme::change_programme_item(&context, id, input, &seen).await?.view))
}

/// Takes a line out of its programme and gives back what it held.
#[utoipa::path(delete, path = "/items/{id}", tag = "programme", params(("id" = ItemId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn remove_item(
    Authenticated(context): Authenticated,
    Id(id): Id<ItemId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    programme::remove_programme_item(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
