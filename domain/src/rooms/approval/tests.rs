use super::*;
use crate::{
    clash::{Candidate, Level, Margins, Occupation, Plan, PlanParts, Rules, clashes_of, worst},
    ids::{BookingId, ResourceId, SiteId},
    marking::Marking,
};
use proptest::prelude::*;
use uuid::Uuid;

const ROOM: u128 = 1;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn roles(of: &[Role]) -> BTreeSet<Role> {
    of.iter().copied().collect()
}

#[test]
fn nobody_asks_where_nobody_gives() {
    assert!(!Approval::default().is_needed_from(&roles(&[Role::Scheduler])));
}

#[test]
fn everybody_asks_but_who_gives_unless_some_are_named() {
    let all = Approval { needed_from: roles(&[]), given_by: roles(&[Role::RoomsManager]) };
    assert!(all.is_needed_from(&roles(&[Role::ChiefOfProtocol])) && all.is_needed_from(&roles(&[Role::Scheduler, Role::Staff])));
    assert!(!all.is_needed_from(&roles(&[Role::Scheduler, Role::RoomsManager])));
    let some = Approval { needed_from: roles(&[Role::Scheduler]), ..all };
    assert!(some.is_needed_from(&roles(&[Role::Scheduler, Role::Staff])));
    assert!(!some.is_needed_from(&roles(&[Role::Scheduler, Role::ProtocolOfficer])));
}

fn asked(from: i64, claim: Claim) -> Asked {
    Asked::new(RoomId(Uuid::from_u128(ROOM)), Span::new(at(from), at(from + 60)).unwrap(), &RoomNeeds::default(), claim)
}

#[test]
fn a_change_of_time_asks_again_and_what_goes_on_does_not() {
    let before = asked(0, Claim::Firm);
    for standing in [None, Some(Approving::Awaited), Some(Approving::Given)] {
        assert_eq!(before.saved_over(Some((before, standing)), true), standing);
        assert_eq!(before.saved_over(Some((before, standing)), false), standing);
        assert_eq!(asked(5, Claim::Firm).saved_over(Some((before, standing)), true), Some(Approving::Awaited));
        assert_eq!(asked(5, Claim::Firm).saved_over(Some((before, standing)), false), None);
    }
}

#[test]
fn what_holds_nothing_any_more_asks_again_when_it_is_saved() {
    let before = asked(0, Claim::Firm);
    for standing in [Approving::Declined, Approving::GivenAway] {
        assert_eq!(before.saved_over(Some((before, Some(standing))), true), Some(Approving::Awaited));
        assert_eq!(before.saved_over(Some((before, Some(standing))), false), None);
    }
}

#[test]
fn a_pencil_that_becomes_firm_asks_and_a_pencil_does_not() {
    let pencil = asked(0, Claim::Pencilled { until: at(0) });
    assert_eq!(pencil.saved_over(None, true), None);
    assert_eq!(asked(0, Claim::Firm).saved_over(Some((pencil, None)), true), Some(Approving::Awaited));
    assert_eq!(asked(0, Claim::Promised { until: at(0) }).saved_over(None, true), Some(Approving::Awaited));
}

/// What may happen to the bookings of one room.
#[derive(Debug, Clone, Copy)]
enum Step {
    Save { booking: usize, from: i64, long: i64, margins: Margins, wanted: u8, must_ask: bool },
    Give(usize),
    Decline(usize),
    Cancel(usize),
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let margins = (0_u32..40, 0_u32..40).prop_map(|(before, after)| Margins { before, after });
    let saved = (0_usize..6, 0_i64..400, 1_i64..120, margins, 0_u8..3, any::<bool>())
        .prop_map(|(booking, from, long, margins, wanted, must_ask)| Step::Save { booking, from, long, margins, wanted, must_ask });
    let step = prop_oneof![
        4 => saved,
        3 => (0_usize..6).prop_map(Step::Give),
        1 => (0_usize..6).prop_map(Step::Decline),
        1 => (0_usize..6).prop_map(Step::Cancel),
        1 => (0_i64..60).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 0..60)
}

/// A booking of the model: what it wants, and how it stands.
#[derive(Debug, Clone, Copy)]
struct Kept {
    asked: Asked,
    wanted: Engagement,
    standing: Option<Approving>,
}

impl Kept {
    fn engagement(&self) -> Engagement {
        Engagement { claim: held_as(self.wanted.claim, self.standing, self.wanted.core.starts()), ..self.wanted }
    }
}

/// A room as the use cases keep it.
#[derive(Debug, Default)]
struct Model {
    minute: i64,
    bookings: [Option<Kept>; 6],
}

impl Model {
    /// What takes the room now, by the number of its booking.
    fn taken(&self) -> Vec<(usize, Engagement)> {
        let kept = self.bookings.iter().enumerate().filter_map(|(number, kept)| Some((number, kept.as_ref()?.engagement())));
        kept.filter(|(_, taken)| !taken.claim.is_wished() && taken.is_alive(at(self.minute))).collect()
    }

    fn refuses(&self, wanted: Engagement, but: &[Source]) -> bool {
        let engagements = self.taken().into_iter().map(|(_, taken)| taken).filter(|taken| !but.contains(&taken.source)).collect();
        let plan = Plan::new(at(self.minute), PlanParts { engagements, ..PlanParts::default() });
        let Source::Booking(id) = wanted.source else { return true };
        worst(&clashes_of(&plan, &Rules::default(), &Candidate::booking(id, vec![wanted]))) == Some(Level::Block)
    }

    fn save(&mut self, booking: usize, (from, long): (i64, i64), margins: Margins, wanted: u8, must_ask: bool) {
        let from = self.minute + 1 + from;
        let core = Span::new(at(from), at(from + long)).unwrap();
        let claim = [Claim::Firm, Claim::Pencilled { until: at(from) }, Claim::Promised { until: at(from) }][usize::from(wanted)];
        let asked = Asked::new(RoomId(Uuid::from_u128(ROOM)), core, &RoomNeeds::default(), claim);
        let before = self.bookings[booking].map(|kept| (kept.asked, kept.standing));
        let source = Source::Booking(BookingId(Uuid::from_u128(booking as u128)));
        let occupation = Occupation::Room { site: SiteId(Uuid::from_u128(9)), margins };
        let wanted = Engagement { resource: ResourceId(Uuid::from_u128(ROOM)), source, core, occupation, claim, marking: Marking::Green };
        let kept = Kept { asked, wanted, standing: asked.saved_over(before, must_ask) };
        if !self.refuses(kept.engagement(), &[source]) {
            self.bookings[booking] = Some(kept);
        }
    }

    /// Gives the room to a booking that waits, and tells who lost it.
    fn give(&mut self, booking: usize) -> Vec<Source> {
        let now = at(self.minute);
        let Some(kept) = self.bookings[booking].filter(|kept| kept.standing == Some(Approving::Awaited) && kept.engagement().is_alive(now))
        else {
            return Vec::new();
        };
        let given = Kept { standing: Some(Approving::Given), ..kept };
        let others: Vec<Engagement> = self.taken().into_iter().map(|(_, taken)| taken).collect();
        let lost = losers(&given.engagement(), &others, now);
        assert!(!self.refuses(given.engagement(), &lost), "what waits was pencilled, and so in nobody's way");
        self.bookings[booking] = Some(given);
        for other in self.bookings.iter_mut().flatten().filter(|other| lost.contains(&other.wanted.source)) {
            other.standing = Some(Approving::GivenAway);
        }
        lost
    }
}

proptest! {
    #[test]
    fn no_path_leaves_a_room_taken_twice_and_giving_it_ends_the_pencils_over_it_alone(steps in steps()) {
        let mut model = Model::default();
        for step in steps {
            let before = model.taken();
            match step {
                Step::Save { booking, from, long, margins, wanted, must_ask } => model.save(booking, (from, long), margins, wanted, must_ask),
                Step::Give(booking) => {
                    let given = model.bookings[booking].map(|kept| kept.wanted.during());
                    let has_it = |model: &Model| model.bookings[booking].is_some_and(|kept| kept.standing == Some(Approving::Given));
                    let had_it = has_it(&model);
                    let lost = model.give(booking);
                    // What was given before loses nothing to anybody by being given again.
                    let is_given = has_it(&model) && !had_it;
                    for (number, taken) in before.iter().filter(|(number, _)| *number != booking) {
                        let touches = given.is_some_and(|given| given.overlaps(taken.during()));
                        let loses = is_given && touches && matches!(taken.claim, Claim::Pencilled { .. });
                        let stays = model.taken().iter().any(|(other, _)| other == number);
                        prop_assert_eq!(lost.contains(&taken.source), loses && !stays);
                        prop_assert_eq!(stays, !loses);
                    }
                }
                Step::Decline(booking) => {
                    if let Some(kept) = model.bookings[booking].as_mut().filter(|kept| kept.standing == Some(Approving::Awaited)) {
                        kept.standing = Some(Approving::Declined);
                        prop_assert!(kept.engagement().claim.is_wished());
                    }
                }
                Step::Cancel(booking) => model.bookings[booking] = None,
                Step::Wait(minutes) => model.minute += minutes,
            }
            let taken = model.taken();
            for (place, (_, one)) in taken.iter().enumerate() {
                for (_, other) in &taken[place + 1..] {
                    let both = one.is_exclusive() && other.is_exclusive();
                    prop_assert!(!both || !one.during().overlaps(other.during()), "{one:?} and {other:?}");
                }
            }
        }
    }
}
