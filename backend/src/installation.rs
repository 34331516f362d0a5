//! What holds for a whole database: by which release of the tz database its instants were worked out.

use crate::{
    context::Chancery,
    database::{Connection, Database},
    error::{Failure, Outcome},
    statements, values,
    zones::DatabaseVersion,
};

statements! {
    READ = "SELECT tz_version, is_demo FROM installation WHERE id = 1";
    // Two servers that start at once: the second finds the row and leaves it.
    INSERT = "INSERT INTO installation (id, tz_version, is_demo) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    UPDATE = "UPDATE installation SET tz_version = $1 WHERE id = 1 AND tz_version = $2";
}

#[derive(sqlx_macros::FromRow)]
struct InstallationRow {
    tz_version: String,
    is_demo: bool,
}

/// How this program's tz database stands to the one that the database's instants were worked out by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TzStanding {
    /// It is the same, or newer.
    Current,
    /// It is older: what others stored would be shown and checked by rules that are past.
    Older {
        /// The release the database was written by.
        recorded: String,
    },
}

/// What is recorded of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The newest release of the tz database that a program worked on it with.
    pub tz_version: String,
    /// Whether it holds a demonstration.
    pub is_demo: bool,
}

/// What is recorded of a database; nothing until a program has begun on it.
///
/// # Errors
/// When the database refuses.
pub async fn installation(database: &Database) -> Outcome<Option<Installation>> {
    let row: Option<InstallationRow> = database.read().await?.optional(READ, values![]).await?;
    Ok(row.map(|row| Installation { tz_version: row.tz_version, is_demo: row.is_demo }))
}

/// Records the tz database that this program works with, where it is newer than the one recorded.
///
/// # Errors
/// When the database refuses, or holds no release's name.
pub async fn record_tz_version(chancery: &Chancery) -> Outcome<TzStanding> {
    let ours = chancery.zones.database_version();
    let mut transaction = chancery.database.write().await?;
    transaction.execute(INSERT, values![ours.as_str(), chancery.is_demo]).await?;
    let row: InstallationRow = transaction.optional(READ, values![]).await?.ok_or(Failure::Corrupt { what: "installation" })?;
    let standing = standing(ours, &row.tz_version)?;
    if standing == TzStanding::Current && row.tz_version != ours.as_str() {
        transaction.execute(UPDATE, values![ours.as_str(), row.tz_version]).await?;
    }
    transaction.commit().await?;
    Ok(standing)
}

/// Whether this program's tz database is newer than the one that the database's instants were worked out by.
///
/// # Errors
/// When the database refuses, or holds no release's name.
pub async fn has_newer_rules(chancery: &Chancery) -> Outcome<bool> {
    let Some(recorded) = installation(&chancery.database).await? else { return Ok(false) };
    let theirs = DatabaseVersion::parse(&recorded.tz_version).ok_or(Failure::Corrupt { what: "installation" })?;
    Ok(theirs.release() < chancery.zones.database_version().release())
}

/// How this program's tz database stands now: another server may have recorded a newer one.
///
/// # Errors
/// When the database refuses, or holds no release's name.
pub async fn tz_standing(chancery: &Chancery) -> Outcome<TzStanding> {
    match installation(&chancery.database).await? {
        Some(recorded) => standing(chancery.zones.database_version(), &recorded.tz_version),
        None => Ok(TzStanding::Current),
    }
}

fn standing(ours: &DatabaseVersion, recorded: &str) -> Outcome<TzStanding> {
    let theirs = DatabaseVersion::parse(recorded).ok_or(Failure::Corrupt { what: "installation" })?;
    // A distributor's suffix makes no rules older.
    Ok(if ours.release() < theirs.release() { TzStanding::Older { recorded: recorded.to_owned() } } else { TzStanding::Current })
}
