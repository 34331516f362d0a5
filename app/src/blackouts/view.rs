//! What the pages of blackouts show.

use super::BlackoutForm;
use crate::components::Choice;
use domain::{
    ids::RoomId,
    marking::{
        Marking,
        view::{BlackoutView, Named},
    },
};
use serde::{Deserialize, Serialize};

/// The blackouts that are not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackoutListView {
    /// The blackouts, by start.
    pub blackouts: Vec<BlackoutView>,
    /// What asks for the next page.
    pub next: Option<String>,
    /// The room that they are of, if they are of one and its site.
    pub room: Option<Named<RoomId>>,
    /// Whether one may make and change them.
    pub may_manage: bool,
}

/// A blackout's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackoutPageView {
    /// The blackout.
    pub blackout: BlackoutView,
    /// Its version; empty for who may not change it.
    pub seen: String,
    /// Whether the reader may change and end it.
    pub may_manage: bool,
}

/// The form of a blackout, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackoutFormView {
    /// The blackout as it is; none for a new one.
    pub blackout: Option<BlackoutView>,
    /// What the form opens with.
    pub stored: BlackoutForm,
    /// The sites, each for all its rooms, and the rooms.
    pub things: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

domain::viewed_by! {
    BlackoutListView { blackouts }
    BlackoutPageView { blackout }
    BlackoutFormView { blackout }
}
