//! The day at a glance.

pub mod decisions;
pub mod due;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
#[cfg(feature = "ssr")]
pub(crate) mod glance;
pub mod page;
pub mod server_fns;
pub mod view;

pub use page::TodayPage;
pub use server_fns::{LoadToday, load_today};
pub use view::{TodayView, TodayVisit};
