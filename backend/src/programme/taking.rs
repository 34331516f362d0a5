//! What the lines of a programme take: gathered, checked, written, and given its margins back when a neighbour goes.

use super::{
    beside::{Beside, Edges},
    hours::{Hours, is_judged_by},
    speech::Spoken,
    store,
};
use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::{self, Booked, Checked, GivenBack, Intended, Overriding, Surroundings, TakenBefore},
    error::{Failure, Outcome},
    people,
    rooms::{self, approvals},
};
use chrono::TimeDelta;
use domain::{
    clash::{Candidate, Claim, Clash, Effort, Engagement, Frame, Line, LinePart, Occupation, Plan, RuleId, Source, Sweep, clashes_of},
    ids::{ItemId, PersonId, ResourceId, RoomId},
    marking::Marking,
    problems::{Problem, Problems},
    programme::{ItemDetails, ItemKind, ItemState, ProgrammeItem},
    rooms::{
        Room,
        approval::{Approving, Asked, held_as},
    },
    time::{Span, day_starts},
    visits::Visit,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A line with all it takes, ready to be checked.
pub(crate) struct Prepared {
    pub(super) item: ProgrammeItem,
    pub(super) candidate: Candidate,
    surroundings: Surroundings,
    pub(super) room: Option<Room>,
    /// How it stands with its room, where that had to be asked for or was given to another.
    approval: Option<Approving>,
    /// The people it engages, named or not.
    pub(crate) people: BTreeSet<PersonId>,
    /// Other uses of the same room by the same visit.
    beside: Beside,
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

/// The same within its visit: one that no longer holds things leaves its lines as wishes.
fn claim_within(visit: &Visit, details: &ItemDetails) -> Claim {
    if visit.details.state.holds_things() { claim(details) } else { Claim::Wished }
}

/// How firmly a line takes its room, as it stands with it.
fn room_claim(visit: &Visit, details: &ItemDetails, standing: Option<Approving>) -> Claim {
    held_as(claim_within(visit, details), standing, details.time_for_rules().starts().at())
}

/// How the lines of a visit stand with their rooms, where those had to be asked for or were given to others.
pub(super) type Standings = HashMap<ItemId, Approving>;

/// How the lines of a visit stand with their rooms.
///
/// # Errors
/// When the database refuses.
pub(super) async fn standings(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<Standings> {
    let kept = approvals::store::of_visit(context, connection, visit.id).await?;
    Ok(kept.into_iter().map(|(item, kept)| (item, kept.standing)).collect())
}

/// How it is found out how a line stands with its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is saved by its author, who may have to ask.
    Saved,
    /// It goes on as it stands.
    Kept,
    /// The room is given to it.
    Given,
}

/// What a line wants of its room.
fn asked(room: &Room, details: &ItemDetails) -> Option<Asked> {
    let (_, needs) = details.room_for_rules().filter(|(id, _)| *id == room.id)?;
    Some(Asked::new(room.id, details.span()?, &needs, claim(details)))
}

fn line_of(item: &ProgrammeItem) -> Option<Line> {
    Some(Line {
        visit: item.visit,
        during: item.details.span()?,
        item: item.id,
        part: LinePart::of(item.details.kind),
        effort: Effort::of(item.details.kind),
        // Of a line that is not itself checked nobody asks who understands whom.
        interpreting: None,
        wished: item.details.state == ItemState::Wished,
        marking: item.details.engagement_marking(),
    })
}

/// A line by which others of its visit are judged. An arrival that is not judged by for this reader makes nobody's night.
pub(super) fn line_among(context: &RequestContext, visit: &Visit, item: &ProgrammeItem) -> Option<Line> {
    let line = line_of(item)?;
    let counts = line.part != LinePart::Arrival || is_judged_by(context, visit, item, RuleId::NightInCapital);
    Some(if counts { line } else { Line { effort: Effort::None, ..line } })
}

/// The sweep of a room that a line is, if it is one that is judged by.
pub(super) fn sweep_of(context: &RequestContext, item: &ProgrammeItem, visit: &Visit) -> Option<Sweep> {
    let (room, _) = item.details.room_for_rules().filter(|_| item.details.kind == ItemKind::Sweep)?;
    is_judged_by(context, visit, item, RuleId::UnsweptUse).then_some(())?;
    Some(Sweep {
        room: ResourceId(room.uuid()),
        during: item.details.span()?,
        item: item.id,
        visit: visit.id,
        marking: item.details.engagement_marking().max(visit.details.existence),
    })
}

pub(super) fn frame_of(context: &RequestContext, visit: &Visit) -> Option<Frame> {
    let dates = visit.details.dates_for_rules();
    let starts = day_starts(context.zones(), &visit.details.zone, dates.starts_on)?;
    let ends = day_starts(context.zones(), &visit.details.zone, dates.ends_on.succ_opt()?)?;
    Some(Frame { visit: visit.id, during: Span::new(starts, ends)?, marking: visit.details.dates.marking().max(visit.details.existence) })
}

/// The visiting principal, where a line engages it without naming it.
pub(crate) fn guest_of(visit: &Visit, details: &ItemDetails) -> Option<PersonId> {
    let takes_part = visit.details.category.has_one_principal() && details.kind.engages_the_guest();
    visit.details.guest_for_rules().filter(|_| takes_part)
}

/// The people a line engages, named or not.
pub(super) fn people_of(visit: &Visit, details: &ItemDetails) -> BTreeSet<PersonId> {
    details.people_for_rules().chain(guest_of(visit, details)).collect()
}

/// Gathers what a line takes and what frames it.
///
/// # Errors
/// When it names a room or person that does not exist, its hold would be over already, or the database refuses.
pub(crate) async fn prepare(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: &Visit,
    item: &ProgrammeItem,
    standing: Standing,
) -> Outcome<Prepared> {
    let mut problems = Problems::new();
    let mut standings = standings(context, connection, visit).await?;
    let was = standings.remove(&item.id);
    let lines = store::of_visit(context, connection, visit.id).await?;
    let before = lines.iter().find(|line| line.id == item.id).map(|line| &line.details);
    let room = match item.details.room_for_rules() {
        None => None,
        Some((id, _)) => {
            let ends = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?.ends();
            let room = rooms::find_for(context, connection, id, ends).await?;
            // What goes on as it stands and takes nothing of its room names one that may be retired since; so does what only wished for it.
            let had = before.and_then(ItemDetails::room_for_rules).is_some_and(|(had, _)| had == id);
            let is_kept = standing == Standing::Kept && room_claim(visit, &item.details, was).is_wished();
            let takes_nothing = is_kept || (had && claim(&item.details).is_wished());
            if room.is_none() && !takes_nothing {
                problems.add("room_id", Problem::Unknown);
            }
            room
        }
    };
    let mut spoken = Spoken::default();
    for person in item.details.people_for_rules() {
        match people::store::find(context, connection, person).await? {
            Some(person) => spoken.note(person),
            // Whom it named already may have been erased since, and is nobody now.
            None if before.is_some_and(|had| had.people_for_rules().any(|named| named == person)) => {}
            None => {
                problems.add("people", Problem::Unknown);
                break;
            }
        }
    }
    if let Some(guest) = guest_of(visit, &item.details).filter(|_| item.details.kind.is_talk()) {
        people::store::find(context, connection, guest).await?.into_iter().for_each(|guest| spoken.note(guest));
    }
    if item.details.is_held_in_vain(before, context.now()) {
        problems.add("hold_until", Problem::EndsBeforeStart);
    }
    let now = match (standing, &room) {
        (Standing::Kept, _) => was,
        (Standing::Given, _) => Some(Approving::Given),
        (Standing::Saved, None) => None,
        (Standing::Saved, Some(room)) => {
            let before = before.and_then(|details| asked(room, details)).map(|before| (before, was));
            let must_ask = approvals::must_ask(context, room);
            asked(room, &item.details).and_then(|asked| asked.saved_over(before, must_ask))
        }
    };
    standings.extend(now.map(|now| (item.id, now)));
    let hours = Arc::new(Hours::around(context, connection, visit, item.details.span()).await?);
    let prepared = prepared(context, visit, item, room, &Among { lines: &lines, standings: &standings, hours: &hours, spoken: &spoken })?;
    problems.finish(Some(prepared)).map_err(Failure::from)
}

/// What there is of a line before it changes together with others of its visit.
#[derive(Debug, Clone)]
pub(super) enum Before {
    /// It stands in the programme.
    There(Box<ProgrammeItem>),
    /// It was taken out, and has this revision since.
    TakenOut {
        /// The revision.
        revision: i64,
    },
    /// There is no such line yet.
    Nowhere,
}

impl Before {
    /// The line as it stands in the programme.
    pub(super) fn item(&self) -> Option<&ProgrammeItem> {
        match self {
            Self::There(item) => Some(item),
            Self::TakenOut { .. } | Self::Nowhere => None,
        }
    }
}

/// A line that changes together with others of its visit.
#[derive(Debug, Clone)]
pub(super) struct Shifted {
    /// The line as it is.
    pub(super) before: Before,
    /// The line as it would be.
    pub(super) after: ProgrammeItem,
}

/// Gathers what several lines of a visit take once all of them are where they go, among `lines`, which are all of the visit's as they
/// would be.
///
/// # Errors
/// When a room is no longer there, or the database refuses.
pub(super) async fn prepare_shifted(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: &Visit,
    shifted: &[Shifted],
    lines: &[ProgrammeItem],
) -> Outcome<Vec<Prepared>> {
    let mut standings = standings(context, connection, visit).await?;
    let mut rooms = Vec::with_capacity(shifted.len());
    for Shifted { before, after } in shifted {
        let room = match after.details.room_for_rules() {
            None => None,
            Some((id, _)) => {
                let ends = after.details.span().ok_or(Failure::Corrupt { what: "programme line" })?.ends();
                let found = rooms::find_for(context, connection, id, ends).await?;
                Some(found.ok_or_else(|| Failure::field("item_id", Problem::Unknown))?)
            }
        };
        let was = standings.remove(&after.id);
        let now = room.as_ref().and_then(|room| {
            let had = before.item().and_then(|before| asked(room, &before.details)).map(|had| (had, was));
            asked(room, &after.details)?.saved_over(had, approvals::must_ask(context, room))
        });
        standings.extend(now.map(|now| (after.id, now)));
        rooms.push(room);
    }
    let hours = Arc::new(Hours::around(context, connection, visit, shifted.iter().filter_map(|it| it.after.details.span())).await?);
    let spoken = Spoken::in_visit(context, connection, visit.id).await?;
    let among = Among { lines, standings: &standings, hours: &hours, spoken: &spoken };
    let each = shifted.iter().zip(rooms).map(|(it, room)| prepared(context, visit, &it.after, room, &among));
    each.collect()
}

/// Among what a line of a visit is.
pub(super) struct Among<'a> {
    /// All lines of the visit.
    pub(super) lines: &'a [ProgrammeItem],
    /// How they stand with their rooms.
    pub(super) standings: &'a Standings,
    /// What the hours and days around it are to the two sides.
    pub(super) hours: &'a Arc<Hours>,
    /// What those who take part speak.
    pub(super) spoken: &'a Spoken,
}

/// A line with what it takes, among all lines of its visit.
pub(super) fn prepared(
    context: &RequestContext,
    visit: &Visit,
    item: &ProgrammeItem,
    room: Option<Room>,
    among: &Among<'_>,
) -> Outcome<Prepared> {
    let Among { lines, standings, hours, spoken } = *among;
    let span = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?;
    let needs = item.details.room_for_rules().map(|(_, needs)| needs).unwrap_or_default();
    let named: BTreeSet<PersonId> = item.details.people_for_rules().collect();
    let people = people_of(visit, &item.details);
    let claim = claim_within(visit, &item.details);
    let approval = standings.get(&item.id).copied();
    let marking = item.details.engagement_marking().max(visit.details.existence);
    // That the guest takes part without being named is known to who may read who the guest is.
    let guest_marking = marking.max(visit.details.parties.marking());
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
            marking: if named.contains(person) { marking } else { guest_marking },
        })
        .collect();
    let mut beside = Beside::default();
    if let Some(room) = &room {
        let resource = ResourceId(room.id.uuid());
        let occupation = engagements::room_occupation(&room.details, &needs);
        let claim = room_claim(visit, &item.details, approval);
        let own = Engagement { resource, source, core: span, occupation, claim, marking };
        let others = uses_of_room(visit, room, lines, standings).into_iter();
        let (own, found) = Beside::of(own, others.filter(|other| other.source != source && other.is_alive(context.now())).collect());
        taken.push(own);
        beside = found;
    }
    let line = line_of(item).ok_or(Failure::Corrupt { what: "programme line" })?;
    let line = Line { interpreting: spoken.interpreting(context, visit, &item.details), ..line };
    let others = || lines.iter().filter(|other| other.id != item.id);
    let sweeps = others().filter_map(|other| sweep_of(context, other, visit)).collect();
    let lines = others().filter_map(|other| line_among(context, visit, other)).collect();
    let frames = frame_of(context, visit).into_iter().collect();
    Ok(Prepared {
        item: item.clone(),
        candidate: Candidate::item(line, taken).needing(needs),
        surroundings: Surroundings { lines, frames, hours: Arc::clone(hours), sweeps, rooms: room.iter().cloned().collect() },
        room,
        approval,
        people,
        beside,
    })
}

/// The visit's uses of a room with their whole margins, holds that have ended among them.
fn uses_of_room(visit: &Visit, room: &Room, lines: &[ProgrammeItem], standings: &Standings) -> Vec<Engagement> {
    let uses = lines.iter().filter_map(|other| {
        let (other_room, needs) = other.details.room_for_rules()?;
        let core = other.details.span()?;
        (other_room == room.id).then(|| Engagement {
            resource: ResourceId(room.id.uuid()),
            source: Source::Item(other.id),
            core,
            occupation: engagements::room_occupation(&room.details, &needs),
            claim: room_claim(visit, &other.details, standings.get(&other.id).copied()),
            marking: other.details.engagement_marking().max(visit.details.existence),
        })
    });
    uses.filter(|engagement| !engagement.claim.is_wished()).collect()
}

impl Prepared {
    /// What it clashes with. A plan knows the uses of its room by the same visit; where this line meets them, what overlaps by
    /// margins alone is no clash.
    pub(super) fn clashes(&self, context: &RequestContext, plan: &Plan) -> Vec<Clash> {
        let source = self.candidate.source();
        let own = self.candidate.room().map(|(room, _)| room);
        let meets = |clash: &Clash| clash.resource == own && clash.other_than(source).is_some_and(|other| self.beside.meets(other.source));
        let mut clashes = clashes_of(plan, &engagements::rules(context), &self.candidate);
        clashes.retain(|clash| clash.resource.is_none() || !meets(clash));
        clashes
    }

    /// The same with the margins that its room was booked with, if it goes on in that room at its time, and the room is asked for as it
    /// was.
    pub(crate) fn with_margins_of(self, booked: &[Booked]) -> Self {
        let Some(room) = &self.room else { return self };
        let needs = self.candidate.needs();
        let whole = room.details.margins(needs.layout, needs.sweep);
        let candidate = engagements::as_booked(self.candidate, whole, booked);
        Self { candidate, ..self }
    }

    /// The same with the margins that its room was booked with before it is saved anew.
    ///
    /// A hold's were shrunk beside every other use by its visit, of which some ended, or were for what its room needed then. It has what it
    /// needs by now, as far as nobody else has come to lie there since, and no less than it had.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn going_on(
        self,
        context: &RequestContext,
        connection: &mut impl Connection,
        visit: &Visit,
        before: &[TakenBefore],
    ) -> Outcome<Self> {
        let Some((room, used)) = self.room.as_ref().zip(self.in_room()) else { return Ok(self) };
        let Some(booked) = Booked::of_use(used, &engagements::booked(before)).copied() else { return Ok(self) };
        let Occupation::Room { margins: now, site } = used.occupation else { return Ok(self) };
        if booked.is_settled {
            return Ok(self.with_margins_of(&[booked]));
        }
        let needs = self.candidate.needs();
        let (whole, was) = (room.details.margins(needs.layout, needs.sweep), booked.margins());
        let mut margins = now;
        let core = used.core;
        let minutes = |span: TimeDelta| u32::try_from(span.num_minutes()).unwrap_or(0);
        if now.before == whole.before {
            let earliest = core.starts() - TimeDelta::minutes(whole.before.into());
            let taken = engagements::store::previous_before(context, connection, (used, visit.id), earliest).await?;
            margins.before = taken.map_or(whole.before, |until| minutes(core.starts() - until)).max(was.before);
        }
        if now.after == whole.after {
            let latest = core.ends() + TimeDelta::minutes(whole.after.into());
            let taken = engagements::store::next_after(context, connection, (used, visit.id), latest).await?;
            margins.after = taken.map_or(whole.after, |from| minutes(from - core.ends())).max(was.after);
        }
        let candidate = self.candidate.in_room(used.resource, site, margins);
        Ok(Self { candidate, ..self })
    }

    /// The marking of what one learns by knowing that something it takes is in two uses at once; none where nothing is.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn shares(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<Marking>> {
        engagements::shares(context, connection, &self.candidate, |plan| self.clashes(context, plan)).await
    }

    /// Whether it takes nothing: it is wished for, or its visit no longer holds things.
    fn holds_nothing(&self) -> bool {
        self.candidate.engagements().iter().all(|engagement| engagement.claim.is_wished())
    }

    /// What the hours and days around it are to the two sides of its visit.
    pub(super) fn hours(&self) -> &Arc<Hours> {
        &self.surroundings.hours
    }

    /// Whether its room has to be asked for, and is not given yet.
    pub(super) fn waits_for_its_room(&self) -> bool {
        self.approval == Some(Approving::Awaited)
    }

    /// What is to be checked.
    pub(crate) fn intended(&self) -> Intended<'_> {
        Intended { candidate: &self.candidate, surroundings: &self.surroundings }
    }

    /// Checks it as a save does. Wished lines hold nothing and may stand with clashes.
    pub(crate) async fn check(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        overriding: &Overriding<'_>,
    ) -> Outcome<Checked> {
        // The margins of neighbours are written first, so that the check and the database see one contiguous use.
        for neighbour in self.beside.settled() {
            neighbour.write(context, transaction).await?;
        }
        engagements::check(context, transaction, &self.intended(), overriding, |plan| self.clashes(context, plan)).await
    }

    /// Writes what it takes.
    pub(crate) async fn take(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        visit: &Visit,
        checked: &Checked,
    ) -> Outcome<()> {
        engagements::take(context, transaction, Some(visit.id), &self.intended(), checked).await?;
        approvals::keep(context, transaction, Source::Item(self.item.id), Some(visit.id), self.in_room(), self.approval).await
    }

    /// Writes what it takes at the times that changed rules of the clocks give it, whoever else has it then.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn take_renewed(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        visit: &Visit,
        before: &[TakenBefore],
    ) -> Outcome<()> {
        for neighbour in self.beside.settled() {
            neighbour.within_what_is_free(context, transaction, visit.id).await?.write(context, transaction).await?;
        }
        if let Some(used) = self.in_room() {
            approvals::store::moved(context, transaction, Source::Item(self.item.id), used.during()).await?;
        }
        engagements::take_renewed(context, transaction, Some(visit.id), &self.candidate, before).await
    }

    /// What it takes of its room, held for nothing or not.
    pub(crate) fn in_room(&self) -> Option<&Engagement> {
        self.candidate.engagements().iter().find(|engagement| matches!(engagement.occupation, Occupation::Room { .. }))
    }

    /// Whether it and this other use of its room by the same visit overlap by no more than margins that shrink where they meet.
    pub(crate) fn meets(&self, other: Source) -> bool {
        self.beside.meets(other)
    }

    /// Gives it its room, for which others have made way.
    pub(crate) async fn take_room(&self, context: &RequestContext, transaction: &mut WriteTransaction, visit: &Visit) -> Outcome<()> {
        for neighbour in self.beside.settled() {
            neighbour.write(context, transaction).await?;
        }
        let Some(given) = self.in_room() else { return Ok(()) };
        engagements::take_room(context, transaction, Some(visit.id), &self.intended(), given).await
    }
}

/// Gives back what a line holds, and their whole margins to the visit's other uses of its room. What was overridden for it is
/// returned.
///
/// # Errors
/// When the database refuses.
pub(super) async fn give_back(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: &Visit,
    item: &ProgrammeItem,
) -> Outcome<Vec<TakenBefore>> {
    Ok(give_back_all(context, transaction, visit, &[item]).await?.into_iter().flatten().collect())
}

/// The same of several lines at once: what each held, in their order.
///
/// # Errors
/// When the database refuses.
pub(super) async fn give_back_all(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: &Visit,
    items: &[&ProgrammeItem],
) -> Outcome<Vec<Vec<TakenBefore>>> {
    let mut before = Vec::with_capacity(items.len());
    for item in items {
        before.push(engagements::release(context, transaction, Source::Item(item.id)).await?);
    }
    let left: BTreeSet<RoomId> = items.iter().filter_map(|item| item.details.room_for_rules()).map(|(room, _)| room).collect();
    if left.is_empty() {
        return Ok(before);
    }
    let lines = store::of_visit(context, transaction, visit.id).await?;
    let standings = standings(context, transaction, visit).await?;
    let goes = |other: &Engagement| items.iter().any(|item| other.source == Source::Item(item.id));
    for room in left {
        let Some((room, _)) = rooms::find_any(context, transaction, room).await? else { continue };
        // A hold that goes may have ended before, and those beside it have its margin shrunk still.
        let mut uses = uses_of_room(visit, &room, &lines, &standings);
        uses.retain(|it| goes(it) || it.is_alive(context.now()));
        for own in uses.iter().filter(|own| !goes(own)) {
            let others = || uses.iter().filter(|other| other.source != own.source).copied();
            let (beside, _) = Beside::of(*own, others().collect());
            let (without, _) = Beside::of(*own, others().filter(|other| !goes(other)).collect());
            if let Some(edges) = Edges::moved(&without, &beside) {
                edges.within_what_is_free(context, transaction, visit.id).await?.write(context, transaction).await?;
            }
        }
    }
    Ok(before)
}

/// Takes anew what the lines of a visit hold, because who takes part in them changed, or whether it holds things at all.
///
/// # Errors
/// When something is taken by others.
pub(crate) async fn retake(context: &RequestContext, transaction: &mut WriteTransaction, visit: &Visit) -> Outcome<()> {
    let lines = store::of_visit(context, transaction, visit.id).await?;
    let mut given_back = GivenBack::default();
    for item in &lines {
        let source = Source::Item(item.id);
        given_back.note(source, engagements::release(context, transaction, source).await?);
    }
    for item in &lines {
        let prepared = prepare(context, transaction, visit, item, Standing::Kept).await?;
        store::set_people(context, transaction, item.id, &prepared.people).await?;
        if prepared.holds_nothing() {
            continue;
        }
        let overriding = Overriding { reason: None, given_back: &given_back };
        let prepared = prepared.going_on(context, transaction, visit, overriding.before(Source::Item(item.id))).await?;
        let checked = prepared.check(context, transaction, &overriding).await?;
        prepared.take(context, transaction, visit, &checked).await?;
    }
    Ok(())
}
