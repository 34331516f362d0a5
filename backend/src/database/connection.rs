//! Running statements: the one place that tells the engines apart at run time.

use super::{DatabaseError, RowOnBoth, Value};
use sqlx::{Postgres, Sqlite, pool::PoolConnection};
use std::sync::atomic::{AtomicU32, Ordering};

tokio::task_local! {
    /// How many statements the request at hand has run.
    pub static STATEMENTS: AtomicU32;
}

fn count() {
    // Outside a request (a command, a test) there is nothing to count for.
    let _outside = STATEMENTS.try_with(|counter| counter.fetch_add(1, Ordering::Relaxed));
}

/// A connection to read with.
#[derive(Debug)]
pub enum ReadConnection {
    /// SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

/// A transaction to write with. Rolled back unless committed.
#[derive(Debug)]
pub enum WriteTransaction {
    /// SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl WriteTransaction {
    /// Makes all of it true.
    ///
    /// # Errors
    /// When the database refuses; then none of it is.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Id(id) => query.bind(id),
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
                Value::Flag(flag) => query.bind(flag),
                Value::Instant(at) => query.bind(at),
                Value::Date(date) => query.bind(date.map(|d| d.to_string())),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

/// What runs statements: a reading connection, or a writing transaction.
pub trait Connection: Send {
    /// All rows of a statement.
    ///
    /// # Errors
    /// When the database refuses, or a row is not of the form asked.
    fn all<R: RowOnBoth>(&mut self, sql: &'static str, values: Vec<Value>) -> impl Future<Output = Result<Vec<R>, DatabaseError>> + Send;

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// As [`Connection::all`].
    fn optional<R: RowOnBoth>(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<R>, DatabaseError>> + Send;

    /// Runs a statement and says how many rows it touched.
    ///
    /// # Errors
    /// As [`Connection::all`].
    fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> impl Future<Output = Result<u64, DatabaseError>> + Send;

    /// Whether the engine is PostgreSQL, for the few statements of `dialect`.
    fn is_postgres(&self) -> bool;
}

macro_rules! connection {
    ($kind:ty) => {
        impl Connection for $kind {
            async fn all<R: RowOnBoth>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<R>, DatabaseError> {
                count();
                Ok(match self {
                    Self::Sqlite(connection) => bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch_all(&mut **connection).await?,
                    Self::Postgres(connection) => bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch_all(&mut **connection).await?,
                })
            }

            async fn optional<R: RowOnBoth>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<R>, DatabaseError> {
                count();
                Ok(match self {
                    Self::Sqlite(connection) => bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch_optional(&mut **connection).await?,
                    Self::Postgres(connection) => {
                        bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch_optional(&mut **connection).await?
                    }
                })
            }

            async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, DatabaseError> {
                count();
                Ok(match self {
                    Self::Sqlite(connection) => {
                        bound!(sqlx::query::<Sqlite>(sql), values).execute(&mut **connection).await?.rows_affected()
                    }
                    Self::Postgres(connection) => {
                        bound!(sqlx::query::<Postgres>(sql), values).execute(&mut **connection).await?.rows_affected()
                    }
                })
            }

            fn is_postgres(&self) -> bool {
                matches!(self, Self::Postgres(_))
            }
        }
    };
}

connection!(ReadConnection);
connection!(WriteTransaction);
