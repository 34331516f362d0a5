//! The statements of people.

use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements,
    error::{Failure, Outcome},
    permits::{Permit, Permitted},
    revisions, statements, values,
};
use domain::{
    audit::ThingKind,
    ids::PersonId,
    people::{Person, PersonDetails},
    text::folded,
};
use uuid::Uuid;

statements! {
    EXISTS = "SELECT id FROM people WHERE office_id = $1 AND id = $2";
    ONE = "SELECT id, revision, body FROM people WHERE office_id = $1 AND id = $2";
    INSERT = "INSERT INTO people (office_id, id, revision, name, folded, mission_id, body) VALUES ($1, $2, 1, $3, $4, $5, $6)";
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Uuid,
    revision: i64,
    body: String,
}

/// Whether there is such a person.
pub(crate) async fn exists(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<bool> {
    let row: Option<(Uuid,)> = connection.optional(EXISTS, values![context.office_id(), id]).await?;
    Ok(row.is_some())
}

/// A person.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<Option<Person>> {
    let row: Option<PersonRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    let person = row.map(|row| {
        let details = serde_json::from_str(&row.body).map_err(|_| Failure::Corrupt { what: "person" })?;
        Ok(Person { id: PersonId(row.id), revision: row.revision, details })
    });
    person.transpose()
}

/// Writes a new person, who can be engaged from then on.
pub(crate) async fn insert<A: Permitted>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    id: PersonId,
    details: &PersonDetails,
) -> Outcome<Digest> {
    let body = serde_json::to_string(details).map_err(|_| Failure::Corrupt { what: "person" })?;
    let name = details.name.in_latin();
    let values = values![context.office_id(), id, &name, folded(&name), details.mission, body.as_str()];
    transaction.execute(INSERT, values).await?;
    engagements::store::add_resource(context, transaction, id.uuid(), "person").await?;
    revisions::append(transaction, context, ThingKind::Person, id.uuid(), 1, Some(&body)).await
}
