//! Tasks of a visit, and what its category's template brings it.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{RequestContext, paging::page, tasks, templates};
use domain::{
    ids::{TaskId, VisitId},
    marking::view::TaskView,
    paging::Page,
    tasks::input::TaskInput,
    templates::Brought,
};

/// The tasks of a visit that the requester may read: what is open by the day it is due, then what is done.
#[utoipa::path(get, path = "/visits/{id}/tasks", tag = "tasks", params(("id" = VisitId, Path), PageQuery), responses((status = 200, body = Page<TaskView>)))]
pub(super) async fn list_tasks(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<TaskView>>, Problem> {
    let tasks = tasks::list_tasks(&context, visit).await?;
    Ok(Sent(page(tasks, |view| view.id.uuid(), &query.request()?)))
}

/// Adds a task.
#[utoipa::path(post, path = "/visits/{id}/tasks", tag = "tasks", params(("id" = VisitId, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = TaskInput, responses((status = 201, body = TaskView)))]
pub(super) async fn add_task(
    Authenticated(context): Authenticated,
    Id(visit): Id<VisitId>,
    keyed: Keyed<TaskInput>,
) -> Result<Versioned<TaskView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = tasks::add_task(&context, visit, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { tasks::read_task(&context, TaskId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/tasks/{}", view.id), view))
}

/// A task.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path)), responses((status = 200, body = TaskView)))]
pub(super) async fn read_task(Authenticated(context): Authenticated, Id(id): Id<TaskId>) -> Result<Versioned<TaskView>, Problem> {
    Ok(Versioned::ok(tasks::read_task(&context, id).await?))
}

/// Changes a task; what is absent stays as it is. Whose task it is may say, with nothing else, that it is done or is not.
#[utoipa::path(patch, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path), ("If-Match" = Option<String>, Header)),
    request_body = TaskInput, responses((status = 200, body = TaskView)))]
pub(super) async fn change_task(
    Authenticated(context): Authenticated,
    Id(id): Id<TaskId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<TaskInput>,
) -> Result<Versioned<TaskView>, Problem> {
    Ok(Versioned::ok(tasks::change_task(&context, id, input, &seen).await?))
}

/// Takes a task away.
#[utoipa::path(delete, path = "/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn remove_task(
    Authenticated(context): Authenticated,
    Id(id): Id<TaskId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    tasks::remove_task(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes in what a visit lacks of its category's template: usual lines, as wished ones, and tasks. What is there under the same
/// name stays as it is; asked twice, it brings nothing twice.
#[utoipa::path(post, path = "/visits/{id}/template", tag = "tasks", params(("id" = VisitId, Path)), responses((status = 200, body = Brought)))]
pub(super) async fn take_template(Authenticated(context): Authenticated, Id(visit): Id<VisitId>) -> Result<Sent<Brought>, Problem> {
    Ok(Sent(templates::take_template(&context, visit).await?))
}
