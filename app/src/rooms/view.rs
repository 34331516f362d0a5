//! What the pages of rooms and sites show.

use super::{FinderForm, RoomForm, SiteForm};
use crate::{
    components::Choice,
    forms::{Refusal, Typed},
};
use chrono::NaiveDate;
use domain::{
    board::{BoardView, RoomDaysView},
    marking::Marking,
    rooms::{
        found::FoundRoomsView,
        view::{HolidayView, RoomView, SiteView},
    },
};
use serde::{Deserialize, Serialize};

/// The rooms that pass the filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomListView {
    /// The rooms, by site.
    pub rooms: Vec<RoomView>,
    /// Whether there are any that do not pass.
    pub is_filtered: bool,
    /// Whether one may make and change them.
    pub may_manage: bool,
}

/// A room, and its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomPageView {
    /// The room, and the days that are shown.
    pub days: RoomDaysView,
    /// The first of the month, if a month is shown and not a week.
    pub month: Option<NaiveDate>,
    /// Holidays of its site that come next.
    pub holidays: Vec<HolidayView>,
    /// Today, on the office's clocks.
    pub today: NaiveDate,
    /// Whether one may change it and retire it.
    pub may_manage: bool,
    /// Whether one may see its door plans, which a retired one may have too.
    pub may_see_doors: bool,
    /// Its version; empty for who may not change it.
    pub seen: String,
}

/// The board of a day, and what its filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPageView {
    /// The board.
    pub board: BoardView,
    /// The sites.
    pub sites: Vec<Choice>,
    /// Today, on the office's clocks.
    pub today: NaiveDate,
    /// Whether some rooms are left out.
    pub is_filtered: bool,
    /// How many uses wait for one to give them their room; none where one gives none.
    pub waiting: Option<u32>,
    /// Whether one may make and change rooms.
    pub may_manage: bool,
}

/// The finder of rooms: what was asked, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinderView {
    /// What the form opens with.
    pub asked: FinderForm,
    /// What was wrong with it.
    pub refusal: Option<Refusal>,
    /// What was found, if it was asked and nothing was wrong.
    pub found: Option<FoundRoomsView>,
    /// The fields of the form of a booking at the time that was asked for.
    pub booking: Typed,
    /// The sites.
    pub sites: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
    /// The highest marking that may be chosen.
    pub ceiling: Marking,
    /// Whether one may book rooms.
    pub may_book: bool,
}

/// The form of a room, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomFormView {
    /// What the form opens with.
    pub stored: RoomForm,
    /// The sites.
    pub sites: Vec<Choice>,
}

/// The sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteListView {
    /// The sites, by name.
    pub sites: Vec<SiteView>,
    /// Today, on the office's clocks.
    pub today: NaiveDate,
}

impl SiteListView {
    /// The name of a site.
    pub fn name_of(&self, id: domain::ids::SiteId) -> Option<&str> {
        self.sites.iter().find(|site| site.id == id).map(|site| site.name.as_str())
    }
}

/// The form of a site, and what it offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFormView {
    /// What the form opens with.
    pub stored: SiteForm,
    /// The other sites.
    pub others: Vec<Choice>,
    /// Names of zones.
    pub zones: Vec<String>,
}

domain::viewed_by! {
    RoomListView { rooms }
    RoomPageView { days }
    BoardPageView { board }
    FinderView { found }
    RoomFormView {}
    SiteListView { sites }
    SiteFormView {}
}
