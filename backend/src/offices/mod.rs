//! Offices: set up at the command line, then kept in Settings.

use crate::{
    accounts::directory::{self, NewAccount},
    audit::{self, Entry},
    context::{Chancery, RequestContext},
    database::Connection,
    error::{Failure, Outcome},
    permits::{ManageAccounts, ManageOffice, authorise, by_other_proof},
    statements, values,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, OfficeId},
    offices::{Office, OfficeDetails},
    permission::{Actor, Facts},
};
use std::sync::Arc;

statements! {
    INSERT = "INSERT INTO offices (id, host_name, revision, body, made_at) VALUES ($1, $2, 1, $3, $4)";
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
    transaction.execute(INSERT, values![id, host_name, body, context.now()]).await?;
    chancery.keys.make_office(&mut transaction, &context).await?;
    audit::record(&context, &mut transaction, Entry::done(Intent::SetUpOffice).thing(ThingKind::Office, id.uuid(), 1)).await?;
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
    directory::insert(context, &mut transaction, &permit, id, &new).await?;
    audit::record(context, &mut transaction, Entry::done(Intent::MakeAccount).thing(ThingKind::Account, id.uuid(), 1)).await?;
    transaction.commit().await?;
    Ok(id)
}
