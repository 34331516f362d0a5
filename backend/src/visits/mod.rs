//! Visits: made, changed, and shown to who may know of them.

pub(crate) mod heading;
pub mod rows;
pub(crate) mod store;

use crate::{
    accounts::grants,
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::Connection,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    missions, people,
    permits::{CreateVisit, EditProgramme, EditVisit, ManageAccessList, ReadVisits, authorise},
    programme, reasons,
    templates::{self, There},
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, VisitId},
    marking::{Reader, ReaderKind, view::VisitView},
    permission::{Action, Facts, role_allows},
    problems::{Problem, Problems},
    visits::{
        Visit, VisitDetails,
        input::{VisitDefaults, VisitInput},
    },
};

/// Whether a reader may know that there is such a visit.
pub(crate) fn is_known(reader: &Reader, visit: &Visit) -> bool {
    match reader.kind() {
        ReaderKind::Public | ReaderKind::Door => false,
        ReaderKind::Office { .. } => reader.may_read(visit.details.existence, &VisitDetails::scope(visit.id), &Default::default()),
        // A mission knows of the visits it is attached to by what was released to it, which its own pages ask for.
        ReaderKind::Mission { .. } => false,
    }
}

/// A visit, if the reader may know of it; otherwise as if there were none.
pub(crate) async fn known(context: &RequestContext, connection: &mut impl Connection, id: VisitId) -> Outcome<Visit> {
    let visit = store::one(context, connection, id).await?.ok_or(Failure::NotFound)?;
    if is_known(context.reader(), &visit) { Ok(visit) } else { Err(Failure::NotFound) }
}

/// The visit of a thing, if the reader may know of it; otherwise, and where there is no such thing, as if there were none. The same
/// statements run: how long it takes tells nobody which of the two it is.
pub(crate) async fn known_of(context: &RequestContext, connection: &mut impl Connection, id: Option<VisitId>) -> Outcome<Visit> {
    known(context, connection, id.unwrap_or(VisitId(uuid::Uuid::nil()))).await
}

/// What permission asks of a visit.
pub(crate) fn facts(context: &RequestContext, visit: &Visit) -> Facts {
    Facts::visit(is_known(context.reader(), visit), context.reader().is_on(visit.id))
}

/// What a visit of this author starts from.
pub(crate) fn defaults(context: &RequestContext) -> VisitDefaults {
    let office = &context.office().details;
    VisitDefaults {
        zone: office.zone.clone(),
        place: office.place.clone(),
        made_by: context.actor().account(),
        ceiling: context.reader().ceiling(),
        may_lower: context.actor().roles().iter().any(|role| role_allows(*role, Action::LowerMarking)),
    }
}

/// The visits a reader may know of, by their first day as the reader sees it.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_visits(context: &RequestContext) -> Outcome<Vec<VisitView>> {
    authorise::<ReadVisits>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let visits = store::all(context, &mut connection).await?;
    let seen = visits.iter().filter_map(|visit| {
        let view = VisitView::of(visit, context.reader(), &directory)?;
        Some((Delivered::visit(visit, &view), view))
    });
    let mut views = deliver(context, connection, seen.collect()).await?;
    // The order is made from the view: hidden dates order nothing.
    views.sort_by_key(|view| (view.starts_on.is_none(), view.starts_on, view.id));
    Ok(views)
}

/// A visit.
///
/// # Errors
/// When there is none for this reader, or the database refuses.
pub async fn read_visit(context: &RequestContext, id: VisitId) -> Outcome<VisitView> {
    authorise::<ReadVisits>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let visit = known(context, &mut connection, id).await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let view = VisitView::of(&visit, context.reader(), &directory).ok_or(Failure::NotFound)?;
    deliver_one(context, connection, Delivered::visit(&visit, &view), view).await
}

/// What it names anew exists. Whom it named before may have been erased since, and is nobody now.
async fn check_names(
    context: &RequestContext,
    connection: &mut impl Connection,
    details: &VisitDetails,
    had: Option<&VisitDetails>,
) -> Outcome<()> {
    let mut problems = Problems::new();
    let (parties, had) = (details.parties_for_rules(), had.map(VisitDetails::parties_for_rules));
    let had = (had.and_then(|had| had.guest), had.and_then(|had| had.host));
    for (field, person, had) in [("guest_id", parties.guest, had.0), ("host_id", parties.host, had.1)] {
        if let Some(person) = person.filter(|person| Some(*person) != had)
            && !people::exists(context, connection, person).await?
        {
            problems.add(field, Problem::Unknown);
        }
    }
    for mission in &details.missions {
        if missions::find(context, connection, *mission).await?.is_none() {
            problems.add("mission_ids", Problem::Unknown);
        }
    }
    problems.finish(Some(())).map_err(Failure::from)
}

/// Makes a visit, with what its category's template brings where that is asked for. Its access list starts with its maker, the chiefs of protocol and the security leads, as entries that
/// can be seen and removed.
///
/// # Errors
/// When the actor may not, or something given is wrong.
pub async fn create_visit(context: &RequestContext, input: VisitInput) -> Outcome<VisitView> {
    let permit = authorise::<CreateVisit>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let id = context.new_id::<VisitId>();
        let details = input.clone().into_new(id, &defaults(context), context.zones())?;
        check_names(context, &mut transaction, &details, None).await?;
        let visit = Visit { id, revision: 1, details };
        let digest = store::insert(context, &mut transaction, &permit, &visit).await?;
        let mut first = grants::leads(context, &mut transaction).await?;
        first.extend(context.actor().account());
        for account in first {
            grants::put_on_list(context, &mut transaction, account, id, None).await?;
        }
        for mission in &visit.details.missions {
            grants::attach(context, &mut transaction, *mission, id).await?;
        }
        let mut entry = Entry::done(Intent::MakeVisit).thing(ThingKind::Visit, id.uuid(), 1);
        entry = if input.from_template == Some(true) {
            // The maker has just been put on its list.
            let permit = authorise::<EditProgramme>(context, Facts::visit(true, true))?;
            let written = templates::put_on(context, &mut transaction, &permit, &visit, There::default()).await?;
            written.told_in(entry).digests(&[&[digest], written.digests.as_slice()].concat())
        } else {
            entry.digest(digest)
        };
        audit::record(context, &mut transaction, entry).await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        transaction.commit().await?;
        // The maker is on the list from now on.
        let reader = context.reader().on(id);
        VisitView::of(&visit, &reader, &directory).ok_or(Failure::NotFound)
    })
    .await
}

/// Changes a visit, if it is still as its author saw it. A visit that no longer holds things frees what its
/// lines held; one that holds them again takes them again.
///
/// # Errors
/// When the actor may not, the visit changed meanwhile, something given is wrong, or what its lines take again is taken.
pub async fn change_visit(context: &RequestContext, id: VisitId, input: VisitInput, seen: &Seen) -> Outcome<VisitView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = known(context, &mut transaction, id).await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        let view = VisitView::of(&visit, context.reader(), &directory).ok_or(Failure::NotFound)?;
        let permit = authorise::<EditVisit>(context, facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        let details = input.clone().onto(&visit, Some(context.reader()), &defaults(context), context.zones())?;
        check_names(context, &mut transaction, &details, Some(&visit.details)).await?;
        let (revision, digest) = store::update(context, &mut transaction, &permit, &visit, &details).await?;
        reasons::keep(context, &mut transaction, ThingKind::Visit, id.uuid(), revision, input.reason.as_deref()).await?;
        for mission in details.missions.iter().filter(|mission| !visit.details.missions.contains(mission)) {
            grants::attach(context, &mut transaction, *mission, id).await?;
        }
        for mission in visit.details.missions.iter().filter(|mission| !details.missions.contains(mission)) {
            grants::detach(context, &mut transaction, *mission, id).await?;
        }
        let changed = Visit { id, revision, details };
        if takes(&changed) != takes(&visit) {
            programme::retake(context, &mut transaction, &changed).await?;
        }
        audit::record(
            context,
            &mut transaction,
            Entry::done(Intent::ChangeVisit).digest(digest).thing(ThingKind::Visit, id.uuid(), revision),
        )
        .await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        transaction.commit().await?;
        VisitView::of(&changed, context.reader(), &directory).ok_or(Failure::NotFound)
    })
    .await
}

/// What of a visit says what its lines take and who may know of it.
fn takes(visit: &Visit) -> impl PartialEq + use<> {
    let details = &visit.details;
    let guest = details.guest_for_rules().filter(|_| details.category.has_one_principal());
    (details.state.holds_things(), guest, details.parties.marking(), details.existence)
}

/// Somebody on a visit's access list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// Who.
    pub account: AccountId,
    /// Name.
    pub name: String,
}

/// Who is on a visit's access list, shown to who is on it.
///
/// # Errors
/// When there is no such visit for this reader, or the reader is not on its list.
pub async fn read_access_list(context: &RequestContext, id: VisitId) -> Outcome<Vec<ListEntry>> {
    let mut connection = context.read().await?;
    let visit = known(context, &mut connection, id).await?;
    if !context.reader().is_on(visit.id) {
        return Err(Failure::Forbidden);
    }
    grants::list_of(context, &mut connection, id).await
}

/// The accounts that could be put on a visit's access list.
///
/// # Errors
/// When the actor may not change it.
pub async fn accounts_not_listed(context: &RequestContext, id: VisitId) -> Outcome<Vec<ListEntry>> {
    let mut connection = context.read().await?;
    let visit = known(context, &mut connection, id).await?;
    authorise::<ManageAccessList>(context, facts(context, &visit))?;
    let listed = grants::list_of(context, &mut connection, id).await?;
    let all = grants::office_accounts(context, &mut connection).await?;
    Ok(all.into_iter().filter(|entry| !listed.contains(entry)).collect())
}

/// Puts an account on a visit's access list.
///
/// # Errors
/// When the actor may not, there is no such account, or no reason is given.
pub async fn grant_access(context: &RequestContext, id: VisitId, account: AccountId, reason: &str) -> Outcome<()> {
    let mut transaction = context.write().await?;
    let visit = known(context, &mut transaction, id).await?;
    authorise::<ManageAccessList>(context, facts(context, &visit))?;
    if reason.trim().is_empty() {
        return Err(Failure::field("reason", Problem::ReasonNeeded));
    }
    if !grants::is_office_account(context, &mut transaction, account).await? {
        return Err(Failure::field("account_id", Problem::Unknown));
    }
    grants::put_on_list(context, &mut transaction, account, id, Some(reason)).await?;
    let entry =
        Entry::done(Intent::GrantAccess).thing(ThingKind::Visit, id.uuid(), visit.revision).thing(ThingKind::Account, account.uuid(), 0);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes an account off a visit's access list. It holds from the next answer on.
///
/// # Errors
/// When the actor may not.
pub async fn revoke_access(context: &RequestContext, id: VisitId, account: AccountId) -> Outcome<()> {
    let mut transaction = context.write().await?;
    let visit = known(context, &mut transaction, id).await?;
    authorise::<ManageAccessList>(context, facts(context, &visit))?;
    grants::take_off_list(context, &mut transaction, account, id).await?;
    let entry =
        Entry::done(Intent::RevokeAccess).thing(ThingKind::Visit, id.uuid(), visit.revision).thing(ThingKind::Account, account.uuid(), 0);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(())
}
