//! What a form or the API says of a line, and what is made of it.
//!
//! A part that is absent stays as it was (on a new line: takes its default), so that a save never touches what its author
//! may not read.

use super::{
    ItemDetails, ItemKind, ItemPart, ItemState, ItemTime, LONGEST_LINE_HOURS, Movement, Participant, PersonRole, PressAccess, PressTerms,
    ProgrammeItem, Whereabouts, defaults::default_marking,
};
use crate::{
    ids::{AccountId, ItemId, PersonId, RoomId},
    marking::{Marked, Marking, Reader, Scope},
    problems::{FieldProblem, Problem, Problems},
    rooms::{Layout, input::features},
    text::{Label, Title},
    time::{
        ZoneRules,
        agreed::{AgreedSpan, AgreedTime, settle_span},
        bounds::read_instant,
    },
    visits::{
        Visit,
        input::{Lowering, Markings, prose, title, word},
    },
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// What was said of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ItemInput {
    /// Kind.
    pub kind: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// From.
    pub starts: Option<AgreedTime>,
    /// Until.
    pub ends: Option<AgreedTime>,
    /// Room of ours; empty for none.
    pub room_id: Option<String>,
    /// The room's layout; empty for none.
    pub layout: Option<String>,
    /// How many people; empty for unknown.
    pub people_count: Option<String>,
    /// What the room must have.
    pub features: Option<Vec<String>>,
    /// Whether the room is swept before.
    pub sweep: Option<bool>,
    /// Place that is not ours; empty for none.
    pub place: Option<String>,
    /// Who takes part.
    pub people: Option<Vec<ParticipantInput>>,
    /// The way.
    pub route: Option<String>,
    /// Vehicles in order.
    pub vehicles: Option<String>,
    /// Flight or train.
    pub carrier: Option<String>,
    /// Press access.
    pub press: Option<String>,
    /// Dress.
    pub dress: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Cover title; empty for none.
    pub cover: Option<String>,
    /// Whether the principal drops by.
    pub drop_by: Option<bool>,
    /// Whether it stays where it is when the rest of its day is moved.
    pub fixed: Option<bool>,
    /// State.
    pub state: Option<String>,
    /// When a hold ends by itself, RFC 3339; empty for when it starts.
    pub hold_until: Option<String>,
    /// Markings by part.
    pub markings: BTreeMap<String, String>,
    /// Why a marking was lowered, or a clash overridden.
    pub reason: Option<String>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParticipantInput {
    /// Who.
    pub person_id: String,
    /// As what.
    pub role: String,
}

/// What the author of a line may do.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The author as a reader; none for an import or a demonstration, which read everything they write.
    pub reader: Option<&'a Reader>,
    /// Who is put on the list of a part marked TLP:RED that has no list yet.
    pub originator: Option<AccountId>,
    /// The highest marking the author may give.
    pub ceiling: Marking,
    /// Whether the author may lower a marking.
    pub may_lower: bool,
}

impl ItemInput {
    /// A new line out of what was said.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn into_new(self, id: ItemId, visit: &Visit, author: Author<'_>, rules: &dyn ZoneRules) -> Result<ItemDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let kind = self
            .kind
            .as_deref()
            .filter(|k| !k.is_empty())
            .ok_or(Problem::Missing)
            .and_then(|k| ItemKind::from_word(k).ok_or(Problem::Unknown));
        let kind = problems.take("kind", kind);
        let name = problems.take("title", self.title.as_deref().ok_or(Problem::Missing).and_then(title));
        let time = read_time(&mut problems, self.starts.as_ref(), self.ends.as_ref(), rules);
        // What is left is read even when something needed is missing, so that everything wrong is said at once.
        let seed = Seed { kind: kind.unwrap_or(ItemKind::Hold), title: name, time };
        let blank = seed.blank(id, visit);
        let rest = Self { kind: None, title: None, starts: None, ends: None, ..self };
        let Some(blank) = blank else {
            let stand_in = Seed::anything(visit).blank(id, visit);
            let more = stand_in.map(|item| rest.onto(&item, visit, Author { reader: None, ..author }, rules));
            let mut all = problems.into_vec();
            if let Some(Err(more)) = more {
                all.extend(more);
            }
            return Err(all);
        };
        match rest.onto(&blank, visit, Author { reader: None, ..author }, rules) {
            Ok(details) => problems.finish(Some(details)),
            Err(more) => {
                let mut all = problems.into_vec();
                all.extend(more);
                Err(all)
            }
        }
    }

    /// What was said, put onto a line as it is. With a reader, the parts it may not read are refused.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        self,
        item: &ProgrammeItem,
        visit: &Visit,
        author: Author<'_>,
        rules: &dyn ZoneRules,
    ) -> Result<ItemDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let mut new = item.details.clone();
        let floor = item.details.existence.max(visit.details.existence);
        let has_reason = self.reason.as_deref().is_some_and(|r| !r.trim().is_empty());
        let lowering = (item.revision > 0).then_some(Lowering { allowed: author.may_lower, has_reason });
        let markings = Markings { given: &self.markings, ceiling: author.ceiling, lowering };
        let part = |problems: &mut Problems,
                    part: ItemPart,
                    had: Marking,
                    list: &BTreeSet<AccountId>,
                    scope: &Scope,
                    touched: bool|
         -> Option<Marking> {
            if author.reader.is_none_or(|reader| reader.may_read(had.max(floor), scope, list)) {
                return Some(markings.of(problems, part.word(), had));
            }
            // Whatever is said of a hidden part is answered alike: the answer tells nothing of the part or its marking.
            if touched || markings.has(part.word()) {
                problems.add(part.word(), Problem::Unknown);
            }
            None
        };
        let line = Scope::Line(visit.id, item.id);
        let whole = Scope::Visit(visit.id);
        // Who may read when it is knows that it is.
        if let Some(marking) = part(&mut problems, ItemPart::Existence, new.existence, new.time.named(), &line, false) {
            new.existence = marking;
        }
        // No part is kept wider than the line it is of: it is sealed, and its list is begun, by the marking it goes by. A part
        // that its author may not read stays as it was, with nobody put on its list.
        let existence = new.existence;
        let part = |problems: &mut Problems, which: ItemPart, had: Marking, list: &BTreeSet<AccountId>, scope: &Scope, touched: bool| {
            part(problems, which, had, list, scope, touched).map(|marking| marking.max(existence))
        };
        if let Some(text) = self.kind.as_deref().filter(|k| !k.is_empty()) {
            new.kind = problems.take("kind", ItemKind::from_word(text).ok_or(Problem::Unknown)).unwrap_or(new.kind);
        }
        if let Some(marking) = part(&mut problems, ItemPart::Title, new.title.marking(), new.title.named(), &line, self.title.is_some()) {
            let value = self.title.as_deref().and_then(|t| problems.take("title", title(t)));
            new.title = new.title.rewritten(marking, value).originated_by(author.originator);
        }
        let time_touched = self.starts.is_some() || self.ends.is_some();
        if let Some(marking) = part(&mut problems, ItemPart::Time, new.time.marking(), new.time.named(), &line, time_touched) {
            let had = new.time.for_rules();
            let starts = self.starts.clone().or_else(|| Some(AgreedTime::from(had.starts())));
            let ends = self.ends.clone().or_else(|| Some(AgreedTime::from(had.ends())));
            let actual = had.actual();
            let value = if time_touched { read_time(&mut problems, starts.as_ref(), ends.as_ref(), rules) } else { None };
            new.time = new.time.rewritten(marking, value.map(|time| time.with_actual(actual))).originated_by(author.originator);
        }
        let needs_touched = self.layout.is_some() || self.people_count.is_some() || self.features.is_some() || self.sweep.is_some();
        let place_touched = self.room_id.is_some() || self.place.is_some() || needs_touched;
        if let Some(marking) = part(&mut problems, ItemPart::Place, new.place.marking(), new.place.named(), &line, place_touched) {
            let value = place_touched.then(|| self.whereabouts(new.place.for_rules(), &mut problems)).flatten();
            new.place = new.place.rewritten(marking, value).originated_by(author.originator);
        }
        if let Some(marking) = part(&mut problems, ItemPart::People, new.people.marking(), new.people.named(), &line, self.people.is_some())
        {
            let value = self.people.as_deref().and_then(|people| problems.take("people", participants(people)));
            new.people = new.people.rewritten(marking, value).originated_by(author.originator);
        }
        let movement_touched = self.route.is_some() || self.vehicles.is_some() || self.carrier.is_some();
        if let Some(marking) =
            part(&mut problems, ItemPart::Movement, new.movement.marking(), new.movement.named(), &whole, movement_touched)
        {
            let value = movement_touched.then(|| self.movement(new.movement.for_rules().as_ref(), &mut problems));
            new.movement = new.movement.rewritten(marking, value).originated_by(author.originator);
        }
        if let Some(marking) = part(&mut problems, ItemPart::Press, new.press.marking(), new.press.named(), &line, self.press.is_some()) {
            let access = self.press.as_deref().filter(|t| !t.is_empty());
            let value = access.and_then(|t| problems.take("press", PressAccess::from_word(t).ok_or(Problem::Unknown)));
            new.press = new.press.rewritten(marking, value.map(|access| PressTerms { access })).originated_by(author.originator);
        }
        if let Some(marking) = part(&mut problems, ItemPart::Notes, new.notes.marking(), new.notes.named(), &whole, self.notes.is_some()) {
            let value = self.notes.as_deref().and_then(|t| problems.take("notes", prose(t)));
            new.notes = new.notes.rewritten(marking, value).originated_by(author.originator);
        }
        if let Some(text) = &self.dress {
            new.dress = problems.take("dress", Label::parse_optional(text)).unwrap_or(new.dress);
        }
        // A cover is written by who may read what it covers.
        let covered = &item.details.title;
        let covers = author.reader.is_none_or(|reader| reader.may_read(covered.marking().max(floor), &line, covered.named()));
        if !covers && (self.cover.is_some() || markings.has("cover")) {
            problems.add("cover", Problem::Unknown);
        }
        if covers {
            new.cover = markings.cover(&mut problems, self.cover.as_deref(), new.cover);
        }
        new.drop_by = self.drop_by.unwrap_or(new.drop_by);
        new.fixed = self.fixed.unwrap_or(new.fixed);
        if let Some(text) = self.state.as_deref().filter(|t| !t.is_empty()) {
            match ItemState::from_word(text) {
                None => problems.add("state", Problem::Unknown),
                Some(ItemState::Firm) if !visit.details.state.allows_firm_lines() => problems.add("state", Problem::StateRefused),
                Some(ItemState::Held) if !visit.details.state.holds_things() => problems.add("state", Problem::StateRefused),
                Some(state) => new.state = state,
            }
        }
        if let Some(text) = &self.hold_until {
            let read = if text.trim().is_empty() { Ok(None) } else { read_instant(text).map(Some) };
            new.hold_until = problems.take("hold_until", read).unwrap_or(new.hold_until);
        }
        new.hold_until = match new.state {
            // A hold ends at the latest when it starts.
            ItemState::Held => {
                let starts = new.time.for_rules().starts().at();
                Some(new.hold_until.map_or(starts, |until| until.min(starts)))
            }
            ItemState::Wished | ItemState::Firm => None,
        };
        let known = |name: &str| name == "cover" || ItemPart::from_word(name).is_some();
        for name in self.markings.keys().filter(|name| !known(name)) {
            problems.add(&format!("marking_{name}"), Problem::Unknown);
        }
        problems.finish(Some(new))
    }

    fn whereabouts(&self, had: &Whereabouts, problems: &mut Problems) -> Option<Whereabouts> {
        let room = match self.room_id.as_deref().map(str::trim) {
            None => had.room(),
            Some("") => None,
            Some(text) => Some(problems.take("room_id", RoomId::from_str(text).map_err(|_| Problem::Unknown))?),
        };
        let had_needs = had.needs().unwrap_or_default();
        let layout = match self.layout.as_deref() {
            None => had_needs.layout,
            Some("") => None,
            Some(text) => Some(problems.take("layout", word::<Layout>(text))?),
        };
        let people = match self.people_count.as_deref().map(str::trim) {
            None => had_needs.people,
            Some("") => None,
            Some(text) => {
                let count = text.parse::<u32>().ok().filter(|n| (1..=100_000).contains(n));
                Some(problems.take("people_count", count.ok_or(Problem::OutOfBounds { least: 1, most: 100_000 }))?)
            }
        };
        let features = self.features.as_deref().map_or(had_needs.features, |given| features(problems, given));
        if let Some(room) = room {
            return Some(Whereabouts::Room { room, layout, people, features, sweep: self.sweep.unwrap_or(had_needs.sweep) });
        }
        match self.place.as_deref() {
            None => Some(if matches!(had, Whereabouts::Outside(_)) { had.clone() } else { Whereabouts::Unknown }),
            Some(text) => {
                problems.take("place", Title::parse_optional(text)).map(|place| place.map_or(Whereabouts::Unknown, Whereabouts::Outside))
            }
        }
    }

    fn movement(&self, had: Option<&Movement>, problems: &mut Problems) -> Option<Movement> {
        let mut movement = had.cloned().unwrap_or_default();
        if let Some(text) = &self.route {
            movement.route = problems.take("route", Title::parse_optional(text)).unwrap_or(movement.route);
        }
        if let Some(text) = &self.vehicles {
            movement.vehicles = problems.take("vehicles", Title::parse_optional(text)).unwrap_or(movement.vehicles);
        }
        if let Some(text) = &self.carrier {
            movement.carrier = problems.take("carrier", Label::parse_optional(text)).unwrap_or(movement.carrier);
        }
        (movement != Movement::default()).then_some(movement)
    }
}

fn participants(people: &[ParticipantInput]) -> Result<Vec<Participant>, Problem> {
    let mut known: Vec<Participant> = Vec::with_capacity(people.len());
    for input in people.iter().filter(|p| !p.person_id.trim().is_empty()) {
        let person = PersonId::from_str(input.person_id.trim()).map_err(|_| Problem::Unknown)?;
        let role = if input.role.is_empty() { Some(PersonRole::Guest) } else { PersonRole::from_word(&input.role) };
        let participant = Participant { person, role: role.ok_or(Problem::Unknown)? };
        if !known.iter().any(|p| p.person == participant.person) {
            known.push(participant);
        }
    }
    if known.len() > 500 { Err(Problem::OutOfBounds { least: 0, most: 500 }) } else { Ok(known) }
}

fn read_time(problems: &mut Problems, starts: Option<&AgreedTime>, ends: Option<&AgreedTime>, rules: &dyn ZoneRules) -> Option<ItemTime> {
    let (Some(starts), Some(ends)) = (starts, ends) else {
        if starts.is_none() {
            problems.add("starts", Problem::Missing);
        }
        if ends.is_none() {
            problems.add("ends", Problem::Missing);
        }
        return None;
    };
    match settle_span(rules, &AgreedSpan { starts: starts.clone(), ends: ends.clone() }, LONGEST_LINE_HOURS) {
        Ok((starts, ends)) => ItemTime::new(starts, ends),
        Err(more) => {
            for problem in more {
                problems.add(&problem.field, problem.problem);
            }
            None
        }
    }
}

/// What a line cannot be without.
struct Seed {
    kind: ItemKind,
    title: Option<Title>,
    time: Option<ItemTime>,
}

impl Seed {
    /// Any line at all, on which the rest of a faulty form is tried.
    fn anything(visit: &Visit) -> Self {
        use crate::time::{Moment, Offset, WallTime};
        let at = |hour: u32| {
            let day = visit.details.dates.for_rules().starts_on;
            let local = day.and_hms_opt(hour, 0, 0).map(WallTime::new)?;
            Some(Moment { local, zone: visit.details.zone.clone(), offset: Offset::from_seconds(0)? })
        };
        let time = at(9).zip(at(10)).and_then(|(starts, ends)| ItemTime::new(starts, ends));
        Self { kind: ItemKind::Hold, title: Some(visit.details.place.clone()), time }
    }

    fn blank(self, id: ItemId, visit: &Visit) -> Option<ProgrammeItem> {
        let at = |part| default_marking(self.kind, part, visit.details.existence);
        let line = || Scope::Line(visit.id, id);
        let whole = || Scope::Visit(visit.id);
        Some(ProgrammeItem {
            id,
            revision: 0,
            visit: visit.id,
            details: ItemDetails {
                kind: self.kind,
                state: ItemState::Wished,
                hold_until: None,
                existence: at(ItemPart::Existence),
                time: Marked::new(at(ItemPart::Time), line(), self.time?),
                title: Marked::new(at(ItemPart::Title), line(), self.title?),
                cover: None,
                place: Marked::new(at(ItemPart::Place), line(), Whereabouts::Unknown),
                people: Marked::new(at(ItemPart::People), line(), Vec::new()),
                movement: Marked::new(at(ItemPart::Movement), whole(), None),
                press: Marked::new(at(ItemPart::Press), line(), PressTerms { access: PressAccess::Closed }),
                dress: None,
                notes: Marked::new(at(ItemPart::Notes), whole(), None),
                drop_by: false,
                fixed: false,
            },
        })
    }
}
