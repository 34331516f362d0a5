//! What the office can do: one use case for each thing a person intends, with permission, one write transaction and one
//! entry in the record.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod clashes;
pub mod clock;
pub mod context;
pub mod csv_file;
pub mod database;
pub mod delegations;
pub mod demo;
pub mod directory;
pub(crate) mod engagements;
pub mod error;
pub mod feeds;
pub mod form_drafts;
pub(crate) mod framing;
pub mod holidays;
pub mod installation;
pub mod kept;
pub mod keys;
pub mod live;
pub mod missions;
pub mod news;
pub mod offices;
pub mod paging;
pub(crate) mod parts;
pub mod people;
pub mod permits;
pub mod programme;
pub(crate) mod reasons;
pub mod releases;
pub mod renewal;
pub(crate) mod revisions;
pub mod rooms;
pub mod sealing;
pub mod search;
pub mod tasks;
pub mod templates;
#[cfg(feature = "testing")]
pub mod testing;
pub mod version;
pub mod visits;
pub mod zones;

pub use context::{Chancery, RequestContext, RequestedFrom};
pub use error::{Failure, Outcome};
