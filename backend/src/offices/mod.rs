//! Offices: set up at the command line, where they get their host names too, and else kept in Settings.

mod address;

pub use address::public_address;

use crate::{
    accounts::directory::{self, NewAccount},
    audit::{self, Entry, chain::Digest},
    context::{Chancery, RequestContext},
    database::{Connection, DatabaseError, WriteTransaction},
    error::{Failure, Outcome},
    permits::{ManageAccounts, ManageOffice, ReadOffice, authorise, by_other_proof},
    revisions, statements, values,
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, OfficeId},
    offices::{HostName, Office, OfficeDetails, OfficeInput},
    permission::{Actor, Facts},
    problems::Problem,
};
use serde::Serialize;
use std::sync::Arc;

statements! {
    INSERT = "INSERT INTO offices (id, host_name, revision, body, made_at) VALUES ($1, $2, 1, $3, $4)";
    ONE = "SELECT host_name, revision, body FROM offices WHERE id = $1";
    UPDATE = "UPDATE offices SET host_name = $2, revision = $3, body = $4 WHERE id = $1 AND revision = $5";
}

/// What is kept of an office at each revision: its host name stands beside what is said of it.
#[derive(Serialize)]
struct Kept<'a> {
    host_name: Option<&'a HostName>,
    #[serde(flatten)]
    details: &'a OfficeDetails,
}

fn written(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string(value).map_err(|_| Failure::Corrupt { what: "office" })
}

/// A host name that another office bears is a field that is wrong; nothing else of an office is unique.
fn host_taken(error: DatabaseError) -> Failure {
    match error {
        DatabaseError::Duplicate => Failure::field("host_name", Problem::AlreadyTaken),
        other => other.into(),
    }
}

/// Sets up an office with its key, and the entry that opens its record. Done by the operator.
///
/// # Errors
/// When another office bears the host name, the database refuses, or there is no randomness.
pub async fn set_up_office(
    chancery: &Chancery,
    id: OfficeId,
    host_name: Option<HostName>,
    details: OfficeDetails,
) -> Outcome<RequestContext> {
    let office = Arc::new(Office { id, host_name, revision: 1, details });
    let context = chancery.context(office.clone(), Actor::operator(id));
    authorise::<ManageOffice>(&context, Facts::NONE)?;
    let body = written(&office.details)?;
    let host = office.host_name.as_ref().map(HostName::as_str);
    let mut transaction = chancery.database.write().await?;
    transaction.execute(INSERT, values![id, host, &body, context.now()]).await.map_err(host_taken)?;
    chancery.keys.make_office(&mut transaction, &context).await?;
    let digest = append(&context, &mut transaction, &office).await?;
    let entry = Entry::done(Intent::SetUpOffice).digest(digest).thing(ThingKind::Office, id.uuid(), 1);
    audit::record(&context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(context)
}

/// Makes an office's account at the command line: the first one, or one the operator is asked for.
///
/// # Errors
/// When the actor may not, or the address is taken.
pub async fn make_account(context: &RequestContext, new: NewAccount) -> Outcome<AccountId> {
    let permit =
        if context.actor().is_operator() { by_other_proof::<ManageAccounts>() } else { authorise::<ManageAccounts>(context, Facts::NONE)? };
    let id = context.new_id::<AccountId>();
    let mut transaction = context.write().await?;
    let digest = directory::insert(context, &mut transaction, &permit, id, &new).await?;
    let entry = Entry::done(Intent::MakeAccount).digest(digest).thing(ThingKind::Account, id.uuid(), 1);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(id)
}

pub(crate) async fn current(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Office> {
    let row: (Option<String>, i64, String) = connection.optional(ONE, values![context.office_id()]).await?.ok_or(Failure::NotFound)?;
    let (host_name, revision, body) = row;
    let details = serde_json::from_str(&body).map_err(|_| Failure::Corrupt { what: "office" })?;
    Ok(Office { id: context.office_id(), host_name: host_name.and_then(|name| HostName::parse(&name).ok()), revision, details })
}

async fn append(context: &RequestContext, transaction: &mut WriteTransaction, office: &Office) -> Outcome<Digest> {
    let kept = written(&Kept { host_name: office.host_name.as_ref(), details: &office.details })?;
    revisions::append(transaction, context, ThingKind::Office, office.id.uuid(), office.revision, Some(&kept)).await
}

/// Writes down the next revision of an office, and its entry in the record.
async fn change(context: &RequestContext, transaction: &mut WriteTransaction, before: i64, office: &Office) -> Outcome<()> {
    let host = office.host_name.as_ref().map(HostName::as_str);
    let values = values![office.id, host, office.revision, written(&office.details)?, before];
    if transaction.execute(UPDATE, values).await.map_err(host_taken)? != 1 {
        return Err(Failure::Stale);
    }
    let digest = append(context, transaction, office).await?;
    let entry = Entry::done(Intent::ChangeOffice).digest(digest).thing(ThingKind::Office, office.id.uuid(), office.revision);
    audit::record(context, transaction, entry).await
}

/// What is said of the office, to those who work in it and to those who set it up. Its version is the ETag of what is given.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn read_office(context: &RequestContext) -> Outcome<OfficeDetails> {
    if authorise::<ManageOffice>(context, Facts::NONE).is_err() {
        authorise::<ReadOffice>(context, Facts::NONE)?;
    }
    Ok(current(context, &mut context.read().await?).await?.details)
}

/// Changes the office, if it is still as its author saw it. Times that are kept already stay in the zones they were kept in.
///
/// # Errors
/// When the actor may not, the office changed meanwhile, or something given is wrong.
pub async fn change_office(context: &RequestContext, input: OfficeInput, seen: &Seen) -> Outcome<OfficeDetails> {
    authorise::<ManageOffice>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let office = current(context, &mut transaction).await?;
    seen.check(&ETag::of(&office.details)?)?;
    let details = input.onto(Some(&office.details), context.zones())?;
    let changed = Office { revision: office.revision + 1, details, ..office };
    change(context, &mut transaction, office.revision, &changed).await?;
    transaction.commit().await?;
    Ok(changed.details)
}

/// Gives the office the host name by which requests choose it from then on. Done at the command line: it goes with a name of the
/// network and what its proxy passes on. To give it the name that it has does nothing.
///
/// # Errors
/// When the actor may not, another office bears the name, or the database refuses.
pub async fn set_host_name(context: &RequestContext, host_name: HostName) -> Outcome<()> {
    authorise::<ManageOffice>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let office = current(context, &mut transaction).await?;
    if office.host_name.as_ref() == Some(&host_name) {
        return Ok(());
    }
    let changed = Office { host_name: Some(host_name), revision: office.revision + 1, ..office };
    change(context, &mut transaction, office.revision, &changed).await?;
    transaction.commit().await?;
    Ok(())
}
