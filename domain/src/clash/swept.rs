//! Rule 9: a room that is swept, and then used by others before the event it was swept for.
//!
//! A sweep is a line of that kind in a room. It is for what the visitor first does there afterwards, within a day; of several
//! sweeps before one event the last counts, and none where the event is swept in its own set-up time. Whoever uses the room in
//! between for another visit, or for none, undoes it, set-up and clearing included: nobody has searched them. The visit's own lines
//! are what the room is kept clean for.

use super::{Candidate, Clash, Detail, Engagement, Level, Line, LinePart, Party, Plan, RuleId, Rules, Source, overlap::earliest_lapse};
use crate::{
    ids::{ItemId, ResourceId, VisitId},
    marking::Marking,
    time::Span,
};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// For how long a room that was swept is taken to be kept so, in hours.
pub const SWEPT_HOURS: i64 = 24;

/// The sweep of a room, as a line of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sweep {
    /// The room.
    pub room: ResourceId,
    /// From when until when.
    pub during: Span,
    /// The line.
    pub item: ItemId,
    /// Its visit.
    pub visit: VisitId,
    /// The marking of what one learns by knowing of it.
    pub marking: Marking,
}

/// What takes a room after a sweep, as far as the rule asks.
#[derive(Clone, Copy)]
struct Use<'a> {
    engagement: &'a Engagement,
    /// What it is to the sweep's visit; none if it is not of that visit.
    part: Option<LinePart>,
    /// Whether it is swept in its own set-up time.
    sweeps_itself: bool,
}

/// All such uses of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for sweeps in plan.sweeps() {
        judge_room(plan, rules, sweeps, None, found);
    }
}

/// Those that a candidate is one of the two of.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    let mut rooms: Vec<ResourceId> = candidate.alive(plan.now()).map(|engagement| engagement.resource).collect();
    rooms.sort_unstable();
    rooms.dedup();
    for room in rooms {
        let kept = plan.sweeps_of(room).iter().filter(|sweep| !candidate.replaces(Source::Item(sweep.item)));
        let sweeps: Vec<Sweep> = kept.copied().collect();
        judge_room(plan, rules, &sweeps, Some(candidate), found);
    }
}

/// What is found of the sweeps of one room: all of it, or as far as it involves a candidate that is put in.
fn judge_room(plan: &Plan, rules: &Rules, sweeps: &[Sweep], candidate: Option<&Candidate>, found: &mut Vec<Clash>) {
    let mut parts: BTreeMap<VisitId, BTreeMap<Source, LinePart>> = BTreeMap::new();
    for sweep in sweeps {
        let parts = parts.entry(sweep.visit).or_insert_with(|| parts_of(plan, candidate, sweep.visit));
        let begins = sweep.during.ends();
        let Some(window) = Span::new(begins, begins + TimeDelta::hours(SWEPT_HOURS)) else { continue };
        let kept = plan.overlapping(sweep.room, window).map(|entry| &entry.engagement);
        let kept = kept.filter(|it| candidate.is_none_or(|candidate| !candidate.replaces(it.source)));
        let put_in = candidate.into_iter().flat_map(|candidate| candidate.alive(plan.now()));
        let put_in = put_in.filter(|it| it.resource == sweep.room && it.during().overlaps(window));
        let uses: Vec<Use<'_>> = kept
            .chain(put_in)
            .map(|engagement| Use {
                engagement,
                part: parts.get(&engagement.source).copied(),
                sweeps_itself: match candidate {
                    Some(candidate) if candidate.source() == engagement.source => candidate.needs().sweep,
                    _ => plan.needs_of(engagement.source).sweep,
                },
            })
            .collect();
        let is_ours = |clash: &Clash| candidate.is_none_or(|candidate| clash.involves(candidate.source()));
        found.extend(judge(rules, sweep, sweeps, window, &uses).into_iter().filter(is_ours));
    }
}

/// What the lines of a visit are, with a candidate put in.
fn parts_of(plan: &Plan, candidate: Option<&Candidate>, visit: VisitId) -> BTreeMap<Source, LinePart> {
    let is_kept = |line: &&Line| candidate.is_none_or(|candidate| !candidate.replaces(Source::Item(line.item)));
    let put_in = candidate.into_iter().flat_map(Candidate::lines).filter(|line| line.visit == visit);
    let lines = plan.lines_of(visit).iter().filter(is_kept).chain(put_in);
    lines.map(|line| (Source::Item(line.item), line.part)).collect()
}

fn judge(rules: &Rules, sweep: &Sweep, sweeps: &[Sweep], window: Span, uses: &[Use<'_>]) -> Vec<Clash> {
    let events = uses.iter().filter(|it| it.part == Some(LinePart::Attended) && window.holds(it.engagement.core.starts()));
    let Some(event) = events.min_by_key(|it| (it.engagement.core.starts(), it.engagement.source)) else { return Vec::new() };
    let starts = event.engagement.core.starts();
    let is_later = |other: &Sweep| other.visit == sweep.visit && other.during.ends() > sweep.during.ends() && other.during.ends() <= starts;
    let Some(kept_clean) = Span::new(window.starts(), starts).filter(|_| !event.sweeps_itself && !sweeps.iter().any(is_later)) else {
        return Vec::new();
    };
    let party = |it: &Use<'_>| Party { source: it.engagement.source, during: Some(it.engagement.during()) };
    let others = uses.iter().filter(|it| it.part.is_none());
    let clashes = others.filter_map(|it| {
        let shared = it.engagement.during().shared(kept_clean)?;
        let (first, second) = Clash::ordered(party(event), party(it));
        let wished = event.engagement.claim.is_wished() || it.engagement.claim.is_wished();
        Some(Clash {
            rule: RuleId::UnsweptUse,
            first,
            second,
            resource: Some(sweep.room),
            shared: Some(shared),
            level: rules.level(RuleId::UnsweptUse).min(if wished { Level::Warn } else { Level::Block }),
            until: earliest_lapse(event.engagement, it.engagement),
            detail: Detail::Swept { sweep: sweep.item, until: sweep.during.ends() },
            marking: sweep.marking.max(event.engagement.marking).max(it.engagement.marking),
        })
    });
    clashes.collect()
}
