//! What a form or the API says of a visit, and what is made of it.
//!
//! A part that is absent stays as it was (on a new visit: takes its default), so that a save never touches what its
//! author may not read.

use super::{Direction, Parties, Visit, VisitCategory, VisitDates, VisitDetails, VisitState};
use crate::{
    classification::bears_national_classification,
    ids::{AccountId, MissionId, PersonId, VisitId},
    marking::{Marked, Marking, Reader, Scope},
    problems::{FieldProblem, Problem, Problems},
    text::{Label, Prose, Title},
    time::{ZoneName, ZoneRules, bounds::read_day},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The longest a visit may be, in days.
pub const LONGEST_VISIT_DAYS: u32 = 120;

/// What was said of a visit. Everything is text, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct VisitInput {
    /// `inbound` or `outbound`.
    pub direction: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Cover title; empty for none.
    pub cover: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Last day, included.
    pub ends_on: Option<String>,
    /// Country, ISO 3166-1 alpha-2; empty for none.
    pub country: Option<String>,
    /// The visiting principal's person; empty for none.
    pub guest_id: Option<String>,
    /// The host's principal; empty for none.
    pub host_id: Option<String>,
    /// Zone of its lines.
    pub zone: Option<String>,
    /// The place shown beside local time.
    pub place: Option<String>,
    /// Zone of the visitor's capital.
    pub capital_zone: Option<String>,
    /// The place shown beside capital time.
    pub capital: Option<String>,
    /// Purpose and remarks; empty for none.
    pub remarks: Option<String>,
    /// Missions attached, by id.
    pub mission_ids: Option<Vec<String>>,
    /// Markings by part: `existence`, `title`, `dates`, `parties`, `remarks`, `cover`.
    pub markings: BTreeMap<String, String>,
    /// Why a marking was lowered.
    pub reason: Option<String>,
    /// Of a new visit, whether it starts from its category's template: usual lines, as wished ones, and tasks. A visit that is
    /// there takes in what it lacks of it by an act of its own.
    pub from_template: Option<bool>,
}

/// What a new visit starts from.
#[derive(Debug, Clone)]
pub struct VisitDefaults {
    /// The office's zone.
    pub zone: ZoneName,
    /// The office's place.
    pub place: Title,
    /// Who makes or changes it, and so is put on the list of a part marked TLP:RED that has no list yet.
    pub made_by: Option<AccountId>,
    /// The highest marking its author may give: nobody writes what they may not read.
    pub ceiling: Marking,
    /// Whether its author may lower a marking.
    pub may_lower: bool,
}

/// The parts of a visit that bear a marking.
pub const PARTS: [&str; 6] = ["existence", "title", "dates", "parties", "remarks", "cover"];

pub(crate) fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Problem> {
    use serde::de::IntoDeserializer;
    let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(deserializer).map_err(|_| Problem::Unknown)
}

pub(crate) fn date(text: &str) -> Result<NaiveDate, Problem> {
    Ok(read_day(text)?)
}

pub(crate) fn zone(rules: &dyn ZoneRules, text: &str) -> Result<ZoneName, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Missing);
    }
    let zone = ZoneName::parse(text).map_err(|_| Problem::UnknownZone)?;
    rules.offset_at(&zone, DateTime::<Utc>::UNIX_EPOCH).map_err(|_| Problem::UnknownZone)?;
    Ok(zone)
}

pub(crate) fn optional_id<T: FromStr>(text: &str) -> Result<Option<T>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { T::from_str(text.trim()).map(Some).map_err(|_| Problem::Unknown) }
}

pub(crate) fn country(text: &str) -> Result<Option<Label>, Problem> {
    let text = text.trim().to_uppercase();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() != 2 || !text.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(Problem::Unknown);
    }
    Label::parse(&text).map(Some).map_err(Problem::from)
}

pub(crate) fn title(text: &str) -> Result<Title, Problem> {
    if bears_national_classification(text) {
        return Err(Problem::NationalClassification);
    }
    Title::parse(text).map_err(Problem::from)
}

pub(crate) fn prose(text: &str) -> Result<Option<Prose>, Problem> {
    if bears_national_classification(text) {
        return Err(Problem::NationalClassification);
    }
    Prose::parse_optional(text).map_err(Problem::from)
}

/// The markings given for the parts of a thing, and what its author may do with them.
pub(crate) struct Markings<'a> {
    pub(crate) given: &'a BTreeMap<String, String>,
    pub(crate) ceiling: Marking,
    /// None on a new thing: there is nothing to lower.
    pub(crate) lowering: Option<Lowering>,
}

/// Whether an author may lower markings, and whether a reason was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lowering {
    /// Whether the author may.
    pub allowed: bool,
    /// Whether a reason was given.
    pub has_reason: bool,
}

impl Markings<'_> {
    /// Whether a marking is given for a part.
    pub(crate) fn has(&self, part: &str) -> bool {
        self.given.get(part).is_some_and(|text| !text.is_empty())
    }

    /// The marking given for a part, or the one it has.
    pub(crate) fn of(&self, problems: &mut Problems, part: &str, had: Marking) -> Marking {
        let Some(text) = self.given.get(part).filter(|t| !t.is_empty()) else { return had };
        let field = format!("marking_{part}");
        let Ok(marking) = Marking::from_str(text) else {
            problems.add(&field, Problem::Unknown);
            return had;
        };
        let refused = match self.lowering {
            _ if marking > self.ceiling && marking != had => Some(Problem::AboveCeiling),
            Some(lowering) if marking < had && !lowering.allowed => Some(Problem::MarkingRefused),
            Some(lowering) if marking < had && !lowering.has_reason => Some(Problem::ReasonNeeded),
            _ => None,
        };
        match refused {
            Some(problem) => {
                problems.add(&field, problem);
                had
            }
            None => marking,
        }
    }

    /// The cover as it is to stand: written, taken away, or only marked anew.
    pub(crate) fn cover(&self, problems: &mut Problems, given: Option<&str>, had: Option<Marked<Title>>) -> Option<Marked<Title>> {
        let text = match given {
            None if !self.has("cover") => return had,
            None => had.as_ref().map(|cover| cover.for_rules().clone()),
            Some(text) if text.trim().is_empty() => None,
            Some(text) => match problems.take("cover", title(text)) {
                Some(text) => Some(text),
                None => return had,
            },
        };
        let marking = self.of(problems, "cover", had.as_ref().map_or(Marking::Green, Marked::marking));
        text.map(|text| Marked::new(marking, Scope::Office, text))
    }
}

impl VisitInput {
    /// A new visit out of what was said.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn into_new(self, id: VisitId, defaults: &VisitDefaults, rules: &dyn ZoneRules) -> Result<VisitDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let needed = [
            ("category", &self.category),
            ("title", &self.title),
            ("starts_on", &self.starts_on),
            ("ends_on", &self.ends_on),
            ("capital_zone", &self.capital_zone),
        ];
        for (field, given) in needed {
            if given.as_deref().is_none_or(|text| text.trim().is_empty()) {
                problems.add(field, Problem::Missing);
            }
        }
        match self.onto(&Self::blank(id, defaults), None, defaults, rules) {
            Ok(details) => problems.finish(Some(details)),
            Err(more) => {
                let mut all = problems.into_vec();
                let known: Vec<String> = all.iter().map(|p| p.field.clone()).collect();
                all.extend(more.into_iter().filter(|p| !known.contains(&p.field)));
                Err(all)
            }
        }
    }

    /// A visit of which nothing was said yet; revision 0 is never stored.
    fn blank(id: VisitId, defaults: &VisitDefaults) -> Visit {
        let scope = || Scope::Visit(id);
        let amber = Marking::Amber.min(defaults.ceiling);
        let day = NaiveDate::default();
        Visit {
            id,
            revision: 0,
            details: VisitDetails {
                direction: Direction::Inbound,
                category: VisitCategory::Working,
                state: VisitState::Requested,
                existence: amber,
                title: Marked::new(amber, scope(), defaults.place.clone()),
                cover: None,
                dates: Marked::new(amber, scope(), VisitDates { starts_on: day, ends_on: day }),
                parties: Marked::new(amber, scope(), Parties { country: None, guest: None, host: None }),
                zone: defaults.zone.clone(),
                place: defaults.place.clone(),
                capital_zone: defaults.zone.clone(),
                capital: defaults.place.clone(),
                remarks: Marked::new(amber, scope(), None),
                missions: Vec::new(),
                made_by: defaults.made_by,
            },
        }
    }

    /// What was said, put onto a visit as it is. With a reader, the parts it may not read are refused.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        self,
        visit: &Visit,
        reader: Option<&Reader>,
        defaults: &VisitDefaults,
        rules: &dyn ZoneRules,
    ) -> Result<VisitDetails, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let mut new = visit.details.clone();
        let open = |marking: Marking, list: &BTreeSet<AccountId>| {
            reader.is_none_or(|r| r.may_read(marking.max(visit.details.existence), &Scope::Visit(visit.id), list))
        };
        let has_reason = self.reason.as_deref().is_some_and(|r| !r.trim().is_empty());
        let lowering = (visit.revision > 0).then_some(Lowering { allowed: defaults.may_lower, has_reason });
        let markings = Markings { given: &self.markings, ceiling: defaults.ceiling, lowering };
        if visit.revision > 0 && self.from_template == Some(true) {
            problems.add("from_template", Problem::Unknown);
        }
        if let Some(text) = &self.direction {
            new.direction = problems.take("direction", word(text)).unwrap_or(new.direction);
        }
        if let Some(text) = &self.category {
            new.category = problems.take("category", word(text)).unwrap_or(new.category);
        }
        let state = self.state.as_deref().filter(|t| !t.is_empty());
        match state.and_then(|text| problems.take("state", word::<VisitState>(text))) {
            // A new visit may start anywhere; a kept one goes by the transitions.
            Some(state) if visit.revision == 0 || new.state.may_become(state) => new.state = state,
            Some(_) => problems.add("state", Problem::StateRefused),
            None => {}
        }
        new.existence = markings.of(&mut problems, "existence", new.existence);
        if new.existence == Marking::Red && visit.details.existence != Marking::Red {
            problems.add("marking_existence", Problem::NoListOfItsOwn);
        }
        let existence = new.existence;
        let part =
            |problems: &mut Problems, name: &str, marked_at: Marking, list: &BTreeSet<AccountId>, touched: bool| -> Option<Marking> {
                if open(marked_at, list) {
                    // No part is kept wider than the visit it is of.
                    return Some(markings.of(problems, name, marked_at).max(existence));
                }
                // To who may not read a part, it does not exist: it cannot be set either, and the answer tells nothing of it.
                if touched || markings.has(name) {
                    problems.add(name, Problem::Unknown);
                }
                None
            };
        if let Some(marking) = part(&mut problems, "title", new.title.marking(), new.title.named(), self.title.is_some()) {
            let value = self.title.as_deref().and_then(|t| problems.take("title", title(t)));
            new.title = new.title.rewritten(marking, value).originated_by(defaults.made_by);
        }
        let dates_touched = self.starts_on.is_some() || self.ends_on.is_some();
        if let Some(marking) = part(&mut problems, "dates", new.dates.marking(), new.dates.named(), dates_touched) {
            let starts_on = self.starts_on.as_deref().and_then(|t| problems.take("starts_on", date(t)));
            let ends_on = self.ends_on.as_deref().and_then(|t| problems.take("ends_on", date(t)));
            let had = *new.dates.for_rules();
            let dates = VisitDates { starts_on: starts_on.unwrap_or(had.starts_on), ends_on: ends_on.unwrap_or(had.ends_on) };
            new.dates = new.dates.rewritten(marking, Some(dates)).originated_by(defaults.made_by);
            // A date that can't be read is said to be so, and compared with nothing.
            let are_read = self.starts_on.is_some() == starts_on.is_some() && self.ends_on.is_some() == ends_on.is_some();
            if are_read && dates_touched && dates.ends_on < dates.starts_on {
                problems.add("ends_on", Problem::EndsBeforeStart);
            } else if are_read && dates.ends_on - dates.starts_on > TimeDelta::days(i64::from(LONGEST_VISIT_DAYS)) {
                problems.add("ends_on", Problem::TooLongSpan { most_hours: 24 * LONGEST_VISIT_DAYS });
            }
        }
        let parties_touched = self.country.is_some() || self.guest_id.is_some() || self.host_id.is_some();
        if let Some(marking) = part(&mut problems, "parties", new.parties.marking(), new.parties.named(), parties_touched) {
            let country = self.country.as_deref().and_then(|t| problems.take("country", country(t)));
            let guest = self.guest_id.as_deref().and_then(|t| problems.take("guest_id", optional_id::<PersonId>(t)));
            let host = self.host_id.as_deref().and_then(|t| problems.take("host_id", optional_id::<PersonId>(t)));
            let parties = new.parties.rewritten(marking, None).map(|p| Parties {
                country: country.unwrap_or(p.country),
                guest: guest.unwrap_or(p.guest),
                host: host.unwrap_or(p.host),
            });
            new.parties = parties.originated_by(defaults.made_by);
        }
        if let Some(marking) = part(&mut problems, "remarks", new.remarks.marking(), new.remarks.named(), self.remarks.is_some()) {
            let value = self.remarks.as_deref().and_then(|t| problems.take("remarks", prose(t)));
            new.remarks = new.remarks.rewritten(marking, value).originated_by(defaults.made_by);
        }
        // A cover is written by who may read what it covers.
        let covers = open(visit.details.title.marking(), visit.details.title.named());
        if !covers && (self.cover.is_some() || markings.has("cover")) {
            problems.add("cover", Problem::Unknown);
        }
        if covers {
            new.cover = markings.cover(&mut problems, self.cover.as_deref(), new.cover);
        }
        if let Some(text) = &self.zone {
            new.zone = problems.take("zone", zone(rules, text)).unwrap_or(new.zone);
        }
        if let Some(text) = &self.capital_zone {
            new.capital_zone = problems.take("capital_zone", zone(rules, text)).unwrap_or(new.capital_zone);
        }
        if let Some(text) = self.place.as_deref().filter(|t| !t.trim().is_empty()) {
            new.place = problems.take("place", Title::parse(text)).unwrap_or(new.place);
        }
        match self.capital.as_deref().filter(|t| !t.trim().is_empty()) {
            Some(text) => new.capital = problems.take("capital", Title::parse(text)).unwrap_or(new.capital),
            None if self.capital_zone.is_some() => {
                // The last part of the zone's name, until somebody writes the place as it is called there.
                let place = new.capital_zone.as_str().rsplit('/').next().unwrap_or_default().replace('_', " ");
                new.capital = Title::parse(&place).unwrap_or(new.capital);
            }
            None => {}
        }
        if let Some(ids) = &self.mission_ids {
            let missions: Result<Vec<MissionId>, Problem> =
                ids.iter().filter(|id| !id.is_empty()).map(|id| MissionId::from_str(id).map_err(|_| Problem::Unknown)).collect();
            new.missions = problems.take("mission_ids", missions).unwrap_or(new.missions);
            new.missions.sort_unstable();
            new.missions.dedup();
        }
        for name in self.markings.keys().filter(|name| !PARTS.contains(&name.as_str())) {
            problems.add(&format!("marking_{name}"), Problem::Unknown);
        }
        problems.finish(Some(new))
    }
}
