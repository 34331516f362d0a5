//! Delegations: who comes, in which order, and what is known of each.

pub mod rows;
pub(crate) mod store;

pub(crate) use store::{is_any_clear, seal_under_people};

use crate::{
    audit::{
        self, Entry,
        chain::Digest,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    missions, people,
    permits::{EditProgramme, EditVisit, Permit, authorise},
    programme, reasons,
    version::{ETag, Seen},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    delegations::{
        Delegate, DelegateRole, Delegation,
        input::{DelegateDraft, DelegateInput},
    },
    ids::{DelegateId, DelegationId, MissionId, PersonId, VisitId},
    marking::view::{DelegateView, Named},
    people::{NameOrder, PersonDetails, PersonName, Standing},
    problems::Problem,
    text::{Title, folded},
    visits::{Visit, input::VisitInput},
};
use std::str::FromStr;

/// The delegates of a visit, as who is on its list sees them: by delegation, each in its own order.
///
/// Others read the delegation in releases, and find nobody here.
///
/// # Errors
/// When there is no such visit for this reader, or the database refuses.
pub async fn list_delegates(context: &RequestContext, visit: VisitId) -> Outcome<Vec<DelegateView>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    let seen = seen(context, &mut connection, &visit).await?;
    deliver(context, connection, seen).await
}

pub(crate) async fn views(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<Vec<DelegateView>> {
    Ok(seen(context, connection, visit).await?.into_iter().map(|(_, view)| view).collect())
}

async fn seen(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<Vec<(Delivered, DelegateView)>> {
    let delegates = with_names(context, connection, visit.id).await?;
    let seen = delegates.iter().filter_map(|(who, of)| {
        let view = live_view(context, who, of, visit)?;
        Some((Delivered::delegate(who, &view), view))
    });
    let mut seen: Vec<_> = seen.collect();
    seen.sort_by(|(_, a), (_, b)| {
        (&a.delegation, a.delegation_id, a.position, a.id).cmp(&(&b.delegation, b.delegation_id, b.position, b.id))
    });
    Ok(seen)
}

fn live_view(context: &RequestContext, delegate: &Delegate, delegation: &str, visit: &Visit) -> Option<DelegateView> {
    let reader = context.reader();
    reader.is_on(visit.id).then(|| DelegateView::of(delegate, delegation, visit, reader)).flatten()
}

/// The delegates of a visit, whoever may read them, each with the name of the delegation.
pub(crate) async fn with_names(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
) -> Outcome<Vec<(Delegate, String)>> {
    let delegations = store::delegations(context, connection, visit).await?;
    let delegates = store::of_visit(context, connection, visit).await?;
    let name = |id: DelegationId| delegations.iter().find(|of| of.id == id).map(|of| of.name.to_string());
    let named = delegates.into_iter().map(|delegate| {
        let name = name(delegate.delegation).ok_or(Failure::Corrupt { what: "delegation" })?;
        Ok((delegate, name))
    });
    named.collect()
}

/// The delegations of a visit by name, for who is on its list: a summit has several.
///
/// # Errors
/// When there is no such visit for this reader, or the database refuses.
pub async fn list_delegations(context: &RequestContext, visit: VisitId) -> Outcome<Vec<Named<DelegationId>>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    if !context.reader().is_on(visit.id) {
        return Ok(Vec::new());
    }
    let delegations = store::delegations(context, &mut connection, visit.id).await?;
    Ok(delegations.into_iter().map(|of| Named { id: of.id, name: of.name.to_string() }).collect())
}

/// A delegate.
///
/// # Errors
/// When there is none for this reader, or the database refuses.
pub async fn read_delegate(context: &RequestContext, id: DelegateId) -> Outcome<DelegateView> {
    let mut connection = context.read().await?;
    let (delegate, _, view) = known(context, &mut connection, id).await?;
    deliver_one(context, connection, Delivered::delegate(&delegate, &view), view).await
}

async fn known(context: &RequestContext, connection: &mut impl Connection, id: DelegateId) -> Outcome<(Delegate, Visit, DelegateView)> {
    let delegate = store::one(context, connection, id).await?;
    let visit = visits::known_of(context, connection, delegate.as_ref().map(|delegate| delegate.visit)).await?;
    // Of one that may not be read no more is looked at than of one that is not there.
    let delegate = delegate.filter(|delegate| live_view(context, delegate, "", &visit).is_some()).ok_or(Failure::NotFound)?;
    let name = delegation_name(context, connection, &delegate).await?;
    let view = live_view(context, &delegate, &name, &visit).ok_or(Failure::NotFound)?;
    Ok((delegate, visit, view))
}

async fn delegation_name(context: &RequestContext, connection: &mut impl Connection, delegate: &Delegate) -> Outcome<String> {
    let delegations = store::delegations(context, connection, delegate.visit).await?;
    let own = delegations.into_iter().find(|of| of.id == delegate.delegation);
    own.map(|of| of.name.to_string()).ok_or(Failure::Corrupt { what: "delegation" })
}

/// Adds a delegate. The first makes the visit's delegation, named after its country or mission; a delegate who is not in the
/// directory is put there by name, unless the marking forbids it; a head of delegation becomes the visit's guest, if it has none.
///
/// # Errors
/// When the actor may not, something given is wrong, or the new guest is taken at the time of a line.
pub async fn add_delegate(context: &RequestContext, visit: VisitId, input: DelegateInput) -> Outcome<DelegateView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let named = named_person(context, &mut transaction, input.person_id.as_deref()).await?;
        let person_details = named.as_ref().map(|(_, details)| details);
        let draft = input.clone().into_new(person_details, &visit, programme::author(context))?;
        let id = context.new_id::<DelegateId>();
        let delegation = settled(context, &mut transaction, &permit, &visit, &input).await?;
        let others = views(context, &mut transaction, &visit).await?;
        check_others(&others, None, delegation.id, draft.role, named.as_ref().map(|(id, _)| *id))?;
        let mut digests = Vec::new();
        let mut entry = Entry::done(Intent::AddDelegate).thing(ThingKind::Delegate, id.uuid(), 1);
        let person = match named {
            Some((person, _)) => person,
            None => {
                let (person, digest) = put_in_directory(context, &mut transaction, &permit, &draft).await?;
                digests.push(digest);
                entry = entry.thing(ThingKind::Person, person.uuid(), 1);
                person
            }
        };
        let last = others.iter().filter(|other| other.delegation_id == delegation.id).map(|other| other.position).max();
        let position = draft.position.unwrap_or_else(|| last.unwrap_or(0).saturating_add(1));
        let delegate = Delegate {
            id,
            revision: 1,
            visit: visit.id,
            delegation: delegation.id,
            person,
            role: draft.role,
            position,
            details: draft.details,
        };
        digests.push(store::insert(context, &mut transaction, &permit, &delegate).await?);
        finish(context, transaction, Written { delegate, delegation, digests }, visit, entry).await
    })
    .await
}

/// Changes a delegate, if still as its author saw it.
///
/// # Errors
/// When the actor may not, the delegate changed meanwhile, something given is wrong, or the new guest is taken.
pub async fn change_delegate(context: &RequestContext, id: DelegateId, input: DelegateInput, seen: &Seen) -> Outcome<DelegateView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let (delegate, visit, view) = known(context, &mut transaction, id).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        if input.person_id.as_deref().is_some_and(|person| !person.trim().is_empty() && person.trim() != delegate.person.to_string()) {
            // Another person is another delegate.
            return Err(Failure::field("person_id", Problem::Unknown));
        }
        let DelegateDraft { role, position, details } = input.clone().onto(&delegate, programme::author(context))?;
        let moves =
            [&input.delegation_id, &input.delegation].iter().any(|given| given.as_deref().is_some_and(|text| !text.trim().is_empty()));
        let delegation = if moves {
            settled(context, &mut transaction, &permit, &visit, &input).await?
        } else {
            let all = store::delegations(context, &mut transaction, visit.id).await?;
            all.into_iter().find(|of| of.id == delegate.delegation).ok_or(Failure::Corrupt { what: "delegation" })?
        };
        let others = views(context, &mut transaction, &visit).await?;
        check_others(&others, Some(id), delegation.id, role, Some(delegate.person))?;
        let changed = Delegate {
            revision: delegate.revision + 1,
            delegation: delegation.id,
            role,
            position: position.unwrap_or(delegate.position),
            details,
            ..delegate
        };
        let digest = store::update(context, &mut transaction, &permit, &changed).await?;
        reasons::keep(context, &mut transaction, ThingKind::Delegate, id.uuid(), changed.revision, input.reason.as_deref()).await?;
        let entry = Entry::done(Intent::ChangeDelegate).thing(ThingKind::Delegate, id.uuid(), changed.revision);
        finish(context, transaction, Written { delegate: changed, delegation, digests: vec![digest] }, visit, entry).await
    })
    .await
}

/// Takes a delegate out of the delegation. The person stays in the directory, and the guest of the visit stays its guest.
///
/// # Errors
/// When the actor may not, or the delegate changed meanwhile.
pub async fn remove_delegate(context: &RequestContext, id: DelegateId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let (delegate, visit, view) = known(context, &mut transaction, id).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        let digest = store::remove(context, &mut transaction, &permit, &delegate).await?;
        let entry = Entry::done(Intent::RemoveDelegate).digest(digest).thing(ThingKind::Delegate, id.uuid(), delegate.revision + 1).thing(
            ThingKind::Visit,
            visit.id.uuid(),
            visit.revision,
        );
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// What was written of a delegate, before the visit is looked at.
struct Written {
    delegate: Delegate,
    delegation: Delegation,
    digests: Vec<Digest>,
}

async fn finish(
    context: &RequestContext,
    mut transaction: WriteTransaction,
    written: Written,
    mut visit: Visit,
    entry: Entry,
) -> Outcome<DelegateView> {
    let Written { delegate, delegation, mut digests } = written;
    if delegate.role == DelegateRole::Head
        && let Some((changed, digest)) = received(context, &mut transaction, &visit, delegate.person).await?
    {
        visit = changed;
        digests.push(digest);
    }
    let view = live_view(context, &delegate, delegation.name.as_str(), &visit).ok_or(Failure::NotFound)?;
    let entry = entry.digests(&digests).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(view)
}

/// A delegation has one head, and a person is in it once; as far as the author sees it.
fn check_others(
    others: &[DelegateView],
    own: Option<DelegateId>,
    delegation: DelegationId,
    role: DelegateRole,
    person: Option<PersonId>,
) -> Outcome<()> {
    let others = || others.iter().filter(|other| other.delegation_id == delegation && Some(other.id) != own);
    if role == DelegateRole::Head && others().any(|other| other.role == DelegateRole::Head) {
        return Err(Failure::field("role", Problem::AlreadyTaken));
    }
    if others().any(|other| Some(other.person_id) == person) {
        return Err(Failure::field("person_id", Problem::AlreadyTaken));
    }
    Ok(())
}

/// The person of the directory that was named.
async fn named_person(
    context: &RequestContext,
    connection: &mut impl Connection,
    given: Option<&str>,
) -> Outcome<Option<(PersonId, PersonDetails)>> {
    let Some(text) = given.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let unknown = || Failure::field("person_id", Problem::Unknown);
    let id = PersonId::from_str(text).map_err(|_| unknown())?;
    let person = people::find(context, connection, id).await?.ok_or_else(unknown)?;
    Ok(Some((id, person.details)))
}

/// Puts a delegate in the directory by name alone: what else is known of a delegate bears the delegation's marking, which
/// the directory has not.
async fn put_in_directory(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    permit: &Permit<EditProgramme>,
    draft: &DelegateDraft,
) -> Outcome<(PersonId, Digest)> {
    let name = draft.name_for_directory();
    let details = PersonDetails {
        name: PersonName { given: None, family: name, order: NameOrder::default(), own_script: None, pronunciation: None },
        address: None,
        rank: None,
        rank_own: None,
        standing: if draft.role == DelegateRole::Head { Standing::VisitingPrincipal } else { Standing::Guest },
        mission: None,
        country: None,
        languages: Vec::new(),
        diet: None,
    };
    let id = context.new_id();
    let digest = people::insert(context, transaction, permit, id, &details).await?;
    Ok((id, digest))
}

/// The delegation that was named, found or made.
async fn settled(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    permit: &Permit<EditProgramme>,
    visit: &Visit,
    input: &DelegateInput,
) -> Outcome<Delegation> {
    let there = store::delegations(context, transaction, visit.id).await?;
    if let Some(text) = input.delegation_id.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let id = DelegationId::from_str(text).ok();
        let named = there.into_iter().find(|of| Some(of.id) == id);
        return named.ok_or_else(|| Failure::field("delegation_id", Problem::Unknown));
    }
    let name = match input.delegation.as_deref() {
        None => None,
        Some(text) => Title::parse_optional(text).map_err(|problem| Failure::field("delegation", problem))?,
    };
    let found = match &name {
        Some(name) => there.into_iter().find(|of| folded(of.name.as_str()) == folded(name.as_str())),
        None => there.into_iter().next(),
    };
    if let Some(found) = found {
        return Ok(found);
    }
    let mission = mission_of(context, transaction, visit, input.mission_id.as_deref()).await?;
    let name = match (name, &mission) {
        (Some(name), _) => name,
        (None, Some((_, country))) => country.clone(),
        (None, None) => {
            let country = visit.details.parties_for_rules().country.as_ref().and_then(|country| Title::parse(country.as_str()).ok());
            country.ok_or_else(|| Failure::field("delegation", Problem::Missing))?
        }
    };
    let delegation = Delegation { id: context.new_id(), visit: visit.id, name, mission: mission.map(|(id, _)| id) };
    store::insert_delegation(context, transaction, permit, &delegation).await?;
    Ok(delegation)
}

/// The mission of a new delegation with its country's name: the one given, or the one attached to the visit if there is one alone.
async fn mission_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: &Visit,
    given: Option<&str>,
) -> Outcome<Option<(MissionId, Title)>> {
    let unknown = || Failure::field("mission_id", Problem::Unknown);
    let id = match (given.map(str::trim).filter(|text| !text.is_empty()), visit.details.missions.as_slice()) {
        // A delegation is released to its mission: only one that is attached to the visit can have it.
        (Some(text), attached) => {
            let id = MissionId::from_str(text).map_err(|_| unknown())?;
            if !attached.contains(&id) {
                return Err(unknown());
            }
            id
        }
        (None, [only]) => *only,
        (None, _) => return Ok(None),
    };
    let mission = missions::find(context, connection, id).await?.ok_or_else(unknown)?;
    Ok(Some((id, mission.details.country_name)))
}

/// A head of delegation is the guest of a visit that has one principal and no guest yet, and takes part in its lines from then
/// on. None if the visit stays as it is.
async fn received(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: &Visit,
    person: PersonId,
) -> Outcome<Option<(Visit, Digest)>> {
    let parties = visit.details.parties.clone().at_least(visit.details.existence);
    let is_open = parties.reveal_for(context.reader()).is_some_and(|parties| parties.guest.is_none());
    if !is_open || !visit.details.category.has_one_principal() {
        return Ok(None);
    }
    let permit = authorise::<EditVisit>(context, visits::facts(context, visit))?;
    let input = VisitInput { guest_id: Some(person.to_string()), ..VisitInput::default() };
    let details = input.onto(visit, Some(context.reader()), &visits::defaults(context), context.zones())?;
    let (revision, digest) = visits::store::update(context, transaction, &permit, visit, &details).await?;
    let changed = Visit { id: visit.id, revision, details };
    programme::retake(context, transaction, &changed).await?;
    Ok(Some((changed, digest)))
}
