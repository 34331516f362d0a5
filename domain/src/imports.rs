//! What is said of a file that was given to be imported: all of it is taken, or nothing and why.

use crate::problems::FieldProblem;
use serde::{Deserialize, Serialize};

/// The most rows a file may have, its header apart.
pub const MOST_ROWS: u32 = 10_000;

/// The most bytes a file may have.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// Why a file can't be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileProblem {
    /// There is nothing in it, or a header alone.
    #[error("the file holds no rows")]
    Empty,
    /// It is not written in UTF-8. It is not guessed at: a name read wrongly is worse than a file sent again.
    #[error("the file is not in UTF-8 (line {line}); save it as “CSV UTF-8” and send it again")]
    NotUtf8 {
        /// The first line that is not.
        line: u64,
    },
    /// It is no calendar (RFC 5545), where one is wanted.
    #[error("the file is no iCalendar file; export the calendar as .ics and send that")]
    NotACalendar,
    /// It is larger than `most_bytes`.
    #[error("the file is larger than {most_bytes} bytes; divide it")]
    TooLarge {
        /// The most bytes allowed.
        most_bytes: u64,
    },
    /// It has more rows than `most`.
    #[error("the file has more than {most} rows; divide it")]
    TooManyRows {
        /// The most rows allowed.
        most: u32,
    },
    /// Columns that are needed are not there.
    #[error("the file has no column {}", columns.join(", "))]
    MissingColumns {
        /// Their names.
        columns: Vec<String>,
    },
    /// A column is there twice.
    #[error("the file has the column {column} twice")]
    ColumnTwice {
        /// Its name.
        column: String,
    },
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowProblem {
    /// The line of the file on which the row starts; the header is line 1.
    pub line: u64,
    /// What is wrong, by column.
    pub problems: Vec<FieldProblem>,
}

/// Why nothing of a file was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "refused", rename_all = "snake_case")]
pub enum ImportRefusal {
    /// The file can't be read.
    #[error(transparent)]
    File {
        /// Why.
        #[from]
        problem: FileProblem,
    },
    /// Rows of it are wrong.
    #[error("{} rows are wrong", rows.len())]
    Rows {
        /// Which, and why; in their order.
        rows: Vec<RowProblem>,
    },
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// How many things were made.
    pub added: u32,
    /// How many were there and differ now.
    pub changed: u32,
    /// How many were there already, just so.
    pub unchanged: u32,
    /// Columns of the file that mean nothing here and were left out.
    pub ignored_columns: Vec<String>,
}
