//! Missions: consulates, embassies, trade offices, cities and provinces.

pub mod collation;
pub(crate) mod store;

pub(crate) use store::find;
