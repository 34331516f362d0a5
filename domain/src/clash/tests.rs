//! What the rules are held to.

mod oracle;
pub(crate) mod world;

use super::*;
use crate::{
    holidays::RestKind,
    ids::BookingId,
    programme::ItemKind,
    rooms::{Feature, Layout, terms::RoomNeeds},
    text::Label,
};
use chrono::TimeDelta;
use proptest::prelude::*;
use rstest::rstest;
use world::{at, day_off, id, item, line, night, now, person_use, plan_of, resource, room_use, site, source, span, visit};

fn found(engagements: Vec<Engagement>) -> Vec<(RuleId, Level)> {
    find_clashes(&plan_of(engagements), &Rules::default()).iter().map(|clash| (clash.rule, clash.level)).collect()
}

fn rules_broken(parts: PlanParts) -> Vec<RuleId> {
    find_clashes(&Plan::new(now(), parts), &Rules::default()).iter().map(|clash| clash.rule).collect()
}

const HELD_LONG: i64 = 10_000;

fn pencilled() -> Claim {
    Claim::Pencilled { until: at(HELD_LONG) }
}

fn promised() -> Claim {
    Claim::Promised { until: at(HELD_LONG) }
}

#[rstest]
#[case(Claim::Firm, Claim::Firm, Level::Block)]
#[case(Claim::Firm, promised(), Level::Block)]
#[case(Claim::Firm, pencilled(), Level::Block)]
#[case(promised(), promised(), Level::Block)]
#[case(promised(), pencilled(), Level::Block)]
#[case(pencilled(), pencilled(), Level::Note)]
#[case(Claim::Wished, Claim::Firm, Level::Warn)]
#[case(Claim::Wished, promised(), Level::Warn)]
#[case(Claim::Wished, pencilled(), Level::Note)]
#[case(Claim::Wished, Claim::Wished, Level::Note)]
fn a_room_twice_is_as_bad_as_both_want_it(#[case] one: Claim, #[case] other: Claim, #[case] level: Level) {
    let uses = |a, b| vec![Engagement { claim: a, ..room_use(0, 0, 100, 160) }, Engagement { claim: b, ..room_use(1, 0, 130, 190) }];
    assert_eq!(found(uses(one, other)), [(RuleId::RoomTwice, level)]);
    assert_eq!(found(uses(other, one)), [(RuleId::RoomTwice, level)]);
}

#[test]
fn a_clash_tells_both_spans_with_margins_and_until_when() {
    let margins = Margins { before: 30, after: 20 };
    let banquet = Engagement { occupation: Occupation::Room { site: site(0), margins }, ..room_use(0, 0, 200, 260) };
    let call = Engagement { claim: Claim::Promised { until: at(90) }, marking: Marking::Red, ..room_use(1, 0, 100, 180) };
    let clashes = find_clashes(&plan_of(vec![banquet, call]), &Rules::default());
    let [clash] = clashes.as_slice() else { panic!("{clashes:?}") };
    assert_eq!(clash.first, Party { source: source(0), during: Some(span(170, 280)) });
    assert_eq!(clash.second, Some(Party { source: source(1), during: Some(span(100, 180)) }));
    assert_eq!(clash.shared, Some(span(170, 180)));
    assert_eq!(clash.until, Some(at(90)));
    assert_eq!(clash.taken_until(source(1)), Some(at(280)));
    assert_eq!(clash.marking, Marking::Red);
}

#[test]
fn a_hold_is_dead_when_its_time_has_come_and_when_its_use_starts() {
    let firm = room_use(0, 0, 50, 200);
    let ended = Engagement { claim: Claim::Promised { until: now() }, ..room_use(1, 0, 100, 160) };
    let begun = Engagement { claim: promised(), ..room_use(2, 0, 60, 160) };
    let standing = Engagement { claim: Claim::Promised { until: at(61) }, ..room_use(3, 0, 61, 160) };
    assert_eq!(found(vec![firm, ended, begun]), []);
    assert_eq!(found(vec![firm, standing]), [(RuleId::RoomTwice, Level::Block)]);
}

#[test]
fn a_person_is_in_one_place_unless_they_drop_by() {
    let meeting = person_use(0, None, 100, 160);
    let other = person_use(1, None, 110, 120);
    let drop_by = Engagement { occupation: Occupation::Person { drop_by: true, from: None, to: None }, ..other };
    assert_eq!(found(vec![meeting, other]), [(RuleId::PersonTwice, Level::Block)]);
    assert_eq!(found(vec![meeting, drop_by]), [(RuleId::PersonDropBy, Level::Override)]);
    assert!(meeting.is_exclusive() && !drop_by.is_exclusive());
}

#[test]
fn the_way_between_two_sites_takes_its_time() {
    let plan = |minutes: Option<u32>, starts: i64| {
        let mut travel = TravelTimes::new();
        if let Some(minutes) = minutes {
            travel.set(Place::Site(site(1)), Place::Site(site(0)), minutes);
        }
        let engagements = vec![person_use(0, Some(0), 100, 160), person_use(1, Some(1), starts, starts + 30)];
        Plan::new(now(), PlanParts { engagements, travel, ..PlanParts::default() })
    };
    let clashes = find_clashes(&plan(Some(25), 184), &Rules::default());
    assert_eq!(clashes.first().map(|it| (it.rule, it.level)), Some((RuleId::TravelShort, Level::Warn)));
    assert_eq!(clashes.first().map(|it| it.detail), Some(Detail::Travel { needed_minutes: 25, given_minutes: 24 }));
    assert_eq!(clashes.first().and_then(|it| it.shared), Some(span(160, 184)));
    assert_eq!(find_clashes(&plan(Some(25), 185), &Rules::default()), []);
    assert_eq!(find_clashes(&plan(None, 185), &Rules::default()).first().map(|it| it.rule), Some(RuleId::TravelUnknown));
    assert_eq!(find_clashes(&plan(None, 160 + UNKNOWN_TRAVEL_HORIZON_HOURS * 60), &Rules::default()), []);
}

#[test]
fn a_planned_movement_is_the_way() {
    let (here, there) = (Some(Place::Site(site(0))), Some(Place::Site(site(1))));
    let motorcade =
        Engagement { occupation: Occupation::Person { drop_by: false, from: here, to: there }, ..person_use(2, None, 160, 185) };
    let meetings = [person_use(0, Some(0), 100, 160), person_use(1, Some(1), 185, 215)];
    assert_eq!(found(meetings.to_vec()), [(RuleId::TravelUnknown, Level::Warn)]);
    assert_eq!(found([&meetings[..], &[motorcade]].concat()), []);
}

#[test]
fn lines_lie_between_arrival_and_departure_and_within_the_dates() {
    let frames = vec![Frame { visit: visit(0), during: span(0, 1440), marking: Marking::Amber }];
    let broken = |part, starts, ends| {
        let lines = vec![line(0, LinePart::Arrival, 100, 110), line(1, LinePart::Departure, 1000, 1010), line(2, part, starts, ends)];
        rules_broken(PlanParts { lines, frames: frames.clone(), ..PlanParts::default() })
    };
    assert_eq!(broken(LinePart::Attended, 100, 1010), []);
    assert_eq!(broken(LinePart::Attended, 99, 1010), [RuleId::BeforeArrival]);
    assert_eq!(broken(LinePart::Attended, 100, 1011), [RuleId::AfterDeparture]);
    assert_eq!(broken(LinePart::Attended, 1000, 1500), [RuleId::OutsideVisit, RuleId::AfterDeparture]);
    assert_eq!(broken(LinePart::Unattended, -300, -200), []);
}

#[test]
fn a_delegation_of_ours_leaves_before_it_arrives() {
    let lines = vec![line(0, LinePart::Departure, 100, 110), line(1, LinePart::Attended, 120, 130), line(2, LinePart::Arrival, 800, 810)];
    assert_eq!(rules_broken(PlanParts { lines, ..PlanParts::default() }), []);
}

/// What rule 6 says of one line of a visit whose guest arrived at 110, with these nights and days.
fn of_the_hour(it: Line, nights: Vec<Night>, days_off: Vec<DayOff>) -> Vec<(RuleId, Level, Option<Span>)> {
    let lines = vec![line(0, LinePart::Arrival, 100, 110), it];
    let clashes = find_clashes(&Plan::new(now(), PlanParts { lines, nights, days_off, ..PlanParts::default() }), &Rules::default());
    clashes.iter().filter(|clash| clash.rule.is_of_the_hour()).map(|clash| (clash.rule, clash.level, clash.shared)).collect()
}

#[rstest]
#[case::within(200, 260, Some((200, 260)))]
#[case::into_the_night(150, 210, Some((200, 210)))]
#[case::touching(150, 200, None)]
#[case::the_last_hour_that_counts(2_980, 3_000, Some((2_980, 2_990)))]
#[case::two_days_later(2_990, 3_020, None)]
fn the_night_of_the_capital_counts_for_two_days(#[case] starts: i64, #[case] ends: i64, #[case] shared: Option<(i64, i64)>) {
    let nights = || vec![night(0, 200, 680), night(0, 2_900, 3_380)];
    let told = of_the_hour(line(1, LinePart::Attended, starts, ends), nights(), Vec::new());
    let expected: Vec<_> = shared.map(|(from, to)| (RuleId::NightInCapital, Level::Warn, Some(span(from, to)))).into_iter().collect();
    assert_eq!(told, expected);
    let unarrived = PlanParts { lines: vec![line(1, LinePart::Attended, starts, ends)], nights: nights(), ..PlanParts::default() };
    assert_eq!(rules_broken(unarrived), []);
}

#[test]
fn it_is_night_for_who_must_be_there_and_a_day_off_for_who_must_turn_out() {
    let of_kind = |kind: ItemKind| Line { effort: Effort::of(kind), ..line(1, LinePart::of(kind), 210, 260) };
    let day = || vec![day_off(0, Side::Theirs, RestKind::NationalDay, 0, 1_440), day_off(1, Side::Ours, RestKind::Holiday, 0, 1_440)];
    let told = |kind| of_the_hour(of_kind(kind), vec![night(0, 200, 680)], day());
    for kind in ItemKind::ALL {
        let rules: Vec<RuleId> = told(*kind).iter().map(|(rule, ..)| *rule).collect();
        let is_told = |rule| rules.iter().filter(|it| **it == rule).count();
        let (night, days) = match kind {
            ItemKind::Rest | ItemKind::Overnight | ItemKind::Movement | ItemKind::Sweep | ItemKind::Advance | ItemKind::Hold => (0, 1),
            ItemKind::Arrival | ItemKind::Departure => (0, 2),
            _ => (1, 2),
        };
        // The arrival itself is on the same day.
        assert_eq!((is_told(RuleId::NightInCapital), is_told(RuleId::Holiday)), (night, days), "{kind:?}");
    }
}

#[rstest]
#[case(RestKind::Weekend, RuleId::RestDay)]
#[case(RestKind::RestDay, RuleId::RestDay)]
#[case(RestKind::Holiday, RuleId::Holiday)]
#[case(RestKind::NationalDay, RuleId::Holiday)]
fn a_line_is_on_the_day_on_which_it_starts(#[case] kind: RestKind, #[case] rule: RuleId) {
    let told =
        |starts| of_the_hour(line(1, LinePart::Attended, starts, 1_500), Vec::new(), vec![day_off(0, Side::Ours, kind, 1_440, 2_880)]);
    assert_eq!(told(1_439), []);
    assert_eq!(told(1_440), [(rule, Level::Warn, Some(span(1_440, 1_500)))]);
}

#[rstest]
#[case::they_understand_each_other(&["en"], &["vi", "EN-gb"], &[], false, None)]
#[case::nobody_has_noted_it(&["en"], &[], &[], false, None)]
#[case::nobody_interprets(&["en"], &["vi"], &[], false, Some(InterpretingProblem::Missing))]
#[case::one_who_speaks_both(&["en"], &["zh-Hant"], &["zh en"], false, None)]
#[case::one_of_whom_nobody_has_noted_it(&["en"], &["vi"], &[""], false, None)]
#[case::one_who_speaks_another(&["en"], &["vi"], &["fr en"], false, Some(InterpretingProblem::OtherLanguages))]
#[case::one_of_two_speaks_both(&["en"], &["vi"], &["fr", "vi en"], true, None)]
#[case::a_booth_without_anybody(&["en"], &["en"], &[], true, Some(InterpretingProblem::EmptyBooth))]
#[case::a_booth_with_one(&["en"], &["vi"], &["vi en"], true, Some(InterpretingProblem::NoRelief))]
fn who_talks_is_understood(
    #[case] host: &[&str],
    #[case] guest: &[&str],
    #[case] interpreters: &[&str],
    #[case] booth: bool,
    #[case] expected: Option<InterpretingProblem>,
) {
    let tags = |tags: &[&str]| tags.iter().map(|tag| Label::parse(tag).unwrap()).collect::<Vec<_>>();
    let interpreters: Vec<Vec<Label>> = interpreters.iter().map(|speaks| tags(&speaks.split_whitespace().collect::<Vec<_>>())).collect();
    let interpreters: Vec<&[Label]> = interpreters.iter().map(Vec::as_slice).collect();
    let interpreting = Interpreting::between(&tags(host), &tags(guest), &interpreters, booth);
    let of_minutes = |minutes: i64| {
        let lines = vec![Line { interpreting, ..line(0, LinePart::Attended, 100, 100 + minutes) }];
        let clashes = find_clashes(&Plan::new(now(), PlanParts { lines, ..PlanParts::default() }), &Rules::default());
        clashes.iter().map(|clash| clash.detail).collect::<Vec<_>>()
    };
    let told = |problem: Option<InterpretingProblem>| {
        problem.map(|problem| Detail::Interpreting { visit: visit(0), problem }).into_iter().collect::<Vec<_>>()
    };
    assert_eq!(of_minutes(31), told(expected));
    // Half an hour needs no relief.
    assert_eq!(of_minutes(30), told(expected.filter(|problem| *problem != InterpretingProblem::NoRelief)));
}

fn sweep(by: u8, starts: i64, ends: i64) -> Sweep {
    Sweep { room: resource(0), during: span(starts, ends), item: item(by), visit: visit(0), marking: Marking::Red }
}

/// What rule 9 says of a room swept for a banquet at 300 that another uses, with the same asked of the banquet alone.
fn after_sweeps(sweeps: Vec<Sweep>, other: Engagement, needs: RoomNeeds) -> Vec<Clash> {
    let lines = vec![line(0, LinePart::Attended, 300, 400), line(1, LinePart::Unattended, 100, 130), line(3, LinePart::Attended, 200, 220)];
    let (banquet, engagements) = (room_use(0, 0, 300, 400), vec![other]);
    let whole = PlanParts { lines: lines.clone(), engagements, sweeps, ..PlanParts::default() };
    let candidate = Candidate::item(lines[0], vec![banquet]).needing(needs);
    let alone = clashes_of(&Plan::new(now(), whole.clone()), &Rules::default(), &candidate);
    let found = find_clashes(&Plan::new(now(), world::with(&whole, &candidate)), &Rules::default());
    assert_eq!(alone, found.into_iter().filter(|clash| clash.rule == RuleId::UnsweptUse).collect::<Vec<_>>());
    alone
}

#[rstest]
#[case::before_the_sweep(80, 120, 0)]
#[case::touching_the_sweep(100, 130, 0)]
#[case::between(200, 220, 1)]
#[case::into_the_sweep(120, 140, 1)]
#[case::after_the_event(400, 420, 0)]
fn a_room_is_kept_clean_from_its_sweep_to_its_event(#[case] starts: i64, #[case] ends: i64, #[case] told: usize) {
    let used = |by| after_sweeps(vec![sweep(1, 100, 130)], room_use(by, 0, starts, ends), RoomNeeds::default());
    let clashes = used(5);
    assert_eq!(clashes.len(), told, "{clashes:?}");
    for clash in clashes {
        assert_eq!((clash.rule, clash.level, clash.marking), (RuleId::UnsweptUse, Level::Warn, Marking::Red));
        assert_eq!(clash.detail, Detail::Swept { sweep: item(1), until: at(130) });
        assert_eq!(clash.other_than(source(0)).map(|it| it.source), Some(source(5)));
    }
    // What the visit itself does there is what the room is kept clean for.
    assert_eq!(used(3).len(), 0);
}

#[test]
fn the_last_sweep_counts() {
    let between = room_use(5, 0, 200, 220);
    assert_eq!(after_sweeps(vec![sweep(1, 100, 130), sweep(2, 220, 250)], between, RoomNeeds::default()), []);
    assert_eq!(after_sweeps(vec![sweep(1, 100, 130), sweep(2, 150, 180)], between, RoomNeeds::default()).len(), 1);
    let sweeps_itself = RoomNeeds { sweep: true, ..RoomNeeds::default() };
    assert_eq!(after_sweeps(vec![sweep(1, 100, 130)], between, sweeps_itself), []);
}

#[test]
fn an_arrival_that_moves_is_told_what_it_leaves_outside() {
    let lines = vec![line(0, LinePart::Arrival, 100, 110), line(1, LinePart::Attended, 120, 150)];
    let plan = Plan::new(now(), PlanParts { lines, ..PlanParts::default() });
    let late = Candidate::item(line(0, LinePart::Arrival, 150, 160), Vec::new());
    let clashes = clashes_of(&plan, &Rules::default(), &late);
    assert_eq!(clashes.iter().map(|it| (it.rule, it.involves(source(1)))).collect::<Vec<_>>(), [(RuleId::BeforeArrival, true)]);
}

#[test]
fn a_room_that_does_not_suit_is_told_by_what() {
    let rooms = vec![RoomTerms {
        holds: vec![(Layout::Boardroom, 12), (Layout::Theatre, 40)],
        features: vec![Feature::StepFree],
        clearance: Marking::Green,
        open: Some(vec![span(100, 200)]),
        blacked_out: vec![span(210, 300)],
        ..world::terms(0)
    }];
    let plan = Plan::new(now(), PlanParts { rooms, ..PlanParts::default() });
    let said = |starts: i64, ends: i64, marking: Marking, needs: RoomNeeds| {
        let use_of_it = Engagement { marking, ..room_use(4, 0, starts, ends) };
        let candidate = Candidate::booking(BookingId(id(4, 4)), vec![use_of_it]).needing(needs);
        let clashes = clashes_of(&plan, &Rules::default(), &candidate);
        clashes.iter().map(|it| (it.rule, it.level, it.detail)).collect::<Vec<_>>()
    };
    let asking = |layout, people, features| RoomNeeds { layout, people, features, sweep: false };
    let problem = |it| Detail::Room(it);
    assert_eq!(said(100, 200, Marking::Green, asking(Some(Layout::Boardroom), Some(12), vec![Feature::StepFree])), []);
    assert_eq!(said(100, 200, Marking::Green, asking(None, Some(40), Vec::new())), []);
    assert_eq!(
        said(100, 200, Marking::Green, asking(Some(Layout::Boardroom), Some(13), Vec::new())),
        [(RuleId::RoomTooSmall, Level::Warn, problem(RoomProblem::TooSmall { holds: 12, wanted: 13 }))]
    );
    assert_eq!(
        said(100, 200, Marking::Green, asking(Some(Layout::Banquet), Some(500), vec![Feature::Kitchen])),
        [
            (RuleId::RoomLacks, Level::Warn, problem(RoomProblem::NoLayout(Layout::Banquet))),
            (RuleId::RoomLacks, Level::Warn, problem(RoomProblem::Lacks(Feature::Kitchen)))
        ]
    );
    assert_eq!(
        said(190, 215, Marking::Amber, RoomNeeds::default()),
        [
            (RuleId::RoomClosed, Level::Override, problem(RoomProblem::Closed)),
            (RuleId::RoomBlackedOut, Level::Override, problem(RoomProblem::BlackedOut(span(210, 300)))),
            (RuleId::RoomNotCleared, Level::Override, problem(RoomProblem::Cleared { to: Marking::Green }))
        ]
    );
}

#[test]
fn a_wish_may_stand_in_a_closed_room() {
    let rooms = vec![RoomTerms { open: Some(Vec::new()), ..world::terms(0) }];
    let wish = Engagement { claim: Claim::Wished, ..room_use(0, 0, 100, 160) };
    let clashes = find_clashes(&Plan::new(now(), PlanParts { engagements: vec![wish], rooms, ..PlanParts::default() }), &Rules::default());
    assert_eq!(clashes.iter().map(|it| (it.rule, it.level)).collect::<Vec<_>>(), [(RuleId::RoomClosed, Level::Warn)]);
}

#[test]
fn a_skipped_time_blocks_and_a_repeated_one_is_asked_for() {
    let skipped = TimeProblem::Skipped { before: "2027-03-14T01:59".parse().unwrap(), after: "2027-03-14T03:00".parse().unwrap() };
    let doubt = TimeDoubt { source: source(0), edge: Edge::Starts, problem: skipped, marking: Marking::Amber };
    let rules = Rules::default().with(RuleId::TimeSkipped, Level::Note);
    let clashes = clashes_of(&plan_of(Vec::new()), &rules, &Candidate::in_doubt(source(0), vec![doubt]));
    assert_eq!(clashes.iter().map(|it| (it.rule, it.level)).collect::<Vec<_>>(), [(RuleId::TimeSkipped, Level::Block)]);
    assert_eq!(clashes.first().map(|it| it.detail), Some(Detail::WallTime { edge: Edge::Starts, problem: skipped }));
}

#[test]
fn an_edit_is_not_in_its_own_way() {
    let plan = plan_of(vec![room_use(4, 0, 100, 160), room_use(5, 0, 200, 260)]);
    let Source::Booking(own) = source(4) else { panic!("a booking") };
    let longer = Candidate::booking(own, vec![room_use(4, 0, 100, 200)]);
    assert_eq!(clashes_of(&plan, &Rules::default(), &longer), []);
    let too_long = Candidate::booking(own, vec![room_use(4, 0, 100, 201)]);
    assert_eq!(worst(&clashes_of(&plan, &Rules::default(), &too_long)), Some(Level::Block));
}

fn shifted(parts: &PlanParts, minutes: i64) -> PlanParts {
    let mut parts = parts.clone();
    let later = TimeDelta::minutes(minutes);
    for it in &mut parts.engagements {
        it.core = it.core.moved(minutes);
        if let Claim::Pencilled { until } | Claim::Promised { until } = &mut it.claim {
            *until += later;
        }
    }
    parts.lines.iter_mut().for_each(|it| it.during = it.during.moved(minutes));
    parts.frames.iter_mut().for_each(|it| it.during = it.during.moved(minutes));
    parts.nights.iter_mut().for_each(|it| it.during = it.during.moved(minutes));
    parts.days_off.iter_mut().for_each(|it| it.during = it.during.moved(minutes));
    parts.sweeps.iter_mut().for_each(|it| it.during = it.during.moved(minutes));
    for room in &mut parts.rooms {
        room.open.iter_mut().flatten().chain(&mut room.blacked_out).for_each(|it| *it = it.moved(minutes));
    }
    parts
}

proptest! {
    #[test]
    fn overlap_is_symmetric(a in world::any_room_use(), b in world::any_room_use()) {
        let as_candidate = |it: &Engagement| Candidate::booking(BookingId(id(4, 9)), vec![*it]);
        let (on_b, on_a) = (plan_of(vec![b]), plan_of(vec![a]));
        let forth = !clashes_of(&on_b, &Rules::default(), &as_candidate(&a)).is_empty();
        let back = !clashes_of(&on_a, &Rules::default(), &as_candidate(&b)).is_empty();
        prop_assert_eq!(forth, back);
        let ab = find_clashes(&plan_of(vec![a, b]), &Rules::default());
        let ba = find_clashes(&plan_of(vec![b, a]), &Rules::default());
        prop_assert_eq!(ab, ba);
    }

    #[test]
    fn touching_spans_never_clash(a in world::any_room_use(), length in 1_i64..200) {
        let ends = a.during().ends();
        let core = Span::new(ends, ends + TimeDelta::minutes(length)).unwrap();
        let occupation = Occupation::Room { site: site(0), margins: Margins::default() };
        let next = Engagement { core, occupation, source: source(6), ..a };
        prop_assert_eq!(find_clashes(&plan_of(vec![a, next]), &Rules::default()), vec![]);
    }

    #[test]
    fn nothing_changes_when_all_instants_shift(parts in world::any_parts(), minutes in -5_000_i64..5_000) {
        let here = find_clashes(&Plan::new(now(), parts.clone()), &Rules::default());
        let there = find_clashes(&Plan::new(now() + TimeDelta::minutes(minutes), shifted(&parts, minutes)), &Rules::default());
        let moved = |party: Party| Party { during: party.during.map(|it| it.moved(minutes)), ..party };
        let expected: Vec<Clash> = here.into_iter().map(|it| Clash {
            first: moved(it.first),
            second: it.second.map(moved),
            shared: it.shared.map(|it| it.moved(minutes)),
            until: it.until.map(|it| it + TimeDelta::minutes(minutes)),
            detail: match it.detail {
                Detail::Room(RoomProblem::BlackedOut(span)) => Detail::Room(RoomProblem::BlackedOut(span.moved(minutes))),
                Detail::Night { visit, arrival, during } => Detail::Night { visit, arrival, during: during.moved(minutes) },
                Detail::Swept { sweep, until } => Detail::Swept { sweep, until: until + TimeDelta::minutes(minutes) },
                Detail::DayOff { visit, on, during, side, kind } => Detail::DayOff { visit, on, during: during.moved(minutes), side, kind },
                detail => detail,
            },
            ..it
        }).collect();
        prop_assert_eq!(there, expected);
    }

    #[test]
    fn rule_1_never_finds_less_when_something_is_added(uses in prop::collection::vec(world::any_room_use(), 0..12), more in world::any_room_use()) {
        let before = find_clashes(&plan_of(uses.clone()), &Rules::default());
        let after = find_clashes(&plan_of([uses, vec![more]].concat()), &Rules::default());
        prop_assert!(before.iter().all(|clash| after.contains(clash)));
    }

    #[test]
    fn what_is_found_equals_the_oracle_in_whatever_order_it_is_given(
        parts in world::any_parts(), rules in world::any_rules(), turn in 0_usize..24,
    ) {
        let found = find_clashes(&Plan::new(now(), parts.clone()), &rules);
        let expected: Vec<Clash> = oracle::clashes(now(), &parts, &rules).into_iter().collect();
        prop_assert_eq!(&found, &expected);
        let mut turned = parts;
        let by = turn.min(turned.engagements.len());
        turned.engagements.rotate_left(by);
        turned.engagements.reverse();
        turned.lines.reverse();
        turned.frames.reverse();
        turned.nights.reverse();
        turned.days_off.reverse();
        turned.sweeps.reverse();
        turned.doubts.reverse();
        turned.rooms.reverse();
        turned.needs.reverse();
        prop_assert_eq!(find_clashes(&Plan::new(now(), turned), &rules), found);
    }

    #[test]
    fn one_more_finds_what_the_plan_with_it_would(
        parts in world::any_parts(), candidate in world::any_candidate(), rules in world::any_rules(),
    ) {
        let found = clashes_of(&Plan::new(now(), parts.clone()), &rules, &candidate);
        let whole = oracle::clashes(now(), &world::with(&parts, &candidate), &rules);
        let expected: Vec<Clash> = whole.into_iter().filter(|clash| clash.involves(candidate.source())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn what_is_accepted_one_by_one_never_leaves_two_exclusive_uses_overlapping(
        candidates in prop::collection::vec((world::any_candidate(), 0_u8..12), 0..24),
    ) {
        let mut parts = PlanParts::default();
        for (candidate, number) in candidates {
            let candidate = match candidate.lines().first() {
                Some(line) => Candidate::item(Line { item: item(number), ..*line }, candidate.engagements().to_vec()),
                None => Candidate::booking(BookingId(id(4, number)), candidate.engagements().to_vec()),
            };
            let clashes = clashes_of(&Plan::new(now(), parts.clone()), &Rules::default(), &candidate);
            if worst(&clashes) < Some(Level::Block) {
                parts = world::with(&parts, &candidate);
            }
        }
        let kept: Vec<Engagement> = parts.engagements.into_iter().filter(|it| it.is_alive(now()) && it.is_exclusive()).collect();
        for (position, a) in kept.iter().enumerate() {
            for b in &kept[position + 1..] {
                prop_assert!(a.resource != b.resource || a.source == b.source || !a.during().overlaps(b.during()), "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn the_index_finds_what_reaches_over_many() {
    let mut uses = vec![room_use(0, 0, 100, 10_000)];
    uses.extend((0..50).map(|n| room_use(1, 0, 20_000 + n * 10, 20_005 + n * 10)));
    let plan = plan_of(uses);
    let late = Candidate::booking(BookingId(id(4, 9)), vec![room_use(4, 0, 9_990, 9_995)]);
    let clashes = clashes_of(&plan, &Rules::default(), &late);
    assert_eq!(clashes.first().and_then(|it| it.resource), Some(resource(0)));
    assert_eq!(clashes.len(), 1);
}
