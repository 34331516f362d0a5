//! What a release says otherwise than the one before it, in words: which parts, from what to what.

use crate::{
    delegations::words::role_in_words as delegate_role_in_words,
    programme::words::{
        kind_in_words, layout_in_words, part_in_words, people_in_words, place_by_name, press_in_words, state_in_words, title_in_words,
    },
    rooms::words::feature_in_words,
    visits::words::{category_in_words, title_in_words as visit_in_words},
    words::{date_in_words, dates_in_words},
};
use domain::{
    marking::{
        Marking,
        view::{DelegatePart, DelegateView, ItemView, LinePart, VisitPart, VisitView},
    },
    programme::ItemPart,
    releases::{DelegateChange, Difference, ItemChange, VisitChange},
    time::clocks::hours_minutes,
};
use language::Words;
use std::collections::BTreeMap;

/// The day and the times of a line on its own clocks: “Tue 16 March 2027, 10:00 – 11:00”.
pub fn times_in_words(words: Words, item: &ItemView) -> String {
    let day = date_in_words(words, item.starts.local.date());
    let until = hours_minutes(item.ends.local);
    let until = if item.ends.local.date() == item.starts.local.date() {
        until
    } else {
        format!("{} {until}", date_in_words(words, item.ends.local.date()))
    };
    format!("{day}, {} – {until}", hours_minutes(item.starts.local))
}

fn yes_or_no(words: Words, is: bool) -> String {
    if is { words.releases_yes() } else { words.releases_no() }
}

fn of_moment(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// The parts that both show and that bear another marking, each with its own.
fn markings_in_words(words: Words, item: &ItemView, other: &ItemView) -> Option<String> {
    let differs = |part: &ItemPart, marking: &Marking| other.markings.get(part).is_some_and(|other| other != marking);
    let differing = item.markings.iter().filter(|(part, marking)| differs(part, marking));
    let said = differing.map(|(part, marking)| format!("{} {marking}", part_in_words(words, *part)));
    let cover = item.cover_marking.zip(other.cover_marking).filter(|(one, other)| one != other);
    let cover = cover.map(|(marking, _)| format!("{} {marking}", words.programme_field_title()));
    joined(said.chain(cover))
}

fn joined(parts: impl IntoIterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn line_part(words: Words, part: LinePart) -> String {
    match part {
        LinePart::Time => words.programme_part_time(),
        LinePart::Title => words.programme_field_title(),
        LinePart::Kind => words.programme_field_kind(),
        LinePart::State => words.programme_field_state(),
        LinePart::Place => words.programme_part_place(),
        LinePart::Room => words.releases_part_room(),
        LinePart::People => words.programme_part_people(),
        LinePart::Movement => words.programme_part_movement(),
        LinePart::Press => words.programme_field_press(),
        LinePart::Dress => words.programme_field_dress(),
        LinePart::Notes => words.programme_field_notes(),
        LinePart::DropBy => words.programme_field_drop_by(),
        LinePart::Capital => words.releases_part_capital(),
        LinePart::Marking => words.releases_part_marking(),
    }
}

/// What a line says in one of its parts; nothing where it says nothing.
fn said_of_line(words: Words, item: &ItemView, other: &ItemView, part: LinePart) -> Option<String> {
    match part {
        LinePart::Time => {
            let zone = (item.starts.zone != other.starts.zone || item.ends.zone != item.starts.zone).then(|| item.starts.zone.to_string());
            Some(format!("{}{}", times_in_words(words, item), zone.map(|zone| format!(" ({zone})")).unwrap_or_default()))
        }
        LinePart::Title => Some(title_in_words(words, item)),
        LinePart::Kind => item.kind.map(|kind| kind_in_words(words, kind)),
        LinePart::State => {
            let until = item.hold_until.map(|until| words.programme_hold_until(of_moment(until)));
            joined([state_in_words(words, item.state)].into_iter().chain(until))
        }
        LinePart::Place => place_by_name(item),
        LinePart::Room => {
            let layout = item.layout.map(|layout| layout_in_words(words, layout));
            let count = item.people_count.map(|count| words.programme_people_count(count));
            let features = item.features.iter().map(|feature| feature_in_words(words, *feature));
            let sweep = item.sweep.then(|| words.releases_swept());
            joined(layout.into_iter().chain(count).chain(features).chain(sweep))
        }
        LinePart::People => item.people.as_ref().and_then(|people| people_in_words(words, people)),
        LinePart::Movement => {
            item.movement.as_ref().and_then(|way| joined([&way.carrier, &way.route, &way.vehicles].into_iter().flatten().cloned()))
        }
        LinePart::Press => item.press.map(|access| press_in_words(words, access)),
        LinePart::Dress => item.dress.clone(),
        LinePart::Notes => item.notes.clone(),
        LinePart::DropBy => Some(yes_or_no(words, item.drop_by)),
        LinePart::Capital => item.capital.as_ref().map(|capital| hours_minutes(capital.moment.local)),
        LinePart::Marking => markings_in_words(words, item, other),
    }
}

fn visit_part(words: Words, part: VisitPart) -> String {
    match part {
        VisitPart::Category => words.visits_field_category(),
        VisitPart::Title => words.programme_field_title(),
        VisitPart::Dates => words.releases_part_dates(),
        VisitPart::Parties => words.releases_part_parties(),
        VisitPart::Zones => words.releases_part_zones(),
        VisitPart::Remarks => words.releases_part_remarks(),
        VisitPart::Marking => words.releases_part_marking(),
    }
}

fn said_of_visit(words: Words, visit: &VisitView, other: &VisitView, part: VisitPart) -> Option<String> {
    match part {
        VisitPart::Category => Some(category_in_words(words, visit.category)),
        VisitPart::Title => Some(visit_in_words(words, visit)),
        VisitPart::Dates => visit.starts_on.zip(visit.ends_on).map(|(from, to)| dates_in_words(words, from, to)),
        VisitPart::Parties => {
            let named = [&visit.guest, &visit.host].into_iter().flatten().map(|who| who.name.clone());
            joined(visit.country.clone().into_iter().chain(named))
        }
        VisitPart::Zones => joined([visit.place.clone()].into_iter().chain(visit.capital.clone())),
        VisitPart::Remarks => visit.remarks.clone(),
        VisitPart::Marking => marked_otherwise(&visit.markings, &other.markings),
    }
}

fn marked_otherwise(one: &BTreeMap<String, Marking>, other: &BTreeMap<String, Marking>) -> Option<String> {
    joined(
        one.iter()
            .filter(|(part, marking)| other.get(*part).is_some_and(|other| other != *marking))
            .map(|(_, marking)| marking.to_string()),
    )
}

fn delegate_part(words: Words, part: DelegatePart) -> String {
    match part {
        DelegatePart::Name => words.releases_part_name(),
        DelegatePart::Address => words.releases_part_address(),
        DelegatePart::Rank => words.releases_part_rank(),
        DelegatePart::Role => words.programme_field_role(),
        DelegatePart::Delegation => words.releases_part_delegation(),
        DelegatePart::Position => words.releases_part_position(),
        DelegatePart::Languages => words.releases_part_languages(),
        DelegatePart::Diet => words.releases_part_diet(),
        DelegatePart::Marking => words.releases_part_marking(),
    }
}

fn said_of_delegate(words: Words, delegate: &DelegateView, part: DelegatePart) -> Option<String> {
    match part {
        DelegatePart::Name => joined([delegate.name.clone()].into_iter().chain(delegate.own_script.clone())),
        DelegatePart::Address => joined([&delegate.address, &delegate.pronunciation].into_iter().flatten().cloned()),
        DelegatePart::Rank => delegate.rank.clone(),
        DelegatePart::Role => Some(delegate_role_in_words(words, delegate.role)),
        DelegatePart::Delegation => Some(delegate.delegation.clone()),
        DelegatePart::Position => Some(delegate.position.to_string()),
        DelegatePart::Languages => joined(delegate.languages.iter().cloned()),
        DelegatePart::Diet => delegate.diet.clone(),
        DelegatePart::Marking => Some(delegate.marking.to_string()),
    }
}

/// A part from what to what: “When: Tue 16 March 2027, 10:00 – 11:00; was Tue 16 March 2027, 09:00 – 10:00”.
fn from_to(words: Words, part: String, before: Option<String>, after: Option<String>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => words.releases_part_changed(part, after, before),
        (None, Some(after)) => words.releases_part_new(part, after),
        (Some(before), None) => words.releases_part_gone(part, before),
        (None, None) => part,
    }
}

/// What a line says otherwise, a part each.
pub fn line_change_in_words(words: Words, change: &ItemChange) -> Vec<String> {
    let ItemChange { before, after, parts } = change;
    let said = parts.iter().map(|part| {
        from_to(words, line_part(words, *part), said_of_line(words, before, after, *part), said_of_line(words, after, before, *part))
    });
    said.collect()
}

/// What the head of a visit says otherwise, a part each.
pub fn visit_change_in_words(words: Words, change: &VisitChange) -> Vec<String> {
    let VisitChange { before, after, parts } = change;
    let said = parts.iter().map(|part| {
        from_to(words, visit_part(words, *part), said_of_visit(words, before, after, *part), said_of_visit(words, after, before, *part))
    });
    said.collect()
}

/// What is said otherwise of a delegate, a part each.
pub fn delegate_change_in_words(words: Words, change: &DelegateChange) -> Vec<String> {
    let DelegateChange { before, after, parts } = change;
    let said = parts.iter().map(|part| {
        from_to(words, delegate_part(words, *part), said_of_delegate(words, before, *part), said_of_delegate(words, after, *part))
    });
    said.collect()
}

/// How much is said otherwise: “2 lines new, 1 changed, 1 taken out”.
pub fn counts_in_words(words: Words, told: &Difference) -> String {
    let delegates = told.delegates_added.len() + told.delegates_removed.len() + told.delegates_changed.len();
    let counts = [
        (told.added.len(), words.releases_count_added(told.added.len())),
        (told.changed.len(), words.releases_count_changed(told.changed.len())),
        (told.removed.len(), words.releases_count_removed(told.removed.len())),
        (delegates, words.releases_count_delegates(delegates)),
        (usize::from(told.visit.is_some()), words.releases_count_visit()),
    ];
    joined(counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said)).unwrap_or_else(|| words.releases_nothing_told())
}
