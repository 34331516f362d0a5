//! What a printed page shows.

use domain::{
    board::{BoardView, RoomDaysView},
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
    /// Where the code of a release is entered.
    pub code_page: String,
}

/// Who prints, when, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedBy {
    /// When it was printed, on the office's clocks.
    pub printed_at: MomentView,
    /// The letterhead: the office's host.
    pub office: String,
    /// What the office usually prints on.
    pub usual_paper: Paper,
}

/// A day of all rooms, to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPrintView {
    /// The board.
    pub board: BoardView,
    /// Who prints it.
    pub by: PrintedBy,
}

/// Days of a room, to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomPrintView {
    /// The room and its days.
    pub days: RoomDaysView,
    /// Who prints it.
    pub by: PrintedBy,
}

domain::viewed_by! {
    PrintView { printed }
    BoardPrintView { board }
    RoomPrintView { days }
}
