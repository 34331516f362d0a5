//! Closing a room: the form that says when and why, and the look at what that hurts, with where each use goes.

pub mod form;
pub mod look;
#[cfg(feature = "ssr")]
mod reading;
pub mod server_fns;
pub mod sheet;
pub mod view;

pub use form::{ClosingAnswersForm, ClosingForm};
pub use look::ClosingPage;
pub use server_fns::{
    CloseRoom, LoadClosing, LoadClosingForm, LookAtClosing, close_room, load_closing, load_closing_form, look_at_closing,
};
pub use sheet::ClosingFormPage;
pub use view::{ClosingFormView, ClosingView, ReservedShown};
