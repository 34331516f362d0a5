//! What the office can do: use cases, permission, transactions, storage, audit and feeds.

pub mod accounts;
pub mod audit;
pub mod feeds;
mod framing;
pub mod sealing;
pub mod zones;
