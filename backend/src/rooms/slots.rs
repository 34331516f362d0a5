//! Where and when something is free, for a use that is not yet one.

use super::{availability::window, occupancy::Known, store};
use crate::{
    clashes::slot_view,
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Surroundings},
    error::{Failure, Outcome},
    people,
    permits::ReadRooms,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clash::{Candidate, Claim, Engagement, Occupation, Plan, Source},
    ids::{BookingId, PersonId, ResourceId, RoomId},
    marking::{Channel, Marking, view::SlotView},
    problems::Problem,
    rooms::{LONGEST_BOOKING_HOURS, Layout, Room, Site, terms::RoomNeeds},
    slots::{Change, Grid, Search, Slot, nearest},
    time::{Offset, Span, ZoneName},
};
use std::{collections::BTreeSet, sync::Arc};

/// How many slots are offered if nobody says, and at most.
pub const USUAL_SLOTS: u32 = 10;
const MOST_SLOTS: u32 = 50;

/// What is looked for. Without a room, any that holds so many in the layout; with neither room nor layout nor people but with a
/// person, the person's time alone.
#[derive(Debug, Clone, Copy)]
pub struct SlotQuery {
    /// This room.
    pub room: Option<RoomId>,
    /// A room in this layout.
    pub layout: Option<Layout>,
    /// A room for so many.
    pub people: Option<u32>,
    /// A time at which this person is free.
    pub person: Option<PersonId>,
    /// How long it lasts.
    pub minutes: u32,
    /// It starts then at the earliest.
    pub from: DateTime<Utc>,
    /// It ends then at the latest.
    pub until: DateTime<Utc>,
    /// How many slots, [`USUAL_SLOTS`] if none is given.
    pub most: Option<u32>,
}

impl SlotQuery {
    fn wants_room(&self) -> bool {
        self.room.is_some() || self.layout.is_some() || self.people.is_some() || self.person.is_none()
    }

    /// Whether a room would do.
    fn suits(&self, room: &Room) -> bool {
        let mut layouts = room.details.layouts.iter().filter(|it| self.layout.is_none_or(|wanted| it.layout == wanted));
        let asked = self.layout.is_some() || self.people.is_some();
        self.room.is_none_or(|wanted| wanted == room.id) && (!asked || layouts.any(|it| self.people.is_none_or(|n| n <= it.capacity)))
    }
}

/// The earliest free times, of the rooms that would do and of the person, by start. For accounts of the office alone.
///
/// Where the reader may not read all that is in the way, times lie on the half hours.
///
/// # Errors
/// When the actor may not, there is no such room or person, or what is asked is out of bounds.
pub async fn free_slots(context: &RequestContext, query: &SlotQuery) -> Outcome<Vec<SlotView>> {
    authorise_reading::<ReadRooms>(context)?;
    let within = window(query.from, query.until)?;
    let longest = LONGEST_BOOKING_HOURS * 60;
    if !(5..=longest).contains(&query.minutes) {
        return Err(Failure::field("minutes", Problem::OutOfBounds { least: 5, most: i64::from(longest) }));
    }
    let most = query.most.unwrap_or(USUAL_SLOTS);
    if !(1..=MOST_SLOTS).contains(&most) {
        return Err(Failure::field("limit", Problem::OutOfBounds { least: 1, most: i64::from(MOST_SLOTS) }));
    }
    let mut connection = context.read().await?;
    if let Some(person) = query.person
        && !people::exists(context, &mut connection, person).await?
    {
        return Err(Failure::NotFound);
    }
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    if !query.wants_room() {
        let taken = Taken::load(context, &mut connection, &directory, query, within, Arc::default()).await?;
        let slots = taken.of_use(context, query, None);
        let zone = &context.office().details.zone;
        return Ok(slots.iter().filter_map(|slot| slot_view(context, slot, zone, &directory)).collect());
    }
    let sites = store::sites(context, &mut connection).await?;
    let rooms = store::rooms(context, &mut connection).await?;
    if query.room.is_some_and(|wanted| !rooms.iter().any(|room| room.id == wanted)) {
        return Err(Failure::NotFound);
    }
    let rooms: Arc<[Room]> = rooms.iter().filter(|room| query.suits(room)).cloned().collect();
    let taken = Taken::load(context, &mut connection, &directory, query, within, Arc::clone(&rooms)).await?;
    let mut found: Vec<(Slot, ZoneName)> = Vec::new();
    for room in rooms.iter() {
        let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        let zone = &site.details.zone;
        let slots = taken.of_use(context, query, Some((room, site)));
        let change = Change::Room(ResourceId(room.id.uuid()));
        found.extend(slots.into_iter().map(|slot| (Slot { change, ..slot }, zone.clone())));
    }
    // The rooms stand by name; among slots of one start they keep that order.
    found.sort_by_key(|(slot, _)| slot.during.starts());
    found.truncate(most as usize);
    Ok(found.iter().filter_map(|(slot, zone)| slot_view(context, slot, zone, &directory)).collect())
}

/// What is taken in the stretch that is asked about, read once however many rooms there are.
struct Taken {
    within: Span,
    plan: Plan,
    /// What is taken by something of which the reader may not know.
    hidden: BTreeSet<ResourceId>,
}

impl Taken {
    async fn load(
        context: &RequestContext,
        connection: &mut impl Connection,
        directory: &OfficeDirectory,
        query: &SlotQuery,
        within: Span,
        rooms: Arc<[Room]>,
    ) -> Outcome<Self> {
        let around = engagements::around(within);
        let mut engagements = match query.room {
            Some(room) => engagements::store::of_resource(context, connection, ResourceId(room.uuid()), around).await?,
            None if query.wants_room() => engagements::store::of_rooms(context, connection, around).await?,
            None => Vec::new(),
        };
        if let Some(person) = query.person {
            engagements.extend(engagements::store::of_resource(context, connection, ResourceId(person.uuid()), around).await?);
        }
        // A person may be taken by a line in any room.
        let room = query.room.filter(|_| query.person.is_none());
        let known = Known::load(context, connection, directory, within, room, Channel::Page).await?;
        let counts = |it: &&Engagement| it.is_alive(context.now()) && it.during().overlaps(within);
        let hidden = engagements.iter().filter(counts).filter(|it| !known.tells(it)).map(|it| it.resource).collect();
        let surroundings = Surroundings { rooms, ..Surroundings::default() };
        let plan = engagements::plan_of(context, connection, engagements, surroundings, around).await?;
        Ok(Self { within, plan, hidden })
    }

    /// The earliest free times of one room, of a person, or of both together.
    fn of_use(&self, context: &RequestContext, query: &SlotQuery, room: Option<(&Room, &Site)>) -> Vec<Slot> {
        let within = self.within;
        // The search goes forward from a use that starts just before the stretch; it is never offered itself.
        let starts = within.starts() - TimeDelta::minutes(1);
        let Some(core) = Span::new(starts, starts + TimeDelta::minutes(i64::from(query.minutes))) else { return Vec::new() };
        let booking = context.new_id::<BookingId>();
        let site = engagements::at_site(room.map(|(room, _)| room.details.site));
        let mut wanted = Vec::new();
        let mut want = |resource: ResourceId, occupation: Occupation| {
            let source = Source::Booking(booking);
            wanted.push(Engagement { resource, source, core, occupation, claim: Claim::Firm, marking: Marking::Clear });
        };
        if let Some((room, _)) = room {
            let needs = RoomNeeds { layout: query.layout, people: query.people, ..RoomNeeds::default() };
            want(ResourceId(room.id.uuid()), engagements::room_occupation(&room.details, &needs));
        }
        if let Some(person) = query.person {
            want(ResourceId(person.uuid()), Occupation::person_at(site));
        }
        let zone = room.map_or(&context.office().details.zone, |(_, site)| &site.details.zone);
        let is_known = !wanted.iter().any(|it| self.hidden.contains(&it.resource));
        let search = Search {
            within,
            grid: if is_known { Grid::FiveMinutes } else { Grid::HalfHour },
            offset: context.zones().offset_at(zone, within.starts()).unwrap_or(Offset::UTC),
            rooms: Vec::new(),
            most: query.most.unwrap_or(USUAL_SLOTS) as usize,
        };
        let slots = nearest(&self.plan, &engagements::rules(context), &Candidate::booking(booking, wanted), &search);
        slots.into_iter().filter(|slot| slot.during.starts() >= within.starts()).collect()
    }
}
