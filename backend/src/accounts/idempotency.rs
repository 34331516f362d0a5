//! Idempotency keys: a retry does not do a thing twice.
//!
//! [`begin`] takes the key; the use case runs under [`RequestContext::under_key`], and its entry in the record notes under
//! the key, in the change's own transaction, that it was done and to what; [`Begun::finish`] adds the status that was answered. A
//! server that ends anywhere in between leaves either nothing done and the key free again, or the thing done and the retry
//! knowing it; so does a browser that goes away, as it does from the first press of a button at the second. What is kept is a
//! status and an identifier: a replay is read anew with the rights of the day, and a token shown once is never shown again.

use crate::{
    context::RequestContext,
    database::{Connection, Value, WriteTransaction},
    error::{Failure, Outcome},
    framing::Framed,
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{ids::AccountId, marking::ReaderKind, permission::Actor, problems::Problem};
use std::{fmt::Write as _, time::Duration};
use uuid::Uuid;

/// How long a key is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// How long a request that has noted nothing counts as under way. It is longer than any request may take.
const UNDER_WAY: TimeDelta = TimeDelta::seconds(120);

/// How long, and how often, a second try waits for the first.
const WAITED_BETWEEN: Duration = Duration::from_millis(100);
const WAITED_TIMES: u32 = 100;

/// The status of what was made (RFC 9110, 15.3.2).
const CREATED: u16 = 201;

/// The most characters of a key.
pub const LONGEST_KEY: u32 = 255;

statements! {
    FORGET = "DELETE FROM idempotency_keys WHERE office_id = $1 AND account_id = $2 AND ends_at <= $3";
    FIND = "SELECT request_hash, began_at, done, status, thing_id FROM idempotency_keys \
        WHERE office_id = $1 AND account_id = $2 AND key = $3 AND rights_revision = $4";
    INSERT = "INSERT INTO idempotency_keys (office_id, account_id, key, rights_revision, request_hash, began_at, done, ends_at) \
        VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7)";
    BEGIN_AGAIN = "UPDATE idempotency_keys SET began_at = $5 WHERE office_id = $1 AND account_id = $2 AND key = $3 AND rights_revision = $4 AND NOT done";
    NOTE = "UPDATE idempotency_keys SET done = TRUE, thing_id = COALESCE(thing_id, $5) WHERE office_id = $1 AND account_id = $2 AND key = $3 AND rights_revision = $4";
    FINISH = "UPDATE idempotency_keys SET done = TRUE, status = $5, thing_id = COALESCE($6, thing_id) \
        WHERE office_id = $1 AND account_id = $2 AND key = $3 AND rights_revision = $4";
    ABANDON = "DELETE FROM idempotency_keys WHERE office_id = $1 AND account_id = $2 AND key = $3 AND rights_revision = $4 AND began_at = $5 AND NOT done";
}

/// A request, so that another under the same key is told from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestHash([u8; 32]);

impl RequestHash {
    /// Of a form that is sent by a page: its name, and what it says.
    pub fn of_form(name: &str, content: &[u8]) -> Self {
        Self(Framed::new("form under a key").text(name).bytes(content).sha256())
    }

    /// Of a request's method, its path with the query, and its body as it came.
    pub fn of(method: &str, target: &str, body: &[u8]) -> Self {
        Self(Framed::new("request under a key").text(method).text(target).bytes(body).sha256())
    }
}

impl std::fmt::Display for RequestHash {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().take(16).try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// A key in use by one account with the rights it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    account: AccountId,
    key: String,
    rights: String,
}

/// What was done under a key before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replay {
    /// The status that was answered; none if the server ended before it answered.
    pub status: Option<u16>,
    /// What it was done to, or what it made.
    pub thing: Option<Uuid>,
}

/// What a key says of a request.
#[derive(Debug)]
pub enum Idempotency {
    /// It is new: do it [`Begun::under_it`].
    New(Box<Begun>),
    /// It was done: answer as then, reading the thing anew.
    Replay(Replay),
    /// The first is still under way; again in a moment (409 by draft-ietf-httpapi-idempotency-key-header).
    UnderWay,
}

/// A request that has taken its key. Where it is let go before anything was noted under the key, the key is given back, so that
/// a retry need not wait until nobody can be at it any more.
#[derive(Debug)]
pub struct Begun {
    context: RequestContext,
    ticket: Ticket,
    is_over: bool,
}

impl Begun {
    fn new(context: &RequestContext, ticket: Ticket) -> Self {
        Self { context: context.beside_key(), ticket, is_over: false }
    }

    /// Makes something under the key and notes it there, with the status that is answered; if that fails, the key is free again.
    ///
    /// # Errors
    /// With what the making fails with, or when the database refuses.
    pub async fn under_it<V, Made>(self, make: impl FnOnce(RequestContext) -> Made) -> Outcome<(Uuid, V)>
    where
        Made: Future<Output = Outcome<(Uuid, V)>>,
    {
        match make(self.context.under_key(self.ticket.clone())).await {
            Ok((id, made)) => {
                self.finish(CREATED, Some(id)).await?;
                Ok((id, made))
            }
            Err(failure) => {
                self.abandon().await?;
                Err(failure)
            }
        }
    }

    /// The request as its use case gets it.
    pub fn context(&self) -> RequestContext {
        self.context.under_key(self.ticket.clone())
    }

    /// Notes what was answered. A `thing` given here takes the place of the first that the record named.
    ///
    /// # Errors
    /// When the database refuses; what was done is known under the key all the same.
    pub async fn finish(mut self, status: u16, thing: Option<Uuid>) -> Outcome<()> {
        let mut transaction = self.context.chancery().database.write().await?;
        let mut values = self.place();
        values.extend(values![i64::from(status), thing]);
        transaction.execute(FINISH, values).await?;
        transaction.commit().await?;
        self.is_over = true;
        Ok(())
    }

    /// Gives the key back, because nothing was done under it: the request was refused, and may be sent again.
    ///
    /// # Errors
    /// When the database refuses; the key is free again later all the same.
    pub async fn abandon(mut self) -> Outcome<()> {
        give_back(&self.context, &self.ticket).await?;
        self.is_over = true;
        Ok(())
    }

    fn place(&self) -> Vec<Value> {
        place(&self.context, &self.ticket)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        // Without a runtime the server itself ends: then the key is free after its time.
        let Some(runtime) = tokio::runtime::Handle::try_current().ok().filter(|_| !self.is_over) else { return };
        let (context, ticket) = (self.context.clone(), self.ticket.clone());
        runtime.spawn(async move {
            if let Err(failure) = give_back(&context, &ticket).await {
                tracing::warn!(error = &failure as &dyn std::error::Error, "a key of a request that was given up is still taken");
            }
        });
    }
}

fn place(context: &RequestContext, ticket: &Ticket) -> Vec<Value> {
    values![context.office_id(), ticket.account, &ticket.key, &ticket.rights]
}

/// Frees a key that this very request has taken, if nothing was noted under it.
async fn give_back(context: &RequestContext, ticket: &Ticket) -> Outcome<()> {
    let mut transaction = context.chancery().database.write().await?;
    let mut values = place(context, ticket);
    values.extend(values![context.now()]);
    transaction.execute(ABANDON, values).await?;
    transaction.commit().await?;
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct KeyRow {
    request_hash: Vec<u8>,
    began_at: DateTime<Utc>,
    done: bool,
    status: Option<i64>,
    thing_id: Option<Uuid>,
}

/// The revision of an actor's rights that a key is kept for: its roles, its ceiling and its mission.
///
/// Lists are not part of it. A request may itself put its author on one (a visit that is made does), and its retry must
/// still find it; what a replay shows is read anew and needs the lists of the day anyway.
fn rights(actor: &Actor) -> String {
    let reader = actor.reader();
    let mission = match reader.kind() {
        ReaderKind::Mission { mission, .. } => Some(*mission),
        ReaderKind::Public | ReaderKind::Door | ReaderKind::Office { .. } => None,
    };
    let framed = Framed::new("rights").text(reader.ceiling().label()).bytes(mission.as_ref().map_or(&[], |mission| mission.0.as_bytes()));
    let hash = actor.roles().iter().fold(framed, |framed, role| framed.text(role.word())).sha256();
    hash.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        // Writing to a String can't fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

impl Ticket {
    fn new(context: &RequestContext, key: &str) -> Outcome<Self> {
        let wrong = |problem| Failure::field("Idempotency-Key", problem);
        let key = key.trim();
        if key.is_empty() {
            return Err(wrong(Problem::Missing));
        }
        if key.len() > LONGEST_KEY as usize {
            return Err(wrong(Problem::TooLong { most: LONGEST_KEY }));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong(Problem::Form));
        }
        Ok(Self { account: context.account()?, key: key.to_owned(), rights: rights(context.actor()) })
    }
}

/// Takes a key for a request, or says what was done under it.
///
/// # Errors
/// [`Failure::KeyReused`] when another request was made under the key; when nobody is signed in, or the key is not one.
pub async fn begin(context: &RequestContext, key: &str, request: RequestHash) -> Outcome<Idempotency> {
    let ticket = Ticket::new(context, key)?;
    let now = context.now();
    let mut transaction = context.write().await?;
    transaction.execute(FORGET, values![context.office_id(), ticket.account, now]).await?;
    let found: Option<KeyRow> = transaction.optional(FIND, place(context, &ticket)).await?;
    let mut values = place(context, &ticket);
    let statement = match found {
        Some(row) if row.request_hash != request.0 => return Err(Failure::KeyReused),
        Some(row) if row.done => {
            let status = row.status.map(u16::try_from).transpose().map_err(|_| Failure::Corrupt { what: "idempotency key" })?;
            return Ok(Idempotency::Replay(Replay { status, thing: row.thing_id }));
        }
        Some(row) if now - row.began_at < UNDER_WAY => return Ok(Idempotency::UnderWay),
        Some(_) => {
            values.extend(values![now]);
            BEGIN_AGAIN
        }
        None => {
            values.extend(values![request.0.to_vec(), now, now + KEPT]);
            INSERT
        }
    };
    // Before it is written: who goes away while it is, gives it back too.
    let begun = Begun::new(context, ticket);
    transaction.execute(statement, values).await?;
    transaction.commit().await?;
    Ok(Idempotency::New(Box::new(begun)))
}

/// Makes something once for each key, and says what it is: a retry waits for the first try and finds what that made.
///
/// # Errors
/// With what the making fails with; [`Failure::TooMany`] when the first try is long under way.
pub async fn made_once<Made>(
    context: &RequestContext,
    key: &str,
    request: RequestHash,
    make: impl FnOnce(RequestContext) -> Made,
) -> Outcome<Uuid>
where
    Made: Future<Output = Outcome<Uuid>>,
{
    for _ in 0..WAITED_TIMES {
        match begin(context, key, request).await? {
            Idempotency::New(begun) => {
                let make = |context| async move { make(context).await.map(|made| (made, ())) };
                return Ok(begun.under_it(make).await?.0);
            }
            Idempotency::Replay(replay) => return replay.thing.ok_or(Failure::NotFound),
            Idempotency::UnderWay => tokio::time::sleep(WAITED_BETWEEN).await,
        }
    }
    Err(Failure::TooMany { after_seconds: 1 })
}

/// Notes that something was done under a key, in the transaction that does it.
pub(crate) async fn note(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    ticket: &Ticket,
    thing: Option<Uuid>,
) -> Outcome<()> {
    let mut values = place(context, ticket);
    values.extend(values![thing]);
    transaction.execute(NOTE, values).await?;
    Ok(())
}
