//! One use that waits for its room, with all that is needed to show it and to decide it.

use super::Kept;
use crate::{
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements,
    error::Outcome,
    programme::{self, Prepared, Standing},
    rooms::{self, bookings, occupancy::Known},
    version::ETag,
    visits,
};
use domain::{
    clash::{Engagement, Source},
    ids::{ResourceId, RoomId},
    marking::{
        Channel,
        view::{ApprovalView, BesideView, EngagedView, Hidden, Named},
    },
    rooms::{
        Booking, Room,
        approval::{Approving, losers},
    },
    visits::Visit,
};

/// What waits.
pub(super) enum Thing {
    Booking(Box<Booking>),
    Line { visit: Box<Visit>, prepared: Box<Prepared> },
}

/// A use that waits.
pub(super) struct Case {
    pub(super) kept: Kept,
    pub(super) room: Room,
    pub(super) thing: Thing,
    /// What it takes while it waits; none if its time has come.
    pub(super) own: Option<Engagement>,
    /// What it takes once the room is given to it.
    pub(super) given: Option<Engagement>,
    /// What goes when the room is given to it.
    pub(super) lost: Vec<Engagement>,
}

impl Case {
    /// Gathers it; none if the line or booking is gone, or the room.
    pub(super) async fn of(context: &RequestContext, connection: &mut impl Connection, kept: Kept) -> Outcome<Option<Self>> {
        let Some(room) = rooms::store::find(context, connection, kept.room).await? else { return Ok(None) };
        let Some(thing) = thing_of(context, connection, kept.source).await? else { return Ok(None) };
        let resource = ResourceId(room.id.uuid());
        let own = engagements::store::in_room(context, connection, kept.source, resource).await?;
        let own = own.filter(|own| own.is_alive(context.now()));
        let given = match &thing {
            // It keeps the margins it was asked for with, whatever the room needs by now.
            Thing::Booking(booking) => own.map(|own| Engagement { claim: booking.claim(), ..own }),
            Thing::Line { prepared, .. } => prepared.in_room().copied(),
        };
        let meets = |source: Source| matches!(&thing, Thing::Line { prepared, .. } if prepared.meets(source));
        let lost = match given {
            None => Vec::new(),
            Some(given) => {
                let taken = engagements::store::of_resource(context, connection, resource, given.during()).await?;
                let sources = losers(&given, &taken, context.now());
                taken.into_iter().filter(|it| sources.contains(&it.source) && !meets(it.source)).collect()
            }
        };
        Ok(Some(Self { kept, room, thing, own, given, lost }))
    }

    /// Whether it waits still.
    pub(super) fn is_open(&self) -> bool {
        self.kept.standing == Approving::Awaited && self.own.is_some()
    }

    /// What the reader may know by a channel of what takes its room at its time.
    pub(super) async fn known<'a>(
        &self,
        context: &'a RequestContext,
        connection: &mut impl Connection,
        directory: &'a OfficeDirectory,
        channel: Channel,
    ) -> Outcome<Known<'a>> {
        Known::load(context, connection, directory, self.kept.during, Some(self.room.id), channel).await
    }

    /// It, as the reader may know it; none if its time has come.
    pub(super) fn shown(&self, context: &RequestContext, known: &Known<'_>, room: Named<RoomId>, zone: String) -> Outcome<Option<Seen>> {
        let Some(own) = self.own else { return Ok(None) };
        let mut delivered = Vec::new();
        let mut on_board = |engagement: &Engagement| -> Result<EngagedView, Hidden> {
            let (view, thing) = known.on_board(engagement)?;
            delivered.extend(thing);
            Ok(view)
        };
        let what = on_board(&own);
        let mut engaged = Vec::new();
        let mut hidden = Vec::new();
        for lost in &self.lost {
            match on_board(lost) {
                Ok(view) => engaged.push(view),
                Err(it) => hidden.push(it),
            }
        }
        let pencilled = BesideView::of(engaged, hidden, context.reader());
        let mut view = ApprovalView::of(self.kept.id, room, zone, what, pencilled, context.reader());
        view.version = ETag::of(&view)?.as_str().to_owned();
        Ok(Some(Seen { view, delivered }))
    }
}

/// A view, and what is delivered by showing it.
pub(super) struct Seen {
    pub(super) view: ApprovalView,
    pub(super) delivered: Vec<crate::audit::deliveries::Delivered>,
}

/// The line or booking, as it stands once its room is given to it.
async fn thing_of(context: &RequestContext, connection: &mut impl Connection, source: Source) -> Outcome<Option<Thing>> {
    match source {
        Source::Booking(id) => {
            let booking = bookings::find(context, connection, id).await?;
            Ok(booking.map(|booking| Thing::Booking(Box::new(Booking { approval: Some(Approving::Given), ..booking }))))
        }
        Source::Item(id) => {
            let Some(item) = programme::store::one(context, connection, id).await? else { return Ok(None) };
            let Some(visit) = visits::store::one(context, connection, item.visit).await? else { return Ok(None) };
            let prepared = programme::prepare(context, connection, &visit, &item, Standing::Given).await?;
            Ok(Some(Thing::Line { visit: Box::new(visit), prepared: Box::new(prepared) }))
        }
    }
}
