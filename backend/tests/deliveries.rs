//! First deliveries: recorded once for each account, thing, revision and way, before anything is shown.

use backend::{
    Failure, RequestContext,
    audit::deliveries::{Delivered, delivered},
    database::Connection,
    delegations, on_both, programme,
    programme::{export::export_programme, import::preview_import, print::print_programme},
    releases,
    rooms::{self, availability::room_availability},
    search::search,
    testing::{
        self, Engine, TestOffice,
        inputs::{at, text},
    },
    values,
    version::Seen,
    visits,
};
use chrono::TimeDelta;
use domain::{
    accounts::Role,
    audit::{ThingKind, Way},
    delegations::input::DelegateInput,
    ids::{ItemId, VisitId},
    marking::Marking,
    permission::Actor,
    programme::{import::ImportAction, input::ItemInput, print::Depth},
    releases::Audience,
    visits::input::VisitInput,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A chief, and a visit with two lines, the notes of one marked TLP:RED.
struct Desk {
    office: TestOffice,
    chief: RequestContext,
    visit: VisitId,
    line: ItemId,
}

async fn desk(engine: Engine) -> Desk {
    let office = testing::office(engine).await;
    let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
    let input = VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister of Viet Nam"),
        starts_on: text("2027-03-13"),
        ends_on: text("2027-03-18"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&chief, input).await.unwrap().id;
    let chief = office.again(chief.account().unwrap()).await;
    let meeting = ItemInput {
        kind: text("bilateral"),
        title: text("Meeting"),
        starts: at("2027-03-16T10:00"),
        ends: at("2027-03-16T11:00"),
        notes: text("bring the gift"),
        state: text("firm"),
        markings: BTreeMap::from([("notes".to_owned(), Marking::Red.label().to_owned())]),
        ..ItemInput::default()
    };
    let lunch = ItemInput {
        title: text("Lunch"),
        starts: at("2027-03-16T12:00"),
        ends: at("2027-03-16T13:00"),
        markings: BTreeMap::new(),
        notes: None,
        ..meeting.clone()
    };
    let line = programme::add_programme_item(&chief, visit, meeting).await.unwrap().view.id;
    programme::add_programme_item(&chief, visit, lunch).await.unwrap();
    Desk { office, chief, visit, line }
}

impl Desk {
    async fn count(&self, sql: &'static str) -> i64 {
        let operator = &self.office.operator;
        let row: Option<(i64,)> = operator.read().await.unwrap().optional(sql, values![operator.office_id()]).await.unwrap();
        row.unwrap().0
    }

    /// How many entries and how many deliveries there are.
    async fn kept(&self) -> (i64, i64) {
        let entries = self.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1").await;
        (entries, self.count("SELECT COUNT(*) FROM deliveries WHERE office_id = $1").await)
    }
}

on_both! {
    async fn what_is_read_is_recorded_once_for_each_way_and_revision(engine) {
        let desk = desk(engine).await;
        let (entries, none) = desk.kept().await;
        assert_eq!(none, 0, "who wrote a thing is named by the entry of the change");
        for _ in 0..2 {
            programme::list_items(&desk.chief, desk.visit).await.unwrap();
            assert_eq!(desk.kept().await, (entries + 1, 2), "one entry for the whole list, and none the second time");
        }
        programme::read_item(&desk.chief, desk.line).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 1, 2), "the line was on the page already");
        programme::list_items(&desk.chief.by(Way::Api), desk.visit).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 2, 4), "another way");
        let change = ItemInput { title: text("Breakfast"), ..ItemInput::default() };
        programme::change_programme_item(&desk.chief, desk.line, change, &Seen::Any).await.unwrap();
        programme::list_items(&desk.chief, desk.visit).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 4, 5), "the change, and the new revision of the one line");
    }

    async fn who_reads_more_of_the_same_revision_has_it_recorded_again(engine) {
        let desk = desk(engine).await;
        let officer = desk.office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&desk.chief, desk.visit, officer.account().unwrap(), "takes part").await.unwrap();
        let officer = desk.office.again(officer.account().unwrap()).await;
        assert_eq!(search(&officer, "Viet", 10).await.unwrap().len(), 1);
        let (entries, _) = desk.kept().await;
        visits::read_visit(&officer, desk.visit).await.unwrap();
        assert_eq!(desk.kept().await, (entries, 1), "a search showed as much of it");
        let thing = |marking| Delivered { kind: ThingKind::Visit, id: desk.visit.uuid(), revision: 1, marking };
        for (marking, more) in [(Marking::Green, 0), (Marking::Amber, 0), (Marking::Red, 1), (Marking::AmberStrict, 1)] {
            delivered(&officer, officer.read().await.unwrap(), &[thing(marking)]).await.unwrap();
            assert_eq!(desk.kept().await, (entries + more, 1 + more), "{marking}");
        }
    }

    async fn a_long_list_is_recorded_whole(engine) {
        let desk = desk(engine).await;
        let thing = |number: u128| Delivered { kind: ThingKind::Item, id: Uuid::from_u128(number), revision: 1, marking: Marking::Amber };
        let (entries, _) = desk.kept().await;
        for (count, more) in [(100, 1), (100, 1), (129, 2)] {
            let things: Vec<Delivered> = (1..=count).map(thing).collect();
            delivered(&desk.chief, desk.chief.read().await.unwrap(), &things).await.unwrap();
            assert_eq!(desk.kept().await, (entries + more, i64::try_from(count).unwrap()));
        }
        let nobody = desk.office.operator.as_actor(Actor::anonymous(desk.office.operator.office_id()));
        delivered(&nobody, nobody.read().await.unwrap(), &[thing(1)]).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 2, 129), "nobody is on no record");
    }

    async fn paper_and_files_name_in_their_own_entry_what_is_taken_away(engine) {
        let desk = desk(engine).await;
        let (entries, _) = desk.kept().await;
        print_programme(&desk.chief, desk.visit, None, Depth::Detailed).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 1, 3), "the visit and its lines");
        print_programme(&desk.chief, desk.visit, None, Depth::Detailed).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 2, 3), "each printing has its entry");
        export_programme(&desk.chief, desk.visit).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 3, 5));
        assert_eq!(desk.count("SELECT COUNT(*) FROM deliveries WHERE office_id = $1 AND marking = 'TLP:RED'").await, 0);
    }

    async fn what_a_file_is_compared_with_is_recorded_as_it_is_shown(engine) {
        let desk = desk(engine).await;
        let file = b"date,start,end,kind,title\n2027-03-16,10:00,11:00,bilateral,Meeting\n2027-03-17,10:00,11:00,bilateral,Talks\n";
        let (entries, _) = desk.kept().await;
        for _ in 0..2 {
            let preview = preview_import(&desk.chief, desk.visit, file).await.unwrap();
            assert_eq!(preview.rows.iter().map(|row| row.action).collect::<Vec<_>>(), [ImportAction::Kept, ImportAction::New]);
            assert_eq!(desk.kept().await, (entries + 1, 1), "the line that is there, once");
        }
        programme::read_item(&desk.chief, desk.line).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 1, 1), "all of it was shown");
    }

    async fn delegates_releases_and_rooms_are_recorded_as_they_are_read(engine) {
        let desk = desk(engine).await;
        let delegate = DelegateInput { name: text("Nguyen Van An"), role: text("official"), delegation: text("Viet Nam"), ..DelegateInput::default() };
        delegations::add_delegate(&desk.chief, desk.visit, delegate).await.unwrap();
        releases::release_programme(&desk.chief, desk.visit, &[Audience::VisitingMission], &Seen::Any).await.unwrap();
        let (entries, _) = desk.kept().await;
        let delegates = delegations::list_delegates(&desk.chief, desk.visit).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 1, 1));
        delegations::read_delegate(&desk.chief, delegates[0].id).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 1, 1));
        releases::my_released_visits(&desk.chief).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 2, 2), "the visit's head alone");
        releases::read_release(&desk.chief, desk.visit, None).await.unwrap();
        releases::read_release(&desk.chief, desk.visit, None).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 3, 3), "the release with all that is in it");
        let now = testing::now();
        room_availability(&desk.chief, now, now + TimeDelta::days(1), None).await.unwrap();
        rooms::list_rooms(&desk.chief).await.unwrap();
        assert_eq!(desk.kept().await, (entries + 3, 3), "facts of the office are on no record");
    }

    async fn nothing_is_read_if_it_cannot_be_recorded(engine) {
        let desk = desk(engine).await;
        let mut transaction = desk.office.operator.write().await.unwrap();
        transaction.execute("ALTER TABLE audit_entries RENAME TO audit_entries_away", values![]).await.unwrap();
        transaction.commit().await.unwrap();
        let refused = programme::read_item(&desk.chief, desk.line).await;
        assert!(matches!(refused, Err(Failure::Database(_))), "{refused:?}");
        assert!(programme::list_items(&desk.chief, desk.visit).await.is_err());
        assert!(rooms::list_rooms(&desk.chief).await.is_ok());
    }
}
