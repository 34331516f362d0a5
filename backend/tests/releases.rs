//! Releases: frozen for an audience, and read under the stricter of the markings then and now.

use backend::{
    Failure, RequestContext,
    accounts::directory::NewAccount,
    database::Connection,
    offices, on_both, programme,
    programme::print::print_programme,
    releases::{self, draft_version},
    testing::{
        self, Engine, TestOffice,
        inputs::{at, text},
    },
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    ids::{ItemId, MissionId, VisitId},
    marking::Marking,
    programme::{input::ItemInput, print::Depth},
    releases::Audience,
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};
use std::collections::BTreeMap;
use uuid::Uuid;

async fn a_mission(office: &TestOffice, name: &str) -> (MissionId, RequestContext) {
    let mission = MissionId(Uuid::new_v4());
    let body = format!(
        r#"{{"name":"{name}","kind":"consulate_general","country":"VN","country_name":"{name}","capital_zone":"Asia/Ho_Chi_Minh","capital":"Hà Nội","address":null,"email":null,"national_day":null,"head":null}}"#
    );
    let mut transaction = office.operator.write().await.unwrap();
    let sql = "INSERT INTO missions (office_id, id, revision, name, folded, body) VALUES ($1, $2, 1, $3, $3, $4)";
    transaction.execute(sql, values![office.operator.office_id(), mission, name, body]).await.unwrap();
    transaction.commit().await.unwrap();
    let account = NewAccount {
        email: EmailAddress::parse(&format!("{name}@test.chancery.example")).unwrap(),
        name: Title::parse(name).unwrap(),
        person: None,
        mission: Some(mission),
        confirmed: true,
        roles: vec![Role::MissionHead],
        ceiling: Marking::Clear,
        password_hash: None,
        ends_on: None,
    };
    let account = offices::make_account(&office.operator, account).await.unwrap();
    (mission, office.again(account).await)
}

struct Desk {
    office: TestOffice,
    officer: RequestContext,
    visit: VisitId,
    line: ItemId,
    attached: RequestContext,
    other: RequestContext,
}

fn markings(visit: Marking) -> BTreeMap<String, String> {
    ["existence", "title", "dates", "parties", "remarks"].into_iter().map(|part| (part.to_owned(), visit.label().to_owned())).collect()
}

/// A visit so marked with one mission attached, a firm line and a wished one.
async fn desk(engine: Engine, marking: Marking) -> Desk {
    let office = testing::office(engine).await;
    let (mission, attached) = a_mission(&office, "vietnam").await;
    let (_, other) = a_mission(&office, "mexico").await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::AmberStrict).await;
    let input = VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister of Viet Nam"),
        starts_on: text("2027-03-13"),
        ends_on: text("2027-03-18"),
        country: text("VN"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        mission_ids: Some(vec![mission.to_string()]),
        markings: markings(marking),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&officer, input).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    let line = ItemInput {
        kind: text("bilateral"),
        title: text("Meeting with the Mayor"),
        starts: at("2027-03-16T10:00"),
        ends: at("2027-03-16T11:00"),
        notes: text("bring the gift"),
        state: text("firm"),
        ..ItemInput::default()
    };
    let wish = ItemInput {
        title: text("Perhaps the museum"),
        starts: at("2027-03-17T10:00"),
        ends: at("2027-03-17T11:00"),
        state: text("wished"),
        ..line.clone()
    };
    let way = ItemInput {
        kind: text("movement"),
        title: text("Motorcade"),
        starts: at("2027-03-16T09:30"),
        ends: at("2027-03-16T09:50"),
        ..line.clone()
    };
    let line = programme::add_programme_item(&officer, visit, line).await.unwrap().view.id;
    programme::add_programme_item(&officer, visit, wish).await.unwrap();
    programme::add_programme_item(&officer, visit, way).await.unwrap();
    let attached = office.again(attached.account().unwrap()).await;
    Desk { office, officer, visit, line, attached, other }
}

async fn release(officer: &RequestContext, visit: VisitId, audiences: &[Audience]) -> Vec<(Audience, u32)> {
    let seen = Seen::from_form(draft_version(officer, visit).await.unwrap().as_str());
    let heads = releases::release_programme(officer, visit, audiences, &seen).await.unwrap();
    heads.into_iter().map(|head| (head.audience, head.number)).collect()
}

async fn change(officer: &RequestContext, line: ItemId, input: ItemInput) {
    programme::change_programme_item(officer, line, input, &Seen::Any).await.unwrap();
}

on_both! {
    async fn what_was_released_does_not_change_when_the_draft_does(engine) {
        let Desk { office: _office, officer, visit, line, attached, .. } = desk(engine, Marking::Amber).await;
        assert!(matches!(releases::read_release(&attached, visit, None).await, Err(Failure::NotFound)), "nothing is released yet");
        release(&officer, visit, &[Audience::VisitingMission]).await;
        change(&officer, line, ItemInput { title: text("Breakfast with the Mayor"), ..ItemInput::default() }).await;
        let read = releases::read_release(&attached, visit, None).await.unwrap();
        let titles: Vec<_> = read.items.iter().map(|item| item.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["Meeting with the Mayor"], "neither the wished line nor the motorcade");
        assert_eq!((read.head.number, read.marking, read.visit.is_draft), (1, Marking::Amber, false));
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let read = releases::read_release(&attached, visit, None).await.unwrap();
        assert_eq!((read.head.number, read.items[0].title.as_deref()), (2, Some("Breakfast with the Mayor")));
    }

    async fn a_raised_marking_closes_at_once_and_a_lowered_one_opens_with_a_new_release(engine) {
        let Desk { office: _office, officer, visit, line, attached, .. } = desk(engine, Marking::Amber).await;
        let notes = |marking: &str| ItemInput { markings: BTreeMap::from([("notes".into(), marking.to_owned())]), reason: text("asked for"), ..ItemInput::default() };
        let read = async || releases::read_release(&attached, visit, None).await.unwrap().items.remove(0).notes;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        assert_eq!(read().await.as_deref(), Some("bring the gift"));
        change(&officer, line, notes("TLP:AMBER+STRICT")).await;
        assert_eq!(read().await, None, "raised");
        release(&officer, visit, &[Audience::VisitingMission]).await;
        change(&officer, line, notes("TLP:AMBER")).await;
        assert_eq!(read().await, None, "lowered, and not released since");
        release(&officer, visit, &[Audience::VisitingMission]).await;
        assert_eq!(read().await.as_deref(), Some("bring the gift"));
    }

    async fn numbers_run_for_each_audience_and_a_second_press_makes_no_second_version(engine) {
        let Desk { office: _office, officer, visit, line, .. } = desk(engine, Marking::Green).await;
        use Audience::{Corps, VisitingMission};
        assert_eq!(release(&officer, visit, &[VisitingMission]).await, [(VisitingMission, 1)]);
        assert_eq!(release(&officer, visit, &[VisitingMission]).await, [(VisitingMission, 1)]);
        assert_eq!(release(&officer, visit, &[VisitingMission, Corps]).await, [(VisitingMission, 1), (Corps, 1)]);
        change(&officer, line, ItemInput { notes: text("bring both gifts"), ..ItemInput::default() }).await;
        // Notes are marked TLP:AMBER: the corps sees no difference, and learns of none.
        assert_eq!(release(&officer, visit, &[VisitingMission, Corps]).await, [(VisitingMission, 2), (Corps, 1)]);
        assert_eq!(releases::list_releases(&officer, visit).await.unwrap().len(), 3);
    }

    async fn other_missions_see_nothing_and_a_mission_detached_sees_nothing_more(engine) {
        let Desk { office, officer, visit, attached, other, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        assert_eq!(releases::my_released_visits(&attached).await.unwrap().len(), 1);
        assert_eq!(releases::my_released_visits(&other).await.unwrap(), []);
        for reader in [&other, &office.signed_in("staff", Role::Staff, Marking::Green).await] {
            assert!(matches!(releases::read_release(reader, visit, None).await, Err(Failure::NotFound)));
            assert!(matches!(releases::read_release(reader, visit, Some(Audience::VisitingMission)).await, Err(Failure::NotFound)));
            assert!(matches!(releases::list_releases(reader, visit).await, Err(Failure::NotFound)));
        }
        visits::change_visit(&officer, visit, VisitInput { mission_ids: Some(Vec::new()), ..VisitInput::default() }, &Seen::Any).await.unwrap();
        let attached = office.again(attached.account().unwrap()).await;
        assert!(matches!(releases::read_release(&attached, visit, None).await, Err(Failure::NotFound)));
    }

    async fn the_corps_and_the_public_read_what_was_released_to_them(engine) {
        let Desk { office, officer, visit, other, .. } = desk(engine, Marking::Clear).await;
        release(&officer, visit, &[Audience::Corps, Audience::Public]).await;
        assert_eq!(releases::read_release(&other, visit, None).await.unwrap().head.audience, Audience::Corps);
        let public = office.operator.as_actor(domain::permission::Actor::anonymous(office.operator.office_id()));
        let read = releases::read_release(&public, visit, None).await.unwrap();
        assert_eq!((read.head.audience, read.marking), (Audience::Public, Marking::Clear));
        assert_eq!((read.items.len(), read.items[0].notes.as_deref()), (1, None));
    }

    async fn an_audience_that_may_not_know_of_the_visit_is_refused(engine) {
        let Desk { office: _office, officer, visit, .. } = desk(engine, Marking::Amber).await;
        let refused = releases::release_programme(&officer, visit, &[Audience::VisitingMission, Audience::Public], &Seen::Any).await;
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{refused:?}");
        assert_eq!(releases::list_releases(&officer, visit).await.unwrap(), [], "nothing was released");
        let stale = releases::release_programme(&officer, visit, &[Audience::VisitingMission], &Seen::from_form("0")).await;
        assert!(matches!(stale, Err(Failure::Stale)), "{stale:?}");
    }

    async fn a_cancelled_visit_still_shows_and_says_so(engine) {
        let Desk { office: _office, officer, visit, attached, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        visits::change_visit(&officer, visit, VisitInput { state: text("cancelled"), ..VisitInput::default() }, &Seen::Any).await.unwrap();
        let read = releases::read_release(&attached, visit, None).await.unwrap();
        assert_eq!(read.visit.state, domain::visits::VisitState::Cancelled);
    }

    async fn a_code_tells_whether_it_is_current_and_nothing_else(engine) {
        let Desk { office: _office, officer, visit, line, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let code = releases::list_releases(&officer, visit).await.unwrap().remove(0).code;
        let network = std::net::IpAddr::from([192, 0, 2, 1]).into();
        let answer = releases::is_current(&officer, network, &code.to_lowercase()).await.unwrap();
        assert_eq!((answer.number, answer.is_current), (1, true));
        change(&officer, line, ItemInput { title: text("Breakfast"), ..ItemInput::default() }).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        assert!(!releases::is_current(&officer, network, &code).await.unwrap().is_current);
        assert!(matches!(releases::is_current(&officer, network, "22222222").await, Err(Failure::NotFound)));
    }

    async fn paper_shows_no_more_than_paper_may(engine) {
        let Desk { office: _office, officer, visit, other, .. } = desk(engine, Marking::Amber).await;
        let draft = print_programme(&officer, visit, None, Depth::Detailed).await.unwrap();
        assert_eq!((draft.marking, draft.release), (Marking::Amber, None));
        assert!(draft.items.iter().all(|item| item.title.as_deref() != Some("Motorcade")), "TLP:AMBER+STRICT leaves on no plain paper");
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let released = print_programme(&officer, visit, Some(Audience::VisitingMission), Depth::Summary).await.unwrap();
        assert_eq!((released.release.unwrap().number, released.items[0].notes.as_deref()), (1, None));
        assert!(matches!(print_programme(&other, visit, None, Depth::Overview).await, Err(Failure::NotFound)));
    }
}
