//! Missions: consulates, embassies, trade offices, cities and provinces.

pub(crate) mod store;

pub(crate) use store::find;
