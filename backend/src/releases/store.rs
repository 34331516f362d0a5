//! The statements of releases.

use super::rows::{Release, ReleaseRow, body_of, row};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::Sealer,
    permits::{Permit, ReleaseProgramme},
    revisions, statements, values,
};
use domain::{
    audit::ThingKind,
    ids::VisitId,
    releases::{Audience, CodeAnswer},
};

statements! {
    OF_VISIT = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 ORDER BY r.number DESC, r.audience";
    LATEST = "SELECT r.id, r.visit_id, r.audience, r.number, r.released_at, r.body, k.wrapped \
        FROM releases r LEFT JOIN sealing_keys k ON k.office_id = r.office_id AND k.id = r.key_id \
        WHERE r.office_id = $1 AND r.visit_id = $2 AND r.audience = $3 ORDER BY r.number DESC LIMIT 1";
    RELEASED_VISITS = "SELECT DISTINCT visit_id FROM releases WHERE office_id = $1";
    INSERT = "INSERT INTO releases (office_id, id, visit_id, audience, number, released_at, released_by, code, body, key_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
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
    rows.into_iter().map(|row| row.into_release(context)).collect()
}

/// The last release of a visit to an audience.
pub(crate) async fn latest(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Audience,
) -> Outcome<Option<Release>> {
    let row: Option<ReleaseRow> = connection.optional(LATEST, values![context.office_id(), visit, audience.word()]).await?;
    row.map(|row| row.into_release(context)).transpose()
}

/// The visits of which anything was released to anyone.
pub(crate) async fn released_visits(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<VisitId>> {
    let rows: Vec<(uuid::Uuid,)> = connection.all(RELEASED_VISITS, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|(id,)| VisitId(id)).collect())
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
    let body = body_of(&mut sealer, release)?;
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
    revisions::append(transaction, context, ThingKind::Release, head.id.uuid(), 1, Some(&body)).await
}
