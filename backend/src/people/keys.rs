//! The key of each person: all that is kept of somebody is sealed under it, and is gone when it is destroyed.

use super::store::people;
use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::{keep_key, open_key},
    sealing::ContentKey,
    statements, values,
};
use domain::ids::{PersonId, ReleaseId, VisitId};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    ONE = people!("p.id, k.wrapped", " AND p.id = $2");
    ALL = people!("p.id, k.wrapped", "");
    IN_RELEASE = people!("p.id, k.wrapped", " AND p.id IN (SELECT person_id FROM release_people WHERE office_id = $1 AND release_id = $2)");
    IN_RELEASES_OF_VISIT = people!(
        "p.id, k.wrapped",
        " AND p.id IN (SELECT n.person_id FROM release_people n JOIN releases r ON r.office_id = n.office_id AND r.id = n.release_id \
        WHERE n.office_id = $1 AND r.visit_id = $2)"
    );
    DESTROY = "DELETE FROM sealing_keys WHERE office_id = $1 AND id = (SELECT key_id FROM people WHERE office_id = $1 AND id = $2)";
}

#[derive(sqlx_macros::FromRow)]
struct KeyRow {
    id: Uuid,
    wrapped: String,
}

/// The keys of some people. Who was erased has none.
#[derive(Debug, Default)]
pub(crate) struct PersonKeys(HashMap<PersonId, ContentKey>);

impl PersonKeys {
    fn of_rows(context: &RequestContext, rows: Vec<KeyRow>) -> Outcome<Self> {
        rows.into_iter().map(|row| Ok((PersonId(row.id), open_key(context, &row.wrapped)?))).collect::<Outcome<_>>().map(Self)
    }

    /// Everybody's.
    pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        Self::of_rows(context, connection.all(ALL, values![context.office_id()]).await?)
    }

    /// Those of these people, of whom there are few.
    pub(crate) async fn of(
        context: &RequestContext,
        connection: &mut impl Connection,
        people: impl Iterator<Item = PersonId> + Send,
    ) -> Outcome<Self> {
        let mut keys = HashMap::new();
        for person in people {
            keys.insert(person, of(context, connection, person).await?);
        }
        Ok(Self(keys))
    }

    /// Those of the people whom a release names.
    pub(crate) async fn in_release(context: &RequestContext, connection: &mut impl Connection, release: ReleaseId) -> Outcome<Self> {
        Self::of_rows(context, connection.all(IN_RELEASE, values![context.office_id(), release]).await?)
    }

    /// Those of the people whom any release of a visit names.
    pub(crate) async fn in_releases_of(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Self> {
        Self::of_rows(context, connection.all(IN_RELEASES_OF_VISIT, values![context.office_id(), visit]).await?)
    }

    /// A person's, unless they were erased.
    pub(crate) fn get(&self, person: PersonId) -> Option<&ContentKey> {
        self.0.get(&person)
    }
}

/// The key of a person.
///
/// # Errors
/// When there is no such person, or the key can't be opened.
pub(crate) async fn of(context: &RequestContext, connection: &mut impl Connection, person: PersonId) -> Outcome<ContentKey> {
    let row: Option<KeyRow> = connection.optional(ONE, values![context.office_id(), person]).await?;
    open_key(context, &row.ok_or(Failure::NotFound)?.wrapped)
}

/// Makes and stores the key of a new person.
///
/// # Errors
/// When there is no randomness, or the database refuses.
pub(crate) async fn make(context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<ContentKey> {
    let key = ContentKey::generate(context.chancery().keys.random()).map_err(|_| Failure::Machine { what: "randomness" })?;
    keep_key(context, transaction, &key).await?;
    Ok(key)
}

/// Destroys the key of a person, and with it all that was sealed under it: in the directory, in delegations, in releases, and in every
/// revision of them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn destroy(context: &RequestContext, transaction: &mut WriteTransaction, person: PersonId) -> Outcome<()> {
    match transaction.execute(DESTROY, values![context.office_id(), person]).await? {
        1 => Ok(()),
        _ => Err(Failure::Stale),
    }
}
