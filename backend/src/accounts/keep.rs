//! Keeping accounts: who there is, what is said of them, and whether they may sign in.

use super::{
    invitations, sessions,
    store::{self, Kept},
};
use crate::{
    audit::{self, Entry},
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    people,
    permits::{GrantCeiling, KeepOwnAccount, ManageAccounts, ReadOffice, authorise},
    version::{ETag, Seen},
};
use domain::{
    accounts::{Account, AccountActivity, input::AccountInput},
    audit::{Intent, ThingKind},
    ids::{AccountId, PersonId},
    marking::view::{AccountView, Named},
    permission::Facts,
    problems::Problem,
};
use serde::Serialize;

/// An account with how it is used. The version that a change must have seen is that of `account` alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountListing {
    /// The account.
    pub account: AccountView,
    /// How it is used.
    pub activity: AccountActivity,
}

impl AccountListing {
    pub(crate) fn of(context: &RequestContext, kept: &Kept) -> Option<Self> {
        let account = AccountView::of(&kept.account, &kept.names, context.actor())?;
        Some(Self { account, activity: kept.activity.clone() })
    }
}

/// Whether the actor keeps accounts, or how high they read.
fn authorise_reading(context: &RequestContext) -> Outcome<()> {
    match authorise::<GrantCeiling>(context, Facts::NONE) {
        Ok(_) => Ok(()),
        Err(_) => authorise::<ManageAccounts>(context, Facts::NONE).map(drop),
    }
}

/// All accounts of the office and of missions, by name, for those who keep accounts or ceilings.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_accounts(context: &RequestContext) -> Outcome<Vec<AccountListing>> {
    authorise_reading(context)?;
    let kept = store::all(context, &mut context.read().await?).await?;
    Ok(kept.iter().filter_map(|kept| AccountListing::of(context, kept)).collect())
}

/// An account.
///
/// # Errors
/// When the actor may not, or there is none.
pub async fn read_account(context: &RequestContext, id: AccountId) -> Outcome<AccountListing> {
    authorise_reading(context)?;
    let kept = existing(context, &mut context.read().await?, id).await?;
    AccountListing::of(context, &kept).ok_or(Failure::NotFound)
}

/// The actor's own account.
///
/// # Errors
/// When nobody is signed in, or the database refuses.
pub async fn read_own_account(context: &RequestContext) -> Outcome<AccountListing> {
    authorise::<KeepOwnAccount>(context, Facts::own(true))?;
    let kept = existing(context, &mut context.read().await?, context.account()?).await?;
    AccountListing::of(context, &kept).ok_or(Failure::NotFound)
}

/// The names of the office's own accounts, from which an access list is filled.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_colleagues(context: &RequestContext) -> Outcome<Vec<Named<AccountId>>> {
    authorise::<ReadOffice>(context, Facts::NONE)?;
    let names = store::colleagues(context, &mut context.read().await?).await?;
    Ok(names.into_iter().map(|(id, name)| Named { id, name }).collect())
}

pub(crate) async fn existing(context: &RequestContext, connection: &mut impl Connection, id: AccountId) -> Outcome<Kept> {
    store::one(context, connection, id).await?.ok_or(Failure::NotFound)
}

/// Refuses a person who is not in the directory.
pub(crate) async fn check_person(context: &RequestContext, connection: &mut impl Connection, person: Option<PersonId>) -> Outcome<()> {
    match person {
        Some(person) if !people::exists(context, connection, person).await? => Err(Failure::field("person_id", Problem::Unknown)),
        _ => Ok(()),
    }
}

/// Changes an account, if it is still as its author saw it.
///
/// Another address, given by anybody but the account's owner, ends all its sessions, feeds and tokens, and suspends what
/// it reads above TLP:GREEN until that is lifted by [`super::clearance::lift_suspension`].
///
/// # Errors
/// When the actor may not, there is no such account, it changed meanwhile, or something given is wrong.
pub async fn change_account(context: &RequestContext, id: AccountId, input: AccountInput, seen: &Seen) -> Outcome<AccountListing> {
    let permit = authorise::<ManageAccounts>(context, Facts::own(context.actor().account() == Some(id)))?;
    let mut transaction = context.write().await?;
    let mut kept = existing(context, &mut transaction, id).await?;
    let view = AccountListing::of(context, &kept).ok_or(Failure::NotFound)?;
    seen.check(&ETag::of(&view.account)?)?;
    let mut changed = input.onto(&kept.account, context.today())?;
    if changed.person != kept.account.person {
        check_person(context, &mut transaction, changed.person).await?;
    }
    if changed.ends_on != kept.account.ends_on && changed.ends_on.is_some() {
        store::check_not_last(context, &mut transaction, id, &kept.account.roles).await?;
    }
    let by_another = context.actor().account() != Some(id);
    if changed.email != kept.account.email && by_another {
        changed.suspended_above_green = true;
        sessions::cut_off(context, &mut transaction, id).await?;
    }
    let digest = store::update(context, &mut transaction, &permit, &mut changed).await?;
    record(context, &mut transaction, Entry::done(Intent::ChangeAccount).digest(digest), &changed).await?;
    kept = existing(context, &mut transaction, id).await?;
    transaction.commit().await?;
    AccountListing::of(context, &kept).ok_or(Failure::NotFound)
}

pub(crate) async fn record(context: &RequestContext, transaction: &mut WriteTransaction, entry: Entry, account: &Account) -> Outcome<()> {
    audit::record(context, transaction, entry.thing(ThingKind::Account, account.id.uuid(), account.revision)).await
}

/// Disables an account: it can't sign in, and its sessions, feeds, tokens and links end at once. What it was granted stays,
/// for the day it is enabled again.
///
/// # Errors
/// When the actor may not, there is no such account, or it is the last in force with a role an office can't be without.
pub async fn disable_account(context: &RequestContext, id: AccountId) -> Outcome<()> {
    let permit = authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let mut account = existing(context, &mut transaction, id).await?.account;
    if account.disabled_at.is_some() {
        return Ok(());
    }
    store::check_not_last(context, &mut transaction, id, &account.roles).await?;
    account.disabled_at = Some(context.now());
    sessions::cut_off(context, &mut transaction, id).await?;
    invitations::cancel_open(context, &mut transaction, id).await?;
    let digest = store::update(context, &mut transaction, &permit, &mut account).await?;
    record(context, &mut transaction, Entry::done(Intent::DisableAccount).digest(digest), &account).await?;
    transaction.commit().await?;
    Ok(())
}

/// Enables an account that was disabled. Nothing that ended begins again: its owner signs in anew.
///
/// # Errors
/// When the actor may not, or there is no such account.
pub async fn enable_account(context: &RequestContext, id: AccountId) -> Outcome<()> {
    let permit = authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let mut account = existing(context, &mut transaction, id).await?.account;
    if account.disabled_at.take().is_none() {
        return Ok(());
    }
    let digest = store::update(context, &mut transaction, &permit, &mut account).await?;
    record(context, &mut transaction, Entry::done(Intent::EnableAccount).digest(digest), &account).await?;
    transaction.commit().await?;
    Ok(())
}
