//! Rule 4: a line outside its visit's dates, or with a visitor who has not arrived or has left.
//!
//! Of a visit's arrivals and departures the first bounds its lines if it is an arrival, the last if it is a departure. So a
//! delegation of ours that leaves home first and comes home last is bounded by its dates alone.

use super::{Candidate, Clash, Detail, Level, Line, LinePart, Party, Plan, RuleId, Rules, Source};

/// The lines of a visit between which the visitor is there.
#[derive(Clone, Copy)]
struct Bounds<'a> {
    arrival: Option<&'a Line>,
    departure: Option<&'a Line>,
}

impl<'a> Bounds<'a> {
    fn of(lines: impl Iterator<Item = &'a Line> + Clone) -> Self {
        let turning = lines.filter(|line| matches!(line.part, LinePart::Arrival | LinePart::Departure));
        let first = turning.clone().min_by_key(|line| (line.during.starts(), line.item));
        let last = turning.max_by_key(|line| (line.during.ends(), line.item));
        Self {
            arrival: first.filter(|line| line.part == LinePart::Arrival),
            departure: last.filter(|line| line.part == LinePart::Departure),
        }
    }
}

/// All such lines of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for lines in plan.visits() {
        let bounds = Bounds::of(lines.iter());
        for line in lines {
            found.extend(dates(plan, rules, line));
            found.extend(arrival(rules, bounds, line));
            found.extend(departure(rules, bounds, line));
        }
    }
}

/// A candidate's lines, and those of the same visit that its arrival or departure would leave outside.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    for visit in candidate.lines().chunk_by(|a, b| a.visit == b.visit).filter_map(|lines| Some(lines.first()?.visit)) {
        let own = candidate.lines().iter().filter(|line| line.visit == visit);
        let kept = plan.lines_of(visit).iter().filter(|line| !candidate.replaces(Source::Item(line.item)));
        let bounds = Bounds::of(own.clone().chain(kept.clone()));
        for line in own {
            found.extend(dates(plan, rules, line));
            found.extend(arrival(rules, bounds, line));
            found.extend(departure(rules, bounds, line));
        }
        let is_own = |bound: Option<&Line>| bound.is_some_and(|line| candidate.replaces(Source::Item(line.item)));
        if is_own(bounds.arrival) {
            found.extend(kept.clone().filter_map(|line| arrival(rules, bounds, line)));
        }
        if is_own(bounds.departure) {
            found.extend(kept.filter_map(|line| departure(rules, bounds, line)));
        }
    }
}

fn dates(plan: &Plan, rules: &Rules, line: &Line) -> Option<Clash> {
    let frame = plan.frame(line.visit)?;
    let inside = frame.during.starts() <= line.during.starts() && line.during.ends() <= frame.during.ends();
    let clash = Clash { marking: line.marking.max(frame.marking), ..clash(rules, RuleId::OutsideVisit, line, None) };
    (!inside && line.part != LinePart::Unattended).then_some(clash)
}

fn arrival(rules: &Rules, bounds: Bounds<'_>, line: &Line) -> Option<Clash> {
    let bound = bounds.arrival?;
    let early = line.part == LinePart::Attended && line.during.starts() < bound.during.starts();
    early.then(|| clash(rules, RuleId::BeforeArrival, line, Some(bound)))
}

fn departure(rules: &Rules, bounds: Bounds<'_>, line: &Line) -> Option<Clash> {
    let bound = bounds.departure?;
    let late = line.part == LinePart::Attended && line.during.ends() > bound.during.ends();
    late.then(|| clash(rules, RuleId::AfterDeparture, line, Some(bound)))
}

fn clash(rules: &Rules, rule: RuleId, line: &Line, bound: Option<&Line>) -> Clash {
    let party = |line: &Line| Party { source: Source::Item(line.item), during: Some(line.during) };
    let (first, second) = bound.map_or((party(line), None), |bound| Clash::ordered(party(line), party(bound)));
    let wished = line.wished || bound.is_some_and(|bound| bound.wished);
    Clash {
        rule,
        first,
        second,
        resource: None,
        shared: None,
        level: rules.level(rule).min(if wished { Level::Warn } else { Level::Block }),
        until: None,
        detail: Detail::Plain,
        marking: bound.map_or(line.marking, |bound| line.marking.max(bound.marking)),
    }
}
