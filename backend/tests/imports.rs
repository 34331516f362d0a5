//! Programmes from files: real ones, twice; bad rows; and what people changed by hand.

use backend::{
    Failure, RequestContext, on_both,
    programme::{
        self,
        export::export_programme,
        import::{import_programme, preview_import},
    },
    testing::{self, Engine, TestOffice},
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    ids::VisitId,
    imports::{FileProblem, ImportRefusal},
    marking::Marking,
    problems::Problem,
    programme::{ItemState, import::ImportAction, input::ItemInput},
    visits::input::VisitInput,
};
use std::collections::BTreeMap;

const HOLY_SEE: &[u8] = include_bytes!("../../server/tests/data/programme-holy-see-usa-2015.csv");
const SUMMIT: &[u8] = include_bytes!("../../server/tests/data/programme-summit-of-the-americas-2022.csv");

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

async fn visit(engine: Engine, category: &str, from: &str, until: &str) -> (TestOffice, RequestContext, VisitId) {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::AmberStrict).await;
    let input = VisitInput {
        category: text(category),
        title: text("A visit"),
        starts_on: text(from),
        ends_on: text(until),
        capital_zone: text("Europe/Rome"),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&officer, input).await.unwrap();
    let officer = office.again(officer.account().unwrap()).await;
    (office, officer, visit.id)
}

fn rows_of(failure: Failure) -> Vec<(u64, Vec<(String, Problem)>)> {
    match failure {
        Failure::Import(ImportRefusal::Rows { rows }) => {
            rows.into_iter().map(|row| (row.line, row.problems.into_iter().map(|p| (p.field, p.problem)).collect())).collect()
        }
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn a_state_visit_is_shown_and_then_imported_once_however_often(engine) {
        let (_office, officer, visit) = visit(engine, "state", "2015-09-22", "2015-09-27").await;
        let preview = preview_import(&officer, visit, HOLY_SEE).await.unwrap();
        assert_eq!((preview.rows.len(), preview.problems.len()), (24, 0));
        assert!(preview.rows.iter().all(|row| row.action == ImportAction::New));
        let first = &preview.rows[0].view;
        assert_eq!((first.starts.local.to_string().as_str(), first.title.as_deref()), ("2015-09-22T16:00", Some("Arrival from Cuba")));
        let rome = first.capital.as_ref().unwrap();
        assert_eq!(rome.moment.local.to_string(), "2015-09-22T22:00", "Rome is six hours ahead");
        let parade = preview.rows.iter().find(|row| row.line == 5).unwrap();
        assert_eq!(parade.warnings, ["Ends when line 6 begins at another place, St. Matthew's Cathedral, Washington: there is no time for the way."]);
        assert_eq!(preview.rows.iter().filter(|row| !row.warnings.is_empty()).count(), 1);

        assert_eq!(import_programme(&officer, visit, HOLY_SEE).await.unwrap().added, 24);
        let again = import_programme(&officer, visit, HOLY_SEE).await.unwrap();
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 24));
        let lines = programme::list_items(&officer, visit).await.unwrap();
        assert_eq!(lines.len(), 24);
        assert!(lines.iter().all(|line| line.state == ItemState::Wished));
        assert_eq!(lines[0].place.as_deref(), Some("Joint Base Andrews, Washington"));
    }

    async fn a_summit_with_parallel_lines_is_imported_twice_and_doubles_nothing(engine) {
        let (_office, officer, visit) = visit(engine, "summit", "2022-06-08", "2022-06-10").await;
        let preview = preview_import(&officer, visit, SUMMIT).await.unwrap();
        assert!(preview.rows.iter().any(|row| row.warnings.iter().any(|w| w.starts_with("Overlaps with line "))), "{:?}", preview.rows);
        assert_eq!(import_programme(&officer, visit, SUMMIT).await.unwrap().added, 16);
        assert_eq!(import_programme(&officer, visit, SUMMIT).await.unwrap().unchanged, 16);
        assert_eq!(programme::list_items(&officer, visit).await.unwrap().len(), 16);
    }

    async fn one_bad_row_and_nothing_is_written(engine) {
        let (_office, officer, visit) = visit(engine, "working", "2027-07-20", "2027-11-10").await;
        let file = "Date;START;End;zone;kind;title;place;city;notes\n\
            2027-03-12;09:00;10:00;America/Los_Angeles;Site Visit;A school;;;\n\
            2027-03-14;02:30;03:30;America/Los_Angeles;arrival;Arrives in a gap;;;\n\
            2027-11-07;01:30;03:00;America/Los_Angeles;rest;Twice;;;\n\
            2027-03-12;11:00;10:00;America/Los_Angeles;press;Backwards;;;\n\
            12 March;noon;;Mars/Olympus;party;;;;\n\
            2027-03-12;09:00;09:30;America/Los_Angeles;press;A SCHOOL;;;\n";
        let problems = rows_of(import_programme(&officer, visit, file.as_bytes()).await.unwrap_err());
        let lines: Vec<u64> = problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7]);
        assert!(matches!(&problems[0].1[..], [(field, Problem::TimeSkipped { .. })] if field == "start"), "{problems:?}");
        assert!(matches!(&problems[1].1[..], [(field, Problem::TimeAmbiguous { .. })] if field == "start"), "{problems:?}");
        assert!(matches!(&problems[2].1[..], [(field, Problem::EndsBeforeStart)] if field == "end"), "{problems:?}");
        let fields: Vec<&str> = problems[3].1.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["date", "zone", "kind", "title"]);
        assert_eq!(problems[4].1, [("title".to_owned(), Problem::AlreadyTaken)], "found again as the same line");
        assert_eq!(programme::list_items(&officer, visit).await.unwrap(), []);
        let preview = preview_import(&officer, visit, file.as_bytes()).await.unwrap();
        assert_eq!((preview.rows.len(), preview.problems.len()), (1, 5));
    }

    async fn a_time_that_exists_twice_is_settled_by_its_offset(engine) {
        let (_office, officer, visit) = visit(engine, "working", "2027-11-06", "2027-11-08").await;
        let file = "date,start,end,kind,title\n2027-11-07,01:30-08:00,2027-11-07T03:00,rest,Second half past one\n2027-11-07,23:30,2027-11-08T00:30,rest,Over midnight\n";
        import_programme(&officer, visit, file.as_bytes()).await.unwrap();
        let lines = programme::list_items(&officer, visit).await.unwrap();
        assert_eq!(lines[0].starts.offset.to_string(), "-08:00");
        assert_eq!(lines[1].ends.local.to_string(), "2027-11-08T00:30");
    }

    async fn what_was_changed_by_hand_stays_and_the_rest_follows_the_file(engine) {
        let (_office, officer, visit) = visit(engine, "working", "2027-03-10", "2027-03-20").await;
        let file = |end: &str| {
            format!("date,start,end,kind,title,notes\n2027-03-12,09:00,{end},bilateral,First,old\n2027-03-12,14:00,{end_two},bilateral,Second,\n", end_two = end.replace("10", "15"))
        };
        import_programme(&officer, visit, file("10:00").as_bytes()).await.unwrap();
        let first = programme::list_items(&officer, visit).await.unwrap().remove(0);
        let by_hand = ItemInput { notes: text("new"), ..ItemInput::default() };
        programme::change_programme_item(&officer, first.id, by_hand, &Seen::Any).await.unwrap();
        let preview = preview_import(&officer, visit, file("10:30").as_bytes()).await.unwrap();
        assert_eq!(preview.rows.iter().map(|row| row.action).collect::<Vec<_>>(), [ImportAction::Kept, ImportAction::Changed]);
        let report = import_programme(&officer, visit, file("10:30").as_bytes()).await.unwrap();
        assert_eq!((report.added, report.changed, report.unchanged), (0, 1, 1));
        let lines = programme::list_items(&officer, visit).await.unwrap();
        assert_eq!(lines[0].notes.as_deref(), Some("new"));
        let ends: Vec<String> = lines.iter().map(|line| line.ends.local.to_string()).collect();
        assert_eq!(ends, ["2027-03-12T10:00", "2027-03-12T15:30"]);
    }

    async fn nobody_imports_what_they_may_not_read(engine) {
        let (office, officer, visit) = visit(engine, "state", "2015-09-22", "2015-09-27").await;
        let amber = office.account("amber", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&officer, visit, amber, "plans it").await.unwrap();
        let amber = office.again(amber).await;
        let problems = rows_of(import_programme(&amber, visit, HOLY_SEE).await.unwrap_err());
        assert!(problems.iter().all(|(_, problems)| *problems == [("kind".to_owned(), Problem::AboveCeiling)]), "{problems:?}");
        assert_eq!(problems.len(), 4, "the movements");
    }

    async fn a_file_that_is_none_is_refused_as_a_whole(engine) {
        let (office, officer, visit) = visit(engine, "state", "2015-09-22", "2015-09-27").await;
        let latin = b"date,start,end,kind,title\n2015-09-22,09:00,10:00,rest,Caf\xe9\n";
        let refused = preview_import(&officer, visit, latin).await.unwrap_err();
        assert!(matches!(refused, Failure::Import(ImportRefusal::File { problem: FileProblem::NotUtf8 { line: 2 } })), "{refused:?}");
        let refused = import_programme(&officer, visit, b"date,start\n2015-09-22,09:00\n").await.unwrap_err();
        assert!(matches!(refused, Failure::Import(ImportRefusal::File { problem: FileProblem::MissingColumns { .. } })), "{refused:?}");
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let hidden = preview_import(&staff, visit, HOLY_SEE).await;
        assert!(matches!(hidden, Err(Failure::NotFound)), "{hidden:?}");
    }

    async fn an_export_is_imported_again_without_a_change_and_holds_nothing_above_its_channel(engine) {
        let (_office, officer, visit) = visit(engine, "state", "2015-09-22", "2015-09-27").await;
        import_programme(&officer, visit, HOLY_SEE).await.unwrap();
        let file = export_programme(&officer, visit).await.unwrap();
        let written = String::from_utf8(file.clone()).unwrap();
        assert!(!written.contains("Procession through Central Park"), "a movement starts at TLP:AMBER+STRICT");
        let report = import_programme(&officer, visit, &file).await.unwrap();
        assert_eq!((report.added, report.changed, report.unchanged), (0, 0, 20));
    }

    async fn a_line_that_is_a_stand_in_in_a_file_is_not_in_it_and_comes_back_as_no_other(engine) {
        let (_office, officer, visit) = visit(engine, "working", "2027-03-10", "2027-03-20").await;
        let file = "date,start,end,kind,title\n2027-03-12,09:00,10:00,bilateral,First\n2027-03-12,14:00,15:00,bilateral,Second\n";
        import_programme(&officer, visit, file.as_bytes()).await.unwrap();
        let lines = programme::list_items(&officer, visit).await.unwrap();
        let hidden = |cover: Option<&str>| ItemInput {
            cover: cover.map(str::to_owned),
            markings: BTreeMap::from([("title".to_owned(), "TLP:AMBER+STRICT".to_owned())]),
            ..ItemInput::default()
        };
        programme::change_programme_item(&officer, lines[0].id, hidden(None), &Seen::Any).await.unwrap();
        let out = String::from_utf8(export_programme(&officer, visit).await.unwrap()).unwrap();
        assert_eq!(out.lines().count(), 2, "{out}");
        assert!(out.contains("Second") && !out.contains("hold"), "{out}");
        programme::change_programme_item(&officer, lines[1].id, hidden(Some("Reception")), &Seen::Any).await.unwrap();
        let covered = String::from_utf8(export_programme(&officer, visit).await.unwrap()).unwrap();
        assert_eq!(covered.lines().count(), 1, "a cover is no title to be found again by: {covered}");
        let report = import_programme(&officer, visit, out.as_bytes()).await.unwrap();
        assert_eq!((report.added, report.changed, report.unchanged), (0, 0, 1));
        assert_eq!(programme::list_items(&officer, visit).await.unwrap().len(), 2);
    }
}
