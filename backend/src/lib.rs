//! Skeleton.

pub mod zones;
