//! Bookings of rooms beside any programme: the form, a booking's page, and one's own.

pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod own;
pub mod page;
#[cfg(feature = "ssr")]
pub(crate) mod reading;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use form::{BookingForm, CancelBookingForm};
pub use own::OwnBookingsPage;
pub use page::BookingPage;
pub use server_fns::{
    CancelBooking, LoadBooking, LoadBookingForm, LoadOwnBookings, SaveBooking, cancel_booking, load_booking, load_booking_form,
    load_own_bookings, save_booking,
};
pub use sheet::BookingFormPage;
pub use view::{BookingFormView, BookingPageView, OwnBookingsView};
