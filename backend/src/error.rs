//! What can go wrong in a use case: typed, safe to show, with one deliberate status each at the boundary.

use crate::database::DatabaseError;
use domain::{
    clash::Clash,
    marking::view::{ClosingPreview, RestView, ShiftView},
    problems::FieldProblem,
    rooms::series::view::SeriesPreview,
};

/// The result of a use case.
pub type Outcome<T> = Result<T, Failure>;

/// Why a use case did not do what was asked. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such thing, or none that the actor may know of (404).
    #[error("not found")]
    NotFound,
    /// Nobody is signed in (401).
    #[error("nobody is signed in")]
    SignIn,
    /// The actor may know of it and may not do it (403).
    #[error("not allowed")]
    Forbidden,
    /// Something given is wrong (422).
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Nothing of a file was taken (422).
    #[error(transparent)]
    Import(#[from] domain::imports::ImportRefusal),
    /// Something scarce is taken, or a rule refuses (409). Put in words for the reader at the boundary.
    #[error("{} clashes", .0.clashes.len())]
    Clash(Box<ClashRefusal>),
    /// Some occurrences of a series cannot be had, and it was not answered what is to become of them (409): all of it anew.
    #[error("{} occurrences of a series cannot be had", .0.refused)]
    SeriesRefused(Box<SeriesPreview>),
    /// A room was not closed, because what that hurts changed since it was seen, or some of it cannot go where it was to go (409): all
    /// of it anew, with what was chosen.
    #[error("a room was not closed")]
    ClosingRefused(Box<ClosingPreview>),
    /// The rest of a day was not moved, because its lines changed since they were seen, or one of them cannot go where it was to go
    /// (409): all of it anew.
    #[error("the rest of a day was not moved")]
    RestRefused(Box<RestView>),
    /// Lines were not moved or copied together, because one changed since they were seen, or cannot go where it was to go (409): all of
    /// them anew.
    #[error("lines were not moved or copied")]
    ShiftRefused(Box<ShiftView>),
    /// The thing changed since the actor saw it (412).
    #[error("changed since it was seen")]
    Stale,
    /// A change was asked for without saying which version was seen (428).
    #[error("the version seen was not given")]
    VersionNeeded,
    /// The same key was used for another request (422).
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Too many tries; again after so many seconds (429).
    #[error("too many tries, again in {after_seconds} s")]
    TooMany {
        /// Seconds to wait.
        after_seconds: u64,
    },
    /// The credentials are not right (401). Never says which part.
    #[error("the credentials are not right")]
    WrongCredentials,
    /// The database failed (503 or 500). What it said stays in the log, as a code.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// What is stored can't be read: a defect or a damaged database (500).
    #[error("stored {what} can't be read")]
    Corrupt {
        /// Which kind of thing.
        what: &'static str,
    },
    /// Something secret could not be sealed or opened (500).
    #[error("sealed text can't be opened or written")]
    Sealing,
    /// The operating system gave no randomness, or a worker failed (500).
    #[error("the machine failed: {what}")]
    Machine {
        /// What it was asked for.
        what: &'static str,
    },
}

/// A refusal because of clashes, or what a check found without saving.
#[derive(Debug, Clone)]
pub struct ClashRefusal {
    /// What was to be saved.
    pub source: domain::clash::Source,
    /// What clashes. Of a refusal with none, the database alone knew: somebody was quicker by a moment.
    pub clashes: Vec<Clash>,
    /// Where and when it would work.
    pub alternatives: Alternatives,
}

/// Where and when something would work that does not as it is.
#[derive(Debug, Clone)]
pub enum Alternatives {
    /// Nothing is in its way.
    Needless,
    /// Found already, with many others.
    Found(Vec<domain::slots::Slot>),
    /// To be looked for when the refusal is told: outside the transaction that refused, and so outside its locks.
    ToBeFound(Box<crate::engagements::Wanted>),
}

impl Failure {
    /// One wrong field.
    pub fn field(field: &str, problem: impl Into<domain::problems::Problem>) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), problem: problem.into() }])
    }
}

impl From<domain::imports::FileProblem> for Failure {
    fn from(problem: domain::imports::FileProblem) -> Self {
        Self::Import(problem.into())
    }
}

impl From<Vec<FieldProblem>> for Failure {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Invalid(problems)
    }
}
