//! Grants: roles, ceilings, access lists and attachments, kept with from and until.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
    visits::ListEntry,
};
use domain::{
    accounts::Role,
    ids::{AccountId, GrantId, MissionId, VisitId},
    marking::Marking,
};
use std::{collections::HashMap, str::FromStr};
use uuid::Uuid;

statements! {
    OF_SUBJECT = "SELECT kind, word, thing_id FROM grants WHERE office_id = $1 AND subject_id = $2 AND revoked_at IS NULL";
    OF_ALL_ACCOUNTS = "SELECT subject_id, kind, word FROM grants WHERE office_id = $1 AND kind IN ('role', 'ceiling') AND revoked_at IS NULL";
    OF_A_VISIT = "SELECT subject_id, kind, word, thing_id FROM grants WHERE office_id = $1 AND (kind IN ('role', 'ceiling') OR thing_id = $2) AND revoked_at IS NULL";
    INSERT = "INSERT INTO grants (office_id, id, kind, subject_id, word, thing_id, reason, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REVOKE_WORD = "UPDATE grants SET revoked_at = $5, revoked_by = $6 WHERE office_id = $1 AND subject_id = $2 AND kind = $3 AND word = $4 AND revoked_at IS NULL";
    REVOKE_KIND = "UPDATE grants SET revoked_at = $4, revoked_by = $5 WHERE office_id = $1 AND subject_id = $2 AND kind = $3 AND revoked_at IS NULL";
    REVOKE_THING = "UPDATE grants SET revoked_at = $5, revoked_by = $6 WHERE office_id = $1 AND subject_id = $2 AND kind = $3 AND thing_id = $4 AND revoked_at IS NULL";
    HAS_THING = "SELECT id FROM grants WHERE office_id = $1 AND subject_id = $2 AND kind = $3 AND thing_id = $4 AND revoked_at IS NULL";
    LIST = "SELECT g.subject_id AS id, a.name AS name FROM grants g JOIN accounts a ON a.office_id = g.office_id AND a.id = g.subject_id \
        WHERE g.office_id = $1 AND g.thing_id = $2 AND g.kind = 'list' AND g.revoked_at IS NULL ORDER BY a.name, a.id";
    LEADS = "SELECT DISTINCT g.subject_id AS id FROM grants g JOIN accounts a ON a.office_id = g.office_id AND a.id = g.subject_id \
        WHERE g.office_id = $1 AND g.kind = 'role' AND g.word IN ('chief_of_protocol', 'security_lead') AND g.revoked_at IS NULL AND a.disabled_at IS NULL";
    OFFICE_ACCOUNTS = "SELECT id, name FROM accounts WHERE office_id = $1 AND mission_id IS NULL AND disabled_at IS NULL ORDER BY name, id";
    OFFICE_ACCOUNT = "SELECT id FROM accounts WHERE office_id = $1 AND id = $2 AND mission_id IS NULL AND disabled_at IS NULL";
}

/// What a subject has been granted and not lost.
#[derive(Debug, Clone, Default)]
pub(crate) struct Granted {
    /// Roles.
    pub(crate) roles: Vec<Role>,
    /// Ceiling; TLP:CLEAR where none was granted.
    pub(crate) ceiling: Option<Marking>,
    /// Visits on whose list it is.
    pub(crate) listed: Vec<VisitId>,
    /// Visits a mission is attached to.
    pub(crate) attached: Vec<VisitId>,
}

#[derive(sqlx_macros::FromRow)]
struct GrantRow {
    kind: String,
    word: Option<String>,
    thing_id: Option<Uuid>,
}

impl Granted {
    fn add(&mut self, row: GrantRow) -> Outcome<()> {
        let broken = || Failure::Corrupt { what: "grant" };
        match (row.kind.as_str(), row.word, row.thing_id) {
            ("role", Some(word), _) => self.roles.push(Role::from_word(&word).ok_or_else(broken)?),
            ("ceiling", Some(word), _) => self.ceiling = Some(Marking::from_str(&word).map_err(|_| broken())?),
            ("list", _, Some(visit)) => self.listed.push(VisitId(visit)),
            ("attached", _, Some(visit)) => self.attached.push(VisitId(visit)),
            _ => return Err(broken()),
        }
        Ok(())
    }
}

/// What an account or a mission has been granted.
pub(crate) async fn of(context: &RequestContext, connection: &mut impl Connection, subject: Uuid) -> Outcome<Granted> {
    let rows: Vec<GrantRow> = connection.all(OF_SUBJECT, values![context.office_id(), subject]).await?;
    let mut granted = Granted::default();
    rows.into_iter().try_for_each(|row| granted.add(row))?;
    Ok(granted)
}

#[derive(sqlx_macros::FromRow)]
struct OfVisitRow {
    subject_id: Uuid,
    kind: String,
    word: Option<String>,
    thing_id: Option<Uuid>,
}

/// What each account and mission has been granted, as far as one visit goes: roles and ceilings, and of lists and attachments that
/// visit's.
pub(crate) async fn of_a_visit(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
) -> Outcome<HashMap<Uuid, Granted>> {
    let rows: Vec<OfVisitRow> = connection.all(OF_A_VISIT, values![context.office_id(), visit]).await?;
    let mut all: HashMap<Uuid, Granted> = HashMap::new();
    for OfVisitRow { subject_id, kind, word, thing_id } in rows {
        all.entry(subject_id).or_default().add(GrantRow { kind, word, thing_id })?;
    }
    Ok(all)
}

struct New<'a> {
    kind: &'static str,
    subject: Uuid,
    word: Option<&'a str>,
    thing: Option<Uuid>,
    reason: Option<&'a str>,
}

async fn insert(context: &RequestContext, transaction: &mut WriteTransaction, new: New<'_>) -> Outcome<()> {
    let id = context.new_id::<GrantId>();
    let by = context.actor().account();
    let values = values![context.office_id(), id, new.kind, new.subject, new.word, new.thing, new.reason, context.now(), by];
    transaction.execute(INSERT, values).await?;
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct SubjectRow {
    subject_id: Uuid,
    kind: String,
    word: Option<String>,
}

/// The roles and ceilings of all accounts; lists are left out.
pub(crate) async fn of_all_accounts(context: &RequestContext, connection: &mut impl Connection) -> Outcome<HashMap<AccountId, Granted>> {
    let rows: Vec<SubjectRow> = connection.all(OF_ALL_ACCOUNTS, values![context.office_id()]).await?;
    let broken = || Failure::Corrupt { what: "grant" };
    let mut all: HashMap<AccountId, Granted> = HashMap::new();
    for row in rows {
        let granted = all.entry(AccountId(row.subject_id)).or_default();
        let word = row.word.as_deref().ok_or_else(broken)?;
        if row.kind == "role" {
            granted.roles.push(Role::from_word(word).ok_or_else(broken)?);
        } else {
            granted.ceiling = Some(Marking::from_str(word).map_err(|_| broken())?);
        }
    }
    Ok(all)
}

/// Grants a role, unless it is granted already.
pub(crate) async fn grant_role(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    role: Role,
) -> Outcome<()> {
    if of(context, transaction, account.uuid()).await?.roles.contains(&role) {
        return Ok(());
    }
    insert(context, transaction, New { kind: "role", subject: account.uuid(), word: Some(role.word()), thing: None, reason: None }).await
}

/// Revokes a role.
pub(crate) async fn revoke_role(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    role: Role,
) -> Outcome<()> {
    let values = values![context.office_id(), account, "role", role.word(), context.now(), context.actor().account()];
    transaction.execute(REVOKE_WORD, values).await?;
    Ok(())
}

/// Grants a ceiling in place of the one before.
pub(crate) async fn grant_ceiling(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    ceiling: Marking,
    reason: Option<&str>,
) -> Outcome<()> {
    transaction.execute(REVOKE_KIND, values![context.office_id(), account, "ceiling", context.now(), context.actor().account()]).await?;
    insert(context, transaction, New { kind: "ceiling", subject: account.uuid(), word: Some(ceiling.label()), thing: None, reason }).await
}

async fn has(context: &RequestContext, connection: &mut impl Connection, subject: Uuid, kind: &'static str, thing: Uuid) -> Outcome<bool> {
    let row: Option<(Uuid,)> = connection.optional(HAS_THING, values![context.office_id(), subject, kind, thing]).await?;
    Ok(row.is_some())
}

/// Puts an account on a visit's access list, unless it is there.
pub(crate) async fn put_on_list(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    visit: VisitId,
    reason: Option<&str>,
) -> Outcome<()> {
    if has(context, transaction, account.uuid(), "list", visit.uuid()).await? {
        return Ok(());
    }
    insert(context, transaction, New { kind: "list", subject: account.uuid(), word: None, thing: Some(visit.uuid()), reason }).await
}

/// Takes an account off a visit's access list.
pub(crate) async fn take_off_list(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    account: AccountId,
    visit: VisitId,
) -> Outcome<()> {
    let values = values![context.office_id(), account, "list", visit, context.now(), context.actor().account()];
    transaction.execute(REVOKE_THING, values).await?;
    Ok(())
}

/// Attaches a mission to a visit, unless it is.
pub(crate) async fn attach(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    mission: MissionId,
    visit: VisitId,
) -> Outcome<()> {
    if has(context, transaction, mission.uuid(), "attached", visit.uuid()).await? {
        return Ok(());
    }
    insert(context, transaction, New { kind: "attached", subject: mission.uuid(), word: None, thing: Some(visit.uuid()), reason: None })
        .await
}

/// Detaches a mission from a visit.
pub(crate) async fn detach(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    mission: MissionId,
    visit: VisitId,
) -> Outcome<()> {
    let values = values![context.office_id(), mission, "attached", visit, context.now(), context.actor().account()];
    transaction.execute(REVOKE_THING, values).await?;
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct NamedRow {
    id: Uuid,
    name: String,
}

/// Who is on a visit's access list.
pub(crate) async fn list_of(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<ListEntry>> {
    let rows: Vec<NamedRow> = connection.all(LIST, values![context.office_id(), visit]).await?;
    Ok(rows.into_iter().map(|row| ListEntry { account: AccountId(row.id), name: row.name }).collect())
}

/// The office's own accounts that are not disabled.
pub(crate) async fn office_accounts(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<ListEntry>> {
    let rows: Vec<NamedRow> = connection.all(OFFICE_ACCOUNTS, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|row| ListEntry { account: AccountId(row.id), name: row.name }).collect())
}

/// The chiefs of protocol and the security leads, with whom every access list starts.
pub(crate) async fn leads(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<AccountId>> {
    let rows: Vec<(Uuid,)> = connection.all(LEADS, values![context.office_id()]).await?;
    Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
}

/// Whether there is such an account of the office itself, and not disabled.
pub(crate) async fn is_office_account(context: &RequestContext, connection: &mut impl Connection, account: AccountId) -> Outcome<bool> {
    let row: Option<(Uuid,)> = connection.optional(OFFICE_ACCOUNT, values![context.office_id(), account]).await?;
    Ok(row.is_some())
}
