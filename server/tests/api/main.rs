//! The JSON API over the real router, as an outside program uses it.

#![expect(unreachable_pub, reason = "these are modules of one test program")]

#[path = "../support/mod.rs"]
mod support;

mod approvals;
mod bad_input;
mod blackouts;
mod bookings;
mod closing;
mod day;
mod description;
mod free_times;
mod limits;
mod office;
mod own;
mod releases;
mod series;
mod shift;
mod templates;
mod things;
