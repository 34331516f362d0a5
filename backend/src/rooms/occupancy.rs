//! What takes rooms and people in a stretch of time, told apart by what the reader may read of it.

use crate::{
    audit::deliveries::Delivered, context::RequestContext, database::Connection, directory::OfficeDirectory, error::Outcome, programme,
    rooms::bookings, visits,
};
use chrono::TimeDelta;
use domain::{
    clash::{Claim, Engagement, Source},
    ids::{BookingId, ItemId},
    marking::{
        Channel,
        view::{BookingView, EngagedView, ItemView},
    },
    rooms::BookingState,
    time::Span,
};
use std::collections::HashMap;

/// How far a use may lie outside the stretch that its margins reach into.
const AROUND: TimeDelta = TimeDelta::minutes(domain::rooms::LONGEST_MARGIN_MINUTES as i64);

/// What the reader may read of the lines and bookings in a stretch of time.
pub(crate) struct Known {
    items: HashMap<ItemId, (i64, ItemView)>,
    bookings: HashMap<BookingId, (i64, BookingView)>,
}

impl Known {
    /// Reads them as they may be shown by a channel: the same statements whoever asks.
    pub(crate) async fn load(context: &RequestContext, connection: &mut impl Connection, during: Span, channel: Channel) -> Outcome<Self> {
        let reader = context.reader().clone().by(channel.ceiling());
        let around = Span::new(during.starts() - AROUND, during.ends() + AROUND).unwrap_or(during);
        let directory = OfficeDirectory::load(context, connection).await?;
        let visits: HashMap<_, _> = visits::store::all(context, connection).await?.into_iter().map(|visit| (visit.id, visit)).collect();
        let items = programme::store::during(context, connection, around.starts(), around.ends()).await?;
        let bookings = bookings::store::during(context, connection, None, around).await?;
        Ok(Self {
            items: items
                .iter()
                .filter_map(|item| {
                    let view = programme::live_view_by(channel, context, item, visits.get(&item.visit)?, &directory)?;
                    Some((item.id, (item.revision, view)))
                })
                .collect(),
            bookings: bookings
                .iter()
                .filter_map(|booking| Some((booking.id, (booking.revision, BookingView::of(booking, &reader)?))))
                .collect(),
        })
    }

    /// What an engagement is, if the reader may read that this thing is taken by it: its title, and for a line of a programme
    /// also that it takes this room or this person. With what is delivered by showing it.
    pub(crate) fn of(&self, engagement: &Engagement) -> Option<(Delivered, EngagedView)> {
        let during = engagement.during();
        let state = match engagement.claim {
            Claim::Firm => BookingState::Firm,
            Claim::Pencilled { .. } | Claim::Promised { .. } => BookingState::Held,
            Claim::Wished => return None,
        };
        let (visit_id, title, marking, revision) = match engagement.source {
            Source::Booking(id) => {
                let (revision, view) = self.bookings.get(&id)?;
                (None, view.purpose.clone(), view.marking, *revision)
            }
            Source::Item(id) => {
                let (revision, view) = self.items.get(&id).filter(|(_, view)| !view.is_stand_in)?;
                let resource = engagement.resource.uuid();
                let here = view.room.as_ref().is_some_and(|room| room.id.uuid() == resource);
                let named = view.people.iter().flatten().any(|person| person.person_id.uuid() == resource);
                if !here && !named {
                    return None;
                }
                (Some(view.visit_id), view.title.clone()?, view.marking, *revision)
            }
        };
        let view = EngagedView {
            source: engagement.source,
            visit_id,
            title,
            starts: during.starts(),
            ends: during.ends(),
            use_starts: engagement.core.starts(),
            use_ends: engagement.core.ends(),
            state,
            marking,
        };
        Some((Delivered::engaged(&view, revision), view))
    }
}
