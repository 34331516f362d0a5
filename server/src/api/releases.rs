//! Releases.

use super::body::{Asked, Body, Id, IfMatch, PageQuery, Sent, whole};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{paging::page, releases};
use domain::{
    ids::VisitId,
    paging::Page,
    releases::{Audience, ReleaseHead, ReleaseView},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// For whom to release.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Release {
    /// The audiences.
    audiences: Vec<Audience>,
}

/// The releases of a visit that the requester may read, the latest first.
#[utoipa::path(get, path = "/visits/{id}/releases", tag = "releases", params(("id" = VisitId, Path), PageQuery), responses((status = 200, body = Page<ReleaseHead>)))]
pub(super) async fn list_releases(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<ReleaseHead>>, Problem> {
    let heads = releases::list_releases(&context, visit).await?;
    Ok(Sent(page(heads, |head| head.id.uuid(), &query.request()?)))
}

/// Releases the programme as it stands. `If-Match` takes the draft's version, or `*`.
#[utoipa::path(post, path = "/visits/{id}/releases", tag = "releases", params(("id" = VisitId, Path), ("If-Match" = Option<String>, Header)),
    request_body = Release, responses((status = 201, body = Page<ReleaseHead>)))]
pub(super) async fn release_programme(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    IfMatch(seen): IfMatch,
    Body(release): Body<Release>,
) -> Result<(StatusCode, Sent<Page<ReleaseHead>>), Problem> {
    let heads = releases::release_programme(&context, visit, &release.audiences, &seen).await?;
    Ok((StatusCode::CREATED, Sent(whole(heads))))
}

/// The last release to an audience the requester belongs to, as the requester may read it today.
#[utoipa::path(get, path = "/visits/{id}/release", tag = "releases", params(("id" = VisitId, Path)), responses((status = 200, body = ReleaseView)))]
pub(super) async fn read_release(Authenticated(context): Authenticated, Id(visit): Id<VisitId>) -> Result<Sent<ReleaseView>, Problem> {
    Ok(Sent(releases::read_release(&context, visit, None).await?))
}
