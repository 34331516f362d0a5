//! Delegates as they are stored: what is known of each is sealed under the key of the person.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
};
use domain::{
    delegations::{Delegate, DelegateDetails, DelegateRole, Delegation},
    ids::{DelegateId, DelegationId, MissionId, PersonId, VisitId},
    marking::{Marked, Scope, Sealing},
    text::Title,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A delegation's row.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct DelegationRow {
    id: Uuid,
    visit_id: Uuid,
    name: String,
    mission_id: Option<Uuid>,
}

impl DelegationRow {
    /// The delegation.
    pub(crate) fn into_delegation(self) -> Outcome<Delegation> {
        let name = Title::parse(&self.name).map_err(|_| Failure::Corrupt { what: "delegation" })?;
        Ok(Delegation { id: DelegationId(self.id), visit: VisitId(self.visit_id), name, mission: self.mission_id.map(MissionId) })
    }
}

/// A delegate's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct DelegateRow {
    id: Uuid,
    revision: i64,
    visit_id: Uuid,
    delegation_id: Uuid,
    person_id: Uuid,
    position: i64,
    body: String,
    wrapped: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DelegateBody {
    role: DelegateRole,
    details: StoredPart<DelegateDetails>,
}

const TABLE: &str = "delegates";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl DelegateRow {
    /// The delegate.
    pub(crate) fn into_delegate(self, context: &RequestContext) -> Outcome<Delegate> {
        let corrupt = || Failure::Corrupt { what: "delegate" };
        let body: DelegateBody = serde_json::from_str(&self.body).map_err(|_| corrupt())?;
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: self.revision }, self.wrapped.as_deref())?;
        let visit = VisitId(self.visit_id);
        Ok(Delegate {
            id: DelegateId(self.id),
            revision: self.revision,
            visit,
            delegation: DelegationId(self.delegation_id),
            person: PersonId(self.person_id),
            role: body.role,
            position: u32::try_from(self.position).map_err(|_| corrupt())?,
            details: opener.part("details", Scope::Visit(visit), body.details)?,
        })
    }
}

/// The stored form of a delegate's revision, by a sealer under the key of the person.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, role: DelegateRole, details: &Marked<DelegateDetails>) -> Outcome<String> {
    let body = DelegateBody { role, details: sealer.sealed_part("details", details, &PROOF)? };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "delegate" })
}

/// The row of a delegate, for its sealer.
pub(crate) const fn row(id: DelegateId, revision: i64) -> Row {
    Row { table: TABLE, id: id.uuid(), revision }
}
