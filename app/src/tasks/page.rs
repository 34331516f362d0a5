//! The tasks of a visit: what is open by the day it is due, what is done, and the ceremonial its category entitles to.

use super::{
    form::{TakeTemplateForm, TickTaskForm},
    server_fns::{TakeTemplate, TickTask, load_tasks},
    view::{TaskShown, TasksView},
    words::{due_in_words, is_overdue},
};
use crate::{
    components::{Empty, Fact, Facts, FormSheet, Hidden, MarkingTag},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    live::{JustChanged, use_live, views},
    visits::{VisitHeading, VisitTab, words::category_in_words},
    words::{date_in_words, use_words},
};
use chrono::NaiveDate;
use domain::{marking::view::TaskView, templates::Honours};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The tasks of a visit.
#[component]
pub fn TasksPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    // What was ticked or taken in changes the address.
    let at = Memo::new(move |_| ["at", "lines", "tasks"].map(|name| query.read().get(name).unwrap_or_default()));
    let live = use_live();
    let page = Resource::new_blocking(move || (id.get(), at.get(), live.beats()), |(id, _, _)| load_tasks(id));
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        let [_, lines, tasks] = at.get_untracked();
                        let brought = lines.parse::<u32>().ok().zip(tasks.parse::<u32>().ok());
                        view! { <Tasks view=view draft=draft brought=brought /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Tasks(
    view: TasksView,
    draft: Option<Draft>,
    /// How many lines and tasks the template brought just now.
    brought: Option<(u32, u32)>,
) -> impl IntoView {
    let words = use_words();
    let marking = view.marking();
    let TasksView { head, today, tasks, honours } = view;
    let (visit, category) = (head.visit.id, category_in_words(words, head.visit.category));
    let path = format!("/visits/{visit}/tasks");
    let may_edit = head.rights.edit_programme;
    let actions = may_edit.then(|| {
        view! {
            <a class="button main" href=format!("{path}/new")>{words.tasks_add()}</a>
            <TakeMissing form=TakeTemplateForm { id: visit.to_string() } draft=draft.clone() />
        }
    });
    let told = brought.map(|(lines, tasks)| {
        let says = if (lines, tasks) == (0, 0) { words.tasks_brought_nothing() } else { words.tasks_brought(lines, tasks) };
        view! { <div class="clash note" role="status"><strong>{says}</strong></div> }
    });
    let (done, open): (Vec<TaskShown>, Vec<TaskShown>) = tasks.into_iter().partition(|shown| shown.task.done_at.is_some());
    let late = open.iter().filter(|shown| is_overdue(&shown.task, today)).count();
    let table = move |title: String, tasks: Vec<TaskShown>, draft: Option<Draft>, path: String| {
        let rows = tasks
            .into_iter()
            .map(|shown| view! { <Row shown=shown today=today path=path.clone() may_edit=may_edit draft=draft.clone() /> })
            .collect_view();
        view! {
            <section>
                <h2>{title.clone()}</h2>
                <div class="table" tabindex="0" role="region" aria-label=title>
                    <table class="list">
                        <thead>
                            <tr>
                                <th scope="col">{words.tasks_field_due_on()}</th>
                                <th scope="col">{words.tasks_field_words()}</th>
                                <th scope="col">{words.tasks_field_account()}</th>
                                <th scope="col">{words.tasks_field_marking()}</th>
                                <th scope="col">{words.tasks_column_done()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    };
    let nothing = (open.is_empty() && done.is_empty()).then(|| {
        view! { <Empty title=words.tasks_none_title() says=words.tasks_none_says() /> }
    });
    let open = (!open.is_empty()).then(|| table(words.tasks_open_title(open.len(), late), open, draft.clone(), path.clone()));
    let done = (!done.is_empty()).then(|| table(words.tasks_done_title(done.len()), done, draft, path));
    view! {
        <VisitHeading head=head tab=VisitTab::Tasks marking=marking>{actions}</VisitHeading>
        {told}
        {nothing}
        {open}
        {done}
        <Ceremonial honours=honours category=category />
    }
    .into_any()
}

/// One press that takes in what the visit lacks of its category's template.
#[component]
fn TakeMissing(form: TakeTemplateForm, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<TakeTemplate>::new();
    let start = Start::of(&form, draft.as_ref());
    view! {
        <FormSheet action=action start=start id=TakeTemplateForm::NAME bare=true>
            <Hidden name="id" />
            <button type="submit" class="button">{words.tasks_take_template()}</button>
        </FormSheet>
    }
    .into_any()
}

#[component]
fn Row(shown: TaskShown, today: NaiveDate, path: String, may_edit: bool, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let TaskShown { task, seen, done_on, may_tick } = shown;
    let late = is_overdue(&task, today).then_some("late");
    let due = due_in_words(words, &task, today);
    let says = task.words.clone();
    let name = if may_edit {
        view! { <a href=format!("{path}/{}", task.id) dir="auto">{says}</a> }.into_any()
    } else {
        view! { <span dir="auto">{says}</span> }.into_any()
    };
    let done = done_on.map(|day| {
        let day = date_in_words(words, day);
        match &task.done_by {
            Some(by) => words.tasks_done_on_by(day, &by.name),
            None => words.tasks_done_on(day),
        }
    });
    let changed = views::task(task.id);
    let (account, marking, due_on) = (task.account.clone().map(|account| account.name), task.marking, task.due_on.to_string());
    view! {
        <tr>
            <td><time datetime=due_on class=late>{due}</time></td>
            <th scope="row">{name} " " <JustChanged of=changed /></th>
            <td dir="auto">{account}</td>
            <td><MarkingTag marking=marking /></td>
            <td>
                {done.map(|done| view! { <span dir="auto">{done}</span> " " })}
                {may_tick.then(|| view! { <Tick task=task seen=seen draft=draft /> })}
            </td>
        </tr>
    }
    .into_any()
}

/// One press that says that a task is done, or that it is not.
#[component]
fn Tick(task: TaskView, seen: String, draft: Option<Draft>) -> impl IntoView {
    let words = use_words();
    let action = ServerAction::<TickTask>::new();
    let is_done = task.done_at.is_some();
    let form = TickTaskForm {
        id: task.id.to_string(),
        visit_id: task.visit_id.to_string(),
        seen,
        done: if is_done { String::new() } else { "yes".to_owned() },
    };
    // The version and the wish are those of the page, also after a refusal.
    let (seen, done) = (form.seen.clone(), form.done.clone());
    let start = Start::of(&form, draft.as_ref());
    let (label, says) =
        if is_done { (words.tasks_undo(), words.tasks_undo_of(&task.words)) } else { (words.tasks_do(), words.tasks_do_of(&task.words)) };
    view! {
        <FormSheet action=action start=start id=format!("tick-{}", task.id) bare=true>
            <Hidden name="id" />
            <Hidden name="visit_id" />
            <Hidden name="seen" value=seen />
            <Hidden name="done" value=done />
            <button type="submit" class="button" aria-label=says>{label}</button>
        </FormSheet>
    }
    .into_any()
}

/// What the category entitles to, as the office's template has it.
#[component]
fn Ceremonial(honours: Honours, category: String) -> impl IntoView {
    let words = use_words();
    if honours.is_empty() {
        return ().into_any();
    }
    let facts = super::words::honours_in_words(words, honours)
        .into_iter()
        .map(|(term, says)| view! { <Fact term=term><span dir="auto">{says}</span></Fact> })
        .collect_view();
    view! {
        <section aria-labelledby="ceremonial">
            <h2 id="ceremonial">{words.tasks_honours_title()}</h2>
            <p class="faint">{words.tasks_honours_says(category)}</p>
            <Facts>{facts}</Facts>
        </section>
    }
    .into_any()
}
