//! What the page of tasks shows, gathered from the use cases.

use super::view::{TaskShown, TasksView};
use crate::{
    errors::AppError,
    visits::gather::{head_of, missions_known_to},
};
use backend::{RequestContext, version::ETag};
use domain::{ids::VisitId, time::wall_at};

/// The tasks of a visit, for who is on its list.
///
/// # Errors
/// When there is no such visit for the requester, or the requester is not on its list.
pub(crate) async fn tasks_of(context: &RequestContext, id: VisitId) -> Result<TasksView, AppError> {
    let visit = backend::visits::read_visit(context, id).await?;
    let head = head_of(context, visit, &missions_known_to(context).await?);
    if !head.rights.read_list {
        return Err(AppError::NotAllowed);
    }
    let zone = &context.office().details.zone;
    let tasks = backend::tasks::list_tasks(context, id).await?.into_iter().map(|task| {
        let is_own = task.account.as_ref().is_some_and(|account| Some(account.id) == context.actor().account());
        Ok(TaskShown {
            seen: ETag::of(&task)?.as_str().to_owned(),
            done_on: task.done_at.and_then(|at| Some(wall_at(context.zones(), zone, at).ok()?.local.date())),
            may_tick: head.rights.edit_programme || (is_own && head.rights.tick_task),
            task,
        })
    });
    let tasks = tasks.collect::<Result<Vec<_>, AppError>>()?;
    let honours = backend::templates::read_template(context, head.visit.category).await?.honours;
    Ok(TasksView { head, today: context.today(), tasks, honours })
}
