//! The record: who did what to what and when, chained by hash and signed at checkpoints, without content.

pub mod chain;
pub mod checkpoint;
pub mod deliveries;
pub(crate) mod store;
pub mod verification;

use crate::{accounts::idempotency, context::RequestContext, database::WriteTransaction, error::Outcome};
use chain::{Digest, EntryFields, EntryHash, StoredEntry, Thing};
use checkpoint::Checkpoint;
use domain::audit::{Intent, ThingKind};
use uuid::Uuid;

/// A checkpoint is signed after so many entries, so that a cut of the record's end is noticed.
const CHECKPOINT_EVERY: u64 = 100;

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

impl Ended {
    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// What is to be recorded.
#[derive(Debug, Clone)]
pub struct Entry {
    intent: Intent,
    ended: Ended,
    things: Vec<Thing>,
    digest: Option<Digest>,
    by: Option<domain::ids::AccountId>,
}

impl Entry {
    /// Something that was done.
    pub const fn done(intent: Intent) -> Self {
        Self { intent, ended: Ended::Done, things: Vec::new(), digest: None, by: None }
    }

    /// Something that was refused.
    pub const fn refused(intent: Intent) -> Self {
        Self { intent, ended: Ended::Refused, things: Vec::new(), digest: None, by: None }
    }

    /// A thing it was done to; a revision of 0 means that the thing has none.
    #[must_use]
    pub fn thing(mut self, kind: ThingKind, id: Uuid, revision: i64) -> Self {
        self.things.push(Thing {
            kind: kind.word().to_owned(),
            id,
            revision: u64::try_from(revision).ok().filter(|revision| *revision > 0),
        });
        self
    }

    /// The salted digest of the revision it left, by which the record is bound to content it does not hold.
    #[must_use]
    pub const fn digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// The salted digests of the revisions it left, where it left several.
    #[must_use]
    pub fn digests(mut self, digests: &[Digest]) -> Self {
        self.digest = chain::joint_digest(digests);
        self
    }

    /// Who did it, where nobody is signed in yet.
    #[must_use]
    pub const fn by(mut self, account: domain::ids::AccountId) -> Self {
        self.by = Some(account);
        self
    }
}

/// Appends an entry in the transaction of what it records, under the office's lock.
///
/// # Errors
/// When the database refuses; then nothing of the change may stay.
pub async fn record(context: &RequestContext, transaction: &mut WriteTransaction, entry: Entry) -> Outcome<()> {
    let office = context.office_id();
    let (sequence, previous) = match store::head(context, transaction).await? {
        Some((sequence, hash)) => (sequence + 1, hash),
        None => (1, EntryHash::before_first(office)),
    };
    let first = entry.things.first().map(|thing| thing.id);
    let actor = entry.by.or_else(|| context.actor().account());
    let actor_kind = match actor {
        Some(_) => "account",
        None if context.actor().is_operator() => "operator",
        None => "anonymous",
    };
    let fields = EntryFields {
        office,
        sequence,
        at: context.now(),
        actor_kind: actor_kind.to_owned(),
        actor_id: actor.map(domain::ids::AccountId::uuid),
        intent: entry.intent.word().to_owned(),
        things: entry.things,
        outcome: entry.ended.word().to_owned(),
        digest: entry.digest,
        request: context.request_id(),
    };
    let stored = StoredEntry::following(previous, fields);
    store::append(context, transaction, &stored).await?;
    if let Some(ticket) = context.ticket().filter(|_| entry.ended == Ended::Done) {
        idempotency::note(context, transaction, ticket, first).await?;
    }
    if sequence % CHECKPOINT_EVERY == 0 {
        let signed = Checkpoint::new(office, sequence, stored.hash, context.now()).sign(context.chancery().keys.signing());
        let line = signed.to_string();
        store::append_checkpoint(context, transaction, sequence, &line).await?;
        tracing::info!(target: "chancery::audit", checkpoint = %line, "checkpoint of the record");
    }
    Ok(())
}
