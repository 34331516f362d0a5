//! One set of statements on two engines: SQLite inside by default, PostgreSQL when an office outgrows one machine.
//!
//! Engine differences live here, in `dialect` and in the two folders of migrations.

pub mod connection;
pub mod dialect;
pub mod statements;
pub mod value;

use crate::live::{Changes, Subscription};
use connection::OfEngine;
pub use connection::{Connection, ReadConnection, Statements, WriteTransaction};
pub use value::{RowOnBoth, Value};

use sqlx::{
    PgConnection,
    migrate::{Migrate as _, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// Why the database did not do what it was asked, as a code: its own words may quote what others wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// The URL names no engine we know.
    #[error("the database URL must start with sqlite: or postgres:")]
    UnknownEngine,
    /// It can't be reached or opened.
    #[error("the database can't be reached ({code})")]
    Unreachable {
        /// The engine's code, or ours.
        code: String,
    },
    /// A unique value exists already.
    #[error("a unique value exists already")]
    Duplicate,
    /// The last line against double booking refused.
    #[error("an exclusive engagement exists already")]
    Engaged,
    /// Another transaction came in between; trying again may work.
    #[error("another transaction came in between ({code})")]
    Contended {
        /// SQLSTATE, or SQLite's code.
        code: String,
    },
    /// Anything else.
    #[error("the database refused ({code})")]
    Refused {
        /// SQLSTATE, or SQLite's code, or ours.
        code: String,
    },
    /// The schema could not be brought up to date.
    #[error("the schema can't be brought up to date: {code}")]
    Migration {
        /// Which migration, and why, in the engine's code.
        code: String,
    },
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().map(|c| c.into_owned()).unwrap_or_default();
                let engaged = inner.constraint() == Some(dialect::EXCLUSION) || inner.message().contains(dialect::EXCLUSION);
                match code.as_str() {
                    _ if engaged => Self::Engaged,
                    "40001" | "40P01" | "55P03" | "5" | "6" | "517" | "261" => Self::Contended { code },
                    _ if inner.is_unique_violation() => Self::Duplicate,
                    _ => Self::Refused { code },
                }
            }
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
                Self::Unreachable { code: "connection".into() }
            }
            sqlx::Error::RowNotFound => Self::Refused { code: "no row".into() },
            sqlx::Error::ColumnDecode { index, .. } => Self::Refused { code: format!("column {index}") },
            _ => Self::Refused { code: "protocol".into() },
        }
    }
}

/// An engine, with its connections.
#[derive(Debug, Clone)]
pub enum Database {
    /// SQLite: many readers, one writer.
    Sqlite {
        /// Readers.
        readers: sqlx::SqlitePool,
        /// The one writer.
        writer: sqlx::SqlitePool,
        /// What is told of changes.
        changes: Changes,
    },
    /// PostgreSQL.
    Postgres {
        /// Its connections.
        pool: sqlx::PgPool,
        /// What is told of changes.
        changes: Changes,
    },
}

/// How much each connection to SQLite keeps of its file, in KiB, as SQLite wants it said: a positive number would count pages.
const CACHE_KIBIBYTES: &str = "-16384";

/// How many connections to PostgreSQL serve requests.
const SERVING: u32 = 16;

/// How many listen to what other servers changed.
const LISTENING: u32 = 1;

/// How many rows of an answer SQLite may be ahead of who reads them.
const ROWS_HANDED_OVER: usize = 2_000;

impl Database {
    /// Opens a database by its URL; a SQLite file is made if it is missing. The schema is left as it is.
    ///
    /// # Errors
    /// When the URL names no engine we know, or the database can't be reached.
    pub async fn open(url: &str) -> Result<Self, DatabaseError> {
        Self::open_with(url, SqliteSynchronous::Full).await
    }

    /// The same for a test, whose SQLite file need not outlive the machine: nothing waits for the disk.
    ///
    /// # Errors
    /// As those of [`Self::open`].
    #[cfg(feature = "testing")]
    pub async fn open_for_a_test(url: &str) -> Result<Self, DatabaseError> {
        Self::open_with(url, SqliteSynchronous::Off).await
    }

    async fn open_with(url: &str, synchronous: SqliteSynchronous) -> Result<Self, DatabaseError> {
        let unreachable = |_| DatabaseError::Unreachable { code: "options".into() };
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)
                .map_err(unreachable)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .foreign_keys(true)
                // Without it, REPLACE deletes a row without the triggers that guard the record.
                .pragma("recursive_triggers", "ON")
                // A key that is destroyed is overwritten, not left in the file's free space.
                .pragma("secure_delete", "ON")
                // What an office has of today stays at hand; SQLite's own 2 MB hold less than a board of all rooms reads.
                .pragma("cache_size", CACHE_KIBIBYTES)
                .busy_timeout(Duration::from_secs(10))
                .statement_cache_capacity(500)
                // A board of all rooms reads hundreds of rows: handed over a few at a time, the threads wait for one another.
                .row_buffer_size(ROWS_HANDED_OVER);
            let writer =
                SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(30)).connect_with(options.clone()).await?;
            let readers =
                SqlitePoolOptions::new().max_connections(8).acquire_timeout(Duration::from_secs(30)).connect_with(options).await?;
            Ok(Self::Sqlite { readers, writer, changes: Changes::new() })
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(unreachable)?.application_name("chancery").options([
                ("statement_timeout", "30s"),
                ("lock_timeout", "20s"),
                ("idle_in_transaction_session_timeout", "60s"),
                ("timezone", "UTC"),
            ]);
            let pool = PgPoolOptions::new()
                .max_connections(SERVING + LISTENING)
                .acquire_timeout(Duration::from_secs(30))
                .connect_with(options)
                .await?;
            Ok(Self::Postgres { pool, changes: Changes::new() })
        } else {
            Err(DatabaseError::UnknownEngine)
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails, or the database has one that this program does not know.
    pub async fn migrate(&self) -> Result<(), DatabaseError> {
        let result = match self {
            Self::Sqlite { writer, .. } => sqlx_macros::migrate!("./migrations/sqlite").run(writer).await,
            Self::Postgres { pool, .. } => {
                let migrator = sqlx_macros::migrate!("./migrations/postgres");
                // The role that serves may not alter tables, and a migrator makes its own table before it asks what is to do.
                if is_up_to_date(&migrator, &mut *pool.acquire().await?).await {
                    return Ok(());
                }
                migrator.run(pool).await
            }
        };
        result.map_err(|error| DatabaseError::Migration { code: error.to_string() })
    }

    /// The engine's name.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn read(&self) -> Result<ReadConnection, DatabaseError> {
        Ok(ReadConnection::new(match self {
            Self::Sqlite { readers, .. } => OfEngine::Sqlite(readers.acquire().await?),
            Self::Postgres { pool, .. } => OfEngine::Postgres(pool.acquire().await?),
        }))
    }

    /// A transaction to write with. Rolled back unless committed.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn write(&self) -> Result<WriteTransaction, DatabaseError> {
        let engine = match self {
            // A deferred transaction that reads and then writes can fail at once with SQLITE_BUSY_SNAPSHOT, which the
            // busy timeout does not retry.
            Self::Sqlite { writer, .. } => OfEngine::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres { pool, .. } => OfEngine::Postgres(pool.begin().await?),
        };
        Ok(WriteTransaction::new(engine, self.changes_here().clone()))
    }

    /// Everything as it is at one moment, for as long as the transaction lives; it is dropped, never committed.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn snapshot(&self) -> Result<WriteTransaction, DatabaseError> {
        let engine = match self {
            // In WAL mode a reader sees one moment and holds up no writer.
            Self::Sqlite { readers, .. } => OfEngine::Sqlite(readers.begin().await?),
            Self::Postgres { pool, .. } => OfEngine::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?),
        };
        Ok(WriteTransaction::new(engine, self.changes_here().clone()))
    }

    const fn changes_here(&self) -> &Changes {
        match self {
            Self::Sqlite { changes, .. } | Self::Postgres { changes, .. } => changes,
        }
    }

    /// Hears of changes from now on, whichever server makes them.
    ///
    /// # Errors
    /// When PostgreSQL can't be listened to.
    pub async fn changes(&self) -> Result<Subscription, DatabaseError> {
        if let Self::Postgres { pool, changes } = self {
            changes.listen(pool).await?;
        }
        Ok(self.changes_here().subscribe())
    }

    /// How many changes this process was told of so far. Whoever heard of one finds it counted.
    pub fn changes_told(&self) -> u64 {
        self.changes_here().told()
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

/// Whether a database has all of a program's migrations as they are there, and no other.
async fn is_up_to_date(migrator: &Migrator, connection: &mut PgConnection) -> bool {
    let table = &migrator.table_name;
    let (Ok(None), Ok(applied)) = (connection.dirty_version(table).await, connection.list_applied_migrations(table).await) else {
        return false;
    };
    let known: Vec<_> = migrator.iter().map(|migration| (migration.version, &migration.checksum)).collect();
    let applied: Vec<_> = applied.iter().map(|migration| (migration.version, &migration.checksum)).collect();
    applied == known
}
