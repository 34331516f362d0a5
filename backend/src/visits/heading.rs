//! What stands over a line away from its visit.

use domain::marking::view::VisitView;

/// What a reader may know of the visit of a line that stands elsewhere: by itself in a calendar or on a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its title.
    pub(crate) title: Option<String>,
    /// The place beside capital time.
    pub(crate) capital: Option<String>,
}

impl From<VisitView> for Heading {
    fn from(visit: VisitView) -> Self {
        Self { title: visit.title, capital: visit.capital }
    }
}

impl From<&VisitView> for Heading {
    fn from(visit: &VisitView) -> Self {
        Self { title: visit.title.clone(), capital: visit.capital.clone() }
    }
}
