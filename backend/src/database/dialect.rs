//! The few things the engines say differently.

use super::{Connection, DatabaseError, WriteTransaction};
use crate::values;
use domain::ids::OfficeId;

/// The name of what refuses a second exclusive engagement: a constraint on PostgreSQL, a trigger's message on SQLite.
pub const EXCLUSION: &str = "engagements_exclude_each_other";

const LOCK_OFFICE_POSTGRES: &str = "SELECT id FROM offices WHERE id = $1 FOR UPDATE";
const LOCK_RESOURCE_POSTGRES: &str = "SELECT id FROM resources WHERE office_id = $1 AND id = $2 FOR UPDATE";

/// Takes the office's lock until the transaction ends. SQLite has one writer and needs none.
///
/// # Errors
/// When the database refuses.
pub async fn lock_office(transaction: &mut WriteTransaction, office: OfficeId) -> Result<(), DatabaseError> {
    if transaction.is_postgres() {
        transaction.execute(LOCK_OFFICE_POSTGRES, values![office]).await?;
    }
    Ok(())
}

/// Takes the locks of scarce things, in the order of their ids so that no two transactions wait for each other.
///
/// # Errors
/// When the database refuses.
pub async fn lock_resources(transaction: &mut WriteTransaction, office: OfficeId, resources: &[uuid::Uuid]) -> Result<(), DatabaseError> {
    if transaction.is_postgres() {
        let mut ordered = resources.to_vec();
        ordered.sort_unstable();
        ordered.dedup();
        for resource in ordered {
            transaction.execute(LOCK_RESOURCE_POSTGRES, values![office, resource]).await?;
        }
    }
    Ok(())
}
