//! A line again, at another time: what its author reads of it, as a wish.

use super::{ItemDetails, ItemPart, ItemState, ItemTime, PressAccess, PressTerms, ProgrammeItem, Whereabouts, defaults::default_marking};
use crate::{
    ids::{AccountId, ItemId},
    marking::{Marked, Marking, Reader, Scope},
    visits::Visit,
};

/// Where a copy is put, and who makes it.
#[derive(Debug, Clone, Copy)]
pub struct Copying<'a> {
    /// The visit of the line that is copied.
    pub from: &'a Visit,
    /// The visit in which the copy is put.
    pub to: &'a Visit,
    /// Who makes it: nothing that this reader may not read is copied.
    pub reader: &'a Reader,
    /// Who is put on the list of a part of the copy that is marked TLP:RED and has none.
    pub originator: Option<AccountId>,
}

impl Copying<'_> {
    /// A part of the copy: with its marking and its list where its author reads it, and otherwise as a new line has it, so that
    /// nothing of the copy tells whether there was anything.
    fn part<T: Clone>(&self, part: &Marked<T>, floor: Marking, scope: Scope, blank: T, default: Marking) -> Marked<T> {
        let part = part.clone().at_least(floor);
        let copied = match part.reveal_for(self.reader) {
            Some(value) => Marked::with_list(part.marking(), scope, part.named().clone(), value.clone()),
            None => Marked::new(default, scope, blank),
        };
        copied.originated_by(self.originator)
    }
}

impl ProgrammeItem {
    /// The line again, at another time, as a wish that holds nothing and of which nothing was taken down. Markings and lists go with
    /// the parts. None where its author reads no more of it than that something is there.
    pub fn copied(&self, id: ItemId, time: ItemTime, copying: &Copying<'_>) -> Option<Self> {
        let Copying { from, to, reader, originator } = *copying;
        let had = &self.details;
        let floor = had.existence.max(from.details.existence);
        let (line, whole) = (|| Scope::Line(to.id, id), || Scope::Visit(to.id));
        let when = had.time.clone().at_least(floor);
        when.reveal_for(reader)?;
        let title = had.title.clone().at_least(floor);
        let named = title.reveal_for(reader)?.clone();
        let existence = floor.max(to.details.existence);
        let default = |part| default_marking(had.kind, part, to.details.existence).max(existence);
        let nobody = PressTerms { access: PressAccess::Closed };
        let details = ItemDetails {
            kind: had.kind,
            state: ItemState::Wished,
            hold_until: None,
            existence,
            time: Marked::with_list(when.marking(), line(), when.named().clone(), time).originated_by(originator),
            title: Marked::with_list(title.marking(), line(), title.named().clone(), named).originated_by(originator),
            cover: had.cover.clone().filter(|cover| cover.clone().at_least(floor).reveal_for(reader).is_some()),
            place: copying.part(&had.place, floor, line(), Whereabouts::Unknown, default(ItemPart::Place)),
            people: copying.part(&had.people, floor, line(), Vec::new(), default(ItemPart::People)),
            movement: copying.part(&had.movement, floor, whole(), None, default(ItemPart::Movement)),
            press: copying.part(&had.press, floor, line(), nobody, default(ItemPart::Press)),
            dress: had.dress.clone(),
            notes: copying.part(&had.notes, floor, whole(), None, default(ItemPart::Notes)),
            drop_by: had.drop_by,
            fixed: had.fixed,
        };
        Some(Self { id, revision: 1, visit: to.id, details })
    }
}
