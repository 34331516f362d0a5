//! Programmes: lines added, changed, moved and removed, each checked against all that is taken.

mod actual;
mod beside;
pub mod changes;
pub mod export;
pub mod glimpse;
pub(crate) mod hours;
pub mod import;
pub(crate) mod moving;
pub mod print;
pub(crate) mod renewed;
pub mod rest;
pub mod rows;
pub mod shift;
mod speech;
pub mod standing;
pub(crate) mod store;
pub(crate) mod taking;
mod together;
pub mod undo;

pub use actual::record_actual;
pub(crate) use taking::{Prepared, Standing, claim, prepare, retake};

use crate::{
    audit::{
        self, Entry,
        chain::Digest,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Checked, GivenBack, Overriding},
    error::{Failure, Outcome},
    permits::{EditProgramme, Permit, ReadRooms, authorise},
    reasons,
    rooms::approvals,
    version::{ETag, Seen},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    clash::{Clash, Engagement, Plan, Source},
    ids::{ItemId, VisitId},
    marking::{Channel, view::ItemView},
    permission::{Action, role_allows},
    programme::{
        ItemDetails, ItemState, ProgrammeItem,
        input::{Author, ItemInput},
        undo::ChangeKind,
    },
    visits::Visit,
};
use together::LineWritten;

/// A line that was saved, as its author sees it, with what is still said of it.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The line.
    pub view: ItemView,
    /// Warnings and notes that stand; none of them refused the save.
    pub warnings: Vec<Clash>,
}

/// The author of a change, as far as the domain asks.
pub(crate) fn author(context: &RequestContext) -> Author<'_> {
    Author {
        reader: Some(context.reader()),
        originator: context.actor().account(),
        ceiling: context.reader().ceiling(),
        may_lower: context.actor().roles().iter().any(|role| role_allows(*role, Action::LowerMarking)),
    }
}

/// The live lines of a visit, as the reader sees them: for who is on its list, and for who is named on a line, that line.
///
/// # Errors
/// When there is no such visit for this reader, or the database refuses.
pub async fn list_items(context: &RequestContext, visit: VisitId) -> Outcome<Vec<ItemView>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let items = store::of_visit(context, &mut connection, visit.id).await?;
    let seen = items.iter().filter_map(|item| {
        let view = live_view(context, item, &visit, &directory)?;
        Some((Delivered::item(item, &view), view))
    });
    deliver(context, connection, seen.collect()).await
}

/// A line as this reader sees the live draft: the whole visit's to who is on its list, and one's own lines to who is named.
pub(crate) fn live_view(context: &RequestContext, item: &ProgrammeItem, visit: &Visit, directory: &OfficeDirectory) -> Option<ItemView> {
    live_view_by(Channel::Page, context, item, visit, directory)
}

/// The same as it leaves by a channel.
pub(crate) fn live_view_by(
    channel: Channel,
    context: &RequestContext,
    item: &ProgrammeItem,
    visit: &Visit,
    directory: &OfficeDirectory,
) -> Option<ItemView> {
    let reader = &context.reader().clone().by(channel.ceiling());
    if !reader.is_on(visit.id) && !reader.is_named_on(item.id) {
        return None;
    }
    ItemView::of(item, visit, reader, directory, context.zones())
}

/// Live lines of a visit as they leave by a channel: above its ceiling as stand-ins, or not at all.
pub(crate) async fn live_lines(
    context: &RequestContext,
    connection: &mut impl Connection,
    items: &[ProgrammeItem],
    visit: &Visit,
    channel: Channel,
) -> Outcome<Vec<ItemView>> {
    let directory = OfficeDirectory::load(context, connection).await?;
    let reader = context.reader().clone().by(channel.ceiling());
    Ok(items.iter().filter_map(|item| ItemView::of(item, visit, &reader, &directory, context.zones())).collect())
}

/// What of these lines is in these views.
fn delivered_lines(items: &[ProgrammeItem], views: &[ItemView]) -> Vec<Delivered> {
    let of = |view: &ItemView| items.iter().find(|item| item.id == view.id).map(|item| Delivered::item(item, view));
    views.iter().filter_map(of).collect()
}

/// One live line.
///
/// # Errors
/// When there is no such line for this reader, or the database refuses.
pub async fn read_item(context: &RequestContext, id: ItemId) -> Outcome<ItemView> {
    let mut connection = context.read().await?;
    let (item, visit) = known(context, &mut connection, id).await?;
    let directory = OfficeDirectory::of_line(context, &mut connection, &item).await?;
    let view = live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
    deliver_one(context, connection, Delivered::item(&item, &view), view).await
}

/// What the live lines of a visit that the reader sees are called.
pub(crate) async fn titles_seen(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<Vec<String>> {
    let directory = OfficeDirectory::load(context, connection).await?;
    let items = store::of_visit(context, connection, visit.id).await?;
    let views = items.iter().filter_map(|item| live_view(context, item, visit, &directory));
    Ok(views.filter(|view| !view.is_stand_in).filter_map(|view| view.title).collect())
}

/// Writes a new line that is only wished: it takes nothing, and so is checked against nothing.
pub(crate) async fn insert_wished(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    permit: &Permit<EditProgramme>,
    visit: &Visit,
    item: &ProgrammeItem,
) -> Outcome<Digest> {
    let engaged = item.details.people_for_rules().chain(taking::guest_of(visit, &item.details)).collect();
    store::insert(context, transaction, permit, item, &engaged).await
}

/// A line of the live draft as a reader sees it; none if there is none for that reader.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn seen_by(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: ItemId,
    channel: Channel,
) -> Outcome<Option<ItemView>> {
    let item = store::one(context, connection, id).await?;
    let of = item.as_ref().map_or(VisitId(uuid::Uuid::nil()), |item| item.visit);
    let both = item.zip(visits::store::one(context, connection, of).await?);
    let is_seen =
        |(item, visit): &(ProgrammeItem, Visit)| live_view_by(channel, context, item, visit, &OfficeDirectory::default()).is_some();
    // Of one that may not be read no more is looked at than of one that is not there.
    let Some((item, visit)) = both.filter(is_seen) else { return Ok(None) };
    let directory = OfficeDirectory::of_line(context, connection, &item).await?;
    Ok(live_view_by(channel, context, &item, &visit, &directory))
}

async fn known(context: &RequestContext, connection: &mut impl Connection, id: ItemId) -> Outcome<(ProgrammeItem, Visit)> {
    let item = store::one(context, connection, id).await?;
    let visit = visits::known_of(context, connection, item.as_ref().map(|item| item.visit)).await?;
    // Of one that may not be read no more is looked at than of one that is not there.
    let item = item.filter(|item| live_view(context, item, &visit, &OfficeDirectory::default()).is_some());
    Ok((item.ok_or(Failure::NotFound)?, visit))
}

/// A line that its reader may change, as they last saw it.
struct ToChange {
    item: ProgrammeItem,
    visit: Visit,
    view: ItemView,
    directory: OfficeDirectory,
    permit: Permit<EditProgramme>,
}

/// Finds a line that is to be changed.
///
/// # Errors
/// When there is no such line for this reader, the actor may not change it, or it changed since it was seen.
async fn to_change(context: &RequestContext, transaction: &mut WriteTransaction, id: ItemId, seen: &Seen) -> Outcome<ToChange> {
    let (item, visit) = known(context, transaction, id).await?;
    let directory = OfficeDirectory::of_line(context, transaction, &item).await?;
    let view = live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
    let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    seen.check(&ETag::of(&view)?)?;
    Ok(ToChange { item, visit, view, directory, permit })
}

/// Adds a line.
///
/// # Errors
/// When the actor may not, something given is wrong, or something it needs is taken.
pub async fn add_programme_item(context: &RequestContext, visit: VisitId, input: ItemInput) -> Outcome<Saved> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let id = context.new_id::<ItemId>();
        let overriding = Overriding { reason: input.reason.as_deref(), ..Overriding::default() };
        let details = input.clone().into_new(id, &visit, author(context), context.zones())?;
        let item = ProgrammeItem { id, revision: 1, visit: visit.id, details };
        let prepared = prepare(context, &mut transaction, &visit, &item, Standing::Saved).await?;
        let checked = prepared.check(context, &mut transaction, &overriding).await?;
        let digest = store::insert(context, &mut transaction, &permit, &item, &prepared.people).await?;
        reasons::keep(context, &mut transaction, ThingKind::Item, id.uuid(), 1, input.reason.as_deref()).await?;
        prepared.take(context, &mut transaction, &visit, &checked).await?;
        changes::keep(context, &mut transaction, visit.id, ChangeKind::Added, &[LineWritten { item: id, before: None, after: 1 }]).await?;
        let entry = Entry::done(Intent::AddItem).digest(digest).thing(ThingKind::Item, id.uuid(), 1).thing(
            ThingKind::Visit,
            visit.id.uuid(),
            visit.revision,
        );
        audit::record(context, &mut transaction, entry).await?;
        finish(context, transaction, item, &visit, checked).await
    })
    .await
}

/// Changes a line, if it is still as its author saw it.
///
/// # Errors
/// When the actor may not, the line changed meanwhile, something given is wrong, or something it needs is taken.
pub async fn change_programme_item(context: &RequestContext, id: ItemId, input: ItemInput, seen: &Seen) -> Outcome<Saved> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { item, visit, permit, .. } = to_change(context, &mut transaction, id, seen).await?;
        let details = input.clone().onto(&item, &visit, author(context), context.zones())?;
        let changed = ProgrammeItem { details, ..item.clone() };
        let before = taking::give_back(context, &mut transaction, &visit, &item).await?;
        let before = if asks_the_same(&item.details, &changed.details) { before } else { engagements::asked_anew(before) };
        let prepared = prepare(context, &mut transaction, &visit, &changed, Standing::Saved).await?;
        let prepared = prepared.going_on(context, &mut transaction, &visit, &before).await?;
        let given_back = GivenBack::of_one(Source::Item(id), before);
        let overriding = Overriding { reason: input.reason.as_deref(), given_back: &given_back };
        let mut entry = Entry::done(Intent::ChangeItem);
        if let Some(given) = confirmed_in(&item, &changed, &prepared, overriding.before(Source::Item(id))) {
            entry = approvals::confirmed(context, &mut transaction, given, |other| prepared.meets(other), entry).await?;
        }
        let checked = prepared.check(context, &mut transaction, &overriding).await?;
        let (revision, digest) = store::update(context, &mut transaction, &permit, &item, &changed.details, &prepared.people).await?;
        reasons::keep(context, &mut transaction, ThingKind::Item, id.uuid(), revision, input.reason.as_deref()).await?;
        prepared.take(context, &mut transaction, &visit, &checked).await?;
        let written = [LineWritten { item: id, before: Some(item.revision), after: revision }];
        changes::keep(context, &mut transaction, visit.id, ChangeKind::Changed, &written).await?;
        let entry =
            entry.digest(digest).thing(ThingKind::Item, id.uuid(), revision).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        audit::record(context, &mut transaction, entry).await?;
        finish(context, transaction, ProgrammeItem { revision, ..changed }, &visit, checked).await
    })
    .await
}

/// The use of its room that a held line becomes by being confirmed where it is; none of any other change.
fn confirmed_in<'a>(
    had: &ProgrammeItem,
    changed: &ProgrammeItem,
    prepared: &'a Prepared,
    before: &[engagements::TakenBefore],
) -> Option<&'a Engagement> {
    let is_confirmed = had.details.state == ItemState::Held && changed.details.state == ItemState::Firm;
    prepared.in_room().filter(|given| is_confirmed && given.is_exclusive() && engagements::held_before(before, given))
}

/// Whether a line has its room made ready as before.
fn asks_the_same(before: &ItemDetails, after: &ItemDetails) -> bool {
    let both = before.room_for_rules().zip(after.room_for_rules());
    both.is_some_and(|((had, was), (room, needs))| had == room && needs.is_made_ready_as(&was))
}

/// Takes a line out of its programme and gives back what it held.
///
/// # Errors
/// When the actor may not, or the line changed meanwhile.
pub async fn remove_programme_item(context: &RequestContext, id: ItemId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { item, visit, permit, .. } = to_change(context, &mut transaction, id, seen).await?;
        taking::give_back(context, &mut transaction, &visit, &item).await?;
        approvals::forget(context, &mut transaction, Source::Item(id)).await?;
        let digest = store::remove(context, &mut transaction, &permit, &item).await?;
        let written = [LineWritten { item: id, before: Some(item.revision), after: item.revision + 1 }];
        changes::keep(context, &mut transaction, visit.id, ChangeKind::Removed, &written).await?;
        let entry = Entry::done(Intent::RemoveItem).digest(digest).thing(ThingKind::Item, id.uuid(), item.revision + 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Checks a line without saving it; with `replaces`, as a change of that line. For accounts of the office alone: missions learn
/// nothing of when something is free.
///
/// # Errors
/// When the actor may not, or something given is wrong. What clashes is no error here.
pub async fn check_programme_item(
    context: &RequestContext,
    visit: VisitId,
    input: ItemInput,
    replaces: Option<ItemId>,
) -> Outcome<crate::error::ClashRefusal> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let id = replaces.unwrap_or_else(|| context.new_id());
    let mut had = None;
    let details = match replaces {
        None => input.into_new(id, &visit, author(context), context.zones())?,
        Some(id) => {
            let item = store::one(context, &mut connection, id).await?.filter(|item| item.visit == visit.id).ok_or(Failure::NotFound)?;
            let directory = OfficeDirectory::of_line(context, &mut connection, &item).await?;
            live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
            let details = input.onto(&item, &visit, author(context), context.zones())?;
            let taken = engagements::store::taken_by(context, &mut connection, Source::Item(id)).await?;
            let taken = if asks_the_same(&item.details, &details) { taken } else { engagements::asked_anew(taken) };
            had = Some((item, taken));
            details
        }
    };
    let item = ProgrammeItem { id, revision: 1, visit: visit.id, details };
    let mut prepared = prepare(context, &mut connection, &visit, &item, Standing::Saved).await?;
    let mut makes_way = Vec::new();
    if let Some((had, taken)) = &had {
        prepared = prepared.going_on(context, &mut connection, &visit, taken).await?;
        if let Some(given) = confirmed_in(had, &item, &prepared, taken) {
            makes_way = approvals::make_way_for(context, &mut connection, given, |other| prepared.meets(other)).await?;
        }
    }
    let find = |plan: &Plan| {
        let mut clashes = prepared.clashes(context, plan);
        clashes.retain(|clash| !makes_way.iter().any(|lost| clash.resource == Some(lost.resource) && clash.involves(lost.source)));
        clashes
    };
    engagements::preview(context, &mut connection, &prepared.intended(), find).await
}

async fn finish(
    context: &RequestContext,
    mut transaction: WriteTransaction,
    item: ProgrammeItem,
    visit: &Visit,
    checked: Checked,
) -> Outcome<Saved> {
    let directory = OfficeDirectory::of_line(context, &mut transaction, &item).await?;
    transaction.commit().await?;
    let view = live_view(context, &item, visit, &directory).ok_or(Failure::NotFound)?;
    Ok(Saved { view, warnings: checked.warnings })
}

/// The markings that a visit's lines have today, by which frozen parts are judged again.
pub(crate) fn markings_now(items: &[ProgrammeItem], visit: &Visit) -> domain::releases::MarkingsNow {
    items.iter().map(|item| (item.id, domain::releases::LineNow::of(item, visit))).collect()
}
