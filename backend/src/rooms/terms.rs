//! On what terms rooms may be used around a stretch of time: when they are open, and what blacks them out.

use super::blackouts;
use crate::{
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
};
use domain::{
    clash::{Place, RoomTerms, TravelTimes},
    rooms::{
        Room, Site,
        terms::{Holiday, holidays_at, open_spans},
    },
    time::Span,
};

/// The holidays of a site, those of the office among them.
pub(crate) fn holidays_of(context: &RequestContext, site: &Site) -> Vec<Holiday> {
    holidays_at(&context.office().details.holidays, &site.details.holidays)
}

/// When a room at a site is open around a stretch of time; none if it always is.
pub(crate) fn open_at(context: &RequestContext, room: &Room, site: &Site, within: Span) -> Option<Vec<Span>> {
    open_spans(&room.details, &holidays_of(context, site), &site.details.zone, within, context.zones())
}

/// The terms of some rooms for all that is used of them within a stretch of time: one statement, however many rooms there are.
///
/// # Errors
/// When a room's site is not among these, or the database refuses.
pub(crate) async fn terms_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    rooms: &[Room],
    sites: &[Site],
    within: Span,
) -> Outcome<Vec<RoomTerms>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let blackouts = blackouts::store::spans(context, connection, within).await?;
    let terms = rooms.iter().map(|room| {
        let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        let open = open_at(context, room, site, within);
        let blacked_out = blackouts.iter().filter(|(of, _)| blackouts::is_of(*of, room)).map(|(_, span)| *span);
        Ok(RoomTerms::of(room.id, &room.details, open, blacked_out.collect()))
    });
    terms.collect()
}

/// The travel times between sites, as they say them.
pub(crate) fn travel_between(sites: &[Site]) -> TravelTimes {
    let mut times = TravelTimes::new();
    for site in sites {
        for way in &site.details.travel {
            times.set(Place::Site(site.id), Place::Site(way.to), way.minutes);
        }
    }
    times
}
