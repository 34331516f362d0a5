//! Several uses that have to go elsewhere: a place for each, free for all of them together.

use super::{Asking, Change, Direction, RoomChoice, Search, Slot, unavoidable, works};
use crate::clash::{Candidate, Clash, Level, Margins, Plan, RuleId, Rules, clashes_of, worst};

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
        let asking = Asking {
            plan,
            rules,
            candidate: &self.candidate,
            search: &self.search,
            wanted,
            hours: unavoidable(&clashes_of(plan, rules, &self.candidate)),
        };
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
            let asking = Asking { candidate: &there, search: &search, hours: asking.hours.clone(), ..*asking };
            let change = Change::Room(choice.room);
            let mut slots = asking.times(Direction::Earlier);
            slots.extend(asking.times(Direction::Later));
            // Another room must suit it, whatever it put up with in its own.
            slots.retain(|slot| {
                let there = there.moved(slot.during.starts() - asking.wanted.starts());
                works(&clashes_of(asking.plan, asking.rules, &there), change, &asking.hours)
            });
            slots.into_iter().map(move |slot| Slot { change, ..slot }).collect::<Vec<_>>()
        };
        let mut slots: Vec<Slot> = asking.by_way(own, site).into_iter().take(MOST_ROOMS).flat_map(in_room).collect();
        slots.sort_by_key(|slot| ((slot.during.starts() - asking.wanted.starts()).abs(), slot.during.starts()));
        slots.truncate(self.search.most);
        slots
    }
}

/// Has the uses that follow one another in a room, for one visit, meet there.
fn meet(uses: &mut [Candidate]) {
    for first in 0..uses.len() {
        for second in 0..uses.len() {
            if let Ok([first, second]) = uses.get_disjoint_mut([first, second])
                && first.is_followed_by(second)
            {
                first.meet(second);
            }
        }
    }
}

/// The segments of one meeting, as one use: to where all of them may go together.
fn as_one(run: &[Displaced]) -> Option<Displaced> {
    let (first, last) = (run.first()?, run.last()?);
    let in_all = |choice: &&RoomChoice| run.iter().all(|it| it.search.rooms.iter().any(|other| other.room == choice.room));
    let rooms = first.search.rooms.iter().filter(in_all).filter_map(|choice| {
        let after = last.search.rooms.iter().find(|other| other.room == choice.room)?.margins.after;
        Some(RoomChoice { margins: Margins { after, ..choice.margins }, ..*choice })
    });
    let search = Search { rooms: rooms.collect(), ..first.search.clone() };
    Some(Displaced { candidate: Candidate::joined(run.iter().map(|it| &it.candidate))?, search, chosen: None })
}

/// Puts the segments of one meeting where they can be together, the nearest first; where each of them goes, or nothing.
fn place_together(plan: &mut Plan, rules: &Rules, run: &[Displaced]) -> Option<Vec<Slot>> {
    let whole = as_one(run)?;
    let wanted = whole.candidate.during()?;
    let hours: Vec<Vec<RuleId>> = run.iter().map(|it| unavoidable(&clashes_of(plan, rules, &it.candidate))).collect();
    whole.offered(plan, rules).into_iter().find_map(|slot| {
        let by = (slot.during.starts() - wanted.starts()).num_minutes();
        let of_each = |it: &Displaced| Some(Slot { during: it.candidate.during()?.moved(by), ..slot });
        let mut slots: Vec<Slot> = run.iter().map(of_each).collect::<Option<_>>()?;
        let mut there: Vec<Candidate> = run.iter().zip(&slots).map(|(it, slot)| it.at(slot)).collect::<Option<_>>()?;
        meet(&mut there);
        let mut trial = plan.clone();
        run.iter().for_each(|it| trial.release(it.candidate.source()));
        // Each may ask something else of its room and its people.
        for ((candidate, slot), hours) in there.iter().zip(&mut slots).zip(&hours) {
            let clashes = clashes_of(&trial, rules, candidate);
            slot.level = works(&clashes, slot.change, hours).then(|| worst(&clashes))?;
            trial.put(candidate);
        }
        *plan = trial;
        Some(slots)
    })
}

/// Finds a place for each use, in the order given, each with all before it where they go. What was chosen comes first, and holds
/// where it works; what was not goes to the nearest room at its time, or else to the nearest time; where there is neither, it stays.
/// What follows one another for one visit, as the segments of a meeting do, goes together where it can.
///
/// The plan ends up as it would be.
pub fn place(plan: &mut Plan, rules: &Rules, uses: &[Displaced]) -> Vec<Placing> {
    let mut placings = vec![Placing::default(); uses.len()];
    let goes = |it: &Displaced| matches!(it.chosen, Some(Chosen::Goes(_)));
    for it in uses.iter().filter(|it| goes(it)) {
        plan.release(it.candidate.source());
    }
    let chosen = uses.iter().filter_map(|it| match &it.chosen {
        Some(Chosen::Goes(candidate)) => Some((**candidate).clone()),
        _ => None,
    });
    let mut chosen: Vec<Candidate> = chosen.collect();
    meet(&mut chosen);
    let chosen_places = uses.iter().zip(&mut placings).filter(|(it, _)| goes(it));
    for ((it, placing), candidate) in chosen_places.zip(&chosen) {
        let clashes = clashes_of(plan, rules, candidate);
        placing.goes = it.slot_of(candidate, &clashes);
        if worst(&clashes) <= Some(Level::Warn) {
            plan.put(candidate);
        } else {
            plan.put(&it.candidate);
            placing.refused = clashes;
        }
    }
    let mut rest = placings.as_mut_slice();
    for run in uses.chunk_by(|it, next| it.chosen.is_none() && next.chosen.is_none() && it.candidate.is_followed_by(&next.candidate)) {
        let (places, after) = rest.split_at_mut(run.len());
        rest = after;
        if run.len() > 1
            && let Some(slots) = place_together(plan, rules, run)
        {
            places.iter_mut().zip(slots).for_each(|(placing, slot)| placing.goes = Some(slot));
            continue;
        }
        for (it, placing) in run.iter().zip(places).filter(|(it, _)| it.chosen.is_none()) {
            placing.goes = it.offered(plan, rules).into_iter().next();
            if let Some(candidate) = placing.goes.and_then(|slot| it.at(&slot)) {
                plan.put(&candidate);
            }
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
