//! What the pages of delegations show.

use super::DelegateForm;
use crate::{components::Choice, visits::VisitHead};
use domain::marking::{Marking, view::DelegateView};
use serde::{Deserialize, Serialize};

/// The delegates of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegationView {
    /// The visit.
    pub head: VisitHead,
    /// The delegates, by delegation, each in its own order.
    pub delegates: Vec<DelegateView>,
}

impl DelegationView {
    /// The highest marking of anybody on the page.
    pub fn marking(&self) -> Marking {
        self.delegates.iter().map(|delegate| delegate.marking).max().unwrap_or(Marking::Clear)
    }
}

/// The form of a delegate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegateFormView {
    /// The visit.
    pub head: VisitHead,
    /// What the form opens with.
    pub stored: DelegateForm,
    /// The marking the delegate has; none for a new one.
    pub marking: Option<Marking>,
    /// The visit's delegations.
    pub delegations: Vec<Choice>,
    /// The missions attached to the visit.
    pub missions: Vec<Choice>,
    /// People in the directory.
    pub people: Vec<Choice>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

domain::viewed_by! {
    DelegationView { head, delegates }
    DelegateFormView { head }
}
