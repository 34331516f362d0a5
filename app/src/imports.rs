//! Files of missions, people, rooms, sites and blackouts: taken in as a whole or not at all, with a report of every line that is wrong.

#[cfg(feature = "ssr")]
mod keeping;
pub mod page;
pub mod rows;
pub mod server_fns;
pub mod view;

#[cfg(feature = "ssr")]
pub use keeping::keep_outcome;
pub use page::{BlackoutImportPage, HolidayImportPage, MissionImportPage, PersonImportPage, RoomImportPage, SiteImportPage};
pub use rows::{WrongRows, reason_in_words};
pub use server_fns::{LoadImport, load_import};
pub use view::{ImportKind, ImportOutcome, ImportView};
