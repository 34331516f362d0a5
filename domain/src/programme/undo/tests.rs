//! What undoing brings back of a line, what it leaves, and what a copy of a line has of it: whatever the markings and whoever asks.

use super::*;
use crate::{
    ids::{AccountId, ItemId},
    marking::view::{
        ItemView,
        tests::{Anybody, Markings, any_listed, any_markings, item_id, title},
    },
    programme::{ItemState, copied::Copying, day::Actual},
    text::{Label, Title},
    time::fixed::tests::table,
};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

fn me() -> AccountId {
    AccountId(Uuid::from_u128(1))
}

/// Somebody who reads all that these markings allow, being on every list.
fn chief(of: &Markings) -> Reader {
    Reader::office(me(), Marking::Red, [of.visit().id].into(), Default::default())
}

/// The visit of these markings, with a line of others that is called so.
fn called(of: &Markings, others: &Markings, name: &str) -> ProgrammeItem {
    let of_visit = Markings { is_listed_at_red: true, ..others.clone() };
    let mut item = of_visit.item();
    let existence = item.details.existence.max(of.visit().details.existence);
    item.details.title = item.details.title.rewritten(others.parts[8], Some(title(name)));
    item.details.dress = Label::parse(name).ok();
    item.details.existence = existence;
    item
}

fn view(item: &ProgrammeItem, visit: &Visit, reader: &Reader) -> Option<ItemView> {
    ItemView::of(item, visit, reader, &Anybody, &table())
}

/// What a view says, whatever its markings.
fn said(view: Option<ItemView>) -> Option<String> {
    let view = view?;
    Some(format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        view.title, view.starts, view.room, view.people, view.movement, view.press, view.dress, view.notes, view.cover
    ))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn undoing_all_restores_all_but_a_lowered_marking_and_doing_again_restores_again(
        of in any_markings(), steps in vec(any_markings(), 1..8),
    ) {
        let of = Markings { covers: false, ..of };
        let (visit, reader) = (of.visit(), chief(&of));
        let states: Vec<ProgrammeItem> = (0..)
            .zip(&steps)
            .map(|(number, step)| called(&of, &Markings { covers: false, ..step.clone() }, &format!("Meeting {number}")))
            .collect();
        let mut now = states.last().unwrap().clone();
        let mut highest: Vec<Marking> = ItemPart::ALL.iter().map(|part| now.details.marking_of(*part)).collect();
        let turned = |now: &ProgrammeItem, then: &ProgrammeItem| now.restored(&then.details, &visit, &reader);
        let back = states.iter().rev().skip(1);
        let again = states.iter().skip(1);
        for then in back.chain(again) {
            let restored = turned(&now, then);
            let after = ProgrammeItem { details: restored.details, ..now.clone() };
            for (had, part) in highest.iter_mut().zip(ItemPart::ALL) {
                let marking = after.details.marking_of(*part);
                // Never lowered; what was raised stays raised, and that is told.
                prop_assert!(marking >= *had && marking >= then.details.marking_of(*part));
                if now.details.marking_of(*part) > then.details.marking_of(*part).max(after.details.existence) {
                    prop_assert!(restored.kept.contains(part), "{:?} {:?}", part, restored.kept);
                }
                *had = marking;
            }
            let is_told = restored.kept.iter().all(|part| now.details.marking_of(*part) > then.details.marking_of(*part));
            prop_assert!(is_told);
            prop_assert_eq!(said(view(&after, &visit, &reader)), said(view(then, &visit, &reader)));
            now = after;
        }
    }

    #[test]
    fn undoing_touches_nothing_that_its_author_may_not_read(
        of in any_markings(), then in any_markings(), rights in any_listed(),
    ) {
        let (visit, reader) = (of.visit(), rights.reader());
        let (now, then) = (called(&of, &of, "Now"), called(&of, &then, "Then"));
        let after = ProgrammeItem { details: now.restored(&then.details, &visit, &reader).details, ..now.clone() };
        let whole = chief(&of);
        let (before, after_seen) = (view(&now, &visit, &whole).unwrap(), view(&after, &visit, &whole).unwrap());
        let floor = now.details.existence.max(visit.details.existence);
        let reads = |part: ItemPart| now.details.marking_of(part).max(floor) <= reader.ceiling();
        if !reads(ItemPart::Notes) {
            prop_assert_eq!(before.notes, after_seen.notes);
        }
        if !reads(ItemPart::Movement) {
            prop_assert_eq!(before.movement, after_seen.movement);
        }
        if !reads(ItemPart::Title) {
            prop_assert_eq!((before.title, before.cover), (after_seen.title, after_seen.cover));
        }
        for part in ItemPart::ALL {
            prop_assert!(after.details.marking_of(*part) >= now.details.marking_of(*part));
        }
    }

    #[test]
    fn a_copy_has_what_its_author_reads_and_tells_nothing_of_the_rest(of in any_markings(), rights in any_listed()) {
        let (visit, reader, item) = (of.visit(), rights.reader(), of.item());
        let copying = Copying { from: &visit, to: &visit, reader: &reader, originator: Some(me()) };
        let time = item.details.time_for_rules().clone().with_actual(Actual::default());
        let copy = item.copied(ItemId(Uuid::from_u128(77)), time.clone(), &copying);
        let seen = view(&item, &visit, &reader).filter(|view| !view.is_stand_in);
        prop_assert_eq!(copy.is_some(), seen.is_some());
        let (Some(copy), Some(seen)) = (copy, seen) else { return Ok(()) };
        prop_assert_eq!(copy.details.state, ItemState::Wished);
        prop_assert!(!copy.details.time_for_rules().actual().is_taken());
        let shown = view(&copy, &visit, &reader).unwrap();
        prop_assert_eq!((&shown.title, &shown.notes, &shown.room, &shown.movement), (&seen.title, &seen.notes, &seen.room, &seen.movement));
        for (part, marking) in &seen.markings {
            prop_assert!(copy.details.marking_of(*part).max(visit.details.existence) >= *marking, "{:?}", part);
        }
        // Of what the author may not read, the copy is the same whatever there is.
        let mut other = item.clone();
        if view(&item, &visit, &reader).unwrap().notes.is_none() && item.details.notes.clone().at_least(item.details.existence.max(visit.details.existence)).reveal_for(&reader).is_none() {
            other.details.notes = other.details.notes.rewritten(Marking::Red, Some(None));
            let again = other.copied(ItemId(Uuid::from_u128(77)), time, &copying).unwrap();
            prop_assert_eq!(again.details.marking_of(ItemPart::Notes), copy.details.marking_of(ItemPart::Notes));
            prop_assert!(again.details.notes.for_rules().is_none() && copy.details.notes.for_rules().is_none());
        }
    }
}

#[test]
fn a_cover_that_was_taken_away_comes_back_and_one_that_was_written_goes() {
    let of = Markings { parts: vec![Marking::Amber; 16], is_listed_at_red: true, covers: true };
    let bare = Markings { covers: false, ..of.clone() };
    let (visit, reader) = (of.visit(), chief(&of));
    let cover = |now: &Markings, then: &Markings| {
        let restored = now.item().restored(&then.item().details, &visit, &reader);
        restored.details.cover.map(|cover| cover.map(|title: Title| title.to_string()).for_rules().clone())
    };
    assert_eq!(cover(&bare, &of).as_deref(), Some("Engagement"));
    assert_eq!(cover(&of, &bare), None);
    assert_eq!(item_id(), of.item().id);
}
