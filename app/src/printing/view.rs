//! What a printed page shows.

use domain::{
    programme::print::{Paper, PrintedProgramme},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// A programme to be printed, with its times on the office's clocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintView {
    /// The programme.
    pub printed: PrintedProgramme,
    /// When it was printed.
    pub printed_at: MomentView,
    /// The letterhead: the office's host.
    pub office: String,
    /// What the office usually prints on.
    pub usual_paper: Paper,
}

domain::viewed_by! { PrintView { printed } }
