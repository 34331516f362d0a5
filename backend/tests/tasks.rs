//! Tasks of a visit: who adds, reads, ticks off and takes away, and what is due.

use backend::{
    Failure, RequestContext,
    database::Connection,
    on_both, tasks,
    testing::{
        self, Engine, TestOffice,
        inputs::{a_visit, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    ids::{AccountId, VisitId},
    marking::{Marking, view::TaskView},
    problems::Problem,
    tasks::input::TaskInput,
    visits::input::VisitInput,
};

fn a_task(words: &str, due_on: &str) -> TaskInput {
    TaskInput { words: text(words), due_on: text(due_on), ..TaskInput::default() }
}

fn seen(task: &TaskView) -> Seen {
    Seen::from_form(ETag::of(task).unwrap().as_str())
}

async fn desk(engine: Engine) -> (TestOffice, RequestContext, VisitId) {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::AmberStrict).await;
    let visit = visits::create_visit(&officer, a_visit()).await.unwrap();
    let officer = office.again(officer.account().unwrap()).await;
    (office, officer, visit.id)
}

/// Somebody on the visit's list.
async fn listed(
    office: &TestOffice,
    officer: &RequestContext,
    visit: VisitId,
    name: &'static str,
    role: Role,
    ceiling: Marking,
) -> RequestContext {
    let account: AccountId = office.signed_in(name, role, ceiling).await.account().unwrap();
    visits::grant_access(officer, visit, account, "takes part").await.unwrap();
    office.again(account).await
}

fn problem_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, Problem) {
    match outcome {
        Err(Failure::Invalid(mut problems)) => {
            let first = problems.remove(0);
            (first.field, first.problem)
        }
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn open_tasks_stand_by_the_day_they_are_due_and_done_ones_after_them(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let late = tasks::add_task(&officer, visit, a_task("Seating", "2027-03-10")).await.unwrap();
        let early = tasks::add_task(&officer, visit, a_task("Flags", "2027-03-01")).await.unwrap();
        let names = |tasks: Vec<TaskView>| tasks.into_iter().map(|task| task.words).collect::<Vec<_>>();
        assert_eq!(names(tasks::list_tasks(&officer, visit).await.unwrap()), ["Flags", "Seating"]);
        let done = tasks::tick_task(&officer, early.id, true, &seen(&early)).await.unwrap();
        assert_eq!((done.done_at, done.done_by.map(|by| by.id)), (Some(officer.now()), officer.account().ok()));
        assert_eq!(names(tasks::list_tasks(&officer, visit).await.unwrap()), ["Seating", "Flags"]);
        let changed = TaskInput { words: text("Seating plan"), due_on: text("2027-03-09"), ..TaskInput::default() };
        let changed = tasks::change_task(&officer, late.id, changed, &seen(&late)).await.unwrap();
        assert_eq!((changed.words.as_str(), changed.due_on.to_string().as_str()), ("Seating plan", "2027-03-09"));
        assert_eq!(tasks::read_task(&officer, late.id).await.unwrap(), changed);
    }

    async fn a_version_that_is_stale_changes_nothing(engine) {
        let (_office, officer, visit) = desk(engine).await;
        let task = tasks::add_task(&officer, visit, a_task("Flags", "2027-03-01")).await.unwrap();
        tasks::tick_task(&officer, task.id, true, &seen(&task)).await.unwrap();
        assert!(matches!(tasks::tick_task(&officer, task.id, false, &seen(&task)).await, Err(Failure::Stale)));
        assert!(matches!(tasks::change_task(&officer, task.id, a_task("Flag", "2027-03-01"), &seen(&task)).await, Err(Failure::Stale)));
        assert!(matches!(tasks::remove_task(&officer, task.id, &seen(&task)).await, Err(Failure::Stale)));
        tasks::remove_task(&officer, task.id, &Seen::Any).await.unwrap();
        assert!(matches!(tasks::read_task(&officer, task.id).await, Err(Failure::NotFound)));
        assert!(tasks::list_tasks(&officer, visit).await.unwrap().is_empty());
    }

    async fn a_task_is_for_somebody_on_the_list_who_may_tick_it_off_and_no_other(engine) {
        let (office, officer, visit) = desk(engine).await;
        let stranger = office.signed_in("stranger", Role::Scheduler, Marking::Red).await;
        let scheduler = listed(&office, &officer, visit, "scheduler", Role::Scheduler, Marking::Amber).await;
        let of = |account: &RequestContext| TaskInput { account_id: Some(account.account().unwrap().to_string()), ..a_task("Flags", "2027-03-01") };
        assert_eq!(problem_of(tasks::add_task(&officer, visit, of(&stranger)).await), ("account_id".to_owned(), Problem::Unknown));
        let own = tasks::add_task(&officer, visit, of(&scheduler)).await.unwrap();
        let others = tasks::add_task(&officer, visit, a_task("Seating", "2027-03-02")).await.unwrap();
        assert_eq!(own.account.as_ref().map(|account| account.name.as_str()), Some("scheduler"));
        let done = tasks::change_task(&scheduler, own.id, TaskInput { done: Some(true), ..TaskInput::default() }, &seen(&own)).await.unwrap();
        assert!(done.done_at.is_some());
        assert!(matches!(tasks::tick_task(&scheduler, others.id, true, &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(tasks::change_task(&scheduler, own.id, a_task("Mine", "2027-03-01"), &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(tasks::remove_task(&scheduler, own.id, &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(tasks::add_task(&scheduler, visit, a_task("Mine", "2027-03-01")).await, Err(Failure::Forbidden)));
        assert!(matches!(tasks::read_task(&stranger, own.id).await, Err(Failure::NotFound)));
        assert!(matches!(tasks::tick_task(&stranger, own.id, true, &Seen::Any).await, Err(Failure::NotFound)));
    }

    async fn a_task_above_ones_ceiling_is_not_there(engine) {
        let (office, officer, visit) = desk(engine).await;
        let below = listed(&office, &officer, visit, "second", Role::ProtocolOfficer, Marking::Amber).await;
        let strict = TaskInput { marking: text("TLP:AMBER+STRICT"), ..a_task("Walk the route", "2027-03-01") };
        let strict = tasks::add_task(&officer, visit, strict).await.unwrap();
        assert_eq!(strict.marking, Marking::AmberStrict);
        assert!(tasks::list_tasks(&below, visit).await.unwrap().is_empty());
        assert!(matches!(tasks::read_task(&below, strict.id).await, Err(Failure::NotFound)));
        for change in [a_task("Mine", "2027-03-01"), TaskInput { done: Some(true), ..TaskInput::default() }] {
            assert!(matches!(tasks::change_task(&below, strict.id, change, &Seen::Any).await, Err(Failure::NotFound)));
        }
        let above = TaskInput { marking: text("TLP:RED"), ..a_task("Mine", "2027-03-01") };
        assert_eq!(problem_of(tasks::add_task(&below, visit, above).await), ("marking".to_owned(), Problem::AboveCeiling));
        let lowered = TaskInput { marking: text("TLP:GREEN"), ..TaskInput::default() };
        let (field, problem) = problem_of(tasks::change_task(&officer, strict.id, lowered, &Seen::Any).await);
        assert_eq!((field.as_str(), problem), ("marking", Problem::ReasonNeeded));
    }

    async fn what_is_due_is_told_of_the_visits_on_whose_list_one_is_while_they_go_on(engine) {
        let (office, officer, visit) = desk(engine).await;
        let day = |text: &str| text.parse().unwrap();
        let first = tasks::add_task(&officer, visit, a_task("Flags", "2027-03-01")).await.unwrap();
        tasks::add_task(&officer, visit, a_task("Seating", "2027-03-05")).await.unwrap();
        let words = |due: Vec<tasks::DueTask>| due.into_iter().map(|due| due.task.words).collect::<Vec<_>>();
        assert_eq!(words(tasks::list_due(&officer, day("2027-03-04"), 8).await.unwrap()), ["Flags"]);
        assert_eq!(words(tasks::list_due(&officer, day("2027-03-05"), 8).await.unwrap()), ["Flags", "Seating"]);
        tasks::tick_task(&officer, first.id, true, &Seen::Any).await.unwrap();
        assert_eq!(words(tasks::list_due(&officer, day("2027-03-05"), 8).await.unwrap()), ["Seating"]);
        let stranger = office.signed_in("stranger", Role::ProtocolOfficer, Marking::Red).await;
        assert!(tasks::list_due(&stranger, day("2027-03-05"), 8).await.unwrap().is_empty());
        visits::change_visit(&officer, visit, VisitInput { state: text("cancelled"), ..VisitInput::default() }, &Seen::Any).await.unwrap();
        assert!(tasks::list_due(&officer, day("2027-03-05"), 8).await.unwrap().is_empty());
    }

    async fn what_is_due_and_not_shown_is_not_recorded_as_shown(engine) {
        let (office, officer, visit) = desk(engine).await;
        let chief = listed(&office, &officer, visit, "chief", Role::ChiefOfProtocol, Marking::Red).await;
        let red = TaskInput { marking: text("TLP:RED"), ..a_task("Escape route", "2027-03-01") };
        tasks::add_task(&chief, visit, red).await.unwrap();
        for day in ["2027-03-02", "2027-03-03"] {
            tasks::add_task(&officer, visit, a_task("Flags", day)).await.unwrap();
        }
        let reader = listed(&office, &officer, visit, "second", Role::ProtocolOfficer, Marking::AmberStrict).await;
        for context in [&reader, &chief] {
            assert_eq!(tasks::list_due(context, "2027-03-05".parse().unwrap(), 1).await.unwrap().len(), 1);
            let mut connection = office.operator.read().await.unwrap();
            let sql = "SELECT thing_kind, marking FROM deliveries WHERE office_id = $1 AND account_id = $2 AND thing_kind = 'task'";
            let told: Vec<(String, String)> = connection.all(sql, values![office.operator.office_id(), context.account().unwrap()]).await.unwrap();
            assert_eq!(told, [("task".to_owned(), "TLP:AMBER".to_owned())]);
        }
    }

    async fn a_task_is_kept_no_wider_than_its_visit(engine) {
        let (office, officer, visit) = desk(engine).await;
        let up = VisitInput { markings: [("existence".to_owned(), "TLP:AMBER+STRICT".to_owned())].into(), ..VisitInput::default() };
        let task = tasks::add_task(&officer, visit, a_task("Flags", "2027-03-01")).await.unwrap();
        visits::change_visit(&officer, visit, up, &Seen::Any).await.unwrap();
        let green = |words: &str| TaskInput { marking: text("TLP:GREEN"), reason: text("asked for"), ..a_task(words, "2027-03-02") };
        let added = tasks::add_task(&officer, visit, green("Seating")).await.unwrap();
        let changed = tasks::change_task(&officer, task.id, green("More flags"), &Seen::Any).await.unwrap();
        assert_eq!((added.marking, changed.marking), (Marking::AmberStrict, Marking::AmberStrict));
        let mut connection = office.operator.read().await.unwrap();
        let sql = "SELECT COUNT(*) FROM tasks WHERE office_id = $1 AND key_id IS NULL";
        let (open,): (i64,) = connection.optional(sql, values![office.operator.office_id()]).await.unwrap().unwrap();
        assert_eq!(open, 0, "what is above TLP:AMBER is sealed");
    }
}
