//! The main job: a visit, its lines, what they take, what is refused, and what stays hidden.

use backend::{
    Failure, clashes,
    database::Connection,
    offices::{change_office, read_office},
    on_both, programme,
    rooms::blackouts::create_blackout,
    testing::{
        self, TestOffice,
        inputs::{ZONE, a_meeting, a_visit, at, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    clash::{Level, RuleId},
    ids::{ItemId, RoomId, SiteId},
    marking::{Marking, view::VisitView},
    offices::OfficeInput,
    problems::Problem,
    programme::{
        ItemPart,
        input::{ItemInput, ParticipantInput},
    },
    rooms::blackouts::BlackoutInput,
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use std::collections::BTreeMap;
use uuid::Uuid;

fn a_line(starts: &str, ends: &str) -> ItemInput {
    ItemInput { state: text("firm"), ..a_meeting(starts, ends) }
}

/// A site with a room that takes 15 minutes to lay out and 10 to clear.
async fn a_room(office: &TestOffice, name: &str) -> RoomId {
    let (site, room) = (Uuid::new_v4(), Uuid::new_v4());
    let id = office.operator.office_id();
    let mut transaction = office.operator.write().await.unwrap();
    let site_body = format!(r#"{{"name":"Site of {name}","address":null,"zone":"{ZONE}","travel":[]}}"#);
    transaction
        .execute(
            "INSERT INTO sites (office_id, id, revision, name, body) VALUES ($1, $2, 1, $3, $4)",
            values![id, SiteId(site), format!("Site of {name}"), site_body],
        )
        .await
        .unwrap();
    let body = format!(
        r#"{{"site":"{site}","name":"{name}","floor":null,"layouts":[{{"layout":"boardroom","capacity":24,"set_up_minutes":15,"clearing_minutes":10}}],"features":[],"hours":[],"clearance":"TLP:AMBER"}}"#
    );
    let sql = "INSERT INTO rooms (office_id, id, site_id, revision, name, folded, body) VALUES ($1, $2, $3, 1, $4, $4, $5)";
    transaction.execute(sql, values![id, RoomId(room), SiteId(site), name, body]).await.unwrap();
    transaction.execute("INSERT INTO resources (office_id, id, kind) VALUES ($1, $2, 'room')", values![id, room]).await.unwrap();
    transaction.commit().await.unwrap();
    RoomId(room)
}

struct Desk {
    office: TestOffice,
    officer: backend::RequestContext,
    visit: VisitView,
}

async fn desk(engine: testing::Engine) -> Desk {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let visit = visits::create_visit(&officer, a_visit()).await.unwrap();
    let officer = office.again(officer.account().unwrap()).await;
    Desk { office, officer, visit }
}

fn in_room(room: RoomId, line: ItemInput) -> ItemInput {
    ItemInput { room_id: Some(room.to_string()), layout: text("boardroom"), ..line }
}

on_both! {
    async fn a_second_firm_use_of_a_room_is_refused_with_what_is_free_nearest(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let (room, other) = (a_room(&office, "Tom Bradley Room").await, a_room(&office, "Rotunda").await);
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        // Another visit: between lines of one visit the margins shrink to the gap.
        let second = visits::create_visit(&officer, a_visit()).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        // 11:10 would be free but for the 15 minutes of set-up after the 10 of clearing.
        let refused = programme::add_programme_item(&officer, second.id, in_room(room, a_line("2027-03-16T11:10", "2027-03-16T12:00"))).await;
        let Err(Failure::Clash(refusal)) = refused else { panic!("{refused:?}") };
        assert_eq!(refusal.clashes.iter().map(|c| c.rule).collect::<Vec<_>>(), [RuleId::RoomTwice]);
        let said = clashes::in_words(&officer, &refusal, &ZONE.to_owned().try_into().unwrap()).await.unwrap();
        assert_eq!(said[0].say, "Tom Bradley Room, Site of Tom Bradley Room is taken until 11:10 by “Meeting with the Mayor”, set-up and clearing included.");
        assert!(said[0].nearest.iter().any(|slot| slot.room.as_ref().is_some_and(|r| r.id == other)), "{said:?}");
        let later = said[0].nearest.iter().find(|slot| slot.room.is_none() && slot.starts.local.to_string() == "2027-03-16T11:25").expect("11:25");
        let taken = ItemInput { starts: Some(AgreedTime { local: later.starts.local, zone: later.starts.zone.clone(), offset: Some(later.starts.offset) }), ends: Some(AgreedTime { local: later.ends.local, zone: later.ends.zone.clone(), offset: None }), ..in_room(room, a_line("2027-03-16T11:10", "2027-03-16T12:00")) };
        programme::add_programme_item(&officer, second.id, taken).await.expect("what is offered is accepted");
    }

    async fn a_person_is_not_in_two_places(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let mayor = office.person("Mayor").await.uuid();
        let with_mayor = |line: ItemInput| ItemInput { people: Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]), ..line };
        programme::add_programme_item(&officer, visit.id, with_mayor(a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let refused = programme::add_programme_item(&officer, visit.id, with_mayor(a_line("2027-03-16T10:30", "2027-03-16T10:45"))).await;
        assert!(matches!(&refused, Err(Failure::Clash(refusal)) if refusal.clashes[0].rule == RuleId::PersonTwice), "{refused:?}");
        let wished = ItemInput { state: text("wished"), ..with_mayor(a_line("2027-03-16T10:30", "2027-03-16T10:45")) };
        programme::add_programme_item(&officer, visit.id, wished).await.expect("a wish may stand with clashes");
    }

    async fn an_office_says_how_bad_it_is_to_be_wanted_in_two_places(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let administrator = office.signed_in("administrator", Role::Administrator, Marking::Green).await;
        let (mayor, room) = (office.person("Mayor").await.uuid(), a_room(&office, "Rotunda").await);
        let with_mayor = |starts: &str, ends: &str| ItemInput { people: Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]), ..a_line(starts, ends) };
        programme::add_programme_item(&officer, visit.id, in_room(room, with_mayor("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let set = async |level: &str| {
            let seen = Seen::Tags(vec![ETag::of(&read_office(&administrator).await.unwrap()).unwrap().as_str().to_owned()]);
            let levels = Some([("person_twice".to_owned(), level.to_owned())].into());
            change_office(&administrator, OfficeInput { levels, ..OfficeInput::default() }, &seen).await.unwrap();
            office.again(officer.account().unwrap()).await
        };
        let warned = set("warn").await;
        let second = programme::add_programme_item(&warned, visit.id, with_mayor("2027-03-16T10:30", "2027-03-16T10:45")).await.expect("no more than a warning");
        assert_eq!(second.warnings.iter().map(|clash| (clash.rule, clash.level)).collect::<Vec<_>>(), [(RuleId::PersonTwice, Level::Warn)]);
        let in_the_same_room = programme::add_programme_item(&warned, visit.id, in_room(room, with_mayor("2027-03-16T10:30", "2027-03-16T10:45"))).await;
        assert!(matches!(&in_the_same_room, Err(Failure::Clash(refusal)) if refusal.clashes.iter().any(|clash| clash.rule == RuleId::RoomTwice && clash.level == Level::Block)), "{in_the_same_room:?}");
        let refused = set("block").await;
        let third = programme::add_programme_item(&refused, visit.id, with_mayor("2027-03-16T10:15", "2027-03-16T10:45")).await;
        assert!(matches!(&third, Err(Failure::Clash(refusal)) if refusal.clashes[0].level == Level::Block), "{third:?}");
        assert!(!programme::standing::standing_clashes(&refused, visit.id).await.unwrap().is_empty(), "what was saved is judged by the rules of now");
        let seen = Seen::Tags(vec![ETag::of(&read_office(&administrator).await.unwrap()).unwrap().as_str().to_owned()]);
        let rooms = OfficeInput { levels: Some([("room_twice".to_owned(), "warn".to_owned())].into()), ..OfficeInput::default() };
        assert!(matches!(change_office(&administrator, rooms, &seen).await, Err(Failure::Invalid(_))));
    }

    async fn two_lines_of_one_visit_in_one_room_may_follow_each_other(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Tom Bradley Room").await;
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T10:30"))).await.unwrap();
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:30", "2027-03-16T11:00"))).await.expect("one contiguous use");
        let overlapping = programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:45", "2027-03-16T11:15"))).await;
        assert!(matches!(overlapping, Err(Failure::Clash(_))), "{overlapping:?}");
    }

    async fn a_line_in_a_room_that_was_blacked_out_since_stays_and_is_told_of_it(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let (room, other) = (a_room(&office, "Tom Bradley Room").await, a_room(&office, "Rotunda").await);
        let line = programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap().view;
        assert!(programme::standing::standing_clashes(&officer, visit.id).await.unwrap().is_empty());
        let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
        let works = BlackoutInput { room_id: Some(room.to_string()), starts: at("2027-03-16T08:00"), ends: at("2027-03-17T08:00"), cause: text("The floor is laid anew"), ..BlackoutInput::default() };
        create_blackout(&manager, works).await.unwrap();
        let standing = programme::standing::standing_clashes(&officer, visit.id).await.unwrap();
        let said = &standing[&line.id][0];
        assert_eq!(said.rule.as_deref(), Some("room_blacked_out"));
        assert!(said.nearest.iter().any(|slot| slot.room.as_ref().is_some_and(|it| it.id == other)), "{said:?}");
        let retitled = ItemInput { title: text("Talks"), ..ItemInput::default() };
        let saved = programme::change_programme_item(&officer, line.id, retitled, &Seen::Any).await.unwrap();
        assert_eq!(saved.warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::RoomBlackedOut]);
        let moved = || ItemInput { starts: at("2027-03-16T12:00"), ends: at("2027-03-16T13:00"), ..ItemInput::default() };
        let refused = programme::change_programme_item(&officer, line.id, moved(), &Seen::Any).await;
        assert!(matches!(&refused, Err(Failure::Clash(refusal)) if refusal.clashes[0].rule == RuleId::RoomBlackedOut), "{refused:?}");
        let elsewhere = ItemInput { room_id: Some(other.to_string()), ..moved() };
        assert!(programme::change_programme_item(&officer, line.id, elsewhere, &Seen::Any).await.is_ok());
    }

    async fn a_time_that_does_not_exist_is_refused_and_one_that_exists_twice_is_asked_for(engine) {
        let Desk { officer, visit, .. } = desk(engine).await;
        let skipped = programme::add_programme_item(&officer, visit.id, a_line("2027-03-14T02:30", "2027-03-14T03:30")).await;
        let Err(Failure::Invalid(problems)) = skipped else { panic!("{skipped:?}") };
        assert!(matches!(&problems[0].problem, Problem::TimeSkipped { before, after } if before.to_string() == "2027-03-14T01:59" && after.to_string() == "2027-03-14T03:00"), "{problems:?}");
        let twice = programme::add_programme_item(&officer, visit.id, a_line("2027-11-07T01:30", "2027-11-07T03:30")).await;
        let Err(Failure::Invalid(problems)) = twice else { panic!("{twice:?}") };
        let [first_offset, second_offset] = ["-07:00", "-08:00"].map(|offset| offset.parse().unwrap());
        assert_eq!(problems[0].problem, Problem::TimeAmbiguous { first_offset, second_offset });
        let mut second = a_line("2027-11-07T01:30", "2027-11-07T03:30");
        second.starts.as_mut().unwrap().offset = "-08:00".parse().ok();
        let saved = programme::add_programme_item(&officer, visit.id, second).await.unwrap();
        assert_eq!(saved.view.starts.offset.seconds(), -28_800);
        assert!(!saved.warnings.is_empty(), "it lies outside the visit's dates");
    }

    async fn a_stale_version_is_refused_and_a_missing_one_too(engine) {
        let Desk { officer, visit, .. } = desk(engine).await;
        let saved = programme::add_programme_item(&officer, visit.id, a_line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap();
        let first = Seen::from_header(Some(&ETag::of(&saved.view).unwrap().to_string()));
        let rename = |title: &str| ItemInput { title: text(title), ..ItemInput::default() };
        programme::change_programme_item(&officer, saved.view.id, rename("Working meeting"), &first).await.unwrap();
        assert!(matches!(programme::change_programme_item(&officer, saved.view.id, rename("Other"), &first).await, Err(Failure::Stale)));
        assert!(matches!(programme::change_programme_item(&officer, saved.view.id, rename("Other"), &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
    }

    async fn a_save_never_overwrites_what_was_hidden_from_its_author(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let line = ItemInput {
            notes: text("Door code 4711"),
            markings: BTreeMap::from([("notes".to_owned(), "TLP:AMBER+STRICT".to_owned())]),
            ..a_line("2027-03-16T10:00", "2027-03-16T11:00")
        };
        let saved = programme::add_programme_item(&officer, visit.id, line).await.unwrap();
        let colleague = office.account("colleague", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit.id, colleague, "works on it too").await.unwrap();
        let colleague = office.again(colleague).await;
        let seen = programme::read_item(&colleague, saved.view.id).await.unwrap();
        assert_eq!(seen.notes, None);
        let etag = Seen::from_form(ETag::of(&seen).unwrap().as_str());
        let touching = ItemInput { notes: text("mine"), ..ItemInput::default() };
        assert!(matches!(programme::change_programme_item(&colleague, saved.view.id, touching, &etag).await, Err(Failure::Invalid(_))));
        let rename = ItemInput { title: text("Courtesy"), ..ItemInput::default() };
        programme::change_programme_item(&colleague, saved.view.id, rename, &etag).await.unwrap();
        let whole = programme::read_item(&officer, saved.view.id).await.unwrap();
        assert_eq!((whole.title.as_deref(), whole.notes.as_deref()), (Some("Courtesy"), Some("Door code 4711")));
    }

    async fn who_is_not_on_the_list_does_not_know_of_the_visit(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let saved = programme::add_programme_item(&officer, visit.id, a_line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap();
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        assert!(matches!(visits::read_visit(&stranger, visit.id).await, Err(Failure::NotFound)));
        assert!(matches!(programme::read_item(&stranger, saved.view.id).await, Err(Failure::NotFound)));
        assert!(visits::list_visits(&stranger).await.unwrap().is_empty());
        visits::grant_access(&officer, visit.id, stranger.account().unwrap(), "takes over").await.unwrap();
        let listed = office.again(stranger.account().unwrap()).await;
        assert_eq!(visits::list_visits(&listed).await.unwrap().len(), 1);
        visits::revoke_access(&officer, visit.id, stranger.account().unwrap()).await.unwrap();
        let removed = office.again(stranger.account().unwrap()).await;
        assert!(visits::list_visits(&removed).await.unwrap().is_empty());
    }

    async fn a_blocking_clash_says_nothing_of_a_cause_one_may_not_read(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Tom Bradley Room").await;
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        let own = visits::create_visit(&stranger, a_visit()).await.unwrap();
        let stranger = office.again(stranger.account().unwrap()).await;
        let refused = programme::add_programme_item(&stranger, own.id, in_room(room, a_line("2027-03-16T10:30", "2027-03-16T11:30"))).await;
        let Err(Failure::Clash(refusal)) = refused else { panic!("{refused:?}") };
        let said = clashes::in_words(&stranger, &refusal, &ZONE.to_owned().try_into().unwrap()).await.unwrap();
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].rule.as_deref(), said[0].level.as_deref(), said[0].with.as_deref()), (None, None, None));
        assert!(said[0].until.is_none());
        for slot in &said[0].nearest {
            assert_eq!(slot.starts.local.naive().and_utc().timestamp() % 1800, 0, "{slot:?}");
        }
    }

    async fn a_clash_tells_nothing_of_a_draft_whose_list_one_is_not_on_however_low_it_is_marked(engine) {
        let Desk { office, officer, .. } = desk(engine).await;
        let room = a_room(&office, "Tom Bradley Room").await;
        let green = || Marking::Green.label().to_owned();
        let open = VisitInput { markings: BTreeMap::from([("existence".to_owned(), green())]), ..a_visit() };
        let open = visits::create_visit(&officer, open).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let line = ItemInput {
            markings: ItemPart::ALL.iter().map(|part| (part.word().to_owned(), green())).collect(),
            ..in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))
        };
        let line = programme::add_programme_item(&officer, open.id, line).await.unwrap().view;
        assert_eq!(line.marking, Marking::Green);
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        let own = visits::create_visit(&stranger, a_visit()).await.unwrap();
        let stranger = office.again(stranger.account().unwrap()).await;
        let over = || in_room(room, a_line("2027-03-16T10:30", "2027-03-16T11:30"));
        let refused = programme::add_programme_item(&stranger, own.id, over()).await;
        let Err(Failure::Clash(refusal)) = refused else { panic!("{refused:?}") };
        let zone = ZONE.to_owned().try_into().unwrap();
        let said = clashes::in_words(&stranger, &refusal, &zone).await.unwrap();
        assert_eq!((said.len(), said[0].rule.as_deref(), said[0].with.as_deref(), said[0].until.is_none()), (1, None, None, true));
        assert!(!said[0].say.contains("Mayor"), "{}", said[0].say);
        let wished = ItemInput { state: text("wished"), ..over() };
        programme::add_programme_item(&stranger, own.id, wished).await.unwrap();
        assert!(programme::standing::standing_clashes(&stranger, own.id).await.unwrap().is_empty());
        // Who is put on its list is told.
        visits::grant_access(&officer, open.id, stranger.account().unwrap(), "takes part").await.unwrap();
        let listed = office.again(stranger.account().unwrap()).await;
        let said = clashes::in_words(&listed, &refusal, &zone).await.unwrap();
        assert_eq!(said[0].with.as_deref(), Some("Meeting with the Mayor"));
    }

    async fn what_stands_in_the_way_of_each_line_is_said_with_what_would_work(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let mayor = office.person("Mayor").await.uuid();
        let with_mayor = |line: ItemInput| ItemInput { people: Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]), ..line };
        let firm = programme::add_programme_item(&officer, visit.id, with_mayor(a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let second = visits::create_visit(&officer, a_visit()).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let wished = ItemInput { state: text("wished"), ..with_mayor(a_line("2027-03-16T10:30", "2027-03-16T10:45")) };
        let wished = programme::add_programme_item(&officer, second.id, wished).await.unwrap();
        programme::add_programme_item(&officer, second.id, a_line("2027-03-16T13:00", "2027-03-16T14:00")).await.unwrap();
        let standing = programme::standing::standing_clashes(&officer, second.id).await.unwrap();
        assert_eq!(standing.keys().copied().collect::<Vec<_>>(), [wished.view.id]);
        let said = &standing[&wished.view.id][0];
        assert_eq!((said.level.as_deref(), said.say.as_str()), (Some("warn"), "Mayor is engaged until 11:00 in “Meeting with the Mayor”."));
        assert_eq!(said.nearest[0].starts.local.to_string(), "2027-03-16T11:00");
        // What is only wished for is in nobody's way.
        assert!(programme::standing::standing_clashes(&officer, visit.id).await.unwrap().is_empty());
        assert_eq!(firm.warnings, []);
    }

    async fn a_wish_that_follows_a_use_of_its_room_by_the_same_visit_is_in_no_ones_way(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Tom Bradley Room").await;
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T10:30"))).await.unwrap();
        let wished = |starts: &str, ends: &str| ItemInput { state: text("wished"), ..in_room(room, a_line(starts, ends)) };
        programme::add_programme_item(&officer, visit.id, wished("2027-03-16T10:30", "2027-03-16T11:00")).await.unwrap();
        assert!(programme::standing::standing_clashes(&officer, visit.id).await.unwrap().is_empty());
        let over = programme::add_programme_item(&officer, visit.id, wished("2027-03-16T10:15", "2027-03-16T10:45")).await.unwrap();
        let standing = programme::standing::standing_clashes(&officer, visit.id).await.unwrap();
        assert_eq!(standing[&over.view.id][0].rule.as_deref(), Some("room_twice"));
    }

    async fn what_stands_is_not_told_to_who_may_not_read_its_cause(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Tom Bradley Room").await;
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        let own = visits::create_visit(&stranger, a_visit()).await.unwrap();
        let stranger = office.again(stranger.account().unwrap()).await;
        let wished = ItemInput { state: text("wished"), ..in_room(room, a_line("2027-03-16T10:30", "2027-03-16T11:30")) };
        programme::add_programme_item(&stranger, own.id, wished).await.unwrap();
        assert!(programme::standing::standing_clashes(&stranger, own.id).await.unwrap().is_empty());
        assert!(matches!(programme::standing::standing_clashes(&stranger, visit.id).await, Err(Failure::NotFound)));
    }

    async fn a_part_marked_red_is_read_by_its_own_list_alone(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let line = ItemInput {
            notes: text("Only for me"),
            markings: BTreeMap::from([(ItemPart::Notes.word().to_owned(), "TLP:RED".to_owned())]),
            ..a_line("2027-03-16T10:00", "2027-03-16T11:00")
        };
        let saved = programme::add_programme_item(&officer, visit.id, line).await.unwrap();
        assert_eq!(saved.view.notes.as_deref(), Some("Only for me"));
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit.id, chief, "chief").await.unwrap();
        let chief = office.again(chief).await;
        assert_eq!(programme::read_item(&chief, saved.view.id).await.unwrap().notes, None);
    }

    async fn a_line_known_to_its_own_list_alone_is_read_by_its_maker_and_marked_so_in_all_its_parts(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let existence = |marking: &str| BTreeMap::from([(ItemPart::Existence.word().to_owned(), marking.to_owned())]);
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit.id, chief, "chief").await.unwrap();
        let line = ItemInput { notes: text("Only for me"), markings: existence("TLP:RED"), ..a_line("2027-03-16T10:00", "2027-03-16T11:00") };
        let saved = programme::add_programme_item(&officer, visit.id, line).await.expect("its maker reads it").view;
        assert_eq!(saved.notes.as_deref(), Some("Only for me"));
        assert!(saved.markings.values().all(|marking| *marking == Marking::Red), "{:?}", saved.markings);
        let chief = office.again(chief).await;
        assert!(matches!(programme::read_item(&chief, saved.id).await, Err(Failure::NotFound)));
        // Who made it opens it again, and its parts one by one; what is not opened stays as it is.
        let mut wider = existence("TLP:AMBER");
        wider.insert(ItemPart::Time.word().to_owned(), "TLP:AMBER".to_owned());
        let opened = change_line(&officer, saved.id, ItemInput { markings: wider, reason: text("It may be known"), ..ItemInput::default() }).await.unwrap().view;
        assert_eq!(opened.notes.as_deref(), Some("Only for me"));
        let seen = programme::read_item(&chief, saved.id).await.expect("that it is, is known");
        assert!(seen.is_stand_in && seen.notes.is_none(), "{seen:?}");
    }

    async fn a_visit_that_nobody_could_read_is_refused(engine) {
        let Desk { officer, visit, .. } = desk(engine).await;
        let hidden = VisitInput { markings: BTreeMap::from([("existence".to_owned(), "TLP:RED".to_owned())]), ..VisitInput::default() };
        let refused = change_visit(&officer, &visit, hidden.clone()).await;
        let problem = |failure: &Failure| matches!(failure, Failure::Invalid(problems) if problems.len() == 1 && problems[0].field == "marking_existence" && problems[0].problem == Problem::NoListOfItsOwn);
        assert!(refused.as_ref().is_err_and(problem), "{refused:?}");
        let refused = visits::create_visit(&officer, VisitInput { markings: hidden.markings, ..a_visit() }).await;
        assert!(refused.as_ref().is_err_and(problem), "{refused:?}");
    }

    async fn a_visit_that_is_put_off_frees_what_its_lines_held(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Rotunda").await;
        programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap();
        let current = visits::read_visit(&officer, visit.id).await.unwrap();
        let seen = Seen::from_form(ETag::of(&current).unwrap().as_str());
        visits::change_visit(&officer, visit.id, VisitInput { state: text("postponed"), ..VisitInput::default() }, &seen).await.unwrap();
        let second = visits::create_visit(&officer, a_visit()).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        programme::add_programme_item(&officer, second.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.expect("the room is free");
        assert_eq!(programme::list_items(&officer, visit.id).await.unwrap().len(), 1, "the lines stay");
    }
}

/// A line with people in it.
fn with(people: &[Uuid], line: ItemInput) -> ItemInput {
    let people = people.iter().map(|id| ParticipantInput { person_id: id.to_string(), role: "host".into() }).collect();
    ItemInput { people: Some(people), ..line }
}

/// Changes a visit, or a line, as it now is.
async fn change_visit(context: &backend::RequestContext, visit: &VisitView, input: VisitInput) -> Result<VisitView, Failure> {
    let current = visits::read_visit(context, visit.id).await.unwrap();
    visits::change_visit(context, visit.id, input, &Seen::from_form(ETag::of(&current).unwrap().as_str())).await
}

async fn change_line(context: &backend::RequestContext, line: ItemId, input: ItemInput) -> Result<programme::Saved, Failure> {
    let current = programme::read_item(context, line).await.unwrap();
    programme::change_programme_item(context, line, input, &Seen::from_form(ETag::of(&current).unwrap().as_str())).await
}

fn in_state(state: &str) -> VisitInput {
    VisitInput { state: text(state), ..VisitInput::default() }
}

/// Whether a room, or a person, is taken by a line: until when, and whether by nobody else.
async fn taken(office: &TestOffice, thing: Uuid, line: ItemId) -> Option<(String, bool)> {
    let mut connection = office.operator.read().await.unwrap();
    let sql = "SELECT ends_at, exclusive FROM engagements WHERE office_id = $1 AND resource_id = $2 AND source_id = $3";
    let row: Option<(DateTime<Utc>, bool)> = connection.optional(sql, values![office.operator.office_id(), thing, line]).await.unwrap();
    row.map(|(ends, exclusive)| (ends.format("%H:%M").to_string(), exclusive))
}

on_both! {
    async fn a_visit_taken_up_again_takes_what_its_lines_hold_or_is_refused(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Rotunda").await;
        let line = in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"));
        let own = programme::add_programme_item(&officer, visit.id, line.clone()).await.unwrap().view;
        change_visit(&officer, &visit, in_state("postponed")).await.unwrap();
        // A change of one of its lines takes nothing while it is put off.
        change_line(&officer, own.id, ItemInput { title: text("Working meeting"), ..ItemInput::default() }).await.unwrap();
        assert_eq!(taken(&office, room.uuid(), own.id).await, None);
        let second = visits::create_visit(&officer, a_visit()).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let other = programme::add_programme_item(&officer, second.id, line).await.expect("the room is free").view;
        let refused = change_visit(&officer, &visit, in_state("confirmed")).await;
        assert!(matches!(&refused, Err(Failure::Clash(refusal)) if refusal.clashes[0].rule == RuleId::RoomTwice), "{refused:?}");
        assert_eq!(taken(&office, room.uuid(), own.id).await, None, "nothing half done");
        programme::remove_programme_item(&officer, other.id, &Seen::Any).await.unwrap();
        change_visit(&officer, &visit, in_state("confirmed")).await.unwrap();
        assert_eq!(taken(&office, room.uuid(), own.id).await, Some(("18:10".into(), true)));
    }

    async fn a_line_has_its_whole_margins_again_when_its_neighbour_goes(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let (room, elsewhere) = (a_room(&office, "Rotunda").await, a_room(&office, "Gallery").await);
        let first = programme::add_programme_item(&officer, visit.id, in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"))).await.unwrap().view;
        let next = || in_room(room, a_line("2027-03-16T11:00", "2027-03-16T12:00"));
        let removed = programme::add_programme_item(&officer, visit.id, next()).await.unwrap().view;
        assert_eq!(taken(&office, room.uuid(), first.id).await, Some(("18:00".into(), true)));
        programme::remove_programme_item(&officer, removed.id, &Seen::Any).await.unwrap();
        assert_eq!(taken(&office, room.uuid(), first.id).await, Some(("18:10".into(), true)));
        let moved = programme::add_programme_item(&officer, visit.id, next()).await.unwrap().view;
        change_line(&officer, moved.id, ItemInput { room_id: text(&elsewhere.to_string()), ..ItemInput::default() }).await.unwrap();
        assert_eq!(taken(&office, room.uuid(), first.id).await, Some(("18:10".into(), true)));
        let second = visits::create_visit(&officer, a_visit()).await.unwrap();
        let officer = office.again(officer.account().unwrap()).await;
        let close = programme::add_programme_item(&officer, second.id, in_room(room, a_line("2027-03-16T11:20", "2027-03-16T12:00"))).await;
        assert!(matches!(close, Err(Failure::Clash(_))), "{close:?}");
    }

    async fn a_hold_shrinks_nobodys_margins_and_meets_its_neighbour_all_the_same(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let room = a_room(&office, "Rotunda").await;
        let held = ItemInput { state: text("held"), ..in_room(room, a_line("2027-03-16T11:00", "2027-03-16T12:00")) };
        let held = programme::add_programme_item(&officer, visit.id, held).await.unwrap().view;
        let firm = in_room(room, a_line("2027-03-16T10:00", "2027-03-16T11:00"));
        let firm = programme::add_programme_item(&officer, visit.id, firm).await.expect("they meet").view;
        assert_eq!(taken(&office, room.uuid(), firm.id).await, Some(("18:10".into(), true)));
        change_line(&officer, held.id, ItemInput { state: text("firm"), ..ItemInput::default() }).await.expect("they still meet");
        assert_eq!(taken(&office, room.uuid(), firm.id).await, Some(("18:00".into(), true)));
    }

    async fn what_was_overridden_once_stays_so_for_that_person_and_time(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let (mayor, aide) = (office.person("Mayor").await.uuid(), office.person("Aide").await.uuid());
        let looks_in = ItemInput { drop_by: Some(true), ..with(&[mayor], a_line("2027-03-16T10:00", "2027-03-16T11:00")) };
        programme::add_programme_item(&officer, visit.id, looks_in).await.unwrap();
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit.id, chief, "decides").await.unwrap();
        let chief = office.again(chief).await;
        let over = || with(&[mayor, aide], a_line("2027-03-16T10:30", "2027-03-16T11:30"));
        let reasoned = || ItemInput { reason: text("The Mayor looks in on both"), ..over() };
        assert!(matches!(programme::add_programme_item(&officer, visit.id, reasoned()).await, Err(Failure::Clash(_))), "not for an officer to say");
        assert!(matches!(programme::add_programme_item(&chief, visit.id, over()).await, Err(Failure::Clash(_))), "not without a reason");
        let line = programme::add_programme_item(&chief, visit.id, reasoned()).await.unwrap().view;
        assert_eq!(taken(&office, mayor, line.id).await, Some(("18:30".into(), false)));
        assert_eq!(taken(&office, aide, line.id).await, Some(("18:30".into(), true)), "only who was overridden is shared");
        change_line(&officer, line.id, ItemInput { title: text("Reception"), ..ItemInput::default() }).await.expect("nothing new is in the way");
        let moved = ItemInput { starts: at("2027-03-16T10:15"), ends: at("2027-03-16T11:15"), ..ItemInput::default() };
        assert!(matches!(change_line(&officer, line.id, moved).await, Err(Failure::Clash(_))), "another time is another question");
        let aide_again = with(&[aide], a_line("2027-03-16T11:00", "2027-03-16T11:15"));
        assert!(matches!(programme::add_programme_item(&officer, visit.id, aide_again).await, Err(Failure::Clash(_))));
    }

    async fn a_reason_is_kept_with_the_revision_it_came_with_and_nobody_reads_it_in_the_database(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let line = programme::add_programme_item(&officer, visit.id, a_line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap().view;
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit.id, chief, "decides").await.unwrap();
        let chief = office.again(chief).await;
        let lowered = |reason: &str| ItemInput {
            markings: BTreeMap::from([(ItemPart::Title.word().to_owned(), "TLP:GREEN".to_owned()), (ItemPart::Existence.word().to_owned(), "TLP:GREEN".to_owned())]),
            reason: text(reason),
            ..ItemInput::default()
        };
        let long = change_line(&chief, line.id, lowered(&"x".repeat(100_000))).await;
        assert!(matches!(&long, Err(Failure::Invalid(problems)) if problems[0].field == "reason"), "{long:?}");
        change_line(&chief, line.id, lowered("CANARY announced by the palace")).await.unwrap();
        let mut connection = office.operator.read().await.unwrap();
        let sql = "SELECT kind, revision, sealed FROM reasons WHERE office_id = $1 AND thing_id = $2";
        let kept: Vec<(String, i64, String)> = connection.all(sql, values![office.operator.office_id(), line.id]).await.unwrap();
        assert_eq!((kept.len(), kept[0].0.as_str(), kept[0].1), (1, "item", 2));
        assert!(!kept[0].2.contains("CANARY"));
    }

    async fn a_new_guest_takes_part_in_the_lines_there_are_and_the_old_one_no_longer(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let (first, second) = (office.person("First").await.uuid(), office.person("Second").await.uuid());
        let guest = |id: Uuid| VisitInput { guest_id: text(&id.to_string()), ..VisitInput::default() };
        change_visit(&officer, &visit, guest(first)).await.unwrap();
        let firm = programme::add_programme_item(&officer, visit.id, a_line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap().view;
        let wished = ItemInput { state: text("wished"), ..a_line("2027-03-16T12:00", "2027-03-16T13:00") };
        let wished = programme::add_programme_item(&officer, visit.id, wished).await.unwrap().view;
        change_visit(&officer, &visit, guest(second)).await.unwrap();
        let mut connection = office.operator.read().await.unwrap();
        for line in [firm.id, wished.id] {
            let sql = "SELECT person_id FROM item_people WHERE office_id = $1 AND item_id = $2";
            let people: Vec<(Uuid,)> = connection.all(sql, values![office.operator.office_id(), line]).await.unwrap();
            assert_eq!(people, [(second,)]);
        }
        drop(connection);
        assert_eq!(taken(&office, first, firm.id).await, None);
        assert!(taken(&office, second, firm.id).await.is_some());
    }

    async fn a_clash_does_not_tell_who_takes_part_where_that_is_on_another_list(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let mayor = office.person("Mayor").await.uuid();
        let secret = ItemInput {
            markings: BTreeMap::from([(ItemPart::People.word().to_owned(), "TLP:RED".to_owned())]),
            ..with(&[mayor], a_line("2027-03-16T10:00", "2027-03-16T11:00"))
        };
        let line = programme::add_programme_item(&officer, visit.id, secret).await.unwrap().view;
        let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&officer, visit.id, chief, "decides").await.unwrap();
        let chief = office.again(chief).await;
        assert_eq!(programme::read_item(&chief, line.id).await.unwrap().people, None);
        let over = ItemInput { reason: text("looks in on both"), ..with(&[mayor], a_line("2027-03-16T10:30", "2027-03-16T11:30")) };
        let refused = programme::add_programme_item(&chief, visit.id, over).await;
        let Err(Failure::Clash(refusal)) = refused else { panic!("who may not read it may not override it: {refused:?}") };
        let said = clashes::in_words(&chief, &refusal, &ZONE.to_owned().try_into().unwrap()).await.unwrap();
        assert_eq!((said.len(), said[0].rule.as_deref(), said[0].with.as_deref(), said[0].until.is_none()), (1, None, None, true));
    }

    async fn a_line_one_may_no_longer_read_is_not_there_to_be_checked(engine) {
        let Desk { office, officer, visit } = desk(engine).await;
        let line = programme::add_programme_item(&officer, visit.id, a_line("2027-03-16T10:00", "2027-03-16T11:00")).await.unwrap().view;
        let colleague = office.account("colleague", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit.id, colleague, "works on it too").await.unwrap();
        let colleague = office.again(colleague).await;
        programme::check_programme_item(&colleague, visit.id, ItemInput::default(), Some(line.id)).await.expect("it is read");
        let raised = BTreeMap::from([(ItemPart::Existence.word().to_owned(), "TLP:AMBER+STRICT".to_owned())]);
        change_line(&officer, line.id, ItemInput { markings: raised, ..ItemInput::default() }).await.unwrap();
        let asked = programme::check_programme_item(&colleague, visit.id, ItemInput::default(), Some(line.id)).await;
        assert!(matches!(asked, Err(Failure::NotFound)), "{asked:?}");
    }
}
