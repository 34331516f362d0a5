//! The server's half of the pages of tasks.

use super::{
    form::{RemoveTaskForm, TakeTemplateForm, TaskForm, TickTaskForm},
    view::{TaskFormView, TasksView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The tasks of a visit, for who is on its list.
///
/// # Errors
/// When there is no such visit for the requester, or the requester is not on its list.
#[server]
pub async fn load_tasks(
    /// The visit.
    id: String,
) -> Result<TasksView, AppError> {
    use super::gather::tasks_of;
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        tasks_of(&context, id.parse().map_err(|_| AppError::NotFound)?).await
    })
    .await
}

/// The form of a task; of a new one without an id.
///
/// # Errors
/// When there is no such visit or task for the requester, or the programme may not be changed.
#[server]
pub async fn load_task_form(
    /// The visit.
    visit: String,
    /// The task, or nothing.
    task: String,
) -> Result<TaskFormView, AppError> {
    use crate::{
        components::Choice,
        request::request_context,
        visits::gather::{head_of, missions_known_to},
    };
    use backend::version::ETag;
    use domain::ids::{TaskId, VisitId};
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        let id: VisitId = visit.parse().map_err(|_| AppError::NotFound)?;
        let visit = backend::visits::read_visit(&context, id).await?;
        let head = head_of(&context, visit, &missions_known_to(&context).await?);
        if !head.rights.edit_programme {
            return Err(AppError::NotAllowed);
        }
        let (stored, marking) = if task.is_empty() {
            (TaskForm::new_in(id, context.new_id::<TaskId>().to_string()), None)
        } else {
            let task = backend::tasks::read_task(&context, task.parse().map_err(|_| AppError::NotFound)?).await?;
            if task.visit_id != id {
                return Err(AppError::NotFound);
            }
            (TaskForm::of(&task, ETag::of(&task)?.as_str()), Some(task.marking))
        };
        let listed = backend::visits::read_access_list(&context, id).await?;
        let accounts = listed.into_iter().map(|entry| Choice::new(entry.account.to_string(), entry.name)).collect();
        Ok(TaskFormView { head, stored, marking, accounts, ceiling: context.reader().ceiling() })
    })
    .await
}

/// Adds a task, or changes one.
///
/// # Errors
/// When there is no such visit or task for the requester, or the programme may not be changed.
#[server]
pub async fn save_task(
    /// The form.
    #[server(flatten)]
    form: TaskForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{made_once, refused, request_context},
    };
    use backend::{
        Failure,
        version::{ETag, Seen},
    };
    use domain::ids::{TaskId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let input = match form.read(context.today()) {
            Ok(input) => input,
            Err(problems) => return Ok(Answer::Refused(problems, Vec::new())),
        };
        let saved = if form.id.is_empty() {
            made_once(&context, &form, &form.once, |context| async move {
                Ok(backend::tasks::add_task(&context, visit, input).await?.id.uuid())
            })
            .await
        } else {
            let id: TaskId = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::tasks::change_task(&context, id, input, &Seen::from_form(&form.seen)).await.map(|task| task.id.uuid())
        };
        match saved {
            Ok(_) => Ok(Answer::Done(format!("/visits/{visit}/tasks"))),
            Err(Failure::Stale) => {
                let task = backend::tasks::read_task(&context, form.id.parse().map_err(|_| AppError::NotFound)?).await?;
                Ok(Answer::Newer(TaskForm::of(&task, ETag::of(&task)?.as_str()).typed()))
            }
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Says that a task is done, or is not.
///
/// # Errors
/// When there is no such task for the requester, or it is neither theirs nor theirs to change.
#[server]
pub async fn tick_task(
    /// The form.
    #[server(flatten)]
    form: TickTaskForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::{ETag, Seen};
    use domain::ids::{TaskId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let id: TaskId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::tasks::tick_task(&context, id, form.done == "yes", &Seen::from_form(&form.seen)).await {
            // The page is asked for anew, as its address is another.
            Ok(task) => Ok(Answer::Done(format!("/visits/{visit}/tasks?at={}", ETag::of(&task)?.as_str().trim_matches('"')))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Takes a task away.
///
/// # Errors
/// When there is no such task for the requester, or the programme may not be changed.
#[server]
pub async fn remove_task(
    /// The form.
    #[server(flatten)]
    form: RemoveTaskForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    use domain::ids::{TaskId, VisitId};
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let visit: VisitId = form.visit_id.parse().map_err(|_| AppError::NotFound)?;
        let id: TaskId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::tasks::remove_task(&context, id, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(format!("/visits/{visit}/tasks"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Takes in what a visit lacks of its category's template.
///
/// # Errors
/// When there is no such visit for the requester, or the programme may not be changed.
#[server]
pub async fn take_template(
    /// The form.
    #[server(flatten)]
    form: TakeTemplateForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::ids::VisitId;
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let visit: VisitId = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::templates::take_template(&context, visit).await {
            Ok(brought) => Ok(Answer::Done(format!("/visits/{visit}/tasks?lines={}&tasks={}", brought.lines, brought.tasks))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
