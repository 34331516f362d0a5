//! What is proposed for all is accepted for all.

use super::*;
use crate::{
    clash::{
        Claim, Engagement, LinePart, Margins, Occupation, PlanParts, RoomTerms, Source,
        tests::world::{self, at, now, person_use, resource, room_use, site, span},
    },
    ids::BookingId,
    rooms::{Layout, terms::RoomNeeds},
    slots::Grid,
    time::{Offset, Span},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// The first of those that are no lines.
const FIRST: u8 = 10;

fn booking(engagements: Vec<Engagement>) -> Candidate {
    let Source::Booking(id) = engagements[0].source else { panic!("a booking") };
    let booking: BookingId = id;
    Candidate::booking(booking, engagements)
}

fn search() -> Search {
    let rooms =
        (1..world::ROOMS).map(|room| RoomChoice { room: resource(room), site: site(room % 2), margins: Margins { before: 5, after: 10 } });
    Search { within: span(0, 1_000), grid: Grid::HalfHour, offset: Offset::from_seconds(0).unwrap(), rooms: rooms.collect(), most: 3 }
}

fn displaced(candidate: Candidate) -> Displaced {
    Displaced { candidate, search: search(), chosen: None }
}

/// A world whose first room is closed for a while.
fn closed(engagements: Vec<Engagement>, closed: Span) -> Plan {
    let rooms = (0..world::ROOMS).map(|room| RoomTerms {
        holds: vec![(Layout::Theatre, 10 + 5 * u32::from(room))],
        blacked_out: if room == 0 { vec![closed] } else { Vec::new() },
        ..world::terms(room)
    });
    Plan::new(now(), PlanParts { engagements, rooms: rooms.collect(), ..PlanParts::default() })
}

#[test]
fn two_uses_at_one_time_are_given_two_rooms_and_a_third_another_time() {
    let uses: Vec<Engagement> = (0..3).map(|number| room_use(FIRST + number, 0, 200, 260)).collect();
    // Only one of them can be firm in the closed room; the others are pencilled over it, and would be over one another elsewhere.
    let pencilled = |until: i64| Claim::Pencilled { until: at(until) };
    let uses: Vec<Engagement> = uses
        .into_iter()
        .enumerate()
        .map(|(number, it)| if number == 0 { it } else { Engagement { claim: pencilled(9_000), ..it } })
        .collect();
    let mut plan = closed(uses.clone(), span(180, 300));
    let firm: Vec<Displaced> = uses.iter().map(|it| displaced(booking(vec![Engagement { claim: Claim::Firm, ..*it }]))).collect();
    let goes: Vec<Change> = place(&mut plan, &Rules::default(), &firm).iter().map(|it| it.goes.unwrap().change).collect();
    assert_eq!(goes[..2], [Change::Room(resource(2)), Change::Room(resource(1))]);
    let third = place(&mut closed(uses, span(180, 300)), &Rules::default(), &firm)[2].clone();
    assert_ne!(third.goes.unwrap().during, span(200, 260), "both other rooms are given away at that time");
}

/// A segment of a meeting in the first room.
fn segment(number: u8, starts: i64, ends: i64) -> Displaced {
    let takes = vec![room_use(number, 0, starts, ends), person_use(number, Some(0), starts, ends)];
    displaced(Candidate::item(world::line(number, LinePart::Attended, starts, ends), takes))
}

#[test]
fn the_segments_of_a_meeting_go_together_and_have_no_margins_between_them() {
    let segments = [segment(0, 210, 240), segment(1, 240, 300)];
    let takes = segments.iter().flat_map(|it| it.candidate.engagements().to_vec()).collect::<Vec<_>>();
    let mut plan = closed(takes.clone(), span(180, 400));
    let placings = place(&mut plan, &Rules::default(), &segments);
    let goes: Vec<Slot> = placings.iter().map(|it| it.goes.unwrap()).collect();
    assert_eq!(goes[0].change, goes[1].change, "one room for the whole meeting");
    assert_eq!(goes.iter().map(|slot| slot.during).collect::<Vec<_>>(), [span(210, 240), span(240, 300)]);

    // What was proposed is accepted, though each is saved with the whole of its margins.
    let accepted: Vec<Displaced> = segments
        .iter()
        .zip(&goes)
        .map(|(it, slot)| Displaced { chosen: Some(Chosen::Goes(Box::new(it.at(slot).unwrap()))), ..it.clone() })
        .collect();
    let placings = place(&mut closed(takes, span(180, 400)), &Rules::default(), &accepted);
    assert!(placings.iter().all(|it| it.refused.is_empty()), "{placings:?}");
}

#[test]
fn what_was_chosen_stands_and_the_others_go_round_it() {
    let uses = [room_use(FIRST, 0, 200, 230), room_use(FIRST + 1, 0, 240, 270)];
    let mut second = displaced(booking(vec![uses[1]]));
    let there = booking(vec![uses[1]]).in_room(resource(2), site(0), Margins { before: 60, after: 0 });
    second.chosen = Some(Chosen::Goes(Box::new(there)));
    let placings = place(&mut closed(uses.to_vec(), span(180, 300)), &Rules::default(), &[displaced(booking(vec![uses[0]])), second]);
    assert_eq!(placings[1].goes.unwrap().change, Change::Room(resource(2)));
    assert_eq!(placings[0].goes.unwrap().change, Change::Room(resource(1)), "the nearer room was chosen for the other");
    assert!(placings.iter().all(|it| it.refused.is_empty()));
}

#[test]
fn what_cannot_be_had_is_refused_and_stays_meanwhile() {
    let (hurt, other) = (room_use(FIRST, 0, 200, 230), room_use(FIRST + 1, 2, 210, 220));
    let mut chosen = displaced(booking(vec![hurt]));
    chosen.chosen = Some(Chosen::Goes(Box::new(booking(vec![hurt]).in_room(resource(2), site(0), Margins::default()))));
    let placing = place(&mut closed(vec![hurt, other], span(180, 300)), &Rules::default(), &[chosen]).remove(0);
    assert_eq!(placing.refused.len(), 1);
    assert_eq!(placing.offered[0].change, Change::Room(resource(1)));
}

#[test]
fn what_is_to_stay_stays() {
    let hurt = room_use(FIRST, 0, 200, 230);
    let stays = Displaced { chosen: Some(Chosen::Stays), ..displaced(booking(vec![hurt])) };
    let mut plan = closed(vec![hurt], span(180, 300));
    assert_eq!(place(&mut plan, &Rules::default(), &[stays])[0].goes, None);
    assert_eq!(plan.engagements().count(), 1);
}

fn any_use(number: u8, room: u8) -> impl Strategy<Value = Vec<Engagement>> {
    let claim = prop_oneof![
        3 => Just(Claim::Firm),
        1 => Just(Claim::Pencilled { until: at(9_000) }),
        1 => Just(Claim::Promised { until: at(9_000) }),
    ];
    let margins = (0_u32..4, 0_u32..4).prop_map(|(before, after)| Margins { before: before * 5, after: after * 5 });
    (16_i64..80, 1_i64..12, claim, margins, prop::bool::weighted(0.3)).prop_map(move |(from, long, claim, margins, with_person)| {
        let (from, until) = (from * 5, (from + long) * 5);
        let occupation = Occupation::Room { site: site(room % 2), margins };
        let mut taken = vec![Engagement { occupation, claim, ..room_use(number, room, from, until) }];
        taken.extend(with_person.then(|| Engagement { claim, ..person_use(number, Some(room % 2), from, until) }));
        taken
    })
}

proptest! {
    #[test]
    fn what_is_proposed_for_all_is_accepted_for_all(
        hurt in vec(any::<u8>(), 1..6).prop_flat_map(|each| {
            each.iter().enumerate().map(|(number, _)| any_use(FIRST + u8::try_from(number).unwrap(), 0).boxed()).collect::<Vec<_>>()
        }),
        others in vec(select(vec![0_u8, 1, 2]), 0..8).prop_flat_map(|rooms| {
            rooms.into_iter().enumerate().map(|(number, room)| any_use(30 + u8::try_from(number).unwrap(), room).boxed()).collect::<Vec<_>>()
        }),
        people in vec(prop::option::of(5_u32..25), 6),
        stay in vec(prop::bool::weighted(0.2), 6),
    ) {
        let closed_for = span(100, 420);
        let taken = || hurt.iter().chain(&others).flatten().copied().collect::<Vec<_>>();
        let uses: Vec<Displaced> = hurt.iter().zip(people).zip(stay).map(|((engagements, people), stays)| Displaced {
            chosen: stays.then_some(Chosen::Stays),
            ..displaced(booking(engagements.clone()).needing(RoomNeeds { people, ..RoomNeeds::default() }))
        }).collect();
        let rules = Rules::default();
        let placings = place(&mut closed(taken(), closed_for), &rules, &uses);
        // The save gives back all that moves, and takes one after the other.
        let mut plan = closed(taken(), closed_for);
        let moved: Vec<Candidate> = uses.iter().zip(&placings).filter_map(|(it, placing)| it.at(&placing.goes?)).collect();
        for candidate in &moved {
            plan.release(candidate.source());
        }
        for candidate in &moved {
            let clashes = clashes_of(&plan, &rules, candidate);
            prop_assert!(worst(&clashes) <= Some(Level::Warn), "{candidate:?} {clashes:?}");
            plan.put(candidate);
        }
        for (it, placing) in uses.iter().zip(&placings) {
            prop_assert_eq!(placing.goes.is_none(), it.chosen.is_some() || placing.offered.is_empty());
            // Any one of what is offered can be had instead, while all others go where they are to go.
            for slot in &placing.offered {
                let clashes = clashes_of(&plan, &rules, &it.at(slot).unwrap());
                prop_assert!(worst(&clashes) <= Some(Level::Warn), "{slot:?} {clashes:?}");
            }
        }
    }
}
