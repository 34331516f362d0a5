//! What stands in the way of all programmes, with what would work.

use super::{
    server_fns::load_clashes,
    view::{ClashFilters, ClashesView, VisitClashes},
};
use crate::{
    components::{Banner, Choice, Empty, MarkingTag, PageHead, Select, StandingNotice},
    errors::ErrorPage,
    live::{JustChanged, use_live, views},
    programme::{line::time_shown, view::LineView, words::title_in_words as line_title},
    settings::words::{level_in_words, rule_in_words},
    visits::words::title_in_words,
    words::{date_in_words, dates_in_words, use_words},
};
use domain::{
    clash::{Level, RuleId},
    marking::view::VisitView,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// All that stands in the way, visit by visit.
#[component]
pub fn ClashesPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        ClashFilters { rule: get("rule"), level: get("level") }
    });
    let live = use_live();
    let page = Resource::new_blocking(move || (filters.get(), live.beats()), |(ClashFilters { rule, level }, _)| load_clashes(rule, level));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Clashes view=view filters=filters.get_untracked() /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Clashes(view: ClashesView, filters: ClashFilters) -> impl IntoView {
    let words = use_words();
    let ClashesView { visits, of } = view;
    let banner = visits.iter().map(VisitClashes::marking).max().map(|marking| view! { <Banner marking=marking /> });
    let number: usize = visits.iter().map(|visit| visit.lines.len()).sum();
    let eyebrow = move || {
        view! {
            <a href="/">{words.shell_menu_today()}</a>
            <span>{words.clashes_looked_through(of)}</span>
        }
        .into_any()
    };
    let body = if visits.is_empty() && !filters.is_empty() {
        view! {
            <Empty title=words.clashes_none_match() says=words.clashes_none_match_says()>
                <a class="button" href="/clashes" rel="external">{words.clashes_filter_all()}</a>
            </Empty>
        }
        .into_any()
    } else if visits.is_empty() {
        view! { <Empty title=words.clashes_none() says=words.clashes_none_says() /> }.into_any()
    } else {
        let visits = visits.into_iter().map(|visit| view! { <OfVisit visit=visit /> }).collect_view();
        view! {
            <p class="prose faint">{words.clashes_says(number)}</p>
            <div class="stack">{visits}</div>
        }
        .into_any()
    };
    view! {
        {banner}
        <PageHead title=words.clashes_title() eyebrow=eyebrow />
        <Filters filters=filters />
        {body}
    }
    .into_any()
}

/// By which rule and how bad; the address keeps it.
#[component]
fn Filters(filters: ClashFilters) -> impl IntoView {
    let words = use_words();
    let rules = RuleId::ALL.into_iter().map(|rule| Choice::new(rule.word(), rule_in_words(words, rule))).collect();
    let levels = Level::ALL.into_iter().map(|level| Choice::new(level.word(), level_in_words(words, level))).collect();
    view! {
        <Form method="GET" action="/clashes" attr:class="filters" attr:role="search" attr:aria-label=words.clashes_filter_label()>
            <Select name="rule" label=words.rules_column_rule() choices=rules optional=true value=filters.rule />
            <Select name="level" label=words.rules_column_level() choices=levels optional=true value=filters.level />
            <button type="submit" class="button">{words.clashes_filter_apply()}</button>
        </Form>
    }
    .into_any()
}

#[component]
fn OfVisit(visit: VisitClashes) -> impl IntoView {
    let words = use_words();
    let marking = visit.marking();
    let VisitClashes { head, lines } = visit;
    let id = format!("visit-{}", head.visit.id);
    let labelled = id.clone();
    let title = title_in_words(words, &head.visit);
    let dates = head.visit.starts_on.zip(head.visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let to = format!("/visits/{}", head.visit.id);
    let rows = lines.into_iter().map(|line| view! { <Line line=line visit=head.visit.clone() /> }).collect_view();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=id><a href=to dir="auto">{title}</a> " " <small>{dates}</small> " " <MarkingTag marking=marking /></h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: LineView, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let LineView { item, notices, .. } = line;
    let day = item.starts.local.date();
    let shown = time_shown(&item.starts, &visit, day);
    let form = format!("/visits/{}/items/{}", visit.id, item.id);
    let to = format!("/visits/{}#line-{}", visit.id, item.id);
    let notices = notices.into_iter().map(|notice| view! { <StandingNotice notice=notice form=form.clone() /> }).collect_view();
    view! {
        <li>
            <span>
                <time datetime=shown.datetime>{shown.time}</time> " " <small>{shown.place}</small>
                <small class="below">{date_in_words(words, day)}</small>
            </span>
            <div class="told">
                <span><a href=to dir="auto">{line_title(words, &item)}</a> " " <JustChanged of=views::line(item.id) /></span>
                {notices}
            </div>
            <MarkingTag marking=item.marking />
        </li>
    }
    .into_any()
}
