//! Lines of programmes.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
    bookings::told_on,
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{Failure, Outcome, RequestContext, paging::page, programme};
use domain::{
    ids::{ItemId, VisitId},
    marking::view::ItemView,
    paging::Page,
    programme::input::ItemInput,
    time::ZoneName,
};

/// The clocks on which a line was asked for; what stands in its way is told on them too.
pub(super) fn clocks_of(input: &ItemInput) -> Option<ZoneName> {
    input.starts.as_ref().map(|starts| starts.zone.clone())
}

/// The clocks on which a line is now: those of a change that says nothing of its start.
pub(super) async fn clocks_now_of(context: &RequestContext, id: ItemId) -> Outcome<ZoneName> {
    Ok(programme::read_item(context, id).await?.starts.zone)
}

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
    let clocks = clocks_of(&input);
    let make = |context: RequestContext| async move {
        let saved = programme::add_programme_item(&context, visit, input).await?;
        Ok((saved.view.id.uuid(), saved.view))
    };
    let again = |context: RequestContext, id| async move { programme::read_item(&context, ItemId(id)).await };
    let view = made_once(&context, key, make, again).await.map_err(told_on(clocks))?;
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
    let given = clocks_of(&input);
    match programme::change_programme_item(&context, id, input, &seen).await {
        Ok(changed) => Ok(Versioned::ok(changed.view)),
        Err(clash @ Failure::Clash(_)) => {
            let clocks = match given {
                Some(zone) => zone,
                None => clocks_now_of(&context, id).await?,
            };
            Err(Problem::from(clash).on_clocks_of(clocks))
        }
        Err(failure) => Err(failure.into()),
    }
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
