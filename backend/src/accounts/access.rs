//! From a token to who acts: rights are read anew for every request, so that a removal holds from the next answer on.

use super::{
    grants::{self, Granted},
    tokens::{TokenHash, TokenKind},
};
use crate::{
    context::{Chancery, RequestContext},
    database::{Connection, DatabaseError},
    error::{Failure, Outcome},
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::Role,
    ids::{AccountId, ItemId, MissionId, OfficeId, SessionId, VisitId},
    marking::{Marking, Reader},
    offices::{HostName, Office},
    permission::Actor,
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

/// How long a session lives without being used.
pub const IDLE_HOURS: i64 = 12;

/// How long a session lives at most.
pub const ABSOLUTE_DAYS: i64 = 14;

/// A session's use is written down once in so long: not every request is a write.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

statements! {
    SESSION = "SELECT s.id, s.account_id, s.seen_at, s.idle_ends_at, s.ends_at, s.kind, a.name, a.email, a.person_id, a.mission_id, a.confirmed, a.suspended_above_green, a.ends_on \
        FROM sessions s JOIN accounts a ON a.office_id = s.office_id AND a.id = s.account_id \
        WHERE s.office_id = $1 AND s.token_hash = $2 AND s.revoked_at IS NULL AND a.disabled_at IS NULL";
    ACCOUNT = "SELECT id, name, email, person_id, mission_id, confirmed, suspended_above_green, ends_on FROM accounts WHERE office_id = $1 AND id = $2 AND disabled_at IS NULL";
    EVERYBODY = "SELECT a.id, a.name, a.email, a.person_id, a.mission_id, a.confirmed, a.suspended_above_green, a.ends_on, m.name AS mission \
        FROM accounts a LEFT JOIN missions m ON m.office_id = a.office_id AND m.id = a.mission_id \
        WHERE a.office_id = $1 AND a.disabled_at IS NULL ORDER BY a.name, a.id";
    TOUCH = "UPDATE sessions SET seen_at = $3, idle_ends_at = $4 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    LINES = "SELECT item_id FROM item_people WHERE office_id = $1 AND person_id = $2";
    OFFICES = "SELECT id, host_name, revision, body FROM offices ORDER BY id";
}

/// Who is signed in, as the pages greet them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session, to be ended by its owner.
    pub session: SessionId,
    /// The account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// The person whose engagements are the account's own.
    pub person: Option<domain::ids::PersonId>,
}

#[derive(sqlx_macros::FromRow)]
struct SessionRow {
    id: Uuid,
    account_id: Uuid,
    seen_at: DateTime<Utc>,
    idle_ends_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    kind: String,
    name: String,
    email: String,
    person_id: Option<Uuid>,
    mission_id: Option<Uuid>,
    confirmed: bool,
    suspended_above_green: bool,
    ends_on: Option<String>,
}

#[derive(sqlx_macros::FromRow)]
struct AccountRow {
    id: Uuid,
    name: String,
    email: String,
    person_id: Option<Uuid>,
    mission_id: Option<Uuid>,
    confirmed: bool,
    suspended_above_green: bool,
    ends_on: Option<String>,
}

#[derive(sqlx_macros::FromRow)]
struct OfficeRow {
    id: Uuid,
    host_name: Option<String>,
    revision: i64,
    body: String,
}

impl OfficeRow {
    fn into_office(self) -> Outcome<Office> {
        let details = serde_json::from_str(&self.body).map_err(|_| Failure::Corrupt { what: "office" })?;
        Ok(Office { id: OfficeId(self.id), host_name: self.host(), revision: self.revision, details })
    }

    /// Its host name. What was written down before names were checked and is none can't be asked for, and is as good as none.
    fn host(&self) -> Option<HostName> {
        HostName::parse(self.host_name.as_deref()?).ok()
    }
}

/// The office that a request is for, by its Host header ([`HostName::choose`]).
///
/// # Errors
/// When there is none, or the database refuses.
pub async fn office_of(chancery: &Chancery, host: Option<&str>) -> Outcome<Arc<Office>> {
    let rows: Vec<OfficeRow> = chancery.database.read().await?.all(OFFICES, values![]).await?;
    let hosts: Vec<Option<HostName>> = rows.iter().map(OfficeRow::host).collect();
    let chosen = HostName::choose(&hosts, host.and_then(HostName::asked_for).as_ref());
    let row = chosen.and_then(|number| rows.into_iter().nth(number)).ok_or(Failure::NotFound)?;
    row.into_office().map(Arc::new)
}

/// All offices, for commands.
///
/// # Errors
/// When the database refuses.
pub async fn offices(chancery: &Chancery) -> Outcome<Vec<Office>> {
    let rows: Vec<OfficeRow> = chancery.database.read().await?.all(OFFICES, values![]).await?;
    rows.into_iter().map(OfficeRow::into_office).collect()
}

/// The token a request bears.
#[derive(Debug, Clone, Copy)]
pub struct Borne<'a> {
    /// Where it came from.
    pub kind: TokenKind,
    /// Its text.
    pub text: &'a str,
}

/// Who bears a token, and what is known of its use.
struct Found {
    actor: Actor,
    signed_in: SignedIn,
    kind: TokenKind,
    seen_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// Who bears a token. A token that is unknown, ended or revoked is nobody's, and says nothing of why.
///
/// # Errors
/// When the database refuses.
pub async fn actor_of(context: &RequestContext, borne: Borne<'_>) -> Outcome<Option<(Actor, SignedIn)>> {
    let Some(Found { actor, signed_in, kind, seen_at, ends_at }) = bearer(context, borne).await? else { return Ok(None) };
    let now = context.now();
    if now - seen_at >= SEEN_EVERY {
        let mut transaction = context.chancery().database.write().await?;
        // A program may be silent for months: a token of the API has its end and no idle one.
        let idle = if kind == TokenKind::Api { ends_at } else { (now + TimeDelta::hours(IDLE_HOURS)).min(ends_at) };
        transaction.execute(TOUCH, values![context.office_id(), signed_in.session, now, idle]).await?;
        transaction.commit().await?;
    }
    Ok(Some((actor, signed_in)))
}

/// Who bears a token that is not used but only lies in an open page: a page that nobody looks at does not keep its session alive.
///
/// # Errors
/// When the database refuses.
pub async fn actor_of_open_page(context: &RequestContext, borne: Borne<'_>) -> Outcome<Option<(Actor, SignedIn)>> {
    Ok(bearer(context, borne).await?.map(|found| (found.actor, found.signed_in)))
}

async fn bearer(context: &RequestContext, borne: Borne<'_>) -> Outcome<Option<Found>> {
    let Ok(hash) = TokenHash::of(borne.kind, borne.text) else { return Ok(None) };
    let mut connection = context.read().await?;
    let values = values![context.office_id(), hash.as_bytes().to_vec()];
    let Some(row) = connection.optional::<SessionRow>(SESSION, values).await? else { return Ok(None) };
    let now = context.now();
    let kind = if row.kind == "api" { TokenKind::Api } else { TokenKind::Session };
    if kind != borne.kind || now >= row.ends_at || now >= row.idle_ends_at {
        return Ok(None);
    }
    let (session, seen_at, ends_at) = (SessionId(row.id), row.seen_at, row.ends_at);
    let account = AccountRow {
        id: row.account_id,
        name: row.name,
        email: row.email,
        person_id: row.person_id,
        mission_id: row.mission_id,
        confirmed: row.confirmed,
        suspended_above_green: row.suspended_above_green,
        ends_on: row.ends_on,
    };
    let Some(actor) = actor(context, &mut connection, &account).await? else { return Ok(None) };
    let signed_in =
        SignedIn { session, account: AccountId(account.id), name: account.name, person: account.person_id.map(domain::ids::PersonId) };
    Ok(Some(Found { actor, signed_in, kind, seen_at, ends_at }))
}

/// An account as it acts now: for a feed at the moment of fetching, and for `--as` at the command line.
///
/// # Errors
/// When the database refuses.
pub async fn actor_of_account(context: &RequestContext, id: AccountId) -> Outcome<Option<(Actor, String)>> {
    let mut connection = context.read().await?;
    let Some(row) = connection.optional::<AccountRow>(ACCOUNT, values![context.office_id(), id]).await? else { return Ok(None) };
    let name = row.email.clone();
    Ok(actor(context, &mut connection, &row).await?.map(|actor| (actor, name)))
}

#[derive(sqlx_macros::FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    account: AccountRow,
    mission: Option<String>,
}

/// An account, as it acts now as far as one visit goes.
pub(crate) struct Known {
    /// Who acts. Of lists and attachments it has that visit's alone, and it is named on no line.
    pub(crate) actor: Actor,
    /// The account's name.
    pub(crate) name: String,
    /// Its mission's name.
    pub(crate) mission: Option<String>,
}

/// Every account that may sign in, as it acts now as far as one visit goes; the office's own before those of
/// missions, by name.
pub(crate) async fn everybody(context: &RequestContext, connection: &mut impl Connection, visit: VisitId) -> Outcome<Vec<Known>> {
    let mut granted = grants::of_a_visit(context, connection, visit).await?;
    let rows: Vec<KnownRow> = connection.all(EVERYBODY, values![context.office_id()]).await?;
    let mut everybody = Vec::new();
    for KnownRow { account, mission } in rows {
        if has_ended(context, &account)? {
            continue;
        }
        let attached =
            account.mission_id.and_then(|mission| granted.get(&mission)).map(|granted| granted.attached.clone()).unwrap_or_default();
        let own = granted.remove(&account.id).unwrap_or_default();
        let actor = actor_with(context, &account, own, attached, BTreeSet::new());
        everybody.push(Known { actor, name: account.name, mission });
    }
    // The engines differ in where they put who has no mission.
    everybody.sort_by(|one, other| one.mission.cmp(&other.mission));
    Ok(everybody)
}

fn has_ended(context: &RequestContext, account: &AccountRow) -> Outcome<bool> {
    let ended =
        account.ends_on.as_deref().map(str::parse::<chrono::NaiveDate>).transpose().map_err(|_| Failure::Corrupt { what: "account" })?;
    Ok(ended.is_some_and(|day| context.today() > day))
}

async fn actor(context: &RequestContext, connection: &mut impl Connection, account: &AccountRow) -> Outcome<Option<Actor>> {
    if has_ended(context, account)? {
        return Ok(None);
    }
    let granted = grants::of(context, connection, account.id).await?;
    let (mut attached, mut lines) = (Vec::new(), BTreeSet::new());
    match (account.mission_id, account.person_id) {
        (Some(mission), _) => attached = grants::of(context, connection, mission).await?.attached,
        (None, Some(person)) => {
            let rows: Vec<(Uuid,)> = connection.all(LINES, values![context.office_id(), person]).await?;
            lines = rows.into_iter().map(|(id,)| ItemId(id)).collect();
        }
        (None, None) => {}
    }
    Ok(Some(actor_with(context, account, granted, attached, lines)))
}

#[expect(clippy::disallowed_methods, reason = "here it is known who signed in, and with which rights")]
fn actor_with(context: &RequestContext, account: &AccountRow, granted: Granted, attached: Vec<VisitId>, lines: BTreeSet<ItemId>) -> Actor {
    let id = AccountId(account.id);
    let roles: BTreeSet<Role> = granted.roles.into_iter().collect();
    let reader = match account.mission_id {
        Some(mission) => {
            let confirmed = account.confirmed && !account.suspended_above_green;
            Reader::mission(id, MissionId(mission), confirmed, attached.into_iter().collect())
        }
        None => {
            let ceiling = granted.ceiling.unwrap_or(Marking::Clear);
            let ceiling = if account.suspended_above_green { ceiling.min(Marking::Green) } else { ceiling };
            Reader::office(id, ceiling, granted.listed.into_iter().collect(), lines)
        }
    };
    Actor::new(context.office_id(), roles, reader)
}

/// Whether the database answers, for readiness.
///
/// # Errors
/// When it does not.
pub async fn is_reachable(chancery: &Chancery) -> Result<(), DatabaseError> {
    let _offices: Vec<OfficeRow> = chancery.database.read().await?.all(OFFICES, values![]).await?;
    Ok(())
}
