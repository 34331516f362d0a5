//! Small worlds, crowded enough that things get in each other's way.

use crate::{
    clash::{
        Candidate, Claim, DayOff, Edge, Effort, Engagement, Frame, Interpreting, Line, LinePart, Margins, Night, Occupation, Place, Plan,
        PlanParts, RoomTerms, RuleId, Rules, Side, Source, Sweep, TimeDoubt, TimeProblem, TravelTimes,
    },
    holidays::RestKind,
    ids::{BookingId, ItemId, ResourceId, SiteId, VisitId},
    marking::Marking,
    rooms::{Feature, Layout, terms::RoomNeeds},
    time::{Offset, Span},
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::{collection::vec, prelude::*, sample::select};
use uuid::Uuid;

pub(crate) const ROOMS: u8 = 3;
pub(crate) const RESOURCES: u8 = 7;
const ITEMS: u8 = 4;

pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_803_859_200, 0).unwrap() + TimeDelta::minutes(minute)
}

pub(crate) fn now() -> DateTime<Utc> {
    at(60)
}

pub(crate) fn span(starts: i64, ends: i64) -> Span {
    Span::new(at(starts), at(ends)).unwrap()
}

pub(crate) fn id(kind: u8, number: u8) -> Uuid {
    Uuid::from_bytes([kind, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
}

pub(crate) fn resource(number: u8) -> ResourceId {
    ResourceId(id(1, number))
}

pub(crate) fn site(number: u8) -> SiteId {
    SiteId(id(2, number))
}

pub(crate) fn item(number: u8) -> ItemId {
    ItemId(id(3, number))
}

pub(crate) fn visit(number: u8) -> VisitId {
    VisitId(id(5, number))
}

pub(crate) fn source(number: u8) -> Source {
    if number < ITEMS { Source::Item(item(number)) } else { Source::Booking(BookingId(id(4, number))) }
}

/// A settled use of a room without margins.
pub(crate) fn room_use(by: u8, room: u8, starts: i64, ends: i64) -> Engagement {
    Engagement {
        resource: resource(room),
        source: source(by),
        core: span(starts, ends),
        occupation: Occupation::Room { site: site(room % 2), margins: Margins::default() },
        claim: Claim::Firm,
        marking: Marking::Green,
    }
}

/// A person settled at a place of ours.
pub(crate) fn person_use(by: u8, place: Option<u8>, starts: i64, ends: i64) -> Engagement {
    let place = place.map(|number| Place::Site(site(number)));
    Engagement { resource: resource(ROOMS), occupation: Occupation::person_at(place), ..room_use(by, 0, starts, ends) }
}

pub(crate) fn line(number: u8, part: LinePart, starts: i64, ends: i64) -> Line {
    let effort = match part {
        LinePart::Arrival | LinePart::Departure => Effort::Travel,
        LinePart::Attended => Effort::Presence,
        LinePart::Unattended => Effort::None,
    };
    Line {
        visit: visit(0),
        during: span(starts, ends),
        item: item(number),
        part,
        effort,
        interpreting: None,
        wished: false,
        marking: Marking::Amber,
    }
}

pub(crate) fn night(of: u8, starts: i64, ends: i64) -> Night {
    Night { visit: visit(of), during: span(starts, ends), marking: Marking::Amber }
}

pub(crate) fn day_off(of: u8, side: Side, kind: RestKind, starts: i64, ends: i64) -> DayOff {
    let during = span(starts, ends);
    DayOff { visit: visit(of), during, on: during.starts().date_naive(), side, kind, marking: Marking::Amber }
}

/// The terms of a room that is always open to whatever does not need much of it.
pub(crate) fn terms(room: u8) -> RoomTerms {
    RoomTerms {
        room: resource(room),
        holds: Vec::new(),
        features: Vec::new(),
        clearance: Marking::Red,
        open: None,
        blacked_out: Vec::new(),
    }
}

pub(crate) fn plan_of(engagements: Vec<Engagement>) -> Plan {
    Plan::new(now(), PlanParts { engagements, ..PlanParts::default() })
}

pub(crate) fn any_span() -> impl Strategy<Value = Span> {
    (0_i64..150, 1_i64..20).prop_map(|(start, length)| span(start * 5, (start + length) * 5))
}

fn any_marking() -> impl Strategy<Value = Marking> {
    select(Marking::ALL.to_vec())
}

pub(crate) fn any_claim() -> impl Strategy<Value = Claim> {
    let until = || (0_i64..180).prop_map(|step| at(step * 5));
    prop_oneof![
        3 => Just(Claim::Firm),
        1 => Just(Claim::Wished),
        2 => until().prop_map(|until| Claim::Pencilled { until }),
        2 => until().prop_map(|until| Claim::Promised { until }),
    ]
}

fn any_place() -> impl Strategy<Value = Option<Place>> {
    prop_oneof![Just(None), (0_u8..2).prop_map(|n| Some(Place::Site(site(n)))), (0_u32..2).prop_map(|n| Some(Place::Outside(n)))]
}

/// Rooms are the resources below [`ROOMS`], then come three people and a vehicle.
fn occupation(number: u8) -> BoxedStrategy<Occupation> {
    if number < ROOMS {
        let margins = (0_u32..4, 0_u32..4).prop_map(|(before, after)| Margins { before: before * 5, after: after * 5 });
        margins.prop_map(move |margins| Occupation::Room { site: site(number % 2), margins }).boxed()
    } else if number < RESOURCES - 1 {
        let drop_by = prop::bool::weighted(0.2);
        (drop_by, any_place(), any_place(), any::<bool>())
            .prop_map(|(drop_by, from, to, moves)| Occupation::Person { drop_by, from, to: if moves { to } else { from } })
            .boxed()
    } else {
        Just(Occupation::Vehicle).boxed()
    }
}

pub(crate) fn any_engagement() -> impl Strategy<Value = Engagement> {
    (0..RESOURCES).prop_flat_map(|number| {
        (0_u8..7, any_span(), occupation(number), any_claim(), any_marking()).prop_map(move |(by, core, occupation, claim, marking)| {
            Engagement { resource: resource(number), source: source(by), core, occupation, claim, marking }
        })
    })
}

pub(crate) fn any_room_use() -> impl Strategy<Value = Engagement> {
    any_engagement().prop_filter("a room", |it| matches!(it.occupation, Occupation::Room { .. }))
}

fn any_line(number: u8) -> impl Strategy<Value = Line> {
    let parts = vec![LinePart::Arrival, LinePart::Departure, LinePart::Attended, LinePart::Attended, LinePart::Unattended];
    let interpreting = (0_u32..3, any::<bool>(), any::<bool>(), any_marking());
    let interpreting = interpreting.prop_map(|(interpreters, bridges, simultaneous, marking)| Interpreting {
        interpreters,
        bridges,
        simultaneous,
        marking,
    });
    let efforts = vec![Effort::Presence, Effort::Presence, Effort::Travel, Effort::None];
    let interpreting = proptest::option::weighted(0.3, interpreting);
    (0_u8..2, any_span(), select(parts), (select(efforts), interpreting), any::<bool>(), any_marking()).prop_map(
        move |(of, during, part, (effort, interpreting), wished, marking)| Line {
            visit: visit(of),
            during,
            item: item(number),
            part,
            effort,
            interpreting,
            wished,
            marking,
        },
    )
}

fn any_problem() -> impl Strategy<Value = TimeProblem> {
    prop_oneof![
        Just(TimeProblem::Skipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() }),
        Just(TimeProblem::Twice { first: Offset::from_seconds(-25_200).unwrap(), second: Offset::from_seconds(-28_800).unwrap() }),
    ]
}

fn any_doubt() -> impl Strategy<Value = TimeDoubt> {
    (0_u8..7, select(vec![Edge::Starts, Edge::Ends]), any_problem(), any_marking()).prop_map(|(by, edge, problem, marking)| TimeDoubt {
        source: source(by),
        edge,
        problem,
        marking,
    })
}

fn any_travel() -> impl Strategy<Value = TravelTimes> {
    let place = || any_place().prop_filter_map("a place", |place| place);
    vec((place(), place(), 0_u32..60), 0..6).prop_map(|ways| ways.into_iter().collect())
}

fn any_frames() -> impl Strategy<Value = Vec<Frame>> {
    vec(any::<bool>(), 2).prop_flat_map(|known| {
        let frames = (0_u8..2).zip(known).filter(|(_, known)| *known).map(|(number, _)| {
            (0_i64..60, 60_i64..150, any_marking()).prop_map(move |(starts, ends, marking)| Frame {
                visit: visit(number),
                during: span(starts * 5, ends * 5),
                marking,
            })
        });
        frames.collect::<Vec<_>>()
    })
}

fn any_nights() -> impl Strategy<Value = Vec<Night>> {
    vec((0_u8..2, any_span(), any_marking()).prop_map(|(of, during, marking)| Night { visit: visit(of), during, marking }), 0..4)
}

fn any_days_off() -> impl Strategy<Value = Vec<DayOff>> {
    let kinds = vec![RestKind::Weekend, RestKind::RestDay, RestKind::Holiday, RestKind::NationalDay];
    let day = (0_u8..2, any_span(), select(vec![Side::Ours, Side::Theirs]), select(kinds), any_marking());
    let day = day.prop_map(|(of, during, side, kind, marking)| DayOff {
        visit: visit(of),
        during,
        on: during.starts().date_naive(),
        side,
        kind,
        marking,
    });
    vec(day, 0..4)
}

fn any_sweeps() -> impl Strategy<Value = Vec<Sweep>> {
    let sweep = (0..ROOMS, any_span(), 0_u8..ITEMS + 2, 0_u8..2, any_marking());
    let sweep =
        sweep.prop_map(|(room, during, by, of, marking)| Sweep { room: resource(room), during, item: item(by), visit: visit(of), marking });
    vec(sweep, 0..5)
}

fn any_features() -> impl Strategy<Value = Vec<Feature>> {
    proptest::sample::subsequence(vec![Feature::Kitchen, Feature::Secure, Feature::StepFree], 0..=2)
}

/// Runs of hours, in order and apart.
fn any_runs() -> impl Strategy<Value = Vec<Span>> {
    vec((1_i64..12, 4_i64..60), 0..6).prop_map(|runs| {
        let mut from = -20;
        let laid = runs.into_iter().map(|(gap, length)| {
            let starts = from + gap;
            from = starts + length;
            span(starts * 5, from * 5)
        });
        laid.collect()
    })
}

fn any_terms(room: u8) -> impl Strategy<Value = RoomTerms> {
    let layouts = vec![(Layout::Theatre, 4_u32), (Layout::Boardroom, 2)];
    let holds = proptest::sample::subsequence(layouts, 0..=2);
    (holds, any_features(), any_marking(), proptest::option::of(any_runs()), vec(any_span(), 0..2)).prop_map(
        move |(holds, features, clearance, open, blacked_out)| RoomTerms {
            room: resource(room),
            holds,
            features,
            clearance,
            open,
            blacked_out,
        },
    )
}

fn any_needs() -> impl Strategy<Value = RoomNeeds> {
    let layout = proptest::option::of(select(vec![Layout::Theatre, Layout::Boardroom]));
    (layout, proptest::option::of(1_u32..6), any_features(), any::<bool>()).prop_map(|(layout, people, features, sweep)| RoomNeeds {
        layout,
        people,
        features,
        sweep,
    })
}

pub(crate) fn any_parts() -> impl Strategy<Value = PlanParts> {
    let lines = (0..ITEMS).map(|number| proptest::option::of(any_line(number))).collect::<Vec<_>>();
    let rooms = (0..ROOMS).map(|room| proptest::option::of(any_terms(room))).collect::<Vec<_>>();
    let needs =
        (0_u8..7).map(|number| proptest::option::of(any_needs().prop_map(move |needs| (source(number), needs)))).collect::<Vec<_>>();
    let of_the_hour = (any_nights(), any_days_off(), any_sweeps());
    (vec(any_engagement(), 0..24), lines, any_frames(), of_the_hour, any_travel(), vec(any_doubt(), 0..3), rooms, needs).prop_map(
        |(engagements, lines, frames, (nights, days_off, sweeps), travel, doubts, rooms, needs)| PlanParts {
            engagements,
            lines: lines.into_iter().flatten().collect(),
            frames,
            nights,
            days_off,
            sweeps,
            travel,
            doubts,
            rooms: rooms.into_iter().flatten().collect(),
            needs: needs.into_iter().flatten().collect(),
        },
    )
}

pub(crate) fn any_rules() -> impl Strategy<Value = Rules> {
    use crate::clash::Level;
    let levels =
        vec(proptest::option::weighted(0.2, select(vec![Level::Note, Level::Warn, Level::Override, Level::Block])), RuleId::ALL.len());
    levels.prop_map(|levels| {
        let set = RuleId::ALL.into_iter().zip(levels);
        set.fold(Rules::default(), |rules, (rule, level)| level.map_or(rules, |level| rules.with(rule, level)))
    })
}

/// A line or a booking of one room and up to three people or vehicles, all at its time.
pub(crate) fn any_candidate() -> impl Strategy<Value = Candidate> {
    (any_line(0), any::<bool>(), any_room_use(), vec(any_engagement(), 0..3), any_claim(), any_needs()).prop_map(
        |(line, is_line, room, others, claim, needs)| {
            let others = others.into_iter().filter(|it| !matches!(it.occupation, Occupation::Room { .. }));
            let uses = std::iter::once(room).chain(others);
            let uses = uses.map(|it| Engagement { core: line.during, claim, ..it }).collect();
            let candidate = if is_line { Candidate::item(line, uses) } else { Candidate::booking(BookingId(id(4, 6)), uses) };
            candidate.needing(needs)
        },
    )
}

/// The parts of a plan with what they hold under the candidate's id put out and the candidate put in.
pub(crate) fn with(parts: &PlanParts, candidate: &Candidate) -> PlanParts {
    let mut parts = parts.clone();
    parts.engagements.retain(|it| it.source != candidate.source());
    parts.lines.retain(|it| Source::Item(it.item) != candidate.source());
    parts.doubts.retain(|it| it.source != candidate.source());
    parts.sweeps.retain(|it| Source::Item(it.item) != candidate.source());
    parts.engagements.extend(candidate.engagements());
    parts.lines.extend(candidate.lines());
    parts.doubts.extend(candidate.doubts());
    parts.needs.retain(|(source, _)| *source != candidate.source());
    parts.needs.push((candidate.source(), candidate.needs().clone()));
    parts
}
