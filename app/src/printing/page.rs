//! A programme on paper: one table, whose head and foot the browser repeats on every page.

use super::{server_fns::load_print, view::PrintView, words::depth_in_words};
use crate::{
    components::{MarkingTag, PageHead},
    errors::ErrorPage,
    programme::{
        line::time_shown,
        words::{place_in_words, role_in_words, title_in_words},
    },
    visits::words::title_in_words as visit_in_words,
    words::{date_in_words, use_words},
};
use domain::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    programme::print::Depth,
    time::clocks::hours_minutes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The columns of the table.
const COLUMNS: &str = "5";

/// A programme to be printed, at a depth that the address names.
#[component]
pub fn PrintPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), query.read().get("depth").unwrap_or_default()),
        |(id, depth)| load_print(id, depth),
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Paper view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Paper(view: PrintView) -> impl IntoView {
    let words = use_words();
    let PrintView { printed, printed_at, office } = view;
    let (visit, marking, depth) = (printed.visit, printed.marking, printed.depth);
    let path = format!("/visits/{}", visit.id);
    let depths = Depth::ALL
        .iter()
        .map(|one| {
            let to = format!("{path}/print?depth={}", one.word());
            view! { <a class="button" href=to aria-current=(*one == depth).then_some("true")>{depth_in_words(words, *one)}</a> }
        })
        .collect_view();
    let version = match printed.release {
        Some(release) => words.printing_version(release.number, release.code),
        None => words.visits_draft(),
    };
    let printed_on = format!("{} {}", date_in_words(words, printed_at.local.date()), hours_minutes(printed_at.local));
    let printed_on = words.printing_printed(printed_on);
    let days = printed
        .items
        .chunk_by(|one, next| one.starts.local.date() == next.starts.local.date())
        .map(|lines| view! { <Day lines=lines.to_vec() visit=visit.clone() /> })
        .collect_view();
    let title = visit_in_words(words, &visit);
    let capital = visit.capital.clone().unwrap_or_else(|| words.visits_fact_capital());
    view! {
        <PageHead title=title>
            <div class="actions">{depths}<a class="button" href=path>{words.printing_back()}</a></div>
            <p class="faint actions">{words.printing_says()}</p>
        </PageHead>
        <table class="paper a4">
            <thead>
                <tr><td colspan=COLUMNS><Running marking=marking left=office right=version.clone() /></td></tr>
                <tr>
                    <th scope="col">{visit.place.clone()}</th>
                    <th scope="col">{capital}</th>
                    <th scope="col">{words.programme_field_title()}</th>
                    <th scope="col">{words.programme_part_place()}</th>
                    <th scope="col">{words.programme_part_people()}</th>
                </tr>
            </thead>
            <tfoot>
                <tr><td colspan=COLUMNS><Running marking=marking left=printed_on right=version /></td></tr>
            </tfoot>
            {days}
        </table>
    }
    .into_any()
}

/// What stands at the head and the foot of every page, the marking in its middle.
#[component]
fn Running(marking: Marking, left: String, right: String) -> impl IntoView {
    view! { <div class="running"><span dir="auto">{left}</span><MarkingTag marking=marking /><span class="num">{right}</span></div> }
}

#[component]
fn Day(lines: Vec<ItemView>, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let date = lines.first().map(|line| date_in_words(words, line.starts.local.date()));
    let rows = lines.into_iter().map(|line| view! { <Row item=line visit=visit.clone() /> }).collect_view();
    view! { <tbody><tr><th scope="rowgroup" colspan=COLUMNS>{date}</th></tr>{rows}</tbody> }.into_any()
}

#[component]
fn Row(item: ItemView, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let under = item.starts.local.date();
    let said = |time: String, days: i64| if days == 0 { time } else { format!("{time} ({days:+})") };
    let (from, until) = (time_shown(&item.starts, &visit, under), time_shown(&item.ends, &visit, under));
    let mut times = format!("{} – {}", from.time, said(until.time, i64::from(until.day_marker)));
    // Where a line is on other clocks than the column's, the row says which.
    if item.starts.zone.as_str() != visit.zone || item.ends.zone != item.starts.zone {
        times = format!("{times} ({} – {})", from.place, until.place);
    }
    let capital = item.capital.as_ref().map(|capital| said(hours_minutes(capital.moment.local), i64::from(capital.day_marker)));
    let people = item.people.as_ref().map(|people| {
        let said: Vec<String> = people.iter().map(|person| format!("{} ({})", person.name, role_in_words(words, person.role))).collect();
        said.join(", ")
    });
    let movement = item.movement.as_ref().map(|movement| {
        let parts = [movement.carrier.clone(), movement.route.clone(), movement.vehicles.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    view! {
        <tr>
            <td class="num">{times}</td>
            <td class="num">{capital}</td>
            <td>
                <b dir="auto">{title_in_words(words, &item)}</b>
                {item.notes.clone().map(|notes| view! { <br /><span dir="auto">{notes}</span> })}
            </td>
            <td dir="auto">
                {place_in_words(words, &item)}
                {movement.map(|movement| view! { <span dir="auto">{movement}</span> })}
            </td>
            <td dir="auto">{people}</td>
        </tr>
    }
    .into_any()
}
