//! One's own password.

use super::{
    access::SignedIn,
    keep,
    limits::{Acquaintance, NamedAccount, Network, SignInAttempt},
    passwords::{NewPassword, PasswordError, PasswordHash, PasswordProblem, TypedPassword},
    sessions, store,
};
use crate::{
    audit::Entry,
    context::RequestContext,
    error::{Failure, Outcome},
    permits::{KeepOwnAccount, authorise},
};
use domain::{audit::Intent, permission::Facts, problems::Problem};
use std::net::IpAddr;

/// What somebody typed to change their password, and from where.
#[derive(Debug)]
pub struct PasswordChange<'a> {
    /// The present password.
    pub present: &'a str,
    /// The new one.
    pub chosen: &'a str,
    /// Network address of the requester.
    pub from: IpAddr,
}

/// Hashes a password that somebody chose.
pub(crate) async fn hashed(context: &RequestContext, chosen: &str) -> Outcome<PasswordHash> {
    let password = NewPassword::parse(chosen).map_err(|problem| {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let problem = match problem {
            PasswordProblem::TooShort { fewest } => Problem::TooShort { least: count(fewest) },
            PasswordProblem::TooLong { most } => Problem::TooLong { most: count(most) },
            PasswordProblem::TooCommon => Problem::TooCommon,
        };
        Failure::field("password", problem)
    })?;
    context.chancery().passwords.hash(password).await.map_err(password_failure)
}

/// What a failure of the work on passwords is to the one who waits for it.
pub(crate) fn password_failure(error: PasswordError) -> Failure {
    match error {
        PasswordError::Busy => Failure::TooMany { after_seconds: 2 },
        _ => Failure::Machine { what: "a password" },
    }
}

/// Changes the actor's own password. All other sessions end; tokens of the API and feeds have ends of their own.
///
/// # Errors
/// When nobody is signed in, the present password is not right, or the new one is not taken.
pub async fn change_own_password(context: &RequestContext, current: &SignedIn, change: PasswordChange<'_>) -> Outcome<()> {
    let permit = authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let id = context.account()?;
    let mut connection = context.read().await?;
    let account = keep::existing(context, &mut connection, id).await?.account;
    let kept = store::password(context, &mut connection, id).await?;
    drop(connection);
    let chancery = context.chancery();
    let attempt = SignInAttempt {
        account: NamedAccount::new(context.office_id(), account.email.as_str()),
        network: Network::from(change.from),
        acquaintance: Acquaintance::TrustedSession(current.session),
    };
    chancery.limits.sign_in.check(&attempt).map_err(|limit| Failure::TooMany { after_seconds: limit.retry_after_seconds() })?;
    let kept = kept.map(PasswordHash::from_stored).transpose().map_err(|_| Failure::Corrupt { what: "password" })?;
    let wrong = || Failure::field("present", Problem::WrongPassword);
    let typed = TypedPassword::new(change.present).map_err(|_| wrong())?;
    if !chancery.passwords.verify(typed, kept).await.map_err(password_failure)? {
        return Err(wrong());
    }
    let hash = hashed(context, change.chosen).await?;
    let mut transaction = context.write().await?;
    store::set_password(context, &mut transaction, &permit, id, hash.as_str()).await?;
    sessions::end_others(context, &mut transaction, id, current.session).await?;
    keep::record(context, &mut transaction, Entry::done(Intent::ChangePassword), &account).await?;
    transaction.commit().await?;
    Ok(())
}
