//! Saving what was planned of a series: all of it in one transaction, or nothing.

use super::{
    judge::overlaps_itself,
    plan::{Along, Place, Planned},
    store,
};
use crate::{
    audit::{Entry, chain::Digest},
    context::RequestContext,
    database::WriteTransaction,
    engagements::{self, GivenBack, Overriding},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    permits::{BookRoom, Permit},
    rooms::{
        approvals,
        bookings::{self, BookingPermit, claim_room},
    },
};
use domain::{
    audit::{Intent, ThingKind},
    clash::Source,
    ids::{BookingId, SeriesId},
    problems::Problem,
    rooms::{Booking, series::Series},
};

/// The rights to save what was planned.
#[derive(Debug)]
pub(super) struct Rights {
    /// To book.
    pub(super) book: Permit<BookRoom>,
    /// To change the bookings that there are; none for a new series, which has none.
    pub(super) change: Option<BookingPermit>,
}

impl Rights {
    fn change(&self) -> Outcome<&BookingPermit> {
        self.change.as_ref().ok_or(Failure::Forbidden)
    }
}

/// What was written, for the one entry in the record.
struct Written {
    things: Vec<(ThingKind, uuid::Uuid, i64)>,
    digests: Vec<Digest>,
}

impl Written {
    fn add(&mut self, kind: ThingKind, id: uuid::Uuid, (revision, digest): (i64, Digest)) {
        self.things.push((kind, id, revision));
        self.digests.push(digest);
    }

    fn booking(&mut self, id: BookingId, written: (i64, Digest)) {
        self.add(ThingKind::Booking, id.uuid(), written);
    }

    fn series(&mut self, id: SeriesId, written: (i64, Digest)) {
        self.add(ThingKind::Series, id.uuid(), written);
    }

    /// One entry for all of it; what `first` names comes first.
    fn entry(self, intent: Intent) -> Entry {
        self.things
            .into_iter()
            .fold(Entry::done(intent), |entry, (kind, id, revision)| entry.thing(kind, id, revision))
            .digests(&self.digests)
    }
}

/// That something of it cannot be had, which is told by a judgement outside the transaction.
fn cannot_be_had(planned: &Planned) -> Failure {
    let source = Source::Booking(planned.series.model.id);
    Failure::Clash(Box::new(ClashRefusal { source, clashes: Vec::new(), alternatives: Alternatives::Needless }))
}

/// Writes what was planned, and gives the entry of it and the series as it is now.
///
/// # Errors
/// [`Failure::Clash`] when one of its days cannot be had; when a room is kept for others, or the database refuses.
pub(super) async fn save(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    rights: &Rights,
    planned: &Planned,
    reason: Option<&str>,
) -> Outcome<(Entry, Series)> {
    let is_nowhere = planned.places.iter().any(|(_, place)| matches!(place, Place::Nowhere { .. }));
    if is_nowhere || overlaps_itself(context, transaction, planned).await? {
        return Err(cannot_be_had(planned));
    }
    // All of what changes is given back first, so that a series is never in its own way.
    let mut given_back = GivenBack::default();
    for (_, booking) in planned.uses() {
        given_back.note(Source::Booking(booking.id), Vec::new());
    }
    for booking in &planned.released {
        let had = engagements::release(context, transaction, Source::Booking(booking.id)).await?;
        let asks_the_same = planned.uses().any(|(_, other)| other.id == booking.id && other.needs.is_made_ready_as(&booking.needs));
        given_back.note(Source::Booking(booking.id), if asks_the_same { had } else { engagements::asked_anew(had) });
    }
    let mut written = Written { things: Vec::new(), digests: Vec::new() };
    let series = write_series(context, transaction, rights, planned, &mut written).await?;
    for booking in planned.cancelled() {
        approvals::forget(context, transaction, Source::Booking(booking.id)).await?;
        let digest = bookings::store::remove(context, transaction, rights.change()?, booking).await?;
        written.booking(booking.id, (booking.revision + 1, digest));
    }
    for Along { booking, is_raised } in &planned.kept {
        // It keeps the room as it has it, with the margins it was booked with. What holds nothing any more goes along as it is.
        if *is_raised && !(booking.claim().is_wished() || booking.has_lapsed) {
            let source = Source::Booking(booking.id);
            given_back.note(source, engagements::release(context, transaction, source).await?);
            let overriding = Overriding { reason, given_back: &given_back };
            claim_room(context, transaction, booking, &overriding).await.map_err(|failure| match failure {
                // It stays where and when it is: only what it is marked now can be in the way.
                Failure::Clash(_) => Failure::field("booking.marking", Problem::MarkingRefused),
                other => other,
            })?;
        }
        written.booking(booking.id, bookings::store::update(context, transaction, rights.change()?, booking).await?);
    }
    for (_, booking) in planned.uses() {
        let is_new = !planned.released.iter().any(|had| had.id == booking.id);
        claim_room(context, transaction, booking, &Overriding { reason, given_back: &given_back }).await?;
        let saved = if is_new {
            (1, bookings::store::insert(context, transaction, &rights.book, booking).await?)
        } else {
            bookings::store::update(context, transaction, rights.change()?, booking).await?
        };
        written.booking(booking.id, saved);
    }
    let intent = if rights.change.is_some() { Intent::ChangeSeries } else { Intent::BookSeries };
    Ok((written.entry(intent), series))
}

async fn write_series(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    rights: &Rights,
    planned: &Planned,
    written: &mut Written,
) -> Outcome<Series> {
    let series = &planned.series;
    let is_new = rights.change.is_none() || planned.head.is_some();
    let saved = if is_new {
        (1, store::insert(context, transaction, &rights.book, series).await?)
    } else {
        store::update(context, transaction, rights.change()?, series).await?
    };
    // First of all that the entry names: a retry finds the series by it.
    written.series(series.id, saved);
    if let Some(head) = &planned.head {
        written.series(head.id, store::update(context, transaction, rights.change()?, head).await?);
    }
    Ok(Series { revision: saved.0, ..series.clone() })
}

/// Cancels bookings of a series, and ends the series or cuts it short; gives the entry of it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn cancel(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    permit: &BookingPermit,
    series: &Series,
    head: Option<&Series>,
    cancelled: &[&Booking],
) -> Outcome<Entry> {
    let mut written = Written { things: Vec::new(), digests: Vec::new() };
    match head {
        Some(head) => written.series(head.id, store::update(context, transaction, permit, head).await?),
        None => written.series(series.id, (series.revision + 1, store::remove(context, transaction, permit, series).await?)),
    }
    for booking in cancelled {
        engagements::release(context, transaction, Source::Booking(booking.id)).await?;
        approvals::forget(context, transaction, Source::Booking(booking.id)).await?;
        let digest = bookings::store::remove(context, transaction, permit, booking).await?;
        written.booking(booking.id, (booking.revision + 1, digest));
    }
    Ok(written.entry(Intent::CancelSeries))
}
