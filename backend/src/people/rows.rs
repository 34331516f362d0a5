//! People as they are stored: all that is known of a person is one text, sealed under the person's own key.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
    parts::{Opener, Row, Sealer},
    sealing::{ContentKey, SealedText},
};
use domain::{
    ids::PersonId,
    marking::Marking,
    people::{Person, PersonDetails},
};
use uuid::Uuid;

/// A person's row, with their key.
#[derive(Debug, sqlx_macros::FromRow)]
pub(super) struct PersonRow {
    id: Uuid,
    pub(super) revision: i64,
    body: String,
    wrapped: String,
}

const TABLE: &str = "people";

/// The field that holds all of it.
const DETAILS: &str = "details";

/// The marking of the directory.
const SEALED_AS: Marking = Marking::Green;

const fn row(id: Uuid, revision: i64) -> Row {
    Row { table: TABLE, id, revision }
}

fn corrupt() -> Failure {
    Failure::Corrupt { what: "person" }
}

impl PersonRow {
    /// The person.
    pub(super) fn into_person(self, context: &RequestContext) -> Outcome<Person> {
        let opener = Opener::new(context, row(self.id, self.revision), Some(&self.wrapped))?;
        let sealed: SealedText = serde_json::from_str(&self.body).map_err(|_| corrupt())?;
        let text = opener.text(DETAILS, SEALED_AS, &sealed)?;
        let details = serde_json::from_str(&text).map_err(|_| corrupt())?;
        Ok(Person { id: PersonId(self.id), revision: self.revision, details })
    }
}

/// The stored form of a revision of a person.
pub(super) fn body_of(context: &RequestContext, key: &ContentKey, id: PersonId, revision: i64, details: &PersonDetails) -> Outcome<String> {
    let text = serde_json::to_string(details).map_err(|_| corrupt())?;
    let sealed = Sealer::under(context, row(id.uuid(), revision), key).text(DETAILS, SEALED_AS, &text)?;
    serde_json::to_string(&sealed).map_err(|_| Failure::Sealing)
}
