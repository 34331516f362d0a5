//! Releases.

use super::body::{Asked, Body, Id, IfMatch, PageQuery, Sent, whole};
use crate::{
    problem::Problem,
    requester::{Authenticated, MaybeAuthenticated, RequesterAddress},
};
use axum::http::StatusCode;
use backend::{
    paging::page,
    releases::{self, acknowledgements, differences},
};
use domain::{
    ids::{ReleaseId, VisitId},
    paging::Page,
    releases::{Audience, CodeAnswer, DifferenceView, ReleaseHead, ReleasePreview, ReleaseStanding, ReleaseView},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

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

/// What a release would tell audiences, each on its own.
#[derive(serde::Serialize, ToSchema)]
pub(super) struct Previews {
    /// An audience each.
    previews: Vec<ReleasePreview>,
}

domain::viewed_by! { Previews { previews } }

/// What a release to these audiences would tell each of them: what has changed since its last one, that nothing has, or that it may
/// not know of the visit. Nothing is released.
#[utoipa::path(post, path = "/visits/{id}/releases/check", tag = "releases", params(("id" = VisitId, Path)), request_body = Release,
    responses((status = 200, body = Previews)))]
pub(super) async fn check_release(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(release): Body<Release>,
) -> Result<Sent<Previews>, Problem> {
    Ok(Sent(Previews { previews: releases::preview_release(&context, visit, &release.audiences).await? }))
}

/// Of which audience's release the difference is asked.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct OfAudience {
    /// The audience; without one, the best informed that the requester belongs to.
    audience: Option<Audience>,
}

/// What the last release to an audience the requester belongs to says otherwise than the one before it that was made to the requester,
/// as the requester may read both today, and whether the requester acknowledged it.
#[utoipa::path(get, path = "/visits/{id}/releases/difference", tag = "releases", params(("id" = VisitId, Path), OfAudience),
    responses((status = 200, body = DifferenceView)))]
pub(super) async fn read_difference(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<OfAudience>,
) -> Result<Sent<DifferenceView>, Problem> {
    Ok(Sent(differences::read_difference(&context, visit, query.audience).await?))
}

/// Acknowledges a release that the requester is asked to. What was acknowledged stays so: a retry does nothing.
#[utoipa::path(post, path = "/releases/{id}/acknowledgement", tag = "releases", params(("id" = ReleaseId, Path)), responses((status = 204)))]
pub(super) async fn acknowledge_release(Authenticated(context): Authenticated, Id(release): Id<ReleaseId>) -> Result<StatusCode, Problem> {
    acknowledgements::acknowledge_release(&context, release).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The last releases of a visit, with who has acknowledged each and who has not; for who may release it.
#[utoipa::path(get, path = "/visits/{id}/releases/acknowledgements", tag = "releases", params(("id" = VisitId, Path), PageQuery),
    responses((status = 200, body = Page<ReleaseStanding>)))]
pub(super) async fn list_acknowledgements(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<ReleaseStanding>>, Problem> {
    let standings = acknowledgements::list_acknowledgements(&context, visit).await?;
    Ok(Sent(page(standings, |standing| standing.head.id.uuid(), &query.request()?)))
}

/// The code on a printed programme.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Code {
    /// As it is printed, in any case, with or without spaces.
    code: String,
}

/// Whether the release that bears a code is current. Whoever holds the paper may ask, signed in or not, so many times a minute; nothing
/// else is told.
#[utoipa::path(get, path = "/release-code", tag = "releases", params(Code), security(()), responses((status = 200, body = CodeAnswer)))]
pub(super) async fn read_code(
    MaybeAuthenticated(context): MaybeAuthenticated,
    RequesterAddress(from): RequesterAddress,
    Asked(query): Asked<Code>,
) -> Result<Sent<CodeAnswer>, Problem> {
    Ok(Sent(releases::is_current(&context, from.into(), &query.code).await?))
}
