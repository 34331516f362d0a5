//! The statements of templates.

use crate::{
    audit::chain::Digest,
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    permits::{ManageOffice, Permit},
    revisions, statements, values,
};
use domain::{audit::ThingKind, ids::TemplateId, templates::Template};
use uuid::Uuid;

statements! {
    ONE = "SELECT id, revision, body FROM visit_templates WHERE office_id = $1 AND category = $2";
    INSERT = "INSERT INTO visit_templates (office_id, category, id, revision, body) VALUES ($1, $2, $3, 1, $4)";
    UPDATE = "UPDATE visit_templates SET revision = $3, body = $4 WHERE office_id = $1 AND category = $2 AND revision = $5";
}

/// A template as the office has stored it.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) id: TemplateId,
    pub(crate) revision: i64,
    pub(crate) template: Template,
}

/// The template of a category, by the category's word; none while the office has not changed it.
pub(crate) async fn one(context: &RequestContext, connection: &mut impl Connection, category: &str) -> Outcome<Option<Stored>> {
    let row: Option<(Uuid, i64, String)> = connection.optional(ONE, values![context.office_id(), category]).await?;
    row.map(|(id, revision, body)| {
        let template = serde_json::from_str(&body).map_err(|_| Failure::Corrupt { what: "template" })?;
        Ok(Stored { id: TemplateId(id), revision, template })
    })
    .transpose()
}

/// Writes the template of a category: the first of its own, or in place of the one that was seen.
pub(crate) async fn write(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    _permit: &Permit<ManageOffice>,
    category: &str,
    seen: Option<&Stored>,
    template: &Template,
) -> Outcome<(TemplateId, i64, Digest)> {
    let body = serde_json::to_string(template).map_err(|_| Failure::Corrupt { what: "template" })?;
    let (id, revision) = seen.map_or_else(|| (context.new_id(), 1), |seen| (seen.id, seen.revision + 1));
    match seen {
        None => {
            transaction.execute(INSERT, values![context.office_id(), category, id, body.as_str()]).await?;
        }
        Some(seen) => {
            let values = values![context.office_id(), category, revision, body.as_str(), seen.revision];
            if transaction.execute(UPDATE, values).await? != 1 {
                return Err(Failure::Stale);
            }
        }
    }
    let digest = revisions::append(transaction, context, ThingKind::Template, id.uuid(), revision, Some(&body)).await?;
    Ok((id, revision, digest))
}
