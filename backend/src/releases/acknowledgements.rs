//! Acknowledgements: that an account has read a release, and who has not.

use super::{AsItStands, rows::Release, store};
use crate::{
    accounts::access::{self, Known},
    audit::{self, Entry},
    context::{RequestContext, retried},
    error::{Failure, Outcome},
    missions,
    permits::{ReadReleases, ReleaseProgramme, authorise},
    visits,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{ReleaseId, VisitId},
    missions::Mission,
    permission::Facts,
    releases::{AcknowledgedBefore, Audience, ReaderStanding, ReleaseHead, ReleaseStanding, is_known_to, was_made_to},
    visits::Visit,
};
use store::Acknowledged;

/// Acknowledges a release that the actor is asked of, or was before a later one was made. What was acknowledged stays so: a second
/// press does nothing.
///
/// # Errors
/// When there is no such release for this reader, the actor is not asked to acknowledge it, or the database refuses.
pub async fn acknowledge_release(context: &RequestContext, id: ReleaseId) -> Outcome<()> {
    context.account()?;
    let permit = authorise::<ReadReleases>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let release = store::one(context, &mut transaction, id).await?;
        // Of one to others no more is looked at than of one that is not there.
        let is_of_theirs = |release: &Release| Audience::of(context.actor(), release.head.visit_id).contains(&release.head.audience);
        let release = release.filter(is_of_theirs).ok_or(Failure::NotFound)?;
        let (visit, audience, number) = (release.head.visit_id, release.head.audience, release.head.number);
        let now = AsItStands::load(context, &mut transaction, visit).await?.ok_or(Failure::NotFound)?;
        // What was made before a mission was attached is read by it only while it is the last.
        let is_theirs = was_made_to(&release.frozen, audience, context.actor().mission())
            || store::latest(context, &mut transaction, visit, audience).await?.is_some_and(|last| last.head.id == id);
        if !is_theirs || now.show(release, context.reader()).is_none() {
            return Err(Failure::NotFound);
        }
        if !Audience::asked_of(context.actor(), visit).contains(&audience) {
            return Err(Failure::Forbidden);
        }
        if store::acknowledge(context, &mut transaction, &permit, id).await? {
            let entry = Entry::done(Intent::AcknowledgeRelease).thing(ThingKind::Release, id.uuid(), i64::from(number));
            audit::record(context, &mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// The release of a visit that the actor is asked to acknowledge and has not; none where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn release_to_acknowledge(context: &RequestContext, visit: VisitId) -> Outcome<Option<ReleaseHead>> {
    let asked = Audience::asked_of(context.actor(), visit);
    if asked.is_empty() {
        return Ok(None);
    }
    let mut connection = context.read().await?;
    let Some(visit) = visits::store::one(context, &mut connection, visit).await? else { return Ok(None) };
    let last = store::latest_of_each(context, &mut connection, visit.id).await?;
    let Some(asked) = first_known(&last, &asked, |last| is_known_to(&last.frozen, last.head.audience, &visit, context.reader())) else {
        return Ok(None);
    };
    let acknowledged = store::acknowledged_at(context, &mut connection, asked.head.id).await?;
    Ok(acknowledged.is_none().then(|| asked.head.clone()))
}

/// The last release to the first of these audiences by which somebody knows of the visit.
fn first_known<'a>(last: &'a [Release], asked: &[Audience], is_known: impl Fn(&Release) -> bool) -> Option<&'a Release> {
    asked.iter().find_map(|asked| last.iter().find(|last| last.head.audience == *asked && is_known(last)))
}

/// The last releases of a visit to each audience that can be asked, with who has acknowledged them and who has not: of the office,
/// and of the missions attached, each account that reads it; of the corps each mission.
///
/// # Errors
/// When the actor may not release the programme, there is no such visit for this reader, or the database refuses.
pub async fn list_acknowledgements(context: &RequestContext, visit: VisitId) -> Outcome<Vec<ReleaseStanding>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<ReleaseProgramme>(context, visits::facts(context, &visit))?;
    let last = store::latest_of_each(context, &mut connection, visit.id).await?;
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let everybody = access::everybody(context, &mut connection, visit.id).await?;
    let acknowledged = store::acknowledged(context, &mut connection, visit.id).await?;
    let mut standing = Vec::new();
    for release in last.iter().filter(|last| last.head.audience != Audience::Public) {
        let audience = release.head.audience;
        let of_audience: Vec<Acknowledged> = acknowledged.iter().filter(|one| one.audience == audience).copied().collect();
        let readers = match audience {
            Audience::Corps => {
                let missions = missions::store::all(context, &mut connection).await?;
                of_the_corps(&everybody, &missions, &release.head, &of_audience)
            }
            _ => of_accounts(&everybody, &last, &visit, &release.head, &of_audience),
        };
        standing.push(ReleaseStanding { head: release.head.clone(), readers });
    }
    Ok(standing)
}

/// How an account stands to a release.
fn stands(known: &Known, head: &ReleaseHead, acknowledged: &[Acknowledged]) -> ReaderStanding {
    let own = || acknowledged.iter().filter(|one| Some(one.account) == known.actor.account());
    let now = own().find(|one| one.number == head.number);
    let earlier = own().filter(|one| one.number < head.number).max_by_key(|one| one.number);
    ReaderStanding {
        account_id: known.actor.account(),
        name: known.name.clone(),
        mission: known.mission.clone(),
        acknowledged_at: now.map(|now| now.at),
        earlier: earlier.filter(|_| now.is_none()).map(|one| AcknowledgedBefore { number: one.number, at: one.at }),
    }
}

/// Each account that is asked about the release, and whoever has acknowledged it.
fn of_accounts(
    everybody: &[Known],
    last: &[Release],
    visit: &Visit,
    head: &ReleaseHead,
    acknowledged: &[Acknowledged],
) -> Vec<ReaderStanding> {
    let readers = everybody.iter().filter_map(|known| {
        let standing = stands(known, head, acknowledged);
        (standing.acknowledged_at.is_some() || is_asked(known, last, visit, head.audience)).then_some(standing)
    });
    readers.collect()
}

/// Whether it is the release to this audience that an account is asked to acknowledge: each is asked of one alone.
fn is_asked(known: &Known, last: &[Release], visit: &Visit, audience: Audience) -> bool {
    let is_known = |last: &Release| is_known_to(&last.frozen, last.head.audience, visit, known.actor.reader());
    let asked = first_known(last, &Audience::asked_of(&known.actor, visit.id), is_known);
    asked.is_some_and(|asked| asked.head.audience == audience)
}

/// The missions of the corps, all of them: which accounts they have is their own business, until one of them has acknowledged something.
/// A mission that has a release of its own is among them, for whoever may not read that it is attached to the visit must not be told by
/// its absence.
fn of_the_corps(everybody: &[Known], missions: &[Mission], head: &ReleaseHead, acknowledged: &[Acknowledged]) -> Vec<ReaderStanding> {
    let mut readers = Vec::new();
    for mission in missions {
        let mut of_it: Vec<ReaderStanding> = everybody
            .iter()
            .filter(|known| known.actor.mission() == Some(mission.id))
            .map(|known| stands(known, head, acknowledged))
            .filter(|standing| standing.acknowledged_at.is_some() || standing.earlier.is_some())
            .collect();
        of_it.sort_by(|one, other| (&one.name, one.account_id).cmp(&(&other.name, other.account_id)));
        if of_it.is_empty() {
            let name = mission.details.name.to_string();
            of_it.push(ReaderStanding { account_id: None, name, mission: None, acknowledged_at: None, earlier: None });
        }
        readers.extend(of_it);
    }
    readers
}
