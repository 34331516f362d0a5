//! Rule 3: a room that does not suit its use: too small, lacking something, closed, blacked out, or cleared for less.
//!
//! It is open, or not, for the use itself; a room is made ready and cleared by who has its key. What blacks it out keeps them
//! out too.

use super::{Candidate, Clash, Detail, Engagement, Level, Party, Plan, ResourceKind, RuleId, Rules};
use crate::{
    ids::{ResourceId, RoomId},
    marking::Marking,
    rooms::{Feature, Layout, RoomDetails, terms::RoomNeeds},
    time::Span,
};

/// On what terms a room may be used around the time of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomTerms {
    /// The room.
    pub room: ResourceId,
    /// How many it holds in the layouts it takes.
    pub holds: Vec<(Layout, u32)>,
    /// What it has.
    pub features: Vec<Feature>,
    /// The highest marking that may be discussed there.
    pub clearance: Marking,
    /// When it is open, as [`crate::rooms::terms::open_spans`] gives it; none if it always is.
    pub open: Option<Vec<Span>>,
    /// When nobody may use it.
    pub blacked_out: Vec<Span>,
}

impl RoomTerms {
    /// The terms of a room, with what was worked out for the time of a plan.
    pub fn of(id: RoomId, room: &RoomDetails, open: Option<Vec<Span>>, blacked_out: Vec<Span>) -> Self {
        Self {
            room: ResourceId(id.uuid()),
            holds: room.layouts.iter().map(|it| (it.layout, it.capacity)).collect(),
            features: room.features.clone(),
            clearance: room.clearance,
            open,
            blacked_out,
        }
    }

    /// All that is wrong with a use of the room.
    pub fn problems(&self, use_of_it: &Engagement, needs: &RoomNeeds) -> Vec<RoomProblem> {
        let mut problems: Vec<RoomProblem> = self.too_small(needs).into_iter().collect();
        problems.extend(self.lacking(needs));
        if self.clearance < use_of_it.marking {
            problems.push(RoomProblem::Cleared { to: self.clearance });
        }
        if self.open.as_ref().is_some_and(|open| !open.iter().any(|run| run.contains(use_of_it.core))) {
            problems.push(RoomProblem::Closed);
        }
        let during = use_of_it.during();
        problems.extend(self.blacked_out.iter().filter(|span| span.overlaps(during)).map(|span| RoomProblem::BlackedOut(*span)));
        problems
    }

    /// Whether more come than it holds in the layout wanted; without one, than it holds in any. Of a room of which no such
    /// number is known that is not said.
    pub fn too_small(&self, needs: &RoomNeeds) -> Option<RoomProblem> {
        let wanted = needs.people?;
        let fitting = self.holds.iter().filter(|(layout, _)| needs.layout.is_none_or(|asked| asked == *layout));
        let holds = fitting.map(|(_, holds)| *holds).max()?;
        (holds < wanted).then_some(RoomProblem::TooSmall { holds, wanted })
    }

    /// The layout and features that are wanted and not there.
    pub fn lacking(&self, needs: &RoomNeeds) -> impl Iterator<Item = RoomProblem> {
        let layout = needs.layout.filter(|wanted| !self.holds.iter().any(|(layout, _)| layout == wanted));
        let features = needs.features.iter().filter(|wanted| !self.features.contains(wanted));
        layout.map(RoomProblem::NoLayout).into_iter().chain(features.map(|feature| RoomProblem::Lacks(*feature)))
    }

    /// How far a closed use must go, later or earlier, until it lies in one of the room's runs of hours; everything short of
    /// that is closed still. None if it never opens for so long.
    pub(crate) fn opens_for(&self, core: Span, later: bool) -> Option<chrono::TimeDelta> {
        let length = core.ends() - core.starts();
        let mut fitting = self.open.iter().flatten().filter(|run| run.ends() - run.starts() >= length);
        if later {
            fitting.find(|run| run.starts() > core.starts()).map(|run| run.starts() - core.starts())
        } else {
            fitting.rfind(|run| run.ends() < core.ends()).map(|run| run.ends() - core.ends())
        }
    }
}

/// What is wrong with a use of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoomProblem {
    /// It is too small.
    TooSmall {
        /// How many it holds so.
        holds: u32,
        /// How many come.
        wanted: u32,
    },
    /// It does not take the layout.
    NoLayout(Layout),
    /// It does not have this.
    Lacks(Feature),
    /// It is closed for some of the time.
    Closed,
    /// Nobody may use it at that time.
    BlackedOut(Span),
    /// Less may be discussed there.
    Cleared {
        /// The highest that may.
        to: Marking,
    },
}

impl RoomProblem {
    /// The case of the rule.
    pub const fn rule(self) -> RuleId {
        match self {
            Self::TooSmall { .. } => RuleId::RoomTooSmall,
            Self::NoLayout(_) | Self::Lacks(_) => RuleId::RoomLacks,
            Self::Closed => RuleId::RoomClosed,
            Self::BlackedOut(_) => RuleId::RoomBlackedOut,
            Self::Cleared { .. } => RuleId::RoomNotCleared,
        }
    }
}

/// All uses of a plan that do not suit their rooms.
pub(super) fn all(plan: &Plan, rules: &Rules, found: &mut Vec<Clash>) {
    for engagement in plan.engagements() {
        judge(plan, rules, engagement, plan.needs_of(engagement.source), found);
    }
}

/// What does not suit a candidate in the rooms it takes.
pub(super) fn of(plan: &Plan, rules: &Rules, candidate: &Candidate, found: &mut Vec<Clash>) {
    for engagement in candidate.alive(plan.now()) {
        judge(plan, rules, engagement, candidate.needs(), found);
    }
}

/// The clashes of one use with the terms of its room; none where the plan does not know them.
fn judge(plan: &Plan, rules: &Rules, engagement: &Engagement, needs: &RoomNeeds, found: &mut Vec<Clash>) {
    let Some(terms) = plan.terms(engagement.resource).filter(|_| engagement.occupation.kind() == ResourceKind::Room) else { return };
    let during = engagement.during();
    found.extend(terms.problems(engagement, needs).into_iter().map(|problem| Clash {
        rule: problem.rule(),
        first: Party { source: engagement.source, during: Some(during) },
        second: None,
        resource: Some(engagement.resource),
        shared: match problem {
            RoomProblem::BlackedOut(span) => span.shared(during),
            _ => None,
        },
        level: rules.level(problem.rule()).min(if engagement.claim.is_wished() { Level::Warn } else { Level::Block }),
        until: None,
        detail: Detail::Room(problem),
        marking: engagement.marking,
    }));
}
