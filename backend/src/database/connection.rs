//! Running statements: the one place that tells the engines apart at run time.

use super::{DatabaseError, RowOnBoth, Value};
use crate::live::{Changes, NOTIFY_POSTGRES};
use domain::ids::OfficeId;
use sqlx::{Postgres, Sqlite, pool::PoolConnection};
use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

tokio::task_local! {
    static AT_HAND: Statements;
}

/// How many statements a request has run, and which, where somebody compares them. Its context carries the count to whichever task
/// runs them: the framework reads what a page needs on tasks of its own.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    number: Arc<AtomicU32>,
    kept: Option<Arc<Mutex<Vec<&'static str>>>>,
}

impl Statements {
    /// A count that keeps the text of each statement too.
    pub fn kept() -> Self {
        Self { kept: Some(Arc::default()), ..Self::default() }
    }

    /// Counts what a request runs that is served by this future.
    pub async fn counted<T>(&self, request: impl Future<Output = T>) -> T {
        AT_HAND.scope(self.clone(), request).await
    }

    /// The count of the request that this task serves. Outside a request (a command, a test) nobody reads it.
    pub fn at_hand() -> Self {
        AT_HAND.try_with(Self::clone).unwrap_or_default()
    }

    /// How many it has run so far.
    pub fn number(&self) -> u32 {
        self.number.load(Ordering::Relaxed)
    }

    /// The statements it has run so far, in their order; none where they are not kept.
    pub fn texts(&self) -> Vec<&'static str> {
        self.kept.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).clone()).unwrap_or_default()
    }

    fn count(&self, sql: &'static str) {
        self.number.fetch_add(1, Ordering::Relaxed);
        if let Some(kept) = &self.kept {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(sql);
        }
    }
}

/// What is different in the two engines' connections.
#[derive(Debug)]
pub(super) enum OfEngine<S, P> {
    /// SQLite.
    Sqlite(S),
    /// PostgreSQL.
    Postgres(P),
}

/// A connection to read with.
#[derive(Debug)]
pub struct ReadConnection {
    engine: OfEngine<PoolConnection<Sqlite>, PoolConnection<Postgres>>,
    statements: Statements,
}

impl ReadConnection {
    /// On this engine, counted for the request that this task serves.
    pub(super) fn new(engine: OfEngine<PoolConnection<Sqlite>, PoolConnection<Postgres>>) -> Self {
        Self { engine, statements: Statements::at_hand() }
    }

    fn runs(&mut self, sql: &'static str) {
        self.statements.count(sql);
    }
}

/// A transaction to write with. Rolled back unless committed.
#[derive(Debug)]
pub struct WriteTransaction {
    engine: OfEngine<sqlx::Transaction<'static, Sqlite>, sqlx::Transaction<'static, Postgres>>,
    statements: Statements,
    changes: Changes,
    /// Whose open pages are told when it is committed; nobody's without it.
    told: Option<OfficeId>,
    wrote: bool,
}

impl WriteTransaction {
    /// On this engine, counted for the request that this task serves. Nobody is told what it does.
    pub(super) fn new(
        engine: OfEngine<sqlx::Transaction<'static, Sqlite>, sqlx::Transaction<'static, Postgres>>,
        changes: Changes,
    ) -> Self {
        Self { engine, statements: Statements::at_hand(), changes, told: None, wrote: false }
    }

    /// The same, of which an office's open pages are told if it has written something when it is committed.
    pub(crate) const fn told_to(mut self, office: OfficeId) -> Self {
        self.told = Some(office);
        self
    }

    /// The same, of which nobody is told: what it writes is on no page.
    pub(crate) const fn untold(mut self) -> Self {
        self.told = None;
        self
    }

    fn runs(&mut self, sql: &'static str) {
        self.statements.count(sql);
        self.wrote |= !sql.starts_with("SELECT");
    }

    /// Makes all of it true, and tells that something changed.
    ///
    /// # Errors
    /// When the database refuses; then none of it is.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        let told = self.told.filter(|_| self.wrote);
        match self.engine {
            OfEngine::Sqlite(transaction) => {
                transaction.commit().await?;
                if let Some(office) = told {
                    self.changes.tell(office);
                }
            }
            OfEngine::Postgres(mut transaction) => {
                if let Some(office) = told {
                    sqlx::query::<Postgres>(NOTIFY_POSTGRES).bind(office.to_string()).execute(&mut *transaction).await?;
                }
                transaction.commit().await?;
            }
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

    /// Whether what it sees may be its own and not yet committed.
    fn is_writing(&self) -> bool;
}

macro_rules! connection {
    ($kind:ty, writing: $is_writing:literal) => {
        impl $kind {
            /// The same, counted for the request of this count.
            pub(crate) fn counted_by(self, statements: &Statements) -> Self {
                Self { statements: statements.clone(), ..self }
            }
        }

        impl Connection for $kind {
            async fn all<R: RowOnBoth>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<R>, DatabaseError> {
                self.runs(sql);
                Ok(match &mut self.engine {
                    OfEngine::Sqlite(connection) => bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch_all(&mut **connection).await?,
                    OfEngine::Postgres(connection) => {
                        bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch_all(&mut **connection).await?
                    }
                })
            }

            async fn optional<R: RowOnBoth>(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<R>, DatabaseError> {
                self.runs(sql);
                Ok(match &mut self.engine {
                    OfEngine::Sqlite(connection) => {
                        bound!(sqlx::query_as::<Sqlite, R>(sql), values).fetch_optional(&mut **connection).await?
                    }
                    OfEngine::Postgres(connection) => {
                        bound!(sqlx::query_as::<Postgres, R>(sql), values).fetch_optional(&mut **connection).await?
                    }
                })
            }

            async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, DatabaseError> {
                self.runs(sql);
                Ok(match &mut self.engine {
                    OfEngine::Sqlite(connection) => {
                        bound!(sqlx::query::<Sqlite>(sql), values).execute(&mut **connection).await?.rows_affected()
                    }
                    OfEngine::Postgres(connection) => {
                        bound!(sqlx::query::<Postgres>(sql), values).execute(&mut **connection).await?.rows_affected()
                    }
                })
            }

            fn is_postgres(&self) -> bool {
                matches!(self.engine, OfEngine::Postgres(_))
            }

            fn is_writing(&self) -> bool {
                $is_writing
            }
        }
    };
}

connection!(ReadConnection, writing: false);
connection!(WriteTransaction, writing: true);
