//! Calendar feeds (RFC 5545, 7986): what an office's readers subscribe to in their own calendar programs.
//!
//! Everything here is a pure function of what it is given: which events a reader may see is decided before, and the
//! clock, the zone rules and the kept revisions come as arguments, so that equal views give equal bytes.

pub mod calendar;
pub mod conditional;
mod content_line;
pub mod revisions;
pub mod serialiser;
pub mod vtimezone;

#[cfg(test)]
mod tests;
