//! Releases: a programme frozen for an audience, and what is read of it today.

pub mod acknowledgements;
pub mod differences;
pub(crate) mod released;
pub mod rows;
mod standing;
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
    ids::{ReleaseId, VisitId},
    marking::{
        Reader,
        view::{DelegateView, ItemView, VisitView},
    },
    permission::Facts,
    problems::Problem,
    releases::{
        Audience, CodeAnswer, Draft, ReleaseHead, ReleasePreview, ReleaseView, ReleasedVisit, code_of, freeze, preview, say_the_same,
        typed_code,
    },
    visits::Visit,
};
use rows::Release;
use standing::AsItStands;

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
/// When the actor may not, the draft changed since it was seen, no audience is given, or one of them may not know of the visit or is
/// told more than who releases may read: what that reader does not see would be told to it as taken out.
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
            let may = Audience::releasable_by(context.reader()).any(|theirs| theirs == audience);
            let frozen = freeze(draft, audience, context.reader().ceiling(), &directory, context.zones()).filter(|_| may);
            let frozen = frozen.ok_or_else(|| Failure::field("audiences", Problem::MarkingRefused))?;
            let last = store::latest(context, &mut transaction, visit.id, audience).await?;
            if let Some(last) = last.as_ref().filter(|last| say_the_same(&last.frozen, &frozen, context.reader(), context.zones())) {
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

/// What a release would tell each of these audiences, as far as who would make it may read that; it is made of the draft whose
/// version [`draft_version`] tells.
///
/// # Errors
/// When the actor may not release the programme, or there is no such visit for this reader.
pub async fn preview_release(context: &RequestContext, visit: VisitId, audiences: &[Audience]) -> Outcome<Vec<ReleasePreview>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<ReleaseProgramme>(context, visits::facts(context, &visit))?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let items = programme::store::of_visit(context, &mut connection, visit.id).await?;
    let delegates = delegations::with_names(context, &mut connection, visit.id).await?;
    let draft = Draft { visit: &visit, delegates: &delegates, items: &items };
    let last = store::latest_of_each(context, &mut connection, visit.id).await?;
    let now = AsItStands::load(context, &mut connection, visit.id).await?.ok_or(Failure::NotFound)?;
    let made = Audience::ALL.iter().copied().filter(|audience| audiences.contains(audience)).map(|audience| {
        let last = last.iter().find(|last| last.head.audience == audience).map(|last| (&last.frozen, &last.head));
        preview(draft, audience, last, now.today(), context.reader(), (&directory, context.zones()))
    });
    let previews: Vec<ReleasePreview> = made.collect();
    let mut things: Vec<Delivered> = last.iter().filter_map(|last| Delivered::known_release(&last.head, &previews)).collect();
    // What it would say is of the draft.
    for told in previews.iter().map(|preview| &preview.difference) {
        let lines = told.added.iter().chain(told.changed.iter().map(|change| &change.after));
        things.extend(lines.filter_map(|view| Some(Delivered::item(items.iter().find(|item| item.id == view.id)?, view))));
        let people = told.delegates_added.iter().chain(told.delegates_changed.iter().map(|change| &change.after));
        things.extend(people.filter_map(|view| {
            let (delegate, _) = delegates.iter().find(|(delegate, _)| delegate.id == view.id)?;
            Some(Delivered::delegate(delegate, view))
        }));
        things.extend(told.visit.as_ref().map(|change| Delivered::visit(&visit, &change.after)));
    }
    audit::deliveries::delivered(context, connection, &things).await?;
    Ok(previews)
}

/// The last release of a visit to an audience the reader belongs to, or to the best informed of them that shows anything.
pub(crate) async fn latest_shown(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Option<Audience>,
    reader: &Reader,
) -> Outcome<Option<ReleaseView>> {
    let own = own_audiences(context, visit, audience);
    if !is_released_to(context, connection, visit, &own).await? {
        return Ok(None);
    }
    let Some(now) = AsItStands::load(context, connection, visit).await? else { return Ok(None) };
    now.latest(connection, &own, reader).await
}

/// Whether anything of a visit was ever released to one of these audiences. It is asked before anything is read of the visit: of one of
/// which nothing was, as much is done as of one that there is not.
async fn is_released_to(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audiences: &[Audience],
) -> Outcome<bool> {
    let released = store::audiences(context, connection, visit).await?;
    Ok(released.iter().any(|audience| audiences.contains(audience)))
}

/// The audiences that the actor belongs to for a visit, the best informed first; only the one that is asked for, where one is.
fn own_audiences(context: &RequestContext, visit: VisitId, asked: Option<Audience>) -> Vec<Audience> {
    let own = Audience::of(context.actor(), visit);
    own.into_iter().filter(|own| asked.is_none_or(|asked| asked == *own)).collect()
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
    let own = Audience::of(context.actor(), visit);
    if !is_released_to(context, &mut connection, visit, &own).await? {
        return Err(Failure::NotFound);
    }
    let now = AsItStands::load(context, &mut connection, visit).await?.ok_or(Failure::NotFound)?;
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
