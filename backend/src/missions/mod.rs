//! Missions: consulates, embassies, trade offices, cities and provinces, in their order of precedence.

pub mod collation;
pub mod file;
pub(crate) mod store;

pub use file::{export_missions, import_missions};
pub(crate) use store::find;

use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    error::{Failure, Outcome},
    paging::{PageRequest, page},
    people,
    permits::{ManageMissions, ReadOffice, authorise},
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::MissionId,
    marking::view::Directory,
    missions::{
        Mission, MissionDetails,
        input::MissionInput,
        view::{MissionView, PlacedMission},
    },
    paging::Page,
    permission::Facts,
    precedence::{self, Candidate, Position, RuleSet},
    problems::Problem,
    search::Query,
};
use std::collections::HashMap;

/// The language in which the names of states are ordered, for what nothing else decides.
const AGREED_LANGUAGE: &str = "en";

pub(crate) fn view(mission: &Mission, directory: &OfficeDirectory) -> MissionView {
    MissionView::of(mission, mission.details.head.as_ref().and_then(|head| directory.person(head.person)))
}

/// What a mission is found by, besides its name.
pub(crate) fn search_texts(view: &MissionView) -> impl Iterator<Item = &str> {
    [view.country_name.as_str(), view.country.as_str(), view.capital.as_str()]
        .into_iter()
        .chain(view.head.as_ref().map(|head| head.person.name.as_str()))
}

/// The office's missions in the order of the consular corps (Vienna Convention on Consular Relations, art. 16), each with what
/// decided; with a query only those it finds, in their places.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_missions(context: &RequestContext, query: Option<&str>, request: &PageRequest) -> Outcome<Page<PlacedMission>> {
    authorise_reading::<ReadOffice>(context)?;
    let mut connection = context.read().await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let missions = store::all(context, &mut connection).await?;
    let placed = placed(&missions, &directory)?;
    let listed = match query.and_then(Query::parse) {
        None => placed,
        Some(query) => placed.into_iter().filter(|it| query.fit(&it.mission.name, search_texts(&it.mission)).is_some()).collect(),
    };
    Ok(page(listed, |placed: &PlacedMission| placed.mission.id.uuid(), request))
}

fn placed(missions: &[Mission], directory: &OfficeDirectory) -> Outcome<Vec<PlacedMission>> {
    let collate = collation::collator(AGREED_LANGUAGE).map_err(|_| Failure::Machine { what: "an order of names" })?;
    let candidates: Vec<Candidate<MissionId>> = missions
        .iter()
        .map(|mission| Candidate {
            key: mission.id,
            position: mission.details.head.as_ref().map_or(Position::Other, Position::from),
            state: mission.details.country_name.to_string(),
        })
        .collect();
    let mut views: HashMap<MissionId, MissionView> = missions.iter().map(|mission| (mission.id, view(mission, directory))).collect();
    let order = precedence::order(&candidates, &RuleSet::ConsularPosts, &[], &collate);
    Ok(order
        .into_iter()
        .filter_map(|it| Some(PlacedMission { place: it.place, because: it.because, mission: views.remove(&it.key)? }))
        .collect())
}

/// A mission.
///
/// # Errors
/// When the actor may not, or there is none.
pub async fn read_mission(context: &RequestContext, id: MissionId) -> Outcome<MissionView> {
    authorise_reading::<ReadOffice>(context)?;
    let mut connection = context.read().await?;
    let mission = store::find(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    Ok(view(&mission, &directory))
}

async fn check_head(context: &RequestContext, connection: &mut impl Connection, details: &MissionDetails) -> Outcome<()> {
    match &details.head {
        Some(head) if !people::exists(context, connection, head.person).await? => Err(Failure::field("head_person_id", Problem::Unknown)),
        Some(_) | None => Ok(()),
    }
}

/// Makes a mission.
///
/// # Errors
/// When the actor may not, something given is wrong, or the name is taken.
pub async fn create_mission(context: &RequestContext, input: MissionInput) -> Outcome<MissionView> {
    let permit = authorise::<ManageMissions>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let details = input.onto(None, context.zones())?;
        check_head(context, &mut transaction, &details).await?;
        let mission = Mission { id: context.new_id(), revision: 1, details };
        let digest = store::insert(context, &mut transaction, &permit, &mission).await?;
        let entry = Entry::done(Intent::MakeMission).digest(digest).thing(ThingKind::Mission, mission.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        transaction.commit().await?;
        Ok(view(&mission, &directory))
    })
    .await
}

/// Changes a mission, if it is still as its author saw it.
///
/// # Errors
/// When the actor may not, there is none, it changed meanwhile, something given is wrong, or the name is taken.
pub async fn change_mission(context: &RequestContext, id: MissionId, input: MissionInput, seen: &Seen) -> Outcome<MissionView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let mission = store::find(context, &mut transaction, id).await?;
        let permit = authorise::<ManageMissions>(context, Facts { known: Some(mission.is_some()), ..Facts::NONE })?;
        let mission = mission.ok_or(Failure::NotFound)?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        seen.check(&ETag::of(&view(&mission, &directory))?)?;
        let details = input.onto(Some(&mission.details), context.zones())?;
        check_head(context, &mut transaction, &details).await?;
        let changed = Mission { details, ..mission };
        let (revision, digest) = store::update(context, &mut transaction, &permit, &changed).await?;
        let entry = Entry::done(Intent::ChangeMission).digest(digest).thing(ThingKind::Mission, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view(&changed, &directory))
    })
    .await
}
