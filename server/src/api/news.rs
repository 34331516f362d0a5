//! What one is told of rooms one asked for or lost.

use super::body::{Asked, Id, PageQuery, Sent};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{news, paging::page};
use domain::{
    ids::NewsId,
    marking::{Channel, view::NewsView},
    paging::Page,
};

/// What the requester was told and has not taken note of, the latest first: of what the requester may still read, with what would
/// work instead.
#[utoipa::path(get, path = "/news", tag = "rooms", params(PageQuery), responses((status = 200, body = Page<NewsView>)))]
pub(super) async fn list_news(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<NewsView>>, Problem> {
    let told = news::list_news(&context, Channel::Page).await?;
    Ok(Sent(page(told, |news| news.id.uuid(), &query.request()?)))
}

/// Takes note of something one was told.
#[utoipa::path(post, path = "/news/{id}/read", tag = "rooms", params(("id" = NewsId, Path)), responses((status = 204)))]
pub(super) async fn read_news(Authenticated(context): Authenticated, Id(id): Id<NewsId>) -> Result<StatusCode, Problem> {
    news::read_news(&context, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
