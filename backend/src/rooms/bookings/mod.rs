//! Bookings of rooms beside any programme: checked and taken as the lines of programmes are.

mod own;
pub(crate) mod renewed;
pub(crate) mod rows;
pub(crate) mod store;

pub use own::list_own_bookings;
pub(crate) use store::one as find;

use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::{Connection, WriteTransaction},
    directory::authorise_reading,
    engagements::{self, Checked, GivenBack, Intended, Overriding, Surroundings},
    error::{ClashRefusal, Failure, Outcome},
    paging::{PageRequest, page},
    permits::{BookRoom, ManageBookings, MoveUses, Permit, ReadRooms, authorise},
    reasons,
    rooms::{self, approvals, series},
    version::{ETag, Seen},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::{Intent, ThingKind},
    clash::{Candidate, Claim, Clash, Engagement, Plan, Source, clashes_of},
    ids::{BookingId, ResourceId, RoomId},
    marking::view::BookingView,
    paging::Page,
    permission::{Action, Facts, role_allows},
    problems::Problem,
    rooms::{
        Booking, Room,
        approval::Asked,
        input::{BookingAuthor, BookingInput},
    },
    time::Span,
};

/// A booking that was saved, as its author sees it, with what is still said of it.
#[derive(Debug, Clone)]
pub struct SavedBooking {
    /// The booking.
    pub view: BookingView,
    /// Warnings and notes that stand; none of them refused the save.
    pub warnings: Vec<Clash>,
}

/// Which bookings are asked for.
#[derive(Debug, Clone, Copy)]
pub struct BookingQuery {
    /// Of one room, or of all.
    pub room: Option<RoomId>,
    /// That end after this instant.
    pub from: DateTime<Utc>,
    /// That start before this instant.
    pub until: DateTime<Utc>,
}

/// The right to change one booking: it is one's own, or one keeps everybody's.
#[derive(Debug)]
pub(crate) enum BookingPermit {
    /// One's own.
    Own { _permit: Permit<BookRoom> },
    /// Anybody's.
    Anybodys { _permit: Permit<ManageBookings> },
    /// One that is hurt by the closing of its room.
    Hurt { _permit: Permit<MoveUses> },
}

pub(in crate::rooms) fn authorise_change(context: &RequestContext, booking: &Booking) -> Outcome<BookingPermit> {
    let own = booking.made_by.is_some() && booking.made_by == context.actor().account();
    if own && let Ok(permit) = authorise::<BookRoom>(context, Facts::own(true)) {
        return Ok(BookingPermit::Own { _permit: permit });
    }
    authorise::<ManageBookings>(context, Facts::own(own)).map(|permit| BookingPermit::Anybodys { _permit: permit })
}

pub(in crate::rooms) fn author(context: &RequestContext) -> BookingAuthor {
    BookingAuthor {
        account: context.actor().account(),
        ceiling: context.reader().ceiling(),
        may_lower: context.actor().roles().iter().any(|role| role_allows(*role, Action::LowerMarking)),
        now: context.now(),
    }
}

/// How much of a list of bookings is read at first; then twice as much, and so on.
const FIRST_STEP: TimeDelta = TimeDelta::days(1);

/// The bookings a reader may read, by start. What else a room is taken by, `room_availability` shows as reserved.
///
/// # Errors
/// When the actor may not, or the end is not after the start.
pub async fn list_bookings(context: &RequestContext, query: BookingQuery, request: &PageRequest) -> Outcome<Page<BookingView>> {
    authorise_reading::<ReadRooms>(context)?;
    let window = Span::new(query.from, query.until).ok_or_else(|| Failure::field("until", Problem::EndsBeforeStart))?;
    let mut connection = context.read().await?;
    let id = |(_, view): &(Delivered, BookingView)| view.id.uuid();
    let mut seen: Vec<(Delivered, BookingView)> = Vec::new();
    // From the last one shown, and no farther than the page needs: there may be a hundred thousand bookings in a year.
    let last = match request.last() {
        Some(last) => store::one(context, &mut connection, BookingId(last)).await?,
        None => None,
    };
    let last = last.filter(|booking| BookingView::of(booking, context.reader()).is_some());
    let first = last.map_or(window.starts(), |last| last.starts.at().clamp(window.starts(), window.ends()));
    let (mut from, mut step) = (first, FIRST_STEP);
    while let Some(stretch) = Span::new(from, window.ends().min(from + step)) {
        let mut bookings = store::during(context, &mut connection, query.room, stretch).await?;
        bookings.retain(|booking| from == first || booking.starts.at() >= from);
        approvals::put_into(context, &mut connection, &mut bookings).await?;
        seen.extend(bookings.iter().filter_map(|booking| {
            let view = BookingView::of(booking, context.reader())?;
            Some((Delivered::booking(booking, &view), view))
        }));
        if request.is_filled(&seen, id) {
            break;
        }
        (from, step) = (stretch.ends(), step * 2);
    }
    let Page { items, next } = page(seen, id, request);
    Ok(Page { items: deliver(context, connection, items).await?, next })
}

/// A booking.
///
/// # Errors
/// When there is none for this reader, or the actor may not look at rooms.
pub async fn read_booking(context: &RequestContext, id: BookingId) -> Outcome<BookingView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (booking, view) = known(context, &mut connection, id).await?;
    deliver_one(context, connection, Delivered::booking(&booking, &view), view).await
}

/// A booking that the reader reads, as it stands with its room.
///
/// # Errors
/// When there is none for this reader, or the database refuses.
pub(crate) async fn known(context: &RequestContext, connection: &mut impl Connection, id: BookingId) -> Outcome<(Booking, BookingView)> {
    let booking = store::one(context, connection, id).await?;
    // Of one that may not be read no more is looked at than of one that is not there.
    let mut booking = booking.filter(|booking| BookingView::of(booking, context.reader()).is_some()).ok_or(Failure::NotFound)?;
    approvals::put_into(context, connection, std::slice::from_mut(&mut booking)).await?;
    let view = BookingView::of(&booking, context.reader()).ok_or(Failure::NotFound)?;
    Ok((booking, view))
}

/// Books a room.
///
/// # Errors
/// When the actor may not, something given is wrong, or the room is taken.
pub async fn create_booking(context: &RequestContext, input: BookingInput) -> Outcome<SavedBooking> {
    authorise_reading::<ReadRooms>(context)?;
    let permit = authorise::<BookRoom>(context, Facts::own(true))?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let booking = input.onto(context.new_id(), None, author(context), context.zones())?;
        let room = admitted_to(context, &mut transaction, &booking).await?;
        let booking = standing(context, booking, &room, None);
        let overriding = Overriding { reason: input.reason.as_deref(), ..Overriding::default() };
        let checked = claim_room(context, &mut transaction, &booking, &overriding).await?;
        let digest = store::insert(context, &mut transaction, &permit, &booking).await?;
        reasons::keep(context, &mut transaction, ThingKind::Booking, booking.id.uuid(), 1, input.reason.as_deref()).await?;
        let entry = Entry::done(Intent::BookRoom).digest(digest).thing(ThingKind::Booking, booking.id.uuid(), 1);
        finish(context, transaction, entry, &booking, checked).await
    })
    .await
}

/// Changes a booking, if it is still as its author saw it.
///
/// # Errors
/// When the actor may not, the booking changed meanwhile, something given is wrong, or the room is taken.
pub async fn change_booking(context: &RequestContext, id: BookingId, input: BookingInput, seen: &Seen) -> Outcome<SavedBooking> {
    authorise_reading::<ReadRooms>(context)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let (booking, view) = known(context, &mut transaction, id).await?;
        let permit = authorise_change(context, &booking)?;
        seen.check(&ETag::of(&view)?)?;
        let changed = input.onto(id, Some(&booking), author(context), context.zones())?.by_itself();
        series::check_marking(context, &mut transaction, &changed).await?;
        let room = if changed.room == booking.room {
            room_of(context, &mut transaction, &changed).await?
        } else {
            admitted_to(context, &mut transaction, &changed).await?
        };
        let changed = standing(context, changed, &room, Some(&booking));
        let before = engagements::release(context, &mut transaction, Source::Booking(id)).await?;
        let before = if changed.needs.is_made_ready_as(&booking.needs) { before } else { engagements::asked_anew(before) };
        let given_back = GivenBack::of_one(Source::Booking(id), before);
        let overriding = Overriding { reason: input.reason.as_deref(), given_back: &given_back };
        let mut entry = Entry::done(Intent::ChangeBooking);
        if let Some(given) = confirmed_in(&booking, &changed, &room, overriding.before(Source::Booking(id)))? {
            entry = approvals::confirmed(context, &mut transaction, &given, |_| false, entry).await?;
        }
        let checked = claim_room(context, &mut transaction, &changed, &overriding).await?;
        let (revision, digest) = store::update(context, &mut transaction, &permit, &changed).await?;
        reasons::keep(context, &mut transaction, ThingKind::Booking, id.uuid(), revision, input.reason.as_deref()).await?;
        let entry = entry.digest(digest).thing(ThingKind::Booking, id.uuid(), revision);
        finish(context, transaction, entry, &Booking { revision, ..changed }, checked).await
    })
    .await
}

/// Cancels a booking and gives the room back.
///
/// # Errors
/// When the actor may not, or the booking changed meanwhile.
pub async fn cancel_booking(context: &RequestContext, id: BookingId, seen: &Seen) -> Outcome<()> {
    authorise_reading::<ReadRooms>(context)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let (booking, view) = known(context, &mut transaction, id).await?;
        let permit = authorise_change(context, &booking)?;
        seen.check(&ETag::of(&view)?)?;
        engagements::release(context, &mut transaction, Source::Booking(id)).await?;
        approvals::forget(context, &mut transaction, Source::Booking(id)).await?;
        let digest = store::remove(context, &mut transaction, &permit, &booking).await?;
        let entry = Entry::done(Intent::CancelBooking).digest(digest).thing(ThingKind::Booking, id.uuid(), booking.revision + 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Checks a booking without saving it; with `replaces`, as a change of that booking.
///
/// # Errors
/// When the actor may not, there is no such booking, or something given is wrong. What clashes is no error here.
pub async fn check_booking(context: &RequestContext, input: BookingInput, replaces: Option<BookingId>) -> Outcome<ClashRefusal> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let had = match replaces {
        None => {
            authorise::<BookRoom>(context, Facts::own(true))?;
            None
        }
        Some(id) => {
            let (booking, _) = known(context, &mut connection, id).await?;
            authorise_change(context, &booking)?;
            Some(booking)
        }
    };
    let id = replaces.unwrap_or_else(|| context.new_id());
    let booking = input.onto(id, had.as_ref(), author(context), context.zones())?;
    let room = match &had {
        Some(had) if had.room == booking.room => room_of(context, &mut connection, &booking).await?,
        _ => admitted_to(context, &mut connection, &booking).await?,
    };
    let booking = standing(context, booking, &room, had.as_ref());
    let (mut candidate, surroundings) = candidate_of(context, &mut connection, &booking).await?;
    let mut makes_way = Vec::new();
    if let Some(had) = had {
        let taken = engagements::store::taken_by(context, &mut connection, Source::Booking(id)).await?;
        let taken = if booking.needs.is_made_ready_as(&had.needs) { taken } else { engagements::asked_anew(taken) };
        candidate = as_booked(candidate, &room, &taken);
        if let Some(given) = confirmed_in(&had, &booking, &room, &taken)? {
            makes_way = approvals::make_way_for(context, &mut connection, &given, |_| false).await?;
        }
    }
    let find = |plan: &Plan| {
        let mut clashes = clashes_of(plan, &engagements::rules(context), &candidate);
        clashes.retain(|clash| !makes_way.iter().any(|lost| clash.involves(lost.source)));
        clashes
    };
    let intended = Intended { candidate: &candidate, surroundings: &surroundings };
    engagements::preview(context, &mut connection, &intended, find).await
}

/// The room of a booking, if it is not retired, or the booking is over.
async fn room_of(context: &RequestContext, connection: &mut impl Connection, booking: &Booking) -> Outcome<Room> {
    let room = rooms::find_for(context, connection, booking.room, booking.ends.at()).await?;
    room.ok_or_else(|| Failure::field("room_id", Problem::Unknown))
}

/// The room of a booking, if the actor may book it.
async fn admitted_to(context: &RequestContext, connection: &mut impl Connection, booking: &Booking) -> Outcome<Room> {
    let room = room_of(context, connection, booking).await?;
    admitted_in(context, &room)?;
    Ok(room)
}

/// Whether the actor may book this room, which may be kept for some roles.
pub(in crate::rooms) fn admitted_in(context: &RequestContext, room: &Room) -> Outcome<()> {
    if room.details.booked_by.admits(context.actor().roles()) { Ok(()) } else { Err(Failure::Forbidden) }
}

/// The booking as it stands with its room once it is saved over what there was: it waits where its author must ask.
pub(in crate::rooms) fn standing(context: &RequestContext, booking: Booking, room: &Room, had: Option<&Booking>) -> Booking {
    let asked = |booking: &Booking| {
        let during = Span::new(booking.starts.at(), booking.ends.at())?;
        Some(Asked::new(booking.room, during, &booking.needs, booking.wanted()))
    };
    // What has lapsed holds nothing that could go on.
    let before = had.filter(|had| !had.has_lapsed).and_then(|had| Some((asked(had)?, had.approval)));
    let approval = asked(&booking).and_then(|asked| asked.saved_over(before, approvals::must_ask(context, room)));
    let booking = Booking { approval, ..booking };
    Booking { has_lapsed: booking.lapses_by(context.now()), ..booking }
}

/// What a booking takes, and its room.
///
/// # Errors
/// When there is no such room, or the database refuses.
pub(crate) async fn candidate_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    booking: &Booking,
) -> Outcome<(Candidate, Surroundings)> {
    let room = room_of(context, connection, booking).await?;
    let candidate = candidate_in(booking, &room)?;
    Ok((candidate, Surroundings { rooms: [room].into(), ..Surroundings::default() }))
}

/// What a booking takes in its room.
pub(in crate::rooms) fn candidate_in(booking: &Booking, room: &Room) -> Outcome<Candidate> {
    let core = Span::new(booking.starts.at(), booking.ends.at()).ok_or(Failure::Corrupt { what: "booking" })?;
    let engagement = Engagement {
        resource: ResourceId(room.id.uuid()),
        source: Source::Booking(booking.id),
        core,
        occupation: engagements::room_occupation(&room.details, &booking.needs),
        claim: booking.claim(),
        marking: booking.purpose.marking(),
    };
    Ok(Candidate::booking(booking.id, vec![engagement]).needing(booking.needs.clone()))
}

/// The use of its room that a pencilled hold becomes by being confirmed where it is; none of any other change.
fn confirmed_in(had: &Booking, changed: &Booking, room: &Room, before: &[engagements::TakenBefore]) -> Outcome<Option<Engagement>> {
    let candidate = as_booked(candidate_in(changed, room)?, room, before);
    let given = candidate.engagements().first().copied().filter(Engagement::is_exclusive);
    let was_pencilled = matches!(had.claim(), Claim::Pencilled { .. });
    Ok(given.filter(|given| was_pencilled && engagements::held_before(before, given)))
}

/// What a booking takes in its room, with the margins it was booked with where it goes on as it was.
pub(in crate::rooms) fn as_booked(candidate: Candidate, room: &Room, before: &[engagements::TakenBefore]) -> Candidate {
    let whole = room.details.margins(candidate.needs().layout, candidate.needs().sweep);
    engagements::as_booked(candidate, whole, &engagements::booked(before))
}

/// Checks a booking as a save does, and takes what it needs.
pub(crate) async fn claim_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    booking: &Booking,
    overriding: &Overriding<'_>,
) -> Outcome<Checked> {
    let room = room_of(context, transaction, booking).await?;
    let candidate = as_booked(candidate_in(booking, &room)?, &room, overriding.before(Source::Booking(booking.id)));
    let surroundings = Surroundings { rooms: [room].into(), ..Surroundings::default() };
    let intended = Intended { candidate: &candidate, surroundings: &surroundings };
    let find = |plan: &Plan| clashes_of(plan, &engagements::rules(context), &candidate);
    let checked = engagements::check(context, transaction, &intended, overriding, find).await?;
    engagements::take(context, transaction, None, &intended, &checked).await?;
    approvals::keep(context, transaction, Source::Booking(booking.id), None, candidate.engagements().first(), booking.approval).await?;
    Ok(checked)
}

async fn finish(
    context: &RequestContext,
    mut transaction: WriteTransaction,
    entry: Entry,
    booking: &Booking,
    checked: Checked,
) -> Outcome<SavedBooking> {
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    let view = BookingView::of(booking, context.reader()).ok_or(Failure::NotFound)?;
    Ok(SavedBooking { view, warnings: checked.warnings })
}
