//! Rule 6, the hours: a line at night on the clocks of the visitor's capital, while the visitor's body still lives by them.
//!
//! For 48 hours from the end of the first arrival. Lines that ask for presence count ([`Effort`]); where nobody has said when the
//! visitor arrives, nothing is said of their nights.

use super::{Candidate, Clash, Detail, Effort, Level, Line, LinePart, Night, Party, Plan, RuleId, Rules, Source};
use crate::time::Span;
use chrono::TimeDelta;

/// For how many hours after arrival a visitor's night is that of the capital.
pub const UNACCUSTOMED_HOURS: i64 = 48;

/// No night is longer, also when the clocks change in it: a search need go back no further.
const LONGEST_NIGHT: TimeDelta = TimeDelta::hours(12);

/// All such lines of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for lines in plan.visits() {
        let Some(first) = lines.first() else { continue };
        let nights = plan.nights_of(first.visit);
        let Some(arrival) = arrival(lines.iter()).filter(|_| !nights.is_empty()) else { continue };
        lines.iter().for_each(|line| judge(rules, nights, arrival, line, found));
    }
}

/// A candidate's lines.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    for visit in candidate.lines().chunk_by(|a, b| a.visit == b.visit).filter_map(|lines| Some(lines.first()?.visit)) {
        let nights = plan.nights_of(visit);
        if nights.is_empty() {
            continue;
        }
        let own = candidate.lines().iter().filter(|line| line.visit == visit);
        let kept = plan.lines_of(visit).iter().filter(|line| !candidate.replaces(Source::Item(line.item)));
        let Some(arrival) = arrival(own.clone().chain(kept)) else { continue };
        own.for_each(|line| judge(rules, nights, arrival, line, found));
    }
}

/// The first arrival of a visit that asks somebody to turn out, as all do that may be known of. Of a delegation of ours that is the one abroad: it leaves home before and comes home after.
fn arrival<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<&'a Line> {
    lines
        .filter(|line| line.part == LinePart::Arrival && line.effort == Effort::Travel)
        .min_by_key(|line| (line.during.starts(), line.item))
}

fn judge(rules: &Rules, nights: &[Night], arrival: &Line, line: &Line, found: &mut Vec<Clash>) {
    if line.effort != Effort::Presence {
        return;
    }
    let arrived = arrival.during.ends();
    let Some(unaccustomed) = Span::new(arrived, arrived + TimeDelta::hours(UNACCUSTOMED_HOURS)) else { return };
    let Some(there) = unaccustomed.shared(line.during) else { return };
    let to = nights.partition_point(|night| night.during.starts() < there.ends());
    let near = nights[..to].iter().rev().take_while(|night| night.during.starts() > there.starts() - LONGEST_NIGHT);
    found.extend(near.filter_map(|night| {
        let during = night.during.shared(unaccustomed)?;
        let shared = during.shared(there)?;
        Some(Clash {
            rule: RuleId::NightInCapital,
            first: Party { source: Source::Item(line.item), during: Some(line.during) },
            second: None,
            resource: None,
            shared: Some(shared),
            level: rules.level(RuleId::NightInCapital).min(if line.wished { Level::Warn } else { Level::Block }),
            until: None,
            detail: Detail::Night { visit: line.visit, arrival: arrival.item, during },
            marking: line.marking.max(arrival.marking).max(night.marking),
        })
    }));
}
