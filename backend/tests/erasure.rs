//! What is kept of people: sealed under a key for each, and gone when that is destroyed.

use backend::{
    Failure, RequestContext,
    accounts::directory::NewAccount,
    audit::verification::{Known, verify_record},
    backup::back_up,
    database::Connection,
    delegations, missions, offices, on_both, people,
    people::erasure::erase_person,
    programme, releases, search,
    testing::{
        self, Engine, Hands, TestOffice,
        inputs::{a_visit, at, text},
    },
    values,
    version::Seen,
    visits,
};
use chrono::TimeDelta;
use domain::{
    accounts::Role,
    delegations::input::DelegateInput,
    ids::{PersonId, VisitId},
    marking::{Marking, view::ItemView},
    people::input::PersonInput,
    problems::Problem,
    programme::input::{ItemInput, ParticipantInput},
    releases::Audience,
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};

/// Words that stand nowhere but in what is kept of people.
const OF_PEOPLE: [&str; 7] = ["Zylkowen", "Ottilde", "Quartzbane", "Velmorrish", "Ickspell", "Brundeflax", "Nuxpalme"];

/// The guest as an earlier version kept them.
const CLEAR_GUEST: &str = r#"{"name":{"given":"Ottilde","family":"Zylkowen","order":"given_first","own_script":null,"pronunciation":"Ickspell"},"address":null,"rank":"Quartzbane","rank_own":null,"standing":"guest","mission":null,"country":null,"languages":[],"diet":"Velmorrish"}"#;

/// The guest as head of delegation, as an earlier version kept them.
const CLEAR_HEAD: &str = r#"{"role":"head","details":{"marking":"TLP:GREEN","kept":{"clear":{"name":"Ottilde Zylkowen","own_script":null,"pronunciation":null,"address":null,"rank":"Brundeflax","languages":[],"diet":null}}}}"#;

struct Desk {
    office: TestOffice,
    hands: Hands,
    officer: RequestContext,
    chief: RequestContext,
    visit: VisitId,
    guest: PersonId,
    companion: PersonId,
}

/// A visit with a guest and a companion in its delegation and on its line, released to the office.
async fn desk(engine: Engine) -> Desk {
    let (office, hands) = testing::office_by_the_clock(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::AmberStrict).await;
    let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::AmberStrict).await;
    let green = ["existence", "title", "dates", "parties"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned()));
    let input = VisitInput { markings: green.into(), ..a_visit() };
    let visit = visits::create_visit(&officer, input).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    let named = PersonInput {
        given: text("Ottilde"),
        family: text("Zylkowen"),
        rank: text("Quartzbane"),
        diet: text("Velmorrish"),
        pronunciation: text("Ickspell"),
        ..PersonInput::default()
    };
    let guest = people::create_person(&officer, named).await.unwrap().id;
    let head = DelegateInput {
        person_id: text(&guest.to_string()),
        role: text("head"),
        marking: text("TLP:GREEN"),
        rank: text("Brundeflax"),
        ..DelegateInput::default()
    };
    delegations::add_delegate(&officer, visit, head).await.unwrap();
    let member = DelegateInput { name: text("Nuxpalme"), role: text("official"), marking: text("TLP:GREEN"), ..DelegateInput::default() };
    let companion = delegations::add_delegate(&officer, visit, member).await.unwrap().person_id;
    let line = ItemInput {
        kind: text("bilateral"),
        title: text("Meeting with the Mayor"),
        starts: at("2027-03-16T10:00"),
        ends: at("2027-03-16T11:00"),
        people: Some([guest, companion].map(|id| ParticipantInput { person_id: id.to_string(), role: "guest".into() }).into()),
        state: text("firm"),
        markings: ["existence", "time", "title", "people"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into(),
        ..ItemInput::default()
    };
    programme::add_programme_item(&officer, visit, line).await.unwrap();
    let seen = Seen::from_form(releases::draft_version(&officer, visit).await.unwrap().as_str());
    releases::release_programme(&officer, visit, &[Audience::Office], &seen).await.unwrap();
    let chief = office.again(chief.account().unwrap()).await;
    Desk { office, hands, officer, chief, visit, guest, companion }
}

impl Desk {
    /// The same, a month later.
    async fn after_the_visit(self) -> Self {
        self.hands.set(testing::now() + TimeDelta::days(30));
        let [officer, chief] = [&self.officer, &self.chief].map(|context| context.account().unwrap());
        Self { officer: self.office.again(officer).await, chief: self.office.again(chief).await, ..self }
    }

    /// The words of people that stand in a copy of the database.
    async fn in_the_clear(&self) -> Vec<&'static str> {
        let mut copy = Vec::new();
        back_up(&self.office.chancery.database, testing::now(), &mut copy).await.unwrap();
        let copy = String::from_utf8(copy).unwrap();
        OF_PEOPLE.into_iter().filter(|word| copy.contains(word)).collect()
    }

    /// Has the database hold a person, and what it holds of them as a delegate, in the clear.
    async fn make_clear(&self, person: PersonId, details: &str, delegate: &str) {
        let office = self.office.operator.office_id();
        let mut transaction = self.office.operator.write().await.unwrap();
        for (sql, body) in [
            ("UPDATE people SET key_id = NULL, body = $3 WHERE office_id = $1 AND id = $2", details),
            ("UPDATE delegates SET key_id = NULL, body = $3 WHERE office_id = $1 AND person_id = $2", delegate),
        ] {
            transaction.execute(sql, values![office, person, body]).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    /// Has the release hold what it says of people among the rest of it, as earlier versions made releases.
    async fn say_people_among_the_rest(&self) {
        let mut transaction = self.office.operator.write().await.unwrap();
        let bodies: Vec<(String,)> = transaction.all("SELECT body FROM releases WHERE visit_id = $1", values![self.visit]).await.unwrap();
        let mut body: serde_json::Value = serde_json::from_str(&bodies[0].0).unwrap();
        body.as_object_mut().unwrap().remove("people");
        let frozen = &mut body["frozen"]["kept"]["clear"];
        frozen["visit"]["guest"]["name"] = "Ottilde Zylkowen".into();
        for (at, (name, rank)) in [("Ottilde Zylkowen", Some("Brundeflax")), ("Nuxpalme", None)].into_iter().enumerate() {
            frozen["items"][0]["people"][at]["name"] = name.into();
            frozen["delegates"][at]["name"] = name.into();
            frozen["delegates"][at]["rank"] = rank.into();
        }
        transaction.execute("UPDATE releases SET body = $2 WHERE visit_id = $1", values![self.visit, body.to_string()]).await.unwrap();
        transaction.execute("DELETE FROM release_people WHERE office_id = $1", values![self.office.operator.office_id()]).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Who is named on the visit, in its delegation, and on its line.
    async fn named(&self) -> [Vec<String>; 3] {
        let visit = visits::read_visit(&self.officer, self.visit).await.unwrap();
        let delegates = delegations::list_delegates(&self.officer, self.visit).await.unwrap();
        let items = programme::list_items(&self.officer, self.visit).await.unwrap();
        [visit.guest.into_iter().map(|it| it.name).collect(), delegates.into_iter().map(|it| it.name).collect(), on_lines(&items)]
    }

    /// Who is named in the release: on its line, in its delegation, and as the guest.
    async fn released(&self) -> Vec<String> {
        let release = releases::read_release(&self.officer, self.visit, Some(Audience::Office)).await.unwrap();
        let mut released = on_lines(&release.items);
        released.extend(release.delegates.iter().map(|it| format!("{} ({})", it.name, it.rank.as_deref().unwrap_or("none"))));
        released.extend(release.visit.guest.map(|it| it.name));
        released
    }
}

fn on_lines(items: &[ItemView]) -> Vec<String> {
    items.iter().flat_map(|item| item.people.clone().unwrap_or_default()).map(|it| it.name).collect()
}

fn still_used(outcome: Result<(), Failure>) -> bool {
    matches!(outcome, Err(Failure::Invalid(problems)) if problems[0].problem == Problem::StillUsed)
}

on_both! {
    async fn nothing_of_a_person_stands_in_the_clear(engine) {
        let desk = desk(engine).await;
        assert_eq!(desk.in_the_clear().await, Vec::<&str>::new());
        let [guest, delegates, line] = desk.named().await;
        assert_eq!(guest, ["Ottilde Zylkowen"]);
        assert_eq!(delegates, ["Ottilde Zylkowen", "Nuxpalme"]);
        assert_eq!(line, ["Ottilde Zylkowen", "Nuxpalme"]);
        assert_eq!(desk.released().await, [
            "Ottilde Zylkowen", "Nuxpalme", "Ottilde Zylkowen (Brundeflax)", "Nuxpalme (none)", "Ottilde Zylkowen",
        ]);
    }

    async fn who_is_erased_is_nowhere_any_more_and_the_record_holds(engine) {
        let desk = desk(engine).await;
        let desk = desk.after_the_visit().await;
        assert!(matches!(erase_person(&desk.officer, desk.guest, &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(erase_person(&desk.chief, desk.guest, &Seen::from_form("\"other\"")).await, Err(Failure::Stale)));
        erase_person(&desk.chief, desk.guest, &Seen::Any).await.unwrap();
        let [guest, delegates, line] = desk.named().await;
        assert_eq!((guest, delegates, line), (vec![], vec!["Nuxpalme".to_owned()], vec!["Nuxpalme".to_owned()]));
        assert_eq!(desk.released().await, ["Nuxpalme", "Nuxpalme (none)"]);
        assert!(matches!(people::read_person(&desk.chief, desk.guest).await, Err(Failure::NotFound)));
        assert!(matches!(erase_person(&desk.chief, desk.guest, &Seen::Any).await, Err(Failure::NotFound)));
        assert!(search::search(&desk.chief, "Zylkowen", 20).await.unwrap().is_empty());
        let back = DelegateInput { person_id: text(&desk.guest.to_string()), role: text("official"), ..DelegateInput::default() };
        assert!(matches!(delegations::add_delegate(&desk.officer, desk.visit, back).await, Err(Failure::Invalid(_))));
        assert!(people::read_person(&desk.chief, desk.companion).await.is_ok());
        // What still names them by identifier can be changed: the visit is closed, its line mended.
        for state in ["under_way", "completed"] {
            let input = VisitInput { state: text(state), ..VisitInput::default() };
            visits::change_visit(&desk.officer, desk.visit, input, &Seen::Any).await.unwrap();
        }
        let line = programme::list_items(&desk.officer, desk.visit).await.unwrap()[0].id;
        let retitled = ItemInput { title: text("Meeting with the Mayor of Los Angeles"), ..ItemInput::default() };
        programme::change_programme_item(&desk.officer, line, retitled, &Seen::Any).await.unwrap();
        let mut connection = desk.office.operator.read().await.unwrap();
        let kept: Vec<(i64,)> = connection.all(
            "SELECT COUNT(*) FROM sealing_keys k JOIN people p ON p.office_id = k.office_id AND p.key_id = k.id WHERE p.id = $1",
            values![desk.guest],
        ).await.unwrap();
        assert_eq!(kept, [(0,)]);
        drop(connection);
        assert!(verify_record(&desk.office.operator, &Known::default()).await.unwrap().is_ok());
    }

    async fn who_is_needed_is_not_erased(engine) {
        let desk = desk(engine).await;
        // The visit is not over whose guest and delegates they are, and stays so when it is put off.
        assert!(still_used(erase_person(&desk.chief, desk.guest, &Seen::Any).await));
        assert!(still_used(erase_person(&desk.chief, desk.companion, &Seen::Any).await));
        let postponed = VisitInput { state: text("postponed"), ..VisitInput::default() };
        visits::change_visit(&desk.officer, desk.visit, postponed, &Seen::Any).await.unwrap();
        let desk = desk.after_the_visit().await;
        assert!(still_used(erase_person(&desk.chief, desk.companion, &Seen::Any).await));
        let cancelled = VisitInput { state: text("cancelled"), ..VisitInput::default() };
        visits::change_visit(&desk.officer, desk.visit, cancelled, &Seen::Any).await.unwrap();
        let desk = desk.after_the_visit().await;
        let account = NewAccount {
            email: EmailAddress::parse("somebody@test.chancery.example").unwrap(),
            name: Title::parse("Somebody").unwrap(),
            person: Some(desk.companion),
            mission: None,
            confirmed: false,
            roles: vec![Role::Staff],
            ceiling: Marking::Green,
            password_hash: None,
            ends_on: None,
        };
        offices::make_account(&desk.office.operator, account).await.unwrap();
        assert!(still_used(erase_person(&desk.chief, desk.companion, &Seen::Any).await));
        let mission = domain::missions::input::MissionInput {
            name: text("Consulate General of Viet Nam"),
            kind: text("consulate_general"),
            country: text("VN"),
            country_name: text("Viet Nam"),
            capital_zone: text("Asia/Ho_Chi_Minh"),
            capital: text("Hà Nội"),
            head_person_id: text(&desk.guest.to_string()),
            head_class: text("consul_general"),
            ..Default::default()
        };
        missions::create_mission(&desk.officer, mission).await.unwrap();
        assert!(still_used(erase_person(&desk.chief, desk.guest, &Seen::Any).await));
    }

    async fn a_release_of_an_earlier_version_names_the_erased_no_more(engine) {
        let desk = desk(engine).await.after_the_visit().await;
        let before = desk.released().await;
        desk.say_people_among_the_rest().await;
        assert!(desk.released().await.is_empty(), "nobody's key is known to it before the start");
        desk.make_clear(desk.guest, CLEAR_GUEST, CLEAR_HEAD).await;
        people::seal_what_is_clear(&desk.office.chancery).await.unwrap();
        assert_eq!(desk.released().await, before);
        erase_person(&desk.chief, desk.guest, &Seen::Any).await.unwrap();
        assert_eq!(desk.released().await, ["Nuxpalme", "Nuxpalme (none)"]);
    }

    async fn what_an_earlier_version_kept_in_the_clear_is_sealed_at_the_start(engine) {
        let desk = desk(engine).await;
        let before = desk.named().await;
        desk.make_clear(desk.guest, CLEAR_GUEST, CLEAR_HEAD).await;
        assert!(!desk.in_the_clear().await.is_empty());
        people::seal_what_is_clear(&desk.office.chancery).await.unwrap();
        assert_eq!(desk.in_the_clear().await, Vec::<&str>::new());
        let after = desk.named().await;
        assert_eq!(before, after);
        people::seal_what_is_clear(&desk.office.chancery).await.unwrap();
        assert_eq!(after, desk.named().await);
    }
}
