//! The rules of a protocol office: pure functions over plain types, without clock, input or randomness.
//!
//! The same code decides on the server while one saves and in the browser while one types. Nothing here is prose:
//! a rule answers with types, and the `language` crate finds the words.

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

pub mod accounts;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod clash;
pub mod classification;
pub mod delegations;
pub mod doors;
pub mod feeds;
pub mod holidays;
pub mod ids;
pub mod imports;
pub mod marking;
pub mod missions;
pub mod offices;
pub mod paging;
pub mod people;
pub mod permission;
pub mod precedence;
pub mod problems;
pub mod programme;
pub mod releases;
pub mod rooms;
pub mod search;
pub mod slots;
pub mod tasks;
pub mod templates;
pub mod text;
pub mod time;
pub mod typed;
pub mod visits;
