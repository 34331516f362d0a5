//! Nothing leaks: words that stand nowhere else in every marked field, looked for in every answer to each kind of reader, in
//! the log and in refusals; and worlds that differ only in what a reader may not read, whose answers must be the same byte for
//! byte.
//!
//! What is asked is taken from the program itself: a route or server function without a registered example fails.

#![expect(unreachable_pub, reason = "these are modules of one test program")]

mod asked;
mod canaries;
mod clocks;
mod glance;
mod log;
mod one_room;
mod postgres;
mod readers;
#[path = "../support/mod.rs"]
mod support;
mod twins;
mod walk;
mod world;
