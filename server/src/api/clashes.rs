//! Checking without saving.

use super::{
    body::{Body, Sent},
    bookings, items,
};
use crate::{problem::Problem, requester::Authenticated};
use backend::{clashes, programme};
use domain::{
    ids::{BookingId, ItemId, VisitId},
    marking::view::ClashView,
    programme::input::ItemInput,
    rooms::input::BookingInput,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What would be saved.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Check {
    /// A line of a programme.
    Item(ItemCheck),
    /// A booking.
    Booking(BookingCheck),
}

/// A line as it would be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemCheck {
    /// The visit.
    visit_id: VisitId,
    /// The line it would change; none for a new one.
    item_id: Option<ItemId>,
    /// The line.
    item: Box<ItemInput>,
}

/// A booking as it would be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BookingCheck {
    /// The booking it would change; none for a new one.
    booking_id: Option<BookingId>,
    /// The booking.
    booking: Box<BookingInput>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// The clashes, as far as the requester may know.
    clashes: Vec<ClashView>,
}

domain::viewed_by! { Found { clashes } }

/// Checks a line or a booking without saving it, by the same rules as a save. Missions may not (403).
#[utoipa::path(post, path = "/clashes", tag = "programme", request_body = Check, responses((status = 200, body = Found)))]
pub(super) async fn check_clashes(Authenticated(context): Authenticated, Body(check): Body<Check>) -> Result<Sent<Found>, Problem> {
    let (refusal, zone) = match check {
        Check::Item(check) => {
            let given = items::clocks_of(&check.item);
            let refusal = programme::check_programme_item(&context, check.visit_id, *check.item, check.item_id).await?;
            let zone = match (given, check.item_id) {
                (None, Some(id)) => Some(items::clocks_now_of(&context, id).await?),
                (given, _) => given,
            };
            (refusal, zone)
        }
        Check::Booking(check) => {
            let zone = bookings::clocks_of(&check.booking);
            (backend::rooms::bookings::check_booking(&context, *check.booking, check.booking_id).await?, zone)
        }
    };
    let zone = zone.unwrap_or_else(|| context.office().details.zone.clone());
    Ok(Sent(Found { clashes: clashes::in_words(&context, &refusal, &zone).await? }))
}
