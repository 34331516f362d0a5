//! Releases: a programme frozen for an audience, and numbered for it.

use crate::{
    ids::{ItemId, ReleaseId, VisitId},
    marking::Marking,
    marking::view::{DelegateView, ItemView, VisitView},
    programme::kinds,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

kinds! {
    /// For whom a release is made.
    Audience {
        /// The office: every account of it.
        Office = "office",
        /// The missions attached to the visit.
        VisitingMission = "visiting_mission",
        /// The consular corps.
        Corps = "corps",
        /// Security.
        Security = "security",
        /// Press.
        Press = "press",
        /// The public.
        Public = "public",
    }
}

impl Audience {
    /// The highest marking of a part that is frozen for it.
    pub const fn ceiling(self) -> Marking {
        match self {
            Self::Public | Self::Press => Marking::Clear,
            Self::Corps | Self::Office => Marking::Green,
            Self::VisitingMission => Marking::Amber,
            Self::Security => Marking::AmberStrict,
        }
    }
}

/// What was frozen: views, as this audience reads them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The visit's head.
    pub visit: VisitView,
    /// The delegation.
    pub delegates: Vec<DelegateView>,
    /// The lines, in their order.
    pub items: Vec<ItemView>,
}

/// A release, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseHead {
    /// Identifier.
    pub id: ReleaseId,
    /// The visit.
    pub visit_id: VisitId,
    /// For whom.
    pub audience: Audience,
    /// Its number, which runs for each visit and audience from 1.
    pub number: u32,
    /// When.
    pub released_at: DateTime<Utc>,
    /// The short code printed on it.
    pub code: String,
}

/// The markings that lines of a visit have today, by which frozen parts are judged again when they are shown.
pub type MarkingsNow = BTreeMap<ItemId, BTreeMap<crate::programme::ItemPart, Marking>>;
