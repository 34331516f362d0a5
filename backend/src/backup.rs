//! A copy of all that is stored, which either engine takes back: lines of JSON, versioned and with a checksum.
//!
//! The key file is not in it. What is sealed stays sealed, so that a stolen copy shows no more than a stolen database.

mod cells;
mod tables;

use crate::{
    audit::chain::EntryHash,
    database::{Connection, Database, DatabaseError, WriteTransaction},
};
use cells::{Cell, StoredRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Write};
use tables::{Table, tables};

pub(crate) use tables::statements;

/// What the first line of a copy says it is.
const FORMAT: &str = "chancery-backup";

/// The version of the format: the number of the migration whose tables it holds. A copy of another is refused: the program that made it
/// takes it back, and a newer one then brings the tables up to date.
const VERSION: u32 = 17;

/// How many rows are read at a time.
const PAGE: i64 = 500;

/// The longest line that is read, in bytes: more than any row can hold.
const LONGEST_LINE: u64 = 64 << 20;

/// Why a copy was not written or not taken back. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database refused.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The file could not be read or written.
    #[error("the file can't be read or written: {0}")]
    File(#[from] io::Error),
    /// It is no copy, or one of a version that this program does not know.
    #[error("this is no copy that this program can take back")]
    NotACopy,
    /// It was cut, or changed since it was written.
    #[error("the copy is damaged: line {line}")]
    Damaged {
        /// The first line that is not as it was written.
        line: u64,
    },
    /// There is something in the database already.
    #[error("a copy is taken back into an empty database only, and {table} has rows")]
    NotEmpty {
        /// The first table with rows.
        table: &'static str,
    },
    /// What is stored is not of its form: a damaged database.
    #[error("{table} holds something that can't be read")]
    Corrupt {
        /// The table.
        table: &'static str,
    },
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
    made_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    table: String,
    row: Vec<serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
struct End {
    rows: u64,
    sha256: String,
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// How many rows.
    pub rows: u64,
}

/// Writes a copy of everything as it is at one moment; the office goes on meanwhile.
///
/// # Errors
/// When the database refuses, or the file can't be written.
pub async fn back_up(database: &Database, now: DateTime<Utc>, out: &mut (impl Write + Send)) -> Result<Copied, BackupError> {
    let mut snapshot = database.snapshot().await?;
    let mut lines = Lines { out, hash: Sha256::new() };
    lines.write(&Head { format: FORMAT.to_owned(), version: VERSION, made_at: now })?;
    let mut rows = 0;
    for table in tables() {
        let mut after: Option<StoredRow> = None;
        loop {
            let page: Vec<StoredRow> = match &after {
                None => snapshot.all(table.first_page, vec![PAGE.into()]).await?,
                Some(last) => snapshot.all(table.next_page, table.place_of(last)?).await?,
            };
            let Some(last) = page.last() else { break };
            for row in &page {
                let row = row.0.iter().zip(&table.columns).map(|(cell, column)| cell.to_json(column.kind).ok_or(table.corrupt()));
                lines.write(&Line { table: table.name.to_owned(), row: row.collect::<Result<_, _>>()? })?;
                rows += 1;
            }
            if (page.len() as i64) < PAGE {
                break;
            }
            after = Some(last.clone());
        }
    }
    let sha256 = EntryHash::from(<[u8; 32]>::from(lines.hash.clone().finalize())).to_string();
    lines.write(&End { rows, sha256 })?;
    lines.out.flush()?;
    Ok(Copied { rows })
}

struct Lines<'a, W: Write> {
    out: &'a mut W,
    hash: Sha256,
}

impl<W: Write> Lines<'_, W> {
    fn write(&mut self, line: &impl Serialize) -> Result<(), BackupError> {
        let mut text = serde_json::to_vec(line).map_err(io::Error::from)?;
        text.push(b'\n');
        self.hash.update(&text);
        Ok(self.out.write_all(&text)?)
    }
}

/// Takes a copy back into an empty database whose schema is up to date: all of it, or nothing.
///
/// # Errors
/// When the database holds anything, or the copy is not whole.
pub async fn restore(database: &Database, from: &mut (impl BufRead + Send)) -> Result<Copied, BackupError> {
    let tables = tables();
    let mut transaction = database.write().await?;
    for table in tables {
        if transaction.optional::<StoredRow>(table.first_page, vec![1_i64.into()]).await?.is_some() {
            return Err(BackupError::NotEmpty { table: table.name });
        }
    }
    let mut hash = Sha256::new();
    let mut number = 0;
    let mut text = Vec::new();
    let mut ended: Option<End> = None;
    let mut rows = 0;
    while read_line(from, &mut text)? {
        number += 1;
        let damaged = || BackupError::Damaged { line: number };
        if ended.is_some() {
            return Err(damaged());
        }
        if number == 1 {
            let head: Head = serde_json::from_slice(&text).map_err(|_| BackupError::NotACopy)?;
            if head.format != FORMAT || head.version != VERSION {
                return Err(BackupError::NotACopy);
            }
        } else if let Ok(line) = serde_json::from_slice::<Line>(&text) {
            let table = tables.iter().find(|table| table.name == line.table).ok_or_else(damaged)?;
            insert(&mut transaction, table, line.row).await?.ok_or_else(damaged)?;
            rows += 1;
        } else {
            let end: End = serde_json::from_slice(&text).map_err(|_| damaged())?;
            let found = EntryHash::from(<[u8; 32]>::from(hash.clone().finalize())).to_string();
            if end.rows != rows || end.sha256 != found {
                return Err(damaged());
            }
            ended = Some(end);
        }
        hash.update(&text);
    }
    if ended.is_none() {
        return Err(if number == 0 { BackupError::NotACopy } else { BackupError::Damaged { line: number + 1 } });
    }
    transaction.commit().await?;
    Ok(Copied { rows })
}

/// The next line with its end; whether there was one.
fn read_line(from: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<bool> {
    text.clear();
    io::Read::take(from, LONGEST_LINE).read_until(b'\n', text)?;
    Ok(!text.is_empty())
}

async fn insert(transaction: &mut WriteTransaction, table: &Table, row: Vec<serde_json::Value>) -> Result<Option<()>, DatabaseError> {
    if row.len() != table.columns.len() {
        return Ok(None);
    }
    let values: Option<Vec<_>> =
        row.iter().zip(&table.columns).map(|(json, column)| Cell::from_json(json, column.kind)?.to_value(column.kind)).collect();
    let Some(values) = values else { return Ok(None) };
    transaction.execute(table.insert, values).await?;
    Ok(Some(()))
}
