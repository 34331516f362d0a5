//! What is wrong with a form or a body, field by field, without prose.

use crate::{
    text::TextProblem,
    time::{Offset, WallTime, agreed::offset_text, typed::NotUnderstood},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name in the form and in the JSON body.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// Needed and not given.
    Missing,
    /// More than `most` characters.
    TooLong {
        /// The most characters allowed.
        most: u32,
    },
    /// Control or reordering characters.
    ControlCharacters,
    /// Not one of the values this field knows.
    Unknown,
    /// A word of a list that this field does not know.
    UnknownWord {
        /// The word.
        word: String,
        /// The words it knows.
        known: Vec<String>,
    },
    /// Not a date or time we can read.
    NotATime,
    /// Nearly a date or time: what keeps it from being read is known.
    NotUnderstood {
        /// What that is.
        reason: NotUnderstood,
    },
    /// Not a number, or outside its bounds.
    OutOfBounds {
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// The zone is not in the tz database.
    UnknownZone,
    /// The wall time does not exist: the clocks go forward over it. The two nearest that do are given.
    TimeSkipped {
        /// The last wall time before the gap.
        before: WallTime,
        /// The first wall time after the gap.
        after: WallTime,
    },
    /// The wall time exists twice: the clocks go back over it. Say which, by its offset.
    TimeAmbiguous {
        /// The offset of the first occurrence, as `±HH:MM`.
        #[serde(with = "offset_text")]
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "-07:00"))]
        first_offset: Offset,
        /// The offset of the second occurrence.
        #[serde(with = "offset_text")]
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "-08:00"))]
        second_offset: Offset,
    },
    /// The offset given is not one that zone has at that wall time.
    WrongOffset,
    /// The end is not after the start.
    EndsBeforeStart,
    /// That is still to come.
    NotYet,
    /// Longer than a line or a booking may be.
    TooLongSpan {
        /// The most hours allowed.
        most_hours: u32,
    },
    /// Something the reader may see bears this already.
    AlreadyTaken,
    /// The marking is above what the author may read.
    AboveCeiling,
    /// The marking is below what the thing around it has, or was lowered without the right to.
    MarkingRefused,
    /// The text bears the label of a national classification, which this program must not hold.
    NationalClassification,
    /// The state cannot be reached from where the thing is.
    StateRefused,
    /// Not of the form this field needs.
    Form,
    /// A reason must be given.
    ReasonNeeded,
    /// Fewer than `least` characters.
    TooShort {
        /// The fewest characters allowed.
        least: u32,
    },
    /// A password that is among the first anybody tries.
    TooCommon,
    /// Not the present password.
    WrongPassword,
    /// A date outside those allowed.
    DateOutOfBounds {
        /// The first day allowed.
        earliest: NaiveDate,
        /// The last day allowed.
        latest: NaiveDate,
    },
    /// The last account in force with a role that an office can't be without.
    LastWithRole,
    /// Something uses it now or later.
    StillUsed,
    /// The directory of people, which every account of the office may read from TLP:GREEN up, takes nobody marked so high.
    AboveDirectory,
    /// At TLP:RED a thing is read by those on its own list alone, and this has none: nobody could read it.
    NoListOfItsOwn,
}

impl From<TextProblem> for Problem {
    fn from(problem: TextProblem) -> Self {
        match problem {
            TextProblem::Empty => Self::Missing,
            TextProblem::TooLong { most } => Self::TooLong { most },
            TextProblem::Control => Self::ControlCharacters,
            TextProblem::Form => Self::Form,
        }
    }
}

impl From<NotUnderstood> for Problem {
    fn from(reason: NotUnderstood) -> Self {
        match reason {
            NotUnderstood::Empty => Self::Missing,
            NotUnderstood::Unreadable => Self::NotATime,
            reason => Self::NotUnderstood { reason },
        }
    }
}

/// Gathers what is wrong while a form is read, so that all of it is said at once.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that a field is wrong.
    pub fn add(&mut self, field: &str, problem: impl Into<Problem>) {
        self.0.push(FieldProblem { field: field.to_owned(), problem: problem.into() });
    }

    /// Takes the value of a field, or notes what is wrong with it.
    pub fn take<T, P: Into<Problem>>(&mut self, field: &str, result: Result<T, P>) -> Option<T> {
        result.map_err(|problem| self.add(field, problem)).ok()
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was wrong, in the order it was found.
    pub fn into_vec(self) -> Vec<FieldProblem> {
        self.0
    }

    /// The value if nothing was wrong.
    ///
    /// # Errors
    /// With all that was wrong.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<FieldProblem>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
