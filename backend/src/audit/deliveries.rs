//! First deliveries: which account was first sent which revision of what is marked TLP:AMBER or higher, by which way.
//!
//! Whoever reads something hands it over by `deliver`, so that the record has it before the bytes leave. Who wrote a revision
//! is told by the entry of the change itself. A feed passes nothing above TLP:GREEN; its new bytes have an entry of their own.

use super::{Entry, record};
use crate::{
    context::{RequestContext, retried},
    database::{Connection, ReadConnection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
};
use domain::{
    audit::{ThingKind, Way},
    clash::Source,
    delegations::Delegate,
    ids::{AccountId, VisitId},
    marking::{
        Marking,
        view::{BlackoutView, BookingView, DelegateView, EngagedView, ItemView, TaskView, VisitView},
    },
    programme::ProgrammeItem,
    releases::{Difference, ReleaseHead, ReleasePreview, ReleaseView},
    rooms::{
        Booking,
        blackouts::Blackout,
        series::{Series, view::SeriesView},
    },
    tasks::Task,
    visits::Visit,
};
use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
};
use uuid::Uuid;

/// How many things are asked for by one statement: a long programme.
const AT_ONCE: usize = 64;

statements! {
    DELIVERED = "SELECT thing_id, thing_kind, revision, marking FROM deliveries WHERE office_id = $1 AND account_id = $2 AND way = $3 \
        AND thing_id IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, \
        $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, \
        $62, $63, $64, $65, $66, $67)";
    INSERT = "INSERT INTO deliveries (office_id, account_id, thing_kind, thing_id, revision, way, marking, delivered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT DO NOTHING";
}

/// Something about to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delivered {
    /// Its kind.
    pub kind: ThingKind,
    /// Which.
    pub id: Uuid,
    /// The revision shown; 0 where it is not told.
    pub revision: i64,
    /// The highest marking of what is shown of it.
    pub marking: Marking,
}

impl Delivered {
    /// A visit as it stands.
    pub(crate) fn visit(visit: &Visit, view: &VisitView) -> Self {
        Self { kind: ThingKind::Visit, id: visit.id.uuid(), revision: visit.revision, marking: view.marking }
    }

    /// A visit's head out of a release.
    pub(crate) fn released_visit(visit: VisitId, view: &VisitView) -> Self {
        Self { kind: ThingKind::Visit, id: visit.uuid(), revision: 0, marking: view.marking }
    }

    /// A live line.
    pub(crate) fn item(item: &ProgrammeItem, view: &ItemView) -> Self {
        Self { kind: ThingKind::Item, id: item.id.uuid(), revision: item.revision, marking: view.marking }
    }

    /// A delegate as they stand.
    pub(crate) fn delegate(delegate: &Delegate, view: &DelegateView) -> Self {
        Self { kind: ThingKind::Delegate, id: delegate.id.uuid(), revision: delegate.revision, marking: view.marking }
    }

    /// A task.
    pub(crate) fn task(task: &Task, view: &TaskView) -> Self {
        Self { kind: ThingKind::Task, id: task.id.uuid(), revision: task.revision, marking: view.marking }
    }

    /// A booking.
    pub(crate) fn booking(booking: &Booking, view: &BookingView) -> Self {
        Self { kind: ThingKind::Booking, id: booking.id.uuid(), revision: booking.revision, marking: view.marking }
    }

    /// A series.
    pub(crate) fn series(series: &Series, view: &SeriesView) -> Self {
        Self { kind: ThingKind::Series, id: series.id.uuid(), revision: series.revision, marking: view.booking.marking }
    }

    /// A blackout, under the marking of what is shown of why it is.
    pub(crate) fn blackout(blackout: &Blackout, view: &BlackoutView) -> Self {
        let marking = view.marking.unwrap_or(Marking::Clear);
        Self { kind: ThingKind::Blackout, id: blackout.id.uuid(), revision: blackout.revision, marking }
    }

    /// What takes a room.
    pub(crate) fn engaged(view: &EngagedView, revision: i64) -> Self {
        let (kind, id) = match view.source {
            Source::Item(id) => (ThingKind::Item, id.uuid()),
            Source::Booking(id) => (ThingKind::Booking, id.uuid()),
        };
        Self { kind, id, revision, marking: view.marking }
    }

    /// A release out of which previews of later ones tell something; none where nothing of it is told.
    pub(crate) fn known_release(head: &ReleaseHead, previews: &[ReleasePreview]) -> Option<Self> {
        previews
            .iter()
            .filter(|preview| preview.audience == head.audience)
            .find_map(|preview| Self::told_of_release(head, &preview.difference))
    }

    /// A release of which a difference tells something; none where nothing of it is told.
    pub(crate) fn told_of_release(head: &ReleaseHead, told: &Difference) -> Option<Self> {
        let marking = told.marking();
        (!told.is_empty()).then(|| Self { kind: ThingKind::Release, id: head.id.uuid(), revision: i64::from(head.number), marking })
    }

    /// A part of a release, whose highest marking this is.
    pub(crate) fn part_of_release(head: &ReleaseHead, marking: Marking) -> Self {
        Self { kind: ThingKind::Release, id: head.id.uuid(), revision: i64::from(head.number), marking }
    }

    /// A release, with all that is shown of it.
    pub(crate) fn release(view: &ReleaseView) -> Self {
        let head = &view.head;
        Self { kind: ThingKind::Release, id: head.id.uuid(), revision: i64::from(head.number), marking: view.marking }
    }
}

#[derive(sqlx_macros::FromRow)]
struct DeliveredRow {
    thing_id: Uuid,
    thing_kind: String,
    revision: i64,
    marking: String,
}

/// Hands over what was read of several things, each with what it is of, once the record has what of it is delivered to the
/// actor for the first time by the request's way.
///
/// # Errors
/// When it can't be recorded; then nothing of it may be shown.
pub(crate) async fn deliver<T>(context: &RequestContext, connection: ReadConnection, seen: Vec<(Delivered, T)>) -> Outcome<Vec<T>> {
    let (things, views): (Vec<Delivered>, Vec<T>) = seen.into_iter().unzip();
    delivered(context, connection, &things).await?;
    Ok(views)
}

/// Hands over what was read of one thing, as [`deliver`] does.
///
/// # Errors
/// When it can't be recorded; then it may not be shown.
pub(crate) async fn deliver_one<T>(context: &RequestContext, connection: ReadConnection, thing: Delivered, view: T) -> Outcome<T> {
    delivered(context, connection, &[thing]).await?;
    Ok(view)
}

/// Records what of this is delivered to the actor for the first time by the request's way: one entry for all of it, and nothing
/// where all of it was delivered before. What is marked below TLP:AMBER is not recorded. To be called before the bytes leave.
///
/// # Errors
/// When it can't be recorded; then nothing may be shown.
pub async fn delivered(context: &RequestContext, mut connection: ReadConnection, things: &[Delivered]) -> Outcome<()> {
    let Some(account) = context.actor().account().filter(|_| context.is_shown()) else { return Ok(()) };
    let way = context.way();
    let new = first(context, &mut connection, account, way, things).await?;
    drop(connection);
    if new.is_empty() {
        return Ok(());
    }
    // What is shown is not what an idempotency key is for.
    let context = &context.beside_key();
    retried(|| async {
        let mut transaction = context.write().await?.untold();
        let entry = note(context, &mut transaction, account, way, &new, Entry::done(way.intent())).await?;
        // Another request of the same account may have come in between.
        if !entry.things.is_empty() {
            record(context, &mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Adds to the entry of an intent that makes a copy what of it the actor takes away for the first time by this way.
///
/// # Errors
/// When the database refuses; then nothing may be taken away.
pub(crate) async fn taken_away(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    way: Way,
    things: &[Delivered],
    entry: Entry,
) -> Outcome<Entry> {
    let Some(account) = context.actor().account() else { return Ok(entry) };
    let new = first(context, transaction, account, way, things).await?;
    note(context, transaction, account, way, &new, entry).await
}

/// What of these the account has not been sent before by this way, under this marking or a higher one.
async fn first(
    context: &RequestContext,
    connection: &mut impl Connection,
    account: AccountId,
    way: Way,
    things: &[Delivered],
) -> Outcome<Vec<Delivered>> {
    let mut known = HashSet::new();
    let things: Vec<Delivered> = things.iter().filter(|thing| thing.marking >= Marking::Amber && known.insert(**thing)).copied().collect();
    let mut before: HashMap<(Uuid, String, i64), Marking> = HashMap::new();
    for chunk in things.chunks(AT_ONCE) {
        let mut values = values![context.office_id(), account, way.word()];
        // A short list repeats its last, so that the statement stays the same.
        values.extend((0..AT_ONCE).map(|place| chunk[place.min(chunk.len() - 1)].id.into()));
        let rows: Vec<DeliveredRow> = connection.all(DELIVERED, values).await?;
        for row in rows {
            let marking = Marking::from_str(&row.marking).map_err(|_| Failure::Corrupt { what: "deliveries" })?;
            let highest = before.entry((row.thing_id, row.thing_kind, row.revision)).or_insert(marking);
            *highest = marking.max(*highest);
        }
    }
    let is_new = |thing: &Delivered| {
        let highest = before.get(&(thing.id, thing.kind.word().to_owned(), thing.revision));
        highest.is_none_or(|highest| *highest < thing.marking)
    };
    Ok(things.into_iter().filter(is_new).collect())
}

async fn note(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    way: Way,
    new: &[Delivered],
    mut entry: Entry,
) -> Outcome<Entry> {
    for thing in new {
        let values = values![
            context.office_id(),
            account,
            thing.kind.word(),
            thing.id,
            thing.revision,
            way.word(),
            thing.marking.label(),
            context.now(),
        ];
        if transaction.execute(INSERT, values).await? == 1 {
            entry = entry.thing(thing.kind, thing.id, thing.revision);
        }
    }
    Ok(entry)
}
