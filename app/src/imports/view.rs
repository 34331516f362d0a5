//! What the pages of imports show.

use crate::errors::AppError;
use domain::imports::{ImportRefusal, ImportReport};
use serde::{Deserialize, Serialize};

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Missions, with their heads.
    Missions,
    /// People.
    People,
    /// Rooms, with their seasons.
    Rooms,
    /// Sites, with their ways and holidays.
    Sites,
    /// Blackouts.
    Blackouts,
    /// Holidays, in an iCalendar file.
    Holidays,
}

impl ImportKind {
    /// The address of the page that takes the file in, to which its form posts too.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Missions => "/missions/import",
            Self::People => "/people/import",
            Self::Rooms => "/rooms/import",
            Self::Sites => "/settings/sites/import",
            Self::Blackouts => "/rooms/blackouts/import",
            Self::Holidays => "/settings/holidays/import",
        }
    }

    /// The address of what the file is of.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Missions => "/missions",
            Self::People => "/people",
            Self::Rooms => "/rooms/list",
            Self::Sites => "/settings/sites",
            Self::Blackouts => "/rooms/blackouts",
            Self::Holidays => "/settings/holidays",
        }
    }

    /// The address that gives the file out; none of what is only taken in.
    pub const fn file(self) -> Option<&'static str> {
        match self {
            Self::Missions => Some("/missions.csv"),
            Self::People => Some("/people.csv"),
            Self::Rooms => Some("/rooms.csv"),
            Self::Sites => Some("/sites.csv"),
            Self::Blackouts => Some("/blackouts.csv"),
            Self::Holidays => None,
        }
    }

    /// The kinds of file offered first (HTML, 4.10.5.1.17).
    pub const fn accepts(self) -> &'static str {
        match self {
            Self::Missions | Self::People | Self::Rooms | Self::Sites | Self::Blackouts => ".csv,text/csv",
            Self::Holidays => ".ics,text/calendar",
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// It was taken in.
    Taken(ImportReport),
    /// Nothing of it was taken in.
    Refused {
        /// Why.
        refusal: ImportRefusal,
        /// How many lines are wrong beside those named.
        more: u32,
    },
    /// It could not be heard.
    Trouble(AppError),
}

/// The page that takes in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// What became of the file that was sent, if one was.
    pub outcome: Option<ImportOutcome>,
    /// Whether one was sent, and what became of it can no longer be said.
    pub is_lost: bool,
    /// The columns it can't be without.
    pub needed: Vec<String>,
    /// The columns it may have.
    pub optional: Vec<String>,
}

domain::viewed_by! { ImportView {} }
