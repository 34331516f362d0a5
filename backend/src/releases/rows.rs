//! Releases as they are stored.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer, StoredPart},
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{ReleaseId, VisitId},
    marking::{Marked, Marking, Scope, Sealing},
    releases::{Audience, Frozen, ReleaseHead},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A release's row, with its sealing key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct ReleaseRow {
    id: Uuid,
    visit_id: Uuid,
    audience: String,
    number: i64,
    released_at: DateTime<Utc>,
    body: String,
    wrapped: Option<String>,
}

/// A release's body: its content whole under one marking, and its code, which is sealed whatever the content's marking: from
/// a stolen copy of the database nobody learns which codes are good.
#[derive(Debug, Serialize, Deserialize)]
struct ReleaseBody {
    code: StoredPart<String>,
    frozen: StoredPart<Frozen>,
}

/// A release as it was frozen, to be narrowed for whoever reads it.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// Which.
    pub(crate) head: ReleaseHead,
    /// Its content.
    pub(crate) frozen: Marked<Frozen>,
}

const TABLE: &str = "releases";

#[expect(clippy::disallowed_methods, reason = "this is a rows.rs")]
const PROOF: Sealing = Sealing::for_rows();

impl ReleaseRow {
    /// The release.
    pub(crate) fn into_release(self, context: &RequestContext) -> Outcome<Release> {
        let corrupt = || Failure::Corrupt { what: "release" };
        let body: ReleaseBody = serde_json::from_str(&self.body).map_err(|_| corrupt())?;
        // A release is never written again: it has one revision.
        let opener = Opener::new(context, Row { table: TABLE, id: self.id, revision: 1 }, self.wrapped.as_deref())?;
        let visit = VisitId(self.visit_id);
        let mut code = None;
        let _emptied = opener.part("code", Scope::Visit(visit), body.code)?.map(|text| code = Some(text));
        Ok(Release {
            head: ReleaseHead {
                id: ReleaseId(self.id),
                visit_id: visit,
                audience: Audience::from_word(&self.audience).ok_or_else(corrupt)?,
                number: u32::try_from(self.number).map_err(|_| corrupt())?,
                released_at: self.released_at,
                code: code.ok_or_else(corrupt)?,
            },
            frozen: opener.part("frozen", Scope::Visit(visit), body.frozen)?,
        })
    }
}

/// The stored form of a release; the sealer keeps the key that was needed.
pub(crate) fn body_of(sealer: &mut Sealer<'_>, release: &Release) -> Outcome<String> {
    let code = Marked::new(Marking::AmberStrict, Scope::Visit(release.head.visit_id), release.head.code.clone());
    let body = ReleaseBody { code: sealer.part("code", &code, &PROOF)?, frozen: sealer.part("frozen", &release.frozen, &PROOF)? };
    serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "release" })
}

/// The row of a release, for its sealer.
pub(crate) const fn row(id: ReleaseId) -> Row {
    Row { table: TABLE, id: id.uuid(), revision: 1 }
}
