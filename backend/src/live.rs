//! Telling servers that something changed, so that open pages look again: in whose office, and nothing else.
//!
//! A transaction that wrote tells of it when it is committed. On SQLite, which one process has open, it is told in that process; on
//! PostgreSQL each server hears it by one connection of its own (`NOTIFY` in the transaction that wrote). What changed is not told:
//! each server works out whose view is another one now, by the rights of that moment.

use crate::database::DatabaseError;
use domain::ids::OfficeId;
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{OnceCell, broadcast},
    time::{sleep, timeout},
};
use uuid::Uuid;

/// The channel on PostgreSQL. Its messages are identifiers of offices.
const CHANNEL: &str = "chancery_changes";

/// Tells the channel; the server of the database delivers it when the transaction is committed, and never otherwise.
pub(crate) const NOTIFY_POSTGRES: &str = "SELECT pg_notify('chancery_changes', $1)";

/// How many changes a subscriber may be behind before it is told that it missed some.
const BEHIND: usize = 256;

/// After how long a connection that has heard nothing is asked whether it still lives, and how long it may take to answer.
const SILENCE: Duration = Duration::from_secs(2);

/// How long to wait before a connection that was lost is made anew. Until then pages look by themselves as often.
const AGAIN: Duration = Duration::from_secs(1);

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Something of this office changed.
    Of(OfficeId),
    /// Something may have changed that could not be heard.
    Anything,
}

/// The changes of a database, for whoever wants to hear of them.
#[derive(Debug, Clone)]
pub struct Changes {
    sender: broadcast::Sender<Change>,
    told: Arc<AtomicU64>,
    listening: Arc<OnceCell<()>>,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BEHIND), told: Arc::default(), listening: Arc::default() }
    }

    /// Tells all subscribers of this process that something of an office changed.
    pub(crate) fn tell(&self, office: OfficeId) {
        self.send(Change::Of(office));
    }

    fn send(&self, change: Change) {
        // Counted first: who hears of it finds it counted.
        self.told.fetch_add(1, Ordering::SeqCst);
        // That nobody listens is no fault.
        let _heard_by = self.sender.send(change);
    }

    /// How many changes were told so far in this process.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }

    pub(crate) fn subscribe(&self) -> Subscription {
        Subscription { receiver: self.sender.subscribe() }
    }

    /// Listens to what all servers on a PostgreSQL tell, from now on and for as long as its pool is open.
    ///
    /// # Errors
    /// When no connection can be had.
    pub(crate) async fn listen(&self, pool: &PgPool) -> Result<(), DatabaseError> {
        let begin = || async {
            let listener = listener(pool).await?;
            tokio::spawn(listen_on(listener, pool.clone(), self.clone()));
            Ok::<(), DatabaseError>(())
        };
        self.listening.get_or_try_init(begin).await.copied()
    }
}

async fn listener(pool: &PgPool) -> Result<PgListener, DatabaseError> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Passes on what is heard. What was told while no connection listened is made good by telling that anything may have changed.
async fn listen_on(mut listener: PgListener, pool: PgPool, changes: Changes) {
    loop {
        hear(&mut listener, &changes).await;
        drop(listener);
        loop {
            if pool.is_closed() {
                return;
            }
            tracing::warn!("the database tells of no changes: the connection is made anew");
            changes.send(Change::Anything);
            sleep(AGAIN).await;
            if let Ok(anew) = self::listener(&pool).await {
                listener = anew;
                break;
            }
        }
        changes.send(Change::Anything);
    }
}

/// Passes on what is heard until the connection is lost.
async fn hear(listener: &mut PgListener, changes: &Changes) {
    loop {
        match timeout(SILENCE, listener.try_recv()).await {
            Ok(Ok(Some(heard))) => match heard.payload().parse::<Uuid>() {
                Ok(office) => changes.tell(OfficeId(office)),
                Err(_) => changes.send(Change::Anything),
            },
            // It was lost and has been made anew.
            Ok(Ok(None)) => changes.send(Change::Anything),
            Ok(Err(_)) => return,
            // A connection may be gone without a word.
            Err(_) => match timeout(SILENCE, sqlx::query("SELECT 1").execute(&mut *listener)).await {
                Ok(Ok(_)) => {}
                Ok(Err(_)) | Err(_) => return,
            },
        }
    }
}

/// Hears of changes from the moment it was made.
#[derive(Debug)]
pub struct Subscription {
    receiver: broadcast::Receiver<Change>,
}

impl Subscription {
    /// Waits until something of an office has changed, or may have.
    pub async fn changed(&mut self, office: OfficeId) {
        loop {
            match self.receiver.recv().await {
                Ok(Change::Of(other)) if other != office => {}
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                // A database that is gone changes no more.
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Forgets what was told until now: what is read from here on has it.
    pub fn forget(&mut self) {
        self.receiver = self.receiver.resubscribe();
    }
}
