//! Search on both engines: over what the reader sees, and nothing else.

use backend::{Failure, missions, on_both, people, rooms, search, testing, visits};
use domain::{
    accounts::Role,
    marking::Marking,
    missions::input::MissionInput,
    people::input::PersonInput,
    rooms::input::{RoomInput, SiteInput},
    search::SearchKind,
    visits::input::VisitInput,
};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn visit(title: &str, marking: &str) -> VisitInput {
    VisitInput {
        category: some("official"),
        title: some(title),
        starts_on: some("2027-03-10"),
        ends_on: some("2027-03-12"),
        capital_zone: some("Asia/Ho_Chi_Minh"),
        markings: [("title".to_owned(), marking.to_owned())].into(),
        ..VisitInput::default()
    }
}

on_both! {
    async fn marks_and_case_are_no_hindrance_over_all_kinds(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Green).await;
        let site = rooms::create_site(&manager, SiteInput { name: some("Hà Nội House"), ..SiteInput::default() }).await.unwrap();
        rooms::create_room(&manager, RoomInput { site_id: Some(site.id.to_string()), name: some("Rotunda"), ..RoomInput::default() }).await.unwrap();
        let mission = MissionInput {
            name: some("Consulate General of Viet Nam"),
            kind: some("consulate_general"),
            country: some("VN"),
            country_name: some("Viet Nam"),
            capital_zone: some("Asia/Ho_Chi_Minh"),
            capital: some("Hà Nội"),
            ..MissionInput::default()
        };
        missions::create_mission(&officer, mission).await.unwrap();
        people::create_person(&officer, PersonInput { family: some("Nguyễn"), rank: some("Mayor of Hà Nội"), ..PersonInput::default() }).await.unwrap();
        visits::create_visit(&officer, visit("Mayor of Hà Nội", "TLP:AMBER")).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let hits = search::search(&officer, "Ha Noi", 20).await.unwrap();
        assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [SearchKind::Visit, SearchKind::Person, SearchKind::Mission, SearchKind::Room]);
        assert!(hits[0].link.starts_with("/visits/"));
        assert_eq!(search::search(&officer, "Ha Noi", 2).await.unwrap().len(), 2);
        assert!(search::search(&officer, " ' %", 20).await.unwrap().is_empty());
        assert!(matches!(search::search(&officer, &"a".repeat(10_000), 20).await, Err(Failure::Invalid(_))));
    }

    async fn nothing_is_found_that_is_not_seen(engine) {
        let office = testing::office(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        visits::create_visit(&officer, visit("Openly canary", "TLP:AMBER")).await.unwrap();
        visits::create_visit(&officer, visit("Sealed canary", "TLP:AMBER+STRICT")).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let hits = search::search(&officer, "canary", 20).await.unwrap();
        // Sealed text is searched by nobody, its readers included.
        assert_eq!(hits.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["Openly canary"]);
        assert!(search::search(&staff, "canary", 20).await.unwrap().is_empty());
        people::create_person(&officer, PersonInput { family: some("Ito"), diet: some("Vegan"), ..PersonInput::default() }).await.unwrap();
        assert!(search::search(&officer, "vegan", 20).await.unwrap().is_empty());
        let mission = office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        assert!(matches!(search::search(&mission, "canary", 20).await, Err(Failure::Forbidden)));
    }
}
