//! The rules said a second time, as plainly as can be: every pair is looked at, nothing is sorted or indexed.

use crate::clash::{
    Claim, Clash, Detail, Effort, Engagement, InterpretingProblem, Level, Line, LinePart, Occupation, Party, Place, PlanParts,
    ResourceKind, RoomProblem, RuleId, Rules, Source, Sweep, TimeProblem, UNKNOWN_TRAVEL_HORIZON_HOURS,
};
use crate::{
    holidays::RestKind,
    rooms::{Feature, Layout, terms::RoomNeeds},
    time::Span,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

pub(crate) fn clashes(now: DateTime<Utc>, parts: &PlanParts, rules: &Rules) -> BTreeSet<Clash> {
    let alive: BTreeSet<Engagement> = parts.engagements.iter().filter(|it| ends(it).is_none_or(|end| end > now)).copied().collect();
    let mut found = BTreeSet::new();
    for a in &alive {
        for b in &alive {
            if a.resource == b.resource && a.source != b.source {
                found.extend(twice(rules, a, b));
                found.extend(way(parts, &alive, rules, a, b));
            }
        }
    }
    for it in &alive {
        found.extend(unsuitable(parts, rules, it));
    }
    for line in &parts.lines {
        found.extend(outside(parts, rules, line));
        found.extend(not_understood(rules, line));
        found.extend(at_night(parts, rules, line));
        found.extend(on_a_day_off(parts, rules, line));
    }
    for sweep in &parts.sweeps {
        found.extend(used_after(parts, &alive, rules, sweep));
    }
    for doubt in &parts.doubts {
        let rule = if matches!(doubt.problem, TimeProblem::Skipped { .. }) { RuleId::TimeSkipped } else { RuleId::TimeTwice };
        let detail = Detail::WallTime { edge: doubt.edge, problem: doubt.problem };
        found.insert(Clash { detail, marking: doubt.marking, ..of_one(rules, rule, doubt.source, None) });
    }
    found
}

fn of_one(rules: &Rules, rule: RuleId, source: Source, during: Option<Span>) -> Clash {
    Clash {
        rule,
        first: Party { source, during },
        second: None,
        resource: None,
        shared: None,
        level: rules.level(rule),
        until: None,
        detail: Detail::Plain,
        marking: crate::marking::Marking::Clear,
    }
}

fn of_two(rules: &Rules, rule: RuleId, one: (Source, Span), other: (Source, Span)) -> Clash {
    let (low, high) = if one.0 < other.0 { (one, other) } else { (other, one) };
    Clash { second: Some(Party { source: high.0, during: Some(high.1) }), ..of_one(rules, rule, low.0, Some(low.1)) }
}

fn ends(it: &Engagement) -> Option<DateTime<Utc>> {
    match it.claim {
        Claim::Pencilled { until } | Claim::Promised { until } => Some(until.min(it.core.starts())),
        Claim::Wished | Claim::Firm => None,
    }
}

fn until(a: &Engagement, b: &Engagement) -> Option<DateTime<Utc>> {
    match (ends(a), ends(b)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

fn taken(it: &Engagement) -> Span {
    match it.occupation {
        Occupation::Room { margins, .. } => it.core.widened(margins.before, margins.after),
        _ => it.core,
    }
}

fn strength(claim: Claim) -> u8 {
    match claim {
        Claim::Wished => 0,
        Claim::Pencilled { .. } => 1,
        Claim::Promised { .. } | Claim::Firm => 2,
    }
}

fn twice(rules: &Rules, a: &Engagement, b: &Engagement) -> Option<Clash> {
    let (one, other) = (taken(a), taken(b));
    let shared = Span::new(one.starts().max(other.starts()), one.ends().min(other.ends()))?;
    let drops_by = |it: &Engagement| matches!(it.occupation, Occupation::Person { drop_by: true, .. });
    let rule = match a.occupation.kind() {
        ResourceKind::Room => RuleId::RoomTwice,
        ResourceKind::Person if drops_by(a) || drops_by(b) => RuleId::PersonDropBy,
        ResourceKind::Person => RuleId::PersonTwice,
        ResourceKind::Vehicle | ResourceKind::Equipment => RuleId::EquipmentTwice,
    };
    let (low, high) = (strength(a.claim).min(strength(b.claim)), strength(a.claim).max(strength(b.claim)));
    let most = match (low, high) {
        (_, 0 | 1) => Level::Note,
        (0, _) => Level::Warn,
        _ => Level::Block,
    };
    Some(Clash {
        resource: Some(a.resource),
        shared: Some(shared),
        level: rules.level(rule).min(most),
        until: until(a, b),
        marking: a.marking.max(b.marking),
        ..of_two(rules, rule, (a.source, one), (b.source, other))
    })
}

fn places(it: &Engagement) -> (Option<Place>, Option<Place>) {
    match it.occupation {
        Occupation::Person { from, to, .. } => (from, to),
        _ => (None, None),
    }
}

fn way(parts: &PlanParts, alive: &BTreeSet<Engagement>, rules: &Rules, a: &Engagement, b: &Engagement) -> Option<Clash> {
    let lies_between = |c: &&Engagement| {
        c.resource == a.resource && places(c) != (None, None) && c.core.starts() >= a.core.ends() && c.core.ends() <= b.core.starts()
    };
    if a.core.ends() > b.core.starts() || alive.iter().any(|c| lies_between(&c)) {
        return None;
    }
    let given = (b.core.starts() - a.core.ends()).num_minutes();
    let (rule, detail) = match parts.travel.minutes(places(a).1?, places(b).0?) {
        Some(needed) if given < i64::from(needed) => {
            (RuleId::TravelShort, Detail::Travel { needed_minutes: needed, given_minutes: u32::try_from(given).unwrap() })
        }
        None if given < UNKNOWN_TRAVEL_HORIZON_HOURS * 60 => (RuleId::TravelUnknown, Detail::Plain),
        _ => return None,
    };
    let wished = strength(a.claim) == 0 || strength(b.claim) == 0;
    Some(Clash {
        resource: Some(a.resource),
        shared: Span::new(a.core.ends(), b.core.starts()),
        level: rules.level(rule).min(if wished { Level::Warn } else { Level::Block }),
        until: until(a, b),
        detail,
        marking: a.marking.max(b.marking),
        ..of_two(rules, rule, (a.source, a.core), (b.source, b.core))
    })
}

fn unsuitable(parts: &PlanParts, rules: &Rules, it: &Engagement) -> Vec<Clash> {
    let Some(terms) = parts.rooms.iter().find(|terms| terms.room == it.resource) else { return Vec::new() };
    let nothing = RoomNeeds::default();
    let needs = parts.needs.iter().find(|(source, _)| *source == it.source).map_or(&nothing, |(_, needs)| needs);
    let mut problems = Vec::new();
    if let Some(wanted) = needs.people {
        let fits = |(layout, _): &&(Layout, u32)| needs.layout.is_none() || needs.layout == Some(*layout);
        let best = terms.holds.iter().filter(fits).max_by_key(|(_, holds)| *holds);
        if let Some((_, holds)) = best
            && *holds < wanted
        {
            problems.push((RuleId::RoomTooSmall, RoomProblem::TooSmall { holds: *holds, wanted }));
        }
    }
    for layout in Layout::ALL {
        if needs.layout == Some(layout) && terms.holds.iter().all(|(known, _)| *known != layout) {
            problems.push((RuleId::RoomLacks, RoomProblem::NoLayout(layout)));
        }
    }
    for feature in Feature::ALL {
        if needs.features.contains(&feature) && !terms.features.contains(&feature) {
            problems.push((RuleId::RoomLacks, RoomProblem::Lacks(feature)));
        }
    }
    if it.marking > terms.clearance {
        problems.push((RuleId::RoomNotCleared, RoomProblem::Cleared { to: terms.clearance }));
    }
    if let Some(open) = &terms.open {
        let minutes = 0..it.core.minutes();
        let is_open = |minute: i64| open.iter().any(|run| run.holds(it.core.starts() + chrono::TimeDelta::minutes(minute)));
        if !minutes.into_iter().all(is_open) {
            problems.push((RuleId::RoomClosed, RoomProblem::Closed));
        }
    }
    for span in &terms.blacked_out {
        if span.starts() < taken(it).ends() && taken(it).starts() < span.ends() {
            problems.push((RuleId::RoomBlackedOut, RoomProblem::BlackedOut(*span)));
        }
    }
    let clashes = problems.into_iter().map(|(rule, problem)| {
        let shared = match problem {
            RoomProblem::BlackedOut(span) => Span::new(span.starts().max(taken(it).starts()), span.ends().min(taken(it).ends())),
            _ => None,
        };
        let clash = of_one(rules, rule, it.source, Some(taken(it)));
        let level = if strength(it.claim) == 0 { clash.level.min(Level::Warn) } else { clash.level };
        Clash { resource: Some(it.resource), shared, level, detail: Detail::Room(problem), marking: it.marking, ..clash }
    });
    clashes.collect()
}

fn outside(parts: &PlanParts, rules: &Rules, line: &Line) -> Vec<Clash> {
    let mut found = Vec::new();
    let own = Source::Item(line.item);
    let cap = |wished: bool| if wished { Level::Warn } else { Level::Block };
    if let Some(frame) = parts.frames.iter().find(|frame| frame.visit == line.visit)
        && line.part != LinePart::Unattended
        && (line.during.starts() < frame.during.starts() || line.during.ends() > frame.during.ends())
    {
        let clash = of_one(rules, RuleId::OutsideVisit, own, Some(line.during));
        found.push(Clash { marking: line.marking.max(frame.marking), level: clash.level.min(cap(line.wished)), ..clash });
    }
    let turning = || parts.lines.iter().filter(|it| it.visit == line.visit && matches!(it.part, LinePart::Arrival | LinePart::Departure));
    let first = turning().min_by_key(|it| (it.during.starts(), it.item)).filter(|it| it.part == LinePart::Arrival);
    let last = turning().max_by_key(|it| (it.during.ends(), it.item)).filter(|it| it.part == LinePart::Departure);
    let mut bounded = |rule, bound: &Line| {
        let clash = of_two(rules, rule, (own, line.during), (Source::Item(bound.item), bound.during));
        let level = clash.level.min(cap(line.wished || bound.wished));
        found.push(Clash { marking: line.marking.max(bound.marking), level, ..clash });
    };
    if line.part == LinePart::Attended {
        first.filter(|it| line.during.starts() < it.during.starts()).into_iter().for_each(|it| bounded(RuleId::BeforeArrival, it));
        last.filter(|it| line.during.ends() > it.during.ends()).into_iter().for_each(|it| bounded(RuleId::AfterDeparture, it));
    }
    found
}

fn at_night(parts: &PlanParts, rules: &Rules, line: &Line) -> Vec<Clash> {
    let mut found = Vec::new();
    let arrivals = parts.lines.iter().filter(|it| it.visit == line.visit && it.part == LinePart::Arrival && it.effort == Effort::Travel);
    let Some(arrival) = arrivals.min_by_key(|it| (it.during.starts(), it.item)) else { return found };
    let (from, until) = (arrival.during.ends(), arrival.during.ends() + chrono::TimeDelta::hours(48));
    for night in parts.nights.iter().filter(|night| night.visit == line.visit && line.effort == Effort::Presence) {
        let starts = line.during.starts().max(night.during.starts()).max(from);
        let ends = line.during.ends().min(night.during.ends()).min(until);
        let Some(shared) = Span::new(starts, ends) else { continue };
        let Some(during) = Span::new(night.during.starts().max(from), night.during.ends().min(until)) else { continue };
        let clash = of_one(rules, RuleId::NightInCapital, Source::Item(line.item), Some(line.during));
        found.push(Clash {
            shared: Some(shared),
            level: if line.wished { clash.level.min(Level::Warn) } else { clash.level },
            detail: Detail::Night { visit: line.visit, arrival: arrival.item, during },
            marking: line.marking.max(arrival.marking).max(night.marking),
            ..clash
        });
    }
    found
}

fn on_a_day_off(parts: &PlanParts, rules: &Rules, line: &Line) -> Vec<Clash> {
    let mut found = Vec::new();
    for day in parts.days_off.iter().filter(|day| day.visit == line.visit && line.effort != Effort::None) {
        if line.during.starts() < day.during.starts() || line.during.starts() >= day.during.ends() {
            continue;
        }
        let rule = if matches!(day.kind, RestKind::Holiday | RestKind::NationalDay) { RuleId::Holiday } else { RuleId::RestDay };
        let clash = of_one(rules, rule, Source::Item(line.item), Some(line.during));
        found.push(Clash {
            shared: Span::new(line.during.starts(), line.during.ends().min(day.during.ends())),
            level: if line.wished { clash.level.min(Level::Warn) } else { clash.level },
            detail: Detail::DayOff { visit: line.visit, on: day.on, during: day.during, side: day.side, kind: day.kind },
            marking: line.marking.max(day.marking),
            ..clash
        });
    }
    found
}

fn used_after(parts: &PlanParts, alive: &BTreeSet<Engagement>, rules: &Rules, sweep: &Sweep) -> Vec<Clash> {
    let (from, horizon) = (sweep.during.ends(), sweep.during.ends() + chrono::TimeDelta::hours(24));
    let part_of = |it: &Engagement| parts.lines.iter().find(|line| line.visit == sweep.visit && Source::Item(line.item) == it.source);
    let in_room = || alive.iter().filter(|it| it.resource == sweep.room);
    let after = |it: &&Engagement| it.core.starts() >= from && it.core.starts() < horizon;
    let events = in_room().filter(after).filter(|it| part_of(it).is_some_and(|line| line.part == LinePart::Attended));
    let Some(event) = events.min_by_key(|it| (it.core.starts(), it.source)) else { return Vec::new() };
    let sweeps_itself = parts.needs.iter().any(|(source, needs)| *source == event.source && needs.sweep);
    let later = parts.sweeps.iter().filter(|it| it.room == sweep.room && it.visit == sweep.visit && it.during.ends() > from);
    if sweeps_itself || later.into_iter().any(|it| it.during.ends() <= event.core.starts()) {
        return Vec::new();
    }
    let between = |it: &Engagement| Span::new(taken(it).starts().max(from), taken(it).ends().min(event.core.starts()));
    let others = in_room().filter(|it| part_of(it).is_none()).filter_map(|it| Some((it, between(it)?)));
    let clashes = others.map(|(it, shared)| {
        let clash = of_two(rules, RuleId::UnsweptUse, (event.source, taken(event)), (it.source, taken(it)));
        let wished = strength(event.claim) == 0 || strength(it.claim) == 0;
        Clash {
            resource: Some(sweep.room),
            shared: Some(shared),
            level: if wished { clash.level.min(Level::Warn) } else { clash.level },
            until: until(event, it),
            detail: Detail::Swept { sweep: sweep.item, until: from },
            marking: sweep.marking.max(event.marking).max(it.marking),
            ..clash
        }
    });
    clashes.collect()
}

fn not_understood(rules: &Rules, line: &Line) -> Option<Clash> {
    let needs = line.interpreting?;
    let (rule, problem) = if needs.interpreters == 0 && needs.simultaneous {
        (RuleId::InterpreterMissing, InterpretingProblem::EmptyBooth)
    } else if needs.interpreters == 0 {
        (RuleId::InterpreterMissing, InterpretingProblem::Missing)
    } else if !needs.bridges {
        (RuleId::InterpreterMissing, InterpretingProblem::OtherLanguages)
    } else if needs.simultaneous && needs.interpreters < 2 && line.during.minutes() > 30 {
        (RuleId::ReliefMissing, InterpretingProblem::NoRelief)
    } else {
        return None;
    };
    let clash = of_one(rules, rule, Source::Item(line.item), Some(line.during));
    Some(Clash {
        level: if line.wished { clash.level.min(Level::Warn) } else { clash.level },
        detail: Detail::Interpreting { visit: line.visit, problem },
        marking: line.marking.max(needs.marking),
        ..clash
    })
}
