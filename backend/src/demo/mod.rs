//! The demonstration: an invented office with rooms, missions and visits around the day it is started.

mod files;

pub use files::*;
