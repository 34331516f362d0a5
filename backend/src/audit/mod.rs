//! The record: what was done, refused and read, in entries that cannot be changed unnoticed.

pub mod chain;
pub mod checkpoint;
