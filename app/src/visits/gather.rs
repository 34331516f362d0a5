//! What the pages of visits show, gathered from the use cases.

use super::view::{VisitHead, VisitRights};
use crate::components::Choice;
use backend::{RequestContext, directory::Names};
use domain::{
    marking::view::{Named, VisitView},
    missions::Mission,
    permission::{Action, Decision, Facts, decide},
};
use std::fmt::Display;

/// A visit with its country's name and what the requester may do with it.
pub(crate) fn head_of(context: &RequestContext, visit: VisitView, missions: &[Mission]) -> VisitHead {
    let country = visit.country.as_deref().map(|code| country_name(code, missions));
    let facts = Facts::visit(true, context.reader().is_on(visit.id));
    let may = |action| decide(context.actor(), action, facts) == Decision::Allowed;
    let rights = VisitRights {
        edit: may(Action::EditVisit),
        edit_programme: may(Action::EditProgramme),
        read_list: context.reader().is_on(visit.id),
        manage_list: may(Action::ManageAccessList),
    };
    VisitHead { visit, country, rights }
}

/// The name of a country by its code, as its mission gives it; the code where it has none.
pub(crate) fn country_name(code: &str, missions: &[Mission]) -> String {
    let named = missions.iter().find(|mission| mission.details.country.as_str() == code);
    named.map_or_else(|| code.to_owned(), |mission| mission.details.country_name.to_string())
}

/// The code of a country by its name or code, as typed; what is neither stays as it is.
pub(crate) fn country_code(typed: &str, names: &Names) -> String {
    let wanted = domain::text::folded(typed);
    let mission = names.missions.iter().find(|mission| domain::text::folded(mission.details.country_name.as_str()) == wanted);
    mission.map_or_else(|| typed.to_owned(), |mission| mission.details.country.to_string())
}

/// Named things as choices of a form.
pub(crate) fn choices<Id: Display>(named: &[Named<Id>]) -> Vec<Choice> {
    named.iter().map(|thing| Choice::new(thing.id.to_string(), thing.name.clone())).collect()
}
