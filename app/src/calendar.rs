//! The calendar: all visits and their lines by month, week, day or as an agenda.

pub mod asked;
pub mod days;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod month;
pub mod page;
pub mod server_fns;
pub mod view;

pub use page::CalendarPage;
pub use server_fns::{LoadCalendar, load_calendar};
