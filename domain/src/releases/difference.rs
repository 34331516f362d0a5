//! What a later release to an audience says otherwise than the one before it, made between views of one reader.

use super::ReleaseHead;
use crate::{
    ids::{DelegateId, ItemId},
    marking::{
        Marking,
        view::{DelegatePart, DelegateView, ItemView, LinePart, VisitPart, VisitView},
    },
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a release holds for one reader.
#[derive(Debug, Clone, Copy)]
pub struct Contents<'a> {
    /// The visit's head.
    pub visit: &'a VisitView,
    /// The delegation.
    pub delegates: &'a [DelegateView],
    /// The lines.
    pub items: &'a [ItemView],
}

/// The head of a visit, said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitChange {
    /// As it was.
    pub before: VisitView,
    /// As it is.
    pub after: VisitView,
    /// In which parts.
    pub parts: Vec<VisitPart>,
}

/// A line, said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemChange {
    /// As it was.
    pub before: ItemView,
    /// As it is.
    pub after: ItemView,
    /// In which parts.
    pub parts: Vec<LinePart>,
}

/// A delegate, said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateChange {
    /// As they were.
    pub before: DelegateView,
    /// As they are.
    pub after: DelegateView,
    /// In which parts.
    pub parts: Vec<DelegatePart>,
}

/// The difference of two releases to one audience, as one reader may read both today.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// What the visit's head says otherwise.
    pub visit: Option<VisitChange>,
    /// Lines that are new, in the order of the later release.
    pub added: Vec<ItemView>,
    /// Lines that were taken out, in the order of the earlier.
    pub removed: Vec<ItemView>,
    /// Lines that are said otherwise, in the order of the later.
    pub changed: Vec<ItemChange>,
    /// Delegates who are new.
    pub delegates_added: Vec<DelegateView>,
    /// Delegates who come no more.
    pub delegates_removed: Vec<DelegateView>,
    /// Delegates of whom something else is said.
    pub delegates_changed: Vec<DelegateChange>,
}

/// What two lists of things tell apart by identifier.
struct Apart<'a, T> {
    added: Vec<&'a T>,
    removed: Vec<&'a T>,
    both: Vec<(&'a T, &'a T)>,
}

fn apart<'a, T, Id: Ord + Copy>(before: &'a [T], after: &'a [T], id: fn(&T) -> Id) -> Apart<'a, T> {
    let known: BTreeMap<Id, &T> = before.iter().map(|thing| (id(thing), thing)).collect();
    let stays: BTreeSet<Id> = after.iter().map(id).collect();
    let (mut added, mut both) = (Vec::new(), Vec::new());
    for thing in after {
        match known.get(&id(thing)).copied() {
            Some(was) => both.push((was, thing)),
            None => added.push(thing),
        }
    }
    Apart { added, removed: before.iter().filter(|thing| !stays.contains(&id(thing))).collect(), both }
}

/// The difference of two releases. Both are views of the same reader, so that nothing comes into it that the reader may not read:
/// a part that was raised since is in neither.
pub fn difference(before: Contents<'_>, after: Contents<'_>) -> Difference {
    let lines = apart::<_, ItemId>(before.items, after.items, |item| item.id);
    let delegates = apart::<_, DelegateId>(before.delegates, after.delegates, |delegate| delegate.id);
    let visit = before.visit.parts_unlike(after.visit);
    let changed = lines.both.iter().filter_map(|(was, is)| {
        let parts = was.parts_unlike(is);
        (!parts.is_empty()).then(|| ItemChange { before: (*was).clone(), after: (*is).clone(), parts })
    });
    let delegates_changed = delegates.both.iter().filter_map(|(was, is)| {
        let parts = was.parts_unlike(is);
        (!parts.is_empty()).then(|| DelegateChange { before: (*was).clone(), after: (*is).clone(), parts })
    });
    Difference {
        visit: (!visit.is_empty()).then(|| VisitChange { before: before.visit.clone(), after: after.visit.clone(), parts: visit }),
        changed: changed.collect(),
        delegates_changed: delegates_changed.collect(),
        added: lines.added.into_iter().cloned().collect(),
        removed: lines.removed.into_iter().cloned().collect(),
        delegates_added: delegates.added.into_iter().cloned().collect(),
        delegates_removed: delegates.removed.into_iter().cloned().collect(),
    }
}

/// How a line of the later release stands to the earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LineSince<'a> {
    /// As it was.
    Same,
    /// New.
    Added,
    /// Said otherwise.
    Changed(&'a ItemChange),
}

impl Difference {
    /// Whether nothing is said otherwise.
    pub fn is_empty(&self) -> bool {
        let Self { visit, added, removed, changed, delegates_added, delegates_removed, delegates_changed } = self;
        visit.is_none()
            && added.is_empty()
            && removed.is_empty()
            && changed.is_empty()
            && delegates_added.is_empty()
            && delegates_removed.is_empty()
            && delegates_changed.is_empty()
    }

    /// How a line of the later release stands to the earlier one.
    pub fn of_line(&self, id: ItemId) -> LineSince<'_> {
        if self.added.iter().any(|item| item.id == id) {
            return LineSince::Added;
        }
        self.changed.iter().find(|change| change.after.id == id).map_or(LineSince::Same, LineSince::Changed)
    }

    /// The highest marking of anything in it; TLP:CLEAR where there is nothing.
    pub fn marking(&self) -> Marking {
        let visits = self.visit.iter().flat_map(|change| [change.before.marking, change.after.marking]);
        let lines = self.added.iter().chain(&self.removed).map(|item| item.marking);
        let changed = self.changed.iter().flat_map(|change| [change.before.marking, change.after.marking]);
        let delegates = self.delegates_added.iter().chain(&self.delegates_removed).map(|delegate| delegate.marking);
        let delegates_changed = self.delegates_changed.iter().flat_map(|change| [change.before.marking, change.after.marking]);
        visits.chain(lines).chain(changed).chain(delegates).chain(delegates_changed).max().unwrap_or(Marking::Clear)
    }
}

/// What the last release to a reader's audience says otherwise than the one before it that was made to the reader, and how it
/// stands with the reader's acknowledgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifferenceView {
    /// The last release.
    #[serde(flatten)]
    pub head: ReleaseHead,
    /// The number of the release before it; none if it is the first that was made to the reader.
    pub since: Option<u32>,
    /// The difference of the two; empty if it is the first.
    pub difference: Difference,
    /// The highest marking of what the difference shows.
    pub marking: Marking,
    /// Whether the reader is asked to acknowledge it.
    pub is_asked: bool,
    /// When the reader acknowledged it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

crate::viewed_by! {
    VisitChange { before, after }
    ItemChange { before, after }
    DelegateChange { before, after }
    Difference { visit, added, removed, changed, delegates_added, delegates_removed, delegates_changed }
    DifferenceView { difference }
}
