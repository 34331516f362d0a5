//! The markings that parts of a line have unless somebody says otherwise, by the line's kind.

use super::{ItemKind, ItemPart};
use crate::marking::Marking;

/// The marking a part of a new line starts with, in a visit so marked.
///
/// Titles and times take their visit's marking. Movements with their times and routes, sweeps and advance work start at
/// TLP:AMBER+STRICT: the programme of a visit is soon public, its motorcade never. Notes are instructions to others.
pub fn default_marking(kind: ItemKind, part: ItemPart, visit: Marking) -> Marking {
    let closed = matches!(kind, ItemKind::Movement | ItemKind::Sweep | ItemKind::Advance);
    match part {
        _ if closed => visit.max(Marking::AmberStrict),
        ItemPart::Movement => visit.max(Marking::AmberStrict),
        ItemPart::Notes | ItemPart::People => visit.max(Marking::Amber),
        ItemPart::Existence | ItemPart::Time | ItemPart::Title | ItemPart::Place | ItemPart::Press => visit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movement_starts_closed_with_its_time() {
        assert_eq!(default_marking(ItemKind::Movement, ItemPart::Time, Marking::Green), Marking::AmberStrict);
    }

    #[test]
    fn titles_take_their_visits_marking() {
        assert_eq!(default_marking(ItemKind::Bilateral, ItemPart::Title, Marking::Green), Marking::Green);
    }

    #[test]
    fn no_default_is_below_the_visit() {
        for kind in ItemKind::ALL {
            for part in ItemPart::ALL {
                for visit in Marking::ALL {
                    assert!(default_marking(*kind, *part, visit) >= visit);
                }
            }
        }
    }
}
