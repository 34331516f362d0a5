//! Several offices in one program: which of them a request is for, and where the links of each lead.

use backend::{
    Failure, RequestContext,
    accounts::{access::office_of, invitations},
    database::Connection,
    feeds::{self, Conditions, Fetched, fetch_feed},
    offices::{change_office, set_host_name, set_up_office},
    on_both, programme,
    rooms::{
        self,
        doors::{fetch_door, make_door_plan},
    },
    testing::{
        self, TestOffice,
        inputs::{a_meeting, a_visit, text},
    },
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::{Role, input::InvitationInput},
    doors::DoorPlanInput,
    feeds::{FeedDetail, FeedScope},
    ids::OfficeId,
    marking::Marking,
    offices::{HostName, OfficeInput},
    problems::{FieldProblem, Problem},
    programme::input::ItemInput,
    rooms::input::{RoomInput, SiteInput},
    visits::input::VisitInput,
};

const AT_A: &str = "http://a.example:3000";
const AT_B: &str = "http://b.example:3000";

fn named(text: &str) -> HostName {
    HostName::parse(text).unwrap()
}

/// Another office in the same database.
async fn another(office: &TestOffice, host: Option<&str>) -> Result<RequestContext, Failure> {
    let id = OfficeId(office.chancery.ids.next());
    set_up_office(&office.chancery, id, host.map(named), office.operator.office().details.clone()).await
}

/// Which office a Host header chooses.
async fn chosen(office: &TestOffice, host: &str) -> Option<OfficeId> {
    match office_of(&office.chancery, Some(host)).await {
        Ok(office) => Some(office.id),
        Err(Failure::NotFound) => None,
        Err(failure) => panic!("{failure:?}"),
    }
}

fn is_taken<T>(answer: &Result<T, Failure>) -> bool {
    let taken = FieldProblem { field: "host_name".into(), problem: Problem::AlreadyTaken };
    matches!(answer, Err(Failure::Invalid(problems)) if *problems == [taken])
}

/// The links that an office hands out.
struct Links {
    feed: feeds::FeedMade,
    door: rooms::doors::DoorPlanMade,
    invited: invitations::Invited,
    /// The file of the feed, its lines unfolded.
    file: String,
}

async fn links(office: &TestOffice, host: Option<&str>) -> Links {
    let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::AmberStrict).await;
    let markings = ["existence", "title", "dates", "parties"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into();
    let visit = visits::create_visit(&chief, VisitInput { markings, ..a_visit() }).await.unwrap().id;
    // Its maker is on its list from the next request on.
    let chief = office.again(chief.account().unwrap()).await;
    let line = ItemInput { state: text("firm"), ..a_meeting("2027-03-15T09:00", "2027-03-15T09:30") };
    programme::add_programme_item(&chief, visit, line).await.unwrap();
    let feed = feeds::make_feed(&chief, FeedScope::Visit(visit), FeedDetail::Full).await.unwrap();
    let manager = office.signed_in("manager", Role::RoomsManager, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let room = RoomInput { site_id: text(&site.to_string()), name: text("Rotunda"), ..RoomInput::default() };
    let room_id = rooms::create_room(&manager, room).await.unwrap().id.to_string();
    let door = make_door_plan(&manager, &DoorPlanInput { room_id, ..DoorPlanInput::default() }).await.unwrap();
    let invitation =
        InvitationInput { email: "new@city.example".into(), name: "New".into(), roles: vec!["staff".into()], ..InvitationInput::default() };
    let invited = invitations::invite_account(&chief, invitation).await.unwrap();
    let of = office_of(&office.chancery, host).await.unwrap();
    let Fetched::Document { bytes, .. } = fetch_feed(&office.chancery, of, feed.token(), None, Conditions::default()).await.unwrap() else {
        panic!("no calendar")
    };
    let file = String::from_utf8(bytes).unwrap().replace("\r\n ", "");
    Links { feed, door, invited, file }
}

impl Links {
    #[track_caller]
    fn lead_to(&self, address: &str) {
        assert!(self.feed.url().starts_with(&format!("{address}/feeds/chf_")), "{}", self.feed.url());
        let webcal = self.feed.webcal();
        assert_eq!(webcal.split_once("://").map(|(_, rest)| rest), self.feed.url().split_once("://").map(|(_, rest)| rest));
        assert!(self.door.url().starts_with(&format!("{address}/doors/")), "{}", self.door.url());
        assert!(self.file.contains(&format!("\r\nURL:{address}/visits/")), "{}", self.file);
        assert_eq!(self.file.matches("://").count(), self.file.matches(&format!("{address}/")).count(), "{}", self.file);
    }

    /// Which of the secrets in them open something in an office.
    async fn that_open(&self, office: &TestOffice, host: &str) -> [bool; 3] {
        let of = office_of(&office.chancery, Some(host)).await.unwrap();
        let feed = fetch_feed(&office.chancery, of.clone(), self.feed.token(), None, Conditions::default()).await.unwrap();
        let door = fetch_door(&office.chancery, of.clone(), self.door.token(), None).await.unwrap();
        let context = office.chancery.context(of.clone(), domain::permission::Actor::anonymous(of.id));
        let invitation = invitations::read_invitation(&context, self.invited.token.expose()).await;
        [feed != Fetched::NotFound, door.is_some(), invitation.is_ok()]
    }
}

on_both! {
    async fn a_host_chooses_its_office_and_what_is_at_no_host_goes_to_the_one_without(engine) {
        let office = testing::office(engine).await;
        let first = office.operator.office_id();
        assert_eq!(chosen(&office, "whatever.example").await, Some(first), "a single office answers to every name");
        let second = another(&office, Some("B.Example")).await.unwrap().office_id();
        for (host, answers) in [("b.example", second), ("B.EXAMPLE:8443", second), ("b.example.", second), ("c.example", first), ("[::1]:3000", first)] {
            assert_eq!(chosen(&office, host).await, Some(answers), "{host}");
        }
        set_host_name(&office.operator, named("a.example")).await.unwrap();
        for (host, answers) in [("a.example:3000", Some(first)), ("b.example", Some(second)), ("c.example", None), ("[::1]:3000", None)] {
            assert_eq!(chosen(&office, host).await, answers, "{host}");
        }
    }

    async fn no_two_offices_have_one_host(engine) {
        let office = testing::office(engine).await;
        let second = another(&office, Some("b.example")).await.unwrap();
        assert!(is_taken(&set_host_name(&office.operator, named("B.example")).await));
        assert!(is_taken(&another(&office, Some("b.EXAMPLE")).await));
        set_host_name(&second, named("b.example")).await.unwrap();
        set_host_name(&second, named("c.example")).await.unwrap();
        set_host_name(&office.operator, named("b.example")).await.unwrap();
        assert_eq!(chosen(&office, "b.example").await, Some(office.operator.office_id()));
        assert_eq!(chosen(&office, "c.example").await, Some(second.office_id()));
        // What is refused leaves nothing behind.
        let rows: Vec<(i64,)> = office.chancery.database.read().await.unwrap().all("SELECT revision FROM offices ORDER BY revision", values![]).await.unwrap();
        assert_eq!(rows, [(2,), (2,)]);
    }

    async fn a_host_is_kept_in_the_history_and_stays_when_the_office_changes(engine) {
        let office = testing::office(engine).await;
        set_host_name(&office.operator, named("a.example")).await.unwrap();
        let administrator = office.signed_in("administrator", Role::Administrator, Marking::Green).await;
        assert_eq!(administrator.public_address(), AT_A);
        let input = OfficeInput { name: text("Protocol"), ..OfficeInput::default() };
        change_office(&administrator, input, &Seen::Any).await.unwrap();
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        assert_eq!((staff.public_address().as_str(), staff.office().details.name.as_str()), (AT_A, "Protocol"));
        assert!(matches!(set_host_name(&staff, named("b.example")).await, Err(Failure::Forbidden)));
        let kept: Vec<(String,)> = office.chancery.database.read().await.unwrap()
            .all("SELECT body FROM revisions WHERE kind = 'office' ORDER BY revision", values![]).await.unwrap();
        let hosts = kept.iter().map(|(body,)| serde_json::from_str::<serde_json::Value>(body).unwrap()["host_name"].clone());
        assert_eq!(hosts.collect::<Vec<_>>(), [serde_json::Value::Null, "a.example".into(), "a.example".into()]);
    }

    async fn the_links_of_each_office_lead_to_its_own_host_and_open_nothing_at_the_others(engine) {
        let mut office = testing::office(engine).await;
        set_host_name(&office.operator, named("a.example")).await.unwrap();
        let of_a = links(&office, Some("a.example")).await;
        office.operator = another(&office, Some("b.example")).await.unwrap();
        let of_b = links(&office, Some("b.example")).await;
        of_a.lead_to(AT_A);
        of_b.lead_to(AT_B);
        for (links, own, other) in [(&of_a, "a.example", "b.example"), (&of_b, "b.example", "a.example")] {
            assert_eq!(links.that_open(&office, own).await, [true; 3], "{own}");
            assert_eq!(links.that_open(&office, other).await, [false; 3], "{other}");
        }
    }

    async fn an_office_without_a_host_is_reached_where_the_program_is(engine) {
        let mut office = testing::office(engine).await;
        let first = office.operator.clone();
        links(&office, None).await.lead_to("http://127.0.0.1:3000");
        office.operator = another(&office, Some("b.example")).await.unwrap();
        links(&office, Some("b.example")).await.lead_to(AT_B);
        assert_eq!(first.public_address(), "http://127.0.0.1:3000");
    }

    async fn of_offices_that_shared_a_host_the_one_that_was_reached_keeps_it(engine) {
        let office = testing::office(engine).await;
        for host in ["b.example", "c.example", "d.example"] {
            another(&office, Some(host)).await.unwrap();
        }
        let migration = match engine {
            testing::Engine::Sqlite => include_str!("../migrations/sqlite/0016_office_hosts.sql"),
            testing::Engine::Postgres => include_str!("../migrations/postgres/0016_office_hosts.sql"),
        };
        let before = "DROP INDEX offices_by_host_name; UPDATE offices SET host_name = 'Same.Example' WHERE host_name IS NOT NULL;";
        let mut transaction = office.operator.write().await.unwrap();
        for sql in before.split(';').chain(migration.split(';')).filter(|sql| !sql.trim().is_empty()) {
            transaction.execute(sql, values![]).await.unwrap();
        }
        transaction.commit().await.unwrap();
        let rows: Vec<(Option<String>,)> = office.chancery.database.read().await.unwrap()
            .all("SELECT host_name FROM offices WHERE id <> $1 ORDER BY id", values![office.operator.office_id()]).await.unwrap();
        assert_eq!(rows, [(Some("same.example".to_owned()),), (None,), (None,)]);
        assert!(is_taken(&set_host_name(&office.operator, named("same.example")).await));
    }
}
