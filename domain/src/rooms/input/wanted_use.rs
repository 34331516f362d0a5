//! A use for which a room is looked for.

use super::BookingInput;
use crate::{
    ids::SiteId,
    marking::Marking,
    problems::{FieldProblem, Problem, Problems},
    rooms::{LONGEST_BOOKING_HOURS, terms::RoomNeeds},
    time::{
        Span, ZoneRules,
        agreed::{AgreedSpan, AgreedTime, settle_span},
    },
    typed::{TypedNumber, optional},
};
use std::str::FromStr;

/// What was said of a use for which a room is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedUseInput {
    /// From.
    pub starts: Option<AgreedTime>,
    /// Until.
    pub ends: Option<AgreedTime>,
    /// Layout; empty for none.
    pub layout: Option<String>,
    /// How many people; empty for unknown.
    pub people: Option<TypedNumber>,
    /// What the room must have.
    pub features: Option<Vec<String>>,
    /// Whether the room is swept before.
    pub sweep: Option<bool>,
    /// The site, by id; empty for all.
    pub site_id: Option<String>,
    /// The marking of what is said there; TLP:GREEN if nobody says.
    pub marking: Option<String>,
}

/// A use for which a room is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedUse {
    /// When it is.
    pub during: Span,
    /// What it asks of its room.
    pub needs: RoomNeeds,
    /// At this site alone.
    pub site: Option<SiteId>,
    /// The marking of what is said there.
    pub marking: Marking,
}

impl WantedUseInput {
    /// What was said, if it can be looked for: it is no longer than a booking may be.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn read(self, rules: &dyn ZoneRules) -> Result<WantedUse, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        for (field, given) in [("starts", &self.starts), ("ends", &self.ends)] {
            if given.is_none() {
                problems.add(field, Problem::Missing);
            }
        }
        let during = self.starts.zip(self.ends).and_then(|(starts, ends)| {
            let settled = settle_span(rules, &AgreedSpan { starts, ends }, LONGEST_BOOKING_HOURS);
            let settled = settled.map_err(|more| more.into_iter().for_each(|it| problems.add(&it.field, it.problem))).ok();
            settled.and_then(|(starts, ends)| Span::new(starts.at(), ends.at()))
        });
        // What it asks of its room, it says as a booking does.
        let asked = BookingInput { layout: self.layout, people: self.people, features: self.features, sweep: self.sweep, ..<_>::default() };
        let needs = asked.needs(None, &mut problems);
        let site = optional(&mut problems, "site_id", self.site_id.as_deref(), None, |text| {
            SiteId::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let marking = optional(&mut problems, "marking", self.marking.as_deref(), None, |text| {
            Marking::from_str(text.trim()).map_err(|_| Problem::Unknown)
        });
        let marking = marking.unwrap_or(Marking::Green);
        problems.finish(during.map(|during| WantedUse { during, needs, site, marking }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rooms::{Feature, Layout},
        time::fixed::tests::{table, wall, zone},
    };

    fn at(local: &str) -> Option<AgreedTime> {
        Some(AgreedTime { local: wall(local), zone: zone("America/Los_Angeles"), offset: None })
    }

    fn wanted(starts: &str, ends: &str) -> WantedUseInput {
        WantedUseInput { starts: at(starts), ends: at(ends), ..WantedUseInput::default() }
    }

    fn fields(input: WantedUseInput) -> Vec<String> {
        input.read(&table()).unwrap_err().into_iter().map(|it| it.field).collect()
    }

    #[test]
    fn all_that_is_asked_is_read() {
        let asked = WantedUseInput {
            layout: Some("boardroom".into()),
            people: Some("12".into()),
            features: Some(vec!["kitchen".into()]),
            sweep: Some(true),
            site_id: Some(String::new()),
            marking: Some("TLP:AMBER".into()),
            ..wanted("2026-03-14T10:00", "2026-03-14T11:30")
        };
        let read = asked.read(&table()).unwrap();
        let needs = RoomNeeds { layout: Some(Layout::Boardroom), people: Some(12), features: vec![Feature::Kitchen], sweep: true };
        assert_eq!((read.needs, read.site, read.marking), (needs, None, Marking::Amber));
        assert_eq!((read.during.ends() - read.during.starts()).num_minutes(), 90);
    }

    #[test]
    fn what_is_wrong_is_said_field_by_field() {
        assert_eq!(fields(WantedUseInput::default()), ["starts", "ends"]);
        assert_eq!(fields(wanted("2026-03-14T10:00", "2026-03-14T10:00")), ["ends"]);
        assert_eq!(fields(wanted("2026-03-14T10:00", "2026-04-14T10:00")), ["ends"]);
        let wrong = WantedUseInput {
            layout: Some("round".into()),
            people: Some("-1".into()),
            features: Some(vec!["pool".into()]),
            site_id: Some("here".into()),
            marking: Some("secret".into()),
            ..wanted("2026-03-14T10:00", "2026-03-14T11:00")
        };
        assert_eq!(fields(wrong), ["layout", "people", "features", "site_id", "marking"]);
    }
}
