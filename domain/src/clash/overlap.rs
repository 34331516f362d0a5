//! Which two engagements of one thing share an instant: the ground of the rules “twice”.

use super::{
    Candidate, Clash, Detail, Engagement, Party, Plan, ResourceKind, Rules, equipment_twice, person_twice, plan::Entry, room_twice,
};

/// All overlaps of a plan.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for group in plan.groups() {
        for (position, entry) in group.iter().enumerate() {
            let later = &group[position + 1..];
            let meeting = later.iter().take_while(|other| other.during.starts() < entry.during.ends());
            found.extend(meeting.filter_map(|other| judge(rules, entry, other)));
        }
    }
}

/// The overlaps of a candidate with a plan.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    for engagement in candidate.alive(plan.now()) {
        let during = engagement.during();
        let own = Entry { engagement: *engagement, during, reach: during.ends() };
        let others = plan.overlapping(engagement.resource, during).filter(|other| !candidate.replaces(other.engagement.source));
        found.extend(others.filter_map(|other| judge(rules, &own, other)));
    }
}

/// What the rule of the thing says to two overlapping uses of it; one source is never in its own way.
fn judge(rules: &Rules, a: &Entry, b: &Entry) -> Option<Clash> {
    let (one, other) = (&a.engagement, &b.engagement);
    if one.source == other.source {
        return None;
    }
    let rule = match one.occupation.kind() {
        ResourceKind::Room => room_twice::rule(),
        ResourceKind::Person => person_twice::rule(one, other),
        ResourceKind::Vehicle | ResourceKind::Equipment => equipment_twice::rule(),
    };
    let (first, second) =
        Clash::ordered(Party { source: one.source, during: Some(a.during) }, Party { source: other.source, during: Some(b.during) });
    Some(Clash {
        rule,
        first,
        second,
        resource: Some(one.resource),
        shared: a.during.shared(b.during),
        level: rules.level(rule).min(one.claim.worst_with(other.claim)),
        until: earliest_lapse(one, other),
        detail: Detail::Plain,
        marking: one.marking.max(other.marking),
    })
}

/// When the first of the two ends by itself, if either is a hold.
pub(super) fn earliest_lapse(one: &Engagement, other: &Engagement) -> Option<chrono::DateTime<chrono::Utc>> {
    one.lapses_at().into_iter().chain(other.lapses_at()).min()
}
