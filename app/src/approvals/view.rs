//! What the pages of approvals show: the views, with their times on the clocks of the room's site.

use crate::forms::Notice;
use domain::{
    marking::view::{ApprovalView, BesideView, NewsView},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// From when until when.
pub type When = (MomentView, MomentView);

/// What is pencilled, each with when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PencilsShown {
    /// What it is.
    pub view: BesideView,
    /// When what may be read is, in the order of the view.
    pub engaged: Vec<When>,
    /// When all else is, in the order of the view.
    pub reserved: Vec<When>,
}

/// What waits for a room, with when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingShown {
    /// What waits.
    pub view: ApprovalView,
    /// When.
    pub when: When,
    /// What ends if it is given the room.
    pub pencils: PencilsShown,
}

/// The inbox of who gives rooms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApprovalsView {
    /// What waits, by start.
    pub waiting: Vec<WaitingShown>,
    /// What asks for the next page.
    pub next: Option<String>,
}

/// How a booking stands with its room.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StandingShown {
    /// It, to be decided by who looks at it.
    pub waiting: Option<WaitingShown>,
    /// What else is pencilled at its time.
    pub beside: PencilsShown,
    /// What its room was given to, if the reader may read that.
    pub given_to: Option<String>,
    /// Why its room was not given to it.
    pub reason: Option<String>,
}

/// Something one is told, in words, with what would work instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewsShown {
    /// What is told.
    pub news: NewsView,
    /// In words.
    pub notice: Notice,
    /// The page of the line or booking.
    pub page: String,
    /// The form of the line or booking.
    pub form: String,
}

domain::viewed_by! {
    PencilsShown { view }
    WaitingShown { view, pencils }
    ApprovalsView { waiting }
    StandingShown { waiting, beside }
    NewsShown { news }
}
