//! Forms that were refused and are shown again, and files between two steps of a form: sealed, for one hour, to the session that
//! sent them.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    sealing::SealedText,
    statements, values,
};
use chrono::TimeDelta;
use domain::ids::{DraftId, SessionId};
use uuid::Uuid;

/// The most that is kept of one, in bytes.
pub const MOST_BYTES: usize = crate::sealing::text::MOST_BYTES;

/// How long a refused form is kept.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// Whose a form is that was sent before anybody signed in: only who has its random id finds it.
const NOBODYS: SessionId = SessionId(Uuid::nil());

statements! {
    INSERT = "INSERT INTO form_drafts (office_id, id, session_id, sealed, ends_at) VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT sealed FROM form_drafts WHERE office_id = $1 AND id = $2 AND ends_at > $3";
    FORGET = "DELETE FROM form_drafts WHERE office_id = $1 AND ends_at <= $2";
}

/// Keeps what was typed, and forgets what is past its hour.
///
/// # Errors
/// When it is too long, when the database refuses, or there is no randomness.
pub async fn keep(context: &RequestContext, session: Option<SessionId>, typed: &str) -> Outcome<DraftId> {
    let office = context.office_id();
    let id = context.new_id::<DraftId>();
    let keys = &context.chancery().keys;
    let sealed = keys.file().draft_key(office).seal(id, session.unwrap_or(NOBODYS), typed, keys.random()).map_err(|_| Failure::Sealing)?;
    let sealed = serde_json::to_string(&sealed).map_err(|_| Failure::Sealing)?;
    let mut transaction = context.chancery().database.write().await?;
    transaction.execute(FORGET, values![office, context.now()]).await?;
    transaction.execute(INSERT, values![office, id, session, sealed, context.now() + KEPT]).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Forgets what is past its hour: nothing of somebody who is erased is to wait until the next form is refused.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget(context: &RequestContext, transaction: &mut WriteTransaction) -> Outcome<()> {
    transaction.execute(FORGET, values![context.office_id(), context.now()]).await?;
    Ok(())
}

/// What was typed, if the draft is this session's and its hour is not over.
///
/// # Errors
/// When the database refuses.
pub async fn recall(context: &RequestContext, session: Option<SessionId>, draft: DraftId) -> Outcome<Option<String>> {
    let office = context.office_id();
    let row: Option<(String,)> = context.read().await?.optional(FIND, values![office, draft, context.now()]).await?;
    let Some((sealed,)) = row else { return Ok(None) };
    let sealed: SealedText = serde_json::from_str(&sealed).map_err(|_| Failure::Corrupt { what: "form draft" })?;
    // Another session's does not open: it is as if it were not there.
    let opened = context.chancery().keys.file().draft_key(office).open(draft, session.unwrap_or(NOBODYS), &sealed);
    Ok(opened.ok().map(|typed| typed.to_string()))
}
