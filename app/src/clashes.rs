//! What stands in the way of the programmes: all of it in one place, for the office and for a visit.

#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod page;
pub mod panel;
pub mod server_fns;
pub mod view;

pub use page::ClashesPage;
pub use panel::ClashPanel;
pub use server_fns::{LoadClashes, load_clashes};
pub use view::{ClashFilters, ClashesView};
