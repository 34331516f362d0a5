//! Why something was done for which the rules want a reason: a marking lowered, a clash overridden.
//!
//! A reason is kept beside the revision it came with, as long as that is, and always sealed: what is said in it may be as high as
//! what it is about. The record names the revision, and never the words.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    parts::{Row, Sealer},
    statements, values,
};
use domain::{audit::ThingKind, marking::Marking, problems::Problem, text::Prose};
use uuid::Uuid;

statements! {
    KEEP = "INSERT INTO reasons (office_id, kind, thing_id, revision, sealed, key_id) VALUES ($1, $2, $3, $4, $5, $6)";
}

/// How a reason is sealed, whatever it is about.
const SEALED_AS: Marking = Marking::AmberStrict;

/// Keeps the reason given with a revision, if one was.
///
/// # Errors
/// When it is too long or bears control characters, or the database refuses.
pub(crate) async fn keep(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    kind: ThingKind,
    thing: Uuid,
    revision: i64,
    reason: Option<&str>,
) -> Outcome<()> {
    let given = Prose::parse_optional(reason.unwrap_or_default()).map_err(|problem| Failure::field("reason", Problem::from(problem)))?;
    let Some(reason) = given else { return Ok(()) };
    let mut sealer = Sealer::new(context, Row { table: "reasons", id: thing, revision });
    let sealed = sealer.text("reason", SEALED_AS, reason.as_str())?;
    let key = sealer.finish(transaction).await?;
    let sealed = serde_json::to_string(&sealed).map_err(|_| Failure::Sealing)?;
    transaction.execute(KEEP, values![context.office_id(), kind.word(), thing, revision, sealed, key]).await?;
    Ok(())
}
