//! Blackouts of rooms and sites.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Stretch, Versioned, made_once},
    rooms::OfRoom,
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{
    RequestContext,
    rooms::blackouts::{self, BlackoutQuery},
};
use chrono::TimeDelta;
use domain::{ids::BlackoutId, marking::view::BlackoutView, paging::Page, rooms::blackouts::BlackoutInput};

/// How far blackouts are listed if nobody says.
const USUAL_STRETCH: TimeDelta = TimeDelta::days(366);

/// The blackouts of all rooms and sites, or of one room and its site, by start; for a year if no `until` is given.
#[utoipa::path(get, path = "/blackouts", tag = "rooms", params(OfRoom, Stretch, PageQuery), responses((status = 200, body = Page<BlackoutView>)))]
pub(super) async fn list_blackouts(
    Authenticated(context): Authenticated,
    Asked(of): Asked<OfRoom>,
    Asked(stretch): Asked<Stretch>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<BlackoutView>>, Problem> {
    let (from, until) = stretch.read(context.now(), USUAL_STRETCH)?;
    let wanted = BlackoutQuery { room: of.room_id, from, until };
    Ok(Sent(blackouts::list_blackouts(&context, wanted, &query.request()?).await?))
}

/// Blacks out a room or a site. What is booked there already stays, and is told of it.
#[utoipa::path(post, path = "/blackouts", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = BlackoutInput, responses((status = 201, body = BlackoutView)))]
pub(super) async fn create_blackout(
    Authenticated(context): Authenticated,
    keyed: Keyed<BlackoutInput>,
) -> Result<Versioned<BlackoutView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = blackouts::create_blackout(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { blackouts::read_blackout(&context, BlackoutId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/blackouts/{}", view.id), view))
}

/// A blackout.
#[utoipa::path(get, path = "/blackouts/{id}", tag = "rooms", params(("id" = BlackoutId, Path)), responses((status = 200, body = BlackoutView)))]
pub(super) async fn read_blackout(
    Authenticated(context): Authenticated,
    Id(id): Id<BlackoutId>,
) -> Result<Versioned<BlackoutView>, Problem> {
    Ok(Versioned::ok(blackouts::read_blackout(&context, id).await?))
}

/// Changes a blackout; what is absent stays as it is.
#[utoipa::path(patch, path = "/blackouts/{id}", tag = "rooms", params(("id" = BlackoutId, Path), ("If-Match" = Option<String>, Header)),
    request_body = BlackoutInput, responses((status = 200, body = BlackoutView)))]
pub(super) async fn change_blackout(
    Authenticated(context): Authenticated,
    Id(id): Id<BlackoutId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<BlackoutInput>,
) -> Result<Versioned<BlackoutView>, Problem> {
    Ok(Versioned::ok(blackouts::change_blackout(&context, id, input, &seen).await?))
}

/// Takes a blackout back: the room may be used again.
#[utoipa::path(delete, path = "/blackouts/{id}", tag = "rooms", params(("id" = BlackoutId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn end_blackout(
    Authenticated(context): Authenticated,
    Id(id): Id<BlackoutId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    blackouts::end_blackout(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
