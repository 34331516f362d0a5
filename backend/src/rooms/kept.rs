//! The rooms of each office as they were last read, kept at hand.
//!
//! All of an office's rooms are wanted by its board, its search and each look for what would work instead, and change seldom. What is
//! kept is never shown without being asked after: the sum of the revisions of all rooms, the retired among them, grows with every
//! change that is committed, so that two states of the rooms never have the same.

use domain::{ids::OfficeId, rooms::Room};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// The rooms of each office, with the sum of revisions at which they were read.
#[derive(Default)]
pub struct KeptRooms(Mutex<HashMap<OfficeId, Kept>>);

struct Kept {
    revisions: i64,
    rooms: Arc<[Room]>,
}

impl KeptRooms {
    /// The rooms of an office, if they are kept as they are at this sum of revisions.
    pub(super) fn at(&self, office: OfficeId, revisions: i64) -> Option<Arc<[Room]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&office).filter(|kept| kept.revisions == revisions).map(|kept| Arc::clone(&kept.rooms))
    }

    /// Keeps the rooms of an office, unless later ones are kept: who read first may come last.
    pub(super) fn keep(&self, office: OfficeId, revisions: i64, rooms: &Arc<[Room]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.get(&office).is_none_or(|kept| kept.revisions < revisions) {
            kept.insert(office, Kept { revisions, rooms: Arc::clone(rooms) });
        }
    }
}

impl fmt::Debug for KeptRooms {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("KeptRooms")
    }
}
