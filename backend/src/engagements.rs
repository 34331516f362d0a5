//! What takes rooms and people, in the database: the plan a check is made against, and the rows a save leaves.

mod before;
pub(crate) mod rows;
pub(crate) mod store;

pub(crate) use before::{Booked, GivenBack, TakenBefore, as_booked, asked_anew, booked, held_before};

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
    clash::{Candidate, Clash, Engagement, Frame, Level, Line, Occupation, Place, Plan, PlanParts, RuleId, Rules, Source, Sweep},
    ids::{ResourceId, SiteId, VisitId},
    marking::Marking,
    permission::{Action, role_allows},
    rooms::{LONGEST_MARGIN_MINUTES, Room, RoomDetails, terms::RoomNeeds},
    slots::{Grid, RoomChoice, Search, Slot, nearest},
    time::{Offset, Span},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// By what a clash that may be overridden is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overriding<'a> {
    /// The reason given with this save. It counts from who may override, of clashes all of which they may read.
    pub(crate) reason: Option<&'a str>,
    /// What was taken before by all that changes in the same step. What was overridden goes on while neither its time nor the person
    /// changes; a room it has at that time may be closed since; what others shared of it then, they share still.
    pub(crate) given_back: &'a GivenBack,
}

impl Default for Overriding<'_> {
    fn default() -> Self {
        Self { reason: None, given_back: GivenBack::NOTHING }
    }
}

impl Overriding<'_> {
    fn has_reason(&self) -> bool {
        self.reason.is_some_and(|text| !text.trim().is_empty())
    }

    /// What a line or booking took before.
    pub(crate) fn before(&self, source: Source) -> &[TakenBefore] {
        self.given_back.by(source)
    }

    fn stood_before(&self, clash: &Clash, candidate: &Candidate) -> bool {
        let stands = |wanted: &Engagement, before: &TakenBefore| {
            before.resource == wanted.resource
                && if clash.rule.is_of_a_room_alone() { before.goes_on_in(wanted) } else { before.overridden && before.core == wanted.core }
        };
        wanted_in(clash, candidate).is_some_and(|wanted| self.before(candidate.source()).iter().any(|before| stands(wanted, before)))
    }

    /// With what a thing was shared before, if that is what clashes and no more of it is asked now: changed clocks may have brought the two
    /// together, and either is mended where it is.
    async fn shared_before(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        clash: &Clash,
        candidate: &Candidate,
    ) -> Outcome<Option<Source>> {
        if !is_of_two_uses(clash.rule) {
            return Ok(None);
        }
        let Some((wanted, other)) = wanted_in(clash, candidate).zip(clash.other_than(candidate.source())) else { return Ok(None) };
        let Some((had, stands)) = self.given_back.of_thing(candidate.source(), wanted.resource).zip(other.during) else { return Ok(None) };
        let mut stood = stands;
        if self.given_back.changes(other.source) {
            // It is where it goes already, and was perhaps not there until then.
            let Some(was) = self.given_back.of_thing(other.source, wanted.resource) else { return Ok(None) };
            let is = store::taken_by(context, connection, other.source).await?;
            if is.iter().any(|is| is.resource == wanted.resource && is.firmness > was.firmness) {
                return Ok(None);
            }
            stood = was.during;
        }
        Ok(had.took_as_much(wanted, stood, stands).then_some(other.source))
    }
}

/// What is wanted of the thing that two clash over.
fn wanted_in<'a>(clash: &Clash, candidate: &'a Candidate) -> Option<&'a Engagement> {
    candidate.engagements().iter().find(|engagement| Some(engagement.resource) == clash.resource)
}

/// Whether a rule says that one thing is in two uses at once.
fn is_of_two_uses(rule: RuleId) -> bool {
    rule == RuleId::RoomTwice || rule.is_of_sharing()
}

/// What may be taken although it clashes, and how that is shared.
#[derive(Debug, Default)]
pub(crate) struct LetThrough {
    /// Of what something else was allowed by an override, or is held by the office to be no more than a warning.
    overridden: BTreeSet<ResourceId>,
    /// What was shared before, and with what.
    shared: BTreeMap<ResourceId, BTreeSet<Source>>,
}

/// What came of a check.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What was found below a refusal, or overridden.
    pub(crate) warnings: Vec<Clash>,
    let_through: LetThrough,
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
    let Some(during) = candidate.during() else { return Ok(Checked::default()) };
    let plan = plan_around(context, transaction, &resources, during, intended.surroundings.clone()).await?;
    let clashes = find(&plan);
    match let_through(context, transaction, &clashes, candidate, overriding).await? {
        Some(let_through) => Ok(Checked { warnings: clashes, let_through }),
        None => Err(intended.refused(clashes)),
    }
}

/// How what clashes may stand, because it is no more than a warning, was overridden or was shared before; none where it may not.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn let_through(
    context: &RequestContext,
    connection: &mut impl Connection,
    clashes: &[Clash],
    candidate: &Candidate,
    overriding: &Overriding<'_>,
) -> Outcome<Option<LetThrough>> {
    // Only who reads the cause may override it.
    let may_override = overriding.has_reason()
        && context.actor().roles().iter().any(|role| role_allows(*role, Action::OverrideClash))
        && all_readable(context, connection, clashes, candidate.source()).await?;
    let rules = rules(context);
    let mut passed = LetThrough::default();
    for clash in clashes {
        let is_overridden = match clash.level {
            // Where the office holds it to be no more than a warning, nobody need override it for a thing to be shared.
            Level::Warn | Level::Note if clash.rule.is_of_sharing() && rules.level(clash.rule) <= Level::Warn => true,
            Level::Warn | Level::Note => continue,
            Level::Block => false,
            Level::Override => may_override || overriding.stood_before(clash, candidate),
        };
        if is_overridden {
            passed.overridden.extend(clash.resource);
            continue;
        }
        let with = overriding.shared_before(context, connection, clash, candidate).await?;
        let Some((with, resource)) = with.zip(clash.resource) else { return Ok(None) };
        passed.shared.entry(resource).or_default().insert(with);
    }
    Ok(Some(passed))
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
        // Of those before it, what ends last: changed clocks may have brought a short use into a long one.
        let latest = left.iter_mut().max_by_key(|earlier| earlier.core.ends());
        let (Some(first), Some(second)) = (latest, right.first_mut()) else { continue };
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
    // A use that shares its room is not exclusive to the database, and takes it all the same.
    let others = store::of_resource(context, transaction, given.resource, given.during()).await?;
    if others.iter().any(|other| other.is_alive(context.now()) && other.is_exclusive()) {
        return Err(intended.refused(Vec::new()));
    }
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
    let LetThrough { overridden, shared } = &checked.let_through;
    for engagement in intended.candidate.engagements().iter().filter(|engagement| !engagement.claim.is_wished()) {
        let is_overridden = overridden.contains(&engagement.resource);
        let is_shared = match shared.get(&engagement.resource) {
            Some(with) => is_shared_with(context, transaction, engagement, with).await?,
            None => false,
        };
        // Whatever else is allowed of a room, nobody else may have it.
        let is_room = matches!(engagement.occupation, Occupation::Room { .. });
        let exclusive = engagement.is_exclusive() && !is_shared && (is_room || !is_overridden);
        // A pencil's row says nothing of that for a room: one that is not exclusive and overridden is a promise that shares its room.
        let notes_override = is_overridden && (!is_room || engagement.is_exclusive());
        let written = store::insert(context, transaction, visit, engagement, exclusive, notes_override || is_shared).await;
        written.map_err(|failure| as_clash(failure, intended))?;
    }
    Ok(())
}

/// Whether only these have the thing for themselves that a use shares with them: then it has it beside them, and otherwise for itself.
async fn is_shared_with(
    context: &RequestContext,
    connection: &mut impl Connection,
    engagement: &Engagement,
    with: &BTreeSet<Source>,
) -> Outcome<bool> {
    if !engagement.is_exclusive() {
        return Ok(false);
    }
    let exclusive = store::exclusively_taken_by(context, connection, engagement.resource, engagement.during()).await?;
    // What nobody has found, the database refuses.
    Ok(!exclusive.is_empty() && exclusive.iter().all(|source| with.contains(source)))
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
            && !store::exclusively_taken_by(context, transaction, engagement.resource, engagement.during()).await?.is_empty();
        let is_room = matches!(engagement.occupation, Occupation::Room { .. });
        let was_overridden = before.iter().any(|before| before.resource == engagement.resource && before.overridden);
        let overridden = meets_another || (was_overridden && !is_room);
        let exclusive = engagement.is_exclusive() && !overridden;
        store::insert(context, transaction, visit, engagement, exclusive, overridden).await?;
    }
    Ok(())
}

/// The marking of what one learns by knowing that something which a line or booking takes is in two uses at once; none where nothing is.
/// `find` finds its clashes in a plan, which knows all that takes its things and nothing else.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn shares(
    context: &RequestContext,
    connection: &mut impl Connection,
    candidate: &Candidate,
    find: impl FnOnce(&Plan) -> Vec<Clash>,
) -> Outcome<Option<Marking>> {
    let Some(during) = candidate.during() else { return Ok(None) };
    let resources: Vec<ResourceId> = candidate.engagements().iter().map(|engagement| engagement.resource).collect();
    let engagements = of_resources(context, connection, &resources, during).await?;
    let plan = Plan::new(context.now(), PlanParts { engagements, ..PlanParts::default() });
    // Who drops by is in two places by intention, and what is wished for takes nothing.
    let is_twice = |clash: &Clash| is_of_two_uses(clash.rule) && clash.rule != RuleId::PersonDropBy;
    let takes = |clash: &Clash| wanted_in(clash, candidate).is_some_and(|wanted| !wanted.claim.is_wished());
    Ok(find(&plan).iter().filter(|clash| is_twice(clash) && takes(clash)).map(|clash| clash.marking).min())
}
