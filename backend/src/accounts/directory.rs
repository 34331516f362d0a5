//! Accounts as rows: made, and found again.

use super::{grants, store};
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::Connection,
    database::WriteTransaction,
    error::Outcome,
    permits::{ManageAccounts, Permit},
    statements, values,
};
use chrono::NaiveDate;
use domain::{
    accounts::{Account, Role},
    ids::{AccountId, MissionId, PersonId},
    marking::Marking,
    text::{EmailAddress, Title},
};

statements! {
    INSERT = "INSERT INTO accounts (office_id, id, email, name, person_id, mission_id, confirmed, password_hash, suspended_above_green, ends_on, made_at, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9, $10, 1)";
    OF_PERSON = "SELECT id FROM accounts WHERE office_id = $1 AND person_id = $2 AND mission_id IS NULL AND disabled_at IS NULL ORDER BY id";
    BY_EMAIL = "SELECT id FROM accounts WHERE office_id = $1 AND email = $2 AND disabled_at IS NULL";
}

/// The name an account goes by, and its person.
pub(crate) const NAME: &str = "SELECT name, person_id FROM accounts WHERE office_id = $1 AND id = $2";

/// A row of [`NAME`].
#[derive(sqlx_macros::FromRow)]
pub(crate) struct NameRow {
    pub(crate) name: String,
    pub(crate) person_id: Option<uuid::Uuid>,
}

/// The account with an address, for commands done in its name.
///
/// # Errors
/// When the database refuses.
pub async fn by_email(context: &RequestContext, email: &EmailAddress) -> Outcome<Option<AccountId>> {
    let row: Option<(uuid::Uuid,)> = context.read().await?.optional(BY_EMAIL, values![context.office_id(), email.as_str()]).await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// The accounts of the office whose person this is.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn of_person(context: &RequestContext, connection: &mut impl Connection, person: PersonId) -> Outcome<Vec<AccountId>> {
    let rows: Vec<(uuid::Uuid,)> = connection.all(OF_PERSON, values![context.office_id(), person]).await?;
    Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
}

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Address.
    pub email: EmailAddress,
    /// Name.
    pub name: Title,
    /// Its person.
    pub person: Option<PersonId>,
    /// Its mission, if it belongs to one.
    pub mission: Option<MissionId>,
    /// Whether a mission's account is confirmed up to TLP:AMBER.
    pub confirmed: bool,
    /// Roles.
    pub roles: Vec<Role>,
    /// Ceiling; a mission's account has none.
    pub ceiling: Marking,
    /// Its password, hashed; none until an invitation is accepted.
    pub password_hash: Option<String>,
    /// The day after which it can't sign in.
    pub ends_on: Option<NaiveDate>,
}

/// Writes a new account with its grants.
pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageAccounts>,
    id: AccountId,
    new: &NewAccount,
) -> Outcome<Digest> {
    let values = values![
        context.office_id(),
        id,
        new.email.as_str(),
        new.name.as_str(),
        new.person,
        new.mission,
        new.confirmed,
        new.password_hash.clone(),
        new.ends_on,
        context.now(),
    ];
    transaction.execute(INSERT, values).await.map_err(store::duplicate_address)?;
    for role in &new.roles {
        grants::grant_role(context, transaction, id, *role).await?;
    }
    if new.mission.is_none() {
        grants::grant_ceiling(context, transaction, id, new.ceiling, None).await?;
    }
    let account = Account {
        id,
        revision: 1,
        email: new.email.clone(),
        name: new.name.clone(),
        person: new.person,
        mission: new.mission,
        confirmed: new.confirmed,
        roles: new.roles.clone(),
        ceiling: new.ceiling,
        suspended_above_green: false,
        ends_on: new.ends_on,
        disabled_at: None,
        accepted: new.password_hash.is_some(),
        invited_until: None,
    };
    store::append_revision(context, transaction, &account).await
}
