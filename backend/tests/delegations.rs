//! Who comes: delegates added, changed and removed, and the guest a head of delegation becomes.

use backend::{
    Failure, RequestContext, delegations, on_both,
    paging::PageRequest,
    people, programme,
    testing::{
        self, Engine, TestOffice,
        inputs::{a_visit, at, text},
    },
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    delegations::{DelegateRole, input::DelegateInput},
    ids::VisitId,
    marking::Marking,
    people::input::PersonInput,
    problems::Problem,
    programme::input::ItemInput,
};

fn a_head() -> DelegateInput {
    DelegateInput {
        name: text("Nguyễn Văn An"),
        role: text("head"),
        rank: text("Prime Minister"),
        own_script: text("阮文安"),
        languages: text("vi, fr"),
        diet: text("no shellfish"),
        ..DelegateInput::default()
    }
}

fn a_member(name: &str) -> DelegateInput {
    DelegateInput { name: text(name), role: text("official"), ..DelegateInput::default() }
}

async fn desk(engine: Engine) -> (TestOffice, RequestContext, VisitId) {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::AmberStrict).await;
    let visit = visits::create_visit(&officer, a_visit()).await.unwrap();
    let officer = office.again(officer.account().unwrap()).await;
    (office, officer, visit.id)
}

fn problem_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(mut problems)) => {
            let first = problems.remove(0);
            (first.field, first.problem)
        }
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_head_of_delegation_becomes_the_guest_and_takes_part_in_every_line(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let line = ItemInput {
            kind: text("bilateral"),
            title: text("Meeting with the Mayor"),
            starts: at("2027-03-16T10:00"),
            ends: at("2027-03-16T11:00"),
            state: text("firm"),
            ..ItemInput::default()
        };
        programme::add_programme_item(&officer, visit, line.clone()).await.unwrap();
        let head = delegations::add_delegate(&officer, visit, a_head()).await.unwrap();
        assert_eq!((head.delegation.as_str(), head.position, head.role, head.marking), ("VN", 1, DelegateRole::Head, Marking::Amber));
        assert_eq!(head.languages, ["vi", "fr"]);
        let seen = visits::read_visit(&officer, visit).await.unwrap();
        let guest = seen.guest.unwrap();
        assert_eq!((guest.id, guest.name.as_str()), (head.person_id, "Nguyễn Văn An"));
        // The guest is engaged by the line that was there before: a second line at the same time is refused.
        let second = ItemInput { title: text("Lunch"), ..line };
        let refused = programme::add_programme_item(&officer, visit, second).await;
        assert!(matches!(refused, Err(Failure::Clash(_))), "{refused:?}");
    }

    async fn the_next_delegate_stands_after_the_last(engine) {
        let (_office, officer, visit) = desk(engine).await;
        delegations::add_delegate(&officer, visit, a_head()).await.unwrap();
        let second = delegations::add_delegate(&officer, visit, a_member("Trần Thị Bình")).await.unwrap();
        let third = delegations::add_delegate(&officer, visit, DelegateInput { position: text("7"), ..a_member("Lê Cường") }).await.unwrap();
        let fourth = delegations::add_delegate(&officer, visit, a_member("Phạm Dung")).await.unwrap();
        assert_eq!([second.position, third.position, fourth.position], [2, 7, 8]);
        let names: Vec<String> = delegations::list_delegates(&officer, visit).await.unwrap().into_iter().map(|d| d.name).collect();
        assert_eq!(names, ["Nguyễn Văn An", "Trần Thị Bình", "Lê Cường", "Phạm Dung"]);
        assert_eq!(delegations::list_delegations(&officer, visit).await.unwrap().len(), 1);
    }

    async fn a_delegation_has_one_head_and_nobody_is_in_it_twice(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let head = delegations::add_delegate(&officer, visit, a_head()).await.unwrap();
        let second = DelegateInput { name: text("Somebody Else"), ..a_head() };
        assert_eq!(problem_of(delegations::add_delegate(&officer, visit, second.clone()).await), ("role".into(), Problem::AlreadyTaken));
        let again = DelegateInput { person_id: Some(head.person_id.to_string()), role: text("official"), ..DelegateInput::default() };
        assert_eq!(problem_of(delegations::add_delegate(&officer, visit, again).await), ("person_id".into(), Problem::AlreadyTaken));
        // Another delegation of the same visit has a head of its own.
        let other = DelegateInput { delegation: text("Laos"), ..second };
        let other = delegations::add_delegate(&officer, visit, other).await.unwrap();
        assert_ne!(other.delegation_id, head.delegation_id);
        let guest = visits::read_visit(&officer, visit).await.unwrap().guest.unwrap();
        assert_eq!(guest.id, head.person_id, "the first head stays the guest");
    }

    async fn a_change_names_the_version_it_saw_and_a_removal_too(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let delegate = delegations::add_delegate(&officer, visit, a_member("Trần Thị Bình")).await.unwrap();
        let seen = Seen::from_header(Some(&ETag::of(&delegate).unwrap().to_string()));
        let change = DelegateInput { rank: text("Minister"), ..DelegateInput::default() };
        let missing = delegations::change_delegate(&officer, delegate.id, change.clone(), &Seen::NotSaid).await;
        assert!(matches!(missing, Err(Failure::VersionNeeded)), "{missing:?}");
        let changed = delegations::change_delegate(&officer, delegate.id, change.clone(), &seen).await.unwrap();
        assert_eq!((changed.rank.as_deref(), changed.name.as_str()), (Some("Minister"), "Trần Thị Bình"));
        let stale = delegations::change_delegate(&officer, delegate.id, change, &seen).await;
        assert!(matches!(stale, Err(Failure::Stale)), "{stale:?}");
        assert!(matches!(delegations::remove_delegate(&officer, delegate.id, &seen).await, Err(Failure::Stale)));
        delegations::remove_delegate(&officer, delegate.id, &Seen::Any).await.unwrap();
        assert!(matches!(delegations::read_delegate(&officer, delegate.id).await, Err(Failure::NotFound)));
    }

    async fn strict_details_are_sealed_and_read_by_the_cleared_alone(engine) {
        let (office, officer, visit) = desk(engine).await;
        let person = PersonInput { family: text("Nguyễn"), standing: text("guest"), ..PersonInput::default() };
        let person = people::create_person(&officer, person).await.unwrap().id.to_string();
        let strict = DelegateInput { marking: text("TLP:AMBER+STRICT"), role: text("security"), person_id: Some(person), ..a_head() };
        let delegate = delegations::add_delegate(&officer, visit, strict).await.unwrap();
        assert_eq!(delegate.diet.as_deref(), Some("no shellfish"));
        let amber = office.account("amber", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit, amber, "plans the dinner").await.unwrap();
        let amber = office.again(amber).await;
        assert_eq!(delegations::list_delegates(&amber, visit).await.unwrap(), []);
        let unknown = delegations::change_delegate(&amber, delegate.id, DelegateInput::default(), &Seen::NotSaid).await;
        assert!(matches!(unknown, Err(Failure::NotFound)), "{unknown:?}");
        let above = DelegateInput { marking: text("TLP:AMBER+STRICT"), ..a_member("Trần Thị Bình") };
        assert_eq!(problem_of(delegations::add_delegate(&amber, visit, above).await), ("marking".into(), Problem::AboveCeiling));
    }

    async fn a_name_marked_above_amber_is_not_put_into_the_directory(engine) {
        let (office, officer, visit) = desk(engine).await;
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit, chief, "leads the office").await.unwrap();
        let chief = office.again(chief).await;
        for marking in ["TLP:AMBER+STRICT", "TLP:RED"] {
            let hidden = DelegateInput { marking: text(marking), ..a_member("Trần Thị Bình") };
            let refused = delegations::add_delegate(&chief, visit, hidden).await;
            assert_eq!(problem_of(refused), ("marking".into(), Problem::AboveDirectory), "{marking}");
        }
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        assert_eq!(people::list_people(&staff, Some("Trần"), &PageRequest::default()).await.unwrap().items, []);
        let amber = DelegateInput { marking: text("TLP:AMBER"), ..a_member("Trần Thị Bình") };
        delegations::add_delegate(&chief, visit, amber).await.unwrap();
        assert_eq!(people::list_people(&staff, Some("Trần"), &PageRequest::default()).await.unwrap().items.len(), 1);
    }

    async fn who_is_not_on_the_list_sees_no_delegate_and_adds_none(engine) {
        let (office, officer, visit) = desk(engine).await;
        delegations::add_delegate(&officer, visit, a_head()).await.unwrap();
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let hidden = delegations::list_delegates(&staff, visit).await;
        assert!(matches!(hidden, Err(Failure::NotFound)), "{hidden:?}");
        let refused = delegations::add_delegate(&staff, visit, a_member("Nobody")).await;
        assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    }

    async fn everything_wrong_with_a_delegate_is_said_at_once(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let wrong = DelegateInput {
            role: text("captain"),
            position: text("0"),
            languages: text("Vietnamese language"),
            rank: Some("x".repeat(10_000)),
            own_script: text("a\u{202E}b"),
            ..DelegateInput::default()
        };
        let Err(Failure::Invalid(problems)) = delegations::add_delegate(&officer, visit, wrong).await else { panic!("refused") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "role", "position", "rank", "own_script", "languages"]);
        assert_eq!(delegations::list_delegations(&officer, visit).await.unwrap(), [], "nothing was made");
    }
}
