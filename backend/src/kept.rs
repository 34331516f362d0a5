//! What each office has of one kind as it was last read, kept at hand.
//!
//! Some things are wanted whole by nearly every page and change seldom: rooms, and the names of people. What is kept is never shown without
//! being asked after: the sum of the revisions of all there are, those that are gone among them, grows with every change that is
//! committed, so that two states of them never have the same.

use domain::ids::OfficeId;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// What is kept of each office, with the sum of revisions at which it was read.
pub struct KeptOfOffices<T: ?Sized>(Mutex<HashMap<OfficeId, Kept<T>>>);

struct Kept<T: ?Sized> {
    revisions: i64,
    /// None once it was forgotten; nothing older is kept afterwards.
    things: Option<Arc<T>>,
}

impl<T: ?Sized> KeptOfOffices<T> {
    /// What is kept of an office, if it is as it stands at this sum of revisions.
    pub(crate) fn at(&self, office: OfficeId, revisions: i64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&office).filter(|kept| kept.revisions == revisions)?.things.clone()
    }

    /// Keeps what an office has, unless something later is kept: who read first may come last.
    pub(crate) fn keep(&self, office: OfficeId, revisions: i64, things: &Arc<T>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_later = |kept: &Kept<T>| kept.revisions < revisions || (kept.revisions == revisions && kept.things.is_none());
        if kept.get(&office).is_none_or(is_later) {
            kept.insert(office, Kept { revisions, things: Some(Arc::clone(things)) });
        }
    }

    /// Forgets what is kept of an office, and keeps nothing from before this sum of revisions any more.
    pub(crate) fn forget(&self, office: OfficeId, revisions: i64) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.get(&office).is_none_or(|kept| kept.revisions <= revisions) {
            kept.insert(office, Kept { revisions, things: None });
        }
    }
}

impl<T: ?Sized> Default for KeptOfOffices<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: ?Sized> fmt::Debug for KeptOfOffices<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("KeptOfOffices")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));
    const OTHER: OfficeId = OfficeId(Uuid::from_u128(2));

    fn words(word: &str) -> Arc<str> {
        Arc::from(word)
    }

    #[test]
    fn what_is_kept_is_told_at_its_own_sum_and_to_its_own_office_alone() {
        let kept = KeptOfOffices::<str>::default();
        kept.keep(OFFICE, 3, &words("three"));
        assert_eq!(kept.at(OFFICE, 3).as_deref(), Some("three"));
        assert_eq!((kept.at(OFFICE, 2), kept.at(OFFICE, 4), kept.at(OTHER, 3)), (None, None, None));
        kept.keep(OFFICE, 2, &words("two, read before and kept after"));
        assert_eq!(kept.at(OFFICE, 3).as_deref(), Some("three"));
    }

    #[test]
    fn nothing_from_before_it_was_forgotten_comes_back() {
        let kept = KeptOfOffices::<str>::default();
        kept.keep(OFFICE, 3, &words("three"));
        kept.forget(OFFICE, 4);
        kept.keep(OFFICE, 3, &words("three, by a slow reader"));
        assert_eq!((kept.at(OFFICE, 3), kept.at(OFFICE, 4)), (None, None));
        kept.keep(OFFICE, 4, &words("four"));
        assert_eq!(kept.at(OFFICE, 4).as_deref(), Some("four"));
    }
}
