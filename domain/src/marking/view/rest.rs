//! Lines as they would be moved or copied together, and the rest of a day among them, before anything is saved.

use super::{ClashView, ItemView, Named, Viewed, ViewedBy};
use crate::{
    ids::{ItemId, PersonId, RoomId, VisitId},
    marking::Reader,
    problems::FieldProblem,
    programme::day::rest::{Nearing, Stays},
    time::{agreed::MomentView, clocks::CapitalTime},
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

/// A line that goes together with others: where it goes, or why it stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestLineView {
    /// The line as it is.
    pub item: ItemView,
    /// When it would start; absent if it stays.
    pub starts: Option<MomentView>,
    /// When it would end.
    pub ends: Option<MomentView>,
    /// The start on the capital's clocks, as far as the line as it is shows them.
    #[serde(default)]
    pub capital: Option<CapitalTime>,
    /// What is wrong with where it would go, by `starts` and `ends`: a wall time that does not exist there, or exists twice.
    #[serde(default)]
    pub problems: Vec<FieldProblem>,
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
        let (people, rooms) = touched(&lines);
        Self { viewed_by: ViewedBy::of(reader), version: String::new(), visit_id, item_id, minutes, lines, people, rooms }
    }
}

/// The people and rooms of the lines that go, each once.
fn touched(lines: &[RestLineView]) -> (Vec<Named<PersonId>>, Vec<Named<RoomId>>) {
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
    (people, rooms)
}

impl Viewed for RestLineView {
    fn viewed_by(&self) -> ViewedBy {
        self.item.viewed_by().and(self.clashes.viewed_by())
    }
}

impl Viewed for RestView {
    fn viewed_by(&self) -> ViewedBy {
        self.lines.iter().fold(self.viewed_by, |whose, line| whose.and(line.viewed_by()))
    }
}

/// Lines as they would be moved or copied together, before anything is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShiftView {
    #[serde(skip)]
    viewed_by: ViewedBy,
    /// What was seen, for the move or the copy itself. It changes with the lines.
    pub version: String,
    /// The visit.
    pub visit_id: VisitId,
    /// By how many minutes they go, on their own clocks; earlier, if less than nothing.
    pub minutes: i64,
    /// The lines that were chosen, in their order.
    pub lines: Vec<RestLineView>,
    /// Whom it touches.
    pub people: Vec<Named<PersonId>>,
    /// Which rooms it touches.
    pub rooms: Vec<Named<RoomId>>,
}

impl ShiftView {
    /// Lines of a visit that go by so many minutes; its version is to be filled in.
    pub fn of((visit_id, minutes): (VisitId, i64), lines: Vec<RestLineView>, reader: &Reader) -> Self {
        let (people, rooms) = touched(&lines);
        Self { viewed_by: ViewedBy::of(reader), version: String::new(), visit_id, minutes, lines, people, rooms }
    }
}

impl Viewed for ShiftView {
    fn viewed_by(&self) -> ViewedBy {
        self.lines.iter().fold(self.viewed_by, |whose, line| whose.and(line.viewed_by()))
    }
}
