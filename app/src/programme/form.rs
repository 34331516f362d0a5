//! The form of a line: what its fields hold.

use crate::{
    forms::{FormFields, Typed},
    times::{typed_moment, typed_time},
    visits::words::word_of,
};
use domain::{
    marking::view::{ItemView, VisitView},
    programme::{ItemPart, ItemState},
    time::{agreed::MomentView, clocks::hours_minutes},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What begins the names of the fields of people and of their roles; a number from 1 follows.
pub(super) const PERSON: &str = "person_";
/// What begins the names of the fields of roles.
pub(super) const ROLE: &str = "role_";
/// What begins the names of the fields of markings; the part's word follows.
pub(super) const MARKING: &str = "marking_";

/// The form of a line, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// The line; empty for a new one.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
    /// What tells one opening of the form of a new line from another, so that two presses of its button are one.
    pub once: String,
    /// The parts the form shows; others are not touched.
    pub parts: String,
    /// The wall time from which a span in the start counts: the end of the line before.
    pub after: String,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// The day it starts, as people type days.
    pub date: String,
    /// The time it starts.
    pub starts: String,
    /// The time it ends, or how long it lasts (`+25m`).
    pub ends: String,
    /// Zone of the start.
    pub zone: String,
    /// Zone of the end; empty for the same.
    pub end_zone: String,
    /// Which of two equal times is meant, by its offset.
    pub starts_offset: String,
    /// The same of the end.
    pub ends_offset: String,
    /// Room of ours.
    pub room_id: String,
    /// Layout.
    pub layout: String,
    /// How many people.
    pub people_count: String,
    /// Place that is not ours.
    pub place: String,
    /// Press access.
    pub press: String,
    /// Dress.
    pub dress: String,
    /// The way.
    pub route: String,
    /// Vehicles.
    pub vehicles: String,
    /// Flight or train.
    pub carrier: String,
    /// Notes.
    pub notes: String,
    /// Cover title.
    pub cover: String,
    /// `yes` if the principal drops by.
    pub drop_by: String,
    /// `yes` if it stays where it is when the rest of its day is moved.
    pub fixed: String,
    /// State.
    pub state: String,
    /// When a hold ends by itself.
    pub hold_until: String,
    /// Which of two equal ends of the hold is meant, by its offset.
    pub hold_until_offset: String,
    /// Why a marking is lowered, or a clash overridden.
    pub reason: String,
    /// The alternative that was pressed.
    pub take: String,
    /// People and roles by number, and markings by part.
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for ItemForm {
    const NAME: &'static str = "line";
}

impl ItemForm {
    /// The form of a new line, starting where the line before ends, or on the visit's first day.
    pub fn new_in(visit: &VisitView, before: Option<&MomentView>) -> Self {
        let all: Vec<&str> = ItemPart::ALL.iter().map(|part| part.word()).collect();
        Self {
            visit_id: visit.id.to_string(),
            parts: all.join(" "),
            after: before.map(|moment| moment.local.to_string()).unwrap_or_default(),
            date: before.map(|moment| moment.local.date()).or(visit.starts_on).map(|day| day.to_string()).unwrap_or_default(),
            starts: before.map(|moment| hours_minutes(moment.local)).unwrap_or_default(),
            zone: before.map_or_else(|| visit.zone.clone(), |moment| moment.zone.to_string()),
            state: ItemState::Wished.word().to_owned(),
            ..Self::default()
        }
    }

    /// The form of a line as its reader sees it. `hold_until` is on the clocks of its start.
    pub fn of(item: &ItemView, hold_until: Option<&MomentView>, seen: &str) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let movement = item.movement.as_ref();
        let mut more = BTreeMap::new();
        for (number, person) in (1..).zip(item.people.iter().flatten()) {
            more.insert(format!("{PERSON}{number}"), person.person_id.to_string());
            more.insert(format!("{ROLE}{number}"), person.role.word().to_owned());
        }
        let shown = ItemPart::ALL.iter().filter(|part| match part {
            ItemPart::People => item.people.is_some(),
            ItemPart::Press => item.press.is_some(),
            part => item.markings.contains_key(part),
        });
        let parts: Vec<&str> = shown.map(|part| part.word()).collect();
        let on = item.starts.local.date();
        Self {
            id: item.id.to_string(),
            visit_id: item.visit_id.to_string(),
            seen: seen.to_owned(),
            once: String::new(),
            parts: parts.join(" "),
            after: String::new(),
            kind: item.kind.map(|kind| kind.word().to_owned()).unwrap_or_default(),
            title: if item.is_stand_in { String::new() } else { text(&item.title) },
            date: on.to_string(),
            starts: hours_minutes(item.starts.local),
            ends: typed_time(item.ends.local, on),
            zone: item.starts.zone.to_string(),
            end_zone: if item.ends.zone == item.starts.zone { String::new() } else { item.ends.zone.to_string() },
            starts_offset: item.starts.offset.to_string(),
            ends_offset: item.ends.offset.to_string(),
            room_id: item.room.as_ref().map(|room| room.id.to_string()).unwrap_or_default(),
            layout: item.layout.map(|layout| word_of(&layout)).unwrap_or_default(),
            people_count: item.people_count.map(|count| count.to_string()).unwrap_or_default(),
            place: text(&item.place),
            press: item.press.map(|press| press.word().to_owned()).unwrap_or_default(),
            dress: text(&item.dress),
            route: movement.map(|movement| text(&movement.route)).unwrap_or_default(),
            vehicles: movement.map(|movement| text(&movement.vehicles)).unwrap_or_default(),
            carrier: movement.map(|movement| text(&movement.carrier)).unwrap_or_default(),
            notes: text(&item.notes),
            cover: text(&item.cover),
            drop_by: if item.drop_by { "yes".to_owned() } else { String::new() },
            fixed: if item.fixed { "yes".to_owned() } else { String::new() },
            state: item.state.word().to_owned(),
            hold_until: hold_until.map(|until| typed_moment(until.local)).unwrap_or_default(),
            hold_until_offset: hold_until.map(|until| until.offset.to_string()).unwrap_or_default(),
            reason: String::new(),
            take: String::new(),
            more,
        }
    }

    /// Whether the form shows a part, so that an empty field of it means nothing and not “as it was”.
    pub(super) fn shows(&self, part: ItemPart) -> bool {
        self.parts.split(' ').any(|shown| shown == part.word())
    }
}

/// How many rows of people a form shows: those that are filled in, and three more.
pub(super) fn rows_of_people(typed: &Typed) -> usize {
    let filled = (1..=500).rev().find(|number| !typed.get(&format!("{PERSON}{number}")).is_empty());
    filled.unwrap_or(0) + 3
}

/// The form that takes a line out of its programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveItemForm {
    /// The line.
    pub id: String,
    /// The visit.
    pub visit_id: String,
    /// The version one saw.
    pub seen: String,
}

impl FormFields for RemoveItemForm {
    const NAME: &'static str = "remove-line";
}
