//! Today: per visit now and next, who is in town, who arrives and departs, and what comes.

use super::{
    decisions::Decisions,
    due::TasksDue,
    server_fns::load_today,
    view::{TodayView, TodayVisit},
};
use crate::{
    approvals::news::News,
    components::{Chip, Empty, MarkingTag, OtherClock, PageHead},
    errors::ErrorPage,
    live::{JustChanged, use_live, views},
    programme::{
        day::words::{late_class, late_in_words},
        line::{capital_shown, time_shown},
        words::{kind_in_words, place_by_name, title_in_words as line_title},
    },
    visits::{
        VisitHead,
        head::tone_of,
        words::{category_in_words, state_in_words, title_in_words},
    },
    words::{dates_in_words, day_in_words, shift_in_words, use_words},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    marking::view::{ItemView, VisitView},
    programme::ItemKind,
    time::Moment,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The day at a glance.
#[component]
pub fn TodayPage() -> impl IntoView {
    let query = use_query_map();
    let noted = Memo::new(move |_| query.read().get("noted"));
    let live = use_live();
    let page = Resource::new_blocking(move || (noted.get(), live.beats()), |_| load_today());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Today view=view /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Today(view: TodayView) -> impl IntoView {
    let words = use_words();
    let TodayView { date, visits, decisions, tasks, approvals, news, coming, may_create, may_change_programmes } = view;
    let of_kind = |kind: ItemKind| visits.iter().flat_map(|visit| &visit.board).filter(|item| item.kind == Some(kind)).count();
    let (arrivals, departures) = (of_kind(ItemKind::Arrival), of_kind(ItemKind::Departure));
    let eyebrow = (!visits.is_empty()).then(|| {
        view! {
            <div class="eyebrow">
                <span>{words.today_on(visits.len())}</span>
                {(arrivals > 0).then(|| view! { <span>{words.today_arrivals(arrivals)}</span> })}
                {(departures > 0).then(|| view! { <span>{words.today_departures(departures)}</span> })}
            </div>
        }
    });
    let nothing = visits.is_empty().then(|| {
        view! {
            <Empty title=words.today_none_title() says=words.today_none_says()>
                <a class="button" href="/visits">{words.today_all_visits()}</a>
                {may_create.then(|| view! { <a class="button main" href="/visits/new">{words.visits_new_title()}</a> })}
            </Empty>
        }
    });
    let board = board(&visits, date);
    let cards: Vec<_> = visits.into_iter().map(|visit| view! { <Card visit=visit date=date /> }).collect();
    let coming = (!coming.is_empty()).then(|| {
        let rows = coming.into_iter().map(|head| view! { <Coming head=head /> }).collect_view();
        view! { <section aria-labelledby="coming"><h2 id="coming">{words.today_coming_title()}</h2><ul class="rows">{rows}</ul></section> }
    });
    view! {
        <PageHead title=day_in_words(words, date)>
            {eyebrow}
            {may_change_programmes.then(|| view! { <div class="actions"><a class="button" href="/clashes">{words.clashes_title()}</a></div> })}
        </PageHead>
        {nothing}
        {(!cards.is_empty()).then(|| view! { <div class="cards">{cards}</div> })}
        <div class="split">
            <div class="stack">
                {(!news.is_empty()).then(|| view! { <News news=news /> })}
                {(approvals > 0 || !decisions.is_empty()).then(|| view! { <Decisions decisions=decisions approvals=approvals date=date /> })}
                {(!tasks.is_empty()).then(|| view! { <TasksDue tasks=tasks date=date /> })}
                {coming}
            </div>
            {board}
        </div>
    }
    .into_any()
}

/// Arrivals and departures of the day, by time.
fn board(visits: &[TodayVisit], date: NaiveDate) -> Option<impl IntoView + use<>> {
    let words = use_words();
    let mut rows: Vec<(DateTime<Utc>, AnyView)> = visits
        .iter()
        .flat_map(|visit| visit.board.iter().map(move |item| (visit, item)))
        .map(|(visit, item)| {
            let moment = if item.kind == Some(ItemKind::Arrival) { &item.ends } else { &item.starts };
            let shown = time_shown(moment, &visit.head.visit, date);
            let kind = item.kind.map(|kind| kind_in_words(words, kind));
            let (title, marking) = (line_title(words, item), item.marking);
            let whose = title_in_words(words, &visit.head.visit);
            let capital = capital_shown(item, &visit.head.visit).filter(|_| item.kind != Some(ItemKind::Arrival));
            let shift = item.shift.as_ref().filter(|_| capital.is_some()).map(|note| shift_in_words(words, note));
            let to = format!("/visits/{}#line-{}", visit.head.visit.id, item.id);
            let order = Moment::from(moment.clone()).at();
            let row = view! {
                <li>
                    <span><time datetime=shown.datetime>{shown.time}</time> " " <small class="below">{shown.place}</small></span>
                    <span>
                        <a href=to dir="auto">{title}</a> " " <small>{kind}</small>
                        <small class="below" dir="auto">{whose}</small>
                        {capital.map(|capital| view! { <small class="below"><OtherClock time=capital /></small> })}
                        {shift.map(|shift| view! { <small class="below"><span class="skew">{shift}</span></small> })}
                    </span>
                    <MarkingTag marking=marking />
                </li>
            };
            (order, row.into_any())
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    let rows: Vec<AnyView> = rows.into_iter().map(|(_, row)| row).collect();
    (!rows.is_empty()).then(|| {
        view! { <section aria-labelledby="board"><h2 id="board">{words.today_board_title()}</h2><ul class="rows">{rows}</ul></section> }
    })
}

#[component]
fn Card(visit: TodayVisit, date: NaiveDate) -> impl IntoView {
    let words = use_words();
    let TodayVisit { head, now, next, marking, late, .. } = visit;
    let VisitHead { visit, country, .. } = head;
    let is_quiet = now.is_empty() && next.is_empty();
    let line = |word: String, item: ItemView, visit: &VisitView| {
        let shown = time_shown(&item.starts, visit, date);
        let capital = capital_shown(&item, visit);
        let place = place_by_name(&item).map(|place| format!(", {place}"));
        view! {
            <dt>{word}</dt>
            <dd dir="auto">
                <time datetime=shown.datetime>{shown.time}</time> " " <span class="visually-hidden">{shown.place} " "</span>
                {line_title(words, &item)} {place}
                {capital.map(|capital| view! { <small class="below"><OtherClock time=capital /></small> })}
            </dd>
        }
    };
    let now = now.into_iter().map(|item| line(words.today_now(), item, &visit)).collect_view();
    let next = next
        .into_iter()
        .enumerate()
        .map(|(index, item)| line(if index == 0 { words.today_next() } else { words.today_then() }, item, &visit))
        .collect_view();
    let title = title_in_words(words, &visit);
    view! {
        <article class="card">
            <div class="banner">
                <MarkingTag marking=marking />
                <Chip tone=tone_of(visit.state)>{category_in_words(words, visit.category)} ", " {state_in_words(words, visit.state)}</Chip>
                <JustChanged of=views::visit(visit.id) />
            </div>
            <h2 class="title"><a href=format!("/visits/{}", visit.id) dir="auto">{title}</a></h2>
            {country.map(|country| view! { <small dir="auto">{country}</small> })}
            {late.map(|late| view! { <p class=late_class(&late) dir="auto">{late_in_words(words, &late)}</p> })}
            {if is_quiet {
                view! { <p class="faint">{words.today_quiet()}</p> }.into_any()
            } else {
                view! { <dl class="nownext">{now}{next}</dl> }.into_any()
            }}
        </article>
    }
    .into_any()
}

#[component]
fn Coming(head: VisitHead) -> impl IntoView {
    let words = use_words();
    let visit = head.visit;
    let dates = visit.starts_on.zip(visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let title = title_in_words(words, &visit);
    view! {
        <li>
            <span>{dates}</span>
            <span><a href=format!("/visits/{}", visit.id) dir="auto">{title}</a> " " <small>{category_in_words(words, visit.category)}</small> " " <JustChanged of=views::visit(visit.id) /></span>
            <MarkingTag marking=visit.marking />
        </li>
    }
    .into_any()
}
