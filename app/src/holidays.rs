//! Holidays in the settings: the bundled days of a country, and what the office has set itself.

pub mod form;
#[cfg(feature = "ssr")]
mod gather;
pub mod page;
pub mod server_fns;
pub mod view;

pub use form::{OwnDayForm, RemoveOwnDayForm};
pub use page::HolidaysPage;
pub use server_fns::{AddOwnDay, LoadHolidays, RemoveOwnDay, add_own_day, load_holidays, remove_own_day};
pub use view::HolidaysView;
