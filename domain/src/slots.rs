//! The nearest times and rooms that would work, for a line or booking that does not.
//!
//! Every slot offered is found by the same check that a save makes, so that what is offered is accepted, as long as nobody
//! else was quicker.

pub mod joint;

use crate::{
    clash::{Candidate, Clash, Detail, Engagement, Level, Margins, Place, Plan, RoomProblem, RuleId, Rules, clashes_of, worst},
    ids::{ResourceId, SiteId},
    time::{Offset, Span},
};
use chrono::{DateTime, TimeDelta, Utc};

/// How finely alternatives lie in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grid {
    /// For who may know what stands in the way.
    #[default]
    FiveMinutes,
    /// For who may not: an edge is told no more closely than that.
    HalfHour,
}

impl Grid {
    /// Its step in minutes.
    pub const fn minutes(self) -> i64 {
        match self {
            Self::FiveMinutes => 5,
            Self::HalfHour => 30,
        }
    }
}

/// A room that may do, and what the use would cost it in time. Whether it suits, the plan knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoomChoice {
    /// The room.
    pub room: ResourceId,
    /// Where it is.
    pub site: SiteId,
    /// Its set-up and clearing in the layout asked.
    pub margins: Margins,
}

/// Where to look for alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The use itself, margins apart, lies in it. What has begun is never offered.
    pub within: Span,
    /// How finely.
    pub grid: Grid,
    /// The offset of the clock on which the grid lies.
    pub offset: Offset,
    /// The rooms that would do, in the order in which they are preferred.
    pub rooms: Vec<RoomChoice>,
    /// At most so many earlier times, so many later ones, and so many rooms.
    pub most: usize,
}

/// What to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// The time; all else stays.
    Time,
    /// The room; all else stays.
    Room(ResourceId),
}

/// An alternative that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    /// What to change.
    pub change: Change,
    /// The time of the use, margins apart.
    pub during: Span,
    /// The worst that would still be said of it; never above a warning.
    pub level: Option<Level>,
}

/// How many steps of the grid are looked at either way: over a month of five minutes.
const MOST_STEPS: usize = 10_000;

/// The nearest times that work in the same room with the same people, nearest first; then the nearest rooms that work at the
/// time wanted.
///
/// “Works” means that no rule finds more than a note. A way of unknown length may remain a warning, since another time does
/// not make it known; neither does it make a room larger that was asked for although it is too small or lacks something, and where that is
/// all, no other time is offered. Another room must suit. Where something else stands in the way too, what is said of the hour or the day wanted may go on being said: who
/// asks for a Sunday is offered another hour of it. That somebody must still be found to interpret may remain a warning, and where
/// that is all, nothing is offered: no other time or room mends it. Nothing is offered to a candidate whose wall time is in doubt. Rooms are offered where it takes exactly
/// one, those at its site first, then by the way there, then as they were preferred.
pub fn nearest(plan: &Plan, rules: &Rules, candidate: &Candidate, search: &Search) -> Vec<Slot> {
    let Some(wanted) = candidate.during().filter(|_| candidate.doubts().is_empty()) else {
        return Vec::new();
    };
    let found = clashes_of(plan, rules, candidate);
    let mut in_the_way = found.iter().filter(|clash| clash.level > Level::Note).peekable();
    if in_the_way.peek().is_some() && in_the_way.all(|clash| clash.rule.is_of_interpreting()) {
        return Vec::new();
    }
    let asking = Asking { plan, rules, candidate, search, wanted, hours: unavoidable(&found) };
    let mut slots = Vec::new();
    if !is_of_the_room_alone(&found) {
        slots.extend(asking.times(Direction::Earlier));
        slots.extend(asking.times(Direction::Later));
    }
    slots.sort_by_key(|slot| ((slot.during.starts() - wanted.starts()).abs(), slot.during.starts()));
    slots.extend(asking.rooms());
    slots
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Earlier,
    Later,
}

struct Asking<'a> {
    plan: &'a Plan,
    rules: &'a Rules,
    candidate: &'a Candidate,
    search: &'a Search,
    wanted: Span,
    /// What may go on being said of the hour or the day.
    hours: Vec<RuleId>,
}

impl Asking<'_> {
    /// The times that work in one direction, nearest first.
    fn times(&self, direction: Direction) -> Vec<Slot> {
        let mut slots = Vec::new();
        let step = TimeDelta::minutes(match direction {
            Direction::Earlier => -self.search.grid.minutes(),
            Direction::Later => self.search.grid.minutes(),
        });
        let mut next = self.on_grid(self.wanted.starts(), direction, false);
        for _ in 0..MOST_STEPS {
            let Some(starts) = next.filter(|_| slots.len() < self.search.most) else { break };
            let by = starts - self.wanted.starts();
            let during = self.wanted.moved(by.num_minutes());
            if self.is_past_the_end(during, direction) {
                break;
            }
            next = starts.checked_add_signed(step);
            if !self.is_within(during) {
                continue;
            }
            let moved = self.candidate.moved(by);
            let clashes = clashes_of(self.plan, self.rules, &moved);
            if works(&clashes, Change::Time, &self.hours) {
                slots.push(Slot { change: Change::Time, during, level: worst(&clashes) });
            } else if let Some(clear) = self.way_past(&moved, &clashes, direction) {
                let target = starts.checked_add_signed(clear).and_then(|at| self.on_grid(at, direction, true));
                next = match direction {
                    Direction::Earlier => next.zip(target).map(|(a, b)| a.min(b)),
                    Direction::Later => next.zip(target).map(|(a, b)| a.max(b)),
                };
            }
        }
        slots
    }

    /// The rooms that work at the time wanted.
    fn rooms(&self) -> Vec<Slot> {
        let Some((own, site)) = self.candidate.room().filter(|_| self.is_within(self.wanted)) else {
            return Vec::new();
        };
        let choices = self.by_way(own, site);
        let slots = choices.into_iter().filter_map(|choice| {
            let clashes = clashes_of(self.plan, self.rules, &self.candidate.in_room(choice.room, choice.site, choice.margins));
            let change = Change::Room(choice.room);
            works(&clashes, change, &self.hours).then(|| Slot { change, during: self.wanted, level: worst(&clashes) })
        });
        slots.take(self.search.most).collect()
    }

    /// The other rooms that may do, those at its site first, then by the way there, then as they were preferred.
    fn by_way(&self, own: ResourceId, site: SiteId) -> Vec<&RoomChoice> {
        let way = |choice: &&RoomChoice| self.plan.travel().minutes(Place::Site(site), Place::Site(choice.site)).unwrap_or(u32::MAX);
        let mut choices: Vec<&RoomChoice> = self.search.rooms.iter().filter(|choice| choice.room != own).collect();
        choices.sort_by_key(way);
        choices
    }

    /// The nearest instant of the grid in a direction; `at` itself only if `inclusive`.
    fn on_grid(&self, at: DateTime<Utc>, direction: Direction, inclusive: bool) -> Option<DateTime<Utc>> {
        let step = self.search.grid.minutes() * 60;
        let local = at.timestamp() + i64::from(self.search.offset.seconds());
        let below = local.div_euclid(step) * step;
        let is_on = below == local && at.timestamp_subsec_nanos() == 0;
        let aligned = match direction {
            _ if is_on && inclusive => below,
            Direction::Earlier if is_on => below - step,
            Direction::Earlier => below,
            Direction::Later => below + step,
        };
        DateTime::from_timestamp(aligned - i64::from(self.search.offset.seconds()), 0)
    }

    fn is_past_the_end(&self, during: Span, direction: Direction) -> bool {
        match direction {
            Direction::Earlier => during.starts() < self.search.within.starts() || during.starts() <= self.plan.now(),
            Direction::Later => during.ends() > self.search.within.ends(),
        }
    }

    fn is_within(&self, during: Span) -> bool {
        self.search.within.contains(during) && self.plan.now() < during.starts()
    }

    /// How far the candidate must go to get past what it overlaps and to when its room is open: everything short of that
    /// clashes still.
    fn way_past(&self, moved: &Candidate, clashes: &[Clash], direction: Direction) -> Option<TimeDelta> {
        let bad = clashes.iter().filter(|clash| clash.level > Level::Note && !self.hours.contains(&clash.rule));
        let ways = bad.filter_map(|clash| self.way_past_one(moved, clash, direction));
        match direction {
            Direction::Earlier => ways.min(),
            Direction::Later => ways.max(),
        }
    }

    fn way_past_one(&self, moved: &Candidate, clash: &Clash, direction: Direction) -> Option<TimeDelta> {
        let source = moved.source();
        let own = if clash.first.source == source { clash.first.during? } else { clash.second?.during? };
        let other = match (clash.rule, clash.detail) {
            (_, Detail::Room(RoomProblem::BlackedOut(span))) => span,
            (_, Detail::Night { during, .. }) => during,
            // A line is on the day on which it starts.
            (_, Detail::DayOff { during, .. }) if direction == Direction::Earlier => return Some(during.starts() - own.starts()),
            (_, Detail::DayOff { during, .. }) => during,
            (_, Detail::Room(RoomProblem::Closed)) => return self.way_to_open(moved, clash, direction),
            (RuleId::RoomTwice | RuleId::EquipmentTwice | RuleId::PersonTwice | RuleId::PersonDropBy, _) => {
                clash.other_than(source)?.during?
            }
            _ => return None,
        };
        Some(match direction {
            Direction::Earlier => other.starts() - own.ends(),
            Direction::Later => other.ends() - own.starts(),
        })
    }

    /// How far a candidate must go until the room in which it was closed is open for it; past all that is searched if it is not.
    fn way_to_open(&self, moved: &Candidate, clash: &Clash, direction: Direction) -> Option<TimeDelta> {
        let is_it = |it: &&Engagement| Some(it.resource) == clash.resource && Some(it.during()) == clash.first.during;
        let core = moved.engagements().iter().find(is_it)?.core;
        let opens = self.plan.terms(clash.resource?)?.opens_for(core, direction == Direction::Later);
        let within = self.search.within;
        Some(opens.unwrap_or_else(|| match direction {
            Direction::Earlier => within.starts() - core.ends(),
            Direction::Later => within.ends() - core.starts(),
        }))
    }
}

/// Whether nothing more than a note is found, but for what may remain. `hours` may go on being said of the hour or the day.
fn works(clashes: &[Clash], change: Change, hours: &[RuleId]) -> bool {
    let may_remain = |rule: RuleId| match rule {
        RuleId::TravelUnknown | RuleId::InterpreterMissing | RuleId::ReliefMissing => true,
        RuleId::RoomTooSmall | RuleId::RoomLacks => change == Change::Time,
        rule => hours.contains(&rule),
    };
    clashes.iter().all(|clash| clash.level == Level::Note || (clash.level == Level::Warn && may_remain(clash.rule)))
}

/// Whether all that is in the way is that the room is too small or lacks something: no other time mends that.
fn is_of_the_room_alone(wanted: &[Clash]) -> bool {
    let mut in_the_way = wanted.iter().filter(|clash| clash.level > Level::Note && !clash.rule.is_of_interpreting()).peekable();
    in_the_way.peek().is_some() && in_the_way.all(|clash| matches!(clash.rule, RuleId::RoomTooSmall | RuleId::RoomLacks))
}

/// What is said of the hour or the day wanted, where that is not all that stands in the way.
fn unavoidable(wanted: &[Clash]) -> Vec<RuleId> {
    let is_in_the_way = |clash: &&Clash| clash.level > Level::Note && !clash.rule.is_of_interpreting();
    if wanted.iter().filter(is_in_the_way).all(|clash| clash.rule.is_of_the_hour()) {
        return Vec::new();
    }
    wanted.iter().map(|clash| clash.rule).filter(|rule| rule.is_of_the_hour()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clash::{
        Claim, LinePart, Occupation, PlanParts, RoomTerms,
        tests::world::{self, at, now, person_use, plan_of, resource, room_use, site, source, span},
    };
    use crate::{
        clash::Source,
        ids::BookingId,
        rooms::{Layout, terms::RoomNeeds},
    };
    use proptest::prelude::*;

    fn search(within: Span) -> Search {
        let rooms = (0..world::ROOMS).map(|room| RoomChoice {
            room: resource(room),
            site: site(room % 2),
            margins: Margins { before: 5, after: 5 },
        });
        Search { within, grid: Grid::FiveMinutes, offset: Offset::from_seconds(0).unwrap(), rooms: rooms.collect(), most: 3 }
    }

    fn booking(engagements: Vec<Engagement>) -> Candidate {
        let Source::Booking(id) = source(6) else { panic!("a booking") };
        Candidate::booking(id, engagements)
    }

    fn starts(slots: &[Slot]) -> Vec<DateTime<Utc>> {
        slots.iter().filter(|slot| slot.change == Change::Time).map(|slot| slot.during.starts()).collect()
    }

    #[test]
    fn the_nearest_times_come_first_and_touch_what_is_there() {
        let plan = plan_of(vec![room_use(4, 0, 200, 260)]);
        let slots =
            nearest(&plan, &Rules::default(), &booking(vec![room_use(6, 0, 220, 250)]), &Search { most: 1, ..search(span(60, 600)) });
        assert_eq!(starts(&slots), [at(260), at(170)]);
    }

    #[test]
    fn rooms_at_the_same_site_come_first() {
        let plan = plan_of(vec![room_use(4, 0, 200, 260)]);
        let slots = nearest(&plan, &Rules::default(), &booking(vec![room_use(6, 0, 220, 250)]), &search(span(60, 600)));
        let rooms: Vec<Change> = slots.iter().map(|slot| slot.change).filter(|change| *change != Change::Time).collect();
        assert_eq!(rooms, [Change::Room(resource(2)), Change::Room(resource(1))]);
    }

    #[test]
    fn who_may_not_know_the_cause_is_offered_half_hours_of_their_own_clock() {
        let plan = plan_of(vec![room_use(4, 0, 200, 257)]);
        let quarter = Offset::from_seconds(20_700).unwrap();
        let search = Search { grid: Grid::HalfHour, offset: quarter, most: 1, ..search(span(60, 600)) };
        let slots = nearest(&plan, &Rules::default(), &booking(vec![room_use(6, 0, 220, 250)]), &search);
        assert_eq!(starts(&slots), [at(165), at(285)]);
    }

    #[test]
    fn opening_hours_and_the_past_are_kept() {
        let rooms = vec![RoomTerms { open: Some(vec![span(0, 270), span(300, 400)]), ..world::terms(0) }];
        let plan = Plan::new(now(), PlanParts { engagements: vec![room_use(4, 0, 100, 260)], rooms, ..PlanParts::default() });
        let wanted = booking(vec![room_use(6, 0, 120, 150)]);
        let slots = nearest(&plan, &Rules::default(), &wanted, &Search { most: 2, ..search(span(0, 600)) });
        assert_eq!(starts(&slots), [at(70), at(65), at(300), at(305)]);
    }

    #[test]
    fn a_blackout_keeps_out_the_margins_too() {
        let rooms = vec![RoomTerms { blacked_out: vec![span(200, 260)], ..world::terms(0) }];
        let plan = Plan::new(now(), PlanParts { rooms, ..PlanParts::default() });
        let occupation = Occupation::Room { site: site(0), margins: Margins { before: 10, after: 5 } };
        let wanted = booking(vec![Engagement { occupation, ..room_use(6, 0, 220, 250) }]);
        let slots = nearest(&plan, &Rules::default(), &wanted, &Search { most: 1, ..search(span(60, 600)) });
        assert_eq!(starts(&slots), [at(270), at(165)]);
    }

    #[test]
    fn another_time_may_leave_a_room_too_small_and_another_room_may_not() {
        let holds = |room: u8, many: u32| RoomTerms { holds: vec![(Layout::Theatre, many)], ..world::terms(room) };
        let parts = PlanParts {
            engagements: vec![room_use(4, 0, 200, 260)],
            rooms: vec![holds(0, 10), holds(1, 20), holds(2, 19)],
            ..PlanParts::default()
        };
        let wanted = booking(vec![room_use(6, 0, 220, 250)]).needing(RoomNeeds { people: Some(20), ..RoomNeeds::default() });
        let slots = nearest(&Plan::new(now(), parts), &Rules::default(), &wanted, &Search { most: 1, ..search(span(60, 600)) });
        let changes: Vec<Change> = slots.iter().map(|slot| slot.change).collect();
        assert_eq!(changes, [Change::Time, Change::Time, Change::Room(resource(1))]);
        assert_eq!(slots.first().and_then(|slot| slot.level), Some(Level::Warn));
        let free = PlanParts { rooms: vec![holds(0, 10), holds(1, 20), holds(2, 19)], ..PlanParts::default() };
        let slots = nearest(&Plan::new(now(), free), &Rules::default(), &wanted, &Search { most: 1, ..search(span(60, 600)) });
        let changes: Vec<Change> = slots.iter().map(|slot| slot.change).collect();
        assert_eq!(changes, [Change::Room(resource(1))], "where that is all, no other time mends it");
    }

    #[test]
    fn a_person_is_given_time_for_the_way() {
        let mut parts = PlanParts { engagements: vec![person_use(4, Some(1), 200, 260)], ..PlanParts::default() };
        parts.travel.set(Place::Site(site(0)), Place::Site(site(1)), 22);
        let plan = Plan::new(now(), parts);
        let slots = nearest(
            &plan,
            &Rules::default(),
            &booking(vec![person_use(6, Some(0), 220, 250)]),
            &Search { most: 1, ..search(span(60, 600)) },
        );
        assert_eq!(starts(&slots), [at(285), at(145)]);
    }

    #[test]
    fn another_room_takes_its_people_along() {
        let candidate = booking(vec![room_use(6, 0, 220, 250), person_use(6, Some(0), 220, 250)]);
        let mut parts = PlanParts { engagements: vec![room_use(4, 0, 200, 260), person_use(5, Some(0), 255, 300)], ..PlanParts::default() };
        parts.travel.set(Place::Site(site(0)), Place::Site(site(1)), 22);
        let slots = nearest(&Plan::new(now(), parts), &Rules::default(), &candidate, &search(span(60, 600)));
        let rooms: Vec<Change> = slots.iter().map(|slot| slot.change).filter(|change| *change != Change::Time).collect();
        assert_eq!(rooms, [Change::Room(resource(2))]);
    }

    fn any_search() -> impl Strategy<Value = Search> {
        (world::any_span(), any::<bool>(), any::<bool>()).prop_map(|(window, whole, fine)| Search {
            grid: if fine { Grid::FiveMinutes } else { Grid::HalfHour },
            ..search(if whole { span(0, 900) } else { window })
        })
    }

    proptest! {
        #[test]
        fn what_is_offered_is_accepted_and_nothing_nearer_is_passed_over(
            parts in world::any_parts(), candidate in world::any_candidate(), rules in world::any_rules(), search in any_search(),
        ) {
            let plan = Plan::new(now(), parts);
            let slots = nearest(&plan, &rules, &candidate, &search);
            let wanted = candidate.during().unwrap();
            for slot in &slots {
                let changed = match slot.change {
                    Change::Time => candidate.moved(slot.during.starts() - wanted.starts()),
                    Change::Room(room) => {
                        let choice = search.rooms.iter().find(|choice| choice.room == room).unwrap();
                        candidate.in_room(room, choice.site, choice.margins)
                    }
                };
                let clashes = clashes_of(&plan, &rules, &changed);
                prop_assert!(worst(&clashes) <= Some(Level::Warn), "{slot:?} {clashes:?}");
                prop_assert!(search.within.starts() <= slot.during.starts() && slot.during.ends() <= search.within.ends());
                prop_assert!(plan.now() < slot.during.starts());
            }
            // The same by trying every minute of the grid.
            let found = clashes_of(&plan, &rules, &candidate);
            let mut in_the_way = found.iter().filter(|clash| clash.level > Level::Note).map(|clash| clash.rule).peekable();
            if in_the_way.peek().is_some() && in_the_way.all(RuleId::is_of_interpreting) {
                prop_assert_eq!(slots, []);
                return Ok(());
            }
            if is_of_the_room_alone(&found) {
                prop_assert!(slots.iter().all(|slot| slot.change != Change::Time), "{slots:?}");
                return Ok(());
            }
            let hours = unavoidable(&found);
            let tried = (0..900 / search.grid.minutes()).map(|step| at(step * search.grid.minutes())).filter(|start| {
                let during = wanted.moved((*start - wanted.starts()).num_minutes());
                let moved = candidate.moved(*start - wanted.starts());
                search.within.contains(during) && now() < *start && works(&clashes_of(&plan, &rules, &moved), Change::Time, &hours)
            });
            let (mut earlier, later): (Vec<_>, Vec<_>) = tried.filter(|start| *start != wanted.starts()).partition(|start| *start < wanted.starts());
            earlier.reverse();
            let mut expected: Vec<_> = earlier.into_iter().take(search.most).chain(later.into_iter().take(search.most)).collect();
            expected.sort_by_key(|start| ((*start - wanted.starts()).abs(), *start));
            prop_assert_eq!(starts(&slots), expected);
        }
    }

    #[test]
    fn a_time_in_doubt_is_offered_nothing() {
        let candidate = Candidate::in_doubt(Source::Booking(BookingId(world::id(4, 6))), Vec::new());
        assert_eq!(nearest(&plan_of(Vec::new()), &Rules::default(), &candidate, &search(span(0, 600))), []);
    }

    #[test]
    fn who_asks_for_the_night_is_offered_the_morning_but_keeps_the_day_where_a_room_is_in_the_way() {
        let lines = vec![world::line(1, LinePart::Arrival, 0, 60)];
        let nights = vec![world::night(0, 200, 400)];
        let wanted = Candidate::item(world::line(0, LinePart::Attended, 220, 250), vec![room_use(0, 0, 220, 250)]);
        let search = Search { most: 1, rooms: Vec::new(), ..search(span(60, 600)) };
        let parts = PlanParts { lines, nights, ..PlanParts::default() };
        assert_eq!(starts(&nearest(&Plan::new(now(), parts.clone()), &Rules::default(), &wanted, &search)), [at(170), at(400)]);
        let taken = PlanParts { engagements: vec![room_use(4, 0, 200, 260)], ..parts };
        assert_eq!(starts(&nearest(&Plan::new(now(), taken), &Rules::default(), &wanted, &search)), [at(260), at(170)]);
    }

    #[test]
    fn an_office_may_pencil_over_its_own_pencil() {
        let pencilled = Claim::Pencilled { until: at(10_000) };
        let plan = plan_of(vec![Engagement { claim: pencilled, ..room_use(4, 0, 200, 260) }]);
        let candidate = booking(vec![Engagement { claim: pencilled, ..room_use(6, 0, 260, 290) }]);
        let slots = nearest(&plan, &Rules::default(), &candidate, &Search { most: 1, ..search(span(60, 600)) });
        assert_eq!(slots.first().map(|slot| (slot.during, slot.level)), Some((span(255, 285), Some(Level::Note))));
    }
}
