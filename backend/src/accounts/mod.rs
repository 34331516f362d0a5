//! Who signs in: secrets they hold, and how often they may try.

pub mod limits;
pub mod passwords;
pub mod tokens;
