//! A line as it was before: what undoing brings back of it, and what it leaves.

#[cfg(test)]
mod tests;

use super::{ItemDetails, ItemPart, ItemTime, ProgrammeItem, kinds};
use crate::{
    marking::{Marked, Marking, Reader, Scope},
    text::Title,
    visits::Visit,
};

kinds! {
    /// What a change of a programme was.
    ChangeKind {
        /// A line was added.
        Added = "added",
        /// A line was changed.
        Changed = "changed",
        /// A line was taken out.
        Removed = "removed",
        /// Lines were moved together.
        Moved = "moved",
        /// Lines were copied.
        Copied = "copied",
    }
}

kinds! {
    /// Which way one goes in one's own changes.
    Turn {
        /// The last one is undone.
        Undo = "undo",
        /// What was undone last is done again.
        Redo = "redo",
    }
}

/// A line as undoing, or doing again, leaves it.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What it says.
    pub details: ItemDetails,
    /// The parts whose marking stays higher than it was: it is never lowered so.
    pub kept: Vec<ItemPart>,
}

/// Puts parts back for one reader.
struct Putting<'a> {
    reader: &'a Reader,
    /// The marking of the line's existence now, its visit's included.
    floor: Marking,
    /// The same of the line as it was.
    floor_before: Marking,
    /// The marking of its existence as it will be.
    existence: Marking,
    kept: Vec<ItemPart>,
}

impl Putting<'_> {
    fn reads<T>(&self, marked: &Marked<T>, floor: Marking, scope: &Scope) -> bool {
        self.reader.may_read(marked.marking().max(floor), scope, marked.named())
    }

    /// A part as it was, under the higher of its markings then and now. One that may not be read, now or as it was, stays as it is.
    fn part<T: Clone>(&mut self, part: ItemPart, now: &Marked<T>, then: &Marked<T>) -> Marked<T> {
        let scope = now.scope().clone();
        if !self.reads(now, self.floor, &scope) || !self.reads(then, self.floor_before, &scope) {
            return now.clone().at_least(self.existence);
        }
        if now.marking() > then.marking() && now.marking() > self.existence {
            self.kept.push(part);
        }
        // The list of a part is changed by nobody but its keepers: where it is marked TLP:RED now, it is the list of now.
        let list = if now.marking() == Marking::Red { now.named() } else { then.named() };
        let marking = now.marking().max(then.marking()).max(self.existence);
        Marked::with_list(marking, scope, list.clone(), then.for_rules().clone()).originated_by(self.reader.account())
    }
}

/// A cover as it was, under the higher of its markings then and now.
fn cover(now: Option<&Marked<Title>>, then: Option<&Marked<Title>>) -> Option<Marked<Title>> {
    let then = then?.clone();
    Some(match now {
        Some(now) => then.at_least(now.marking()),
        None => then,
    })
}

impl ProgrammeItem {
    /// This line with what it said before: each part that its reader may read, under the higher of its markings then and now. How it
    /// went on its day stays as it was taken down.
    pub fn restored(&self, then: &ItemDetails, visit: &Visit, reader: &Reader) -> Restored {
        let now = &self.details;
        let floor = now.existence.max(visit.details.existence);
        let existence = now.existence.max(then.existence);
        let mut putting = Putting { reader, floor, floor_before: then.existence.max(visit.details.existence), existence, kept: Vec::new() };
        if now.existence > then.existence {
            putting.kept.push(ItemPart::Existence);
        }
        let actual = now.time.for_rules().actual();
        let time = putting.part(ItemPart::Time, &now.time, &then.time).map(|time: ItemTime| time.with_actual(actual));
        let title = putting.part(ItemPart::Title, &now.title, &then.title);
        let line = Scope::Line(visit.id, self.id);
        let covers = putting.reads(&now.title, floor, &line);
        let reads_cover =
            |of: &ItemDetails| of.cover.as_ref().is_none_or(|cover| reader.may_read(cover.marking().max(floor), &line, cover.named()));
        let details = ItemDetails {
            kind: then.kind,
            state: then.state,
            hold_until: then.hold_until,
            existence,
            time,
            title,
            cover: if covers && reads_cover(now) && reads_cover(then) {
                cover(now.cover.as_ref(), then.cover.as_ref())
            } else {
                now.cover.clone()
            },
            place: putting.part(ItemPart::Place, &now.place, &then.place),
            people: putting.part(ItemPart::People, &now.people, &then.people),
            movement: putting.part(ItemPart::Movement, &now.movement, &then.movement),
            press: putting.part(ItemPart::Press, &now.press, &then.press),
            dress: then.dress.clone(),
            notes: putting.part(ItemPart::Notes, &now.notes, &then.notes),
            drop_by: then.drop_by,
            fixed: then.fixed,
        };
        Restored { details, kept: putting.kept }
    }
}
