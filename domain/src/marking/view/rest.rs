//! The rest of a day as it would be moved, before anything is saved.

use super::{ClashView, ItemView, Named, Viewed, ViewedBy};
use crate::{
    ids::{ItemId, PersonId, RoomId, VisitId},
    marking::Reader,
    programme::day::rest::{Nearing, Stays},
    time::agreed::MomentView,
};
use serde::{Deserialize, Serialize};

/// A line that stays and to which one that moves comes near.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestMetView {
    /// The line that stays.
    pub item_id: ItemId,
    /// Its title.
    pub title: String,
    /// How they come near one another.
    pub how: Nearing,
    /// For how many minutes both go on at once.
    pub minutes: i64,
}

/// A line of the rest of a day: where it goes, or why it stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestLineView {
    /// The line as it is.
    pub item: ItemView,
    /// When it would start; absent if it stays.
    pub starts: Option<MomentView>,
    /// When it would end.
    pub ends: Option<MomentView>,
    /// Why it stays; absent if it moves.
    pub stays: Option<Stays>,
    /// Whether its room would have to be asked for anew.
    pub asks_again: bool,
    /// The lines that stay to which it would come near.
    pub meets: Vec<RestMetView>,
    /// What would stand in its way, all that moves being where it goes.
    pub clashes: Vec<ClashView>,
}

/// The rest of a day as it would be moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// What was seen, for the move itself. It changes with the lines of the day.
    pub version: String,
    /// The visit.
    pub visit_id: VisitId,
    /// The line with which the rest begins.
    pub item_id: ItemId,
    /// By how many minutes; earlier, if less than nothing.
    pub minutes: i64,
    /// The lines of the rest, in their order.
    pub lines: Vec<RestLineView>,
    /// Whom it touches.
    pub people: Vec<Named<PersonId>>,
    /// Which rooms it touches.
    pub rooms: Vec<Named<RoomId>>,
}

impl RestView {
    /// The rest of a day, moved by so many minutes from one of its lines on; its version is to be filled in.
    pub fn of((visit_id, item_id, minutes): (VisitId, ItemId, i64), lines: Vec<RestLineView>, reader: &Reader) -> Self {
        let moved = || lines.iter().filter(|line| line.stays.is_none());
        let mut people: Vec<Named<PersonId>> = Vec::new();
        for person in moved().flat_map(|line| line.item.people.iter().flatten()) {
            if people.iter().all(|known| known.id != person.person_id) {
                people.push(Named { id: person.person_id, name: person.name.clone() });
            }
        }
        let mut rooms: Vec<Named<RoomId>> = Vec::new();
        for room in moved().filter_map(|line| line.item.room.as_ref()) {
            if !rooms.contains(room) {
                rooms.push(room.clone());
            }
        }
        Self { viewed_by: ViewedBy::of(reader), version: String::new(), visit_id, item_id, minutes, lines, people, rooms }
    }
}

impl Viewed for RestView {
    fn viewed_by(&self) -> ViewedBy {
        self.lines.iter().fold(self.viewed_by, |whose, line| whose.and(line.item.viewed_by()).and(line.clashes.viewed_by()))
    }
}
