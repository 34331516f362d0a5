//! What the last release to a reader's audience says otherwise than the one before it.

use super::{AsItStands, authorise_reading, is_released_to, own_audiences, store};
use crate::{
    audit::deliveries::{Delivered, delivered},
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
};
use domain::{
    ids::VisitId,
    marking::Reader,
    releases::{Audience, Difference, DifferenceView, ReleaseView, difference},
};

/// The last release to an audience the actor belongs to with the one before it that was made to the actor, both as a reader sees
/// them today.
pub(crate) async fn last_two(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audience: Option<Audience>,
    reader: &Reader,
) -> Outcome<Option<(ReleaseView, Option<ReleaseView>)>> {
    two_of(context, connection, visit, &own_audiences(context, visit, audience), reader).await
}

async fn two_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    visit: VisitId,
    audiences: &[Audience],
    reader: &Reader,
) -> Outcome<Option<(ReleaseView, Option<ReleaseView>)>> {
    if !is_released_to(context, connection, visit, audiences).await? {
        return Ok(None);
    }
    let Some(now) = AsItStands::load(context, connection, visit).await? else { return Ok(None) };
    let Some(last) = now.latest(connection, audiences, reader).await? else { return Ok(None) };
    let before = now.before(connection, &last, reader).await?;
    Ok(Some((last, before)))
}

/// What the last release of a visit to an audience that the reader belongs to says otherwise than the one before it that was made to
/// the reader. Without an audience, to the best informed of them.
///
/// # Errors
/// When nothing of such a visit was released to this reader, or the database refuses.
pub async fn read_difference(context: &RequestContext, visit: VisitId, audience: Option<Audience>) -> Outcome<DifferenceView> {
    authorise_reading(context)?;
    read(context, visit, &own_audiences(context, visit, audience)).await?.ok_or(Failure::NotFound)
}

/// The same of the release of a visit that the reader is asked to acknowledge; none where the reader is asked of none.
///
/// # Errors
/// When the database refuses.
pub async fn read_asked_difference(context: &RequestContext, visit: VisitId) -> Outcome<Option<DifferenceView>> {
    let asked = Audience::asked_of(context.actor(), visit);
    if asked.is_empty() {
        return Ok(None);
    }
    authorise_reading(context)?;
    read(context, visit, &asked).await
}

async fn read(context: &RequestContext, visit: VisitId, audiences: &[Audience]) -> Outcome<Option<DifferenceView>> {
    let mut connection = context.read().await?;
    let Some((last, before)) = two_of(context, &mut connection, visit, audiences, context.reader()).await? else { return Ok(None) };
    let acknowledged_at = store::acknowledged_at(context, &mut connection, last.head.id).await?;
    let told = before.as_ref().map_or_else(Difference::default, |before| difference(before.contents(), last.contents()));
    let heads = std::iter::once(&last.head).chain(before.as_ref().map(|before| &before.head));
    let things: Vec<Delivered> = heads.filter_map(|head| Delivered::told_of_release(head, &told)).collect();
    let view = DifferenceView {
        since: before.map(|before| before.head.number),
        marking: told.marking(),
        difference: told,
        is_asked: Audience::asked_of(context.actor(), visit).contains(&last.head.audience),
        acknowledged_at,
        head: last.head,
    };
    delivered(context, connection, &things).await?;
    Ok(Some(view))
}
