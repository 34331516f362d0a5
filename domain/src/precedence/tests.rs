//! The articles as examples, and the order's properties.

use super::*;
use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

fn collate(a: &str, b: &str) -> Ordering {
    a.to_lowercase().cmp(&b.to_lowercase())
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().expect("a date"))
}

fn at(text: &str) -> Option<DateTime<Utc>> {
    Some(text.parse().expect("an instant"))
}

fn candidate(key: u32, state: &str, position: Position) -> Candidate<u32> {
    Candidate { key, position, state: state.to_owned() }
}

fn head(class: PostClass, honorary: bool, exequatur: Option<NaiveDate>) -> Position {
    Position::Post(ConsularOfficer::Head { class, honorary, admission: Admission { exequatur_on: exequatur, ..Admission::default() } })
}

fn ambassador(functions: &str) -> Position {
    in_title(MissionClass::AmbassadorOrNuncio, functions, false)
}

fn in_title(class: MissionClass, functions: &str, holy_see: bool) -> Position {
    Position::Mission(HeadOfMission::InTitle { class, functions_at: at(functions), holy_see })
}

fn places(candidates: &[Candidate<u32>], rules: RuleSet) -> Vec<(u32, Reason)> {
    order(candidates, &rules, &[], &collate).into_iter().map(|p| (p.key, p.because)).collect()
}

const MISSIONS: RuleSet = RuleSet::HeadsOfMission { holy_see: HolySeePractice::AsAnyOther };

#[test]
fn consuls_stand_by_class_then_by_exequatur() {
    let candidates = [
        candidate(1, "Andorra", head(PostClass::Consul, false, day("2001-01-01"))),
        candidate(2, "Brazil", head(PostClass::ConsulGeneral, false, day("2025-06-01"))),
        candidate(3, "Chile", head(PostClass::ConsulGeneral, false, day("2024-06-01"))),
        candidate(4, "Denmark", head(PostClass::ConsularAgent, false, day("1999-01-01"))),
        candidate(5, "Egypt", head(PostClass::ViceConsul, false, day("1999-01-01"))),
    ];
    assert_eq!(
        places(&candidates, RuleSet::ConsularPosts),
        [(3, Reason::First), (2, Reason::Admission), (1, Reason::PostClass), (5, Reason::PostClass), (4, Reason::PostClass)]
    );
}

#[test]
fn the_date_of_provisional_admission_counts_and_is_kept() {
    let provisional = Admission { provisional_on: day("2025-01-10"), exequatur_on: day("2025-09-01"), commission_on: None };
    let candidates = [
        candidate(1, "Brazil", head(PostClass::ConsulGeneral, false, day("2025-02-01"))),
        candidate(
            2,
            "Chile",
            Position::Post(ConsularOfficer::Head { class: PostClass::ConsulGeneral, honorary: false, admission: provisional }),
        ),
    ];
    assert_eq!(places(&candidates, RuleSet::ConsularPosts), [(2, Reason::First), (1, Reason::Admission)]);
}

#[test]
fn admission_of_one_day_goes_by_the_day_the_commission_was_presented() {
    let of = |commission| {
        let admission = Admission { exequatur_on: day("2025-03-03"), commission_on: commission, provisional_on: None };
        Position::Post(ConsularOfficer::Head { class: PostClass::Consul, honorary: false, admission })
    };
    let candidates =
        [candidate(1, "Brazil", of(day("2025-02-20"))), candidate(2, "Chile", of(day("2025-02-11"))), candidate(3, "Benin", of(None))];
    assert_eq!(places(&candidates, RuleSet::ConsularPosts), [(2, Reason::First), (1, Reason::Commission), (3, Reason::Commission)]);
}

#[test]
fn acting_heads_stand_after_all_heads_by_the_day_they_took_over() {
    let acting = |since| Position::Post(ConsularOfficer::Acting { since: day(since) });
    let candidates = [
        candidate(1, "Brazil", acting("2026-05-01")),
        candidate(2, "Chile", acting("2026-02-01")),
        candidate(3, "Yemen", head(PostClass::ConsularAgent, true, day("2026-10-01"))),
        candidate(4, "Austria", Position::Post(ConsularOfficer::Officer { class: PostClass::ConsulGeneral, honorary: false })),
    ];
    assert_eq!(
        places(&candidates, RuleSet::ConsularPosts),
        [(3, Reason::First), (2, Reason::ActingHead), (1, Reason::ActingSince), (4, Reason::HeadOfPost)]
    );
}

#[test]
fn honorary_heads_stand_after_career_heads_within_each_class() {
    let candidates = [
        candidate(1, "Austria", head(PostClass::ConsulGeneral, true, day("1998-01-01"))),
        candidate(2, "Brazil", head(PostClass::ConsulGeneral, false, day("2026-01-01"))),
        candidate(3, "Chile", head(PostClass::Consul, false, day("2000-01-01"))),
    ];
    assert_eq!(
        places(&candidates, RuleSet::ConsularPosts),
        [(2, Reason::First), (1, Reason::Honorary), (3, Reason::PostClass)],
        "an honorary consul general stands before a career consul"
    );
}

#[test]
fn a_head_not_yet_admitted_stands_last_of_the_class() {
    let candidates = [
        candidate(1, "Austria", head(PostClass::ConsulGeneral, false, None)),
        candidate(2, "Brazil", head(PostClass::ConsulGeneral, false, day("2026-01-01"))),
    ];
    assert_eq!(places(&candidates, RuleSet::ConsularPosts), [(2, Reason::First), (1, Reason::Admission)]);
}

#[test]
fn heads_of_mission_stand_by_class_then_by_date_and_time() {
    let candidates = [
        candidate(1, "Austria", in_title(MissionClass::EnvoyOrMinister, "1990-01-01T10:00:00Z", false)),
        candidate(2, "Brazil", ambassador("2025-04-02T15:30:00Z")),
        candidate(3, "Chile", ambassador("2025-04-02T15:00:00Z")),
        candidate(4, "Denmark", in_title(MissionClass::ChargeDAffaires, "1980-01-01T10:00:00Z", false)),
        candidate(5, "Egypt", Position::Mission(HeadOfMission::AdInterim { since: at("1970-01-01T10:00:00Z") })),
    ];
    assert_eq!(
        places(&candidates, MISSIONS),
        [(3, Reason::First), (2, Reason::FunctionsTakenUp), (1, Reason::MissionClass), (4, Reason::MissionClass), (5, Reason::AdInterim)]
    );
}

#[test]
fn the_nuncio_stands_where_the_hosts_practice_says() {
    let candidates = [
        candidate(1, "Austria", ambassador("2019-01-01T10:00:00Z")),
        candidate(2, "Holy See", in_title(MissionClass::AmbassadorOrNuncio, "2026-01-01T10:00:00Z", true)),
    ];
    assert_eq!(places(&candidates, MISSIONS), [(1, Reason::First), (2, Reason::FunctionsTakenUp)]);
    let first = RuleSet::HeadsOfMission { holy_see: HolySeePractice::FirstOfClass };
    assert_eq!(places(&candidates, first), [(2, Reason::First), (1, Reason::HolySee)]);
}

#[test]
fn heads_of_state_stand_before_heads_of_government_before_ministers() {
    let office = |rank, since| Position::Office(OfficeHolder { rank, took_office_on: day(since) });
    let candidates = [
        candidate(1, "Austria", office(OfficeRank::Minister, "2001-01-01")),
        candidate(2, "Brazil", office(OfficeRank::HeadOfGovernment, "2010-01-01")),
        candidate(3, "Denmark", office(OfficeRank::HeadOfState, "2020-01-01")),
        candidate(4, "Chile", office(OfficeRank::HeadOfState, "2022-01-01")),
    ];
    assert_eq!(
        places(&candidates, RuleSet::OfficeHolders { among_equals: AmongEquals::DateOfOffice }),
        [(3, Reason::First), (4, Reason::DateOfOffice), (2, Reason::OfficeRank), (1, Reason::OfficeRank)]
    );
    assert_eq!(
        places(&candidates, RuleSet::OfficeHolders { among_equals: AmongEquals::Alphabetical }),
        [(4, Reason::First), (3, Reason::StateName), (2, Reason::OfficeRank), (1, Reason::OfficeRank)]
    );
}

#[test]
fn a_position_foreign_to_the_rules_stands_last() {
    let candidates = [
        candidate(1, "Austria", Position::Other),
        candidate(2, "Brazil", head(PostClass::ConsularAgent, true, None)),
        candidate(3, "Angola", ambassador("1990-01-01T10:00:00Z")),
    ];
    assert_eq!(places(&candidates, RuleSet::ConsularPosts), [(2, Reason::First), (3, Reason::ForeignToTheRules), (1, Reason::StateName)]);
}

#[test]
fn what_the_rules_leave_equal_goes_by_the_states_name() {
    let same = || head(PostClass::Consul, false, day("2025-03-03"));
    let candidates = [candidate(1, "chile", same()), candidate(2, "Brazil", same()), candidate(3, "Brazil", same())];
    assert_eq!(places(&candidates, RuleSet::ConsularPosts), [(2, Reason::First), (3, Reason::Equal), (1, Reason::StateName)]);
}

#[test]
fn an_override_puts_its_candidate_in_its_place_and_bears_its_name() {
    let name = Title::parse("Dean of the consular corps").expect("a title");
    let candidates = [
        candidate(1, "Austria", head(PostClass::ConsulGeneral, false, day("2020-01-01"))),
        candidate(2, "Brazil", head(PostClass::ConsulGeneral, false, day("2021-01-01"))),
        candidate(3, "Chile", head(PostClass::Consul, false, day("2001-01-01"))),
    ];
    let dean = Override { key: 3, place: NonZeroU32::MIN, name: name.clone() };
    let placed = order(&candidates, &RuleSet::ConsularPosts, &[dean], &collate);
    assert_eq!(
        placed,
        [
            Placed { key: 3, place: 1, because: Reason::Override { name } },
            Placed { key: 1, place: 2, because: Reason::First },
            Placed { key: 2, place: 3, because: Reason::Admission },
        ]
    );
}

prop_compose! {
    fn date()(known in any::<bool>(), days in 0_u64..4) -> Option<NaiveDate> {
        known.then(|| NaiveDate::from_ymd_opt(2025, 1, 1).and_then(|d| d.checked_add_days(chrono::Days::new(days)))).flatten()
    }
}

fn instant() -> impl Strategy<Value = Option<DateTime<Utc>>> {
    date().prop_map(|d| d.and_then(|d| d.and_hms_opt(9, 0, 0)).map(|at| at.and_utc()))
}

fn post_class() -> impl Strategy<Value = PostClass> {
    prop_oneof![Just(PostClass::ConsulGeneral), Just(PostClass::Consul), Just(PostClass::ViceConsul), Just(PostClass::ConsularAgent)]
}

fn position() -> impl Strategy<Value = Position> {
    let ranks = prop_oneof![Just(OfficeRank::HeadOfState), Just(OfficeRank::HeadOfGovernment), Just(OfficeRank::Minister)];
    let classes =
        prop_oneof![Just(MissionClass::AmbassadorOrNuncio), Just(MissionClass::EnvoyOrMinister), Just(MissionClass::ChargeDAffaires)];
    prop_oneof![
        (ranks, date()).prop_map(|(rank, took_office_on)| Position::Office(OfficeHolder { rank, took_office_on })),
        (classes, instant(), any::<bool>()).prop_map(|(class, functions_at, holy_see)| Position::Mission(HeadOfMission::InTitle {
            class,
            functions_at,
            holy_see
        })),
        instant().prop_map(|since| Position::Mission(HeadOfMission::AdInterim { since })),
        (post_class(), any::<bool>(), date(), date(), date()).prop_map(|(class, honorary, exequatur_on, provisional_on, commission_on)| {
            Position::Post(ConsularOfficer::Head { class, honorary, admission: Admission { exequatur_on, provisional_on, commission_on } })
        }),
        date().prop_map(|since| Position::Post(ConsularOfficer::Acting { since })),
        (post_class(), any::<bool>()).prop_map(|(class, honorary)| Position::Post(ConsularOfficer::Officer { class, honorary })),
        Just(Position::Other),
    ]
}

fn rules() -> impl Strategy<Value = RuleSet> {
    prop_oneof![
        Just(RuleSet::OfficeHolders { among_equals: AmongEquals::DateOfOffice }),
        Just(RuleSet::OfficeHolders { among_equals: AmongEquals::Alphabetical }),
        Just(RuleSet::HeadsOfMission { holy_see: HolySeePractice::AsAnyOther }),
        Just(RuleSet::HeadsOfMission { holy_see: HolySeePractice::FirstOfClass }),
        Just(RuleSet::ConsularPosts),
        Just(RuleSet::Alphabetical),
    ]
}

fn candidates() -> impl Strategy<Value = Vec<Candidate<u32>>> {
    let states = prop::sample::select(vec!["Åland", "Austria", "brazil", "Brazil", "Chile"]);
    prop::collection::vec((position(), states), 0..9)
        .prop_map(|all| (0..).zip(all).map(|(key, (position, state))| candidate(key, state, position)).collect())
}

proptest! {
    #[test]
    fn of_two_candidates_one_stands_first_whoever_is_asked(all in candidates(), rules in rules()) {
        for a in &all {
            for b in &all {
                let (there, why) = compare(a, b, &rules, &collate);
                let (back, why_back) = compare(b, a, &rules, &collate);
                prop_assert_eq!(there, back.reverse());
                prop_assert_eq!(why, why_back);
                prop_assert_eq!(there == Ordering::Equal, a.key == b.key);
            }
        }
    }

    #[test]
    fn who_stands_before_another_stands_before_all_after_it(all in candidates(), rules in rules()) {
        for a in &all {
            for b in &all {
                for c in &all {
                    if compare(a, b, &rules, &collate).0.is_lt() && compare(b, c, &rules, &collate).0.is_lt() {
                        prop_assert!(compare(a, c, &rules, &collate).0.is_lt());
                    }
                }
            }
        }
    }

    #[test]
    fn the_places_do_not_depend_on_the_order_given(all in candidates(), rules in rules(), turn in 0_usize..9) {
        let mut turned = all.clone();
        let by = turn.min(turned.len());
        turned.rotate_left(by);
        turned.reverse();
        prop_assert_eq!(order(&all, &rules, &[], &collate), order(&turned, &rules, &[], &collate));
    }

    #[test]
    fn an_override_moves_its_candidate_alone(all in candidates(), rules in rules(), key in 0_u32..9, place in 1_u32..12) {
        let name = Title::parse("By decision of the chief of protocol").expect("a title");
        let wanted = Override { key, place: NonZeroU32::new(place).expect("not zero"), name };
        let with = order(&all, &rules, std::slice::from_ref(&wanted), &collate);
        let without = order(&all, &rules, &[], &collate);
        let others = |placed: &[Placed<u32>]| placed.iter().map(|p| p.key).filter(|k| *k != key).collect::<Vec<_>>();
        prop_assert_eq!(others(&with), others(&without));
        if let Some(moved) = with.iter().find(|p| p.key == key) {
            prop_assert_eq!(usize::try_from(moved.place).expect("small"), usize::try_from(place).expect("small").min(all.len()));
        }
        prop_assert_eq!(with.iter().map(|p| p.place).collect::<Vec<_>>(), (1..).take(all.len()).collect::<Vec<_>>());
    }
}
