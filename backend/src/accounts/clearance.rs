//! What an account may do and how high it reads: roles, ceilings, a mission's confirmation, and the end of a suspension.

use super::{grants, keep, store};
use crate::{
    audit::Entry,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{GrantCeiling, ManageAccounts, Permit, authorise},
};
use domain::{
    accounts::{
        Account, Role,
        input::{ceiling_and_reason, ceiling_with, reason},
    },
    audit::Intent,
    ids::AccountId,
    marking::Marking,
    permission::Facts,
    problems::Problem,
};

/// The permit to decide how high an account reads: never one's own, and not while one is suspended oneself, because then
/// somebody else holds one's credential until the security lead has looked.
pub(crate) async fn authorise_clearing(
    context: &RequestContext,
    connection: &mut impl Connection,
    target: Option<AccountId>,
) -> Outcome<Permit<GrantCeiling>> {
    let own = target.is_some() && context.actor().account() == target;
    let permit = authorise::<GrantCeiling>(context, Facts::own(own))?;
    let granting = keep::existing(context, connection, context.account()?).await?.account;
    if granting.suspended_above_green { Err(Failure::Forbidden) } else { Ok(permit) }
}

/// A role that decides how high others read is given by those alone who may decide that, or by the operator.
pub(crate) async fn check_may_give(
    context: &RequestContext,
    connection: &mut impl Connection,
    target: Option<AccountId>,
    role: Role,
) -> Outcome<()> {
    if role.grants_ceilings() && !context.actor().is_operator() {
        authorise_clearing(context, connection, target).await?;
    }
    Ok(())
}

/// Grants a role. Who becomes administrator, auditor or press falls to TLP:GREEN until the chief of protocol or the security
/// lead raises them.
///
/// # Errors
/// When the actor may not, there is no such account, or the role is not one for it.
pub async fn grant_role(context: &RequestContext, id: AccountId, role: Role) -> Outcome<()> {
    authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let account = keep::existing(context, &mut transaction, id).await?.account;
    if role.is_of_a_mission() != account.mission.is_some() {
        return Err(Failure::field("roles", Problem::Unknown));
    }
    check_may_give(context, &mut transaction, Some(id), role).await?;
    if account.roles.contains(&role) {
        return Ok(());
    }
    grants::grant_role(context, &mut transaction, id, role).await?;
    let ceiling = ceiling_with(role, account.ceiling);
    if account.mission.is_none() && ceiling < account.ceiling {
        grants::grant_ceiling(context, &mut transaction, id, ceiling, None).await?;
    }
    done(context, transaction, Entry::done(Intent::GrantRole), &account).await
}

/// Revokes a role.
///
/// # Errors
/// When the actor may not, there is no such account, or it is the last in force with a role an office can't be without.
pub async fn revoke_role(context: &RequestContext, id: AccountId, role: Role) -> Outcome<()> {
    authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let account = keep::existing(context, &mut transaction, id).await?.account;
    if !account.roles.contains(&role) {
        return Ok(());
    }
    store::check_not_last(context, &mut transaction, id, &[role]).await?;
    grants::revoke_role(context, &mut transaction, id, role).await?;
    done(context, transaction, Entry::done(Intent::RevokeRole), &account).await
}

/// Grants how high an account of the office reads, with a reason. Nobody grants their own.
///
/// # Errors
/// When the actor may not, there is no such account of the office, or no reason is given.
pub async fn grant_ceiling(context: &RequestContext, id: AccountId, ceiling: &str, reason: &str) -> Outcome<()> {
    authorise::<GrantCeiling>(context, Facts::own(context.actor().account() == Some(id)))?;
    let mut transaction = context.write().await?;
    authorise_clearing(context, &mut transaction, Some(id)).await?;
    let account = keep::existing(context, &mut transaction, id).await?.account;
    let (marking, reason): (Marking, _) = ceiling_and_reason(ceiling, reason)?;
    if account.mission.is_some() {
        return Err(Failure::field("ceiling", Problem::MarkingRefused));
    }
    grants::grant_ceiling(context, &mut transaction, id, marking, Some(reason.as_str())).await?;
    done(context, transaction, Entry::done(Intent::GrantCeiling), &account).await
}

async fn done(context: &RequestContext, mut transaction: WriteTransaction, entry: Entry, account: &Account) -> Outcome<()> {
    keep::record(context, &mut transaction, entry, account).await?;
    transaction.commit().await?;
    Ok(())
}

/// Confirms an account of a mission: from now on it reads up to TLP:AMBER what was released to its mission.
///
/// # Errors
/// When the actor may not, or there is no such account of a mission.
pub async fn confirm_account(context: &RequestContext, id: AccountId) -> Outcome<()> {
    set_confirmed(context, id, true, Intent::ConfirmAccount).await
}

/// Takes a mission's account back to TLP:GREEN.
///
/// # Errors
/// As [`confirm_account`].
pub async fn withdraw_confirmation(context: &RequestContext, id: AccountId) -> Outcome<()> {
    set_confirmed(context, id, false, Intent::WithdrawConfirmation).await
}

async fn set_confirmed(context: &RequestContext, id: AccountId, confirmed: bool, intent: Intent) -> Outcome<()> {
    authorise::<GrantCeiling>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let permit = authorise_clearing(context, &mut transaction, Some(id)).await?;
    let mut account = keep::existing(context, &mut transaction, id).await?.account;
    if account.mission.is_none() {
        return Err(Failure::NotFound);
    }
    if account.confirmed == confirmed {
        return Ok(());
    }
    account.confirmed = confirmed;
    let digest = store::update(context, &mut transaction, &permit, &mut account).await?;
    done(context, transaction, Entry::done(intent).digest(digest), &account).await
}

/// Lets an account read above TLP:GREEN again after somebody else changed its credential or address, with a reason. The
/// security lead does it, never for oneself; for a security lead, the chief of protocol does.
///
/// # Errors
/// When the actor may not, there is no such account, or no reason is given.
pub async fn lift_suspension(context: &RequestContext, id: AccountId, why: &str) -> Outcome<()> {
    authorise::<GrantCeiling>(context, Facts::own(context.actor().account() == Some(id)))?;
    let mut transaction = context.write().await?;
    let permit = authorise_clearing(context, &mut transaction, Some(id)).await?;
    let mut account = keep::existing(context, &mut transaction, id).await?.account;
    if !context.actor().has(Role::SecurityLead) && !account.roles.contains(&Role::SecurityLead) {
        return Err(Failure::Forbidden);
    }
    let why = reason(why).map_err(|problem| Failure::field("reason", problem))?;
    if !account.suspended_above_green {
        return Ok(());
    }
    account.suspended_above_green = false;
    let digest = store::update(context, &mut transaction, &permit, &mut account).await?;
    if account.mission.is_none() {
        // The ceiling stands as it did; the grant says from when it counts again, and why.
        grants::grant_ceiling(context, &mut transaction, id, account.ceiling, Some(why.as_str())).await?;
    }
    done(context, transaction, Entry::done(Intent::LiftSuspension).digest(digest), &account).await
}
