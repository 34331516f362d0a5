//! Series of bookings: looked at before they are booked, booked in one step, changed and cancelled as far as one says.

mod judge;
mod plan;
pub(crate) mod rows;
mod save;
pub(crate) mod store;

use super::bookings::{self, authorise_change};
use crate::{
    audit::{
        self,
        deliveries::{Delivered, delivered},
    },
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{BookRoom, ReadRooms, authorise},
    reasons,
    rooms::approvals,
    version::{ETag, Seen},
};
use domain::{
    audit::ThingKind,
    ids::SeriesId,
    marking::view::BookingView,
    permission::Facts,
    problems::Problem,
    rooms::{
        Booking,
        series::{
            Reach, Series, SeriesDay,
            input::SeriesInput,
            view::{OccurrenceView, SeriesPreview, SeriesView},
        },
    },
    time::agreed::MomentView,
};
use save::Rights;

/// Which bookings of a series a change or cancellation is of.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// How many.
    pub reach: Reach,
    /// From which day on; of a whole series none.
    pub on: Option<SeriesDay>,
}

/// A series with all its bookings, and as the actor sees it.
struct Known {
    series: Series,
    bookings: Vec<Booking>,
    view: SeriesView,
}

async fn known(context: &RequestContext, connection: &mut impl Connection, id: SeriesId) -> Outcome<Known> {
    let series = store::one(context, connection, id).await?;
    // Of one that may not be read no more is looked at than of one that is not there.
    let series = series.filter(|series| SeriesView::of(series, Vec::new(), context.reader()).is_some()).ok_or(Failure::NotFound)?;
    let bookings = bookings_of(context, connection, id).await?;
    let view = seen(context, &series, &bookings).ok_or(Failure::NotFound)?;
    Ok(Known { series, bookings, view })
}

/// The bookings of a series, as they stand with their rooms.
async fn bookings_of(context: &RequestContext, connection: &mut impl Connection, id: SeriesId) -> Outcome<Vec<Booking>> {
    let mut bookings = bookings::store::of_series(context, connection, id).await?;
    approvals::put_into(context, connection, &mut bookings).await?;
    Ok(bookings)
}

/// A series as the actor sees it: a day on which there is nothing, or nothing that may be read, is left out.
fn seen(context: &RequestContext, series: &Series, bookings: &[Booking]) -> Option<SeriesView> {
    let readable: Vec<Booking> = bookings.iter().filter(|booking| BookingView::of(booking, context.reader()).is_some()).cloned().collect();
    let occurrences = readable.iter().filter_map(|booking| {
        let of = booking.series?;
        Some(OccurrenceView {
            on: of.on,
            booking_id: booking.id,
            room_id: booking.room,
            starts: MomentView::from(&booking.starts),
            ends: MomentView::from(&booking.ends),
            is_detached: of.is_detached,
            approval: booking.approval,
        })
    });
    let mut shown = series.clone();
    shown.recurrence.except.extend(plan::cancelled_alone(&series.recurrence.pattern_days(), &readable));
    SeriesView::of(&shown, occurrences.collect(), context.reader())
}

/// A series, with its bookings.
///
/// # Errors
/// When there is none for this reader, or the actor may not look at rooms.
pub async fn read_series(context: &RequestContext, id: SeriesId) -> Outcome<SeriesView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let Known { series, bookings, view } = known(context, &mut connection, id).await?;
    let shown = bookings.iter().filter_map(|booking| Some(Delivered::booking(booking, &BookingView::of(booking, context.reader())?)));
    let things: Vec<Delivered> = std::iter::once(Delivered::series(&series, &view)).chain(shown).collect();
    delivered(context, connection, &things).await?;
    Ok(view)
}

/// Looks at a series without saving it: each of its occurrences, whether it can be had, and what would work instead. With
/// `changes`, as a change of a part of that series.
///
/// # Errors
/// When the actor may not, there is no such series, or something given is wrong. What cannot be had is no error here.
pub async fn check_series(context: &RequestContext, input: &SeriesInput, changes: Option<(SeriesId, Part)>) -> Outcome<SeriesPreview> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let planned = match changes {
        None => {
            authorise::<BookRoom>(context, Facts::own(true))?;
            plan::planned(context, input)?
        }
        Some((id, part)) => {
            let Known { series, bookings, .. } = known(context, &mut connection, id).await?;
            authorise_change(context, &series.model)?;
            plan::changed(context, &series, &bookings, (part.reach, part.on), input)?
        }
    };
    let planned = judge::standing(context, &mut connection, planned).await?;
    judge::judge(context, &mut connection, &planned, input.booking.reason.as_deref()).await
}

/// The same refusal, told day by day if it is that something cannot be had.
async fn told(context: &RequestContext, failure: Failure, input: &SeriesInput, changes: Option<(SeriesId, Part)>) -> Failure {
    match failure {
        Failure::Clash(_) => match check_series(context, input, changes).await {
            Ok(preview) => Failure::SeriesRefused(Box::new(preview)),
            Err(other) => other,
        },
        other => other,
    }
}

/// Saves what is planned, all of it, and what the record and who asks later need to know of it.
async fn saved(
    context: &RequestContext,
    mut transaction: WriteTransaction,
    rights: &Rights,
    planned: plan::Planned,
    input: &SeriesInput,
) -> Outcome<SeriesView> {
    let planned = judge::standing(context, &mut transaction, planned).await?;
    let reason = input.booking.reason.as_deref();
    let (entry, series) = save::save(context, &mut transaction, rights, &planned, reason).await?;
    reasons::keep(context, &mut transaction, ThingKind::Series, series.id.uuid(), series.revision, reason).await?;
    audit::record(context, &mut transaction, entry).await?;
    let bookings = bookings_of(context, &mut transaction, series.id).await?;
    transaction.commit().await?;
    seen(context, &series, &bookings).ok_or(Failure::NotFound)
}

/// Books a series: all of it, or nothing.
///
/// # Errors
/// [`Failure::SeriesRefused`] when an occurrence cannot be had and it was not said what is to become of it; when the actor may not,
/// or something given is wrong.
pub async fn create_series(context: &RequestContext, input: SeriesInput) -> Outcome<SeriesView> {
    authorise_reading::<ReadRooms>(context)?;
    let attempt = retried(|| async {
        let rights = Rights { book: authorise::<BookRoom>(context, Facts::own(true))?, change: None };
        let transaction = context.write().await?;
        let planned = plan::planned(context, &input)?;
        saved(context, transaction, &rights, planned, &input).await
    })
    .await;
    match attempt {
        Ok(view) => Ok(view),
        Err(failure) => Err(told(context, failure, &input, None).await),
    }
}

/// Changes the bookings of a series from a day on, or all that have not begun, if the series is still as its author saw it. Those
/// changed by themselves stay as they are. From a day on it is a series of its own; what is answered is the one changed.
///
/// # Errors
/// As [`create_series`]; when there is no such series or day, nothing is left to change, or the series changed meanwhile.
pub async fn change_series(
    context: &RequestContext,
    id: SeriesId,
    part: Part,
    input: SeriesInput,
    seen_before: &Seen,
) -> Outcome<SeriesView> {
    authorise_reading::<ReadRooms>(context)?;
    if part.reach == Reach::This {
        return change_one(context, id, part, input, seen_before).await;
    }
    let attempt = retried(|| async {
        let mut transaction = context.write().await?;
        let Known { series, bookings, view } = known(context, &mut transaction, id).await?;
        let change = authorise_change(context, &series.model)?;
        seen_before.check(&ETag::of(&view)?)?;
        let rights = Rights { book: authorise::<BookRoom>(context, Facts::own(true))?, change: Some(change) };
        let planned = plan::changed(context, &series, &bookings, (part.reach, part.on), &input)?;
        saved(context, transaction, &rights, planned, &input).await
    })
    .await;
    match attempt {
        Ok(view) => Ok(view),
        Err(failure) => Err(told(context, failure, &input, Some((id, part))).await),
    }
}

/// Whether the actor may change a series: asked where what was said of it cannot be read.
///
/// # Errors
/// When there is no such series for this reader, or the actor may not change it.
pub async fn authorise_changing(context: &RequestContext, id: SeriesId) -> Outcome<()> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let Known { series, .. } = known(context, &mut connection, id).await?;
    authorise_change(context, &series.model).map(|_| ())
}

/// The booking of a day, as it was when its series was as its author saw it.
async fn one_of(context: &RequestContext, id: SeriesId, part: Part, seen_before: &Seen) -> Outcome<(domain::ids::BookingId, Seen)> {
    let mut connection = context.read().await?;
    let Known { series, bookings, view } = known(context, &mut connection, id).await?;
    authorise_change(context, &series.model)?;
    seen_before.check(&ETag::of(&view)?)?;
    let on = part.on.ok_or_else(|| Failure::field("on", Problem::Missing))?;
    let is_it = |booking: &&Booking| booking.series.is_some_and(|of| of.on == on);
    let found = bookings.iter().find(is_it).and_then(|booking| BookingView::of(booking, context.reader()));
    let booking = found.ok_or_else(|| Failure::field("on", Problem::Unknown))?;
    Ok((booking.id, Seen::Tags(vec![ETag::of(&booking)?.as_str().to_owned()])))
}

/// One occurrence is a booking like any other.
async fn change_one(context: &RequestContext, id: SeriesId, part: Part, input: SeriesInput, seen_before: &Seen) -> Outcome<SeriesView> {
    let (booking, seen_now) = one_of(context, id, part, seen_before).await?;
    bookings::change_booking(context, booking, input.booking, &seen_now).await?;
    let mut connection = context.read().await?;
    Ok(known(context, &mut connection, id).await?.view)
}

/// Cancels one booking of a series, those from a day on, or all that have not begun; also those changed by themselves, as far as the
/// actor may read them.
///
/// # Errors
/// When the actor may not, there is no such series or day, nothing is left to cancel, or the series changed meanwhile.
pub async fn cancel_series(context: &RequestContext, id: SeriesId, part: Part, seen_before: &Seen) -> Outcome<()> {
    authorise_reading::<ReadRooms>(context)?;
    if part.reach == Reach::This {
        let (booking, seen_now) = one_of(context, id, part, seen_before).await?;
        return bookings::cancel_booking(context, booking, &seen_now).await;
    }
    retried(|| async {
        let mut transaction = context.write().await?;
        let Known { series, bookings, view } = known(context, &mut transaction, id).await?;
        let permit = authorise_change(context, &series.model)?;
        seen_before.check(&ETag::of(&view)?)?;
        let cancelled = plan::to_cancel(context, &bookings, (part.reach, part.on))?;
        let first = cancelled.iter().filter_map(|booking| booking.series.map(|of| of.on)).min();
        let head = first.and_then(|first| series.recurrence.split(first).0);
        let head = head.map(|recurrence| Series { recurrence, ..series.clone() });
        let entry = save::cancel(context, &mut transaction, &permit, &series, head.as_ref(), &cancelled).await?;
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// A booking of a series is marked no lower than the series (access.md, 7).
pub(super) async fn check_marking(context: &RequestContext, connection: &mut impl Connection, booking: &Booking) -> Outcome<()> {
    let Some(of) = booking.series else { return Ok(()) };
    let Some(series) = store::one(context, connection, of.series).await? else { return Ok(()) };
    if booking.purpose.marking() < series.model.purpose.marking() {
        return Err(Failure::field("marking", Problem::MarkingRefused));
    }
    Ok(())
}
