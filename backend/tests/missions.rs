//! Missions on both engines: written, placed in their order, taken in from files and given out.

use backend::{
    Failure, missions, on_both,
    paging::PageRequest,
    people, testing,
    version::{ETag, Seen},
};
use domain::{accounts::Role, imports::ImportRefusal, marking::Marking, missions::input::MissionInput, precedence::Reason};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

const FILE: &str = "name,kind,country,country_name,capital_zone,head_family,head_given,head_order,head_class,head_honorary,head_exequatur_on,head_commission_on\n\
Consulate General of Mexico,consulate_general,MX,Mexico,America/Mexico_City,Arrieta,Ximena,given_first,consul_general,no,2023-02-14,2022-10-20\n\
Consulate General of Viet Nam,consulate_general,VN,Viet Nam,Asia/Ho_Chi_Minh,Trần,Hoa,family_first,consul_general,no,2021-06-01,\n\
Honorary Consulate of Palau,honorary_consulate,PW,Palau,Pacific/Palau,Ngir,Ana,given_first,consul_general,yes,2001-01-01,\n\
Embassy of Nowhere,embassy,XX,Nowhere,Etc/UTC,,,,,,,\n\
Consulate General of Peru,consulate_general,PE,Peru,America/Lima,Quispe,Inés,given_first,consul_general,,2023-02-14,2022-10-21\n";

on_both! {
    async fn missions_stand_in_the_order_of_the_corps_and_say_why(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let report = missions::import_missions(&officer, FILE.as_bytes()).await.unwrap();
        assert_eq!(report.added, 5);
        let page = missions::list_missions(&officer, None, &PageRequest::default()).await.unwrap();
        let placed: Vec<(u32, &str, &Reason)> = page.items.iter().map(|it| (it.place, it.mission.country.as_str(), &it.because)).collect();
        assert_eq!(
            placed,
            [
                (1, "VN", &Reason::First),
                (2, "MX", &Reason::Admission),
                (3, "PE", &Reason::Commission),
                (4, "PW", &Reason::Honorary),
                (5, "XX", &Reason::ForeignToTheRules),
            ]
        );
        let found = missions::list_missions(&officer, Some("tran hoa"), &PageRequest::default()).await.unwrap();
        assert_eq!(found.items.iter().map(|it| (it.place, it.mission.country.as_str())).collect::<Vec<_>>(), [(1, "VN")]);
        assert_eq!(page.items[0].mission.head.as_ref().map(|head| head.person.name.as_str()), Some("Trần Hoa"));
    }

    async fn a_file_of_missions_taken_in_twice_doubles_nothing(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        missions::import_missions(&officer, FILE.as_bytes()).await.unwrap();
        let again = missions::import_missions(&officer, FILE.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 5));
        let out = missions::export_missions(&officer).await.unwrap();
        let back = missions::import_missions(&officer, &out).await.unwrap();
        assert_eq!((back.added, back.changed, back.unchanged), (0, 0, 5));
        assert_eq!(people::list_people(&officer, None, &PageRequest::default()).await.unwrap().items.len(), 4);
        let successor = FILE.replace("Arrieta,Ximena", "Luna,Pilar");
        let changed = missions::import_missions(&officer, successor.as_bytes()).await.unwrap();
        assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 4));
    }

    async fn bad_rows_are_named_and_nothing_is_taken_in(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let file = FILE.replace("Pacific/Palau", "Pacific/Atlantis").replace("2021-06-01", "yesterday").replace(",yes,", ",perhaps,");
        let rows = match missions::import_missions(&officer, file.as_bytes()).await {
            Err(Failure::Import(ImportRefusal::Rows { rows })) => rows,
            other => panic!("{other:?}"),
        };
        let wrong: Vec<(u64, Vec<&str>)> =
            rows.iter().map(|row| (row.line, row.problems.iter().map(|it| it.field.as_str()).collect())).collect();
        assert_eq!(wrong, [(3, vec!["head_exequatur_on"]), (4, vec!["head_honorary", "capital_zone"])]);
        assert!(missions::list_missions(&officer, None, &PageRequest::default()).await.unwrap().items.is_empty());
    }

    async fn a_mission_is_changed_as_it_was_seen_and_its_name_is_borne_once(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        missions::import_missions(&officer, FILE.as_bytes()).await.unwrap();
        let page = missions::list_missions(&officer, None, &PageRequest::default()).await.unwrap();
        let mission = &page.items[0].mission;
        let seen = Seen::Tags(vec![ETag::of(mission).unwrap().as_str().to_owned()]);
        let capital = MissionInput { capital: some("Hà Nội"), ..MissionInput::default() };
        let changed = missions::change_mission(&officer, mission.id, capital.clone(), &seen).await.unwrap();
        assert_eq!((changed.capital.as_str(), &changed.head), ("Hà Nội", &mission.head));
        assert!(matches!(missions::change_mission(&officer, mission.id, capital, &seen).await, Err(Failure::Stale)));
        let taken = MissionInput { name: some("Consulate General of Peru"), ..MissionInput::default() };
        assert!(matches!(missions::change_mission(&officer, mission.id, taken, &Seen::Any).await, Err(Failure::Invalid(_))));
        let mission_account = office.signed_in("vietnam", Role::MissionMember, Marking::Green).await;
        assert!(matches!(missions::read_mission(&mission_account, mission.id).await, Err(Failure::Forbidden)));
        assert!(matches!(missions::list_missions(&mission_account, None, &PageRequest::default()).await, Err(Failure::Forbidden)));
    }
}
