//! What the people of a programme speak, and so the interpretation that its lines need.

use super::{hours::knows_the_capital, taking::guest_of};
use crate::{context::RequestContext, database::Connection, engagements, error::Outcome, people};
use domain::{
    clash::{Interpreting, Level, RuleId},
    ids::{PersonId, VisitId},
    people::Person,
    programme::ItemDetails,
    text::Label,
    visits::{Direction, Visit, VisitCategory},
};
use std::collections::HashMap;

/// The languages of some people.
#[derive(Debug, Clone, Default)]
pub(super) struct Spoken(HashMap<PersonId, Vec<Label>>);

impl Spoken {
    /// Those of all who take part in the lines of a visit, read at once.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn in_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Self> {
        let mut spoken = Self::default();
        people::store::of_visit(context, connection, visit).await?.into_iter().for_each(|person| spoken.note(person));
        Ok(spoken)
    }

    /// Takes note of what a person speaks.
    pub(super) fn note(&mut self, person: Person) {
        self.0.insert(person.id, person.details.languages);
    }

    /// The interpretation that a line needs. As a warning it is judged only for who may read who takes part and who the guest is,
    /// for what somebody speaks tells where they are from; what refuses holds for everybody.
    pub(super) fn interpreting(&self, context: &RequestContext, visit: &Visit, details: &ItemDetails) -> Option<Interpreting> {
        let rules = engagements::rules(context);
        let refuses = [RuleId::InterpreterMissing, RuleId::ReliefMissing].into_iter().any(|rule| rules.level(rule) > Level::Warn);
        let floor = details.existence.max(visit.details.existence);
        let people = details.people.clone().at_least(floor);
        let place_counts = refuses || details.place.clone().at_least(floor).reveal_for(context.reader()).is_some();
        if !refuses && (people.reveal_for(context.reader()).is_none() || !knows_the_capital(context, visit)) {
            return None;
        }
        let ours = context.office().details.languages.as_slice();
        // A mission hosts its own event: the office's languages are nobody's there.
        let (host, guest) = match (visit.details.direction, visit.details.category) {
            (_, VisitCategory::ConsularEvent) => (&[][..], &[][..]),
            (Direction::Inbound, _) => (ours, &[][..]),
            (Direction::Outbound, _) => (&[][..], ours),
        };
        let spoken = |person| self.0.get(&person).map_or(&[][..], Vec::as_slice);
        let interpreting = details.interpreting_for_rules(guest_of(visit, details), spoken, host, guest, place_counts)?;
        Some(Interpreting { marking: visit.details.existence.max(visit.details.parties.marking()), ..interpreting })
    }
}
