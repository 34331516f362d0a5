//! On what terms rooms may be used around a stretch of time: when they are open, and what blacks them out.

use crate::{
    context::RequestContext,
    error::{Failure, Outcome},
};
use domain::{
    clash::{Place, RoomTerms, TravelTimes},
    rooms::{Room, Site, terms::open_spans},
    time::Span,
};

/// The terms of some rooms for all that is used of them within a stretch of time.
///
/// # Errors
/// When a room's site is not among these.
pub(crate) fn terms_of(context: &RequestContext, rooms: &[Room], sites: &[Site], within: Span) -> Outcome<Vec<RoomTerms>> {
    let terms = rooms.iter().map(|room| {
        let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        let open = open_spans(&room.details, &site.details.holidays, &site.details.zone, within, context.zones());
        Ok(RoomTerms::of(room.id, &room.details, open, Vec::new()))
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
