//! Door plans: links for the displays by the doors of rooms, and what such a display shows.

pub mod form;
pub mod page;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod sign;
pub mod view;

pub use form::{MakeDoorPlanForm, RevokeDoorPlanForm};
pub use page::DoorsPage;
pub use server_fns::{LoadDoors, MakeDoorPlan, RevokeDoorPlan, load_doors, make_door_plan, revoke_door_plan};
#[cfg(feature = "ssr")]
pub use sign::door_document;
pub use view::{DoorLine, DoorLinkView, DoorsView};
