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
    ids::{PersonId, VisitId},
    people::{Person, PersonDetails},
    text::folded,
};
use uuid::Uuid;

statements! {
    EXISTS = "SELECT id FROM people WHERE office_id = $1 AND id = $2";
    ALL = "SELECT id, revision, body FROM people WHERE office_id = $1 ORDER BY folded, id";
    ONE = "SELECT id, revision, body FROM people WHERE office_id = $1 AND id = $2";
    OF_VISIT = "SELECT id, revision, body FROM people WHERE office_id = $1 AND id IN \
        (SELECT p.person_id FROM item_people p JOIN items i ON i.office_id = p.office_id AND i.id = p.item_id \
        WHERE p.office_id = $1 AND i.visit_id = $2 AND i.removed_at IS NULL)";
    INSERT = "INSERT INTO people (office_id, id, revision, name, folded, mission_id, body) VALUES ($1, $2, 1, $3, $4, $5, $6)";
    UPDATE = "UPDATE people SET revision = $3, name = $4, folded = $5, mission_id = $6, body = $7 WHERE office_id = $1 AND id = $2 AND revision = $8";
}

#[derive(sqlx_macros::FromRow)]
struct PersonRow {
    id: Uuid,
    revision: i64,
    body: String,
}

impl PersonRow {
    fn into_person(self) -> Outcome<Person> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "person" })?;
        Ok(Person { id: PersonId(self.id), revision: self.revision, details })
    }
}

/// Whether there is such a person.
pub(crate) async fn exists(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<bool> {
    let row: Option<(Uuid,)> = connection.optional(EXISTS, values![context.office_id(), id]).await?;
    Ok(row.is_some())
}

/// All people, by name.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Person>> {
    let rows: Vec<PersonRow> = connection.all(ALL, values![context.office_id()]).await?;
    rows.into_iter().map(PersonRow::into_person).collect()
}

/// All who take part in a line of a visit, named or not, in no order.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Person>> {
    let rows: Vec<PersonRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    rows.into_iter().map(PersonRow::into_person).collect()
}

/// A person.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<Option<Person>> {
    let row: Option<PersonRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(PersonRow::into_person).transpose()
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
    let values = values![context.office_id(), id, name.as_str(), folded(&name), details.mission, body.as_str()];
    transaction.execute(INSERT, values).await?;
    engagements::store::add_resource(context, transaction, id.uuid(), "person").await?;
    revisions::append(transaction, context, ThingKind::Person, id.uuid(), 1, Some(&body)).await
}

/// Writes a person anew, if they are still the one that was seen: `changed` bears the revision that was.
pub(crate) async fn update<A: Permitted>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    changed: &Person,
) -> Outcome<(i64, Digest)> {
    let revision = changed.revision + 1;
    let body = serde_json::to_string(&changed.details).map_err(|_| Failure::Corrupt { what: "person" })?;
    let name = changed.details.name.in_latin();
    let values = values![
        context.office_id(),
        changed.id,
        revision,
        name.as_str(),
        folded(&name),
        changed.details.mission,
        body.as_str(),
        changed.revision
    ];
    if transaction.execute(UPDATE, values).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Person, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}
