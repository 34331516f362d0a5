//! Signing in and out.

use super::{
    access::{ABSOLUTE_DAYS, IDLE_HOURS, SignedIn, actor_of_account},
    limits::{Acquaintance, NamedAccount, Network, SignInAttempt},
    own_password::password_failure,
    passwords::{PasswordHash, TypedPassword},
    tokens::{PlainToken, TokenKind},
};
use crate::{
    audit::{self, Entry},
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, SessionId},
    permission::Actor,
    text::EmailAddress,
};
use std::net::IpAddr;
use uuid::Uuid;

statements! {
    CREDENTIAL = "SELECT id, password_hash FROM accounts WHERE office_id = $1 AND email = $2 AND disabled_at IS NULL";
    INSERT_SESSION = "INSERT INTO sessions (office_id, id, token_hash, account_id, kind, label, client, made_at, seen_at, idle_ends_at, ends_at) \
        VALUES ($1, $2, $3, $4, 'session', NULL, $5, $6, $6, $7, $8)";
    REVOKE_SESSION = "UPDATE sessions SET revoked_at = $3 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    KNOWN_CLIENT = "SELECT id FROM sessions WHERE office_id = $1 AND account_id = $2 AND client = $3 LIMIT 1";
}

/// What somebody typed to sign in, and from where.
#[derive(Debug)]
pub struct Credentials<'a> {
    /// Address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// Network address of the requester.
    pub from: IpAddr,
}

/// A session just made.
#[derive(Debug)]
pub struct NewSession {
    /// Its token, shown once: the cookie's value.
    pub token: PlainToken,
    /// When it ends at the latest.
    pub ends_at: DateTime<Utc>,
    /// Who acts from now on.
    pub actor: Actor,
    /// Whose it is.
    pub signed_in: SignedIn,
}

#[derive(sqlx_macros::FromRow)]
struct CredentialRow {
    id: Uuid,
    password_hash: Option<String>,
}

/// Signs in. The same work is done for an unknown address, and the answer is the same.
///
/// # Errors
/// When it is not right, or tried too often.
pub async fn sign_in(context: &RequestContext, credentials: Credentials<'_>) -> Outcome<NewSession> {
    let chancery = context.chancery();
    let network = Network::from(credentials.from);
    let mut connection = context.read().await?;
    let email = EmailAddress::parse(credentials.email).ok();
    let row = match &email {
        Some(email) => connection.optional::<CredentialRow>(CREDENTIAL, values![context.office_id(), email.as_str()]).await?,
        None => None,
    };
    let client = format!("{network:?}");
    let known = match &row {
        Some(row) => {
            let seen: Option<(Uuid,)> = connection.optional(KNOWN_CLIENT, values![context.office_id(), row.id, client.as_str()]).await?;
            seen.is_some()
        }
        None => false,
    };
    drop(connection);
    let acquaintance = if known { Acquaintance::KnownNetwork } else { Acquaintance::Stranger };
    let attempt = SignInAttempt { account: NamedAccount::new(context.office_id(), credentials.email), network, acquaintance };
    chancery.limits.sign_in.check(&attempt).map_err(|limit| Failure::TooMany { after_seconds: limit.retry_after_seconds() })?;
    let typed = TypedPassword::new(credentials.password).map_err(|_| Failure::WrongCredentials)?;
    let kept = match row.as_ref().and_then(|row| row.password_hash.clone()) {
        Some(text) => Some(PasswordHash::from_stored(text).map_err(|_| Failure::Corrupt { what: "password" })?),
        None => None,
    };
    let right = chancery.passwords.verify(typed, kept).await.map_err(password_failure)?;
    let account = row.map(|row| AccountId(row.id)).filter(|_| right);
    let Some(account) = account else {
        let mut transaction = context.write().await?;
        audit::record(context, &mut transaction, Entry::refused(Intent::SignInRefused)).await?;
        transaction.commit().await?;
        return Err(Failure::WrongCredentials);
    };
    let (actor, _) = actor_of_account(context, account).await?.ok_or(Failure::WrongCredentials)?;
    open_session(context, account, actor, &client).await
}

/// Opens a session for an account that has proved who it is.
pub(crate) async fn open_session(context: &RequestContext, account: AccountId, actor: Actor, client: &str) -> Outcome<NewSession> {
    let chancery = context.chancery();
    let (token, hash) =
        PlainToken::generate(TokenKind::Session, chancery.keys.random()).map_err(|_| Failure::Machine { what: "randomness" })?;
    let session = context.new_id::<SessionId>();
    let now = context.now();
    let ends_at = now + TimeDelta::days(ABSOLUTE_DAYS);
    let mut transaction = context.write().await?;
    let values =
        values![context.office_id(), session, hash.as_bytes().to_vec(), account, client, now, now + TimeDelta::hours(IDLE_HOURS), ends_at,];
    transaction.execute(INSERT_SESSION, values).await?;
    let entry = Entry::done(Intent::SignIn).by(account).thing(ThingKind::Session, session.uuid(), 0);
    audit::record(context, &mut transaction, entry).await?;
    let row: Option<super::directory::NameRow> =
        transaction.optional(super::directory::NAME, values![context.office_id(), account]).await?;
    transaction.commit().await?;
    let row = row.ok_or(Failure::NotFound)?;
    let person = row.person_id.map(domain::ids::PersonId);
    Ok(NewSession { token, ends_at, actor, signed_in: SignedIn { session, account, name: row.name, person } })
}

/// Ends a session of the actor's own.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn sign_out(context: &RequestContext, session: SessionId) -> Outcome<()> {
    context.account()?;
    let mut transaction = context.write().await?;
    transaction.execute(REVOKE_SESSION, values![context.office_id(), session, context.now()]).await?;
    audit::record(context, &mut transaction, Entry::done(Intent::SignOut).thing(ThingKind::Session, session.uuid(), 0)).await?;
    transaction.commit().await?;
    Ok(())
}
