//! Bookings of rooms beside any programme.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Stretch, Versioned, made_once},
    rooms::OfRoom,
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{
    RequestContext,
    rooms::bookings::{self, BookingQuery},
};
use chrono::TimeDelta;
use domain::{ids::BookingId, marking::view::BookingView, paging::Page, rooms::input::BookingInput, time::ZoneName};

/// How far bookings are listed if nobody says.
const USUAL_STRETCH: TimeDelta = TimeDelta::days(366);

/// The clocks on which a booking was asked for; what stands in its way is told on them too.
pub(super) fn clocks_of(input: &BookingInput) -> Option<ZoneName> {
    input.starts.as_ref().map(|starts| starts.zone.clone())
}

/// The problem, told on these clocks; without any, on the office's.
pub(super) fn told_on(clocks: Option<ZoneName>) -> impl FnOnce(Problem) -> Problem {
    |problem| match clocks {
        Some(zone) => problem.on_clocks_of(zone),
        None => problem,
    }
}

/// The bookings that the requester may read, by start, for a year if no `until` is given.
#[utoipa::path(get, path = "/bookings", tag = "rooms", params(OfRoom, Stretch, PageQuery), responses((status = 200, body = Page<BookingView>)))]
pub(super) async fn list_bookings(
    Authenticated(context): Authenticated,
    Asked(of): Asked<OfRoom>,
    Asked(stretch): Asked<Stretch>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<BookingView>>, Problem> {
    let (from, until) = stretch.read(context.now(), USUAL_STRETCH)?;
    let wanted = BookingQuery { room: of.room_id, from, until };
    Ok(Sent(bookings::list_bookings(&context, wanted, &query.request()?).await?))
}

/// Books a room. A room that is taken answers 409 with what is free nearest.
#[utoipa::path(post, path = "/bookings", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = BookingInput, responses((status = 201, body = BookingView)))]
pub(super) async fn create_booking(
    Authenticated(context): Authenticated,
    keyed: Keyed<BookingInput>,
) -> Result<Versioned<BookingView>, Problem> {
    let (key, input) = keyed.parts();
    let clocks = clocks_of(&input);
    let make = |context: RequestContext| async move {
        let view = bookings::create_booking(&context, input).await?.view;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { bookings::read_booking(&context, BookingId(id)).await };
    let view = made_once(&context, key, make, again).await.map_err(told_on(clocks))?;
    Ok(Versioned::made(format!("{ROOT}/bookings/{}", view.id), view))
}

/// A booking.
#[utoipa::path(get, path = "/bookings/{id}", tag = "rooms", params(("id" = BookingId, Path)), responses((status = 200, body = BookingView)))]
pub(super) async fn read_booking(Authenticated(context): Authenticated, Id(id): Id<BookingId>) -> Result<Versioned<BookingView>, Problem> {
    Ok(Versioned::ok(bookings::read_booking(&context, id).await?))
}

/// Changes a booking; what is absent stays as it is.
#[utoipa::path(patch, path = "/bookings/{id}", tag = "rooms", params(("id" = BookingId, Path), ("If-Match" = Option<String>, Header)),
    request_body = BookingInput, responses((status = 200, body = BookingView)))]
pub(super) async fn change_booking(
    Authenticated(context): Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<BookingInput>,
) -> Result<Versioned<BookingView>, Problem> {
    let clocks = clocks_of(&input);
    let changed = bookings::change_booking(&context, id, input, &seen).await;
    Ok(Versioned::ok(changed.map_err(Problem::from).map_err(told_on(clocks))?.view))
}

/// Cancels a booking and gives the room back.
#[utoipa::path(delete, path = "/bookings/{id}", tag = "rooms", params(("id" = BookingId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn cancel_booking(
    Authenticated(context): Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    bookings::cancel_booking(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
