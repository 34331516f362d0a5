//! Door plans: links for the displays by the doors of rooms.

use super::{
    ROOT,
    body::{Asked, Id, Keyed, PageQuery, Sent, made_once},
    rooms::OfRoom,
};
use crate::{problem::Problem, requester::Authenticated};
use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use backend::{Failure, RequestContext, paging::page, rooms::doors};
use domain::{
    doors::{DoorPlanInput, DoorPlanView},
    ids::DoorPlanId,
    paging::Page,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A door plan just made.
#[derive(Serialize, ToSchema)]
pub(super) struct DoorPlanLink {
    /// Identifier.
    id: DoorPlanId,
    /// Its link, a secret that is shown once: a retry under the same key is not shown it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

domain::viewed_by! { DoorPlanLink {} }

/// The door plans of a room, or of all, without their links: those that were not revoked. For who keeps rooms.
#[utoipa::path(get, path = "/door-plans", tag = "rooms", params(OfRoom, PageQuery), responses((status = 200, body = Page<DoorPlanView>)))]
pub(super) async fn list_door_plans(
    Authenticated(context): Authenticated,
    Asked(of): Asked<OfRoom>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<DoorPlanView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(doors::list_door_plans(&context, of.room_id).await?, |view| view.id.uuid(), &request)))
}

/// Makes a door plan: a link at which today's use of a room is shown, up to TLP:GREEN. It is shown this once, ends with a day, and
/// works no longer than its maker keeps rooms and reads as high.
#[utoipa::path(post, path = "/door-plans", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = DoorPlanInput, responses((status = 201, body = DoorPlanLink)))]
pub(super) async fn make_door_plan(
    Authenticated(context): Authenticated,
    keyed: Keyed<DoorPlanInput>,
) -> Result<impl IntoResponse, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let made = doors::make_door_plan(&context, &input).await?;
        let id = made.view.id;
        Ok((id.uuid(), DoorPlanLink { id, url: Some(made.url()) }))
    };
    let again = |context: RequestContext, id| async move {
        let plans = doors::list_door_plans(&context, None).await?;
        plans.iter().find(|view| view.id == DoorPlanId(id)).map(|view| DoorPlanLink { id: view.id, url: None }).ok_or(Failure::NotFound)
    };
    let made = made_once(&context, key, make, again).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("{ROOT}/door-plans/{}", made.id))], Sent(made)))
}

/// Revokes a door plan, whoever made it: its link opens nothing from then on.
#[utoipa::path(delete, path = "/door-plans/{id}", tag = "rooms", params(("id" = DoorPlanId, Path)), responses((status = 204)))]
pub(super) async fn revoke_door_plan(Authenticated(context): Authenticated, Id(id): Id<DoorPlanId>) -> Result<StatusCode, Problem> {
    doors::revoke_door_plan(&context, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
