//! The pages that take in a file, and tell what became of it.

use super::{
    rows::WrongRows,
    server_fns::load_import,
    view::{ImportKind, ImportOutcome, ImportView},
};
use crate::{
    components::PageHead,
    errors::{ErrorPage, Trouble},
    words::{use_words, words_of_file_problem},
};
use domain::imports::{ImportRefusal, ImportReport, MOST_BYTES, MOST_ROWS};
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

/// The page that takes in a file of rooms.
#[component]
pub fn RoomImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::Rooms /> }
}

/// The page that takes in a file of sites.
#[component]
pub fn SiteImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::Sites /> }
}

/// The page that takes in a file of blackouts.
#[component]
pub fn BlackoutImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::Blackouts /> }
}

/// The page that takes in a file of holidays.
#[component]
pub fn HolidayImportPage() -> impl IntoView {
    view! { <ImportPage import=ImportKind::Holidays /> }
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
        ImportKind::Rooms => (words.imports_rooms_title(), words.imports_rooms_says(), words.shell_menu_rooms()),
        ImportKind::Sites => (words.imports_sites_title(), words.imports_sites_says(), words.rooms_sites_title()),
        ImportKind::Blackouts => (words.imports_blackouts_title(), words.imports_blackouts_says(), words.blackouts_title()),
        ImportKind::Holidays => (words.holidays_import_title(), words.holidays_import_says(), words.holidays_title()),
    };
    let hint = match import {
        ImportKind::Holidays => words.holidays_import_hint(),
        _ => words.imports_take_in_hint(MOST_BYTES / (1024 * 1024), MOST_ROWS),
    };
    let columns = (!needed.is_empty()).then(|| {
        view! {
            <details>
                <summary>{words.imports_columns_title()}</summary>
                <p>{words.imports_columns_needed(needed.join(", "))}</p>
                <p>{words.imports_columns_optional(optional.join(", "))}</p>
                <p>{words.imports_take_in_columns()}</p>
            </details>
        }
    });
    let out = import.file().map(|file| view! { <a class="button" href=file rel="external" download="">{words.imports_give_out()}</a> });
    let eyebrow = move || view! { <a href=import.list()>{list}</a> }.into_any();
    let report = outcome.map(|outcome| match outcome {
        ImportOutcome::Taken(report) => view! { <Taken report=report /> }.into_any(),
        ImportOutcome::Refused { refusal, more } => view! { <Refused refusal=refusal more=more /> }.into_any(),
        ImportOutcome::Trouble(error) => view! { <Trouble error=error /> }.into_any(),
    });
    let lost = is_lost.then(|| view! { <div class="clash warn" role="alert"><strong>{words.imports_lost()}</strong></div> });
    view! {
        <PageHead title=title eyebrow=eyebrow><p class="prose">{says}</p></PageHead>
        {report}
        {lost}
        // A plain form, also with scripts: the browser itself sends the file, and the answer is a page.
        <form class="sheet" method="post" enctype="multipart/form-data" action=import.path()>
            <div class="field">
                <label for="file">{words.imports_field_file()}</label>
                <span class="hint" id="file-hint">{hint}</span>
                <input type="file" id="file" name="file" accept=import.accepts() required=true aria-describedby="file-hint" />
            </div>
            <div class="actions">
                <button type="submit" class="button main">{words.imports_take_in_do()}</button>
                {out}
            </div>
        </form>
        {columns}
    }
    .into_any()
}

#[component]
fn Taken(report: ImportReport) -> impl IntoView {
    let words = use_words();
    let ignored = (!report.ignored_columns.is_empty()).then(|| words.imports_ignored(report.ignored_columns.join(", ")));
    view! {
        <div class="clash note" role="status">
            <strong>{words.imports_taken_title()}</strong>
            <p>{words.imports_done(report.added, report.changed, report.unchanged)}</p>
            {ignored.map(|ignored| view! { <p class="faint" dir="auto">{ignored}</p> })}
        </div>
    }
    .into_any()
}

/// Why nothing was taken in. It takes the focus, as the list of problems of a form does.
#[component]
fn Refused(refusal: ImportRefusal, more: u32) -> impl IntoView {
    let words = use_words();
    let says = match refusal {
        ImportRefusal::File { problem } => view! { <p>{words_of_file_problem(words, &problem)}</p> }.into_any(),
        ImportRefusal::Rows { rows } => {
            let count = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(more);
            let beyond = (more > 0).then(|| view! { <p>{words.imports_refused_more(more)}</p> });
            view! {
                <p>{words.imports_refused_rows(count)}</p>
                <WrongRows rows=rows label=words.imports_refused_title() />
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
