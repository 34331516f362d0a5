//! Releases: a programme frozen for an audience, and what is read of it today.

pub(crate) mod released;
pub mod rows;
pub(crate) mod store;

use crate::{
    accounts::limits::Network,
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::Connection,
    delegations,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{ReadReleases, ReleaseProgramme, authorise},
    programme,
    version::{ETag, Seen},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    delegations::Delegate,
    ids::{DelegateId, ReleaseId, VisitId},
    marking::{
        Marking, Reader,
        view::{DelegateView, ItemView, VisitView},
    },
    permission::Facts,
    problems::Problem,
    releases::{
        Audience, CodeAnswer, Draft, MarkingsNow, OwnDelegations, ReleaseHead, ReleaseView, ReleasedVisit, Today, code_of, freeze,
        say_the_same, shown, typed_code,
    },
    visits::Visit,
};
use rows::Release;
use std::collections::BTreeMap;

/// A programme as it stands, as this reader sees it: what a release is pressed over.
#[derive(Debug, Clone, serde::Serialize)]
struct DraftView {
    visit: VisitView,
    delegates: Vec<DelegateView>,
    items: Vec<ItemView>,
}

async fn draft_view(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<DraftView> {
    let directory = OfficeDirectory::load(context, connection).await?;
    let items = programme::store::of_visit(context, connection, visit.id).await?;
    Ok(DraftView {
        visit: VisitView::of(visit, context.reader(), &directory).ok_or(Failure::NotFound)?,
        delegates: delegations::views(context, connection, visit).await?,
        items: items.iter().filter_map(|item| programme::live_view(context, item, visit, &directory)).map(ItemView::as_agreed).collect(),
    })
}

/// The version of a visit's whole draft, as this reader sees it; [`release_programme`] asks for it.
///
/// # Errors
/// When there is no such visit for this reader, or the database refuses.
pub async fn draft_version(context: &RequestContext, visit: VisitId) -> Outcome<ETag> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    ETag::of(&draft_view(context, &mut connection, &visit).await?)
}

/// Releases a visit's programme to audiences in one press, each as the audience may read it and never above what who releases
/// may read. The next number is of the visit and the audience.
///
/// An audience for which nothing changed since its last release keeps that release: a second press of the same button makes no
/// second version, and a number tells nothing of what an audience may not see.
///
/// # Errors
/// When the actor may not, the draft changed since it was seen, no audience is given, or one of them may not know of the visit.
pub async fn release_programme(context: &RequestContext, visit: VisitId, audiences: &[Audience], seen: &Seen) -> Outcome<Vec<ReleaseHead>> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<ReleaseProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&draft_view(context, &mut transaction, &visit).await?)?)?;
        if audiences.is_empty() {
            return Err(Failure::field("audiences", Problem::Missing));
        }
        let directory = OfficeDirectory::load(context, &mut transaction).await?;
        let items = programme::store::of_visit(context, &mut transaction, visit.id).await?;
        let delegates = delegations::with_names(context, &mut transaction, visit.id).await?;
        let draft = Draft { visit: &visit, delegates: &delegates, items: &items };
        let mut entry = Entry::done(Intent::ReleaseProgramme).thing(ThingKind::Visit, visit.id.uuid(), visit.revision);
        let mut heads = Vec::new();
        let mut digests = Vec::new();
        for audience in Audience::ALL.iter().copied().filter(|audience| audiences.contains(audience)) {
            let frozen = freeze(draft, audience, context.reader().ceiling(), &directory, context.zones())
                .ok_or_else(|| Failure::field("audiences", Problem::MarkingRefused))?;
            let last = store::latest(context, &mut transaction, visit.id, audience).await?;
            if let Some(last) = last.as_ref().filter(|last| say_the_same(&last.frozen, &frozen)) {
                heads.push(last.head.clone());
                continue;
            }
            let head = ReleaseHead {
                id: context.new_id::<ReleaseId>(),
                visit_id: visit.id,
                audience,
                number: last.map_or(1, |last| last.head.number + 1),
                released_at: context.now(),
                code: new_code(context)?,
            };
            let release = Release { head, frozen };
            digests.push(store::insert(context, &mut transaction, &permit, &release).await?);
            entry = entry.thing(ThingKind::Release, release.head.id.uuid(), i64::from(release.head.number));
            heads.push(release.head);
        }
        audit::record(context, &mut transaction, entry.digests(&digests)).await?;
        transaction.commit().await?;
        Ok(heads)
    })
    .await
}

fn new_code(context: &RequestContext) -> Outcome<String> {
    let mut bytes = [0; 5];
    context.chancery().keys.random().fill(&mut bytes).map_err(|_| Failure::Machine { what: "randomness" })?;
    Ok(code_of(bytes))
}

/// What a reader's rights over a visit's releases depend on, as it stands at the start of the answer.
struct AsItStands {
    visit: Visit,
    lines: MarkingsNow,
    delegates: BTreeMap<DelegateId, Marking>,
    own: OwnDelegations,
}

impl AsItStands {
    /// None where there is no such visit.
    async fn load(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Option<Self>> {
        let Some(visit) = visits::store::one(context, connection, visit).await? else { return Ok(None) };
        let items = programme::store::of_visit(context, connection, visit.id).await?;
        let delegates = delegations::store::of_visit(context, connection, visit.id).await?;
        let own = match context.actor().mission() {
            None => OwnDelegations::default(),
            Some(mission) => {
                let all = delegations::store::delegations(context, connection, visit.id).await?;
                let ids = all.iter().filter(|of| of.mission == Some(mission)).map(|of| of.id).collect();
                let people = |ids: &std::collections::BTreeSet<_>| {
                    delegates
                        .iter()
                        .filter(|delegate: &&Delegate| ids.contains(&delegate.delegation))
                        .map(|delegate| delegate.person)
                        .collect()
                };
                OwnDelegations { people: people(&ids), ids }
            }
        };
        Ok(Some(Self {
            lines: programme::markings_now(&items, &visit),
            delegates: delegates.iter().map(|delegate| (delegate.id, delegate.details.marking())).collect(),
            own,
            visit,
        }))
    }

    fn show(&self, release: Release, reader: &Reader) -> Option<ReleaseView> {
        let today = Today { visit: &self.visit, lines: &self.lines, delegates: &self.delegates, own: &self.own };
        shown(&release.frozen, release.head, today, reader)
    }
}

/// The last release of a visit to an audience the reader belongs to, or to the best informed of them that shows anything.
pub(crate) async fn latest_shown(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Option<Audience>,
    reader: &Reader,
) -> Outcome<Option<ReleaseView>> {
    let Some(now) = AsItStands::load(context, connection, visit).await? else { return Ok(None) };
    let own = Audience::of(context.actor(), visit);
    for audience in own.into_iter().filter(|own| audience.is_none_or(|asked| asked == *own)) {
        let release = store::latest(context, connection, visit, audience).await?;
        if let Some(view) = release.and_then(|release| now.show(release, reader)) {
            return Ok(Some(view));
        }
    }
    Ok(None)
}

/// Whoever signed in reads releases by a right of its own; who did not reads what was released to the public.
fn authorise_reading(context: &RequestContext) -> Outcome<()> {
    if context.actor().is_signed_in() {
        authorise::<ReadReleases>(context, Facts::NONE)?;
    }
    Ok(())
}

/// The last release of a visit to an audience that the reader belongs to, under the stricter of the markings then and now.
/// Without an audience, to the best informed of them.
///
/// # Errors
/// When nothing of such a visit was released to this reader, or the database refuses.
pub async fn read_release(context: &RequestContext, visit: VisitId, audience: Option<Audience>) -> Outcome<ReleaseView> {
    authorise_reading(context)?;
    let mut connection = context.read().await?;
    let view = latest_shown(context, &mut connection, visit, audience, context.reader()).await?.ok_or(Failure::NotFound)?;
    deliver_one(context, connection, Delivered::release(&view), view).await
}

/// The releases of a visit, the latest first: to who is on its list, those to all audiences; to others, those to their own.
///
/// # Errors
/// When there is no such visit for this reader, or nothing of it was released to the reader.
pub async fn list_releases(context: &RequestContext, visit: VisitId) -> Outcome<Vec<ReleaseHead>> {
    authorise_reading(context)?;
    let mut connection = context.read().await?;
    if context.reader().is_on(visit) {
        let visit = visits::known(context, &mut connection, visit).await?;
        let releases = store::of_visit(context, &mut connection, visit.id).await?;
        return Ok(releases.into_iter().map(|release| release.head).collect());
    }
    let now = AsItStands::load(context, &mut connection, visit).await?.ok_or(Failure::NotFound)?;
    let own = Audience::of(context.actor(), visit);
    let releases = store::of_visit(context, &mut connection, visit).await?;
    let shown = releases.into_iter().filter(|release| own.contains(&release.head.audience));
    let heads: Vec<ReleaseHead> = shown.filter_map(|release| now.show(release, context.reader())).map(|view| view.head).collect();
    if heads.is_empty() { Err(Failure::NotFound) } else { Ok(heads) }
}

/// The visits of which something was released to the reader, by their first day: what a mission's account sees of the office,
/// and the public of its programme.
///
/// # Errors
/// When the database refuses.
pub async fn my_released_visits(context: &RequestContext) -> Outcome<Vec<ReleasedVisit>> {
    authorise_reading(context)?;
    let mut connection = context.read().await?;
    let mut seen = Vec::new();
    for visit in store::released_visits(context, &mut connection).await? {
        if let Some(view) = latest_shown(context, &mut connection, visit, None, context.reader()).await? {
            seen.push((Delivered::released_visit(visit, &view.visit), ReleasedVisit { visit: view.visit, release: view.head }));
        }
    }
    let mut visits = deliver(context, connection, seen).await?;
    // The order is made from the view: hidden dates order nothing.
    visits.sort_by_key(|released| (released.visit.starts_on.is_none(), released.visit.starts_on, released.visit.id));
    Ok(visits)
}

/// Whether the release that bears a code is current. Anyone may ask, so many times a minute from one network; nothing else is
/// told, and a code of no release is as one that nobody could have.
///
/// # Errors
/// When there is no such code, or too many were tried.
pub async fn is_current(context: &RequestContext, from: Network, code: &str) -> Outcome<CodeAnswer> {
    let limit = &context.chancery().limits.version_codes;
    limit.check(&from).map_err(|wait| Failure::TooMany { after_seconds: wait.retry_after_seconds() })?;
    let code = typed_code(code).ok_or(Failure::NotFound)?;
    let mut connection = context.read().await?;
    store::by_code(context, &mut connection, &code).await?.ok_or(Failure::NotFound)
}
