//! The statements of accounts.

use super::grants;
use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, DatabaseError, WriteTransaction},
    error::{Failure, Outcome},
    people,
    permits::{GrantCeiling, KeepOwnAccount, ManageAccounts, Permit, Permitted},
    revisions, statements, values,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    accounts::{Account, AccountActivity, Role},
    audit::ThingKind,
    ids::{AccountId, MissionId, PersonId},
    marking::{Marking, view::AccountNames},
    problems::Problem,
    text::{EmailAddress, Title},
};
use serde::Serialize;
use uuid::Uuid;

macro_rules! accounts {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.email, a.name, a.person_id, a.mission_id, a.confirmed, a.suspended_above_green, a.ends_on, a.disabled_at, a.revision, \
            CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END AS accepted, m.name AS mission, \
            (SELECT MAX(i.ends_at) FROM invitations i WHERE i.office_id = a.office_id AND i.account_id = a.id \
                AND i.used_at IS NULL AND i.cancelled_at IS NULL) AS invited_until, \
            (SELECT MAX(s.seen_at) FROM sessions s WHERE s.office_id = a.office_id AND s.account_id = a.id) AS seen_at, \
            (SELECT COUNT(*) FROM sessions s WHERE s.office_id = a.office_id AND s.account_id = a.id \
                AND s.kind = 'session' AND s.revoked_at IS NULL AND s.idle_ends_at > $2) AS sessions, \
            (SELECT COUNT(*) FROM sessions s WHERE s.office_id = a.office_id AND s.account_id = a.id \
                AND s.kind = 'api' AND s.revoked_at IS NULL AND s.ends_at > $2) AS tokens \
            FROM accounts a LEFT JOIN missions m ON m.office_id = a.office_id AND m.id = a.mission_id WHERE a.office_id = $1",
            $rest
        )
    };
}

statements! {
    ALL = accounts!(" ORDER BY a.name, a.id");
    ONE = accounts!(" AND a.id = $3");
    COLLEAGUES = "SELECT id, name FROM accounts WHERE office_id = $1 AND mission_id IS NULL AND disabled_at IS NULL ORDER BY name, id";
    UPDATE = "UPDATE accounts SET revision = $3, email = $4, name = $5, person_id = $6, confirmed = $7, suspended_above_green = $8, ends_on = $9, disabled_at = $10 \
        WHERE office_id = $1 AND id = $2 AND revision = $11";
    SET_PASSWORD = "UPDATE accounts SET password_hash = $3 WHERE office_id = $1 AND id = $2";
    PASSWORD = "SELECT password_hash FROM accounts WHERE office_id = $1 AND id = $2";
    OTHERS_WITH_ROLE = "SELECT COUNT(*) FROM grants g JOIN accounts a ON a.office_id = g.office_id AND a.id = g.subject_id \
        WHERE g.office_id = $1 AND g.kind = 'role' AND g.word = $2 AND g.revoked_at IS NULL AND a.id <> $3 \
        AND a.disabled_at IS NULL AND a.password_hash IS NOT NULL AND (a.ends_on IS NULL OR a.ends_on >= $4)";
}

/// Permits by which an account's row may be written.
pub(crate) trait ChangesAccounts: Permitted {}
impl ChangesAccounts for ManageAccounts {}
impl ChangesAccounts for GrantCeiling {}
impl ChangesAccounts for KeepOwnAccount {}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    person_id: Option<Uuid>,
    mission_id: Option<Uuid>,
    confirmed: bool,
    suspended_above_green: bool,
    ends_on: Option<String>,
    disabled_at: Option<DateTime<Utc>>,
    revision: i64,
    accepted: i32,
    mission: Option<String>,
    invited_until: Option<DateTime<Utc>>,
    seen_at: Option<DateTime<Utc>>,
    sessions: i64,
    tokens: i64,
}

/// An account, with the names behind its identifiers and how it is used.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// The account.
    pub(crate) account: Account,
    /// Names.
    pub(crate) names: AccountNames,
    /// How it is used.
    pub(crate) activity: AccountActivity,
}

impl Row {
    fn with(self, roles: Vec<Role>, ceiling: Option<Marking>, person: Option<String>) -> Outcome<Kept> {
        let broken = || Failure::Corrupt { what: "account" };
        let count = |number: i64| u32::try_from(number).map_err(|_| broken());
        let account = Account {
            id: AccountId(self.id),
            revision: self.revision,
            email: EmailAddress::parse(&self.email).map_err(|_| broken())?,
            name: Title::parse(&self.name).map_err(|_| broken())?,
            person: self.person_id.map(PersonId),
            mission: self.mission_id.map(MissionId),
            confirmed: self.confirmed,
            roles,
            ceiling: ceiling.unwrap_or(Marking::Clear),
            suspended_above_green: self.suspended_above_green,
            ends_on: self.ends_on.as_deref().map(str::parse::<NaiveDate>).transpose().map_err(|_| broken())?,
            disabled_at: self.disabled_at,
            accepted: self.accepted != 0,
            invited_until: self.invited_until,
        };
        Ok(Kept {
            account,
            names: AccountNames { person, mission: self.mission },
            activity: AccountActivity { seen_at: self.seen_at, sessions: count(self.sessions)?, tokens: count(self.tokens)? },
        })
    }
}

/// All accounts, by name.
pub(crate) async fn all(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Kept>> {
    let rows: Vec<Row> = connection.all(ALL, values![context.office_id(), context.now()]).await?;
    let mut granted = grants::of_all_accounts(context, connection).await?;
    let people = people::store::all(context, connection).await?;
    rows.into_iter()
        .map(|row| {
            let granted = granted.remove(&AccountId(row.id)).unwrap_or_default();
            let person = row.person_id.and_then(|id| people.name(PersonId(id))).map(str::to_owned);
            row.with(granted.roles, granted.ceiling, person)
        })
        .collect()
}

/// An account.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, id: AccountId) -> Outcome<Option<Kept>> {
    let Some(row) = connection.optional::<Row>(ONE, values![context.office_id(), context.now(), id]).await? else { return Ok(None) };
    let granted = grants::of(context, connection, id.uuid()).await?;
    let person = match row.person_id {
        Some(id) => people::find(context, connection, PersonId(id)).await?,
        None => None,
    };
    row.with(granted.roles, granted.ceiling, person.map(|person| person.details.name.in_latin())).map(Some)
}

#[derive(sqlx_macros::FromRow)]
struct ColleagueRow {
    id: Uuid,
    name: String,
}

/// The office's own accounts that are not disabled, by name.
pub(crate) async fn colleagues(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<(AccountId, String)>> {
    let rows: Vec<ColleagueRow> = connection.all(COLLEAGUES, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.id), row.name)).collect())
}

/// A revision of an account as history keeps it; grants and passwords are not part of it.
#[derive(Serialize)]
struct Body<'a> {
    email: &'a EmailAddress,
    name: &'a Title,
    person: Option<PersonId>,
    mission: Option<MissionId>,
    confirmed: bool,
    suspended_above_green: bool,
    ends_on: Option<NaiveDate>,
    disabled_at: Option<DateTime<Utc>>,
}

/// Appends the account, as it is now, to its history.
pub(crate) async fn append_revision(context: &RequestContext, transaction: &mut WriteTransaction, account: &Account) -> Outcome<Digest> {
    let body = Body {
        email: &account.email,
        name: &account.name,
        person: account.person,
        mission: account.mission,
        confirmed: account.confirmed,
        suspended_above_green: account.suspended_above_green,
        ends_on: account.ends_on,
        disabled_at: account.disabled_at,
    };
    let body = serde_json::to_string(&body).map_err(|_| Failure::Corrupt { what: "account" })?;
    revisions::append(transaction, context, ThingKind::Account, account.id.uuid(), account.revision, Some(&body)).await
}

/// Writes an account anew, if it is still the one that was seen; gives the revision it became.
pub(crate) async fn update<A: ChangesAccounts>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    changed: &mut Account,
) -> Outcome<Digest> {
    let seen = changed.revision;
    changed.revision += 1;
    let values = values![
        context.office_id(),
        changed.id,
        changed.revision,
        changed.email.as_str(),
        changed.name.as_str(),
        changed.person,
        changed.confirmed,
        changed.suspended_above_green,
        changed.ends_on,
        changed.disabled_at,
        seen,
    ];
    let written = transaction.execute(UPDATE, values).await.map_err(duplicate_address)?;
    if written != 1 {
        return Err(Failure::Stale);
    }
    append_revision(context, transaction, changed).await
}

/// An address is unique within an office.
pub(crate) fn duplicate_address(error: DatabaseError) -> Failure {
    match error {
        DatabaseError::Duplicate => Failure::field("email", Problem::AlreadyTaken),
        other => other.into(),
    }
}

/// The hash of an account's password, if it has one.
pub(crate) async fn password(context: &RequestContext, connection: &mut impl Connection, id: AccountId) -> Outcome<Option<String>> {
    let row: Option<(Option<String>,)> = connection.optional(PASSWORD, values![context.office_id(), id]).await?;
    Ok(row.and_then(|(hash,)| hash))
}

/// Puts another password in place.
pub(crate) async fn set_password<A: ChangesAccounts>(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<A>,
    id: AccountId,
    hash: &str,
) -> Outcome<()> {
    transaction.execute(SET_PASSWORD, values![context.office_id(), id, hash]).await?;
    Ok(())
}

/// Refuses when an office would be left without anybody in force who has one of these roles.
pub(crate) async fn check_not_last(
    context: &RequestContext,
    connection: &mut impl Connection,
    account: AccountId,
    losing: &[Role],
) -> Outcome<()> {
    for role in losing.iter().filter(|role| role.is_never_vacant()) {
        let values = values![context.office_id(), role.word(), account, context.today()];
        let row: Option<(i64,)> = connection.optional(OTHERS_WITH_ROLE, values).await?;
        if row.is_none_or(|(others,)| others == 0) {
            return Err(Failure::field("roles", Problem::LastWithRole));
        }
    }
    Ok(())
}
