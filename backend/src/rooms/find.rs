//! Rooms for a use at a given time: those that suit and are free, and what those lack that nearly do.

use super::store;
use crate::{
    clashes::{feature_in_words, layout_in_words, moment, slot_view, time_and_day},
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Surroundings},
    error::Outcome,
    permits::ReadRooms,
};
use chrono::TimeDelta;
use domain::{
    clash::{Claim, Plan, RoomProblem},
    ids::ResourceId,
    marking::view::SlotView,
    rooms::{
        Room, Site,
        filter::RoomFilter,
        fit::{Fit, Lack, Wish, find_rooms as fits},
        found::{FoundRoom, FoundRoomsView, LackKind, LackView, NearMiss},
        input::{WantedUse, WantedUseInput},
        terms::RoomNeeds,
    },
    slots::nearest,
    time::{Span, ZoneName},
};
use language::{Locale, Words};
use std::sync::Arc;

/// How many near misses are told.
pub const MOST_NEAR: usize = 12;

/// How many earlier and later times are told of a room that is only taken.
const NEAREST: usize = 1;

/// The rooms that suit a use and are free for it, and those that nearly are. For accounts of the office alone.
///
/// What is found is what a booking would find, margins included. Of what takes a room nothing is told, and other times lie on the
/// half hours.
///
/// # Errors
/// When the actor may not, or something given is wrong.
pub async fn find_rooms(context: &RequestContext, input: WantedUseInput) -> Outcome<FoundRoomsView> {
    authorise_reading::<ReadRooms>(context)?;
    let WantedUse { during, needs, site, marking } = input.read(context.zones())?;
    let mut connection = context.read().await?;
    let sites = store::sites(context, &mut connection).await?;
    let rooms = store::rooms(context, &mut connection).await?;
    let asked = with_margins_in(&rooms, during, &needs);
    let taken = engagements::store::of_rooms(context, &mut connection, asked).await?;
    let surroundings = Surroundings { rooms: rooms.clone(), ..Surroundings::default() };
    let plan = engagements::plan_of(context, &mut connection, taken, surroundings, asked).await?;
    let wish = Wish { booking: context.new_id(), during, claim: Claim::Firm, needs, marking, site, roles: context.actor().roles() };
    let mut found = fits(&plan, &engagements::rules(context), &rooms, &wish);
    found.near.truncate(MOST_NEAR);
    let later = around_near_misses(context, &mut connection, &rooms, &found.near, during).await?;
    let telling = Finding { context, later: &later, rooms: &rooms, sites: &sites, wish: &wish };
    Ok(FoundRoomsView {
        of: u32::try_from(rooms.len()).unwrap_or(u32::MAX),
        fit: found.fit.iter().filter_map(|fit| Some(telling.room(telling.of(fit)?))).collect(),
        near: found.near.iter().filter_map(|fit| telling.near_miss(fit)).collect(),
    })
}

/// A use with the longest margins that it has in any of these rooms. What takes a room is kept with its own.
fn with_margins_in(rooms: &[Room], during: Span, needs: &RoomNeeds) -> Span {
    let (before, after) = rooms.iter().fold((0, 0), |(before, after), room| {
        let margins = room.details.margins(needs.layout, needs.sweep);
        (margins.before.max(before), margins.after.max(after))
    });
    let minutes = |minutes: u32| TimeDelta::minutes(minutes.into());
    Span::new(during.starts() - minutes(before), during.ends() + minutes(after)).unwrap_or(during)
}

/// Whether a room would do at another time.
fn is_of_time_alone(fit: &Fit) -> bool {
    fit.lacks.iter().all(|lack| LackKind::from(*lack).is_of_time())
}

/// What takes the rooms that would do at another time, as far as other times are looked for: a few rooms for longer, where the use
/// itself is looked for in all of them.
async fn around_near_misses(
    context: &RequestContext,
    connection: &mut impl Connection,
    rooms: &[Room],
    near: &[Fit],
    during: Span,
) -> Outcome<Plan> {
    let searched = engagements::with_margins(engagements::search(context, during, false, Vec::new()).within);
    let of_time = near.iter().filter(|fit| is_of_time_alone(fit));
    let rooms: Arc<[Room]> = of_time.filter_map(|fit| rooms.iter().find(|room| room.id == fit.room)).cloned().collect();
    let mut taken = Vec::new();
    for room in rooms.iter() {
        taken.extend(engagements::store::of_resource(context, connection, ResourceId(room.id.uuid()), searched).await?);
    }
    engagements::plan_of(context, connection, taken, Surroundings { rooms, ..Surroundings::default() }, searched).await
}

/// Tells what was found.
struct Finding<'a> {
    context: &'a RequestContext,
    /// What takes the rooms that would do at another time.
    later: &'a Plan,
    rooms: &'a [Room],
    sites: &'a [Site],
    wish: &'a Wish<'a>,
}

impl<'a> Finding<'a> {
    fn of(&self, fit: &Fit) -> Option<(&'a Room, &'a Site)> {
        let room = self.rooms.iter().find(|room| room.id == fit.room)?;
        Some((room, self.sites.iter().find(|site| site.id == fit.site)?))
    }

    fn room(&self, (room, site): (&Room, &Site)) -> FoundRoom {
        let asked = RoomFilter { layout: self.wish.needs.layout, ..RoomFilter::default() };
        FoundRoom::of(room, site, &asked)
    }

    fn near_miss(&self, fit: &Fit) -> Option<NearMiss> {
        let (room, site) = self.of(fit)?;
        let zone = &site.details.zone;
        let lacks: Vec<LackView> = fit.lacks.iter().map(|lack| self.lack(*lack, site)).collect();
        let nearest = if is_of_time_alone(fit) { self.other_times(room, zone) } else { Vec::new() };
        Some(NearMiss { found: self.room((room, site)), lacks, nearest })
    }

    fn other_times(&self, room: &Room, zone: &ZoneName) -> Vec<SlotView> {
        let mut search = engagements::search(self.context, self.wish.during, false, Vec::new());
        search.most = NEAREST;
        search.offset = self.context.zones().offset_at(zone, self.wish.during.starts()).unwrap_or(search.offset);
        let slots = nearest(self.later, &engagements::rules(self.context), &self.wish.candidate_in(room), &search);
        // A time brings no room's name with it.
        let nameless = OfficeDirectory::default();
        slots.iter().filter_map(|slot| slot_view(self.context, slot, zone, &nameless)).collect()
    }

    fn lack(&self, lack: Lack, site: &Site) -> LackView {
        let words = Words::new(Locale::English);
        let say = match lack {
            Lack::Unsuited(RoomProblem::TooSmall { holds, wanted }) => words.finder_too_small(holds, wanted),
            Lack::Unsuited(RoomProblem::NoLayout(layout)) => words.finder_no_layout(layout_in_words(words, layout)),
            Lack::Unsuited(RoomProblem::Lacks(feature)) => words.finder_without(feature_in_words(words, feature)),
            Lack::Unsuited(RoomProblem::Closed) => words.finder_closed(),
            Lack::Unsuited(RoomProblem::BlackedOut(span)) => {
                let until = moment(self.context, &site.details.zone, span.ends());
                words.finder_blacked_out(until.as_ref().map(time_and_day).unwrap_or_default())
            }
            Lack::Unsuited(RoomProblem::Cleared { to }) => words.finder_cleared(to.label()),
            Lack::Taken => words.finder_taken(),
            Lack::OtherSite => words.finder_other_site(),
            Lack::NotForYou => words.finder_not_for_you(),
        };
        LackView { kind: lack.into(), say }
    }
}
