//! One's own bookings.

use super::store;
use crate::{
    audit::deliveries::{Delivered, deliver},
    context::RequestContext,
    directory::authorise_reading,
    error::Outcome,
    paging::{PageRequest, page},
    permits::ReadRooms,
    rooms::approvals,
};
use domain::{marking::view::BookingView, paging::Page};

/// The bookings that the actor has made and that are not over, by start.
///
/// # Errors
/// When the actor may not look at rooms.
pub async fn list_own_bookings(context: &RequestContext, request: &PageRequest) -> Outcome<Page<BookingView>> {
    authorise_reading::<ReadRooms>(context)?;
    let Some(account) = context.actor().account() else { return Ok(Page { items: Vec::new(), next: None }) };
    let mut connection = context.read().await?;
    let mut bookings = store::of_maker(context, &mut connection, account, context.now()).await?;
    approvals::put_into(context, &mut connection, &mut bookings).await?;
    let seen = bookings.iter().filter_map(|booking| {
        let view = BookingView::of(booking, context.reader())?;
        Some((Delivered::booking(booking, &view), view))
    });
    let Page { items, next } = page(seen.collect(), |(_, view): &(Delivered, BookingView)| view.id.uuid(), request);
    Ok(Page { items: deliver(context, connection, items).await?, next })
}
