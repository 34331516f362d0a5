//! What the pages of bookings show.

use super::BookingForm;
use crate::{approvals::view::StandingShown, components::Choice, forms::Notice};
use domain::{
    ids::{RoomId, SiteId},
    marking::{
        Marking,
        view::{BookingView, Named},
    },
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// A booking, with its room and the end of its hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookedView {
    /// The booking.
    pub booking: BookingView,
    /// Its room.
    pub room: Named<RoomId>,
    /// The site of its room.
    pub site: Named<SiteId>,
    /// When a hold ends by itself, on the clocks of the booking's start.
    pub hold_until: Option<MomentView>,
}

/// A booking's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookingPageView {
    /// The booking.
    pub booked: BookedView,
    /// Its version; empty for who may not change it.
    pub seen: String,
    /// Whether the reader may change and cancel it.
    pub may_change: bool,
    /// How it stands with its room.
    pub standing: StandingShown,
    /// What stands in its way now, or should be looked at, with what would work instead; for who may change it.
    pub notices: Vec<Notice>,
    /// Whether it is one of a series that the reader may look at.
    pub is_in_series: bool,
}

/// One's own bookings that are not over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnBookingsView {
    /// The bookings, by start.
    pub bookings: Vec<BookedView>,
    /// What asks for the next page.
    pub next: Option<String>,
    /// Whether one may book rooms.
    pub may_book: bool,
}

/// The form of a booking, and what it offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookingFormView {
    /// The booking as it is; none for a new one.
    pub booking: Option<BookingView>,
    /// What the form opens with.
    pub stored: BookingForm,
    /// The rooms one may book, and the booking's own.
    pub rooms: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

domain::viewed_by! {
    BookedView { booking }
    BookingPageView { booked, standing }
    OwnBookingsView { bookings }
    BookingFormView { booking }
}
