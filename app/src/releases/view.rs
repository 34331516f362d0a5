//! What the page of releases shows.

use crate::visits::VisitHead;
use domain::{releases::Audience, time::agreed::MomentView};
use serde::{Deserialize, Serialize};

/// The releases of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleasesView {
    /// The visit.
    pub head: VisitHead,
    /// The releases, the latest first.
    pub releases: Vec<ReleaseLine>,
    /// The version of the draft, which a release is made of; none to who may not release.
    pub draft: Option<String>,
}

/// One release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseLine {
    /// For whom.
    pub audience: Audience,
    /// Its number.
    pub number: u32,
    /// When, on the office's clocks.
    pub at: MomentView,
    /// The code printed on it.
    pub code: String,
}

domain::viewed_by! { ReleasesView { head } }
