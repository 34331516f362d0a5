//! Lines of a visit that change together: looked at with all of them where they would be, and taken in one step or not at all.

use super::{
    asks_the_same, author, live_view,
    standing::{alternatives, engagements_around, whole},
    store,
    taking::{Before, Prepared, Shifted, frame_of, give_back_all, line_among, prepare_shifted, sweep_of},
};
use crate::{
    accounts::directory::of_person,
    audit::{Entry, chain::Digest},
    clashes::Telling,
    context::RequestContext,
    database::{Connection, WriteTransaction, dialect},
    directory::OfficeDirectory,
    engagements::{self, GivenBack, Overriding},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    news,
    permits::{EditProgramme, Permit},
    reasons,
    rooms::{
        self,
        approvals::{self, editors_of},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    audit::ThingKind,
    clash::{Clash, Plan, PlanParts, Source},
    ids::{AccountId, ItemId},
    marking::view::{ClashView, ItemView, NewsKind},
    programme::{ItemPart, ItemState, ItemTime, ProgrammeItem, day::rest::DayLine, input::ItemInput},
    time::{
        agreed::{AgreedTime, MomentView},
        clocks::{CapitalTime, rfc3339},
    },
    visits::Visit,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lines of a visit that change together.
pub(super) struct Together {
    pub(super) visit: Visit,
    pub(super) directory: OfficeDirectory,
    /// All lines of the visit as they are.
    pub(super) lines: Vec<ProgrammeItem>,
    /// Those that change, are put back or are new.
    pub(super) changed: Vec<Shifted>,
    /// Those that go.
    pub(super) removed: Vec<ProgrammeItem>,
}

/// A line of a programme, as far as it matters to whether it goes with others; `then` is when it would start.
pub(super) fn day_line(
    context: &RequestContext,
    item: &ProgrammeItem,
    view: &ItemView,
    is_of_rest: bool,
    then: DateTime<Utc>,
) -> Outcome<DayLine> {
    let during = item.details.span().ok_or(Failure::Corrupt { what: "programme line" })?;
    // A hold that ends when its line starts goes with it.
    let held_until = item.details.hold_until.map(|until| if until >= during.starts() { then } else { until });
    Ok(DayLine {
        item: item.id,
        during,
        // A room that its mover may not read joins nothing.
        room: view.room.as_ref().map(|room| room.id),
        is_of_rest,
        is_fixed: item.details.fixed,
        has_lapsed: item.details.state == ItemState::Held && held_until.is_some_and(|until| until <= context.now()),
        is_read: !view.is_stand_in && view.markings.contains_key(&ItemPart::Time),
        actual: item.details.time_for_rules().actual(),
    })
}

/// A line at another time.
///
/// # Errors
/// When its mover may not read when it is.
pub(super) fn moved_to(context: &RequestContext, item: &ProgrammeItem, visit: &Visit, time: &ItemTime) -> Outcome<ProgrammeItem> {
    let had = item.details.time_for_rules();
    let ends_with_it = item.details.state == ItemState::Held && item.details.hold_until >= Some(had.starts().at());
    let input = ItemInput {
        starts: Some(AgreedTime::from(time.starts())),
        ends: Some(AgreedTime::from(time.ends())),
        hold_until: ends_with_it.then(|| rfc3339(time.starts())),
        ..ItemInput::default()
    };
    let details = input.onto(item, visit, author(context), context.zones())?;
    Ok(ProgrammeItem { details, ..item.clone() })
}

/// Where a line goes, and what stands in its way there.
#[derive(Debug, Default)]
pub(super) struct Goes {
    pub(super) starts: Option<MomentView>,
    pub(super) ends: Option<MomentView>,
    pub(super) capital: Option<CapitalTime>,
    pub(super) asks_again: bool,
    pub(super) clashes: Vec<ClashView>,
}

impl Goes {
    /// Of a line as it would be, to who sees it there.
    pub(super) fn of(
        context: &RequestContext,
        after: &ProgrammeItem,
        visit: &Visit,
        directory: &OfficeDirectory,
        line: &Prepared,
        clashes: Vec<ClashView>,
    ) -> Option<Self> {
        let view = live_view(context, after, visit, directory)?;
        let asks_again = line.waits_for_its_room();
        Some(Self { starts: Some(view.starts), ends: Some(view.ends), capital: view.capital, asks_again, clashes })
    }
}

/// A line that was written, by its revisions before and after; none before where there was no such line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineWritten {
    pub(super) item: ItemId,
    pub(super) before: Option<i64>,
    pub(super) after: i64,
}

/// What was taken.
pub(super) struct Taken {
    pub(super) prepared: Vec<Prepared>,
    pub(super) written: Vec<LineWritten>,
    digests: Vec<Digest>,
}

impl Taken {
    /// The entry of the record, with all that was written.
    pub(super) fn noted_in(&self, entry: Entry) -> Entry {
        let note = |entry: Entry, line: &LineWritten| entry.thing(ThingKind::Item, line.item.uuid(), line.after);
        self.written.iter().fold(entry, note).digests(&self.digests)
    }
}

/// Whether what would work instead is looked for too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offers {
    /// It is.
    Nearest,
    /// It is not.
    Nothing,
}

impl Together {
    /// All lines of the visit as they would be.
    fn lines_after(&self) -> Vec<ProgrammeItem> {
        let goes = |item: &ProgrammeItem| self.removed.iter().any(|gone| gone.id == item.id);
        let after = |item: &ProgrammeItem| self.changed.iter().find(|it| it.after.id == item.id).map_or(item, |it| &it.after).clone();
        let is_new = |it: &&Shifted| self.lines.iter().all(|item| item.id != it.after.id);
        let kept = self.lines.iter().filter(|item| !goes(item)).map(after);
        kept.chain(self.changed.iter().filter(is_new).map(|it| it.after.clone())).collect()
    }

    /// What the lines that change would take, all of them being where they go.
    pub(super) async fn prepare(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Prepared>> {
        prepare_shifted(context, connection, &self.visit, &self.changed, &self.lines_after()).await
    }

    /// What would stand in the way of each line that changes, in words for who changes them.
    pub(super) async fn clashes(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        prepared: &[Prepared],
        offers: Offers,
    ) -> Outcome<Vec<Vec<ClashView>>> {
        let Some(during) = whole(prepared) else { return Ok(vec![Vec::new(); prepared.len()]) };
        let all_rooms = rooms::store::rooms(context, connection).await?;
        let sites = rooms::store::sites(context, connection).await?;
        let changes = |source: Source| {
            let goes = self.removed.iter().any(|item| Source::Item(item.id) == source);
            goes || self.changed.iter().any(|it| Source::Item(it.after.id) == source)
        };
        let mut engagements = engagements_around(context, connection, prepared).await?;
        engagements.retain(|engagement| !changes(engagement.source));
        engagements.extend(prepared.iter().flat_map(|line| line.candidate.engagements().iter().copied()));
        let lines = self.lines_after();
        // They were prepared together.
        let hours = prepared.first().map(Prepared::hours);
        let plan = Plan::new(
            context.now(),
            PlanParts {
                engagements,
                lines: lines.iter().filter_map(|item| line_among(context, &self.visit, item)).collect(),
                frames: frame_of(context, &self.visit).into_iter().collect(),
                nights: hours.map(|hours| hours.nights.clone()).unwrap_or_default(),
                days_off: hours.map(|hours| hours.days_off.clone()).unwrap_or_default(),
                sweeps: lines.iter().filter_map(|item| sweep_of(context, item, &self.visit)).collect(),
                travel: rooms::terms::travel_between(&sites),
                rooms: rooms::terms::terms_of(context, connection, &all_rooms, &sites, engagements::around(during)).await?,
                ..PlanParts::default()
            },
        );
        let mut telling = Telling::new(context, &self.directory);
        for item in self.lines.iter().chain(&lines) {
            telling.knows(item, &self.visit);
        }
        if let Some(hours) = hours {
            telling.knows_hours(&self.visit, hours);
        }
        let mut said = Vec::with_capacity(prepared.len());
        for line in prepared {
            let clashes: Vec<Clash> = line.clashes(context, &plan);
            if clashes.is_empty() {
                said.push(Vec::new());
                continue;
            }
            let source = line.candidate.source();
            let (judged, known) = telling.judged(connection, &clashes, source).await?;
            let nearest = match offers {
                Offers::Nearest => alternatives(context, line, &judged, known, &plan, &all_rooms),
                Offers::Nothing => Vec::new(),
            };
            let zone = line.item.details.time_for_rules().starts().zone.clone();
            let refusal = ClashRefusal { source, clashes, alternatives: Alternatives::Found(nearest) };
            said.push(telling.say(connection, &refusal, &zone).await?);
        }
        Ok(said)
    }

    /// Locks all that the changed lines take at once, and so in one order whoever else does so.
    async fn lock(&self, context: &RequestContext, transaction: &mut WriteTransaction, prepared: &[Prepared]) -> Outcome<()> {
        let taken = prepared.iter().flat_map(|line| line.candidate.engagements()).map(|engagement| engagement.resource.uuid());
        let resources: Vec<Uuid> = taken.collect::<BTreeSet<_>>().into_iter().collect();
        Ok(dialect::lock_resources(transaction, context.office_id(), &resources).await?)
    }

    /// Writes it all: what each line held is given back, and taken anew one after the other.
    ///
    /// # Errors
    /// When something a line needs is taken, a line changed meanwhile, or the database refuses.
    pub(super) async fn take(
        &self,
        context: &RequestContext,
        transaction: &mut WriteTransaction,
        permit: &Permit<EditProgramme>,
        reason: Option<&str>,
    ) -> Outcome<Taken> {
        let prepared = self.prepare(context, transaction).await?;
        self.lock(context, transaction, &prepared).await?;
        let leaving: Vec<&ProgrammeItem> = self.changed.iter().filter_map(|it| it.before.item()).chain(&self.removed).collect();
        let before = give_back_all(context, transaction, &self.visit, &leaving).await?;
        let mut given_back: GivenBack = leaving.iter().map(|item| Source::Item(item.id)).zip(before).collect();
        self.changed.iter().for_each(|it| given_back.note(Source::Item(it.after.id), Vec::new()));
        let is_alone = leaving.len() == 1 && self.changed.len() == 1;
        let mut taken = Taken { prepared: Vec::new(), written: Vec::new(), digests: Vec::new() };
        for item in &self.removed {
            approvals::forget(context, transaction, Source::Item(item.id)).await?;
            taken.digests.push(store::remove(context, transaction, permit, item).await?);
            taken.written.push(LineWritten { item: item.id, before: Some(item.revision), after: item.revision + 1 });
        }
        let mut written = Vec::with_capacity(prepared.len());
        for (it, line) in self.changed.iter().zip(prepared) {
            let id = it.after.id;
            let overriding = Overriding { reason, given_back: &given_back };
            // Of several that change together each may have met another, and meet it no more.
            let goes_on = is_alone && it.before.item().is_some_and(|was| asks_the_same(&was.details, &it.after.details));
            let line =
                if goes_on { line.going_on(context, transaction, &self.visit, overriding.before(Source::Item(id))).await? } else { line };
            let checked = line.check(context, transaction, &overriding).await?;
            let (seen, revision, digest) = match &it.before {
                Before::There(item) => {
                    let (revision, digest) = store::update(context, transaction, permit, item, &it.after.details, &line.people).await?;
                    (Some(item.revision), revision, digest)
                }
                Before::TakenOut { revision: seen } => {
                    let gone = ProgrammeItem { revision: *seen, ..it.after.clone() };
                    let (revision, digest) = store::put_back(context, transaction, permit, &gone, &line.people).await?;
                    (Some(*seen), revision, digest)
                }
                Before::Nowhere => (None, 1, store::insert(context, transaction, permit, &it.after, &line.people).await?),
            };
            reasons::keep(context, transaction, ThingKind::Item, id.uuid(), revision, reason).await?;
            line.take(context, transaction, &self.visit, &checked).await?;
            taken.digests.push(digest);
            taken.written.push(LineWritten { item: id, before: seen, after: revision });
            written.push(line);
        }
        taken.prepared = written;
        Ok(taken)
    }

    /// Tells whom it touches, once each: who may change the programme and who gives one of its rooms, of the first line that moves;
    /// whoever takes part, of the first that they are named on.
    pub(super) async fn tell(&self, context: &RequestContext, transaction: &mut WriteTransaction, prepared: &[Prepared]) -> Outcome<()> {
        let mut told: BTreeMap<AccountId, ItemId> = BTreeMap::new();
        for line in prepared {
            for person in &line.people {
                for account in of_person(context, transaction, *person).await? {
                    told.entry(account).or_insert(line.item.id);
                }
            }
        }
        if let Some(first) = self.changed.first() {
            for account in editors_of(context, transaction, self.visit.id).await? {
                told.insert(account, first.after.id);
            }
        }
        for (account, item) in told.into_iter().filter(|(account, _)| Some(*account) != context.actor().account()) {
            news::tell(context, transaction, account, NewsKind::Shifted, Source::Item(item)).await?;
        }
        Ok(())
    }

    /// The lines that changed, as they now are.
    ///
    /// # Errors
    /// When one of them is not there, or the database refuses.
    pub(super) async fn now(&self, context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<ProgrammeItem>> {
        let mut now = Vec::with_capacity(self.changed.len());
        for it in &self.changed {
            now.push(store::one(context, connection, it.after.id).await?.ok_or(Failure::NotFound)?);
        }
        Ok(now)
    }
}
