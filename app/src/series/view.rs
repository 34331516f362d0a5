//! What the pages of series show.

use super::SeriesForm;
use crate::components::Choice;
use domain::{
    ids::{RoomId, SiteId},
    marking::{Marking, view::Named},
    rooms::series::view::{SeriesPreview, SeriesView},
};
use serde::{Deserialize, Serialize};

/// A series' page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesPageView {
    /// The series.
    pub series: SeriesView,
    /// The rooms its bookings are in.
    pub rooms: Vec<Named<RoomId>>,
    /// The site of its room.
    pub site: Named<SiteId>,
    /// Whether the site's clocks are others than those it was agreed on.
    pub has_other_clocks: bool,
    /// Its version; empty for who may not change it.
    pub seen: String,
    /// How many of its bookings have begun: they stand first, and stay as they are.
    pub begun: u32,
    /// Whether the reader may change and cancel it.
    pub may_change: bool,
}

/// The form of a series, and what it offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesFormView {
    /// What the form opens with.
    pub stored: SeriesForm,
    /// The series that is changed; none for a new one.
    pub series: Option<SeriesView>,
    /// The rooms one may book, and the series' own.
    pub rooms: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// The highest marking one may give.
    pub ceiling: Marking,
}

/// The days of a series before it is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesDaysView {
    /// What would be; none where the form is no longer kept.
    pub preview: Option<SeriesPreview>,
    /// The name of its room.
    pub room: String,
    /// The page of the form.
    pub form: String,
    /// Whether it is a change of a series that there is.
    pub is_change: bool,
}

domain::viewed_by! {
    SeriesPageView { series }
    SeriesFormView { series }
    SeriesDaysView { preview }
}
