//! One's own calendar feeds.

use super::{
    ROOT,
    body::{Asked, Id, Keyed, PageQuery, Sent, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use backend::{Failure, RequestContext, feeds, paging::page};
use domain::{
    feeds::{FeedInput, FeedView},
    ids::FeedId,
    paging::Page,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A feed just made.
#[derive(Serialize, ToSchema)]
pub(super) struct FeedLink {
    /// Identifier.
    id: FeedId,
    /// Its link, a secret that is shown once: a retry under the same key is not shown it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

domain::viewed_by! { FeedLink {} }

/// One's own feeds, in the order in which they were made, without their links.
#[utoipa::path(get, path = "/feeds", tag = "feeds", params(PageQuery), responses((status = 200, body = Page<FeedView>)))]
pub(super) async fn list_feeds(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<FeedView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(feeds::list_own_feeds(&context).await?, |view| view.id.uuid(), &request)))
}

/// Makes a feed of something one may know of. Its link is shown this once.
#[utoipa::path(post, path = "/feeds", tag = "feeds", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = FeedInput, responses((status = 201, body = FeedLink)))]
pub(super) async fn make_feed(Authenticated(context): Authenticated, keyed: Keyed<FeedInput>) -> Result<impl IntoResponse, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let (scope, detail) = input.read()?;
        let made = feeds::make_feed(&context, scope, detail).await?;
        let id = made.view.id;
        Ok((id.uuid(), FeedLink { id, url: Some(made.url()) }))
    };
    let again = |context: RequestContext, id| async move {
        let own = feeds::list_own_feeds(&context).await?;
        own.iter().find(|view| view.id == FeedId(id)).map(|view| FeedLink { id: view.id, url: None }).ok_or(Failure::NotFound)
    };
    let made = made_once(&context, key, make, again).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("{ROOT}/feeds/{}", made.id))], Sent(made)))
}

/// Revokes all of one's own feeds: their links open nothing from then on.
#[utoipa::path(delete, path = "/feeds", tag = "feeds", responses((status = 204)))]
pub(super) async fn revoke_feeds(Authenticated(context): Authenticated) -> Result<StatusCode, Problem> {
    feeds::revoke_all(&context).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Revokes one of one's own feeds: its link opens nothing from then on.
#[utoipa::path(delete, path = "/feeds/{id}", tag = "feeds", params(("id" = FeedId, Path)), responses((status = 204)))]
pub(super) async fn revoke_feed(Authenticated(context): Authenticated, Id(id): Id<FeedId>) -> Result<StatusCode, Problem> {
    feeds::revoke_feed(&context, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
