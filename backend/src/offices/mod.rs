//! Offices: set up at the command line, then kept in Settings.

use crate::{
    accounts::directory::{self, NewAccount},
    audit::{self, Entry},
    context::{Chancery, RequestContext},
    database::Connection,
    error::{Failure, Outcome},
    permits::{ManageAccounts, ManageOffice, ReadOffice, authorise, by_other_proof},
    revisions, statements, values,
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, OfficeId},
    offices::{Office, OfficeDetails, OfficeInput},
    permission::{Actor, Facts},
};
use std::sync::Arc;

statements! {
    INSERT = "INSERT INTO offices (id, host_name, revision, body, made_at) VALUES ($1, $2, 1, $3, $4)";
    ONE = "SELECT revision, body FROM offices WHERE id = $1";
    UPDATE = "UPDATE offices SET revision = $2, body = $3 WHERE id = $1 AND revision = $4";
}

/// Sets up an office with its key, and the entry that opens its record. Done by the operator.
///
/// # Errors
/// When the database refuses, or there is no randomness.
pub async fn set_up_office(chancery: &Chancery, id: OfficeId, host_name: Option<&str>, details: OfficeDetails) -> Outcome<RequestContext> {
    let office = Arc::new(Office { id, revision: 1, details });
    let context = chancery.context(office.clone(), Actor::operator(id));
    authorise::<ManageOffice>(&context, Facts::NONE)?;
    let body = serde_json::to_string(&office.details).map_err(|_| Failure::Corrupt { what: "office" })?;
    let mut transaction = chancery.database.write().await?;
    transaction.execute(INSERT, values![id, host_name, &body, context.now()]).await?;
    chancery.keys.make_office(&mut transaction, &context).await?;
    let digest = revisions::append(&mut transaction, &context, ThingKind::Office, id.uuid(), 1, Some(&body)).await?;
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
    let row: (i64, String) = connection.optional(ONE, values![context.office_id()]).await?.ok_or(Failure::NotFound)?;
    let details = serde_json::from_str(&row.1).map_err(|_| Failure::Corrupt { what: "office" })?;
    Ok(Office { id: context.office_id(), revision: row.0, details })
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
    let body = serde_json::to_string(&details).map_err(|_| Failure::Corrupt { what: "office" })?;
    let (id, revision) = (office.id, office.revision + 1);
    if transaction.execute(UPDATE, values![id, revision, &body, office.revision]).await? != 1 {
        return Err(Failure::Stale);
    }
    let digest = revisions::append(&mut transaction, context, ThingKind::Office, id.uuid(), revision, Some(&body)).await?;
    let entry = Entry::done(Intent::ChangeOffice).digest(digest).thing(ThingKind::Office, id.uuid(), revision);
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(details)
}
