//! A visit's programme by day.

use super::{
    keys::listen,
    line::ProgrammeLine,
    server_fns::load_programme,
    view::{LineView, ProgrammeView},
};
use crate::{
    components::Empty,
    errors::ErrorPage,
    visits::{VisitHeading, VisitTab},
    words::{date_in_words, day_in_words, use_words},
};
use chrono::NaiveDate;
use domain::marking::view::VisitView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The lines under the day on which each starts, on the clocks of its start.
fn by_day(lines: Vec<LineView>) -> Vec<(NaiveDate, Vec<LineView>)> {
    let mut days: Vec<(NaiveDate, Vec<LineView>)> = Vec::new();
    for line in lines {
        let date = line.item.starts.local.date();
        // Lines come in the order of their instants; two zones may turn their calendars back by a day in between.
        match days.iter_mut().find(|(day, _)| *day == date) {
            Some((_, lines)) => lines.push(line),
            None => days.push((date, vec![line])),
        }
    }
    days.sort_by_key(|(day, _)| *day);
    days
}

/// A visit: its head, and its lines by day on two clocks.
#[component]
pub fn ProgrammePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), query.read().get("saved").unwrap_or_default()),
        |(id, saved)| load_programme(id, saved),
    );
    listen();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Programme view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn link(to: String, label: String) -> AnyView {
    view! { <a class="button" href=to>{label}</a> }.into_any()
}

#[component]
fn Programme(view: ProgrammeView) -> impl IntoView {
    let words = use_words();
    let marking = view.marking();
    let ProgrammeView { head, lines, release } = view;
    let (visit, rights) = (head.visit.clone(), head.rights);
    let path = format!("/visits/{}", visit.id);
    let last = lines.last().map(|line| format!("?after={}", line.item.id)).unwrap_or_default();
    let add = format!("{path}/items/new{last}");
    let actions = [
        rights.edit_programme.then(|| {
            view! { <a class="button main" id="add-line" href=add aria-keyshortcuts="n">{words.programme_add()} " " <kbd>"n"</kbd></a> }
                .into_any()
        }),
        rights.release.then(|| link(format!("{path}/releases"), words.programme_release_do())),
        (rights.print && !lines.is_empty()).then(|| link(format!("{path}/print"), words.printing_do())),
        rights.subscribe.then(|| link(format!("/calendars?scope=visit:{}", visit.id), words.programme_subscribe())),
        rights.edit.then(|| link(format!("{path}/edit"), words.visits_edit_title())),
    ];
    // Of a line on the visit's own clocks: one of a flight may be on others.
    let clocks = lines.iter().map(|line| &line.item).find(|item| item.starts.zone.as_str() == visit.zone);
    let difference = clocks.and_then(|item| Some((item.capital.as_ref()?.difference, item.shift)));
    let body = match (lines.is_empty(), visit.is_draft) {
        (true, true) => view! { <Empty title=words.programme_none_title() says=words.programme_none_says() /> }.into_any(),
        (true, false) => view! { <Empty title=words.programme_closed_title() says=words.programme_closed_says() /> }.into_any(),
        (false, _) => {
            let count = visit.starts_on.zip(visit.ends_on).map(|(from, to)| (from, (to - from).num_days() + 1));
            by_day(lines)
                .into_iter()
                .map(|(date, lines)| {
                    view! { <Day date=date first=count lines=lines visit=visit.clone() may_edit=rights.edit_programme /> }
                })
                .collect_view()
                .into_any()
        }
    };
    view! {
        <VisitHeading head=head tab=VisitTab::Programme marking=marking difference=difference>
            {actions.into_iter().flatten().collect_view()}
        </VisitHeading>
        {release.map(|release| {
            let on = date_in_words(words, release.on);
            view! { <p class="faint">{words.programme_release(release.number, on, release.code)}</p> }
        })}
        {body}
    }
    .into_any()
}

#[component]
fn Day(
    /// The day.
    date: NaiveDate,
    /// The visit's first day and how many it has.
    #[prop(optional_no_strip)]
    first: Option<(NaiveDate, i64)>,
    /// The day's lines.
    lines: Vec<LineView>,
    /// The visit.
    visit: VisitView,
    /// Whether the reader may change lines.
    may_edit: bool,
) -> impl IntoView {
    let words = use_words();
    let id = format!("day-{date}");
    let labelled = id.clone();
    let number = first.map(|(from, days)| ((date - from).num_days() + 1, days)).filter(|(number, days)| (1..=*days).contains(number));
    let says = match number {
        Some((number, days)) => words.programme_day_of(number, days, lines.len()),
        None => words.programme_day_lines(lines.len()),
    };
    let lines = lines.into_iter().map(|line| view! { <ProgrammeLine line=line visit=visit.clone() may_edit=may_edit /> }).collect_view();
    view! {
        <section class="day" aria-labelledby=labelled>
            <header>
                <h2 id=id><time datetime=date.to_string()>{day_in_words(words, date)}</time></h2>
                <small>{says}</small>
            </header>
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_programme_without_lines_has_no_days() {
        assert!(by_day(Vec::new()).is_empty());
    }
}
