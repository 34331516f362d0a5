//! Releases: frozen for an audience, and read under the stricter of the markings then and now.

use backend::{
    Failure, RequestContext,
    accounts::directory::NewAccount,
    database::Connection,
    offices, on_both, programme,
    programme::print::print_programme,
    releases::{
        self,
        acknowledgements::{acknowledge_release, list_acknowledgements, release_to_acknowledge},
        differences::{read_asked_difference, read_difference},
        draft_version,
    },
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
    releases::{Audience, DifferenceView},
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};
use std::collections::BTreeMap;
use uuid::Uuid;

async fn keep_mission(office: &TestOffice, name: &str) -> MissionId {
    let mission = MissionId(Uuid::new_v4());
    let body = format!(
        r#"{{"name":"{name}","kind":"consulate_general","country":"VN","country_name":"{name}","capital_zone":"Asia/Ho_Chi_Minh","capital":"Hà Nội","address":null,"email":null,"national_day":null,"head":null}}"#
    );
    let mut transaction = office.operator.write().await.unwrap();
    let sql = "INSERT INTO missions (office_id, id, revision, name, folded, body) VALUES ($1, $2, 1, $3, $3, $4)";
    transaction.execute(sql, values![office.operator.office_id(), mission, name, body]).await.unwrap();
    transaction.commit().await.unwrap();
    mission
}

/// A mission with an account.
async fn a_mission(office: &TestOffice, name: &str) -> (MissionId, RequestContext) {
    let mission = keep_mission(office, name).await;
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

/// What a difference tells: titles that are new, changed and taken out.
fn told(view: &DifferenceView) -> [Vec<&str>; 3] {
    let told = &view.difference;
    [
        told.added.iter().filter_map(|item| item.title.as_deref()).collect(),
        told.changed.iter().filter_map(|change| change.after.title.as_deref()).collect(),
        told.removed.iter().filter_map(|item| item.title.as_deref()).collect(),
    ]
}

async fn entries(office: &TestOffice, intent: &str) -> i64 {
    let mut connection = office.operator.read().await.unwrap();
    let sql = "SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent = $2";
    let rows: Vec<(i64,)> = connection.all(sql, values![office.operator.office_id(), intent]).await.unwrap();
    rows[0].0
}

on_both! {
    async fn each_audience_is_told_its_own_difference_from_the_release_before(engine) {
        let Desk { office, officer, visit, line, attached, other } = desk(engine, Marking::Green).await;
        use Audience::{Corps, Office, VisitingMission};
        let green = ItemInput {
            markings: ["existence", "time", "title"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into(),
            reason: text("for the corps"),
            ..ItemInput::default()
        };
        change(&officer, line, green).await;
        release(&officer, visit, &[VisitingMission, Corps, Office]).await;
        let first = read_difference(&attached, visit, None).await.unwrap();
        assert_eq!((first.head.number, first.since, first.difference.is_empty()), (1, None, true), "the first tells no difference");
        change(&officer, line, ItemInput { notes: text("bring both gifts"), ..ItemInput::default() }).await;
        let seen = releases::preview_release(&officer, visit, &[VisitingMission, Corps]).await.unwrap();
        assert_eq!((seen[0].is_new, seen[0].since, seen[0].difference.changed.len()), (true, Some(1), 1));
        assert_eq!((seen[1].is_new, seen[1].since, seen[1].difference.is_empty()), (false, Some(1), true), "nothing has changed for the corps");
        release(&officer, visit, &[VisitingMission, Corps]).await;
        let second = read_difference(&attached, visit, None).await.unwrap();
        assert_eq!((second.head.number, second.since, second.marking), (2, Some(1), Marking::Amber));
        assert_eq!(second.difference.changed[0].before.notes.as_deref(), Some("bring the gift"));
        assert_eq!(second.difference.changed[0].parts, [domain::marking::view::LinePart::Notes]);
        let corps = read_difference(&other, visit, None).await.unwrap();
        assert_eq!((corps.head.audience, corps.head.number, corps.since), (Corps, 1, None));
        let added = ItemInput {
            kind: text("cultural"),
            title: text("Concert"),
            starts: at("2027-03-16T19:00"),
            ends: at("2027-03-16T21:00"),
            state: text("firm"),
            ..ItemInput::default()
        };
        programme::add_programme_item(&officer, visit, added).await.unwrap();
        programme::remove_programme_item(&officer, line, &Seen::Any).await.unwrap();
        release(&officer, visit, &[VisitingMission]).await;
        assert_eq!(told(&read_difference(&attached, visit, None).await.unwrap()), [vec!["Concert"], vec![], vec!["Meeting with the Mayor"]]);
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        assert_eq!(read_difference(&staff, visit, None).await.unwrap().head.audience, Office);
        assert!(matches!(read_difference(&staff, visit, Some(VisitingMission)).await, Err(Failure::NotFound)));
    }

    async fn what_is_seen_before_a_release_is_delivered_to_who_sees_it(engine) {
        let Desk { office, officer, visit, line, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        change(&officer, line, ItemInput { title: text("Breakfast"), ..ItemInput::default() }).await;
        let second = office.signed_in("second", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit, second.account().unwrap(), "stands in").await.unwrap();
        let second = office.again(second.account().unwrap()).await;
        let before = entries(&office, "deliver_page").await;
        for _ in 0..2 {
            releases::preview_release(&second, visit, Audience::ALL).await.unwrap();
        }
        assert_eq!(entries(&office, "deliver_page").await, before + 1);
        let mut connection = office.operator.read().await.unwrap();
        let sql = "SELECT thing_kind FROM deliveries WHERE office_id = $1 AND account_id = $2 ORDER BY thing_kind";
        let kinds: Vec<(String,)> = connection.all(sql, values![office.operator.office_id(), second.account().unwrap()]).await.unwrap();
        assert_eq!(kinds.into_iter().map(|(kind,)| kind).collect::<Vec<_>>(), ["item", "release"]);
    }

    async fn what_was_raised_is_told_of_no_more_even_when_it_is_taken_out(engine) {
        let Desk { office: _office, officer, visit, line, attached, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let up = |part: &str| ItemInput { markings: BTreeMap::from([(part.to_owned(), "TLP:AMBER+STRICT".to_owned())]), ..ItemInput::default() };
        change(&officer, line, ItemInput { notes: text("secret"), ..up("notes") }).await;
        change(&officer, line, up("existence")).await;
        assert_eq!(releases::read_release(&attached, visit, None).await.unwrap().items, []);
        programme::remove_programme_item(&officer, line, &Seen::Any).await.unwrap();
        assert_eq!(releases::read_release(&attached, visit, None).await.unwrap().items, [], "taking it out opens nothing");
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let view = read_difference(&attached, visit, None).await.unwrap();
        assert_eq!((view.head.number, view.since, view.difference.is_empty()), (2, Some(1), true), "{view:?}");
    }

    async fn a_mission_attached_later_is_not_told_what_was_released_to_others(engine) {
        let Desk { office, officer, visit, line, attached, other } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let missions = [&attached, &other].map(|one| one.actor().mission().unwrap().to_string()).to_vec();
        visits::change_visit(&officer, visit, VisitInput { mission_ids: Some(missions), ..VisitInput::default() }, &Seen::Any).await.unwrap();
        assert_eq!(release(&officer, visit, &[Audience::VisitingMission]).await, [(Audience::VisitingMission, 1)], "a number tells nothing of who is attached");
        change(&officer, line, ItemInput { title: text("Breakfast"), ..ItemInput::default() }).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let late = office.again(other.account().unwrap()).await;
        let view = read_difference(&late, visit, None).await.unwrap();
        assert_eq!((view.head.number, view.since, view.difference.is_empty()), (2, None, true));
        let first = releases::list_releases(&late, visit).await.unwrap().into_iter().find(|head| head.number == 1).unwrap();
        assert!(matches!(acknowledge_release(&late, first.id).await, Err(Failure::NotFound)), "acknowledging opens nothing");
        acknowledge_release(&late, view.head.id).await.unwrap();
        assert_eq!(read_difference(&late, visit, None).await.unwrap().since, None);
        assert_eq!(read_difference(&attached, visit, None).await.unwrap().since, Some(1));
    }

    async fn nobody_releases_for_an_audience_that_is_told_more_than_they_read(engine) {
        let Desk { office, officer, visit, line, .. } = desk(engine, Marking::Green).await;
        use Audience::{Corps, Security, VisitingMission};
        assert_eq!(release(&officer, visit, &[Security]).await, [(Security, 1)]);
        let second = office.signed_in("second", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit, second.account().unwrap(), "stands in").await.unwrap();
        let second = office.again(second.account().unwrap()).await;
        change(&second, line, ItemInput { title: text("Breakfast"), ..ItemInput::default() }).await;
        let seen = Seen::from_form(draft_version(&second, visit).await.unwrap().as_str());
        let refused = releases::release_programme(&second, visit, &[Corps, Security], &seen).await;
        assert!(matches!(refused, Err(Failure::Invalid(problems)) if problems[0].field == "audiences"));
        assert_eq!(releases::list_releases(&officer, visit).await.unwrap().len(), 1, "all of them or none");
        assert_eq!(release(&second, visit, &[Corps, VisitingMission]).await, [(VisitingMission, 1), (Corps, 1)]);
    }

    async fn a_preview_tells_what_its_audience_is_told(engine) {
        let Desk { office: _office, officer, visit, line, attached, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let up = BTreeMap::from([("notes".to_owned(), "TLP:AMBER+STRICT".to_owned())]);
        change(&officer, line, ItemInput { notes: text("secret"), markings: up, title: text("Breakfast"), ..ItemInput::default() }).await;
        let preview = releases::preview_release(&officer, visit, &[Audience::VisitingMission]).await.unwrap().remove(0).difference;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let told = read_difference(&attached, visit, None).await.unwrap().difference;
        let parts = |difference: &domain::releases::Difference| difference.changed.iter().map(|change| change.parts.len()).collect::<Vec<_>>();
        assert_eq!((parts(&preview), parts(&told)), (vec![1], vec![1]), "the title alone");
    }

    async fn each_account_acknowledges_each_version_once_and_a_later_one_asks_again(engine) {
        let Desk { office, officer, visit, line, attached, other } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let first = release_to_acknowledge(&attached, visit).await.unwrap().unwrap();
        assert_eq!(release_to_acknowledge(&other, visit).await.unwrap(), None);
        assert_eq!(release_to_acknowledge(&officer, visit).await.unwrap(), None, "who may release it works on the draft");
        assert!(matches!(acknowledge_release(&other, first.id).await, Err(Failure::NotFound)));
        assert!(matches!(acknowledge_release(&officer, first.id).await, Err(Failure::Forbidden)));
        let nobody = office.operator.as_actor(domain::permission::Actor::anonymous(office.operator.office_id()));
        assert!(matches!(acknowledge_release(&nobody, first.id).await, Err(Failure::SignIn)));
        let standing = list_acknowledgements(&officer, visit).await.unwrap();
        assert_eq!((standing.len(), standing[0].readers.len(), standing[0].missing()), (1, 1, 1));
        assert_eq!((standing[0].readers[0].account_id, standing[0].readers[0].mission.as_deref()), (attached.account().ok(), Some("vietnam")));
        for _ in 0..2 {
            acknowledge_release(&attached, first.id).await.unwrap();
        }
        assert_eq!(entries(&office, "acknowledge_release").await, 1, "a second press is no second entry");
        assert_eq!(release_to_acknowledge(&attached, visit).await.unwrap(), None);
        assert_eq!(read_difference(&attached, visit, None).await.unwrap().acknowledged_at, Some(attached.now()));
        assert_eq!(list_acknowledgements(&officer, visit).await.unwrap()[0].missing(), 0);
        change(&officer, line, ItemInput { title: text("Breakfast"), ..ItemInput::default() }).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        let second = release_to_acknowledge(&attached, visit).await.unwrap().unwrap();
        assert_eq!(second.number, 2);
        let standing = list_acknowledgements(&officer, visit).await.unwrap();
        assert_eq!((standing[0].missing(), standing[0].readers[0].earlier.map(|earlier| earlier.number)), (1, Some(1)));
        assert!(matches!(list_acknowledgements(&attached, visit).await, Err(Failure::NotFound)));
    }

    async fn who_is_asked_of_the_office_is_who_may_read_it(engine) {
        let Desk { office, officer, visit, .. } = desk(engine, Marking::Green).await;
        use Audience::{Corps, Office, Security};
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let lead = office.signed_in("lead", Role::SecurityLead, Marking::AmberStrict).await;
        let blind = office.signed_in("blind", Role::Staff, Marking::Clear).await;
        visits::grant_access(&officer, visit, lead.account().unwrap(), "routes").await.unwrap();
        let lead = office.again(lead.account().unwrap()).await;
        release(&officer, visit, &[Office, Security, Corps]).await;
        let standing = list_acknowledgements(&officer, visit).await.unwrap();
        let names = |audience: Audience| {
            let of_audience = standing.iter().find(|standing| standing.head.audience == audience).unwrap();
            of_audience.readers.iter().map(|reader| reader.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!((names(Office), names(Security)), (vec!["staff".to_owned()], vec!["lead".to_owned()]));
        assert_eq!(names(Corps), ["mexico", "vietnam"], "of the corps each mission, whichever accounts it has");
        assert_eq!(read_asked_difference(&lead, visit).await.unwrap().unwrap().head.audience, Security);
        assert_eq!(release_to_acknowledge(&staff, visit).await.unwrap().unwrap().audience, Office);
        assert_eq!(release_to_acknowledge(&blind, visit).await.unwrap(), None);
    }

    async fn a_line_that_is_new_is_so_on_paper_at_every_depth(engine) {
        let Desk { office: _office, officer, visit, line, .. } = desk(engine, Marking::Amber).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        change(&officer, line, ItemInput { title: text("Breakfast"), notes: text("bring both"), ..ItemInput::default() }).await;
        release(&officer, visit, &[Audience::VisitingMission]).await;
        for (depth, parts) in [(Depth::Detailed, 2), (Depth::Summary, 1), (Depth::Overview, 1)] {
            let printed = print_programme(&officer, visit, Some(Audience::VisitingMission), depth).await.unwrap();
            let changes = printed.changes.unwrap();
            assert_eq!((changes.since, changes.difference.changed[0].parts.len()), (1, parts), "{depth:?}");
        }
    }

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
