//! Missions.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Searched, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use backend::{RequestContext, missions};
use domain::{
    ids::MissionId,
    missions::{
        input::MissionInput,
        view::{MissionView, PlacedMission},
    },
    paging::Page,
};

/// The office's missions in their order of precedence, each with what decided; with `q` those it finds, in their places.
#[utoipa::path(get, path = "/missions", tag = "missions", params(Searched, PageQuery), responses((status = 200, body = Page<PlacedMission>)))]
pub(super) async fn list_missions(
    Authenticated(context): Authenticated,
    Asked(searched): Asked<Searched>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<PlacedMission>>, Problem> {
    Ok(Sent(missions::list_missions(&context, searched.q.as_deref(), &query.request()?).await?))
}

/// Makes a mission.
#[utoipa::path(post, path = "/missions", tag = "missions", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = MissionInput, responses((status = 201, body = MissionView)))]
pub(super) async fn create_mission(
    Authenticated(context): Authenticated,
    keyed: Keyed<MissionInput>,
) -> Result<Versioned<MissionView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = missions::create_mission(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { missions::read_mission(&context, MissionId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/missions/{}", view.id), view))
}

/// A mission.
#[utoipa::path(get, path = "/missions/{id}", tag = "missions", params(("id" = MissionId, Path)), responses((status = 200, body = MissionView)))]
pub(super) async fn read_mission(Authenticated(context): Authenticated, Id(id): Id<MissionId>) -> Result<Versioned<MissionView>, Problem> {
    Ok(Versioned::ok(missions::read_mission(&context, id).await?))
}

/// Changes a mission; what is absent stays as it is.
#[utoipa::path(patch, path = "/missions/{id}", tag = "missions", params(("id" = MissionId, Path), ("If-Match" = Option<String>, Header)),
    request_body = MissionInput, responses((status = 200, body = MissionView)))]
pub(super) async fn change_mission(
    Authenticated(context): Authenticated,
    Id(id): Id<MissionId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<MissionInput>,
) -> Result<Versioned<MissionView>, Problem> {
    Ok(Versioned::ok(missions::change_mission(&context, id, input, &seen).await?))
}
