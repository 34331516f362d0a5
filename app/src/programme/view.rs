//! What the pages of a programme show.

use super::{
    ItemForm,
    day::{LateShown, WentShown},
    turns::TurnsShown,
};
use crate::{components::Choice, forms::Notice, releases::ReleaseShown, visits::VisitHead};
use domain::{
    marking::{Marking, view::ItemView},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// A programme, as its reader may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeView {
    /// The visit.
    pub head: VisitHead,
    /// Its lines, in their order.
    pub lines: Vec<LineView>,
    /// The release they are of; beside the live draft, the one that one is asked to acknowledge.
    pub release: Option<ReleaseShown>,
    /// What of one's own changes can be undone, and done again.
    #[serde(default)]
    pub turns: TurnsShown,
    /// How late the live draft runs today; none where nothing was taken down.
    pub late: Option<LateShown>,
}

impl ProgrammeView {
    /// The highest marking of any line shown, and of what is told of a release.
    pub fn marking(&self) -> Marking {
        let told = self.release.iter().map(|release| release.told.marking());
        self.lines.iter().map(|line| line.item.marking).chain(told).max().unwrap_or(Marking::Clear)
    }
}

/// A line, with what is said of it beside the line itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineView {
    /// The line.
    pub item: ItemView,
    /// Its version; empty for who may not change it.
    pub seen: String,
    /// When a hold ends by itself, on the clocks of the line's start.
    pub hold_until: Option<MomentView>,
    /// What stands in its way now, or should be looked at, with what would work instead; for who may change it.
    pub notices: Vec<Notice>,
    /// How it went, and what may be taken down of it now.
    pub went: WentShown,
}

/// The form of a line, and what it offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemFormView {
    /// The visit.
    pub head: VisitHead,
    /// The line as it is; none for a new one.
    pub item: Option<ItemView>,
    /// What the form opens with.
    pub stored: ItemForm,
    /// People.
    pub people: Vec<Choice>,
    /// Rooms.
    pub rooms: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// Whether lines of this visit may be firm.
    pub may_be_firm: bool,
    /// The highest marking one may give.
    pub ceiling: Marking,
    /// How it went; none of a new line, or of one that is not of today.
    pub went: Option<WentShown>,
}

domain::viewed_by! {
    LineView { item }
    ProgrammeView { head, lines, release }
    ItemFormView { head, item }
}
