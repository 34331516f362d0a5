//! The pages that take in a file, and tell what became of it.

use super::{
    server_fns::load_import,
    view::{ImportKind, ImportOutcome, ImportView},
};
use crate::{
    components::PageHead,
    errors::{ErrorPage, Trouble},
    words::{use_words, words_of_problem},
};
use domain::imports::{FileProblem, ImportRefusal, ImportReport, MOST_BYTES, MOST_ROWS, RowProblem};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page that takes in a file of missions.
#[component]
pub fn MissionImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::Missions /> }
}

/// The page that takes in a file of people.
#[component]
pub fn PersonImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::People /> }
}

#[component]
fn ImportPage(import: ImportKind) -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new_blocking(move || query.read().get("draft").unwrap_or_default(), move |draft| load_import(import, draft));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <ImportSheet import=import view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn ImportSheet(import: ImportKind, view: ImportView) -> impl IntoView {
    let words = use_words();
    let ImportView { outcome, is_lost, needed, optional } = view;
    let (title, says, list) = match import {
        ImportKind::Missions => (words.imports_missions_title(), words.imports_missions_says(), words.shell_menu_missions()),
        ImportKind::People => (words.imports_people_title(), words.imports_people_says(), words.shell_menu_people()),
    };
    let eyebrow = move || view! { <a href=import.list()>{list}</a> }.into_any();
    let report = outcome.map(|outcome| match outcome {
        ImportOutcome::Taken(report) => view! { <Taken report=report /> }.into_any(),
        ImportOutcome::Refused { refusal, more } => view! { <Refused refusal=refusal more=more /> }.into_any(),
        ImportOutcome::Trouble(error) => view! { <Trouble error=error /> }.into_any(),
    });
    let lost = is_lost.then(|| view! { <div class="clash warn" role="alert"><strong>{words.imports_lost()}</strong></div> });
    let columns = |columns: Vec<String>| columns.into_iter().map(|column| view! { <code>{column}</code> " " }).collect_view();
    view! {
        <PageHead title=title eyebrow=eyebrow><p class="prose">{says}</p></PageHead>
        {report}
        {lost}
        // A plain form, also with scripts: the browser itself sends the file, and the answer is a page.
        <form class="sheet" method="post" enctype="multipart/form-data" action=import.path()>
            <div class="field">
                <label for="file">{words.imports_field_file()}</label>
                <span class="hint" id="file-hint">{words.imports_field_file_hint(MOST_BYTES / (1024 * 1024), MOST_ROWS)}</span>
                <input type="file" id="file" name="file" accept=".csv,text/csv" required=true aria-describedby="file-hint" />
            </div>
            <div class="actions">
                <button type="submit" class="button main">{words.imports_do()}</button>
                <a class="button" href=import.file() rel="external" download="">{words.imports_give_out()}</a>
            </div>
        </form>
        <details>
            <summary>{words.imports_columns_title()}</summary>
            <p>{words.imports_columns_needed()} " " {columns(needed)}</p>
            <p>{words.imports_columns_optional()} " " {columns(optional)}</p>
        </details>
    }
    .into_any()
}

#[component]
fn Taken(report: ImportReport) -> impl IntoView {
    let words = use_words();
    let ignored = (!report.ignored_columns.is_empty()).then(|| words.imports_ignored(report.ignored_columns.join(", ")));
    view! {
        <div class="clash note" role="status">
            <strong>{words.imports_done_title()}</strong>
            <p>{words.imports_done(report.added, report.changed, report.unchanged)}</p>
            {ignored.map(|ignored| view! { <p class="faint" dir="auto">{ignored}</p> })}
        </div>
    }
    .into_any()
}

fn file_problem_in_words(words: Words, problem: &FileProblem) -> String {
    match problem {
        FileProblem::Empty => words.imports_file_empty(),
        FileProblem::NotUtf8 { line } => words.imports_file_not_utf8(*line),
        FileProblem::TooLarge { .. } => words.imports_file_too_large(),
        FileProblem::TooManyRows { most } => words.imports_file_too_many_rows(*most),
        FileProblem::MissingColumns { columns } => words.imports_file_missing_columns(columns.join(", ")),
        FileProblem::ColumnTwice { column } => words.imports_file_column_twice(column),
    }
}

/// Why nothing was taken in. It takes the focus, as the list of problems of a form does.
#[component]
fn Refused(refusal: ImportRefusal, more: u32) -> impl IntoView {
    let words = use_words();
    let says = match refusal {
        ImportRefusal::File { problem } => view! { <p>{file_problem_in_words(words, &problem)}</p> }.into_any(),
        ImportRefusal::Rows { rows } => {
            let count = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(more);
            let beyond = (more > 0).then(|| view! { <p>{words.imports_refused_more(more)}</p> });
            view! {
                <p>{words.imports_refused_rows(count)}</p>
                <WrongLines rows=rows />
                {beyond}
            }
            .into_any()
        }
    };
    view! {
        <div class="problems" role="alert" tabindex="-1" autofocus=true>
            <h2>{words.imports_refused_title()}</h2>
            {says}
        </div>
    }
    .into_any()
}

/// Each wrong line by its number, with what is wrong column by column.
#[component]
fn WrongLines(rows: Vec<RowProblem>) -> impl IntoView {
    let words = use_words();
    let lines = rows
        .into_iter()
        .flat_map(|row| row.problems.into_iter().map(move |problem| (row.line, problem)))
        .map(|(line, problem)| {
            // A row that is wrong as a whole has no column.
            let (column, why) = match problem.field.as_str() {
                "row" => (None, words.imports_row_shape()),
                _ => (Some(problem.field), words_of_problem(words, &problem.problem)),
            };
            view! {
                <tr>
                    <th scope="row" class="num">{line}</th>
                    <td>{column.map(|column| view! { <code>{column}</code> })}</td>
                    <td>{why}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table" tabindex="0" role="region" aria-label=words.imports_refused_title()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.imports_column_line()}</th>
                        <th scope="col">{words.imports_column_column()}</th>
                        <th scope="col">{words.imports_column_why()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
