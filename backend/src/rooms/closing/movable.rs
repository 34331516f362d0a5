//! A use that its reader may move, and that use as it would be elsewhere.

use crate::{
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements::{self, Surroundings},
    error::{Failure, Outcome},
    programme::{self, Standing, moving::Line},
    rooms::{
        approvals::must_ask,
        bookings::{self, admitted_in, candidate_in},
        store,
    },
    visits,
};
use domain::{
    accounts::Role,
    clash::{Candidate, Engagement, Source},
    ids::{AccountId, ResourceId},
    problems::{FieldProblem, Problem},
    programme::{ItemPart, ProgrammeItem, input::ItemInput},
    rooms::{Booking, Room, closing::MoveInput, input::BookingInput},
    slots::RoomChoice,
    time::{
        Span,
        agreed::{AgreedSpan, AgreedTime, settle_span},
    },
};

use std::collections::BTreeSet;

/// A use that may be moved.
pub(super) enum Movable {
    Booking(Box<Booking>),
    Line(Box<Line>),
}

/// A use as it would be saved.
pub(super) enum Moved {
    Booking(Box<Booking>),
    Line(Box<ProgrammeItem>),
}

/// No use is longer.
const LONGEST_HOURS: u32 = domain::rooms::LONGEST_BOOKING_HOURS;

impl Movable {
    /// The line or booking, where its reader reads that it is, when and where, and it has not begun.
    pub(super) async fn of(
        context: &RequestContext,
        connection: &mut impl Connection,
        directory: &OfficeDirectory,
        engagement: &Engagement,
    ) -> Outcome<Option<Self>> {
        if engagement.core.starts() <= context.now() {
            return Ok(None);
        }
        match engagement.source {
            Source::Booking(id) => match bookings::known(context, connection, id).await {
                Ok((booking, _)) => Ok(Some(Self::Booking(Box::new(booking)))),
                Err(Failure::NotFound) => Ok(None),
                Err(failure) => Err(failure),
            },
            Source::Item(id) => {
                let Some(item) = programme::store::one(context, connection, id).await? else { return Ok(None) };
                let Some(visit) = visits::store::one(context, connection, item.visit).await? else { return Ok(None) };
                // Who is only named on a line reads it, and leaves the programme to those on the visit's list.
                let view = programme::live_view(context, &item, &visit, directory).filter(|_| context.reader().is_on(visit.id));
                let reads = |part| view.as_ref().is_some_and(|view| !view.is_stand_in && view.markings.contains_key(&part));
                let may = reads(ItemPart::Time) && reads(ItemPart::Place);
                Ok(may.then(|| Self::Line(Box::new(Line { item, visit }))))
            }
        }
    }

    /// What it takes where it is, as firmly as it would once it is moved; and what frames it.
    pub(super) async fn as_it_is(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        room: &Room,
    ) -> Outcome<(Candidate, Surroundings)> {
        match self {
            Self::Booking(booking) => {
                let settled = Booking { approval: None, ..(**booking).clone() };
                Ok((candidate_in(&settled, room)?, Surroundings::default()))
            }
            Self::Line(line) => {
                let (candidate, surroundings) = line.taking(context, connection, &line.item, Standing::Given).await?;
                // Elsewhere it meets no neighbour, unless that goes there too: it has the whole of its margins.
                let margins = room.details.margins(candidate.needs().layout, candidate.needs().sweep);
                Ok((candidate.in_room(ResourceId(room.id.uuid()), room.details.site, margins), surroundings))
            }
        }
    }

    /// It as it would be saved, as was said of it.
    ///
    /// # Errors
    /// When something given is wrong, or the actor may not book that room.
    pub(super) async fn moved(&self, context: &RequestContext, connection: &mut impl Connection, said: &MoveInput) -> Outcome<Moved> {
        let (starts, ends) = self.other_time(context, said)?;
        match self {
            Self::Booking(booking) => {
                let input = BookingInput { room_id: said.room_id.clone(), starts, ends, ..BookingInput::default() };
                let changed = input.onto(booking.id, Some(booking), bookings::author(context), context.zones())?.by_itself();
                let room = store::find(context, connection, changed.room).await?;
                let room = room.ok_or_else(|| Failure::field("room_id", Problem::Unknown))?;
                if changed.room != booking.room {
                    admitted_in(context, &room)?;
                }
                Ok(Moved::Booking(Box::new(bookings::standing(context, changed, &room, Some(booking)))))
            }
            Self::Line(line) => {
                let input = ItemInput { room_id: said.room_id.clone(), starts, ends, ..ItemInput::default() };
                Ok(Moved::Line(Box::new(line.changed(context, input)?)))
            }
        }
    }

    /// What it takes once it is moved.
    pub(super) async fn candidate(&self, context: &RequestContext, connection: &mut impl Connection, moved: &Moved) -> Outcome<Candidate> {
        match (self, moved) {
            (Self::Line(line), Moved::Line(changed)) => Ok(line.taking(context, connection, changed, Standing::Saved).await?.0),
            (_, Moved::Booking(booking)) => Ok(bookings::candidate_of(context, connection, booking).await?.0),
            (Self::Booking(_), Moved::Line(_)) => Err(Failure::Corrupt { what: "closing" }),
        }
    }

    /// Who made it, of a booking.
    pub(super) fn maker(&self) -> Option<AccountId> {
        match self {
            Self::Booking(booking) => booking.made_by,
            Self::Line(_) => None,
        }
    }

    fn during(&self) -> Option<Span> {
        match self {
            Self::Booking(booking) => Span::new(booking.starts.at(), booking.ends.at()),
            Self::Line(line) => line.item.details.span(),
        }
    }

    /// The time it goes to; none if that is the one it has, so that it keeps the clocks on which it was agreed.
    fn other_time(&self, context: &RequestContext, said: &MoveInput) -> Outcome<(Option<AgreedTime>, Option<AgreedTime>)> {
        let (Some(starts), Some(ends)) = (&said.starts, &said.ends) else {
            return match (&said.starts, &said.ends) {
                (None, None) => Ok((None, None)),
                (None, _) => Err(Failure::field("starts", Problem::Missing)),
                _ => Err(Failure::field("ends", Problem::Missing)),
            };
        };
        let span = AgreedSpan { starts: starts.clone(), ends: ends.clone() };
        let (from, until) = settle_span(context.zones(), &span, LONGEST_HOURS)?;
        if from.at() <= context.now() {
            return Err(Failure::field("starts", Problem::EndsBeforeStart));
        }
        let is_same = Span::new(from.at(), until.at()) == self.during();
        Ok(if is_same { (None, None) } else { (Some(span.starts), Some(span.ends)) })
    }
}

/// What is wrong with what was said of one use, under its place among the moves.
pub(super) fn in_move(number: usize, failure: Failure) -> Failure {
    match failure {
        Failure::Invalid(problems) => {
            let named = |it: FieldProblem| FieldProblem { field: format!("moves.{number}.{}", it.field), ..it };
            Failure::Invalid(problems.into_iter().map(named).collect())
        }
        other => other,
    }
}

/// The rooms to which a use may go: those that its maker may book and that the actor need not ask for, with the margins it has there.
pub(super) fn choices(
    context: &RequestContext,
    rooms: &[Room],
    own: ResourceId,
    candidate: &Candidate,
    maker: Option<&BTreeSet<Role>>,
) -> Vec<RoomChoice> {
    let is_theirs = |room: &&Room| maker.is_none_or(|roles| room.details.booked_by.admits(roles)) && !must_ask(context, room);
    let theirs: Vec<Room> = rooms.iter().filter(is_theirs).cloned().collect();
    engagements::room_choices(&theirs, own, candidate.needs())
}
