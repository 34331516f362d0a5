//! What stands in the way of a series, day by day, and what would work instead: before anything is saved.

use super::plan::{Nowhere, Place, Planned};
use crate::{
    clashes::{self, Telling},
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements::{self, Beside, GivenBack, Overriding, Surroundings, Wanted},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    rooms::{
        self as of_rooms,
        bookings::{self, admitted_in, as_booked, candidate_in},
    },
};
use domain::{
    clash::{Candidate, Claim, Clash, Engagement, Level, Plan, PlanParts, Source, clashes_of, worst},
    ids::{BookingId, ResourceId, RoomId},
    marking::view::{BookingView, ClashView, Directory, Named, SlotView},
    problems::Problem,
    rooms::{
        Booking, Room,
        series::{
            SeriesDay, lie_over,
            view::{PlannedView, RecurrenceView, SeriesPreview, Verdict},
        },
    },
    slots::{Change, Slot, nearest},
    time::{Span, ZoneName, agreed::MomentView},
};
use language::{Locale, Words};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// For so many refused occurrences other rooms are looked at too; for more, other times alone.
const WITH_ROOMS: usize = 40;

/// An occurrence with what it takes.
struct Taking<'a> {
    booking: &'a Booking,
    candidate: Candidate,
    /// The day of the same series over which it lies, if it lies over one.
    over: Option<SeriesDay>,
}

impl Taking<'_> {
    fn during(&self) -> Option<Span> {
        self.candidate.engagements().first().map(Engagement::during)
    }
}

/// The rooms of what was planned. In those where nothing of it was before, the actor must be admitted.
async fn rooms_of(context: &RequestContext, connection: &mut impl Connection, planned: &Planned) -> Outcome<BTreeMap<RoomId, Room>> {
    let mut rooms: BTreeMap<RoomId, Room> = BTreeMap::new();
    let had: BTreeSet<RoomId> = planned.released.iter().map(|booking| booking.room).collect();
    for id in std::iter::once(planned.series.model.room).chain(planned.uses().map(|(_, booking)| booking.room)) {
        if let Entry::Vacant(place) = rooms.entry(id) {
            let room = of_rooms::store::find(context, connection, id).await?;
            let room = room.ok_or_else(|| Failure::field("booking.room_id", Problem::Unknown))?;
            if !had.contains(&id) {
                admitted_in(context, &room)?;
            }
            place.insert(room);
        }
    }
    Ok(rooms)
}

/// What was planned, each booking as it will stand with its room: it waits where its author must ask.
///
/// # Errors
/// When the actor may not book one of its rooms, or the database refuses.
pub(super) async fn standing(context: &RequestContext, connection: &mut impl Connection, mut planned: Planned) -> Outcome<Planned> {
    let rooms = rooms_of(context, connection, &planned).await?;
    let had: BTreeMap<BookingId, &Booking> = planned.released.iter().map(|booking| (booking.id, booking)).collect();
    for (_, place) in &mut planned.places {
        let Place::Use { booking, .. } = place else { continue };
        let Some(room) = rooms.get(&booking.room) else { continue };
        **booking = bookings::standing(context, (**booking).clone(), room, had.get(&booking.id).copied());
    }
    // What the series is of tells whether its days wait.
    if let Some(room) = rooms.get(&planned.series.model.room) {
        planned.series.model = bookings::standing(context, planned.series.model.clone(), room, None);
    }
    Ok(planned)
}

/// What each booking of a series takes, and whether it lies over another of the same; and the rooms they are in.
async fn takings<'a>(
    context: &RequestContext,
    connection: &mut impl Connection,
    planned: &'a Planned,
) -> Outcome<(BTreeMap<SeriesDay, Taking<'a>>, Vec<Room>)> {
    let rooms = rooms_of(context, connection, planned).await?;
    let mut takings = BTreeMap::new();
    let had: BTreeMap<BookingId, &Booking> = planned.released.iter().map(|booking| (booking.id, booking)).collect();
    for (on, booking) in planned.uses() {
        let room = rooms.get(&booking.room).ok_or(Failure::Corrupt { what: "series" })?;
        let mut candidate = candidate_in(booking, room)?;
        if had.get(&booking.id).is_some_and(|had| booking.needs.is_made_ready_as(&had.needs)) {
            let taken = engagements::store::taken_by(context, connection, Source::Booking(booking.id)).await?;
            candidate = as_booked(candidate, room, &taken);
        }
        takings.insert(on, Taking { booking, candidate, over: None });
    }
    for room in rooms.keys() {
        // What is put elsewhere gives way to what is where the series is.
        let in_room = takings.iter().filter(|(_, taking)| taking.booking.room == *room);
        let mut in_room: Vec<(bool, SeriesDay, Span)> = in_room
            .filter_map(|(on, taking)| Some((taking.booking.series.is_some_and(|of| of.is_detached), *on, taking.during()?)))
            .collect();
        in_room.sort_unstable_by_key(|(is_elsewhere, on, _)| (*is_elsewhere, *on));
        let spans: Vec<Span> = in_room.iter().map(|(_, _, span)| *span).collect();
        for ((_, on, _), over) in in_room.iter().zip(lie_over(&spans)) {
            if let (Some(taking), Some(over)) = (takings.get_mut(on), over) {
                taking.over = in_room.get(over).map(|(_, day, _)| *day);
            }
        }
    }
    Ok((takings, rooms.into_values().collect()))
}

/// Whether some booking of a series lies over another of the same.
///
/// # Errors
/// When the actor may not book one of its rooms, or the database refuses.
pub(super) async fn overlaps_itself(context: &RequestContext, connection: &mut impl Connection, planned: &Planned) -> Outcome<bool> {
    let (takings, _) = takings(context, connection, planned).await?;
    Ok(takings.values().any(|taking| taking.over.is_some()))
}

/// All that a judgement reads once.
struct Judging<'a> {
    context: &'a RequestContext,
    directory: &'a OfficeDirectory,
    words: Words,
    zone: &'a ZoneName,
    room: RoomId,
    rooms: Vec<Room>,
    plan: Plan,
    beside: Beside,
    reason: Option<&'a str>,
    with_rooms: usize,
}

/// Judges each day of a series against all that is taken, without what it gives back.
///
/// # Errors
/// When the actor may not book one of its rooms, or the database refuses. What cannot be had is no error here.
pub(super) async fn judge(
    context: &RequestContext,
    connection: &mut impl Connection,
    planned: &Planned,
    reason: Option<&str>,
) -> Outcome<SeriesPreview> {
    let series = &planned.series;
    let (takings, rooms) = takings(context, connection, planned).await?;
    let without: BTreeSet<Source> = planned.released.iter().map(|booking| Source::Booking(booking.id)).collect();
    let kept = takings.values().filter(|taking| taking.over.is_none()).flat_map(|taking| taking.candidate.engagements());
    let with: Vec<Engagement> = kept.map(|engagement| Engagement { claim: Claim::Firm, ..*engagement }).collect();
    let plan = whole_plan(context, connection, planned, &rooms, &without).await?;
    let directory = OfficeDirectory::load(context, connection).await?;
    let mut telling = Telling::new(context, &directory);
    let mut judging = Judging {
        context,
        directory: &directory,
        words: Words::new(Locale::English),
        zone: &series.recurrence.zone,
        room: series.model.room,
        rooms,
        plan,
        beside: Beside { without, with },
        reason,
        with_rooms: WITH_ROOMS,
    };
    let mut occurrences = Vec::with_capacity(planned.places.len());
    for (on, place) in &planned.places {
        let view = match (place, takings.get(on)) {
            (Place::Use { is_elsewhere, .. }, Some(taking)) => judging.of_use(connection, &mut telling, *on, taking, *is_elsewhere).await?,
            (Place::Nowhere { why, near }, _) => judging.of_nowhere(connection, &mut telling, *on, *why, near.as_deref()).await?,
            (Place::Stays(booking), _) if BookingView::of(booking, context.reader()).is_some() => judging.at(*on, Verdict::Stays, booking),
            // What the actor may not read is not there.
            (Place::Stays(_) | Place::LeftOut | Place::Use { .. }, _) => judging.nothing(*on),
        };
        occurrences.push(view);
    }
    let refused = occurrences.iter().filter(|it| it.verdict == Verdict::Refused).count();
    let booking = BookingView::of(&series.model, context.reader()).ok_or(Failure::NotFound)?;
    Ok(SeriesPreview {
        booking,
        recurrence: RecurrenceView::of(&series.recurrence),
        occurrences,
        refused: u32::try_from(refused).unwrap_or(u32::MAX),
    })
}

/// What is taken of the series' rooms from its first day to its last: one reading for each room.
async fn whole_plan(
    context: &RequestContext,
    connection: &mut impl Connection,
    planned: &Planned,
    rooms: &[Room],
    without: &BTreeSet<Source>,
) -> Outcome<Plan> {
    let near = planned.places.iter().filter_map(|(_, place)| match place {
        Place::Use { booking, .. } | Place::Nowhere { near: Some(booking), .. } => Some(&**booking),
        Place::Nowhere { near: None, .. } | Place::LeftOut | Place::Stays(_) => None,
    });
    let spans: Vec<(_, _)> = near.map(|booking| (booking.starts.at(), booking.ends.at())).collect();
    let first = spans.iter().map(|(starts, _)| *starts).min();
    let whole = first.zip(spans.iter().map(|(_, ends)| *ends).max()).and_then(|(starts, ends)| Span::new(starts, ends));
    let Some(around) = whole.map(engagements::around) else { return Ok(Plan::new(context.now(), PlanParts::default())) };
    let mut taken = Vec::new();
    for room in rooms {
        taken.extend(engagements::store::of_resource(context, connection, ResourceId(room.id.uuid()), around).await?);
    }
    let given_back = Beside { without: without.clone(), with: Vec::new() };
    let surroundings = Surroundings { rooms: rooms.into(), ..Surroundings::default() };
    engagements::plan_of(context, connection, given_back.applied(taken), surroundings, around).await
}

impl Judging<'_> {
    fn nothing(&self, on: SeriesDay) -> PlannedView {
        PlannedView { on, verdict: Verdict::LeftOut, starts: None, ends: None, room: None, clashes: Vec::new(), nearest: Vec::new() }
    }

    fn at(&self, on: SeriesDay, verdict: Verdict, booking: &Booking) -> PlannedView {
        let id = booking.room;
        let name = Some(id).filter(|id| *id != self.room).and_then(|id| self.directory.room(id));
        PlannedView {
            verdict,
            starts: Some(MomentView::from(&booking.starts)),
            ends: Some(MomentView::from(&booking.ends)),
            room: name.map(|name| Named { id, name }),
            ..self.nothing(on)
        }
    }

    async fn of_use(
        &mut self,
        connection: &mut impl Connection,
        telling: &mut Telling<'_>,
        on: SeriesDay,
        taking: &Taking<'_>,
        is_elsewhere: bool,
    ) -> Outcome<PlannedView> {
        let candidate = &taking.candidate;
        let found = clashes_of(&self.plan, &engagements::rules(self.context), candidate);
        let before = engagements::store::taken_by(self.context, connection, candidate.source()).await?;
        let given_back = GivenBack::of_one(candidate.source(), before);
        let overriding = Overriding { reason: self.reason, given_back: &given_back };
        let passes = engagements::let_through(self.context, connection, &found, candidate, &overriding).await?.is_some();
        let refused = taking.over.is_some() || !passes;
        let verdict = match (refused, is_elsewhere) {
            (true, _) => Verdict::Refused,
            (false, true) => Verdict::Elsewhere,
            (false, false) => Verdict::Free,
        };
        let mut view = self.at(on, verdict, taking.booking);
        let (said, nearest) = self.say(connection, telling, candidate, found, refused).await?;
        view.clashes = said;
        view.nearest = nearest;
        if let Some(over) = taking.over {
            view.clashes.insert(0, self.own("room_twice", self.words.series_over_itself(over.to_string())));
        }
        Ok(view)
    }

    async fn of_nowhere(
        &mut self,
        connection: &mut impl Connection,
        telling: &mut Telling<'_>,
        on: SeriesDay,
        why: Nowhere,
        near: Option<&Booking>,
    ) -> Outcome<PlannedView> {
        let (rule, say) = match why {
            Nowhere::StartSkipped => ("time_skipped", self.words.time_start_skipped()),
            Nowhere::EndSkipped => ("time_skipped", self.words.time_end_skipped()),
            Nowhere::NoSuchDay => ("no_such_day", self.words.series_no_such_day()),
        };
        let mut view = PlannedView { verdict: Verdict::Refused, clashes: vec![self.own(rule, say)], ..self.nothing(on) };
        let Some(booking) = near else { return Ok(view) };
        let Some(room) = self.rooms.iter().find(|room| room.id == booking.room) else { return Ok(view) };
        let candidate = candidate_in(booking, room)?;
        let found = clashes_of(&self.plan, &engagements::rules(self.context), &candidate);
        let begins_later = booking.starts.at() > self.context.now();
        let is_free = begins_later && worst(&found) <= Some(Level::Warn) && self.is_beside_its_own(&candidate);
        let (_, nearest) = self.say(connection, telling, &candidate, found, true).await?;
        // The time nearest of all is the one just beyond what is missing.
        if let Some(during) = candidate.during().filter(|_| is_free) {
            view.nearest.extend(self.slot_views(&[Slot { change: Change::Time, during, level: None }]));
        }
        view.nearest.extend(nearest);
        Ok(view)
    }

    /// Whether something lies over no other day of the series.
    fn is_beside_its_own(&self, candidate: &Candidate) -> bool {
        let engagements = self.beside.with.iter().filter(|other| other.source != candidate.source()).copied().collect();
        let plan = Plan::new(self.context.now(), PlanParts { engagements, ..PlanParts::default() });
        clashes_of(&plan, &engagements::rules(self.context), candidate).is_empty()
    }

    /// Something in the way that its author knows all of.
    fn own(&self, rule: &str, say: String) -> ClashView {
        let mut view = ClashView::new(self.context.reader(), say, Vec::new());
        view.rule = Some(rule.to_owned());
        view.level = Some(Level::Block.word().to_owned());
        view
    }

    fn slot_views(&self, slots: &[Slot]) -> Vec<SlotView> {
        slots.iter().filter_map(|slot| clashes::slot_view(self.context, slot, self.zone, self.directory)).collect()
    }

    /// What clashes in words, and for what is refused where and when it would work.
    async fn say(
        &mut self,
        connection: &mut impl Connection,
        telling: &mut Telling<'_>,
        candidate: &Candidate,
        found: Vec<Clash>,
        refused: bool,
    ) -> Outcome<(Vec<ClashView>, Vec<SlotView>)> {
        let source = candidate.source();
        let mut known = true;
        for clash in &found {
            known = known && telling.reads(connection, clash, source).await?;
        }
        // What the series itself is in the way of tells nothing of what else is near: how closely, only who reads that is told.
        known = known && !found.is_empty();
        let slots = if refused { self.alternatives(connection, candidate, known).await? } else { Vec::new() };
        let nearest = self.slot_views(&slots);
        if found.is_empty() {
            return Ok((Vec::new(), nearest));
        }
        let refusal = ClashRefusal { source, clashes: found, alternatives: Alternatives::Found(Vec::new()) };
        Ok((telling.say(connection, &refusal, self.zone).await?, nearest))
    }

    async fn alternatives(&mut self, connection: &mut impl Connection, candidate: &Candidate, known: bool) -> Outcome<Vec<Slot>> {
        if self.with_rooms > 0 {
            self.with_rooms -= 1;
            // The candidate's own time stands in nobody's way while another is looked for.
            let with = self.beside.with.iter().filter(|other| other.source != candidate.source()).copied().collect();
            let beside = Beside { without: self.beside.without.clone(), with };
            let own = candidate.room().map(|(room, _)| room);
            let rooms = self.rooms.iter().filter(|room| own == Some(ResourceId(room.id.uuid()))).cloned().collect();
            let wanted = Wanted { candidate: candidate.clone(), surroundings: Surroundings { rooms, ..Surroundings::default() } };
            return engagements::alternatives(self.context, connection, &wanted, known, &beside).await;
        }
        let Some(during) = candidate.during() else { return Ok(Vec::new()) };
        let search = engagements::search(self.context, during, known, Vec::new());
        let slots = nearest(&self.plan, &engagements::rules(self.context), candidate, &search);
        let is_free = |slot: &Slot| self.is_beside_its_own(&candidate.moved(slot.during.starts() - during.starts()));
        Ok(slots.into_iter().filter(is_free).collect())
    }
}
