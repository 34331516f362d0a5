//! What a reader sees of what a feed is of, at this moment: each line and booking as a view, a stand-in, or not at all.

use crate::{
    accounts::directory::{NAME, NameRow},
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements,
    error::Outcome,
    programme,
    releases::released::Released,
    rooms::{
        self,
        blackouts::on_board,
        occupancy::{Known, Shown},
    },
    values,
    visits::{self, heading::Heading},
};
use chrono::{DateTime, Utc};
use domain::{
    clash::{Claim, Engagement, Source},
    feeds::FeedScope,
    ids::{BookingId, ItemId, PersonId, ResourceId, RoomId, VisitId},
    marking::{
        Channel, Reader, ReaderKind,
        view::{BlackoutView, BookingView, ItemView, VisitView, stand_in::StandInView},
    },
    permission::Action,
    programme::{ItemState, ProgrammeItem},
    rooms::Booking,
    time::{Moment, Span},
    visits::Visit,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One thing as a feed's reader sees it.
#[derive(Debug)]
pub(super) enum Sight {
    /// A line that may be read.
    Line {
        /// The line.
        view: Box<ItemView>,
        /// Its visit, as far as the reader may know of it.
        visit: Heading,
        /// Whether it will not take place.
        is_cancelled: bool,
    },
    /// A booking that may be read.
    Booking {
        /// The booking.
        view: Box<BookingView>,
        /// Whether it was cancelled.
        is_cancelled: bool,
    },
    /// A room may not be used.
    Blackout(Box<BlackoutView>),
    /// Something is there.
    StandIn {
        /// What, for its identity alone.
        thing: Uuid,
        /// What shows.
        view: StandInView,
    },
}

/// What ties a line to a feed. It is told by the line's standing there, and so must be readable too.
#[derive(Debug, Clone, Copy)]
enum Tie {
    /// Nothing that the line does not say itself, or that its reader is.
    Plain,
    /// That a person takes part.
    Person(PersonId),
    /// That it is in a room.
    Room(RoomId),
}

impl Tie {
    fn is_told(self, line: &ItemView, visit: Option<&VisitView>) -> bool {
        match self {
            Self::Plain => true,
            Self::Person(person) => {
                let is_named = line.people.iter().flatten().any(|participant| participant.person_id == person);
                let is_guest = visit.and_then(|visit| visit.guest.as_ref()).is_some_and(|guest| guest.id == person);
                is_named || is_guest && line.kind.is_some_and(domain::programme::ItemKind::engages_the_guest)
            }
            Self::Room(room) => line.room.as_ref().is_some_and(|place| place.id == room),
        }
    }
}

/// The lines that a reader may look at, and with whose eyes.
pub(super) struct Watch<'a> {
    context: &'a RequestContext,
    directory: &'a OfficeDirectory,
    /// The reader by the channel of feeds.
    through: Reader,
    scope: FeedScope,
    window: Span,
    /// The person whose engagements these are.
    person: Option<PersonId>,
    visits: BTreeMap<VisitId, Visit>,
    released: BTreeMap<VisitId, Released>,
}

/// Whether what was planned will not take place.
fn is_called_off(visit: &Visit) -> bool {
    !visit.details.state.takes_place()
}

/// Whether a line holds nothing, because it was only wished for or its hold has ended.
fn is_idle(item: &ProgrammeItem, now: DateTime<Utc>) -> bool {
    match programme::claim(&item.details) {
        Claim::Wished => true,
        Claim::Firm => false,
        Claim::Pencilled { until } | Claim::Promised { until } => until <= now,
    }
}

impl<'a> Watch<'a> {
    /// Gathers what is needed to look.
    pub(super) async fn new(
        context: &'a RequestContext,
        connection: &mut impl Connection,
        directory: &'a OfficeDirectory,
        scope: FeedScope,
        window: Span,
    ) -> Outcome<Self> {
        let person = match (scope, context.actor().account()) {
            (FeedScope::Principal(person), _) => Some(person),
            (FeedScope::Mine, Some(account)) => {
                let row: Option<NameRow> = connection.optional(NAME, values![context.office_id(), account]).await?;
                row.and_then(|row| row.person_id).map(PersonId)
            }
            _ => None,
        };
        let visits: Vec<Visit> = match scope {
            FeedScope::Visit(id) => visits::store::one(context, connection, id).await?.into_iter().collect(),
            _ => visits::store::all(context, connection).await?,
        };
        let through = context.reader().clone().by(Channel::Feed.ceiling());
        let mut released = BTreeMap::new();
        // The uses of a room are told apart with their own releases.
        let is_of_lines = !matches!(scope, FeedScope::Room(_));
        for visit in visits.iter().filter(|visit| is_of_lines && !context.reader().is_on(visit.id)) {
            if let Some(found) = Released::last(context, connection, visit.id, &through).await? {
                released.insert(visit.id, found);
            }
        }
        Ok(Self {
            context,
            directory,
            through,
            scope,
            window,
            person,
            visits: visits.into_iter().map(|visit| (visit.id, visit)).collect(),
            released,
        })
    }

    /// All that shows now.
    pub(super) async fn look(&self, connection: &mut impl Connection) -> Outcome<Vec<Sight>> {
        let (from, until) = (self.window.starts(), self.window.ends());
        match self.scope {
            FeedScope::Room(room) => self.room(connection, room).await,
            FeedScope::Mine | FeedScope::Principal(_) => {
                let Some(person) = self.person else { return Ok(Vec::new()) };
                let items = programme::store::of_person(self.context, connection, person, from, until).await?;
                let must_show = self.scope == FeedScope::Mine || super::scope::may(self.context, Action::BookRoom);
                Ok(items.iter().filter_map(|item| self.line(item, must_show)).collect())
            }
            FeedScope::Office => {
                let items = programme::store::during(self.context, connection, from, until).await?;
                Ok(self.of_visits(&items, |_| true))
            }
            FeedScope::Mission(_) => {
                let items = programme::store::during(self.context, connection, from, until).await?;
                Ok(self.of_visits(&items, |visit| self.is_of_the_mission(visit)))
            }
            FeedScope::Visit(visit) => {
                let items = programme::store::of_visit(self.context, connection, visit).await?;
                Ok(self.of_visits(&items, |_| true))
            }
        }
    }

    /// The lines of visits: the live ones to who is on their list or named on them, else what was released.
    fn of_visits(&self, items: &[ProgrammeItem], is_meant: impl Fn(&Visit) -> bool) -> Vec<Sight> {
        let mut sights = Vec::new();
        for item in items.iter().filter(|item| self.is_live(item)) {
            if self.visits.get(&item.visit).is_some_and(&is_meant) {
                sights.extend(self.line(item, false));
            }
        }
        for (id, released) in &self.released {
            let Some(visit) = self.visits.get(id).filter(|visit| is_meant(visit) && !is_called_off(visit)) else { continue };
            for line in &released.page.items {
                if !self.context.reader().is_named_on(line.id) {
                    sights.extend(self.released(line, visit, released));
                }
            }
        }
        sights
    }

    /// Whether the reader may know that a visit is of the mission whose visits are asked for.
    fn is_of_the_mission(&self, visit: &Visit) -> bool {
        let FeedScope::Mission(mission) = self.scope else { return true };
        if let ReaderKind::Mission { mission: own, visits, .. } = self.context.reader().kind() {
            return *own == mission && visits.contains(&visit.id);
        }
        let view = VisitView::of(visit, self.context.reader(), self.directory);
        view.and_then(|view| view.mission_ids).is_some_and(|missions| missions.contains(&mission))
    }

    /// Whether what ties a visit's lines to this feed passes the channel. The name of a mission over a line tells whose it is.
    fn may_name(&self, visit: &Visit) -> bool {
        match self.scope {
            FeedScope::Mission(mission) if self.context.actor().mission() != Some(mission) => {
                VisitView::of(visit, &self.through, self.directory)
                    .and_then(|view| view.mission_ids)
                    .is_some_and(|missions| missions.contains(&mission))
            }
            _ => true,
        }
    }

    fn is_live(&self, item: &ProgrammeItem) -> bool {
        self.context.reader().is_on(item.visit) || self.context.reader().is_named_on(item.id)
    }

    fn tie(&self) -> Tie {
        match self.scope {
            FeedScope::Principal(person) => Tie::Person(person),
            FeedScope::Room(room) => Tie::Room(room),
            FeedScope::Mine | FeedScope::Visit(_) | FeedScope::Mission(_) | FeedScope::Office => Tie::Plain,
        }
    }

    fn visit_view(&self, visit: &Visit, reader: &Reader) -> Option<VisitView> {
        VisitView::of(visit, reader, self.directory)
    }

    /// A live line through the eyes of a reader, if neither it nor what ties it to the feed is hidden.
    fn open(&self, item: &ProgrammeItem, visit: &Visit, reader: &Reader) -> Option<ItemView> {
        let view = ItemView::of(item, visit, reader, self.directory, self.context.zones())?;
        let head = self.visit_view(visit, reader);
        self.tie().is_told(&view, head.as_ref()).then_some(view)
    }

    /// A line. One that the reader may not know of shows as a stand-in only if it must show as taken.
    fn line(&self, item: &ProgrammeItem, must_show: bool) -> Option<Sight> {
        let visit = self.visits.get(&item.visit)?;
        let touches = item.details.span().is_some_and(|span| span.overlaps(self.window));
        if !touches || is_called_off(visit) || is_idle(item, self.context.now()) {
            return None;
        }
        if self.is_live(item) {
            if let Some(sight) = self.open_sight(item, visit, false) {
                return Some(sight);
            }
            if self.open(item, visit, self.context.reader()).is_some() {
                return self.stand_in(item, visit);
            }
        } else if let Some(released) = self.released.get(&visit.id)
            && let Some(line) = released.page.items.iter().find(|line| line.id == item.id)
            && let Some(sight) = self.released(line, visit, released)
        {
            return Some(sight);
        }
        if must_show { self.stand_in(item, visit) } else { None }
    }

    fn open_sight(&self, item: &ProgrammeItem, visit: &Visit, is_cancelled: bool) -> Option<Sight> {
        let view = self.open(item, visit, &self.through).filter(|view| !view.is_stand_in && self.may_name(visit))?;
        let visit = self.visit_view(visit, &self.through).map(Heading::from).unwrap_or_default();
        Some(Sight::Line { view: Box::new(view), visit, is_cancelled })
    }

    fn stand_in(&self, item: &ProgrammeItem, visit: &Visit) -> Option<Sight> {
        let view = StandInView::of(item, visit, &self.through)?;
        Some(Sight::StandIn { thing: item.id.uuid(), view })
    }

    /// A line of the last release to the reader's audience.
    fn released(&self, line: &ItemView, visit: &Visit, released: &Released) -> Option<Sight> {
        let [starts, ends] = [&line.starts, &line.ends].map(|moment| Moment::from(moment.clone()).at());
        let is_idle = match line.state {
            ItemState::Wished => true,
            ItemState::Firm => false,
            ItemState::Held => line.hold_until.map_or(starts, |until| until.min(starts)) <= self.context.now(),
        };
        if is_idle || !Span::new(starts, ends)?.overlaps(self.window) || !self.tie().is_told(line, Some(&released.page.visit)) {
            return None;
        }
        let through = released.through.as_ref();
        let narrowed = through.and_then(|through| through.items.iter().find(|view| view.id == line.id));
        let head = through.map(|through| &through.visit);
        match narrowed.filter(|view| !view.is_stand_in && self.tie().is_told(view, head) && self.may_name(visit)) {
            Some(view) => {
                let visit = head.map(Heading::from).unwrap_or_default();
                Some(Sight::Line { view: Box::new(view.clone()), visit, is_cancelled: false })
            }
            None => {
                let view = StandInView::of_released(line, narrowed, &self.through)?;
                Some(Sight::StandIn { thing: line.id.uuid(), view })
            }
        }
    }

    /// All that a room is taken by: who may see rooms sees when they are taken, and by what as far as it may be read.
    async fn room(&self, connection: &mut impl Connection, room: RoomId) -> Outcome<Vec<Sight>> {
        let context = self.context;
        let uses = engagements::store::of_resource(context, connection, ResourceId(room.uuid()), self.window).await?;
        let known = Known::load(context, connection, self.directory, self.window, Some(room), Channel::Feed).await?;
        let alive = uses.iter().filter(|taken| taken.is_alive(context.now()));
        let mut sights: Vec<Sight> = alive.filter_map(|taken| self.room_use(&known, taken)).collect();
        sights.extend(self.blackouts(connection, room).await?);
        Ok(sights)
    }

    /// When nobody may use a room: why, as far as it may be read.
    async fn blackouts(&self, connection: &mut impl Connection, room: RoomId) -> Outcome<Vec<Sight>> {
        let context = self.context;
        let Some((room, _)) = rooms::find_any(context, connection, room).await? else { return Ok(Vec::new()) };
        let site = rooms::store::site(context, connection, room.details.site).await?;
        let of_room = std::slice::from_ref(&room);
        let shown = on_board(context, connection, of_room, site.as_slice(), self.window, Channel::Feed).await?;
        Ok(shown.into_iter().map(|shown| Sight::Blackout(Box::new(shown.view))).collect())
    }

    fn room_use(&self, known: &Known<'_>, taken: &Engagement) -> Option<Sight> {
        Some(match known.shown(taken) {
            Shown::Line { view, visit, .. } => Sight::Line { view, visit, is_cancelled: false },
            Shown::Booking { view, .. } => Sight::Booking { view, is_cancelled: false },
            Shown::Hidden { cover } => {
                let thing = match taken.source {
                    Source::Item(id) => id.uuid(),
                    Source::Booking(id) => id.uuid(),
                };
                // With the time for laying out and clearing, as the room shows on its page.
                let view = StandInView::during(taken.during(), &self.through)?.titled(cover);
                Sight::StandIn { thing, view }
            }
        })
    }

    /// A line that the feed showed and that is no longer there, if it was taken out since an instant or its visit was called
    /// off, and its reader may still read it. Everything else goes without a trace.
    pub(super) async fn gone(&self, connection: &mut impl Connection, id: ItemId, since: DateTime<Utc>) -> Outcome<Option<Sight>> {
        let removed = programme::store::removed(self.context, connection, id, since).await?;
        let is_removed = removed.is_some();
        let item = match removed {
            Some(item) => item,
            None => match programme::store::one(self.context, connection, id).await? {
                Some(item) => item,
                None => return Ok(None),
            },
        };
        let Some(visit) = self.visits.get(&item.visit) else { return Ok(None) };
        let touches = item.details.span().is_some_and(|span| span.overlaps(self.window));
        // Who was named on a line that is gone is no longer found by it; the line itself still names them.
        let is_named = self.person.is_some_and(|person| item.details.people_for_rules().any(|named| named == person));
        let is_own = self.scope == FeedScope::Mine && is_named;
        let is_known = self.context.reader().is_on(visit.id) || is_own || self.context.reader().is_named_on(id);
        if !touches || !is_known || !(is_removed || is_called_off(visit)) {
            return Ok(None);
        }
        Ok(self.open_sight(&item, visit, true))
    }

    /// A booking that the feed of its room showed and that was cancelled since an instant, if its reader may still read it.
    pub(super) async fn gone_booking(
        &self,
        connection: &mut impl Connection,
        id: BookingId,
        since: DateTime<Utc>,
    ) -> Outcome<Option<Sight>> {
        let FeedScope::Room(room) = self.scope else { return Ok(None) };
        let removed = rooms::bookings::store::removed(self.context, connection, id, since).await?;
        let shows = |booking: &Booking| {
            booking.room == room && Span::new(booking.starts.at(), booking.ends.at()).is_some_and(|during| during.overlaps(self.window))
        };
        let view = removed.filter(shows).and_then(|booking| BookingView::of(&booking, &self.through));
        Ok(view.map(|view| Sight::Booking { view: Box::new(view), is_cancelled: true }))
    }
}
