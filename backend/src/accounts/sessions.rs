//! Sessions: each its owner's to see and to end; how many an account has, and an end to all, for who keeps accounts.

use super::{access::SignedIn, store};
use crate::{
    audit::{self, Entry},
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{KeepOwnAccount, ManageAccounts, authorise},
    statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::SessionView,
    audit::{Intent, ThingKind},
    ids::{AccountId, SessionId},
    permission::Facts,
};
use uuid::Uuid;

statements! {
    OPEN = "SELECT id, client, made_at, seen_at, ends_at FROM sessions \
        WHERE office_id = $1 AND account_id = $2 AND kind = 'session' AND revoked_at IS NULL AND idle_ends_at > $3 ORDER BY seen_at DESC, id";
    END_ONE = "UPDATE sessions SET revoked_at = $4 WHERE office_id = $1 AND account_id = $2 AND id = $3 AND kind = 'session' AND revoked_at IS NULL";
    END_OTHERS = "UPDATE sessions SET revoked_at = $4 WHERE office_id = $1 AND account_id = $2 AND id <> $3 AND kind = 'session' AND revoked_at IS NULL";
    END_SESSIONS = "UPDATE sessions SET revoked_at = $3 WHERE office_id = $1 AND account_id = $2 AND kind = 'session' AND revoked_at IS NULL";
    END_SESSIONS_AND_TOKENS = "UPDATE sessions SET revoked_at = $3 WHERE office_id = $1 AND account_id = $2 AND revoked_at IS NULL";
    END_FEEDS = "UPDATE feeds SET revoked_at = $3 WHERE office_id = $1 AND account_id = $2 AND revoked_at IS NULL";
}

#[derive(sqlx_macros::FromRow)]
struct SessionRow {
    id: Uuid,
    client: Option<String>,
    made_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// The actor's own open sessions, the last used first.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn list_own_sessions(context: &RequestContext, current: &SignedIn) -> Outcome<Vec<SessionView>> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let values = values![context.office_id(), context.account()?, context.now()];
    let rows: Vec<SessionRow> = context.read().await?.all(OPEN, values).await?;
    let view = |row: SessionRow| SessionView {
        id: SessionId(row.id),
        client: row.client,
        made_at: row.made_at,
        seen_at: row.seen_at,
        ends_at: row.ends_at,
        is_current: row.id == current.session.uuid(),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one of the actor's own sessions.
///
/// # Errors
/// When it is not the actor's, or has ended already.
pub async fn end_session(context: &RequestContext, session: SessionId) -> Outcome<()> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let mut transaction = context.write().await?;
    let values = values![context.office_id(), context.account()?, session, context.now()];
    if transaction.execute(END_ONE, values).await? == 0 {
        return Err(Failure::NotFound);
    }
    audit::record(context, &mut transaction, Entry::done(Intent::EndSession).thing(ThingKind::Session, session.uuid(), 0)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends the actor's own sessions, all but the one that asks.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn end_other_sessions(context: &RequestContext, current: &SignedIn) -> Outcome<()> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let account = context.account()?;
    let mut transaction = context.write().await?;
    end_others(context, &mut transaction, account, current.session).await?;
    audit::record(context, &mut transaction, Entry::done(Intent::EndSession).thing(ThingKind::Account, account.uuid(), 0)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends all sessions of an account, for who keeps accounts.
///
/// # Errors
/// When the actor may not, or there is no such account.
pub async fn end_sessions_of(context: &RequestContext, account: AccountId) -> Outcome<()> {
    authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let kept = store::one(context, &mut transaction, account).await?.ok_or(Failure::NotFound)?;
    transaction.execute(END_SESSIONS, values![context.office_id(), account, context.now()]).await?;
    let entry = Entry::done(Intent::EndSession).thing(ThingKind::Account, account.uuid(), kept.account.revision);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends all sessions of an account but one.
pub(crate) async fn end_others(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    kept: SessionId,
) -> Outcome<()> {
    transaction.execute(END_OTHERS, values![context.office_id(), account, kept, context.now()]).await?;
    Ok(())
}

/// Ends everything by which an account is used: its sessions, its tokens and its feeds.
pub(crate) async fn cut_off(context: &RequestContext, transaction: &mut WriteTransaction, account: AccountId) -> Outcome<()> {
    for sql in [END_SESSIONS_AND_TOKENS, END_FEEDS] {
        transaction.execute(sql, values![context.office_id(), account, context.now()]).await?;
    }
    Ok(())
}
