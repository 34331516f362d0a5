//! People: the directory of names, ranks and languages.

pub(crate) mod store;

pub(crate) use store::{exists, find, insert};
