//! A visit as it stands, by which its releases are read today.

use super::{rows::Release, store};
use crate::{context::RequestContext, database::Connection, delegations, error::Outcome, programme, visits};
use domain::{
    delegations::Delegate,
    ids::{DelegateId, VisitId},
    marking::{Marking, Reader},
    releases::{Audience, MarkingsNow, OwnDelegations, ReleaseView, Today, shown, was_made_to},
    visits::Visit,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a reader's rights over a visit's releases depend on, as it stands at the start of the answer.
///
/// What was taken out of the draft is in it by the last marking that it had: what was raised before does not open by that.
pub(super) struct AsItStands<'a> {
    context: &'a RequestContext,
    pub(super) visit: Visit,
    lines: MarkingsNow,
    delegates: BTreeMap<DelegateId, Marking>,
    own: OwnDelegations,
}

impl<'a> AsItStands<'a> {
    /// None where there is no such visit.
    pub(super) async fn load(context: &'a RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Option<Self>> {
        let Some(visit) = visits::store::one(context, connection, visit).await? else { return Ok(None) };
        let mut items = programme::store::taken_out(context, connection, visit.id).await?;
        items.extend(programme::store::of_visit(context, connection, visit.id).await?);
        let gone = delegations::store::taken_out(context, connection, visit.id).await?;
        let delegates = delegations::store::of_visit(context, connection, visit.id).await?;
        let own = match context.actor().mission() {
            None => OwnDelegations::default(),
            Some(mission) => {
                let all = delegations::store::delegations(context, connection, visit.id).await?;
                let ids: BTreeSet<_> = all.iter().filter(|of| of.mission == Some(mission)).map(|of| of.id).collect();
                let own = delegates.iter().filter(|delegate| ids.contains(&delegate.delegation));
                OwnDelegations { people: own.map(|delegate| delegate.person).collect(), ids }
            }
        };
        let marking = |delegate: &Delegate| (delegate.id, delegate.details.marking());
        Ok(Some(Self {
            lines: programme::markings_now(&items, &visit),
            delegates: gone.iter().chain(&delegates).map(marking).collect(),
            own,
            visit,
            context,
        }))
    }

    /// What the rules ask of it.
    pub(super) const fn today(&self) -> Today<'_> {
        Today { visit: &self.visit, lines: &self.lines, delegates: &self.delegates, own: &self.own }
    }

    /// A release as a reader sees it today, by the clocks of today.
    pub(super) fn show(&self, release: Release, reader: &Reader) -> Option<ReleaseView> {
        Some(shown(&release.frozen, release.head, self.today(), reader)?.by_the_clocks(self.context.zones()))
    }

    /// The last release to the first of these audiences that shows the reader anything.
    pub(super) async fn latest(
        &self,
        connection: &mut impl Connection,
        audiences: &[Audience],
        reader: &Reader,
    ) -> Outcome<Option<ReleaseView>> {
        for audience in audiences {
            let release = store::latest(self.context, connection, self.visit.id, *audience).await?;
            if let Some(view) = release.and_then(|release| self.show(release, reader)) {
                return Ok(Some(view));
            }
        }
        Ok(None)
    }

    /// The last release before this one, to the same audience, that was made to the actor or that the actor acknowledged.
    pub(super) async fn before(
        &self,
        connection: &mut impl Connection,
        view: &ReleaseView,
        reader: &Reader,
    ) -> Outcome<Option<ReleaseView>> {
        let (audience, mut number) = (view.head.audience, view.head.number);
        while let Some(release) = store::before(self.context, connection, self.visit.id, audience, number).await? {
            number = release.head.number;
            let was_had = was_made_to(&release.frozen, audience, self.context.actor().mission())
                || store::acknowledged_at(self.context, connection, release.head.id).await?.is_some();
            if let Some(view) = was_had.then(|| self.show(release, reader)).flatten() {
                return Ok(Some(view));
            }
        }
        Ok(None)
    }
}
