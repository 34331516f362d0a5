//! What is shown of lines that are to be moved or copied together.

use super::ShiftAskedForm;
use crate::visits::VisitHead;
use domain::{
    marking::view::{ItemView, ShiftView},
    problems::FieldProblem,
    programme::shift::Shifting,
};
use serde::{Deserialize, Serialize};

/// The page on which lines are moved or copied together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShiftPageView {
    /// The visit.
    pub head: VisitHead,
    /// The lines that can be chosen: those of the days of which some were, or all.
    pub lines: Vec<ItemView>,
    /// What is done with those chosen.
    pub how: Shifting,
    /// What was asked, with the lines that were chosen.
    pub asked: ShiftAskedForm,
    /// What is wrong with that.
    pub problems: Vec<FieldProblem>,
    /// Where they would go; nothing before that was asked.
    pub found: Option<ShiftView>,
    /// What tells this opening of the page from another.
    pub once: String,
}

domain::viewed_by! {
    ShiftPageView { head, lines, found }
}
