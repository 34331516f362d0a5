//! In which parts two views of one thing say something else.
//!
//! The fields of each view are written out: a field that is added is thought about here, or nothing compiles. A part
//! that bears a marking in one of them alone, and is empty, is no change: nothing is told by it.

use super::{DelegateView, ItemView, Marking, VisitView};
use crate::programme::kinds;
use std::collections::BTreeMap;

kinds! {
    /// The parts of a line that a later release may say otherwise.
    LinePart {
        /// When: on the local clocks.
        Time = "time",
        /// The title, or what stands in for it.
        Title = "title",
        /// The kind of line.
        Kind = "kind",
        /// Whether it is firm, and until when it is held.
        State = "state",
        /// Where.
        Place = "place",
        /// How the room is laid out, for how many, and what it must have.
        Room = "room",
        /// Who takes part.
        People = "people",
        /// How one gets there.
        Movement = "movement",
        /// The press.
        Press = "press",
        /// Dress.
        Dress = "dress",
        /// Notes.
        Notes = "notes",
        /// Whether the principal drops by.
        DropBy = "drop_by",
        /// The clocks of the capital.
        Capital = "capital",
        /// The marking of a part that both show.
        Marking = "marking",
    }
}

kinds! {
    /// The parts of a visit's head that a later release may say otherwise.
    VisitPart {
        /// Category and direction.
        Category = "category",
        /// Title.
        Title = "title",
        /// First and last day.
        Dates = "dates",
        /// Country, guest and host.
        Parties = "parties",
        /// The zones, and the places shown beside them.
        Zones = "zones",
        /// Purpose and remarks.
        Remarks = "remarks",
        /// The marking of a part that both show.
        Marking = "marking",
    }
}

kinds! {
    /// The parts of a delegate that a later release may say otherwise.
    DelegatePart {
        /// Name, in either script.
        Name = "name",
        /// How one is addressed, and how the name is said.
        Address = "address",
        /// Rank or office.
        Rank = "rank",
        /// Role in the delegation.
        Role = "role",
        /// Which delegation.
        Delegation = "delegation",
        /// Place in its order.
        Position = "position",
        /// Languages.
        Languages = "languages",
        /// What the kitchen must know.
        Diet = "diet",
        /// The marking.
        Marking = "marking",
    }
}

/// Whether a part that both show bears another marking.
fn is_marked_otherwise<Part: Ord>(one: &BTreeMap<Part, Marking>, other: &BTreeMap<Part, Marking>) -> bool {
    one.iter().any(|(part, marking)| other.get(part).is_some_and(|other| other != marking))
}

fn differing<Part: Copy>(all: &[(Part, bool)]) -> Vec<Part> {
    all.iter().filter(|(_, differs)| *differs).map(|(part, _)| *part).collect()
}

impl ItemView {
    /// The parts in which another view of the line says something else. How it went is of no release.
    pub fn parts_unlike(&self, other: &Self) -> Vec<LinePart> {
        #[rustfmt::skip]
        let Self {
            viewed_by: _, id: _, visit_id: _, cover: _, fixed: _, begun_at: _, ended_at: _, marking: _,
            kind, state, hold_until, title, is_stand_in, cover_marking, starts, ends, capital, shift,
            room, layout, people_count, features, sweep, place, people, movement, press, dress, notes, drop_by, markings,
        } = self;
        let needs = (layout, people_count, features, sweep);
        let covers = cover_marking.zip(other.cover_marking).is_some_and(|(one, other)| one != other);
        differing(&[
            (LinePart::Time, (starts, ends) != (&other.starts, &other.ends)),
            (LinePart::Title, (title, is_stand_in) != (&other.title, &other.is_stand_in)),
            (LinePart::Kind, *kind != other.kind),
            (LinePart::State, (state, hold_until) != (&other.state, &other.hold_until)),
            (LinePart::Place, (room, place) != (&other.room, &other.place)),
            (LinePart::Room, needs != (&other.layout, &other.people_count, &other.features, &other.sweep)),
            (LinePart::People, people.as_deref().unwrap_or_default() != other.people.as_deref().unwrap_or_default()),
            (LinePart::Movement, *movement != other.movement),
            (LinePart::Press, *press != other.press),
            (LinePart::Dress, *dress != other.dress),
            (LinePart::Notes, *notes != other.notes),
            (LinePart::DropBy, *drop_by != other.drop_by),
            (LinePart::Capital, (capital, shift) != (&other.capital, &other.shift)),
            (LinePart::Marking, covers || is_marked_otherwise(markings, &other.markings)),
        ])
    }
}

impl VisitView {
    /// The parts in which another view of the visit says something else. Where it stands is always of today.
    pub fn parts_unlike(&self, other: &Self) -> Vec<VisitPart> {
        #[rustfmt::skip]
        let Self {
            viewed_by: _, id: _, state: _, mission_ids: _, is_draft: _, marking: _,
            direction, category, title, is_cover, starts_on, ends_on, country, guest, host,
            zone, place, capital_zone, capital, remarks, markings,
        } = self;
        let zones = (zone, place, capital_zone, capital);
        differing(&[
            (VisitPart::Category, (direction, category) != (&other.direction, &other.category)),
            (VisitPart::Title, (title, is_cover) != (&other.title, &other.is_cover)),
            (VisitPart::Dates, (starts_on, ends_on) != (&other.starts_on, &other.ends_on)),
            (VisitPart::Parties, (country, guest, host) != (&other.country, &other.guest, &other.host)),
            (VisitPart::Zones, zones != (&other.zone, &other.place, &other.capital_zone, &other.capital)),
            (VisitPart::Remarks, *remarks != other.remarks),
            (VisitPart::Marking, is_marked_otherwise(markings, &other.markings)),
        ])
    }
}

impl DelegateView {
    /// The parts in which another view of the delegate says something else.
    pub fn parts_unlike(&self, other: &Self) -> Vec<DelegatePart> {
        #[rustfmt::skip]
        let Self {
            viewed_by: _, id: _,
            delegation_id, delegation, person_id, role, position, name, own_script,
            pronunciation, address, rank, languages, diet, marking,
        } = self;
        differing(&[
            (DelegatePart::Name, (person_id, name, own_script) != (&other.person_id, &other.name, &other.own_script)),
            (DelegatePart::Address, (address, pronunciation) != (&other.address, &other.pronunciation)),
            (DelegatePart::Rank, *rank != other.rank),
            (DelegatePart::Role, *role != other.role),
            (DelegatePart::Delegation, (delegation_id, delegation) != (&other.delegation_id, &other.delegation)),
            (DelegatePart::Position, *position != other.position),
            (DelegatePart::Languages, *languages != other.languages),
            (DelegatePart::Diet, *diet != other.diet),
            (DelegatePart::Marking, *marking != other.marking),
        ])
    }
}
