//! The statements of subscriptions, and of what each feed last showed.

use super::{
    calendar::{EventUid, Revision},
    revisions::{Fingerprint, StoredEvent},
};
use crate::{
    accounts::tokens::TokenHash,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{Permit, SubscribeFeed},
    statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    feeds::{FeedDetail, FeedScope},
    ids::{AccountId, FeedId},
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO feeds (office_id, id, account_id, token_hash, scope_kind, scope_id, detail, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_ACCOUNT = "SELECT id, account_id, scope_kind, scope_id, detail, made_at, fetched_at, fetched_by, etag, modified_at FROM feeds \
        WHERE office_id = $1 AND account_id = $2 AND revoked_at IS NULL ORDER BY made_at, id";
    OWN = "SELECT id, account_id, scope_kind, scope_id, detail, made_at, fetched_at, fetched_by, etag, modified_at FROM feeds \
        WHERE office_id = $1 AND account_id = $2 AND id = $3 AND revoked_at IS NULL";
    BY_TOKEN = "SELECT id, account_id, scope_kind, scope_id, detail, made_at, fetched_at, fetched_by, etag, modified_at FROM feeds \
        WHERE office_id = $1 AND token_hash = $2 AND revoked_at IS NULL";
    RENEW = "UPDATE feeds SET token_hash = $3, fetched_at = NULL, fetched_by = NULL WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    REVOKE = "UPDATE feeds SET revoked_at = $3 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    FETCHED = "UPDATE feeds SET fetched_at = $3, fetched_by = $4 WHERE office_id = $1 AND id = $2 AND token_hash = $5 AND revoked_at IS NULL";
    RENDERED = "UPDATE feeds SET etag = $3, modified_at = $4 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    EVENTS = "SELECT uid, seen_hash, significant_hash, sequence, changed_at, is_shown, cancelled_at FROM feed_events WHERE office_id = $1 AND feed_id = $2";
    PUT_EVENT = "INSERT INTO feed_events (office_id, feed_id, uid, seen_hash, significant_hash, sequence, changed_at, is_shown, cancelled_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (office_id, feed_id, uid) DO UPDATE SET seen_hash = excluded.seen_hash, significant_hash = excluded.significant_hash, \
        sequence = excluded.sequence, changed_at = excluded.changed_at, is_shown = excluded.is_shown, cancelled_at = excluded.cancelled_at";
    FORGET_EVENTS = "DELETE FROM feed_events WHERE office_id = $1 AND feed_id = $2";
}

/// A subscription.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    pub(super) id: FeedId,
    pub(super) account: AccountId,
    pub(super) scope: FeedScope,
    pub(super) detail: FeedDetail,
    pub(super) made_at: DateTime<Utc>,
    pub(super) fetched_at: Option<DateTime<Utc>>,
    pub(super) fetched_by: Option<String>,
    /// The tag of the bytes last rendered.
    pub(super) etag: Option<String>,
    /// When those bytes came to be what they are.
    pub(super) modified_at: Option<DateTime<Utc>>,
}

#[derive(sqlx_macros::FromRow)]
struct FeedRow {
    id: Uuid,
    account_id: Uuid,
    scope_kind: String,
    scope_id: Option<Uuid>,
    detail: String,
    made_at: DateTime<Utc>,
    fetched_at: Option<DateTime<Utc>>,
    fetched_by: Option<String>,
    etag: Option<String>,
    modified_at: Option<DateTime<Utc>>,
}

const BROKEN: Failure = Failure::Corrupt { what: "feed" };

impl TryFrom<FeedRow> for Feed {
    type Error = Failure;

    fn try_from(row: FeedRow) -> Outcome<Self> {
        Ok(Self {
            id: FeedId(row.id),
            account: AccountId(row.account_id),
            scope: FeedScope::from_parts(&row.scope_kind, row.scope_id).ok_or(BROKEN)?,
            detail: FeedDetail::from_word(&row.detail).ok_or(BROKEN)?,
            made_at: row.made_at,
            fetched_at: row.fetched_at,
            fetched_by: row.fetched_by,
            etag: row.etag,
            modified_at: row.modified_at,
        })
    }
}

/// Writes a new subscription.
pub(super) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<SubscribeFeed>,
    feed: &Feed,
    token: &TokenHash,
) -> Outcome<()> {
    let values = values![
        context.office_id(),
        feed.id,
        feed.account,
        token.as_bytes().to_vec(),
        feed.scope.kind(),
        feed.scope.id(),
        feed.detail.word(),
        feed.made_at,
    ];
    transaction.execute(INSERT, values).await?;
    Ok(())
}

/// The subscriptions of an account that are in force.
pub(super) async fn of_account(context: &RequestContext, connection: &mut impl Connection, account: AccountId) -> Outcome<Vec<Feed>> {
    let rows: Vec<FeedRow> = connection.all(OF_ACCOUNT, values![context.office_id(), account]).await?;
    rows.into_iter().map(Feed::try_from).collect()
}

/// A subscription of an account.
pub(super) async fn own(
    context: &RequestContext,
    connection: &mut impl Connection,
    account: AccountId,
    id: FeedId,
) -> Outcome<Option<Feed>> {
    let row: Option<FeedRow> = connection.optional(OWN, values![context.office_id(), account, id]).await?;
    row.map(Feed::try_from).transpose()
}

/// The subscription that a token opens.
pub(super) async fn by_token(context: &RequestContext, connection: &mut impl Connection, token: &TokenHash) -> Outcome<Option<Feed>> {
    let values = values![context.office_id(), token.as_bytes().to_vec()];
    let row: Option<FeedRow> = connection.optional(BY_TOKEN, values).await?;
    row.map(Feed::try_from).transpose()
}

/// Puts another token in place of the one before.
pub(super) async fn renew(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<SubscribeFeed>,
    id: FeedId,
    token: &TokenHash,
) -> Outcome<()> {
    transaction.execute(RENEW, values![context.office_id(), id, token.as_bytes().to_vec()]).await?;
    Ok(())
}

/// Ends a subscription, and forgets what it showed.
pub(super) async fn revoke(context: &RequestContext, transaction: &mut WriteTransaction, id: FeedId) -> Outcome<()> {
    transaction.execute(REVOKE, values![context.office_id(), id, context.now()]).await?;
    transaction.execute(FORGET_EVENTS, values![context.office_id(), id]).await?;
    Ok(())
}

/// Notes who asked, unless the link has been renewed meanwhile.
pub(super) async fn fetched(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: FeedId,
    token: &TokenHash,
    client: Option<&str>,
) -> Outcome<()> {
    let values = values![context.office_id(), id, context.now(), client, token.as_bytes().to_vec()];
    transaction.execute(FETCHED, values).await?;
    Ok(())
}

/// Keeps the validators of new bytes.
pub(super) async fn rendered(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: FeedId,
    etag: &str,
    modified_at: DateTime<Utc>,
) -> Outcome<()> {
    transaction.execute(RENDERED, values![context.office_id(), id, etag, modified_at]).await?;
    Ok(())
}

/// What a feed keeps of an event, with when it first showed it as cancelled.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeptEvent {
    pub(super) event: StoredEvent,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
}

#[derive(sqlx_macros::FromRow)]
struct EventRow {
    uid: Uuid,
    seen_hash: Vec<u8>,
    significant_hash: Vec<u8>,
    sequence: i64,
    changed_at: DateTime<Utc>,
    is_shown: bool,
    cancelled_at: Option<DateTime<Utc>>,
}

impl TryFrom<EventRow> for KeptEvent {
    type Error = Failure;

    fn try_from(row: EventRow) -> Outcome<Self> {
        let fingerprint = |bytes: Vec<u8>| bytes.try_into().map(Fingerprint).map_err(|_| BROKEN);
        Ok(Self {
            event: StoredEvent {
                uid: EventUid(row.uid),
                seen: fingerprint(row.seen_hash)?,
                significant: fingerprint(row.significant_hash)?,
                revision: Revision { changed_at: row.changed_at, sequence: u32::try_from(row.sequence).map_err(|_| BROKEN)? },
                is_shown: row.is_shown,
            },
            cancelled_at: row.cancelled_at,
        })
    }
}

/// All that a feed keeps of the events it showed.
pub(super) async fn events(context: &RequestContext, connection: &mut impl Connection, id: FeedId) -> Outcome<Vec<KeptEvent>> {
    let rows: Vec<EventRow> = connection.all(EVENTS, values![context.office_id(), id]).await?;
    rows.into_iter().map(KeptEvent::try_from).collect()
}

/// Keeps what a feed shows of an event.
pub(super) async fn put_event(context: &RequestContext, transaction: &mut WriteTransaction, id: FeedId, kept: &KeptEvent) -> Outcome<()> {
    let StoredEvent { uid, seen, significant, revision, is_shown } = kept.event;
    let values = values![
        context.office_id(),
        id,
        uid.0,
        seen.0.to_vec(),
        significant.0.to_vec(),
        revision.sequence,
        revision.changed_at,
        is_shown,
        kept.cancelled_at,
    ];
    transaction.execute(PUT_EVENT, values).await?;
    Ok(())
}
