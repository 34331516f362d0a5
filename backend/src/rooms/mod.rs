//! Sites and rooms.

pub(crate) mod bookings;
pub(crate) mod store;

pub(crate) use store::find;
