//! What the pages of a closing show.

use super::ClosingForm;
use chrono::{DateTime, Utc};
use domain::{
    ids::RoomId,
    marking::{
        Marking,
        view::{ClosingPreview, Named},
    },
};
use serde::{Deserialize, Serialize};

/// The form that closes a room, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingFormView {
    /// The room.
    pub room: Named<RoomId>,
    /// What the form opens with.
    pub stored: ClosingForm,
    /// Names of zones.
    pub zones: Vec<String>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

/// That something is hurt which the reader may not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservedShown {
    /// From.
    pub starts: DateTime<Utc>,
    /// From when until when, in words.
    pub when: String,
    /// Its cover title, or “Reserved”.
    pub title: String,
}

/// What a closing hurts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingView {
    /// What is hurt; nothing where the form is no longer kept.
    pub preview: Option<ClosingPreview>,
    /// What of it is hidden, in words.
    pub reserved: Vec<ReservedShown>,
    /// The page of the form.
    pub form: String,
}

domain::viewed_by! {
    ClosingFormView {}
    ClosingView { preview }
}
