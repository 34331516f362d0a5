//! People: the directory of names, ranks and languages.

pub(crate) mod clear;
pub mod erasure;
pub mod file;
pub mod kept;
pub(crate) mod keys;
mod rows;
pub(crate) mod store;

pub use clear::seal_what_is_clear;
pub use file::{export_people, import_people};
pub(crate) use store::{exists, find, insert};

use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    directory::authorise_reading,
    error::{Failure, Outcome},
    missions,
    paging::{PageRequest, page},
    permits::{ManagePeople, ReadOffice, authorise},
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{MissionId, PersonId},
    paging::Page,
    people::{Person, PersonDetails, input::PersonInput, view::PersonView},
    permission::{Action, Facts, role_allows},
    problems::Problem,
    search::Query,
};
use std::collections::HashMap;

/// Whether the actor plans meals, and so is shown what the kitchen must know.
pub fn plans_meals(context: &RequestContext) -> bool {
    context.actor().roles().iter().any(|role| role_allows(*role, Action::EditProgramme))
}

/// Missions' names, by which people are shown.
pub(crate) async fn mission_names(context: &RequestContext, connection: &mut impl Connection) -> Outcome<HashMap<MissionId, String>> {
    let missions = missions::store::all(context, connection).await?;
    Ok(missions.into_iter().map(|mission| (mission.id, mission.details.name.to_string())).collect())
}

pub(crate) fn view(context: &RequestContext, person: &Person, missions: &HashMap<MissionId, String>) -> PersonView {
    let mission = person.details.mission.and_then(|id| missions.get(&id).cloned());
    PersonView::of(person, mission, plans_meals(context))
}

/// What a person is found by, besides the name: all of it is shown to every account that may search.
pub(crate) fn search_texts(view: &PersonView) -> impl Iterator<Item = &str> {
    let texts = [&view.own_script, &view.rank, &view.rank_own, &view.country];
    texts.into_iter().filter_map(|text| text.as_deref()).chain(view.mission.as_ref().map(|mission| mission.name.as_str()))
}

/// The office's people by name, with a query only those it finds.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_people(context: &RequestContext, query: Option<&str>, request: &PageRequest) -> Outcome<Page<PersonView>> {
    authorise_reading::<ReadOffice>(context)?;
    let mut connection = context.read().await?;
    let missions = mission_names(context, &mut connection).await?;
    let people = store::all(context, &mut connection).await?;
    let views = people.by_name().iter().map(|person| view(context, person, &missions));
    let views: Vec<PersonView> = match query.and_then(Query::parse) {
        None => views.collect(),
        Some(query) => views.filter(|view| query.fit(&view.name, search_texts(view)).is_some()).collect(),
    };
    Ok(page(views, |view: &PersonView| view.id.uuid(), request))
}

/// A person.
///
/// # Errors
/// When the actor may not, or there is none.
pub async fn read_person(context: &RequestContext, id: PersonId) -> Outcome<PersonView> {
    authorise_reading::<ReadOffice>(context)?;
    let mut connection = context.read().await?;
    let person = store::find(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    let missions = mission_names(context, &mut connection).await?;
    Ok(view(context, &person, &missions))
}

fn check_mission(details: &PersonDetails, missions: &HashMap<MissionId, String>) -> Outcome<()> {
    match details.mission {
        Some(id) if !missions.contains_key(&id) => Err(Failure::field("mission_id", Problem::Unknown)),
        Some(_) | None => Ok(()),
    }
}

/// Makes a person.
///
/// # Errors
/// When the actor may not, or something given is wrong.
pub async fn create_person(context: &RequestContext, input: PersonInput) -> Outcome<PersonView> {
    let permit = authorise::<ManagePeople>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let details = input.onto(None, plans_meals(context))?;
        let missions = mission_names(context, &mut transaction).await?;
        check_mission(&details, &missions)?;
        let person = Person { id: context.new_id(), revision: 1, details };
        let digest = store::insert(context, &mut transaction, &permit, person.id, &person.details).await?;
        let entry = Entry::done(Intent::MakePerson).digest(digest).thing(ThingKind::Person, person.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view(context, &person, &missions))
    })
    .await
}

/// Changes a person, if they are still as the author saw them.
///
/// # Errors
/// When the actor may not, there is none, they changed meanwhile, or something given is wrong.
pub async fn change_person(context: &RequestContext, id: PersonId, input: PersonInput, seen: &Seen) -> Outcome<PersonView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let person = store::find(context, &mut transaction, id).await?;
        let permit = authorise::<ManagePeople>(context, Facts { known: Some(person.is_some()), ..Facts::NONE })?;
        let person = person.ok_or(Failure::NotFound)?;
        let missions = mission_names(context, &mut transaction).await?;
        seen.check(&ETag::of(&view(context, &person, &missions))?)?;
        let details = input.onto(Some(&person.details), plans_meals(context))?;
        check_mission(&details, &missions)?;
        let changed = Person { details, ..person };
        let (revision, digest) = store::update(context, &mut transaction, &permit, &changed).await?;
        let entry = Entry::done(Intent::ChangePerson).digest(digest).thing(ThingKind::Person, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view(context, &changed, &missions))
    })
    .await
}
