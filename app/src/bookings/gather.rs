//! What the pages of bookings show, gathered from the use cases.

use super::BookingForm;
use crate::{
    errors::AppError,
    forms::Notice,
    request::{ClashesInForm, may, standing_notices},
    times::fields_of_slot,
};
use backend::{
    Failure, Outcome, RequestContext, clashes,
    rooms::{bookings::check_booking, read_room},
    version::ETag,
};
use chrono::{DateTime, Utc};
use domain::{
    clash::Level,
    marking::view::BookingView,
    permission::Action,
    rooms::{input::BookingInput, view::RoomView},
    time::{Moment, ZoneName, agreed::MomentView, wall_at},
};

/// Whether the requester may book a room: it may be kept for some roles.
pub(crate) fn may_book(context: &RequestContext, room: &RoomView) -> bool {
    let kept_for = &room.booked_by;
    may(context, Action::BookRoom) && (kept_for.is_empty() || kept_for.iter().any(|role| context.actor().roles().contains(role)))
}

/// Whether the requester may change and cancel a booking.
pub(crate) fn may_change(context: &RequestContext, booking: &BookingView) -> bool {
    may(context, Action::ManageBookings) || (booking.is_own && may(context, Action::BookRoom))
}

fn on_clocks_of(context: &RequestContext, zone: &ZoneName, at: DateTime<Utc>) -> Option<MomentView> {
    wall_at(context.zones(), zone, at).ok().map(MomentView::from)
}

/// When a hold ends by itself, on the clocks of its booking's start.
pub(crate) fn hold_until(context: &RequestContext, booking: &BookingView) -> Option<MomentView> {
    booking.hold_until.and_then(|until| on_clocks_of(context, &booking.starts.zone, until))
}

/// The form of a booking as the requester sees it now.
pub(crate) fn form_of(context: &RequestContext, booking: &BookingView, room: &RoomView) -> Outcome<BookingForm> {
    let ends = on_clocks_of(context, &booking.starts.zone, Moment::from(booking.ends.clone()).at());
    let ends = ends.unwrap_or_else(|| booking.ends.clone());
    let until = hold_until(context, booking);
    Ok(BookingForm::of(booking, &ends, until.as_ref(), &room.zone, ETag::of(booking)?.as_str()))
}

/// The zone of the site of the room that a form names; the office's where it names none.
pub(crate) async fn zone_of_room(context: &RequestContext, room: &str) -> Outcome<String> {
    let office = || context.office().details.zone.to_string();
    let Ok(id) = room.parse() else { return Ok(office()) };
    match read_room(context, id).await {
        Ok(room) => Ok(room.zone),
        Err(Failure::NotFound) => Ok(office()),
        Err(failure) => Err(failure),
    }
}

/// Whether a booking is one of a series that the requester may look at.
pub(crate) async fn is_in_series(context: &RequestContext, booking: &BookingView) -> Outcome<bool> {
    let Some(series) = booking.series_id else { return Ok(false) };
    match backend::rooms::series::read_series(context, series).await {
        Ok(_) => Ok(true),
        Err(Failure::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What stands in the way of a booking as it is, or should be looked at, for who may change it; nothing of one that is over.
pub(crate) async fn standing(context: &RequestContext, booking: &BookingView) -> Result<Vec<Notice>, AppError> {
    let is_over = Moment::from(booking.ends.clone()).at() <= context.now();
    if is_over || booking.has_lapsed || !may_change(context, booking) {
        return Ok(Vec::new());
    }
    let zone = booking.starts.zone.clone();
    let refusal = check_booking(context, BookingInput::default(), Some(booking.id)).await?;
    let mut views = clashes::in_words(context, &refusal, &zone).await?;
    // What is pencilled beside it is said by itself, and to everybody.
    views.retain(|view| view.level.as_deref() != Some(Level::Note.word()));
    Ok(standing_notices(views, &ClashesInForm { zone, fields: fields_of_slot }))
}
