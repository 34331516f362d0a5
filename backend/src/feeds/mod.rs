//! Calendar feeds (RFC 5545, 7986): what an office's readers subscribe to in their own calendar programs.
//!
//! [`subscriptions`] and [`fetch`] are the use cases. What writes the file is a pure function of what it is given: which
//! events a reader may see is decided before, and the clock, the zone rules and the kept revisions come as arguments, so
//! that equal views give equal bytes.

pub mod calendar;
pub mod conditional;
mod content;
mod content_line;
pub mod fetch;
mod identity;
pub mod revisions;
mod scope;
pub mod serialiser;
mod sight;
pub(crate) mod store;
pub mod subscriptions;
pub mod vtimezone;
mod window;

pub use fetch::{Conditions, Fetched, fetch_feed};
pub use subscriptions::{FeedMade, list_own_feeds, make_feed, renew_feed, revoke_all, revoke_feed};

#[cfg(test)]
mod tests;
