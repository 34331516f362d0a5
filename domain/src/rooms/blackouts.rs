//! Blackouts: times at which nobody may use a room, or any room of a site.
//!
//! That there is one, and when, is a fact of the office as opening hours are. Why, has a marking of its own.

use super::input::MarkedTitle;
use crate::{
    ids::{BlackoutId, RoomId, SiteId},
    marking::{Marked, Reader},
    problems::{FieldProblem, Problem, Problems},
    text::Title,
    time::{
        Moment, ZoneRules,
        agreed::{AgreedSpan, AgreedTime, settle_span},
        renewed::renewed,
    },
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The longest a blackout may be, in hours: ten years.
pub const LONGEST_BLACKOUT_HOURS: u32 = 10 * 366 * 24;

/// What is blacked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlackoutOf {
    /// A room.
    Room(RoomId),
    /// All rooms of a site.
    Site(SiteId),
}

/// A time at which nobody may use a room, or any room of a site.
#[derive(Debug, Clone)]
pub struct Blackout {
    /// Identifier.
    pub id: BlackoutId,
    /// Revision, from 1.
    pub revision: i64,
    /// What is blacked out.
    pub of: BlackoutOf,
    /// From.
    pub starts: Moment,
    /// Until.
    pub ends: Moment,
    /// Why.
    pub cause: Marked<Title>,
}

impl Blackout {
    /// The same blackout by rules of time that changed, where that moves it.
    pub fn renewed(&self, rules: &dyn ZoneRules) -> Option<Self> {
        let (starts, ends) = renewed(rules, &self.starts, &self.ends)?;
        Some(Self { starts, ends, ..self.clone() })
    }
}

/// What was said of a blackout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BlackoutInput {
    /// Which room, by id; of a whole site none.
    pub room_id: Option<String>,
    /// All rooms of which site, by id; of one room none.
    pub site_id: Option<String>,
    /// From.
    pub starts: Option<AgreedTime>,
    /// Until.
    pub ends: Option<AgreedTime>,
    /// Why.
    pub cause: Option<String>,
    /// Marking of why; TLP:GREEN on a new blackout.
    pub marking: Option<String>,
    /// Why the marking was lowered.
    pub reason: Option<String>,
}

/// What the author of a blackout may do.
#[derive(Debug, Clone, Copy)]
pub struct BlackoutAuthor<'a> {
    /// The author as a reader.
    pub reader: &'a Reader,
    /// Whether the author may lower a marking.
    pub may_lower: bool,
}

impl BlackoutInput {
    /// What was said, put onto a blackout as it is, or onto nothing. Why it is stays as it was to an author who may not read that.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        &self,
        id: BlackoutId,
        had: Option<&Blackout>,
        author: BlackoutAuthor<'_>,
        rules: &dyn ZoneRules,
    ) -> Result<Blackout, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let of = self.of(had, &mut problems);
        let starts = self.starts.clone().or_else(|| had.map(|blackout| AgreedTime::from(&blackout.starts)));
        let ends = self.ends.clone().or_else(|| had.map(|blackout| AgreedTime::from(&blackout.ends)));
        for (field, given) in [("starts", &starts), ("ends", &ends)] {
            if given.is_none() {
                problems.add(field, Problem::Missing);
            }
        }
        let time = starts.zip(ends).and_then(|(starts, ends)| {
            let settled = settle_span(rules, &AgreedSpan { starts, ends }, LONGEST_BLACKOUT_HOURS);
            settled.map_err(|more| more.into_iter().for_each(|it| problems.add(&it.field, it.problem))).ok()
        });
        let cause = self.cause(had, author, &mut problems);
        problems.finish(of.zip(time).zip(cause).map(|((of, (starts, ends)), cause)| Blackout {
            id,
            revision: had.map_or(1, |blackout| blackout.revision),
            of,
            starts,
            ends,
            cause,
        }))
    }

    /// A room or a site, and not both.
    fn of(&self, had: Option<&Blackout>, problems: &mut Problems) -> Option<BlackoutOf> {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match (given(&self.room_id), given(&self.site_id)) {
            (Some(_), Some(_)) => {
                problems.add("site_id", Problem::Form);
                None
            }
            (Some(room), None) => problems.take("room_id", RoomId::from_str(&room).map_err(|_| Problem::Unknown)).map(BlackoutOf::Room),
            (None, Some(site)) => problems.take("site_id", SiteId::from_str(&site).map_err(|_| Problem::Unknown)).map(BlackoutOf::Site),
            (None, None) => {
                if had.is_none() {
                    problems.add("room_id", Problem::Missing);
                }
                had.map(|blackout| blackout.of)
            }
        }
    }

    fn cause(&self, had: Option<&Blackout>, author: BlackoutAuthor<'_>, problems: &mut Problems) -> Option<Marked<Title>> {
        let given = MarkedTitle {
            field: "cause",
            text: self.cause.as_deref(),
            marking: self.marking.as_deref(),
            has_reason: self.reason.as_deref().is_some_and(|text| !text.trim().is_empty()),
        };
        if let Some(hidden) = had.map(|blackout| &blackout.cause).filter(|cause| cause.reveal_for(author.reader).is_none()) {
            // Whatever is said of what is hidden is answered alike.
            for (field, said) in [("cause", given.text.is_some()), ("marking", given.marking.is_some())] {
                if said {
                    problems.add(field, Problem::Unknown);
                }
            }
            return Some(hidden.clone());
        }
        let had = had.map(|blackout| &blackout.cause);
        given.onto(had, author.reader.account(), author.reader.ceiling(), author.may_lower, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        marking::Marking,
        time::fixed::tests::{table, wall, zone},
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn reader(ceiling: Marking) -> Reader {
        Reader::office(crate::ids::AccountId(Uuid::from_u128(7)), ceiling, BTreeSet::new(), BTreeSet::new())
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn at(local: &str) -> Option<AgreedTime> {
        Some(AgreedTime { local: wall(local), zone: zone("America/Los_Angeles"), offset: None })
    }

    fn works() -> BlackoutInput {
        BlackoutInput {
            room_id: some(&Uuid::from_u128(1).to_string()),
            starts: at("2027-03-10T08:00"),
            ends: at("2027-03-20T18:00"),
            cause: some("The floor is laid anew"),
            ..BlackoutInput::default()
        }
    }

    fn made(input: &BlackoutInput, had: Option<&Blackout>, ceiling: Marking) -> Result<Blackout, Vec<String>> {
        let reader = reader(ceiling);
        let author = BlackoutAuthor { reader: &reader, may_lower: false };
        let made = input.onto(BlackoutId(Uuid::from_u128(1)), had, author, &table());
        made.map_err(|problems| problems.into_iter().map(|it| it.field).collect())
    }

    #[test]
    fn a_blackout_is_of_a_room_or_of_a_site_and_ends_after_it_starts() {
        assert!(made(&works(), None, Marking::Green).is_ok_and(|it| it.cause.marking() == Marking::Green));
        let both = BlackoutInput { site_id: some(&Uuid::from_u128(2).to_string()), ends: at("2027-03-10T08:00"), ..works() };
        assert_eq!(made(&both, None, Marking::Green).unwrap_err(), ["site_id", "ends"]);
        assert_eq!(made(&BlackoutInput::default(), None, Marking::Green).unwrap_err(), ["room_id", "starts", "ends", "cause"]);
        let gap = BlackoutInput { starts: at("2027-03-14T02:30"), ..works() };
        assert_eq!(made(&gap, None, Marking::Green).unwrap_err(), ["starts"]);
    }

    #[test]
    fn what_is_absent_stays_and_one_of_a_room_may_become_one_of_its_site() {
        let had = made(&works(), None, Marking::Green).unwrap();
        let site = SiteId(Uuid::from_u128(2));
        let wider = BlackoutInput { site_id: some(&site.to_string()), ..BlackoutInput::default() };
        let changed = made(&wider, Some(&had), Marking::Green).unwrap();
        assert_eq!((changed.of, changed.starts, changed.ends), (BlackoutOf::Site(site), had.starts, had.ends));
    }

    #[test]
    fn why_it_is_stays_as_it_was_to_who_may_not_read_that() {
        let had = made(&BlackoutInput { marking: some("TLP:AMBER"), ..works() }, None, Marking::Amber).unwrap();
        let longer = BlackoutInput { ends: at("2027-03-21T18:00"), ..BlackoutInput::default() };
        let changed = made(&longer, Some(&had), Marking::Green).unwrap();
        assert_eq!(changed.cause.marking(), Marking::Amber);
        assert!(changed.cause.reveal_for(&reader(Marking::Amber)).is_some_and(|cause| cause.as_str() == "The floor is laid anew"));
        assert_eq!(made(&works(), Some(&had), Marking::Green).unwrap_err(), ["cause"]);
        let lower = BlackoutInput { marking: some("TLP:GREEN"), ..BlackoutInput::default() };
        assert_eq!(made(&lower, Some(&had), Marking::Green).unwrap_err(), ["marking"]);
        assert_eq!(made(&lower, Some(&had), Marking::Amber).unwrap_err(), ["marking"]);
    }
}
