//! What the pages of visits show, gathered from the use cases.

use super::{
    view::{VisitHead, VisitListView, VisitRights},
    words::word_of,
};
use crate::components::Choice;
use backend::{Failure, Outcome, RequestContext, directory::Names};
use domain::{
    marking::view::{Named, VisitView},
    missions::Mission,
    permission::{Action, Decision, Facts, decide},
    text::folded,
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
        tick_task: may(Action::TickTask),
        read_rooms: may(Action::ReadRooms),
        read_list: context.reader().is_on(visit.id),
        manage_list: may(Action::ManageAccessList),
        release: may(Action::ReleaseProgramme),
        print: may(Action::PrintProgramme),
        subscribe: may(Action::SubscribeFeed),
    };
    VisitHead { visit, country, rights }
}

/// The visits the requester may know of: those of the office's own list, and those of which something was released to them.
///
/// # Errors
/// When the database refuses, or nobody is signed in.
pub(crate) async fn visits_of(context: &RequestContext) -> Outcome<Vec<VisitView>> {
    let mut visits = if context.actor().mission().is_some() { Vec::new() } else { backend::visits::list_visits(context).await? };
    let released = match backend::releases::my_released_visits(context).await {
        Ok(released) => released,
        // Who may read no releases reads the list alone.
        Err(Failure::Forbidden) => Vec::new(),
        Err(failure) => return Err(failure),
    };
    let more: Vec<VisitView> = released.into_iter().map(|released| released.visit).collect();
    let known: Vec<_> = visits.iter().map(|visit| visit.id).collect();
    visits.extend(more.into_iter().filter(|visit| !known.contains(&visit.id)));
    visits.sort_by_key(|visit| (visit.starts_on.is_none(), visit.starts_on, visit.id));
    Ok(visits)
}

/// The list of visits, narrowed to what was asked for. Matching is done over the reader's own view: what is hidden is not found.
///
/// # Errors
/// When the database refuses, or nobody is signed in.
pub(crate) async fn list_of(context: &RequestContext, state: &str, category: &str, text: &str) -> Outcome<VisitListView> {
    let visits = visits_of(context).await?;
    let missions = missions_known_to(context).await?;
    let known = visits.len();
    let wanted = folded(text);
    let shown: Vec<_> = visits
        .into_iter()
        .map(|visit| head_of(context, visit, &missions))
        .filter(|head| {
            let visit = &head.visit;
            let texts = [visit.title.as_deref(), head.country.as_deref(), visit.guest.as_ref().map(|guest| guest.name.as_str())];
            (state.is_empty() || word_of(&visit.state) == state)
                && (category.is_empty() || word_of(&visit.category) == category)
                && (wanted.is_empty() || texts.into_iter().flatten().any(|text| folded(text).contains(&wanted)))
        })
        .collect();
    let may_create = decide(context.actor(), Action::CreateVisit, Facts::NONE) == Decision::Allowed;
    Ok(VisitListView { is_filtered: shown.len() < known, visits: shown, may_create })
}

/// The missions by which countries are named; a mission's own account does not read the directory.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn missions_known_to(context: &RequestContext) -> Outcome<Vec<Mission>> {
    match backend::directory::read_names(context).await {
        Ok(names) => Ok(names.missions),
        Err(Failure::Forbidden) => Ok(Vec::new()),
        Err(failure) => Err(failure),
    }
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
