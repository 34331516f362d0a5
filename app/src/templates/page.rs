//! The page that lists the templates, and the page of the form of one.

use super::{
    form::{LINES, TASKS, TemplateForm},
    server_fns::{SaveTemplate, load_template_form, load_templates},
    view::{TemplateFormView, TemplatesView},
};
use crate::{
    components::{Button, Choice, Entries, Field, FormSheet, Hidden, PageHead, Select, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    programme::words::kind_in_words,
    visits::{
        view::TemplateBrings,
        words::{category_in_words, word_of},
    },
    words::use_words,
};
use domain::{programme::ItemKind, templates::DayCount};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The templates of all categories, each leading to its form.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_templates());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Templates view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Templates(view: TemplatesView) -> impl IntoView {
    let words = use_words();
    let eyebrow = move || view! { <a href="/settings">{words.shell_menu_settings()}</a> }.into_any();
    let rows = view
        .templates
        .into_iter()
        .map(|TemplateBrings { category, lines, tasks }| {
            let to = format!("/settings/templates/{}", word_of(&category));
            view! {
                <tr>
                    <th scope="row"><a href=to>{category_in_words(words, category)}</a></th>
                    <td class="num">{lines}</td>
                    <td class="num">{tasks}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <PageHead title=words.templates_title() eyebrow=eyebrow><p class="prose">{words.templates_says()}</p></PageHead>
        <div class="table" tabindex="0" role="region" aria-label=words.templates_title()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.visits_field_category()}</th>
                        <th scope="col">{words.templates_lines_title()}</th>
                        <th scope="col">{words.templates_tasks_title()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The page that changes a category's template.
#[component]
pub fn TemplatePage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("category").unwrap_or_default(), load_template_form);
    let draft = use_draft();
    let action = ServerAction::<SaveTemplate>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <TemplateSheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn TemplateSheet(view: TemplateFormView, draft: Option<Draft>, action: ServerAction<SaveTemplate>) -> impl IntoView {
    let words = use_words();
    let start = Start::of(&view.stored, draft.as_ref());
    let (lines, tasks) = (LINES.shown(start.typed()), TASKS.shown(start.typed()));
    let eyebrow = move || view! { <a href="/settings/templates">{words.templates_title()}</a> }.into_any();
    view! {
        <PageHead title=category_in_words(words, view.category) eyebrow=eyebrow><p class="prose">{words.templates_form_says()}</p></PageHead>
        <FormSheet action=action start=start id=TemplateForm::NAME>
            <Hidden name="category" />
            <Hidden name="seen" />
            <Lines rows=lines />
            <Tasks rows=tasks />
            <fieldset class="group">
                <legend>{words.tasks_honours_title()}</legend>
                <Field name="greeter" label=words.templates_field_greeter() optional=true />
                <Field name="anthems" label=words.templates_field_anthems() optional=true />
                <Field name="guard" label=words.templates_field_guard() optional=true />
                <Field name="gifts" label=words.templates_field_gifts() optional=true />
                <Field name="banquet" label=words.templates_field_banquet() optional=true />
            </fieldset>
            <div class="actions">
                <Button weight=Weight::Main>{words.templates_save()}</Button>
                <a class="button" href="/settings/templates">{words.visits_form_cancel()}</a>
            </div>
        </FormSheet>
    }
    .into_any()
}

/// A row for each usual line.
#[component]
fn Lines(rows: u32) -> impl IntoView {
    let words = use_words();
    let kinds: Vec<Choice> = ItemKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind_in_words(words, *kind))).collect();
    let rows = (1..=rows)
        .map(|row| {
            let (field, kinds) = (|part: &str| LINES.field(row, part), kinds.clone());
            view! {
                <tr>
                    <td><Field name=field("day") label=words.templates_line_day_of(row) optional=true bare=true /></td>
                    <td><Field name=field("starts") label=words.templates_line_starts_of(row) optional=true bare=true /></td>
                    <td><Field name=field("minutes") label=words.templates_line_minutes_of(row) optional=true bare=true /></td>
                    <td><Select name=field("kind") label=words.templates_line_kind_of(row) choices=kinds optional=true bare=true /></td>
                    <td><Field name=field("title") label=words.templates_line_title_of(row) optional=true bare=true /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        words.templates_line_day(),
        words.templates_line_starts(),
        words.templates_line_minutes(),
        words.templates_line_kind(),
        words.templates_line_title(),
    ];
    view! {
        <Entries title=words.templates_lines_title() hint=words.templates_lines_hint() columns=columns worded=true>
            {rows}
        </Entries>
    }
    .into_any()
}

/// A row for each usual task.
#[component]
fn Tasks(rows: u32) -> impl IntoView {
    let words = use_words();
    let counts = [
        Choice::new(DayCount::WorkingDays.word(), words.templates_count_working_days()),
        Choice::new(DayCount::Days.word(), words.templates_count_days()),
    ];
    let rows = (1..=rows)
        .map(|row| {
            let (field, counts) = (|part: &str| TASKS.field(row, part), counts.to_vec());
            view! {
                <tr>
                    <td><Field name=field("before") label=words.templates_task_before_of(row) optional=true bare=true /></td>
                    <td><Select name=field("count") label=words.templates_task_count_of(row) choices=counts optional=true bare=true /></td>
                    <td><Field name=field("words") label=words.templates_task_words_of(row) optional=true bare=true /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [words.templates_task_before(), words.templates_task_count(), words.tasks_field_words()];
    view! {
        <Entries title=words.templates_tasks_title() hint=words.templates_tasks_hint() columns=columns worded=true>
            {rows}
        </Entries>
    }
    .into_any()
}
