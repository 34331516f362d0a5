//! When rooms are taken: by what, to who may read it; otherwise that they are.

use super::{
    blackouts::{Shown, is_of, on_board},
    occupancy::Known,
    store,
};
use crate::{
    audit::deliveries::{Delivered, delivered},
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    engagements,
    error::{Failure, Outcome},
    permits::ReadRooms,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::{ResourceId, RoomId},
    marking::{
        Channel, Reader,
        view::{EngagedView, Hidden, Named, RoomAvailability},
    },
    problems::Problem,
    rooms::Site,
    time::Span,
};
use std::collections::HashMap;

/// The longest stretch that is looked at in one go, in days: two months.
pub const LONGEST_WINDOW_DAYS: u32 = 62;

/// A stretch to look at.
///
/// # Errors
/// When it ends before it starts, or is longer than [`LONGEST_WINDOW_DAYS`].
pub(super) fn window(from: DateTime<Utc>, until: DateTime<Utc>) -> Outcome<Span> {
    let window = Span::new(from, until).ok_or_else(|| Failure::field("until", Problem::EndsBeforeStart))?;
    if until - from > TimeDelta::days(i64::from(LONGEST_WINDOW_DAYS)) {
        return Err(Failure::field("until", Problem::TooLongSpan { most_hours: 24 * LONGEST_WINDOW_DAYS }));
    }
    Ok(window)
}

/// When a room, or each room, is taken between two instants. For accounts of the office alone.
///
/// What the reader may read stands with its title; all else is “Reserved”: margins merged in, rounded outward to the quarter of an
/// hour, merged where it touches. So is what is marked TLP:RED, which is on no board. What blacks a room out stands with its cause, or
/// without.
///
/// # Errors
/// When the actor may not, there is no such room, or the stretch is not one or too long.
pub async fn room_availability(
    context: &RequestContext,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    room: Option<RoomId>,
) -> Outcome<Vec<RoomAvailability>> {
    authorise_reading::<ReadRooms>(context)?;
    let window = window(from, until)?;
    let mut connection = context.read().await?;
    let sites = store::sites(context, &mut connection).await?;
    let rooms = match room {
        None => store::rooms(context, &mut connection).await?,
        Some(id) => [store::find(context, &mut connection, id).await?.ok_or(Failure::NotFound)?].into(),
    };
    let directory = OfficeDirectory::of_read_rooms(&rooms, &sites);
    let mut used = Uses::of_rooms(context, &mut connection, &directory, window, room, Channel::Board).await?;
    let blackouts = on_board(context, &mut connection, &rooms, &sites, window, Channel::Board).await?;
    let is_asked_for = |shown: &&Shown| rooms.iter().any(|room| is_of(shown.of, room));
    let mut list = Vec::with_capacity(rooms.len());
    let mut things: Vec<Delivered> = blackouts.iter().filter(is_asked_for).map(|shown| shown.delivered).collect();
    for room in rooms.iter() {
        let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        let named = Named { id: room.id, name: format!("{}, {}", room.details.name, site.details.name) };
        let taken = used.remove(&room.id).unwrap_or_default().shown(named, site, context.reader(), &mut things);
        list.push(taken.closed(blackouts.iter().filter(|shown| is_of(shown.of, room)).map(|shown| &shown.view)));
    }
    delivered(context, connection, &things).await?;
    Ok(list)
}

/// What takes a room, told apart by what its reader may read.
#[derive(Debug, Default)]
pub(super) struct Uses {
    engaged: Vec<EngagedView>,
    hidden: Vec<Hidden>,
    delivered: Vec<Delivered>,
}

impl Uses {
    /// What takes one room, or each, in a stretch of time, as the reader may know it by a channel. The directory names the rooms.
    pub(super) async fn of_rooms(
        context: &RequestContext,
        connection: &mut impl Connection,
        directory: &OfficeDirectory,
        window: Span,
        room: Option<RoomId>,
        channel: Channel,
    ) -> Outcome<HashMap<RoomId, Self>> {
        let engagements = match room {
            None => engagements::store::of_rooms(context, connection, window).await?,
            Some(id) => engagements::store::of_resource(context, connection, ResourceId(id.uuid()), window).await?,
        };
        // From the first use's start to the last one's end: a day more on either side would be as many lines and bookings again.
        let cores = || engagements.iter().map(|engagement| engagement.core);
        let whole = cores().map(Span::starts).min().zip(cores().map(Span::ends).max());
        let whole = whole.and_then(|(starts, ends)| Span::new(starts, ends)).unwrap_or(window);
        let known = Known::of_cores(context, connection, directory, whole, room, channel).await?;
        let mut used: HashMap<RoomId, Self> = HashMap::new();
        for engagement in engagements.iter().filter(|engagement| engagement.is_alive(context.now())) {
            let uses = used.entry(RoomId(engagement.resource.uuid())).or_default();
            match known.on_board(engagement) {
                Ok((view, delivered)) => {
                    uses.delivered.extend(delivered);
                    uses.engaged.push(view);
                }
                Err(hidden) => uses.hidden.push(hidden),
            }
        }
        Ok(used)
    }

    /// The view of them, to be shown under this name; `things` takes in what is delivered by showing it.
    pub(super) fn shown(self, named: Named<RoomId>, site: &Site, reader: &Reader, things: &mut Vec<Delivered>) -> RoomAvailability {
        things.extend(self.delivered);
        RoomAvailability::of(named, site.details.zone.to_string(), self.engaged, self.hidden, reader)
    }
}
