//! Door plans and rooms on paper, on both engines: who makes them, what they show, and when a link opens nothing any more.

use backend::{
    Failure, RequestContext,
    accounts::{clearance, keep},
    clock::RandomIds,
    database::Connection,
    on_both, programme, releases,
    rooms::{
        self,
        board::{day_board, room_days},
        bookings::create_booking,
        doors::{fetch_door, list_door_plans, make_door_plan, revoke_door_plan},
        print::{print_board, print_room},
        retire_room,
    },
    sealing::{KeyFile, OsRandom},
    testing::{
        self, Engine, TestOffice,
        inputs::{at, text},
    },
    values,
    version::Seen,
    visits,
};
use chrono::NaiveDate;
use domain::{
    accounts::Role,
    board::{BlockOf, BoardRoom, DoorView, Standing},
    doors::DoorPlanInput,
    ids::{AccountId, DoorPlanId, ItemId, MissionId, RoomId, VisitId},
    marking::{
        Marking, Reader, Scope,
        view::{Viewed, ViewedBy},
    },
    problems::Problem,
    programme::input::{ItemInput, ParticipantInput},
    releases::Audience,
    rooms::{
        filter::RoomFilter,
        input::{BookingInput, LayoutInput, RoomInput, SiteInput},
    },
    visits::input::VisitInput,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The day on which the clock of the tests stands still, at nine in the morning.
const TODAY: &str = "2027-03-09";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    staff: RequestContext,
    room: RoomId,
}

async fn house_in(office: TestOffice) -> House {
    let manager = office.signed_in("manager", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Rotunda"),
        floor: text("3rd floor"),
        layouts: Some(vec![layout]),
        clearance: text("TLP:RED"),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    House { office, manager, officer, staff, room }
}

async fn house(engine: Engine) -> House {
    house_in(testing::office(engine).await).await
}

fn asked(room: RoomId, ceiling: Marking) -> DoorPlanInput {
    DoorPlanInput {
        room_id: room.to_string(),
        ceiling: text(ceiling.label()),
        reason: text("It hangs in the staff corridor"),
        ..DoorPlanInput::default()
    }
}

impl House {
    async fn book(&self, starts: &str, ends: &str, purpose: &str, marking: Marking) {
        let booking = BookingInput {
            room_id: Some(self.room.to_string()),
            starts: at(&format!("{TODAY}T{starts}")),
            ends: at(&format!("{TODAY}T{ends}")),
            layout: text("boardroom"),
            purpose: text(purpose),
            marking: text(marking.label()),
            state: text("firm"),
            ..BookingInput::default()
        };
        create_booking(&self.officer, booking).await.unwrap();
    }

    /// A visit with a line in the room under a cover title, and one that has none; all of it open to the office.
    async fn visited(&self) -> VisitId {
        let green = |parts: &[&str]| parts.iter().map(|part| ((*part).to_owned(), "TLP:GREEN".to_owned())).collect::<BTreeMap<_, _>>();
        let visit = VisitInput {
            category: text("official"),
            state: text("confirmed"),
            title: text("CANARY visit"),
            starts_on: text(TODAY),
            ends_on: text("2027-03-12"),
            capital_zone: text("Asia/Ho_Chi_Minh"),
            markings: green(&["existence", "title", "dates", "parties"]),
            ..VisitInput::default()
        };
        let visit = visits::create_visit(&self.officer, visit).await.unwrap().id;
        let officer = self.office.again(self.officer.account().unwrap()).await;
        for (hour, cover) in [(15, text("Reception")), (18, None)] {
            let line = ItemInput {
                kind: text("bilateral"),
                title: text("CANARY talks"),
                cover,
                starts: at(&format!("{TODAY}T{hour}:00")),
                ends: at(&format!("{TODAY}T{hour}:30")),
                room_id: Some(self.room.to_string()),
                layout: text("boardroom"),
                people: Some(Vec::<ParticipantInput>::new()),
                state: text("firm"),
                markings: green(&["existence", "time", "title", "place", "people", "cover"]),
                ..ItemInput::default()
            };
            programme::add_programme_item(&officer, visit, line).await.unwrap();
        }
        visit
    }

    async fn door(&self, token: &str) -> Option<DoorView> {
        let office = Arc::new(self.officer.office().clone());
        fetch_door(&self.office.chancery, office, token, Some("Display/1")).await.unwrap()
    }

    /// What a door of this ceiling shows of the whole day.
    async fn lane(&self, ceiling: Marking) -> BoardRoom {
        let made = make_door_plan(&self.manager, &asked(self.room, ceiling)).await.unwrap();
        self.door(made.token()).await.unwrap().day.unwrap().lane
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let operator = &self.office.operator;
        let row: Option<(i64,)> = operator.read().await.unwrap().optional(sql, values![operator.office_id()]).await.unwrap();
        row.unwrap().0
    }
}

fn said(lane: &BoardRoom) -> Vec<(String, String)> {
    let of = |what: &BlockOf| match what {
        BlockOf::Engaged { title, .. } => title.clone(),
        BlockOf::Reserved { cover } => cover.clone().unwrap_or_else(|| "Reserved".into()),
    };
    lane.blocks.iter().map(|block| (block.starts.clone(), of(&block.what))).collect()
}

fn words(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter().map(|(starts, title)| ((*starts).to_owned(), (*title).to_owned())).collect()
}

fn problem_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(problems)) => (problems[0].field.clone(), problems[0].problem.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_passes_a_door_reads_no_more_than_an_account_on_no_list_and_nothing_above_green() {
    let account = AccountId(uuid::Uuid::from_u128(1));
    let (visit, item) = (VisitId(uuid::Uuid::from_u128(2)), ItemId(uuid::Uuid::from_u128(3)));
    let mission = MissionId(uuid::Uuid::from_u128(4));
    let scopes = [Scope::Office, Scope::Visit(visit), Scope::Line(visit, item), Scope::Mission(mission)];
    for ceiling in Marking::ALL {
        let door = Reader::at_a_door(ceiling);
        assert_eq!((door.account(), door.ceiling()), (None, ceiling.min(Marking::Green)));
        let staff = Reader::office(account, ceiling, BTreeSet::new(), BTreeSet::new());
        for (marking, scope) in Marking::ALL.iter().flat_map(|marking| scopes.iter().map(move |scope| (*marking, scope))) {
            let reads = door.may_read(marking, scope, &BTreeSet::from([account]));
            assert!(!reads || staff.may_read(marking, scope, &BTreeSet::new()), "{ceiling} {marking} {scope:?}");
            assert!(!reads || marking == Marking::Clear || (marking == Marking::Green && *scope == Scope::Office));
            assert!(!door.may_read_released(marking, Marking::Clear, visit), "nothing is released to a door");
        }
    }
}

on_both! {
    async fn a_door_shows_what_may_be_read_there_and_lines_under_their_cover_alone(engine) {
        let house = house(engine).await;
        house.book("10:00", "11:00", "Choir", Marking::Green).await;
        house.book("12:07", "12:20", "CANARY hearing", Marking::Amber).await;
        let visit = house.visited().await;
        let green = house.lane(Marking::Green).await;
        let expected = [("10:00", "Choir"), ("11:45", "Reserved"), ("14:45", "Reception"), ("17:45", "Reserved")];
        assert_eq!(said(&green), words(&expected));
        // It is what a reader of the office sees who reads as high and is on no list.
        let board = day_board(&house.staff, date(TODAY), &RoomFilter::default()).await.unwrap();
        assert_eq!(board.sites[0].rooms[0].blocks, green.blocks);
        // What is released to the whole office is not released to who passes a door.
        let officer = house.office.again(house.officer.account().unwrap()).await;
        releases::release_programme(&officer, visit, &[Audience::Office, Audience::Corps], &Seen::Any).await.unwrap();
        let board = day_board(&house.staff, date(TODAY), &RoomFilter::default()).await.unwrap();
        assert!(said(&board.sites[0].rooms[0]).contains(&("15:00".into(), "CANARY talks".into())));
        assert_eq!(house.lane(Marking::Green).await, green);
        let clear = house.lane(Marking::Clear).await;
        assert_eq!(said(&clear), words(&[("09:45", "Reserved"), ("11:45", "Reserved"), ("14:45", "Reserved"), ("17:45", "Reserved")]));
        for lane in [green, clear] {
            assert!(!format!("{lane:?}").contains("CANARY"));
        }
    }

    async fn a_door_says_how_its_room_stands_now_and_is_sent_by_no_other_way(engine) {
        let house = house(engine).await;
        house.book("09:10", "10:00", "Choir", Marking::Green).await;
        let made = make_door_plan(&house.manager, &asked(house.room, Marking::Green)).await.unwrap();
        let view = house.door(made.token()).await.unwrap();
        assert_eq!((view.room.as_str(), view.floor.as_deref(), view.site.as_str()), ("Rotunda", Some("3rd floor"), "City Hall"));
        assert_eq!((view.ceiling, view.viewed_by()), (Marking::Green, ViewedBy::Nobody));
        let shown = view.day.unwrap().at_the_door().unwrap();
        assert_eq!(shown.now, Standing::MadeReady { until: "09:10".into() });
        assert_eq!(shown.later.len(), 1);
        assert!(made.url().ends_with(&format!("/doors/{}", made.token())) && !format!("{made:?}").contains(made.token()));
    }

    async fn a_link_dies_with_its_issuers_right_and_comes_back_with_it(engine) {
        let house = house(engine).await;
        let security = house.office.signed_in("security", Role::SecurityLead, Marking::Red).await;
        let made = make_door_plan(&house.manager, &asked(house.room, Marking::Green)).await.unwrap();
        let clear = make_door_plan(&house.manager, &asked(house.room, Marking::Clear)).await.unwrap();
        let issuer = house.manager.account().unwrap();
        let opens = async || (house.door(made.token()).await.is_some(), house.door(clear.token()).await.is_some());
        assert_eq!(opens().await, (true, true));
        // Cleared no more to look at rooms.
        clearance::grant_ceiling(&security, issuer, "TLP:CLEAR", "moved").await.unwrap();
        assert_eq!(opens().await, (false, false));
        clearance::grant_ceiling(&security, issuer, "TLP:GREEN", "back").await.unwrap();
        assert_eq!(opens().await, (true, true));
        // Keep rooms no more.
        clearance::grant_role(&house.office.operator, issuer, Role::Staff).await.unwrap();
        clearance::revoke_role(&house.office.operator, issuer, Role::RoomsManager).await.unwrap();
        assert_eq!(opens().await, (false, false));
        clearance::grant_role(&house.office.operator, issuer, Role::RoomsManager).await.unwrap();
        assert_eq!(opens().await, (true, true));
        // Gone.
        keep::disable_account(&house.office.operator, issuer).await.unwrap();
        assert_eq!(opens().await, (false, false));
        keep::enable_account(&house.office.operator, issuer).await.unwrap();
        // Revoked, by another who keeps rooms; the other link is not touched by it.
        let other = house.office.signed_in("other", Role::RoomsManager, Marking::Green).await;
        revoke_door_plan(&other, made.view.id).await.unwrap();
        assert_eq!(opens().await, (false, true));
        assert!(matches!(revoke_door_plan(&other, made.view.id).await, Err(Failure::NotFound)));
        // Every other token opens nothing either.
        for token in ["", "chp_", "chf_AAAA", &made.token().replace("chp_", "chf_"), &made.token()[..40]] {
            assert!(house.door(token).await.is_none(), "{token}");
        }
    }

    async fn a_link_works_on_its_last_day_and_not_after_it(engine) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("key");
        KeyFile::create(&path, None, &OsRandom).unwrap();
        let key = || KeyFile::read(&path, None).unwrap();
        let house = house_in(testing::office_with(engine, Box::new(RandomIds), key()).await).await;
        let input = DoorPlanInput { ends_on: text("2027-03-10"), ..asked(house.room, Marking::Clear) };
        let made = make_door_plan(&house.manager, &input).await.unwrap();
        let office = Arc::new(house.officer.office().clone());
        // The day ends with the office's clocks, seven hours or eight behind UTC.
        for (now, opens) in [("2027-03-11T07:59:00Z", true), ("2027-03-11T08:01:00Z", false)] {
            let later = testing::chancery_later(house.office.place.database.clone(), now.parse().unwrap(), key()).await;
            assert_eq!(fetch_door(&later, office.clone(), made.token(), None).await.unwrap().is_some(), opens, "{now}");
            let actor = house.manager.actor().clone();
            let plans = list_door_plans(&later.context(office.clone(), actor), None).await.unwrap();
            assert_eq!(plans[0].has_ended, !opens);
        }
    }

    async fn who_keeps_rooms_makes_lists_and_revokes_door_plans_and_nobody_else(engine) {
        let house = house(engine).await;
        for other in [&house.staff, &house.officer] {
            assert!(matches!(make_door_plan(other, &asked(house.room, Marking::Clear)).await, Err(Failure::Forbidden)));
            assert!(matches!(list_door_plans(other, None).await, Err(Failure::Forbidden)));
        }
        let made = make_door_plan(&house.manager, &asked(house.room, Marking::Green)).await.unwrap();
        assert!(matches!(revoke_door_plan(&house.staff, made.view.id).await, Err(Failure::Forbidden)));
        // Who may look at no plan is not told which there are.
        assert!(matches!(revoke_door_plan(&house.staff, DoorPlanId(uuid::Uuid::nil())).await, Err(Failure::Forbidden)));
        // Who may not look at rooms has no door show them.
        let blind = house.office.signed_in("blind", Role::RoomsManager, Marking::Clear).await;
        assert!(matches!(make_door_plan(&blind, &asked(house.room, Marking::Clear)).await, Err(Failure::Forbidden)));
        assert!(matches!(list_door_plans(&blind, None).await, Err(Failure::Forbidden)));
        let other = house.office.signed_in("other", Role::Administrator, Marking::Green).await;
        let nowhere = make_door_plan(&house.manager, &asked(RoomId(uuid::Uuid::nil()), Marking::Clear)).await;
        assert_eq!(problem_of(nowhere), ("room_id".to_owned(), Problem::Unknown));
        let [plan] = &list_door_plans(&other, Some(house.room)).await.unwrap()[..] else { panic!() };
        assert_eq!((plan.id, plan.is_own, plan.room.name.as_str()), (made.view.id, false, "Rotunda, City Hall"));
        assert!(list_door_plans(&house.manager, None).await.unwrap()[0].is_own);
        assert!(matches!(list_door_plans(&other, Some(RoomId(uuid::Uuid::nil()))).await, Err(Failure::NotFound)));
        assert_eq!(house.count("SELECT COUNT(*) FROM reasons WHERE office_id = $1 AND kind = 'door_plan'").await, 1);
        revoke_door_plan(&house.manager, made.view.id).await.unwrap();
        assert!(list_door_plans(&house.manager, None).await.unwrap().is_empty());
        let recorded = "SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent IN ('make_door_plan', 'revoke_door_plan')";
        assert_eq!(house.count(recorded).await, 2);
    }

    async fn a_fetch_is_noted_and_no_reading_of_anybodys(engine) {
        let house = house(engine).await;
        house.book("10:00", "11:00", "Choir", Marking::Green).await;
        let made = make_door_plan(&house.manager, &asked(house.room, Marking::Green)).await.unwrap();
        let entries = house.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1").await;
        assert_eq!(list_door_plans(&house.manager, None).await.unwrap()[0].fetched_at, None);
        for _ in 0..2 {
            assert!(house.door(made.token()).await.is_some());
        }
        let plan = list_door_plans(&house.manager, None).await.unwrap().remove(0);
        assert_eq!((plan.fetched_at, plan.fetched_by.as_deref()), (Some(testing::now()), Some("Display/1")));
        assert_eq!(house.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1").await, entries);
        assert_eq!(house.count("SELECT COUNT(*) FROM deliveries WHERE office_id = $1").await, 0);
    }

    async fn the_door_of_a_retired_room_says_so_and_gets_no_new_plan(engine) {
        let house = house(engine).await;
        let made = make_door_plan(&house.manager, &asked(house.room, Marking::Clear)).await.unwrap();
        retire_room(&house.manager, house.room, &Seen::Any).await.unwrap();
        assert_eq!(house.door(made.token()).await.unwrap().day, None);
        let again = make_door_plan(&house.manager, &asked(house.room, Marking::Clear)).await;
        assert_eq!(problem_of(again), ("room_id".to_owned(), Problem::Unknown));
        for room in [None, Some(house.room)] {
            assert_eq!(list_door_plans(&house.manager, room).await.unwrap().len(), 1);
        }
        revoke_door_plan(&house.manager, made.view.id).await.unwrap();
        assert!(house.door(made.token()).await.is_none());
    }

    async fn paper_shows_what_the_board_does_up_to_its_own_ceiling_and_is_recorded(engine) {
        let house = house(engine).await;
        house.book("10:00", "11:00", "Choir", Marking::Green).await;
        house.book("12:00", "12:30", "Hearing", Marking::Amber).await;
        house.book("14:07", "14:30", "CANARY talks", Marking::AmberStrict).await;
        let filter = RoomFilter::default();
        let (board, paper) = (
            day_board(&house.officer, date(TODAY), &filter).await.unwrap(),
            print_board(&house.officer, date(TODAY), &filter).await.unwrap(),
        );
        assert!(said(&board.sites[0].rooms[0]).contains(&("14:07".into(), "CANARY talks".into())));
        assert_eq!(said(&paper.sites[0].rooms[0]), words(&[("10:00", "Choir"), ("12:00", "Hearing"), ("13:45", "Reserved")]));
        assert_eq!((board.marking(), paper.marking()), (Marking::AmberStrict, Marking::Amber));
        let week = print_room(&house.officer, house.room, date("2027-03-08"), 7).await.unwrap();
        assert_eq!(week.days[1].lane, paper.sites[0].rooms[0]);
        // To who reads nothing above the paper's ceiling both are the same.
        assert_eq!(
            day_board(&house.staff, date(TODAY), &filter).await.unwrap(),
            print_board(&house.staff, date(TODAY), &filter).await.unwrap()
        );
        assert_eq!(
            room_days(&house.staff, house.room, date(TODAY), 1).await.unwrap(),
            print_room(&house.staff, house.room, date(TODAY), 1).await.unwrap()
        );
        let on_paper = "SELECT COUNT(*) FROM deliveries WHERE office_id = $1 AND way = 'print'";
        assert_eq!(house.count(on_paper).await, 1, "the hearing, once, and nothing below TLP:AMBER");
        assert_eq!(house.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent = 'print_rooms'").await, 4);
        let mission = house.office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        assert!(matches!(print_board(&mission, date(TODAY), &filter).await, Err(Failure::Forbidden)));
        assert!(matches!(print_room(&mission, house.room, date(TODAY), 1).await, Err(Failure::Forbidden)));
        assert!(matches!(print_room(&house.staff, RoomId(uuid::Uuid::nil()), date(TODAY), 1).await, Err(Failure::NotFound)));
    }
}
