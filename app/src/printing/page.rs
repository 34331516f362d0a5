//! A programme on paper: one table, whose head and foot the browser repeats on every page.

use super::{
    server_fns::load_print,
    view::PrintView,
    words::{depth_in_words, paper_in_words},
};
use crate::{
    components::{MarkingTag, PageHead},
    errors::ErrorPage,
    programme::{
        line::time_shown,
        page::{LineTold, told_of_line},
        words::{people_in_words, place_in_words, state_in_words, title_in_words},
    },
    releases::changed_words::{counts_in_words, visit_change_in_words},
    visits::words::title_in_words as visit_in_words,
    words::{date_in_words, dates_in_words, use_words},
};
use domain::{
    marking::{
        Marking,
        view::{ItemView, VisitView},
    },
    programme::{
        ItemState,
        print::{Depth, Paper, PrintedChanges},
    },
    releases::Audience,
    time::clocks::hours_minutes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The columns of the table.
const COLUMNS: &str = "4";

/// A programme to be printed, at a depth that the address names.
#[component]
pub fn PrintPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || {
            let query = query.read();
            let asked = |name: &str| query.get(name).unwrap_or_default();
            (params.read().get("id").unwrap_or_default(), asked("depth"), asked("audience"))
        },
        |(id, depth, audience)| load_print(id, depth, audience),
    );
    view! {
        <Suspense>
            {move || {
                let chosen = query.read().get("paper").and_then(|word| Paper::from_word(&word));
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            let paper = chosen.unwrap_or(view.usual_paper);
                            view! { <Printed view=view paper=paper /> }.into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Printed(view: PrintView, paper: Paper) -> impl IntoView {
    let words = use_words();
    let PrintView { printed, printed_at, office, code_page, .. } = view;
    let changes = printed.changes.clone();
    let (visit, marking, depth) = (printed.visit, printed.marking, printed.depth);
    let audience = printed.release.as_ref().map(|release| release.audience);
    let code_says = printed.release.is_some().then(|| words.printing_code(code_page));
    let version = match printed.release {
        Some(release) => words.printing_version(release.number, release.code),
        None => words.printing_draft(),
    };
    let printed_on = format!("{} {}", date_in_words(words, printed_at.local.date()), hours_minutes(printed_at.local));
    let printed_on = words.printing_printed(printed_on);
    let days = printed
        .items
        .chunk_by(|one, next| one.starts.local.date() == next.starts.local.date())
        .map(|lines| view! { <Day lines=lines.to_vec() visit=visit.clone() changes=changes.clone() /> })
        .collect_view();
    let title = visit_in_words(words, &visit);
    let dates = visit.starts_on.zip(visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let capital = visit.capital.clone().unwrap_or_else(|| words.visits_fact_capital());
    let class = format!("paper {}", paper.word());
    view! {
        <PageHead title=title.clone()><Choices path=format!("/visits/{}", visit.id) depth=depth paper=paper audience=audience /></PageHead>
        <div class="table desk" tabindex="0" role="region" aria-label=words.printing_preview()>
            <table class=class>
                <colgroup><col class="time" /><col class="time" /><col /><col class="place" /></colgroup>
                <thead>
                    <tr><td colspan=COLUMNS><Running marking=marking left=office right=version.clone() /></td></tr>
                    <tr>
                        <td colspan=COLUMNS>
                            <div class="letterhead"><span class="title" dir="auto">{title}</span> <span>{dates}</span></div>
                        </td>
                    </tr>
                    <tr>
                        <th scope="col">{visit.place.clone()}</th>
                        <th scope="col">{capital}</th>
                        <th scope="col">{words.programme_field_title()}</th>
                        <th scope="col">{words.programme_part_place()}</th>
                    </tr>
                </thead>
                <tfoot>
                    <tr><td colspan=COLUMNS><Running marking=marking left=printed_on right=version /></td></tr>
                </tfoot>
                {days}
                {changes.map(|changes| view! { <Since changes=changes visit=visit.clone() /> })}
                {code_says.map(|says| view! { <tbody><tr><td colspan=COLUMNS>{says}</td></tr></tbody> })}
            </table>
        </div>
    }
    .into_any()
}

/// How much is printed, and on what; each choice is an address.
#[component]
fn Choices(path: String, depth: Depth, paper: Paper, audience: Option<Audience>) -> impl IntoView {
    let words = use_words();
    let to = {
        let path = path.clone();
        let of = audience.map(|audience| format!("&audience={}", audience.word())).unwrap_or_default();
        move |depth: Depth, paper: Paper| format!("{path}/print?depth={}&paper={}{of}", depth.word(), paper.word())
    };
    let link = |to: String, label: String, is_chosen: bool| {
        view! { <a class="button" href=to aria-current=is_chosen.then_some("true")>{label}</a> }
    };
    let depths: Vec<_> = Depth::ALL.iter().map(|one| link(to(*one, paper), depth_in_words(words, *one), *one == depth)).collect();
    let papers: Vec<_> = Paper::ALL.iter().map(|one| link(to(depth, *one), paper_in_words(words, *one), *one == paper)).collect();
    view! {
        <div class="actions">
            <PrintButton />
            <div class="choices" role="group" aria-label=words.printing_depths()>{depths}</div>
            <div class="choices" role="group" aria-label=words.printing_papers()>{papers}</div>
            <a class="button" href=path>{words.printing_back()}</a>
        </div>
        <p class="faint actions">{words.printing_says()}</p>
    }
    .into_any()
}

/// Opens the browser's own dialogue; without scripts it says where that is.
#[component]
pub(super) fn PrintButton() -> impl IntoView {
    let words = use_words();
    let is_awake = RwSignal::new(false);
    Effect::new(move || is_awake.set(true));
    let press = move |_| {
        #[cfg(feature = "hydrate")]
        // A browser that cannot print says so itself.
        let _ = window().print();
    };
    move || {
        if is_awake.get() {
            view! { <button type="button" class="button main" on:click=press>{words.printing_do()}</button> }.into_any()
        } else {
            view! { <span>{words.printing_do_without_scripts()}</span> }.into_any()
        }
    }
}

/// What stands at the head and the foot of every page, the marking in its middle.
#[component]
pub(super) fn Running(
    /// The highest marking on the page.
    marking: Marking,
    /// Who prints, or when.
    left: String,
    /// Which version.
    right: String,
) -> impl IntoView {
    view! { <div class="running"><span dir="auto">{left}</span><MarkingTag marking=marking /><span class="num">{right}</span></div> }
}

/// What the release says otherwise than the one before it, and what was taken out: the rows above say it of their own lines.
#[component]
fn Since(changes: PrintedChanges, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let PrintedChanges { since, difference: told } = changes;
    let counts = counts_in_words(words, &told);
    let of_visit = told.visit.as_ref().map(|change| visit_change_in_words(words, change)).unwrap_or_default();
    let of_visit = of_visit.into_iter().map(|part| view! { <span class="below" dir="auto">{part}</span> }).collect_view();
    let gone = told
        .removed
        .into_iter()
        .map(|item| {
            let day = date_in_words(words, item.starts.local.date());
            let told = (words.releases_removed(), vec![day]);
            view! { <Row item=item visit=visit.clone() told=Some(told) /> }
        })
        .collect_view();
    view! {
        <tbody>
            <tr class="of-day"><th scope="rowgroup" colspan=COLUMNS>{words.releases_since(since)}</th></tr>
            <tr><td colspan=COLUMNS>{counts} {of_visit}</td></tr>
            {gone}
        </tbody>
    }
    .into_any()
}

#[component]
fn Day(lines: Vec<ItemView>, visit: VisitView, changes: Option<PrintedChanges>) -> impl IntoView {
    let words = use_words();
    let date = lines.first().map(|line| date_in_words(words, line.starts.local.date()));
    let rows = lines
        .into_iter()
        .map(|line| {
            let told = changes.as_ref().and_then(|changes| told_of_line(words, &changes.difference, line.id));
            view! { <Row item=line visit=visit.clone() told=told /> }
        })
        .collect_view();
    view! { <tbody><tr class="of-day"><th scope="rowgroup" colspan=COLUMNS>{date}</th></tr>{rows}</tbody> }.into_any()
}

#[component]
fn Row(item: ItemView, visit: VisitView, told: Option<LineTold>) -> impl IntoView {
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
    let people = item.people.as_ref().and_then(|people| people_in_words(words, people));
    let movement = item.movement.as_ref().map(|movement| {
        let parts = [movement.carrier.clone(), movement.route.clone(), movement.vehicles.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    let (new, parts) = told.unzip();
    let parts = parts.into_iter().flatten().map(|part| view! { <span class="below" dir="auto">{part}</span> }).collect_view();
    // What is not firm yet is not read as if it were.
    let state = (item.state != ItemState::Firm && !item.is_stand_in).then(|| state_in_words(words, item.state));
    view! {
        <tr>
            <td class="num">{times}</td>
            <td class="num">{capital}</td>
            <td>
                <b dir="auto">{title_in_words(words, &item)}</b>
                {state.map(|state| view! { " " <i>{state}</i> })}
                {new.map(|new| view! { " " <i>{new}</i> })}
                {parts}
                {people.map(|people| view! { <span class="below" dir="auto">{people}</span> })}
                {item.notes.clone().map(|notes| view! { <span class="below" dir="auto">{notes}</span> })}
            </td>
            <td dir="auto">
                {place_in_words(words, &item)}
                {movement.map(|movement| view! { <span class="below" dir="auto">{movement}</span> })}
            </td>
        </tr>
    }
    .into_any()
}
