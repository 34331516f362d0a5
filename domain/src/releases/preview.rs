//! What a release would tell an audience, before it is made.

use super::{
    Audience, Draft, Frozen, ReleaseHead, Today,
    difference::{Difference, difference},
    freeze, shown_to,
};
use crate::{
    marking::{Marked, Marking, Reader, view::Directory},
    time::ZoneRules,
};
use serde::{Deserialize, Serialize};

/// What a release would tell an audience, as far as who makes it may read that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleasePreview {
    /// For whom.
    pub audience: Audience,
    /// Whether the audience may know of the visit at all. If not, nothing can be released to it.
    pub may_know: bool,
    /// The number of its last release; none if there is none.
    pub since: Option<u32>,
    /// Whether a new version would be made. If not, the last one stays.
    pub is_new: bool,
    /// How many lines it would hold.
    pub lines: u32,
    /// What it would say otherwise than the last release, as that may be read today; empty for the first.
    pub difference: Difference,
    /// The highest marking of what the difference shows.
    pub marking: Marking,
}

/// Whether two frozen programmes say the same to who makes the later one, each under the markings it was frozen with: what was
/// raised or lowered since is another version, and what its maker may not read makes none. Both are read by the clocks of today: what they
/// move is the same to whoever reads either.
///
/// Where the visit stands and which missions are attached is not of a release: a number tells nothing of either.
pub fn say_the_same(last: &Marked<Frozen>, next: &Marked<Frozen>, maker: &Reader, rules: &dyn ZoneRules) -> bool {
    let read = |frozen: &Marked<Frozen>| as_frozen(&frozen.for_rules().by_the_clocks(rules), maker);
    match (read(last), read(next)) {
        (Some(last), Some(next)) => difference(last.contents(), next.contents()).is_empty(),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn as_frozen(frozen: &Frozen, reader: &Reader) -> Option<Frozen> {
    let visit = frozen.visit.as_frozen(reader)?;
    let id = visit.id;
    Some(Frozen {
        visit,
        delegates: frozen.delegates.iter().filter_map(|delegate| delegate.narrowed(id, None, reader)).collect(),
        items: frozen.items.iter().filter_map(|item| item.narrowed(None, reader)).collect(),
    })
}

/// What a release of a draft would tell an audience that has this one in hand.
pub fn preview(
    draft: Draft<'_>,
    audience: Audience,
    last: Option<(&Marked<Frozen>, &ReleaseHead)>,
    today: Today<'_>,
    maker: &Reader,
    names: (&dyn Directory, &dyn ZoneRules),
) -> ReleasePreview {
    let since = last.map(|(_, head)| head.number);
    let nothing = ReleasePreview {
        audience,
        may_know: false,
        since,
        is_new: false,
        lines: 0,
        difference: Difference::default(),
        marking: Marking::Clear,
    };
    let Some(next) = freeze(draft, audience, maker.ceiling(), names.0, names.1) else { return nothing };
    let is_new = last.is_none_or(|(last, _)| !say_the_same(last, &next, maker, names.1));
    // What the audience would read, and of that what its maker reads: neither is told of what the other may not see.
    let theirs = audience.standing_reader(today.visit.id, maker.ceiling());
    let read = |frozen: &Marked<Frozen>| {
        let content = frozen.for_rules().by_the_clocks(names.1);
        shown_to(&content, audience, today, &theirs).and_then(|shown| shown_to(&shown, audience, today, maker))
    };
    let told = read(&next);
    let had = last.and_then(|(last, _)| read(last));
    let difference = match (&had, &told) {
        (Some(had), Some(told)) if is_new => difference(had.contents(), told.contents()),
        _ => Difference::default(),
    };
    let lines = u32::try_from(next.for_rules().items.len()).unwrap_or(u32::MAX);
    ReleasePreview { may_know: true, is_new, lines, marking: difference.marking(), difference, ..nothing }
}

crate::viewed_by! { ReleasePreview { difference } }
