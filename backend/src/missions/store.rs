//! The statements of missions.

use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, DatabaseError, WriteTransaction},
    error::{Failure, Outcome},
    permits::{ManageMissions, Permit},
    revisions, statements, values,
};
use domain::{audit::ThingKind, ids::MissionId, missions::Mission, problems::Problem, text::folded};
use uuid::Uuid;

statements! {
    ALL = "SELECT id, revision, body FROM missions WHERE office_id = $1 ORDER BY name, id";
    ONE = "SELECT id, revision, body FROM missions WHERE office_id = $1 AND id = $2";
    INSERT = "INSERT INTO missions (office_id, id, revision, name, folded, body) VALUES ($1, $2, 1, $3, $4, $5)";
    UPDATE = "UPDATE missions SET revision = $3, name = $4, folded = $5, body = $6 WHERE office_id = $1 AND id = $2 AND revision = $7";
}

#[derive(sqlx_macros::FromRow)]
struct MissionRow {
    id: Uuid,
    revision: i64,
    body: String,
}

impl MissionRow {
    fn into_mission(self) -> Outcome<Mission> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "mission" })?;
        Ok(Mission { id: MissionId(self.id), revision: self.revision, details })
    }
}

fn name_taken(error: DatabaseError) -> Failure {
    match error {
        DatabaseError::Duplicate => Failure::field("name", Problem::AlreadyTaken),
        other => other.into(),
    }
}

/// All missions, by name.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Mission>> {
    let rows: Vec<MissionRow> = connection.all(ALL, values![context.office_id()]).await?;
    rows.into_iter().map(MissionRow::into_mission).collect()
}

/// A mission.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: MissionId) -> Outcome<Option<Mission>> {
    let row: Option<MissionRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(MissionRow::into_mission).transpose()
}

/// Writes a new mission.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageMissions>,
    mission: &Mission,
) -> Outcome<Digest> {
    let body = serde_json::to_string(&mission.details).map_err(|_| Failure::Corrupt { what: "mission" })?;
    let name = mission.details.name.as_str();
    let values = values![context.office_id(), mission.id, name, folded(name), body.as_str()];
    transaction.execute(INSERT, values).await.map_err(name_taken)?;
    revisions::append(transaction, context, ThingKind::Mission, mission.id.uuid(), 1, Some(&body)).await
}

/// Writes a mission anew, if it is still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageMissions>,
    changed: &Mission,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let body = serde_json::to_string(&changed.details).map_err(|_| Failure::Corrupt { what: "mission" })?;
    let name = changed.details.name.as_str();
    let values = values![context.office_id(), changed.id, revision, name, folded(name), body.as_str(), changed.revision];
    if transaction.execute(UPDATE, values).await.map_err(name_taken)? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Mission, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}
