//! Rooms for a use at a given time: those that suit and are free, and what those lack that nearly do.

use super::store;
use crate::{
    clashes::{feature_in_words, layout_in_words, moment, slot_view, time_and_day},
    context::RequestContext,
    directory::{OfficeDirectory, authorise_reading},
    engagements::{self, Surroundings},
    error::Outcome,
    permits::ReadRooms,
};
use domain::{
    clash::{Claim, Plan, RoomProblem},
    marking::view::SlotView,
    rooms::{
        Room, Site,
        filter::RoomFilter,
        fit::{Fit, Lack, Wish, find_rooms as fits},
        found::{FoundRoom, FoundRoomsView, LackView, NearMiss},
        input::{WantedUse, WantedUseInput},
    },
    slots::nearest,
    time::ZoneName,
};
use language::{Locale, Words};

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
    let searched = engagements::with_margins(engagements::search(context, during, false, Vec::new()).within);
    let taken = engagements::store::of_rooms(context, &mut connection, searched).await?;
    let surroundings = Surroundings { rooms: rooms.clone(), ..Surroundings::default() };
    let plan = engagements::plan_of(context, &mut connection, taken, surroundings, searched).await?;
    let wish = Wish { booking: context.new_id(), during, claim: Claim::Firm, needs, marking, site, roles: context.actor().roles() };
    let found = fits(&plan, &engagements::rules(context), &rooms, &wish);
    let telling = Finding { context, plan: &plan, rooms: &rooms, sites: &sites, wish: &wish };
    Ok(FoundRoomsView {
        of: u32::try_from(rooms.len()).unwrap_or(u32::MAX),
        fit: found.fit.iter().filter_map(|fit| Some(telling.room(telling.of(fit)?))).collect(),
        near: found.near.iter().take(MOST_NEAR).filter_map(|fit| telling.near_miss(fit)).collect(),
    })
}

/// Tells what was found.
struct Finding<'a> {
    context: &'a RequestContext,
    plan: &'a Plan,
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
        let nearest = if lacks.iter().all(|lack| lack.kind.is_of_time()) { self.other_times(room, zone) } else { Vec::new() };
        Some(NearMiss { found: self.room((room, site)), lacks, nearest })
    }

    fn other_times(&self, room: &Room, zone: &ZoneName) -> Vec<SlotView> {
        let mut search = engagements::search(self.context, self.wish.during, false, Vec::new());
        search.most = NEAREST;
        search.offset = self.context.zones().offset_at(zone, self.wish.during.starts()).unwrap_or(search.offset);
        let slots = nearest(self.plan, &engagements::rules(self.context), &self.wish.candidate_in(room), &search);
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
