//! What a glance shows: nothing marked TLP:RED, even to who may read it on the page of the visit. The rest is shown without it.

use domain::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    programme::ItemPart,
};

/// A visit as a glance may show it; none where nobody may be told that there is one.
pub(crate) fn visit_at_a_glance(mut visit: VisitView) -> Option<VisitView> {
    let is_red = |part: &str| visit.markings.get(part).is_some_and(|marking| *marking == Marking::Red);
    if is_red("existence") {
        return None;
    }
    let (title, dates, parties, remarks) = (is_red("title") || is_red("cover"), is_red("dates"), is_red("parties"), is_red("remarks"));
    if title {
        visit.title = None;
        visit.is_cover = false;
    }
    if dates {
        visit.starts_on = None;
        visit.ends_on = None;
    }
    if parties {
        visit.country = None;
        visit.guest = None;
        visit.host = None;
        visit.capital_zone = None;
        visit.capital = None;
        visit.mission_ids = None;
    }
    if remarks {
        visit.remarks = None;
    }
    visit.markings.retain(|_, marking| *marking < Marking::Red);
    visit.marking = visit.markings.values().copied().max()?;
    Some(visit)
}

/// A line of a visit that is at a glance itself: a line whose title is marked TLP:RED is on no board.
///
/// Who, how and with which notes is read on the programme itself.
pub(crate) fn line_at_a_glance(item: ItemView, visit: &VisitView) -> Option<ItemView> {
    let mut item = item.beside(visit).without_details();
    let is_red = |part: ItemPart| item.markings.get(&part).is_some_and(|marking| *marking == Marking::Red);
    if [ItemPart::Existence, ItemPart::Time, ItemPart::Title].into_iter().any(is_red) {
        return None;
    }
    if is_red(ItemPart::Place) {
        item.room = None;
        item.layout = None;
        item.people_count = None;
        item.features = Vec::new();
        item.sweep = false;
        item.place = None;
    }
    // Nothing at a glance says whether the press comes.
    item.press = None;
    if item.cover_marking == Some(Marking::Red) {
        item.title = None;
        item.cover_marking = None;
    }
    item.markings.retain(|part, marking| *part != ItemPart::Press && *marking < Marking::Red);
    item.marking = item.markings.values().copied().chain(item.cover_marking).max().unwrap_or(item.marking);
    Some(item)
}
