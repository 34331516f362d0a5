//! Sites.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use backend::{RequestContext, paging::page, rooms};
use domain::{
    ids::SiteId,
    paging::Page,
    rooms::{input::SiteInput, view::SiteView},
};

/// The office's sites, by name.
#[utoipa::path(get, path = "/sites", tag = "rooms", params(PageQuery), responses((status = 200, body = Page<SiteView>)))]
pub(super) async fn list_sites(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<SiteView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(rooms::list_sites(&context).await?, |view| view.id.uuid(), &request)))
}

/// Makes a site.
#[utoipa::path(post, path = "/sites", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = SiteInput, responses((status = 201, body = SiteView)))]
pub(super) async fn create_site(Authenticated(context): Authenticated, keyed: Keyed<SiteInput>) -> Result<Versioned<SiteView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = rooms::create_site(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { rooms::read_site(&context, SiteId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/sites/{}", view.id), view))
}

/// A site.
#[utoipa::path(get, path = "/sites/{id}", tag = "rooms", params(("id" = SiteId, Path)), responses((status = 200, body = SiteView)))]
pub(super) async fn read_site(Authenticated(context): Authenticated, Id(id): Id<SiteId>) -> Result<Versioned<SiteView>, Problem> {
    Ok(Versioned::ok(rooms::read_site(&context, id).await?))
}

/// Changes a site; what is absent stays as it is.
#[utoipa::path(patch, path = "/sites/{id}", tag = "rooms", params(("id" = SiteId, Path), ("If-Match" = Option<String>, Header)),
    request_body = SiteInput, responses((status = 200, body = SiteView)))]
pub(super) async fn change_site(
    Authenticated(context): Authenticated,
    Id(id): Id<SiteId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<SiteInput>,
) -> Result<Versioned<SiteView>, Problem> {
    Ok(Versioned::ok(rooms::change_site(&context, id, input, &seen).await?))
}
