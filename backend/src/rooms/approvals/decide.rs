//! A room is given to a use that waited for it, or is not: in one step with all that follows for others.

use super::{
    case::{Case, Thing},
    store,
};
use crate::{
    accounts::grants,
    audit::{self, Entry, deliveries::Delivered},
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction, dialect},
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Intended},
    error::{Failure, Outcome},
    news,
    permits::{ApproveBooking, ReadRooms, authorise},
    programme,
    rooms::{bookings, store::site},
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    clash::{Engagement, Source},
    ids::{AccountId, ApprovalId, BookingId, ItemId, ResourceId, RoomId, VisitId},
    marking::{
        Channel,
        view::{BookingView, Named, NewsKind},
    },
    permission::{Action, Facts, role_allows},
    problems::Problem,
    rooms::approval::{Approving, losers},
    text::Prose,
};
use std::collections::BTreeSet;

/// Which use that waits is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// By the identifier under which it waits: who gives its room need not be able to read it.
    Any(ApprovalId),
    /// A booking that the actor reads.
    Booking(BookingId),
    /// A line of a programme that the actor reads.
    Line(ItemId),
}

/// Gives a room to a use that waits for it. Every pencilled use over it ends in the same step, and who made it is told.
///
/// # Errors
/// When there is nothing of the kind for the actor, the actor does not give this room, it no longer waits, or it changed meanwhile.
pub async fn approve(context: &RequestContext, which: Waiting, seen: &Seen) -> Outcome<()> {
    authorise_reading::<ReadRooms>(context)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let case = decided(context, &mut transaction, which, seen).await?;
        let resource = ResourceId(case.room.id.uuid());
        dialect::lock_resources(&mut transaction, context.office_id(), &[resource.uuid()]).await?;
        engagements::store::drop_lapsed(context, &mut transaction, &[resource]).await?;
        store::decide(context, &mut transaction, case.kept.id, Approving::Given, None).await?;
        let mut entry = entry_of(Intent::ApproveBooking, case.kept.source);
        for lost in &case.lost {
            engagements::store::delete_in_room(context, &mut transaction, lost.source, resource).await?;
            entry = with_source(entry, lost.source);
            make_way(context, &mut transaction, lost, case.kept.source).await?;
        }
        match &case.thing {
            Thing::Booking(booking) => {
                let (candidate, surroundings) = bookings::candidate_of(context, &mut transaction, booking).await?;
                let intended = Intended { candidate: &candidate, surroundings: &surroundings };
                let Some(given) = &case.given else { return Err(Failure::Stale) };
                engagements::take_room(context, &mut transaction, None, &intended, given).await?;
            }
            Thing::Line { visit, prepared } => prepared.take_room(context, &mut transaction, visit).await?,
        }
        tell_asker(context, &mut transaction, &case, NewsKind::Approved).await?;
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Does not give a room to a use that waits for it: it holds nothing any more, and who asked is told why.
///
/// # Errors
/// When there is nothing of the kind for the actor, the actor does not give this room, it no longer waits, it changed meanwhile, or
/// no reason is given.
pub async fn decline(context: &RequestContext, which: Waiting, reason: &str, seen: &Seen) -> Outcome<()> {
    authorise_reading::<ReadRooms>(context)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let case = decided(context, &mut transaction, which, seen).await?;
        let given = Prose::parse_optional(reason).map_err(|problem| Failure::field("reason", Problem::from(problem)))?;
        let reason = given.ok_or_else(|| Failure::field("reason", Problem::Missing))?;
        store::decide(context, &mut transaction, case.kept.id, Approving::Declined, Some(&reason)).await?;
        let resource = ResourceId(case.room.id.uuid());
        engagements::store::delete_in_room(context, &mut transaction, case.kept.source, resource).await?;
        tell_asker(context, &mut transaction, &case, NewsKind::Declined).await?;
        audit::record(context, &mut transaction, entry_of(Intent::DeclineBooking, case.kept.source)).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// What waits, if the actor may decide it, it waits still, and it is as it was seen.
async fn decided(context: &RequestContext, transaction: &mut WriteTransaction, which: Waiting, seen: &Seen) -> Outcome<Case> {
    let reads = reads(context, transaction, which).await?;
    if authorise::<ApproveBooking>(context, Facts::NONE).is_err() {
        // Who gives no room at all is told no more than whether they read what is meant, and no more is looked at.
        return Err(if reads.is_some() { Failure::Forbidden } else { Failure::NotFound });
    }
    let kept = match which {
        Waiting::Any(id) => store::one(context, transaction, id).await?,
        Waiting::Booking(id) => store::of_source(context, transaction, Source::Booking(id)).await?,
        Waiting::Line(id) => store::of_source(context, transaction, Source::Item(id)).await?,
    };
    let case = match kept {
        None => None,
        Some(kept) => Case::of(context, transaction, kept).await?,
    };
    let gives = case.as_ref().is_some_and(|case| case.room.details.approval.is_given_by(context.actor().roles()));
    let known = match which {
        Waiting::Any(_) => gives,
        Waiting::Booking(_) | Waiting::Line(_) => reads.is_some(),
    };
    authorise::<ApproveBooking>(context, Facts { known: Some(known), ..Facts::NONE })?;
    // Something that is read and never had to ask has nothing to be decided.
    let case = case.ok_or(Failure::Stale)?;
    if !gives {
        return Err(Failure::Forbidden);
    }
    if !case.is_open() {
        return Err(Failure::Stale);
    }
    let directory = OfficeDirectory::of_rooms(context, transaction).await?;
    let looked = case.known(context, transaction, &directory, Channel::Board).await?;
    let site = site(context, transaction, case.room.details.site).await?.ok_or(Failure::Corrupt { what: "room" })?;
    let named = Named { id: case.room.id, name: format!("{}, {}", case.room.details.name, site.details.name) };
    let view = case.shown(context, &looked, named, site.details.zone.to_string())?.ok_or(Failure::Stale)?.view;
    match (seen, reads) {
        (Seen::Tags(tags), _) if tags.contains(&view.version) => Ok(case),
        (seen, Some(own)) => seen.check(&own).map(|()| case),
        (Seen::Any, None) => Ok(case),
        (Seen::NotSaid, None) => Err(Failure::VersionNeeded),
        (Seen::Tags(_), None) => Err(Failure::Stale),
    }
}

/// The version of the line or booking, if the actor reads it.
async fn reads(context: &RequestContext, transaction: &mut WriteTransaction, which: Waiting) -> Outcome<Option<ETag>> {
    match which {
        Waiting::Any(_) => Ok(None),
        Waiting::Booking(id) => match bookings::known(context, transaction, id).await {
            Ok((_, view)) => ETag::of(&view).map(Some),
            Err(Failure::NotFound) => Ok(None),
            Err(failure) => Err(failure),
        },
        Waiting::Line(id) => {
            let view = programme::seen_by(context, transaction, id, Channel::Page).await?;
            view.map(|view| ETag::of(&view)).transpose()
        }
    }
}

fn with_source(entry: Entry, source: Source) -> Entry {
    match source {
        Source::Booking(id) => entry.thing(ThingKind::Booking, id.uuid(), 0),
        Source::Item(id) => entry.thing(ThingKind::Item, id.uuid(), 0),
    }
}

fn entry_of(intent: Intent, source: Source) -> Entry {
    with_source(Entry::done(intent), source)
}

async fn tell_asker(context: &RequestContext, transaction: &mut WriteTransaction, case: &Case, kind: NewsKind) -> Outcome<()> {
    // Who decides what they asked for themselves knows.
    match case.kept.asked_by.filter(|account| Some(*account) != context.actor().account()) {
        Some(account) => news::tell(context, transaction, account, kind, case.kept.source).await,
        None => Ok(()),
    }
}

/// The pencilled uses that go when a pencilled hold is confirmed: those over it that the actor reads. What the actor does not read stays
/// in the way; what it `meets`, a use of its own visit, overlaps with it by no more than margins that shrink.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn make_way_for(
    context: &RequestContext,
    connection: &mut impl Connection,
    given: &Engagement,
    meets: impl Fn(Source) -> bool,
) -> Outcome<Vec<Engagement>> {
    let mut others = engagements::store::of_resource(context, connection, given.resource, given.during()).await?;
    let lost = losers(given, &others, context.now());
    others.retain(|other| lost.contains(&other.source) && !meets(other.source));
    let mut read = Vec::with_capacity(others.len());
    for other in others {
        if title_of(context, connection, other.source, Channel::Page).await?.is_some() {
            read.push(other);
        }
    }
    Ok(read)
}

/// Ends the pencilled uses over a hold that is confirmed, in the step that confirms it, and tells who made them. Gives the entry of the
/// record with all of them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn confirmed(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    given: &Engagement,
    meets: impl Fn(Source) -> bool,
    mut entry: Entry,
) -> Outcome<Entry> {
    for lost in make_way_for(context, transaction, given, meets).await? {
        engagements::store::delete_in_room(context, transaction, lost.source, lost.resource).await?;
        make_way(context, transaction, &lost, given.source).await?;
        entry = with_source(entry, lost.source);
    }
    Ok(entry)
}

/// Keeps that a use lost its room to another, and tells who made it.
async fn make_way(context: &RequestContext, transaction: &mut WriteTransaction, lost: &Engagement, to: Source) -> Outcome<()> {
    let (visit, told, asked_by) = match lost.source {
        Source::Booking(id) => {
            let booking = bookings::find(context, transaction, id).await?;
            let maker = booking.and_then(|booking| booking.made_by);
            (None, maker.into_iter().collect(), maker)
        }
        Source::Item(id) => match programme::store::one(context, transaction, id).await? {
            None => (None, BTreeSet::new(), None),
            Some(item) => (Some(item.visit), editors_of(context, transaction, item.visit).await?, None),
        },
    };
    let new = store::New {
        source: lost.source,
        visit,
        room: RoomId(lost.resource.uuid()),
        during: lost.during(),
        standing: Approving::GivenAway,
        asked_by,
        other: Some(to),
    };
    store::put(context, transaction, new).await?;
    // Whoever gives it away is told too: with what would work instead.
    for account in told {
        news::tell(context, transaction, account, NewsKind::GivenAway, lost.source).await?;
    }
    Ok(())
}

/// Who may change the programme of a visit.
pub(crate) async fn editors_of(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<BTreeSet<AccountId>> {
    let granted = grants::of_all_accounts(context, connection).await?;
    let edits = |account: &AccountId| {
        granted.get(account).is_some_and(|granted| granted.roles.iter().any(|role| role_allows(*role, Action::EditProgramme)))
    };
    let listed = grants::list_of(context, connection, visit).await?;
    Ok(listed.into_iter().map(|entry| entry.account).filter(edits).collect())
}

/// The purpose of a booking or the title of a line, as the reader may know by a channel that it takes its room, and what is delivered
/// by telling it.
pub(crate) async fn title_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    source: Source,
    channel: Channel,
) -> Outcome<Option<(String, Delivered)>> {
    match source {
        Source::Booking(id) => {
            let reader = context.reader().clone().by(channel.ceiling());
            let Some(booking) = bookings::find(context, connection, id).await? else { return Ok(None) };
            let view = BookingView::of(&booking, &reader);
            Ok(view.map(|view| (view.purpose.clone(), Delivered::booking(&booking, &view))))
        }
        Source::Item(id) => {
            let Some(item) = programme::store::one(context, connection, id).await? else { return Ok(None) };
            let view = programme::seen_by(context, connection, id, channel).await?;
            let told = view.filter(|view| !view.is_stand_in && view.room.is_some());
            Ok(told.and_then(|view| Some((view.title.clone()?, Delivered::item(&item, &view)))))
        }
    }
}
