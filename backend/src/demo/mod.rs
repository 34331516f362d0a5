//! The demonstration: an invented office with rooms, missions and visits around the day it is started.

mod files;
mod seed;

pub use files::*;
pub use seed::{SeedError, id, load, office_id};

/// The password that all accounts of a demonstration share; it is no secret: a demonstration is served on loopback only.
pub const PASSWORD: &str = "chancery-demo";

/// The address with which an account of a demonstration signs in.
pub fn email_of(local: &str) -> String {
    format!("{local}@demo.chancery.example")
}
