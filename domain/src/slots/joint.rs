//! Several uses that have to go elsewhere: a place for each, free for all of them together.

use super::{Asking, Change, Direction, RoomChoice, Search, Slot, works};
use crate::clash::{Candidate, Clash, Level, Plan, Rules, clashes_of, worst};

/// In so many other rooms other times are looked for, where no room is free at the time of a use.
const MOST_ROOMS: usize = 40;

/// A use that has to go elsewhere, and where that may be.
#[derive(Debug, Clone)]
pub struct Displaced {
    /// As it is now. In its own room it may go to another time, at its own time to another room.
    pub candidate: Candidate,
    /// Where to look; its rooms are those it may go to.
    pub search: Search,
    /// What was said of it already.
    pub chosen: Option<Chosen>,
}

/// What is to become of a use, as somebody chose.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// It stays where it is.
    Stays,
    /// It goes there, as it would be saved.
    Goes(Box<Candidate>),
}

/// What would become of a use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placing {
    /// Where it goes; nowhere if it stays.
    pub goes: Option<Slot>,
    /// What stands in the way of what was chosen.
    pub refused: Vec<Clash>,
    /// Where it may go when all others go where they do: rooms at its time first, then times, the nearest first of each.
    pub offered: Vec<Slot>,
}

impl Displaced {
    /// The use as it would be in a slot; none where the slot is in a room that it may not go to.
    pub fn at(&self, slot: &Slot) -> Option<Candidate> {
        let moved = self.candidate.moved(slot.during.starts() - self.candidate.during()?.starts());
        match slot.change {
            Change::Time => Some(moved),
            Change::Room(room) => {
                let choice = self.search.rooms.iter().find(|choice| choice.room == room)?;
                Some(moved.in_room(room, choice.site, choice.margins))
            }
        }
    }

    /// Where a candidate of this use is, as a change of where it is now.
    fn slot_of(&self, candidate: &Candidate, clashes: &[Clash]) -> Option<Slot> {
        let room = candidate.room().map(|(room, _)| room).filter(|room| self.candidate.room().is_none_or(|(own, _)| own != *room));
        Some(Slot { change: room.map_or(Change::Time, Change::Room), during: candidate.during()?, level: worst(clashes) })
    }

    fn offered(&self, plan: &Plan, rules: &Rules) -> Vec<Slot> {
        let Some(wanted) = self.candidate.during().filter(|_| self.candidate.doubts().is_empty()) else { return Vec::new() };
        let asking = Asking { plan, rules, candidate: &self.candidate, search: &self.search, wanted };
        let mut slots = asking.rooms();
        let mut times = asking.times(Direction::Earlier);
        times.extend(asking.times(Direction::Later));
        if slots.is_empty() {
            times.extend(self.times_elsewhere(&asking));
        }
        times.sort_by_key(|slot| ((slot.during.starts() - wanted.starts()).abs(), slot.during.starts(), slot.change));
        slots.extend(times);
        slots
    }

    /// The nearest other times in other rooms: one earlier and one later of each room, and of all rooms no more than are asked for.
    fn times_elsewhere(&self, asking: &Asking<'_>) -> Vec<Slot> {
        let Some((own, site)) = self.candidate.room() else { return Vec::new() };
        let search = Search { most: 1, rooms: Vec::new(), ..self.search.clone() };
        let in_room = |choice: &RoomChoice| {
            let there = self.candidate.in_room(choice.room, choice.site, choice.margins);
            let asking = Asking { candidate: &there, search: &search, ..*asking };
            let change = Change::Room(choice.room);
            let mut slots = asking.times(Direction::Earlier);
            slots.extend(asking.times(Direction::Later));
            // Another room must suit it, whatever it put up with in its own.
            slots.retain(|slot| {
                works(&clashes_of(asking.plan, asking.rules, &there.moved(slot.during.starts() - asking.wanted.starts())), change)
            });
            slots.into_iter().map(move |slot| Slot { change, ..slot }).collect::<Vec<_>>()
        };
        let mut slots: Vec<Slot> = asking.by_way(own, site).into_iter().take(MOST_ROOMS).flat_map(in_room).collect();
        slots.sort_by_key(|slot| ((slot.during.starts() - asking.wanted.starts()).abs(), slot.during.starts()));
        slots.truncate(self.search.most);
        slots
    }
}

/// Finds a place for each use, in the order given, each with all before it where they go. What was chosen comes first, and holds
/// where it works; what was not goes to the nearest room at its time, or else to the nearest time; where there is neither, it stays.
///
/// The plan ends up as it would be.
pub fn place(plan: &mut Plan, rules: &Rules, uses: &[Displaced]) -> Vec<Placing> {
    let mut placings = vec![Placing::default(); uses.len()];
    let goes = |it: &Displaced| matches!(it.chosen, Some(Chosen::Goes(_)));
    for it in uses.iter().filter(|it| goes(it)) {
        plan.release(it.candidate.source());
    }
    for (it, placing) in uses.iter().zip(&mut placings) {
        let Some(Chosen::Goes(candidate)) = &it.chosen else { continue };
        let clashes = clashes_of(plan, rules, candidate);
        placing.goes = it.slot_of(candidate, &clashes);
        if worst(&clashes) <= Some(Level::Warn) {
            plan.put(candidate);
        } else {
            plan.put(&it.candidate);
            placing.refused = clashes;
        }
    }
    for (it, placing) in uses.iter().zip(&mut placings).filter(|(it, _)| it.chosen.is_none()) {
        placing.goes = it.offered(plan, rules).into_iter().next();
        if let Some(candidate) = placing.goes.and_then(|slot| it.at(&slot)) {
            plan.put(&candidate);
        }
    }
    for (it, placing) in uses.iter().zip(&mut placings) {
        placing.offered = it.offered(plan, rules);
        let is_missing = |slot: &Slot| !placing.offered.iter().any(|it| (it.change, it.during) == (slot.change, slot.during));
        if let Some(slot) = placing.goes.filter(|slot| placing.refused.is_empty() && is_missing(slot)) {
            placing.offered.insert(0, slot);
        }
    }
    placings
}

#[cfg(test)]
mod tests;
