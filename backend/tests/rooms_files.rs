//! Files of sites, rooms and blackouts on both engines: what is given out is taken in again, and what is wrong is named.

use backend::{
    Failure, RequestContext, on_both,
    paging::PageRequest,
    rooms::{
        self,
        blackouts::{BlackoutQuery, create_blackout, list_blackouts},
        files::{export_blackouts, export_rooms, export_sites, import_blackouts, import_rooms, import_sites},
        retire_room,
    },
    testing::{self, Engine, TestOffice},
    version::Seen,
};
use domain::{
    accounts::Role,
    ids::{RoomId, SiteId},
    imports::{FileProblem, ImportRefusal, ImportReport},
    marking::Marking,
    problems::Problem,
    rooms::{
        blackouts::BlackoutInput,
        input::{ApprovalInput, HolidayInput, HoursInput, LayoutInput, RoomInput, SeasonInput, SiteInput, TravelInput},
        view::RoomView,
    },
    time::{agreed::AgreedTime, bounds::out_of_bounds},
};

const ZONE: &str = "America/Los_Angeles";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: ZONE.to_owned().try_into().unwrap(), offset: None })
}

fn hours(weekday: u32, opens: &str, closes: &str) -> HoursInput {
    HoursInput { weekday: weekday.into(), opens: opens.into(), closes: closes.into() }
}

fn holiday(on: &str, name: &str, opens: &str, closes: &str) -> HolidayInput {
    HolidayInput { on: on.into(), name: name.into(), opens: opens.into(), closes: closes.into() }
}

struct House {
    _office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    sites: [SiteId; 2],
    room: RoomId,
}

/// Two sites with ways and holidays, and a room with everything a room may have.
async fn house(engine: Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::AmberStrict).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Green).await;
    let site = |name: &str| SiteInput { name: some(name), ..SiteInput::default() };
    let hall = rooms::create_site(&manager, site("City Hall, south")).await.unwrap().id;
    let port = SiteInput {
        address: some("425 South Palos Verdes Street; San Pedro"),
        travel: Some(vec![TravelInput { to: hall.to_string(), minutes: 35.into() }]),
        holidays: Some(vec![holiday("2027-12-25", "Christmas Day", "", ""), holiday("2027-12-24", "=Eve", "08:00", "24:00")]),
        ..site("Port")
    };
    let port = rooms::create_site(&manager, port).await.unwrap().id;
    let layout = |word: &str, holds: u32| LayoutInput {
        layout: word.into(),
        capacity: holds.into(),
        set_up_minutes: 15.into(),
        clearing_minutes: 10.into(),
    };
    let season = |name: &str, from: &str, until: &str, hours: Vec<HoursInput>| SeasonInput {
        name: name.into(),
        from: from.into(),
        until: until.into(),
        hours,
    };
    let room = RoomInput {
        site_id: some(&hall.to_string()),
        name: some("“Quoted”, Rotunda"),
        floor: some("-1"),
        layouts: Some(vec![layout("reception", 400), layout("theatre", 250)]),
        features: Some(vec!["step_free".into(), "kitchen".into()]),
        hours: Some(vec![hours(1, "08:00", "12:00"), hours(1, "14:00", "24:00"), hours(7, "09:00", "12:00")]),
        seasons: Some(vec![
            season("Summer, long", "06-01", "08-31", vec![hours(2, "10:00", "16:00")]),
            season("Turn of the year", "12-20", "01-06", Vec::new()),
        ]),
        sweep_minutes: Some(20.into()),
        booked_by: Some(vec!["scheduler".into(), "rooms_manager".into()]),
        approval: Some(ApprovalInput { needed_from: vec!["scheduler".into()], given_by: vec!["rooms_manager".into()] }),
        clearance: some("TLP:RED"),
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    let plain = RoomInput { site_id: some(&port.to_string()), name: some("Annex"), ..RoomInput::default() };
    rooms::create_room(&manager, plain).await.unwrap();
    House { _office: office, manager, officer, sites: [hall, port], room }
}

fn counts(report: &ImportReport) -> (u32, u32, u32) {
    (report.added, report.changed, report.unchanged)
}

fn wrong(failure: Failure) -> Vec<(u64, String, Problem)> {
    match failure {
        Failure::Import(ImportRefusal::Rows { rows }) => rows
            .into_iter()
            .flat_map(|row| row.problems.into_iter().map(move |problem| (row.line, problem.field, problem.problem)))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn columns(wrong: &[(u64, String, Problem)]) -> Vec<(u64, &str)> {
    wrong.iter().map(|(line, column, _)| (*line, column.as_str())).collect()
}

async fn room_named(context: &RequestContext, name: &str) -> RoomView {
    rooms::list_rooms(context).await.unwrap().into_iter().find(|room| room.name == name).unwrap_or_else(|| panic!("no {name}"))
}

on_both! {
    async fn what_is_given_out_changes_nothing_when_it_is_taken_in_again(engine) {
        let House { _office, manager, room, sites: [_, port], .. } = house(engine).await;
        let works = BlackoutInput {
            room_id: some(&room.to_string()), starts: at("2027-03-10T10:00"), ends: at("2027-03-12T18:00"), cause: some("Works, loud"),
            ..BlackoutInput::default()
        };
        let twice = BlackoutInput { cause: some("An inspection"), marking: some("TLP:AMBER"), ..works.clone() };
        let whole = BlackoutInput { room_id: None, site_id: some(&port.to_string()), ..works.clone() };
        // The second of two equal hours, and a cause that no file may bear.
        let second = AgreedTime { offset: "-08:00".parse().ok(), ..at("2027-11-07T01:30").unwrap() };
        let sealed = BlackoutInput { starts: Some(second), ends: at("2027-11-07T05:00"), marking: some("TLP:AMBER+STRICT"), ..works.clone() };
        for blackout in [works, twice, whole, sealed] {
            create_blackout(&manager, blackout).await.unwrap();
        }
        let (before_rooms, before_sites) = (rooms::list_rooms(&manager).await.unwrap(), rooms::list_sites(&manager).await.unwrap());
        let sites = export_sites(&manager).await.unwrap();
        let given = export_rooms(&manager).await.unwrap();
        let blackouts = export_blackouts(&manager).await.unwrap();
        assert_eq!(counts(&import_sites(&manager, &sites).await.unwrap()), (0, 0, 2));
        assert_eq!(counts(&import_rooms(&manager, &given).await.unwrap()), (0, 0, 2));
        assert_eq!(counts(&import_blackouts(&manager, &blackouts).await.unwrap()), (0, 0, 4));
        assert_eq!(rooms::list_rooms(&manager).await.unwrap(), before_rooms);
        assert_eq!(rooms::list_sites(&manager).await.unwrap(), before_sites);
        let text = String::from_utf8(blackouts).unwrap();
        assert!(text.contains("2027-11-07T01:30-08:00") && text.contains("Works, loud"), "{text}");
        assert_eq!(text.matches("Works, loud").count(), 2, "what is above TLP:AMBER is in no file: {text}");
        // As spreadsheets write it where the comma is the decimal mark.
        let semicolons = "site;name;mon\r\nPort;Annex;\"08:00-12:00, 14:00-18:00\"\r\n";
        assert_eq!(counts(&import_rooms(&manager, semicolons.as_bytes()).await.unwrap()), (0, 1, 0));
        assert_eq!(room_named(&manager, "Annex").await.hours.len(), 2);
    }

    async fn a_file_makes_sites_rooms_and_blackouts_and_leaves_what_it_does_not_name(engine) {
        let House { _office, manager, .. } = house(engine).await;
        let sites = "name,zone,travel_to,travel_minutes,holiday,holiday_name\n\
            Getty House,America/Los_Angeles,Depot,12,2027-01-01,New Year\nGetty House,,port,45,,\nDepot,,getty house,14,,\n";
        assert_eq!(counts(&import_sites(&manager, sites.as_bytes()).await.unwrap()), (2, 0, 0));
        assert_eq!(counts(&import_sites(&manager, sites.as_bytes()).await.unwrap()), (0, 0, 2));
        let made = rooms::list_sites(&manager).await.unwrap();
        let getty = made.iter().find(|site| site.name == "Getty House").unwrap();
        assert_eq!((getty.travel.len(), getty.holidays[0].name.as_str()), (2, "New Year"));
        let given = "site,name,season,season_from,season_until,mon,theatre,booked_by\n\
            Getty House,Garden,,,,08:00-20:00,180,\nGetty House,Garden,Winter,11-01,02-28,10:00-16:00,,\n\
            \"City Hall, south\",“quoted”、Rotunda,,,,,1,\n";
        let refused = wrong(import_rooms(&manager, given.replace("1,\n", "-1,chauffeur\n").as_bytes()).await.unwrap_err());
        assert_eq!(columns(&refused), [(4, "theatre"), (4, "booked_by")]);
        assert_eq!(counts(&import_rooms(&manager, given.lines().take(3).collect::<Vec<_>>().join("\n").as_bytes()).await.unwrap()), (1, 0, 0));
        let garden = room_named(&manager, "Garden").await;
        assert_eq!((garden.seasons[0].name.as_str(), garden.seasons[0].hours.len(), garden.layouts[0].capacity), ("Winter", 1, 180));
        // A column that is not there leaves things as they are, also the other layouts and days.
        let more = "site,name,tue,reception\ngetty house,garden,09:00-10:00,250\n";
        assert_eq!(counts(&import_rooms(&manager, more.as_bytes()).await.unwrap()), (0, 1, 0));
        let garden = room_named(&manager, "garden").await;
        assert_eq!((garden.hours.len(), garden.layouts.len(), garden.seasons.len()), (2, 2, 1));
        let blackouts = "site,room,starts,ends,cause\nGetty House,,2027-07-01T08:00,2027-07-02T08:00,Fire drill\n\
            Getty House,Garden,2027-07-03 08:00,2027-07-03 12:00,Lawn\n";
        assert_eq!(counts(&import_blackouts(&manager, blackouts.as_bytes()).await.unwrap()), (2, 0, 0));
        let again = blackouts.replace("Lawn", "The lawn is cut");
        assert_eq!(counts(&import_blackouts(&manager, again.as_bytes()).await.unwrap()), (0, 1, 1));
        let query = BlackoutQuery { room: Some(garden.id), from: manager.now(), until: manager.now() + chrono::TimeDelta::days(366) };
        let listed = list_blackouts(&manager, query, &PageRequest::default()).await.unwrap().items;
        assert_eq!(listed.iter().filter_map(|it| it.cause.as_deref()).collect::<Vec<_>>(), ["Fire drill", "The lawn is cut"]);
    }

    async fn a_layout_whose_capacity_is_cleared_goes_with_its_margins(engine) {
        let House { _office, manager, .. } = house(engine).await;
        let given = "site,name,theatre,theatre_before,theatre_after\n\"City Hall, south\",\"“Quoted”, Rotunda\",,15,10\n";
        assert_eq!(counts(&import_rooms(&manager, given.as_bytes()).await.unwrap()), (0, 1, 0));
        let room = room_named(&manager, "“Quoted”, Rotunda").await;
        assert_eq!(room.layouts.iter().map(|it| (it.capacity, it.set_up_minutes, it.clearing_minutes)).collect::<Vec<_>>(), [(400, 15, 10)]);
        assert_eq!(counts(&import_rooms(&manager, given.as_bytes()).await.unwrap()), (0, 0, 1), "twice changes nothing");
        let out = export_rooms(&manager).await.unwrap();
        assert_eq!(counts(&import_rooms(&manager, &out).await.unwrap()), (0, 0, 2));
        let margins = "site,name,banquet_before\nPort,Annex,15\n";
        let refused = wrong(import_rooms(&manager, margins.as_bytes()).await.unwrap_err());
        assert_eq!(columns(&refused), [(2, "banquet")], "margins alone say no layout");
    }

    async fn every_wrong_row_is_named_and_nothing_of_the_file_is_taken(engine) {
        let House { _office, manager, officer, .. } = house(engine).await;
        let before = rooms::list_rooms(&manager).await.unwrap();
        let given = "site,name,features,theatre,season,season_from,season_until,mon,sweep_minutes\n\
            Port,Pier,jacuzzi,-1,,,,18:00-08:00,\n\
            Nowhere,Loft,,,,,,,\n\
            Port,Annex,,,,,,,9000\n\
            Port,Annex,,,Summer,02-30,08-31,late,\n\
            Port,Annex,,,Autumn,09-01,10-31,,5\n\
            Port,Annex,,,,,,,\n\
            ,,,,,,,,x\n";
        let refused = wrong(import_rooms(&manager, given.as_bytes()).await.unwrap_err());
        let expected = [
            (2, "theatre"), (2, "features"), (2, "mon"), (3, "site"), (4, "sweep_minutes"), (5, "season_from"), (5, "mon"),
            (6, "sweep_minutes"), (7, "name"), (8, "site"),
        ];
        assert_eq!(columns(&refused), expected);
        assert!(matches!(&refused[1].2, Problem::UnknownWord { word, known } if word == "jacuzzi" && known.contains(&"kitchen".to_owned())));
        let words = "site,name,features,booked_by,given_by,clearance,mon\nPort,Pier,\"kitchen, jacuzzi sauna\",auditor,scheduler,PINK,8-12\n";
        let refused = wrong(import_rooms(&manager, words.as_bytes()).await.unwrap_err());
        let told: Vec<(&str, Option<&str>)> = refused.iter().map(|(_, column, problem)| match problem {
            Problem::UnknownWord { word, .. } => (column.as_str(), Some(word.as_str())),
            _ => (column.as_str(), None),
        }).collect();
        let expected = [
            ("features", Some("jacuzzi")), ("features", Some("sauna")), ("mon", None), ("booked_by", Some("auditor")), ("given_by", Some("scheduler")),
            ("clearance", Some("PINK")),
        ];
        assert_eq!(told, expected);
        assert!(refused.iter().any(|(_, column, problem)| column == "mon" && *problem == Problem::NotATime));
        assert_eq!(rooms::list_rooms(&manager).await.unwrap(), before, "nothing of it");
        let sites = "name,zone,travel_to,travel_minutes,holiday,opens\nPier,Mars/Base,Nowhere,5,,\nPier,,Port,soon,Christmas,\nPier,,,,,08:00\n,,,,,\n";
        let refused = wrong(import_sites(&manager, sites.as_bytes()).await.unwrap_err());
        let expected = [(2, "travel_to"), (2, "zone"), (3, "travel_minutes"), (3, "holiday"), (3, "holiday_name"), (4, "holiday"), (4, "holiday_name"), (4, "closes")];
        assert_eq!(columns(&refused), expected);
        let blackouts = "site,room,starts,ends,cause,marking\n\
            Port,Loft,2027-03-10T10:00,2027-03-10T12:00,Works,\n\
            Port,,10:00,2027-03-10T12:00,Works,\n\
            Port,,2027-03-14T02:30,2027-03-14T05:00,Works,\n\
            Port,,2027-03-11T02:30,2027-03-10T05:00,Works,TLP:PINK\n\
            Port,,2027-03-11T02:30,2027-03-11T05:00,,\n\
            Port,,9999-12-30T02:30,+10000-01-02T05:00,Works,\n";
        let refused = wrong(import_blackouts(&manager, blackouts.as_bytes()).await.unwrap_err());
        assert_eq!(columns(&refused), [(2, "room"), (3, "starts"), (4, "starts"), (5, "ends"), (5, "marking"), (6, "cause"), (7, "starts"), (7, "ends")]);
        assert!(refused[6..].iter().all(|(_, _, problem)| *problem == out_of_bounds()), "{refused:?}");
        for file in [b"site,name\nPort,caf\xe9\n".as_slice(), b"name,site\n"] {
            assert!(matches!(import_rooms(&manager, file).await, Err(Failure::Import(ImportRefusal::File { problem: FileProblem::NotUtf8 { line: 2 } | FileProblem::Empty }))));
        }
        for refused in [import_rooms(&officer, given.as_bytes()).await, import_sites(&officer, sites.as_bytes()).await, import_blackouts(&officer, blackouts.as_bytes()).await] {
            assert!(matches!(refused, Err(Failure::Forbidden)));
        }
        for refused in [export_rooms(&officer).await, export_sites(&officer).await, export_blackouts(&officer).await] {
            assert!(matches!(refused, Err(Failure::Forbidden)));
        }
    }

    async fn a_retired_room_is_in_no_file_and_its_name_makes_a_new_one(engine) {
        let House { _office, manager, .. } = house(engine).await;
        let annex = room_named(&manager, "Annex").await;
        let given = export_rooms(&manager).await.unwrap();
        retire_room(&manager, annex.id, &Seen::Any).await.unwrap();
        assert!(!String::from_utf8(export_rooms(&manager).await.unwrap()).unwrap().contains("Annex"));
        assert_eq!(counts(&import_rooms(&manager, &given).await.unwrap()), (1, 0, 1));
        assert_ne!(room_named(&manager, "Annex").await.id, annex.id);
    }
}
