//! The day itself: lines as they begin and end, and the rest of a day moved.

use super::body::{Body, Id, IfMatch, Sent, Versioned, whole};
use crate::{problem::Problem, requester::Authenticated};
use backend::programme::{self, rest};
use domain::{
    ids::{ItemId, VisitId},
    marking::view::{ItemView, RestView},
    paging::Page,
    programme::day::{ActualInput, rest::RestInput},
};

/// Takes down that a line began or ended, now or when it is said, or takes back what was taken down last. When it was planned stays.
#[utoipa::path(post, path = "/items/{id}/actual", tag = "programme", params(("id" = ItemId, Path), ("If-Match" = Option<String>, Header)),
    request_body = ActualInput, responses((status = 200, body = ItemView)))]
pub(super) async fn record_actual(
    Authenticated(context): Authenticated,
    Id(id): Id<ItemId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<ActualInput>,
) -> Result<Versioned<ItemView>, Problem> {
    Ok(Versioned::ok(programme::record_actual(&context, id, &input, &seen).await?))
}

/// The rest of a day as it would be moved by some minutes, without moving it: where each line goes, which stay and why, and what would
/// stand in the way of each when all of them are there.
#[utoipa::path(post, path = "/visits/{id}/rest/check", tag = "programme", params(("id" = VisitId, Path)),
    request_body = RestInput, responses((status = 200, body = RestView)))]
pub(super) async fn check_rest(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<RestInput>,
) -> Result<Sent<RestView>, Problem> {
    Ok(Sent(rest::check_rest(&context, visit, &input).await?))
}

/// Moves the rest of a day in one step and answers with the lines that moved. `seen` is the version of the check. If a line changed
/// since, or one cannot go where it was to go, nothing is done, and the answer is 409 with all of it anew.
#[utoipa::path(post, path = "/visits/{id}/rest", tag = "programme", params(("id" = VisitId, Path)),
    request_body = RestInput, responses((status = 200, body = Page<ItemView>)))]
pub(super) async fn move_rest(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<RestInput>,
) -> Result<Sent<Page<ItemView>>, Problem> {
    Ok(Sent(whole(rest::move_rest(&context, visit, &input).await?)))
}
