//! What the page of calendars shows.

use crate::components::{Choice, QrView};
use domain::{feeds::FeedView, time::agreed::MomentView};
use serde::{Deserialize, Serialize};

/// One's own feeds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedsView {
    /// The feeds, in the order in which they were made.
    pub feeds: Vec<FeedLine>,
    /// What a feed can be made of.
    pub scopes: Vec<Choice>,
    /// What tells a second press of the form's button from another wish.
    pub once: String,
    /// The link of the feed that was just made or given a new link.
    pub link: Option<LinkView>,
}

/// One feed, with its times on the office's clocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedLine {
    /// The feed.
    pub feed: FeedView,
    /// When it was made.
    pub made: MomentView,
    /// When a calendar last asked for it.
    pub fetched: Option<MomentView>,
}

/// A feed's link, a secret. It is not printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// The link.
    pub url: String,
    /// The same as calendar programs open it at a press.
    pub webcal: String,
    /// The link as a QR code; none if it is too long for one.
    pub code: Option<QrView>,
}

impl std::fmt::Debug for LinkView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("LinkView").finish_non_exhaustive()
    }
}

domain::viewed_by! { FeedsView {} }
