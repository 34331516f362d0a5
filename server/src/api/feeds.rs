//! One's own calendar feeds.

use super::{
    ROOT,
    body::{Body, Id, Sent, whole},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use backend::feeds;
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
    /// Its link, a secret that is shown once.
    url: String,
}

domain::viewed_by! { FeedLink {} }

/// One's own feeds, in the order in which they were made, without their links.
#[utoipa::path(get, path = "/feeds", tag = "feeds", responses((status = 200, body = Page<FeedView>)))]
pub(super) async fn list_feeds(Authenticated(context): Authenticated) -> Result<Sent<Page<FeedView>>, Problem> {
    Ok(Sent(whole(feeds::list_own_feeds(&context).await?)))
}

/// Makes a feed of something one may know of. Its link is shown this once.
#[utoipa::path(post, path = "/feeds", tag = "feeds", request_body = FeedInput, responses((status = 201, body = FeedLink)))]
pub(super) async fn make_feed(Authenticated(context): Authenticated, Body(input): Body<FeedInput>) -> Result<impl IntoResponse, Problem> {
    let (scope, detail) = input.read()?;
    let made = feeds::make_feed(&context, scope, detail).await?;
    let id = made.view.id;
    let location = format!("{ROOT}/feeds/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Sent(FeedLink { id, url: made.url() })))
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
