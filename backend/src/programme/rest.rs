//! Moving the rest of a day: looked at with all of it where it would go, and done in one step or not at all.

use super::{
    author, live_view,
    standing::{engagements_around, whole},
    store,
    taking::{Prepared, Shifted, frame_of, give_back_all, line_among, prepare_shifted, sweep_of},
};
use crate::{
    accounts::directory::of_person,
    audit::{
        self, Entry,
        deliveries::{Delivered, delivered},
    },
    clashes::Telling,
    context::{RequestContext, retried},
    database::{Connection, DatabaseError, WriteTransaction, dialect},
    directory::OfficeDirectory,
    engagements::{self, Overriding},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    news,
    permits::{EditProgramme, Permit, authorise},
    reasons,
    rooms::{self, approvals::editors_of},
    version::{ETag, Seen},
    visits,
};
use chrono::TimeDelta;
use domain::{
    audit::{Intent, ThingKind},
    clash::{Clash, Plan, PlanParts, Source},
    ids::{AccountId, ItemId, VisitId},
    marking::view::{ItemView, NewsKind, RestLineView, RestMetView, RestView},
    problems::Problem,
    programme::{
        ItemPart, ItemState, ProgrammeItem,
        day::rest::{DayLine, Fate, MOST_MOVED, RestInput, Stays, meetings, moved_rest},
        input::ItemInput,
    },
    time::{
        agreed::{AgreedTime, MomentView},
        clocks::rfc3339,
    },
    visits::Visit,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The rest of a day, with what becomes of each line of that day.
struct Rest {
    visit: Visit,
    directory: OfficeDirectory,
    first: ItemId,
    minutes: i64,
    /// All lines of the visit as they are.
    lines: Vec<ProgrammeItem>,
    /// The lines of the day that its mover knows of, in their order, with what becomes of each.
    day: Vec<(ItemView, DayLine, Fate)>,
    /// Those that move.
    shifted: Vec<Shifted>,
}

/// A line of the day, as far as it matters to whether it moves.
fn day_line(context: &RequestContext, item: &ProgrammeItem, view: &ItemView, first: &ProgrammeItem, by: TimeDelta) -> Outcome<DayLine> {
    let of = |item: &ProgrammeItem| item.details.span().ok_or(Failure::Corrupt { what: "programme line" });
    let during = of(item)?;
    // A hold that ends when its line starts goes with it.
    let held_until = item.details.hold_until.map(|until| if until >= during.starts() { during.starts() + by } else { until });
    Ok(DayLine {
        item: item.id,
        during,
        // A room that its mover may not read joins nothing.
        room: view.room.as_ref().map(|room| room.id),
        is_of_rest: during.starts() >= of(first)?.starts(),
        is_fixed: item.details.fixed,
        has_lapsed: item.details.state == ItemState::Held && held_until.is_some_and(|until| until <= context.now()),
        is_read: !view.is_stand_in && view.markings.contains_key(&ItemPart::Time),
        actual: item.details.time_for_rules().actual(),
    })
}

/// A line so much later or earlier.
fn shifted(context: &RequestContext, item: &ProgrammeItem, visit: &Visit, by: TimeDelta) -> Outcome<ProgrammeItem> {
    let had = item.details.time_for_rules();
    let moved = had.moved(by, context.zones()).ok_or_else(|| Failure::field("minutes", Problem::NotATime))?;
    let ends_with_it = item.details.state == ItemState::Held && item.details.hold_until >= Some(had.starts().at());
    let input = ItemInput {
        starts: Some(AgreedTime::from(moved.starts())),
        ends: Some(AgreedTime::from(moved.ends())),
        hold_until: ends_with_it.then(|| rfc3339(moved.starts())),
        ..ItemInput::default()
    };
    let details = input.onto(item, visit, author(context), context.zones())?;
    Ok(ProgrammeItem { details, ..item.clone() })
}

/// Finds the rest of a day and what becomes of it. Who asks may change the programme.
async fn gather(context: &RequestContext, connection: &mut impl Connection, visit: Visit, input: &RestInput) -> Outcome<Rest> {
    let first = input.read()?;
    // No more than half a day: it was read.
    let by = TimeDelta::minutes(input.minutes);
    let directory = OfficeDirectory::load(context, connection).await?;
    let lines = store::of_visit(context, connection, visit.id).await?;
    let unknown = || Failure::field("item_id", Problem::Unknown);
    let begins = lines.iter().find(|item| item.id == first).ok_or_else(unknown)?;
    live_view(context, begins, &visit, &directory).filter(|view| !view.is_stand_in).ok_or_else(unknown)?;
    let date_of = |item: &ProgrammeItem| item.details.time_for_rules().starts().local.date();
    let mut views = Vec::new();
    let mut day = Vec::new();
    for item in lines.iter().filter(|item| date_of(item) == date_of(begins)) {
        if let Some(view) = live_view(context, item, &visit, &directory) {
            day.push(day_line(context, item, &view, begins, by)?);
            views.push(view);
        }
    }
    let fates = moved_rest(&day, input.minutes);
    let mut moving = Vec::new();
    for (line, fate) in day.iter().zip(&fates) {
        let Fate::Moves(_) = fate else { continue };
        let before = lines.iter().find(|item| item.id == line.item).ok_or_else(unknown)?.clone();
        moving.push(Shifted { after: shifted(context, &before, &visit, by)?, before });
    }
    if moving.len() > MOST_MOVED {
        let most = i64::try_from(MOST_MOVED).unwrap_or(i64::MAX);
        return Err(Failure::field("item_id", Problem::OutOfBounds { least: 1, most }));
    }
    let day = views.into_iter().zip(day).zip(fates).map(|((view, line), fate)| (view, line, fate)).collect();
    Ok(Rest { visit, directory, first, minutes: input.minutes, lines, day, shifted: moving })
}

impl Rest {
    /// The version of the rest as its mover sees it: it does not change with what is hidden.
    fn version(&self) -> Outcome<ETag> {
        let seen: Vec<&ItemView> = self.of_rest().map(|(view, _, _)| view).collect();
        ETag::of(&(self.first, self.minutes, seen))
    }

    fn of_rest(&self) -> impl Iterator<Item = &(ItemView, DayLine, Fate)> {
        self.day.iter().filter(|(_, _, fate)| *fate != Fate::Stays(Stays::Before))
    }

    /// All lines of the visit as they would be.
    fn lines_after(&self) -> Vec<ProgrammeItem> {
        let after = |item: &ProgrammeItem| self.shifted.iter().find(|it| it.after.id == item.id).map_or(item, |it| &it.after).clone();
        self.lines.iter().map(after).collect()
    }

    /// What would stand in the way of each line that moves, all of them being where they go.
    async fn clashes(&self, context: &RequestContext, connection: &mut impl Connection, prepared: &[Prepared]) -> Outcome<Vec<Vec<Clash>>> {
        let Some(during) = whole(prepared) else { return Ok(vec![Vec::new(); prepared.len()]) };
        let all_rooms = rooms::store::rooms(context, connection).await?;
        let sites = rooms::store::sites(context, connection).await?;
        let moves = |source: Source| self.shifted.iter().any(|it| Source::Item(it.after.id) == source);
        let mut engagements = engagements_around(context, connection, prepared).await?;
        engagements.retain(|engagement| !moves(engagement.source));
        engagements.extend(prepared.iter().flat_map(|line| line.candidate.engagements().iter().copied()));
        // They were prepared together.
        let hours = prepared.first().map(Prepared::hours);
        let plan = Plan::new(
            context.now(),
            PlanParts {
                engagements,
                lines: self.lines_after().iter().filter_map(|item| line_among(context, &self.visit, item)).collect(),
                frames: frame_of(context, &self.visit).into_iter().collect(),
                nights: hours.map(|hours| hours.nights.clone()).unwrap_or_default(),
                days_off: hours.map(|hours| hours.days_off.clone()).unwrap_or_default(),
                sweeps: self.lines_after().iter().filter_map(|item| sweep_of(context, item, &self.visit)).collect(),
                travel: rooms::terms::travel_between(&sites),
                rooms: rooms::terms::terms_of(context, connection, &all_rooms, &sites, engagements::around(during)).await?,
                ..PlanParts::default()
            },
        );
        Ok(prepared.iter().map(|line| line.clashes(context, &plan)).collect())
    }

    /// It in words for its mover.
    async fn view(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<RestView> {
        let after = self.lines_after();
        let prepared = prepare_shifted(context, connection, &self.visit, &self.shifted, &after).await?;
        let clashes = self.clashes(context, connection, &prepared).await?;
        let mut telling = Telling::new(context, &self.directory);
        for item in &self.lines {
            telling.knows(item, &self.visit);
        }
        if let Some(first) = prepared.first() {
            telling.knows_hours(&self.visit, first.hours());
        }
        let mut goes: BTreeMap<ItemId, (MomentView, MomentView, bool, Vec<_>)> = BTreeMap::new();
        for ((it, line), clashes) in self.shifted.iter().zip(&prepared).zip(clashes) {
            let time = it.after.details.time_for_rules();
            let refusal = ClashRefusal { source: Source::Item(it.after.id), clashes, alternatives: Alternatives::Found(Vec::new()) };
            let said = match refusal.clashes.is_empty() {
                true => Vec::new(),
                false => telling.say(connection, &refusal, &time.starts().zone).await?,
            };
            goes.insert(it.after.id, (time.starts().into(), time.ends().into(), line.waits_for_its_room(), said));
        }
        let (lines, fates): (Vec<DayLine>, Vec<Fate>) = self.day.iter().map(|(_, line, fate)| (*line, *fate)).unzip();
        let met = meetings(&lines, &fates);
        let title_of = |id: ItemId| self.day.iter().find(|(view, _, _)| view.id == id).and_then(|(view, _, _)| view.title.clone());
        let each = self.of_rest().map(|(view, line, fate)| {
            let (starts, ends, asks_again, clashes) = match goes.remove(&line.item) {
                Some((starts, ends, asks, said)) => (Some(starts), Some(ends), asks, said),
                None => (None, None, false, Vec::new()),
            };
            let meets = met.iter().filter(|met| met.moved == line.item).filter_map(|met| {
                Some(RestMetView { item_id: met.other, title: title_of(met.other)?, how: met.how, minutes: met.minutes })
            });
            let stays = match fate {
                Fate::Moves(_) => None,
                Fate::Stays(why) => Some(*why),
            };
            RestLineView { item: view.clone(), starts, ends, stays, asks_again, meets: meets.collect(), clashes }
        });
        let lines = each.collect();
        let mut view = RestView::of((self.visit.id, self.first, self.minutes), lines, context.reader());
        self.version()?.as_str().clone_into(&mut view.version);
        Ok(view)
    }

    /// Locks all that the moved lines take at once, and so in one order whoever else does so.
    async fn lock(&self, context: &RequestContext, transaction: &mut WriteTransaction, prepared: &[Prepared]) -> Outcome<()> {
        let taken = prepared.iter().flat_map(|line| line.candidate.engagements()).map(|engagement| engagement.resource.uuid());
        let resources: Vec<Uuid> = taken.collect::<BTreeSet<_>>().into_iter().collect();
        Ok(dialect::lock_resources(transaction, context.office_id(), &resources).await?)
    }

    /// Moves it all: what each line held is given back, and taken anew one after the other.
    async fn take(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        permit: &Permit<EditProgramme>,
        reason: Option<&str>,
    ) -> Outcome<Entry> {
        let prepared = prepare_shifted(context, transaction, &self.visit, &self.shifted, &self.lines_after()).await?;
        self.lock(context, transaction, &prepared).await?;
        let leaving: Vec<&ProgrammeItem> = self.shifted.iter().map(|it| &it.before).collect();
        let before = give_back_all(context, transaction, &self.visit, &leaving).await?;
        let mut entry = Entry::done(Intent::MoveRest).thing(ThingKind::Visit, self.visit.id.uuid(), self.visit.revision);
        let mut digests = Vec::with_capacity(prepared.len());
        for ((it, line), before) in self.shifted.iter().zip(&prepared).zip(before) {
            let checked = line.check(context, transaction, &Overriding { reason, before }).await?;
            let (revision, digest) = store::update(context, transaction, permit, &it.before, &it.after.details, &line.people).await?;
            reasons::keep(context, transaction, ThingKind::Item, it.after.id.uuid(), revision, reason).await?;
            line.take(context, transaction, &self.visit, &checked).await?;
            digests.push(digest);
            entry = entry.thing(ThingKind::Item, it.after.id.uuid(), revision);
        }
        self.tell(context, transaction, &prepared).await?;
        Ok(entry.digests(&digests))
    }

    /// Tells whom it touches, once each: who may change the programme and who gives one of its rooms, of the first line that moves;
    /// whoever takes part, of the first that they are named on.
    async fn tell(&self, context: &RequestContext, transaction: &mut WriteTransaction, prepared: &[Prepared]) -> Outcome<()> {
        let mut told: BTreeMap<AccountId, ItemId> = BTreeMap::new();
        for line in prepared {
            for person in &line.people {
                for account in of_person(context, transaction, *person).await? {
                    told.entry(account).or_insert(line.item.id);
                }
            }
        }
        if let Some(first) = self.shifted.first() {
            for account in editors_of(context, transaction, self.visit.id).await? {
                told.insert(account, first.after.id);
            }
        }
        for (account, item) in told.into_iter().filter(|(account, _)| Some(*account) != context.actor().account()) {
            news::tell(context, transaction, account, NewsKind::Shifted, Source::Item(item)).await?;
        }
        Ok(())
    }
}

/// The rest of a day, from one line on, as it would be moved by some minutes: what goes where, what stays and why, and what would
/// stand in its way. Nothing is saved.
///
/// # Errors
/// When there is no such visit for this reader, the actor may not change its programme, or something given is wrong. What clashes is
/// no error here.
pub async fn check_rest(context: &RequestContext, visit: VisitId, input: &RestInput) -> Outcome<RestView> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let rest = gather(context, &mut connection, visit, input).await?;
    let view = rest.view(context, &mut connection).await?;
    let of = |view: &ItemView| rest.lines.iter().find(|item| item.id == view.id).map(|item| Delivered::item(item, view));
    let things: Vec<Delivered> = view.lines.iter().filter_map(|line| of(&line.item)).collect();
    delivered(context, connection, &things).await?;
    Ok(view)
}

/// Moves the rest of a day, if its lines are still as its author saw them: all of it or nothing. What has begun, is fixed, or may not
/// be read stays. Gives the lines that moved, as they now are.
///
/// # Errors
/// [`Failure::RestRefused`] when a line changed since, or one cannot go where it was to go; when the actor may not, or something given
/// is wrong.
pub async fn move_rest(context: &RequestContext, visit: VisitId, input: &RestInput) -> Outcome<Vec<ItemView>> {
    let seen = Seen::from_form(input.seen.as_deref().unwrap_or_default());
    let attempt = retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let rest = gather(context, &mut transaction, visit, input).await?;
        seen.check(&rest.version()?)?;
        if rest.shifted.is_empty() {
            return Err(Failure::field("item_id", Problem::StateRefused));
        }
        let entry = rest.take(context, &mut transaction, &permit, input.reason.as_deref()).await?;
        audit::record(context, &mut transaction, entry).await?;
        let mut moved = Vec::with_capacity(rest.shifted.len());
        for it in &rest.shifted {
            let item = store::one(context, &mut transaction, it.after.id).await?.ok_or(Failure::NotFound)?;
            moved.extend(live_view(context, &item, &rest.visit, &rest.directory));
        }
        transaction.commit().await?;
        Ok(moved)
    })
    .await;
    match attempt {
        Err(Failure::Clash(_) | Failure::Stale | Failure::Database(DatabaseError::Engaged)) => {
            Err(Failure::RestRefused(Box::new(check_rest(context, visit, input).await?)))
        }
        other => other,
    }
}
