//! What of a programme is printed.

use super::{ItemKind, kinds};
use crate::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    releases::{Contents, Difference, ReleaseHead, ReleaseView, difference},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

kinds! {
    /// The three depths of one programme.
    Depth {
        /// The highlights, on a screen or half a page.
        Overview = "overview",
        /// What the guest does, on a page.
        Summary = "summary",
        /// Every line with all its parts.
        Detailed = "detailed",
    }
}

kinds! {
    /// What it is printed on.
    Paper {
        /// 210 by 297 millimetres (ISO 216).
        A4 = "a4",
        /// 8.5 by 11 inches (ANSI Y14.1).
        Letter = "letter",
    }
}

/// Where people print on Letter, by ISO 3166-1 alpha-2 (CLDR's `paperSize`).
const ON_LETTER: [&str; 14] = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

impl Paper {
    /// What is usual in a country.
    pub fn usual_in(country: &str) -> Self {
        if ON_LETTER.contains(&country) { Self::Letter } else { Self::A4 }
    }
}

impl Depth {
    /// Whether a line is in it. A stand-in, whose kind is not told, takes time and so is left out of the highlights alone.
    pub const fn includes(self, kind: Option<ItemKind>) -> bool {
        let Some(kind) = kind else { return !matches!(self, Self::Overview) };
        match self {
            Self::Detailed => true,
            Self::Summary => !matches!(kind, ItemKind::Sweep | ItemKind::Advance | ItemKind::Hold),
            Self::Overview => {
                kind.engages_the_guest() && !matches!(kind, ItemKind::Movement | ItemKind::Rest | ItemKind::Overnight | ItemKind::Press)
            }
        }
    }

    /// The line with the parts that belong in it, if it does itself: people, ways and notes are details.
    pub fn cut(self, item: ItemView) -> Option<ItemView> {
        self.includes(item.kind).then(|| if self == Self::Detailed { item } else { item.without_details() })
    }

    /// The lines of it, in their order.
    pub fn of(self, items: Vec<ItemView>) -> Vec<ItemView> {
        items.into_iter().filter_map(|item| self.cut(item)).collect()
    }
}

/// What a printed release says otherwise than the one before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrintedChanges {
    /// The number of the one before it.
    pub since: u32,
    /// The difference of the two at the depth that is printed. A programme on paper has no delegation.
    pub difference: Difference,
}

/// A programme to be printed, as far as its reader may have it on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrintedProgramme {
    /// The visit.
    pub visit: VisitView,
    /// The lines, in their order.
    pub items: Vec<ItemView>,
    /// How much of it.
    pub depth: Depth,
    /// The release it is, with its number and code; none for a draft.
    pub release: Option<ReleaseHead>,
    /// What that release says otherwise than the one before it that was made to its reader; none for a draft or a first release.
    pub changes: Option<PrintedChanges>,
    /// The highest marking of anything on the page, for its top and foot.
    pub marking: Marking,
    /// When it was printed.
    pub printed_at: DateTime<Utc>,
}

impl PrintedProgramme {
    /// Puts a page of the live draft together.
    pub fn of_draft(visit: VisitView, items: Vec<ItemView>, depth: Depth, printed_at: DateTime<Utc>) -> Self {
        let items = depth.of(items);
        let marking = items.iter().map(|item| item.marking).fold(visit.marking, Marking::max);
        Self { visit, items, depth, release: None, changes: None, marking, printed_at }
    }

    /// Puts a page of a release together, with what it says otherwise than the one before it.
    pub fn of_release(release: ReleaseView, before: Option<ReleaseView>, depth: Depth, printed_at: DateTime<Utc>) -> Self {
        let page = Self::of_draft(release.visit, release.items, depth, printed_at);
        let changes = before.map(|before| {
            let was = depth.of(before.items);
            let was = Contents { visit: &before.visit, delegates: &[], items: &was };
            let is = Contents { visit: &page.visit, delegates: &[], items: &page.items };
            PrintedChanges { since: before.head.number, difference: difference(was, is) }
        });
        let marking = changes.as_ref().map_or(page.marking, |changes| page.marking.max(changes.difference.marking()));
        Self { release: Some(release.head), changes, marking, ..page }
    }
}

crate::viewed_by! { PrintedChanges { difference } }
crate::viewed_by! { PrintedProgramme { visit, items, changes } }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_what_is_usual_in_the_country() {
        assert_eq!(Paper::usual_in("US"), Paper::Letter);
        assert_eq!(Paper::usual_in("CH"), Paper::A4);
    }

    #[test]
    fn each_depth_holds_the_one_before() {
        for kind in ItemKind::ALL.iter().copied().map(Some).chain([None]) {
            assert!(!Depth::Overview.includes(kind) || Depth::Summary.includes(kind), "{kind:?}");
            assert!(!Depth::Summary.includes(kind) || Depth::Detailed.includes(kind), "{kind:?}");
            assert!(Depth::Detailed.includes(kind));
        }
    }
}
