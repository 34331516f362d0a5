//! Lines of a programme moved or copied together.

use super::body::{Body, Id, Sent, whole};
use crate::{problem::Problem, requester::Authenticated};
use backend::programme::shift;
use domain::{
    ids::VisitId,
    marking::view::{ItemView, ShiftView},
    paging::Page,
    programme::shift::{ShiftInput, Shifting},
};

/// Lines as they would be moved together, without moving them: where each goes on its own clocks, which stay and why, what is wrong
/// with a time, and what would stand in the way of each when all of them are there.
#[utoipa::path(post, path = "/visits/{id}/items/move/check", tag = "programme", params(("id" = VisitId, Path)),
    request_body = ShiftInput, responses((status = 200, body = ShiftView)))]
pub(super) async fn check_move(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<ShiftInput>,
) -> Result<Sent<ShiftView>, Problem> {
    Ok(Sent(shift::check_shift(&context, visit, Shifting::Move, &input).await?))
}

/// Moves lines together in one step and answers with those that moved. `seen` is the version of the check. If a line changed since, or
/// one cannot go where it was to go, nothing is done, and the answer is 409 with all of it anew.
#[utoipa::path(post, path = "/visits/{id}/items/move", tag = "programme", params(("id" = VisitId, Path)),
    request_body = ShiftInput, responses((status = 200, body = Page<ItemView>)))]
pub(super) async fn move_items(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<ShiftInput>,
) -> Result<Sent<Page<ItemView>>, Problem> {
    Ok(Sent(whole(shift::shift_lines(&context, visit, Shifting::Move, &input).await?)))
}

/// The copies of lines as they would be made, without making them.
#[utoipa::path(post, path = "/visits/{id}/items/copy/check", tag = "programme", params(("id" = VisitId, Path)),
    request_body = ShiftInput, responses((status = 200, body = ShiftView)))]
pub(super) async fn check_copy(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<ShiftInput>,
) -> Result<Sent<ShiftView>, Problem> {
    Ok(Sent(shift::check_shift(&context, visit, Shifting::Copy, &input).await?))
}

/// Copies lines in one step, as wishes that hold nothing, and answers with the copies. `seen` is the version of the check; with it
/// they are copied once. What who asks may not read of a line is not copied.
#[utoipa::path(post, path = "/visits/{id}/items/copy", tag = "programme", params(("id" = VisitId, Path)),
    request_body = ShiftInput, responses((status = 200, body = Page<ItemView>)))]
pub(super) async fn copy_items(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Body(input): Body<ShiftInput>,
) -> Result<Sent<Page<ItemView>>, Problem> {
    Ok(Sent(whole(shift::shift_lines(&context, visit, Shifting::Copy, &input).await?)))
}
