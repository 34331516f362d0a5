//! What the page of clashes shows.

use crate::{forms::NoticeLevel, programme::view::LineView, visits::VisitHead};
use domain::marking::Marking;
use serde::{Deserialize, Serialize};

/// Which clashes are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClashFilters {
    /// The word of a rule; empty for all.
    pub rule: String,
    /// The word of a level; empty for all that want to be mended.
    pub level: String,
}

impl ClashFilters {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.rule.is_empty() && self.level.is_empty()
    }
}

/// The programmes that do not stand as they are, as far as one may change them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClashesView {
    /// The visits, by their first day.
    pub visits: Vec<VisitClashes>,
    /// How many visits were looked through.
    pub of: u32,
}

/// A visit with the lines of it that do not stand as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitClashes {
    /// The visit.
    pub head: VisitHead,
    /// The lines, each with no more than what stands in its way.
    pub lines: Vec<LineView>,
}

impl VisitClashes {
    /// The highest marking of what is shown of it.
    pub fn marking(&self) -> Marking {
        self.lines.iter().map(|line| line.item.marking).fold(self.head.visit.marking, Marking::max)
    }
}

/// Whether something of a line wants to be mended: all that is more than good to know.
pub(crate) fn is_in_the_way(line: &LineView) -> bool {
    line.notices.iter().any(|notice| notice.level != NoticeLevel::Note)
}

domain::viewed_by! {
    VisitClashes { head, lines }
    ClashesView { visits }
}
