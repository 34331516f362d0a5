//! Closing a room.

use super::{
    ROOT,
    body::{Body, Id, Keyed, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use backend::{
    RequestContext,
    rooms::{
        blackouts::read_blackout,
        closing::{self, preview_closing},
    },
};
use domain::{
    ids::{BlackoutId, RoomId},
    marking::view::{BlackoutView, ClosingPreview},
    rooms::closing::ClosingInput,
};

/// What the closing of a room would hurt, without closing it: each use the requester may read, with where it would go, all of them
/// together; what was said of some is kept, and the others go round it. What may not be read stays where it is.
#[utoipa::path(post, path = "/rooms/{id}/closing/check", tag = "rooms", params(("id" = RoomId, Path)),
    request_body = ClosingInput, responses((status = 200, body = ClosingPreview)))]
pub(super) async fn check_closing(
    Authenticated(context): Authenticated,
    Id(id): Id<RoomId>,
    Body(input): Body<ClosingInput>,
) -> Result<Sent<ClosingPreview>, Problem> {
    Ok(Sent(preview_closing(&context, id, &input).await?))
}

/// Closes a room and moves what that hurts as was said, in one step. `seen` is the version of the check. If what is hurt changed since,
/// or some of it cannot go where it was to go, nothing is done, and the answer is 409 with all of it anew.
#[utoipa::path(post, path = "/rooms/{id}/closing", tag = "rooms", params(("id" = RoomId, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ClosingInput, responses((status = 201, body = BlackoutView)))]
pub(super) async fn close_room(
    Authenticated(context): Authenticated,
    Id(id): Id<RoomId>,
    keyed: Keyed<ClosingInput>,
) -> Result<Versioned<BlackoutView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = closing::close_room(&context, id, &input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { read_blackout(&context, BlackoutId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/blackouts/{}", view.id), view))
}
