//! Which rooms suit a use, and what those lack that nearly do.

use super::{Room, terms::RoomNeeds};
use crate::{
    accounts::Role,
    clash::{Candidate, Claim, Detail, Engagement, Level, Occupation, Plan, RoomProblem, RuleId, Rules, Source, clashes_of},
    ids::{BookingId, ResourceId, RoomId, SiteId},
    marking::Marking,
    time::Span,
};
use std::{cmp::Ordering, collections::BTreeSet};

/// A room that lacks more than this is no near miss.
const MOST_LACKING: usize = 2;

/// What keeps a room from being had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// It does not suit the use.
    Unsuited(RoomProblem),
    /// Something else takes it.
    Taken,
    /// It is at another site than the one asked for.
    OtherSite,
    /// It is kept for others to book.
    NotForYou,
}

/// A use for which a room is looked for.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// The id under which it would be saved; what the plan knows of it is not in its way.
    pub booking: BookingId,
    /// When it is, without any room's margins.
    pub during: Span,
    /// How firmly it is wanted.
    pub claim: Claim,
    /// What it asks of its room.
    pub needs: RoomNeeds,
    /// The marking of what is said there.
    pub marking: Marking,
    /// At this site alone.
    pub site: Option<SiteId>,
    /// The roles of who looks.
    pub roles: &'a BTreeSet<Role>,
}

/// A room and what it lacks for a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The room.
    pub room: RoomId,
    /// Where it is.
    pub site: SiteId,
    /// What it lacks; nothing if it suits and is free.
    pub lacks: Vec<Lack>,
    /// How many more than come it would hold; none where nobody said how many it holds, or it holds fewer.
    pub spare: Option<u32>,
}

impl Fit {
    /// Whether it lacks so little that another room, time or number of people would do, and may be had at all.
    pub fn is_near_miss(&self) -> bool {
        (1..=MOST_LACKING).contains(&self.lacks.len()) && !self.lacks.contains(&Lack::NotForYou)
    }

    /// Those that lack least come first, then the smallest that is large enough; then they lie together by site.
    fn rank(&self, other: &Self) -> Ordering {
        let key = |fit: &Self| (fit.lacks.len(), fit.spare.unwrap_or(u32::MAX), fit.site, fit.room);
        key(self).cmp(&key(other))
    }
}

/// What was found for a use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The rooms that suit it and are free: a save would find no more than a note.
    pub fit: Vec<Fit>,
    /// Those that nearly do.
    pub near: Vec<Fit>,
}

/// Which of some rooms can be had for a use, and which nearly, best first. The plan holds their terms and what takes them.
///
/// It is the very check that a save makes.
pub fn find_rooms(plan: &Plan, rules: &Rules, rooms: &[Room], wish: &Wish<'_>) -> Found {
    let mut fits: Vec<Fit> = rooms.iter().map(|room| fit_of(plan, rules, room, wish)).collect();
    fits.sort_by(Fit::rank);
    let (fit, rest): (Vec<Fit>, Vec<Fit>) = fits.into_iter().partition(|fit| fit.lacks.is_empty());
    Found { fit, near: rest.into_iter().filter(Fit::is_near_miss).collect() }
}

impl Wish<'_> {
    /// The use as it would be in a room.
    pub fn candidate_in(&self, room: &Room) -> Candidate {
        let (details, needs) = (&room.details, &self.needs);
        let engagement = Engagement {
            resource: ResourceId(room.id.uuid()),
            source: Source::Booking(self.booking),
            core: self.during,
            occupation: Occupation::Room { site: details.site, margins: details.margins(needs.layout, needs.sweep) },
            claim: self.claim,
            marking: self.marking,
        };
        Candidate::booking(self.booking, vec![engagement]).needing(needs.clone())
    }
}

/// What a room lacks for a use.
pub fn fit_of(plan: &Plan, rules: &Rules, room: &Room, wish: &Wish<'_>) -> Fit {
    let (details, needs) = (&room.details, &wish.needs);
    let candidate = wish.candidate_in(room);
    let lacking = clashes_of(plan, rules, &candidate).into_iter().filter(|clash| clash.level > Level::Note);
    let mut lacks: BTreeSet<Lack> = lacking
        .filter_map(|clash| match (clash.rule, clash.detail) {
            (_, Detail::Room(problem)) => Some(Lack::Unsuited(problem)),
            (RuleId::RoomTwice, _) => Some(Lack::Taken),
            _ => None,
        })
        .collect();
    if wish.site.is_some_and(|site| site != details.site) {
        lacks.insert(Lack::OtherSite);
    }
    if !details.booked_by.admits(wish.roles) {
        lacks.insert(Lack::NotForYou);
    }
    let fitting = details.layouts.iter().filter(|it| needs.layout.is_none_or(|wanted| wanted == it.layout));
    let holds = fitting.map(|it| it.capacity).max();
    let spare = holds.and_then(|holds| holds.checked_sub(needs.people.unwrap_or_default()));
    Fit { room: room.id, site: details.site, lacks: lacks.into_iter().collect(), spare }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clash::{
            PlanParts, RoomTerms,
            tests::world::{self, now, room_use, site, span},
        },
        rooms::{Feature, Layout, LayoutCapacity, RoomDetails, terms::BookedBy},
        text::Title,
    };
    use proptest::{collection::vec, prelude::*};

    fn booking() -> BookingId {
        BookingId(world::id(4, 6))
    }

    fn room(number: u8, capacity: u32) -> Room {
        let layout = LayoutCapacity { layout: Layout::Boardroom, capacity, set_up_minutes: 10, clearing_minutes: 5 };
        Room {
            id: RoomId(world::resource(number).uuid()),
            revision: 1,
            details: RoomDetails {
                site: site(number % 2),
                name: Title::parse("Rotunda").unwrap(),
                floor: None,
                layouts: vec![layout],
                features: vec![Feature::StepFree],
                hours: Vec::new(),
                seasons: Vec::new(),
                sweep_minutes: 15,
                booked_by: BookedBy::default(),
                approval: crate::rooms::approval::Approval::default(),
                clearance: Marking::Amber,
            },
        }
    }

    fn terms(room: &Room) -> RoomTerms {
        RoomTerms::of(room.id, &room.details, None, Vec::new())
    }

    fn wish(roles: &BTreeSet<Role>, people: u32) -> Wish<'_> {
        Wish {
            booking: booking(),
            during: span(200, 260),
            claim: Claim::Firm,
            needs: RoomNeeds { layout: Some(Layout::Boardroom), people: Some(people), ..RoomNeeds::default() },
            marking: Marking::Green,
            site: None,
            roles,
        }
    }

    fn plan_with(rooms: &[Room], engagements: Vec<Engagement>) -> Plan {
        Plan::new(now(), PlanParts { engagements, rooms: rooms.iter().map(terms).collect(), ..PlanParts::default() })
    }

    #[test]
    fn the_smallest_that_is_large_enough_comes_first_and_near_misses_say_what_they_lack() {
        let rooms = [room(0, 40), room(1, 12), room(2, 20)];
        let roles = BTreeSet::new();
        let plan = plan_with(&rooms, vec![room_use(4, 0, 265, 300)]);
        let found = find_rooms(&plan, &Rules::default(), &rooms, &Wish { during: span(200, 250), ..wish(&roles, 20) });
        assert_eq!(
            found.fit.iter().map(|fit| (fit.room, fit.spare)).collect::<Vec<_>>(),
            [(rooms[2].id, Some(0)), (rooms[0].id, Some(20))]
        );
        let small = Lack::Unsuited(RoomProblem::TooSmall { holds: 12, wanted: 20 });
        assert_eq!(found.near.iter().map(|fit| fit.lacks.clone()).collect::<Vec<_>>(), [[small]]);
        // Clearing takes five minutes, so that the larger room is taken by margins alone.
        let later = find_rooms(&plan, &Rules::default(), &rooms, &Wish { during: span(200, 261), ..wish(&roles, 20) });
        assert_eq!(later.near.iter().map(|fit| fit.lacks.clone()).collect::<Vec<_>>(), [[Lack::Taken], [small]]);
    }

    #[test]
    fn a_sweep_takes_its_time_before() {
        let rooms = [room(0, 40)];
        let roles = BTreeSet::new();
        let plan = plan_with(&rooms, vec![room_use(4, 0, 100, 180)]);
        let swept = RoomNeeds { sweep: true, ..wish(&roles, 10).needs };
        assert_eq!(find_rooms(&plan, &Rules::default(), &rooms, &wish(&roles, 10)).fit.len(), 1);
        let found = find_rooms(&plan, &Rules::default(), &rooms, &Wish { needs: swept, ..wish(&roles, 10) });
        assert_eq!(found.near.first().map(|fit| fit.lacks.clone()), Some(vec![Lack::Taken]));
    }

    #[test]
    fn what_is_kept_for_others_or_lacks_too_much_is_no_near_miss() {
        let mut kept = room(0, 40);
        kept.details.booked_by.roles.insert(Role::ChiefOfProtocol);
        let far = room(1, 5);
        let roles = BTreeSet::from([Role::Scheduler]);
        let rooms = [kept, far];
        let plan = plan_with(&rooms, Vec::new());
        let picky = RoomNeeds { features: vec![Feature::Kitchen], ..wish(&roles, 10).needs };
        let found = find_rooms(&plan, &Rules::default(), &rooms, &Wish { needs: picky, site: Some(site(0)), ..wish(&roles, 10) });
        assert_eq!(found, Found::default());
        let near = find_rooms(&plan, &Rules::default(), &rooms, &Wish { site: Some(site(0)), ..wish(&roles, 10) });
        let small = Lack::Unsuited(RoomProblem::TooSmall { holds: 5, wanted: 10 });
        assert_eq!(near.near.iter().map(|fit| fit.lacks.clone()).collect::<Vec<_>>(), [[small, Lack::OtherSite]]);
    }

    proptest! {
        #[test]
        fn what_fits_is_booked_without_a_warning_and_nothing_that_would_be_is_left_out(
            parts in world::any_parts(), capacities in vec(1_u32..6, 3), during in world::any_span(), claim in world::any_claim(),
            people in proptest::option::of(1_u32..6), sweep in any::<bool>(), only in proptest::option::of(0_u8..2),
        ) {
            let rooms: Vec<Room> = (0..world::ROOMS).zip(capacities).map(|(number, capacity)| room(number, capacity)).collect();
            let parts = PlanParts { lines: Vec::new(), ..parts };
            let plan = Plan::new(now(), parts);
            let roles = BTreeSet::new();
            let needs = RoomNeeds { layout: None, people, features: Vec::new(), sweep };
            let wish = Wish { during, claim, needs: needs.clone(), site: only.map(site), ..wish(&roles, 1) };
            let found = find_rooms(&plan, &Rules::default(), &rooms, &wish);
            for room in &rooms {
                let use_of_it = Engagement {
                    core: during,
                    claim,
                    occupation: Occupation::Room { site: room.details.site, margins: room.details.margins(None, sweep) },
                    ..room_use(6, 0, 0, 1)
                };
                let use_of_it = Engagement { resource: ResourceId(room.id.uuid()), ..use_of_it };
                let candidate = Candidate::booking(booking(), vec![use_of_it]).needing(needs.clone());
                let quiet = clashes_of(&plan, &Rules::default(), &candidate).iter().all(|clash| clash.level == Level::Note);
                let here = only.is_none_or(|number| site(number) == room.details.site);
                prop_assert_eq!(found.fit.iter().any(|fit| fit.room == room.id), quiet && here);
                let is_near = found.near.iter().any(|fit| fit.room == room.id);
                prop_assert!(!(is_near && quiet && here));
            }
            for pair in found.fit.windows(2).chain(found.near.windows(2)) {
                prop_assert!(pair[0].rank(&pair[1]) == Ordering::Less, "best first, each once");
            }
            prop_assert!(found.near.iter().all(Fit::is_near_miss));
        }
    }
}
