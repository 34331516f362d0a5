//! People on both engines: written, shown, taken in from files and given out.

use backend::{Failure, on_both, paging::PageRequest, people, testing, version::Seen};
use domain::{
    accounts::Role,
    imports::{FileProblem, ImportRefusal},
    marking::Marking,
    people::input::PersonInput,
    problems::Problem,
};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

const FILE: &str = "Family;Given;Order;Own script;Languages;Diet\nTrần;Hoa;family_first;陳花;vi en;No pork\nSuharto;;;;id;\n";

on_both! {
    async fn what_the_kitchen_must_know_is_shown_to_who_plans_meals(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let admin = office.signed_in("admin", Role::Administrator, Marking::Green).await;
        let input = PersonInput { family: some("Ito"), diet: some("Vegan"), ..PersonInput::default() };
        let person = people::create_person(&officer, input).await.unwrap();
        assert_eq!(person.diet.as_deref(), Some("Vegan"));
        assert_eq!(people::read_person(&staff, person.id).await.unwrap().diet, None);
        let renamed = PersonInput { family: some("Itō"), ..PersonInput::default() };
        assert!(matches!(people::change_person(&staff, person.id, renamed.clone(), &Seen::Any).await, Err(Failure::Forbidden)));
        assert_eq!(people::change_person(&admin, person.id, renamed, &Seen::Any).await.unwrap().diet, None);
        assert_eq!(people::read_person(&officer, person.id).await.unwrap().diet.as_deref(), Some("Vegan"));
        let nobody = PersonInput { mission_id: Some(uuid::Uuid::from_u128(7).to_string()), ..PersonInput::default() };
        assert!(matches!(people::change_person(&officer, person.id, nobody, &Seen::Any).await, Err(Failure::Invalid(_))));
    }

    async fn a_file_taken_in_twice_doubles_nobody(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let first = people::import_people(&officer, FILE.as_bytes()).await.unwrap();
        assert_eq!((first.added, first.changed, first.unchanged), (2, 0, 0));
        let again = people::import_people(&officer, FILE.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
        let ranked = "family,given,order,rank\nTrần,Hoa,family_first,Consul\n";
        let changed = people::import_people(&officer, ranked.as_bytes()).await.unwrap();
        assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 0));
        let page = people::list_people(&officer, Some("tran"), &PageRequest::default()).await.unwrap();
        let person = &page.items[0];
        assert_eq!((person.name.as_str(), person.rank.as_deref(), person.own_script.as_deref()), ("Trần Hoa", Some("Consul"), Some("陳花")));
        let out = people::export_people(&officer).await.unwrap();
        let back = people::import_people(&officer, &out).await.unwrap();
        assert_eq!((back.added, back.changed, back.unchanged), (0, 0, 2));
    }

    async fn a_file_is_taken_in_as_a_whole_or_not_at_all(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let file = "family,standing,country\nGood,guest,US\nBad,emperor,US\n,guest,US\nGood,guest,US\nLong,guest,USA\n";
        let rows = match people::import_people(&officer, file.as_bytes()).await {
            Err(Failure::Import(ImportRefusal::Rows { rows })) => rows,
            other => panic!("{other:?}"),
        };
        let wrong: Vec<(u64, &str)> = rows.iter().map(|row| (row.line, row.problems[0].field.as_str())).collect();
        assert_eq!(wrong, [(3, "standing"), (4, "family"), (5, "family"), (6, "country")]);
        assert_eq!(rows[2].problems[0].problem, Problem::AlreadyTaken);
        assert!(people::list_people(&officer, None, &PageRequest::default()).await.unwrap().items.is_empty());
        let latin = b"family\nM\xfcller\n";
        assert!(matches!(people::import_people(&officer, latin).await, Err(Failure::Import(ImportRefusal::File { problem: FileProblem::NotUtf8 { line: 2 } }))));
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        assert!(matches!(people::import_people(&staff, file.as_bytes()).await, Err(Failure::Forbidden)));
        assert!(matches!(people::export_people(&staff).await, Err(Failure::Forbidden)));
    }

    async fn pages_go_through_all_people_once(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let file: String = std::iter::once("family\n".to_owned()).chain((0..25).map(|n| format!("Person {n:02}\n"))).collect();
        people::import_people(&officer, file.as_bytes()).await.unwrap();
        let (mut names, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = people::list_people(&officer, None, &PageRequest::new(cursor.as_deref(), Some(10)).unwrap()).await.unwrap();
            names.extend(page.items.into_iter().map(|person| person.name));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(names, (0..25).map(|n| format!("Person {n:02}")).collect::<Vec<_>>());
    }
}
