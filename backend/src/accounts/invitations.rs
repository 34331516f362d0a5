//! Invitations: an account is made, and a link that works once lets its owner choose a password.

use super::{
    access::actor_of_account,
    clearance,
    directory::{self, NewAccount},
    grants, keep,
    limits::Network,
    own_password, sessions,
    sign_in::{NewSession, open_session},
    store,
    tokens::{PlainToken, TokenHash, TokenKind},
};
use crate::{
    audit::{self, Entry},
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    missions,
    permits::{ManageAccounts, Permit, authorise, by_other_proof},
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::{Account, InvitationView, input::InvitationInput},
    audit::{Intent, ThingKind},
    ids::{AccountId, InvitationId},
    marking::Marking,
    permission::{Action, Actor, Decision, Facts, decide},
    problems::Problem,
};
use std::net::IpAddr;
use uuid::Uuid;

/// How many days an invitation's link works.
pub const INVITATION_DAYS: i64 = 7;

statements! {
    INSERT = "INSERT INTO invitations (office_id, id, token_hash, account_id, invited_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT id, account_id, invited_by, ends_at FROM invitations \
        WHERE office_id = $1 AND token_hash = $2 AND used_at IS NULL AND cancelled_at IS NULL AND ends_at > $3";
    USE = "UPDATE invitations SET used_at = $3 WHERE office_id = $1 AND id = $2 AND used_at IS NULL AND cancelled_at IS NULL AND ends_at > $3";
    CANCEL_OPEN = "UPDATE invitations SET cancelled_at = $3 WHERE office_id = $1 AND account_id = $2 AND used_at IS NULL AND cancelled_at IS NULL";
}

/// Somebody invited. The link is shown once, to who invited.
#[derive(Debug)]
pub struct Invited {
    /// The account.
    pub account: AccountId,
    /// The token in the link.
    pub token: PlainToken,
    /// When the link ends.
    pub ends_at: DateTime<Utc>,
}

#[derive(sqlx_macros::FromRow)]
struct InvitationRow {
    id: Uuid,
    account_id: Uuid,
    invited_by: Option<Uuid>,
    ends_at: DateTime<Utc>,
}

/// Makes an account and the link for its owner.
///
/// # Errors
/// When the actor may not, may not grant that ceiling or a role that grants ceilings, or something given is wrong.
pub async fn invite_account(context: &RequestContext, input: InvitationInput) -> Outcome<Invited> {
    let permit = authorise::<ManageAccounts>(context, Facts::NONE)?;
    let terms = input.into_terms(context.today())?;
    let mut transaction = context.write().await?;
    for role in &terms.roles {
        clearance::check_may_give(context, &mut transaction, None, *role).await?;
    }
    if terms.ceiling > Marking::Clear {
        clearance::authorise_clearing(context, &mut transaction, None).await?;
    }
    if let Some(mission) = terms.mission
        && missions::find(context, &mut transaction, mission).await?.is_none()
    {
        return Err(Failure::field("mission_id", Problem::Unknown));
    }
    let id = context.new_id::<AccountId>();
    let new = NewAccount {
        email: terms.email,
        name: terms.name,
        person: terms.person,
        mission: terms.mission,
        confirmed: false,
        roles: terms.roles.into_iter().collect(),
        ceiling: Marking::Clear,
        password_hash: None,
        ends_on: terms.ends_on,
    };
    keep::check_person(context, &mut transaction, new.person).await?;
    let digest = directory::insert(context, &mut transaction, &permit, id, &new).await?;
    if new.mission.is_none() && terms.ceiling > Marking::Clear {
        let reason = terms.reason.as_ref().map(domain::text::Prose::as_str);
        grants::grant_ceiling(context, &mut transaction, id, terms.ceiling, reason).await?;
    }
    let (invited, entry) = link(context, &mut transaction, &permit, id, Intent::InviteAccount).await?;
    audit::record(context, &mut transaction, entry.digest(digest).thing(ThingKind::Account, id.uuid(), 1)).await?;
    transaction.commit().await?;
    Ok(invited)
}

/// Makes a new link for an account, in place of any before. It is for an invitation that lapsed or was lost, and for an
/// owner who forgot the password: what the password opened then ends when another is chosen by the link.
///
/// # Errors
/// When the actor may not, there is no such account, or it is disabled.
pub async fn renew_invitation(context: &RequestContext, id: AccountId) -> Outcome<Invited> {
    let permit = authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let account = keep::existing(context, &mut transaction, id).await?.account;
    if account.disabled_at.is_some() {
        return Err(Failure::field("account_id", Problem::StateRefused));
    }
    let (invited, entry) = link(context, &mut transaction, &permit, id, Intent::RenewInvitation).await?;
    keep::record(context, &mut transaction, entry, &account).await?;
    transaction.commit().await?;
    Ok(invited)
}

async fn link(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageAccounts>,
    account: AccountId,
    intent: Intent,
) -> Outcome<(Invited, Entry)> {
    cancel_open(context, transaction, account).await?;
    let random = context.chancery().keys.random();
    let (token, hash) = PlainToken::generate(TokenKind::Invitation, random).map_err(|_| Failure::Machine { what: "randomness" })?;
    let id = context.new_id::<InvitationId>();
    let (now, by) = (context.now(), context.actor().account());
    let ends_at = now + TimeDelta::days(INVITATION_DAYS);
    let values = values![context.office_id(), id, hash.as_bytes().to_vec(), account, by, now, ends_at];
    transaction.execute(INSERT, values).await?;
    Ok((Invited { account, token, ends_at }, Entry::done(intent).thing(ThingKind::Invitation, id.uuid(), 0)))
}

/// Cancels the link that is open for an account.
///
/// # Errors
/// When the actor may not, there is no such account, or no link is open.
pub async fn cancel_invitation(context: &RequestContext, id: AccountId) -> Outcome<()> {
    authorise::<ManageAccounts>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let account = keep::existing(context, &mut transaction, id).await?.account;
    if cancel_open(context, &mut transaction, id).await? == 0 {
        return Err(Failure::NotFound);
    }
    keep::record(context, &mut transaction, Entry::done(Intent::CancelInvitation), &account).await?;
    transaction.commit().await?;
    Ok(())
}

/// Cancels what links are open for an account, and says how many were.
pub(crate) async fn cancel_open(context: &RequestContext, transaction: &mut WriteTransaction, account: AccountId) -> Outcome<u64> {
    Ok(transaction.execute(CANCEL_OPEN, values![context.office_id(), account, context.now()]).await?)
}

/// An open invitation: its account, and who issued it if that was an account.
struct Open {
    id: InvitationId,
    account: Account,
    issuer: Option<Actor>,
    ends_at: DateTime<Utc>,
}

/// The invitation of a link. One that was used, cancelled or lapsed, or whose issuer may no longer invite, is as if it were
/// none.
async fn find(context: &RequestContext, token: &str) -> Outcome<Open> {
    let hash = TokenHash::of(TokenKind::Invitation, token).map_err(|_| Failure::NotFound)?;
    let mut connection = context.read().await?;
    let values = values![context.office_id(), hash.as_bytes().to_vec(), context.now()];
    let row: InvitationRow = connection.optional(FIND, values).await?.ok_or(Failure::NotFound)?;
    let account = keep::existing(context, &mut connection, AccountId(row.account_id)).await?.account;
    drop(connection);
    let has_ended = account.ends_on.is_some_and(|last| context.today() > last);
    let issuer = match row.invited_by {
        Some(issuer) => Some(actor_of_account(context, AccountId(issuer)).await?.ok_or(Failure::NotFound)?.0),
        None => None,
    };
    let may_invite = |issuer: &Actor| decide(issuer, Action::ManageAccounts, Facts::NONE) == Decision::Allowed;
    if account.disabled_at.is_some() || has_ended || !issuer.as_ref().is_none_or(may_invite) {
        return Err(Failure::NotFound);
    }
    Ok(Open { id: InvitationId(row.id), account, issuer, ends_at: row.ends_at })
}

/// What an invitation says to whoever holds its link.
///
/// # Errors
/// When there is none that still works.
pub async fn read_invitation(context: &RequestContext, token: &str) -> Outcome<InvitationView> {
    let open = find(context, token).await?;
    Ok(InvitationView {
        email: open.account.email,
        name: open.account.name,
        ends_at: open.ends_at,
        replaces_password: open.account.accepted,
    })
}

/// Takes up an invitation: a password is chosen, and a session opened. The link works once.
///
/// Where the password replaces another, what that one opened ends, and everything above TLP:GREEN waits for the security
/// lead: the credential was changed by a link that somebody else made. The same holds for a first password if the account
/// reads above TLP:GREEN already and the link was made by somebody who may not grant that.
///
/// # Errors
/// When there is no invitation that still works, or the password is not taken.
pub async fn accept_invitation(context: &RequestContext, token: &str, password: &str, from: IpAddr) -> Outcome<NewSession> {
    let open = find(context, token).await?;
    let hash = own_password::hashed(context, password).await?;
    let permit = by_other_proof::<ManageAccounts>();
    let mut transaction = context.write().await?;
    if transaction.execute(USE, values![context.office_id(), open.id, context.now()]).await? != 1 {
        return Err(Failure::NotFound);
    }
    let mut account = keep::existing(context, &mut transaction, open.account.id).await?.account;
    if account.disabled_at.is_some() {
        return Err(Failure::NotFound);
    }
    let may_grant = |issuer: &Actor| decide(issuer, Action::GrantCeiling, Facts::NONE) == Decision::Allowed;
    let reads_high = account.ceiling > Marking::Green || account.confirmed || account.roles.iter().any(|role| role.grants_ceilings());
    let issued_by_less = !open.issuer.as_ref().is_none_or(may_grant);
    let by_self = open.issuer.as_ref().and_then(Actor::account) == Some(account.id);
    let mut entry = Entry::done(Intent::AcceptInvitation).by(account.id).thing(ThingKind::Invitation, open.id.uuid(), 0);
    sessions::cut_off(context, &mut transaction, account.id).await?;
    store::set_password(context, &mut transaction, &permit, account.id, hash.as_str()).await?;
    if !by_self && (account.accepted || (reads_high && issued_by_less)) && !account.suspended_above_green {
        account.suspended_above_green = true;
        entry = entry.digest(store::update(context, &mut transaction, &permit, &mut account).await?);
    }
    keep::record(context, &mut transaction, entry, &account).await?;
    transaction.commit().await?;
    let (actor, _) = actor_of_account(context, account.id).await?.ok_or(Failure::NotFound)?;
    open_session(context, account.id, actor, &format!("{:?}", Network::from(from))).await
}
