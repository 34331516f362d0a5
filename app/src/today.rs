//! The day at a glance.

#[cfg(feature = "ssr")]
mod gather;
pub mod page;
pub mod server_fns;
pub mod view;

pub use page::TodayPage;
pub use server_fns::{LoadToday, load_today};
pub use view::{TodayView, TodayVisit};
