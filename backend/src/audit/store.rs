//! The statements of the record: it is only appended to and read.

use super::chain::{Digest, EntryFields, EntryHash, StoredEntry, Thing};
use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
};
use chrono::{DateTime, Utc};
use domain::ids::{OfficeId, RequestId};
use uuid::Uuid;

statements! {
    HEAD = "SELECT sequence, hash FROM audit_entries WHERE office_id = $1 ORDER BY sequence DESC LIMIT 1";
    APPEND = "INSERT INTO audit_entries (office_id, sequence, at, actor_kind, actor_id, intent, outcome, things, request_id, digest, previous, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    AFTER = "SELECT office_id, sequence, at, actor_kind, actor_id, intent, outcome, things, request_id, digest, previous, hash FROM audit_entries \
        WHERE office_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    CHECKPOINTS = "SELECT line FROM audit_checkpoints WHERE office_id = $1 ORDER BY sequence";
    APPEND_CHECKPOINT = "INSERT INTO audit_checkpoints (office_id, sequence, at, line) VALUES ($1, $2, $3, $4)";
}

#[derive(sqlx_macros::FromRow)]
struct HeadRow {
    sequence: i64,
    hash: Vec<u8>,
}

#[derive(serde::Serialize)]
struct ThingRow<'a> {
    kind: &'a str,
    id: uuid::Uuid,
    revision: Option<u64>,
}

impl<'a> From<&'a Thing> for ThingRow<'a> {
    fn from(thing: &'a Thing) -> Self {
        Self { kind: &thing.kind, id: thing.id, revision: thing.revision }
    }
}

#[derive(sqlx_macros::FromRow)]
struct EntryRow {
    office_id: Uuid,
    sequence: i64,
    at: DateTime<Utc>,
    actor_kind: String,
    actor_id: Option<Uuid>,
    intent: String,
    outcome: String,
    things: String,
    request_id: Uuid,
    digest: Option<Vec<u8>>,
    previous: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(serde::Deserialize)]
struct ReadThing {
    kind: String,
    id: Uuid,
    revision: Option<u64>,
}

impl EntryRow {
    /// The entry; none if a field is not of its form, which no entry ever written has.
    fn into_entry(self) -> Option<StoredEntry> {
        let things: Vec<ReadThing> = serde_json::from_str(&self.things).ok()?;
        let things = things.into_iter().map(|thing| Thing { kind: thing.kind, id: thing.id, revision: thing.revision }).collect();
        let digest = match self.digest {
            Some(bytes) => Some(Digest::try_from(bytes.as_slice()).ok()?),
            None => None,
        };
        let fields = EntryFields {
            office: OfficeId(self.office_id),
            sequence: u64::try_from(self.sequence).ok()?,
            at: self.at,
            actor_kind: self.actor_kind,
            actor_id: self.actor_id,
            intent: self.intent,
            things,
            outcome: self.outcome,
            digest,
            request: RequestId(self.request_id),
        };
        let previous = EntryHash::try_from(self.previous.as_slice()).ok()?;
        let hash = EntryHash::try_from(self.hash.as_slice()).ok()?;
        Some(StoredEntry { fields, previous, hash })
    }
}

/// The entries after a number, at most so many; what can't be read as an entry is none.
pub(crate) async fn after(
    context: &RequestContext,
    connection: &mut impl Connection,
    sequence: u64,
    most: i64,
) -> Outcome<Vec<Option<StoredEntry>>> {
    let rows: Vec<EntryRow> = connection.all(AFTER, values![context.office_id(), number(sequence)?, most]).await?;
    Ok(rows.into_iter().map(EntryRow::into_entry).collect())
}

/// The lines of the checkpoints kept beside the record.
pub(crate) async fn checkpoints(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<String>> {
    let rows: Vec<(String,)> = connection.all(CHECKPOINTS, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|(line,)| line).collect())
}

/// The last entry's number and hash.
pub(crate) async fn head(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Option<(u64, EntryHash)>> {
    let row: Option<HeadRow> = connection.optional(HEAD, values![context.office_id()]).await?;
    row.map(|row| {
        let broken = || Failure::Corrupt { what: "the record" };
        let sequence = u64::try_from(row.sequence).map_err(|_| broken())?;
        let hash = EntryHash::try_from(row.hash.as_slice()).map_err(|_| broken())?;
        Ok((sequence, hash))
    })
    .transpose()
}

fn number(sequence: u64) -> Outcome<i64> {
    i64::try_from(sequence).map_err(|_| Failure::Corrupt { what: "the record" })
}

/// Appends an entry.
pub(crate) async fn append(context: &RequestContext, transaction: &mut WriteTransaction, entry: &StoredEntry) -> Outcome<()> {
    let fields = &entry.fields;
    let things: Vec<ThingRow<'_>> = fields.things.iter().map(ThingRow::from).collect();
    let things = serde_json::to_string(&things).map_err(|_| Failure::Corrupt { what: "the record" })?;
    let values = values![
        context.office_id(),
        number(fields.sequence)?,
        fields.at,
        fields.actor_kind.as_str(),
        fields.actor_id,
        fields.intent.as_str(),
        fields.outcome.as_str(),
        things,
        fields.request,
        fields.digest.map(|digest| digest.as_bytes().to_vec()),
        entry.previous.as_bytes().to_vec(),
        entry.hash.as_bytes().to_vec(),
    ];
    transaction.execute(APPEND, values).await?;
    Ok(())
}

/// Appends a signed checkpoint.
pub(crate) async fn append_checkpoint(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    sequence: u64,
    line: &str,
) -> Outcome<()> {
    transaction.execute(APPEND_CHECKPOINT, values![context.office_id(), number(sequence)?, context.now(), line]).await?;
    Ok(())
}
