//! Uses of one room by one visit beside one another: where they meet they share their margins.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements::{self, meet},
    error::Outcome,
};
use chrono::{DateTime, Utc};
use domain::{
    clash::{Claim, Engagement, Source},
    ids::VisitId,
    time::Span,
};

/// The uses of a room by one visit beside one of its lines.
///
/// Where two settled uses meet, their margins shrink to the gap for good. A hold shrinks no other's margins, since they would be
/// too short when it lapses; yet while it stands, what overlaps with it by margins alone is no clash.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// All of them, as they would lie if all were settled.
    met: Vec<Engagement>,
    /// The line's own use among those.
    own_during: Option<Span>,
    /// Those settled that have other margins beside the line than without it.
    settled: Vec<Edges>,
}

/// The ends of a use of a room that lie elsewhere than before, because another use came beside it or went. An end at which nothing
/// meets it stays where it was booked, whatever margins the room needs by now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    of: Engagement,
    starts: Option<DateTime<Utc>>,
    ends: Option<DateTime<Utc>>,
}

impl Edges {
    /// Of a use as it lies now, and as it lay before; none if both are the same.
    pub(super) fn moved(now: &Engagement, before: &Engagement) -> Option<Self> {
        let (now_during, before_during) = (now.during(), before.during());
        let starts = Some(now_during.starts()).filter(|starts| *starts != before_during.starts());
        let ends = Some(now_during.ends()).filter(|ends| *ends != before_during.ends());
        (starts.is_some() || ends.is_some()).then_some(Self { of: *now, starts, ends })
    }

    /// The same as far as nothing else has come to lie there since: a use that met another has none of the time that somebody else booked
    /// after them.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn within_what_is_free(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        visit: VisitId,
    ) -> Outcome<Self> {
        let (mut starts, mut ends) = (self.starts, self.ends);
        if let Some(wanted) = starts {
            let taken = engagements::store::previous_before(context, connection, (&self.of, visit), wanted).await?;
            starts = Some(taken.map_or(wanted, |until| until.max(wanted)));
        }
        if let Some(wanted) = ends {
            let taken = engagements::store::next_after(context, connection, (&self.of, visit), wanted).await?;
            ends = Some(taken.map_or(wanted, |from| from.min(wanted)));
        }
        Ok(Self { starts, ends, ..*self })
    }

    pub(super) async fn write(&self, context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<()> {
        engagements::store::set_edges(context, transaction, &self.of, self.starts, self.ends).await
    }
}

impl Beside {
    /// A line's use of a room as it is taken beside the others, and how these lie then.
    pub(super) fn of(own: Engagement, others: Vec<Engagement>) -> (Engagement, Self) {
        let settled: Vec<Engagement> = others.iter().filter(|other| matches!(other.claim, Claim::Firm)).copied().collect();
        let (among_all, met) = together(own, others);
        let own_during = Some(among_all.during());
        if matches!(own.claim, Claim::Firm) {
            let mut alone = settled.clone();
            meet(&mut alone);
            let (own, beside) = together(own, settled);
            let was = |it: &Engagement| alone.iter().find(|other| other.source == it.source).copied();
            let settled = beside.iter().filter_map(|it| Edges::moved(it, &was(it)?)).collect();
            (own, Self { met, own_during, settled })
        } else {
            (among_all, Self { met, own_during, settled: Vec::new() })
        }
    }

    /// The ends of settled uses that lie elsewhere beside the line than without it.
    pub(super) fn settled(&self) -> &[Edges] {
        &self.settled
    }

    /// Whether a line's use and this other one overlap by no more than margins that shrink where they meet.
    pub(super) fn meets(&self, other: Source) -> bool {
        let other = self.met.iter().find(|it| it.source == other);
        other.zip(self.own_during).is_some_and(|(other, own)| !other.during().overlaps(own))
    }
}

/// A use and others of the same room by the same visit, with the margins they have together.
fn together(own: Engagement, mut others: Vec<Engagement>) -> (Engagement, Vec<Engagement>) {
    others.push(own);
    meet(&mut others);
    let (own_met, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|it| it.source == own.source);
    (own_met.first().copied().unwrap_or(own), others)
}
