//! The statements of people.

use super::{
    kept::People,
    keys,
    rows::{PersonRow, body_of},
};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    engagements,
    error::{Failure, Outcome},
    permits::{ErasePeople, Permit, Permitted},
    revisions, statements, values,
};
use domain::{
    audit::ThingKind,
    ids::{PersonId, VisitId},
    people::{Person, PersonDetails},
};
use std::sync::Arc;
use uuid::Uuid;

/// A statement over people who were not erased, each with their key as `k`.
macro_rules! people {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM people p JOIN sealing_keys k ON k.office_id = p.office_id AND k.id = p.key_id WHERE p.office_id = $1",
            $rest
        )
    };
}
pub(super) use people;

statements! {
    EXISTS = people!("p.id", " AND p.id = $2");
    ALL = people!("p.id, p.revision, p.body, k.wrapped", "");
    REVISIONS_OF_ALL = "SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM people WHERE office_id = $1";
    ONE = people!("p.id, p.revision, p.body, k.wrapped", " AND p.id = $2");
    OF_VISIT = people!(
        "p.id, p.revision, p.body, k.wrapped",
        " AND p.id IN (SELECT n.person_id FROM item_people n JOIN items i ON i.office_id = n.office_id AND i.id = n.item_id \
        WHERE n.office_id = $1 AND i.visit_id = $2 AND i.removed_at IS NULL)"
    );
    INSERT = "INSERT INTO people (office_id, id, revision, key_id, body) VALUES ($1, $2, 1, $3, $4)";
    UPDATE = "UPDATE people SET revision = $3, body = $4 WHERE office_id = $1 AND id = $2 AND revision = $5";
    ERASE = "UPDATE people SET revision = $3, body = '' WHERE office_id = $1 AND id = $2 AND revision = $4";
}

/// Whether there is such a person.
pub(crate) async fn exists(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<bool> {
    let row: Option<(Uuid,)> = connection.optional(EXISTS, values![context.office_id(), id]).await?;
    Ok(row.is_some())
}

/// All people: as they are kept, if nothing has changed since.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Arc<People>> {
    let (office, kept) = (context.office_id(), &context.chancery().people);
    // Before the people themselves: what is read in between is kept as older than it is, and read anew.
    let revisions = revisions_of_all(context, connection).await?;
    // A transaction that wrote people has a sum that nothing is kept at: nobody else writes meanwhile, for it holds the office's lock.
    if let Some(people) = kept.at(office, revisions) {
        return Ok(people);
    }
    let people = read_all(context, connection).await?;
    // Its own changes may yet come to nothing: it keeps nothing.
    if !connection.is_writing() {
        kept.keep(office, revisions, &people);
    }
    Ok(people)
}

async fn revisions_of_all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<i64> {
    let row: Option<(i64,)> = connection.optional(REVISIONS_OF_ALL, values![context.office_id()]).await?;
    Ok(row.map_or(0, |(revisions,)| revisions))
}

async fn read_all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Arc<People>> {
    let rows: Vec<PersonRow> = connection.all(ALL, values![context.office_id()]).await?;
    let people = rows.into_iter().map(|row| row.into_person(context)).collect::<Outcome<_>>()?;
    Ok(Arc::new(People::of(people)))
}

/// All who take part in a line of a visit, named or not, in no order.
pub(crate) async fn of_visit(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Person>> {
    let rows: Vec<PersonRow> = connection.all(OF_VISIT, values![context.office_id(), visit]).await?;
    rows.into_iter().map(|row| row.into_person(context)).collect()
}

/// A person.
pub(crate) async fn find(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<Option<Person>> {
    let row: Option<PersonRow> = connection.optional(ONE, values![context.office_id(), id]).await?;
    row.map(|row| row.into_person(context)).transpose()
}

/// Writes a new person, who can be engaged from then on.
pub(crate) async fn insert<A: Permitted>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    id: PersonId,
    details: &PersonDetails,
) -> Outcome<Digest> {
    let key = keys::make(context, transaction).await?;
    let body = body_of(context, &key, id, 1, details)?;
    transaction.execute(INSERT, values![context.office_id(), id, key.id().uuid(), body.as_str()]).await?;
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
    let key = keys::of(context, transaction, changed.id).await?;
    let body = body_of(context, &key, changed.id, revision, &changed.details)?;
    if transaction.execute(UPDATE, values![context.office_id(), changed.id, revision, body.as_str(), changed.revision]).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(transaction, context, ThingKind::Person, changed.id.uuid(), revision, Some(&body)).await?;
    Ok((revision, digest))
}

/// That a person was erased.
pub(super) struct Erased {
    /// The revision that says so.
    pub(super) revision: i64,
    /// Its digest.
    pub(super) digest: Digest,
    /// The sum of the revisions of all people since.
    pub(super) revisions_of_all: i64,
}

/// Erases a person, if they are still the one that was seen: the key under which all of them is sealed is destroyed, and what names them
/// by identifier names nobody from then on.
pub(super) async fn erase(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ErasePeople>,
    seen: &Person,
) -> Outcome<Erased> {
    let revision = seen.revision + 1;
    if transaction.execute(ERASE, values![context.office_id(), seen.id, revision, seen.revision]).await? != 1 {
        return Err(Failure::Stale);
    }
    keys::destroy(context, transaction, seen.id).await?;
    let digest = revisions::append(transaction, context, ThingKind::Person, seen.id.uuid(), revision, None).await?;
    Ok(Erased { revision, digest, revisions_of_all: revisions_of_all(context, transaction).await? })
}
