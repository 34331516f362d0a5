//! The page of an import.

use super::{
    server_fns::{ImportLines, load_import},
    view::{ChooseFileForm, FileShown, ImportForm, ImportView, count_of},
};
use crate::{
    components::{Button, Chip, FileField, FormSheet, Hidden, UploadSheet, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    imports::{WrongRows, reason_in_words},
    programme::{
        line::LineClocks,
        page::by_day,
        words::{kind_in_words, title_in_words},
    },
    visits::{VisitHeading, VisitTab},
    words::{day_in_words, use_words, words_of_file_problem},
};
use chrono::NaiveDate;
use domain::{
    imports::RowProblem,
    marking::{Marking, view::VisitView},
    problems::{FieldProblem, Problem},
    programme::{
        ItemKind,
        import::{ImportAction, ImportPreview, ImportRow, NEEDED, OPTIONAL},
    },
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page on which a file is chosen, shown and imported.
#[component]
pub fn ImportPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), query.read().get("file").unwrap_or_default()),
        |(visit, file)| load_import(visit, file),
    );
    let draft = use_draft();
    let import = ServerAction::<ImportLines>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Import view=view draft=draft import=import /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Import(view: ImportView, draft: Option<Draft>, import: ServerAction<ImportLines>) -> impl IntoView {
    let words = use_words();
    let visit = view.head.visit.clone();
    let path = format!("/visits/{}", visit.id);
    let choose = Start::of(&ChooseFileForm { id: visit.id.to_string() }, draft.as_ref());
    let marking = match &view.file {
        Some((_, FileShown::Preview(preview))) => preview.rows.iter().map(|row| row.view.marking).max().unwrap_or(Marking::Clear),
        _ => Marking::Clear,
    };
    let was_chosen = view.file.is_some();
    let shown = view.file.map(|(file, shown)| match shown {
        FileShown::Lost => view! { <p class="trouble" role="alert">{words.imports_file_lost()}</p> }.into_any(),
        FileShown::Refused(problem) => view! { <p class="trouble" role="alert">{words_of_file_problem(words, &problem)}</p> }.into_any(),
        FileShown::Preview(preview) => {
            let start = Start::of(&ImportForm { id: visit.id.to_string(), file }, draft.as_ref());
            view! { <Preview preview=preview visit=visit start=start import=import /> }.into_any()
        }
    });
    let title = if was_chosen { words.imports_choose_again_title() } else { words.imports_title() };
    let kinds: Vec<&str> = ItemKind::ALL.iter().map(|kind| kind.word()).collect();
    view! {
        <VisitHeading head=view.head tab=VisitTab::None marking=marking />
        {shown}
        <section aria-labelledby="choose">
            <h2 id="choose">{title}</h2>
            <p class="prose faint">{words.imports_says()}</p>
            <UploadSheet action=format!("{path}/import") start=choose id=ChooseFileForm::NAME>
                <FileField name="file" label=words.imports_field_file() hint=words.imports_field_file_hint() accept=".csv,text/csv" />
                <details>
                    <summary>{words.imports_columns_title()}</summary>
                    <ul class="prose">
                        <li>{words.imports_columns_needed(NEEDED.join(", "))}</li>
                        <li>{words.imports_columns_optional(OPTIONAL.join(", "))}</li>
                        <li>{words.imports_columns_times()}</li>
                        <li>{words.imports_columns_kinds(kinds.join(", "))}</li>
                    </ul>
                </details>
                <div class="actions">
                    <Button weight=if was_chosen { Weight::Plain } else { Weight::Main }>{words.imports_choose_do()}</Button>
                    <a class="button" href=path>{words.visits_form_cancel()}</a>
                </div>
            </UploadSheet>
        </section>
    }
    .into_any()
}

/// What a file would do: its bad rows, or its lines and the button that imports them.
#[component]
fn Preview(preview: ImportPreview, visit: VisitView, start: Start, import: ServerAction<ImportLines>) -> impl IntoView {
    let words = use_words();
    let count = |action| count_of(&preview, action);
    let (added, changed) = (count(ImportAction::New), count(ImportAction::Changed));
    let counts = words.imports_counts(added, changed, count(ImportAction::Unchanged), count(ImportAction::Kept));
    let ignored = (!preview.ignored_columns.is_empty()).then(|| words.imports_ignored(preview.ignored_columns.join(", ")));
    let problems = preview.problems;
    let next = if !problems.is_empty() {
        view! { <BadRows rows=problems /> }.into_any()
    } else if added + changed == 0 {
        view! { <p class="done" role="status">{words.imports_nothing_to_do()}</p> }.into_any()
    } else {
        view! {
            <FormSheet action=import start=start id=ImportForm::NAME bare=true>
                <Hidden name="id" />
                <Hidden name="file" />
                <div class="actions"><Button weight=Weight::Main>{words.imports_do(added + changed)}</Button></div>
            </FormSheet>
        }
        .into_any()
    };
    let days = by_day(preview.rows, |row| row.view.starts.local.date())
        .into_iter()
        .map(|(date, rows)| view! { <PreviewDay date=date rows=rows visit=visit.clone() /> })
        .collect_view();
    view! {
        <section aria-labelledby="preview">
            <h2 id="preview">{words.imports_preview_title()}</h2>
            <p>{counts}</p>
            {ignored.map(|ignored| view! { <p class="faint" dir="auto">{ignored}</p> })}
            {next}
            {days}
        </section>
    }
    .into_any()
}

#[component]
fn PreviewDay(date: NaiveDate, rows: Vec<ImportRow>, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let id = format!("day-{date}");
    let labelled = id.clone();
    let rows = rows.into_iter().map(|row| view! { <PreviewLine row=row visit=visit.clone() /> }).collect_view();
    view! {
        <section class="day" aria-labelledby=labelled>
            <header><h3 id=id><time datetime=date.to_string()>{day_in_words(words, date)}</time></h3></header>
            <ol>{rows}</ol>
        </section>
    }
    .into_any()
}

/// A line as it would be, with what would be done and what there is to know of it.
#[component]
fn PreviewLine(row: ImportRow, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let ImportRow { line, view: item, action, warnings } = row;
    let action = match action {
        ImportAction::New => words.imports_action_new(),
        ImportAction::Changed => words.imports_action_changed(),
        ImportAction::Unchanged => words.imports_action_unchanged(),
        ImportAction::Kept => words.imports_action_kept(),
    };
    let (title, place, notes) = (title_in_words(words, &item), item.place.clone(), item.notes.clone());
    let kind = item.kind.map(|kind| kind_in_words(words, kind));
    let warnings =
        warnings.into_iter().map(|warning| view! { <div class="clash warn"><strong dir="auto">{warning}</strong></div> }).collect_view();
    view! {
        <li class="line wished">
            <LineClocks item=item visit=visit />
            <div class="what">
                <b dir="auto">{title}</b>
                {place.map(|place| view! { <span class="where" dir="auto">{place}</span> })}
                {notes.map(|notes| view! { <span class="notes" dir="auto">{notes}</span> })}
            </div>
            <div class="side">
                <Chip>{action}</Chip>
                {kind.map(|kind| view! { <Chip>{kind}</Chip> })}
                <span class="faint num">{words.imports_line_of_file(line)}</span>
            </div>
            {warnings}
        </li>
    }
    .into_any()
}

/// What is wrong in a cell of a programme, by what the cell should hold.
fn cell_in_words(words: Words, problem: &FieldProblem) -> String {
    match (problem.field.as_str(), &problem.problem) {
        ("title", Problem::AlreadyTaken) => words.imports_row_twice(),
        ("date", Problem::NotATime) => words.imports_row_no_date(),
        ("start" | "end", Problem::NotATime) => words.imports_row_no_time(),
        _ => reason_in_words(words, problem),
    }
}

#[component]
fn BadRows(rows: Vec<RowProblem>) -> impl IntoView {
    let words = use_words();
    let title = words.imports_rows_title(rows.len());
    view! {
        <div class="problems" role="alert">
            <h3>{title.clone()}</h3>
            <p>{words.imports_rows_says()}</p>
        </div>
        <WrongRows rows=rows label=title reason=cell_in_words />
    }
    .into_any()
}
