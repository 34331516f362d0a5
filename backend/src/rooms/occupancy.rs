//! What takes rooms and people in a stretch of time, as the reader may know it by a channel: the only place where that is decided,
//! so that a board, the API, a feed and paper tell the same.

use crate::{
    audit::deliveries::Delivered,
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    error::Outcome,
    programme,
    releases::released::Released,
    rooms::bookings,
    visits::{self, heading::Heading},
};
use chrono::TimeDelta;
use domain::{
    clash::{Claim, Engagement, Source},
    ids::{BookingId, ItemId, RoomId, VisitId},
    marking::{
        Channel, Reader,
        view::{BookingView, EngagedView, Hidden, ItemView, VisitView},
    },
    programme::{ItemState, ProgrammeItem},
    releases::ReleaseView,
    rooms::{Booking, BookingState},
    time::{Moment, Span},
    visits::Visit,
};
use std::collections::HashMap;

/// How far a use may lie outside the stretch that its margins reach into.
const AROUND: TimeDelta = TimeDelta::minutes(domain::rooms::LONGEST_MARGIN_MINUTES as i64);

/// What the lines and bookings in a stretch of time are, for one reader by one channel.
pub(crate) struct Known<'a> {
    context: &'a RequestContext,
    channel: Channel,
    reader: Reader,
    directory: &'a OfficeDirectory,
    items: HashMap<ItemId, ProgrammeItem>,
    visits: HashMap<VisitId, Visit>,
    released: HashMap<VisitId, ReleaseView>,
    bookings: HashMap<BookingId, Booking>,
}

/// What takes something, as the reader may know it.
pub(crate) enum Shown {
    /// A line of a programme.
    Line {
        /// The line.
        view: Box<ItemView>,
        /// Its visit, as far as the reader may know of it.
        visit: Heading,
        /// Its revision, of the live line.
        revision: Option<i64>,
    },
    /// A booking.
    Booking {
        /// The booking.
        view: Box<BookingView>,
        /// Its revision.
        revision: i64,
    },
    /// Something.
    Hidden {
        /// Its cover title, if the reader may read that.
        cover: Option<String>,
    },
}

impl<'a> Known<'a> {
    /// Reads what is in a stretch of time, of one room or of all: the same statements whoever asks, but for the releases of the
    /// visits whose live draft the reader does not read.
    pub(crate) async fn load(
        context: &'a RequestContext,
        connection: &mut impl Connection,
        directory: &'a OfficeDirectory,
        during: Span,
        room: Option<RoomId>,
        channel: Channel,
    ) -> Outcome<Self> {
        let around = Span::new(during.starts() - AROUND, during.ends() + AROUND).unwrap_or(during);
        Self::of_cores(context, connection, directory, around, room, channel).await
    }

    /// The same of what takes place in a stretch of time, its margins left out.
    pub(crate) async fn of_cores(
        context: &'a RequestContext,
        connection: &mut impl Connection,
        directory: &'a OfficeDirectory,
        within: Span,
        room: Option<RoomId>,
        channel: Channel,
    ) -> Outcome<Self> {
        let reader = context.reader().clone().by(channel.ceiling());
        let (items, visits) = match room {
            None => {
                let items = programme::store::during(context, connection, within.starts(), within.ends()).await?;
                (items, visits::store::with_lines(context, connection, within).await?)
            }
            Some(room) => {
                let items = programme::store::in_room(context, connection, room, within).await?;
                (items, visits::store::in_room(context, connection, room, within).await?)
            }
        };
        let bookings = bookings::store::during(context, connection, room, within).await?;
        let mut released = HashMap::new();
        // Nothing is released to a door: a line shows there by its cover title, or as “Reserved”.
        let is_released = |visit: &&Visit| channel != Channel::Door && !context.reader().is_on(visit.id);
        for visit in visits.iter().filter(is_released) {
            let last = Released::last(context, connection, visit.id, &reader).await?;
            released.extend(last.and_then(|last| last.through).map(|view| (visit.id, view)));
        }
        Ok(Self {
            context,
            channel,
            reader,
            directory,
            items: items.into_iter().map(|item| (item.id, item)).collect(),
            visits: visits.into_iter().map(|visit| (visit.id, visit)).collect(),
            released,
            bookings: bookings.into_iter().map(|booking| (booking.id, booking)).collect(),
        })
    }

    /// What an engagement is: what takes this room or person, if the reader may read that it does.
    pub(crate) fn shown(&self, engagement: &Engagement) -> Shown {
        match engagement.source {
            Source::Booking(id) => {
                let found = self.bookings.get(&id).and_then(|booking| Some((booking, BookingView::of(booking, &self.reader)?)));
                found.map_or(Shown::Hidden { cover: None }, |(booking, mut view)| {
                    // What waits for its room is no more than held.
                    if !matches!(engagement.claim, Claim::Firm) {
                        view.state = BookingState::Held;
                    }
                    Shown::Booking { view: Box::new(view), revision: booking.revision }
                })
            }
            Source::Item(id) => {
                let known = self.items.get(&id).and_then(|item| Some((item, self.visits.get(&item.visit)?)));
                let Some((item, visit)) = known else { return Shown::Hidden { cover: None } };
                self.line(engagement, item, visit).unwrap_or_else(|| {
                    let cover = item.details.cover.as_ref().and_then(|cover| cover.reveal_for(&self.reader));
                    Shown::Hidden { cover: cover.map(ToString::to_string) }
                })
            }
        }
    }

    /// Whether the reader may know what an engagement is.
    pub(crate) fn tells(&self, engagement: &Engagement) -> bool {
        !matches!(self.shown(engagement), Shown::Hidden { .. })
    }

    /// The live line to who reads the draft; to others the line as it was last released to them, if it still takes this at the
    /// same time: that it was moved is not theirs to know.
    fn line(&self, engagement: &Engagement, item: &ProgrammeItem, visit: &Visit) -> Option<Shown> {
        let reader = self.context.reader();
        let (view, visit, revision) = if reader.is_on(visit.id) || reader.is_named_on(item.id) {
            let view = programme::live_view_by(self.channel, self.context, item, visit, self.directory)?;
            let visit = VisitView::of(visit, &self.reader, self.directory).map(Heading::from).unwrap_or_default();
            (view, visit, Some(item.revision))
        } else {
            let released = self.released.get(&visit.id)?;
            let view = released.items.iter().find(|line| line.id == item.id && line.state != ItemState::Wished)?;
            let [starts, ends] = [&view.starts, &view.ends].map(|moment| Moment::from(moment.clone()).at());
            if Span::new(starts, ends) != Some(engagement.core) {
                return None;
            }
            (view.clone(), Heading::from(&released.visit), None)
        };
        let resource = engagement.resource.uuid();
        let here = view.room.as_ref().is_some_and(|room| room.id.uuid() == resource);
        let named = view.people.iter().flatten().any(|person| person.person_id.uuid() == resource);
        let is_told = !view.is_stand_in && (here || named);
        is_told.then(|| Shown::Line { view: Box::new(view), visit, revision })
    }

    /// What an engagement is on a board: something with its title, and what is delivered by showing it; or something.
    pub(crate) fn on_board(&self, engagement: &Engagement) -> Result<(EngagedView, Option<Delivered>), Hidden> {
        let (engaged, revision, cover) = match self.shown(engagement) {
            Shown::Line { view, revision: None, .. } => (EngagedView::of_released(engagement, &view), None, None),
            Shown::Line { view, revision, .. } => (EngagedView::of_line(engagement, &view), revision, None),
            Shown::Booking { view, revision } => (EngagedView::of_booking(engagement, &view), Some(revision), None),
            Shown::Hidden { cover } => (None, None, cover),
        };
        let Some(view) = engaged else { return Err(Hidden { during: engagement.during(), cover }) };
        // What was released was told when it was: a line without a revision is of a release.
        let delivered = revision.map(|revision| Delivered::engaged(&view, revision));
        Ok((view, delivered))
    }
}
