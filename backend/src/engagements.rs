//! What takes rooms and people, in the database: the plan a check is made against, and the rows a save leaves.

pub(crate) mod rows;
pub(crate) mod store;

use crate::{
    clashes::Telling,
    context::RequestContext,
    database::{Connection, DatabaseError, WriteTransaction},
    directory::OfficeDirectory,
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    programme::hours::Hours,
    rooms,
};
use chrono::TimeDelta;
use domain::{
    clash::{Candidate, Clash, Engagement, Frame, Level, Line, Margins, Occupation, Place, Plan, PlanParts, RuleId, Rules, Source, Sweep},
    ids::{ResourceId, SiteId, VisitId},
    marking::Marking,
    permission::{Action, role_allows},
    rooms::{LONGEST_MARGIN_MINUTES, Room, RoomDetails, terms::RoomNeeds},
    slots::{Grid, RoomChoice, Search, Slot, nearest},
    time::{Offset, Span},
};
use std::{collections::BTreeSet, sync::Arc};

/// How far around a line its resources' other engagements are read: the longest booking, and a night's travel.
pub(crate) const AROUND: TimeDelta = TimeDelta::hours(36);

/// How far a use reaches before and after its time: its own margins, and those of another.
const MARGINS: TimeDelta = TimeDelta::minutes(2 * LONGEST_MARGIN_MINUTES as i64);

/// How far before and after a use alternatives are looked for.
const EARLIER: TimeDelta = TimeDelta::hours(12);
const LATER: TimeDelta = TimeDelta::hours(24);

/// How many alternatives of each kind are offered.
const OFFERED: usize = 3;

/// What a check knows beside the candidate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surroundings {
    /// Lines of the same visit that frame it: arrivals and departures.
    pub(crate) lines: Vec<Line>,
    /// The visit's dates.
    pub(crate) frames: Vec<Frame>,
    /// What the hours and days around it are to the two sides of its visit.
    pub(crate) hours: Arc<Hours>,
    /// The sweeps of rooms that its visit has planned.
    pub(crate) sweeps: Vec<Sweep>,
    /// The rooms it takes, by whose terms it is judged.
    pub(crate) rooms: Arc<[Room]>,
}

/// What is to be checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intended<'a> {
    /// The line or booking with all it takes.
    pub(crate) candidate: &'a Candidate,
    /// What frames it.
    pub(crate) surroundings: &'a Surroundings,
}

impl Intended<'_> {
    /// What is wanted, for who will ask what would work instead.
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted { candidate: self.candidate.clone(), surroundings: self.surroundings.clone() }
    }

    /// What clashes with it, for who will ask what would work instead.
    fn clashing(&self, clashes: Vec<Clash>) -> ClashRefusal {
        ClashRefusal { source: self.candidate.source(), clashes, alternatives: Alternatives::ToBeFound(Box::new(self.wanted())) }
    }

    /// That it was refused for these clashes; for none if the database alone knew.
    fn refused(&self, clashes: Vec<Clash>) -> Failure {
        Failure::Clash(Box::new(self.clashing(clashes)))
    }
}

/// What was wanted and could not be had: all that is needed to look for what would work instead.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub(crate) candidate: Candidate,
    pub(crate) surroundings: Surroundings,
}

/// How what is taken differs from what the database has, while several uses are changed in one step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// What gives back all it has.
    pub(crate) without: BTreeSet<Source>,
    /// What is taken besides.
    pub(crate) with: Vec<Engagement>,
}

impl Beside {
    /// What will be taken, of what is.
    pub(crate) fn applied(&self, mut engagements: Vec<Engagement>) -> Vec<Engagement> {
        engagements.retain(|engagement| !self.without.contains(&engagement.source));
        engagements.extend(self.with.iter().copied());
        engagements
    }
}

/// What a line or booking took before it is saved anew.
#[derive(Debug, Clone)]
pub(crate) struct TakenBefore {
    resource: ResourceId,
    /// The use itself, and with its margins.
    core: Span,
    during: Span,
    marking: Marking,
    /// Whether it was taken although it was taken by others.
    overridden: bool,
    /// Whether it was taken for good, and not held.
    is_settled: bool,
    /// Whether what is asked of the thing is still what was asked.
    as_asked: bool,
}

/// How long something was taken when it was booked: for the use itself, and with its margins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Booked {
    resource: ResourceId,
    core: Span,
    during: Span,
}

impl Booked {
    fn margins(&self) -> Margins {
        let minutes = |span: TimeDelta| u32::try_from(span.num_minutes()).unwrap_or(0);
        Margins { before: minutes(self.core.starts() - self.during.starts()), after: minutes(self.during.ends() - self.core.ends()) }
    }

    /// How long a room was booked for a use that goes on in it at its time; none for any other.
    fn of_use<'a>(used: &Engagement, booked: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        booked.into_iter().find(|booked| booked.resource == used.resource && booked.core == used.core)
    }
}

impl From<&Engagement> for Booked {
    fn from(taken: &Engagement) -> Self {
        Self { resource: taken.resource, core: taken.core, during: taken.during() }
    }
}

impl TakenBefore {
    fn booked(&self) -> Booked {
        Booked { resource: self.resource, core: self.core, during: self.during }
    }
}

/// What was taken of which the same is still asked.
pub(crate) fn booked(before: &[TakenBefore]) -> Vec<Booked> {
    before.iter().filter(|before| before.as_asked).map(TakenBefore::booked).collect()
}

/// The same of what was settled. A held line has its margins shrunk beside other holds of its visit, which may have ended since.
pub(crate) fn booked_for_good(before: &[TakenBefore]) -> Vec<Booked> {
    before.iter().filter(|before| before.as_asked && before.is_settled).map(TakenBefore::booked).collect()
}

/// What was taken before, if other things are asked of the room from now on.
pub(crate) fn asked_anew(mut before: Vec<TakenBefore>) -> Vec<TakenBefore> {
    before.iter_mut().for_each(|before| before.as_asked = false);
    before
}

/// Whether a thing was taken before for the same use at the same time.
pub(crate) fn held_before(before: &[TakenBefore], taken: &Engagement) -> bool {
    before.iter().any(|before| before.resource == taken.resource && before.core == taken.core)
}

/// A use with the margins that its room was booked with, where it goes on in that room at its time: what a room needs by now is for what is
/// booked by now. An end at which it meets another use by its visit, where its margin is not `whole`, stays where they meet.
pub(crate) fn as_booked(candidate: Candidate, whole: Margins, booked: &[Booked]) -> Candidate {
    let Some((room, site)) = candidate.room() else { return candidate };
    let used = candidate.engagements().iter().find(|engagement| engagement.resource == room);
    let Some((Occupation::Room { margins, .. }, was)) = used.and_then(|used| Some((used.occupation, Booked::of_use(used, booked)?))) else {
        return candidate;
    };
    let was = was.margins();
    let end = |now: u32, whole: u32, was: u32| if now == whole { was } else { now };
    let kept = Margins { before: end(margins.before, whole.before, was.before), after: end(margins.after, whole.after, was.after) };
    candidate.in_room(room, site, kept)
}

impl TakenBefore {
    /// Whether a use goes on as it was as far as its room can tell: the same time, no longer to make ready, nothing said there
    /// that was not. What became of the room meanwhile, the use need not answer for.
    fn goes_on_in(&self, wanted: &Engagement) -> bool {
        self.core == wanted.core && self.during.contains(wanted.during()) && wanted.marking <= self.marking
    }
}

/// By what a clash that may be overridden is.
#[derive(Debug, Default)]
pub(crate) struct Overriding<'a> {
    /// The reason given with this save. It counts from who may override, of clashes all of which they may read.
    pub(crate) reason: Option<&'a str>,
    /// What the same line or booking took before. What was overridden for it goes on while neither its time nor the person
    /// changes; a room it has at that time may be closed since.
    pub(crate) before: Vec<TakenBefore>,
}

impl Overriding<'_> {
    fn has_reason(&self) -> bool {
        self.reason.is_some_and(|text| !text.trim().is_empty())
    }

    /// Whether a room was shared with another use before, because changed clocks brought the two together, and goes on to be for no longer.
    fn was_shared(&self, clash: &Clash, candidate: &Candidate) -> bool {
        let wanted = candidate.engagements().iter().find(|engagement| Some(engagement.resource) == clash.resource);
        let goes_on = |wanted: &Engagement, before: &TakenBefore| {
            let is_it = before.resource == wanted.resource && before.core == wanted.core;
            is_it && before.overridden && before.during.contains(wanted.during())
        };
        clash.rule == RuleId::RoomTwice && wanted.is_some_and(|wanted| self.before.iter().any(|before| goes_on(wanted, before)))
    }

    fn stood_before(&self, clash: &Clash, candidate: &Candidate) -> bool {
        let wanted = candidate.engagements().iter().find(|engagement| Some(engagement.resource) == clash.resource);
        let stands = |wanted: &Engagement, before: &TakenBefore| {
            before.resource == wanted.resource
                && if clash.rule.is_of_a_room_alone() { before.goes_on_in(wanted) } else { before.overridden && before.core == wanted.core }
        };
        wanted.is_some_and(|wanted| self.before.iter().any(|before| stands(wanted, before)))
    }
}

/// What came of a check.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What was found below a refusal, or overridden.
    pub(crate) warnings: Vec<Clash>,
    /// The people, and the rooms of what changed clocks moved, that are shared with what they clash with.
    overridden: BTreeSet<ResourceId>,
}

/// The rules as the office has set them.
pub(crate) fn rules(context: &RequestContext) -> Rules {
    Rules::from(&context.office().details.levels)
}

/// A span with what is read around it.
pub(crate) fn around(during: Span) -> Span {
    Span::new(during.starts() - AROUND, during.ends() + AROUND).unwrap_or(during)
}

/// A span with all that may reach into it by margins, its own and those of others.
pub(crate) fn with_margins(during: Span) -> Span {
    Span::new(during.starts() - MARGINS, during.ends() + MARGINS).unwrap_or(during)
}

/// Builds the plan around a span from the engagements of some resources.
async fn plan_around(
    context: &RequestContext,
    connection: &mut impl Connection,
    resources: &[ResourceId],
    during: Span,
    surroundings: Surroundings,
) -> Outcome<Plan> {
    let engagements = of_resources(context, connection, resources, during).await?;
    plan_of(context, connection, engagements, surroundings, around(during)).await
}

/// What takes some resources around a span.
async fn of_resources(
    context: &RequestContext,
    connection: &mut impl Connection,
    resources: &[ResourceId],
    during: Span,
) -> Outcome<Vec<Engagement>> {
    let window = around(during);
    let mut engagements = Vec::new();
    for resource in resources {
        engagements.extend(store::of_resource(context, connection, *resource, window).await?);
    }
    Ok(engagements)
}

/// The plan of what is taken within a stretch of time, with the terms of the rooms and the ways between the sites.
pub(crate) async fn plan_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    engagements: Vec<Engagement>,
    surroundings: Surroundings,
    within: Span,
) -> Outcome<Plan> {
    let sites = rooms::store::sites(context, connection).await?;
    let Surroundings { lines, frames, hours, sweeps, rooms } = surroundings;
    let travel = rooms::terms::travel_between(&sites);
    let rooms = rooms::terms::terms_of(context, connection, &rooms, &sites, within).await?;
    let (nights, days_off) = (hours.nights.clone(), hours.days_off.clone());
    Ok(Plan::new(context.now(), PlanParts { engagements, travel, lines, frames, nights, days_off, sweeps, rooms, ..PlanParts::default() }))
}

/// Checks what is intended as a save does, under the locks of what it takes. `find` finds its clashes in a plan.
///
/// # Errors
/// With what clashes, when a rule refuses and no override was given by who may.
pub(crate) async fn check(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    intended: &Intended<'_>,
    overriding: &Overriding<'_>,
    find: impl FnOnce(&Plan) -> Vec<Clash>,
) -> Outcome<Checked> {
    let candidate = intended.candidate;
    let resources: Vec<ResourceId> = candidate.engagements().iter().map(|engagement| engagement.resource).collect();
    let ids: Vec<uuid::Uuid> = resources.iter().map(|id| id.uuid()).collect();
    crate::database::dialect::lock_resources(transaction, context.office_id(), &ids).await?;
    store::drop_lapsed(context, transaction, &resources).await?;
    let Some(during) = candidate.during() else { return Ok(Checked { warnings: Vec::new(), overridden: BTreeSet::new() }) };
    let plan = plan_around(context, transaction, &resources, during, intended.surroundings.clone()).await?;
    let clashes = find(&plan);
    match let_through(context, transaction, &clashes, candidate, overriding).await? {
        Some(overridden) => Ok(Checked { warnings: clashes, overridden }),
        None => Err(intended.refused(clashes)),
    }
}

/// Whether what clashes may stand, because it is no more than a warning or was overridden: then with the things that are shared
/// because of that.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn let_through(
    context: &RequestContext,
    connection: &mut impl Connection,
    clashes: &[Clash],
    candidate: &Candidate,
    overriding: &Overriding<'_>,
) -> Outcome<Option<BTreeSet<ResourceId>>> {
    // Only who reads the cause may override it.
    let may_override = overriding.has_reason()
        && context.actor().roles().iter().any(|role| role_allows(*role, Action::OverrideClash))
        && all_readable(context, connection, clashes, candidate.source()).await?;
    let rules = rules(context);
    let mut overridden = BTreeSet::new();
    for clash in clashes {
        let passes = match clash.level {
            // Where the office holds it to be no more than a warning, nobody need override it for a thing to be shared.
            Level::Warn | Level::Note if clash.rule.is_of_sharing() && rules.level(clash.rule) <= Level::Warn => true,
            Level::Warn | Level::Note => continue,
            Level::Block => overriding.was_shared(clash, candidate),
            Level::Override => may_override || overriding.stood_before(clash, candidate),
        };
        if !passes {
            return Ok(None);
        }
        // Of a room only that it is taken twice makes it shared: whatever else was allowed, nobody else may have it.
        let is_room = clash.resource.is_some() && clash.resource == candidate.room().map(|(room, _)| room);
        overridden.extend(clash.resource.filter(|_| !is_room || clash.rule == RuleId::RoomTwice));
    }
    Ok(Some(overridden))
}

/// Checks what is intended without saving it: all that `find` finds.
///
/// # Errors
/// When the database refuses. What clashes is no error here.
pub(crate) async fn preview(
    context: &RequestContext,
    connection: &mut impl Connection,
    intended: &Intended<'_>,
    find: impl FnOnce(&Plan) -> Vec<Clash>,
) -> Outcome<ClashRefusal> {
    let needless = || ClashRefusal { source: intended.candidate.source(), clashes: Vec::new(), alternatives: Alternatives::Needless };
    let Some(during) = intended.candidate.during() else { return Ok(needless()) };
    let resources: Vec<ResourceId> = intended.candidate.engagements().iter().map(|engagement| engagement.resource).collect();
    let plan = plan_around(context, connection, &resources, during, intended.surroundings.clone()).await?;
    let clashes = find(&plan);
    Ok(if clashes.is_empty() { needless() } else { intended.clashing(clashes) })
}

async fn all_readable(context: &RequestContext, connection: &mut impl Connection, clashes: &[Clash], source: Source) -> Outcome<bool> {
    let nameless = OfficeDirectory::default();
    let mut telling = Telling::new(context, &nameless);
    for clash in clashes {
        if !telling.reads(connection, clash, source).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The nearest times and rooms that would work, on five minutes if all that is in the way is `known` to who asks. However many
/// rooms there are, they are read at once. `beside` tells what else will be taken and given back.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn alternatives(
    context: &RequestContext,
    connection: &mut impl Connection,
    wanted: &Wanted,
    known: bool,
    beside: &Beside,
) -> Outcome<Vec<Slot>> {
    let candidate = &wanted.candidate;
    let Some(during) = candidate.during() else { return Ok(Vec::new()) };
    let resources: Vec<ResourceId> = candidate.engagements().iter().map(|engagement| engagement.resource).collect();
    let mut engagements = of_resources(context, connection, &resources, during).await?;
    let mut surroundings = wanted.surroundings.clone();
    let mut choices: Vec<RoomChoice> = Vec::new();
    if let Some((own, _)) = candidate.room() {
        surroundings.rooms = rooms::store::rooms(context, connection).await?;
        choices = room_choices(&surroundings.rooms, own, candidate.needs());
        // Another room is offered at the same time, so that it matters only what takes it then.
        engagements.extend(
            store::of_rooms(context, connection, with_margins(during)).await?.into_iter().filter(|it| !resources.contains(&it.resource)),
        );
    }
    let plan = plan_of(context, connection, beside.applied(engagements), surroundings, around(during)).await?;
    Ok(nearest(&plan, &rules(context), candidate, &search(context, during, known, choices)))
}

/// The other rooms, with the margins that a use asking so much has there. Whether they suit, their terms say.
pub(crate) fn room_choices(rooms: &[Room], own: ResourceId, needs: &RoomNeeds) -> Vec<RoomChoice> {
    let others = rooms.iter().map(|room| RoomChoice {
        room: ResourceId(room.id.uuid()),
        site: room.details.site,
        margins: room.details.margins(needs.layout, needs.sweep),
    });
    others.filter(|choice| choice.room != own).collect()
}

/// Where to look for what would work instead of `during`: up to half a day earlier and a day later.
pub(crate) fn search(context: &RequestContext, during: Span, known: bool, rooms: Vec<RoomChoice>) -> Search {
    Search {
        within: Span::new(during.starts() - EARLIER, during.ends() + LATER).unwrap_or(during),
        grid: if known { Grid::FiveMinutes } else { Grid::HalfHour },
        offset: context.zones().offset_at(&context.office().details.zone, during.starts()).unwrap_or(Offset::UTC),
        rooms,
        most: OFFERED,
    }
}

/// How a room is taken by a use that asks so much of it.
pub(crate) fn room_occupation(room: &RoomDetails, needs: &RoomNeeds) -> Occupation {
    Occupation::Room { site: room.site, margins: room.margins(needs.layout, needs.sweep) }
}

/// Where a person is for a line at a site of ours.
pub(crate) const fn at_site(site: Option<SiteId>) -> Option<Place> {
    match site {
        Some(site) => Some(Place::Site(site)),
        None => None,
    }
}

/// Two uses of one room by one visit that leave no time for clearing and set-up between them are one contiguous use: the
/// margins between them shrink to the gap, and stay whole at the outer edges.
pub(crate) fn meet(uses: &mut [Engagement]) {
    uses.sort_unstable_by_key(|engagement| (engagement.core.starts(), engagement.core.ends()));
    for i in 1..uses.len() {
        let (left, right) = uses.split_at_mut(i);
        let (Some(first), Some(second)) = (left.last_mut(), right.first_mut()) else { continue };
        let gap = (second.core.starts() - first.core.ends()).num_minutes();
        let (Occupation::Room { margins: before, .. }, Occupation::Room { margins: after, .. }) =
            (&mut first.occupation, &mut second.occupation)
        else {
            continue;
        };
        if gap < i64::from(before.after) + i64::from(after.before) {
            before.after = u32::try_from(gap).unwrap_or(0);
            after.before = 0;
        }
    }
}

/// What a source took before is given back, and returned: what of it was not dead already.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn release(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<Vec<TakenBefore>> {
    let before = store::taken_by(context, transaction, source).await?;
    store::delete_of_source(context, transaction, source).await?;
    Ok(before)
}

/// Writes that a room is taken by a use for which others have made way. The database refuses a second exclusive engagement.
///
/// # Errors
/// When the database refuses; as a clash if the room is taken.
pub(crate) async fn take_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: Option<VisitId>,
    intended: &Intended<'_>,
    given: &Engagement,
) -> Outcome<()> {
    store::delete_in_room(context, transaction, given.source, given.resource).await?;
    let written = store::insert(context, transaction, visit, given, given.is_exclusive(), false).await;
    written.map_err(|failure| as_clash(failure, intended))
}

/// What the database alone knew to be taken, as a clash.
fn as_clash(failure: Failure, intended: &Intended<'_>) -> Failure {
    match failure {
        Failure::Database(DatabaseError::Engaged) => intended.refused(Vec::new()),
        other => other,
    }
}

/// Writes what a source takes. The database refuses a second exclusive engagement whatever was checked.
///
/// # Errors
/// When the database refuses; as a clash if something is taken.
pub(crate) async fn take(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: Option<VisitId>,
    intended: &Intended<'_>,
    checked: &Checked,
) -> Outcome<()> {
    for engagement in intended.candidate.engagements().iter().filter(|engagement| !engagement.claim.is_wished()) {
        let overridden = checked.overridden.contains(&engagement.resource);
        let exclusive = engagement.is_exclusive() && !overridden;
        let written = store::insert(context, transaction, visit, engagement, exclusive, overridden).await;
        written.map_err(|failure| as_clash(failure, intended))?;
    }
    Ok(())
}

/// Writes what a source takes at the times that changed rules of the clocks give it. Nobody chose these times, so that nothing is refused: of
/// what others have by then it takes a share, as if that had been overridden, and the clash is told wherever the two are looked at.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn take_renewed(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: Option<VisitId>,
    candidate: &Candidate,
    before: &[TakenBefore],
) -> Outcome<()> {
    let resources: Vec<ResourceId> = candidate.engagements().iter().map(|engagement| engagement.resource).collect();
    let ids: Vec<uuid::Uuid> = resources.iter().map(|id| id.uuid()).collect();
    crate::database::dialect::lock_resources(transaction, context.office_id(), &ids).await?;
    store::drop_lapsed(context, transaction, &resources).await?;
    let taken = candidate.engagements().iter().filter(|engagement| !engagement.claim.is_wished() && engagement.is_alive(context.now()));
    for engagement in taken {
        let meets_another = engagement.is_exclusive()
            && store::is_exclusively_taken(context, transaction, engagement.resource, engagement.during()).await?;
        let was_shared = before.iter().any(|before| before.resource == engagement.resource && before.overridden);
        let overridden = meets_another || was_shared;
        let exclusive = engagement.is_exclusive() && !overridden;
        store::insert(context, transaction, visit, engagement, exclusive, overridden).await?;
    }
    Ok(())
}

/// Whether something that a source takes is taken by others too.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn shares(context: &RequestContext, connection: &mut impl Connection, source: Source) -> Outcome<bool> {
    for taken in store::taken_by(context, connection, source).await? {
        if store::is_shared(context, connection, source, &taken).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
