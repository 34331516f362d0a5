//! Programmes: lines added, changed, moved and removed, each checked against all that is taken.

pub mod export;
pub mod import;
pub mod print;
pub mod rows;
pub mod standing;
pub(crate) mod store;

use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Checked, Surroundings, meet},
    error::{Failure, Outcome},
    people,
    permits::{EditProgramme, ReadRooms, authorise},
    rooms,
    version::{ETag, Seen},
    visits,
};
use chrono::{NaiveTime, TimeDelta};
use domain::{
    audit::{Intent, ThingKind},
    clash::{Candidate, Claim, Clash, Engagement, Frame, Line, LinePart, Occupation, Plan, Source, clashes_of},
    ids::{ItemId, PersonId, ResourceId, VisitId},
    marking::{Channel, view::ItemView},
    permission::{Action, role_allows},
    programme::{
        ItemDetails, ItemKind, ItemState, ProgrammeItem,
        input::{Author, ItemInput},
    },
    rooms::Room,
    time::{Resolution, Span, WallTime, ZoneName, ZoneRules},
    visits::Visit,
};
use std::collections::BTreeSet;

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
    let reader = context.reader();
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
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let (item, visit) = known(context, &mut connection, id).await?;
    let view = live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
    deliver_one(context, connection, Delivered::item(&item, &view), view).await
}

async fn known(context: &RequestContext, connection: &mut impl Connection, id: ItemId) -> Outcome<(ProgrammeItem, Visit)> {
    let item = store::one(context, connection, id).await?.ok_or(Failure::NotFound)?;
    let visit = visits::known(context, connection, item.visit).await?;
    Ok((item, visit))
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
        let reason = input.reason.clone();
        let details = input.clone().into_new(id, &visit, author(context), context.zones())?;
        let item = ProgrammeItem { id, revision: 1, visit: visit.id, details };
        let prepared = prepare(context, &mut transaction, &visit, &item).await?;
        let checked = prepared.check(context, &mut transaction, reason.as_deref()).await?;
        let digest = store::insert(context, &mut transaction, &permit, &item, &prepared.people).await?;
        prepared.take(context, &mut transaction, &visit, &checked).await?;
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
        let (item, visit) = known(context, &mut transaction, id).await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        let view = live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        let reason = input.reason.clone();
        let details = input.clone().onto(&item, &visit, author(context), context.zones())?;
        let changed = ProgrammeItem { details, ..item.clone() };
        engagements::release(context, &mut transaction, Source::Item(id)).await?;
        let prepared = prepare(context, &mut transaction, &visit, &changed).await?;
        let checked = prepared.check(context, &mut transaction, reason.as_deref()).await?;
        let (revision, digest) = store::update(context, &mut transaction, &permit, &item, &changed.details, &prepared.people).await?;
        prepared.take(context, &mut transaction, &visit, &checked).await?;
        let entry = Entry::done(Intent::ChangeItem).digest(digest).thing(ThingKind::Item, id.uuid(), revision).thing(
            ThingKind::Visit,
            visit.id.uuid(),
            visit.revision,
        );
        audit::record(context, &mut transaction, entry).await?;
        finish(context, transaction, ProgrammeItem { revision, ..changed }, &visit, checked).await
    })
    .await
}

/// Takes a line out of its programme and gives back what it held.
///
/// # Errors
/// When the actor may not, or the line changed meanwhile.
pub async fn remove_programme_item(context: &RequestContext, id: ItemId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let (item, visit) = known(context, &mut transaction, id).await?;
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        let view = live_view(context, &item, &visit, &directory).ok_or(Failure::NotFound)?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        engagements::release(context, &mut transaction, Source::Item(id)).await?;
        let digest = store::remove(context, &mut transaction, &permit, &item).await?;
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
    let details = match replaces {
        None => input.into_new(id, &visit, author(context), context.zones())?,
        Some(id) => {
            let item = store::one(context, &mut connection, id).await?.filter(|item| item.visit == visit.id).ok_or(Failure::NotFound)?;
            input.onto(&item, &visit, author(context), context.zones())?
        }
    };
    let item = ProgrammeItem { id, revision: 1, visit: visit.id, details };
    let prepared = prepare(context, &mut connection, &visit, &item).await?;
    let find = |plan: &Plan| prepared.clashes(plan);
    engagements::preview(context, &mut connection, &prepared.candidate, &prepared.surroundings, prepared.layout(), find).await
}

async fn finish(
    context: &RequestContext,
    mut transaction: WriteTransaction,
    item: ProgrammeItem,
    visit: &Visit,
    checked: Checked,
) -> Outcome<Saved> {
    let directory = OfficeDirectory::load(context, &mut transaction).await?;
    transaction.commit().await?;
    let view = live_view(context, &item, visit, &directory).ok_or(Failure::NotFound)?;
    Ok(Saved { view, warnings: checked.warnings })
}

/// A line with all it takes, ready to be checked.
pub(crate) struct Prepared {
    item: ProgrammeItem,
    candidate: Candidate,
    surroundings: Surroundings,
    room: Option<Room>,
    /// The people it engages, named or not.
    pub(crate) people: BTreeSet<PersonId>,
    /// Other uses of the same room by the same visit whose margins shrink where they meet this one.
    neighbours: Vec<Engagement>,
}

/// How firmly a line takes what it names.
pub(crate) fn claim(details: &ItemDetails) -> Claim {
    match details.state {
        ItemState::Wished => Claim::Wished,
        ItemState::Firm => Claim::Firm,
        ItemState::Held => {
            let starts = details.time_for_rules().starts().at();
            Claim::Pencilled { until: details.hold_until.map_or(starts, |until| until.min(starts)) }
        }
    }
}

fn line_of(item: &ProgrammeItem) -> Option<Line> {
    let part = match item.details.kind {
        ItemKind::Arrival => LinePart::Arrival,
        ItemKind::Departure => LinePart::Departure,
        kind if kind.engages_the_guest() => LinePart::Attended,
        _ => LinePart::Unattended,
    };
    Some(Line {
        visit: item.visit,
        during: item.details.span()?,
        item: item.id,
        part,
        wished: item.details.state == ItemState::Wished,
        marking: item.details.engagement_marking(),
    })
}

/// The instant of a wall time in a zone; where it does not exist, the first after the gap, and where it exists twice, the first.
pub(crate) fn instant_of(rules: &dyn ZoneRules, zone: &ZoneName, local: WallTime) -> Option<chrono::DateTime<chrono::Utc>> {
    match rules.resolve(zone, local).ok()? {
        Resolution::Unique(offset) | Resolution::Ambiguous { first: offset, .. } => Some(local.at_offset(offset)),
        Resolution::Skipped { after, .. } => match rules.resolve(zone, after).ok()? {
            Resolution::Unique(offset) | Resolution::Ambiguous { first: offset, .. } => Some(after.at_offset(offset)),
            Resolution::Skipped { .. } => None,
        },
    }
}

/// The first instant of a civil day in a zone; where midnight does not exist, the first that does.
pub(crate) fn day_starts(rules: &dyn ZoneRules, zone: &ZoneName, day: chrono::NaiveDate) -> Option<chrono::DateTime<chrono::Utc>> {
    instant_of(rules, zone, WallTime::new(day.and_time(NaiveTime::MIN)))
}

fn frame_of(context: &RequestContext, visit: &Visit) -> Option<Frame> {
    let dates = visit.details.dates_for_rules();
    let starts = day_starts(context.zones(), &visit.details.zone, dates.starts_on)?;
    let ends = day_starts(context.zones(), &visit.details.zone, dates.ends_on.succ_opt()?)?;
    Some(Frame { visit: visit.id, during: Span::new(starts, ends)?, marking: visit.details.dates.marking().max(visit.details.existence) })
}

/// The visiting principal, where a line engages it without naming it.
fn guest_of(visit: &Visit, details: &ItemDetails) -> Option<PersonId> {
    let takes_part = visit.details.category.has_one_principal() && details.kind.engages_the_guest();
    visit.details.guest_for_rules().filter(|_| takes_part)
}

/// Gathers what a line takes and what frames it.
///
/// # Errors
/// When it names a room or person that does not exist, or the database refuses.
pub(crate) async fn prepare(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: &Visit,
    item: &ProgrammeItem,
) -> Outcome<Prepared> {
    let mut problems = domain::problems::Problems::new();
    let room = match item.details.room_for_rules() {
        None => None,
        Some((id, _)) => {
            let room = rooms::find(context, connection, id).await?;
            if room.is_none() {
                problems.add("room_id", domain::problems::Problem::Unknown);
            }
            room
        }
    };
    for person in item.details.people_for_rules() {
        if !people::exists(context, connection, person).await? {
            problems.add("people", domain::problems::Problem::Unknown);
            break;
        }
    }
    let lines = store::of_visit(context, connection, visit.id).await?;
    let prepared = prepared(context, visit, item, room, &lines)?;
    problems.finish(Some(prepared)).map_err(Failure::from)
}

/// A line with what it takes, among all lines of its visit.
fn prepared(
    context: &RequestContext,
    visit: &Visit,
    item: &ProgrammeItem,
    room: Option<Room>,
    lines: &[ProgrammeItem],
) -> Outcome<Prepared> {
    let span = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?;
    let layout = item.details.room_for_rules().and_then(|(_, layout)| layout);
    let people: BTreeSet<PersonId> = item.details.people_for_rules().chain(guest_of(visit, &item.details)).collect();
    let claim = claim(&item.details);
    let marking = item.details.engagement_marking().max(visit.details.existence);
    let source = Source::Item(item.id);
    let place = engagements::at_site(room.as_ref().map(|room| room.details.site));
    let mut taken: Vec<Engagement> = people
        .iter()
        .map(|person| Engagement {
            resource: ResourceId(person.uuid()),
            source,
            core: span,
            occupation: Occupation::Person { drop_by: item.details.drop_by, from: place, to: place },
            claim,
            marking,
        })
        .collect();
    let mut neighbours = Vec::new();
    if let Some(room) = &room {
        let resource = ResourceId(room.id.uuid());
        let own =
            Engagement { resource, source, core: span, occupation: engagements::room_occupation(&room.details, layout), claim, marking };
        let mut all = uses_of_room(visit, room, item.id, span, lines);
        all.push(own);
        meet(&mut all);
        taken.extend(all.iter().find(|engagement| engagement.source == source));
        neighbours = all.into_iter().filter(|engagement| engagement.source != source).collect();
    }
    let line = line_of(item).ok_or(Failure::Corrupt { what: "programme line" })?;
    let lines = lines.iter().filter(|other| other.id != item.id).filter_map(line_of).collect();
    let frames = frame_of(context, visit).into_iter().collect();
    Ok(Prepared {
        item: item.clone(),
        candidate: Candidate::item(line, taken),
        surroundings: Surroundings { lines, frames },
        room,
        people,
        neighbours,
    })
}

/// The visit's other uses of a room near a line, with their whole margins.
fn uses_of_room(visit: &Visit, room: &Room, item: ItemId, span: Span, lines: &[ProgrammeItem]) -> Vec<Engagement> {
    let near = Span::new(span.starts() - TimeDelta::hours(24), span.ends() + TimeDelta::hours(24)).unwrap_or(span);
    lines
        .iter()
        .filter(|other| other.id != item && other.details.state != ItemState::Wished)
        .filter_map(|other| {
            let (other_room, layout) = other.details.room_for_rules()?;
            let core = other.details.span().filter(|core| core.overlaps(near))?;
            (other_room == room.id).then(|| Engagement {
                resource: ResourceId(room.id.uuid()),
                source: Source::Item(other.id),
                core,
                occupation: engagements::room_occupation(&room.details, layout),
                claim: claim(&other.details),
                marking: other.details.engagement_marking().max(visit.details.existence),
            })
        })
        .collect()
}

impl Prepared {
    /// What it clashes with. A plan knows the uses of its room by the same visit with the margins they have now; where this line
    /// meets them, those shrink to the gap, and what overlapped by margins alone is no clash.
    fn clashes(&self, plan: &Plan) -> Vec<Clash> {
        let source = self.candidate.source();
        let own = self.candidate.room().map(|(room, _)| room);
        let during = self.candidate.engagements().iter().find(|engagement| Some(engagement.resource) == own).map(Engagement::during);
        let meets = |clash: &Clash| {
            let other = clash.other_than(source).and_then(|other| self.neighbours.iter().find(|it| it.source == other.source));
            clash.resource == own && other.zip(during).is_some_and(|(other, during)| !other.during().overlaps(during))
        };
        let mut clashes = clashes_of(plan, &engagements::rules(), &self.candidate);
        clashes.retain(|clash| clash.resource.is_none() || !meets(clash));
        clashes
    }

    fn layout(&self) -> Option<domain::rooms::Layout> {
        self.item.details.room_for_rules().and_then(|(_, layout)| layout)
    }

    /// Checks it as a save does. Wished lines hold nothing and may stand with clashes.
    pub(crate) async fn check(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        reason: Option<&str>,
    ) -> Outcome<Checked> {
        self.rewrite_neighbours(context, transaction).await?;
        engagements::check(context, transaction, &self.candidate, self.surroundings.clone(), reason, self.layout()).await
    }

    /// The margins of neighbours are written first, so that the check and the database see one contiguous use.
    async fn rewrite_neighbours(&self, context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<()> {
        if self.item.details.state == ItemState::Wished || self.room.is_none() {
            return Ok(());
        }
        for neighbour in self.neighbours.iter().filter(|n| n.is_alive(context.now())) {
            engagements::store::set_margins(context, transaction, neighbour).await?;
        }
        Ok(())
    }

    /// Writes what it takes.
    pub(crate) async fn take(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        visit: &Visit,
        checked: &Checked,
    ) -> Outcome<()> {
        match engagements::take(context, transaction, Some(visit.id), self.candidate.engagements(), checked).await {
            Err(Failure::Database(crate::database::DatabaseError::Engaged)) => Err(Failure::Clash(Box::new(crate::error::ClashRefusal {
                source: self.candidate.source(),
                clashes: Vec::new(),
                nearest: Vec::new(),
            }))),
            other => other,
        }
    }
}

/// The markings that a visit's lines have today, by which frozen parts are judged again.
pub(crate) fn markings_now(items: &[ProgrammeItem], visit: &Visit) -> domain::releases::MarkingsNow {
    items.iter().map(|item| (item.id, domain::releases::LineNow::of(item, visit))).collect()
}

/// Takes anew what the lines of a visit hold, because who takes part in them changed.
///
/// # Errors
/// When something is taken by others.
pub(crate) async fn retake(context: &RequestContext, transaction: &mut WriteTransaction, visit: &Visit) -> Outcome<()> {
    for item in store::of_visit(context, transaction, visit.id).await? {
        if item.details.state == ItemState::Wished {
            continue;
        }
        engagements::release(context, transaction, Source::Item(item.id)).await?;
        let prepared = prepare(context, transaction, visit, &item).await?;
        let checked = prepared.check(context, transaction, None).await?;
        prepared.take(context, transaction, visit, &checked).await?;
    }
    Ok(())
}
