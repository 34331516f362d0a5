//! What earlier versions kept of people in the clear, sealed once and for all.
//!
//! Only how it is stored changes, not what is: no revision is made and nobody is told. Revisions that were made before stay as they are, for the
//! record is bound to them (`docs/security.md`).

use super::{keys, rows::body_of};
use crate::{
    accounts::access::offices,
    context::{Chancery, RequestContext, retried},
    database::{Connection, WriteTransaction},
    delegations,
    error::{Failure, Outcome},
    releases, statements, values,
};
use domain::{ids::PersonId, people::PersonDetails, permission::Actor};
use std::sync::Arc;
use uuid::Uuid;

statements! {
    CLEAR = "SELECT id, revision, body FROM people WHERE office_id = $1 AND key_id IS NULL";
    SEAL = "UPDATE people SET key_id = $3, body = $4 WHERE office_id = $1 AND id = $2 AND key_id IS NULL";
}

#[derive(sqlx_macros::FromRow)]
struct ClearRow {
    id: Uuid,
    revision: i64,
    body: String,
}

/// Seals all that is kept of people in the clear, in all offices.
///
/// # Errors
/// When something stored can't be read, or the database refuses.
pub async fn seal_what_is_clear(chancery: &Chancery) -> Outcome<()> {
    for office in offices(chancery).await? {
        let operator = Actor::operator(office.id);
        let context = chancery.context(Arc::new(office), operator);
        let mut connection = context.read().await?;
        let people: Option<ClearRow> = connection.optional(CLEAR, values![context.office_id()]).await?;
        if people.is_some() || delegations::is_any_clear(&context, &mut connection).await? {
            drop(connection);
            retried(|| seal(&context)).await?;
        }
    }
    Ok(())
}

async fn seal(context: &RequestContext) -> Outcome<()> {
    let mut transaction = context.write().await?;
    let clear: Vec<ClearRow> = transaction.all(CLEAR, values![context.office_id()]).await?;
    for row in clear {
        seal_person(context, &mut transaction, row).await?;
    }
    delegations::seal_under_people(context, &mut transaction).await?;
    releases::store::name_people_of_all(context, &mut transaction).await?;
    transaction.commit().await?;
    Ok(())
}

async fn seal_person(context: &RequestContext, transaction: &mut WriteTransaction, row: ClearRow) -> Outcome<()> {
    let details: PersonDetails = serde_json::from_str(&row.body).map_err(|_| Failure::Corrupt { what: "person" })?;
    let id = PersonId(row.id);
    let key = keys::make(context, transaction).await?;
    let body = body_of(context, &key, id, row.revision, &details)?;
    transaction.execute(SEAL, values![context.office_id(), id, key.id().uuid(), body.as_str()]).await?;
    Ok(())
}
