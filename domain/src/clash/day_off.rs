//! Rule 6, the days: a line on a holiday, rest day or national day of either side.
//!
//! A line is on the day on which it starts, on the clocks where the visit is. Arrival and departure count: somebody must turn out
//! for them. What asks for nobody's presence does not ([`Effort`]).

use super::{Candidate, Clash, DayOff, Detail, Effort, Level, Line, Party, Plan, Rules, Source};
use chrono::TimeDelta;

/// No day is longer, whatever the clocks do on it: a search need go back no further.
const LONGEST_DAY: TimeDelta = TimeDelta::hours(26);

/// All such lines of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for lines in plan.visits() {
        lines.iter().for_each(|line| judge(plan, rules, line, found));
    }
}

/// A candidate's lines.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    candidate.lines().iter().for_each(|line| judge(plan, rules, line, found));
}

fn judge(plan: &Plan, rules: &Rules, line: &Line, found: &mut Vec<Clash>) {
    if line.effort == Effort::None {
        return;
    }
    let days: &[DayOff] = plan.days_off_of(line.visit);
    let at = line.during.starts();
    let to = days.partition_point(|day| day.during.starts() <= at);
    let near = days[..to].iter().rev().take_while(|day| day.during.starts() > at - LONGEST_DAY);
    found.extend(near.filter(|day| day.during.holds(at)).map(|day| {
        let rule = day.rule();
        Clash {
            rule,
            first: Party { source: Source::Item(line.item), during: Some(line.during) },
            second: None,
            resource: None,
            shared: day.during.shared(line.during),
            level: rules.level(rule).min(if line.wished { Level::Warn } else { Level::Block }),
            until: None,
            detail: Detail::DayOff { visit: line.visit, on: day.on, during: day.during, side: day.side, kind: day.kind },
            marking: line.marking.max(day.marking),
        }
    }));
}
