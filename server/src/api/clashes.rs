//! Checking without saving.

use super::body::{Body, Sent};
use crate::{problem::Problem, requester::Authenticated};
use backend::{clashes, programme, visits};
use domain::{
    ids::{ItemId, VisitId},
    marking::view::ClashView,
    programme::input::ItemInput,
    time::ZoneName,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A line as it would be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// The visit.
    visit_id: VisitId,
    /// The line it would change; none for a new one.
    item_id: Option<ItemId>,
    /// The line.
    item: ItemInput,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// The clashes, as far as the requester may know.
    clashes: Vec<ClashView>,
}

domain::viewed_by! { Found { clashes } }

/// Checks a line without saving it, by the same rules as a save.
#[utoipa::path(post, path = "/clashes", tag = "programme", request_body = Check, responses((status = 200, body = Found)))]
pub(super) async fn check_clashes(Authenticated(context): Authenticated, Body(check): Body<Check>) -> Result<Sent<Found>, Problem> {
    let refusal = programme::check_programme_item(&context, check.visit_id, check.item, check.item_id).await?;
    let visit = visits::read_visit(&context, check.visit_id).await?;
    let zone = ZoneName::parse(&visit.zone).unwrap_or_else(|_| context.office().details.zone.clone());
    let clashes = if refusal.clashes.is_empty() { Vec::new() } else { clashes::in_words(&context, &refusal, &zone).await? };
    Ok(Sent(Found { clashes }))
}
