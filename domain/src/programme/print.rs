//! What of a programme is printed.

use super::{ItemKind, kinds};
use crate::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    releases::ReleaseHead,
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

    /// The line with the parts that belong in it: people, ways and notes are details.
    fn cut(self, item: ItemView) -> ItemView {
        if self == Self::Detailed { item } else { item.without_details() }
    }

    /// The lines of it, in their order.
    pub fn of(self, items: Vec<ItemView>) -> Vec<ItemView> {
        items.into_iter().filter(|item| self.includes(item.kind)).map(|item| self.cut(item)).collect()
    }
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
    /// The highest marking of anything on the page, for its top and foot.
    pub marking: Marking,
    /// When it was printed.
    pub printed_at: DateTime<Utc>,
}

impl PrintedProgramme {
    /// Puts a page together.
    pub fn new(visit: VisitView, items: Vec<ItemView>, depth: Depth, release: Option<ReleaseHead>, printed_at: DateTime<Utc>) -> Self {
        let items = depth.of(items);
        let marking = items.iter().map(|item| item.marking).fold(visit.marking, Marking::max);
        Self { visit, items, depth, release, marking, printed_at }
    }
}

crate::viewed_by! { PrintedProgramme { visit, items } }

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
