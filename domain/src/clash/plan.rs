//! All that a check is made against, put in order once.

use super::{Candidate, DayOff, Engagement, Frame, Line, Night, RoomTerms, Source, Sweep, TimeDoubt, TravelTimes};
use crate::{
    ids::{ResourceId, VisitId},
    rooms::terms::RoomNeeds,
    time::Span,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What a plan is made of, in any order.
#[derive(Debug, Clone, Default)]
pub struct PlanParts {
    /// What takes rooms, people and other scarce things.
    pub engagements: Vec<Engagement>,
    /// The lines of the programmes.
    pub lines: Vec<Line>,
    /// The visits' dates.
    pub frames: Vec<Frame>,
    /// The nights of the visitors' capitals around the lines.
    pub nights: Vec<Night>,
    /// The days around the lines on which one side of a visit does not work.
    pub days_off: Vec<DayOff>,
    /// The sweeps of rooms in the programmes.
    pub sweeps: Vec<Sweep>,
    /// How long the ways between places take.
    pub travel: TravelTimes,
    /// Kept times that a newer tz database made none or two, which wait for a decision.
    pub doubts: Vec<TimeDoubt>,
    /// On what terms rooms may be used; of a room that is not among them no more is asked than that it is free.
    pub rooms: Vec<RoomTerms>,
    /// What uses ask of their rooms, but for those that ask for nothing.
    pub needs: Vec<(Source, RoomNeeds)>,
}

/// An engagement in its place in the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) engagement: Engagement,
    /// With margins.
    pub(super) during: Span,
    /// The latest end of this and of all earlier ones of the same thing: what ends a search backwards.
    pub(super) reach: DateTime<Utc>,
}

/// Everything known at a moment, indexed by thing and start.
#[derive(Debug, Clone)]
pub struct Plan {
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    lines: Vec<Line>,
    frames: BTreeMap<VisitId, Frame>,
    nights: BTreeMap<VisitId, Vec<Night>>,
    days_off: BTreeMap<VisitId, Vec<DayOff>>,
    sweeps: Vec<Sweep>,
    travel: TravelTimes,
    doubts: Vec<TimeDoubt>,
    rooms: BTreeMap<ResourceId, RoomTerms>,
    needs: BTreeMap<Source, RoomNeeds>,
}

/// What a use asks for of which nothing is said.
static NOTHING: RoomNeeds = RoomNeeds { layout: None, people: None, features: Vec::new(), sweep: false };

/// The engagements that count at a moment, by thing and start.
fn in_order(engagements: Vec<Engagement>, now: DateTime<Utc>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = engagements
        .into_iter()
        .filter(|engagement| engagement.is_alive(now))
        .map(|engagement| {
            let during = engagement.during();
            Entry { engagement, during, reach: during.ends() }
        })
        .collect();
    entries.sort_unstable_by(|a, b| {
        (a.engagement.resource, a.during.starts())
            .cmp(&(b.engagement.resource, b.during.starts()))
            .then_with(|| a.engagement.cmp(&b.engagement))
    });
    entries.dedup_by(|a, b| a.engagement == b.engagement);
    for group in entries.chunk_by_mut(|a, b| a.engagement.resource == b.engagement.resource) {
        let mut reach = DateTime::<Utc>::MIN_UTC;
        for entry in group {
            reach = reach.max(entry.during.ends());
            entry.reach = reach;
        }
    }
    entries
}

/// What is known of each visit, in order, nothing twice.
fn by_visit<T: Ord>(all: Vec<T>, visit_of: impl Fn(&T) -> VisitId) -> BTreeMap<VisitId, Vec<T>> {
    let mut by_visit: BTreeMap<VisitId, Vec<T>> = BTreeMap::new();
    for it in all {
        by_visit.entry(visit_of(&it)).or_default().push(it);
    }
    for each in by_visit.values_mut() {
        each.sort_unstable();
        each.dedup();
    }
    by_visit
}

impl Plan {
    /// Puts in order what is known at `now`. Holds whose time has come are left out.
    pub fn new(now: DateTime<Utc>, parts: PlanParts) -> Self {
        let PlanParts { engagements, mut lines, frames, nights, days_off, mut sweeps, travel, mut doubts, rooms, needs } = parts;
        let entries = in_order(engagements, now);
        lines.sort_unstable();
        lines.dedup();
        doubts.sort_unstable();
        sweeps.sort_unstable();
        sweeps.dedup();
        let frames = frames.into_iter().map(|frame| (frame.visit, frame)).collect();
        let rooms = rooms.into_iter().map(|terms| (terms.room, terms)).collect();
        let (nights, days_off) = (by_visit(nights, |it| it.visit), by_visit(days_off, |it| it.visit));
        Self { now, entries, lines, frames, nights, days_off, sweeps, travel, doubts, rooms, needs: needs.into_iter().collect() }
    }

    /// What a source took, it takes no longer; its lines are gone.
    pub fn release(&mut self, source: Source) {
        self.entries = in_order(self.engagements().filter(|it| it.source != source).copied().collect(), self.now);
        self.lines.retain(|line| Source::Item(line.item) != source);
        self.sweeps.retain(|sweep| Source::Item(sweep.item) != source);
    }

    /// A line or booking is as it would be saved, instead of as it was.
    pub fn put(&mut self, candidate: &Candidate) {
        self.release(candidate.source());
        let engagements = self.engagements().chain(candidate.engagements()).copied().collect();
        self.entries = in_order(engagements, self.now);
        self.lines.extend(candidate.lines());
        self.lines.sort_unstable();
        self.needs.insert(candidate.source(), candidate.needs().clone());
    }

    /// The moment it describes.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The engagements that count, by thing and start.
    pub fn engagements(&self) -> impl Iterator<Item = &Engagement> {
        self.entries.iter().map(|entry| &entry.engagement)
    }

    /// How long the ways between places take.
    pub const fn travel(&self) -> &TravelTimes {
        &self.travel
    }

    /// The engagements of each thing, by start.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Entry]> {
        self.entries.chunk_by(|a, b| a.engagement.resource == b.engagement.resource)
    }

    /// The engagements of one thing, by start.
    pub(super) fn group(&self, resource: ResourceId) -> &[Entry] {
        let from = self.entries.partition_point(|entry| entry.engagement.resource < resource);
        let rest = &self.entries[from..];
        let count = rest.partition_point(|entry| entry.engagement.resource == resource);
        &rest[..count]
    }

    /// The engagements of one thing that share an instant with a span.
    pub(super) fn overlapping(&self, resource: ResourceId, span: Span) -> impl Iterator<Item = &Entry> {
        let group = self.group(resource);
        let to = group.partition_point(|entry| entry.during.starts() < span.ends());
        let from = group[..to].partition_point(|entry| entry.reach <= span.starts());
        group[from..to].iter().filter(move |entry| entry.during.overlaps(span))
    }

    /// The lines of each visit, by start.
    pub(super) fn visits(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(|a, b| a.visit == b.visit)
    }

    /// The lines of one visit, by start.
    pub(super) fn lines_of(&self, visit: VisitId) -> &[Line] {
        let from = self.lines.partition_point(|line| line.visit < visit);
        let rest = &self.lines[from..];
        let count = rest.partition_point(|line| line.visit == visit);
        &rest[..count]
    }

    /// The dates of a visit, if the plan knows them.
    pub(super) fn frame(&self, visit: VisitId) -> Option<&Frame> {
        self.frames.get(&visit)
    }

    /// The nights of a visitor's capital, by start.
    pub(super) fn nights_of(&self, visit: VisitId) -> &[Night] {
        self.nights.get(&visit).map_or(&[], Vec::as_slice)
    }

    /// The days on which one side of a visit does not work, by start.
    pub(super) fn days_off_of(&self, visit: VisitId) -> &[DayOff] {
        self.days_off.get(&visit).map_or(&[], Vec::as_slice)
    }

    /// The sweeps of each room.
    pub(super) fn sweeps(&self) -> impl Iterator<Item = &[Sweep]> {
        self.sweeps.chunk_by(|a, b| a.room == b.room)
    }

    /// The sweeps of one room.
    pub(super) fn sweeps_of(&self, room: ResourceId) -> &[Sweep] {
        let from = self.sweeps.partition_point(|sweep| sweep.room < room);
        let rest = &self.sweeps[from..];
        let count = rest.partition_point(|sweep| sweep.room == room);
        &rest[..count]
    }

    /// On what terms a room may be used, if the plan knows.
    pub(crate) fn terms(&self, room: ResourceId) -> Option<&RoomTerms> {
        self.rooms.get(&room)
    }

    /// What a use asks of its room.
    pub(super) fn needs_of(&self, source: Source) -> &RoomNeeds {
        self.needs.get(&source).unwrap_or(&NOTHING)
    }

    /// The kept times that wait for a decision.
    pub(super) fn doubts(&self) -> &[TimeDoubt] {
        &self.doubts
    }
}
