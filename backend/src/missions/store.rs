//! The statements of missions.

use crate::{
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    statements, values,
};
use domain::{ids::MissionId, missions::Mission};

statements! {
    ONE = "SELECT id, revision, body FROM missions WHERE office_id = $1 AND id = $2";
}

#[derive(sqlx::FromRow)]
struct MissionRow {
    id: uuid::Uuid,
    revision: i64,
    body: String,
}

impl MissionRow {
    fn into_mission(self) -> Outcome<Mission> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "mission" })?;
        Ok(Mission { id: MissionId(self.id), revision: self.revision, details })
    }
}

/// A mission.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: MissionId) -> Outcome<Option<Mission>> {
    let row: Option<MissionRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(MissionRow::into_mission).transpose()
}
