//! The host.

use crate::{ids::OfficeId, text::Title, time::ZoneName};
use serde::{Deserialize, Serialize};

/// What is said of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeDetails {
    /// The host: “City of Los Angeles”.
    pub host: Title,
    /// The office: “Office of International Affairs”.
    pub name: Title,
    /// Its clocks.
    pub zone: ZoneName,
    /// The place shown beside a time: “Los Angeles”.
    pub place: Title,
    /// Country, ISO 3166-1 alpha-2.
    pub country: crate::text::Label,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Identifier.
    pub id: OfficeId,
    /// Revision, from 1.
    pub revision: i64,
    /// What is said of it.
    pub details: OfficeDetails,
}
