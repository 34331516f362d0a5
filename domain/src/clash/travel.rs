//! Rule 2, the way between: from the end of one thing to the start of the next, pair by pair.
//!
//! Two uses of a person are neighbours if nothing else with a known place lies wholly between them. A movement is such a
//! thing: where one is planned, the ways to it and from it are judged, not the way it makes.

use super::{
    Candidate, Clash, Detail, Engagement, Level, Occupation, Party, Place, Plan, RuleId, Rules, overlap::earliest_lapse, plan::Entry,
};
use crate::time::Span;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// With more than this between two things nobody asks how long an unknown way takes: a night or a flight lies between.
pub const UNKNOWN_TRAVEL_HORIZON_HOURS: i64 = 12;

/// How long the ways between places take, in minutes. A way that is not known in one direction is taken to be as long as back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TravelTimes(HashMap<(Place, Place), u32>);

impl TravelTimes {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes how many minutes a way takes.
    pub fn set(&mut self, from: Place, to: Place, minutes: u32) {
        self.0.insert((from, to), minutes);
    }

    /// The minutes a way takes; none if nobody has said.
    pub fn minutes(&self, from: Place, to: Place) -> Option<u32> {
        if from == to {
            return Some(0);
        }
        self.0.get(&(from, to)).or_else(|| self.0.get(&(to, from))).copied()
    }
}

impl FromIterator<(Place, Place, u32)> for TravelTimes {
    fn from_iter<I: IntoIterator<Item = (Place, Place, u32)>>(ways: I) -> Self {
        Self(ways.into_iter().map(|(from, to, minutes)| ((from, to), minutes)).collect())
    }
}

/// Where a person is at the start and at the end; none for anything that does not say either.
const fn ends_of(engagement: &Engagement) -> Option<(Option<Place>, Option<Place>)> {
    match engagement.occupation {
        Occupation::Person { from: None, to: None, .. } => None,
        Occupation::Person { from, to, .. } => Some((from, to)),
        Occupation::Room { .. } | Occupation::Vehicle | Occupation::Equipment => None,
    }
}

/// All ways of a plan that are too long or unknown.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for group in plan.groups() {
        let placed: Vec<&Engagement> = group.iter().map(|entry| &entry.engagement).filter(|it| ends_of(it).is_some()).collect();
        for (position, one) in placed.iter().enumerate() {
            let ends = one.core.ends();
            let later = &placed[position + 1..];
            let following = &later[later.partition_point(|other| other.core.starts() < ends)..];
            let mut next_end = DateTime::<Utc>::MAX_UTC;
            for other in following {
                if other.core.starts() >= next_end {
                    break;
                }
                next_end = next_end.min(other.core.ends());
                found.extend(judge(plan, rules, one, other));
            }
        }
    }
}

/// The ways to a candidate and from it that are too long or unknown.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    for own in candidate.alive(plan.now()).filter(|own| ends_of(own).is_some()) {
        let beside: Vec<Span> = candidate
            .alive(plan.now())
            .filter(|other| other.resource == own.resource && ends_of(other).is_some())
            .map(|other| other.core)
            .collect();
        let group = plan.group(own.resource);
        let counts = |entry: &&Entry| ends_of(&entry.engagement).is_some() && !candidate.replaces(entry.engagement.source);
        after(group, own, &beside, counts, |next| found.extend(judge(plan, rules, own, next)));
        before(group, own, &beside, counts, |previous| found.extend(judge(plan, rules, previous, own)));
    }
}

/// The neighbours after a candidate's use: those that start before anything that follows it has ended.
fn after(group: &[Entry], own: &Engagement, beside: &[Span], counts: impl Fn(&&Entry) -> bool, mut each: impl FnMut(&Engagement)) {
    let ends = own.core.ends();
    let following = beside.iter().filter(|span| span.starts() >= ends);
    let mut next_end = following.map(|span| span.ends()).min().unwrap_or(DateTime::<Utc>::MAX_UTC);
    let from = group.partition_point(|entry| entry.during.starts() < ends);
    for entry in group[from..].iter().filter(counts) {
        if entry.during.starts() >= next_end {
            break;
        }
        next_end = next_end.min(entry.during.ends());
        each(&entry.engagement);
    }
}

/// The neighbours before a candidate's use: those that end after everything that precedes it has started.
fn before(group: &[Entry], own: &Engagement, beside: &[Span], counts: impl Fn(&&Entry) -> bool, mut each: impl FnMut(&Engagement)) {
    let starts = own.core.starts();
    let preceding = beside.iter().filter(|span| span.ends() <= starts);
    let mut last_start = preceding.map(|span| span.starts()).max().unwrap_or(DateTime::<Utc>::MIN_UTC);
    let to = group.partition_point(|entry| entry.during.starts() < starts);
    for entry in group[..to].iter().rev() {
        if entry.reach <= last_start {
            break;
        }
        if !counts(&entry) || entry.during.ends() > starts || entry.during.ends() <= last_start {
            continue;
        }
        last_start = last_start.max(entry.during.starts());
        each(&entry.engagement);
    }
}

/// What the rule says to one person's two neighbouring uses, the earlier first.
fn judge(plan: &Plan, rules: &Rules, one: &Engagement, next: &Engagement) -> Option<Clash> {
    if one.source == next.source {
        return None;
    }
    let (from, to) = (ends_of(one)?.1?, ends_of(next)?.0?);
    let gap = next.core.starts() - one.core.ends();
    let (rule, detail) = match plan.travel().minutes(from, to) {
        Some(needed) if gap < TimeDelta::minutes(i64::from(needed)) => {
            let given_minutes = u32::try_from(gap.num_minutes()).unwrap_or(0);
            (RuleId::TravelShort, Detail::Travel { needed_minutes: needed, given_minutes })
        }
        None if gap < TimeDelta::hours(UNKNOWN_TRAVEL_HORIZON_HOURS) => (RuleId::TravelUnknown, Detail::Plain),
        Some(_) | None => return None,
    };
    let wished = one.claim.is_wished() || next.claim.is_wished();
    let (first, second) =
        Clash::ordered(Party { source: one.source, during: Some(one.core) }, Party { source: next.source, during: Some(next.core) });
    Some(Clash {
        rule,
        first,
        second,
        resource: Some(one.resource),
        shared: Span::new(one.core.ends(), next.core.starts()),
        level: rules.level(rule).min(if wished { Level::Warn } else { Level::Block }),
        until: earliest_lapse(one, next),
        detail,
        marking: one.marking.max(next.marking),
    })
}
