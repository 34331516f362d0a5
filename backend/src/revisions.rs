//! History: every change appends a full revision, in the form it is stored in, sealed parts sealed.

use crate::{
    audit::chain::{Digest, Salt, salted_digest},
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
};
use domain::audit::ThingKind;
use uuid::Uuid;

statements! {
    APPEND = "INSERT INTO revisions (office_id, kind, thing_id, revision, body, changed_at, changed_by, request_id, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Appends a revision of a thing; without a body, the thing was removed. Gives the digest by which the record is bound to it.
///
/// # Errors
/// When the database refuses, or there is no randomness for the salt.
pub(crate) async fn append(
    transaction: &mut WriteTransaction,
    context: &RequestContext,
    kind: ThingKind,
    thing: Uuid,
    revision: i64,
    body: Option<&str>,
) -> Outcome<Digest> {
    let salt = Salt::draw(context.chancery().keys.random()).map_err(|_| Failure::Machine { what: "randomness" })?;
    let by = context.actor().account();
    let values =
        values![context.office_id(), kind.word(), thing, revision, body, context.now(), by, context.request_id(), salt.as_bytes().to_vec()];
    transaction.execute(APPEND, values).await?;
    Ok(salted_digest(&salt, body.unwrap_or_default().as_bytes()))
}
