//! Tasks of a visit: added, changed, ticked off and taken away, and what is due before long.

pub mod rows;
pub(crate) mod store;

use crate::{
    accounts::grants,
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one, delivered},
    },
    context::{RequestContext, retried},
    database::Connection,
    directory::OfficeDirectory,
    error::{Failure, Outcome},
    permits::{EditProgramme, TickTask, authorise},
    programme, reasons,
    version::{ETag, Seen},
    visits,
};
use chrono::NaiveDate;
use domain::{
    audit::{Intent, ThingKind},
    ids::{AccountId, TaskId, VisitId},
    marking::{
        Marking,
        view::{TaskView, VisitView},
    },
    problems::Problem,
    tasks::{Done, Task, input::TaskInput},
    visits::Visit,
};
use std::collections::HashMap;

/// The names of accounts, by which views say who.
type Names = HashMap<AccountId, String>;

/// A task of the live visit as this reader sees it: for who is on the visit's list.
fn live_view(context: &RequestContext, task: &Task, visit: &Visit, names: &Names) -> Option<TaskView> {
    let reader = context.reader();
    reader.is_on(visit.id).then(|| TaskView::of(task, visit, reader, &|id| names.get(&id).cloned())).flatten()
}

/// The tasks of a visit, for who is on its list: what is open by the day it is due, then what is done.
///
/// # Errors
/// When there is no such visit for this reader, or the database refuses.
pub async fn list_tasks(context: &RequestContext, visit: VisitId) -> Outcome<Vec<TaskView>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    let names = store::names(context, &mut connection).await?;
    let tasks = store::of_visit(context, &mut connection, visit.id).await?;
    let mut seen: Vec<(Delivered, TaskView)> = tasks
        .iter()
        .filter_map(|task| {
            let view = live_view(context, task, &visit, &names)?;
            Some((Delivered::task(task, &view), view))
        })
        .collect();
    seen.sort_by_key(|(_, view)| (view.done_at.is_some(), view.due_on, view.id));
    deliver(context, connection, seen).await
}

/// What the tasks of a visit that the reader sees are called.
pub(crate) async fn words_seen(context: &RequestContext, connection: &mut impl Connection, visit: &Visit) -> Outcome<Vec<String>> {
    let tasks = store::of_visit(context, connection, visit.id).await?;
    let names = Names::new();
    Ok(tasks.iter().filter_map(|task| Some(live_view(context, task, visit, &names)?.words)).collect())
}

/// A task that is due, with its visit.
#[derive(Debug, Clone)]
pub struct DueTask {
    /// The visit, as the reader sees it.
    pub visit: VisitView,
    /// The task.
    pub task: TaskView,
}

/// What is open and due on a day or before it, of the visits on whose list the reader is, the first due first: so many at most, and
/// nothing marked TLP:RED, for a list that is read at a glance.
///
/// # Errors
/// When the database refuses.
pub async fn list_due(context: &RequestContext, until: NaiveDate, most: usize) -> Outcome<Vec<DueTask>> {
    let mut connection = context.read().await?;
    // The same statements run whatever is hidden among what is due.
    let open = store::open_until(context, &mut connection, until).await?;
    let visits = visits::store::with_tasks_until(context, &mut connection, until).await?;
    let names = store::names(context, &mut connection).await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let visits: HashMap<VisitId, Visit> = visits
        .into_iter()
        .filter(|visit| visits::is_known(context.reader(), visit) && visit.details.state.holds_things())
        .map(|visit| (visit.id, visit))
        .collect();
    let (mut due, mut told) = (Vec::new(), Vec::new());
    for task in &open {
        let Some(visit) = visits.get(&task.visit) else { continue };
        if due.len() == most {
            break;
        }
        let views = live_view(context, task, visit, &names).zip(VisitView::of(visit, context.reader(), &directory));
        // What is not shown is not recorded as shown.
        if let Some((task_view, visit_view)) = views.filter(|(task, _)| task.marking < Marking::Red) {
            told.extend([Delivered::task(task, &task_view), Delivered::visit(visit, &visit_view)]);
            due.push(DueTask { visit: visit_view, task: task_view });
        }
    }
    delivered(context, connection, &told).await?;
    Ok(due)
}

/// A task.
///
/// # Errors
/// When there is none for this reader, or the database refuses.
pub async fn read_task(context: &RequestContext, id: TaskId) -> Outcome<TaskView> {
    let mut connection = context.read().await?;
    let ToChange { task, view, .. } = known(context, &mut connection, id).await?;
    deliver_one(context, connection, Delivered::task(&task, &view), view).await
}

/// A task as its reader last saw it.
struct ToChange {
    task: Task,
    visit: Visit,
    view: TaskView,
    names: Names,
}

async fn known(context: &RequestContext, connection: &mut impl Connection, id: TaskId) -> Outcome<ToChange> {
    let task = store::one(context, connection, id).await?;
    let visit = visits::known_of(context, connection, task.as_ref().map(|task| task.visit)).await?;
    // Of one that may not be read no more is looked at than of one that is not there.
    let task = task.filter(|task| live_view(context, task, &visit, &Names::new()).is_some()).ok_or(Failure::NotFound)?;
    let names = store::names(context, connection).await?;
    let view = live_view(context, &task, &visit, &names).ok_or(Failure::NotFound)?;
    Ok(ToChange { task, visit, view, names })
}

/// A task is for somebody who can read it: one on the visit's access list.
async fn check_account(context: &RequestContext, connection: &mut impl Connection, task: &Task, had: Option<AccountId>) -> Outcome<()> {
    let account = task.account_for_rules();
    let Some(account) = account.filter(|_| account != had) else { return Ok(()) };
    let listed = grants::list_of(context, connection, task.visit).await?;
    if listed.iter().any(|entry| entry.account == account) { Ok(()) } else { Err(Failure::field("account_id", Problem::Unknown)) }
}

/// Whether it is done now, and since when: a tick of what was ticked before says nothing new.
fn done_now(context: &RequestContext, had: Option<Done>, said: Option<bool>) -> Option<Done> {
    match said {
        None => had,
        Some(false) => None,
        Some(true) => had.or_else(|| Some(Done { at: context.now(), by: context.actor().account() })),
    }
}

/// Adds a task.
///
/// # Errors
/// When the actor may not, or something given is wrong.
pub async fn add_task(context: &RequestContext, visit: VisitId, input: TaskInput) -> Outcome<TaskView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let visit = visits::known(context, &mut transaction, visit).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        let details = input.clone().into_new(&visit, programme::author(context))?;
        let done = done_now(context, None, input.done);
        let task = Task { id: context.new_id(), revision: 1, visit: visit.id, details, done };
        check_account(context, &mut transaction, &task, None).await?;
        let digest = store::insert(context, &mut transaction, &permit, &task).await?;
        let names = store::names(context, &mut transaction).await?;
        let view = live_view(context, &task, &visit, &names).ok_or(Failure::NotFound)?;
        let entry = Entry::done(Intent::AddTask).digest(digest).thing(ThingKind::Task, task.id.uuid(), 1).thing(
            ThingKind::Visit,
            visit.id.uuid(),
            visit.revision,
        );
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view)
    })
    .await
}

/// Changes a task, if still as its author saw it. Who only says whether it is done may be the one whose task it is.
///
/// # Errors
/// When the actor may not, the task changed meanwhile, or something given is wrong.
pub async fn change_task(context: &RequestContext, id: TaskId, input: TaskInput, seen: &Seen) -> Outcome<TaskView> {
    if let (true, Some(done)) = (input.only_ticks(), input.done) {
        return tick_task(context, id, done, seen).await;
    }
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { task, visit, view, names } = known(context, &mut transaction, id).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        let details = input.clone().onto(&task, &visit, programme::author(context))?;
        let done = done_now(context, task.done, input.done);
        let had = task.account_for_rules();
        let changed = Task { revision: task.revision + 1, details, done, ..task };
        check_account(context, &mut transaction, &changed, had).await?;
        let digest = store::update(context, &mut transaction, &permit, &changed).await?;
        reasons::keep(context, &mut transaction, ThingKind::Task, id.uuid(), changed.revision, input.reason.as_deref()).await?;
        let view = live_view(context, &changed, &visit, &names).ok_or(Failure::NotFound)?;
        let entry = Entry::done(Intent::ChangeTask).digest(digest).thing(ThingKind::Task, id.uuid(), changed.revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view)
    })
    .await
}

/// Says that a task is done, or is not: by who changes the programme, or by whose task it is.
///
/// # Errors
/// When the actor may not, or the task changed meanwhile.
pub async fn tick_task(context: &RequestContext, id: TaskId, done: bool, seen: &Seen) -> Outcome<TaskView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { task, visit, view, names } = known(context, &mut transaction, id).await?;
        let facts = visits::facts(context, &visit);
        let is_own = task.account_for_rules().is_some() && task.account_for_rules() == context.actor().account();
        if !is_own {
            authorise::<EditProgramme>(context, facts)?;
        }
        let permit = authorise::<TickTask>(context, facts)?;
        seen.check(&ETag::of(&view)?)?;
        let changed = Task { revision: task.revision + 1, done: done_now(context, task.done, Some(done)), ..task };
        let digest = store::update(context, &mut transaction, &permit, &changed).await?;
        let view = live_view(context, &changed, &visit, &names).ok_or(Failure::NotFound)?;
        let entry = Entry::done(Intent::TickTask).digest(digest).thing(ThingKind::Task, id.uuid(), changed.revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(view)
    })
    .await
}

/// Takes a task away.
///
/// # Errors
/// When the actor may not, or the task changed meanwhile.
pub async fn remove_task(context: &RequestContext, id: TaskId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let ToChange { task, visit, view, .. } = known(context, &mut transaction, id).await?;
        let permit = authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
        seen.check(&ETag::of(&view)?)?;
        let digest = store::remove(context, &mut transaction, &permit, &task).await?;
        let entry = Entry::done(Intent::RemoveTask).digest(digest).thing(ThingKind::Task, id.uuid(), task.revision + 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
