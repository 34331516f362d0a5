//! What is shown of a day.

use super::RestAskedForm;
use crate::{programme::LineView, visits::VisitHead};
use domain::{
    marking::view::RestView,
    problems::FieldProblem,
    programme::day::{Deed, Lateness},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// How a line went, and what may be taken down of it now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WentShown {
    /// When it began, on its own clocks.
    pub begun: Option<MomentView>,
    /// When it ended.
    pub ended: Option<MomentView>,
    /// Whether it is of today.
    pub is_of_today: bool,
    /// What is taken down next.
    pub next: Option<Deed>,
    /// Whether what was taken down last may be taken back.
    pub may_undo: bool,
    /// Whether the rest of the day may be moved from here on.
    pub may_move_rest: bool,
}

/// How late a programme runs, and by which line that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateShown {
    /// How late.
    pub lateness: Lateness,
    /// The line's title.
    pub title: Option<String>,
}

/// The page on which the rest of a day is moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RestPageView {
    /// The visit.
    pub head: VisitHead,
    /// The line with which the rest begins.
    pub line: LineView,
    /// What was asked.
    pub asked: RestAskedForm,
    /// What is wrong with that.
    pub problems: Vec<FieldProblem>,
    /// Where the rest would go; nothing before that was asked.
    pub rest: Option<RestView>,
    /// What tells this opening of the page from another.
    pub once: String,
}

domain::viewed_by! {
    RestPageView { head, line, rest }
}
