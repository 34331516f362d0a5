//! Tokens of the API: made by their owner, shown once, and as good as their owner's rights at the moment of use.

use super::tokens::{PlainToken, TokenKind};
use crate::{
    audit::{self, Entry},
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    permits::{KeepOwnAccount, authorise},
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::{TokenView, input::token_label},
    audit::{Intent, ThingKind},
    ids::TokenId,
    permission::Facts,
};
use uuid::Uuid;

/// How long a token works, in days.
pub const TOKEN_DAYS: i64 = 365;

statements! {
    INSERT = "INSERT INTO sessions (office_id, id, token_hash, account_id, kind, label, client, made_at, seen_at, idle_ends_at, ends_at) \
        VALUES ($1, $2, $3, $4, 'api', $5, NULL, $6, $6, $7, $7)";
    OWN = "SELECT id, label, made_at, seen_at, ends_at FROM sessions \
        WHERE office_id = $1 AND account_id = $2 AND kind = 'api' AND revoked_at IS NULL AND ends_at > $3 ORDER BY made_at DESC, id";
    REVOKE = "UPDATE sessions SET revoked_at = $4 WHERE office_id = $1 AND account_id = $2 AND id = $3 AND kind = 'api' AND revoked_at IS NULL";
}

/// A token just made.
#[derive(Debug)]
pub struct NewToken {
    /// The token, shown once.
    pub token: PlainToken,
    /// What is shown of it from now on.
    pub view: TokenView,
}

#[derive(sqlx_macros::FromRow)]
struct TokenRow {
    id: Uuid,
    label: Option<String>,
    made_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// Makes a token for the actor's own programs.
///
/// # Errors
/// When nobody is signed in, or the label is not one.
pub async fn make_token(context: &RequestContext, label: &str) -> Outcome<NewToken> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let account = context.account()?;
    let label = token_label(label).map_err(|problem| Failure::field("label", problem))?;
    let random = context.chancery().keys.random();
    let (token, hash) = PlainToken::generate(TokenKind::Api, random).map_err(|_| Failure::Machine { what: "randomness" })?;
    let (id, now) = (context.new_id::<TokenId>(), context.now());
    let ends_at = now + TimeDelta::days(TOKEN_DAYS);
    let mut transaction = context.write().await?;
    let values = values![context.office_id(), id, hash.as_bytes().to_vec(), account, label.as_str(), now, ends_at];
    transaction.execute(INSERT, values).await?;
    audit::record(context, &mut transaction, Entry::done(Intent::MakeToken).thing(ThingKind::Token, id.uuid(), 0)).await?;
    transaction.commit().await?;
    Ok(NewToken { token, view: TokenView { id, label: label.as_str().to_owned(), made_at: now, seen_at: now, ends_at } })
}

/// The actor's own tokens, the newest first.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn list_tokens(context: &RequestContext) -> Outcome<Vec<TokenView>> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let values = values![context.office_id(), context.account()?, context.now()];
    let rows: Vec<TokenRow> = context.read().await?.all(OWN, values).await?;
    let view = |row: TokenRow| TokenView {
        id: TokenId(row.id),
        label: row.label.unwrap_or_default(),
        made_at: row.made_at,
        seen_at: row.seen_at,
        ends_at: row.ends_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Revokes one of the actor's own tokens: the next request that bears it is nobody's.
///
/// # Errors
/// When it is not the actor's, or was revoked already.
pub async fn revoke_token(context: &RequestContext, id: TokenId) -> Outcome<()> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let mut transaction = context.write().await?;
    let values = values![context.office_id(), context.account()?, id, context.now()];
    if transaction.execute(REVOKE, values).await? == 0 {
        return Err(Failure::NotFound);
    }
    audit::record(context, &mut transaction, Entry::done(Intent::RevokeToken).thing(ThingKind::Token, id.uuid(), 0)).await?;
    transaction.commit().await?;
    Ok(())
}
