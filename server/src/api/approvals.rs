//! Rooms that have to be asked for: what waits for who gives them, and their decisions.

use super::body::{Asked, Body, Id, IfMatch, PageQuery, Sent};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::rooms::approvals::{self, Waiting};
use domain::{
    ids::{ApprovalId, BookingId, ItemId},
    marking::view::ApprovalView,
    paging::Page,
};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a room is not given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Declining {
    /// Told to who asked for the room, and to those who give it.
    reason: String,
}

/// The uses that wait for the requester to give them their room, by start. What the requester may not read is reserved.
#[utoipa::path(get, path = "/approvals", tag = "rooms", params(PageQuery), responses((status = 200, body = Page<ApprovalView>)))]
pub(super) async fn list_approvals(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<ApprovalView>>, Problem> {
    Ok(Sent(approvals::list_approvals(&context, &query.request()?).await?))
}

/// Gives a room to what waits for it. Whatever is pencilled over it ends, and who made that is told. `If-Match` names its
/// `version`.
#[utoipa::path(post, path = "/approvals/{id}/approve", tag = "rooms", params(("id" = ApprovalId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
pub(super) async fn approve(
    Authenticated(context): Authenticated,
    Id(id): Id<ApprovalId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    approvals::approve(&context, Waiting::Any(id), &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does not give a room to what waits for it; who asked is told why.
#[utoipa::path(post, path = "/approvals/{id}/decline", tag = "rooms", params(("id" = ApprovalId, Path), ("If-Match" = Option<String>, Header)),
    request_body = Declining, responses((status = 204)))]
pub(super) async fn decline(
    Authenticated(context): Authenticated,
    Id(id): Id<ApprovalId>,
    IfMatch(seen): IfMatch,
    Body(declining): Body<Declining>,
) -> Result<StatusCode, Problem> {
    approvals::decline(&context, Waiting::Any(id), &declining.reason, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives its room to a booking that waits for it and that the requester reads. Whatever is pencilled over it ends, and who made
/// that is told.
#[utoipa::path(post, path = "/bookings/{id}/approve", tag = "rooms", params(("id" = BookingId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
pub(super) async fn approve_booking(
    Authenticated(context): Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    approvals::approve(&context, Waiting::Booking(id), &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does not give its room to a booking that waits for it; who asked is told why.
#[utoipa::path(post, path = "/bookings/{id}/decline", tag = "rooms", params(("id" = BookingId, Path), ("If-Match" = Option<String>, Header)),
    request_body = Declining, responses((status = 204)))]
pub(super) async fn decline_booking(
    Authenticated(context): Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(seen): IfMatch,
    Body(declining): Body<Declining>,
) -> Result<StatusCode, Problem> {
    approvals::decline(&context, Waiting::Booking(id), &declining.reason, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives its room to a line that waits for it and that the requester reads. Whatever is pencilled over it ends, and who made that
/// is told.
#[utoipa::path(post, path = "/items/{id}/room/approve", tag = "programme", params(("id" = ItemId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
pub(super) async fn approve_item(
    Authenticated(context): Authenticated,
    Id(id): Id<ItemId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    approvals::approve(&context, Waiting::Line(id), &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does not give its room to a line that waits for it; who asked is told why.
#[utoipa::path(post, path = "/items/{id}/room/decline", tag = "programme", params(("id" = ItemId, Path), ("If-Match" = Option<String>, Header)),
    request_body = Declining, responses((status = 204)))]
pub(super) async fn decline_item(
    Authenticated(context): Authenticated,
    Id(id): Id<ItemId>,
    IfMatch(seen): IfMatch,
    Body(declining): Body<Declining>,
) -> Result<StatusCode, Problem> {
    approvals::decline(&context, Waiting::Line(id), &declining.reason, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
