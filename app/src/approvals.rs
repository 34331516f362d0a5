//! Rooms that have to be asked for: the inbox of those who give them, and what is told of it.

pub mod deciding;
pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod news;
pub mod page;
pub mod server_fns;
pub mod standing;
pub mod view;
pub mod words;

pub use form::{ApproveForm, DeclineForm, NotedForm};
pub use page::ApprovalsPage;
pub use server_fns::{ApproveRoom, DeclineRoom, LoadApprovals, NoteNews, approve_room, decline_room, load_approvals, note_news};
