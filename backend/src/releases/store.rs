//! The statements of releases.

use super::rows::{Release, ReleaseRow, body_of, parted, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    people::keys::PersonKeys,
    permits::{Permit, ReadReleases, ReleaseProgramme},
    revisions, statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    audit::ThingKind,
    ids::{AccountId, PersonId, ReleaseId, VisitId},
    releases::{Audience, CodeAnswer},
};
use uuid::Uuid;

statements! {
    OF_VISIT = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 ORDER BY r.number DESC, r.audience";
    LATEST = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 AND r.audience = $3 ORDER BY r.number DESC LIMIT 1";
    LATEST_OF_EACH = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 AND r.number = (SELECT MAX(o.number) FROM releases o \
        WHERE o.office_id = r.office_id AND o.visit_id = r.visit_id AND o.audience = r.audience) ORDER BY r.audience";
    BEFORE = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 AND r.audience = $3 AND r.number < $4 ORDER BY r.number DESC LIMIT 1";
    ONE = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.id = $2";
    ACKNOWLEDGE = "INSERT INTO acknowledgements (office_id, release_id, account_id, acknowledged_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT DO NOTHING";
    ACKNOWLEDGED_AT = "SELECT acknowledged_at FROM acknowledgements WHERE office_id = $1 AND release_id = $2 AND account_id = $3";
    ACKNOWLEDGED = "SELECT a.account_id, a.acknowledged_at, r.audience, r.number \
        FROM releases r JOIN acknowledgements a ON a.office_id = r.office_id AND a.release_id = r.id \
        WHERE r.office_id = $1 AND r.visit_id = $2 ORDER BY r.audience, r.number, a.account_id";
    AUDIENCES = "SELECT DISTINCT audience FROM releases WHERE office_id = $1 AND visit_id = $2";
    RELEASED_VISITS = "SELECT DISTINCT visit_id FROM releases WHERE office_id = $1";
    INSERT = "INSERT INTO releases (office_id, id, visit_id, audience, number, released_at, released_by, code, body, key_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    NAMING_NOBODY = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND NOT EXISTS (SELECT 1 FROM release_people n WHERE n.office_id = r.office_id AND n.release_id = r.id)";
    NAME = "INSERT INTO release_people (office_id, release_id, person_id) VALUES ($1, $2, $3)";
    BY_CODE = "SELECT r.number AS number, \
        (SELECT MAX(o.number) FROM releases o WHERE o.office_id = r.office_id AND o.visit_id = r.visit_id AND o.audience = r.audience) AS latest \
        FROM releases r WHERE r.office_id = $1 AND r.code = $2";
}

#[derive(sqlx_macros::FromRow)]
struct CodeRow {
    number: i64,
    latest: i64,
}

/// The releases of a visit, the latest first.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Release>> {
    let rows: Vec<ReleaseRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    let keys = PersonKeys::in_releases_of(context, connection, visit).await?;
    rows.into_iter().map(|row| row.into_release(context, &keys)).collect()
}

async fn opened(context: &RequestContext, connection: &mut impl Connection, row: Option<ReleaseRow>) -> Outcome<Option<Release>> {
    let Some(row) = row else { return Ok(None) };
    let keys = PersonKeys::in_release(context, connection, ReleaseId(row.id)).await?;
    row.into_release(context, &keys).map(Some)
}

/// The last release of a visit to an audience.
pub(crate) async fn latest(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Audience,
) -> Outcome<Option<Release>> {
    let row: Option<ReleaseRow> = connection.optional(LATEST, values![context.office_id(), visit, audience.word()]).await?;
    opened(context, connection, row).await
}

/// The last release of a visit to each audience to which there is one.
pub(crate) async fn latest_of_each(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Release>> {
    let rows: Vec<ReleaseRow> = connection.all(LATEST_OF_EACH, values![context.office_id(), visit]).await?;
    let keys = PersonKeys::in_releases_of(context, connection, visit).await?;
    rows.into_iter().map(|row| row.into_release(context, &keys)).collect()
}

/// The last release of a visit to an audience before the one of that number.
pub(crate) async fn before(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Audience,
    number: u32,
) -> Outcome<Option<Release>> {
    let values = values![context.office_id(), visit, audience.word(), number];
    let row: Option<ReleaseRow> = connection.optional(BEFORE, values).await?;
    opened(context, connection, row).await
}

/// A release.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: ReleaseId) -> Outcome<Option<Release>> {
    let row: Option<ReleaseRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    // They are looked for where there is no such release too: how long it takes tells nobody whether there is one.
    let keys = PersonKeys::in_release(context, connection, id).await?;
    row.map(|row| row.into_release(context, &keys)).transpose()
}

/// Notes that the actor acknowledges a release; whether it had not before.
pub(crate) async fn acknowledge(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ReadReleases>,
    id: ReleaseId,
) -> Outcome<bool> {
    let values = values![context.office_id(), id, context.account()?, context.now()];
    Ok(transaction.execute(ACKNOWLEDGE, values).await? == 1)
}

/// When the actor acknowledged a release; none if it did not, or is nobody who could.
pub(crate) async fn acknowledged_at(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: ReleaseId,
) -> Outcome<Option<DateTime<Utc>>> {
    let Some(account) = context.actor().account() else { return Ok(None) };
    let row: Option<(DateTime<Utc>,)> = connection.optional(ACKNOWLEDGED_AT, values![context.office_id(), id, account]).await?;
    Ok(row.map(|(at,)| at))
}

#[derive(sqlx_macros::FromRow)]
struct AcknowledgedRow {
    account_id: Uuid,
    acknowledged_at: DateTime<Utc>,
    audience: String,
    number: i64,
}

/// That an account acknowledged a release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Acknowledged {
    pub(super) account: AccountId,
    pub(super) audience: Audience,
    pub(super) number: u32,
    pub(super) at: DateTime<Utc>,
}

/// All that was acknowledged of the releases of a visit.
pub(super) async fn acknowledged(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Acknowledged>> {
    let rows: Vec<AcknowledgedRow> = connection.all(ACKNOWLEDGED, values![context.office_id(), visit]).await?;
    let corrupt = || Failure::Corrupt { what: "acknowledgement" };
    let read = |row: AcknowledgedRow| {
        Ok(Acknowledged {
            account: AccountId(row.account_id),
            audience: Audience::from_word(&row.audience).ok_or_else(corrupt)?,
            number: u32::try_from(row.number).map_err(|_| corrupt())?,
            at: row.acknowledged_at,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The audiences to which anything of a visit was released.
pub(crate) async fn audiences(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Audience>> {
    let rows: Vec<(String,)> = connection.all(AUDIENCES, values![context.office_id(), visit]).await?;
    rows.iter().map(|(word,)| Audience::from_word(word).ok_or(Failure::Corrupt { what: "release" })).collect()
}

/// The visits of which anything was released to anyone.
pub(crate) async fn released_visits(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<VisitId>> {
    let rows: Vec<(Uuid,)> = connection.all(RELEASED_VISITS, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|(id,)| VisitId(id)).collect())
}

async fn name(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    release: ReleaseId,
    people: impl IntoIterator<Item = PersonId, IntoIter: Send>,
) -> Outcome<()> {
    for person in people {
        transaction.execute(NAME, values![context.office_id(), release, person]).await?;
    }
    Ok(())
}

/// Notes whom the releases of an earlier version name, in which what is said of people stands among the rest.
pub(crate) async fn name_people_of_all(context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<()> {
    let keys = PersonKeys::all(context, transaction).await?;
    let rows: Vec<ReleaseRow> = transaction.all(NAMING_NOBODY, values![context.office_id()]).await?;
    for row in rows {
        let id = ReleaseId(row.id);
        let people = row.into_release(context, &keys)?.frozen.people_for_keys();
        name(context, transaction, id, people).await?;
    }
    Ok(())
}

/// What the database keeps of a code, by which it is found.
fn tag(context: &RequestContext, code: &str) -> String {
    let tag = context.chancery().keys.file().version_code_key(context.office_id()).tag(code);
    tag.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a code tells, if there is such a release.
pub(crate) async fn by_code(context: &RequestContext, connection: &mut impl Connection, code: &str) -> Outcome<Option<CodeAnswer>> {
    let row: Option<CodeRow> = connection.optional(BY_CODE, values![context.office_id(), tag(context, code)]).await?;
    let answer = row.map(|row| {
        let number = u32::try_from(row.number).map_err(|_| Failure::Corrupt { what: "release" })?;
        Ok(CodeAnswer { number, is_current: row.number == row.latest })
    });
    answer.transpose()
}

/// Writes a release. It is never written again.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ReleaseProgramme>,
    release: &Release,
) -> Outcome<Digest> {
    let head = &release.head;
    let mut sealer = Sealer::new(context, row(head.id));
    let parted = parted(release);
    let keys = PersonKeys::of(context, transaction, parted.1.keys().copied()).await?;
    let body = body_of(context, &mut sealer, &keys, head, &parted)?;
    let key = sealer.finish(transaction).await?;
    let by = context.actor().account();
    let code = tag(context, &head.code);
    let values = values![
        context.office_id(),
        head.id,
        head.visit_id,
        head.audience.word(),
        head.number,
        head.released_at,
        by,
        code,
        body.as_str(),
        key
    ];
    transaction.execute(INSERT, values).await?;
    name(context, transaction, head.id, parted.1.into_keys()).await?;
    revisions::append(transaction, context, ThingKind::Release, head.id.uuid(), 1, Some(&body)).await
}
