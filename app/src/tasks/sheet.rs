//! The page of one task: its form, and taking it away.

use super::{
    form::RemoveTaskForm,
    server_fns::{RemoveTask, SaveTask, load_task_form},
    view::TaskFormView,
};
use crate::{
    components::{Button, Field, FormSheet, Hidden, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    visits::{VisitHeading, VisitTab, words::markings_up_to},
    words::use_words,
};
use domain::marking::Marking;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page that adds a task, or changes one.
#[component]
pub fn TaskPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(
        move || {
            let params = params.read();
            (params.get("id").unwrap_or_default(), params.get("task").unwrap_or_default())
        },
        |(visit, task)| load_task_form(visit, task),
    );
    let draft = use_draft();
    let (save, remove) = (ServerAction::<SaveTask>::new(), ServerAction::<RemoveTask>::new());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <TaskSheet view=view draft=draft save=save remove=remove /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn TaskSheet(view: TaskFormView, draft: Option<Draft>, save: ServerAction<SaveTask>, remove: ServerAction<RemoveTask>) -> impl IntoView {
    let words = use_words();
    let start = Start::of(&view.stored, draft.as_ref());
    let is_new = view.stored.id.is_empty();
    let gone = RemoveTaskForm { id: view.stored.id.clone(), visit_id: view.stored.visit_id.clone(), seen: view.stored.seen.clone() };
    let removal = (!is_new).then(|| view! { <Removal start=Start::of(&gone, draft.as_ref()) action=remove /> });
    let back = format!("/visits/{}/tasks", view.head.visit.id);
    let (title, send) =
        if is_new { (words.tasks_new_title(), words.tasks_new_do()) } else { (words.tasks_edit_title(), words.tasks_edit_do()) };
    let marked = view.marking.map_or_else(|| words.visits_marking_usual(), |now: Marking| words.visits_marking_now(now.label()));
    view! {
        <VisitHeading head=view.head tab=VisitTab::Tasks marking=view.marking.unwrap_or(Marking::Clear) />
        <section aria-labelledby="task-title">
            <h2 id="task-title">{title}</h2>
            <FormSheet action=save start=start id="task">
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <Hidden name="once" />
                <Field name="words" label=words.tasks_field_words() />
                <Field name="due_on" label=words.tasks_field_due_on() hint=words.visits_field_day_hint() />
                <Select name="account_id" label=words.tasks_field_account() hint=words.tasks_field_account_hint() optional=true choices=view.accounts />
                <Select name="marking" label=words.tasks_field_marking() hint=marked optional=true choices=markings_up_to(view.ceiling) />
                {(!is_new).then(|| view! { <Field name="reason" label=words.visits_field_reason() hint=words.visits_field_reason_hint() optional=true /> })}
                <div class="actions">
                    <Button weight=Weight::Main>{send}</Button>
                    <a class="button" href=back>{words.tasks_leave()}</a>
                </div>
            </FormSheet>
        </section>
        {removal}
    }
    .into_any()
}

/// Takes a task away, after asking.
#[component]
fn Removal(start: Start, action: ServerAction<RemoveTask>) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="remove" open=open>
            <summary>{words.tasks_remove_title()}</summary>
            <FormSheet action=action start=start id=RemoveTaskForm::NAME>
                <p>{words.tasks_remove_says()}</p>
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.tasks_remove_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
