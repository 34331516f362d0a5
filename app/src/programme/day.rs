//! The day itself: lines taken down as they begin and end, how late a programme runs, and the rest of a day moved.

pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod press;
pub mod rest;
pub mod server_fns;
pub mod view;
pub mod words;

pub use form::{ActualForm, RestAskedForm, RestForm};
pub use rest::RestPage;
pub use server_fns::{LoadRest, MoveRest, TakeActual, load_rest, move_rest, take_actual};
pub use view::{LateShown, RestPageView, WentShown};
