//! The statements of people.

use crate::{context::RequestContext, database::Connection, error::Outcome, statements, values};
use domain::ids::PersonId;

statements! {
    EXISTS = "SELECT id FROM people WHERE office_id = $1 AND id = $2";
}

/// Whether there is such a person.
pub(crate) async fn exists(context: &RequestContext, connection: &mut impl Connection, id: PersonId) -> Outcome<bool> {
    let row: Option<(uuid::Uuid,)> = connection.optional(EXISTS, values![context.office_id(), id]).await?;
    Ok(row.is_some())
}
