//! Templates: what they bring a new visit and one that is there, and how an office writes its own; holidays, over which is counted.

use backend::{
    Failure, RequestContext, holidays, on_both, programme, tasks, templates,
    testing::{
        self, Engine, TestOffice,
        inputs::{a_visit, at, text},
    },
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    holidays::input::OwnDayInput,
    imports::{FileProblem, ImportRefusal},
    marking::Marking,
    problems::Problem,
    programme::{ItemPart, ItemState, input::ItemInput},
    tasks::input::TaskInput,
    templates::{
        Brought, Template,
        input::{TemplateInput, TemplateLineInput, TemplateTaskInput},
    },
    visits::{VisitCategory, input::VisitInput},
};

fn line(day: &str, starts: &str, kind: &str, title: &str) -> TemplateLineInput {
    TemplateLineInput { day: day.into(), starts: starts.into(), minutes: "30".into(), kind: kind.into(), title: title.into() }
}

fn task(before: &str, count: &str, words: &str) -> TemplateTaskInput {
    TemplateTaskInput { before: before.into(), count: count.into(), words: words.into() }
}

fn small() -> TemplateInput {
    TemplateInput {
        lines: Some(vec![
            line("1", "10:00", "arrival", "Arrival at the airport"),
            line("1", "10:30", "movement", "Motorcade"),
            line("2", "02:30", "ceremony", "Vigil"),
            line("last", "17:00", "departure", "Departure"),
            line("9", "09:00", "rest", "A day the visit has not"),
        ]),
        tasks: Some(vec![task("5", "working-days", "Order the flags"), task("5", "days", "Call the mission")]),
        greeter: text("The chief of protocol"),
        ..TemplateInput::default()
    }
}

fn seen(template: &Template) -> Seen {
    Seen::from_form(ETag::of(template).unwrap().as_str())
}

fn started() -> VisitInput {
    VisitInput { from_template: Some(true), ..a_visit() }
}

/// An office with a small template of official visits, and its officer.
async fn desk(engine: Engine, ceiling: Marking) -> (TestOffice, RequestContext, RequestContext) {
    let office = testing::office(engine).await;
    let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
    let bundled = templates::read_template(&chief, VisitCategory::Official).await.unwrap();
    templates::change_template(&chief, VisitCategory::Official, small(), &seen(&bundled)).await.unwrap();
    let officer = office.signed_in("officer", Role::ProtocolOfficer, ceiling).await;
    (office, chief, officer)
}

async fn due_days(context: &RequestContext, visit: domain::ids::VisitId) -> Vec<String> {
    let tasks = tasks::list_tasks(context, visit).await.unwrap();
    tasks.into_iter().map(|task| format!("{} {}", task.due_on, task.words)).collect()
}

on_both! {
    async fn a_new_visit_starts_from_its_categorys_template_where_that_is_said(engine) {
        let (office, _, officer) = desk(engine, Marking::AmberStrict).await;
        let visit = visits::create_visit(&officer, started()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        let lines = programme::list_items(&officer, visit).await.unwrap();
        let said: Vec<(String, String, ItemState)> =
            lines.into_iter().map(|line| (line.starts.local.to_string(), line.title.unwrap(), line.state)).collect();
        let wished = |local: &str, title: &str| (local.to_owned(), title.to_owned(), ItemState::Wished);
        assert_eq!(
            said,
            [
                wished("2027-03-13T10:00", "Arrival at the airport"),
                wished("2027-03-13T10:30", "Motorcade"),
                // The clocks go forward over 02:30 on that day.
                wished("2027-03-14T03:00", "Vigil"),
                wished("2027-03-18T17:00", "Departure"),
            ]
        );
        // Saturday the 13th is no working day: Friday is the first before it.
        let mut due = due_days(&officer, visit).await;
        due.sort();
        assert_eq!(due, ["2027-03-08 Call the mission", "2027-03-08 Order the flags"]);
        let bare = visits::create_visit(&officer, a_visit()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        assert!(programme::list_items(&officer, bare).await.unwrap().is_empty());
        assert!(tasks::list_tasks(&officer, bare).await.unwrap().is_empty());
    }

    async fn a_line_above_its_authors_ceiling_is_left_out_and_not_brought_again_and_again(engine) {
        let (office, _, officer) = desk(engine, Marking::Amber).await;
        let visit = visits::create_visit(&officer, started()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        let titles: Vec<_> = programme::list_items(&officer, visit).await.unwrap().into_iter().filter_map(|line| line.title).collect();
        assert_eq!(titles, ["Arrival at the airport", "Vigil", "Departure"]);
        assert_eq!(templates::take_template(&officer, visit).await.unwrap(), Brought::default());
    }

    async fn what_a_template_writes_tells_no_more_of_when_than_the_visit_does(engine) {
        let (office, _, officer) = desk(engine, Marking::AmberStrict).await;
        let marked = |dates: &str| {
            [("existence", "TLP:GREEN"), ("title", "TLP:GREEN"), ("dates", dates)].map(|(part, marking)| (part.to_owned(), marking.to_owned())).into()
        };
        let visit = visits::create_visit(&officer, VisitInput { markings: marked("TLP:AMBER+STRICT"), ..started() }).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        let lines = programme::list_items(&officer, visit).await.unwrap();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.markings[&ItemPart::Time] >= Marking::AmberStrict), "{lines:?}");
        let tasks = tasks::list_tasks(&officer, visit).await.unwrap();
        assert!(!tasks.is_empty() && tasks.iter().all(|task| task.marking >= Marking::AmberStrict), "{tasks:?}");
        let chief = office.signed_in("second", Role::ChiefOfProtocol, Marking::Red).await;
        let hidden = visits::create_visit(&chief, VisitInput { markings: marked("TLP:RED"), ..started() }).await.unwrap().id;
        let chief = office.again(chief.account().unwrap()).await;
        assert!(programme::list_items(&chief, hidden).await.unwrap().is_empty(), "read by name alone");
        assert!(tasks::list_tasks(&chief, hidden).await.unwrap().is_empty());
    }

    async fn a_visit_that_is_there_takes_in_what_it_lacks_and_nothing_twice(engine) {
        let (office, _, officer) = desk(engine, Marking::AmberStrict).await;
        let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        let own = ItemInput { kind: text("departure"), title: text("departure "), starts: at("2027-03-18T12:00"), ends: at("2027-03-18T12:30"), ..ItemInput::default() };
        programme::add_programme_item(&officer, visit, own).await.unwrap();
        let flags = TaskInput { words: text("Order the flags"), due_on: text("2027-02-01"), ..TaskInput::default() };
        let flags = tasks::add_task(&officer, visit, flags).await.unwrap();
        tasks::tick_task(&officer, flags.id, true, &Seen::Any).await.unwrap();
        assert_eq!(templates::take_template(&officer, visit).await.unwrap(), Brought { lines: 3, tasks: 1 });
        assert_eq!(templates::take_template(&officer, visit).await.unwrap(), Brought::default());
        assert_eq!(due_days(&officer, visit).await, ["2027-03-08 Call the mission", "2027-02-01 Order the flags"]);
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        assert!(matches!(templates::take_template(&stranger, visit).await, Err(Failure::NotFound)));
        let refused = VisitInput { from_template: Some(true), ..VisitInput::default() };
        assert!(matches!(visits::change_visit(&officer, visit, refused, &Seen::Any).await, Err(Failure::Invalid(_))));
    }

    async fn every_bundled_template_can_be_started_from(engine) {
        let office = testing::office(engine).await;
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        for category in VisitCategory::ALL {
            let word = serde_json::to_value(category).unwrap().as_str().unwrap().to_owned();
            for ends_on in ["2027-03-13", "2027-03-18"] {
                let input = VisitInput { category: Some(word.clone()), ends_on: text(ends_on), ..started() };
                let visit = visits::create_visit(&chief, input).await.unwrap_or_else(|failure| panic!("{category:?}: {failure:?}")).id;
                let chief = office.again(chief.account().unwrap()).await;
                let template = templates::read_template(&chief, category).await.unwrap();
                assert_eq!(tasks::list_tasks(&chief, visit).await.unwrap().len(), template.tasks.len());
                let lines = programme::list_items(&chief, visit).await.unwrap().len();
                assert!(lines > 0 && (ends_on == "2027-03-13" || lines == template.lines.len()), "{category:?}: {lines}");
            }
        }
    }

    async fn a_template_is_changed_by_who_keeps_the_office_in_the_version_that_was_seen(engine) {
        let (_, chief, officer) = desk(engine, Marking::Amber).await;
        let now = templates::read_template(&officer, VisitCategory::Official).await.unwrap();
        let change = TemplateInput { gifts: text("None"), ..TemplateInput::default() };
        assert!(matches!(templates::change_template(&officer, VisitCategory::Official, change.clone(), &seen(&now)).await, Err(Failure::Forbidden)));
        let changed = templates::change_template(&chief, VisitCategory::Official, change.clone(), &seen(&now)).await.unwrap();
        assert_eq!((changed.lines.len(), changed.honours.gifts.as_ref().map(ToString::to_string)), (5, text("None")));
        assert!(matches!(templates::change_template(&chief, VisitCategory::Official, change, &seen(&now)).await, Err(Failure::Stale)));
        let wrong = TemplateInput { tasks: Some(vec![task("soon", "", "Call")]), ..TemplateInput::default() };
        assert!(matches!(templates::change_template(&chief, VisitCategory::State, wrong, &Seen::Any).await, Err(Failure::Invalid(_))));
    }

    async fn tasks_are_counted_back_over_the_days_an_office_has_set(engine) {
        let (office, chief, officer) = desk(engine, Marking::AmberStrict).await;
        let day = |on: &str, kind: &str| OwnDayInput { country: text("US"), on: text(on), name: text("A day"), kind: text(kind) };
        holidays::add_own_day(&chief, day("2027-03-10", "holiday")).await.unwrap();
        let sunday = holidays::add_own_day(&chief, day("2027-03-07", "working-day")).await.unwrap();
        let again = holidays::add_own_day(&chief, day("2027-03-10", "rest-day")).await;
        assert!(matches!(&again, Err(Failure::Invalid(problems)) if problems[0].problem == Problem::AlreadyTaken), "{again:?}");
        let visit = visits::create_visit(&officer, started()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        assert_eq!(due_days(&officer, visit).await, ["2027-03-07 Order the flags", "2027-03-08 Call the mission"]);
        holidays::remove_own_day(&chief, sunday.id).await.unwrap();
        assert!(matches!(holidays::remove_own_day(&chief, sunday.id).await, Err(Failure::NotFound)));
        let visit = visits::create_visit(&officer, started()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        assert_eq!(due_days(&officer, visit).await, ["2027-03-05 Order the flags", "2027-03-08 Call the mission"]);
        assert!(matches!(holidays::add_own_day(&officer, day("2027-03-11", "holiday")).await, Err(Failure::Forbidden)));
    }

    async fn a_calendar_file_is_taken_in_as_a_whole_or_not_at_all(engine) {
        let (_, chief, officer) = desk(engine, Marking::Amber).await;
        let file = |events: &[&str]| {
            let events: String = events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
            format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n").into_bytes()
        };
        let good = ["DTSTART;VALUE=DATE:20270331\r\nSUMMARY:Cesar Chavez Day", "DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:20271227\r\nSUMMARY:Closing days"];
        let mixed = file(&[good[0], "DTSTART:20270401T090000Z\r\nSUMMARY:A meeting"]);
        let refused = holidays::import_calendar(&chief, &mixed).await;
        assert!(matches!(&refused, Err(Failure::Import(ImportRefusal::Rows { rows })) if rows.len() == 1), "{refused:?}");
        assert!(holidays::list_own_days(&chief).await.unwrap().is_empty());
        let report = holidays::import_calendar(&chief, &file(&good)).await.unwrap();
        assert_eq!((report.added, report.unchanged), (4, 0));
        let report = holidays::import_calendar(&chief, &file(&good)).await.unwrap();
        assert_eq!((report.added, report.unchanged), (0, 4));
        let days = holidays::list_own_days(&officer).await.unwrap();
        assert_eq!((days.len(), days[0].name.as_str(), days[0].country.as_str()), (4, "Cesar Chavez Day", "US"));
        assert!(matches!(holidays::import_calendar(&officer, &file(&good)).await, Err(Failure::Forbidden)));
        let refused = holidays::import_calendar(&chief, b"day,name").await;
        assert!(matches!(refused, Err(Failure::Import(ImportRefusal::File { problem: FileProblem::NotACalendar }))));
    }
}
