//! What the pages of releases show.

use crate::visits::VisitHead;
use chrono::NaiveDate;
use domain::{
    ids::{ReleaseId, VisitId},
    releases::{Audience, CodeAnswer, Difference, ReleasePreview},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// The releases of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleasesView {
    /// The visit.
    pub head: VisitHead,
    /// The releases, the latest first.
    pub releases: Vec<ReleaseLine>,
    /// Who has acknowledged the last of them; none to who may not release.
    pub standings: Option<Vec<StandingShown>>,
    /// What a release would be made of; none to who may not release.
    pub draft: Option<DraftShown>,
}

/// The draft, of which a release is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftShown {
    /// Its version.
    pub seen: String,
    /// What each audience would be told for which the requester may release.
    pub previews: Vec<ReleasePreview>,
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

/// A release that one reads, what it says otherwise than the one before it, and whether one has acknowledged it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseShown {
    /// The release.
    pub id: ReleaseId,
    /// Its visit.
    pub visit_id: VisitId,
    /// For whom.
    pub audience: Audience,
    /// Its number.
    pub number: u32,
    /// The day of its release, on the office's clocks.
    pub on: NaiveDate,
    /// The short code printed on it.
    pub code: String,
    /// The number of the one before it; none for the first.
    pub since: Option<u32>,
    /// What it says otherwise.
    pub told: Difference,
    /// Whether one is asked to acknowledge it.
    pub is_asked: bool,
    /// When one did, on the office's clocks.
    pub acknowledged: Option<MomentView>,
}

/// A release, with who is asked to acknowledge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingShown {
    /// For whom it is.
    pub audience: Audience,
    /// Its number.
    pub number: u32,
    /// Who is asked, or has acknowledged it.
    pub readers: Vec<ReaderShown>,
}

/// How somebody stands to a release, with times on the office's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderShown {
    /// The name of an account, or of a mission of which nobody has acknowledged anything.
    pub name: String,
    /// The account's mission.
    pub mission: Option<String>,
    /// When it was acknowledged.
    pub acknowledged: Option<MomentView>,
    /// The last earlier one that was, and when.
    pub earlier: Option<(u32, MomentView)>,
}

/// What entering a code tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeView {
    /// What was entered.
    pub asked: String,
    /// What it tells; none where no release bears that code.
    pub answer: Option<CodeAnswer>,
}

domain::viewed_by! {
    DraftShown { previews }
    ReleasesView { head, draft }
    ReleaseShown { told }
    CodeView {}
}
